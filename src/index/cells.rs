//! A grid over an extent, for what neighbouring points have in common.

use geo::Coord;
use geo::Rect;

/// The least side of a cell in degrees.
const SIDE: f64 = 1.0 / 32.0;

/// A grid of square cells over an extent.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    west: f64,
    south: f64,
    per_degree: f64,
    columns: usize,
    rows: usize,
}

impl Cells {
    /// A grid over `extent` of at most about `most` cells: more cost more to set up than they spare.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the number of cells is limited"
    )]
    pub(super) fn over(extent: Rect, most: f64) -> Self {
        let (width, height) = (extent.width(), extent.height());
        let side = SIDE.max((width * height / most).sqrt());
        let count = |length: f64| (length / side).floor().min(most) as usize + 1;
        Self {
            west: extent.min().x,
            south: extent.min().y,
            per_degree: 1.0 / side,
            columns: count(width),
            rows: count(height),
        }
    }

    /// The number of cells.
    pub(super) const fn len(&self) -> usize {
        self.columns * self.rows
    }

    /// The cell of a point; none outside the grid.
    ///
    /// # Properties
    ///
    /// Column and row never fall where longitude and latitude rise, so the cells of two corners enclose those of all points between.
    pub(super) fn of(&self, point: Coord) -> Option<usize> {
        let (column, row) = self.place(point)?;
        Some(row * self.columns + column)
    }

    /// The cells that a box meets.
    pub(super) fn meeting(&self, low: Coord, high: Coord) -> impl Iterator<Item = usize> + '_ {
        let ends = self.place(low).zip(self.place(high));
        ends.into_iter()
            .flat_map(move |((west, south), (east, north))| {
                (south..=north).flat_map(move |row| {
                    (west..=east).map(move |column| row * self.columns + column)
                })
            })
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be no less than zero and below the number of cells"
    )]
    fn place(&self, point: Coord) -> Option<(usize, usize)> {
        let x = (point.x - self.west) * self.per_degree;
        let y = (point.y - self.south) * self.per_degree;
        if !(x >= 0.0 && y >= 0.0) {
            return None;
        }
        let (column, row) = (x as usize, y as usize);
        (column < self.columns && row < self.rows).then_some((column, row))
    }
}

#[cfg(test)]
mod tests {
    use geo::Rect;
    use geo::coord;

    use super::Cells;

    #[test]
    fn the_corners_of_an_extent_are_in_its_grid_and_what_is_outside_is_not() {
        for (west, east) in [(43.0, 51.0), (-180.0, 180.0), (10.0, 10.0)] {
            let (low, high) = (coord! { x: west, y: -80.0 }, coord! { x: east, y: 80.0 });
            let cells = Cells::over(Rect::new(low, high), 262_144.0);
            assert!(cells.len() < 600_000, "{}", cells.len());
            assert!(cells.of(low).is_some_and(|cell| cell == 0));
            assert!(cells.of(high).is_some_and(|cell| cell < cells.len()));
            assert_eq!(cells.of(coord! { x: west - 1e-9, y: 0.0 }), None);
            assert_eq!(cells.of(coord! { x: f64::NAN, y: 0.0 }), None);
        }
    }

    #[test]
    fn a_box_meets_the_cells_of_all_points_in_it() {
        let region = Rect::new(coord! { x: 43.0, y: 38.0 }, coord! { x: 51.0, y: 42.0 });
        let cells = Cells::over(region, 262_144.0);
        let (low, high) = (coord! { x: 44.31, y: 39.02 }, coord! { x: 44.52, y: 39.13 });
        let met: Vec<usize> = cells.meeting(low, high).collect();
        for step in 0..=20 {
            let share = f64::from(step) / 20.0;
            let point = low + (high - low) * share;
            assert!(cells.of(point).is_some_and(|cell| met.contains(&cell)));
        }
    }
}

//! Where lines are on a page, so that names keep off them.

use geo::Coord;
use geo::Rect;

/// Which cells of the page have a line in them.
#[derive(Debug, Clone)]
pub(super) struct Busy {
    corner: Coord,
    columns: usize,
    rows: usize,
    cells: Vec<bool>,
}

/// Side of a cell in page units: finer than a letter.
const CELL: f64 = 4.0;

impl Busy {
    pub(super) fn new(area: Rect) -> Self {
        let (columns, rows) = (cell(area.width()) + 1, cell(area.height()) + 1);
        Self {
            corner: area.min(),
            columns,
            rows,
            cells: vec![false; columns * rows],
        }
    }

    pub(super) fn trace(&mut self, path: &[Coord]) {
        for edge in path.windows(2) {
            let length = (edge[1].x - edge[0].x).hypot(edge[1].y - edge[0].y);
            let steps = cell(length) + 1;
            for step in 0..=steps {
                let at = edge[0] + (edge[1] - edge[0]) * (step as f64 / steps as f64) - self.corner;
                if at.x >= 0.0 && at.y >= 0.0 && cell(at.x) < self.columns && cell(at.y) < self.rows
                {
                    self.cells[cell(at.y) * self.columns + cell(at.x)] = true;
                }
            }
        }
    }

    /// The share of an area's cells that have a line in them.
    pub(super) fn share(&self, area: Rect) -> f64 {
        let (min, max) = (area.min() - self.corner, area.max() - self.corner);
        let (mut all, mut busy) = (0_u32, 0_u32);
        for row in cell(min.y)..=cell(max.y).min(self.rows - 1) {
            for column in cell(min.x)..=cell(max.x).min(self.columns - 1) {
                all += 1;
                busy += u32::from(self.cells[row * self.columns + column]);
            }
        }
        f64::from(busy) / f64::from(all.max(1))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates; callers compare with the number of cells"
)]
fn cell(offset: f64) -> usize {
    (offset / CELL).floor() as usize
}

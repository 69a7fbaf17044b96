//! What of a ring or line is inside a box.

use geo::Coord;
use geo::Rect;

/// What of a closed ring is inside `limits`, along whose sides it then runs; nothing if none is.
///
/// # References
///
/// I. E. Sutherland and G. W. Hodgman (1974), *Reentrant polygon clipping*, Communications of the ACM 17, 32–42.
pub fn ring(ring: &[Coord], limits: Rect) -> Vec<Coord> {
    if ring.iter().all(|&point| contains(limits, point)) {
        return ring.to_vec();
    }
    let mut points: Vec<Coord> = ring.to_vec();
    points.pop();
    for side in Side::ALL {
        points = side.cut(limits, &points);
    }
    if points.len() < 3 {
        return Vec::new();
    }
    points.push(points[0]);
    points
}

/// What of a line is near `limits`. Whole edges are kept, so that vertices stay where they are.
pub fn line(line: &[Coord], limits: Rect) -> Vec<Vec<Coord>> {
    let mut parts: Vec<Vec<Coord>> = Vec::new();
    let mut open = false;
    for edge in line.windows(2) {
        let near = Rect::new(edge[0], edge[1]);
        let seen = near.min().x <= limits.max().x
            && near.max().x >= limits.min().x
            && near.min().y <= limits.max().y
            && near.max().y >= limits.min().y;
        match (seen, open) {
            (true, false) => parts.push(vec![edge[0], edge[1]]),
            (true, true) => parts
                .last_mut()
                .into_iter()
                .for_each(|part| part.push(edge[1])),
            (false, _) => {}
        }
        open = seen;
    }
    parts
}

/// Whether a point is in a box or on its side.
pub fn contains(area: Rect, point: Coord) -> bool {
    (area.min().x..=area.max().x).contains(&point.x)
        && (area.min().y..=area.max().y).contains(&point.y)
}

/// A side of a box.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

impl Side {
    const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Top, Self::Bottom];

    /// How far inside a point is; negative outside.
    fn depth(self, limits: Rect, point: Coord) -> f64 {
        match self {
            Self::Left => point.x - limits.min().x,
            Self::Right => limits.max().x - point.x,
            Self::Top => point.y - limits.min().y,
            Self::Bottom => limits.max().y - point.y,
        }
    }

    fn cut(self, limits: Rect, points: &[Coord]) -> Vec<Coord> {
        let mut kept = Vec::with_capacity(points.len());
        let Some(&last) = points.last() else {
            return kept;
        };
        let mut before = last;
        for &point in points {
            let (from, to) = (self.depth(limits, before), self.depth(limits, point));
            if (from < 0.0) != (to < 0.0) {
                kept.push(before + (point - before) * (from / (from - to)));
            }
            if to >= 0.0 {
                kept.push(point);
            }
            before = point;
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use geo::Coord;
    use geo::Rect;

    fn at(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    fn limits() -> Rect {
        Rect::new(at(0.0, 0.0), at(100.0, 100.0))
    }

    #[test]
    fn rings_are_cut_at_the_limits() {
        let ring = [
            at(-500.0, 50.0),
            at(500.0, 50.0),
            at(500.0, 500.0),
            at(-500.0, 500.0),
            at(-500.0, 50.0),
        ];
        let cut = super::ring(&ring, limits());
        assert!(
            cut.len() == 5 && cut.iter().all(|&point| super::contains(limits(), point)),
            "{cut:?}"
        );
        let away = [
            at(200.0, 0.0),
            at(300.0, 0.0),
            at(300.0, 50.0),
            at(200.0, 0.0),
        ];
        assert!(super::ring(&away, limits()).is_empty());
    }

    #[test]
    fn lines_keep_whole_edges() {
        let line = [
            at(-300.0, 0.0),
            at(-200.0, 0.0),
            at(50.0, 50.0),
            at(300.0, 50.0),
            at(400.0, 50.0),
        ];
        assert_eq!(super::line(&line, limits()), [line[1..4].to_vec()]);
    }
}

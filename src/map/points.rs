//! What all point symbols share.

use geo::Coord;
use geo::Rect;

use crate::map::scene::Shape;
use crate::map::style::Symbol;

/// Points closer together than this would lie on each other.
pub(super) const TOGETHER: f64 = 13.0;

/// From one point of the page to another.
pub fn distance(one: Coord, other: Coord) -> f64 {
    (one.x - other.x).hypot(one.y - other.y)
}

/// The length of a path on the page.
pub fn length(path: &[Coord]) -> f64 {
    path.windows(2).map(|edge| distance(edge[0], edge[1])).sum()
}

/// The part of a frame in which names may stand.
pub fn inner(area: Rect) -> Rect {
    let margin = Coord { x: 5.0, y: 5.0 };
    Rect::new(area.min() + margin, area.max() - margin)
}

/// A symbol as a shape.
pub fn shape(symbol: Symbol, at: Coord) -> Shape {
    let Symbol {
        form,
        size,
        fill,
        outline,
    } = symbol;
    Shape::Symbol {
        at,
        form,
        size,
        fill,
        outline,
    }
}

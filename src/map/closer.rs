//! A closer look at the place where the segments of a border are dense.

use geo::Coord;
use geo::Rect;

use crate::error::Result;
use crate::geodesy::projection::Projection;
use crate::map::border::MARGIN;
use crate::map::border::Numbered;
use crate::map::frame::Frame;
use crate::map::frame::fitting_scale;
use crate::map::frame::plane_extent;
use crate::map::points::distance;
use crate::map::scene::Fill;
use crate::map::scene::Layer;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;
use crate::map::style;

/// How much larger the closer look is, at least, to be worth its place.
const WORTH: f64 = 1.8;
/// How many segments it shows, at least.
const FEWEST: usize = 3;
/// The radius within which segments are counted as dense, as a share of the whole extent's diagonal.
const DENSE: f64 = 0.055;

/// A frame in `area` around the place where the most segments are close together; none where that would show little more.
pub(super) fn frame<'a>(
    projection: &'a dyn Projection,
    numbers: &[Numbered<'_>],
    area: Rect,
) -> Result<Option<Frame<'a>>> {
    let extent = |number: &Numbered<'_>| {
        plane_extent(projection, number.stretch.lines().into_iter().flatten())
    };
    let all = numbers
        .iter()
        .flat_map(|number| number.stretch.lines())
        .flatten();
    let whole = plane_extent(projection, all)?;
    let radius = DENSE * whole.width().hypot(whole.height());
    let mut small: Vec<(Coord, Rect)> = Vec::new();
    for number in numbers {
        let own = extent(number)?;
        // A segment that is itself longer than the circle says nothing about where segments are dense.
        if own.width().hypot(own.height()) <= radius {
            small.push((projection.forward(number.middle)?, own));
        }
    }
    let near = |centre: Coord| {
        small
            .iter()
            .filter(move |(middle, _)| distance(centre, *middle) <= radius)
    };
    let densest = small
        .iter()
        .rev()
        .max_by_key(|(middle, _)| near(*middle).count());
    let Some(&(centre, own)) = densest.filter(|(middle, _)| near(*middle).count() >= FEWEST) else {
        return Ok(None);
    };
    let shown = near(centre).fold(own, |known, (_, other)| joined(known, *other));
    let scale = fitting_scale(shown, area, MARGIN);
    let worth = scale >= WORTH * fitting_scale(whole, area, MARGIN);
    Ok(worth.then(|| Frame::centred(projection, shown.center(), scale, area)))
}

fn joined(a: Rect, b: Rect) -> Rect {
    let (low, high) = (a.min(), a.max());
    Rect::new(
        Coord {
            x: low.x.min(b.min().x),
            y: low.y.min(b.min().y),
        },
        Coord {
            x: high.x.max(b.max().x),
            y: high.y.max(b.max().y),
        },
    )
}

/// Draws on the map of the whole where the closer look is.
pub(super) fn locate(whole: &Frame<'_>, close: &Frame<'_>, page: &mut Layer) -> Result<()> {
    let area = bounds(whole, close)?;
    let outline = Some(Stroke::solid(style::INK, 1.4));
    let rings = vec![area.to_polygon().exterior().0.clone()];
    page.add(Shape::Area {
        rings,
        fill: Fill::None,
        outline,
    });
    Ok(())
}

/// Where the closer look is on the map of the whole. Both are in one projection, so it is a rectangle there too.
pub(super) fn bounds(whole: &Frame<'_>, close: &Frame<'_>) -> Result<Rect> {
    let corner = |point: Coord| whole.page(close.place(point)?);
    Ok(Rect::new(
        corner(close.area.min())?,
        corner(close.area.max())?,
    ))
}

//! Kilometre marks along a border.

use geo::Coord;

use crate::error::Result;
use crate::map::canvas::Canvas;
use crate::map::frame::Frame;
use crate::map::labels::Label;
use crate::map::scene::Layer;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;
use crate::map::style;
use crate::model::Border;
use crate::units::Length;

/// Distance between neighbouring marks in page units, at least.
const CLOSEST: f64 = 26.0;
/// Each so many marks one has its number.
const NUMBERED: u32 = 5;

/// Draws the kilometre marks of a border; the numbers of every fifth wait in the placer.
///
/// # Errors
///
/// As for the frame's projection.
pub fn marks(canvas: &mut Canvas<'_>, border: &Border, layer: &mut Layer) -> Result<()> {
    let frame = canvas.frame;
    let step = step(frame.scale);
    let count = (border.length().km() / step).floor();
    for number in (0_u32..).take_while(|&number| f64::from(number) <= count) {
        let at = Length::from_km(f64::from(number) * step);
        let Some((place, across)) = across(&frame, border, at)? else {
            continue;
        };
        if !frame.shows(place) {
            continue;
        }
        let numbered = number % NUMBERED == 0;
        let half = across * if numbered { 8.0 } else { 4.5 };
        let stroke = Stroke::solid(style::INK, if numbered { 1.5 } else { 1.0 });
        let path = vec![place - half, place + half];
        layer.add(Shape::Line {
            paths: vec![path],
            strokes: vec![style::casing(3.2), stroke],
        });
        if numbered {
            let text = if number == 0 {
                "km 0".to_owned()
            } else {
                format!("{}", (at.km() * 10.0).round() / 10.0)
            };
            canvas.placer.add(label(&text, place, across));
        }
    }
    Ok(())
}

/// The distance between marks at a scale, in kilometres.
fn step(scale: f64) -> f64 {
    let steps = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0];
    // A border winds: two marks come closer on the page than their chainage says.
    steps
        .into_iter()
        .find(|step| step * 1000.0 * scale >= CLOSEST)
        .unwrap_or(100.0)
}

/// The place of a mark on the page, and the unit vector across the border there.
fn across(frame: &Frame<'_>, border: &Border, at: Length) -> Result<Option<(Coord, Coord)>> {
    // The direction is that of a stretch some pixels long: single edges point anywhere.
    let reach = Length::from_m(8.0 / frame.scale);
    let ends = (
        border.place(at - reach),
        border.place(at),
        border.place(at + reach),
    );
    let (Some(before), Some(here), Some(after)) = ends else {
        return Ok(None);
    };
    let (a, b) = (frame.page(before)?, frame.page(after)?);
    let along = b - a;
    let length = along.x.hypot(along.y);
    if length == 0.0 {
        return Ok(None);
    }
    let across = Coord {
        x: -along.y / length,
        y: along.x / length,
    };
    Ok(Some((frame.page(here)?, across)))
}

fn label(text: &str, place: Coord, across: Coord) -> Label {
    let font = style::map_font(12.0, style::INK_SOFT);
    let label = Label {
        feature: None,
        ..Label::new("", text, font, 25)
    };
    let (width, height) = label.size();
    let reach = 12.0 + across.x.abs() * width / 2.0 + across.y.abs() * height / 2.0;
    Label {
        spots: vec![place + across * reach, place - across * reach],
        ..label
    }
}

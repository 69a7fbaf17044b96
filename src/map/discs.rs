//! Numbers and letters on discs, for things whose names stand in a list beside the map.

use geo::Coord;

use crate::map::labels::Placer;
use crate::map::scene::Anchor;
use crate::map::scene::Color;
use crate::map::scene::Font;
use crate::map::scene::Form;
use crate::map::scene::Layer;
use crate::map::scene::Mark;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;
use crate::map::style;

/// Diameter of a disc.
pub const SIZE: f64 = 19.0;

/// A disc: what it says, and the record that it stands for.
#[derive(Debug, Clone, Copy)]
pub struct Disc<'a> {
    /// A number or letter.
    pub text: &'a str,
    /// Slug of the record.
    pub feature: &'a str,
    /// Its name.
    pub title: &'a str,
    /// Colour of the disc.
    pub color: Color,
}

impl<'a> Disc<'a> {
    /// A dark disc.
    pub const fn dark(text: &'a str, feature: &'a str, title: &'a str) -> Self {
        Self {
            text,
            feature,
            title,
            color: style::INK,
        }
    }
}

/// Draws a disc.
pub fn draw(layer: &mut Layer, at: Coord, disc: &Disc<'_>) {
    let outline = Stroke::solid(style::PAPER, 1.6);
    let shape = Shape::Symbol {
        at,
        form: Form::Circle,
        size: SIZE,
        fill: disc.color,
        outline,
    };
    layer.add_for(disc.feature, disc.title, shape);
    let font = Font::plain(11.5, style::PAPER)
        .bold()
        .anchored(Anchor::Middle);
    let at = at + Coord { x: 0.0, y: 4.2 };
    let shape = Shape::Text {
        at,
        text: disc.text.to_owned(),
        font,
        angle: 0.0,
    };
    layer.marks.push(Mark {
        feature: None,
        title: None,
        shape,
    });
}

/// Draws a disc on a point of a line if that is free, else beside it.
pub fn on(layer: &mut Layer, placer: &mut Placer, at: Coord, disc: &Disc<'_>) {
    let free = placer.is_free(at, SIZE + 2.0);
    if let Some(spot) = if free {
        Some(at)
    } else {
        free_beside(placer, at)
    } {
        placer.block(spot, SIZE / 2.0 + 1.0);
        draw(layer, spot, disc);
    }
}

/// Draws a disc beside a point of a line, tied to it by a short leader, in the nearest free place.
pub fn beside(layer: &mut Layer, placer: &mut Placer, at: Coord, disc: &Disc<'_>) {
    let Some(spot) = free_beside(placer, at) else {
        return;
    };
    placer.block(spot, SIZE / 2.0 + 1.0);
    let leader = Stroke::solid(style::INK, 1.1);
    layer.add(Shape::Line {
        paths: vec![vec![at, spot]],
        strokes: vec![style::casing(2.6), leader],
    });
    draw(layer, spot, disc);
}

/// The freest place near a point: off lines and names, and not far.
fn free_beside(placer: &Placer, at: Coord) -> Option<Coord> {
    let mut best: Option<(f64, Coord)> = None;
    for reach in [18.0, 26.0, 36.0, 48.0, 62.0] {
        for sixteenth in 0..16_u32 {
            let angle = f64::from(sixteenth) * std::f64::consts::PI / 8.0;
            let spot = at
                + Coord {
                    x: angle.cos(),
                    y: angle.sin(),
                } * reach;
            let cost = placer.covered(spot, SIZE) + reach / 60.0;
            if placer.is_free(spot, SIZE + 2.0) && best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, spot));
            }
        }
    }
    best.map(|(_, spot)| spot)
}

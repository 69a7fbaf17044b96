//! What stands around a map: title, grid, scale bar, sources, notes.

use geo::Coord;
use geo::Rect;

use crate::error::Result;
use crate::geodesy::projection::north;
use crate::map::font;
use crate::map::frame::Frame;
use crate::map::scene::Anchor;
use crate::map::scene::Fill;
use crate::map::scene::Font;
use crate::map::scene::Layer;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;
use crate::map::style;

/// Space at the left and right edge of a page.
pub const EDGE: f64 = 40.0;

/// Writes a line of text.
pub fn write(layer: &mut Layer, at: Coord, text: &str, font: Font) {
    layer.add(Shape::Text {
        at,
        text: text.to_owned(),
        font,
        angle: 0.0,
    });
}

/// Writes a paragraph from a first baseline on, and says where the next line would stand.
pub fn paragraph(layer: &mut Layer, at: Coord, text: &str, font: &Font, width: f64) -> f64 {
    let mut y = at.y;
    for line in font::wrap(text, font, width) {
        write(layer, Coord { x: at.x, y }, &line, font.clone());
        y += font.size * 1.36;
    }
    y
}

/// Meridians and parallels, and their values along the left and lower edge of the frame.
///
/// # Errors
///
/// As for the frame's projection.
pub fn graticule(frame: &Frame<'_>) -> Result<(Layer, Layer)> {
    let mut lines = Layer::new("graticule", Some(frame.area));
    let mut values = Layer::new("graticule-values", None);
    let (min, max) = (frame.area.min(), frame.area.max());
    let bottom = |share: f64| Coord {
        x: min.x + share * frame.area.width(),
        y: max.y,
    };
    let left = |share: f64| Coord {
        x: min.x,
        y: max.y - share * frame.area.height(),
    };
    let (west, east) = (frame.place(bottom(0.0))?.x, frame.place(bottom(1.0))?.x);
    let (south, north) = (frame.place(left(0.0))?.y, frame.place(left(1.0))?.y);
    let step = grid_step(east - west);
    let font = Font::plain(12.0, style::INK_SOFT);
    for lon in multiples(west - 2.0 * step, east + 2.0 * step, step) {
        let path = sampled(frame, |share| Coord {
            x: lon,
            y: south - step + share * (north - south + 2.0 * step),
        })?;
        lines.add(grid_line(path));
        if let Some(share) = crossing(|share| Ok(frame.place(bottom(share))?.x - lon))? {
            let at = bottom(share) + Coord { x: 0.0, y: 17.0 };
            write(
                &mut values,
                at,
                &degrees(lon, step, "E", "W"),
                font.clone().anchored(Anchor::Middle),
            );
        }
    }
    for lat in multiples(south - step, north + step, step) {
        let path = sampled(frame, |share| Coord {
            x: west - step + share * (east - west + 2.0 * step),
            y: lat,
        })?;
        lines.add(grid_line(path));
        if let Some(share) = crossing(|share| Ok(frame.place(left(share))?.y - lat))? {
            let at = left(share) + Coord { x: -6.0, y: 4.0 };
            write(
                &mut values,
                at,
                &degrees(lat, step, "N", "S"),
                font.clone().anchored(Anchor::End),
            );
        }
    }
    Ok((lines, values))
}

fn grid_line(path: Vec<Coord>) -> Shape {
    Shape::Line {
        paths: vec![path],
        strokes: vec![Stroke::solid(style::RULE, 0.7).with_opacity(0.7)],
    }
}

/// The step between grid lines that gives about five of them over `span` degrees.
fn grid_step(span: f64) -> f64 {
    let steps = [5.0, 2.0, 1.0, 0.5, 0.25, 0.1, 0.05, 0.025, 0.01];
    steps
        .into_iter()
        .find(|step| span / step >= 3.5)
        .unwrap_or(0.01)
}

fn multiples(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let first = (from / step).ceil();
    (0_u32..)
        .map(move |count| (first + f64::from(count)) * step)
        .take_while(move |&value| value <= to)
}

fn degrees(value: f64, step: f64, positive: &str, negative: &str) -> String {
    let side = if value >= 0.0 { positive } else { negative };
    let digits = [1.0, 0.1, 0.01]
        .iter()
        .position(|unit| (step / unit).fract().abs() < 1e-6)
        .unwrap_or(3);
    format!("{:.digits$}° {side}", value.abs())
}

fn sampled(frame: &Frame<'_>, place: impl Fn(f64) -> Coord) -> Result<Vec<Coord>> {
    // Parallels bend by a few pixels over a whole map: this many chords hide it.
    (0..=24_u32)
        .map(|step| frame.page(place(f64::from(step) / 24.0)))
        .collect()
}

/// The share of an edge at which `value` is zero, if it changes its sign along the edge.
fn crossing(value: impl Fn(f64) -> Result<f64>) -> Result<Option<f64>> {
    let (mut low, mut high) = (0.0, 1.0);
    if value(low)? > 0.0 || value(high)? < 0.0 {
        return Ok(None);
    }
    // Thirty halvings of an edge are far below a pixel.
    for _ in 0..30 {
        let middle = f64::midpoint(low, high);
        if value(middle)? < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(Some(low))
}

/// A scale bar: its length on the ground and on the page, and where it is true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaleBar {
    /// Kilometres on the ellipsoid.
    pub km: f64,
    /// Page units.
    pub length: f64,
    /// The latitude at which it is exact.
    pub latitude: f64,
    /// The most that it is off anywhere in the frame, as a share.
    pub worst: f64,
}

/// The scale bar of a frame, exact in the frame's middle and at most `widest` page units long.
///
/// # Errors
///
/// As for the frame's projection.
pub fn scale_bar(frame: &Frame<'_>, widest: f64) -> Result<ScaleBar> {
    let middle = frame.place(frame.area.center())?;
    let per_km = frame.true_scale(middle)? * 1000.0;
    let sizes = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
    let km = sizes
        .into_iter()
        .rfind(|km| km * per_km <= widest)
        .unwrap_or(0.5);
    let mut worst: f64 = 0.0;
    for corner in frame.area.to_polygon().exterior().coords() {
        let there = frame.true_scale(frame.place(*corner)?)?;
        worst = worst.max((there * 1000.0 / per_km - 1.0).abs());
    }
    Ok(ScaleBar {
        km,
        length: km * per_km,
        latitude: middle.y,
        worst,
    })
}

/// Draws the scale bar of a frame with its upper left corner at `at`, its explanation beside it.
///
/// # Errors
///
/// As for the frame's projection.
pub fn draw_scale_bar(layer: &mut Layer, frame: &Frame<'_>, at: Coord, width: f64) -> Result<()> {
    let bar = scale_bar(frame, width * 0.5)?;
    let y = at.y + 22.0;
    let small = Font::plain(12.5, style::INK);
    for half in [0.0, 0.5] {
        let x = at.x + half * bar.length;
        let (right, bottom) = (x + bar.length / 2.0, y + 6.0);
        let ring = [(x, y), (right, y), (right, bottom), (x, bottom), (x, y)];
        let color = if half > 0.0 { style::PAPER } else { style::INK };
        layer.add(Shape::Area {
            rings: vec![ring.map(|(x, y)| Coord { x, y }).to_vec()],
            fill: Fill::Plain(color, 1.0),
            outline: Some(Stroke::solid(style::INK, 1.0)),
        });
    }
    for (share, text) in [
        (0.0, "0".to_owned()),
        (0.5, number(bar.km / 2.0)),
        (1.0, format!("{} km", number(bar.km))),
    ] {
        let place = Coord {
            x: at.x + share * bar.length,
            y: y - 6.0,
        };
        let anchor = if share == 0.0 {
            Anchor::Start
        } else {
            Anchor::Middle
        };
        write(layer, place, &text, small.clone().anchored(anchor));
    }
    let note = format!(
        "Geodesic scale: exact at {:.1}° {}, within {:.1} % elsewhere on this map",
        bar.latitude.abs(),
        if bar.latitude >= 0.0 { "N" } else { "S" },
        (bar.worst * 100.0).max(0.1)
    );
    let beside = Coord {
        x: at.x + bar.length + 62.0,
        y: y - 4.0,
    };
    paragraph(
        layer,
        beside,
        &note,
        &Font::plain(12.0, style::INK_SOFT),
        width - bar.length - 62.0,
    );
    Ok(())
}

fn number(km: f64) -> String {
    if km.fract() == 0.0 {
        format!("{km:.0}")
    } else {
        format!("{km:.1}")
    }
}

/// Draws an arrow that points to true north at the middle of the frame.
///
/// # Errors
///
/// As for the frame's projection.
pub fn north_arrow(layer: &mut Layer, frame: &Frame<'_>, centre: Coord) -> Result<()> {
    let bearing = north(frame.projection(), frame.place(frame.area.center())?)?.to_radians();
    let turned = |dx: f64, dy: f64| Coord {
        x: centre.x + dx * bearing.cos() - dy * bearing.sin(),
        y: centre.y + dx * bearing.sin() + dy * bearing.cos(),
    };
    let ring = [
        (0.0, -16.0),
        (7.0, 12.0),
        (0.0, 6.0),
        (-7.0, 12.0),
        (0.0, -16.0),
    ];
    layer.add(Shape::Area {
        rings: vec![ring.map(|(dx, dy)| turned(dx, dy)).to_vec()],
        fill: Fill::Plain(style::INK, 1.0),
        outline: None,
    });
    let font = Font::plain(12.5, style::INK)
        .bold()
        .anchored(Anchor::Middle);
    write(layer, turned(0.0, -20.0), "N", font);
    Ok(())
}

/// The line around a map.
pub fn neatline(layer: &mut Layer, area: Rect) {
    layer.add(Shape::Area {
        rings: vec![area.to_polygon().exterior().0.clone()],
        fill: Fill::None,
        outline: Some(Stroke::solid(style::INK_SOFT, 1.0)),
    });
}

//! Bar charts beside the maps. This file is the only home of the `plotters` crate.
//!
//! The backend knows whole pixels only. The chart is therefore drawn on a canvas several times as fine as the page, and
//! the page scales it down: no edge moves by more than a fraction of a pixel.

use std::sync::OnceLock;

use geo::Coord;
use geo::Rect;
use plotters::chart::ChartBuilder;
use plotters::drawing::IntoDrawingArea as _;
use plotters::element::EmptyElement;
use plotters::element::Rectangle;
use plotters::element::Text;
use plotters::prelude::SVGBackend;
use plotters::style::Color as _;
use plotters::style::FontStyle;
use plotters::style::IntoFont as _;
use plotters::style::RGBColor;
use plotters::style::ShapeStyle;
use plotters::style::TextStyle;
use plotters::style::register_font;
use plotters::style::text_anchor::HPos;
use plotters::style::text_anchor::Pos;
use plotters::style::text_anchor::VPos;

use crate::error::Error;
use crate::error::Result;
use crate::map::font;
use crate::map::scene::Color;
use crate::map::scene::Font;
use crate::map::scene::Shape;
use crate::map::style;
use crate::map::svg::FAMILY;
use crate::model::Existence;
use crate::units::Length;

/// Canvas pixels per page unit.
const FINE: f64 = 8.0;
/// The backend writes a font size smaller by this factor than it was asked for.
const FONT_FACTOR: f64 = 1.24;
/// Width of the rim of a hollow box, in page units.
const RIM: f64 = 1.8;
/// Size of the text, in page units.
const TEXT: f64 = 12.5;

/// A bar: a corridor with what exists of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The name at its left.
    pub label: String,
    /// In use.
    pub operational: Length,
    /// There, but closed.
    pub closed: Length,
    /// Still to build.
    pub to_build: Length,
}

impl Bar {
    fn parts(&self) -> [(Existence, Length); 3] {
        [
            (Existence::Operational, self.operational),
            (Existence::Closed, self.closed),
            (Existence::ToBuild, self.to_build),
        ]
    }

    fn total(&self) -> Length {
        self.operational + self.closed + self.to_build
    }
}

/// The height that a chart of so many bars needs at most.
pub fn height(bars: usize) -> f64 {
    34.0 + 40.0 * bars as f64
}

/// A bar chart as a shape of a scene.
///
/// # Errors
///
/// [`Error::Drawing`] if the chart does not fit into `frame`.
pub fn bars(bars: &[Bar], frame: Rect) -> Result<Shape> {
    let size = Coord {
        x: frame.width() * FINE,
        y: frame.height() * FINE,
    };
    let mut svg = String::new();
    plot(bars, size, &mut svg)?;
    // The page has its own root element: only what is inside the chart's is taken.
    let start = svg.find('>').map_or(0, |end| end + 1);
    let end = svg.rfind("</svg>").unwrap_or(svg.len());
    let body = svg
        .get(start..end)
        .unwrap_or_default()
        .trim()
        .replace('\n', "");
    Ok(Shape::Drawing {
        frame,
        view: (size.x, size.y),
        body,
    })
}

fn plot(bars: &[Bar], size: Coord, svg: &mut String) -> Result<()> {
    fonts()?;
    let failed = |error: &dyn std::fmt::Display| Error::Drawing(format!("bar chart: {error}"));
    let count = bars.len() as f64;
    let longest = bars.iter().map(|bar| bar.total().km()).fold(1.0, f64::max);
    let label = bars.iter().map(|bar| width(&bar.label)).fold(0.0, f64::max);
    let area = SVGBackend::with_string(svg, (pixels(size.x), pixels(size.y))).into_drawing_area();
    {
        let mut chart = ChartBuilder::on(&area)
            .margin_right(pixels(64.0 * FINE))
            .margin_top(pixels(4.0 * FINE))
            .x_label_area_size(pixels(30.0 * FINE))
            .y_label_area_size(pixels((label + 10.0) * FINE))
            .build_cartesian_2d(0.0..longest, 0.0..count)
            .map_err(|error| failed(&error))?;
        chart
            .configure_mesh()
            .disable_y_mesh()
            .disable_y_axis()
            .x_labels(6)
            .x_label_formatter(&|km| format!("{km:.0} km"))
            .axis_style(line(style::RULE, 1.0))
            .bold_line_style(line(style::RULE, 0.7))
            .light_line_style(line(style::PAPER, 0.1))
            .label_style(text(style::INK_SOFT, HPos::Center))
            .draw()
            .map_err(|error| failed(&error))?;
        for (place, bar) in bars.iter().enumerate() {
            let middle = count - place as f64 - 0.5;
            chart
                .draw_series(boxes(bar, middle))
                .map_err(|error| failed(&error))?;
            let name = Text::new(
                bar.label.clone(),
                (-fine(8.0), 0),
                text(style::INK, HPos::Right),
            );
            let total = format!("{:.0} km", bar.total().km());
            let total = Text::new(total, (fine(6.0), 0), text(style::INK, HPos::Left));
            let start = EmptyElement::at((0.0, middle)) + name;
            let end = EmptyElement::at((bar.total().km(), middle)) + total;
            chart.draw_series([start]).map_err(|error| failed(&error))?;
            chart.draw_series([end]).map_err(|error| failed(&error))?;
        }
    }
    area.present().map_err(|error| failed(&error))
}

/// The boxes of a bar. What is still to build stays hollow, so that it tells itself apart in a grey print.
fn boxes(bar: &Bar, middle: f64) -> Vec<Rectangle<(f64, f64)>> {
    let mut from = 0.0;
    let mut boxes = Vec::new();
    for (existence, length) in bar.parts() {
        let to = from + length.km();
        if to > from {
            let color = style::existence_color(existence);
            let corners = [(from, middle - 0.32), (to, middle + 0.32)];
            // The backend gives rectangles no width of line: the coloured box gets a smaller pale one inside.
            boxes.push(Rectangle::new(corners, rgb(color).filled()));
            if existence == Existence::ToBuild {
                let mut inside = Rectangle::new(corners, rgb(style::PAPER).filled());
                let rim = pixels(RIM * FINE);
                inside.set_margin(rim, rim, rim, rim);
                boxes.push(inside);
            }
        }
        from = to;
    }
    boxes
}

/// Plotters measures text with this font, so it must be the one that is drawn.
fn fonts() -> Result<()> {
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    let registered =
        REGISTERED.get_or_init(|| register_font(FAMILY, FontStyle::Normal, font::REGULAR).is_ok());
    if *registered {
        Ok(())
    } else {
        Err(Error::Drawing("the bundled font cannot be read".to_owned()))
    }
}

fn width(text: &str) -> f64 {
    font::width(text, &Font::plain(TEXT, style::INK))
}

const fn rgb(color: Color) -> RGBColor {
    RGBColor(color.0, color.1, color.2)
}

fn line(color: Color, width: f64) -> ShapeStyle {
    ShapeStyle {
        color: rgb(color).to_rgba(),
        filled: false,
        stroke_width: pixels(width * FINE),
    }
}

fn text(color: Color, anchor: HPos) -> TextStyle<'static> {
    let font = (FAMILY, TEXT * FONT_FACTOR * FINE).into_font();
    TextStyle {
        color: rgb(color).to_backend_color(),
        pos: Pos::new(anchor, VPos::Center),
        ..font.into()
    }
}

/// Page units as canvas pixels, for offsets.
fn fine(length: f64) -> i32 {
    i32::try_from(pixels(length.abs() * FINE)).unwrap_or(i32::MAX)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates; a page is some thousand units wide"
)]
fn pixels(length: f64) -> u32 {
    length.round() as u32
}

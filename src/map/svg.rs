//! A scene as SVG text.
//!
//! No decisions are made here. Numbers have two decimals at most, so the same scene always gives the same bytes.

use std::collections::HashSet;
use std::fmt::Write as _;

use geo::Coord;
use geo::Rect;

use crate::map::scene::Anchor;
use crate::map::scene::Fill;
use crate::map::scene::Font;
use crate::map::scene::Form;
use crate::map::scene::Hatch;
use crate::map::scene::Layer;
use crate::map::scene::Mark;
use crate::map::scene::Scene;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;

/// The family name of the bundled fonts.
pub const FAMILY: &str = "DejaVu Sans";

/// `scene` as an SVG document.
///
/// # Properties
///
/// - Equal scenes give equal bytes.
/// - The document is well-formed whatever the texts in the scene are, and each `id` occurs once.
pub fn write(scene: &Scene) -> String {
    let (width, height) = (number(scene.width), number(scene.height));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"{FAMILY}\">\n\
         <title>{}</title>\n<desc>{}</desc>\n",
        escape(&scene.title),
        escape(&scene.summary)
    );
    let mut writer = Writer {
        out: String::new(),
        ids: HashSet::new(),
        hatches: hatches(scene),
        clips: Vec::new(),
    };
    writer.defs(scene);
    // Each clipped group costs the renderer a canvas of its own: neighbours with one clip share it.
    for group in scene.layers.chunk_by(|a, b| a.clip == b.clip) {
        writer.clipped(group);
    }
    out.push_str(&writer.out);
    out.push_str("</svg>\n");
    out
}

/// The different hatches of a scene, in order of their first use.
fn hatches(scene: &Scene) -> Vec<Hatch> {
    let mut found: Vec<Hatch> = Vec::new();
    for mark in scene.marks() {
        if let Shape::Area {
            fill: Fill::Hatch(hatch),
            ..
        } = mark.shape
            && !found.contains(&hatch)
        {
            found.push(hatch);
        }
    }
    found
}

/// Writing to a `String` cannot fail: the one place that says so.
macro_rules! put {
    ($out:expr, $($arg:tt)*) => { let _ = write!($out, $($arg)*); };
}

struct Writer {
    out: String,
    ids: HashSet<String>,
    hatches: Vec<Hatch>,
    clips: Vec<Rect>,
}

impl Writer {
    fn defs(&mut self, scene: &Scene) {
        self.out.push_str("<defs>\n");
        for clip in scene.layers.iter().filter_map(|layer| layer.clip) {
            if !self.clips.contains(&clip) {
                let place = self.clips.len();
                put!(
                    self.out,
                    "<clipPath id=\"clip.{place}\"><rect {}/></clipPath>\n",
                    corners(clip)
                );
                self.clips.push(clip);
            }
        }
        for (place, hatch) in self.hatches.iter().enumerate() {
            let Hatch {
                color,
                width,
                spacing,
                angle,
            } = hatch;
            put!(
                self.out,
                "<pattern id=\"hatch.{place}\" width=\"{s}\" height=\"{s}\" patternUnits=\"userSpaceOnUse\" \
                 patternTransform=\"rotate({})\"><rect width=\"{}\" height=\"{s}\" fill=\"{color}\"/></pattern>\n",
                number(*angle),
                number(*width),
                s = number(*spacing)
            );
        }
        self.out.push_str("</defs>\n");
    }

    /// Layers that share their clip.
    fn clipped(&mut self, layers: &[Layer]) {
        let clip = layers.first().and_then(|layer| layer.clip);
        let place = clip.and_then(|clip| self.clips.iter().position(|known| *known == clip));
        if let Some(place) = place {
            put!(self.out, "<g clip-path=\"url(#clip.{place})\">\n");
        }
        for layer in layers {
            put!(self.out, "<g id=\"{}\">\n", escape(&layer.name));
            for mark in &layer.marks {
                self.mark(&layer.name, mark);
            }
            self.out.push_str("</g>\n");
        }
        if place.is_some() {
            self.out.push_str("</g>\n");
        }
    }

    fn mark(&mut self, layer: &str, mark: &Mark) {
        let group = mark.feature.is_some() || mark.title.is_some();
        if group {
            self.out.push_str("<g");
            if let Some(feature) = &mark.feature {
                let id = self.unique(&format!("{layer}.{feature}"));
                put!(
                    self.out,
                    " id=\"{}\" data-feature=\"{}\"",
                    escape(&id),
                    escape(feature)
                );
            }
            self.out.push('>');
            if let Some(title) = &mark.title {
                put!(self.out, "<title>{}</title>", escape(title));
            }
        }
        self.shape(&mark.shape);
        self.out.push_str(if group { "</g>\n" } else { "\n" });
    }

    /// `id`, or `id.2`, `id.3`, … when a record has several marks in one layer.
    fn unique(&mut self, id: &str) -> String {
        let mut chosen = id.to_owned();
        let mut next = 2;
        while !self.ids.insert(chosen.clone()) {
            chosen = format!("{id}.{next}");
            next += 1;
        }
        chosen
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Area {
                rings,
                fill,
                outline,
            } => self.area(rings, *fill, outline.as_ref()),
            Shape::Line { paths, strokes } => {
                let path = path_data(paths, false);
                for stroke in strokes {
                    put!(
                        self.out,
                        "<path d=\"{path}\" fill=\"none\"{}/>",
                        stroke_data(stroke)
                    );
                }
            }
            Shape::Symbol {
                at,
                form,
                size,
                fill,
                outline,
            } => {
                let style = format!(" fill=\"{fill}\"{}", stroke_data(outline));
                self.symbol(*at, *form, *size, &style);
            }
            Shape::Text {
                at,
                text,
                font,
                angle,
            } => self.text(*at, text, font, *angle),
            Shape::Drawing { frame, view, body } => {
                put!(
                    self.out,
                    "<svg {} viewBox=\"0 0 {} {}\">{body}</svg>",
                    corners(*frame),
                    number(view.0),
                    number(view.1)
                );
            }
        }
    }

    fn area(&mut self, rings: &[Vec<Coord>], fill: Fill, outline: Option<&Stroke>) {
        put!(
            self.out,
            "<path d=\"{}\" fill-rule=\"evenodd\"",
            path_data(rings, true)
        );
        match fill {
            Fill::None => self.out.push_str(" fill=\"none\""),
            Fill::Plain(color, opacity) => {
                put!(self.out, " fill=\"{color}\"");
                if opacity < 1.0 {
                    put!(self.out, " fill-opacity=\"{}\"", number(opacity));
                }
            }
            Fill::Hatch(hatch) => {
                let place = self
                    .hatches
                    .iter()
                    .position(|known| *known == hatch)
                    .unwrap_or(0);
                put!(self.out, " fill=\"url(#hatch.{place})\"");
            }
        }
        put!(
            self.out,
            "{}/>",
            outline.map(stroke_data).unwrap_or_default()
        );
    }

    fn symbol(&mut self, at: Coord, form: Form, size: f64, style: &str) {
        let r = size / 2.0;
        let point = |dx: f64, dy: f64| Coord {
            x: at.x + dx * r,
            y: at.y + dy * r,
        };
        let polygon = |points: &[(f64, f64)]| {
            let ring: Vec<Coord> = points.iter().map(|&(dx, dy)| point(dx, dy)).collect();
            path_data(&[ring], true)
        };
        let (x, y) = (number(at.x), number(at.y));
        match form {
            Form::Circle => {
                put!(
                    self.out,
                    "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\"{style}/>",
                    number(r)
                );
            }
            Form::Square => {
                let data = polygon(&[(-0.89, -0.89), (0.89, -0.89), (0.89, 0.89), (-0.89, 0.89)]);
                put!(self.out, "<path d=\"{data}\"{style}/>");
            }
            Form::Diamond => {
                let data = polygon(&[(0.0, -1.1), (1.1, 0.0), (0.0, 1.1), (-1.1, 0.0)]);
                put!(self.out, "<path d=\"{data}\"{style}/>");
            }
            Form::Triangle => {
                let data = polygon(&[(0.0, -1.1), (1.05, 0.8), (-1.05, 0.8)]);
                put!(self.out, "<path d=\"{data}\"{style}/>");
            }
            Form::Cross => {
                let bars = [
                    vec![point(-0.8, -0.8), point(0.8, 0.8)],
                    vec![point(-0.8, 0.8), point(0.8, -0.8)],
                ];
                put!(self.out, "<path d=\"{}\"{style}/>", path_data(&bars, false));
            }
            Form::Half => {
                let (left, right, r) = (number(at.x - r), number(at.x + r), number(r));
                put!(self.out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{style}/>");
                put!(
                    self.out,
                    "<path d=\"M{left} {y}A{r} {r} 0 0 1 {right} {y}Z\" fill=\"#ffffff\"/>"
                );
            }
        }
    }

    fn text(&mut self, at: Coord, text: &str, font: &Font, angle: f64) {
        let (x, y) = (number(at.x), number(at.y));
        put!(
            self.out,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\"",
            number(font.size)
        );
        if font.bold {
            self.out.push_str(" font-weight=\"bold\"");
        }
        match font.anchor {
            Anchor::Start => {}
            Anchor::Middle => self.out.push_str(" text-anchor=\"middle\""),
            Anchor::End => self.out.push_str(" text-anchor=\"end\""),
        }
        if font.spacing > 0.0 {
            put!(self.out, " letter-spacing=\"{}\"", number(font.spacing));
        }
        if angle != 0.0 {
            put!(self.out, " transform=\"rotate({} {x} {y})\"", number(angle));
        }
        put!(self.out, " fill=\"{}\"", font.color);
        if let Some((color, width)) = font.halo {
            put!(
                self.out,
                " stroke=\"{color}\" stroke-width=\"{}\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
                number(width)
            );
        }
        put!(self.out, ">{}</text>", escape(text));
    }
}

fn corners(area: Rect) -> String {
    format!(
        "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
        number(area.min().x),
        number(area.min().y),
        number(area.width()),
        number(area.height())
    )
}

fn stroke_data(stroke: &Stroke) -> String {
    let mut data = format!(
        " stroke=\"{}\" stroke-width=\"{}\"",
        stroke.color,
        number(stroke.width)
    );
    data.push_str(" stroke-linejoin=\"round\"");
    if stroke.opacity < 1.0 {
        put!(data, " stroke-opacity=\"{}\"", number(stroke.opacity));
    }
    if !stroke.dash.is_empty() {
        let dashes: Vec<String> = stroke.dash.iter().map(|&length| number(length)).collect();
        put!(data, " stroke-dasharray=\"{}\"", dashes.join(" "));
    }
    if stroke.round {
        data.push_str(" stroke-linecap=\"round\"");
    }
    data
}

fn path_data(paths: &[Vec<Coord>], closed: bool) -> String {
    let mut data = String::new();
    for path in paths {
        for (place, point) in path.iter().enumerate() {
            let command = if place == 0 { 'M' } else { 'L' };
            put!(data, "{command}{} {}", number(point.x), number(point.y));
        }
        if closed {
            data.push('Z');
        }
    }
    data
}

/// A number with two decimals at most, without trailing zeros.
fn number(value: f64) -> String {
    let mut text = format!("{value:.2}");
    while text.ends_with('0') {
        text.pop();
    }
    if text.ends_with('.') {
        text.pop();
    }
    if text == "-0" { "0".to_owned() } else { text }
}

/// `text` with the characters escaped that XML gives a meaning, and without those that it forbids.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

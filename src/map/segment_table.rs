//! The table beside a map of a border: what the numbers on the map stand for.

use geo::Coord;

use crate::map::border::Numbered;
use crate::map::discs;
use crate::map::font;
use crate::map::furniture::write;
use crate::map::scene::Anchor;
use crate::map::scene::Font;
use crate::map::scene::Layer;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;
use crate::map::style;
use crate::model::Part;

/// Height of a row.
const ROW: f64 = 22.5;
/// Where the columns end that hold numbers, from the right edge.
const STATUS: f64 = 175.0;
/// Room for the chainage before the status.
const CHAINAGE: f64 = 130.0;

/// Draws the table from its upper left corner on, and says where it ends.
pub(super) fn draw(numbers: &[Numbered<'_>], at: Coord, width: f64, layer: &mut Layer) -> f64 {
    let right = at.x + width;
    let text = Font::plain(12.5, style::INK);
    let head = Font::plain(12.5, style::INK_SOFT);
    let mut y = at.y;
    let mut part: Option<&Part> = None;
    for number in numbers {
        let stretch = number.stretch;
        if part != Some(&stretch.border.part) {
            part = Some(&stretch.border.part);
            y += if y > at.y { 12.0 } else { 0.0 };
            let heading = format!("Segments, {}", part_name(&stretch.border.part));
            write(layer, Coord { x: at.x, y }, &heading, Font::plain(14.5, style::INK).bold());
            let end = Coord { x: right - STATUS - 18.0, y };
            write(layer, end, "km along the line", head.clone().anchored(Anchor::End));
            write(layer, Coord { x: right - STATUS, y }, "status", head.clone());
            y += 9.0;
        }
        let middle = y + ROW / 2.0;
        let base = middle + 4.5;
        let disc = Coord { x: at.x + discs::SIZE / 2.0, y: middle };
        let name = number.segment.names.english();
        discs::draw(layer, disc, &number.number.to_string(), (&number.segment.id, name));
        let room = width - STATUS - CHAINAGE - discs::SIZE - 26.0;
        let left = Coord { x: at.x + discs::SIZE + 8.0, y: base };
        write(layer, left, &shortened(name, &text, room), text.clone());
        let km = format!("{:.1} – {:.1}", stretch.from.km(), stretch.to.km());
        write(layer, Coord { x: right - STATUS - 18.0, y: base }, &km, text.clone().anchored(Anchor::End));
        let path = vec![Coord { x: right - STATUS, y: middle }, Coord { x: right - STATUS + 34.0, y: middle }];
        layer.add(Shape::Line { paths: vec![path], strokes: stretch.class.strokes() });
        write(layer, Coord { x: right - STATUS + 42.0, y: base }, stretch.class.word(), text.clone());
        let rule = vec![Coord { x: at.x, y: y + ROW }, Coord { x: right, y: y + ROW }];
        let stroke = Stroke::solid(style::RULE, 0.6).with_opacity(0.6);
        layer.add(Shape::Line { paths: vec![rule], strokes: vec![stroke] });
        y += ROW;
    }
    y + 14.0
}

fn part_name(part: &Part) -> String {
    match part {
        Part::Main => "main part".to_owned(),
        Part::Subdivision(code) => format!("part of {code}"),
        Part::Exclave(name) | Part::Ring(name) => name.clone(),
    }
}

/// `text`, or as many of its words as there is room for and an ellipsis.
fn shortened(text: &str, font: &Font, room: f64) -> String {
    if font::width(text, font) <= room {
        return text.to_owned();
    }
    let mut lines = font::wrap(text, font, room - font::width(" …", font)).into_iter();
    format!("{} …", lines.next().unwrap_or_default())
}

//! The table beside a map of a border: what the numbers on the map stand for.

use geo::Coord;

use crate::map::Look;
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
const CHAINAGE: f64 = 110.0;

/// Draws the table from its upper left corner on, and says where it ends.
pub(super) fn draw(
    look: &Look<'_>,
    numbers: &[Numbered<'_>],
    at: Coord,
    width: f64,
    layer: &mut Layer,
) -> f64 {
    let columns = Columns {
        left: at.x,
        right: at.x + width,
    };
    let mut y = at.y;
    let mut part: Option<&Part> = None;
    for number in numbers {
        let own = &number.stretch.border.part;
        if part != Some(own) {
            y += if part.is_some() { 30.0 } else { 0.0 };
            part = Some(own);
            columns.heading(&format!("Segments, {}", part_name(look, own)), y, layer);
            y += 9.0;
        }
        columns.row(number, y, layer);
        y += ROW;
    }
    y + 14.0
}

/// Where the columns stand.
struct Columns {
    left: f64,
    right: f64,
}

impl Columns {
    fn heading(&self, text: &str, y: f64, layer: &mut Layer) {
        let head = Font::plain(12.5, style::INK_SOFT);
        write(
            layer,
            Coord { x: self.left, y },
            text,
            Font::plain(14.5, style::INK).bold(),
        );
        let end = Coord {
            x: self.right - STATUS - 18.0,
            y,
        };
        write(
            layer,
            end,
            "km along the line",
            head.clone().anchored(Anchor::End),
        );
        write(
            layer,
            Coord {
                x: self.right - STATUS,
                y,
            },
            "status",
            head,
        );
    }

    fn row(&self, number: &Numbered<'_>, y: f64, layer: &mut Layer) {
        let text = Font::plain(12.5, style::INK);
        let stretch = number.stretch;
        let (middle, status) = (y + ROW / 2.0, self.right - STATUS);
        let base = middle + 4.5;
        let disc = Coord {
            x: self.left + discs::SIZE / 2.0,
            y: middle,
        };
        let name = number.segment.names.english();
        discs::draw(
            layer,
            disc,
            &number.number.to_string(),
            (&number.segment.id, name),
        );
        let start = Coord {
            x: self.left + discs::SIZE + 8.0,
            y: base,
        };
        let room = status - CHAINAGE - 18.0 - start.x;
        write(layer, start, &shortened(name, &text, room), text.clone());
        let km = format!("{:.1} – {:.1}", stretch.from.km(), stretch.to.km());
        write(
            layer,
            Coord {
                x: status - 18.0,
                y: base,
            },
            &km,
            text.clone().anchored(Anchor::End),
        );
        let sample = vec![
            Coord {
                x: status,
                y: middle,
            },
            Coord {
                x: status + 34.0,
                y: middle,
            },
        ];
        layer.add(Shape::Line {
            paths: vec![sample],
            strokes: stretch.class.strokes(),
        });
        write(
            layer,
            Coord {
                x: status + 42.0,
                y: base,
            },
            stretch.class.word(),
            text,
        );
        let rule = vec![
            Coord {
                x: self.left,
                y: y + ROW,
            },
            Coord {
                x: self.right,
                y: y + ROW,
            },
        ];
        let stroke = Stroke::solid(style::RULE, 0.6).with_opacity(0.6);
        layer.add(Shape::Line {
            paths: vec![rule],
            strokes: vec![stroke],
        });
    }
}

fn part_name(look: &Look<'_>, part: &Part) -> String {
    match part {
        Part::Main => "main part".to_owned(),
        Part::Subdivision(code) => format!("{} part", look.world.territory_name(*code)),
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

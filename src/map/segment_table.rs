//! The table beside a map of a border: what the numbers on the map stand for.

use geo::Coord;

use crate::map::Look;
use crate::map::border::Numbered;
use crate::map::discs;
use crate::map::discs::Disc;
use crate::map::font;
use crate::map::furniture::write;
use crate::map::scene::Anchor;
use crate::map::scene::Font;
use crate::map::scene::Layer;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;
use crate::map::style;
use crate::map::style::BorderClass;
use crate::model::Date;
use crate::model::Part;

/// Height of a row.
const ROW: f64 = 22.5;
/// Where the columns end that hold numbers, from the right edge.
const STATUS: f64 = 184.0;
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
        let point = |x: f64, down: f64| Coord {
            x,
            y: middle + down,
        };
        let (count, name) = (number.number.to_string(), number.segment.names.english());
        let disc = Disc::dark(&count, &number.segment.id, name);
        discs::draw(layer, point(self.left + discs::SIZE / 2.0, 0.0), &disc);
        let start = point(self.left + discs::SIZE + 8.0, 4.5);
        let room = status - CHAINAGE - 18.0 - start.x;
        write(layer, start, &shortened(name, &text, room), text.clone());
        let km = format!("{:.1} – {:.1}", stretch.from.km(), stretch.to.km());
        write(
            layer,
            point(status - 18.0, 4.5),
            &km,
            text.clone().anchored(Anchor::End),
        );
        let sample = vec![point(status, 0.0), point(status + 34.0, 0.0)];
        layer.add(Shape::Line {
            paths: vec![sample],
            strokes: stretch.class.strokes(),
        });
        write(
            layer,
            point(status + 42.0, 4.5),
            &status_words(number),
            text,
        );
        let rule = vec![point(self.left, ROW / 2.0), point(self.right, ROW / 2.0)];
        let stroke = Stroke::solid(style::RULE, 0.6).with_opacity(0.6);
        layer.add(Shape::Line {
            paths: vec![rule],
            strokes: vec![stroke],
        });
    }
}

/// `delimited 2024`, `contested since 2021`.
fn status_words(number: &Numbered<'_>) -> String {
    let class = number.stretch.class;
    let word = class.word();
    let year = |date: Date| date.to_string().chars().take(4).collect::<String>();
    match (class, number.stretch.since.map(year)) {
        (BorderClass::Delimited | BorderClass::Demarcated, Some(year)) => format!("{word} {year}"),
        (BorderClass::Contested, Some(year)) => format!("{word} since {year}"),
        _ => word.to_owned(),
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

//! The page around the maps: paper, title, notes, sources.

use std::collections::BTreeSet;

use geo::Coord;
use geo::Rect;

use crate::map::Look;
use crate::map::font;
use crate::map::furniture;
use crate::map::furniture::EDGE;
use crate::map::scene::Fill;
use crate::map::scene::Font;
use crate::map::scene::Layer;
use crate::map::scene::Scene;
use crate::map::scene::Shape;
use crate::map::style;
use crate::model::Date;
use crate::model::Id;
use crate::model::Source;
use crate::model::SourceKind;
use crate::model::World;

/// Space under the last line of a page.
const FOOT: f64 = 18.0;

/// A page that is being made.
#[derive(Debug)]
pub struct Sheet {
    /// What stands around the maps; drawn last.
    pub page: Layer,
    /// The maps, from the bottom to the top.
    pub layers: Vec<Layer>,
    /// The data sets that were drawn.
    pub sources: BTreeSet<Id<Source>>,
    /// Where the page goes on under the title.
    pub top: f64,
    title: String,
    summary: String,
}

impl Sheet {
    /// A page with its title and a sentence under it.
    pub fn new(title: &str, summary: &str) -> Self {
        let mut page = Layer::new("page", None);
        let large = Font::plain(30.0, style::INK).bold();
        furniture::write(&mut page, Coord { x: EDGE, y: 56.0 }, title, large);
        let font = Font::plain(16.5, style::INK_SOFT);
        let width = style::PAGE_WIDTH - 2.0 * EDGE;
        let top =
            furniture::paragraph(&mut page, Coord { x: EDGE, y: 84.0 }, summary, &font, width)
                + 8.0;
        Self {
            page,
            layers: Vec::new(),
            sources: BTreeSet::new(),
            top,
            title: title.to_owned(),
            summary: summary.to_owned(),
        }
    }

    /// Adds the data sets behind names and networks, and `others`.
    pub fn add_sources<const N: usize>(&mut self, look: &Look<'_>, others: [Id<Source>; N]) {
        let places = look.world.places.iter().map(|(_, place)| place.source);
        let links = look.world.links.iter().map(|(_, link)| link.source);
        self.sources.extend(places.chain(links).chain(others));
    }

    /// The page, closed by notes and sources from `bottom` on.
    pub fn finish(mut self, world: &World, projection: &str, bottom: f64) -> Scene {
        let at = Coord {
            x: EDGE,
            y: bottom + 30.0,
        };
        let under = notes(&mut self.page, world, at);
        let at = Coord {
            x: EDGE,
            y: under + 12.0,
        };
        let end = footer(&mut self.page, world, &self.sources, projection, at);
        let height = (end - 12.0 + FOOT).ceil();
        let mut layers = vec![paper(height)];
        layers.append(&mut self.layers);
        layers.push(self.page);
        Scene {
            width: style::PAGE_WIDTH,
            height,
            title: self.title,
            summary: self.summary,
            layers,
        }
    }
}

/// What every map says about its day and whose statements it shows.
pub fn day_and_view(look: &Look<'_>) -> String {
    let whose = match look.view {
        Some(state) => format!(
            "as stated by {} and by third parties",
            look.world.territory_name(state)
        ),
        None => "by the statements of all parties".to_owned(),
    };
    format!("on {}, {whose}", long_date(look.on))
}

/// A date as a reader says it: `8 June 2026`.
pub fn long_date(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let text = date.to_string();
    let mut parts = text.split('-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().and_then(|month| month.parse::<usize>().ok());
    let month = month.and_then(|month| MONTHS.get(month.checked_sub(1)?));
    let day = parts.next().map(|day| day.trim_start_matches('0'));
    [day, month.copied(), Some(year)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

fn paper(height: f64) -> Layer {
    let mut layer = Layer::new("paper", None);
    let sheet = Rect::new(
        Coord { x: 0.0, y: 0.0 },
        Coord {
            x: style::PAGE_WIDTH,
            y: height,
        },
    );
    layer.add(Shape::Area {
        rings: vec![sheet.to_polygon().exterior().0.clone()],
        fill: Fill::Plain(style::PAPER, 1.0),
        outline: None,
    });
    layer
}

/// Writes what every reader must be told, in two columns; says where they end.
fn notes(layer: &mut Layer, world: &World, at: Coord) -> f64 {
    let font = Font::plain(12.5, style::INK);
    let between = 40.0;
    let width = (style::PAGE_WIDTH - 2.0 * EDGE - between) / 2.0;
    let lines = |note: &String| font::wrap(note, &font, width).len();
    let all: usize = world.meta.notes.iter().map(lines).sum();
    let (mut y, mut lowest, mut written) = (at.y, at.y, 0);
    let mut second = false;
    for note in &world.meta.notes {
        // The first column takes the half of the lines, and the rest of the note that crosses it.
        if !second && 2 * written >= all {
            (second, y) = (true, at.y);
        }
        let x = if second { at.x + width + between } else { at.x };
        y = furniture::paragraph(layer, Coord { x, y }, note, &font, width) + 4.0;
        written += lines(note);
        lowest = lowest.max(y);
    }
    lowest
}

/// Writes the sources, the projection and the disclaimer; says where they end.
fn footer(
    layer: &mut Layer,
    world: &World,
    sources: &BTreeSet<Id<Source>>,
    projection: &str,
    at: Coord,
) -> f64 {
    let font = Font::plain(12.0, style::INK_SOFT);
    let width = style::PAGE_WIDTH - 2.0 * EDGE;
    let y = furniture::paragraph(
        layer,
        at,
        &format!("Sources: {}.", credits(world, sources)),
        &font,
        width,
    );
    let text = format!("{projection}. Lines and names on this map imply no endorsement by anyone.");
    furniture::paragraph(layer, Coord { x: at.x, y }, &text, &font, width)
}

/// The data sets with publisher, edition and licence.
fn credits(world: &World, sources: &BTreeSet<Id<Source>>) -> String {
    let drawn = sources.iter().map(|&source| &world.sources[source]);
    let data = drawn.filter(|source| source.kind != SourceKind::Publication);
    let mut credits: Vec<String> = data
        .map(|source| {
            let edition = source
                .edition
                .map(|date| format!(", {date}"))
                .unwrap_or_default();
            format!(
                "{} ({}{edition}; {})",
                source.title, source.publisher, source.licence
            )
        })
        .collect();
    credits.push("statuses and conditions: the publications named in the tables".to_owned());
    credits.join("; ")
}

#[cfg(test)]
mod tests {
    use super::long_date;

    #[test]
    fn dates_are_written_as_they_are_said() {
        let said = |text: &str| long_date(text.parse().expect("a date"));
        assert_eq!(said("2026-06-08"), "8 June 2026");
        assert_eq!(said("2024-05"), "May 2024");
        assert_eq!(said("1991"), "1991");
    }
}

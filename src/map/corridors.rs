//! The corridors side by side: one small map each, at one scale, with what exists of it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;
use geo::Rect;

use crate::error::Error;
use crate::error::Result;
use crate::geodesy::projection::Lambert;
use crate::geodesy::projection::Projection as _;
use crate::map::Look;
use crate::map::borders;
use crate::map::canvas::Canvas;
use crate::map::charts;
use crate::map::charts::Bar;
use crate::map::discs;
use crate::map::discs::Disc;
use crate::map::font;
use crate::map::frame::Frame;
use crate::map::frame::plane_extent;
use crate::map::furniture;
use crate::map::furniture::EDGE;
use crate::map::furniture::write;
use crate::map::ground;
use crate::map::ground::Ground;
use crate::map::legend;
use crate::map::legend::Key;
use crate::map::lines;
use crate::map::scene::Fill;
use crate::map::scene::Font;
use crate::map::scene::Layer;
use crate::map::scene::Scene;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;
use crate::map::sheet::Sheet;
use crate::map::sheet::day_and_view;
use crate::map::style;
use crate::map::towns;
use crate::model::Code;
use crate::model::Corridor;
use crate::model::Existence;
use crate::units::Length;

/// Maps side by side.
const COLUMNS: usize = 4;
/// Space between them.
const GAP: f64 = 24.0;
/// Room for the name above a map.
const HEAD: f64 = 56.0;
/// Room for the lengths under a map.
const FOOT: f64 = 46.0;
/// Space kept around the lines.
const MARGIN: f64 = 16.0;

/// The map of all corridors that have a letter, or of all if none has.
///
/// # Errors
///
/// [`Error::Drawing`] if the data set has no corridor.
pub fn scene(look: &Look<'_>) -> Result<Scene> {
    let all: Vec<&Corridor> = look
        .world
        .corridors
        .iter()
        .map(|(_, corridor)| corridor)
        .collect();
    let lettered: Vec<&Corridor> = all
        .iter()
        .copied()
        .filter(|corridor| corridor.letter.is_some())
        .collect();
    let shown = if lettered.is_empty() { all } else { lettered };
    if shown.is_empty() {
        return Err(Error::Drawing("the data set has no corridor".to_owned()));
    }
    let lambert = Lambert::new(look.world.meta.projection)?;
    let summary = format!(
        "Condition of their links {}. All maps at one scale",
        day_and_view(look)
    );
    let mut sheet = Sheet::new("The corridors, and what exists of them", &summary);
    let first = first_frame(&lambert, look, &shown, sheet.top + HEAD)?;
    let mut keys = BTreeSet::new();
    let background = background(look, &first, &mut keys, &mut sheet)?;
    let step = Coord {
        x: first.area.width() + GAP,
        y: first.area.height() + HEAD + FOOT,
    };
    for (place, corridor) in shown.iter().enumerate() {
        let by = Coord {
            x: step.x * (place % COLUMNS) as f64,
            y: step.y * (place / COLUMNS) as f64,
        };
        let panel = Panel {
            look,
            corridor,
            frame: first.moved(by),
        };
        let name = format!("corridor-{}", place + 1);
        sheet
            .layers
            .extend(background.iter().map(|layer| layer.moved(by).within(&name)));
        sheet.layers.extend(
            panel
                .layers(&mut keys)?
                .into_iter()
                .map(|layer| layer.within(&name)),
        );
        panel.words(&mut sheet.page);
    }
    let bottom = finish(look, &shown, &first, &keys, &mut sheet)?;
    Ok(sheet.finish(look.world, &lambert.description(), bottom))
}

/// The frame of the first map; the others are moved from it, so that all have one scale and one extent.
fn first_frame<'a>(
    lambert: &'a Lambert,
    look: &Look<'_>,
    shown: &[&Corridor],
    top: f64,
) -> Result<Frame<'a>> {
    let links = shown.iter().flat_map(|corridor| &corridor.links);
    let extent = plane_extent(
        lambert,
        links.flat_map(|&link| look.world.links[link].alignment.0.iter().copied()),
    )?;
    let width = (style::PAGE_WIDTH - 2.0 * EDGE - GAP * (COLUMNS - 1) as f64) / COLUMNS as f64;
    let scale = (width - 2.0 * MARGIN) / extent.width().max(1.0);
    let height = (extent.height() * scale + 2.0 * MARGIN).clamp(120.0, 2.0 * width);
    let corner = Coord { x: EDGE, y: top };
    let area = Rect::new(
        corner,
        corner
            + Coord {
                x: width,
                y: height,
            },
    );
    Ok(Frame::centred(lambert, extent.center(), scale, area))
}

/// What is the same on all maps.
fn background(
    look: &Look<'_>,
    frame: &Frame<'_>,
    keys: &mut BTreeSet<Key>,
    sheet: &mut Sheet,
) -> Result<Vec<Layer>> {
    let ground = Ground::of(look.boundary, frame)?;
    let (water, land) = ground::water(look, frame, &ground)?;
    keys.extend([Key::Water, Key::ThinBorder]);
    if look.world.corridors.len() > 1 {
        keys.insert(Key::Context);
    }
    let links = look.world.links.iter().map(|(_, link)| link.source);
    sheet
        .sources
        .extend(links.chain([look.boundary.source, land]));
    let mut base = Layer::new("base-network", Some(frame.area));
    let shown = look
        .world
        .corridors
        .iter()
        .flat_map(|(_, corridor)| corridor.links.iter().copied());
    let shown: BTreeSet<_> = shown.collect();
    let paths = lines::links(&Canvas::new(look, *frame), shown)?
        .into_iter()
        .flat_map(|link| link.paths)
        .collect();
    base.add(Shape::Line {
        paths,
        strokes: vec![style::context_stroke()],
    });
    let borders = borders::thin(look, frame)?;
    Ok(vec![ground.layer(look, frame), water, borders, base])
}

/// The map of one corridor.
struct Panel<'a> {
    look: &'a Look<'a>,
    corridor: &'a Corridor,
    frame: Frame<'a>,
}

impl Panel<'_> {
    fn layers(&self, keys: &mut BTreeSet<Key>) -> Result<Vec<Layer>> {
        let mut canvas = Canvas::new(self.look, self.frame);
        let drawn = lines::links(&canvas, self.corridor.links.iter().copied())?;
        let corridor = lines::corridors(&mut canvas, &drawn);
        let mut ends = canvas.layer("ends");
        for node in [self.corridor.from, self.corridor.to] {
            towns::end(&mut canvas, &mut ends, &self.look.world.nodes[node], 12.0)?;
        }
        let labels = canvas.placer.place("labels");
        keys.append(&mut canvas.keys);
        Ok(vec![corridor, ends, labels])
    }

    /// Name above and lengths under the map.
    fn words(&self, page: &mut Layer) {
        let area = self.frame.area;
        furniture::neatline(page, area);
        let bold = Font::plain(12.5, style::INK).bold();
        let name = self.corridor.names.english();
        let mut left = area.min().x;
        let top = area.min().y;
        let mut room = area.width();
        if let Some(letter) = &self.corridor.letter {
            let disc = Disc::dark(letter, &self.corridor.id, name);
            discs::draw(
                page,
                Coord {
                    x: left + discs::SIZE / 2.0,
                    y: top - 17.0,
                },
                &disc,
            );
            left += discs::SIZE + 8.0;
            room -= discs::SIZE + 8.0;
        }
        let lines = font::wrap(name, &bold, room);
        for (place, line) in lines.iter().rev().enumerate() {
            let y = top - if lines.len() == 1 { 12.5 } else { 8.0 } - 15.0 * place as f64;
            write(page, Coord { x: left, y }, line, bold.clone());
        }
        let text = Font::plain(12.5, style::INK);
        let soft = Font::plain(12.5, style::INK_SOFT);
        let at = |line: f64| Coord {
            x: area.min().x,
            y: area.max().y + 17.0 + 16.0 * line,
        };
        write(page, at(0.0), &lengths(self.look, self.corridor), text);
        write(page, at(1.0), &by_state(self.look, self.corridor), soft);
    }
}

fn length_of(look: &Look<'_>, corridor: &Corridor, existence: Option<Existence>) -> Length {
    let links = corridor.links.iter().map(|&link| &look.world.links[link]);
    let counted =
        links.filter(|link| existence.is_none_or(|wanted| link.existence_on(look.on) == wanted));
    counted
        .map(|link| Length::from_m(f64::from(link.length_m)))
        .sum()
}

/// `1143 km: 1100 in use, 43 still to build`.
fn lengths(look: &Look<'_>, corridor: &Corridor) -> String {
    let parts: Vec<String> = [
        Existence::Operational,
        Existence::Closed,
        Existence::ToBuild,
    ]
    .into_iter()
    .map(|existence| (existence, length_of(look, corridor, Some(existence))))
    .filter(|(_, length)| *length > Length::ZERO)
    .map(|(existence, length)| format!("{:.0} {}", length.km(), style::existence_label(existence)))
    .collect();
    format!(
        "{:.0} km: {}",
        length_of(look, corridor, None).km(),
        parts.join(", ")
    )
}

/// `AM 43 · AZ 520 km`.
fn by_state(look: &Look<'_>, corridor: &Corridor) -> String {
    let mut states: BTreeMap<Code, Length> = BTreeMap::new();
    for &link in &corridor.links {
        let link = &look.world.links[link];
        let known = states.entry(link.territory).or_default();
        *known = *known + Length::from_m(f64::from(link.length_m));
    }
    let parts: Vec<String> = states
        .iter()
        .map(|(state, length)| format!("{state} {:.0}", length.km()))
        .collect();
    format!("{} km", parts.join(" · "))
}

/// The bars of corridors, in their order.
pub fn bars(look: &Look<'_>, corridors: &[&Corridor]) -> Vec<Bar> {
    let of = |corridor: &Corridor, existence| length_of(look, corridor, Some(existence));
    let bar = |corridor: &&Corridor| Bar {
        label: corridor
            .letter
            .clone()
            .unwrap_or_else(|| corridor.names.english().to_owned()),
        operational: of(corridor, Existence::Operational),
        closed: of(corridor, Existence::Closed),
        to_build: of(corridor, Existence::ToBuild),
    };
    corridors.iter().map(bar).collect()
}

/// The chart of the lengths in the free places of the last row, else in a row of its own; then scale bar and legend.
fn finish(
    look: &Look<'_>,
    shown: &[&Corridor],
    first: &Frame<'_>,
    keys: &BTreeSet<Key>,
    sheet: &mut Sheet,
) -> Result<f64> {
    let step = Coord {
        x: first.area.width() + GAP,
        y: first.area.height() + HEAD + FOOT,
    };
    let used = shown.len() % COLUMNS;
    let (row, column) = if used == 0 || used > COLUMNS - 2 {
        (shown.len().div_ceil(COLUMNS), 0)
    } else {
        (shown.len() / COLUMNS, used)
    };
    let corner = first.area.min()
        + Coord {
            x: step.x * column as f64,
            y: step.y * row as f64,
        };
    let right = style::PAGE_WIDTH - EDGE;
    chart_heading(&mut sheet.page, corner - Coord { x: 0.0, y: 12.5 });
    let bars = bars(look, shown);
    let room = first.area.height() + FOOT - 12.0;
    let height = room.min(charts::height(bars.len()));
    let area = Rect::new(
        corner,
        Coord {
            x: right,
            y: corner.y + height,
        },
    );
    sheet.page.add(charts::bars(&bars, area)?);
    let under = Coord {
        x: EDGE,
        y: corner.y + room + 26.0,
    };
    let end = legend::draw_in_columns(keys, under, right - EDGE, 4, &mut sheet.page);
    let bar = Coord {
        x: EDGE + 3.0 * (first.area.width() + GAP),
        y: under.y,
    };
    furniture::draw_scale_bar(&mut sheet.page, first, bar, first.area.width())?;
    Ok(end.max(under.y + 50.0))
}

/// The heading of the chart, with the colours of its boxes.
fn chart_heading(page: &mut Layer, at: Coord) {
    let heading = Font::plain(14.5, style::INK).bold();
    let mut x = at.x + font::width("Kilometres", &heading) + 18.0;
    write(page, at, "Kilometres", heading);
    let text = Font::plain(12.5, style::INK);
    for existence in [
        Existence::Operational,
        Existence::Closed,
        Existence::ToBuild,
    ] {
        let color = style::existence_color(existence);
        let hollow = existence == Existence::ToBuild;
        let (right, top) = (x + 16.0, at.y - 10.0);
        let ring = [(x, top), (right, top), (right, at.y), (x, at.y), (x, top)];
        page.add(Shape::Area {
            rings: vec![ring.map(|(x, y)| Coord { x, y }).to_vec()],
            fill: Fill::Plain(if hollow { style::PAPER } else { color }, 1.0),
            outline: Some(Stroke::solid(color, 1.8)),
        });
        let label = style::existence_label(existence);
        write(
            page,
            Coord {
                x: right + 7.0,
                y: at.y,
            },
            label,
            text.clone(),
        );
        x = right + 7.0 + font::width(label, &text) + 20.0;
    }
}

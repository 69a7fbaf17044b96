//! The options of a transit question: each in its colour, with the place where it comes closest to an avoided state.

use std::collections::BTreeSet;

use geo::Coord;
use geo::Rect;

use crate::analysis::certificate::Verdict;
use crate::analysis::transit::Answer;
use crate::analysis::transit::CertificateRow;
use crate::analysis::transit::OptionRow;
use crate::error::Error;
use crate::error::Result;
use crate::geodesy::projection::Lambert;
use crate::geodesy::projection::Projection as _;
use crate::map::Look;
use crate::map::borders;
use crate::map::canvas::Canvas;
use crate::map::crossings;
use crate::map::frame::Frame;
use crate::map::frame::fitting_scale;
use crate::map::frame::plane_extent;
use crate::map::furniture;
use crate::map::furniture::EDGE;
use crate::map::ground;
use crate::map::ground::Ground;
use crate::map::labels::Label;
use crate::map::legend;
use crate::map::legend::Key;
use crate::map::lines;
use crate::map::names;
use crate::map::option_list;
use crate::map::points;
use crate::map::scene::Layer;
use crate::map::scene::Scene;
use crate::map::sheet::Sheet;
use crate::map::sheet::long_date;
use crate::map::style;
use crate::map::towns;
use crate::map::ways::Ways;
use crate::model::Id;
use crate::model::Link;
use crate::model::Node;
use crate::model::Table;
use crate::units::Length;

/// Left edge of the map: room for the values of the parallels.
const LEFT: f64 = 86.0;
/// Width of the column beside the map.
const SIDE: f64 = 390.0;
/// Space between the map and that column.
const GAP: f64 = 28.0;
/// Least and greatest height of the map.
const HEIGHTS: (f64, f64) = (560.0, 900.0);
/// Space kept around the options.
const MARGIN: f64 = 50.0;
/// The map of the options of an answer, as many of them as there are colours that can be told apart.
///
/// # Errors
///
/// [`Error::Drawing`] if there is no option; [`Error::Unknown`] if the answer speaks of another world.
pub fn scene(look: &Look<'_>, answer: &Answer) -> Result<Scene> {
    let shown = &answer.options[..answer.options.len().min(style::OPTIONS.len())];
    if shown.is_empty() {
        return Err(Error::Drawing(format!(
            "there is no option from {} to {}",
            answer.from, answer.to
        )));
    }
    let lambert = Lambert::new(look.world.meta.projection)?;
    let mut sheet = Sheet::new(&title(look, answer)?, &summary(answer, shown.len()));
    let frame = frame(&lambert, look, shown, sheet.top)?;
    let keys = map(Canvas::new(look, frame), answer, shown, &mut sheet)?;
    furniture::neatline(&mut sheet.page, frame.area);
    let side = Coord {
        x: frame.area.max().x + GAP,
        y: sheet.top,
    };
    let y = option_list::draw(look, shown, side, SIDE, &mut sheet.page);
    let y = legend::draw(
        &keys,
        Coord {
            x: side.x,
            y: y + 12.0,
        },
        SIDE,
        &mut sheet.page,
    );
    let under = Coord {
        x: LEFT,
        y: frame.area.max().y + 38.0,
    };
    furniture::north_arrow(&mut sheet.page, &frame, under + Coord { x: 8.0, y: 20.0 })?;
    furniture::draw_scale_bar(
        &mut sheet.page,
        &frame,
        under + Coord { x: 36.0, y: 0.0 },
        560.0,
    )?;
    Ok(sheet.finish(look.world, &lambert.description(), y.max(under.y + 40.0)))
}

fn node<'a>(nodes: &'a Table<Node>, slug: &str) -> Result<&'a Node> {
    let found = nodes.find(slug).map(|id| &nodes[id]);
    found.ok_or_else(|| Error::unknown("node", slug, nodes.slugs()))
}

fn title(look: &Look<'_>, answer: &Answer) -> Result<String> {
    let nodes = &look.world.nodes;
    let (from, to) = (node(nodes, &answer.from)?, node(nodes, &answer.to)?);
    let avoided: Vec<String> = answer
        .avoid
        .iter()
        .map(|&state| look.world.territory_name(state))
        .collect();
    let without = if avoided.is_empty() {
        String::new()
    } else {
        format!(" without {}", avoided.join(" and "))
    };
    Ok(format!(
        "From {} to {}{without}",
        towns::name(from),
        towns::name(to)
    ))
}

fn summary(answer: &Answer, shown: usize) -> String {
    let scenario = answer
        .scenario
        .as_deref()
        .map(|scenario| format!(", scenario {scenario}"))
        .unwrap_or_default();
    let found = answer.options_found;
    let count = match (shown, found) {
        (1, 1) => "The only option".to_owned(),
        (shown, found) if shown == found => {
            format!("{found} options, none of them worse than another on all counts")
        }
        (shown, found) => {
            format!("{shown} of {found} options, none of them worse than another on all counts")
        }
    };
    format!("{count}, on {}{scenario}", long_date(answer.as_of))
}

fn frame<'a>(
    lambert: &'a Lambert,
    look: &Look<'_>,
    shown: &[OptionRow],
    top: f64,
) -> Result<Frame<'a>> {
    let links = shown.iter().flat_map(|option| &option.links);
    let places = links.flat_map(|&link| look.world.links[link].alignment.0.iter().copied());
    let extent = plane_extent(lambert, places)?;
    let corner = Coord { x: LEFT, y: top };
    let width = style::PAGE_WIDTH - LEFT - GAP - SIDE - EDGE;
    let wanted = (width - 2.0 * MARGIN) / extent.width().max(1.0) * extent.height() + 2.0 * MARGIN;
    let area = Rect::new(
        corner,
        corner
            + Coord {
                x: width,
                y: wanted.clamp(HEIGHTS.0, HEIGHTS.1),
            },
    );
    let scale = fitting_scale(extent, area, MARGIN);
    Ok(Frame::centred(lambert, extent.center(), scale, area))
}

fn map(
    mut canvas: Canvas<'_>,
    answer: &Answer,
    shown: &[OptionRow],
    sheet: &mut Sheet,
) -> Result<BTreeSet<Key>> {
    let (look, frame) = (canvas.look, canvas.frame);
    let ground = Ground::of(look.boundary, &frame)?;
    let (water, land) = ground::water(look, &frame, &ground)?;
    canvas.keys.extend([Key::Water, Key::ThinBorder]);
    let (grid, values) = furniture::graticule(&frame)?;
    let avoided = ground.avoided(&mut canvas, &answer.avoid);
    let used: BTreeSet<Id<Link>> = shown
        .iter()
        .flat_map(|option| option.links.iter().copied())
        .collect();
    let base = lines::base(&mut canvas, &used)?;
    let borders = borders::thin(look, &frame)?;
    let ways = Ways::new(look, answer, shown)?;
    let options = ways.layer(&mut canvas)?;
    let (ends, marked) = ends(&mut canvas, answer)?;
    let closest = closest(&mut canvas, shown)?;
    let crossed = shown.iter().flat_map(|option| &option.borders);
    let crossed: BTreeSet<&str> = crossed.map(|border| border.crossing.as_str()).collect();
    let crossings = crossings::layer(&mut canvas, Some(&crossed))?;
    let towns = towns::layer(&mut canvas, &marked)?;
    names::territories(&mut canvas, &ground);
    let numbers = ways.numbers(&mut canvas)?;
    let labels = canvas.placer.place("labels");
    let territories = ground.layer(look, &frame);
    sheet.layers = vec![
        territories,
        avoided,
        water,
        grid,
        base,
        borders,
        options,
        crossings,
        towns,
        ends,
        closest,
        numbers,
        labels,
        values,
    ];
    sheet.add_sources(look, [look.boundary.source, land]);
    Ok(canvas.keys)
}

/// Start and destination, and where they are on the page.
fn ends(canvas: &mut Canvas<'_>, answer: &Answer) -> Result<(Layer, Vec<Coord>)> {
    let mut layer = canvas.layer("ends");
    let mut marked = Vec::new();
    for slug in [&answer.from, &answer.to] {
        let node = node(&canvas.look.world.nodes, slug)?;
        marked.push(towns::end(canvas, &mut layer, node, 16.0)?);
    }
    Ok((layer, marked))
}

/// The places where options come closest to what they avoid, each once.
fn closest(canvas: &mut Canvas<'_>, shown: &[OptionRow]) -> Result<Layer> {
    let mut layer = canvas.layer("closest");
    let mut known: Vec<Coord> = Vec::new();
    for certificate in shown.iter().flat_map(|option| &option.certificates) {
        let [x, y] = certificate.headline.at;
        let at = canvas.frame.page(Coord { x, y })?;
        let again = known
            .iter()
            .any(|&other| points::distance(other, at) < points::TOGETHER);
        if again || !canvas.frame.shows(at) {
            continue;
        }
        known.push(at);
        canvas.keys.insert(Key::Closest);
        let symbol = style::closest_symbol();
        let reach = symbol.size / 2.0;
        canvas.placer.block(at, reach);
        let link = &certificate.headline.link;
        let font = style::map_font(12.5, style::RED);
        let label = Label {
            must: true,
            ..Label::new(link, &margin(canvas.look, certificate), font, 2)
        };
        // The message of the map: it goes further from its point rather than missing.
        canvas.placer.add(
            label
                .around(at, reach + 2.0)
                .around(at, reach + 12.0)
                .around(at, reach + 24.0),
        );
        layer.add_for(link, &certificate.statement, points::shape(symbol, at));
    }
    Ok(layer)
}

/// `Iran at 38 m: within error`.
pub(super) fn margin(look: &Look<'_>, certificate: &CertificateRow) -> String {
    let state = look.world.territory_name(certificate.state);
    let distance = Length::from_m(certificate.headline.margin_m);
    let verdict = match certificate.headline.verdict {
        Verdict::Clear => "clear of it",
        Verdict::WithinError => "within error",
        Verdict::Enters => "enters it",
    };
    format!("{state} at {distance}: {verdict}")
}

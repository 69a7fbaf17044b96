//! Towns, and where journeys start and end.

use geo::Coord;

use crate::error::Result;
use crate::map::canvas::Canvas;
use crate::map::clip;
use crate::map::labels::Label;
use crate::map::legend::Key;
use crate::map::points;
use crate::map::points::TOGETHER;
use crate::map::points::distance;
use crate::map::scene::Layer;
use crate::map::style;
use crate::model::Names;
use crate::model::Node;
use crate::model::NodeKind;
use crate::model::World;

/// How a town is set: font size, rank and whether it is bold, by its inhabitants.
const fn town(population: u64) -> (f64, u32, bool) {
    match population {
        1_000_000.. => (18.0, 10, true),
        200_000.. => (15.5, 12, false),
        _ => (13.5, 20, false),
    }
}

/// The number of inhabitants below which a town is left out at this scale, in page units per metre.
fn smallest_town(scale: f64) -> u64 {
    match scale * 1000.0 {
        10.0.. => 1_000,
        6.0..10.0 => 4_000,
        3.0..6.0 => 12_000,
        1.8..3.0 => 40_000,
        _ => 70_000,
    }
}

/// A town or stop that a map may show.
struct Candidate<'a> {
    id: &'a str,
    names: &'a Names,
    place: Coord,
    population: u64,
}

/// Towns with so many inhabitants, and stops where cargo starts, ends or changes mode: the largest first.
fn candidates(world: &World, least: u64) -> Vec<Candidate<'_>> {
    let towns = world.places.iter().filter_map(|(_, place)| {
        let population = place.population.filter(|&population| population >= least)?;
        Some(Candidate {
            id: &place.id,
            names: &place.names,
            place: place.at,
            population,
        })
    });
    let stops = world.nodes.iter().filter(|(_, node)| {
        matches!(node.kind, NodeKind::Terminal | NodeKind::Port) && !node.names.is_empty()
    });
    let stops = stops.map(|(_, node)| Candidate {
        id: &node.id,
        names: &node.names,
        place: node.at,
        population: 0,
    });
    let mut all: Vec<Candidate<'_>> = towns.chain(stops).collect();
    all.sort_by_key(|candidate| (std::cmp::Reverse(candidate.population), candidate.id));
    all
}

/// Towns and stops of the network: symbols now, names in the placer. What stands beside one of the points `marked` is
/// left out, for that has its name already.
///
/// # Errors
///
/// As for the frame's projection.
pub fn layer(canvas: &mut Canvas<'_>, marked: &[Coord]) -> Result<Layer> {
    let mut layer = canvas.layer("places");
    let mut known: Vec<Coord> = Vec::new();
    for candidate in candidates(canvas.look.world, smallest_town(canvas.frame.scale)) {
        let at = canvas.frame.page(candidate.place)?;
        let again = known.iter().any(|&other| distance(other, at) < TOGETHER);
        let beside = marked
            .iter()
            .any(|&other| distance(other, at) < 2.0 * TOGETHER);
        if again || beside || !clip::contains(points::inner(canvas.frame.area), at) {
            continue;
        }
        known.push(at);
        canvas.keys.insert(Key::Place);
        let (size, rank, bold) = town(candidate.population);
        let mut font = style::map_font(size, style::INK);
        font.bold = bold;
        let label = Label {
            must: bold,
            ..Label::new(candidate.id, candidate.names.english(), font, rank)
        };
        add(canvas, &mut layer, at, label);
    }
    Ok(layer)
}

/// An end of a line: its symbol now, its name in the placer in any case. Gives its place on the page.
///
/// # Errors
///
/// As for the frame's projection.
pub fn end(canvas: &mut Canvas<'_>, layer: &mut Layer, node: &Node, size: f64) -> Result<Coord> {
    let at = canvas.frame.page(node.at)?;
    let font = style::map_font(size, style::INK).bold();
    let label = Label {
        must: true,
        ..Label::new(&node.id, name(node), font, 1)
    };
    add(canvas, layer, at, label);
    Ok(at)
}

/// The name of a node; its id if it has none.
pub fn name(node: &Node) -> &str {
    if node.names.is_empty() {
        &node.id
    } else {
        node.names.english()
    }
}

fn add(canvas: &mut Canvas<'_>, layer: &mut Layer, at: Coord, label: Label) {
    let symbol = style::place_symbol();
    let reach = symbol.size / 2.0;
    canvas.placer.block(at, reach);
    if let (Some(feature), Some(name)) = (&label.feature, label.lines.first()) {
        layer.add_for(feature, name.as_str(), points::shape(symbol, at));
    }
    canvas.placer.add(label.around(at, reach + 2.0));
}

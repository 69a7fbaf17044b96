//! The points of a map and their names: crossings, disputed places, towns, territories, corridor letters.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;
use geo::Rect;

use crate::error::Result;
use crate::map::Look;
use crate::map::clip;
use crate::map::font;
use crate::map::frame::Frame;
use crate::map::ground::Ground;
use crate::map::ground::rings;
use crate::map::labels;
use crate::map::labels::Label;
use crate::map::labels::Placer;
use crate::map::legend::Key;
use crate::map::scene::Color;
use crate::map::scene::Layer;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;
use crate::map::simplify;
use crate::map::style;
use crate::map::style::Symbol;
use crate::model::Code;
use crate::model::Crossing;
use crate::model::Dispute;
use crate::model::DisputePlace;
use crate::model::Mode;
use crate::model::Names;
use crate::model::Node;
use crate::model::NodeKind;
use crate::model::Regime;

/// Crossing points closer together than this share one group of symbols.
const TOGETHER: f64 = 13.0;

/// The regime of a crossing point on the day: the most open one of its modes.
pub fn regime(look: &Look<'_>, crossing: &Crossing) -> Option<Regime> {
    let of = |&mode: &Mode| {
        crossing
            .regime_on(mode, look.on)
            .map(|claim| claim.value.value)
    };
    crossing.modes.iter().filter_map(of).min()
}

/// The crossing points, or those of them that are `wanted`. Where several are in one place, each regime among them is shown once, side by side.
///
/// # Errors
///
/// As for the frame's projection.
pub fn crossings(
    look: &Look<'_>,
    frame: &Frame<'_>,
    wanted: Option<&BTreeSet<&str>>,
    keys: &mut BTreeSet<Key>,
    placer: &mut Placer,
) -> Result<Layer> {
    let mut groups: Vec<(Coord, BTreeMap<Option<Regime>, Vec<&Crossing>>)> = Vec::new();
    for (_, crossing) in look.world.crossings.iter() {
        let at = frame.page(look.world.nodes[crossing.node].at)?;
        let left_out = wanted.is_some_and(|wanted| !wanted.contains(crossing.id.as_str()));
        if left_out || !frame.shows(at) {
            continue;
        }
        let near = |known: &Coord| (known.x - at.x).hypot(known.y - at.y) < TOGETHER;
        let group = match groups.iter().position(|(known, _)| near(known)) {
            Some(found) => &mut groups[found].1,
            None => {
                groups.push((at, BTreeMap::new()));
                let last = groups.len() - 1;
                &mut groups[last].1
            }
        };
        group
            .entry(regime(look, crossing))
            .or_default()
            .push(crossing);
    }
    let mut layer = Layer::new("crossings", Some(frame.area));
    for (at, group) in groups {
        let first = at.x - TOGETHER * (group.len() - 1) as f64 / 2.0;
        for (place, (regime, crossings)) in group.into_iter().enumerate() {
            keys.insert(Key::Crossing(regime));
            let at = Coord {
                x: first + TOGETHER * place as f64,
                y: at.y,
            };
            let symbol = style::crossing_symbol(regime);
            placer.block(at, symbol.size / 2.0 + 1.0);
            let names: Vec<&str> = crossings
                .iter()
                .map(|crossing| crossing.names.english())
                .collect();
            let title = format!("{}: {}", names.join("; "), style::crossing_label(regime));
            layer.add_for(&crossings[0].id, title, shape(symbol, at));
        }
    }
    Ok(layer)
}

/// A symbol as a shape.
pub fn shape(symbol: Symbol, at: Coord) -> Shape {
    let Symbol {
        form,
        size,
        fill,
        outline,
    } = symbol;
    Shape::Symbol {
        at,
        form,
        size,
        fill,
        outline,
    }
}

/// Outlines and points of disputed ground; their names wait in the placer, except of those `elsewhere`.
///
/// # Errors
///
/// As for the frame's projection.
pub fn disputes(
    look: &Look<'_>,
    frame: &Frame<'_>,
    elsewhere: Option<Rect>,
    keys: &mut BTreeSet<Key>,
    placer: &mut Placer,
) -> Result<Layer> {
    let mut layer = Layer::new("disputes", Some(frame.area));
    for (_, dispute) in look.world.disputes.iter() {
        let (at, reach) = match &dispute.place {
            DisputePlace::Outline { area, .. } => {
                let all: Vec<Vec<Coord>> = rings(area);
                let all: Vec<&[Coord]> = all.iter().map(Vec::as_slice).collect();
                let drawn = frame.rings(&all)?;
                let Some((centre, reach)) = middle(&drawn) else {
                    continue;
                };
                keys.insert(Key::DisputedArea);
                let outline = Some(Stroke::solid(style::PURPLE, 1.4));
                placer.avoid(&drawn);
                let shape = Shape::Area {
                    rings: drawn,
                    fill: style::DISPUTE_FILL,
                    outline,
                };
                layer.add_for(&dispute.id, title(look, dispute), shape);
                (centre, reach)
            }
            DisputePlace::Point(place) => {
                let at = frame.page(*place)?;
                if !frame.shows(at) {
                    continue;
                }
                keys.insert(Key::DisputedPoint);
                let symbol = style::dispute_symbol();
                placer.block(at, symbol.size / 2.0);
                layer.add_for(&dispute.id, title(look, dispute), shape(symbol, at));
                (at, style::dispute_symbol().size / 2.0)
            }
        };
        if elsewhere.is_some_and(|area| clip::contains(area, at)) {
            continue;
        }
        let rank = if dispute.area_km2.is_empty() { 40 } else { 30 };
        placer.add(point_label(
            &dispute.id,
            dispute.names.english(),
            at,
            reach + 2.0,
            (12.5, style::PURPLE),
            rank,
        ));
    }
    Ok(layer)
}

/// The middle of the box around rings and half of its lesser side.
fn middle(rings: &[Vec<Coord>]) -> Option<(Coord, f64)> {
    let mut points = rings.iter().flatten();
    let first = *points.next()?;
    let (mut min, mut max) = (first, first);
    for point in points {
        min = Coord {
            x: min.x.min(point.x),
            y: min.y.min(point.y),
        };
        max = Coord {
            x: max.x.max(point.x),
            y: max.y.max(point.y),
        };
    }
    let size = max - min;
    Some((min + size / 2.0, size.x.max(size.y) / 2.0))
}

fn title(look: &Look<'_>, dispute: &Dispute) -> String {
    let control = crate::model::in_force(&dispute.control, look.on);
    let held =
        control.map(|claim| format!("; controlled by {}", look.world.territory_name(claim.value)));
    format!(
        "{}: {}{}",
        dispute.names.english(),
        dispute.issue,
        held.unwrap_or_default()
    )
}

fn point_label(
    id: &str,
    text: &str,
    at: Coord,
    gap: f64,
    (size, color): (f64, Color),
    rank: u32,
) -> Label {
    let mut label = Label {
        feature: Some(id.to_owned()),
        lines: vec![text.to_owned()],
        font: style::map_font(size, color),
        under: None,
        spots: Vec::new(),
        rank,
        must: false,
    };
    label.spots = labels::around(at, gap, label.size());
    label
}

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

/// The part of a frame in which names may stand.
pub fn inner(area: Rect) -> Rect {
    let margin = Coord { x: 5.0, y: 5.0 };
    Rect::new(area.min() + margin, area.max() - margin)
}

/// Towns and stops of the network: symbols now, names in the placer. Small towns are left out
/// unless cargo starts, ends or changes mode there, and so is what stands beside the points `marked`.
///
/// # Errors
///
/// As for the frame's projection.
pub fn towns(
    look: &Look<'_>,
    frame: &Frame<'_>,
    marked: &[Coord],
    keys: &mut BTreeSet<Key>,
    placer: &mut Placer,
) -> Result<Layer> {
    let mut layer = Layer::new("places", Some(frame.area));
    let least = smallest_town(frame.scale);
    let mut known: Vec<Coord> = Vec::new();
    let places = look.world.places.iter().filter_map(|(_, place)| {
        let population = place.population.filter(|&population| population >= least)?;
        Some((place.id.as_str(), &place.names, place.at, population))
    });
    let stops = look.world.nodes.iter().filter(|(_, node)| {
        matches!(node.kind, NodeKind::Terminal | NodeKind::Port) && !node.names.is_empty()
    });
    let stops = stops.map(|(_, node)| (node.id.as_str(), &node.names, node.at, 0));
    let mut all: Vec<(&str, &Names, Coord, u64)> = places.chain(stops).collect();
    all.sort_by_key(|(id, _, _, population)| (std::cmp::Reverse(*population), *id));
    for (id, names, place, population) in all {
        let at = frame.page(place)?;
        let again = known
            .iter()
            .any(|other| (other.x - at.x).hypot(other.y - at.y) < TOGETHER);
        let beside = marked
            .iter()
            .any(|other| (other.x - at.x).hypot(other.y - at.y) < 2.0 * TOGETHER);
        if again || beside || !clip::contains(inner(frame.area), at) {
            continue;
        }
        known.push(at);
        keys.insert(Key::Place);
        let (size, rank, bold) = town(population);
        let symbol = style::place_symbol();
        placer.block(at, symbol.size / 2.0);
        let mut label = point_label(
            id,
            names.english(),
            at,
            symbol.size / 2.0 + 2.0,
            (size, style::INK),
            rank,
        );
        label.font.bold = bold;
        label.must = bold;
        label.spots = labels::around(at, symbol.size / 2.0 + 2.0, label.size());
        placer.add(label);
        layer.add_for(id, names.english(), shape(symbol, at));
    }
    Ok(layer)
}

/// An end of a line: its symbol now, its name in the placer in any case.
pub fn end(node: &Node, at: Coord, size: f64, layer: &mut Layer, placer: &mut Placer) {
    let (id, names) = (&node.id, &node.names);
    let symbol = style::place_symbol();
    placer.block(at, symbol.size / 2.0);
    let text = names.english();
    let mut label = point_label(id, text, at, symbol.size / 2.0 + 2.0, (size, style::INK), 1);
    label.font.bold = true;
    label.must = true;
    label.spots = labels::around(at, symbol.size / 2.0 + 2.0, label.size());
    placer.add(label);
    layer.add_for(id, text, shape(symbol, at));
}

/// Names of the territories, large and pale, inside them: the English one over the others that the fonts can write.
pub fn territory_names(look: &Look<'_>, frame: &Frame<'_>, ground: &Ground, placer: &mut Placer) {
    for (code, area) in &ground.territories {
        let names = look.world.meta.territories.get(code);
        let english = look.world.territory_name(*code);
        let mut others: Vec<&str> = Vec::new();
        for (language, name) in names.into_iter().flat_map(Names::iter) {
            if language != "en" && name != english && font::covers(name) && !others.contains(&name)
            {
                others.push(name);
            }
        }
        let second = others.join(" / ");
        let lines: Vec<String> = std::iter::once(english)
            .chain((!second.is_empty()).then_some(second))
            .collect();
        let large = if code.is_subdivision() { 16.0 } else { 24.0 };
        let label = territory_name(*code, lines.clone(), large, (frame.area, &rings(area)));
        // A name that would lie on many lines is set smaller.
        let crowded = placer
            .least_covered(&label)
            .is_none_or(|covered| covered > CROWDED);
        let small = (large * 0.7).max(14.0);
        let smaller = || {
            territory_name(
                *code,
                lines[..1].to_vec(),
                small,
                (frame.area, &rings(area)),
            )
        };
        placer.add(if crowded { smaller() } else { label });
    }
}

/// The share of a territory's name that may lie on lines before it is set smaller.
const CROWDED: f64 = 0.1;

fn territory_name(
    code: Code,
    lines: Vec<String>,
    size: f64,
    (frame, rings): (Rect, &[Vec<Coord>]),
) -> Label {
    let mut label = Label {
        feature: Some(code.to_string()),
        lines,
        font: style::map_font(size, style::STATE_INK)
            .bold()
            .spaced(size * 0.1),
        under: Some(style::map_font(size * 0.58, style::STATE_INK)),
        spots: Vec::new(),
        rank: if code.is_subdivision() { 16 } else { 15 },
        must: true,
    };
    label.spots = spots_inside(frame, rings, label.size());
    label
}

/// How far the outline that a name must fit into may be off, in page units.
const ROUGH: f64 = 5.0;

/// Centres of boxes of this size that lie in an area, those nearest to its middle first.
fn spots_inside(frame: Rect, rings: &[Vec<Coord>], (width, height): (f64, f64)) -> Vec<Coord> {
    const STEPS: u32 = 36;
    // Names are pale and large: the outline may be rough.
    let rings: Vec<Vec<Coord>> = rings
        .iter()
        .map(|ring| simplify::line(ring, ROUGH))
        .collect();
    let Some((centre, _)) = visible_middle(frame, &rings) else {
        return Vec::new();
    };
    let mut spots: Vec<(f64, Coord)> = Vec::new();
    for row in 1..STEPS {
        for column in 1..STEPS {
            let share = Coord {
                x: f64::from(column) / f64::from(STEPS),
                y: f64::from(row) / f64::from(STEPS),
            };
            let at = Coord {
                x: frame.min().x + share.x * frame.width(),
                y: frame.min().y + share.y * frame.height(),
            };
            let (dx, dy) = (width / 2.0, height / 2.0);
            let corners = [
                (0.0, 0.0),
                (-dx, -dy),
                (dx, -dy),
                (-dx, dy),
                (dx, dy),
                (-dx, 0.0),
                (dx, 0.0),
            ];
            let inside = corners
                .iter()
                .filter(|(x, y)| within(&rings, at + Coord { x: *x, y: *y }))
                .count();
            if inside >= 5 {
                let missing = (corners.len() - inside) as f64;
                spots.push((
                    (at.x - centre.x).hypot(at.y - centre.y) + 60.0 * missing,
                    at,
                ));
            }
        }
    }
    spots.sort_by(|a, b| a.0.total_cmp(&b.0));
    spots.into_iter().map(|(_, at)| at).collect()
}

/// The middle of the largest ring, as far as it is in the frame, and its area.
fn visible_middle(frame: Rect, rings: &[Vec<Coord>]) -> Option<(Coord, f64)> {
    let mut best: Option<(Coord, f64)> = None;
    for ring in rings {
        let seen = clip::ring(ring, frame);
        let (mut twice, mut sum) = (0.0, Coord { x: 0.0, y: 0.0 });
        for edge in seen.windows(2) {
            let (a, b) = (edge[0] - frame.min(), edge[1] - frame.min());
            let cross = a.x * b.y - b.x * a.y;
            twice += cross;
            sum = sum + (a + b) * cross;
        }
        if best.is_none_or(|(_, area)| twice.abs() > area) && twice != 0.0 {
            best = Some((frame.min() + sum / (3.0 * twice), twice.abs()));
        }
    }
    best
}

/// Whether a point is inside rings, by even-odd filling.
fn within(rings: &[Vec<Coord>], at: Coord) -> bool {
    let mut inside = false;
    for edge in rings.iter().flat_map(|ring| ring.windows(2)) {
        let (a, b) = (edge[0], edge[1]);
        if (a.y > at.y) != (b.y > at.y) && at.x < a.x + (b.x - a.x) * (at.y - a.y) / (b.y - a.y) {
            inside = !inside;
        }
    }
    inside
}

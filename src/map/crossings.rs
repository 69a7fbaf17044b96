//! Border crossing points.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;

use crate::error::Result;
use crate::map::Look;
use crate::map::canvas::Canvas;
use crate::map::legend::Key;
use crate::map::points;
use crate::map::points::TOGETHER;
use crate::map::points::distance;
use crate::map::scene::Layer;
use crate::map::style;
use crate::model::Crossing;
use crate::model::Mode;
use crate::model::Regime;

/// Crossing points in one place, by regime.
struct Group<'a> {
    at: Coord,
    crossings: BTreeMap<Option<Regime>, Vec<&'a Crossing>>,
}

/// The crossing points, or those of them that are `wanted`. Where several are in one place, each regime among them is
/// shown once, side by side.
///
/// # Errors
///
/// As for the frame's projection.
pub fn layer(canvas: &mut Canvas<'_>, wanted: Option<&BTreeSet<&str>>) -> Result<Layer> {
    let mut layer = canvas.layer("crossings");
    for Group { at, crossings } in groups(canvas, wanted)? {
        let first = at.x - TOGETHER * (crossings.len() - 1) as f64 / 2.0;
        for (place, (regime, crossings)) in crossings.into_iter().enumerate() {
            canvas.keys.insert(Key::Crossing(regime));
            let at = Coord {
                x: first + TOGETHER * place as f64,
                y: at.y,
            };
            let symbol = style::crossing_symbol(regime);
            canvas.placer.block(at, symbol.size / 2.0 + 1.0);
            let names: Vec<&str> = crossings
                .iter()
                .map(|crossing| crossing.names.english())
                .collect();
            let title = format!("{}: {}", names.join("; "), style::crossing_label(regime));
            layer.add_for(&crossings[0].id, title, points::shape(symbol, at));
        }
    }
    Ok(layer)
}

fn groups<'a>(canvas: &Canvas<'a>, wanted: Option<&BTreeSet<&str>>) -> Result<Vec<Group<'a>>> {
    let world = canvas.look.world;
    let mut groups: Vec<Group<'a>> = Vec::new();
    for (_, crossing) in world.crossings.iter() {
        let at = canvas.frame.page(world.nodes[crossing.node].at)?;
        let left_out = wanted.is_some_and(|wanted| !wanted.contains(crossing.id.as_str()));
        if left_out || !canvas.frame.shows(at) {
            continue;
        }
        let found = groups
            .iter()
            .position(|group| distance(group.at, at) < TOGETHER);
        let place = found.unwrap_or(groups.len());
        if place == groups.len() {
            groups.push(Group {
                at,
                crossings: BTreeMap::new(),
            });
        }
        groups[place]
            .crossings
            .entry(regime(canvas.look, crossing))
            .or_default()
            .push(crossing);
    }
    Ok(groups)
}

/// The regime of a crossing point on the day: the most open one of its modes.
fn regime(look: &Look<'_>, crossing: &Crossing) -> Option<Regime> {
    let of = |&mode: &Mode| {
        crossing
            .regime_on(mode, look.on)
            .map(|claim| claim.value.value)
    };
    crossing.modes.iter().filter_map(of).min()
}

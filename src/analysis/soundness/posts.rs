//! Kilometre posts along their lines.

use std::collections::BTreeMap;

use crate::analysis::soundness::fault;
use crate::dataset::NODES;
use crate::error::Problem;
use crate::geodesy;
use crate::model::Id;
use crate::model::Node;
use crate::model::World;

/// Posts are printed to a tenth of a kilometre, many to a whole one.
const ROUNDING_M: f64 = 1_000.0;

/// A station with its post on a line, and the posts of its neighbours there.
struct Station {
    km: f64,
    neighbours: Vec<(Id<Node>, f64)>,
}

pub(super) fn problems(world: &World) -> Vec<Problem> {
    let mut lines: BTreeMap<&str, BTreeMap<Id<Node>, Station>> = BTreeMap::new();
    for (_, link) in world.links.iter() {
        let Some(line) = link.line.as_deref() else {
            continue;
        };
        let ends = [link.from, link.to].map(|end| (end, post(&world.nodes[end], line)));
        let [(from, Some(from_km)), (to, Some(to_km))] = ends else {
            continue;
        };
        let stations = lines.entry(line).or_default();
        for (node, km, other) in [(from, from_km, (to, to_km)), (to, to_km, (from, from_km))] {
            let station = stations.entry(node).or_insert_with(|| Station {
                km,
                neighbours: Vec::new(),
            });
            station.neighbours.push(other);
        }
    }
    let stations = lines.iter().flat_map(|(line, stations)| {
        stations
            .iter()
            .map(move |(id, station)| (*line, *id, station))
    });
    stations
        .filter_map(|(line, id, station)| {
            let node = &world.nodes[id];
            let message =
                not_between(world, line, station).or_else(|| too_near(world, line, id, station))?;
            Some(fault(NODES, id.row(), &node.id, "posts", message))
        })
        .collect()
}

fn post(node: &Node, line: &str) -> Option<f64> {
    let own = node.posts.iter().find(|post| post.line == line);
    own.map(|post| post.km)
}

/// A station with two neighbours on its line whose post is not between theirs.
fn not_between(world: &World, line: &str, station: &Station) -> Option<String> {
    let [(one, one_km), (other, other_km)] = station.neighbours[..] else {
        return None;
    };
    let sides = (one_km - station.km) * (other_km - station.km);
    (sides >= 0.0).then(|| {
        format!(
            "km {} of `{line}` is not between `{}` at {one_km} and `{}` at {other_km}, which it lies between",
            station.km, world.nodes[one].id, world.nodes[other].id,
        )
    })
}

/// Posts that are nearer to each other than the stations are, whatever their positions may be off.
fn too_near(world: &World, line: &str, id: Id<Node>, station: &Station) -> Option<String> {
    let node = &world.nodes[id];
    let mut later = station.neighbours.iter().filter(|(other, _)| id < *other);
    later.find_map(|&(other, km)| {
        let other = &world.nodes[other];
        let apart_m = geodesy::distance(node.at, other.at).m();
        let along_m = (station.km - km).abs() * 1_000.0;
        let off_m = node.accuracy_m + other.accuracy_m + ROUNDING_M;
        (along_m + off_m < apart_m).then(|| {
            format!(
                "km {} of `{line}` is {:.1} km from `{}` at km {km}, but the two are {:.1} km apart as the crow flies",
                station.km,
                along_m / 1_000.0,
                other.id,
                apart_m / 1_000.0,
            )
        })
    })
}

//! Nodes and links held against the territories they claim.

use std::collections::BTreeMap;

use geo::Contains;
use geo::Coord;
use geo::algorithm::indexed::IntervalTreeMultiPolygon;
use rayon::prelude::*;

use crate::analysis::soundness::fault;
use crate::dataset::LINKS;
use crate::dataset::NODES;
use crate::error::Problem;
use crate::geodesy;
use crate::geodesy::Edge;
use crate::geodesy::EdgeTree;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Node;
use crate::model::NodeKind;
use crate::model::Territory;
use crate::model::World;

/// Between vertices an alignment is looked at every so many metres: a shorter way out of a territory is within any accuracy here.
const STEP_M: f64 = 500.0;

pub(super) fn problems(world: &World) -> Vec<Problem> {
    let Ok(boundary) = world.boundary(None) else {
        return Vec::new();
    };
    let grounds = Grounds::of(boundary);
    let boundary_m = world.source_of(boundary).accuracy_m.unwrap_or(0.0);
    let mut on_land: Vec<bool> = vec![false; world.nodes.len()];
    for (_, link) in world
        .links
        .iter()
        .filter(|(_, link)| link.mode != Mode::Ferry)
    {
        on_land[link.from.row()] = true;
        on_land[link.to.row()] = true;
    }
    // Ships meet the border at sea, where sources draw none.
    let nodes: Vec<_> = world
        .nodes
        .iter()
        .filter(|(id, node)| on_land[id.row()] || node.kind != NodeKind::Crossing)
        .collect();
    let mut problems: Vec<Problem> = nodes
        .into_par_iter()
        .filter_map(|(id, node)| {
            let message = misplaced(&grounds, node, boundary_m)?;
            Some(fault(NODES, id.row(), &node.id, "state", message))
        })
        .collect();
    let links: Vec<_> = world.links.iter().collect();
    problems.par_extend(links.into_par_iter().filter_map(|(id, link)| {
        let message = strayed(&grounds, link, boundary_m)?;
        Some(fault(LINKS, id.row(), &link.id, "geometry", message))
    }));
    problems
}

/// A territory that points can be held against.
struct Ground {
    area: IntervalTreeMultiPolygon<f64>,
    outline: EdgeTree,
    clipped: bool,
}

struct Grounds {
    by_code: BTreeMap<Code, Ground>,
}

impl Grounds {
    fn of(boundary: &Boundary) -> Self {
        let grounds = boundary.territories.par_iter();
        Self {
            by_code: grounds
                .map(|territory| (territory.code, Ground::of(territory)))
                .collect(),
        }
    }

    /// How far a place is outside a territory, in metres; zero inside, and where a territory that was cut at the edge of the region
    /// may well go on: in no other territory.
    fn outside_m(&self, code: Code, at: Coord) -> f64 {
        let Some(ground) = self.by_code.get(&code) else {
            return 0.0;
        };
        let point = geo::Point(at);
        let is_elsewhere = || {
            self.by_code
                .values()
                .any(|other| other.area.contains(&point))
        };
        if ground.area.contains(&point) || (ground.clipped && !is_elsewhere()) {
            return 0.0;
        }
        ground.outline_m(at)
    }
}

impl Ground {
    fn of(territory: &Territory) -> Self {
        let rings = territory
            .area
            .iter()
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        Self {
            area: IntervalTreeMultiPolygon::new(&territory.area),
            outline: EdgeTree::new(rings.map(|ring| &ring.0)),
            clipped: territory.clipped,
        }
    }

    fn outline_m(&self, at: Coord) -> f64 {
        self.outline
            .nearest(at)
            .map_or(0.0, |nearest| nearest.distance.m())
    }
}

/// A node that is further outside its territory, or a crossing further from the outline of one of its two, than the accuracies allow.
fn misplaced(grounds: &Grounds, node: &Node, boundary_m: f64) -> Option<String> {
    let allowed_m = node.accuracy_m + boundary_m;
    let is_crossing = node.kind == NodeKind::Crossing;
    node.territories.iter().find_map(|&code| {
        let off_m = match grounds.by_code.get(&code) {
            Some(ground) if is_crossing && !ground.clipped => ground.outline_m(node.at),
            // The edge of the region is no border.
            _ if is_crossing => 0.0,
            _ => grounds.outside_m(code, node.at),
        };
        let from = if is_crossing { "from the outline of" } else { "outside" };
        (off_m > allowed_m).then(|| {
            format!(
                "lies {off_m:.0} m {from} {code}, more than its accuracy and that of the boundary ({allowed_m:.0} m together)"
            )
        })
    })
}

/// A link that leaves the territory it claims by more than the accuracies allow. Ships do: territories end at the coast or at their waters.
fn strayed(grounds: &Grounds, link: &Link, boundary_m: f64) -> Option<String> {
    if link.mode == Mode::Ferry {
        return None;
    }
    let allowed_m = link.alignment_accuracy_m + boundary_m;
    let edges = link.alignment.0.windows(2);
    let places = edges.flat_map(|edge| along(edge[0], edge[1]));
    let (off_m, at) = places
        .map(|at| (grounds.outside_m(link.territory, at), at))
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    (off_m > allowed_m).then(|| {
        format!(
            "leaves {} by {off_m:.0} m at {:.4}, {:.4}, more than its accuracy and that of the boundary ({allowed_m:.0} m together)",
            link.territory, at.x, at.y
        )
    })
}

fn along(from: Coord, to: Coord) -> impl Iterator<Item = Coord> {
    let edge = Edge::new(from, to);
    let length_m = geodesy::distance(from, to).m();
    let steps = std::iter::successors(Some(0.0), |m| Some(m + STEP_M));
    steps
        .take_while(move |m| *m < length_m)
        .map(move |m| edge.at(m))
        .chain(std::iter::once(to))
}

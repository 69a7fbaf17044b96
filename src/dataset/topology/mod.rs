//! What follows from territory polygons alone: borders, tripoints, exclaves and enclaves.
//!
//! *In*: the territories of one source. *Out*: its [`Border`]s with chainage, [`Tripoint`]s and [`Exclave`]s. Nothing of this is
//! listed in any file.
//!
//! Method. An edge that two territories draw with the very same two vertices is border between them. Where a source cuts a river or
//! a reservoir out of both sides, the banks share no vertex: a vertex whose nearest place on another territory's unshared
//! outline is within [`FACING_M`] *faces* it, and the border is taken half-way between the two. Runs of such edges along
//! a ring become the pieces of a border. An exclave that shares no edge with anybody and lies inside another territory is an
//! enclave drawn by overlap; its outline is the border.
//!
//! # Limits
//!
//! Water wider than [`FACING_M`] leaves a gap between two pieces, which counts nothing. Three banks that face each other give the
//! border of each pair up to the point where the third is nearer.

mod exclaves;
mod facing;
mod order;
mod runs;
mod tripoints;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::Border;
use crate::model::Code;
use crate::model::Exclave;
use crate::model::Pair;
use crate::model::Part;
use crate::model::Territory;
use crate::model::Tripoint;
use crate::units::Length;

use order::Stretch;
use runs::Run;

/// Banks of border rivers are up to about this far apart, and unrelated outlines rarely come so near.
pub(super) const FACING_M: f64 = 300.0;

/// What is derived from one source.
#[derive(Debug)]
pub(super) struct Topology {
    pub(super) borders: Vec<Border>,
    pub(super) tripoints: Vec<Tripoint>,
    pub(super) exclaves: Vec<Exclave>,
}

/// What the derivation needs to know from other layers.
pub(super) struct Hints<'a> {
    /// The name of an exclave, from what lies inside it.
    pub(super) name: &'a (dyn Fn(Code, &geo::Polygon) -> Option<String> + Sync),
    /// Whether the agreed chainage of a part runs against the default direction.
    pub(super) reversed: &'a (dyn Fn(Pair, Option<Code>) -> bool + Sync),
    /// What the source is accurate to: an unnamed overlap narrower than that is an error of its drawing.
    pub(super) accuracy: Length,
}

/// Derives borders, tripoints and exclaves.
pub(super) fn derive(territories: &[Territory], hints: &Hints<'_>) -> Topology {
    let runs = runs::runs(territories);
    let exclaves = exclaves::exclaves(territories, &runs, hints);
    let mut groups: BTreeMap<(Pair, Part), Vec<Run>> = BTreeMap::new();
    for run in runs {
        let (one, other) = (
            territories[run.own.territory].code,
            territories[run.other.territory].code,
        );
        if let Some(pair) = Pair::of(one, other) {
            let part = part(territories, &exclaves, &run);
            groups.entry((pair, part)).or_default().push(run);
        }
    }
    for (pair, part, run) in exclaves::overlapping(territories, &exclaves) {
        groups.entry((pair, part)).or_default().push(run);
    }
    let groups: Vec<((Pair, Part), Vec<Run>)> = groups.into_iter().collect();
    let borders: Vec<Border> = groups
        .into_par_iter()
        .map(|((pair, part), runs)| border(territories, pair, part, &runs, hints.reversed))
        .collect();
    let tripoints = tripoints::tripoints(&borders);
    Topology {
        borders,
        tripoints,
        exclaves: exclaves.into_iter().map(|found| found.exclave).collect(),
    }
}

/// Which part of its pair's border a run belongs to.
fn part(territories: &[Territory], exclaves: &[exclaves::Found], run: &Run) -> Part {
    let of = |place: runs::Place| {
        exclaves.iter().find(|found| {
            found.territory == place.territory && found.exclave.polygon == place.polygon
        })
    };
    let codes = [run.own, run.other].map(|place| territories[place.territory].code);
    let apart: Vec<&exclaves::Found> = [run.own, run.other].into_iter().filter_map(of).collect();
    // Between an enclave and the counter-enclave in it runs the outline of the latter.
    let outlined = |found: &&&exclaves::Found| {
        let place = runs::Place {
            territory: found.territory,
            polygon: found.exclave.polygon,
        };
        found.exclave.enclave_in.is_some() && exclaves::is_outline(territories, run, place)
    };
    if let Some(ring) = apart.iter().find(outlined) {
        return Part::Ring(ring.exclave.name.clone());
    }
    // What a river cut off has no name of its own and belongs to the border along that river.
    let mut apart = apart.into_iter().filter(|found| !found.exclave.is_fragment);
    if let Some(&code) = codes.iter().find(|code| code.is_subdivision()) {
        return Part::Subdivision(code);
    }
    apart.next().map_or(Part::Main, |found| {
        Part::Exclave(found.exclave.name.clone())
    })
}

fn border(
    territories: &[Territory],
    pair: Pair,
    part: Part,
    runs: &[Run],
    reversed: &(dyn Fn(Pair, Option<Code>) -> bool + Sync),
) -> Border {
    let mut stretches = order::in_order(runs);
    let subdivision = match part {
        Part::Subdivision(code) => Some(code),
        _ => None,
    };
    if !matches!(part, Part::Ring(_)) && runs_backwards(&stretches) != reversed(pair, subdivision) {
        stretches.reverse();
        stretches.iter_mut().for_each(Stretch::reverse);
    }
    let codes = runs
        .first()
        .map(|run| [run.own, run.other].map(|place| territories[place.territory].code));
    let [one, other] = codes.unwrap_or([pair.first, pair.second]);
    Border::new(
        pair,
        part,
        (one.min(other), one.max(other)),
        order::pieces(stretches),
    )
}

/// Whether the lines run from the southern end to the northern one, or from east to west where the ends are level.
fn runs_backwards(stretches: &[Stretch]) -> bool {
    let first = stretches
        .first()
        .and_then(|stretch| stretch.vertices.first());
    let last = stretches.last().and_then(|stretch| stretch.vertices.last());
    match (first, last) {
        (Some(first), Some(last)) => match first.y.total_cmp(&last.y) {
            Ordering::Less => true,
            Ordering::Equal => first.x > last.x,
            Ordering::Greater => false,
        },
        _ => false,
    }
}

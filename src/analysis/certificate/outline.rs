//! The outline of an avoided state according to one source, and which of its runs matter to some ways.

use std::collections::BTreeMap;

use geo::Contains;
use geo::Coord;

use super::Margin;
use super::Way;
use super::degree_box::DegreeBox;
use super::near::Near;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Id;
use crate::model::Link;
use crate::model::Territory;
use crate::model::World;

/// How far around the links the outline is indexed at first: corridors along a border are closer than this.
const FIRST_REACH_M: f64 = 10_000.0;

/// The reach grows by this factor when a way stays further away.
const GROWTH: f64 = 4.0;

/// Edges of an outline that share a box.
const RUN: usize = 48;

/// The outline of a state, according to one source.
#[derive(Debug)]
pub(crate) struct Outline<'w> {
    pub(super) world: &'w World,
    pub(super) boundary: &'w Boundary,
    territories: Vec<&'w Territory>,
    accuracy_m: f64,
    /// Runs of the outline with their boxes.
    runs: Vec<(DegreeBox, &'w [Coord])>,
}

impl<'w> Outline<'w> {
    /// The outline of `avoided` (a state with its subdivisions, or one subdivision); none if the source does not show it.
    pub(crate) fn new(world: &'w World, boundary: &'w Boundary, avoided: Code) -> Option<Self> {
        let belongs = |code: Code| code == avoided || code.state() == avoided;
        let territories: Vec<&Territory> = boundary
            .territories
            .iter()
            .filter(|territory| belongs(territory.code))
            .collect();
        if territories.is_empty() {
            return None;
        }
        let polygons = territories.iter().flat_map(|territory| &territory.area);
        let rings = polygons
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        let runs = rings.flat_map(|ring| runs_of(&ring.0)).collect();
        // Boundary sources always state an accuracy; without one nothing could be called clear.
        let accuracy_m = world
            .source_of(boundary)
            .accuracy_m
            .unwrap_or(f64::INFINITY);
        Some(Self {
            world,
            boundary,
            territories,
            accuracy_m,
            runs,
        })
    }

    /// The margins of several ways.
    pub(crate) fn margins(&self, ways: &[Way]) -> Vec<Option<Margin<'w>>> {
        let (at_least_m, run_at_least_m) = self.bounds(ways);
        let mut reach_m = FIRST_REACH_M;
        loop {
            let within = self.runs.iter().zip(&run_at_least_m);
            let within = within.filter(|(_, at_least_m)| **at_least_m <= reach_m);
            let runs: Vec<(DegreeBox, &[Coord])> = within.map(|(run, _)| *run).collect();
            let whole = runs.len() == self.runs.len();
            let mut near = Near::new(self, &at_least_m, runs);
            let margins: Vec<Option<Margin<'w>>> =
                ways.iter().map(|way| near.margin(way)).collect();
            let settled = |margin: &Option<Margin<'w>>| {
                margin
                    .as_ref()
                    .is_some_and(|margin| margin.distance.m() <= reach_m)
            };
            if whole || margins.iter().all(settled) {
                return margins;
            }
            reach_m *= GROWTH;
        }
    }

    /// Metres that each link is at least away from the outline, and each run of the outline from the nearest link.
    fn bounds(&self, ways: &[Way]) -> (BTreeMap<Id<Link>, f64>, Vec<f64>) {
        let mut links = BTreeMap::new();
        let mut runs = vec![f64::INFINITY; self.runs.len()];
        for link in ways.iter().flat_map(|way| way.links.iter().copied()) {
            links.entry(link).or_insert_with(|| {
                let own = DegreeBox::around(&self.world.links[link].alignment.0);
                let mut least = f64::INFINITY;
                for ((run, _), run_least) in self.runs.iter().zip(&mut runs) {
                    let at_least_m = own.at_least_m(run);
                    *run_least = run_least.min(at_least_m);
                    least = least.min(at_least_m);
                }
                least
            });
        }
        (links, runs)
    }

    /// Whether `place` lies in the state.
    pub(super) fn contains(&self, place: Coord) -> bool {
        self.territories
            .iter()
            .any(|territory| territory.area.contains(&place))
    }

    /// How far the alignment of `link` and this source may be off together, in metres.
    pub(super) fn tolerance_m(&self, link: Id<Link>) -> f64 {
        self.world.links[link].alignment_accuracy_m + self.accuracy_m
    }
}

/// Runs of a ring, each starting with the vertex that the one before ended with.
fn runs_of(ring: &[Coord]) -> impl Iterator<Item = (DegreeBox, &[Coord])> {
    let starts = (0..ring.len().saturating_sub(1)).step_by(RUN);
    starts.map(move |start| {
        let run = &ring[start..(start + RUN + 1).min(ring.len())];
        (DegreeBox::around(run), run)
    })
}

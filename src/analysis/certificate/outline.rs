//! The outline of an avoided state according to one source, and which of its runs matter to some ways.

use geo::Contains;
use geo::Coord;

use super::Margin;
use super::Way;
use super::chart::Charted;
use super::links::Links;
use super::near::Near;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Id;
use crate::model::Link;
use crate::model::Territory;
use crate::model::World;

/// The outline is indexed at first up to this many times the distance that decides, as the chart has it: the chart is
/// short by a few per cent.
const FIRST_REACH: f64 = 1.1;

/// The reach grows by this factor when a way stays further away, or goes deeper inside.
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
    runs: Vec<Charted>,
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
        let mut links = Links::new(self.world, &self.runs);
        let closest_m = ways
            .iter()
            .map(|way| links.closest_m(&way.links))
            .fold(0.0, f64::max);
        let tolerances = ways
            .iter()
            .flat_map(|way| &way.links)
            .map(|link| self.tolerance_m(*link));
        let tolerance_m = tolerances
            .filter(|tolerance_m| tolerance_m.is_finite())
            .fold(0.0, f64::max);
        let mut reach_m = FIRST_REACH * closest_m.max(tolerance_m);
        loop {
            let runs: Vec<&Charted> = links.runs_within(reach_m).collect();
            let whole = runs.len() == self.runs.len();
            let mut near = Near::new(self, &mut links, &runs);
            let margins: Vec<Option<Margin<'w>>> =
                ways.iter().map(|way| near.margin(way)).collect();
            let settled = |margin: &Option<Margin<'w>>| {
                margin.as_ref().is_some_and(|margin| {
                    margin.distance.m() <= reach_m && margin.depth.m() <= reach_m
                })
            };
            if whole || margins.iter().all(settled) {
                return margins;
            }
            reach_m = GROWTH * reach_m.max(1.0);
        }
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
fn runs_of(ring: &[Coord]) -> impl Iterator<Item = Charted> {
    let starts = (0..ring.len().saturating_sub(1)).step_by(RUN);
    starts.map(move |start| Charted::new(&ring[start..(start + RUN + 1).min(ring.len())]))
}

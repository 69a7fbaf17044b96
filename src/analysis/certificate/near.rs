//! Links measured against the part of an outline that is near them.

use std::collections::BTreeMap;
use std::collections::HashMap;

use geo::Coord;

use super::Encounter;
use super::Margin;
use super::Way;
use super::chart::Charted;
use super::chart::Gap;
use super::chart::places_along;
use super::links::Links;
use super::outline::Outline;
use crate::geodesy::Approach;
use crate::geodesy::EdgeTree;
use crate::model::Id;
use crate::model::Link;
use crate::units::Length;

/// Inside a territory an alignment is sampled in steps of this length.
const STEP_M: f64 = 250.0;

/// The part of an outline that is near some links, and what was measured against it.
#[derive(Debug)]
pub(super) struct Near<'n, 'o, 'w> {
    outline: &'n Outline<'w>,
    links: &'n mut Links<'o, 'w>,
    runs: &'n [&'o Charted],
    tree: EdgeTree,
    approaches: HashMap<Id<Link>, Approach>,
    depths: HashMap<Id<Link>, Length>,
}

impl<'n, 'o, 'w> Near<'n, 'o, 'w> {
    /// Indexes `runs` of the outline.
    pub(super) fn new(
        outline: &'n Outline<'w>,
        links: &'n mut Links<'o, 'w>,
        runs: &'n [&'o Charted],
    ) -> Self {
        Self {
            outline,
            links,
            runs,
            tree: EdgeTree::new(runs.iter().map(|run| &run.places)),
            approaches: HashMap::new(),
            depths: HashMap::new(),
        }
    }

    /// The margin of a way; none if there is no outline near it.
    pub(super) fn margin(&mut self, way: &Way) -> Option<Margin<'w>> {
        let mut candidates = self.links.candidates(&way.links);
        let mut closest_m = f64::INFINITY;
        let mut closest_in_doubt_m = f64::INFINITY;
        let mut measured: BTreeMap<usize, Approach> = BTreeMap::new();
        while let Some(candidate) = candidates.pop() {
            let link = way.links[candidate.place];
            let tolerance_m = self.outline.tolerance_m(link);
            let may_decide = candidate.gap_m <= tolerance_m.min(closest_in_doubt_m);
            if candidate.gap_m > closest_m && !may_decide {
                continue;
            }
            if !candidate.close {
                candidates.push(self.links.closer(candidate, &way.links));
                continue;
            }
            let approach = self.approach(link)?;
            let distance_m = approach.distance.m();
            closest_m = closest_m.min(distance_m);
            if distance_m <= tolerance_m {
                closest_in_doubt_m = closest_in_doubt_m.min(distance_m);
            }
            measured.insert(candidate.place, approach);
        }
        Margin::of(self.outline.boundary, &self.encounters(way, &measured))
    }

    /// Where a link comes closest: measured first on the piece that is closest on the chart, then on those that may be closer.
    fn approach(&mut self, link: Id<Link>) -> Option<Approach> {
        if let Some(known) = self.approaches.get(&link) {
            return Some(*known);
        }
        let (charted, gap) = self.links.close(link);
        let first = charted.places.get(gap.piece..gap.piece + 2)?;
        let mut best = self.tree.nearest_to_line(first)?;
        for (number, piece) in charted.places.windows(2).enumerate() {
            if number == gap.piece || !may_be_within(piece, self.runs, best.distance) {
                continue;
            }
            let found = self.tree.nearest_to_line(piece)?;
            if found.distance < best.distance {
                best = found;
            }
        }
        self.approaches.insert(link, best);
        Some(best)
    }

    /// The links of a way that matter, and how far each goes into the territory.
    fn encounters(&mut self, way: &Way, measured: &BTreeMap<usize, Approach>) -> Vec<Encounter> {
        let mut inside = self.outline.contains(way.start);
        let mut at = way.start;
        let mut encounters = Vec::new();
        for (place, &link) in way.links.iter().enumerate() {
            let tolerance = Length::from_m(self.outline.tolerance_m(link));
            let approach = measured.get(&place);
            let meets = approach.is_some_and(|found| found.distance == Length::ZERO);
            at = far_end(&self.outline.world.links[link].alignment.0, at);
            if inside || meets {
                let depth = self.depth(link);
                let here = approach.map_or((at, at), |found| (found.on_line, found.at));
                encounters.push(Encounter {
                    link,
                    distance: Length::ZERO,
                    at: here.0,
                    border_at: here.1,
                    depth,
                    tolerance,
                });
            } else if let Some(found) = approach {
                encounters.push(Encounter {
                    link,
                    distance: found.distance,
                    at: found.on_line,
                    border_at: found.at,
                    depth: Length::ZERO,
                    tolerance,
                });
            }
            if meets {
                inside = self.outline.contains(at);
            }
        }
        encounters
    }

    /// How far from the outline the alignment of a link gets inside the territory, sampled every [`STEP_M`].
    fn depth(&mut self, link: Id<Link>) -> Length {
        if let Some(known) = self.depths.get(&link) {
            return *known;
        }
        let places = places_along(&self.outline.world.links[link].alignment.0, STEP_M);
        let mut depth = Length::ZERO;
        self.deepen(&places, &mut depth);
        self.depths.insert(link, depth);
        depth
    }

    /// Raises `depth` to the greatest at `places`: from the middle one on, leaving out what is too near to others to be deeper.
    fn deepen(&self, places: &[Coord], depth: &mut Length) {
        let middle = places.len() / 2;
        let Some(&place) = places.get(middle) else {
            return;
        };
        let here = self
            .tree
            .nearest(place)
            .map_or(Length::ZERO, |found| found.distance);
        if here > *depth && self.outline.contains(place) {
            *depth = here;
        }
        // Nobody gets further from the outline than by the way there.
        if here.m() + STEP_M * (middle + 1) as f64 > depth.m() {
            self.deepen(&places[..middle], depth);
            self.deepen(&places[middle + 1..], depth);
        }
    }
}

/// Whether the chart leaves it open that a piece is closer to some run than `distance`.
fn may_be_within(piece: &[Coord], runs: &[&Charted], distance: Length) -> bool {
    let charted = Charted::new(piece);
    let mut gap = Gap {
        m: distance.m(),
        ..Gap::UNKNOWN
    };
    runs.iter().any(|run| {
        if charted.box_gap_m(run) < gap.m {
            charted.close(run, &mut gap);
        }
        gap.m < distance.m()
    })
}

/// The end of an alignment that is not `near`, the one that the way came by.
fn far_end(alignment: &[Coord], near: Coord) -> Coord {
    let (first, last) = (alignment.first(), alignment.last());
    let end = if first == Some(&near) { last } else { first };
    end.copied().unwrap_or(near)
}

//! Links measured against the part of an outline that is near them.

use std::collections::BTreeMap;
use std::collections::HashMap;

use geo::Coord;

use super::Encounter;
use super::Margin;
use super::Way;
use super::degree_box::DegreeBox;
use super::outline::Outline;
use crate::geodesy::Approach;
use crate::geodesy::Edge;
use crate::geodesy::EdgeTree;
use crate::model::Id;
use crate::model::Link;
use crate::units::Length;

/// Alignments are measured in pieces no longer than this, the most promising first.
const PIECE_M: f64 = 1_000.0;

/// Inside a territory an alignment is sampled in steps of this length.
const STEP_M: f64 = 250.0;

/// The part of an outline that is near some links, and what was measured against it.
#[derive(Debug)]
pub(super) struct Near<'o, 'w> {
    outline: &'o Outline<'w>,
    /// Metres that each link is at least away.
    at_least_m: &'o BTreeMap<Id<Link>, f64>,
    boxes: Vec<DegreeBox>,
    tree: EdgeTree,
    approaches: HashMap<Id<Link>, Option<Approach>>,
    depths: HashMap<Id<Link>, Length>,
}

impl<'o, 'w> Near<'o, 'w> {
    /// Indexes `runs` of the outline.
    pub(super) fn new(
        outline: &'o Outline<'w>,
        at_least_m: &'o BTreeMap<Id<Link>, f64>,
        runs: Vec<(DegreeBox, &'w [Coord])>,
    ) -> Self {
        Self {
            outline,
            at_least_m,
            boxes: runs.iter().map(|(own, _)| *own).collect(),
            tree: EdgeTree::new(runs.into_iter().map(|(_, run)| run)),
            approaches: HashMap::new(),
            depths: HashMap::new(),
        }
    }

    /// The margin of a way; none if there is no outline near it.
    pub(super) fn margin(&mut self, way: &Way) -> Option<Margin<'w>> {
        let mut ranked: Vec<(f64, usize)> = way
            .links
            .iter()
            .enumerate()
            .map(|(place, link)| (self.at_least_m[link], place))
            .collect();
        ranked.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut closest_m = f64::INFINITY;
        let mut closest_in_doubt_m = f64::INFINITY;
        let mut measured: BTreeMap<usize, Approach> = BTreeMap::new();
        for (at_least_m, place) in ranked {
            let tolerance_m = self.outline.tolerance_m(way.links[place]);
            let may_decide = at_least_m <= tolerance_m && at_least_m <= closest_in_doubt_m;
            if at_least_m > closest_m && !may_decide {
                continue;
            }
            let approach = self.approach(way.links[place])?;
            let distance_m = approach.distance.m();
            closest_m = closest_m.min(distance_m);
            if distance_m <= tolerance_m {
                closest_in_doubt_m = closest_in_doubt_m.min(distance_m);
            }
            measured.insert(place, approach);
        }
        Margin::of(self.outline.boundary, &self.encounters(way, &measured))
    }

    /// Where a link comes closest, its pieces taken in the order of what they promise.
    fn approach(&mut self, link: Id<Link>) -> Option<Approach> {
        if let Some(known) = self.approaches.get(&link) {
            return *known;
        }
        let places = places_along(&self.outline.world.links[link].alignment.0, PIECE_M);
        let mut pieces: Vec<(f64, &[Coord])> = places
            .windows(2)
            .map(|piece| {
                let own = DegreeBox::around(piece);
                let gaps = self.boxes.iter().map(|run| run.at_least_m(&own));
                (gaps.fold(f64::INFINITY, f64::min), piece)
            })
            .collect();
        pieces.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut best: Option<Approach> = None;
        for (at_least_m, piece) in pieces {
            if best.is_some_and(|best| best.distance.m() <= at_least_m) {
                break;
            }
            let found = self.tree.nearest_to_line(piece);
            best = match (best, found) {
                (Some(best), Some(found)) if best.distance <= found.distance => Some(best),
                (best, found) => found.or(best),
            };
        }
        self.approaches.insert(link, best);
        best
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
        let mut depth = Length::ZERO;
        for place in places_along(&self.outline.world.links[link].alignment.0, STEP_M) {
            if self.outline.contains(place)
                && let Some(found) = self.tree.nearest(place)
                && found.distance > depth
            {
                depth = found.distance;
            }
        }
        self.depths.insert(link, depth);
        depth
    }
}

/// The end of an alignment that is not `near`, the one that the way came by.
fn far_end(alignment: &[Coord], near: Coord) -> Coord {
    let (first, last) = (alignment.first(), alignment.last());
    let end = if first == Some(&near) { last } else { first };
    end.copied().unwrap_or(near)
}

/// The vertices of a line, and so many places between them that none is further than `step_m` from the next.
fn places_along(line: &[Coord], step_m: f64) -> Vec<Coord> {
    let mut places = Vec::new();
    for ends in line.windows(2) {
        let edge = Edge::new(ends[0], ends[1]);
        let parts = (edge.length().m() / step_m).ceil().max(1.0);
        let mut part = 0.0;
        while part < parts {
            places.push(edge.at(edge.length().m() * part / parts));
            part += 1.0;
        }
    }
    places.extend(line.last());
    places
}

//! How far a way stays from the territory that it is meant to avoid, according to each boundary source.
//!
//! *In*: the alignments of links, an avoided territory, a boundary. *Out*: the smallest geodesic distance, where it is,
//! and a verdict from that distance and the accuracies of alignment and boundary.
//!
//! # Method
//!
//! A box test proposes, geodesy disposes. The outline is cut down to what lies within [`FIRST_REACH_M`] of the links,
//! and further out as long as the answer is not closer than that. Links are measured in the order of a lower bound of
//! their distance until no other can be closer or be in doubt. Which side an alignment is on is asked of the polygons at
//! the start of the way, and again after each link that meets the outline.

use std::collections::HashMap;

use geo::Contains;
use geo::Coord;

use crate::geodesy;
use crate::geodesy::Approach;
use crate::geodesy::Edge;
use crate::geodesy::EdgeTree;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Id;
use crate::model::Link;
use crate::model::Territory;
use crate::model::World;
use crate::units::Length;

use super::degree_box::DegreeBox;

/// How far around the links the outline is looked at first: corridors along a border are closer than this.
const FIRST_REACH_M: f64 = 60_000.0;

/// The way through the inside of a territory is measured in steps of this length.
const STEP_M: f64 = 250.0;

/// Vertices of an outline that share a box.
const RUN: usize = 48;

/// Whether a way keeps out of a territory, as far as the accuracies allow to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Outside by more than alignment and boundary may be off.
    Clear,
    /// Closer than they may be off, on either side.
    WithinError,
    /// Inside by more than they may be off.
    Enters,
}

/// How close a way comes to a territory according to one boundary source.
#[derive(Debug, Clone)]
pub struct Margin<'w> {
    /// The boundary.
    pub boundary: &'w Boundary,
    /// The smallest distance of the alignment from the territory; zero inside.
    pub distance: Length,
    /// The place of the alignment where that is.
    pub at: Coord,
    /// The place of the outline next to it.
    pub border_at: Coord,
    /// The link where that is.
    pub link: Id<Link>,
    /// How far the alignment goes into the territory, measured from its outline.
    pub depth: Length,
    /// How far alignment and boundary may be off together, on the link that decides the verdict.
    pub tolerance: Length,
    /// The verdict: of all links the worst.
    pub verdict: Verdict,
    /// The link that the verdict is about: the closest of those with the worst one.
    pub decided_by: Id<Link>,
}

/// One link against an outline.
#[derive(Debug, Clone, Copy)]
struct Encounter {
    link: Id<Link>,
    approach: Approach,
    depth: Length,
    tolerance: Length,
}

/// The outline of a state near some links, according to one source.
#[derive(Debug)]
pub(crate) struct Outline<'w> {
    world: &'w World,
    boundary: &'w Boundary,
    territories: Vec<&'w Territory>,
    accuracy_m: f64,
    /// Runs of the outlines with their boxes.
    runs: Vec<(DegreeBox, &'w [Coord])>,
}

/// An outline prepared for measuring within a reach of the links.
struct Near<'o, 'w> {
    outline: &'o Outline<'w>,
    boxes: Vec<DegreeBox>,
    tree: EdgeTree,
    reach_m: f64,
    approaches: HashMap<Id<Link>, Option<Approach>>,
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
        let rings = territories
            .iter()
            .flat_map(|territory| &territory.area)
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

    /// The margins of several ways: chains of links that start at these places.
    pub(crate) fn margins(&self, ways: &[(Coord, Vec<Id<Link>>)]) -> Vec<Option<Margin<'w>>> {
        let around = |link: &Id<Link>| DegreeBox::around(&self.world.links[*link].alignment.0);
        let links = ways.iter().flat_map(|(_, links)| links).map(around);
        let Some(all) = links.reduce(DegreeBox::union) else {
            return vec![None; ways.len()];
        };
        let mut reach_m = FIRST_REACH_M;
        loop {
            let mut near = self.near(all, reach_m);
            let whole = near.boxes.len() == self.runs.len();
            let margins: Vec<Option<Margin<'w>>> = ways
                .iter()
                .map(|(start, links)| near.margin(*start, links))
                .collect();
            let settled = |margin: &Option<Margin<'w>>| {
                margin
                    .as_ref()
                    .is_some_and(|margin| margin.distance.m() <= reach_m)
            };
            if whole || margins.iter().all(settled) {
                return margins;
            }
            reach_m *= 4.0;
        }
    }

    fn near(&self, links: DegreeBox, reach_m: f64) -> Near<'_, 'w> {
        let close: Vec<&(DegreeBox, &[Coord])> = self
            .runs
            .iter()
            .filter(|(own, _)| own.at_least_m(&links) <= reach_m)
            .collect();
        Near {
            outline: self,
            boxes: close.iter().map(|(own, _)| *own).collect(),
            tree: EdgeTree::new(close.iter().map(|(_, run)| *run)),
            reach_m,
            approaches: HashMap::new(),
        }
    }

    fn contains(&self, place: Coord) -> bool {
        self.territories
            .iter()
            .any(|territory| territory.area.contains(&place))
    }

    fn tolerance_m(&self, link: Id<Link>) -> f64 {
        self.world.links[link].alignment_accuracy_m + self.accuracy_m
    }
}

impl<'w> Near<'_, 'w> {
    /// The margin of a way: a chain of links from `start`.
    fn margin(&mut self, start: Coord, links: &[Id<Link>]) -> Option<Margin<'w>> {
        let mut ranked: Vec<(f64, usize)> = links
            .iter()
            .enumerate()
            .map(|(place, link)| (self.at_least_m(*link), place))
            .collect();
        ranked.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut best_m = f64::INFINITY;
        let mut measured: Vec<(usize, Approach)> = Vec::new();
        for (at_least_m, place) in ranked {
            let in_doubt = at_least_m <= self.outline.tolerance_m(links[place]);
            if at_least_m > best_m && !in_doubt {
                continue;
            }
            let approach = self.approach(links[place])?;
            best_m = best_m.min(approach.distance.m());
            measured.push((place, approach));
        }
        measured.sort_by_key(|(place, _)| *place);
        self.summary(&self.encounters(start, links, &measured))
    }

    fn at_least_m(&self, link: Id<Link>) -> f64 {
        let own = DegreeBox::around(&self.outline.world.links[link].alignment.0);
        let gaps = self.boxes.iter().map(|run| run.at_least_m(&own));
        gaps.fold(self.reach_m, f64::min)
    }

    fn approach(&mut self, link: Id<Link>) -> Option<Approach> {
        let alignment = &self.outline.world.links[link].alignment.0;
        let tree = &self.tree;
        *self
            .approaches
            .entry(link)
            .or_insert_with(|| tree.nearest_to_line(alignment))
    }

    /// The measured links, and how far each goes into the territory.
    fn encounters(
        &self,
        start: Coord,
        links: &[Id<Link>],
        measured: &[(usize, Approach)],
    ) -> Vec<Encounter> {
        let outline = self.outline;
        let mut inside = outline.contains(start);
        let mut at = start;
        let mut approaches = measured.iter().peekable();
        let mut encounters = Vec::new();
        for (place, &link) in links.iter().enumerate() {
            let alignment = &outline.world.links[link].alignment.0;
            let forwards = alignment.first() == Some(&at);
            at = (if forwards {
                alignment.last()
            } else {
                alignment.first()
            })
            .copied()
            .unwrap_or(at);
            let approach = approaches
                .next_if(|(measured, _)| *measured == place)
                .map(|(_, found)| found);
            let meets = approach.is_some_and(|found| found.distance == Length::ZERO);
            if let Some(&approach) = approach {
                let depth = if inside || meets {
                    self.depth(alignment)
                } else {
                    Length::ZERO
                };
                let tolerance = Length::from_m(outline.tolerance_m(link));
                encounters.push(Encounter {
                    link,
                    approach,
                    depth,
                    tolerance,
                });
            } else if inside && let Some(found) = self.tree.nearest(at) {
                // Wholly inside and far from the outline: the place itself is inside by that much.
                let approach = Approach {
                    distance: Length::ZERO,
                    on_line: at,
                    at: found.at,
                    line: found.line,
                    edge: found.edge,
                };
                let tolerance = Length::from_m(outline.tolerance_m(link));
                encounters.push(Encounter {
                    link,
                    approach,
                    depth: found.distance,
                    tolerance,
                });
            }
            if meets {
                inside = outline.contains(at);
            }
        }
        encounters
    }

    /// How far from the outline the alignment gets inside the territory.
    fn depth(&self, alignment: &[Coord]) -> Length {
        let mut depth = Length::ZERO;
        for place in samples(alignment) {
            if self.outline.contains(place)
                && let Some(found) = self.tree.nearest(place)
                && found.distance > depth
            {
                depth = found.distance;
            }
        }
        depth
    }

    fn summary(&self, encounters: &[Encounter]) -> Option<Margin<'w>> {
        let closest = encounters
            .iter()
            .min_by(|one, other| one.rank().total_cmp(&other.rank()))?;
        let worst = encounters.iter().map(Encounter::verdict).max()?;
        let deciding = encounters
            .iter()
            .filter(|encounter| encounter.verdict() == worst)
            .min_by(|one, other| one.rank().total_cmp(&other.rank()))?;
        let depth = encounters
            .iter()
            .map(|encounter| encounter.depth.m())
            .fold(0.0, f64::max);
        Some(Margin {
            boundary: self.outline.boundary,
            distance: closest.distance(),
            at: closest.approach.on_line,
            border_at: closest.approach.at,
            link: closest.link,
            depth: Length::from_m(depth),
            tolerance: deciding.tolerance,
            verdict: worst,
            decided_by: deciding.link,
        })
    }
}

impl Encounter {
    fn verdict(&self) -> Verdict {
        if self.depth > self.tolerance {
            Verdict::Enters
        } else if self.depth == Length::ZERO && self.approach.distance > self.tolerance {
            Verdict::Clear
        } else {
            Verdict::WithinError
        }
    }

    fn distance(&self) -> Length {
        if self.depth > Length::ZERO {
            Length::ZERO
        } else {
            self.approach.distance
        }
    }

    /// Signed distance: less is worse.
    fn rank(&self) -> f64 {
        self.distance().m() - self.depth.m()
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

/// Places along a line, no further apart than [`STEP_M`].
fn samples(line: &[Coord]) -> Vec<Coord> {
    let mut samples = Vec::new();
    for ends in line.windows(2) {
        let edge = Edge::new(ends[0], ends[1]);
        let length_m = geodesy::distance(ends[0], ends[1]).m();
        let mut along_m = 0.0;
        while along_m < length_m {
            samples.push(edge.at(along_m));
            along_m += STEP_M;
        }
    }
    samples.extend(line.last());
    samples
}

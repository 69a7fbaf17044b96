//! How far links are at least away from an outline, found on the chart: coarsely for all, closely for those that may matter.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::BinaryHeap;

use super::chart::Charted;
use super::chart::Gap;
use crate::model::Id;
use crate::model::Link;
use crate::model::World;

/// Links against the runs of an outline.
#[derive(Debug)]
pub(super) struct Links<'r, 'w> {
    world: &'w World,
    runs: &'r [Charted],
    seen: BTreeMap<Id<Link>, Seen>,
    /// By run: how far it is at least from the nearest link seen.
    run_gaps_m: Vec<f64>,
}

#[derive(Debug)]
struct Seen {
    charted: Charted,
    /// Gap between the boxes of link and runs.
    coarse_m: f64,
    /// Gap between the lines, once asked for.
    close: Option<Gap>,
}

/// A link that may be the closest: the largest is the one with the smallest gap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    /// How far it is at least away, in metres.
    pub(super) gap_m: f64,
    /// Its place on the way.
    pub(super) place: usize,
    /// Whether the gap is that between the lines, not only the boxes.
    pub(super) close: bool,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .gap_m
            .total_cmp(&self.gap_m)
            .then(other.place.cmp(&self.place))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'r, 'w> Links<'r, 'w> {
    /// No link seen yet.
    pub(super) fn new(world: &'w World, runs: &'r [Charted]) -> Self {
        let run_gaps_m = vec![f64::INFINITY; runs.len()];
        Self {
            world,
            runs,
            seen: BTreeMap::new(),
            run_gaps_m,
        }
    }

    /// The links of a way by their coarse gaps.
    pub(super) fn candidates(&mut self, way: &[Id<Link>]) -> BinaryHeap<Candidate> {
        let places = way.iter().enumerate();
        places
            .map(|(place, link)| {
                let gap_m = self.see(*link).coarse_m;
                Candidate {
                    gap_m,
                    place,
                    close: false,
                }
            })
            .collect()
    }

    /// The smallest gap between the lines of a way's links and the outline.
    pub(super) fn closest_m(&mut self, way: &[Id<Link>]) -> f64 {
        let mut candidates = self.candidates(way);
        while let Some(candidate) = candidates.pop() {
            if candidate.close {
                return candidate.gap_m;
            }
            candidates.push(self.closer(candidate, way));
        }
        f64::INFINITY
    }

    /// The same candidate with the gap between the lines.
    pub(super) fn closer(&mut self, candidate: Candidate, way: &[Id<Link>]) -> Candidate {
        let gap_m = self.close(way[candidate.place]).1.m;
        Candidate {
            gap_m,
            close: true,
            ..candidate
        }
    }

    /// A link on the chart, and the gap between it and the outline.
    pub(super) fn close(&mut self, link: Id<Link>) -> (&Charted, Gap) {
        let runs = self.runs;
        let Seen { charted, close, .. } = self.see(link);
        let gap = *close.get_or_insert_with(|| closest_run(charted, runs));
        (charted, gap)
    }

    /// The runs that may be within `reach_m` of a link seen so far.
    pub(super) fn runs_within(&self, reach_m: f64) -> impl Iterator<Item = &'r Charted> {
        let runs = self.runs.iter().zip(&self.run_gaps_m);
        runs.filter(move |(_, gap_m)| **gap_m <= reach_m)
            .map(|(run, _)| run)
    }

    fn see(&mut self, link: Id<Link>) -> &mut Seen {
        let (world, runs, run_gaps_m) = (self.world, self.runs, &mut self.run_gaps_m);
        self.seen.entry(link).or_insert_with(|| {
            let charted = Charted::new(&world.links[link].alignment.0);
            let mut coarse_m = f64::INFINITY;
            for (run, run_gap_m) in runs.iter().zip(run_gaps_m) {
                let gap_m = charted.box_gap_m(run);
                *run_gap_m = run_gap_m.min(gap_m);
                coarse_m = coarse_m.min(gap_m);
            }
            Seen {
                charted,
                coarse_m,
                close: None,
            }
        })
    }
}

/// The gap between a line and the nearest of the runs: the run whose box is nearest goes first, so that few others matter.
fn closest_run(line: &Charted, runs: &[Charted]) -> Gap {
    let gaps: Vec<f64> = runs.iter().map(|run| line.box_gap_m(run)).collect();
    let mut gap = Gap::UNKNOWN;
    let Some(first) = (0..runs.len()).min_by(|one, other| gaps[*one].total_cmp(&gaps[*other]))
    else {
        return gap;
    };
    line.close(&runs[first], &mut gap);
    for (run, gap_m) in runs.iter().zip(gaps) {
        if gap_m < gap.m {
            line.close(run, &mut gap);
        }
    }
    gap
}

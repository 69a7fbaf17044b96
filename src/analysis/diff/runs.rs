//! Points along one line with their offsets from another, and the runs of them that are farther than a width.

use std::ops::Range;

use geo::Coord;
use rayon::prelude::*;

use crate::analysis::compare::Line;
use crate::geodesy::EdgeTree;

/// A point of a line, the part of the line that it stands for, and the nearest place on the other line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    pub(super) at: Coord,
    /// Chainage of the point.
    pub(super) along_m: f64,
    /// Chainage half-way to the point before.
    pub(super) from_m: f64,
    /// Chainage half-way to the next point.
    pub(super) to_m: f64,
    pub(super) offset_m: f64,
    pub(super) other_at: Coord,
    /// Chainage of that on the other line.
    pub(super) other_m: f64,
    /// What the other line has there.
    pub(super) other: Facing,
}

/// What the other line has at the place nearest to a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Facing {
    /// A drawn line.
    Drawn,
    /// A gap between two pieces, bridged straight.
    Gap,
    /// One of its ends.
    End,
}

impl Sample {
    pub(super) fn length_m(&self) -> f64 {
        self.to_m - self.from_m
    }
}

/// Places nearer than this to the end of a line are its end.
const END_M: f64 = 1e-3;

/// The points of a line with their offsets from another, whose edges `tree` holds.
pub(super) fn samples(line: &Line, other: &Line, tree: &EdgeTree, is_ring: bool) -> Vec<Sample> {
    let facing = |edge: usize, along_m: f64| {
        let at_m = other.km(edge, along_m) * 1_000.0;
        let is_end = at_m <= END_M || other.to().m() - at_m <= END_M;
        match (other.is_gap(edge), is_end && !is_ring) {
            (true, _) => Facing::Gap,
            (false, true) => Facing::End,
            (false, false) => Facing::Drawn,
        }
    };
    let mut samples: Vec<Sample> = line
        .samples()
        .into_par_iter()
        .filter_map(|(along, at)| {
            let near = tree.nearest(at)?;
            Some(Sample {
                at,
                along_m: along.m(),
                from_m: line.from().m(),
                to_m: line.to().m(),
                offset_m: near.distance.m(),
                other_at: near.at,
                other_m: other.km(near.edge, near.along_m) * 1_000.0,
                other: facing(near.edge, near.along_m),
            })
        })
        .collect();
    for next in 1..samples.len() {
        let middle_m = f64::midpoint(samples[next - 1].along_m, samples[next].along_m);
        samples[next - 1].to_m = middle_m;
        samples[next].from_m = middle_m;
    }
    samples
}

/// Runs that a shorter piece of line parts are told as one: a line that wavers about the limit is one place, not many.
const JOIN_M: f64 = 100.0;

/// The runs of neighbouring points that are farther than `beyond_m`.
pub(super) fn runs(samples: &[Sample], beyond_m: f64) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (number, sample) in samples.iter().enumerate() {
        if sample.offset_m <= beyond_m {
            continue;
        }
        match runs.last_mut() {
            Some(run) if sample.from_m - samples[run.end - 1].to_m <= JOIN_M => {
                run.end = number + 1;
            }
            _ => runs.push(number..number + 1),
        }
    }
    runs
}

/// From where to where a run goes on its own line.
pub(super) fn own_span(run: &[Sample]) -> Option<(f64, f64)> {
    Some((run.first()?.from_m, run.last()?.to_m))
}

/// From where to where it goes on the other line: between the places nearest to its ends.
pub(super) fn other_span(run: &[Sample]) -> Option<(f64, f64)> {
    let (start, end) = (run.first()?.other_m, run.last()?.other_m);
    Some((start.min(end), start.max(end)))
}

/// Whether two spans have a place in common.
pub(super) fn meet(one: (f64, f64), other: (f64, f64)) -> bool {
    one.0 <= other.1 && other.0 <= one.1
}

/// The point that is farthest; of several the first.
pub(super) fn farthest(samples: &[Sample]) -> Option<&Sample> {
    let mut best: Option<&Sample> = None;
    for sample in samples {
        if best.is_none_or(|found| sample.offset_m > found.offset_m) {
            best = Some(sample);
        }
    }
    best
}

/// The share of the line, in per cent, that is farther than `beyond_m`.
pub(super) fn share_pct(samples: &[Sample], beyond_m: f64) -> f64 {
    let far = samples.iter().filter(|sample| sample.offset_m > beyond_m);
    let far_m: f64 = far.map(Sample::length_m).sum();
    let whole_m: f64 = samples.iter().map(Sample::length_m).sum();
    if whole_m > 0.0 {
        100.0 * far_m / whole_m
    } else {
        0.0
    }
}

/// Whether most of the line faces a gap, or an end, of the other one.
pub(super) fn faces_mostly(samples: &[Sample], facing: Facing) -> bool {
    let facing = samples.iter().filter(|sample| sample.other == facing);
    let facing_m: f64 = facing.map(Sample::length_m).sum();
    let whole_m: f64 = samples.iter().map(Sample::length_m).sum();
    2.0 * facing_m > whole_m
}

/// The mean offset along the line.
pub(super) fn mean_m(samples: &[Sample]) -> f64 {
    let weighted = samples.iter().map(|s| s.offset_m * s.length_m());
    let whole_m: f64 = samples.iter().map(Sample::length_m).sum();
    if whole_m > 0.0 {
        weighted.sum::<f64>() / whole_m
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::Facing;
    use super::Sample;
    use super::faces_mostly;
    use super::mean_m;
    use super::runs;
    use super::share_pct;

    /// Points 20 m apart with these offsets.
    fn with_offsets(offsets: &[f64]) -> Vec<Sample> {
        let at = Coord { x: 0.0, y: 0.0 };
        let mut along_m = -20.0;
        let sample = |&offset_m: &f64| {
            along_m += 20.0;
            Sample {
                at,
                along_m,
                from_m: along_m - 10.0,
                to_m: along_m + 10.0,
                offset_m,
                other_at: at,
                other_m: along_m,
                other: Facing::Drawn,
            }
        };
        offsets.iter().map(sample).collect()
    }

    #[test]
    fn neighbouring_points_beyond_the_width_are_one_run() {
        let samples = with_offsets(&[0.0, 9.0, 9.0, 0.0, 0.0, 9.0]);
        assert_eq!(runs(&samples, 5.0), vec![1..6; 1]);
        assert!(runs(&samples, 9.0).is_empty());
        let mut apart = vec![9.0];
        apart.extend([0.0; 6]);
        apart.push(9.0);
        assert_eq!(runs(&with_offsets(&apart), 5.0), [0..1, 7..8]);
    }

    #[test]
    fn share_and_mean_weigh_by_length() {
        let mut samples = with_offsets(&[0.0, 10.0]);
        assert!((share_pct(&samples, 5.0) - 50.0).abs() < 1e-9);
        assert!((mean_m(&samples) - 5.0).abs() < 1e-9);
        samples[1].to_m += 40.0;
        assert!((share_pct(&samples, 5.0) - 75.0).abs() < 1e-9);
        assert!((mean_m(&samples) - 7.5).abs() < 1e-9);
        samples[1].other = Facing::Gap;
        assert!(faces_mostly(&samples, Facing::Gap) && !faces_mostly(&samples, Facing::Drawn));
        assert!(!faces_mostly(&[], Facing::Drawn));
        assert!(share_pct(&[], 5.0).abs() < 1e-9 && mean_m(&[]).abs() < 1e-9);
    }
}

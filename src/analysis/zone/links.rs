//! The links of the network in a zone.
//!
//! A link counts on the side of the territory that its record states: alignments are drawn less accurately than borders, and may stray over the
//! line. What is drawn within the distance of the line counts, whichever bank it is drawn on; `across_km` says how much of that
//! the source does not give to the link's own state.

use geo::BoundingRect;
use geo::Coord;
use geo::Rect;
use rayon::prelude::*;
use serde::Serialize;

use super::Context;
use super::Zone;
use super::is_within_error;
use super::km;
use crate::analysis::status::Side;
use crate::geodesy;
use crate::geodesy::Approach;
use crate::geodesy::Edge;
use crate::geodesy::EdgeTree;
use crate::model::Code;
use crate::model::Existence;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Pair;
use crate::units::Length;
use crate::units::rounded;

/// Steps along an alignment are at least this long: shorter excursions are not seen.
const STEP_M: f64 = 1.0;

/// Distance between the points that are asked whose ground they are on.
const PROBE_M: f64 = 50.0;

/// A link with some of its alignment in a zone.
#[derive(Debug, Clone)]
pub struct ZoneLink {
    /// Its figures.
    pub row: ZoneLinkRow,
    /// What exists of it on the date.
    pub existence: Existence,
    /// What of its alignment is in the zone.
    pub inside: Vec<Vec<Coord>>,
}

/// A link of a zone on one line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ZoneLinkRow {
    /// The states.
    pub pair: Pair,
    /// The part of their border that is nearest, or the segment asked for.
    pub part: String,
    /// The boundary source.
    pub source: String,
    /// The state that the link is recorded in.
    pub side: Code,
    /// Its id.
    pub link: String,
    /// What runs on it.
    pub mode: Mode,
    /// The territory that it is recorded in.
    pub recorded_in: Code,
    /// Its condition on the date; none if no claim speaks for it.
    pub condition: Option<&'static str>,
    /// The length that counts for it.
    pub length_km: f64,
    /// Drawn length within the distance from the line: more than `length_km` where the drawing is longer than the length that counts.
    pub inside_km: f64,
    /// How much of that is drawn on ground that the source does not give to the link's state.
    pub across_km: f64,
    /// Chainage of the place of the line that it comes nearest to.
    pub km: f64,
    /// Geodesic distance there: zero where it is drawn across the line.
    pub distance_m: f64,
    /// The accuracies of line and alignment, joined in quadrature.
    pub accuracy_m: Option<f64>,
    /// `inside`, or `within_error` where it comes nearer than that.
    pub position: Side,
}

/// The links that come within the distance of a line, by side and kilometre.
pub(super) fn within(context: &Context<'_>, zone: &Zone<'_>) -> Vec<ZoneLink> {
    let Some(limits) = zone.strip.bounding_rect() else {
        return Vec::new();
    };
    let meets = |link: &Link| {
        let own = link.alignment.bounding_rect();
        own.is_some_and(|own| meet(grown(own), limits))
    };
    let links = context.world.links.iter().map(|(_, link)| link);
    let near: Vec<&Link> = links
        .filter(|link| zone.line.pair.has(link.territory) && meets(link))
        .collect();
    let mut found: Vec<ZoneLink> = near
        .into_par_iter()
        .filter_map(|link| in_zone(context, zone, link))
        .collect();
    found.sort_by(|a, b| {
        let key = |link: &ZoneLink| (link.row.side, link.row.part.clone());
        key(a)
            .cmp(&key(b))
            .then(a.row.km.total_cmp(&b.row.km))
            .then_with(|| a.row.link.cmp(&b.row.link))
    });
    found
}

/// A geodesic leaves the box of its ends by less than a tenth of the box and a hundredth of a degree.
fn grown(limits: Rect) -> Rect {
    let by = Coord {
        x: 0.01 + 0.1 * limits.width(),
        y: 0.01 + 0.1 * limits.width(),
    };
    Rect::new(limits.min() - by, limits.max() + by)
}

fn meet(a: Rect, b: Rect) -> bool {
    a.min().x <= b.max().x
        && b.min().x <= a.max().x
        && a.min().y <= b.max().y
        && b.min().y <= a.max().y
}

fn in_zone(context: &Context<'_>, zone: &Zone<'_>, link: &Link) -> Option<ZoneLink> {
    let approach = nearest(&zone.tree, &link.alignment.0)?;
    if approach.distance > context.within {
        return None;
    }
    let edge = (approach.line, approach.edge);
    let near = zone.line.near(edge, approach.at, approach.distance);
    let accuracy_m = context
        .accuracy_m(&near)
        .map(|of_line| of_line.hypot(link.alignment_accuracy_m).round());
    let inside = near_parts(&link.alignment.0, &zone.tree, context.within);
    let inside_m: f64 = inside.iter().map(|part| geodesy::length_of(part).m()).sum();
    let side = link.territory.state();
    let row = ZoneLinkRow {
        pair: zone.line.pair,
        part: zone.line.part_of(&near),
        source: context.source(),
        side,
        link: link.id.clone(),
        mode: link.mode,
        recorded_in: link.territory,
        condition: link
            .condition_on(context.on)
            .map(|claim| claim.value.is.word()),
        length_km: km(f64::from(link.length_m)),
        inside_km: km(inside_m),
        across_km: rounded(across_m(context, side, &inside) / 1_000.0, 1),
        km: rounded(near.km, 3),
        distance_m: rounded(near.distance.m(), 1),
        accuracy_m,
        position: if is_within_error(near.distance, accuracy_m) {
            Side::WithinError
        } else {
            Side::Inside
        },
    };
    Some(ZoneLink {
        row,
        existence: link.existence_on(context.on),
        inside,
    })
}

/// Where a line comes closest to those of a tree.
///
/// The same as [`EdgeTree::nearest_to_line`] finds; asked only of the edges that can come nearer than the nearest vertex, from their nearer end, which
/// is much faster for long lines that are far away.
fn nearest(tree: &EdgeTree, line: &[Coord]) -> Option<Approach> {
    let distances: Vec<f64> = line
        .iter()
        .filter_map(|&vertex| Some(tree.nearest(vertex)?.distance.m()))
        .collect();
    let least_m = distances.iter().copied().fold(f64::INFINITY, f64::min);
    let mut best: Option<Approach> = None;
    for (ends, from) in line.windows(2).zip(distances.windows(2)) {
        // A place between the ends is at least as far as either end less the way from there.
        let at_least_m = (from[0] + from[1] - geodesy::distance(ends[0], ends[1]).m()) / 2.0;
        if at_least_m > least_m {
            continue;
        }
        let nearer_first = if from[0] <= from[1] {
            [ends[0], ends[1]]
        } else {
            [ends[1], ends[0]]
        };
        let found = tree.nearest_to_line(&nearer_first)?;
        if best.is_none_or(|best| found.distance < best.distance) {
            best = Some(found);
        }
    }
    best
}

/// The parts of an alignment that are within a distance of the lines of a tree.
///
/// The distance from the lines changes by no more than one walks: each step is as long as the point is from the limit of the zone, and at least
/// [`STEP_M`].
fn near_parts(alignment: &[Coord], tree: &EdgeTree, within: Length) -> Vec<Vec<Coord>> {
    // How far a point lies inside the limit; negative outside.
    let depth = |at: Coord| {
        tree.nearest(at)
            .map_or(f64::NEG_INFINITY, |near| within.m() - near.distance.m())
    };
    let mut parts: Vec<Vec<Coord>> = Vec::new();
    let Some(&first) = alignment.first() else {
        return parts;
    };
    let mut before = depth(first);
    if before >= 0.0 {
        parts.push(vec![first]);
    }
    for ends in alignment.windows(2) {
        let edge = Edge::new(ends[0], ends[1]);
        let length_m = edge.length().m();
        let mut at_m = 0.0;
        while at_m < length_m {
            let next_m = (at_m + before.abs().max(STEP_M)).min(length_m);
            let after = depth(edge.at(next_m));
            if (before >= 0.0) != (after >= 0.0) {
                let limit = edge.at(crossing(&edge, [at_m, next_m], before, depth));
                if after >= 0.0 {
                    parts.push(vec![limit]);
                } else if let Some(part) = parts.last_mut() {
                    part.push(limit);
                }
            }
            (at_m, before) = (next_m, after);
        }
        if before >= 0.0
            && let Some(part) = parts.last_mut()
        {
            part.push(ends[1]);
        }
    }
    parts
}

/// Where between two points of an edge, one inside and one outside, the limit is.
fn crossing(
    edge: &Edge,
    [mut low, mut high]: [f64; 2],
    at_low: f64,
    depth: impl Fn(Coord) -> f64,
) -> f64 {
    while high - low > 0.01 {
        let middle = f64::midpoint(low, high);
        if (depth(edge.at(middle)) >= 0.0) == (at_low >= 0.0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// How much of lines lies on ground that the source does not give to a state, to the [`PROBE_M`].
fn across_m(context: &Context<'_>, side: Code, lines: &[Vec<Coord>]) -> f64 {
    let is_own = |at: Coord| {
        let mut territories = context.territories.containing(at);
        territories.any(|code| code.state() == side)
    };
    let edges = lines.iter().flat_map(|line| line.windows(2));
    edges
        .map(|ends| {
            let edge = Edge::new(ends[0], ends[1]);
            let length_m = edge.length().m();
            let probes = (length_m / PROBE_M).ceil().max(1.0);
            let share = length_m / probes;
            let middles = (0_u32..).map(f64::from).take_while(|n| *n < probes);
            let outside = middles.filter(|n| !is_own(edge.at((n + 0.5) * share)));
            outside.count() as f64 * share
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use geo::Coord;
    use geo::coord;
    use proptest::prelude::*;

    use super::near_parts;
    use super::nearest;
    use crate::geodesy::Edge;
    use crate::geodesy::EdgeTree;
    use crate::geodesy::length_of;
    use crate::units::Length;

    fn line() -> impl Strategy<Value = Vec<Coord>> {
        let place = (44.0..46.0_f64, 39.0..41.0_f64);
        prop::collection::vec(place.prop_map(|(x, y)| coord! { x: x, y: y }), 2..9)
    }

    /// The length of a line within a distance of a tree, by asking every few metres.
    fn counted_m(line: &[Coord], tree: &EdgeTree, within: Length, step_m: f64) -> f64 {
        let edges = line.windows(2).map(|ends| Edge::new(ends[0], ends[1]));
        let is_near = |at| tree.nearest_within(at, within).is_some();
        edges
            .map(|edge| {
                let steps = (edge.length().m() / step_m).ceil();
                let share_m = edge.length().m() / steps;
                let middles = (0_u32..).map(f64::from).take_while(|n| *n < steps);
                let near = middles.filter(|n| is_near(edge.at((n + 0.5) * share_m)));
                near.count() as f64 * share_m
            })
            .sum()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_approach_is_that_of_the_whole_line(one in line(), other in line()) {
            let tree = EdgeTree::new([&one]);
            let (found, truth) = (nearest(&tree, &other), tree.nearest_to_line(&other));
            let metres = |approach: Option<super::Approach>| approach.expect("an approach").distance.m();
            prop_assert!((metres(found) - metres(truth)).abs() < 1e-6);
        }

        #[test]
        fn what_is_near_is_what_small_steps_count(one in line(), other in line(), km in 1.0..40.0_f64) {
            let (tree, within) = (EdgeTree::new([&one]), Length::from_km(km));
            let parts = near_parts(&other, &tree, within);
            let found_m: f64 = parts.iter().map(|part| length_of(part).m()).sum();
            let crossings = 2.0 * parts.len() as f64;
            let counted_m = counted_m(&other, &tree, within, 200.0);
            prop_assert!((found_m - counted_m).abs() <= 200.0 * (crossings + 2.0), "{found_m} {counted_m}");
            for end in parts.iter().flat_map(|part| [part[0], part[part.len() - 1]]) {
                let off_m = tree.nearest(end).expect("an edge").distance.m() - within.m();
                let is_end = end == other[0] || end == other[other.len() - 1];
                prop_assert!(off_m.abs() < 0.02 || (is_end && off_m < 0.0), "{off_m}");
            }
        }
    }
}

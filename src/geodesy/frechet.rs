//! The Fréchet distance between two lines: the shortest leash on which two can walk along them without turning back.
//!
//! *In*: two lines. *Out*: the distance, to five millimetres. Unlike the Hausdorff distance it heeds the order along the lines.
//!
//! Method: for a given leash the free space of Alt and Godau is walked through cell by cell, only where it can be reached, so that the work grows with
//! the number of edges that are near each other and not with all couples; the shortest leash is then found by halving. Edges are cut until
//! chord and geodesic are within a millimetre, and compared as chords in space.
//!
//! # References
//!
//! H. Alt, M. Godau (1995), *Computing the Fréchet distance between two polygonal curves*, Int. J. Comput. Geom. Appl. 5, 75–91.

use std::collections::BTreeMap;

use geo::Coord;

use crate::geodesy::Edge;
use crate::geodesy::chord;
use crate::geodesy::chord::Point3;
use crate::units::Length;

/// Edges are cut to this length: a geodesic of it rises 0.8 mm above its chord.
const LONGEST_EDGE_M: f64 = 200.0;

/// Chords and geodesics of edges of that length are this near to each other.
const CHORDS_M: f64 = 1e-3;

/// Halving ends when the bounds are this near to each other.
const HALVED_M: f64 = 1e-3;

/// The Fréchet distance between two lines, which is known to be no less than `at_least`; none if either has no edge.
///
/// A Hausdorff distance is such a bound, and often the answer: then no halving is needed.
///
/// # Properties
///
/// - It is never below the Hausdorff distance, and never below the distances of the starts and of the ends.
/// - It is the same for the lines exchanged, and for both reversed.
pub fn frechet(one: &[Coord], other: &[Coord], at_least: Length) -> Option<Length> {
    let (one, other) = (chords(one)?, chords(other)?);
    let gap = |a: &Point3, b: &Point3| chord::square(*a, *b).sqrt();
    let ends = gap(one.first()?, other.first()?).max(gap(one.last()?, other.last()?));
    // The bound was measured along geodesics, a millimetre or two from the chords.
    let low = ends.max(at_least.m() - CHORDS_M);
    let (mut low, mut high) = (low, (low + 2.0 * CHORDS_M).max(HALVED_M));
    while !fits(&one, &other, high) {
        low = high;
        high *= 2.0;
    }
    while high - low > 2.0 * CHORDS_M + HALVED_M {
        let middle = low.midpoint(high);
        if fits(&one, &other, middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(Length::from_m(chord::geodesic_at_most(high)))
}

/// The vertices of a line in space, with more of them in long edges.
fn chords(line: &[Coord]) -> Option<Vec<Point3>> {
    let mut points = vec![chord::point(*line.first()?)];
    for ends in line.windows(2) {
        let edge = Edge::new(ends[0], ends[1]);
        let length_m = edge.length().m();
        let pieces = (length_m / LONGEST_EDGE_M).ceil().max(1.0);
        let inner = std::iter::successors(Some(1.0), |piece| Some(piece + 1.0));
        let inner = inner.take_while(|piece| *piece < pieces);
        points.extend(inner.map(|piece| chord::point(edge.at(length_m * piece / pieces))));
        points.push(chord::point(ends[1]));
    }
    (points.len() > 1).then_some(points)
}

/// From where to where along an edge something holds, as shares of it.
type Span = (f64, f64);

/// Whether a leash is long enough.
fn fits(one: &[Point3], other: &[Point3], leash_m: f64) -> bool {
    let square = leash_m * leash_m;
    let within = |a: Point3, b: Point3| chord::square(a, b) <= square;
    let (Some(&last), Some(&other_last)) = (one.last(), other.last()) else {
        return false;
    };
    if !within(one[0], other[0]) || !within(last, other_last) {
        return false;
    }
    // What can be reached at the vertex of `one` that a row starts with, by edge of `other`.
    let mut reached: BTreeMap<usize, Span> = start(one[0], other, square);
    let mut ends_well = false;
    for (row, edge) in one.windows(2).enumerate() {
        let mut next = BTreeMap::new();
        let mut beside: Option<Span> = None;
        // The first vertex of `other` can be held on to while `one` moves, from the start on only.
        if row == 0 || reached.get(&0).is_some_and(|span| span.0 <= 0.0) {
            beside = free(other[0], edge[0], edge[1], square).filter(|span| span.0 <= 0.0);
        }
        let mut column = if beside.is_some() {
            Some(0)
        } else {
            reached.keys().next().copied()
        };
        ends_well = false;
        while let Some(at) = column.filter(|at| at + 1 < other.len()) {
            let from = reached.get(&at).copied();
            let (top, right) = cell(edge, &other[at..at + 2], (from, beside), square);
            if let Some(span) = right {
                next.insert(at, span);
            }
            ends_well = at + 2 == other.len() && right.is_some_and(|span| span.1 >= 1.0);
            beside = top;
            column = if beside.is_some() {
                Some(at + 1)
            } else {
                reached.range(at + 1..).next().map(|(at, _)| *at)
            };
        }
        reached = next;
        if reached.is_empty() {
            return false;
        }
    }
    ends_well
}

/// What of `other` can be reached while the walker on `one` waits at its start.
fn start(first: Point3, other: &[Point3], square: f64) -> BTreeMap<usize, Span> {
    let mut reached = BTreeMap::new();
    for (at, edge) in other.windows(2).enumerate() {
        match free(first, edge[0], edge[1], square) {
            Some(span) if span.0 <= 0.0 => {
                reached.insert(at, span);
                if span.1 < 1.0 {
                    break;
                }
            }
            _ => break,
        }
    }
    reached
}

/// What can be reached at the far sides of a cell from what can be at its near ones: at the end of the edge of `other`, along that of
/// `one`; and at the end of the edge of `one`, along that of `other`.
fn cell(
    one: &[Point3],
    other: &[Point3],
    near: (Option<Span>, Option<Span>),
    square: f64,
) -> (Option<Span>, Option<Span>) {
    let (left, bottom) = near;
    let beyond = |free: Option<Span>, across: Option<Span>, along: Option<Span>| {
        let (from, to) = free?;
        if across.is_some() {
            return Some((from, to));
        }
        let from = from.max(along?.0);
        (from <= to).then_some((from, to))
    };
    let top = beyond(free(other[1], one[0], one[1], square), left, bottom);
    let right = beyond(free(one[1], other[0], other[1], square), bottom, left);
    (top, right)
}

/// Which part of the segment from `a` to `b` is within the leash of `p`.
fn free(p: Point3, a: Point3, b: Point3, square: f64) -> Option<Span> {
    let (length_2, half, rest) = chord::ball(p, a, b, square);
    if length_2 <= 0.0 {
        return (rest <= 0.0).then_some((0.0, 1.0));
    }
    let discriminant = half * half - length_2 * rest;
    if discriminant < 0.0 {
        return None;
    }
    let root = discriminant.sqrt();
    let (from, to) = (
        ((-half - root) / length_2).max(0.0),
        ((-half + root) / length_2).min(1.0),
    );
    (from <= to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use geo::Coord;
    use geo::coord;
    use proptest::prelude::*;

    use super::frechet;
    use crate::geodesy::EdgeTree;
    use crate::geodesy::densified;
    use crate::geodesy::distance;
    use crate::geodesy::farthest;
    use crate::units::Length;

    fn m(one: &[Coord], other: &[Coord]) -> f64 {
        frechet(one, other, Length::ZERO)
            .expect("lines with edges")
            .m()
    }

    /// The discrete distance over all couples of vertices (Eiter and Mannila 1994): above the continuous one by no more than the longest edge.
    fn discrete(one: &[Coord], other: &[Coord]) -> f64 {
        let mut row: Vec<f64> = Vec::new();
        for (i, a) in one.iter().enumerate() {
            let mut next: Vec<f64> = Vec::new();
            for (j, b) in other.iter().enumerate() {
                let before = match (i, j) {
                    (0, 0) => 0.0,
                    (0, _) => next[j - 1],
                    (_, 0) => row[0],
                    _ => row[j].min(row[j - 1]).min(next[j - 1]),
                };
                next.push(before.max(distance(*a, *b).m()));
            }
            row = next;
        }
        row[row.len() - 1]
    }

    #[test]
    fn parallel_lines_are_as_far_as_they_are_apart() {
        let line = |y: f64, n: u32| -> Vec<Coord> {
            (0..=n)
                .map(|k| coord! { x: 45.0 + 0.01 * f64::from(k) / f64::from(n), y: y })
                .collect()
        };
        let metre = 1.0 / 110_574.388_6;
        assert!((m(&line(0.0, 1), &line(metre, 100)) - 1.0).abs() < 5e-3);
    }

    #[test]
    fn a_line_that_turns_back_needs_a_longer_leash_than_the_hausdorff_distance() {
        let straight = [coord! { x: 0.0, y: 0.0 }, coord! { x: 0.03, y: 0.0 }];
        let back = [
            coord! { x: 0.0, y: 0.0 },
            coord! { x: 0.02, y: 0.0 },
            coord! { x: 0.01, y: 0.0 },
            coord! { x: 0.03, y: 0.0 },
        ];
        // The walker on the straight line waits half-way between the turns.
        assert!((m(&straight, &back) - 0.005 * 111_319.491).abs() < 0.01);
        let hausdorff = farthest(&back, &EdgeTree::new([straight.as_slice()])).expect("edges");
        assert!(hausdorff.distance().m() < 1e-3);
    }

    #[test]
    fn lines_in_opposite_directions_are_as_far_as_their_ends() {
        let line = [coord! { x: 0.0, y: 0.0 }, coord! { x: 0.01, y: 0.0 }];
        let reversed = [line[1], line[0]];
        assert!((m(&line, &reversed) - 1_113.194_9).abs() < 0.01);
    }

    fn lines() -> impl Strategy<Value = (Vec<Coord>, Vec<Coord>)> {
        let place = (44.0..44.02_f64, 40.0..40.02_f64).prop_map(|(x, y)| coord! { x: x, y: y });
        let line = || prop::collection::vec(place.clone(), 2..6);
        (line(), line())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn the_discrete_distance_of_dense_lines_is_the_same((one, other) in lines()) {
            let found = m(&one, &other);
            let (dense, dense_other) = (densified(&one, 39), densified(&other, 39));
            let slow = discrete(&dense, &dense_other);
            let longest = dense.windows(2).chain(dense_other.windows(2)).map(|edge| distance(edge[0], edge[1]).m()).fold(0.0, f64::max);
            prop_assert!(found <= slow + 5e-3, "{found} {slow}");
            prop_assert!(slow <= found + longest + 5e-3, "{found} {slow}");
        }

        #[test]
        fn it_is_symmetric_and_the_same_reversed((one, other) in lines()) {
            let found = m(&one, &other);
            let backwards = |line: &[Coord]| line.iter().rev().copied().collect::<Vec<_>>();
            prop_assert!((found - m(&other, &one)).abs() < 5e-3);
            prop_assert!((found - m(&backwards(&one), &backwards(&other))).abs() < 5e-3);
        }

        #[test]
        fn it_is_never_below_the_hausdorff_distance((one, other) in lines()) {
            let found = m(&one, &other);
            let hausdorff = farthest(&one, &EdgeTree::new([other.as_slice()])).expect("edges").distance().m();
            prop_assert!(hausdorff <= found + 5e-3, "{hausdorff} {found}");
        }
    }
}

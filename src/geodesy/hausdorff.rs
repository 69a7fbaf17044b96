//! How far a line strays from others: the directed Hausdorff distance between polylines, with its place.
//!
//! *In*: a line, and lines in an [`EdgeTree`]. *Out*: the place of the line that is furthest from all of the others, however few vertices
//! either has. Most tools compare vertices only, and so call two parallel lines far apart if one of them has fewer vertices.
//!
//! Method: branch and bound. Along a stretch the distance changes by no more than one moves; and the distance to one and the same geodesic
//! has its maximum at an end of the stretch, but for what the ellipsoid bends. The stretch that may hold the most is halved until none may
//! hold more than was found, to a millimetre.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use geo::Coord;

use crate::geodesy::Edge;
use crate::geodesy::EdgeTree;
use crate::geodesy::Nearest;
use crate::units::Length;

/// The answer is at most this much below the truth, in metres.
const TOLERANCE_M: f64 = 1e-3;

/// Squared radius that the bend of the ellipsoid is reckoned with: below the least radius of curvature.
const RADIUS_2: f64 = 6.3e6 * 6.3e6;

/// The place of a line that is furthest from others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Farthest {
    /// The place on the line.
    pub at: Coord,
    /// Which edge of the line, and metres from its start.
    pub edge: usize,
    /// Metres from the start of that edge.
    pub along_m: f64,
    /// The place of the others that is nearest to it.
    pub nearest: Nearest,
}

impl Farthest {
    /// The distance between the two.
    pub const fn distance(&self) -> Length {
        self.nearest.distance
    }
}

/// The place of `line` that is furthest from the lines of `others`; none if either has no edge.
///
/// # Properties
///
/// - No place of the line is further away by more than a millimetre.
/// - Vertices put into edges of either leave the distance unchanged.
///
/// # References
///
/// H. Alt, B. Behrends, J. Blömer (1995), *Approximate matching of polygonal shapes*, Ann. Math. Artif. Intell. 13, 251–265, for
/// the distance; the bounds are our own.
pub fn farthest(line: &[Coord], others: &EdgeTree) -> Option<Farthest> {
    let ends: Vec<Nearest> = line
        .iter()
        .map(|&vertex| others.nearest(vertex))
        .collect::<Option<_>>()?;
    let mut best: Option<Farthest> = None;
    let mut stretches = BinaryHeap::new();
    for (edge, vertices) in line.windows(2).enumerate() {
        let own = Edge::new(vertices[0], vertices[1]);
        let from = Mark::new(vertices[0], 0.0, ends[edge]);
        let to = Mark::new(vertices[1], own.length().m(), ends[edge + 1]);
        for mark in [from, to] {
            mark.consider(&mut best, edge);
        }
        stretches.push(Stretch::new(others, edge, own, from, to));
    }
    while let Some(stretch) = stretches.pop() {
        let found = best.map_or(0.0, |best| best.distance().m());
        if stretch.at_most_m <= found + TOLERANCE_M {
            break;
        }
        let along_m = stretch.from.along_m.midpoint(stretch.to.along_m);
        let at = stretch.own.at(along_m);
        let middle = Mark::new(at, along_m, others.nearest(at)?);
        middle.consider(&mut best, stretch.edge);
        for (from, to) in [(stretch.from, middle), (middle, stretch.to)] {
            stretches.push(Stretch::new(others, stretch.edge, stretch.own, from, to));
        }
    }
    best
}

/// A place of the line, and what is nearest to it.
#[derive(Clone, Copy)]
struct Mark {
    at: Coord,
    along_m: f64,
    nearest: Nearest,
}

impl Mark {
    const fn new(at: Coord, along_m: f64, nearest: Nearest) -> Self {
        Self {
            at,
            along_m,
            nearest,
        }
    }

    fn m(&self) -> f64 {
        self.nearest.distance.m()
    }

    fn consider(&self, best: &mut Option<Farthest>, edge: usize) {
        if best.is_none_or(|best| self.nearest.distance > best.distance()) {
            *best = Some(Farthest {
                at: self.at,
                edge,
                along_m: self.along_m,
                nearest: self.nearest,
            });
        }
    }
}

/// A part of an edge, and the most that a place on it can be away.
struct Stretch {
    edge: usize,
    own: Edge,
    from: Mark,
    to: Mark,
    at_most_m: f64,
}

impl Stretch {
    fn new(others: &EdgeTree, edge: usize, own: Edge, from: Mark, to: Mark) -> Self {
        let length_m = to.along_m - from.along_m;
        let by_way = (from.m() + to.m() + length_m) / 2.0;
        let by_edge = |near: &Mark, far: &Mark| {
            let other = others.edge(near.nearest.line, near.nearest.edge);
            let most = near.m().max(other.nearest(far.at).distance.m());
            most + most * length_m * length_m / (4.0 * RADIUS_2)
        };
        let at_most_m = by_way.min(by_edge(&from, &to)).min(by_edge(&to, &from));
        Self {
            edge,
            own,
            from,
            to,
            at_most_m,
        }
    }
}

impl PartialEq for Stretch {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Stretch {}

impl PartialOrd for Stretch {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Stretch {
    fn cmp(&self, other: &Self) -> Ordering {
        let place = |one: &Self| (one.edge, one.from.along_m.to_bits());
        self.at_most_m
            .total_cmp(&other.at_most_m)
            .then_with(|| place(other).cmp(&place(self)))
    }
}

#[cfg(test)]
mod tests {
    use geo::Coord;
    use geo::coord;
    use proptest::prelude::*;

    use super::farthest;
    use crate::geodesy::Edge;
    use crate::geodesy::EdgeTree;
    use crate::geodesy::densified;

    fn hausdorff(line: &[Coord], other: &[Coord]) -> f64 {
        farthest(line, &EdgeTree::new([other]))
            .expect("lines with edges")
            .distance()
            .m()
    }

    /// The same by walking along the line in short steps and scanning all edges: slow, and never above the truth.
    fn walked(line: &[Coord], other: &[Coord], steps: u32) -> f64 {
        let mut most: f64 = 0.0;
        for edge in line.windows(2) {
            let own = Edge::new(edge[0], edge[1]);
            for step in 0..=steps {
                let at = own.at(own.length().m() * f64::from(step) / f64::from(steps));
                let all = other
                    .windows(2)
                    .map(|edge| Edge::new(edge[0], edge[1]).nearest(at).distance.m());
                most = most.max(all.fold(f64::INFINITY, f64::min));
            }
        }
        most
    }

    #[test]
    fn parallel_lines_one_metre_apart_are_one_metre_apart_whatever_their_vertices() {
        // Along the equator a metre to the north is 9.0436947e-6 degrees of latitude.
        let metre = 1.0 / 110_574.388_6;
        let sparse = [coord! { x: 45.0, y: 0.0 }, coord! { x: 45.01, y: 0.0 }];
        let dense: Vec<Coord> = (0..=100)
            .map(|k| coord! { x: 45.0 + f64::from(k) * 1e-4, y: metre })
            .collect();
        assert!((hausdorff(&sparse, &dense) - 1.0).abs() < 2e-3);
        assert!((hausdorff(&dense, &sparse) - 1.0).abs() < 2e-3);
    }

    #[test]
    fn the_furthest_place_may_lie_inside_an_edge() {
        // Two bumps of the other line: half-way between them the straight line is furthest from both.
        let line = [coord! { x: 0.0, y: 0.0 }, coord! { x: 0.02, y: 0.0 }];
        let other = [
            coord! { x: 0.0, y: 0.0 },
            coord! { x: 0.0, y: 0.03 },
            coord! { x: 0.02, y: 0.03 },
            coord! { x: 0.02, y: 0.0 },
        ];
        let found = farthest(&line, &EdgeTree::new([other.as_slice()])).expect("lines with edges");
        assert!((found.at.x - 0.01).abs() < 1e-6, "{found:?}");
        assert!((found.distance().m() - 1_113.195).abs() < 0.002);
    }

    fn lines() -> impl Strategy<Value = (Vec<Coord>, Vec<Coord>)> {
        let place = (44.0..44.3_f64, 40.0..40.3_f64).prop_map(|(x, y)| coord! { x: x, y: y });
        let line = || prop::collection::vec(place.clone(), 2..7);
        (line(), line())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn a_walk_over_all_edges_finds_the_same((one, other) in lines()) {
            let found = hausdorff(&one, &other);
            let steps = 400;
            let longest = one.windows(2).map(|edge| Edge::new(edge[0], edge[1]).length().m()).fold(0.0, f64::max);
            let slow = walked(&one, &other, steps);
            prop_assert!(slow <= found + 2e-3, "{slow} {found}");
            prop_assert!(found <= slow + longest / f64::from(steps), "{slow} {found}");
        }

        #[test]
        fn vertices_put_into_edges_change_nothing((one, other) in lines()) {
            let found = hausdorff(&one, &other);
            prop_assert!((found - hausdorff(&densified(&one, 3), &densified(&other, 2))).abs() < 3e-3);
        }
    }
}

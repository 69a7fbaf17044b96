//! The nearest place on one geodesic edge.
//!
//! Method: start from a good guess, take the geodesic from the guess to the point, move along the edge by the
//! along-track side of that right spherical triangle, and repeat until the step is below a tenth of a millimetre. Two or three rounds
//! suffice up to some hundred kilometres; tested against a golden-section minimum.

use geo::Coord;

use crate::geodesy::direct;
use crate::geodesy::inverse;
use crate::units::Length;

/// Mean Earth radius in metres: only steers the steps, never enters a result.
const RADIUS_M: f64 = 6_371_008.8;

/// Steps below this many metres end the iteration.
const STEP_M: f64 = 1e-4;

/// The distance is stationary at the foot: a step of `s` at distance `d` changes it by `s²/2d`. Below this many metres the step is taken
/// without measuring again.
const GAIN_M: f64 = 1e-7;

/// More rounds than any input of up to a quarter of the Earth was seen to need.
const ROUNDS: usize = 20;

/// A geodesic between two vertices.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    start: Coord,
    end: Coord,
    azimuth: f64,
    length_m: f64,
}

/// The place of an edge that is nearest to a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Foot {
    /// The place.
    pub at: Coord,
    /// Metres along the edge from its start.
    pub along_m: f64,
    /// Geodesic distance from the point.
    pub distance: Length,
}

impl Edge {
    /// The geodesic from `start` to `end`.
    pub fn new(start: Coord, end: Coord) -> Self {
        let (length_m, azimuth) = inverse(start, end);
        Self {
            start,
            end,
            azimuth,
            length_m,
        }
    }

    /// Its length.
    pub const fn length(&self) -> Length {
        Length::from_m(self.length_m)
    }

    /// The place `along_m` metres from its start; its own end at the full length, bit for bit.
    pub fn at(&self, along_m: f64) -> Coord {
        self.place(along_m).0
    }

    /// The nearest place to `point`, sought from `share` of the edge (0 at the start, 1 at the end).
    pub fn nearest_from(&self, point: Coord, share: f64) -> Foot {
        let mut along_m = share.clamp(0.0, 1.0) * self.length_m;
        let mut foot = self.foot(point, along_m);
        for _ in 0..ROUNDS {
            let next_m = (along_m + foot.step_m).clamp(0.0, self.length_m);
            let left_m = (next_m - along_m).abs();
            if left_m < STEP_M {
                break;
            }
            along_m = next_m;
            if left_m * left_m < 2.0 * GAIN_M * foot.distance_m {
                foot.at = self.at(along_m);
                break;
            }
            foot = self.foot(point, along_m);
        }
        Foot {
            at: foot.at,
            along_m,
            distance: Length::from_m(foot.distance_m),
        }
    }

    /// The nearest place to `point`.
    pub fn nearest(&self, point: Coord) -> Foot {
        self.nearest_from(point, 0.5)
    }

    fn foot(&self, point: Coord, along_m: f64) -> Trial {
        let (at, heading) = self.place(along_m);
        let (distance_m, azimuth) = inverse(at, point);
        let angle = (azimuth - heading).to_radians();
        let step_m = RADIUS_M * (angle.cos() * (distance_m / RADIUS_M).tan()).atan();
        Trial {
            at,
            distance_m,
            step_m,
        }
    }

    /// The place `along_m` metres from its start, and the azimuth there.
    pub(super) fn place(&self, along_m: f64) -> (Coord, f64) {
        if along_m <= 0.0 {
            return (self.start, self.azimuth);
        }
        let (at, heading) = direct(self.start, self.azimuth, along_m);
        if along_m >= self.length_m {
            (self.end, heading)
        } else {
            (at, heading)
        }
    }
}

struct Trial {
    at: Coord,
    distance_m: f64,
    step_m: f64,
}

#[cfg(test)]
mod tests {
    use geo::Coord;
    use geo::coord;
    use proptest::prelude::*;

    use super::Edge;
    use crate::geodesy::distance;

    /// Golden-section search for the least distance: slow, and shares nothing with the method under test but the metric.
    fn golden_section(edge: &Edge, point: Coord) -> f64 {
        let ratio = (5_f64.sqrt() - 1.0) / 2.0;
        let length = edge.length().m();
        let f = |along: f64| distance(edge.at(along), point).m();
        let (mut low, mut high) = (0.0, length);
        for _ in 0..120 {
            let (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
            if f(left) < f(right) {
                high = right;
            } else {
                low = left;
            }
        }
        f(low).min(f(high)).min(f(0.0)).min(f(length))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn the_foot_is_the_golden_section_minimum(
            lon in 40.0..50.0_f64, lat in -60.0..60.0_f64,
            dx in -2.0..2.0_f64, dy in -2.0..2.0_f64,
            px in -3.0..3.0_f64, py in -3.0..3.0_f64,
        ) {
            let edge = Edge::new(coord! { x: lon, y: lat }, coord! { x: lon + dx, y: lat + dy });
            let point = coord! { x: lon + px, y: lat + py };
            let found = edge.nearest(point);
            prop_assert!((found.distance.m() - golden_section(&edge, point)).abs() < 1e-5);
            prop_assert!((distance(found.at, point).m() - found.distance.m()).abs() < 1e-6);
        }
    }

    #[test]
    fn an_edge_without_length_is_its_vertex() {
        let vertex = coord! { x: 45.0, y: 40.0 };
        let foot = Edge::new(vertex, vertex).nearest(coord! { x: 45.0, y: 41.0 });
        assert_eq!((foot.at, foot.along_m), (vertex, 0.0));
    }
}

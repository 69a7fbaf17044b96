//! The azimuthal equidistant plane about a place, on the ellipsoid.
//!
//! *In*: a centre. *Out*: places as metres east and north of it, and back. Distance and direction from the centre are those of the
//! geodesic, so the plane is exact to rounding along every ray.
//!
//! # Limits
//!
//! Distances between two other points are too long by about `d h² / 6R²` at most, where `d` is the distance, `h` that of the nearer point from
//! the centre and `R` the radius of the Earth: in normal coordinates the square of a distance is too great by a third of the curvature times the
//! square of the area that the two points span with the centre.

use geo::Coord;

use crate::geodesy::direct;
use crate::geodesy::inverse;

/// The plane about a centre.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plane {
    centre: Coord,
}

impl Plane {
    /// The plane about `centre`.
    pub(super) const fn about(centre: Coord) -> Self {
        Self { centre }
    }

    /// Metres east and north of the centre.
    pub(super) fn point(self, place: Coord) -> Coord {
        let (metres, azimuth) = inverse(self.centre, place);
        let (sin, cos) = azimuth.to_radians().sin_cos();
        Coord {
            x: metres * sin,
            y: metres * cos,
        }
    }

    /// The place of a point of the plane.
    pub(super) fn place(self, point: Coord) -> Coord {
        let azimuth = point.x.atan2(point.y).to_degrees();
        direct(self.centre, azimuth, point.x.hypot(point.y)).0
    }
}

#[cfg(test)]
mod tests {
    use geo::coord;
    use proptest::prelude::*;

    use super::Plane;
    use crate::geodesy::distance;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn a_place_comes_back_and_distances_are_too_long_by_the_bound_at_most(
            lon in -170.0..170.0_f64, lat in -80.0..80.0_f64,
            near in 0.0..40_000.0_f64, azimuth in 0.0..360.0_f64,
            far in 100.0..500_000.0_f64, turn in 0.0..360.0_f64,
        ) {
            let plane = Plane::about(coord! { x: lon, y: lat });
            let (sin, cos) = azimuth.to_radians().sin_cos();
            let p = coord! { x: near * sin, y: near * cos };
            let (sin, cos) = turn.to_radians().sin_cos();
            let q = p + coord! { x: far * sin, y: far * cos };
            let (a, b) = (plane.place(p), plane.place(q));
            let back = plane.point(b);
            prop_assert!((back.x - q.x).hypot(back.y - q.y) < 1e-6);
            let excess_m = far - distance(a, b).m();
            // The bound with the least radius of the ellipsoid, and a hundredth for terms of the fourth order.
            let bound_m = 1.01 * far * near * near / (6.0 * 6_335_439.0_f64.powi(2));
            prop_assert!(excess_m > -1e-3 - 0.01 * bound_m, "{excess_m}");
            prop_assert!(excess_m < 1e-3 + bound_m, "{excess_m} {bound_m}");
        }
    }
}

//! Places as points of space: straight-line distances that bound geodesic ones from below and from above.
//!
//! Chords have no seam at ±180° and no squeeze towards the poles, so an index in space needs no special cases.

use geo::Coord;

/// Semi-major axis of WGS 84 in metres.
const A_M: f64 = 6_378_137.0;
/// Flattening of WGS 84.
const F: f64 = 1.0 / 298.257_223_563;
/// The least radius of curvature of WGS 84 in metres (the meridian's, at the equator): bends most.
const LEAST_RADIUS_M: f64 = A_M * (1.0 - F) * (1.0 - F);
/// The greatest radius of curvature of WGS 84 in metres (at the poles): bends least.
const GREATEST_RADIUS_M: f64 = A_M / (1.0 - F);

/// A point in space, in metres, Earth-centred.
pub(super) type Point3 = [f64; 3];

/// The point of space of a place on the ellipsoid.
pub(super) fn point(place: Coord) -> Point3 {
    let (sin_lat, cos_lat) = place.y.to_radians().sin_cos();
    let (sin_lon, cos_lon) = place.x.to_radians().sin_cos();
    let e2 = F * (2.0 - F);
    let normal = A_M / (1.0 - e2 * sin_lat * sin_lat).sqrt();
    [
        normal * cos_lat * cos_lon,
        normal * cos_lat * sin_lon,
        normal * (1.0 - e2) * sin_lat,
    ]
}

/// Squared distance from `p` to the straight segment from `a` to `b`, and where on it (0 at `a`, 1 at `b`).
pub(super) fn to_segment(p: Point3, a: Point3, b: Point3) -> (f64, f64) {
    let ab = minus(b, a);
    let ap = minus(p, a);
    let square = dot(ab, ab);
    let share = if square > 0.0 {
        (dot(ap, ab) / square).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let gap = [
        ap[0] - share * ab[0],
        ap[1] - share * ab[1],
        ap[2] - share * ab[2],
    ];
    (dot(gap, gap), share)
}

/// The most that the geodesic over a chord of `chord_m` metres can rise above it.
pub(super) fn sagitta_m(chord_m: f64) -> f64 {
    chord_m * chord_m / (8.0 * LEAST_RADIUS_M)
}

/// An upper bound of the geodesic distance over a chord: the arc of the tightest circle.
pub(super) fn geodesic_at_most(chord_m: f64) -> f64 {
    arc(chord_m, LEAST_RADIUS_M)
}

/// A lower bound of the geodesic distance over a chord: the arc of the widest circle.
pub(super) fn geodesic_at_least(chord_m: f64) -> f64 {
    arc(chord_m.max(0.0), GREATEST_RADIUS_M)
}

/// A lower bound of the chord under a geodesic: that of the tightest circle.
pub(super) fn chord_at_least(geodesic_m: f64) -> f64 {
    under(geodesic_m, LEAST_RADIUS_M)
}

/// An upper bound of the chord under a geodesic: that of the widest circle.
pub(super) fn chord_at_most(geodesic_m: f64) -> f64 {
    under(geodesic_m, GREATEST_RADIUS_M)
}

fn under(arc_m: f64, radius_m: f64) -> f64 {
    2.0 * radius_m
        * (arc_m / (2.0 * radius_m))
            .min(std::f64::consts::FRAC_PI_2)
            .sin()
}

/// Where the straight line from `a` to `b` leaves the ball of `radius_m` around `centre`, as a share of its length; `a` lies in the ball.
pub(super) fn leaves_ball(centre: Point3, a: Point3, b: Point3, radius_m: f64) -> f64 {
    let (from, along) = (minus(a, centre), minus(b, a));
    let (square, half, rest) = (
        dot(along, along),
        dot(from, along),
        dot(from, from) - radius_m * radius_m,
    );
    if square > 0.0 {
        let root = (half * half - square * rest).max(0.0).sqrt();
        ((root - half) / square).clamp(0.0, 1.0)
    } else {
        1.0
    }
}

fn arc(chord_m: f64, radius_m: f64) -> f64 {
    2.0 * radius_m * (chord_m / (2.0 * radius_m)).min(1.0).asin()
}

/// Squared distance between two points.
pub(super) fn square(a: Point3, b: Point3) -> f64 {
    let d = minus(a, b);
    dot(d, d)
}

/// The cosine of the angle at `vertex` between the ways to two points; none if one of them is at the vertex or beyond `limit_m`.
pub(super) fn cosine(vertex: Point3, one: Point3, other: Point3, limit_m: f64) -> Option<f64> {
    let (to_one, to_other) = (minus(one, vertex), minus(other, vertex));
    let (one_m, other_m) = (dot(to_one, to_one).sqrt(), dot(to_other, to_other).sqrt());
    let within = |m: f64| m > 0.0 && m <= limit_m;
    (within(one_m) && within(other_m)).then(|| dot(to_one, to_other) / (one_m * other_m))
}

/// The quadratic `x² length + 2 x half + rest` that is negative where the segment from `a` (0) to `b` (1) is inside the ball around `p` with
/// this square of its radius: its three coefficients.
pub(super) fn ball(p: Point3, a: Point3, b: Point3, radius_2: f64) -> (f64, f64, f64) {
    let (along, from) = (minus(b, a), minus(a, p));
    (
        dot(along, along),
        dot(along, from),
        dot(from, from) - radius_2,
    )
}

fn minus(a: Point3, b: Point3) -> Point3 {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn dot(a: Point3, b: Point3) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[cfg(test)]
mod tests {
    use geo::coord;
    use proptest::prelude::*;

    use super::geodesic_at_least;
    use super::geodesic_at_most;
    use super::point;
    use super::square;
    use crate::geodesy::distance;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn a_geodesic_lies_between_its_chord_and_the_bound(
            lon in -180.0..180.0_f64, lat in -85.0..85.0_f64,
            dx in -10.0..10.0_f64, dy in -4.0..4.0_f64,
        ) {
            let (a, b) = (coord! { x: lon, y: lat }, coord! { x: lon + dx, y: lat + dy });
            let chord = square(point(a), point(b)).sqrt();
            let geodesic = distance(a, b).m();
            prop_assert!(chord <= geodesic + 1e-6, "{chord} {geodesic}");
            prop_assert!(geodesic <= geodesic_at_most(chord) + 1e-6);
            prop_assert!(geodesic >= geodesic_at_least(chord) - 1e-6);
        }
    }
}

//! Measures on the WGS 84 ellipsoid.
//!
//! *In*: coordinates as longitude and latitude in degrees. *Out*: geodesic lengths, areas, nearest places. Edges between
//! two vertices are geodesics. The metric is Karney's everywhere; planar and chord measures only propose candidates.
//!
//! # References
//!
//! C. F. F. Karney (2013), *Algorithms for geodesics*, J. Geodesy 87, 43–55.

mod chord;
mod digitising;
mod dividers;
mod edge;
mod edge_tree;
mod frechet;
mod hausdorff;
mod plane;
pub mod projection;
mod strip;

use std::sync::LazyLock;

use geo::Coord;
use geo::Geodesic;
use geo::GeodesicArea;
use geo::Length as _;
use geo::LineString;
use geo::Polygon;
use geographiclib_rs::DirectGeodesic;
use geographiclib_rs::InverseGeodesic;

use crate::units::Length;

pub use digitising::digitising;
pub use dividers::Dividers;
pub use dividers::Walk;
pub use edge::Edge;
pub use edge::Foot;
pub use edge_tree::Approach;
pub use edge_tree::EdgeTree;
pub use edge_tree::Nearest;
pub use frechet::frechet;
pub use hausdorff::Farthest;
pub use hausdorff::farthest;
pub use strip::strip;
pub use strip::strip_tolerance;
pub use strip::united;
pub use strip::with_short_edges;

static WGS84: LazyLock<geographiclib_rs::Geodesic> =
    LazyLock::new(geographiclib_rs::Geodesic::wgs84);

/// The geodesic distance between two places.
///
/// # Units
///
/// Longitude and latitude in degrees on WGS 84.
///
/// # Example
///
/// ```
/// use araxes::geodesy::distance;
/// use geo::coord;
///
/// // One degree along the equator is 111 319.491 m.
/// let degree = distance(coord! { x: 0.0, y: 0.0 }, coord! { x: 1.0, y: 0.0 });
/// assert!((degree.m() - 111_319.491).abs() < 0.001);
/// ```
pub fn distance(from: Coord, to: Coord) -> Length {
    let metres: f64 = WGS84.inverse(from.y, from.x, to.y, to.x);
    Length::from_m(metres)
}

/// Whether numbers are longitude and latitude in degrees: of what is not, nothing here can be asked.
pub fn is_on_earth(place: Coord) -> bool {
    (-180.0..=180.0).contains(&place.x) && (-90.0..=90.0).contains(&place.y)
}

/// The geodesic length of `line`.
///
/// # Properties
///
/// - Reversing `line` leaves the length unchanged.
/// - Cutting `line` at a vertex and adding the parts gives the same length.
/// - It is never below the distance between the ends.
pub fn length(line: &LineString) -> Length {
    Length::from_m(Geodesic.length(line))
}

/// The geodesic length of an open line of vertices.
pub fn length_of(vertices: &[Coord]) -> Length {
    vertices
        .windows(2)
        .map(|edge| distance(edge[0], edge[1]))
        .sum()
}

/// The geodesic area of a polygon, its holes taken off, in square kilometres.
///
/// The winding of the rings does not matter.
pub fn area_km2(polygon: &Polygon) -> f64 {
    let ring = |ring: &LineString| {
        Polygon::new(ring.clone(), Vec::new())
            .geodesic_area_signed()
            .abs()
            / 1e6
    };
    ring(polygon.exterior()) - polygon.interiors().iter().map(ring).sum::<f64>()
}

/// The mean width of a long and narrow polygon: its area by half the length of its outer ring.
pub fn mean_width(polygon: &Polygon) -> Length {
    let half_m = length(polygon.exterior()).m() / 2.0;
    Length::from_m(area_km2(polygon) * 1e6 / half_m.max(1.0))
}

/// The geodesic from one place to another: its length, and its azimuth at the start in degrees, clockwise from true north, 0 to 360.
///
/// # Example
///
/// ```
/// use araxes::geodesy::leg;
/// use geo::coord;
///
/// let (length, azimuth) = leg(coord! { x: 45.0, y: 40.0 }, coord! { x: 44.9, y: 40.0 });
/// assert!((length.m() - 8_539.387).abs() < 0.01 && (azimuth - 270.0).abs() < 0.1);
/// ```
pub fn leg(from: Coord, to: Coord) -> (Length, f64) {
    let (metres, azimuth) = inverse(from, to);
    (Length::from_m(metres), azimuth.rem_euclid(360.0))
}

/// The place at this distance along the geodesic that leaves `from` with this azimuth, in degrees clockwise from true north.
///
/// # Properties
///
/// [`leg`] from `from` to it gives the azimuth and the length again.
pub fn destination(from: Coord, azimuth: f64, along: Length) -> Coord {
    direct(from, azimuth, along.m()).0
}

/// Distance in metres and azimuth at the start in degrees.
fn inverse(from: Coord, to: Coord) -> (f64, f64) {
    let (metres, azimuth, _, _): (f64, f64, f64, f64) = WGS84.inverse(from.y, from.x, to.y, to.x);
    (metres, azimuth)
}

/// The place `metres` from `from` in the direction `azimuth`, and the azimuth there.
fn direct(from: Coord, azimuth: f64, metres: f64) -> (Coord, f64) {
    let (lat, lon, azimuth): (f64, f64, f64) = WGS84.direct(from.y, from.x, azimuth, metres);
    (Coord { x: lon, y: lat }, azimuth)
}

/// The line with `n` vertices put evenly into each edge: what must not change a distance between lines.
#[cfg(test)]
fn densified(line: &[Coord], n: u32) -> Vec<Coord> {
    let mut dense = vec![line[0]];
    for ends in line.windows(2) {
        let edge = Edge::new(ends[0], ends[1]);
        let share = |k: u32| edge.length().m() * f64::from(k) / f64::from(n + 1);
        dense.extend((1..=n).map(|k| edge.at(share(k))));
        dense.push(ends[1]);
    }
    dense
}

#[cfg(test)]
mod tests {
    use geo::coord;
    use geo::line_string;
    use geo::polygon;

    use super::area_km2;
    use super::distance;
    use super::length;
    use super::length_of;

    #[test]
    fn flinders_peak_to_buninyong_is_the_published_distance() {
        // Geocentric Datum of Australia, technical manual, chapter on Vincenty's formulae: 54 972.271 m on GRS 80,
        // whose flattening differs from that of WGS 84 in the tenth digit.
        let degrees = |d: f64, m: f64, s: f64| d + m / 60.0 + s / 3600.0;
        let flinders = coord! { x: degrees(144.0, 25.0, 29.5244), y: -degrees(37.0, 57.0, 3.7203) };
        let buninyong =
            coord! { x: degrees(143.0, 55.0, 35.3839), y: -degrees(37.0, 39.0, 10.1561) };
        assert!((distance(flinders, buninyong).m() - 54_972.271).abs() < 0.001);
    }

    #[test]
    fn a_meridian_quadrant_is_10_001_965_729_m() {
        let quadrant = distance(coord! { x: 45.0, y: 0.0 }, coord! { x: 45.0, y: 90.0 });
        assert!((quadrant.m() - 10_001_965.729).abs() < 0.001);
    }

    #[test]
    fn the_length_of_a_line_is_the_sum_over_its_edges() {
        let line = line_string![(x: 45.0, y: 41.0), (x: 45.5, y: 40.0), (x: 46.5, y: 39.0)];
        assert!((length(&line).m() - length_of(&line.0).m()).abs() < 1e-9);
    }

    #[test]
    fn an_octant_has_an_eighth_of_the_ellipsoid_and_a_hole_is_taken_off() {
        // Total area of WGS 84: 510 065 621.724 km² (Karney 2013, table of constants for a and f).
        let octant = polygon![(x: 0.0, y: 0.0), (x: 90.0, y: 0.0), (x: 0.0, y: 90.0)];
        assert!((area_km2(&octant) - 510_065_621.724 / 8.0).abs() < 0.001);
        let square = |x: f64, size: f64| {
            geo::LineString::from(vec![
                (x, x),
                (x + size, x),
                (x + size, x + size),
                (x, x + size),
                (x, x),
            ])
        };
        let whole = geo::Polygon::new(square(10.0, 4.0), vec![]);
        let hole = geo::Polygon::new(square(11.0, 1.0), vec![]);
        let holed = geo::Polygon::new(square(10.0, 4.0), vec![square(11.0, 1.0)]);
        assert!((area_km2(&holed) - (area_km2(&whole) - area_km2(&hole))).abs() < 1e-6);
    }
}

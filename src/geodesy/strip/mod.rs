//! All ground within a distance of lines, as polygons.
//!
//! *In*: lines of vertices, and a distance. *Out*: the outline of the ground whose geodesic distance to the lines is at most that.
//!
//! Method. The lines are cut into pieces of at most twice [`REACH_M`]. Each is put into the azimuthal equidistant plane about its middle
//! (see `plane`), freed of vertices that do not matter, and widened there with round ends and round corners; its outline goes back to
//! longitude and latitude, with vertices so close that a straight edge there is as good as the geodesic. The pieces are united in rounds.
//!
//! # Accuracy
//!
//! The outline lies within [`strip_tolerance`] of the true one. Of that, as a share of the distance: 5·10⁻⁵ for arcs drawn as chords, 1·10⁻⁴ for vertices
//! left out, 1·10⁻⁵ for the plane, 2·10⁻⁵ for edges; and a few centimetres for the grid of the overlay and short distances. All is far below what any
//! source of borders is accurate.
//!
//! # Limits
//!
//! Longitude and latitude are taken as a plane, so there is no answer where the ground would reach a pole or the meridian of 180°.

mod piece;

use geo::Coord;
use geo::LineString;
use geo::MultiPolygon;
use geo::Polygon;
use geo::unary_union;
use rayon::prelude::*;

use crate::geodesy::Edge;
use crate::units::Length;

/// Half the length of a piece: the plane is then too long by less than 10⁻⁵ of the distance.
const REACH_M: f64 = 20_000.0;

/// How many neighbours are united at a time.
const ROUND: usize = 6;

/// Mean Earth radius in metres, for the length of edges only.
const RADIUS_M: f64 = 6_371_008.8;

/// Nothing is drawn nearer to a pole, in degrees of latitude: there an edge in longitude and latitude says little.
const NORTHMOST: f64 = 87.0;

/// How far the outline of [`strip`] may lie from the true one.
pub fn strip_tolerance(within: Length) -> Length {
    Length::from_m(0.1 + 2e-4 * within.m())
}

/// The ground within a distance of `lines`; none where it would reach a pole or the meridian of 180°.
///
/// Lines of fewer than two vertices count nothing. Outer rings are anticlockwise, holes clockwise.
///
/// # Properties
///
/// - Every vertex of the outline is within [`strip_tolerance`] of that distance from the lines.
/// - The direction of the lines does not matter, nor do further vertices on their edges, beyond the tolerance.
/// - A greater distance gives ground that holds that of a smaller one.
pub fn strip<L: AsRef<[Coord]>>(lines: &[L], within: Length) -> Option<MultiPolygon> {
    let pieces: Vec<Vec<Coord>> = lines
        .iter()
        .filter(|line| line.as_ref().len() > 1)
        .flat_map(|line| piece::cut(line.as_ref(), REACH_M))
        .collect();
    let widened: Option<Vec<MultiPolygon>> = pieces
        .par_iter()
        .map(|vertices| piece::widened(vertices, within))
        .collect();
    Some(united(widened?))
}

/// The union of areas, neighbours first: those overlap most.
pub fn united(mut areas: Vec<MultiPolygon>) -> MultiPolygon {
    while areas.len() > 1 {
        areas = areas.par_chunks(ROUND).map(unary_union).collect();
    }
    areas.pop().unwrap_or(MultiPolygon::new(Vec::new()))
}

/// A polygon with vertices so close that its edges in longitude and latitude are as good as geodesics beside a strip of this width.
pub fn with_short_edges(polygon: &Polygon, within: Length) -> Polygon {
    let ring = |ring: &LineString| -> LineString {
        let mut dense: Vec<Coord> = Vec::with_capacity(ring.0.len());
        for ends in ring.0.windows(2) {
            dense.push(ends[0]);
            let most_m = edge_m(ends[0].y.abs().max(ends[1].y.abs()), within);
            // A degree is 111 km: most edges need no measuring.
            let apart = (ends[1].x - ends[0].x).abs() + (ends[1].y - ends[0].y).abs();
            if apart * 111_700.0 > most_m {
                let edge = Edge::new(ends[0], ends[1]);
                dense.extend(between(edge.length().m(), most_m).map(|m| edge.at(m)));
            }
        }
        dense.extend(ring.0.last());
        LineString::new(dense)
    };
    Polygon::new(
        ring(polygon.exterior()),
        polygon.interiors().iter().map(ring).collect(),
    )
}

/// How long an edge in longitude and latitude may be: its geodesic bulges by `m² tan(lat) / 8R` beside it.
fn edge_m(lat: f64, within: Length) -> f64 {
    let bulge_m = 0.02 + 2e-5 * within.m();
    let slope = lat.min(NORTHMOST).to_radians().tan().max(0.1);
    (8.0 * RADIUS_M * bulge_m / slope)
        .sqrt()
        .clamp(100.0, REACH_M)
}

/// Even steps of at most `most_m` inside an edge, in metres from its start.
fn between(length_m: f64, most_m: f64) -> impl Iterator<Item = f64> {
    let steps = (length_m / most_m).ceil().max(1.0);
    let inside = (1_u32..).map(f64::from).take_while(move |n| *n < steps);
    inside.map(move |n| length_m * n / steps)
}

#[cfg(test)]
mod tests;

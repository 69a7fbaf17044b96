//! One piece of a line, widened in the plane about its middle.

use geo::Buffer;
use geo::Coord;
use geo::LineString;
use geo::MultiPolygon;
use geo::Orient;
use geo::Polygon;
use geo::Simplify;
use geo::buffer::BufferStyle;
use geo::buffer::LineCap;
use geo::buffer::LineJoin;
use geo::orient::Direction;

use super::NORTHMOST;
use super::between;
use super::edge_m;
use super::united;
use crate::geodesy::Edge;
use crate::geodesy::plane::Plane;
use crate::units::Length;

/// Edges of the line are at most this long in the plane: a geodesic beside the centre bends there by a millimetre.
const EDGE_M: f64 = 5_000.0;

/// Vertices that are widened at a time: every edge meets all others that are nearer than the width.
const AT_A_TIME: usize = 32;

/// Cuts a line into pieces of at most twice `reach_m`, each with its edges shortened; neighbours share a vertex.
pub(super) fn cut(line: &[Coord], reach_m: f64) -> Vec<Vec<Coord>> {
    let mut pieces = Vec::new();
    let mut piece: Vec<Coord> = line.first().copied().into_iter().collect();
    let mut along_m = 0.0;
    for ends in line.windows(2) {
        let edge = Edge::new(ends[0], ends[1]);
        let length_m = edge.length().m();
        let mut before_m = 0.0;
        for stop_m in between(length_m, EDGE_M).chain([length_m]) {
            let step_m = stop_m - before_m;
            if along_m + step_m > 2.0 * reach_m
                && let Some(&last) = piece.last()
            {
                pieces.push(std::mem::replace(&mut piece, vec![last]));
                along_m = 0.0;
            }
            piece.push(edge.at(stop_m));
            along_m += step_m;
            before_m = stop_m;
        }
    }
    pieces.push(piece);
    pieces
}

/// The ground within a distance of a piece; none where it would reach a pole or the meridian of 180°.
pub(super) fn widened(piece: &[Coord], within: Length) -> Option<MultiPolygon> {
    let centre = *piece.get(piece.len() / 2)?;
    let plane = Plane::about(centre);
    let line: LineString = piece.iter().map(|&place| plane.point(place)).collect();
    let line = line.simplify(0.02 + 1e-4 * within.m());
    let starts = (0..line.0.len().saturating_sub(1).max(1)).step_by(AT_A_TIME);
    let parts = starts.map(|start| {
        let end = (start + AT_A_TIME + 1).min(line.0.len());
        LineString::new(line.0[start..end].to_vec()).buffer_with_style(style(within))
    });
    let outline = united(parts.collect());
    let polygons = outline
        .iter()
        .map(|polygon| back(plane, centre, polygon, within));
    polygons.collect()
}

/// Round ends and corners whose chords leave the arc by the tolerance at most.
fn style(within: Length) -> BufferStyle<f64> {
    let sagitta_m = 0.02 + 5e-5 * within.m();
    let angle = 2.0 * (1.0 - sagitta_m / within.m().max(2.0 * sagitta_m)).acos();
    BufferStyle::new(within.m())
        .line_cap(LineCap::Round(angle))
        .line_join(LineJoin::Round(angle))
}

/// A polygon of the plane in longitude and latitude, its edges shortened.
fn back(plane: Plane, centre: Coord, polygon: &Polygon, within: Length) -> Option<Polygon> {
    let ring = |ring: &LineString| -> Option<LineString> {
        let mut places: Vec<Coord> = Vec::with_capacity(ring.0.len());
        for ends in ring.0.windows(2) {
            let along = ends[1] - ends[0];
            let length_m = along.x.hypot(along.y);
            let start = sound_place(plane, centre, ends[0])?;
            places.push(start);
            let most_m = edge_m(start.y.abs(), within);
            for m in between(length_m, most_m) {
                places.push(sound_place(
                    plane,
                    centre,
                    ends[0] + along * (m / length_m),
                )?);
            }
        }
        places.extend(places.first().copied());
        Some(LineString::new(places))
    };
    let holes: Option<Vec<LineString>> = polygon.interiors().iter().map(ring).collect();
    Some(Polygon::new(ring(polygon.exterior())?, holes?).orient(Direction::Default))
}

fn sound_place(on: Plane, centre: Coord, point: Coord) -> Option<Coord> {
    let place = on.place(point);
    let is_sound = (place.x - centre.x).abs() < 180.0 && place.y.abs() <= NORTHMOST;
    is_sound.then_some(place)
}

//! Polygons and what can be wrong with their rings.

use geo::Coord;
use geo::GeoNum;
use geo::Intersects;
use geo::Kernel;
use geo::Line;
use geo::LineString;
use geo::MultiPolygon;
use geo::Orient;
use geo::Orientation;
use geo::Polygon;
use geo::orient::Direction;
use geojson::GeometryValue;

use crate::dataset::feature;

/// The polygons of a geometry, their rings checked to be closed and, if `strictly`, not to cross themselves.
pub(super) fn polygons(geometry: &GeometryValue, strictly: bool) -> Result<MultiPolygon, String> {
    let polygons: Vec<Polygon> = match geometry {
        GeometryValue::Polygon { coordinates } => vec![polygon(coordinates, strictly)?],
        GeometryValue::MultiPolygon { coordinates } => coordinates
            .iter()
            .enumerate()
            .map(|(number, rings)| {
                polygon(rings, strictly).map_err(|message| format!("polygon {number}: {message}"))
            })
            .collect::<Result<_, _>>()?,
        other => {
            return Err(format!(
                "is {}: Polygon or MultiPolygon is expected",
                other.type_name()
            ));
        }
    };
    if polygons.is_empty() {
        return Err("has no polygon".to_owned());
    }
    Ok(MultiPolygon(polygons))
}

fn polygon(rings: &[Vec<geojson::Position>], strictly: bool) -> Result<Polygon, String> {
    let mut lines = Vec::with_capacity(rings.len());
    for (number, positions) in rings.iter().enumerate() {
        let ring = feature::places(positions).map_err(|m| format!("ring {number}: {m}"))?;
        check(&ring, strictly).map_err(|message| format!("ring {number} {message}"))?;
        lines.push(LineString::new(ring));
    }
    let mut lines = lines.into_iter();
    let exterior = lines.next().ok_or("a polygon needs a ring")?;
    // GeoJSON of any winding is valid; indexed containment counts windings and needs holes to run the other way round.
    Ok(Polygon::new(exterior, lines.collect()).orient(Direction::Default))
}

fn check(ring: &[Coord], strictly: bool) -> Result<(), String> {
    if ring.len() < 4 {
        return Err(format!("has {} positions: four are the least", ring.len()));
    }
    if ring.first() != ring.last() {
        return Err("is not closed: its last position must repeat the first".to_owned());
    }
    if strictly && is_flat(ring) {
        return Err("encloses no area: all its positions are on one line".to_owned());
    }
    match if strictly { crossing(ring) } else { None } {
        Some(at) => Err(format!("crosses itself near {:.5}, {:.5}", at.x, at.y)),
        None => Ok(()),
    }
}

fn is_flat(ring: &[Coord]) -> bool {
    let far = ring.iter().find(|&&place| place != ring[0]);
    far.is_none_or(|&far| {
        let side = |&place: &Coord| <f64 as GeoNum>::Ker::orient2d(ring[0], far, place);
        ring.iter()
            .all(|place| side(place) == Orientation::Collinear)
    })
}

/// A place where two edges of the ring cross; touching is allowed.
///
/// Method: a sweep by longitude that compares each edge with those whose extent it overlaps.
fn crossing(ring: &[Coord]) -> Option<Coord> {
    let mut edges: Vec<Line> = ring
        .windows(2)
        .map(|edge| Line::new(edge[0], edge[1]))
        .collect();
    let west = |edge: &Line| edge.start.x.min(edge.end.x);
    edges.sort_by(|a, b| west(a).total_cmp(&west(b)));
    let mut open: Vec<Line> = Vec::new();
    for edge in edges {
        let from = west(&edge);
        open.retain(|other| other.start.x.max(other.end.x) >= from);
        if let Some(other) = open.iter().find(|other| cross(&edge, other)) {
            return Some((edge.start + edge.end + other.start + other.end) / 4.0);
        }
        open.push(edge);
    }
    None
}

/// Whether two edges cross at a place inside both.
fn cross(one: &Line, other: &Line) -> bool {
    let level = |a: &Line, b: &Line| a.start.y.max(a.end.y) < b.start.y.min(b.end.y);
    if level(one, other) || level(other, one) || !one.intersects(other) {
        return false;
    }
    let side = |line: &Line, place| <f64 as GeoNum>::Ker::orient2d(line.start, line.end, place);
    let splits = |line: &Line, by: &Line| {
        let (a, b) = (side(line, by.start), side(line, by.end));
        a != b && a != Orientation::Collinear && b != Orientation::Collinear
    };
    splits(one, other) && splits(other, one)
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::check;

    fn ring(places: &[(f64, f64)]) -> Vec<Coord> {
        places.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn a_bow_tie_crosses_itself() {
        let bow = ring(&[(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0), (0.0, 0.0)]);
        assert_eq!(
            check(&bow, true),
            Err("crosses itself near 1.00000, 1.00000".to_owned())
        );
        assert_eq!(check(&bow, false), Ok(()));
    }

    #[test]
    fn a_ring_that_touches_itself_does_not_cross() {
        let eight = ring(&[
            (0.0, 0.0),
            (1.0, 1.0),
            (2.0, 0.0),
            (2.0, 2.0),
            (1.0, 1.0),
            (0.0, 2.0),
            (0.0, 0.0),
        ]);
        assert_eq!(check(&eight, true), Ok(()));
    }

    #[test]
    fn an_open_ring_is_named() {
        let open = ring(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]);
        assert!(check(&open, false).is_err_and(|message| message.starts_with("is not closed")));
    }
}

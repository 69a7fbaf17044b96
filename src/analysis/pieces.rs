//! Land that a source gives to two territories, or to none.
//!
//! *In*: the territories of one source. *Out*: the pieces in which two of them overlap, and the holes of their union. Sources that draw every
//! edge once have neither. An enclave can be either: drawn as a part of its own state and not cut out of the other, or cut
//! out of the other and drawn by nobody.
//!
//! # Limits
//!
//! Water that a source leaves out is land of none like any other. Overlaps and holes that are thinner than [`THINNEST_M`] on
//! average are seams between outlines that were digitised apart, and left out.

use geo::BooleanOps;
use geo::BoundingRect;
use geo::Coord;
use geo::Intersects;
use geo::LineString;
use geo::MultiPolygon;
use geo::Orient;
use geo::Polygon;
use geo::Rect;
use geo::orient::Direction;
use geo::unary_union;
use rayon::prelude::*;

use crate::geodesy;
use crate::geodesy::EdgeTree;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Territory;
use crate::units::Length;

/// Banks of border rivers are up to about this far apart: what is thinner is a seam and no piece of land.
pub const THINNEST_M: f64 = 300.0;

/// The union moves vertices by up to 0.3 mm.
const TOUCHING: Length = Length::from_m(0.1);

/// A piece of land that a source gives to two territories or to none.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Whether it lies in two territories; else it lies in none.
    pub in_both: bool,
    /// The two that it lies in; or those around it, in order of their code.
    pub territories: Vec<Code>,
    /// Its outline, without holes.
    pub outline: Polygon,
}

/// The pieces of a source, the largest first; those in two territories before those in none.
pub fn pieces(boundary: &Boundary) -> Vec<Piece> {
    let (mut all, mut none) = rayon::join(|| shared(boundary), || left_out(boundary));
    for pieces in [&mut all, &mut none] {
        pieces.retain(|piece| geodesy::mean_width(&piece.outline).m() >= THINNEST_M);
        let area = |piece: &Piece| geodesy::area_km2(&piece.outline);
        pieces.sort_by(|a, b| area(b).total_cmp(&area(a)));
    }
    all.extend(none);
    all
}

/// What lies in two territories of different states.
fn shared(boundary: &Boundary) -> Vec<Piece> {
    let territories = &boundary.territories;
    let mut couples: Vec<(&Territory, &Territory)> = Vec::new();
    for (number, one) in territories.iter().enumerate() {
        let others = territories[number + 1..].iter();
        couples.extend(others.map(|other| (one, other)));
    }
    couples.retain(|(one, other)| one.code.state() != other.code.state());
    let found: Vec<Vec<Piece>> = couples
        .into_par_iter()
        .map(|(one, other)| {
            let (left, right) = (
                meeting(&one.area, &other.area),
                meeting(&other.area, &one.area),
            );
            let overlap = left.intersection(&right);
            let piece = |polygon: Polygon| Piece {
                in_both: true,
                territories: vec![one.code, other.code],
                outline: Polygon::new(polygon.into_inner().0, Vec::new()),
            };
            overlap.into_iter().map(piece).collect()
        })
        .collect();
    found.into_iter().flatten().collect()
}

/// The polygons whose boxes meet one of the others': only those need be laid over each other.
pub(crate) fn meeting(polygons: &MultiPolygon, others: &MultiPolygon) -> MultiPolygon {
    let boxes: Vec<Rect> = others
        .iter()
        .filter_map(BoundingRect::bounding_rect)
        .collect();
    let meets = |polygon: &&Polygon| {
        polygon
            .bounding_rect()
            .is_some_and(|limits| boxes.iter().any(|other| limits.intersects(other)))
    };
    MultiPolygon::new(polygons.iter().filter(meets).cloned().collect())
}

/// The holes of the union of all territories.
fn left_out(boundary: &Boundary) -> Vec<Piece> {
    let polygons = boundary
        .territories
        .iter()
        .flat_map(|territory| &territory.area);
    // The union goes by the winding of the rings, which files are free in.
    let wound: Vec<Polygon> = polygons
        .map(|polygon| polygon.orient(Direction::Default))
        .collect();
    let holes: Vec<LineString> = unary_union(&wound)
        .into_iter()
        .flat_map(|polygon| polygon.into_inner().1)
        .collect();
    if holes.is_empty() {
        return Vec::new();
    }
    let outlines: Vec<(Code, EdgeTree)> = boundary
        .territories
        .par_iter()
        .map(|territory| (territory.code, EdgeTree::new(rings(territory))))
        .collect();
    let around = |hole: &LineString| -> Vec<Code> {
        let touches = |(_, outline): &&(Code, EdgeTree)| {
            let mut vertices = hole.coords();
            vertices.any(|vertex| outline.nearest_within(*vertex, TOUCHING).is_some())
        };
        let touching = outlines.iter().filter(touches);
        touching.map(|(code, _)| *code).collect()
    };
    holes
        .into_par_iter()
        .map(|hole| Piece {
            in_both: false,
            territories: around(&hole),
            outline: Polygon::new(hole, Vec::new()),
        })
        .collect()
}

fn rings(territory: &Territory) -> impl Iterator<Item = &[Coord]> {
    let rings = territory
        .area
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    rings.map(|ring| ring.0.as_slice())
}

#[cfg(test)]
mod tests {
    use geo::Coord;
    use geo::LineString;
    use geo::MultiPolygon;
    use geo::Polygon;

    use super::pieces;
    use crate::geodesy;
    use crate::model::Boundary;
    use crate::model::Code;
    use crate::model::Id;
    use crate::model::Territory;

    /// A ring along meridians and parallels.
    fn ring(west: f64, south: f64, east: f64, north: f64) -> LineString {
        [
            (west, south),
            (east, south),
            (east, north),
            (west, north),
            (west, south),
        ]
        .into_iter()
        .map(|(x, y)| Coord { x, y })
        .collect()
    }

    fn territory(code: &str, polygons: Vec<Polygon>) -> Territory {
        Territory {
            code: code.parse().expect("a code"),
            area: MultiPolygon::new(polygons),
            clipped: false,
        }
    }

    fn boundary(territories: Vec<Territory>) -> Boundary {
        Boundary {
            source: Id::new(0),
            territories,
            borders: Vec::new(),
            tripoints: Vec::new(),
            exclaves: Vec::new(),
        }
    }

    fn codes(codes: &[Code]) -> String {
        codes.iter().map(Code::as_str).collect::<Vec<_>>().join("+")
    }

    #[test]
    fn a_part_that_the_other_does_not_cut_out_lies_in_both() {
        let inside = Polygon::new(ring(10.4, 50.4, 10.5, 50.5), vec![]);
        let world = boundary(vec![
            territory(
                "XA",
                vec![Polygon::new(ring(10.0, 50.0, 11.0, 51.0), vec![])],
            ),
            territory(
                "XB",
                vec![
                    Polygon::new(ring(11.0, 50.0, 12.0, 51.0), vec![]),
                    inside.clone(),
                ],
            ),
        ]);
        let found = pieces(&world);
        assert_eq!(found.len(), 1);
        assert!(found[0].in_both);
        assert_eq!(codes(&found[0].territories), "XA+XB");
        let (area, truth) = (
            geodesy::area_km2(&found[0].outline),
            geodesy::area_km2(&inside),
        );
        assert!((area - truth).abs() < 1e-6 * truth, "{area} {truth}");
    }

    #[test]
    fn a_hole_that_nobody_fills_lies_in_neither() {
        let hole = ring(10.4, 50.4, 10.5, 50.5);
        let world = boundary(vec![
            territory(
                "XA",
                vec![Polygon::new(ring(10.0, 50.0, 11.0, 51.0), vec![hole])],
            ),
            territory(
                "XB",
                vec![Polygon::new(ring(11.0, 50.0, 12.0, 51.0), vec![])],
            ),
        ]);
        let found = pieces(&world);
        assert_eq!(found.len(), 1);
        assert!(!found[0].in_both);
        assert_eq!(codes(&found[0].territories), "XA");
    }

    #[test]
    fn a_gap_between_two_states_has_both_around_it() {
        let bite = [
            (10.0, 50.0),
            (11.0, 50.0),
            (11.0, 50.4),
            (10.9, 50.4),
            (10.9, 50.6),
            (11.0, 50.6),
            (11.0, 51.0),
            (10.0, 51.0),
            (10.0, 50.0),
        ];
        let bitten: LineString = bite.into_iter().map(|(x, y)| Coord { x, y }).collect();
        let world = boundary(vec![
            territory("XA", vec![Polygon::new(bitten, vec![])]),
            territory(
                "XB",
                vec![Polygon::new(ring(11.0, 50.0, 12.0, 51.0), vec![])],
            ),
        ]);
        let found = pieces(&world);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].in_both, codes(&found[0].territories).as_str()),
            (false, "XA+XB")
        );
    }

    #[test]
    fn seams_and_exact_neighbours_are_no_pieces() {
        let world = boundary(vec![
            territory(
                "XA",
                vec![Polygon::new(ring(10.0, 50.0, 11.0, 51.0), vec![])],
            ),
            territory(
                "XB",
                vec![Polygon::new(ring(10.999, 50.0, 12.0, 51.0), vec![])],
            ),
            territory(
                "XC",
                vec![Polygon::new(ring(10.0, 51.0, 12.0, 52.0), vec![])],
            ),
        ]);
        assert!(pieces(&world).is_empty());
    }
}

//! Places and stretches by chainage: kilometres along a border.

use geo::Coord;

use crate::geodesy::Edge;
use crate::model::Border;
use crate::model::Piece;
use crate::units::Length;

/// The place `at` along `border`, clamped to its ends.
pub fn place(border: &Border, at: Length) -> Option<Coord> {
    let piece = border
        .pieces
        .iter()
        .find(|piece| piece.chainage_m.last().is_some_and(|&end| at.m() <= end))
        .or(border.pieces.last())?;
    Some(place_in(piece, at.m()))
}

/// The lines of `border` from chainage `from` to `to`, one per piece that has some of it.
///
/// # Properties
///
/// Cutting a border into neighbouring stretches leaves the sum of their lengths unchanged.
pub fn cut(border: &Border, from: Length, to: Length) -> Vec<Vec<Coord>> {
    border.pieces.iter().filter_map(|piece| cut_piece(piece, from.m(), to.m())).collect()
}

/// Geodesic distances in metres of `vertices` along their line, the first at `start_m`.
pub fn chainage(vertices: &[Coord], start_m: f64) -> Vec<f64> {
    let mut along = start_m;
    let mut chainage_m = Vec::with_capacity(vertices.len());
    for (i, &vertex) in vertices.iter().enumerate() {
        if i > 0 {
            along += super::distance(vertices[i - 1], vertex).m();
        }
        chainage_m.push(along);
    }
    chainage_m
}

fn cut_piece(piece: &Piece, from_m: f64, to_m: f64) -> Option<Vec<Coord>> {
    let (&start_m, &end_m) = (piece.chainage_m.first()?, piece.chainage_m.last()?);
    let (from_m, to_m) = (from_m.max(start_m), to_m.min(end_m));
    if from_m >= to_m {
        return None;
    }
    let first = piece.chainage_m.partition_point(|&m| m <= from_m);
    let last = piece.chainage_m.partition_point(|&m| m < to_m);
    let mut line = vec![place_in(piece, from_m)];
    line.extend_from_slice(&piece.vertices[first..last]);
    line.push(place_in(piece, to_m));
    Some(line)
}

fn place_in(piece: &Piece, at_m: f64) -> Coord {
    let next = piece.chainage_m.partition_point(|&m| m <= at_m);
    if next == 0 {
        return piece.vertices[0];
    }
    if next == piece.vertices.len() {
        return piece.vertices[next - 1];
    }
    Edge::new(piece.vertices[next - 1], piece.vertices[next]).at(at_m - piece.chainage_m[next - 1])
}

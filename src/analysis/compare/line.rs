//! A part of a border as one line with its chainage.

use geo::Coord;

use crate::analysis::compare::STEP_M;
use crate::geodesy;
use crate::geodesy::Edge;
use crate::model::Border;
use crate::units::Length;

/// A part of a border, or a stretch of it, on one source.
pub(super) struct Line {
    /// Its vertices; gaps between its pieces are bridged straight.
    pub(super) places: Vec<Coord>,
    /// Chainage of each vertex, which counts no gaps.
    chainage: Vec<Length>,
    /// Edges without those over gaps.
    edges: usize,
}

impl Line {
    pub(super) fn whole(border: &Border) -> Self {
        let pieces = border.pieces().iter();
        let pieces: Vec<&[Coord]> = pieces.map(|piece| piece.vertices.as_slice()).collect();
        Self::of(&pieces, Length::ZERO)
    }

    pub(super) fn of<P: AsRef<[Coord]>>(pieces: &[P], from: Length) -> Self {
        let (mut places, mut chainage, mut edges) = (Vec::new(), Vec::new(), 0);
        let mut at = from;
        for piece in pieces.iter().map(AsRef::as_ref) {
            edges += piece.len().saturating_sub(1);
            for (number, &place) in piece.iter().enumerate() {
                if number > 0 {
                    at = at + geodesy::distance(piece[number - 1], place);
                }
                places.push(place);
                chainage.push(at);
            }
        }
        Self {
            places,
            chainage,
            edges,
        }
    }

    pub(super) fn from(&self) -> Length {
        self.chainage.first().copied().unwrap_or_default()
    }

    pub(super) fn to(&self) -> Length {
        self.chainage.last().copied().unwrap_or_default()
    }

    pub(super) fn length(&self) -> Length {
        self.to() - self.from()
    }

    pub(super) fn spacing_m(&self) -> f64 {
        self.length().m() / self.edges.max(1) as f64
    }

    /// Points every [`STEP_M`] along it.
    pub(super) fn points(&self) -> Vec<Coord> {
        points_along(&self.places)
    }

    /// Chainage of a place on it: in a gap that of its start.
    pub(super) fn km(&self, edge: usize, along_m: f64) -> f64 {
        let (from, to) = (self.chainage[edge], self.chainage[edge + 1]);
        (from.km() + along_m / 1_000.0).min(to.km())
    }
}

fn points_along(line: &[Coord]) -> Vec<Coord> {
    let mut points = Vec::new();
    // Metres from the start of the edge to the next point.
    let mut next_m = 0.0;
    for ends in line.windows(2) {
        let edge = Edge::new(ends[0], ends[1]);
        let length_m = edge.length().m();
        while next_m < length_m {
            points.push(edge.at(next_m));
            next_m += STEP_M;
        }
        next_m -= length_m;
    }
    points
}

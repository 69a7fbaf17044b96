//! A part of a border as one line with its chainage.

use geo::Coord;

use crate::analysis::compare::STEP_M;
use crate::geodesy;
use crate::geodesy::Edge;
use crate::model::Border;
use crate::units::Length;

/// A part of a border, or a stretch of it, on one source.
pub(in crate::analysis) struct Line {
    /// Its vertices; gaps between its pieces are bridged straight.
    pub(in crate::analysis) places: Vec<Coord>,
    /// Chainage of each vertex, which counts no gaps.
    chainage: Vec<Length>,
    /// Edges without those over gaps.
    edges: usize,
}

impl Line {
    pub(in crate::analysis) fn whole(border: &Border) -> Self {
        let pieces = border.pieces().iter();
        let pieces: Vec<&[Coord]> = pieces.map(|piece| piece.vertices.as_slice()).collect();
        Self::of(&pieces, Length::ZERO)
    }

    pub(in crate::analysis) fn of<P: AsRef<[Coord]>>(pieces: &[P], from: Length) -> Self {
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

    pub(in crate::analysis) fn from(&self) -> Length {
        self.chainage.first().copied().unwrap_or_default()
    }

    pub(in crate::analysis) fn to(&self) -> Length {
        self.chainage.last().copied().unwrap_or_default()
    }

    pub(in crate::analysis) fn length(&self) -> Length {
        self.to() - self.from()
    }

    pub(in crate::analysis) fn spacing_m(&self) -> f64 {
        self.length().m() / self.edges.max(1) as f64
    }

    /// Points every [`STEP_M`] along it.
    pub(in crate::analysis) fn points(&self) -> Vec<Coord> {
        let steps = steps(&self.places).into_iter();
        steps.map(|step| step.at).collect()
    }

    /// Points every [`STEP_M`] along it with their chainage, none in the gaps between its pieces.
    pub(in crate::analysis) fn samples(&self) -> Vec<(Length, Coord)> {
        steps(&self.places)
            .into_iter()
            .filter(|step| !self.is_gap(step.edge))
            .map(|step| (Length::from_km(self.km(step.edge, step.along_m)), step.at))
            .collect()
    }

    /// Whether an edge lies over a gap between two pieces: it has no length along the line.
    pub(in crate::analysis) fn is_gap(&self, edge: usize) -> bool {
        self.chainage[edge + 1] <= self.chainage[edge]
    }

    /// Chainage of a place on it: in a gap that of its start.
    pub(in crate::analysis) fn km(&self, edge: usize, along_m: f64) -> f64 {
        let (from, to) = (self.chainage[edge], self.chainage[edge + 1]);
        (from.km() + along_m / 1_000.0).min(to.km())
    }
}

/// A point of a line: on which edge, and how far along that.
struct Step {
    edge: usize,
    along_m: f64,
    at: Coord,
}

fn steps(line: &[Coord]) -> Vec<Step> {
    let mut steps = Vec::new();
    // Metres from the start of the edge to the next point.
    let mut next_m = 0.0;
    for (number, ends) in line.windows(2).enumerate() {
        let edge = Edge::new(ends[0], ends[1]);
        let length_m = edge.length().m();
        while next_m < length_m {
            steps.push(Step {
                edge: number,
                along_m: next_m,
                at: edge.at(next_m),
            });
            next_m += STEP_M;
        }
        next_m -= length_m;
    }
    steps
}

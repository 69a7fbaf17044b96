//! Boundary sources: territories, and the borders derived from them.

use geo::Coord;
use geo::MultiPolygon;

use crate::model::Code;
use crate::model::Id;
use crate::model::Pair;
use crate::model::Source;
use crate::units::Length;

/// Everything that one source says about where territories lie.
#[derive(Debug, Clone)]
pub struct Boundary {
    /// The source.
    pub source: Id<Source>,
    /// Its territories, in order of their code.
    pub territories: Vec<Territory>,
    /// The borders between them, derived: by pair, then [`Part`].
    pub borders: Vec<Border>,
    /// Where three territories meet, derived.
    pub tripoints: Vec<Tripoint>,
    /// Parts that lie apart from their territory, derived.
    pub exclaves: Vec<Exclave>,
}

/// One territory as one source draws it.
#[derive(Debug, Clone)]
pub struct Territory {
    /// Its code.
    pub code: Code,
    /// Its polygons, the largest first.
    pub area: MultiPolygon,
    /// Whether it was cut at the edge of the region: its outer limits are then no border.
    pub clipped: bool,
}

/// One connected part of the border between two territories.
#[derive(Debug, Clone)]
pub struct Border {
    /// The two states.
    pub pair: Pair,
    /// Which part of the pair's border this is.
    pub part: Part,
    /// The territories on both sides, in alphabetical order.
    pub territories: (Code, Code),
    /// Its lines in order of the chainage. More than one where the source leaves a gap (a reservoir cut out of both sides).
    pub pieces: Vec<Piece>,
    /// The share of its length that both sides draw with the very same vertices; the rest was matched within a tolerance.
    pub exact_share: f64,
}

/// Which part of a pair's border a line is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Between the two mainlands.
    Main,
    /// Between a subdivision with its own code and the other state.
    Subdivision(Code),
    /// Around an exclave that has other neighbours too, or a coast.
    Exclave(String),
    /// The outline of an enclave.
    Ring(String),
}

/// A line of a border with its chainage.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Vertices in the direction of the chainage.
    pub vertices: Vec<Coord>,
    /// Geodesic distance in metres of each vertex from the start of the border's first piece. Gaps between pieces count nothing.
    pub chainage_m: Vec<f64>,
}

/// A place where three territories meet.
#[derive(Debug, Clone, PartialEq)]
pub struct Tripoint {
    /// The three territories, in alphabetical order.
    pub territories: [Code; 3],
    /// The place.
    pub at: Coord,
    /// Distance between the border ends that were taken as one point; zero where they share a vertex.
    pub spread: Length,
}

/// A polygon of a territory that does not touch its largest one.
#[derive(Debug, Clone, PartialEq)]
pub struct Exclave {
    /// The territory it belongs to.
    pub territory: Code,
    /// Which of the territory's polygons it is.
    pub polygon: usize,
    /// The territory that surrounds it on all sides, if one does: then it is an enclave there.
    pub enclave_in: Option<Code>,
    /// Name: of the dispute record or place inside it, else a number.
    pub name: String,
    /// Geodesic area in square kilometres.
    pub area_km2: f64,
    /// Geodesic perimeter.
    pub perimeter: Length,
}

impl Part {
    /// `main`, `AZ-NX`, `exclave NAME` or `ring NAME`.
    pub fn label(&self) -> String {
        match self {
            Self::Main => "main".to_owned(),
            Self::Subdivision(code) => code.to_string(),
            Self::Exclave(name) => format!("exclave {name}"),
            Self::Ring(name) => format!("ring {name}"),
        }
    }
}

impl Border {
    /// Its geodesic length: the chainage of its last vertex.
    pub fn length(&self) -> Length {
        let last = self.pieces.last().and_then(|piece| piece.chainage_m.last());
        Length::from_m(last.copied().unwrap_or(0.0))
    }

    /// The number of its vertices.
    pub fn vertices(&self) -> usize {
        self.pieces.iter().map(|piece| piece.vertices.len()).sum()
    }

    /// The number of its edges.
    pub fn edges(&self) -> usize {
        self.pieces
            .iter()
            .map(|piece| piece.vertices.len().saturating_sub(1))
            .sum()
    }

    /// Mean distance between neighbouring vertices: the ruler that its length was measured with.
    pub fn spacing(&self) -> Length {
        Length::from_m(self.length().m() / self.edges().max(1) as f64)
    }

    /// Whether it is a closed line around an enclave.
    pub const fn is_ring(&self) -> bool {
        matches!(self.part, Part::Ring(_))
    }
}

impl Boundary {
    /// The territory with this code.
    pub fn territory(&self, code: Code) -> Option<&Territory> {
        self.territories
            .iter()
            .find(|territory| territory.code == code)
    }

    /// The borders of `pair`.
    pub fn borders_of(&self, pair: Pair) -> impl Iterator<Item = &Border> {
        self.borders
            .iter()
            .filter(move |border| border.pair == pair)
    }
}

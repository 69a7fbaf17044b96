//! Boundary sources: territories, and the borders derived from them.

use std::sync::OnceLock;

use geo::Coord;
use geo::MultiPolygon;

use crate::geodesy;
use crate::geodesy::Edge;
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

/// One part of the border between two states.
#[derive(Debug, Clone)]
pub struct Border {
    /// The two states.
    pub pair: Pair,
    /// Which part of the pair's border this is.
    pub part: Part,
    /// The territories on both sides, in alphabetical order.
    pub territories: (Code, Code),
    /// Its lines in order of the chainage. More than one where the source leaves a gap (a reservoir cut out of both sides).
    pieces: Vec<Piece>,
    /// Measured when first asked for: most commands need few of a data set's borders.
    chainage: OnceLock<Vec<Vec<f64>>>,
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

/// A line of a border.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Vertices in the direction of the chainage.
    pub vertices: Vec<Coord>,
    /// For each edge, whether both sides draw it with the very same vertices; else it was matched within a tolerance.
    pub exact: Vec<bool>,
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
    /// Whether it is neither an enclave nor named: islets, and banks that a source cut off with a river.
    pub is_fragment: bool,
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
    /// A border of these pieces.
    pub const fn new(
        pair: Pair,
        part: Part,
        territories: (Code, Code),
        pieces: Vec<Piece>,
    ) -> Self {
        Self {
            pair,
            part,
            territories,
            pieces,
            chainage: OnceLock::new(),
        }
    }

    /// Its lines in order of the chainage.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The geodesic distance in metres of each vertex of each piece from the start of the first piece. Gaps between pieces count nothing.
    pub fn chainage_m(&self) -> &[Vec<f64>] {
        self.chainage.get_or_init(|| {
            let mut along_m = 0.0;
            let mut measure = |piece: &Piece| {
                let mut chainage_m = vec![along_m];
                for edge in piece.vertices.windows(2) {
                    along_m += geodesy::distance(edge[0], edge[1]).m();
                    chainage_m.push(along_m);
                }
                chainage_m
            };
            self.pieces.iter().map(&mut measure).collect()
        })
    }

    /// Its geodesic length: the chainage of its last vertex.
    pub fn length(&self) -> Length {
        let last = self.chainage_m().last().and_then(|piece| piece.last());
        Length::from_m(last.copied().unwrap_or(0.0))
    }

    /// The share of its length that both sides draw with the very same vertices.
    pub fn exact_share(&self) -> f64 {
        self.exact_share_of(Length::ZERO, self.length())
    }

    /// The share of the length from one chainage to another that both sides draw with the very same vertices; zero where there is no length.
    pub fn exact_share_of(&self, from: Length, to: Length) -> f64 {
        let (mut exact_m, mut all_m) = (0.0, 0.0);
        for (piece, chainage) in self.pieces.iter().zip(self.chainage_m()) {
            for (&is_exact, ends) in piece.exact.iter().zip(chainage.windows(2)) {
                let within_m = (ends[1].min(to.m()) - ends[0].max(from.m())).max(0.0);
                all_m += within_m;
                exact_m += if is_exact { within_m } else { 0.0 };
            }
        }
        if all_m > 0.0 { exact_m / all_m } else { 0.0 }
    }

    /// The straight distance over the gaps between its pieces, which its length does not count.
    pub fn gaps(&self) -> Length {
        let between = self.pieces.windows(2);
        between
            .filter_map(|pieces| Some((*pieces[0].vertices.last()?, *pieces[1].vertices.first()?)))
            .map(|(end, start)| geodesy::distance(end, start))
            .sum()
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

    /// The place at a chainage, clamped to its ends; none for a border without vertices.
    pub fn place(&self, at: Length) -> Option<Coord> {
        let chainage = self.chainage_m();
        let reaches = |piece: &&Vec<f64>| piece.last().is_some_and(|&end| at.m() <= end);
        let last = chainage.len().checked_sub(1)?;
        let piece = chainage
            .iter()
            .position(|piece| reaches(&piece))
            .unwrap_or(last);
        Some(place_in(
            &self.pieces[piece].vertices,
            &chainage[piece],
            at.m(),
        ))
    }

    /// The lines from one chainage to another, one per piece that has some of it.
    ///
    /// # Properties
    ///
    /// Cutting a border into neighbouring stretches leaves the sum of their lengths unchanged.
    pub fn cut(&self, from: Length, to: Length) -> Vec<Vec<Coord>> {
        let pieces = self.pieces.iter().zip(self.chainage_m());
        pieces
            .filter_map(|(piece, chainage)| cut_piece(&piece.vertices, chainage, from.m(), to.m()))
            .collect()
    }
}

fn cut_piece(vertices: &[Coord], chainage_m: &[f64], from_m: f64, to_m: f64) -> Option<Vec<Coord>> {
    let (&start_m, &end_m) = (chainage_m.first()?, chainage_m.last()?);
    let (from_m, to_m) = (from_m.max(start_m), to_m.min(end_m));
    if from_m >= to_m {
        return None;
    }
    let first = chainage_m.partition_point(|&m| m <= from_m);
    let last = chainage_m.partition_point(|&m| m < to_m);
    let mut line = vec![place_in(vertices, chainage_m, from_m)];
    line.extend_from_slice(&vertices[first..last]);
    line.push(place_in(vertices, chainage_m, to_m));
    Some(line)
}

fn place_in(vertices: &[Coord], chainage_m: &[f64], at_m: f64) -> Coord {
    let next = chainage_m.partition_point(|&m| m <= at_m);
    if next == 0 {
        return vertices[0];
    }
    if next == vertices.len() {
        return vertices[next - 1];
    }
    Edge::new(vertices[next - 1], vertices[next]).at(at_m - chainage_m[next - 1])
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

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::Border;
    use super::Part;
    use super::Piece;
    use crate::geodesy;
    use crate::units::Length;

    fn border(pieces: &[&[(f64, f64)]]) -> Border {
        let piece = |places: &&[(f64, f64)]| Piece {
            vertices: places.iter().map(|&(x, y)| Coord { x, y }).collect(),
            exact: vec![true; places.len() - 1],
        };
        let code = |text: &str| text.parse().expect("a code");
        let pair = "AM-AZ".parse().expect("a pair");
        Border::new(
            pair,
            Part::Main,
            (code("AM"), code("AZ")),
            pieces.iter().map(piece).collect(),
        )
    }

    #[test]
    fn a_gap_between_pieces_counts_nothing() {
        let whole = border(&[&[(45.0, 41.0), (45.0, 40.5)], &[(45.0, 40.4), (45.0, 40.0)]]);
        let piece = |a, b| geodesy::distance(Coord { x: 45.0, y: a }, Coord { x: 45.0, y: b }).m();
        assert!((whole.length().m() - piece(41.0, 40.5) - piece(40.4, 40.0)).abs() < 1e-6);
        assert!((whole.gaps().m() - piece(40.5, 40.4)).abs() < 1e-6);
        assert!((whole.exact_share() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn stretches_that_follow_each_other_add_up_to_the_whole() {
        let whole = border(&[
            &[(45.0, 41.0), (45.2, 40.5), (45.1, 40.2)],
            &[(45.0, 40.1), (45.3, 40.0)],
        ]);
        let length = |from: f64, to: f64| {
            let cut = whole.cut(Length::from_km(from), Length::from_km(to));
            cut.iter()
                .map(|line| geodesy::length_of(line).m())
                .sum::<f64>()
        };
        let sum = length(0.0, 10.0) + length(10.0, 75.5) + length(75.5, 1000.0);
        assert!((sum - whole.length().m()).abs() < 1e-6);
    }

    #[test]
    fn the_shared_length_of_a_stretch_counts_only_what_is_in_it() {
        let place = |y: f64| Coord { x: 45.0, y };
        let piece = Piece {
            vertices: vec![place(40.0), place(40.1), place(40.2)],
            exact: vec![true, false],
        };
        let code = |text: &str| text.parse().expect("a code");
        let pair = "AM-AZ".parse().expect("a pair");
        let border = Border::new(pair, Part::Main, (code("AM"), code("AZ")), vec![piece]);
        let middle = Length::from_m(border.chainage_m()[0][1]);
        let share = |from: Length, to: Length| border.exact_share_of(from, to);
        assert!((share(Length::ZERO, middle) - 1.0).abs() < 1e-12);
        assert!(share(middle, border.length()).abs() < 1e-12);
        assert!((border.exact_share() - 0.5).abs() < 1e-3);
        assert!(share(middle, middle).abs() < 1e-12);
    }

    #[test]
    fn a_place_is_found_again_by_its_chainage() {
        let whole = border(&[&[(45.0, 41.0), (45.2, 40.5), (45.1, 40.2)]]);
        let at = whole.place(Length::from_km(70.0)).expect("a place");
        let before = whole.cut(Length::ZERO, Length::from_km(70.0));
        assert_eq!(before[0].last(), Some(&at));
        assert!((geodesy::length_of(&before[0]).km() - 70.0).abs() < 1e-9);
    }
}

//! The line that a zone lies along: a part of a border, a whole border or a segment.

use geo::Coord;

use crate::analysis::segments;
use crate::geodesy;
use crate::geodesy::EdgeTree;
use crate::model::Border;
use crate::model::Boundary;
use crate::model::Date;
use crate::model::Id;
use crate::model::Pair;
use crate::model::Part;
use crate::model::Segment;
use crate::model::World;
use crate::units::Length;

/// Some of a pair's border on one source.
pub(super) struct Line<'w> {
    pub(super) pair: Pair,
    /// `all`, a part, or the segment asked for.
    pub(super) label: String,
    pub(super) cuts: Vec<Cut<'w>>,
}

/// A run of vertices of a border.
#[derive(Clone)]
pub(super) struct Cut<'w> {
    pub(super) border: &'w Border,
    pub(super) vertices: Vec<Coord>,
    /// Chainage of each vertex.
    chainage_m: Vec<f64>,
}

/// The line's place that is nearest to something.
pub(super) struct Near<'w> {
    pub(super) border: &'w Border,
    pub(super) distance: Length,
    pub(super) km: f64,
}

impl<'w> Line<'w> {
    /// The lines of a pair: its whole border if that has several parts, then each part.
    pub(super) fn of_pair(boundary: &'w Boundary, pair: Pair) -> Vec<Self> {
        let line = |label: String, borders: &[&'w Border]| Self {
            pair,
            label,
            cuts: borders
                .iter()
                .flat_map(|border| cuts(border, Length::ZERO, border.length()))
                .collect(),
        };
        let parts: Vec<&Border> = boundary.borders_of(pair).collect();
        let is_main = |border: &&Border| border.part == Part::Main;
        let mut lines = Vec::new();
        if parts.len() > 1 {
            lines.push(line("all".to_owned(), &parts));
        } else if parts.iter().all(is_main) {
            // A border of one part needs no name for it.
            return vec![line("all".to_owned(), &parts)];
        }
        lines.extend(parts.iter().map(|part| line(part.part.label(), &[*part])));
        lines
    }

    /// All stretches of a segment; none if the source does not draw it.
    pub(super) fn of_segment(
        world: &World,
        boundary: &'w Boundary,
        segment: Id<Segment>,
        on: Date,
    ) -> Option<Self> {
        let record = &world.segments[segment];
        let stretches = segments::stretches(world, boundary, on, None);
        let cuts: Vec<Cut<'w>> = stretches
            .iter()
            .filter(|stretch| stretch.segment == Some(segment))
            .flat_map(|stretch| cuts(&boundary.borders[stretch.border], stretch.from, stretch.to))
            .collect();
        (!cuts.is_empty()).then(|| Self {
            pair: record.pair,
            label: record.id.clone(),
            cuts,
        })
    }

    /// The part of the border at a place: what the line is called where it is a segment.
    pub(super) fn part_of(&self, near: &Near<'_>) -> String {
        if self.label == "all" {
            near.border.part.label()
        } else {
            self.label.clone()
        }
    }

    /// Its edges, for nearest places.
    pub(super) fn tree(&self) -> EdgeTree {
        EdgeTree::new(self.cuts.iter().map(|cut| cut.vertices.as_slice()))
    }

    /// The place of an edge of [`Line::tree`].
    pub(super) fn near(
        &self,
        (line, edge): (usize, usize),
        at: Coord,
        distance: Length,
    ) -> Near<'w> {
        let cut = &self.cuts[line];
        let along = geodesy::distance(cut.vertices[edge], at);
        Near {
            border: cut.border,
            distance,
            km: (Length::from_m(cut.chainage_m[edge]) + along).km(),
        }
    }

    pub(super) fn length(&self) -> Length {
        let metres = self.cuts.iter().map(|cut| cut.end_m() - cut.start_m());
        Length::from_m(metres.sum())
    }

    /// The borders that it is of, each once.
    pub(super) fn borders(&self) -> Vec<&'w Border> {
        let mut borders: Vec<&Border> = self.cuts.iter().map(|cut| cut.border).collect();
        borders.dedup_by(|a, b| std::ptr::eq(*a, *b));
        borders
    }

    /// The straight distance over gaps inside it, where the source cut water out.
    pub(super) fn gaps(&self) -> Length {
        let between = self.cuts.windows(2);
        between
            .filter_map(|cuts| {
                let (one, other) = (&cuts[0], &cuts[1]);
                // Pieces of one border follow each other without chainage between them; stretches of a segment do not.
                let follows = std::ptr::eq(one.border, other.border)
                    && (one.end_m() - other.start_m()).abs() < 1.0;
                let ends = (one.vertices.last()?, other.vertices.first()?);
                follows.then(|| geodesy::distance(*ends.0, *ends.1))
            })
            .sum()
    }
}

impl Cut<'_> {
    fn start_m(&self) -> f64 {
        self.chainage_m.first().copied().unwrap_or_default()
    }

    fn end_m(&self) -> f64 {
        self.chainage_m.last().copied().unwrap_or_default()
    }
}

/// The lines of a border from one chainage to another, each with its chainage.
fn cuts(border: &Border, from: Length, to: Length) -> impl Iterator<Item = Cut<'_>> {
    let chainages: Vec<Vec<f64>> = border
        .chainage_m()
        .iter()
        .filter_map(|piece| {
            let (start_m, end_m) = (piece.first()?.max(from.m()), piece.last()?.min(to.m()));
            let inside = piece.iter().filter(|m| start_m < **m && **m < end_m);
            (start_m < end_m).then(|| {
                std::iter::once(start_m)
                    .chain(inside.copied())
                    .chain([end_m])
                    .collect()
            })
        })
        .collect();
    let lines = border.cut(from, to).into_iter().zip(chainages);
    lines.map(move |(vertices, chainage_m)| Cut {
        border,
        vertices,
        chainage_m,
    })
}

//! Where two sources disagree about a border, and by how much.
//!
//! *In*: two boundary sources, and which border. *Out*: per part of a border one row of distances, each with its place and kilometre; the
//! share of one line within a width of the other; the land that changes hands between the two.
//!
//! - Hausdorff distance: the most that either line strays from the other, exact to a millimetre, whatever vertices the lines have.
//! - Fréchet distance: the same with the order along the lines; either may be walked from its other end.
//! - Offsets: of points every [`STEP_M`] along one line from the other, both ways.
//! - Goodchild–Hunter: the share of one line within a width of the other, and the width that holds 95 %.
//! - Slivers: what one source gives to one state and the other source to the other.
//!
//! All in geodesic metres. Gaps between the pieces of a border are bridged straight, as a source that leaves out a reservoir has it.
//!
//! # References
//!
//! M. F. Goodchild, G. J. Hunter (1997), *A simple positional accuracy measure for linear features*, Int. J. Geogr. Inf. Sci. 11, 299–306.

mod line;
mod row;
mod slivers;

use geo::Coord;
use rayon::prelude::*;

use crate::analysis::segments;
use crate::analysis::segments::Stretch;
use crate::analysis::status::ErrorBudget;
use crate::geodesy;
use crate::geodesy::EdgeTree;
use crate::model::Border;
use crate::model::Boundary;
use crate::model::Id;
use crate::model::Pair;
use crate::model::Part;
use crate::model::Segment;
use crate::model::World;
use crate::units::Length;
use crate::units::rounded;

pub(in crate::analysis) use line::Line;
pub use row::CompareRow;
pub use row::CurveRow;
pub use row::Verdict;
pub use slivers::Sliver;
pub use slivers::SliverRow;
pub use slivers::slivers;

/// Distance between the points whose offsets are measured.
pub const STEP_M: f64 = 20.0;

/// Widths of the Goodchild–Hunter curve, in metres.
pub const WIDTHS_M: [f64; 13] = [
    1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0,
];

/// The errors of two sources at a part of a border, joined.
fn joint_error_m(world: &World, (a, b): (&Boundary, &Boundary), pair: Pair, part: &Part) -> f64 {
    let [one, other] = [a, b].map(|boundary| {
        let border = boundary
            .borders_of(pair)
            .find(|border| border.part == *part);
        ErrorBudget::new(world, boundary, border, Length::ZERO).total_m
    });
    rounded(one.hypot(other), 1)
}

/// Which border is compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// The pair; all if absent.
    pub pair: Option<Pair>,
    /// A segment of it; whole parts if absent.
    pub segment: Option<Id<Segment>>,
}

/// What one comparison gives.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Its figures.
    pub row: CompareRow,
    /// The Goodchild–Hunter curve.
    pub curve: Vec<CurveRow>,
    /// The line from the place of the Hausdorff distance to the nearest place on the other source.
    pub witness: [Coord; 2],
}

/// One part of a border as both sources draw it.
pub(in crate::analysis) struct Couple<'w> {
    pub(in crate::analysis) pair: Pair,
    /// The part, or the segment asked for.
    pub(in crate::analysis) label: String,
    pub(in crate::analysis) part: &'w Part,
    pub(in crate::analysis) a: Line,
    pub(in crate::analysis) b: Line,
}

/// Compares two sources along every part of a border that both draw, in the order of the first.
///
/// # Properties
///
/// - Exchanging the sources exchanges the offsets and leaves Hausdorff and Fréchet distance and slivers unchanged.
/// - A source compared with itself is zero metres away.
pub fn compare(world: &World, a: &Boundary, b: &Boundary, asked: Asked) -> Vec<Comparison> {
    let couples = asked.segment.map_or_else(
        || parts(a, b, asked.pair),
        |segment| stretches(world, a, b, segment),
    );
    let pair = asked
        .segment
        .map_or(asked.pair, |segment| Some(world.segments[segment].pair));
    let land = slivers(a, b, pair);
    couples
        .par_iter()
        .filter_map(|couple| comparison(world, (a, b), couple, &land))
        .collect()
}

/// The parts that both sources draw, in the order of the first.
pub(in crate::analysis) fn parts<'w>(
    a: &'w Boundary,
    b: &'w Boundary,
    pair: Option<Pair>,
) -> Vec<Couple<'w>> {
    let mine = a.borders.iter();
    mine.filter(|border| pair.is_none_or(|pair| pair == border.pair))
        .filter_map(|border| {
            let same = |other: &&Border| other.pair == border.pair && other.part == border.part;
            let other = b.borders.iter().find(same)?;
            Some(Couple {
                pair: border.pair,
                label: border.part.label(),
                part: &border.part,
                a: Line::whole(border),
                b: Line::whole(other),
            })
        })
        .collect()
}

/// A segment as both sources have it.
pub(in crate::analysis) fn stretches<'w>(
    world: &'w World,
    a: &'w Boundary,
    b: &'w Boundary,
    segment: Id<Segment>,
) -> Vec<Couple<'w>> {
    let record = &world.segments[segment];
    let on = |boundary: &'w Boundary| -> Vec<Stretch> {
        segments::stretches(world, boundary, world.meta.as_of, None)
            .into_iter()
            .filter(|stretch| stretch.segment == Some(segment))
            .collect()
    };
    let line = |boundary: &'w Boundary, stretch: &Stretch| {
        let pieces = boundary.borders[stretch.border].cut(stretch.from, stretch.to);
        Line::of(&pieces, stretch.from)
    };
    // A whole part's record speaks for several stretches: they are told apart by their order.
    let (mine, others) = (on(a), on(b));
    let several = mine.len() > 1;
    mine.iter()
        .zip(&others)
        .enumerate()
        .map(|(number, (one, other))| Couple {
            pair: record.pair,
            label: if several {
                format!("{} ({})", record.id, number + 1)
            } else {
                record.id.clone()
            },
            part: &a.borders[one.border].part,
            a: line(a, one),
            b: line(b, other),
        })
        .collect()
}

/// The Fréchet distance of a couple. Sources may tell the two ends of a border apart differently, so both directions are tried: the one in
/// which the ends are nearer.
fn frechet(couple: &Couple<'_>, at_least: Length) -> Option<Length> {
    let (a, mut b) = (&couple.a.places, couple.b.places.clone());
    let ends = |b: &[Coord]| -> Option<f64> {
        let start = geodesy::distance(*a.first()?, *b.first()?).m();
        Some(start.max(geodesy::distance(*a.last()?, *b.last()?).m()))
    };
    let forwards = ends(&b)?;
    b.reverse();
    if forwards <= ends(&b)? {
        b.reverse();
    }
    geodesy::frechet(a, &b, at_least)
}

fn comparison(
    world: &World,
    (a, b): (&Boundary, &Boundary),
    couple: &Couple<'_>,
    land: &[Sliver],
) -> Option<Comparison> {
    let (tree_a, tree_b) = (
        EdgeTree::new([&couple.a.places]),
        EdgeTree::new([&couple.b.places]),
    );
    let from_a = geodesy::farthest(&couple.a.places, &tree_b)?;
    let from_b = geodesy::farthest(&couple.b.places, &tree_a)?;
    let strays = from_a.distance() >= from_b.distance();
    let farthest = if strays { from_a } else { from_b };
    let hausdorff_km = if strays {
        couple.a.km(from_a.edge, from_a.along_m)
    } else {
        let near = from_b.nearest;
        couple.a.km(near.edge, near.along_m)
    };
    let (offsets, back) = (offsets(&couple.a, &tree_b), offsets(&couple.b, &tree_a));
    let frechet = frechet(couple, farthest.distance())?;
    let (to_second, to_first) = (couple.land_km2(land, true), couple.land_km2(land, false));
    let error_m = joint_error_m(world, (a, b), couple.pair, couple.part);
    let (p95_m, back_p95_m) = (quantile(&offsets, 0.95), quantile(&back, 0.95));
    let names = [a, b].map(|boundary| world.source_of(boundary).id.clone());
    let position = |at: Coord| [rounded(at.x, 6), rounded(at.y, 6)];
    let [a, b] = names;
    let row = CompareRow {
        pair: couple.pair,
        part: couple.label.clone(),
        length_a_km: rounded(couple.a.length().km(), 3),
        length_b_km: rounded(couple.b.length().km(), 3),
        spacing_a_m: rounded(couple.a.spacing_m(), 1),
        spacing_b_m: rounded(couple.b.spacing_m(), 1),
        hausdorff_m: rounded(farthest.distance().m(), 2),
        hausdorff_at: position(farthest.at),
        hausdorff_to: position(farthest.nearest.at),
        hausdorff_km: rounded(hausdorff_km, 3),
        frechet_m: rounded(frechet.m(), 2),
        mean_m: mean(&offsets),
        p95_m,
        back_mean_m: mean(&back),
        back_p95_m,
        to_second_km2: rounded(to_second, 4),
        to_first_km2: rounded(to_first, 4),
        sliver_km2: rounded(to_second + to_first, 4),
        error_m,
        within_error_pct: share_within(&offsets, error_m),
        verdict: Verdict::of(p95_m.max(back_p95_m), error_m),
        a,
        b,
    };
    Some(Comparison {
        curve: curve(&row, &offsets, &back),
        witness: [farthest.at, farthest.nearest.at],
        row,
    })
}

impl Couple<'_> {
    /// The land along it that changes hands, in one direction.
    fn land_km2(&self, land: &[Sliver], to_second: bool) -> f64 {
        let mine = land.iter().filter(|sliver| {
            sliver.pair == self.pair && sliver.part == *self.part && sliver.to_second == to_second
        });
        mine.filter(|sliver| self.is_whole() || self.holds(sliver.km))
            .map(|sliver| sliver.area_km2)
            .sum()
    }

    fn is_whole(&self) -> bool {
        self.label == self.part.label()
    }

    /// Whether a kilometre of the first source's border lies on the stretch.
    fn holds(&self, km: f64) -> bool {
        (self.a.from().km()..=self.a.to().km()).contains(&km)
    }
}

/// The offsets of a line's points from another, sorted.
fn offsets(line: &Line, tree: &EdgeTree) -> Vec<f64> {
    let points = line.points();
    let mut offsets: Vec<f64> = points
        .par_iter()
        .filter_map(|&point| tree.nearest(point))
        .map(|nearest| nearest.distance.m())
        .collect();
    offsets.sort_by(f64::total_cmp);
    offsets
}

fn mean(sorted: &[f64]) -> f64 {
    rounded(sorted.iter().sum::<f64>() / sorted.len().max(1) as f64, 2)
}

/// The least value that at least `share` of the sorted values do not exceed.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a count is a count"
)]
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    let value = sorted.get(rank.saturating_sub(1));
    rounded(value.copied().unwrap_or_default(), 2)
}

/// The share of sorted offsets that are within a width, in percent.
fn share_within(sorted: &[f64], width_m: f64) -> f64 {
    let within = sorted.partition_point(|offset| *offset <= width_m);
    rounded(100.0 * within as f64 / sorted.len().max(1) as f64, 2)
}

fn curve(row: &CompareRow, offsets: &[f64], back: &[f64]) -> Vec<CurveRow> {
    WIDTHS_M
        .iter()
        .map(|&width_m| CurveRow {
            pair: row.pair,
            part: row.part.clone(),
            a: row.a.clone(),
            b: row.b.clone(),
            width_m,
            a_within_pct: share_within(offsets, width_m),
            b_within_pct: share_within(back, width_m),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn the_quantile_is_the_least_value_that_enough_do_not_exceed() {
        let values: Vec<f64> = (1..=20).map(f64::from).collect();
        assert!((quantile(&values, 0.95) - 19.0).abs() < 1e-12);
        assert!((quantile(&values, 0.5) - 10.0).abs() < 1e-12);
        assert!(quantile(&[], 0.5).abs() < 1e-12);
    }
}

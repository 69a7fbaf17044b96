//! The length of a border against the ruler that measures it, after Richardson.
//!
//! *In*: the borders of boundary sources. *Out*: for each line and each ruler the length that dividers find on it, and how fast it falls:
//! the dimension of Mandelbrot, 1 for a smooth line, more for a crooked one. The same border on sources of different vertex spacing
//! stands side by side.
//!
//! # References
//!
//! L. F. Richardson (1961), *The problem of contiguity*, General Systems Yearbook 6, 139–187. B. B. Mandelbrot (1967), *How long is the
//! coast of Britain?*, Science 156, 636–638.

use rayon::prelude::*;
use serde::Serialize;

use crate::geodesy::Dividers;
use crate::model::Border;
use crate::model::Boundary;
use crate::model::Pair;
use crate::model::World;
use crate::units::Length;
use crate::units::rounded;

/// The rulers in metres: equal steps on a logarithmic scale, in round numbers.
const RULERS_M: [f64; 9] = [
    100.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0, 20_000.0, 50_000.0,
];

/// With fewer steps the rest at the end is a large share of the length, and its chance a large share of the slope.
const FEWEST_STEPS: usize = 10;

/// A slope through fewer points shows nothing.
const FEWEST_RULERS: usize = 3;

/// What one ruler finds on one line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RulerRow {
    /// The states.
    pub pair: String,
    /// The part of their border.
    pub part: String,
    /// The boundary source.
    pub source: String,
    /// The ruler.
    pub ruler_m: f64,
    /// The length that it finds: its steps and the rest.
    pub length_km: f64,
    /// Its full steps.
    pub steps: usize,
    /// The dimension of the line, from all its rulers; none where too few of them fit.
    pub dimension: Option<f64>,
}

/// A line in one row: how long, with what vertex spacing, how crooked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DimensionRow {
    /// The states.
    pub pair: String,
    /// The part of their border.
    pub part: String,
    /// The boundary source.
    pub source: String,
    /// Mean distance between vertices.
    pub spacing_m: f64,
    /// Geodesic length over all vertices.
    pub length_km: f64,
    /// The dimension; none where too few rulers fit.
    pub dimension: Option<f64>,
    /// How many rulers it is fitted to: from the vertex spacing up to that with ten steps.
    pub rulers: usize,
}

/// A line with what all rulers find on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruled {
    /// The line.
    pub line: DimensionRow,
    /// What each ruler finds, the shortest first; rulers longer than the line reaches are left out.
    pub rows: Vec<RulerRow>,
}

/// The borders of `boundaries` under all rulers, of one pair or of all: by pair, then part, then source.
///
/// # Properties
///
/// No ruler finds more than the geodesic length. Lines are measured in parallel; their order is kept.
pub fn rulers<'w>(
    world: &'w World,
    boundaries: impl IntoIterator<Item = &'w Boundary>,
    pair: Option<Pair>,
) -> Vec<Ruled> {
    let mut lines: Vec<(&Boundary, &Border)> = boundaries
        .into_iter()
        .flat_map(|boundary| {
            boundary
                .borders
                .iter()
                .map(move |border| (boundary, border))
        })
        .filter(|(_, border)| pair.is_none_or(|pair| pair == border.pair))
        .collect();
    let key = |line: &(&'w Boundary, &'w Border)| {
        (line.1.pair, &line.1.part, &world.source_of(line.0).id)
    };
    lines.sort_by(|one, other| key(one).cmp(&key(other)));
    lines
        .par_iter()
        .map(|(boundary, border)| ruled(world, boundary, border))
        .collect()
}

/// The length that a ruler finds on a border, piece by piece, and its full steps.
pub(crate) fn walk(dividers: &[Dividers<'_>], ruler: Length) -> (Length, usize) {
    let walks = dividers.iter().map(|piece| piece.walk(ruler));
    walks.fold((Length::ZERO, 0), |(length, steps), walk| {
        (length + walk.length, steps + walk.steps)
    })
}

/// Dividers for each piece of a border.
pub(crate) fn dividers(border: &Border) -> Vec<Dividers<'_>> {
    let pieces = border.pieces().iter();
    pieces.map(|piece| Dividers::new(&piece.vertices)).collect()
}

fn ruled(world: &World, boundary: &Boundary, border: &Border) -> Ruled {
    let dividers = dividers(border);
    let found: Vec<(f64, Length, usize)> = RULERS_M
        .iter()
        .map(|&ruler_m| {
            let (length, steps) = walk(&dividers, Length::from_m(ruler_m));
            (ruler_m, length, steps)
        })
        .filter(|(_, _, steps)| *steps > 0)
        .collect();
    let spacing_m = border.spacing().m();
    let fitted: Vec<(f64, f64)> = found
        .iter()
        .filter(|(ruler_m, _, steps)| *ruler_m >= spacing_m && *steps >= FEWEST_STEPS)
        .map(|(ruler_m, length, _)| (ruler_m.ln(), length.m().ln()))
        .collect();
    let dimension = slope(&fitted).map(|slope| rounded(1.0 - slope, 3));
    let line = DimensionRow {
        pair: border.pair.to_string(),
        part: border.part.label(),
        source: world.source_of(boundary).id.clone(),
        spacing_m: rounded(spacing_m, 1),
        length_km: rounded(border.length().km(), 3),
        dimension,
        rulers: fitted.len(),
    };
    let rows = found.into_iter().map(|(ruler_m, length, steps)| RulerRow {
        pair: line.pair.clone(),
        part: line.part.clone(),
        source: line.source.clone(),
        ruler_m,
        length_km: rounded(length.km(), 3),
        steps,
        dimension,
    });
    Ruled {
        rows: rows.collect(),
        line,
    }
}

/// The slope of the straight line through points, by least squares.
fn slope(points: &[(f64, f64)]) -> Option<f64> {
    if points.len() < FEWEST_RULERS {
        return None;
    }
    let count = points.len() as f64;
    let mean_x = points.iter().map(|(x, _)| x).sum::<f64>() / count;
    let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / count;
    let across = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y));
    let along = points.iter().map(|(x, _)| (x - mean_x).powi(2));
    Some(across.sum::<f64>() / along.sum::<f64>())
}

#[cfg(test)]
mod tests {
    use super::slope;

    #[test]
    fn a_slope_is_that_of_least_squares() {
        assert_eq!(slope(&[(0.0, 1.0), (1.0, 3.0)]), None);
        let found = slope(&[(0.0, 1.0), (1.0, 3.0), (2.0, 4.0)]).expect("three points");
        assert!((found - 1.5).abs() < 1e-12);
    }
}

//! The figures of a comparison.

use serde::Serialize;

use crate::model::Pair;

/// How two sources draw one part of a border.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompareRow {
    /// The states.
    pub pair: Pair,
    /// The part of their border, or the segment asked for.
    pub part: String,
    /// One source.
    pub a: String,
    /// The other.
    pub b: String,
    /// Length on the one.
    pub length_a_km: f64,
    /// Length on the other.
    pub length_b_km: f64,
    /// Mean distance between neighbouring vertices on the one: its ruler.
    pub spacing_a_m: f64,
    /// On the other.
    pub spacing_b_m: f64,
    /// The most that either strays from the other.
    pub hausdorff_m: f64,
    /// Where: on the line that strays.
    pub hausdorff_at: [f64; 2],
    /// The nearest place on the other line.
    pub hausdorff_to: [f64; 2],
    /// Kilometre there on the first source.
    pub hausdorff_km: f64,
    /// The distance that heeds the order along the lines.
    pub frechet_m: f64,
    /// Mean offset of the first source's points from the second's line.
    pub mean_m: f64,
    /// 95 % of them are within this: the Goodchild–Hunter width of the first about the second.
    pub p95_m: f64,
    /// Mean offset of the second source's points from the first's line.
    pub back_mean_m: f64,
    /// 95 % of those are within this.
    pub back_p95_m: f64,
    /// Land that the first source gives to the pair's first state and the second source to its second.
    pub to_second_km2: f64,
    /// Land that the first source gives to the pair's second state and the second source to its first.
    pub to_first_km2: f64,
    /// The two together.
    pub sliver_km2: f64,
    /// The errors of both sources there, joined (95 %).
    pub error_m: f64,
    /// Share of the first source's line within that of the second's.
    pub within_error_pct: f64,
    /// `within_error` if 95 % of either line are within the error of the other, so that the sources may mean one line; else `distinct`.
    pub verdict: Verdict,
}

/// Whether two lines, or the land between them, can be told apart with the errors that their sources have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The difference is larger than the error.
    Distinct,
    /// The difference is no larger than the error.
    WithinError,
}

impl Verdict {
    pub(super) fn of(difference_m: f64, error_m: f64) -> Self {
        if difference_m > error_m {
            Self::Distinct
        } else {
            Self::WithinError
        }
    }
}

/// A point of the Goodchild–Hunter curve.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CurveRow {
    /// The states.
    pub pair: Pair,
    /// The part of their border, or the segment asked for.
    pub part: String,
    /// One source.
    pub a: String,
    /// The other.
    pub b: String,
    /// Width.
    pub width_m: f64,
    /// Share of the first source's line within it of the second's.
    pub a_within_pct: f64,
    /// Share of the second source's line within it of the first's.
    pub b_within_pct: f64,
}

//! What the program has to hold against a published figure.

use serde::Serialize;

use crate::units::rounded;

/// However inaccurate a coarser source is, a figure counts as its own only within this share of it.
pub(super) const LARGEST_DOUBT: f64 = 0.05;

/// Computed figures for one published one, in its unit.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// The figure as the program measures it.
    pub(super) computed: f64,
    /// What it was measured on.
    pub(super) on: String,
    /// How far the measure may be off (95 %), without the rounding of the published figure.
    pub(super) tolerance: f64,
    /// The same figure over other ground.
    pub(super) elsewhere: Vec<Reading>,
    /// The length against the ruler, over the ground itself or over other ground.
    pub(super) curves: Vec<Curve>,
    /// The same figure on coarser boundary sources.
    pub(super) coarser: Vec<Reading>,
    /// The same figure by other published ones.
    pub(super) published: Vec<Reading>,
    /// Whether a way rests on nothing but the very source of the published figure.
    pub(super) is_own: bool,
    /// How much of a way rests on nothing but a drawing or an assumption, in kilometres.
    pub(super) unsourced: f64,
    /// The share of a way whose sections others publish.
    pub(super) published_share: f64,
    /// The terms of a sum of ways.
    pub(super) parts: Vec<PartRow>,
}

/// A figure with what it stands for.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// The figure.
    pub(super) value: f64,
    /// How far it may be off (95 %).
    pub(super) tolerance: f64,
    /// What it stands for, as the start of a sentence that ends in the figure.
    pub(super) words: String,
}

/// Length against ruler.
#[derive(Debug, Clone)]
pub(super) struct Curve {
    /// What it was walked on, and over which ground.
    pub(super) words: String,
    /// Ruler in metres and length in kilometres, the shortest ruler first.
    pub(super) points: Vec<(f64, f64)>,
}

/// A term of a sum of ways: how long it is, and who says so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartRow {
    /// The way, with its sign in front if it is taken off.
    pub part: String,
    /// Its length.
    pub km: f64,
    /// The sources of its sections.
    pub sources: Vec<String>,
    /// Kilometres that no source gives: drawn, or assumed.
    pub unsourced_km: f64,
}

impl Reading {
    /// Whether a published figure that is rounded by `half` up or down may be this one.
    pub(super) fn may_be(&self, published: f64, half: f64) -> bool {
        (self.value - published).abs() <= self.tolerance + half
    }
}

/// A figure in a sentence: one decimal, two below ten.
pub(super) fn said(value: f64) -> String {
    rounded(value, if value.abs() < 10.0 { 2 } else { 1 }).to_string()
}

//! How far the line of one boundary source lies from that of another, as measured.

use crate::model::Id;
use crate::model::Pair;
use crate::model::Source;

/// The measured offsets of a data set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Offsets {
    /// The command that measured them.
    pub command: String,
    /// How.
    pub method: String,
    /// Distance between the points along a line.
    pub step_m: f64,
    /// One row per source, source that it is held against, and part of a border.
    pub rows: Vec<Offset>,
}

/// Offsets of points along one part of a border on one source from the line of another.
#[derive(Debug, Clone, PartialEq)]
pub struct Offset {
    /// The source whose points these are.
    pub source: Id<Source>,
    /// The source whose line they are held against.
    pub against: Id<Source>,
    /// The states.
    pub pair: Pair,
    /// The part of their border: `main`, or the territory id of a subdivision.
    pub part: String,
    /// The number of points.
    pub points: u32,
    /// Half of the points are within this many metres.
    pub median_m: f64,
    /// 95 % of the points are.
    pub p95_m: f64,
    /// All of them are.
    pub max_m: f64,
}

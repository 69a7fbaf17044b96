//! How far the sources' lines lie from each other, as measured when the data was made.

use serde::Serialize;

use crate::model::Offset;
use crate::model::Pair;
use crate::model::World;

/// Offsets along one part of a border on one source from the line of another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OffsetRow {
    /// The states.
    pub pair: String,
    /// The part of their border.
    pub part: String,
    /// The source whose points these are.
    pub source: String,
    /// The source whose line they are held against.
    pub against: String,
    /// The number of points.
    pub points: u32,
    /// Half of them are within this many metres.
    pub median_m: f64,
    /// 95 % of them are.
    pub p95_m: f64,
    /// All of them are.
    pub max_m: f64,
}

/// The offsets of one source or of all, along one pair's border or all, by pair and part.
pub fn rows(world: &World, source: Option<&str>, pair: Option<Pair>) -> Vec<OffsetRow> {
    let asked = |offset: &&Offset| {
        pair.is_none_or(|pair| pair == offset.pair)
            && source.is_none_or(|source| world.sources[offset.source].id == source)
    };
    let mut rows: Vec<OffsetRow> = world
        .offsets
        .rows
        .iter()
        .filter(asked)
        .map(|offset| row(world, offset))
        .collect();
    rows.sort_by(|a, b| {
        let key = |row: &OffsetRow| (row.pair.clone(), row.part.clone(), row.source.clone());
        key(a).cmp(&key(b))
    });
    rows
}

fn row(world: &World, offset: &Offset) -> OffsetRow {
    OffsetRow {
        pair: offset.pair.to_string(),
        part: offset.part.clone(),
        source: world.sources[offset.source].id.clone(),
        against: world.sources[offset.against].id.clone(),
        points: offset.points,
        median_m: offset.median_m,
        p95_m: offset.p95_m,
        max_m: offset.max_m,
    }
}

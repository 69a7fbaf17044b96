//! `boundaries/offsets.json`: how far the sources' lines lie from each other.

use serde::Deserialize;

use crate::dataset::parse;
use crate::error::Problem;
use crate::model::Id;
use crate::model::Offset;
use crate::model::Offsets;
use crate::model::Pair;
use crate::model::Source;
use crate::model::SourceKind;
use crate::model::Table;

pub(super) const FILE: &str = "boundaries/offsets.json";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    command: String,
    method: String,
    step_m: f64,
    rows: Vec<RawRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRow {
    source: String,
    against: String,
    pair: Pair,
    part: String,
    points: u32,
    median_m: f64,
    p95_m: f64,
    max_m: f64,
}

/// The offsets; none, and a problem, if the file is unsound.
pub(super) fn read(bytes: &[u8], sources: &Table<Source>, problems: &mut Vec<Problem>) -> Offsets {
    offsets(bytes, sources)
        .map_err(|problem| problems.push(problem))
        .unwrap_or_default()
}

fn offsets(bytes: &[u8], sources: &Table<Source>) -> Result<Offsets, Problem> {
    let raw: Raw = parse::json(FILE, bytes)?;
    if !(raw.step_m > 0.0 && raw.step_m.is_finite()) {
        return Err(Problem::of_file(FILE, "is no distance in metres").at("step_m"));
    }
    let rows = raw.rows.into_iter().enumerate();
    let rows = rows.map(|(number, row)| offset(number, row, sources));
    Ok(Offsets {
        command: raw.command,
        method: raw.method,
        step_m: raw.step_m,
        rows: rows.collect::<Result<_, _>>()?,
    })
}

fn offset(number: usize, raw: RawRow, sources: &Table<Source>) -> Result<Offset, Problem> {
    let fault = |property: &str, message: String| {
        Problem::of_file(FILE, message).at(format!("rows[{number}].{property}"))
    };
    let source = |property: &str, slug: &str| -> Result<Id<Source>, Problem> {
        sources
            .find(slug)
            .filter(|&id| sources[id].kind == SourceKind::Boundary)
            .ok_or_else(|| {
                fault(
                    property,
                    format!("`{slug}` is no boundary source of sources.json"),
                )
            })
    };
    let in_order = 0.0 <= raw.median_m && raw.median_m <= raw.p95_m && raw.p95_m <= raw.max_m;
    if !in_order {
        let message = "0 ≤ `median_m` ≤ `p95_m` ≤ `max_m` does not hold".to_owned();
        return Err(fault("median_m", message));
    }
    Ok(Offset {
        source: source("source", &raw.source)?,
        against: source("against", &raw.against)?,
        pair: raw.pair,
        part: raw.part,
        points: raw.points,
        median_m: raw.median_m,
        p95_m: raw.p95_m,
        max_m: raw.max_m,
    })
}

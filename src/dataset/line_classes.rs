//! `line-classes.geojson`: lines that a boundary source classifies in its own words.

use geo::LineString;
use geo::MultiLineString;
use geojson::GeometryValue;
use serde::Deserialize;

use crate::dataset::claims::Claims;
use crate::dataset::claims::RawClaim;
use crate::dataset::feature;
use crate::dataset::feature::Record;
use crate::dataset::ids::Ids;
use crate::error::Problem;
use crate::model::LineClass;
use crate::model::Names;
use crate::model::Pair;
use crate::model::Source;
use crate::model::SourceKind;
use crate::model::Table;

pub(super) const FILE: &str = "line-classes.geojson";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    source: String,
    pair: Option<Pair>,
    names: Option<Names>,
    classes: Vec<RawClaim<String>>,
}

/// The sound lines.
pub(super) fn read(
    bytes: &[u8],
    sources: &Table<Source>,
    problems: &mut Vec<Problem>,
) -> Table<LineClass> {
    let mut ids = Ids::default();
    let mut lines = Vec::new();
    for record in feature::features::<Raw>(FILE, bytes, problems) {
        match line_class(record, sources, &mut ids, problems) {
            Ok(line) => lines.push(line),
            Err(problem) => problems.push(problem),
        }
    }
    Table::new(lines)
}

fn line_class(
    record: Record<Raw>,
    sources: &Table<Source>,
    ids: &mut Ids,
    problems: &mut Vec<Problem>,
) -> Result<LineClass, Problem> {
    let lines = lines(&record)?;
    let raw = &record.properties;
    ids.check(FILE, record.number, &raw.id, record.id.as_deref())?;
    let source = sources
        .find(&raw.source)
        .filter(|&id| sources[id].kind == SourceKind::Boundary)
        .ok_or_else(|| {
            let message = format!("`{}` is no boundary source of sources.json", raw.source);
            record.fault(FILE, message).at("source")
        })?;
    if raw.classes.is_empty() {
        let message = "has no claim: say how the source classifies the line";
        return Err(record.fault(FILE, message).at("classes"));
    }
    let (number, raw) = (record.number, record.properties);
    let fault = |message: String| Problem::of_feature(FILE, number, Some(&raw.id), message);
    let mut claims = Claims {
        sources,
        fault: &fault,
        problems,
    };
    let classes = claims.all("classes", raw.classes);
    Ok(LineClass {
        id: raw.id,
        source,
        pair: raw.pair,
        names: raw.names.unwrap_or_default(),
        lines,
        classes,
    })
}

fn lines(record: &Record<Raw>) -> Result<MultiLineString, Problem> {
    let parts = match &record.geometry {
        Some(GeometryValue::LineString { coordinates }) => std::slice::from_ref(coordinates),
        Some(GeometryValue::MultiLineString { coordinates }) => coordinates.as_slice(),
        other => {
            return Err(record.wrong_type(FILE, other.as_ref(), "LineString or MultiLineString"));
        }
    };
    let fault = |message: String| record.fault(FILE, message).at("geometry");
    let mut lines = Vec::with_capacity(parts.len());
    for part in parts {
        let line = feature::places(part).map_err(fault)?;
        if line.len() < 2 {
            return Err(fault("a line needs two positions".to_owned()));
        }
        lines.push(LineString::new(line));
    }
    Ok(MultiLineString::new(lines))
}

//! `sources.json` and `meta.json`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::dataset::ids::Ids;
use crate::dataset::parse;
use crate::error::Problem;
use crate::model::Code;
use crate::model::Conic;
use crate::model::Covers;
use crate::model::Date;
use crate::model::Meta;
use crate::model::Names;
use crate::model::Package;
use crate::model::Source;
use crate::model::SourceKind;
use crate::model::Table;

pub(super) const SOURCES: &str = "sources.json";
pub(super) const META: &str = "meta.json";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    id: String,
    kind: SourceKind,
    title: String,
    publisher: String,
    edition: Option<Date>,
    licence: String,
    address: Option<String>,
    package: Option<Package>,
    scale: Option<String>,
    accuracy_m: Option<f64>,
    accuracy_basis: Option<String>,
    covers: Option<Covers>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMeta {
    title: String,
    as_of: Date,
    primary_source: String,
    region: [f64; 4],
    projection: Conic,
    languages: Vec<String>,
    states: BTreeMap<Code, Names>,
    notes: Vec<String>,
}

/// The sound sources.
pub(super) fn sources(bytes: &[u8], problems: &mut Vec<Problem>) -> Table<Source> {
    let mut ids = Ids::default();
    let mut sources = Vec::new();
    for (number, raw) in parse::records::<RawSource>(SOURCES, bytes, problems) {
        let fault = |property: &str, message: &str| {
            Problem::of_feature(SOURCES, number, Some(&raw.id), message).at(property)
        };
        if let Err(problem) = ids.check(SOURCES, number, &raw.id, None) {
            problems.push(problem);
        } else if let Some((property, message)) = missing(&raw) {
            problems.push(fault(property, message));
        } else {
            sources.push(source(raw));
        }
    }
    Table::new(sources)
}

/// What a source of its kind must carry and this one does not.
fn missing(raw: &RawSource) -> Option<(&'static str, &'static str)> {
    if raw.covers.is_some() && raw.kind != SourceKind::Boundary {
        return Some(("covers", "is only for boundary sources: remove it"));
    }
    let is_map = matches!(raw.kind, SourceKind::Boundary | SourceKind::Network);
    if raw.kind == SourceKind::Publication {
        return raw
            .address
            .is_none()
            .then_some(("address", "is missing: say where it can be read"));
    }
    if raw.package.is_none() && raw.address.is_none() {
        return Some((
            "package",
            "is missing: name the package, or give an `address`",
        ));
    }
    if is_map && raw.scale.is_none() {
        return Some(("scale", "is missing: give the nominal scale or tolerance"));
    }
    if raw.accuracy_m.is_none_or(|m| !m.is_finite() || m < 0.0) {
        return Some((
            "accuracy_m",
            "is missing or negative: metres that 95 % of positions are within",
        ));
    }
    raw.accuracy_basis.is_none().then_some((
        "accuracy_basis",
        "is missing: say how the accuracy was determined",
    ))
}

fn source(raw: RawSource) -> Source {
    Source {
        id: raw.id,
        kind: raw.kind,
        title: raw.title,
        publisher: raw.publisher,
        edition: raw.edition,
        licence: raw.licence,
        address: raw.address,
        package: raw.package,
        scale: raw.scale,
        accuracy_m: raw.accuracy_m,
        accuracy_basis: raw.accuracy_basis,
        covers: raw.covers,
    }
}

/// What the data set says about itself.
pub(super) fn meta(bytes: &[u8], sources: &Table<Source>) -> Result<Meta, Problem> {
    let raw: RawMeta = parse::json(META, bytes)?;
    let fault = |property: &str, message: String| Problem::of_file(META, message).at(property);
    let primary_source = sources
        .find(&raw.primary_source)
        .filter(|&id| sources[id].kind == SourceKind::Boundary)
        .ok_or_else(|| {
            let message = format!(
                "`{}` is no boundary source of sources.json",
                raw.primary_source
            );
            fault("primary_source", message)
        })?;
    let [west, south, east, north] = raw.region;
    let on_earth = (-180.0..=180.0).contains(&west)
        && (-180.0..=180.0).contains(&east)
        && (-90.0..=90.0).contains(&south)
        && (-90.0..=90.0).contains(&north);
    if !on_earth || west >= east || south >= north {
        let message = "must be west, south, east, north in degrees, west before east".to_owned();
        return Err(fault("region", message));
    }
    let conic = raw.projection;
    if (conic.lat_1 + conic.lat_2).abs() < 1e-9
        || conic.lat_1.abs() > 89.0
        || conic.lat_2.abs() > 89.0
    {
        let message = "`lat_1` and `lat_2` must not be opposite or at a pole".to_owned();
        return Err(fault("projection", message));
    }
    Ok(Meta {
        title: raw.title,
        as_of: raw.as_of,
        primary_source,
        region: raw.region,
        projection: raw.projection,
        languages: raw.languages,
        territories: raw.states,
        notes: raw.notes,
    })
}

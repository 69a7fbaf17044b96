//! `disputes.geojson`.

use geojson::GeometryValue;
use serde::Deserialize;

use crate::dataset::claims::Claims;
use crate::dataset::claims::RawClaim;
use crate::dataset::feature;
use crate::dataset::feature::Record;
use crate::dataset::ids::Ids;
use crate::dataset::rings;
use crate::error::Problem;
use crate::model::Code;
use crate::model::Dispute;
use crate::model::DisputeKind;
use crate::model::DisputePlace;
use crate::model::Names;
use crate::model::Pair;
use crate::model::Source;
use crate::model::SourceKind;
use crate::model::Table;

pub(super) const FILE: &str = "disputes.geojson";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    kind: DisputeKind,
    names: Names,
    de_jure: Option<Code>,
    pair: Pair,
    control: Vec<RawClaim<Code>>,
    area_km2: Vec<RawClaim<f64>>,
    extent: RawExtent,
    extent_source: Option<String>,
    issue: String,
    evidence: Vec<RawClaim<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawExtent {
    Known,
    Unknown,
}

/// The sound dispute records.
pub(super) fn read(
    bytes: &[u8],
    sources: &Table<Source>,
    strictly: bool,
    problems: &mut Vec<Problem>,
) -> Table<Dispute> {
    let mut ids = Ids::default();
    let mut disputes = Vec::new();
    for record in feature::features::<Raw>(FILE, bytes, problems) {
        let checked = ids
            .check(
                FILE,
                record.number,
                &record.properties.id,
                record.id.as_deref(),
            )
            .and_then(|()| place(&record, sources, strictly));
        match checked {
            Ok(place) => disputes.push(dispute(record, place, sources, problems)),
            Err(problem) => problems.push(problem),
        }
    }
    Table::new(disputes)
}

fn place(
    record: &Record<Raw>,
    sources: &Table<Source>,
    strictly: bool,
) -> Result<DisputePlace, Problem> {
    let raw = &record.properties;
    match (raw.extent, &record.geometry) {
        (RawExtent::Unknown, Some(GeometryValue::Point { .. })) => {
            if raw.extent_source.is_some() {
                let message = "is given although the extent is unknown: remove it";
                return Err(record.fault(FILE, message).at("extent_source"));
            }
            record.point(FILE).map(DisputePlace::Point)
        }
        (RawExtent::Unknown, other) => {
            Err(record.wrong_type(FILE, other.as_ref(), "Point, as the extent is unknown,"))
        }
        (RawExtent::Known, Some(geometry)) => {
            let area = rings::polygons(geometry, strictly)
                .map_err(|message| record.fault(FILE, message).at("geometry"))?;
            let source = raw
                .extent_source
                .as_deref()
                .and_then(|slug| sources.find(slug))
                .filter(|&id| sources[id].kind == SourceKind::Boundary)
                .ok_or_else(|| {
                    record
                        .fault(FILE, "must name a boundary source")
                        .at("extent_source")
                })?;
            Ok(DisputePlace::Outline { area, source })
        }
        (RawExtent::Known, None) => Err(record.wrong_type(FILE, None, "Polygon or MultiPolygon")),
    }
}

fn dispute(
    record: Record<Raw>,
    place: DisputePlace,
    sources: &Table<Source>,
    problems: &mut Vec<Problem>,
) -> Dispute {
    let (number, raw) = (record.number, record.properties);
    let fault = |message: String| Problem::of_feature(FILE, number, Some(&raw.id), message);
    let mut claims = Claims {
        sources,
        fault: &fault,
        problems,
    };
    let control = claims.all("control", raw.control);
    let area_km2 = claims.all("area_km2", raw.area_km2);
    let evidence = claims.all("evidence", raw.evidence);
    Dispute {
        id: raw.id,
        kind: raw.kind,
        names: raw.names,
        de_jure: raw.de_jure,
        pair: raw.pair,
        control,
        area_km2,
        place,
        issue: raw.issue,
        evidence,
    }
}

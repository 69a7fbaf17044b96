//! `segments.geojson`.

use geo::Coord;
use geojson::GeometryValue;
use serde::Deserialize;
use serde_json::Value;

use crate::dataset::claims::Claims;
use crate::dataset::claims::Extra;
use crate::dataset::claims::RawClaim;
use crate::dataset::feature;
use crate::dataset::feature::Record;
use crate::dataset::ids::Ids;
use crate::dataset::wording::wording;
use crate::error::Problem;
use crate::model::Claim;
use crate::model::Code;
use crate::model::Control;
use crate::model::Extent;
use crate::model::Names;
use crate::model::Pair;
use crate::model::Segment;
use crate::model::Source;
use crate::model::Status;
use crate::model::Table;

pub(super) const FILE: &str = "segments.geojson";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    pair: Pair,
    part: RawPart,
    order: i64,
    names: Names,
    anchor_accuracy_m: Option<f64>,
    anchor_basis: String,
    #[serde(default)]
    reverse: bool,
    issue: Option<String>,
    status: Vec<RawClaim<Value>>,
}

/// `main`, `ring` or a subdivision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
enum RawPart {
    Main,
    Ring,
    Subdivision(Code),
}

impl TryFrom<String> for RawPart {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "main" => Ok(Self::Main),
            "ring" => Ok(Self::Ring),
            code => match code.parse() {
                Ok(code) if Code::is_subdivision(code) => Ok(Self::Subdivision(code)),
                _ => Err(format!(
                    "`{code}` is no part: use `main`, `ring` or the code of a subdivision by ISO 3166-2"
                )),
            },
        }
    }
}

/// The sound segments.
pub(super) fn read(
    bytes: &[u8],
    sources: &Table<Source>,
    problems: &mut Vec<Problem>,
) -> Table<Segment> {
    let mut ids = Ids::default();
    let mut orders = std::collections::BTreeMap::new();
    let mut segments = Vec::new();
    for record in feature::features::<Raw>(FILE, bytes, problems) {
        let checked = ids
            .check(
                FILE,
                record.number,
                &record.properties.id,
                record.id.as_deref(),
            )
            .and_then(|()| extent(&record))
            .and_then(|extent| match unique_order(&mut orders, &record) {
                Some(problem) => Err(problem),
                None => Ok(extent),
            });
        match checked {
            Ok(extent) => segments.push(segment(record, extent, sources, problems)),
            Err(problem) => problems.push(problem),
        }
    }
    Table::new(segments)
}

fn unique_order(
    orders: &mut std::collections::BTreeMap<(Pair, RawPart, i64), String>,
    record: &Record<Raw>,
) -> Option<Problem> {
    let raw = &record.properties;
    let first = orders.insert((raw.pair, raw.part, raw.order), raw.id.clone())?;
    let message = format!(
        "{} is that of `{first}` too: number the segments along the chainage",
        raw.order
    );
    Some(record.fault(FILE, message).at("order"))
}

fn extent(record: &Record<Raw>) -> Result<Extent, Problem> {
    let raw = &record.properties;
    let fault = |message: String| record.fault(FILE, message).at("geometry");
    let subdivision = match raw.part {
        RawPart::Subdivision(code) => Some(code),
        RawPart::Main | RawPart::Ring => None,
    };
    match (raw.part, &record.geometry) {
        (RawPart::Ring, Some(GeometryValue::Point { coordinates })) => Ok(Extent::Ring {
            inside: feature::place(coordinates).map_err(fault)?,
        }),
        (RawPart::Ring, other) => {
            Err(record.wrong_type(FILE, other.as_ref(), "Point inside the enclave"))
        }
        (_, None) => Ok(Extent::Whole {
            subdivision,
            reverse: raw.reverse,
        }),
        (_, Some(GeometryValue::MultiPoint { coordinates })) => {
            let anchors: Vec<Coord> = feature::places(coordinates).map_err(fault)?;
            let [from, to] = anchors[..] else {
                return Err(fault(format!(
                    "has {} anchors: two are expected",
                    anchors.len()
                )));
            };
            let anchor_accuracy_m = raw.anchor_accuracy_m.ok_or_else(|| {
                record
                    .fault(FILE, "is missing: how far may the anchors be off?")
                    .at("anchor_accuracy_m")
            })?;
            Ok(Extent::Between {
                subdivision,
                from,
                to,
                anchor_accuracy_m,
            })
        }
        (_, other) => {
            Err(record.wrong_type(FILE, other.as_ref(), "MultiPoint of two anchors, or null"))
        }
    }
}

fn segment(
    record: Record<Raw>,
    extent: Extent,
    sources: &Table<Source>,
    problems: &mut Vec<Problem>,
) -> Segment {
    let (number, raw) = (record.number, record.properties);
    let fault = |message: String| Problem::of_feature(FILE, number, Some(&raw.id), message);
    let mut claims = Claims {
        sources,
        fault: &fault,
        problems,
    };
    let status = status(raw.status, &mut claims);
    for problem in foreign_sides(raw.pair, &status.control, &fault) {
        problems.push(problem);
    }
    Segment {
        id: raw.id,
        pair: raw.pair,
        extent,
        order: raw.order,
        names: raw.names,
        anchor_basis: raw.anchor_basis,
        issue: raw.issue,
        status,
    }
}

/// Control claims that speak of a side which is not one of the pair's.
fn foreign_sides(
    pair: Pair,
    control: &[Claim<Control>],
    fault: &dyn Fn(String) -> Problem,
) -> Vec<Problem> {
    control
        .iter()
        .flat_map(|claim| claim.value.keys())
        .filter(|&&side| side != pair.first && side != pair.second)
        .map(|side| fault(format!("control of `{side}`, which is no side of {pair}")).at("status"))
        .collect()
}

fn status(raw: Vec<RawClaim<Value>>, claims: &mut Claims<'_>) -> Status {
    let mut status = Status::default();
    for (number, claim) in raw.into_iter().enumerate() {
        let at = format!("status[{number}]");
        match claim.axis().map(str::to_owned).as_deref() {
            Some("stage") => status.stage.extend(typed(&at, claim, claims)),
            Some("agreement") => status.agreement.extend(typed(&at, claim, claims)),
            Some("control") => status.control.extend(typed(&at, claim, claims)),
            Some("basis") => status.basis.extend(typed(&at, claim, claims)),
            Some("geometry") => status.geometry.extend(typed(&at, claim, claims)),
            other => {
                let found = other.map_or("is missing".to_owned(), |axis| {
                    format!("`{axis}` is unknown")
                });
                let message = format!("{found}: use stage, agreement, control, basis or geometry");
                claims
                    .problems
                    .push((claims.fault)(message).at(format!("{at}.axis")));
            }
        }
    }
    status
}

/// The claim with its value read as the type of its axis.
fn typed<T: serde::de::DeserializeOwned>(
    at: &str,
    claim: RawClaim<Value>,
    claims: &mut Claims<'_>,
) -> Option<Claim<T>> {
    match serde_json::from_value(claim.value.clone()) {
        Ok(value) => claims.claim(at, claim.with(value), Extra::Axis, &|value: T, _| value),
        Err(error) => {
            let message = wording(&error).message;
            claims
                .problems
                .push((claims.fault)(message).at(format!("{at}.value")));
            None
        }
    }
}

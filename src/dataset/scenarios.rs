//! `scenarios/*.json`.

use std::borrow::Cow;

use serde::Deserialize;

use crate::dataset::claims::Claims;
use crate::dataset::ids::Ids;
use crate::dataset::parse;
use crate::error::Problem;
use crate::model::Change;
use crate::model::Crossing;
use crate::model::Date;
use crate::model::Dwell;
use crate::model::Id;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Op;
use crate::model::Scenario;
use crate::model::Source;
use crate::model::Table;

pub(super) const FOLDER: &str = "scenarios";
/// The scenario that every data set has: the world as it is.
const AS_IT_IS: &str = "status-quo";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    title: String,
    summary: String,
    on: Option<Date>,
    changes: Vec<RawChange>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChange {
    op: String,
    link: Option<String>,
    crossing: Option<String>,
    mode: Option<Mode>,
    low: Option<f64>,
    typical: Option<f64>,
    high: Option<f64>,
    usd_per_t_km: Option<f64>,
    gauge_mm: Option<u32>,
    source: Option<String>,
    assumption: Option<String>,
    note: Option<String>,
}

/// The tables that scenarios point into.
pub(super) struct Tables<'a> {
    pub(super) sources: &'a Table<Source>,
    pub(super) links: &'a Table<Link>,
    pub(super) crossings: &'a Table<Crossing>,
}

/// The sound scenarios of `files`, the status quo first.
pub(super) fn read(
    files: &[(String, Cow<'_, [u8]>)],
    tables: &Tables<'_>,
    problems: &mut Vec<Problem>,
) -> Table<Scenario> {
    let mut ids = Ids::default();
    let mut scenarios = Vec::new();
    for (file, bytes) in files {
        match parse::json::<Raw>(file, bytes) {
            Ok(raw) => match ids.check(file, 0, &raw.id, None) {
                Ok(()) => scenarios.push(scenario(file, raw, tables, problems)),
                Err(problem) => problems.push(problem),
            },
            Err(problem) => problems.push(problem),
        }
    }
    if !scenarios.iter().any(|scenario| scenario.id == AS_IT_IS) {
        scenarios.push(Scenario {
            id: AS_IT_IS.to_owned(),
            title: "Status quo".to_owned(),
            summary: "What is open on the date, by the data".to_owned(),
            on: None,
            changes: Vec::new(),
        });
    }
    scenarios.sort_by(|a, b| (a.id != AS_IT_IS, &a.id).cmp(&(b.id != AS_IT_IS, &b.id)));
    Table::new(scenarios)
}

fn scenario(file: &str, raw: Raw, tables: &Tables<'_>, problems: &mut Vec<Problem>) -> Scenario {
    let mut changes = Vec::with_capacity(raw.changes.len());
    for (number, change) in raw.changes.into_iter().enumerate() {
        let at = format!("changes[{number}]");
        let fault = |message: String| Problem::of_file(file, message);
        let op = match operation(&change, tables) {
            Ok(op) => op,
            Err(message) => {
                problems.push(fault(message).at(at));
                continue;
            }
        };
        let mut claims = Claims {
            sources: tables.sources,
            fault: &fault,
            problems,
        };
        let evidence = claims.evidence(&at, change.source.as_deref(), change.assumption);
        changes.extend(evidence.map(|evidence| Change {
            op,
            evidence,
            note: change.note,
        }));
    }
    Scenario {
        id: raw.id,
        title: raw.title,
        summary: raw.summary,
        on: raw.on,
        changes,
    }
}

fn operation(raw: &RawChange, tables: &Tables<'_>) -> Result<Op, String> {
    let link = || found(raw.link.as_deref(), tables.links, "link");
    let crossing = || found(raw.crossing.as_deref(), tables.crossings, "crossing");
    let one_target = raw.link.is_some() != raw.crossing.is_some();
    match raw.op.as_str() {
        "open" | "close" if !one_target => {
            Err(format!("`{}` needs a `link` or a `crossing`", raw.op))
        }
        "open" if raw.link.is_some() => Ok(Op::OpenLink(link()?)),
        "open" => Ok(Op::OpenCrossing(crossing()?, raw.mode)),
        "close" if raw.link.is_some() => Ok(Op::CloseLink(link()?)),
        "close" => Ok(Op::CloseCrossing(crossing()?, raw.mode)),
        "build" => Ok(Op::BuildLink(link()?)),
        "set-dwell" => Ok(Op::SetDwell(
            crossing()?,
            raw.mode.ok_or("`set-dwell` needs a `mode`")?,
            dwell(raw)?,
        )),
        "set-tariff" => {
            let usd = raw.usd_per_t_km.filter(|usd| (0.0..=1e3).contains(usd));
            Ok(Op::SetTariff(
                link()?,
                usd.ok_or("`set-tariff` needs `usd_per_t_km`, not negative")?,
            ))
        }
        "set-gauge" => Ok(Op::SetGauge(
            link()?,
            raw.gauge_mm.ok_or("`set-gauge` needs `gauge_mm`")?,
        )),
        other => Err(format!(
            "`{other}` is no operation: use open, close, build, set-dwell, set-tariff or set-gauge"
        )),
    }
}

fn dwell(raw: &RawChange) -> Result<Dwell, String> {
    match (raw.low, raw.typical, raw.high) {
        (Some(low), Some(typical), Some(high))
            if 0.0 <= low && low <= typical && typical <= high && high <= 8760.0 =>
        {
            Ok(Dwell { low, typical, high })
        }
        _ => {
            Err("`set-dwell` needs `low`, `typical` and `high` in hours, in this order".to_owned())
        }
    }
}

fn found<T: crate::model::Named>(
    slug: Option<&str>,
    table: &Table<T>,
    kind: &str,
) -> Result<Id<T>, String> {
    let slug = slug.ok_or_else(|| format!("names no `{kind}`"))?;
    table
        .find(slug)
        .ok_or_else(|| format!("{kind} `{slug}` is unknown"))
}

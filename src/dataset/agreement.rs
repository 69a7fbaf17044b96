//! `agreement.json`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::dataset::claims::Claims;
use crate::dataset::claims::RawClaim;
use crate::dataset::ids::Ids;
use crate::dataset::measures;
use crate::dataset::measures::RawMeasure;
use crate::dataset::parse;
use crate::error::Problem;
use crate::model::Accord;
use crate::model::Code;
use crate::model::Corridor;
use crate::model::Id;
use crate::model::Link;
use crate::model::Measurement;
use crate::model::Names;
use crate::model::Node;
use crate::model::Pair;
use crate::model::Provision;
use crate::model::ProvisionKind;
use crate::model::Scenario;
use crate::model::Source;
use crate::model::Standing;
use crate::model::Table;

pub(super) const FILE: &str = "agreement.json";

/// The file's two members; what is in them is read part by part, so that a fault is known by the provision it is in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw<'a> {
    #[serde(borrow)]
    agreement: &'a RawValue,
    #[serde(borrow)]
    provisions: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAccord {
    id: String,
    title: String,
    summary: String,
    parties: Pair,
    status: Vec<RawClaim<Standing>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProvision {
    id: String,
    kind: ProvisionKind,
    article: Option<String>,
    title: String,
    text: String,
    sources: Vec<String>,
    measures: Vec<RawMeasure>,
    unmeasured: Option<String>,
}

/// What measures and claims point into.
pub(super) struct Tables<'a> {
    pub(super) sources: &'a Table<Source>,
    pub(super) territories: &'a BTreeMap<Code, Names>,
    pub(super) nodes: &'a Table<Node>,
    pub(super) links: &'a Table<Link>,
    pub(super) corridors: &'a Table<Corridor>,
    pub(super) scenarios: &'a Table<Scenario>,
}

/// The agreement with its sound provisions; none if the agreement's own record is unsound.
pub(super) fn read(
    bytes: &[u8],
    tables: &Tables<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Accord> {
    let text = parse::text(FILE, bytes);
    let raw: Result<Raw<'_>, Problem> = text.and_then(|text| {
        serde_json::from_str(text).map_err(|error| Problem::of_file(FILE, parse::readable(&error)))
    });
    let raw = raw.map_err(|problem| problems.push(problem)).ok()?;
    let mut ids = Ids::default();
    let mut provisions = Vec::new();
    for (number, raw) in parse::each::<RawProvision>(FILE, raw.provisions, problems) {
        match ids.check(FILE, number, &raw.id, None) {
            Ok(()) => provisions.extend(provision(number, raw, tables, problems)),
            Err(problem) => problems.push(problem),
        }
    }
    accord(raw.agreement.get(), provisions, tables, problems)
}

fn accord(
    raw: &str,
    provisions: Vec<Provision>,
    tables: &Tables<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Accord> {
    let fault = |message: String| Problem::of_file(FILE, message);
    let inside = |problem: Problem| {
        let path = problem.property.as_ref().map(|path| format!(".{path}"));
        problem.at(format!("agreement{}", path.unwrap_or_default()))
    };
    let raw: RawAccord = parse::part(raw, fault)
        .map_err(|problem| problems.push(inside(problem)))
        .ok()?;
    if let Err(problem) = Ids::default().check(FILE, 0, &raw.id, None) {
        problems.push(fault(problem.message).at("agreement.id"));
        return None;
    }
    if let Err(message) = tables.states(raw.parties) {
        problems.push(fault(message).at("agreement.parties"));
        return None;
    }
    let mut claims = Claims {
        sources: tables.sources,
        fault: &fault,
        problems,
    };
    Some(Accord {
        standing: claims.all("agreement.status", raw.status),
        id: raw.id,
        title: raw.title,
        summary: raw.summary,
        parties: raw.parties,
        provisions,
    })
}

fn provision(
    number: usize,
    raw: RawProvision,
    tables: &Tables<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Provision> {
    let id = raw.id.clone();
    let fault = |message: String| Problem::of_feature(FILE, number, Some(&id), message);
    let sources = sources(&raw.sources, tables, &fault);
    let unmeasured = unmeasured(&raw, &fault);
    let (sources, unmeasured) = match (sources, unmeasured) {
        (Ok(sources), Ok(unmeasured)) => (sources, unmeasured),
        (sources, unmeasured) => {
            problems.extend(sources.err());
            problems.extend(unmeasured.err());
            return None;
        }
    };
    let mut measured: Vec<Measurement> = Vec::with_capacity(raw.measures.len());
    for (place, measure) in raw.measures.into_iter().enumerate() {
        let at = format!("measures[{place}]");
        let mut claims = Claims {
            sources: tables.sources,
            fault: &fault,
            problems,
        };
        match measures::measure(measure, &at, tables, &mut claims) {
            Ok(measure) => measured.push(measure),
            Err((member, message)) => {
                problems.push(fault(message).at(format!("{at}.{member}")));
            }
        }
    }
    Some(Provision {
        id: raw.id,
        kind: raw.kind,
        article: raw.article,
        title: raw.title,
        text: raw.text,
        sources,
        measures: measured,
        unmeasured,
    })
}

fn sources(
    slugs: &[String],
    tables: &Tables<'_>,
    fault: &dyn Fn(String) -> Problem,
) -> Result<Vec<Id<Source>>, Problem> {
    if slugs.is_empty() {
        let message = "is empty: name where the provision can be read";
        return Err(fault(message.to_owned()).at("sources"));
    }
    let found = slugs.iter().enumerate().map(|(place, slug)| {
        tables.sources.find(slug).ok_or_else(|| {
            fault(format!("`{slug}` is not in sources.json")).at(format!("sources[{place}]"))
        })
    });
    found.collect()
}

/// Why nothing can be measured: said exactly where there is no measure.
fn unmeasured(
    raw: &RawProvision,
    fault: &dyn Fn(String) -> Problem,
) -> Result<Option<String>, Problem> {
    let said = raw
        .unmeasured
        .as_ref()
        .filter(|text| !text.trim().is_empty());
    let message = match (raw.measures.is_empty(), said) {
        (true, None) => "is missing: say why nothing can be measured, or add to `measures`",
        (false, Some(_)) => "is not expected where there are `measures`",
        (_, said) => return Ok(said.cloned()),
    };
    Err(fault(message.to_owned()).at("unmeasured"))
}

impl Tables<'_> {
    /// Whether the data set knows both states of a pair.
    pub(super) fn states(&self, pair: Pair) -> Result<(), String> {
        [pair.first, pair.second]
            .into_iter()
            .try_for_each(|state| self.territory(state))
    }

    /// Whether the data set knows a state or subdivision.
    pub(super) fn territory(&self, code: Code) -> Result<(), String> {
        if self.territories.contains_key(&code) {
            Ok(())
        } else {
            Err(format!("`{code}` is not among `states` of meta.json"))
        }
    }
}

//! `corridors.json`.

use serde::Deserialize;

use crate::dataset::claims::Claims;
use crate::dataset::claims::RawClaim;
use crate::dataset::ids::Ids;
use crate::dataset::parse;
use crate::error::Problem;
use crate::model::Code;
use crate::model::Corridor;
use crate::model::Id;
use crate::model::Link;
use crate::model::Names;
use crate::model::Node;
use crate::model::Source;
use crate::model::Table;

pub(super) const FILE: &str = "corridors.json";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    names: Names,
    letter: Option<String>,
    summary: String,
    from: String,
    to: String,
    links: Vec<String>,
    published_km: Vec<RawClaim<f64>>,
    avoids: Vec<Code>,
    notes: Vec<String>,
}

/// The tables that corridors point into.
pub(super) struct Tables<'a> {
    pub(super) sources: &'a Table<Source>,
    pub(super) nodes: &'a Table<Node>,
    pub(super) links: &'a Table<Link>,
}

/// The sound corridors.
pub(super) fn read(
    bytes: &[u8],
    tables: &Tables<'_>,
    problems: &mut Vec<Problem>,
) -> Table<Corridor> {
    let mut ids = Ids::default();
    let mut corridors = Vec::new();
    for (number, raw) in parse::records::<Raw>(FILE, bytes, problems) {
        let id = raw.id.clone();
        let fault = |message: String| Problem::of_feature(FILE, number, Some(&id), message);
        let chain = ids
            .check(FILE, number, &raw.id, None)
            .and_then(|()| chain(&raw, tables, &fault));
        match chain {
            Ok((from, to, links)) => {
                let mut claims = Claims {
                    sources: tables.sources,
                    fault: &fault,
                    problems,
                };
                let published_km = claims.all("published_km", raw.published_km);
                corridors.push(Corridor {
                    id: raw.id,
                    names: raw.names,
                    letter: raw.letter,
                    summary: raw.summary,
                    from,
                    to,
                    links,
                    published_km,
                    avoids: raw.avoids,
                    notes: raw.notes,
                });
            }
            Err(problem) => problems.push(problem),
        }
    }
    Table::new(corridors)
}

/// The ends of a chain, and its links.
type Chain = (Id<Node>, Id<Node>, Vec<Id<Link>>);

/// The ends and links of a chain in which each link continues where the one before ended.
fn chain(
    raw: &Raw,
    tables: &Tables<'_>,
    fault: &dyn Fn(String) -> Problem,
) -> Result<Chain, Problem> {
    let node = |property: &str, slug: &str| {
        tables
            .nodes
            .find(slug)
            .ok_or_else(|| fault(format!("node `{slug}` is unknown")).at(property))
    };
    let (from, to) = (node("from", &raw.from)?, node("to", &raw.to)?);
    let mut at = from;
    let mut links = Vec::with_capacity(raw.links.len());
    for (number, slug) in raw.links.iter().enumerate() {
        let place = format!("links[{number}]");
        let id = tables
            .links
            .find(slug)
            .ok_or_else(|| fault(format!("link `{slug}` is unknown")).at(&place))?;
        let link = &tables.links[id];
        if link.from != at && link.to != at {
            let message = format!(
                "link `{slug}` does not continue at node `{}`",
                tables.nodes[at].id
            );
            return Err(fault(message).at(place));
        }
        at = link.other_end(at);
        links.push(id);
    }
    if links.is_empty() || at != to {
        let message = format!(
            "the chain ends at `{}`, not at `{}`",
            tables.nodes[at].id, raw.to
        );
        return Err(fault(message).at("links"));
    }
    Ok((from, to, links))
}

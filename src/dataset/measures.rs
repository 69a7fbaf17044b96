//! The measures of an agreement's provisions, resolved.

use serde::Deserialize;

use crate::dataset::agreement::Tables;
use crate::dataset::claims::Claims;
use crate::dataset::claims::RawClaim;
use crate::model::Code;
use crate::model::Corridor;
use crate::model::Id;
use crate::model::Journey;
use crate::model::Measure;
use crate::model::Measurement;
use crate::model::Mode;
use crate::model::Named;
use crate::model::Pair;
use crate::model::Stage;
use crate::model::Table;

/// A measure as files write it; which members belong to which kind is checked when it is resolved.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMeasure {
    measure: String,
    pair: Option<Pair>,
    published_km: Option<Vec<RawClaim<f64>>>,
    depth_km: Option<f64>,
    depth_basis: Option<String>,
    mode: Option<Mode>,
    corridors: Option<Vec<String>>,
    from: Option<String>,
    to: Option<String>,
    avoid: Option<Vec<Code>>,
    modes: Option<Vec<Mode>>,
    before: Option<String>,
    after: Option<String>,
    note: Option<String>,
}

/// The member at fault, and what is wrong with it.
pub(super) type Fault = (&'static str, String);

/// Larger depths are no frontier.
const DEEPEST_KM: f64 = 500.0;

/// The kinds, and the members that each may have beside `note`.
const KINDS: [(&str, &[&str]); 9] = [
    ("length", &["pair"]),
    ("delimited", &["pair", "published_km"]),
    ("demarcated", &["pair", "published_km"]),
    ("open-segments", &["pair"]),
    ("exclaves", &["pair"]),
    ("crossings", &["pair"]),
    ("frontier-settlements", &["pair", "depth_km", "depth_basis"]),
    ("links", &["mode", "corridors"]),
    (
        "options",
        &["from", "to", "avoid", "modes", "before", "after"],
    ),
];

/// The measure at `at`.
pub(super) fn measure(
    raw: RawMeasure,
    at: &str,
    tables: &Tables<'_>,
    claims: &mut Claims<'_>,
) -> Result<Measurement, Fault> {
    check_members(&raw)?;
    let (kind, note) = (raw.measure.clone(), raw.note.clone());
    let measure = match kind.as_str() {
        "links" => links(raw, tables),
        "options" => journey(raw, tables).map(Measure::Options),
        kind => {
            let pair = needed(raw.pair, "pair")?;
            tables.states(pair).map_err(|message| ("pair", message))?;
            of_border(kind, pair, raw, at, claims)
        }
    }?;
    Ok(Measurement { measure, note })
}

/// Refuses an unknown kind, and members that the kind has no use for.
fn check_members(raw: &RawMeasure) -> Result<(), Fault> {
    let Some((kind, members)) = KINDS.iter().find(|(kind, _)| *kind == raw.measure) else {
        let known: Vec<&str> = KINDS.iter().map(|(kind, _)| *kind).collect();
        let message = format!("`{}` is no measure: use {}", raw.measure, known.join(", "));
        return Err(("measure", message));
    };
    let given = [
        ("pair", raw.pair.is_some()),
        ("published_km", raw.published_km.is_some()),
        ("depth_km", raw.depth_km.is_some()),
        ("depth_basis", raw.depth_basis.is_some()),
        ("mode", raw.mode.is_some()),
        ("corridors", raw.corridors.is_some()),
        ("from", raw.from.is_some()),
        ("to", raw.to.is_some()),
        ("avoid", raw.avoid.is_some()),
        ("modes", raw.modes.is_some()),
        ("before", raw.before.is_some()),
        ("after", raw.after.is_some()),
    ];
    let unexpected = given
        .into_iter()
        .find(|(member, given)| *given && !members.contains(member));
    match unexpected {
        Some((member, _)) => Err((member, format!("is not expected in `{kind}`"))),
        None => Ok(()),
    }
}

fn needed<T>(value: Option<T>, member: &'static str) -> Result<T, Fault> {
    value.ok_or_else(|| (member, "is missing".to_owned()))
}

fn of_border(
    kind: &str,
    pair: Pair,
    raw: RawMeasure,
    at: &str,
    claims: &mut Claims<'_>,
) -> Result<Measure, Fault> {
    Ok(match kind {
        "length" => Measure::Length { pair },
        "open-segments" => Measure::OpenSegments { pair },
        "exclaves" => Measure::Exclaves { pair },
        "crossings" => Measure::Crossings { pair },
        "frontier-settlements" => {
            let depth_km = needed(raw.depth_km, "depth_km")?;
            if !(depth_km > 0.0 && depth_km <= DEEPEST_KM) {
                let message = format!("must be more than 0 and at most {DEEPEST_KM} km");
                return Err(("depth_km", message));
            }
            let basis = raw.depth_basis.filter(|basis| !basis.trim().is_empty());
            let depth_basis = basis.ok_or_else(|| {
                let message = "is missing: say why this depth";
                ("depth_basis", message.to_owned())
            })?;
            Measure::FrontierSettlements {
                pair,
                depth_km,
                depth_basis,
            }
        }
        stage => {
            let published = raw.published_km.unwrap_or_default();
            let published_km = claims.all(&format!("{at}.published_km"), published);
            if published_km.iter().any(|claim| claim.value < 0.0) {
                return Err(("published_km", "must not be negative".to_owned()));
            }
            Measure::Reached {
                stage: if stage == "demarcated" {
                    Stage::Demarcated
                } else {
                    Stage::Delimited
                },
                pair,
                published_km,
            }
        }
    })
}

fn links(raw: RawMeasure, tables: &Tables<'_>) -> Result<Measure, Fault> {
    let mode = needed(raw.mode, "mode")?;
    let slugs = needed(raw.corridors, "corridors")?;
    let corridors = slugs
        .iter()
        .map(|slug| found(Some(slug), tables.corridors, "corridors", "corridor"))
        .collect::<Result<Vec<Id<Corridor>>, Fault>>()?;
    let mut used = corridors.iter().flat_map(|&id| &tables.corridors[id].links);
    if !used.any(|&link| tables.links[link].mode == mode) {
        let message = format!("have no link of mode `{mode}`");
        return Err(("corridors", message));
    }
    Ok(Measure::Links { mode, corridors })
}

fn journey(raw: RawMeasure, tables: &Tables<'_>) -> Result<Journey, Fault> {
    let from = found(raw.from.as_deref(), tables.nodes, "from", "node")?;
    let to = found(raw.to.as_deref(), tables.nodes, "to", "node")?;
    if from == to {
        return Err(("to", "is where the journey starts".to_owned()));
    }
    let avoid = raw.avoid.unwrap_or_default();
    for &state in &avoid {
        tables
            .territory(state)
            .map_err(|message| ("avoid", message))?;
        let is_there = |territory: &Code| *territory == state || territory.state() == state;
        for (member, end) in [("from", from), ("to", to)] {
            if tables.nodes[end].territories.iter().all(is_there) {
                let message = format!("lies in `{state}`, which is to be avoided");
                return Err((member, message));
            }
        }
    }
    Ok(Journey {
        from,
        to,
        avoid,
        modes: raw.modes.unwrap_or_default(),
        before: found(
            raw.before.as_deref(),
            tables.scenarios,
            "before",
            "scenario",
        )?,
        after: found(raw.after.as_deref(), tables.scenarios, "after", "scenario")?,
    })
}

fn found<T: Named>(
    slug: Option<&str>,
    table: &Table<T>,
    member: &'static str,
    kind: &str,
) -> Result<Id<T>, Fault> {
    let slug = needed(slug, member)?;
    table
        .find(slug)
        .ok_or_else(|| (member, format!("{kind} `{slug}` is unknown")))
}

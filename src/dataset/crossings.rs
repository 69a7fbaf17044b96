//! `network/crossings.geojson` and `network/defaults.json`.

use serde::Deserialize;

use crate::dataset::claims::Claims;
use crate::dataset::claims::RawClaim;
use crate::dataset::feature;
use crate::dataset::feature::Record;
use crate::dataset::ids::Ids;
use crate::dataset::network::NODES;
use crate::dataset::parse;
use crate::error::Problem;
use crate::model::ByMode;
use crate::model::Code;
use crate::model::Crossing;
use crate::model::Defaults;
use crate::model::Dwell;
use crate::model::Id;
use crate::model::Mode;
use crate::model::Names;
use crate::model::Node;
use crate::model::Pair;
use crate::model::Regime;
use crate::model::Source;
use crate::model::Table;

pub(super) const FILE: &str = "network/crossings.geojson";
pub(super) const DEFAULTS: &str = "network/defaults.json";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    pair: Pair,
    territories: [Code; 2],
    names: Names,
    modes: Vec<Mode>,
    regime: Vec<RawClaim<Regime>>,
    dwell_h: Vec<RawClaim<Dwell>>,
    cost_usd: Vec<RawClaim<f64>>,
}

/// The sound crossings.
pub(super) fn read(
    bytes: &[u8],
    sources: &Table<Source>,
    nodes: &Table<Node>,
    problems: &mut Vec<Problem>,
) -> Table<Crossing> {
    let mut ids = Ids::default();
    let mut crossings = Vec::new();
    for record in feature::features::<Raw>(FILE, bytes, problems) {
        let checked = ids
            .check(
                FILE,
                record.number,
                &record.properties.id,
                record.id.as_deref(),
            )
            .and_then(|()| node_of(&record, nodes));
        match checked {
            Ok(node) => crossings.push(crossing(record, node, sources, problems)),
            Err(problem) => problems.push(problem),
        }
    }
    Table::new(crossings)
}

fn node_of(record: &Record<Raw>, nodes: &Table<Node>) -> Result<Id<Node>, Problem> {
    let raw = &record.properties;
    record.point(FILE)?;
    let fault = |property: &str, message: String| record.fault(FILE, message).at(property);
    let [one, other] = raw.territories;
    if Pair::of(one, other) != Some(raw.pair) {
        return Err(fault(
            "territories",
            format!("{one} and {other} are not of the pair {}", raw.pair),
        ));
    }
    if raw.modes.is_empty() {
        return Err(fault("modes", "is empty: what can cross here?".to_owned()));
    }
    if let Some(dwell) = raw.dwell_h.iter().find(|claim| !is_sound(claim.value)) {
        let Dwell { low, typical, high } = dwell.value;
        return Err(fault(
            "dwell_h",
            format!("{low}, {typical}, {high} is not low, typical, high in hours"),
        ));
    }
    let node = nodes
        .find(&raw.id)
        .ok_or_else(|| fault("id", format!("has no node in {NODES}")))?;
    if nodes[node].territories != [one.min(other), one.max(other)] {
        return Err(fault("territories", "are not those of its node".to_owned()));
    }
    Ok(node)
}

fn is_sound(dwell: Dwell) -> bool {
    0.0 <= dwell.low
        && dwell.low <= dwell.typical
        && dwell.typical <= dwell.high
        && dwell.high <= 8760.0
}

fn crossing(
    record: Record<Raw>,
    node: Id<Node>,
    sources: &Table<Source>,
    problems: &mut Vec<Problem>,
) -> Crossing {
    let (number, raw) = (record.number, record.properties);
    let fault = |message: String| Problem::of_feature(FILE, number, Some(&raw.id), message);
    let mut claims = Claims {
        sources,
        fault: &fault,
        problems,
    };
    let regime = claims.for_modes("regime", raw.regime);
    let dwell_h = claims.for_modes("dwell_h", raw.dwell_h);
    let cost_usd = claims.for_modes("cost_usd", raw.cost_usd);
    let [one, other] = raw.territories;
    Crossing {
        id: raw.id,
        pair: raw.pair,
        territories: (one.min(other), one.max(other)),
        names: raw.names,
        modes: raw.modes,
        regime,
        dwell_h,
        cost_usd,
        node,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDefaults {
    speed_kmh: RawByMode<f64>,
    cost_usd_per_t_km: RawByMode<f64>,
    dwell_h: RawByMode<Dwell>,
    crossing_cost_usd: RawByMode<f64>,
    payload_t: RawByMode<f64>,
    gauge_change_h: RawClaim<f64>,
    gauge_change_usd_per_t: RawClaim<f64>,
    transfer_h: RawClaim<f64>,
    transfer_usd_per_t: RawClaim<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawByMode<T> {
    rail: RawClaim<T>,
    road: RawClaim<T>,
    ferry: RawClaim<T>,
}

/// The default parameters.
pub(super) fn defaults(
    bytes: &[u8],
    sources: &Table<Source>,
    problems: &mut Vec<Problem>,
) -> Option<Defaults> {
    let raw: RawDefaults = match parse::json(DEFAULTS, bytes) {
        Ok(raw) => raw,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    problems.extend(raw.unsound());
    let fault = |message: String| Problem::of_file(DEFAULTS, message);
    let mut claims = Claims {
        sources,
        fault: &fault,
        problems,
    };
    Some(Defaults {
        speed_kmh: by_mode("speed_kmh", raw.speed_kmh, &mut claims)?,
        cost_usd_per_t_km: by_mode("cost_usd_per_t_km", raw.cost_usd_per_t_km, &mut claims)?,
        dwell_h: by_mode("dwell_h", raw.dwell_h, &mut claims)?,
        crossing_cost_usd: by_mode("crossing_cost_usd", raw.crossing_cost_usd, &mut claims)?,
        payload_t: by_mode("payload_t", raw.payload_t, &mut claims)?,
        gauge_change_h: claims.one("gauge_change_h", raw.gauge_change_h)?,
        gauge_change_usd_per_t: claims.one("gauge_change_usd_per_t", raw.gauge_change_usd_per_t)?,
        transfer_h: claims.one("transfer_h", raw.transfer_h)?,
        transfer_usd_per_t: claims.one("transfer_usd_per_t", raw.transfer_usd_per_t)?,
    })
}

fn by_mode<T>(property: &str, raw: RawByMode<T>, claims: &mut Claims<'_>) -> Option<ByMode<T>> {
    Some(ByMode {
        rail: claims.one(&format!("{property}.rail"), raw.rail)?,
        road: claims.one(&format!("{property}.road"), raw.road)?,
        ferry: claims.one(&format!("{property}.ferry"), raw.ferry)?,
    })
}

impl RawDefaults {
    /// Parameters that no journey could be reckoned with.
    fn unsound(&self) -> Vec<Problem> {
        let modes = |by: &RawByMode<f64>| [by.rail.value, by.road.value, by.ferry.value];
        let checks = [
            (
                "speed_kmh",
                modes(&self.speed_kmh)
                    .iter()
                    .all(|v| (1.0..=400.0).contains(v)),
            ),
            (
                "payload_t",
                modes(&self.payload_t)
                    .iter()
                    .all(|v| (0.1..=1e6).contains(v)),
            ),
            (
                "cost_usd_per_t_km",
                modes(&self.cost_usd_per_t_km)
                    .iter()
                    .all(|v| (0.0..=1e3).contains(v)),
            ),
            (
                "crossing_cost_usd",
                modes(&self.crossing_cost_usd)
                    .iter()
                    .all(|v| (0.0..=1e7).contains(v)),
            ),
            (
                "gauge_change_h",
                (0.0..=8760.0).contains(&self.gauge_change_h.value),
            ),
            (
                "gauge_change_usd_per_t",
                (0.0..=1e4).contains(&self.gauge_change_usd_per_t.value),
            ),
            (
                "transfer_h",
                (0.0..=8760.0).contains(&self.transfer_h.value),
            ),
            (
                "transfer_usd_per_t",
                (0.0..=1e4).contains(&self.transfer_usd_per_t.value),
            ),
            (
                "dwell_h",
                [&self.dwell_h.rail, &self.dwell_h.road, &self.dwell_h.ferry]
                    .iter()
                    .all(|claim| is_sound(claim.value)),
            ),
        ];
        let wrong = checks.iter().filter(|(_, sound)| !sound);
        wrong
            .map(|(name, _)| Problem::of_file(DEFAULTS, "is out of range").at(*name))
            .collect()
    }
}

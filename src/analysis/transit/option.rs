//! One transit option as a row.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::analysis::grounds::GroundsRow;
use crate::analysis::grounds::cited;
use crate::analysis::transit::AssumptionRow;
use crate::analysis::transit::CertificateRow;
use crate::analysis::transit::LegRow;
use crate::analysis::transit::assumptions::assumptions;
use crate::analysis::transit::legs::hours;
use crate::analysis::transit::legs::km;
use crate::analysis::transit::legs::legs;
use crate::analysis::transit::legs::usd;
use crate::model::Code;
use crate::model::Crossing;
use crate::model::Id;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Op;
use crate::model::Pair;
use crate::model::World;
use crate::routing::Chosen;
use crate::routing::Criterion;
use crate::routing::Handover;
use crate::routing::Itinerary;
use crate::routing::Options;
use crate::scenario::Situation;
use crate::units::rounded;

/// A transit option.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct OptionRow {
    /// `o1`, `o2`, … by time.
    pub id: String,
    /// Why it is there: what it is best at, or what it is better at than the fastest.
    pub why: Vec<String>,
    /// Length.
    pub length_km: f64,
    /// Time, with typical waits at borders.
    pub time_h: f64,
    /// The same in whole minutes, as the search counts it.
    pub time_min: u32,
    /// Time on a day when all borders are at their best.
    pub time_low_h: f64,
    /// Time on a day when all borders are at their worst.
    pub time_high_h: f64,
    /// Cost.
    pub cost_usd_per_t: f64,
    /// Length that is still to build.
    pub to_build_km: f64,
    /// Borders between states that are crossed.
    pub crossings: u32,
    /// Changes of the railway gauge.
    pub gauge_changes: u32,
    /// Changes from one mode to another.
    pub transfers: usize,
    /// Kilometres by territory.
    pub states: BTreeMap<Code, f64>,
    /// Its legs in order.
    pub legs: Vec<LegRow>,
    /// The borders in order.
    pub borders: Vec<BorderRow>,
    /// Gauge and mode changes in order.
    pub handling: Vec<HandlingRow>,
    /// How many slower options it stands for besides itself: by the same modes through the same territories and crossings, as
    /// much in existence as it is.
    pub similar: usize,
    /// What the scenario changes about what it uses.
    pub changes: Vec<ChangeRow>,
    /// What it rests on that no record of a link or crossing states.
    pub assumptions: Vec<AssumptionRow>,
    /// The certificate with the smallest margin; none if nothing is avoided, or no source shows it.
    pub certificate: Option<CertificateRow>,
    /// The certificates of all avoided states, by margin.
    pub certificates: Vec<CertificateRow>,
    /// All its links in order, for maps and GeoJSON.
    #[serde(skip)]
    pub links: Vec<Id<Link>>,
}

/// A border on the way.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct BorderRow {
    /// The crossing.
    pub crossing: String,
    /// The states.
    pub pair: Pair,
    /// What crosses.
    pub mode: Mode,
    /// Hours on a good day.
    pub dwell_low_h: f64,
    /// Hours to plan with.
    pub dwell_h: f64,
    /// Hours on a bad day.
    pub dwell_high_h: f64,
    /// Charge.
    pub cost_usd_per_t: f64,
    /// What its being open rests on.
    pub open: Option<GroundsRow>,
    /// What the hours rest on.
    pub dwell: GroundsRow,
    /// What the charge rests on.
    pub cost: GroundsRow,
}

/// A change of gauge or mode on the way.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct HandlingRow {
    /// `gauge change`, or the modes: `rail to road`.
    pub what: String,
    /// Node.
    pub at: String,
    /// Time.
    pub time_h: f64,
    /// Cost.
    pub cost_usd_per_t: f64,
}

/// A change of the scenario.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ChangeRow {
    /// The change in words.
    pub what: String,
    /// The source's id.
    pub source: Option<String>,
    /// The basis of the assumption.
    pub assumption: Option<String>,
    /// What a reader should know.
    pub note: Option<String>,
}

/// The row of the option with this number.
pub(crate) fn row(situation: &Situation<'_>, options: &Options, number: usize) -> OptionRow {
    let chosen = &options.chosen[number];
    let itinerary = &chosen.itinerary;
    let world = situation.world();
    let criteria = itinerary.criteria;
    let links: Vec<Id<Link>> = itinerary.links().collect();
    let borders: Vec<BorderRow> = crossed(itinerary)
        .map(|(crossing, mode)| border(situation, crossing, mode))
        .collect();
    let swing = |end: fn(&BorderRow) -> f64| -> f64 {
        borders
            .iter()
            .map(|border| end(border) - border.dwell_h)
            .sum()
    };
    let time_h = hours(criteria[Criterion::Time]);
    let mut states: BTreeMap<Code, u32> = BTreeMap::new();
    for link in &links {
        *states.entry(world.links[*link].territory).or_default() += world.links[*link].length_m;
    }
    OptionRow {
        id: format!("o{}", number + 1),
        why: why(options, chosen),
        length_km: km(criteria[Criterion::Length]),
        time_h,
        time_min: criteria[Criterion::Time],
        time_low_h: rounded(time_h + swing(|border| border.dwell_low_h), 2),
        time_high_h: rounded(time_h + swing(|border| border.dwell_high_h), 2),
        cost_usd_per_t: usd(criteria[Criterion::Cost]),
        to_build_km: km(criteria[Criterion::ToBuild]),
        crossings: criteria[Criterion::Crossings],
        gauge_changes: criteria[Criterion::GaugeChanges],
        transfers: itinerary
            .handovers()
            .filter(|one| matches!(one, Handover::Transfer { .. }))
            .count(),
        states: states
            .into_iter()
            .map(|(state, metres)| (state, km(metres)))
            .collect(),
        legs: legs(situation, itinerary),
        borders,
        handling: handling(situation, itinerary),
        similar: chosen.similar,
        changes: changes(situation, itinerary),
        assumptions: assumptions(situation, itinerary),
        certificate: None,
        certificates: Vec::new(),
        links,
    }
}

pub(crate) fn crossed(itinerary: &Itinerary) -> impl Iterator<Item = (Id<Crossing>, Mode)> {
    itinerary.handovers().filter_map(|handover| match handover {
        Handover::Border { crossing, mode } => Some((crossing, mode)),
        _ => None,
    })
}

fn why(options: &Options, chosen: &Chosen) -> Vec<String> {
    if options.chosen.len() == 1 {
        return vec!["the only option".to_owned()];
    }
    if !chosen.best_on.is_empty() {
        return chosen
            .best_on
            .iter()
            .map(|criterion| superlative(*criterion).to_owned())
            .collect();
    }
    let better = options.better_than_first(chosen);
    better
        .iter()
        .map(|criterion| format!("{} than o1", comparative(*criterion)))
        .collect()
}

const fn superlative(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Time => "fastest",
        Criterion::Cost => "cheapest",
        Criterion::Length => "shortest",
        Criterion::ToBuild => "least to build",
        Criterion::Crossings => "fewest border crossings",
        Criterion::GaugeChanges => "fewest gauge changes",
    }
}

const fn comparative(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Time => "faster",
        Criterion::Cost => "cheaper",
        Criterion::Length => "shorter",
        Criterion::ToBuild => "less to build",
        Criterion::Crossings => "fewer border crossings",
        Criterion::GaugeChanges => "fewer gauge changes",
    }
}

fn border(situation: &Situation<'_>, crossing: Id<Crossing>, mode: Mode) -> BorderRow {
    let world = situation.world();
    let passage = &situation.crossing(crossing, mode).terms;
    BorderRow {
        crossing: world.crossings[crossing].id.clone(),
        pair: world.crossings[crossing].pair,
        mode,
        dwell_low_h: hours(passage.dwell.low),
        dwell_h: hours(passage.dwell.typical),
        dwell_high_h: hours(passage.dwell.high),
        cost_usd_per_t: usd(passage.cents_per_t),
        open: passage.regime.map(|regime| GroundsRow::new(world, regime)),
        dwell: GroundsRow::new(world, passage.dwell_grounds),
        cost: GroundsRow::new(world, passage.cost_grounds),
    }
}

fn handling(situation: &Situation<'_>, itinerary: &Itinerary) -> Vec<HandlingRow> {
    let world = situation.world();
    let row = |handover: Handover| {
        let (what, at) = match handover {
            Handover::Border { .. } => return None,
            Handover::GaugeChange { at } => ("gauge change".to_owned(), at),
            Handover::Transfer { at, from, to } => (format!("{from} to {to}"), at),
        };
        let takes = handover.criteria(situation)?;
        Some(HandlingRow {
            what,
            at: world.nodes[at].id.clone(),
            time_h: hours(takes[Criterion::Time]),
            cost_usd_per_t: usd(takes[Criterion::Cost]),
        })
    };
    itinerary.handovers().filter_map(row).collect()
}

fn changes(situation: &Situation<'_>, itinerary: &Itinerary) -> Vec<ChangeRow> {
    let links: BTreeSet<Id<Link>> = itinerary.links().collect();
    let crossings: BTreeSet<(Id<Crossing>, Mode)> = crossed(itinerary).collect();
    let crosses = |crossing: Id<Crossing>, mode: Option<Mode>| {
        crossings
            .iter()
            .any(|(own, by)| *own == crossing && mode.is_none_or(|mode| mode == *by))
    };
    let uses = |op: Op| match op {
        Op::OpenLink(link)
        | Op::BuildLink(link)
        | Op::CloseLink(link)
        | Op::SetTariff(link, _)
        | Op::SetGauge(link, _) => links.contains(&link),
        Op::OpenCrossing(crossing, mode) | Op::CloseCrossing(crossing, mode) => {
            crosses(crossing, mode)
        }
        Op::SetDwell(crossing, mode, _) => crosses(crossing, Some(mode)),
    };
    situation
        .changes_to(uses)
        .map(|change| ChangeRow::new(situation.world(), change))
        .collect()
}

impl ChangeRow {
    /// The row for `change`.
    pub(crate) fn new(world: &World, change: &crate::model::Change) -> Self {
        let (source, assumption) = cited(world, &change.evidence);
        Self {
            what: in_words(world, change.op),
            source,
            assumption,
            note: change.note.clone(),
        }
    }
}

/// A change in words: `build rail-a`, `open crossing x for rail`.
fn in_words(world: &World, op: Op) -> String {
    let verb = op.word();
    let link = |link: Id<Link>| &world.links[link].id;
    let crossing = |crossing: Id<Crossing>| &world.crossings[crossing].id;
    match op {
        Op::OpenLink(id) | Op::CloseLink(id) | Op::BuildLink(id) => {
            format!("{verb} {} {}", world.links[id].mode, link(id))
        }
        Op::OpenCrossing(id, mode) | Op::CloseCrossing(id, mode) => {
            let whom = mode.map_or_else(|| "all modes".to_owned(), |mode| mode.to_string());
            format!("{verb} crossing {} for {whom}", crossing(id))
        }
        Op::SetDwell(id, mode, hours) => format!(
            "{mode} takes {} h at crossing {} ({} to {} h)",
            hours.typical,
            crossing(id),
            hours.low,
            hours.high
        ),
        Op::SetTariff(id, usd) => format!("{} costs {usd} USD per tonne and km", link(id)),
        Op::SetGauge(id, mm) => format!("{} has a gauge of {mm} mm", link(id)),
    }
}

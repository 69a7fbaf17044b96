//! The legs of an option: links that a reader takes for one, merged.

use crate::analysis::grounds::cited;
use crate::model::Code;
use crate::model::Id;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Node;
use crate::model::World;
use crate::routing::Itinerary;
use crate::routing::Stretch;
use crate::scenario::Situation;
use crate::units::rounded;

/// A part of an option on one line, in one territory.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct LegRow {
    /// Its link, or the first of several.
    pub link: String,
    /// How many links were merged.
    pub links: usize,
    /// What runs on it.
    pub mode: Mode,
    /// The territory it lies in.
    pub state: Code,
    /// The railway line or road it belongs to, if that is known.
    pub line: Option<String>,
    /// Node where it starts.
    pub from: String,
    /// Node where it ends.
    pub to: String,
    /// Length.
    pub length_km: f64,
    /// Time under way.
    pub time_h: f64,
    /// The same in whole minutes, as the search counts it.
    pub time_min: u32,
    /// Cost.
    pub cost_usd_per_t: f64,
    /// Railways: distance between the rails.
    pub gauge_mm: Option<u32>,
    /// Whether it is still to build.
    pub to_build: bool,
    /// The condition that the data states for the date, whatever the scenario says.
    pub condition: Option<&'static str>,
    /// The source of that condition.
    pub condition_source: Option<String>,
    /// How far the drawn alignment may be off, at worst.
    pub alignment_accuracy_m: f64,
}

/// A link on the way, with its share of its stretch's time and cost.
struct Piece<'w> {
    id: Id<Link>,
    link: &'w Link,
    from: Id<Node>,
    to: Id<Node>,
    minutes: u32,
    cents: u32,
    to_build: bool,
    gauge_mm: Option<u32>,
}

impl Piece<'_> {
    /// Whether a reader takes both for one: the same line, or both of the unnamed base network.
    fn continues(&self, before: &Self) -> bool {
        let (own, other) = (self.link, before.link);
        let one_line = match (&own.line, &other.line) {
            (Some(own), Some(other)) => own == other,
            (None, None) => own.names.is_empty() && other.names.is_empty(),
            _ => false,
        };
        one_line
            && own.mode == other.mode
            && own.territory == other.territory
            && self.to_build == before.to_build
            && self.gauge_mm == before.gauge_mm
    }
}

/// The legs of an itinerary.
///
/// # Properties
///
/// Their lengths, times and costs add up to those of the stretches.
pub(crate) fn legs(situation: &Situation<'_>, itinerary: &Itinerary) -> Vec<LegRow> {
    let stretches = itinerary.stretches();
    let pieces: Vec<Piece<'_>> = stretches
        .flat_map(|stretch| pieces_of(situation, stretch))
        .collect();
    let runs = pieces.chunk_by(|before, piece| piece.continues(before));
    runs.map(|run| leg(situation, run)).collect()
}

/// The links of a stretch. Time and cost are rounded for the stretch as a whole: each link gets what the rounded figure
/// grows by when it is added, so that the parts add up.
fn pieces_of<'w>(situation: &Situation<'w>, stretch: &Stretch) -> Vec<Piece<'w>> {
    let world = situation.world();
    let terms = stretch.terms(situation);
    let (mut at, mut sofar_m) = (stretch.from, 0);
    let mut pieces = Vec::with_capacity(stretch.links.len());
    for id in stretch.links.iter().copied() {
        let link = &world.links[id];
        let to = link.other_end(at);
        let upto_m = sofar_m + link.length_m;
        pieces.push(Piece {
            id,
            link,
            from: at,
            to,
            minutes: terms.minutes(upto_m) - terms.minutes(sofar_m),
            cents: terms.cents_per_t(upto_m) - terms.cents_per_t(sofar_m),
            to_build: terms.to_build,
            gauge_mm: terms.gauge_mm,
        });
        (at, sofar_m) = (to, upto_m);
    }
    pieces
}

fn leg(situation: &Situation<'_>, run: &[Piece<'_>]) -> LegRow {
    let world: &World = situation.world();
    let (first, last) = (&run[0], &run[run.len() - 1]);
    let metres: u32 = run.iter().map(|piece| piece.link.length_m).sum();
    let minutes: u32 = run.iter().map(|piece| piece.minutes).sum();
    let cents: u32 = run.iter().map(|piece| piece.cents).sum();
    let condition = first.link.condition_on(situation.on());
    LegRow {
        link: world.links[first.id].id.clone(),
        links: run.len(),
        mode: first.link.mode,
        state: first.link.territory,
        line: first.link.line.clone(),
        from: world.nodes[first.from].id.clone(),
        to: world.nodes[last.to].id.clone(),
        length_km: km(metres),
        time_h: hours(minutes),
        time_min: minutes,
        cost_usd_per_t: usd(cents),
        gauge_mm: first.gauge_mm,
        to_build: first.to_build,
        condition: condition.map(|claim| claim.value.is.word()),
        condition_source: condition.and_then(|claim| cited(world, &claim.evidence).0),
        alignment_accuracy_m: run
            .iter()
            .map(|piece| piece.link.alignment_accuracy_m)
            .fold(0.0, f64::max),
    }
}

/// Whole metres as kilometres.
pub(crate) fn km(metres: u32) -> f64 {
    rounded(f64::from(metres) / 1000.0, 3)
}

/// Whole minutes as hours.
pub(crate) fn hours(minutes: u32) -> f64 {
    rounded(f64::from(minutes) / 60.0, 2)
}

/// Whole cents as dollars.
pub(crate) fn usd(cents: u32) -> f64 {
    rounded(f64::from(cents) / 100.0, 2)
}

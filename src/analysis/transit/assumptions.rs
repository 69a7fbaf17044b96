//! The figures of an option that no record of a link or crossing states.

use std::collections::BTreeSet;

use crate::analysis::grounds::GroundsRow;
use crate::analysis::transit::legs::hours;
use crate::analysis::transit::legs::usd;
use crate::analysis::transit::option::crossed;
use crate::model::Claim;
use crate::model::Id;
use crate::model::Link;
use crate::model::Op;
use crate::model::World;
use crate::routing::Handover;
use crate::routing::Itinerary;
use crate::scenario::Grounds;
use crate::scenario::Origin;
use crate::scenario::Situation;

/// A figure that stands in where no record states one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct AssumptionRow {
    /// The figure.
    pub what: String,
    /// What it rests on.
    #[serde(flatten)]
    pub grounds: GroundsRow,
}

/// Collects figures that are defaults, each once.
struct Defaulted<'w> {
    world: &'w World,
    rows: BTreeSet<AssumptionRow>,
}

/// The defaults that the figures of an itinerary were made with, in order of their text.
pub(crate) fn assumptions(situation: &Situation<'_>, itinerary: &Itinerary) -> Vec<AssumptionRow> {
    let mut found = Defaulted {
        world: situation.world(),
        rows: BTreeSet::new(),
    };
    for link in itinerary.links() {
        found.of_link(situation, link);
    }
    for (crossing, mode) in crossed(itinerary) {
        let passage = &situation.crossing(crossing, mode).terms;
        let dwell = hours(passage.dwell.typical);
        found.note(
            format!("{mode}: {dwell} h at a border"),
            passage.dwell_grounds,
        );
        let cost = usd(passage.cents_per_t);
        found.note(
            format!("{mode}: {cost} USD per tonne at a border"),
            passage.cost_grounds,
        );
    }
    for handover in itinerary.handovers() {
        found.of_handover(situation, handover);
    }
    found.rows.into_iter().collect()
}

impl Defaulted<'_> {
    fn note(&mut self, what: String, grounds: Grounds<'_>) {
        if grounds.origin == Origin::Default {
            self.rows.insert(AssumptionRow {
                what,
                grounds: GroundsRow::new(self.world, grounds),
            });
        }
    }

    fn of_link(&mut self, situation: &Situation<'_>, link: Id<Link>) {
        let defaults = situation.defaults();
        let mode = self.world.links[link].mode;
        let kmh = defaults.speed_kmh.of(mode).value;
        self.note(format!("{mode}: {kmh} km/h"), situation.speed_grounds(link));
        let set = |op: Op| matches!(op, Op::SetTariff(own, _) if own == link);
        if situation.changes_to(set).next().is_none() {
            let tariff = defaults.cost_usd_per_t_km.of(mode);
            let what = format!("{mode}: {} USD per tonne and km", tariff.value);
            self.note(what, Grounds::of_default(tariff));
        }
    }

    fn of_handover(&mut self, situation: &Situation<'_>, handover: Handover) {
        let defaults = situation.defaults();
        let (what, hours, usd): (_, &Claim<f64>, &Claim<f64>) = match handover {
            Handover::Border { .. } => return,
            Handover::GaugeChange { .. } => (
                "gauge change",
                &defaults.gauge_change_h,
                &defaults.gauge_change_usd_per_t,
            ),
            Handover::Transfer { .. } => (
                "change of mode",
                &defaults.transfer_h,
                &defaults.transfer_usd_per_t,
            ),
        };
        self.note(
            format!("{what}: {} h", hours.value),
            Grounds::of_default(hours),
        );
        self.note(
            format!("{what}: {} USD per tonne", usd.value),
            Grounds::of_default(usd),
        );
    }
}

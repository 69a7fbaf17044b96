//! The world on a date under a scenario: what is open, on what terms, and what that rests on.
//!
//! *In*: a [`World`], a [`Scenario`], a date. *Out*: a [`Situation`], which the search and the rows read. The world is
//! never changed: a scenario is laid over it.
//!
//! # Rules
//!
//! - A link is open if its condition on the date is `operational`, or if the scenario opens or builds it.
//! - A crossing is open to a mode that it serves if its regime on the date is `open` or `cargo-only`, or if the scenario
//!   opens it. Without a claim it is closed: nobody says that it is open.
//! - A scenario opens a crossing for the modes that it serves, or for the one mode that the change names, served or not.
//! - Kilometres count as still to build where the scenario *builds* a link that is not there. A link that it merely
//!   *opens* is taken to be there on the scenario's terms.
//! - Changes apply in their order: the last one about a thing stands.
//! - Closed is absent. It has terms, so that one can ask what opening it would bring, but no search uses them unasked.

pub(crate) mod terms;

use crate::error::Error;
use crate::error::Result;
use crate::model::Change;
use crate::model::ConditionKind;
use crate::model::Crossing;
use crate::model::Date;
use crate::model::Defaults;
use crate::model::Dwell;
use crate::model::Evidence;
use crate::model::Existence;
use crate::model::Id;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Op;
use crate::model::Regime;
use crate::model::Scenario;
use crate::model::World;
use crate::model::in_force;

pub use terms::Grounds;
pub use terms::Minutes;
pub use terms::Origin;
pub use terms::Passage;
pub use terms::Speed;
pub use terms::Tariff;
pub use terms::Terms;

/// All modes, in the order of their records.
pub const MODES: [Mode; 3] = [Mode::Rail, Mode::Road, Mode::Ferry];

/// The world on a date under a scenario.
#[derive(Debug, Clone)]
pub struct Situation<'w> {
    world: &'w World,
    defaults: &'w Defaults,
    scenario: Option<&'w Scenario>,
    on: Date,
    links: Vec<Standing<'w, Terms>>,
    /// By crossing, then in the order of [`MODES`].
    crossings: Vec<[Standing<'w, Passage<'w>>; MODES.len()]>,
}

/// The terms of a link or a crossing, and why it is closed, if it is.
#[derive(Debug, Clone)]
pub struct Standing<'w, T> {
    /// What using it takes, or would take if it were open.
    pub terms: T,
    /// Why it is closed; none if it is open.
    pub closure: Option<Closure<'w>>,
}

/// Why something is closed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Closure<'w> {
    /// The crossing does not serve the mode.
    NotServed,
    /// No claim speaks for the date.
    NoClaim,
    /// A claim says so.
    Stated {
        /// The condition or regime, in the word that files use.
        word: &'static str,
        /// Since when.
        from: Option<Date>,
        /// What the claim rests on.
        evidence: &'w Evidence,
    },
    /// The scenario closes it.
    Changed(&'w Change),
}

impl<T> Standing<'_, T> {
    /// The terms, if it is open.
    pub const fn open(&self) -> Option<&T> {
        if self.closure.is_none() {
            Some(&self.terms)
        } else {
            None
        }
    }
}

impl<'w> Situation<'w> {
    /// The world under `scenario`, on the date `on`; else on the scenario's date, else on the data's own.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] if the data set has no defaults for its network.
    pub fn new(world: &'w World, scenario: Option<&'w Scenario>, on: Option<Date>) -> Result<Self> {
        let Some(defaults) = &world.defaults else {
            return Err(Error::Usage(
                "the data set has no network to search: network/defaults.json is missing"
                    .to_owned(),
            ));
        };
        let on = on
            .or(scenario.and_then(|scenario| scenario.on))
            .unwrap_or(world.meta.as_of);
        let links = world
            .links
            .iter()
            .map(|(_, link)| link_standing(link, defaults, on))
            .collect();
        let crossings = world
            .crossings
            .iter()
            .map(|(_, crossing)| MODES.map(|mode| crossing_standing(crossing, mode, defaults, on)))
            .collect();
        let mut situation = Self {
            world,
            defaults,
            scenario,
            on,
            links,
            crossings,
        };
        for change in scenario.map_or(&[][..], |scenario| &scenario.changes) {
            situation.apply(change);
        }
        Ok(situation)
    }

    /// The same with everything open, to ask what closed things a journey would need: what was closed counts as to build.
    #[must_use]
    pub fn with_everything_open(&self) -> Self {
        let mut open = self.clone();
        for standing in &mut open.links {
            standing.terms.to_build = standing.closure.take().is_some();
        }
        for standing in open.crossings.iter_mut().flatten() {
            if standing.closure != Some(Closure::NotServed) {
                standing.closure = None;
            }
        }
        open
    }

    /// The world that this is laid over.
    pub const fn world(&self) -> &'w World {
        self.world
    }

    /// The parameters that no link or crossing states itself.
    pub const fn defaults(&self) -> &'w Defaults {
        self.defaults
    }

    /// The scenario.
    pub const fn scenario(&self) -> Option<&'w Scenario> {
        self.scenario
    }

    /// The date.
    pub const fn on(&self) -> Date {
        self.on
    }

    /// How a link stands.
    pub fn link(&self, link: Id<Link>) -> &Standing<'w, Terms> {
        &self.links[link.row()]
    }

    /// How a crossing stands for a mode.
    pub fn crossing(&self, crossing: Id<Crossing>, mode: Mode) -> &Standing<'w, Passage<'w>> {
        &self.crossings[crossing.row()][slot(mode)]
    }

    /// What the speed on a link rests on.
    pub fn speed_grounds(&self, link: Id<Link>) -> Grounds<'w> {
        let link = &self.world.links[link];
        in_force(&link.speed_kmh, self.on).map_or_else(
            || Grounds::of_default(self.defaults.speed_kmh.of(link.mode)),
            Grounds::of_record,
        )
    }

    /// The scenario's changes to what `uses` says is used, in their order.
    pub fn changes_to(&self, uses: impl Fn(Op) -> bool) -> impl Iterator<Item = &'w Change> {
        let changes = self.scenario.map_or(&[][..], |scenario| &scenario.changes);
        changes.iter().filter(move |change| uses(change.op))
    }

    fn apply(&mut self, change: &'w Change) {
        match change.op {
            Op::OpenLink(link) => self.open_link(link, false),
            Op::BuildLink(link) => self.open_link(link, true),
            Op::CloseLink(link) => {
                self.links[link.row()].closure = Some(Closure::Changed(change));
            }
            Op::SetTariff(link, usd) => {
                self.links[link.row()].terms.tariff = Tariff::from_usd_per_t_km(usd);
            }
            Op::SetGauge(link, mm) => self.links[link.row()].terms.gauge_mm = Some(mm),
            Op::OpenCrossing(crossing, mode) => {
                let served = &self.world.crossings[crossing].modes;
                for opened in MODES
                    .into_iter()
                    .filter(|own| mode.map_or_else(|| served.contains(own), |mode| mode == *own))
                {
                    let standing = &mut self.crossings[crossing.row()][slot(opened)];
                    standing.closure = None;
                    standing.terms.regime = Some(Grounds::of_change(change));
                }
            }
            Op::CloseCrossing(crossing, mode) => {
                for closed in MODES
                    .into_iter()
                    .filter(|own| mode.is_none_or(|mode| mode == *own))
                {
                    self.crossings[crossing.row()][slot(closed)].closure =
                        Some(Closure::Changed(change));
                }
            }
            Op::SetDwell(crossing, mode, dwell) => {
                let passage = &mut self.crossings[crossing.row()][slot(mode)].terms;
                passage.dwell = Minutes::from_dwell(dwell);
                passage.dwell_grounds = Grounds::of_change(change);
            }
        }
    }

    fn open_link(&mut self, link: Id<Link>, built: bool) {
        let there = self.world.links[link].existence_on(self.on) != Existence::ToBuild;
        let standing = &mut self.links[link.row()];
        standing.closure = None;
        standing.terms.to_build = built && !there;
    }
}

const fn slot(mode: Mode) -> usize {
    match mode {
        Mode::Rail => 0,
        Mode::Road => 1,
        Mode::Ferry => 2,
    }
}

fn link_standing<'w>(link: &'w Link, defaults: &Defaults, on: Date) -> Standing<'w, Terms> {
    let stated_speed = in_force(&link.speed_kmh, on).map(|claim| claim.value);
    let terms = Terms {
        mode: link.mode,
        territory: link.territory,
        gauge_mm: link.gauge_mm,
        speed: Speed::from_kmh(stated_speed.unwrap_or(defaults.speed_kmh.of(link.mode).value)),
        tariff: Tariff::from_usd_per_t_km(defaults.cost_usd_per_t_km.of(link.mode).value),
        to_build: false,
    };
    let closure = match link.condition_on(on) {
        Some(claim) if claim.value.is == ConditionKind::Operational => None,
        Some(claim) => Some(Closure::Stated {
            word: claim.value.is.word(),
            from: claim.from,
            evidence: &claim.evidence,
        }),
        None => Some(Closure::NoClaim),
    };
    Standing { terms, closure }
}

fn crossing_standing<'w>(
    crossing: &'w Crossing,
    mode: Mode,
    defaults: &'w Defaults,
    on: Date,
) -> Standing<'w, Passage<'w>> {
    let regime = crossing.regime_on(mode, on);
    let closure = match regime {
        _ if !crossing.modes.contains(&mode) => Some(Closure::NotServed),
        Some(claim) if matches!(claim.value.value, Regime::Open | Regime::CargoOnly) => None,
        Some(claim) => Some(Closure::Stated {
            word: claim.value.value.word(),
            from: claim.from,
            evidence: &claim.evidence,
        }),
        None => Some(Closure::NoClaim),
    };
    let (dwell, dwell_grounds): (Dwell, _) = crossing.dwell_on(mode, on).map_or_else(
        || {
            (
                defaults.dwell_h.of(mode).value,
                Grounds::of_default(defaults.dwell_h.of(mode)),
            )
        },
        |claim| (claim.value.value, Grounds::of_record(claim)),
    );
    let default_cost = defaults.crossing_cost_usd.of(mode);
    let (usd, cost_grounds) = crossing.cost_on(mode, on).map_or_else(
        || (default_cost.value, Grounds::of_default(default_cost)),
        |claim| (claim.value.value, Grounds::of_record(claim)),
    );
    let terms = Passage {
        dwell: Minutes::from_dwell(dwell),
        cents_per_t: terms::whole(usd * 100.0 / defaults.payload_t.of(mode).value),
        regime: regime.map(Grounds::of_record),
        dwell_grounds,
        cost_grounds,
    };
    Standing { terms, closure }
}

//! What using a link or passing a crossing takes, in the whole units of the search.

use crate::model::Change;
use crate::model::Claim;
use crate::model::Code;
use crate::model::Dwell;
use crate::model::Evidence;
use crate::model::Mode;

/// What running on a link takes, per metre.
///
/// Links on equal terms form a *class*: inside it every criterion of the search grows with length alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Terms {
    /// What runs on it.
    pub mode: Mode,
    /// The territory it lies in.
    pub territory: Code,
    /// Railways: distance between the rails.
    pub gauge_mm: Option<u32>,
    /// Speed.
    pub speed: Speed,
    /// Tariff.
    pub tariff: Tariff,
    /// Whether its kilometres count as still to build.
    pub to_build: bool,
}

/// A speed.
///
/// # Units
///
/// Whole metres per hour inside, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Speed(u32);

/// A tariff.
///
/// # Units
///
/// Whole millionths of a US dollar per tonne and kilometre inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tariff(u32);

/// Time at a border in whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minutes {
    /// A good day.
    pub low: u32,
    /// What the search counts.
    pub typical: u32,
    /// A bad day.
    pub high: u32,
}

/// What passing a crossing takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passage<'w> {
    /// Time.
    pub dwell: Minutes,
    /// Charge in whole US cents per tonne.
    pub cents_per_t: u32,
    /// What its being open or closed rests on; none if nobody says anything.
    pub regime: Option<Grounds<'w>>,
    /// What the time rests on.
    pub dwell_grounds: Grounds<'w>,
    /// What the charge rests on.
    pub cost_grounds: Grounds<'w>,
}

/// What a figure rests on, and whether it was stated for this very thing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grounds<'w> {
    /// Where the figure was taken from.
    pub origin: Origin,
    /// What it rests on there.
    pub evidence: &'w Evidence,
    /// What a reader should know.
    pub note: Option<&'w str>,
}

/// Where a figure was taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The record of the link or crossing.
    Record,
    /// The default for its mode.
    Default,
    /// A change of the scenario.
    Scenario,
}

impl Terms {
    /// Minutes for `length_m` metres, rounded up: no section is faster than its speed.
    pub fn minutes(&self, length_m: u32) -> u32 {
        rounded_up(u64::from(length_m) * 60, u64::from(self.speed.0))
    }

    /// US cents per tonne for `length_m` metres, rounded up.
    pub fn cents_per_t(&self, length_m: u32) -> u32 {
        /// Millionths of a dollar in a cent, times metres in a kilometre.
        const MILLIONTH_METRES: u64 = 10_000 * 1_000;
        rounded_up(
            u64::from(length_m) * u64::from(self.tariff.0),
            MILLIONTH_METRES,
        )
    }
}

impl Speed {
    /// A speed of `kmh` kilometres per hour.
    pub fn from_kmh(kmh: f64) -> Self {
        Self(whole(kmh * 1000.0).max(1))
    }

    /// Kilometres per hour.
    pub fn kmh(self) -> f64 {
        f64::from(self.0) / 1000.0
    }
}

impl Tariff {
    /// A tariff of `usd` US dollars per tonne and kilometre.
    pub fn from_usd_per_t_km(usd: f64) -> Self {
        Self(whole(usd * 1e6))
    }

    /// US dollars per tonne and kilometre.
    pub fn usd_per_t_km(self) -> f64 {
        f64::from(self.0) / 1e6
    }
}

impl Minutes {
    /// Hours to whole minutes.
    pub fn from_dwell(hours: Dwell) -> Self {
        Self {
            low: whole(hours.low * 60.0),
            typical: whole(hours.typical * 60.0),
            high: whole(hours.high * 60.0),
        }
    }
}

impl<'w> Grounds<'w> {
    /// A claim of the link's or crossing's own record.
    pub fn of_record<T>(claim: &'w Claim<T>) -> Self {
        Self {
            origin: Origin::Record,
            evidence: &claim.evidence,
            note: claim.note.as_deref(),
        }
    }

    /// A default.
    pub fn of_default<T>(claim: &'w Claim<T>) -> Self {
        Self {
            origin: Origin::Default,
            ..Self::of_record(claim)
        }
    }

    /// A change of a scenario.
    pub fn of_change(change: &'w Change) -> Self {
        Self {
            origin: Origin::Scenario,
            evidence: &change.evidence,
            note: change.note.as_deref(),
        }
    }
}

fn rounded_up(dividend: u64, divisor: u64) -> u32 {
    u32::try_from(dividend.div_ceil(divisor)).unwrap_or(u32::MAX)
}

/// The nearest whole number that a search can count with.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and no claim comes near the limits"
)]
pub(crate) fn whole(value: f64) -> u32 {
    value.round() as u32
}

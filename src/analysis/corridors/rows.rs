//! The rows of corridors.

use std::collections::BTreeMap;

use crate::model::Code;
use crate::model::Date;
use crate::model::Drawn;
use crate::model::LengthBasis;
use crate::model::Mode;
use crate::model::Names;
use crate::model::Pair;

/// One corridor, in figures.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CorridorRow {
    /// Its id.
    pub corridor: String,
    /// Its letter in tables and maps.
    pub letter: Option<String>,
    /// The names that its parties use.
    pub names: Names,
    /// The date of the conditions.
    pub as_of: Date,
    /// Its modes in the order in which they first come, joined by `+`.
    pub mode: String,
    /// Node where it starts.
    pub from: String,
    /// Node where it ends.
    pub to: String,
    /// Length: the sum of the links' lengths that count.
    pub length_km: f64,
    /// Lengths that others publish for the whole.
    pub published_km: Vec<PublishedRow>,
    /// Kilometres by territory.
    pub by_state: BTreeMap<Code, f64>,
    /// Kilometres in use.
    pub operational_km: f64,
    /// Kilometres that are there, but closed or derelict.
    pub closed_km: f64,
    /// Kilometres that are not there: dismantled, under construction, planned, or of no known condition.
    pub to_build_km: f64,
    /// Changes of the railway gauge.
    pub gauge_changes: usize,
    /// Borders between states that are crossed.
    pub crossings: usize,
    /// Changes from one mode to another.
    pub transfers: usize,
    /// How far the drawn alignment may be off, at worst.
    pub alignment_accuracy_m: f64,
    /// The states that it is said to avoid.
    pub avoids: Vec<Code>,
}

/// A length that somebody publishes.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PublishedRow {
    /// The length.
    pub km: f64,
    /// The source's id.
    pub source: Option<String>,
    /// The basis of the assumption.
    pub assumption: Option<String>,
    /// What a reader should know.
    pub note: Option<String>,
}

/// One corridor in full.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CorridorDetail {
    /// Its figures.
    #[serde(flatten)]
    pub row: CorridorRow,
    /// What it is, in a sentence.
    pub summary: String,
    /// What a reader should know.
    pub notes: Vec<String>,
    /// Its links in order.
    pub links: Vec<CorridorLinkRow>,
    /// The borders in order.
    pub borders: Vec<CorridorBorderRow>,
}

/// A link of a corridor.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CorridorLinkRow {
    /// Its id.
    pub link: String,
    /// What runs on it.
    pub mode: Mode,
    /// The territory it lies in.
    pub state: Code,
    /// Node where the corridor enters it.
    pub from: String,
    /// Node where the corridor leaves it.
    pub to: String,
    /// The length that counts.
    pub length_km: f64,
    /// Why that one.
    pub length_basis: LengthBasis,
    /// Lengths that others publish.
    pub published_km: Vec<PublishedRow>,
    /// Its condition on the date.
    pub condition: Option<&'static str>,
    /// Since when.
    pub condition_from: Option<Date>,
    /// The source of the condition.
    pub condition_source: Option<String>,
    /// The basis, where the condition is assumed.
    pub condition_assumption: Option<String>,
    /// Per cent done, of a construction.
    pub progress_pct: Option<f64>,
    /// Railways: distance between the rails.
    pub gauge_mm: Option<u32>,
    /// Railways: number of tracks.
    pub tracks: Option<u32>,
    /// Railways: current system.
    pub electrified: Option<String>,
    /// How the alignment was drawn.
    pub drawn: Drawn,
    /// How far it may be off.
    pub alignment_accuracy_m: f64,
}

/// A border on a corridor.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CorridorBorderRow {
    /// The crossing.
    pub crossing: String,
    /// The states.
    pub pair: Pair,
    /// What crosses.
    pub mode: Mode,
    /// Its regime for the mode on the date.
    pub regime: Option<&'static str>,
    /// The source of the regime.
    pub source: Option<String>,
    /// The basis, where the regime is assumed.
    pub assumption: Option<String>,
}

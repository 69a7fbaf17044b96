//! An agreement between states: its provisions, and what of each has a place on the map.

use serde::Deserialize;
use serde::Serialize;

use crate::model::Claim;
use crate::model::Code;
use crate::model::Corridor;
use crate::model::Id;
use crate::model::Mode;
use crate::model::Node;
use crate::model::Pair;
use crate::model::Scenario;
use crate::model::Source;
use crate::model::Stage;
use crate::model::segment::words;

/// An agreement between two states, in the words of the data set.
#[derive(Debug, Clone)]
pub struct Accord {
    /// Slug.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// The parties.
    pub parties: Pair,
    /// How far it has come, over time.
    pub standing: Vec<Claim<Standing>>,
    /// What it says, in order.
    pub provisions: Vec<Provision>,
}

/// How far an agreement has come. Several hold at once: what was signed was published too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The text was initialled: it is settled between the negotiators.
    Initialled,
    /// The text was published.
    Published,
    /// It is stated that it was not signed yet.
    Unsigned,
    /// It was signed.
    Signed,
    /// All parties ratified it.
    Ratified,
    /// It is in force.
    InForce,
}

/// One provision.
#[derive(Debug, Clone)]
pub struct Provision {
    /// Slug.
    pub id: String,
    /// Whether the text says it or leaves it to be done.
    pub kind: ProvisionKind,
    /// The article, as the text counts it.
    pub article: Option<String>,
    /// Title.
    pub title: String,
    /// What it says, in the words of the data set.
    pub text: String,
    /// Where that can be read; never empty.
    pub sources: Vec<Id<Source>>,
    /// What can be measured of it.
    pub measures: Vec<Measurement>,
    /// Why nothing can be measured, where that is so.
    pub unmeasured: Option<String>,
}

/// What a provision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProvisionKind {
    /// The text says it.
    Clause,
    /// It is left to be done.
    TaskLeft,
}

/// A measure, and what a reader should know of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// What is measured.
    pub measure: Measure,
    /// What a reader should know.
    pub note: Option<String>,
}

/// What the program can measure.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// How long the border is.
    Length {
        /// Whose border.
        pair: Pair,
    },
    /// How much of the border has come to a stage or beyond it.
    Reached {
        /// The stage.
        stage: Stage,
        /// Whose border.
        pair: Pair,
        /// What others publish about it, in kilometres.
        published_km: Vec<Claim<f64>>,
    },
    /// Which segments are agreed, and which are open.
    OpenSegments {
        /// Whose border.
        pair: Pair,
    },
    /// Which enclaves are in other hands than their own state's.
    Exclaves {
        /// Between which states.
        pair: Pair,
    },
    /// Which border crossing points are open.
    Crossings {
        /// Between which states.
        pair: Pair,
    },
    /// Which settlements lie near the border.
    FrontierSettlements {
        /// Whose border.
        pair: Pair,
        /// How near, in kilometres.
        depth_km: f64,
        /// Why that near.
        depth_basis: String,
    },
    /// What exists of the links that corridors use.
    Links {
        /// What runs on them.
        mode: Mode,
        /// The corridors.
        corridors: Vec<Id<Corridor>>,
    },
    /// Which ways there are from one place to another.
    Options(Journey),
}

/// A journey, before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Journey {
    /// Where it starts.
    pub from: Id<Node>,
    /// Where it ends.
    pub to: Id<Node>,
    /// The states that it must not touch.
    pub avoid: Vec<Code>,
    /// What it may use; all modes if empty.
    pub modes: Vec<Mode>,
    /// The scenario that stands for before.
    pub before: Id<Scenario>,
    /// The scenario that stands for after.
    pub after: Id<Scenario>,
}

impl Measure {
    /// The word that files and tables use.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Length { .. } => "length",
            Self::Reached { stage, .. } => stage.word(),
            Self::OpenSegments { .. } => "open-segments",
            Self::Exclaves { .. } => "exclaves",
            Self::Crossings { .. } => "crossings",
            Self::FrontierSettlements { .. } => "frontier-settlements",
            Self::Links { .. } => "links",
            Self::Options(_) => "options",
        }
    }
}

words!(Standing {
    Initialled => "initialled",
    Published => "published",
    Unsigned => "unsigned",
    Signed => "signed",
    Ratified => "ratified",
    InForce => "in force",
});
words!(ProvisionKind { Clause => "clause", TaskLeft => "task-left" });

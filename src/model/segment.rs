//! Named parts of a border and the five axes of their status.

use std::collections::BTreeMap;

use geo::Coord;
use serde::Deserialize;
use serde::Serialize;

use crate::model::Claim;
use crate::model::Code;
use crate::model::Named;
use crate::model::Names;
use crate::model::Pair;

/// A named part of the border between two states.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Slug.
    pub id: String,
    /// The states.
    pub pair: Pair,
    /// Which part of the pair's border, and how much of it.
    pub extent: Extent,
    /// Place along the chainage.
    pub order: i64,
    /// Names.
    pub names: Names,
    /// How the anchors were placed.
    pub anchor_basis: String,
    /// What is at issue.
    pub issue: Option<String>,
    /// Statements about the five axes.
    pub status: Status,
}

/// How much of a border a segment covers.
#[derive(Debug, Clone, PartialEq)]
pub enum Extent {
    /// The whole part of the border: `None` for the main one, else the subdivision that makes it.
    Whole {
        /// The subdivision, if the part is not the main one.
        subdivision: Option<Code>,
        /// Whether the agreed chainage runs from south to north (or from east to west).
        reverse: bool,
    },
    /// From one anchor to another, along the chainage.
    Between {
        /// The subdivision, if the part is not the main one.
        subdivision: Option<Code>,
        /// Where it starts.
        from: Coord,
        /// Where it ends.
        to: Coord,
        /// How far the anchors may be from where they belong, in metres.
        anchor_accuracy_m: f64,
    },
    /// The outline of the enclave that holds this point.
    Ring {
        /// A point inside the enclave.
        inside: Coord,
    },
}

/// The claims on the five independent axes of a border's status (after Jones 1945 and the design of the field's exchange formats).
#[derive(Debug, Clone, Default)]
pub struct Status {
    /// How far the making of the border has come.
    pub stage: Vec<Claim<Stage>>,
    /// Whether the parties agree on it.
    pub agreement: Vec<Claim<Agreement>>,
    /// Who holds the ground on each side.
    pub control: Vec<Claim<Control>>,
    /// What the line rests on.
    pub basis: Vec<Claim<Basis>>,
    /// Metres within which the line is known on the ground (95 %).
    pub geometry: Vec<Claim<f64>>,
}

/// How far the making of a border has come (S. B. Jones, *Boundary-Making*, 1945).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The territory was divided in principle.
    Allocated,
    /// The line was described or drawn by agreement.
    Delimited,
    /// The line was marked on the ground.
    Demarcated,
    /// The marked line is maintained jointly.
    Administered,
}

/// Whether the parties agree on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// Both agreed on the line itself.
    Agreed,
    /// Both agreed on the rule that gives the line, not yet on the line.
    AgreedInPrinciple,
    /// They differ.
    Contested,
    /// Only one of them states it.
    UnilateralClaim,
}

/// What a line rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A protocol-description signed by both commissions.
    ProtocolDescription,
    /// A sheet of the Soviet General Staff, its edition in the claim's note.
    SovietMap,
    /// An act of Soviet authorities.
    SovietAct,
    /// A treaty between states.
    Treaty,
    /// No basis is stated.
    NoneStated,
}

/// For each side of the line, by state, who holds ground there.
pub type Control = BTreeMap<Code, Vec<Code>>;

impl Segment {
    /// The subdivision whose border this is part of; none for the main part and for rings.
    pub const fn subdivision(&self) -> Option<Code> {
        match self.extent {
            Extent::Whole { subdivision, .. } | Extent::Between { subdivision, .. } => subdivision,
            Extent::Ring { .. } => None,
        }
    }

    /// Whether this record speaks for a whole part of a border.
    pub const fn is_whole(&self) -> bool {
        matches!(self.extent, Extent::Whole { .. })
    }
}

impl Named for Segment {
    fn slug(&self) -> &str {
        &self.id
    }
}

/// The word that files and tables use for `value`.
macro_rules! words {
    ($type:ty { $($variant:ident => $word:literal),+ $(,)? }) => {
        impl $type {
            /// The word that files and tables use.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }
    };
}
pub(super) use words;

words!(Stage {
    Allocated => "allocated",
    Delimited => "delimited",
    Demarcated => "demarcated",
    Administered => "administered",
});
words!(Agreement {
    Agreed => "agreed",
    AgreedInPrinciple => "agreed-in-principle",
    Contested => "contested",
    UnilateralClaim => "unilateral-claim",
});
words!(Basis {
    ProtocolDescription => "protocol-description",
    SovietMap => "soviet-map",
    SovietAct => "soviet-act",
    Treaty => "treaty",
    NoneStated => "none-stated",
});

//! Lengths and areas that others publish, and claims about them: what the audit holds computed figures against.

use serde::Deserialize;
use serde::Serialize;

use crate::model::Code;
use crate::model::Corridor;
use crate::model::Date;
use crate::model::Id;
use crate::model::Mode;
use crate::model::Node;
use crate::model::Pair;
use crate::model::Source;
use crate::model::segment::words;

/// One published figure.
#[derive(Debug, Clone)]
pub struct Published {
    /// What the source says it is, in words.
    pub what: String,
    /// What kind of figure it is.
    pub kind: FigureKind,
    /// What it is about, as the data set writes it.
    pub id: String,
    /// What it is about; none where the data set says that it cannot be measured.
    pub subject: Option<Subject>,
    /// The figure, in the unit of its kind.
    pub value: f64,
    /// The step that the source rounds to, in the same unit.
    pub rounded_to: f64,
    /// The date of the figure.
    pub date: Option<Date>,
    /// Who published it.
    pub source: Id<Source>,
    /// What ground the figure covers, where that is not the whole of its subject.
    pub extent: Covered,
    /// For a slip of the source: what should stand there, and how that is known.
    pub slip: Option<String>,
    /// Why nothing in the data set can be measured for it.
    pub not_measurable: Option<String>,
    /// What a reader should know.
    pub note: Option<String>,
}

/// What kind of figure was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureKind {
    /// The length of a border, of a part of it, or of all borders of a state.
    BorderLength,
    /// The area of a territory or of a disputed ground.
    Area,
    /// The area of an enclave.
    EnclaveArea,
    /// The length of an enclave's outline.
    EnclavePerimeter,
    /// How far an enclave reaches from south to north.
    EnclaveHeight,
    /// How far an enclave reaches from west to east.
    EnclaveWidth,
    /// The least distance from an enclave to the territory that it belongs to.
    EnclaveGap,
    /// The length of a railway, road or corridor, or of a section of one.
    WayLength,
    /// A statement about such lengths that readers may have heard.
    Claim,
}

/// What a figure is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// The border of two states, or one part of it.
    Border {
        /// The states.
        pair: Pair,
        /// How much of their border.
        stretch: Stretch,
    },
    /// All borders of a state.
    AllBorders(Code),
    /// A territory; a state with all its subdivisions.
    Territory(Code),
    /// A disputed ground or an enclave, by its id.
    Ground(String),
    /// Ways, added and taken off.
    Ways(Vec<Term>),
}

/// How much of the border of two states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    /// All of it.
    All,
    /// Between the two mainlands.
    Main,
    /// Between a subdivision with its own code and the other state.
    Subdivision(Code),
}

/// A way in a sum or difference of ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The way as the data set writes it.
    pub text: String,
    /// Whether it is taken off.
    pub minus: bool,
    /// The way.
    pub way: Way,
    /// Only what lies in this territory.
    pub within: Option<Code>,
}

/// A chain of links.
#[derive(Debug, Clone, PartialEq)]
pub enum Way {
    /// A corridor.
    Corridor(Id<Corridor>),
    /// The shortest chain from node to node, whatever its condition.
    Between {
        /// Which links may be used.
        over: Over,
        /// The nodes to pass, in order; two or more.
        nodes: Vec<Id<Node>>,
    },
}

/// Which links a chain may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// All of a mode.
    Mode(Mode),
    /// Those of one line.
    Line(String),
}

/// What ground a figure covers.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Covered {
    /// The whole of its subject, as far as the source says.
    #[default]
    Whole,
    /// Without inland water.
    Land,
    /// Only inland water.
    Water,
    /// With station tracks and sidings.
    WithSidings,
    /// Only a part of the subject.
    Part,
    /// More than the subject.
    More,
    /// Between other ends, or along another way.
    OtherWay,
}

impl Covered {
    /// All of them, in their order.
    pub const ALL: [Self; 7] = [
        Self::Whole,
        Self::Land,
        Self::Water,
        Self::WithSidings,
        Self::Part,
        Self::More,
        Self::OtherWay,
    ];

    /// Whether the data set declares that the figure covers other ground than its subject.
    pub const fn is_other(self) -> bool {
        matches!(
            self,
            Self::WithSidings | Self::Part | Self::More | Self::OtherWay
        )
    }
}

impl FigureKind {
    /// All kinds, in their order.
    pub const ALL: [Self; 9] = [
        Self::BorderLength,
        Self::Area,
        Self::EnclaveArea,
        Self::EnclavePerimeter,
        Self::EnclaveHeight,
        Self::EnclaveWidth,
        Self::EnclaveGap,
        Self::WayLength,
        Self::Claim,
    ];

    /// The unit of its figures.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Area | Self::EnclaveArea => "km2",
            _ => "km",
        }
    }

    /// Whether its figures are lengths of ways.
    pub const fn is_of_ways(self) -> bool {
        matches!(self, Self::WayLength | Self::Claim)
    }

    /// Whether its figures are about the outline of an enclave.
    pub const fn is_of_enclaves(self) -> bool {
        matches!(
            self,
            Self::EnclaveArea
                | Self::EnclavePerimeter
                | Self::EnclaveHeight
                | Self::EnclaveWidth
                | Self::EnclaveGap
        )
    }
}

words!(FigureKind {
    BorderLength => "border-length",
    Area => "area",
    EnclaveArea => "enclave-area",
    EnclavePerimeter => "enclave-perimeter",
    EnclaveHeight => "enclave-height",
    EnclaveWidth => "enclave-width",
    EnclaveGap => "enclave-gap",
    WayLength => "way-length",
    Claim => "claim",
});
words!(Covered {
    Whole => "whole",
    Land => "land",
    Water => "water",
    WithSidings => "with-sidings",
    Part => "part",
    More => "more",
    OtherWay => "other-way",
});

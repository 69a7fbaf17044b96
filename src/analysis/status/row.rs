//! The answers of status questions.

use serde::Serialize;
use serde::Serializer;

use crate::analysis::segments::ClaimRow;
use crate::analysis::segments::StatusOn;
use crate::analysis::status::ErrorBudget;
use crate::index::Holders;
use crate::model::Code;
use crate::model::Date;
use crate::model::Pair;

/// The answer for one place.
#[derive(Debug, Clone, Serialize)]
pub struct StatusRow<'q> {
    /// The date that the status holds on.
    pub as_of: Date,
    /// The boundary source.
    pub source: &'q str,
    /// The place asked about: longitude, latitude.
    pub point: [f64; 2],
    /// The territory that the source puts it in; `A+B` where it draws the place in two.
    pub territory: Option<Codes>,
    /// `inside`, or `within_error` if the line is nearer than the error.
    pub side: Side,
    /// The segment at the nearest border place.
    pub segment: Option<&'q str>,
    /// The neighbouring segment, if the anchor between the two is known too coarsely to say which.
    pub may_be: Option<&'q str>,
    /// The states whose border is nearest.
    pub pair: Option<Pair>,
    /// The part of their border.
    pub part: Option<&'q str>,
    /// Chainage of the nearest border place.
    pub km: Option<f64>,
    /// Geodesic distance to it, exact to a tenth of a millimetre before it is rounded.
    pub distance_m: Option<f64>,
    /// Between what the distance to the line meant lies (95 %).
    pub distance_within_m: Option<[f64; 2]>,
    /// The accuracy of the source at the nearest border (95 %), as measured for that part where it was.
    pub accuracy_m: f64,
    /// All that makes the answer uncertain.
    pub error: ErrorBudget,
    /// The nearest border place: longitude, latitude.
    pub nearest: Option<[f64; 2]>,
    /// The five axes.
    pub status: Option<&'q StatusOn>,
    /// The claims behind them.
    pub claims: &'q [ClaimRow],
    /// Axes on which the parties' statements differ.
    pub differing: &'q [&'static str],
    /// Enclaves and contested areas whose known outline holds the place.
    pub disputes: Vec<&'q str>,
    /// Those of unknown outline that may hold it, by their position and published area.
    pub disputes_near: Vec<&'q str>,
}

/// Where a place lies with regard to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Further from the line than the error.
    Inside,
    /// Too near the line to say on which side.
    WithinError,
}

impl Side {
    /// The word that files and tables use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::WithinError => "within_error",
        }
    }
}

/// One territory code, or several joined by `+`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Codes {
    first: Code,
    second: Option<Code>,
}

impl Codes {
    /// The codes of territories that hold a place; none if there is none.
    pub(super) fn of([first, second]: Holders) -> Option<Self> {
        first.map(|first| Self { first, second })
    }
}

impl Codes {
    /// The codes.
    pub fn iter(self) -> impl Iterator<Item = Code> {
        std::iter::once(self.first).chain(self.second)
    }
}

impl std::fmt::Display for Codes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.second {
            Some(second) => write!(f, "{}+{second}", self.first),
            None => write!(f, "{}", self.first),
        }
    }
}

impl Serialize for Codes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The answer for a named segment: the row at its middle, and its extent.
#[derive(Debug, Serialize)]
pub struct SegmentAnswer<'q> {
    /// The row at the middle of its longest stretch.
    #[serde(flatten)]
    pub row: StatusRow<'q>,
    /// Chainage of its start.
    pub from_km: f64,
    /// Chainage of its end.
    pub to_km: f64,
    /// Its length.
    pub length_km: f64,
    /// Its names.
    pub names: String,
    /// What is at issue.
    pub issue: Option<&'q str>,
    /// How its anchors were placed.
    pub anchors: &'q str,
}

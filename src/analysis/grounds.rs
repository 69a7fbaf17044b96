//! What a figure of a row rests on, in the form that all formats show.

use crate::model::Date;
use crate::model::Evidence;
use crate::model::World;
use crate::scenario::Closure;
use crate::scenario::Grounds;
use crate::scenario::Origin;

/// What a figure rests on: a source or an assumption.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct GroundsRow {
    /// Whether it was stated for this very thing, is a default, or comes from the scenario.
    pub given_by: Origin,
    /// The source's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The basis of the assumption.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumption: Option<String>,
    /// What a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Why something is closed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ClosureRow {
    /// The condition or regime, or `no claim`, `not served`, `closed by the scenario`.
    pub is: &'static str,
    /// Since when.
    pub since: Option<Date>,
    /// The source's id.
    pub source: Option<String>,
    /// The basis of the assumption.
    pub assumption: Option<String>,
}

impl GroundsRow {
    /// The row for `grounds`.
    pub(crate) fn new(world: &World, grounds: Grounds<'_>) -> Self {
        let (source, assumption) = cited(world, grounds.evidence);
        Self {
            given_by: grounds.origin,
            source,
            assumption,
            note: grounds.note.map(str::to_owned),
        }
    }
}

impl ClosureRow {
    /// The row for `closure`.
    pub(crate) fn new(world: &World, closure: Closure<'_>) -> Self {
        let (is, since, evidence) = match closure {
            Closure::NotServed => ("not served", None, None),
            Closure::NoClaim => ("no claim", None, None),
            Closure::Stated {
                word,
                from,
                evidence,
            } => (word, from, Some(evidence)),
            Closure::Changed(change) => ("closed by the scenario", None, Some(&change.evidence)),
        };
        let (source, assumption) = evidence.map_or((None, None), |evidence| cited(world, evidence));
        Self {
            is,
            since,
            source,
            assumption,
        }
    }
}

/// The source's id, or the basis of the assumption.
pub(crate) fn cited(world: &World, evidence: &Evidence) -> (Option<String>, Option<String>) {
    match evidence {
        Evidence::Source(source) => (Some(world.sources[*source].id.clone()), None),
        Evidence::Assumption(basis) => (None, Some(basis.clone())),
    }
}

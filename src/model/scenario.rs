//! Scenarios: a date and small changes laid over the world.

use crate::model::Crossing;
use crate::model::Date;
use crate::model::Dwell;
use crate::model::Evidence;
use crate::model::Id;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Named;

/// What if: the world on a date, with changes.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Slug.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it stands for.
    pub summary: String,
    /// The date on which the world is looked at; the data's own date if absent.
    pub on: Option<Date>,
    /// The changes, in order.
    pub changes: Vec<Change>,
}

/// One change, with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What changes.
    pub op: Op,
    /// What that rests on.
    pub evidence: Evidence,
    /// What a reader should know.
    pub note: Option<String>,
}

/// Kinds of change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Op {
    /// The link is open, whatever its condition says.
    OpenLink(Id<Link>),
    /// The link is closed.
    CloseLink(Id<Link>),
    /// The link is built: open, and its kilometres count as still to build if they are not there.
    BuildLink(Id<Link>),
    /// The crossing is open, for one mode or all.
    OpenCrossing(Id<Crossing>, Option<Mode>),
    /// The crossing is closed, for one mode or all.
    CloseCrossing(Id<Crossing>, Option<Mode>),
    /// The crossing takes this long.
    SetDwell(Id<Crossing>, Mode, Dwell),
    /// The link costs this much, in US dollars per tonne and kilometre.
    SetTariff(Id<Link>, f64),
    /// The link has this gauge, in millimetres.
    SetGauge(Id<Link>, u32),
}

impl Op {
    /// The word that files use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::OpenLink(_) | Self::OpenCrossing(..) => "open",
            Self::CloseLink(_) | Self::CloseCrossing(..) => "close",
            Self::BuildLink(_) => "build",
            Self::SetDwell(..) => "set-dwell",
            Self::SetTariff(..) => "set-tariff",
            Self::SetGauge(..) => "set-gauge",
        }
    }
}

impl Named for Scenario {
    fn slug(&self) -> &str {
        &self.id
    }
}

//! Enclaves, contested areas and places.

use geo::Coord;
use geo::InteriorPoint;
use geo::MultiPolygon;
use serde::Deserialize;
use serde::Serialize;

use crate::model::Claim;
use crate::model::Code;
use crate::model::Id;
use crate::model::Named;
use crate::model::Names;
use crate::model::Pair;
use crate::model::Source;

/// A place or area whose de jure line and de facto control differ, or that the parties speak about.
#[derive(Debug, Clone)]
pub struct Dispute {
    /// Slug.
    pub id: String,
    /// What it is.
    pub kind: DisputeKind,
    /// Names.
    pub names: Names,
    /// The state it belongs to de jure; none where that is the question.
    pub de_jure: Option<Code>,
    /// The states concerned.
    pub pair: Pair,
    /// Who controls it, over time.
    pub control: Vec<Claim<Code>>,
    /// Published areas in square kilometres.
    pub area_km2: Vec<Claim<f64>>,
    /// Where it is.
    pub place: DisputePlace,
    /// What is at issue.
    pub issue: String,
    /// Other facts.
    pub evidence: Vec<Claim<String>>,
}

/// Kinds of dispute record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DisputeKind {
    /// Land of one state surrounded by another.
    Enclave,
    /// Ground beside the line.
    Area,
    /// A point on or near the line.
    Place,
}

/// Where a disputed thing is, as far as any source knows.
#[derive(Debug, Clone, PartialEq)]
pub enum DisputePlace {
    /// Its outline is in this source.
    Outline {
        /// The outline.
        area: MultiPolygon,
        /// The boundary source that it was taken from.
        source: Id<Source>,
    },
    /// Only a point is known: the extent is in no source.
    Point(Coord),
}

impl DisputeKind {
    /// The word that files and tables use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Enclave => "enclave",
            Self::Area => "area",
            Self::Place => "place",
        }
    }
}

impl Dispute {
    /// A point inside it; none only for an outline without area.
    pub fn inside(&self) -> Option<Coord> {
        match &self.place {
            DisputePlace::Point(at) => Some(*at),
            DisputePlace::Outline { area, .. } => area.interior_point().map(|point| point.0),
        }
    }
}

impl Named for Dispute {
    fn slug(&self) -> &str {
        &self.id
    }
}

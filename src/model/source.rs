//! Where things were read: map data sets and publications.

use serde::Deserialize;
use serde::Serialize;

use crate::model::Date;
use crate::model::Named;

/// A data set or a publication that claims rest on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// Slug.
    pub id: String,
    /// What kind of source this is.
    pub kind: SourceKind,
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// Date of the edition, if it states one.
    pub edition: Option<Date>,
    /// SPDX id or words; `cited` for publications.
    pub licence: String,
    /// Where it is, for publications.
    pub address: Option<String>,
    /// The registry package that carries it, for data sets.
    pub package: Option<Package>,
    /// Nominal scale or tolerance.
    pub scale: Option<String>,
    /// 95 % of its positions are within this many metres of the line meant; data sets only.
    pub accuracy_m: Option<f64>,
    /// How the accuracy was determined.
    pub accuracy_basis: Option<String>,
    /// How far out its territories reach; boundary sources that say so only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub covers: Option<Covers>,
}

/// How far out the territories of a boundary source reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Covers {
    /// Land only: inland water is cut out.
    Land,
    /// Land and inland water, to the coast.
    Coast,
    /// Territorial sea too.
    Sea,
}

/// Kinds of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// Territory polygons.
    Boundary,
    /// Railways and roads.
    Network,
    /// Place names and positions.
    Gazetteer,
    /// A text.
    Publication,
}

/// The package of a public registry that carries a data set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// The registry's name.
    pub registry: String,
    /// The package's name there.
    pub name: String,
    /// The exact version.
    pub version: String,
    /// SHA-256 of the package file.
    pub sha256: String,
}

impl Named for Source {
    fn slug(&self) -> &str {
        &self.id
    }
}

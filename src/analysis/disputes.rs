//! Places whose de jure line and de facto control differ, or that the parties speak about, on a date.

use serde::Serialize;

use crate::analysis::grounds::cited;
use crate::analysis::segments::When;
use crate::model::Claim;
use crate::model::Code;
use crate::model::Date;
use crate::model::Dispute;
use crate::model::DisputePlace;
use crate::model::Evidence;
use crate::model::World;
use crate::model::in_force;
use crate::units::rounded;

/// A dispute on a date.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DisputeRow {
    /// Its id.
    pub dispute: String,
    /// `enclave`, `area` or `place`.
    pub kind: &'static str,
    /// Its names in the languages of the data set.
    pub names: String,
    /// The states concerned.
    pub pair: String,
    /// The state it belongs to de jure; nothing where that is the question.
    pub de_jure: Option<Code>,
    /// Who controls it.
    pub controlled_by: Option<Code>,
    /// Since when, as far as the claim says.
    pub control_since: Option<Date>,
    /// Whose statement that is, if it is one party's.
    pub control_view: Option<Code>,
    /// The source of that.
    pub control_source: Option<String>,
    /// The basis, where there is no source.
    pub control_assumption: Option<String>,
    /// The boundary source whose outline is used; nothing where its extent is in no source.
    pub extent_source: Option<String>,
    /// Longitude of a point in it.
    pub lon: Option<f64>,
    /// Latitude of a point in it.
    pub lat: Option<f64>,
    /// Areas that others publish, each with its source.
    pub published_km2: String,
    /// What is at issue.
    pub issue: String,
}

/// All disputes, in the order of the data.
pub fn rows(world: &World, when: When) -> Vec<DisputeRow> {
    world
        .disputes
        .iter()
        .map(|(_, dispute)| row(world, dispute, when))
        .collect()
}

/// The published areas of a dispute: `26 [rcsp2]; 32.38 [osm-2017]`.
pub fn areas(world: &World, dispute: &Dispute) -> String {
    let area = |claim: &Claim<f64>| match &claim.evidence {
        Evidence::Source(source) => format!("{} [{}]", claim.value, world.sources[*source].id),
        Evidence::Assumption(basis) => format!("{} (assumed: {basis})", claim.value),
    };
    dispute
        .area_km2
        .iter()
        .map(area)
        .collect::<Vec<_>>()
        .join("; ")
}

/// The claim that tells who controls a dispute.
pub(super) fn control(dispute: &Dispute, when: When) -> Option<Claim<Code>> {
    let claims = dispute.control.iter();
    let seen: Vec<Claim<Code>> = claims
        .filter(|claim| claim.seen_from(when.view))
        .cloned()
        .collect();
    in_force(&seen, when.on).cloned()
}

fn row(world: &World, dispute: &Dispute, when: When) -> DisputeRow {
    let languages: Vec<&str> = world.meta.languages.iter().map(String::as_str).collect();
    let control = control(dispute, when);
    let control = control.as_ref();
    let (source, assumption) = control.map_or((None, None), |claim| cited(world, &claim.evidence));
    let at = dispute.inside();
    DisputeRow {
        dispute: dispute.id.clone(),
        kind: dispute.kind.word(),
        names: dispute.names.label(&languages),
        pair: dispute.pair.to_string(),
        de_jure: dispute.de_jure,
        controlled_by: control.map(|claim| claim.value),
        control_since: control.and_then(|claim| claim.from),
        control_view: control.and_then(|claim| claim.view),
        control_source: source,
        control_assumption: assumption,
        extent_source: match &dispute.place {
            DisputePlace::Outline { source, .. } => Some(world.sources[*source].id.clone()),
            DisputePlace::Point(_) => None,
        },
        lon: at.map(|at| rounded(at.x, 6)),
        lat: at.map(|at| rounded(at.y, 6)),
        published_km2: areas(world, dispute),
        issue: dispute.issue.clone(),
    }
}

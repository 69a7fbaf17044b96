//! Published figures beside computed ones, and why they differ.
//!
//! *In*: the world, and a boundary source to measure on. *Out*: an [`AuditRow`] for every figure of `published.csv`, none left out, with a
//! verdict and its reason.
//!
//! A published figure is rounded, measured with some ruler over some ground by somebody. Each verdict names the one of these that explains
//! the difference, by a rule on the data (see [`Verdict`]); nothing is decided figure by figure in code. The tolerance of `agrees` is half
//! the step that the figure is rounded to, and the accuracy of what it is held against: both ends of each line for a border, every edge on
//! its own for an area, the rates at which lengths of maps and publications part for a railway or road.

mod areas;
mod borders;
mod chains;
mod enclaves;
mod found;
mod shore;
mod verdict;
mod ways;

use rayon::prelude::*;
use serde::Serialize;

use areas::Areas;
use borders::Borders;
use enclaves::Enclave;
use found::Found;
use found::said;
use verdict::Case;
use verdict::Sibling;
use ways::Ways;

use crate::model::Boundary;
use crate::model::Covered;
use crate::model::Date;
use crate::model::FigureKind;
use crate::model::Published;
use crate::model::Subject;
use crate::model::World;
use crate::units::rounded;

pub use found::PartRow;
pub use verdict::Verdict;

/// A published figure beside the computed one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AuditRow {
    /// What the source says it is.
    pub what: String,
    /// What kind of figure it is.
    pub kind: FigureKind,
    /// What it is about, as the data set writes it.
    pub subject: String,
    /// What ground the figure covers.
    pub extent: Covered,
    /// The published figure.
    pub published: f64,
    /// Its unit, and that of the others: `km` or `km2`.
    pub unit: &'static str,
    /// The date of the published figure.
    pub date: Option<Date>,
    /// Who published it.
    pub published_source: String,
    /// The computed figure; none where there is nothing to compute.
    pub computed: Option<f64>,
    /// The boundary source that it was computed on, or `links`.
    pub computed_on: Option<String>,
    /// How far the two may be apart and still agree: rounding and accuracy (95 %).
    pub tolerance: Option<f64>,
    /// The published figure as a share of the computed one.
    pub ratio: Option<f64>,
    /// How they stand to each other.
    pub verdict: Verdict,
    /// Why, with the numbers.
    pub reason: String,
    /// For ways: what was added up, with the sources of the sections.
    pub parts: Vec<PartRow>,
    /// What a reader should know of the published figure.
    pub note: Option<String>,
}

/// Everything that figures are computed from.
struct Measures<'w> {
    world: &'w World,
    boundary: &'w Boundary,
    borders: Borders<'w>,
    areas: Areas<'w>,
    ways: Ways<'w>,
}

/// All published figures of a world, in the order of the data, held against what is measured on `boundary` and on the network.
///
/// # Properties
///
/// There is a row for each figure. Rows are computed in parallel; their order is kept.
pub fn audit(world: &World, boundary: &Boundary) -> Vec<AuditRow> {
    let enclaves: Vec<Enclave<'_>> = enclaves::enclaves(world);
    let measures = Measures {
        world,
        boundary,
        borders: Borders::new(world, boundary, &enclaves),
        areas: Areas {
            world,
            boundary,
            enclaves: &enclaves,
        },
        ways: Ways::new(world),
    };
    let subjects = world
        .published
        .iter()
        .filter_map(|figure| figure.subject.as_ref());
    measures.borders.prepare(subjects);
    let found: Vec<Result<Found, String>> = world
        .published
        .par_iter()
        .map(|figure| measures.find(figure))
        .collect();
    let numbers: Vec<usize> = (0..found.len()).collect();
    numbers
        .into_par_iter()
        .map(|number| row(world, &found, number))
        .collect()
}

impl Measures<'_> {
    fn find(&self, figure: &Published) -> Result<Found, String> {
        match &figure.subject {
            None => Err(figure.not_measurable.clone().unwrap_or_default()),
            Some(subject @ (Subject::Border { .. } | Subject::AllBorders(_))) => {
                self.borders.find(subject)
            }
            Some(Subject::Territory(code)) => self.areas.territory(*code, figure.extent),
            Some(Subject::Ground(id)) if figure.kind.is_of_enclaves() => {
                enclaves::find(self.world, self.boundary, id, figure.kind)
            }
            Some(Subject::Ground(id)) => self.areas.ground(id),
            Some(Subject::Ways(terms)) => self.ways.find(terms, figure.source),
        }
    }
}

fn row(world: &World, found: &[Result<Found, String>], number: usize) -> AuditRow {
    let figure = &world.published[number];
    let (verdict, reason) = case(world, found, number).judged();
    let known = found[number].as_ref().ok();
    let digits = if figure.kind.unit() == "km2" { 2 } else { 3 };
    AuditRow {
        what: figure.what.clone(),
        kind: figure.kind,
        subject: figure.id.clone(),
        extent: figure.extent,
        published: figure.value,
        unit: figure.kind.unit(),
        date: figure.date,
        published_source: world.sources[figure.source].id.clone(),
        computed: known.map(|found| rounded(found.computed, digits)),
        computed_on: known.map(|found| found.on.clone()),
        tolerance: known.map(|found| rounded(found.tolerance + figure.rounded_to / 2.0, digits)),
        ratio: known
            .map(|found| figure.value / found.computed)
            .filter(|ratio| ratio.is_finite())
            .map(|ratio| rounded(ratio, 4)),
        verdict,
        reason,
        parts: known.map(|found| found.parts.clone()).unwrap_or_default(),
        note: figure.note.clone(),
    }
}

fn case<'c>(world: &'c World, found: &'c [Result<Found, String>], number: usize) -> Case<'c> {
    let figure = &world.published[number];
    let is_same = |other: &Published| {
        (other.kind, &other.id, other.extent) == (figure.kind, &figure.id, figure.extent)
    };
    let others = world.published.iter().enumerate();
    let siblings =
        others.filter(|(at, other)| *at != number && is_same(other) && other.slip.is_none());
    Case {
        figure,
        found: found[number].as_ref().map_err(String::as_str),
        siblings: siblings
            .map(|(_, other)| Sibling {
                value: other.value,
                half: other.rounded_to / 2.0,
                source: &world.sources[other.source].id,
            })
            .collect(),
        split: split(world, found, number),
    }
}

/// For land or water alone: whether the same source's land and water add up to a whole that is explained, so that only what it counts as
/// water differs.
fn split(world: &World, found: &[Result<Found, String>], number: usize) -> Option<String> {
    let figure = &world.published[number];
    let counterpart = match figure.extent {
        Covered::Land => Covered::Water,
        Covered::Water => Covered::Land,
        _ => return None,
    };
    let same = |extent: Covered| {
        world.published.iter().position(|other| {
            (other.kind, &other.id, other.source, other.extent)
                == (figure.kind, &figure.id, figure.source, extent)
        })
    };
    let (rest, whole) = (same(counterpart)?, same(Covered::Whole)?);
    let (rest, of_whole) = (&world.published[rest], &world.published[whole]);
    let rounding = (figure.rounded_to + rest.rounded_to + of_whole.rounded_to) / 2.0;
    let adds_up = (figure.value + rest.value - of_whole.value).abs() <= rounding;
    let (verdict, _) = case(world, found, whole).judged();
    let is_explained = matches!(
        verdict,
        Verdict::Agrees | Verdict::DifferentExtent | Verdict::CoarserRuler
    );
    let computed = found[number].as_ref().ok()?.computed;
    (adds_up && is_explained).then(|| {
        format!(
            "land and water add up to {} km² [{}], which {}: what counts as water differs, here by {} km²",
            said(of_whole.value),
            world.sources[figure.source].id,
            if verdict == Verdict::Agrees { "agrees" } else { "is explained" },
            said((figure.value - computed).abs())
        )
    })
}

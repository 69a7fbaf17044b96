//! What of an agreement can be measured on a date: its scorecard.
//!
//! *In*: the world with its agreement, a boundary source and a date. *Out*: for each provision the figures of its measures, or the sentence
//! that says why there are none. The figures are those of the analyses that have a command of their own: this one only asks them.

mod around;
mod line;
mod row;
mod ways;

use rayon::prelude::*;

use crate::analysis::segments::When;
use crate::error::Error;
use crate::error::Result;
use crate::model::Accord;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Date;
use crate::model::Measure;
use crate::model::Measurement;
use crate::model::Provision;
use crate::model::World;

pub use around::Settlement;
pub use around::settlements;
pub use row::Figure;
pub use row::ScoreRow;
pub use row::StandingRow;
pub use row::Value;
pub use row::Where;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'w> {
    /// The boundary source to measure on.
    pub boundary: &'w Boundary,
    /// The date; where it is absent the data's own, and for a scenario with a date that one.
    pub on: Option<Date>,
    /// Whose statements to follow where they differ.
    pub view: Option<Code>,
    /// Ids of the provisions that are asked for; all if empty.
    pub only: &'w [String],
}

/// An agreement, provision by provision.
#[derive(Debug, Clone)]
pub struct Scorecard<'w> {
    /// The agreement.
    pub accord: &'w Accord,
    /// The date.
    pub on: Date,
    /// The boundary source.
    pub source: &'w str,
    /// How far the agreement has come.
    pub standing: Vec<StandingRow>,
    /// Its provisions in order.
    pub provisions: Vec<Score<'w>>,
}

/// A provision with what was measured of it.
#[derive(Debug, Clone)]
pub struct Score<'w> {
    /// The provision.
    pub provision: &'w Provision,
    /// The rows of each measure; one row without a figure where there is no measure.
    pub measures: Vec<Vec<ScoreRow>>,
}

/// The scorecard of the world's agreement.
///
/// # Properties
///
/// Every measure gives at least one row, and so does every provision without one.
///
/// # Errors
///
/// [`Error::Usage`] if the data set has no agreement; [`Error::Unknown`] for a provision that it does not have; those of [`transit`](crate::analysis::transit::transit).
pub fn scorecard<'w>(world: &'w World, question: &Question<'w>) -> Result<Scorecard<'w>> {
    let accord = world.agreement.as_ref().ok_or_else(|| {
        let message = "this data set has no agreement.json: `araxes agreement` needs one";
        Error::Usage(message.to_owned())
    })?;
    let asked = Asked {
        world,
        boundary: question.boundary,
        source: &world.source_of(question.boundary).id,
        when: When {
            on: question.on.unwrap_or(world.meta.as_of),
            view: question.view,
        },
        on: question.on,
    };
    let ids = || accord.provisions.iter().map(|one| one.id.as_str());
    if let Some(unknown) = question.only.iter().find(|id| ids().all(|own| own != **id)) {
        return Err(Error::unknown("provision", unknown, ids()));
    }
    let provisions = accord
        .provisions
        .par_iter()
        .filter(|one| question.only.is_empty() || question.only.contains(&one.id))
        .map(|provision| asked.score(provision))
        .collect::<Result<_>>()?;
    Ok(Scorecard {
        standing: row::standing(&asked, accord),
        accord,
        on: asked.when.on,
        source: asked.source,
        provisions,
    })
}

impl Scorecard<'_> {
    /// All rows in order.
    pub fn rows(&self) -> impl Iterator<Item = &ScoreRow> {
        self.provisions
            .iter()
            .flat_map(|score| score.measures.iter().flatten())
    }
}

/// A question with what it resolves to.
struct Asked<'w> {
    world: &'w World,
    boundary: &'w Boundary,
    source: &'w str,
    when: When,
    /// The date, only if it was asked for.
    on: Option<Date>,
}

impl<'w> Asked<'w> {
    fn score(&self, provision: &'w Provision) -> Result<Score<'w>> {
        let mut measures = Vec::with_capacity(provision.measures.len().max(1));
        for Measurement { measure, note } in &provision.measures {
            let mut figures = self.figures(measure)?;
            if let Some(first) = figures.first_mut() {
                first.note = joined(first.note.take(), note.as_deref());
            }
            let rows = figures
                .into_iter()
                .map(|figure| ScoreRow::new(self, provision, Some(measure), figure));
            measures.push(rows.collect());
        }
        if measures.is_empty() {
            let nothing = Figure {
                note: provision.unmeasured.clone(),
                ..Figure::default()
            };
            measures.push(vec![ScoreRow::new(self, provision, None, nothing)]);
        }
        Ok(Score {
            provision,
            measures,
        })
    }

    fn figures(&self, measure: &Measure) -> Result<Vec<Figure>> {
        Ok(match measure {
            Measure::Length { pair } => line::length(self, *pair),
            Measure::Reached {
                stage,
                pair,
                published_km,
            } => line::reached(self, *pair, *stage, published_km),
            Measure::OpenSegments { pair } => line::open_segments(self, *pair),
            Measure::Exclaves { pair } => around::exclaves(self, *pair),
            Measure::Crossings { pair } => ways::crossings(self, *pair),
            Measure::FrontierSettlements {
                pair,
                depth_km,
                depth_basis,
            } => around::frontier(self, *pair, *depth_km, depth_basis),
            Measure::Links { mode, corridors } => ways::links(self, *mode, corridors),
            Measure::Options(journey) => ways::options(self, journey)?,
        })
    }
}

/// Two remarks as one.
fn joined(one: Option<String>, other: Option<&str>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) => Some(format!("{}; {other}", one.trim_end_matches('.'))),
        (one, other) => one.or_else(|| other.map(str::to_owned)),
    }
}

//! All rows of a report, made once: tables, layers and pages are views of them.

use rayon::prelude::*;

use crate::analysis::agreement;
use crate::analysis::agreement::Scorecard;
use crate::analysis::corridors;
use crate::analysis::corridors::CorridorDetail;
use crate::analysis::disputes;
use crate::analysis::disputes::DisputeRow;
use crate::analysis::exclaves;
use crate::analysis::exclaves::ExclaveRow;
use crate::analysis::length;
use crate::analysis::length::LengthRow;
use crate::analysis::scenarios;
use crate::analysis::scenarios::ComparisonRow;
use crate::analysis::scenarios::ScenarioDetail;
use crate::analysis::segments;
use crate::analysis::segments::SegmentRow;
use crate::analysis::segments::Stretch;
use crate::analysis::segments::When;
use crate::analysis::transit;
use crate::analysis::transit::Answer;
use crate::analysis::transit::OptionRow;
use crate::analysis::transit::Query;
use crate::analysis::tripoints;
use crate::analysis::tripoints::TripointRow;
use crate::error::Result;
use crate::model::Boundary;
use crate::model::Evidence;
use crate::model::Extent;
use crate::model::Id;
use crate::model::Pair;
use crate::model::Scenario;
use crate::model::World;
use crate::publication::Settings;
use crate::publication::question;
use crate::publication::question::Question;

/// The rows of a report.
#[derive(Debug)]
pub(super) struct Material<'w> {
    pub(super) world: &'w World,
    /// The boundary source that everything is measured on unless it says otherwise.
    pub(super) boundary: &'w Boundary,
    pub(super) settings: &'w Settings,
    pub(super) when: When,
    pub(super) lengths: Vec<LengthRow>,
    pub(super) stretches: Vec<Stretch>,
    /// One row per stretch.
    pub(super) segments: Vec<SegmentRow>,
    pub(super) exclaves: Vec<ExclaveRow>,
    pub(super) tripoints: Vec<TripointRow>,
    pub(super) disputes: Vec<DisputeRow>,
    pub(super) corridors: Vec<CorridorDetail>,
    pub(super) scenarios: Vec<ScenarioDetail>,
    pub(super) questions: Vec<Asked>,
    /// None where the data set has no agreement.
    pub(super) scorecard: Option<Scorecard<'w>>,
}

/// A transit question with its answers.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) question: Question,
    /// By scenario.
    pub(super) answers: Vec<Answer>,
    /// By scenario.
    pub(super) comparison: Vec<ComparisonRow>,
}

impl Asked {
    /// The first answer with the same options at the same figures: the answer itself, if no scenario before it has them.
    pub(super) fn same_as<'a>(&'a self, answer: &'a Answer) -> &'a Answer {
        let figures = |one: &OptionRow| {
            (
                one.links.clone(),
                one.time_min,
                one.cost_usd_per_t.to_bits(),
                one.to_build_km.to_bits(),
            )
        };
        let is_same = |other: &&Answer| {
            other.options.len() == answer.options.len()
                && other.reason == answer.reason
                && other
                    .options
                    .iter()
                    .map(figures)
                    .eq(answer.options.iter().map(figures))
        };
        self.answers.iter().find(is_same).unwrap_or(answer)
    }
}

impl<'w> Material<'w> {
    /// Makes all rows.
    pub(super) fn new(world: &'w World, settings: &'w Settings) -> Result<Self> {
        let boundary = world.boundary(settings.source.as_deref())?;
        let when = When {
            on: settings.on.unwrap_or(world.meta.as_of),
            view: settings.view,
        };
        let (lines, (corridors, questions)) = rayon::join(
            || lines(world, boundary, when),
            || rayon::join(|| details(world, when), || asked(world, settings)),
        );
        let (lengths, stretches, exclaves) = lines;
        let order = order(world);
        let scenarios = order
            .iter()
            .map(|id| scenarios::scenario(world, &world.scenarios[*id].id));
        Ok(Self {
            segments: segments::rows(world, boundary, &stretches),
            scenarios: scenarios.collect::<Result<_>>()?,
            tripoints: tripoints::rows(world),
            disputes: disputes::rows(world, when),
            corridors: corridors?,
            questions: questions?,
            scorecard: scorecard(world, boundary, settings)?,
            world,
            boundary,
            settings,
            when,
            lengths,
            stretches,
            exclaves,
        })
    }

    /// The pairs of states that have segments of their own, in alphabetical order.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let segments = self.world.segments.iter().map(|(_, segment)| segment);
        let anchored = segments.filter(|segment| matches!(segment.extent, Extent::Between { .. }));
        let mut pairs: Vec<Pair> = anchored.map(|segment| segment.pair).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs.retain(|pair| self.boundary.borders_of(*pair).next().is_some());
        pairs
    }

    /// The id of the boundary source in use.
    pub(super) fn source(&self) -> &'w str {
        &self.world.source_of(self.boundary).id
    }

    /// The id of the source that evidence names; none for an assumption.
    pub(super) fn cited(&self, evidence: &Evidence) -> Option<&'w str> {
        match evidence {
            Evidence::Source(source) => Some(&self.world.sources[*source].id),
            Evidence::Assumption(_) => None,
        }
    }

    /// The codes of the languages of the labels.
    pub(super) fn languages(&self) -> Vec<&'w str> {
        self.world
            .meta
            .languages
            .iter()
            .map(String::as_str)
            .collect()
    }
}

fn lines(
    world: &World,
    boundary: &Boundary,
    when: When,
) -> (Vec<LengthRow>, Vec<Stretch>, Vec<ExclaveRow>) {
    let (lengths, (stretches, exclaves)) = rayon::join(
        || length::rows(world, &world.boundaries, None),
        || {
            let stretches = || segments::stretches(world, boundary, when.on, when.view);
            rayon::join(stretches, || exclaves::rows(world, false))
        },
    );
    (lengths, stretches, exclaves)
}

fn scorecard<'w>(
    world: &'w World,
    boundary: &'w Boundary,
    settings: &Settings,
) -> Result<Option<Scorecard<'w>>> {
    if world.agreement.is_none() {
        return Ok(None);
    }
    let question = agreement::Question {
        boundary,
        on: settings.on,
        view: settings.view,
        only: &[],
    };
    agreement::scorecard(world, &question).map(Some)
}

fn details(world: &World, when: When) -> Result<Vec<CorridorDetail>> {
    let slugs: Vec<&str> = world.corridors.slugs().collect();
    slugs
        .par_iter()
        .map(|slug| corridors::corridor(world, slug, Some(when.on)))
        .collect()
}

/// The scenarios: the one that changes nothing first, then by id.
fn order(world: &World) -> Vec<Id<Scenario>> {
    let mut ids: Vec<Id<Scenario>> = world.scenarios.ids().collect();
    ids.sort_by_key(|id| {
        (
            !world.scenarios[*id].changes.is_empty(),
            &world.scenarios[*id].id,
        )
    });
    ids
}

fn asked(world: &World, settings: &Settings) -> Result<Vec<Asked>> {
    let scenarios = order(world);
    let ask = |question: &Question| -> Result<Asked> {
        let query = Query {
            avoid: vec![question.avoid],
            on: settings.on,
            source: settings.source.as_deref(),
            ..Query::new(question.from, question.to)
        };
        let answer = |id: &Id<Scenario>| {
            transit::transit(
                world,
                &Query {
                    scenario: Some(&world.scenarios[*id]),
                    ..query.clone()
                },
            )
        };
        Ok(Asked {
            question: *question,
            answers: scenarios.par_iter().map(answer).collect::<Result<_>>()?,
            comparison: scenarios::compare(world, &scenarios, &query)?,
        })
    };
    question::questions(world).par_iter().map(ask).collect()
}

//! A journey in full: what is used and what happens on the way.

use crate::model::Id;
use crate::model::Link;
use crate::model::Node;
use crate::routing::Criteria;
use crate::routing::Criterion;
use crate::routing::Handover;
use crate::scenario::Situation;
use crate::scenario::Terms;

/// A journey.
///
/// # Properties
///
/// Its criteria are the sums of those of its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Itinerary {
    /// What it takes.
    pub criteria: Criteria,
    /// What is done, in order: at least one stretch, and never two handovers in a row.
    pub steps: Vec<Step>,
}

/// A part of a journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The cargo moves.
    Stretch(Stretch),
    /// The cargo is handed over.
    Handover(Handover),
}

/// A way through links on equal terms: the unit in which time and cost are rounded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Where it starts.
    pub from: Id<Node>,
    /// Where it ends.
    pub to: Id<Node>,
    /// Its links in order; never empty.
    pub links: Vec<Id<Link>>,
    /// Its length in metres.
    pub length_m: u32,
}

impl Itinerary {
    /// The stretches in order.
    pub fn stretches(&self) -> impl Iterator<Item = &Stretch> {
        self.steps.iter().filter_map(|step| match step {
            Step::Stretch(stretch) => Some(stretch),
            Step::Handover(_) => None,
        })
    }

    /// The handovers in order.
    pub fn handovers(&self) -> impl Iterator<Item = Handover> {
        self.steps.iter().filter_map(|step| match step {
            Step::Stretch(_) => None,
            Step::Handover(handover) => Some(*handover),
        })
    }

    /// The links in order.
    pub fn links(&self) -> impl Iterator<Item = Id<Link>> {
        self.stretches()
            .flat_map(|stretch| stretch.links.iter().copied())
    }
}

impl Stretch {
    /// The terms that all its links share.
    pub fn terms<'s>(&self, situation: &'s Situation<'_>) -> &'s Terms {
        &situation.link(self.links[0]).terms
    }

    /// What it takes.
    pub fn criteria(&self, situation: &Situation<'_>) -> Criteria {
        of_way(self.terms(situation), self.length_m)
    }
}

/// What a way of `length_m` metres on these terms takes.
pub(crate) fn of_way(terms: &Terms, length_m: u32) -> Criteria {
    Criteria::ZERO
        .with(Criterion::Time, terms.minutes(length_m))
        .with(Criterion::Cost, terms.cents_per_t(length_m))
        .with(Criterion::Length, length_m)
        .with(
            Criterion::ToBuild,
            if terms.to_build { length_m } else { 0 },
        )
}

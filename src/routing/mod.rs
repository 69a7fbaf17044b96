//! The search for transit options.
//!
//! *In*: a [`Situation`](crate::scenario::Situation) and a [`Request`]. *Out*: [`Options`]: every journey that no other beats on all counts, with
//! near-duplicates grouped, and the work that finding them was.
//!
//! # Method
//!
//! Links on equal [terms](crate::scenario::Terms) form a class. Inside a class every criterion grows with length alone,
//! so of all ways through it from one *gate* (a node where classes meet, or where the journey starts or ends) to another
//! only the shortest can be part of a journey that no other beats. Dijkstra's search finds these sections when they are
//! first needed; a label-setting search over six criteria runs on the small graph of gates and sections, guided by exact
//! bounds for what is still to come. A label belongs to a *halt*: a gate and the mode, gauge and state by which the cargo
//! came, because changing over depends on them.
//!
//! # Properties
//!
//! - The result is exact for every size of network; nothing is cut off. The number of labels, which can grow with the
//!   number of ways that trade one criterion for another, is returned with the answer.
//! - Whole minutes, metres and cents: every run on every platform gives the same answer. Time and cost of a section are
//!   rounded up once; all other figures are exact sums. Of equal journeys one stays, and which one depends on nothing but
//!   the order of the records.
//! - Avoiding more states, closing a link or a crossing, or leaving out a mode never makes the best of any criterion better.
//!
//! # References
//!
//! E. Q. V. Martins (1984), *On a multicriteria shortest path problem*, European Journal of Operational Research 16.
//! L. Mandow and J. L. Pérez de la Cruz (2010), *Multiobjective A\* search with consistent heuristics*, Journal of the ACM 57.

mod bounds;
mod criteria;
#[cfg(test)]
pub(crate) mod fixture;
mod graph;
mod halts;
mod handover;
mod itinerary;
mod options;
#[cfg(test)]
mod oracle;
mod pareto;
#[cfg(test)]
mod random;
mod search;
mod sections;

pub use criteria::Criteria;
pub use criteria::Criterion;
pub use handover::Handover;
pub use itinerary::Itinerary;
pub use itinerary::Step;
pub use itinerary::Stretch;
pub use options::Chosen;
pub use options::Options;
pub use options::options;
pub use search::Statistics;

use crate::error::Error;
use crate::error::Result;
use crate::model::Code;
use crate::model::Id;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Node;
use crate::model::World;

/// What is asked of the search.
#[derive(Debug, Clone, Copy)]
pub struct Request<'r> {
    /// Where the journey starts.
    pub from: Id<Node>,
    /// Where it ends.
    pub to: Id<Node>,
    /// States that it does not touch, with all their subdivisions; or single subdivisions.
    pub avoid: &'r [Code],
    /// What it may use.
    pub modes: &'r [Mode],
}

impl Request<'_> {
    /// Whether a journey may use `link`, as far as mode and territory go.
    pub fn allows(&self, link: &Link) -> bool {
        self.modes.contains(&link.mode) && !self.avoids(link.territory)
    }

    /// Whether `territory` is avoided.
    pub fn avoids(&self, territory: Code) -> bool {
        self.avoid
            .iter()
            .any(|avoided| *avoided == territory || *avoided == territory.state())
    }

    /// Checks what no search can answer.
    fn check(&self, world: &World) -> Result<()> {
        if self.from == self.to {
            return Err(Error::Usage(
                "start and destination are the same place".to_owned(),
            ));
        }
        for (what, node) in [("start", self.from), ("destination", self.to)] {
            let node = &world.nodes[node];
            if node
                .territories
                .iter()
                .all(|territory| self.avoids(*territory))
            {
                let id = &node.id;
                return Err(Error::Usage(format!(
                    "the {what} `{id}` lies in an avoided state"
                )));
            }
        }
        Ok(())
    }
}

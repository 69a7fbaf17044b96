//! The search: all journeys that no other journey beats on all counts.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::model::Id;
use crate::model::Node;
use crate::routing::Criteria;
use crate::routing::Itinerary;
use crate::routing::Step;
use crate::routing::Stretch;
use crate::routing::bounds::Bounds;
use crate::routing::graph::Graph;
use crate::routing::halts::Halt;
use crate::routing::halts::Halts;
use crate::routing::handover::Handovers;
use crate::routing::pareto::ParetoSet;
use crate::scenario::Situation;

/// How much work a search was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Statistics {
    /// Nodes where classes of links meet, or where the journey starts or ends.
    pub gates: usize,
    /// Shortest ways between gates that were found.
    pub sections: usize,
    /// Partial journeys that were considered and not covered at once.
    pub labels: usize,
    /// Journeys that no other beats on all counts.
    pub journeys: usize,
}

/// A partial journey.
#[derive(Debug, Clone, Copy)]
struct Label {
    criteria: Criteria,
    halt: usize,
    /// The last move and the label before it.
    came: Option<(usize, usize)>,
}

struct Search<'h, 'g, 's, 'w> {
    halts: &'h mut Halts<'g, 's, 'w>,
    bounds: Bounds,
    /// By halt: what is still to come at least, once asked for.
    onward: Vec<Option<Criteria>>,
    from: Id<Node>,
    to: Id<Node>,
    labels: Vec<Label>,
    queue: BinaryHeap<Reverse<(Criteria, usize)>>,
    /// By halt.
    bags: Vec<ParetoSet<usize>>,
    arrived: ParetoSet<usize>,
}

/// All journeys between two nodes through `graph` that no other beats on all counts, best first, and the work it was.
pub(crate) fn search(
    situation: &Situation<'_>,
    graph: &Graph,
    from: Id<Node>,
    to: Id<Node>,
) -> (Vec<Itinerary>, Statistics) {
    let handovers = Handovers::new(situation);
    let mut halts = Halts::new(graph, &handovers);
    let bounds = Bounds::new(&mut halts, to);
    let mut search = Search {
        halts: &mut halts,
        bounds,
        onward: Vec::new(),
        from,
        to,
        labels: Vec::new(),
        queue: BinaryHeap::new(),
        bags: Vec::new(),
        arrived: ParetoSet::default(),
    };
    let found = search.run();
    let itineraries: Vec<Itinerary> = found.iter().map(|label| search.itinerary(*label)).collect();
    let statistics = Statistics {
        gates: graph.gate_count(),
        sections: search.halts.sections.len(),
        labels: search.labels.len(),
        journeys: itineraries.len(),
    };
    (itineraries, statistics)
}

impl Search<'_, '_, '_, '_> {
    /// Settles labels in the order of what they promise, lexicographically; gives those that arrived.
    fn run(&mut self) -> Vec<usize> {
        let start = self.halts.number(Halt {
            at: self.from,
            came_by: None,
        });
        self.consider(Criteria::ZERO, start, None);
        while let Some(Reverse((whole, label))) = self.queue.pop() {
            let Label { criteria, halt, .. } = self.labels[label];
            if !self.bags[halt].holds(label) || self.arrived.covers(&whole) {
                continue;
            }
            for number in self.halts.leaving(halt) {
                let step = *self.halts.step(number);
                self.consider(criteria + step.criteria, step.to, Some((number, label)));
            }
        }
        std::mem::take(&mut self.arrived).into_sorted()
    }

    /// Takes up a partial journey, unless it leads nowhere new.
    fn consider(&mut self, criteria: Criteria, halt: usize, came: Option<(usize, usize)>) {
        let at = self.halts.get(halt).at;
        // Whatever comes back to the start is beaten by leaving at once.
        if at == self.from && came.is_some() {
            return;
        }
        let onward = self.onward(halt);
        let label = self.labels.len();
        let whole = criteria + onward;
        if onward == Criteria::UNREACHABLE || self.arrived.covers(&whole) {
            return;
        }
        if at == self.to {
            self.arrived.offer(criteria, label);
        } else if self.bags[halt].offer(criteria, label) {
            self.queue.push(Reverse((whole, label)));
        } else {
            return;
        }
        self.labels.push(Label {
            criteria,
            halt,
            came,
        });
    }

    fn onward(&mut self, halt: usize) -> Criteria {
        if self.onward.len() <= halt {
            self.onward.resize(self.halts.len(), None);
            self.bags.resize(self.halts.len(), ParetoSet::default());
        }
        let (bounds, halts) = (&self.bounds, &*self.halts);
        *self.onward[halt].get_or_insert_with(|| bounds.onward(halts, halts.get(halt)))
    }

    /// The whole journey that ends with `label`.
    fn itinerary(&self, label: usize) -> Itinerary {
        let mut steps = Vec::new();
        let criteria = self.labels[label].criteria;
        let mut came = self.labels[label].came;
        while let Some((step, before)) = came {
            let step = self.halts.step(step);
            let section = self.halts.sections.get(step.section);
            steps.push(Step::Stretch(Stretch {
                from: section.from,
                to: section.to,
                links: self.halts.sections.links_of(step.section).to_vec(),
                length_m: section.length_m,
            }));
            steps.extend(step.handover.map(Step::Handover));
            came = self.labels[before].came;
        }
        steps.reverse();
        Itinerary { criteria, steps }
    }
}

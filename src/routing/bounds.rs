//! What is at least still to come, criterion by criterion: it tells the search early that a way leads nowhere.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::HashMap;

use crate::model::Id;
use crate::model::Node;
use crate::routing::Criteria;
use crate::routing::graph::Footing;
use crate::routing::halts::Halt;
use crate::routing::halts::Halts;

/// For each gate and each footing that one can leave it by: the least of every criterion up to the destination.
///
/// # Properties
///
/// - Each criterion is the exact minimum for that criterion alone, so the vector is a bound that no journey beats
///   and that pruning by it loses nothing.
/// - Every handover and section takes the same in both directions: one search from the destination gives all bounds.
#[derive(Debug)]
pub(crate) struct Bounds {
    destination: Id<Node>,
    leaving: HashMap<Id<Node>, Vec<(Footing, Criteria)>>,
}

impl Bounds {
    /// The bounds for journeys to `destination`.
    pub(crate) fn new(halts: &mut Halts<'_, '_, '_>, destination: Id<Node>) -> Self {
        let start = halts.number(Halt {
            at: destination,
            came_by: None,
        });
        let least = least_from(halts, start);
        let mut leaving: HashMap<Id<Node>, Vec<(Footing, Criteria)>> = HashMap::new();
        for (number, criteria) in least.into_iter().enumerate() {
            let Halt { at, came_by } = halts.get(number);
            if let Some(footing) = came_by {
                leaving.entry(at).or_default().push((footing, criteria));
            }
        }
        Self {
            destination,
            leaving,
        }
    }

    /// What is at least still to come at `halt`; [`Criteria::UNREACHABLE`] if the destination cannot be reached from it.
    pub(crate) fn onward(&self, halts: &Halts<'_, '_, '_>, halt: Halt) -> Criteria {
        if halt.at == self.destination {
            return Criteria::ZERO;
        }
        let ways = self.leaving.get(&halt.at).into_iter().flatten();
        let ways = ways.filter_map(|(footing, least)| {
            let (takes, _) = halts.handover(halt.at, halt.came_by, *footing)?;
            Some(takes + *least)
        });
        ways.fold(Criteria::UNREACHABLE, Criteria::min_each)
    }
}

/// The least of every criterion from `start` to each halt, each criterion for itself.
fn least_from(halts: &mut Halts<'_, '_, '_>, start: usize) -> Vec<Criteria> {
    let mut least = vec![Criteria::UNREACHABLE; start + 1];
    least[start] = Criteria::ZERO;
    let mut queue = BinaryHeap::from([Reverse((Criteria::ZERO, start))]);
    while let Some(Reverse((criteria, halt))) = queue.pop() {
        if criteria != least[halt] {
            continue;
        }
        let moves = halts.leaving(halt);
        least.resize(halts.len(), Criteria::UNREACHABLE);
        for step in moves {
            let step = halts.step(step);
            let better = least[step.to].min_each(criteria + step.criteria);
            if better != least[step.to] {
                least[step.to] = better;
                queue.push(Reverse((better, step.to)));
            }
        }
    }
    least
}

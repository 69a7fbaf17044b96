//! The small graph that the search runs on: cargo halted at gates, and the moves from one halt to the next.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::Id;
use crate::model::Node;
use crate::routing::Criteria;
use crate::routing::graph::Footing;
use crate::routing::graph::Graph;
use crate::routing::handover::Handover;
use crate::routing::handover::Handovers;
use crate::routing::sections::Sections;

/// Cargo at a gate, and what it came by: all of its past that its future depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Halt {
    /// The gate.
    pub(crate) at: Id<Node>,
    /// What it came by; none at the start of a journey.
    pub(crate) came_by: Option<Footing>,
}

/// From one halt to the next: perhaps a handover, then a section.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Move {
    /// What handover and section take.
    pub(crate) criteria: Criteria,
    /// What happens before the section.
    pub(crate) handover: Option<Handover>,
    /// The number of the section.
    pub(crate) section: usize,
    /// The number of the halt where it ends.
    pub(crate) to: usize,
}

/// Halts and moves, found when first asked for.
#[derive(Debug)]
pub(crate) struct Halts<'g, 's, 'w> {
    graph: &'g Graph,
    handovers: &'g Handovers<'s, 'w>,
    /// The sections of the moves.
    pub(crate) sections: Sections<'g>,
    all: Vec<Halt>,
    numbers: HashMap<Halt, usize>,
    moves: Vec<Move>,
    leaving: Vec<Option<Range<usize>>>,
}

impl<'g, 's, 'w> Halts<'g, 's, 'w> {
    /// Nothing found yet.
    pub(crate) fn new(graph: &'g Graph, handovers: &'g Handovers<'s, 'w>) -> Self {
        Self {
            graph,
            handovers,
            sections: Sections::new(graph),
            all: Vec::new(),
            numbers: HashMap::new(),
            moves: Vec::new(),
            leaving: Vec::new(),
        }
    }

    /// The number of a halt.
    pub(crate) fn number(&mut self, halt: Halt) -> usize {
        *self.numbers.entry(halt).or_insert_with(|| {
            self.all.push(halt);
            self.leaving.push(None);
            self.all.len() - 1
        })
    }

    /// The halt with this number.
    pub(crate) fn get(&self, halt: usize) -> Halt {
        self.all[halt]
    }

    /// The number of halts found so far.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The moves that start at a halt, as numbers for [`Halts::step`].
    pub(crate) fn leaving(&mut self, halt: usize) -> Range<usize> {
        if let Some(moves) = &self.leaving[halt] {
            return moves.clone();
        }
        let start = self.moves.len();
        let Halt { at, came_by } = self.all[halt];
        let graph = self.graph;
        for class in graph.classes_at(at) {
            let footing = graph.footing(class);
            let Some((takes, handover)) = self.handover(at, came_by, footing) else {
                continue;
            };
            for section in self.sections.leaving(at, class) {
                let found = self.sections.get(section);
                let criteria = takes + found.criteria;
                let to = self.number(Halt {
                    at: found.to,
                    came_by: Some(footing),
                });
                self.moves.push(Move {
                    criteria,
                    handover,
                    section,
                    to,
                });
            }
        }
        let moves = start..self.moves.len();
        self.leaving[halt] = Some(moves.clone());
        moves
    }

    /// The move with this number.
    pub(crate) fn step(&self, number: usize) -> &Move {
        &self.moves[number]
    }

    /// What it takes at a node to go on by `footing`, and what happens; nothing at the start of a journey.
    pub(crate) fn handover(
        &self,
        at: Id<Node>,
        came_by: Option<Footing>,
        footing: Footing,
    ) -> Option<(Criteria, Option<Handover>)> {
        match came_by {
            Some(came_by) => self.handovers.between(at, came_by, footing),
            None => Some((Criteria::ZERO, None)),
        }
    }
}

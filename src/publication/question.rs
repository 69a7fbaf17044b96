//! Which transit questions a report asks: the data tell.
//!
//! Corridors with a letter are the ones that a data set is about. The two terminals that most of them join are the ends of
//! the question. Each state that some of them are said to avoid gives one question; what most of them avoid comes first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::Code;
use crate::model::Corridor;
use crate::model::Id;
use crate::model::Node;
use crate::model::World;

/// A transit question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Where the journey starts.
    pub from: Id<Node>,
    /// Where it ends.
    pub to: Id<Node>,
    /// The state that it must not touch.
    pub avoid: Code,
    /// How many corridors are said to avoid it.
    pub corridors: usize,
}

impl Question {
    /// The command that asks it under `scenario`.
    pub fn command(&self, world: &World, scenario: &str) -> String {
        let (from, to) = (&world.nodes[self.from].id, &world.nodes[self.to].id);
        format!(
            "araxes transit --from {from} --to {to} --avoid {} --scenario {scenario}",
            self.avoid
        )
    }
}

/// The transit questions of a world, the main one first; none if its corridors avoid nothing.
///
/// # Properties
///
/// Depends on the corridors only: on their ends, on what they avoid, and on which of them have a letter.
pub fn questions(world: &World) -> Vec<Question> {
    let corridors = telling(world);
    let Some((from, to)) = busiest_ends(&corridors) else {
        return Vec::new();
    };
    let own = |code: Code| {
        [from, to].iter().any(|node| {
            world.nodes[*node]
                .territories
                .iter()
                .all(|at| at.state() == code)
        })
    };
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for code in corridors.iter().flat_map(|corridor| &corridor.avoids) {
        *counts.entry(*code).or_default() += 1;
    }
    let asked = counts.into_iter().filter(|(code, _)| !own(*code));
    let mut questions: Vec<Question> = asked
        .map(|(avoid, corridors)| Question {
            from,
            to,
            avoid,
            corridors,
        })
        .collect();
    questions.sort_by_key(|question| (Reverse(question.corridors), question.avoid));
    questions
}

/// The corridors with a letter, or all if none has one.
pub fn telling(world: &World) -> Vec<&Corridor> {
    let all: Vec<&Corridor> = world
        .corridors
        .iter()
        .map(|(_, corridor)| corridor)
        .collect();
    let lettered: Vec<&Corridor> = all
        .iter()
        .copied()
        .filter(|corridor| corridor.letter.is_some())
        .collect();
    if lettered.is_empty() { all } else { lettered }
}

/// The ends that most of the corridors join; of several the pair that comes first in the data.
fn busiest_ends(corridors: &[&Corridor]) -> Option<(Id<Node>, Id<Node>)> {
    let joins = |ends: &(Id<Node>, Id<Node>)| {
        corridors
            .iter()
            .filter(|corridor| (corridor.from, corridor.to) == *ends)
            .count()
    };
    let all = corridors
        .iter()
        .map(|corridor| (corridor.from, corridor.to));
    // The last of equals is taken: from the back that is the first.
    all.rev().max_by_key(joins)
}

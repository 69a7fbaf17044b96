//! Whose territory lies beside a drawn line.

use std::collections::BTreeMap;

use crate::analysis::description::drawn::Drawn;
use crate::geodesy;
use crate::index::TerritoryIndex;
use crate::model::Code;
use crate::units::Length;

/// So many places along a line are asked on both sides.
const PLACES: usize = 21;

/// How far beside the line, the nearest first: a source may leave a river out of both territories.
const BESIDE_M: [f64; 5] = [20.0, 50.0, 100.0, 200.0, 500.0];

/// At so many of ten places the sides must be the same, to be told for the whole.
const MOST_OF_TEN: usize = 9;

/// What lies on the left and on the right, at how many of the places asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sides {
    /// By left and right territory.
    pub(super) counts: BTreeMap<(Code, Code), usize>,
}

impl Sides {
    /// The sides of a line between two places on it.
    pub(super) fn of(territories: &TerritoryIndex, drawn: &Drawn, from_m: f64, to_m: f64) -> Self {
        let mut counts = BTreeMap::new();
        let end_m = drawn.length_m();
        for number in 0..PLACES {
            let share = (number as f64 + 0.5) / PLACES as f64;
            let mut at_m = from_m + share * (to_m - from_m);
            if drawn.is_closed && at_m > end_m {
                at_m -= end_m;
            }
            if let Some(sides) = beside(territories, drawn, at_m) {
                *counts.entry(sides).or_insert(0) += 1;
            }
        }
        Self { counts }
    }

    /// Places at which both sides are known.
    pub(super) fn known(&self) -> usize {
        self.counts.values().sum()
    }

    /// Places at which the sides are these.
    pub(super) fn with(&self, (left, right): (Code, Code)) -> usize {
        let counts = self.counts.iter();
        let mine = counts.filter(|((one, other), _)| is_in(*one, left) && is_in(*other, right));
        mine.map(|(_, count)| count).sum()
    }

    /// The most frequent sides.
    pub(super) fn mostly(&self) -> Option<(Code, Code)> {
        let most = self
            .counts
            .iter()
            .max_by_key(|(sides, count)| (**count, std::cmp::Reverse(**sides)));
        most.map(|(sides, _)| *sides)
    }

    /// Whether these sides are those of the whole line.
    pub(super) fn are(&self, sides: (Code, Code)) -> bool {
        self.known() > 0 && 10 * self.with(sides) >= MOST_OF_TEN * self.known()
    }
}

/// Whether a territory is the one that is named, or part of the state that is.
fn is_in(territory: Code, named: Code) -> bool {
    territory == named || territory.state() == named
}

/// The territories on the left and on the right of a place, at the least distance at which each side is one territory.
fn beside(territories: &TerritoryIndex, drawn: &Drawn, at_m: f64) -> Option<(Code, Code)> {
    let (at, heading) = drawn.at(at_m)?;
    BESIDE_M.iter().find_map(|&beside_m| {
        let only = |azimuth: f64| {
            let place = geodesy::destination(at, azimuth, Length::from_m(beside_m));
            let mut holding = territories.containing(place);
            holding.next().filter(|_| holding.next().is_none())
        };
        let (left, right) = (only(heading - 90.0)?, only(heading + 90.0)?);
        (left != right).then_some((left, right))
    })
}

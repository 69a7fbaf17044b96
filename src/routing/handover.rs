//! What happens to cargo at a gate, between the section it came by and the one it leaves by.

use crate::model::Crossing;
use crate::model::Id;
use crate::model::Mode;
use crate::model::Node;
use crate::model::NodeKind;
use crate::model::Pair;
use crate::routing::Criteria;
use crate::routing::Criterion;
use crate::routing::graph::Footing;
use crate::scenario::Situation;
use crate::scenario::terms::whole;

/// What happens to cargo between two sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handover {
    /// A border between states is crossed.
    Border {
        /// The crossing.
        crossing: Id<Crossing>,
        /// What the cargo is on.
        mode: Mode,
    },
    /// The railway gauge changes.
    GaugeChange {
        /// Where.
        at: Id<Node>,
    },
    /// Cargo changes from one mode to another.
    Transfer {
        /// Where.
        at: Id<Node>,
        /// What it came by.
        from: Mode,
        /// What it leaves by.
        to: Mode,
    },
}

/// The places of a situation where cargo can be handed over, and at what price.
#[derive(Debug)]
pub(crate) struct Handovers<'s, 'w> {
    situation: &'s Situation<'w>,
    crossing_at: Vec<Option<Id<Crossing>>>,
}

impl<'s, 'w> Handovers<'s, 'w> {
    /// The handovers of `situation`.
    pub(crate) fn new(situation: &'s Situation<'w>) -> Self {
        let world = situation.world();
        let mut crossing_at = vec![None; world.nodes.len()];
        for (id, crossing) in world.crossings.iter() {
            crossing_at[crossing.node.row()] = Some(id);
        }
        Self {
            situation,
            crossing_at,
        }
    }

    /// What it takes at `node` to go on from one footing to another, and what happens; none if it cannot be done.
    ///
    /// One thing happens at a place, because a node is of one kind: modes change at a terminal or port, gauges at a
    /// gauge-change point, states at a crossing. Where two would have to happen at once there is no way on. Two tracks of
    /// different gauge at a terminal do not change the gauge: the record must say that wagons or cargo are changed there.
    pub(crate) fn between(
        &self,
        node: Id<Node>,
        from: Footing,
        to: Footing,
    ) -> Option<(Criteria, Option<Handover>)> {
        if from == to {
            return Some((Criteria::ZERO, None));
        }
        let place = &self.situation.world().nodes[node];
        let handover = if from.mode != to.mode {
            let stays = from.state == to.state && place.transfers();
            stays.then_some(Handover::Transfer {
                at: node,
                from: from.mode,
                to: to.mode,
            })
        } else if from.gauge_mm != to.gauge_mm {
            let stays = from.state == to.state && place.kind == NodeKind::GaugeChange;
            stays.then_some(Handover::GaugeChange { at: node })
        } else {
            let crossing = self.crossing_at[node.row()]?;
            let pair = Pair::of(from.state, to.state);
            (pair == Some(self.situation.world().crossings[crossing].pair)).then_some(
                Handover::Border {
                    crossing,
                    mode: from.mode,
                },
            )
        }?;
        Some((handover.criteria(self.situation)?, Some(handover)))
    }
}

impl Handover {
    /// What it takes; none if it is a border that is closed.
    pub fn criteria(self, situation: &Situation<'_>) -> Option<Criteria> {
        let defaults = situation.defaults();
        let taking = |minutes, cents| {
            Criteria::ZERO
                .with(Criterion::Time, minutes)
                .with(Criterion::Cost, cents)
        };
        match self {
            Self::Border { crossing, mode } => {
                let passage = situation.crossing(crossing, mode).open()?;
                Some(
                    taking(passage.dwell.typical, passage.cents_per_t)
                        .with(Criterion::Crossings, 1),
                )
            }
            Self::GaugeChange { .. } => {
                let hours = defaults.gauge_change_h.value;
                let usd = defaults.gauge_change_usd_per_t.value;
                Some(
                    taking(whole(hours * 60.0), whole(usd * 100.0))
                        .with(Criterion::GaugeChanges, 1),
                )
            }
            Self::Transfer { .. } => {
                let hours = defaults.transfer_h.value;
                let usd = defaults.transfer_usd_per_t.value;
                Some(taking(whole(hours * 60.0), whole(usd * 100.0)))
            }
        }
    }
}

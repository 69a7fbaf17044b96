//! The search against the enumeration of all journeys, and the laws that it keeps, on many small random networks.

use std::collections::BTreeSet;

use crate::model::Id;
use crate::model::Mode;
use crate::model::Node;
use crate::model::NodeKind;
use crate::model::Op;
use crate::model::Pair;
use crate::model::World;
use crate::routing::Criteria;
use crate::routing::Criterion;
use crate::routing::Itinerary;
use crate::routing::Request;
use crate::routing::Step;
use crate::routing::fixture;
use crate::routing::graph::Graph;
use crate::routing::random::Dice;
use crate::routing::random::avoided;
use crate::routing::random::random_changes;
use crate::routing::random::random_world;
use crate::routing::search::search;
use crate::scenario::MODES;
use crate::scenario::Situation;
use crate::scenario::Terms;

const CASES: u64 = 2000;

/// All journeys without a repeated halt, by following every link; figures by the rules of the module, not by its code.
struct Enumeration<'s, 'w> {
    situation: &'s Situation<'w>,
    request: Request<'s>,
    gates: Vec<bool>,
    found: BTreeSet<Criteria>,
}

impl<'s, 'w> Enumeration<'s, 'w> {
    fn run(situation: &'s Situation<'w>, request: Request<'s>) -> BTreeSet<Criteria> {
        let world = situation.world();
        let mut gates: Vec<bool> = vec![false; world.nodes.len()];
        for (node, _) in world.nodes.iter() {
            let ends = |link: &crate::model::Link| link.from == node || link.to == node;
            let terms: BTreeSet<Terms> = world
                .links
                .iter()
                .filter(|(_, link)| ends(link))
                .map(|(id, _)| situation.link(id).terms)
                .collect();
            gates[node.row()] = terms.len() > 1 || node == request.from || node == request.to;
        }
        let mut all = Self {
            situation,
            request,
            gates,
            found: BTreeSet::new(),
        };
        all.follow(request.from, None, (Criteria::ZERO, 0), &mut Vec::new());
        let beaten = |one: &Criteria| {
            all.found
                .iter()
                .any(|other| other != one && other.covers(one))
        };
        all.found
            .iter()
            .copied()
            .filter(|one| !beaten(one))
            .collect()
    }

    fn follow(
        &mut self,
        at: Id<Node>,
        came_by: Option<Terms>,
        (sofar, run_m): (Criteria, u32),
        path: &mut Vec<(Id<Node>, Option<Terms>)>,
    ) {
        if path.contains(&(at, came_by)) {
            return;
        }
        let (sofar, run_m) = match came_by {
            Some(terms) if self.gates[at.row()] => (sofar + figures(&terms, run_m), 0),
            _ => (sofar, run_m),
        };
        if at == self.request.to {
            self.found.insert(sofar);
            return;
        }
        path.push((at, came_by));
        let world = self.situation.world();
        for (id, link) in world.links.iter() {
            let usable = self.situation.link(id).open().is_some() && self.request.allows(link);
            if !usable || (link.from != at && link.to != at) {
                continue;
            }
            let terms = self.situation.link(id).terms;
            let Some(takes) = self.change(at, came_by, terms) else {
                continue;
            };
            let to = link.other_end(at);
            self.follow(
                to,
                Some(terms),
                (sofar + takes, run_m + link.length_m),
                path,
            );
        }
        path.pop();
    }

    fn change(&self, at: Id<Node>, from: Option<Terms>, to: Terms) -> Option<Criteria> {
        let Some(from) = from else {
            return Some(Criteria::ZERO);
        };
        let (world, defaults) = (self.situation.world(), self.situation.defaults());
        let differs = [
            from.mode != to.mode,
            from.mode == to.mode && from.gauge_mm != to.gauge_mm,
            from.territory.state() != to.territory.state(),
        ];
        let kind = world.nodes[at].kind;
        match differs {
            [false, false, false] => Some(Criteria::ZERO),
            [true, false, false] => matches!(kind, NodeKind::Terminal | NodeKind::Port)
                .then(|| taking(defaults.transfer_h.value, defaults.transfer_usd_per_t.value)),
            [false, true, false] => (kind == NodeKind::GaugeChange).then(|| {
                taking(
                    defaults.gauge_change_h.value,
                    defaults.gauge_change_usd_per_t.value,
                )
                .with(Criterion::GaugeChanges, 1)
            }),
            [false, false, true] => {
                let (id, crossing) = world.crossings.iter().find(|(_, one)| one.node == at)?;
                self.situation.crossing(id, to.mode).open()?;
                let usd = defaults.crossing_cost_usd.of(to.mode).value
                    / defaults.payload_t.of(to.mode).value;
                (Pair::of(from.territory, to.territory) == Some(crossing.pair)).then(|| {
                    taking(defaults.dwell_h.of(to.mode).value.typical, usd)
                        .with(Criterion::Crossings, 1)
                })
            }
            _ => None,
        }
    }
}

fn whole(value: f64) -> u32 {
    crate::units::Length::from_m(value).whole_m()
}

fn taking(hours: f64, usd: f64) -> Criteria {
    Criteria::ZERO
        .with(Criterion::Time, whole(hours * 60.0))
        .with(Criterion::Cost, whole(usd * 100.0))
}

fn figures(terms: &Terms, length_m: u32) -> Criteria {
    let km = f64::from(length_m) / 1000.0;
    // The subtraction keeps a product that should be whole from being rounded up by its last bit.
    let up = |value: f64| whole((value - 1e-6).ceil());
    Criteria::ZERO
        .with(Criterion::Time, up(km * 60.0 / terms.speed.kmh()))
        .with(
            Criterion::Cost,
            up(km * terms.tariff.usd_per_t_km() * 100.0),
        )
        .with(Criterion::Length, length_m)
        .with(
            Criterion::ToBuild,
            if terms.to_build { length_m } else { 0 },
        )
}

fn journeys(situation: &Situation<'_>, request: &Request<'_>) -> Vec<Itinerary> {
    let graph = Graph::new(situation, request);
    search(situation, &graph, request.from, request.to).0
}

fn ends(world: &World) -> (Id<Node>, Id<Node>) {
    (Id::new(0), Id::new(world.nodes.len() - 1))
}

#[test]
fn the_search_finds_what_enumeration_finds() {
    let (mut answered, mut several) = (0, 0);
    for seed in 0..CASES {
        let world = random_world(seed);
        let scenario = fixture::scenario(&random_changes(&world, seed));
        let situation = Situation::new(&world, Some(&scenario), None).expect("a network");
        let (from, to) = ends(&world);
        let avoid = avoided(seed);
        let request = Request {
            from,
            to,
            avoid: &avoid,
            modes: &MODES,
        };
        let expected = Enumeration::run(&situation, request);
        let found = journeys(&situation, &request);
        let found: BTreeSet<Criteria> = found.iter().map(|one| one.criteria).collect();
        assert_eq!(found, expected, "seed {seed}");
        answered += usize::from(!found.is_empty());
        several += usize::from(found.len() > 1);
    }
    assert!(
        answered > 500 && several > 60,
        "too few cases say anything: {answered}, {several}"
    );
}

#[test]
fn a_journey_takes_what_its_steps_take() {
    for seed in 0..CASES {
        let world = random_world(seed);
        let scenario = fixture::scenario(&random_changes(&world, seed));
        let situation = Situation::new(&world, Some(&scenario), None).expect("a network");
        let (from, to) = ends(&world);
        let request = Request {
            from,
            to,
            avoid: &[],
            modes: &MODES,
        };
        for journey in journeys(&situation, &request) {
            let steps = journey.steps.iter().map(|step| match step {
                Step::Stretch(stretch) => stretch.criteria(&situation),
                Step::Handover(handover) => handover.criteria(&situation).expect("open"),
            });
            assert_eq!(steps.sum::<Criteria>(), journey.criteria, "seed {seed}");
            let mut at = from;
            for link in journey.links() {
                at = world.links[link].other_end(at);
            }
            assert_eq!(at, to, "seed {seed}: the links are a chain");
        }
    }
}

#[test]
fn no_journey_covers_another() {
    for seed in 0..CASES {
        let world = random_world(seed);
        let situation = Situation::new(&world, None, None)
            .expect("a network")
            .with_everything_open();
        let (from, to) = ends(&world);
        let found = journeys(
            &situation,
            &Request {
                from,
                to,
                avoid: &[],
                modes: &MODES,
            },
        );
        for one in &found {
            let covering = found
                .iter()
                .filter(|other| other.criteria.covers(&one.criteria));
            assert_eq!(covering.count(), 1, "seed {seed}");
        }
    }
}

/// That nothing in `fewer` is better on any criterion than the best of `more`.
fn never_better(fewer: &[Itinerary], more: &[Itinerary], seed: u64) {
    assert!(fewer.is_empty() || !more.is_empty(), "seed {seed}");
    for criterion in Criterion::ALL {
        let best = |of: &[Itinerary]| of.iter().map(|one| one.criteria[criterion]).min();
        if let (Some(fewer), Some(more)) = (best(fewer), best(more)) {
            assert!(fewer >= more, "seed {seed}: {criterion:?} {fewer} < {more}");
        }
    }
}

#[test]
fn having_less_to_use_is_never_better() {
    for seed in 0..CASES {
        let world = random_world(seed);
        let situation = Situation::new(&world, None, None).expect("a network");
        let (from, to) = ends(&world);
        let request = Request {
            from,
            to,
            avoid: &[],
            modes: &MODES,
        };
        let all = journeys(&situation, &request);

        let avoid = ["BB".parse().expect("a code")];
        never_better(
            &journeys(
                &situation,
                &Request {
                    avoid: &avoid,
                    ..request
                },
            ),
            &all,
            seed,
        );
        let modes = [Mode::Rail, Mode::Ferry];
        never_better(
            &journeys(
                &situation,
                &Request {
                    modes: &modes,
                    ..request
                },
            ),
            &all,
            seed,
        );
        if let Some(link) = world.links.ids().nth(Dice(seed).roll(4)) {
            let closing = fixture::scenario(&[Op::CloseLink(link)]);
            let closed = Situation::new(&world, Some(&closing), None).expect("a network");
            never_better(&journeys(&closed, &request), &all, seed);
        }
        if let Some(crossing) = world.crossings.ids().next() {
            let closing = fixture::scenario(&[Op::CloseCrossing(crossing, None)]);
            let closed = Situation::new(&world, Some(&closing), None).expect("a network");
            never_better(&journeys(&closed, &request), &all, seed);
        }
    }
}

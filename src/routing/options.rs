//! From journeys to options: near-duplicates grouped, and each with the reason why it is there.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::model::Code;
use crate::model::Crossing;
use crate::model::Id;
use crate::model::Mode;
use crate::routing::Criteria;
use crate::routing::Criterion;
use crate::routing::Handover;
use crate::routing::Itinerary;
use crate::routing::Request;
use crate::routing::Statistics;
use crate::routing::Step;
use crate::routing::graph::Graph;
use crate::routing::search::search;
use crate::scenario::Situation;
use crate::scenario::Terms;

/// The answer to a [`Request`].
#[derive(Debug, Clone)]
pub struct Options {
    /// The options by time, then the other criteria, then links; none is beaten by another on all counts.
    pub chosen: Vec<Chosen>,
    /// The work that finding them was.
    pub statistics: Statistics,
}

/// A journey that stands for a group of similar ones.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The journey: of its group the fastest.
    pub itinerary: Itinerary,
    /// How many others of the group no option beats on all counts either.
    pub similar: usize,
    /// The criteria on which no option is better, if there are options that are worse.
    pub best_on: Vec<Criterion>,
}

/// What two similar journeys share: modes and territories in order, whether they exist, and the crossings between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Through {
        mode: Mode,
        territory: Code,
        to_build: bool,
    },
    Across(Id<Crossing>),
}

/// The options for `request` in `situation`.
///
/// # Errors
///
/// [`Error::Usage`](crate::error::Error::Usage) if start and destination are one place or lie in an avoided state.
pub fn options(situation: &Situation<'_>, request: &Request<'_>) -> Result<Options> {
    request.check(situation.world())?;
    let graph = Graph::new(situation, request);
    let (itineraries, statistics) = search(situation, &graph, request.from, request.to);
    let mut groups: BTreeMap<Vec<Mark>, usize> = BTreeMap::new();
    let mut chosen: Vec<Chosen> = Vec::new();
    // The search gives the fastest first, so the first of a group stands for it.
    for itinerary in itineraries {
        let group = *groups
            .entry(marks(situation, &itinerary))
            .or_insert(chosen.len());
        match chosen.get_mut(group) {
            Some(first) => first.similar += 1,
            None => chosen.push(Chosen {
                itinerary,
                similar: 0,
                best_on: Vec::new(),
            }),
        }
    }
    let all: Vec<Criteria> = chosen
        .iter()
        .map(|option| option.itinerary.criteria)
        .collect();
    for option in &mut chosen {
        option.best_on = best_on(&option.itinerary.criteria, &all);
    }
    Ok(Options { chosen, statistics })
}

impl Options {
    /// The numbers of the options to show if there is room for `limit`: those that are best on a criterion go before the
    /// others, the faster before the slower; in the order of [`Options::chosen`].
    pub fn selection(&self, limit: Option<usize>) -> Vec<usize> {
        let mut numbers: Vec<usize> = (0..self.chosen.len()).collect();
        numbers.sort_by_key(|number| self.chosen[*number].best_on.is_empty());
        numbers.truncate(limit.unwrap_or(usize::MAX));
        numbers.sort_unstable();
        numbers
    }

    /// The criteria on which `option` is better than the fastest option.
    pub fn better_than_first(&self, option: &Chosen) -> Vec<Criterion> {
        let Some(first) = self.chosen.first() else {
            return Vec::new();
        };
        let better = |criterion: &Criterion| {
            option.itinerary.criteria[*criterion] < first.itinerary.criteria[*criterion]
        };
        Criterion::ALL.into_iter().filter(better).collect()
    }
}

fn best_on(own: &Criteria, all: &[Criteria]) -> Vec<Criterion> {
    let best = |criterion: &Criterion| {
        let mut worse = false;
        for other in all {
            if other[*criterion] < own[*criterion] {
                return false;
            }
            worse |= other[*criterion] > own[*criterion];
        }
        worse
    };
    Criterion::ALL.into_iter().filter(best).collect()
}

fn marks(situation: &Situation<'_>, itinerary: &Itinerary) -> Vec<Mark> {
    let mut marks: Vec<Mark> = itinerary
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Stretch(stretch) => {
                let Terms {
                    mode,
                    territory,
                    to_build,
                    ..
                } = *stretch.terms(situation);
                Some(Mark::Through {
                    mode,
                    territory,
                    to_build,
                })
            }
            Step::Handover(Handover::Border { crossing, .. }) => Some(Mark::Across(*crossing)),
            Step::Handover(_) => None,
        })
        .collect();
    marks.dedup();
    marks
}

#[cfg(test)]
mod tests {
    use crate::model::Op;
    use crate::model::World;
    use crate::routing::Chosen;
    use crate::routing::Criterion;
    use crate::routing::Options;
    use crate::routing::Request;
    use crate::routing::fixture;
    use crate::routing::options;
    use crate::scenario::MODES;
    use crate::scenario::Situation;

    /// ```text
    ///          AA            |        BB         |        AA
    ///                        |                   |
    ///   a ==120== g --40-- x1 --100-- m --30--  x2 --60-- z     == rail 1435, -- rail 1520
    ///   a ~~~~~~~~~~~ 300, to build ~~~~~~~~~~~~~~~~~~~~~ z     ~~ rail 1520
    ///   a ..130.. y1 ..........110........... y2 ....70.. z     .. road
    ///                |  m and y1, y2 by a second pair of roads: 115 km
    /// ```
    const WORLD: &str = "
        node a terminal 0.0 0.5 AA
        node g gauge-change 0.1 0.5 AA
        node x1 crossing 0.2 0.5 AA BB
        node m station 0.3 0.5 BB
        node x2 crossing 0.4 0.5 BB AA
        node y1 crossing 0.2 0.4 AA BB
        node y2 crossing 0.4 0.4 BB AA
        node k junction 0.3 0.4 BB
        node z terminal 0.6 0.5 AA
        link a-g rail a g 120 AA 1435
        link g-x1 rail g x1 40 AA 1520
        link x1-m rail x1 m 100 BB 1520
        link m-x2 rail m x2 30 BB 1520
        link x2-z rail x2 z 60 AA 1520
        link new rail a z 300 AA 1520 planned
        link a-y1 road a y1 130 AA
        link y1-y2 road y1 y2 110 BB
        link y1-k road y1 k 60 BB
        link k-y2 road k y2 55 BB
        link y2-z road y2 z 70 AA";

    fn found(world: &World, changes: &[Op]) -> (Options, String) {
        let scenario = fixture::scenario(changes);
        let situation = Situation::new(world, Some(&scenario), None).expect("a network");
        let node = |id: &str| world.nodes.find(id).expect("a node");
        let request = Request {
            from: node("a"),
            to: node("z"),
            avoid: &[],
            modes: &MODES,
        };
        let options = options(&situation, &request).expect("a proper request");
        let itinerary = |option: &Chosen| -> String {
            let links = option
                .itinerary
                .links()
                .map(|link| world.links[link].id.as_str());
            let links = links.collect::<Vec<_>>().join(" ");
            let figures = Criterion::ALL.map(|criterion| option.itinerary.criteria[criterion]);
            format!("{links} {figures:?} {:?}\n", option.best_on)
        };
        let text = options.chosen.iter().map(itinerary).collect();
        (options, text)
    }

    /// Road: 130 + 110 + 70 km at 60 km/h and twice 3 h; 310 km at 7 ct and twice 100 USD for 20 t.
    /// Rail: 120 + 40 + 130 + 60 km at 40 km/h, twice 6 h and 12 h; 350 km at 3 ct, twice 120 USD for 60 t, and 5 USD.
    #[test]
    fn road_and_rail_trade_time_for_cost() {
        let (options, text) = found(&fixture::world(WORLD), &[]);
        assert_eq!(
            text,
            "a-y1 y1-y2 y2-z [670, 3170, 310000, 0, 2, 0] [Time, Length, GaugeChanges]\n\
             a-g g-x1 x1-m m-x2 x2-z [1965, 1950, 350000, 0, 2, 1] [Cost]\n"
        );
        assert_eq!(
            options.chosen[0].similar, 0,
            "the longer road is beaten on all counts"
        );
    }

    #[test]
    fn a_line_that_is_built_counts_as_to_build() {
        let world = fixture::world(WORLD);
        let new = world.links.find("new").expect("a link");
        let (_, built) = found(&world, &[Op::BuildLink(new)]);
        assert!(
            built.starts_with("new [450, 900, 300000, 300000, 0, 0]"),
            "{built}"
        );
        assert_eq!(
            built.lines().count(),
            3,
            "the others still have nothing to build: {built}"
        );
    }
}

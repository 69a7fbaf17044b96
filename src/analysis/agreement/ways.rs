//! Measures of the network: what exists of links, which crossings are open, which ways there are.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::analysis::agreement::Asked;
use crate::analysis::agreement::row::Figure;
use crate::analysis::agreement::row::Value;
use crate::analysis::agreement::row::Where;
use crate::analysis::agreement::row::evidence;
use crate::analysis::certificate::Verdict;
use crate::analysis::scenarios;
use crate::analysis::scenarios::ComparisonRow;
use crate::analysis::transit::Query;
use crate::error::Result;
use crate::model::Claim;
use crate::model::Code;
use crate::model::Condition;
use crate::model::ConditionKind;
use crate::model::Corridor;
use crate::model::Crossing;
use crate::model::Evidence;
use crate::model::ForMode;
use crate::model::Id;
use crate::model::Journey;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Pair;
use crate::model::Regime;

/// What exists of a link, for people: in the order in which it is told.
const STATES: [&str; 4] = [
    "in use",
    "there, but closed or derelict",
    "under construction",
    "missing: dismantled, planned or unknown",
];

fn state(condition: Option<ConditionKind>) -> usize {
    match condition {
        Some(ConditionKind::Operational) => 0,
        Some(ConditionKind::Closed | ConditionKind::Derelict) => 1,
        Some(ConditionKind::UnderConstruction) => 2,
        Some(ConditionKind::Dismantled | ConditionKind::Planned) | None => 3,
    }
}

/// What exists of the links that `corridors` use, each link once.
pub(super) fn links(asked: &Asked<'_>, mode: Mode, corridors: &[Id<Corridor>]) -> Vec<Figure> {
    let world = asked.world;
    let used: BTreeSet<Id<Link>> = corridors
        .iter()
        .flat_map(|&id| &world.corridors[id].links)
        .copied()
        .filter(|&link| world.links[link].mode == mode)
        .collect();
    let links: Vec<&Link> = used.iter().map(|&id| &world.links[id]).collect();
    let total = metres(links.iter().copied());
    let figure = |(number, subject): (usize, &&str)| {
        let mine: Vec<&Link> = links
            .iter()
            .copied()
            .filter(|link| {
                let condition = link.condition_on(asked.when.on);
                state(condition.map(|claim| claim.value.is)) == number
            })
            .collect();
        let claims: Vec<&Claim<Condition>> = mine
            .iter()
            .filter_map(|link| link.condition_on(asked.when.on))
            .collect();
        let alignments: Vec<_> = mine.iter().map(|link| link.alignment.0.clone()).collect();
        let figure = Figure {
            evidence: evidence(world, claims.iter().map(|claim| &claim.evidence)),
            place: if alignments.is_empty() {
                Where::Nowhere
            } else {
                Where::Lines(alignments)
            },
            ..Figure::km(
                &format!("{mode} {subject}"),
                kilometres(metres(mine.iter().copied())),
                Some(kilometres(total)),
            )
        };
        figure.noted(link_note(asked, &mine))
    };
    STATES.iter().enumerate().map(figure).collect()
}

fn metres<'l>(links: impl IntoIterator<Item = &'l Link>) -> u64 {
    links.into_iter().map(|link| u64::from(link.length_m)).sum()
}

fn kilometres(metres: u64) -> f64 {
    metres as f64 / 1000.0
}

/// Kilometres by territory, and how much of them is stated to be done.
fn link_note(asked: &Asked<'_>, links: &[&Link]) -> String {
    let mut by_territory: BTreeMap<Code, u64> = BTreeMap::new();
    let mut by_progress: BTreeMap<(u64, String), (f64, u64)> = BTreeMap::new();
    for link in links {
        *by_territory.entry(link.territory).or_default() += u64::from(link.length_m);
        let claim = link.condition_on(asked.when.on);
        let progress = claim.and_then(|claim| Some((claim, claim.value.progress_pct?)));
        if let Some((claim, done_pct)) = progress {
            let grounds = evidence(asked.world, [&claim.evidence]).join("; ");
            // Progress is never negative, so its bits are in the order of its values.
            by_progress
                .entry((done_pct.to_bits(), grounds))
                .or_insert((done_pct, 0))
                .1 += u64::from(link.length_m);
        }
    }
    let territories = by_territory
        .iter()
        .map(|(code, metres)| format!("{code} {:.1}", kilometres(*metres)));
    let mut says = vec![territories.collect::<Vec<_>>().join(", ")];
    says.extend(
        by_progress
            .iter()
            .map(|((_, grounds), (done_pct, metres))| {
                format!(
                    "{done_pct} % of {:.1} km done [{grounds}]",
                    kilometres(*metres)
                )
            }),
    );
    says.retain(|text| !text.is_empty());
    says.join("; ")
}

/// The crossing points between two states by mode and regime.
pub(super) fn crossings(asked: &Asked<'_>, pair: Pair) -> Vec<Figure> {
    let mine: Vec<&Crossing> = asked
        .world
        .crossings
        .iter()
        .map(|(_, crossing)| crossing)
        .filter(|crossing| crossing.pair == pair)
        .collect();
    let modes: BTreeSet<Mode> = mine
        .iter()
        .flat_map(|crossing| crossing.modes.iter().copied())
        .collect();
    if modes.is_empty() {
        let none = Figure::count("crossing points", "crossing points", 0, None);
        return vec![none.noted(format!("the data set has no crossing point of {pair}"))];
    }
    let mut figures = Vec::new();
    for mode in modes {
        let of_mode: Vec<&Crossing> = mine
            .iter()
            .copied()
            .filter(|crossing| crossing.modes.contains(&mode))
            .collect();
        figures.extend(by_regime(asked, mode, &of_mode));
    }
    figures
}

fn by_regime(asked: &Asked<'_>, mode: Mode, of_mode: &[&Crossing]) -> Vec<Figure> {
    let regimes = [
        Some(Regime::Open),
        Some(Regime::CargoOnly),
        Some(Regime::Closed),
        None,
    ];
    let figure = |regime: Option<Regime>| {
        let mine: Vec<(&Crossing, Option<&Claim<ForMode<Regime>>>)> = of_mode
            .iter()
            .map(|crossing| (*crossing, crossing.regime_on(mode, asked.when.on)))
            .filter(|(_, claim)| claim.map(|claim| claim.value.value) == regime)
            .collect();
        // That none is open is an answer; that none is closed needs no line.
        if mine.is_empty() && regime != Some(Regime::Open) {
            return None;
        }
        let word = regime.map_or("without a claim", Regime::word);
        let names = mine.iter().map(|(crossing, _)| crossing.id.as_str());
        let nodes = mine
            .iter()
            .map(|(crossing, _)| asked.world.nodes[crossing.node].at);
        let grounds = mine
            .iter()
            .filter_map(|(_, claim)| claim.map(|claim| &claim.evidence));
        let figure = Figure {
            evidence: evidence(asked.world, grounds),
            place: if mine.is_empty() {
                Where::Nowhere
            } else {
                Where::Points(nodes.collect())
            },
            ..Figure::count(
                &format!("{mode}, {word}"),
                "crossing points",
                mine.len(),
                Some(of_mode.len()),
            )
        };
        Some(figure.noted(names.collect::<Vec<_>>().join(", ")))
    };
    regimes.into_iter().filter_map(figure).collect()
}

/// The ways from one place to another, before and after.
pub(super) fn options(asked: &Asked<'_>, journey: &Journey) -> Result<Vec<Figure>> {
    let query = Query {
        avoid: journey.avoid.clone(),
        modes: journey.modes.clone(),
        on: asked.on,
        source: Some(asked.source),
        ..Query::new(journey.from, journey.to)
    };
    let rows = scenarios::compare(asked.world, &[journey.before, journey.after], &query)?;
    let what = journey_in_words(asked, journey);
    let mut figures = Vec::new();
    for (moment, row) in ["before", "after"].into_iter().zip(&rows) {
        let subject = format!("{what}, {moment} ({})", row.scenario);
        figures.extend(of_scenario(asked, journey, &subject, row));
    }
    Ok(figures)
}

/// `baku → kars by rail without IR`.
fn journey_in_words(asked: &Asked<'_>, journey: &Journey) -> String {
    let node = |id| asked.world.nodes[id].id.as_str();
    let list = |words: Vec<&str>| words.join(", ");
    let mut text = format!("{} → {}", node(journey.from), node(journey.to));
    if !journey.modes.is_empty() {
        let modes = journey.modes.iter().map(|mode| mode.word());
        text = format!("{text} by {}", list(modes.collect()));
    }
    if !journey.avoid.is_empty() {
        let avoid = journey.avoid.iter().map(Code::as_str);
        text = format!("{text} without {}", list(avoid.collect()));
    }
    text
}

fn of_scenario(
    asked: &Asked<'_>,
    journey: &Journey,
    subject: &str,
    row: &ComparisonRow,
) -> Vec<Figure> {
    let count = Figure::count(subject, "options", row.options, None);
    let mut figures = vec![count.noted(row.reason.clone().unwrap_or_default())];
    let known = [
        ("fastest", "h", row.fastest_h),
        ("shortest", "km", row.shortest_km),
        ("to-build", "km", row.fastest_to_build_km),
    ];
    figures.extend(known.into_iter().filter_map(|(quantity, unit, value)| {
        Some(Figure {
            subject: subject.to_owned(),
            quantity: Some(quantity),
            value: Some(Value::Real(value?)),
            unit: Some(unit),
            ..Figure::default()
        })
    }));
    let margin = row.fastest_margin_m.zip(row.fastest_verdict);
    if let (Some((margin_m, verdict)), Some(last)) = (margin, figures.last_mut()) {
        let avoided: Vec<&str> = journey.avoid.iter().map(Code::as_str).collect();
        last.note = Some(format!(
            "the fastest comes within {margin_m:.0} m of {} on {}: {}",
            avoided.join(" or "),
            asked.source,
            verdict_in_words(verdict)
        ));
        last.on_boundary = true;
    }
    let changed = changed(asked, journey, row);
    for figure in &mut figures {
        figure.on = Some(row.as_of);
        figure.evidence.clone_from(&changed);
    }
    figures
}

const fn verdict_in_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Clear => "clear of it",
        Verdict::WithinError => {
            "too near for the accuracies to tell, so its stated territories decide"
        }
        Verdict::Enters => "it enters",
    }
}

/// What the changes of a scenario rest on.
fn changed(asked: &Asked<'_>, journey: &Journey, row: &ComparisonRow) -> Vec<String> {
    let scenarios = [journey.before, journey.after].map(|id| &asked.world.scenarios[id]);
    let mine = scenarios
        .iter()
        .filter(|one| one.id == row.scenario)
        .take(1);
    let grounds: Vec<&Evidence> = mine
        .flat_map(|scenario| scenario.changes.iter().map(|change| &change.evidence))
        .collect();
    evidence(asked.world, grounds)
}

#[cfg(test)]
mod tests {
    use super::links;
    use crate::analysis::agreement::Asked;
    use crate::analysis::agreement::row::Value;
    use crate::analysis::segments::When;
    use crate::model::Boundary;
    use crate::model::Corridor;
    use crate::model::Id;
    use crate::model::Link;
    use crate::model::Mode;
    use crate::model::Names;
    use crate::model::Table;
    use crate::model::World;
    use crate::routing::fixture;

    fn corridor(world: &World, id: &str, links: &[&str]) -> Corridor {
        let link = |id: &&str| world.links.find(id).expect("a link");
        let links: Vec<Id<Link>> = links.iter().map(link).collect();
        Corridor {
            id: id.to_owned(),
            names: Names::default(),
            letter: None,
            summary: String::new(),
            from: world.links[links[0]].from,
            to: world.links[links[0]].to,
            links,
            published_km: Vec::new(),
            avoids: Vec::new(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn each_link_is_counted_once_and_by_its_condition() {
        let mut world = fixture::world(
            "node a terminal 0 0 AA
             node b terminal 1 0 AA
             node c terminal 2 0 AA
             link used rail a b 20 AA 1435
             link gone rail a b 3 AA 1435 dismantled
             link derelict rail b c 5 AA 1435 derelict
             link shut rail b c 7 AA 1435 closed
             link building rail a c 11 AA 1435 under-construction
             link planned rail a c 13 AA 1435 planned
             link street road a c 100 AA",
        );
        world.corridors = Table::new(vec![
            corridor(&world, "one", &["used", "derelict", "building", "street"]),
            corridor(&world, "other", &["used", "gone", "shut", "planned"]),
        ]);
        let boundary = Boundary {
            source: Id::new(0),
            territories: Vec::new(),
            borders: Vec::new(),
            tripoints: Vec::new(),
            exclaves: Vec::new(),
        };
        let asked = Asked {
            world: &world,
            boundary: &boundary,
            source: "none",
            when: When {
                on: world.meta.as_of,
                view: None,
            },
            on: None,
        };
        let corridors: Vec<Id<Corridor>> = world.corridors.ids().collect();
        let of = |mode| -> Vec<(Option<Value>, Option<Value>)> {
            let figures = links(&asked, mode, &corridors);
            figures
                .iter()
                .map(|figure| (figure.value, figure.of))
                .collect()
        };
        let km = |km: f64| Some(Value::Real(km));
        let rail = [20.0, 12.0, 11.0, 16.0].map(|part| (km(part), km(59.0)));
        assert_eq!(of(Mode::Rail), rail);
        let road = [100.0, 0.0, 0.0, 0.0].map(|part| (km(part), km(100.0)));
        assert_eq!(of(Mode::Road), road);
    }
}

//! The scorecard of an agreement: figures known by hand on a small world, and on the shipped data the answers of the other commands.

use std::collections::BTreeSet;

use araxes::analysis::agreement;
use araxes::analysis::agreement::Question;
use araxes::analysis::agreement::ScoreRow;
use araxes::analysis::agreement::scorecard;
use araxes::analysis::agreement::settlements;
use araxes::analysis::transit::Query;
use araxes::analysis::transit::transit;
use araxes::dataset::load_embedded;
use araxes::geodesy;
use araxes::geodesy::Edge;
use araxes::model::Border;
use araxes::model::Boundary;
use araxes::model::Id;
use araxes::model::Measure;
use araxes::model::Measurement;
use araxes::model::Pair;
use araxes::model::Place;
use araxes::model::World;
use araxes::units::Length;
use rayon::prelude::*;
use serde_json::Value;

use crate::program::json;
use crate::program::run_on;
use crate::program::world;

/// The rows of a measure about subjects that start so, as `value/of`.
fn figures(card: &Value, measure: &str, subject: &str) -> Vec<(f64, Option<f64>)> {
    let rows = card["rows"].as_array().expect("rows");
    let mine = rows.iter().filter(|row| {
        row["measure"] == measure && row["subject"].as_str().expect("text").starts_with(subject)
    });
    mine.filter_map(|row| Some((row["value"].as_f64()?, row["of"].as_f64())))
        .collect()
}

/// Checks figures to a metre.
fn are(card: &Value, measure: &str, subject: &str, expected: &[(f64, Option<f64>)]) {
    let found = figures(card, measure, subject);
    let near = |one: f64, other: f64| (one - other).abs() < 0.0015;
    let is_same = found.len() == expected.len()
        && found.iter().zip(expected).all(|(one, other)| {
            near(one.0, other.0)
                && match (one.1, other.1) {
                    (Some(one), Some(other)) => near(one, other),
                    (one, other) => one.is_none() && other.is_none(),
                }
        });
    assert!(is_same, "{measure}, {subject}: {found:?}, not {expected:?}");
}

/// The whole border of the small world.
const WHOLE: Option<f64> = Some(169.8427);

#[test]
fn the_small_world_has_the_figures_known_by_hand() {
    let card = json(&world("lowlands"), "agreement");
    are(&card, "length", "border BE-NL", &[(169.8427, None)]);
    are(
        &card,
        "delimited",
        "delimited, as published",
        &[(90.0, WHOLE), (88.0, WHOLE)],
    );
    // All of the main part, and NL-LI.
    are(
        &card,
        "delimited",
        "delimited, on the line",
        &[(69.4405 + 27.8127, WHOLE)],
    );
    // The main part without the middle, of which the ford is no part.
    are(
        &card,
        "demarcated",
        "demarcated, on the line",
        &[(69.4405 - 2.0 * 6.944, WHOLE)],
    );
    let open = [(1.0, Some(4.0)), (27.8127 + 49.8765 + 22.7130, WHOLE)];
    are(&card, "open-segments", "open", &open);
    are(&card, "open-segments", "no joint claim", &open);
    are(
        &card,
        "open-segments",
        "agreed",
        &[(3.0, Some(4.0)), (69.4405, WHOLE)],
    );
    are(&card, "exclaves", "not under", &[(1.0, Some(1.0))]);
    are(&card, "exclaves", "Hertog", &[(122.94, None)]);
    are(
        &card,
        "frontier-settlements",
        "Nederland",
        &[(1.0, Some(2.0)), (500.0, None), (2.2241, None)],
    );
    are(
        &card,
        "frontier-settlements",
        "Belgique",
        &[(0.0, Some(2.0)), (0.0, None), (33.3765, None)],
    );
    are(&card, "crossings", "rail, open", &[(0.0, Some(1.0))]);
    are(&card, "crossings", "rail, closed", &[(1.0, Some(1.0))]);
    are(&card, "crossings", "road, open", &[(1.0, Some(1.0))]);
}

#[test]
fn the_small_world_has_a_railway_to_build() {
    let card = json(&world("lowlands"), "agreement");
    // `direct` stands there twice; gent to brug is 48.218 km, the rest is published.
    let straight = geodesy::distance(
        geo::coord! { x: 4.2, y: 51.2 },
        geo::coord! { x: 4.7, y: 51.5 },
    );
    let total = Some(straight.km() + 250.0);
    are(
        &card,
        "links",
        "rail in use",
        &[(straight.km() + 200.0, total)],
    );
    are(&card, "links", "rail missing", &[(50.0, total)]);
    let way = "gent → breda by rail without DE";
    are(&card, "options", &format!("{way}, before"), &[(0.0, None)]);
    let after = figures(&card, "options", &format!("{way}, after"));
    let transit = json(
        &world("lowlands"),
        "transit --from gent --to breda --avoid DE --modes rail --scenario reopen",
    );
    let option = &transit["options"][0];
    let expected: Vec<f64> = ["time_h", "length_km", "to_build_km"]
        .iter()
        .map(|key| option[key].as_f64().expect("a number"))
        .collect();
    let found: Vec<f64> = after.iter().map(|(value, _)| *value).collect();
    assert_eq!(found[0].to_bits(), 1.0_f64.to_bits());
    assert_eq!(found[1..], expected);
}

#[test]
fn another_day_and_another_view_have_other_figures() {
    let before = json(&world("lowlands"), "agreement --on 2000-06");
    are(
        &before,
        "delimited",
        "delimited, as published",
        &[(88.0, WHOLE)],
    );
    let main = 69.4405 - 2.0 * 6.944;
    are(
        &before,
        "delimited",
        "delimited, on the line",
        &[(main + 27.8127, WHOLE)],
    );
    let words = |card: &Value| -> Vec<String> {
        let status = card["status"].as_array().expect("a list");
        status
            .iter()
            .map(|row| row["is"].as_str().expect("a word").to_owned())
            .collect()
    };
    assert_eq!(words(&before), ["initialled"]);
    assert_eq!(
        words(&json(&world("lowlands"), "agreement")),
        ["initialled", "signed"]
    );
    assert!(words(&json(&world("lowlands"), "agreement --on 1999")).is_empty());
    let dutch = json(&world("lowlands"), "agreement --view NL");
    are(
        &dutch,
        "open-segments",
        "contested",
        &[(1.0, Some(4.0)), (20.832 - 6.944, WHOLE)],
    );
    let belgian = json(&world("lowlands"), "agreement --view BE");
    are(
        &belgian,
        "delimited",
        "delimited, as published",
        &[(90.0, WHOLE)],
    );
    are(
        &belgian,
        "open-segments",
        "unilateral-claim",
        &[(1.0, Some(4.0)), (49.8765, WHOLE)],
    );
}

#[test]
fn another_source_is_measured_where_it_draws_the_border() {
    let atlas = json(&world("lowlands"), "agreement --source atlas");
    are(
        &atlas,
        "length",
        "border BE-NL",
        &[(69.4552 + 27.8127, None)],
    );
    // It draws no enclave: nothing is measured of it, and the record still counts.
    assert!(figures(&atlas, "exclaves", "Hertog").is_empty());
    are(&atlas, "exclaves", "not under", &[(1.0, Some(1.0))]);
}

#[test]
fn a_data_set_without_an_agreement_says_so() {
    let said = run_on(&world("mountain"), "agreement");
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert_eq!(
        said.err,
        "error: this data set has no agreement.json: `araxes agreement` needs one\n"
    );
}

fn shipped() -> World {
    load_embedded().unwrap_or_else(|error| panic!("the shipped data: {error}"))
}

fn question(boundary: &Boundary) -> Question<'_> {
    Question {
        boundary,
        on: None,
        view: None,
        only: &[],
    }
}

fn measures(world: &World) -> impl Iterator<Item = &Measure> {
    let accord = world.agreement.as_ref().expect("an agreement");
    let all = accord
        .provisions
        .iter()
        .flat_map(|provision| &provision.measures);
    all.map(|Measurement { measure, .. }| measure)
}

#[test]
fn every_provision_has_sources_and_every_measure_a_figure_on_every_source() {
    let world = shipped();
    for boundary in &world.boundaries {
        let card = scorecard(&world, &question(boundary)).expect("a scorecard");
        assert!(card.provisions.len() > 10);
        for score in &card.provisions {
            assert!(
                !score.provision.sources.is_empty(),
                "{}",
                score.provision.id
            );
            let count = score.provision.measures.len().max(1);
            assert_eq!(score.measures.len(), count, "{}", score.provision.id);
            for (number, rows) in score.measures.iter().enumerate() {
                let is_told = |row: &ScoreRow| row.value.is_some() || row.note.is_some();
                assert!(!rows.is_empty() && rows.iter().all(is_told));
                let has_figure = rows.iter().any(|row| row.value.is_some());
                let is_measured = number < score.provision.measures.len();
                assert_eq!(has_figure, is_measured, "{} {number}", score.provision.id);
            }
        }
        for id in card.rows().flat_map(|row| &row.evidence) {
            assert!(
                id == "assumption" || world.sources.find(id).is_some(),
                "{id}"
            );
        }
    }
}

#[test]
fn parts_of_a_whole_add_up_to_it() {
    let world = shipped();
    let boundary = world.boundary(None).expect("the source");
    let card = scorecard(&world, &question(boundary)).expect("a scorecard");
    for score in &card.provisions {
        for rows in &score.measures {
            let classed = ["open-segments", "links"];
            let Some(measure) = rows[0].measure.filter(|word| classed.contains(word)) else {
                continue;
            };
            let parts = rows
                .iter()
                .filter(|row| row.unit == Some("km") && !row.subject.starts_with("open"));
            let sum: f64 = parts
                .filter_map(|row| row.value)
                .map(agreement::Value::number)
                .sum();
            let whole = rows.iter().find(|row| row.unit == Some("km"));
            let whole = whole.and_then(|row| row.of).expect("a whole").number();
            assert!((sum - whole).abs() < 0.01, "{measure}: {sum}, not {whole}");
        }
    }
}

#[test]
fn nothing_was_delimited_before_the_protocol() {
    let world = shipped();
    let boundary = world.boundary(None).expect("the source");
    let drawn = |on: Option<&str>| -> (Vec<f64>, f64) {
        let question = Question {
            on: on.map(|on| on.parse().expect("a date")),
            ..question(boundary)
        };
        let card = scorecard(&world, &question).expect("a scorecard");
        let rows: Vec<&ScoreRow> = card
            .rows()
            .filter(|row| row.measure == Some("delimited"))
            .collect();
        let of = |start: &str| -> Vec<f64> {
            let mine = rows.iter().filter(|row| row.subject.ends_with(start));
            mine.filter_map(|row| row.value)
                .map(agreement::Value::number)
                .collect()
        };
        (of("as published"), of("on the line drawn").iter().sum())
    };
    assert_eq!(drawn(Some("2024-01-01")), (Vec::new(), 0.0));
    let later = drawn(Some("2025-08-08"));
    assert_eq!(later.0, [12.7, 12.6]);
    assert!(later.1 > 5.0 && later.1 < 20.0, "{later:?}");
    assert_eq!(drawn(None), later);
}

/// The places within a depth of a border by measuring to every edge that can be so near.
fn scanned(world: &World, boundary: &Boundary, pair: Pair, depth: Length) -> BTreeSet<Id<Place>> {
    let edges: Vec<Edge> = boundary
        .borders_of(pair)
        .flat_map(Border::pieces)
        .flat_map(|piece| piece.vertices.windows(2))
        .map(|ends| Edge::new(ends[0], ends[1]))
        .collect();
    let places: Vec<(Id<Place>, &Place)> = world.places.iter().collect();
    let is_near = |place: &Place| {
        edges.iter().any(|edge| {
            // By the triangle inequality no place of the edge is nearer than this.
            let start = geodesy::distance(place.at, edge.at(0.0));
            (start - edge.length()) <= depth && edge.nearest(place.at).distance <= depth
        })
    };
    places
        .par_iter()
        .filter(|(_, place)| pair.has(place.territory) && is_near(place))
        .map(|(id, _)| *id)
        .collect()
}

#[test]
fn the_frontier_settlements_are_those_of_a_scan_over_all_edges() {
    let world = shipped();
    let mut seen = 0;
    for measure in measures(&world) {
        let Measure::FrontierSettlements { pair, depth_km, .. } = measure else {
            continue;
        };
        for boundary in &world.boundaries {
            let depth = Length::from_km(*depth_km);
            let found: BTreeSet<Id<Place>> = settlements(&world, boundary, *pair, depth)
                .iter()
                .map(|settlement| settlement.place)
                .collect();
            assert_eq!(found, scanned(&world, boundary, *pair, depth));
            seen += found.len();
        }
    }
    assert!(seen > 50, "only {seen} settlements");
}

#[test]
fn options_are_those_of_transit() {
    let world = shipped();
    let boundary = world.boundary(None).expect("the source");
    let card = scorecard(&world, &question(boundary)).expect("a scorecard");
    let mut seen = 0;
    for score in &card.provisions {
        for (Measurement { measure, .. }, rows) in
            score.provision.measures.iter().zip(&score.measures)
        {
            let Measure::Options(journey) = measure else {
                continue;
            };
            for scenario in [journey.before, journey.after] {
                let scenario = &world.scenarios[scenario];
                let answer = transit(
                    &world,
                    &Query {
                        avoid: journey.avoid.clone(),
                        modes: journey.modes.clone(),
                        scenario: Some(scenario),
                        ..Query::new(journey.from, journey.to)
                    },
                )
                .expect("an answer");
                let figure = |quantity: &str| {
                    let tag = format!("({})", scenario.id);
                    let row = rows
                        .iter()
                        .find(|row| row.quantity == Some(quantity) && row.subject.ends_with(&tag));
                    row.and_then(|row| row.value).map(agreement::Value::number)
                };
                let options = &answer.options;
                assert_eq!(figure("count"), Some(options.len() as f64));
                let fastest = options.iter().map(|option| option.time_h);
                assert_eq!(figure("fastest"), fastest.reduce(f64::min));
                let shortest = options.iter().map(|option| option.length_km);
                assert_eq!(figure("shortest"), shortest.reduce(f64::min));
                seen += 1;
            }
        }
    }
    assert!(seen >= 4, "only {seen} journeys");
}

//! Transit on worlds drawn by hand.

use crate::analysis::certificate::Verdict;
use crate::analysis::transit::Answer;
use crate::analysis::transit::Query;
use crate::analysis::transit::find_node;
use crate::analysis::transit::transit;
use crate::error::Result;
use crate::model::Mode;
use crate::model::Op;
use crate::model::Scenario;
use crate::model::World;
use crate::routing::fixture;

/// A river border: the southern bank belongs to CC, whose outline is the parallel of 0.3 degrees.
///
/// ```text
///   AA             |          BB            | BB-X is a part of BB
///   a --- 40 --- x (0.2) ----- 50 -----+    |
///   :                                   z (0.6, 0.31)
///   +--- 45 ---- y (0.2, 0.3002) - 48 --+         22 m north of CC, drawn to 100 m
/// --------------------------------------- 0.3
///   CC   w: a - c1 - c - c2 - z, 20 km each
/// ```
const WORLD: &str = "
    territory AA 0 0.3 0.2 1
    territory BB 0.2 0.3 1 1
    territory CC 0 0 1 0.3
    node a terminal 0.0 0.5 AA
    node x crossing 0.2 0.6 AA BB
    node y crossing 0.2 0.3002 AA BB
    node z terminal 0.6 0.5 BB
    node c1 crossing 0.1 0.3 AA CC
    node c station 0.3 0.1 CC
    node c2 crossing 0.5 0.3 BB CC
    crossing x closed rail,road
    link a-x rail a x 40 AA 1520
    link x-z rail x z 50 BB 1520
    link a-y road a y 45 AA
    link y-z road y z 48 BB
    link a-c1 road a c1 20 AA
    link c1-c road c1 c 20 CC
    link c-c2 road c c2 20 CC
    link c2-z road c2 z 20 BB";

fn ask(world: &World, change: impl FnOnce(&mut Query<'_>)) -> Result<Answer> {
    let mut query = Query::new(find_node(world, "a")?, find_node(world, "z")?);
    change(&mut query);
    transit(world, &query)
}

fn avoiding(world: &World, state: &str) -> Answer {
    ask(world, |query| {
        query.avoid = vec![state.parse().expect("a code")];
    })
    .expect("an answer")
}

#[test]
fn an_option_adds_up_to_its_legs_borders_and_handling() {
    let world = fixture::world(WORLD);
    let opening = fixture::scenario(&[Op::OpenCrossing(
        world.crossings.ids().next().expect("x"),
        None,
    )]);
    let mut query = Query::new(
        find_node(&world, "a").expect("a"),
        find_node(&world, "z").expect("z"),
    );
    query.scenario = Some(&opening);
    let answer = transit(&world, &query).expect("an answer");
    assert_eq!(answer.options.len(), 3);
    for option in &answer.options {
        let cents = |usd: f64| (usd * 100.0).round();
        let minutes = |hours: f64| (hours * 60.0).round();
        let km: f64 = option.legs.iter().map(|leg| leg.length_km).sum();
        assert!((km - option.length_km).abs() < 1e-9, "{}", option.id);
        let states: f64 = option.states.values().sum();
        assert!((states - option.length_km).abs() < 1e-9, "{}", option.id);
        let legs: u32 = option.legs.iter().map(|leg| leg.time_min).sum();
        let waits: f64 = option
            .borders
            .iter()
            .map(|border| minutes(border.dwell_h))
            .sum();
        assert!((f64::from(legs) + waits - f64::from(option.time_min)).abs() < 0.5);
        let legs: f64 = option
            .legs
            .iter()
            .map(|leg| cents(leg.cost_usd_per_t))
            .sum();
        let charges: f64 = option
            .borders
            .iter()
            .map(|border| cents(border.cost_usd_per_t))
            .sum();
        assert!(
            (legs + charges - cents(option.cost_usd_per_t)).abs() < 0.5,
            "{}",
            option.id
        );
        assert!(option.time_low_h < option.time_h && option.time_h < option.time_high_h);
    }
    let rail = answer
        .options
        .iter()
        .find(|option| option.legs[0].mode == Mode::Rail)
        .expect("rail");
    assert_eq!(rail.changes[0].what, "open crossing x for all modes");
}

#[test]
fn an_avoided_state_comes_with_a_certificate() {
    let world = fixture::world(WORLD);
    let answer = avoiding(&world, "CC");
    assert_eq!(
        answer.options.len(),
        1,
        "rail is closed, and the other road goes through CC"
    );
    let certificate = answer.options[0]
        .certificate
        .as_ref()
        .expect("a certificate");
    let margin = &certificate.headline;
    // 0.0002 degrees of latitude at the equator are 22.1 m; the border, a geodesic, is 0.8 m north of the parallel there.
    assert!((margin.margin_m - 21.3).abs() < 0.2, "{margin:?}");
    assert_eq!(margin.link, "a-y");
    assert_eq!(
        margin.verdict,
        Verdict::WithinError,
        "drawn to 100 m, boundary to 50 m"
    );
    assert!((margin.tolerance_m - 150.0).abs() < f64::EPSILON);
    assert!(
        certificate
            .statement
            .contains("geometry does not decide: it is stated to lie in AA"),
        "{}",
        certificate.statement
    );
}

#[test]
fn a_line_drawn_through_an_avoided_state_enters_it() {
    let through = WORLD.replace("node y crossing 0.2 0.3002", "node y crossing 0.2 0.25");
    let answer = avoiding(&fixture::world(&through), "CC");
    let margin = &answer.options[0]
        .certificate
        .as_ref()
        .expect("a certificate")
        .headline;
    assert_eq!(margin.verdict, Verdict::Enters);
    assert!(margin.margin_m.abs() < f64::EPSILON);
    // 0.05 degrees of latitude at the equator are 5529 m.
    assert!((margin.depth_m - 5528.7).abs() < 5.0, "{margin:?}");
}

#[test]
fn a_line_far_from_an_avoided_state_is_clear_of_it() {
    let away = WORLD
        .replace(
            "territory CC 0 0 1 0.3",
            "territory CC 0 -9 1 -8\nterritory DD 0 -1 1 -0.5",
        )
        .replace("node y crossing 0.2 0.3002", "node y crossing 0.2 0.4");
    let answer = avoiding(&fixture::world(&away), "CC");
    let margin = &answer.options[0]
        .certificate
        .as_ref()
        .expect("a certificate")
        .headline;
    assert_eq!(margin.verdict, Verdict::Clear);
    // 8.4 degrees of latitude near the equator.
    assert!((margin.margin_m - 928_800.0).abs() < 500.0, "{margin:?}");
}

#[test]
fn without_an_option_the_answer_says_what_is_closed() {
    let world = fixture::world(WORLD);
    let answer = ask(&world, |query| query.modes = vec![Mode::Rail]).expect("an answer");
    assert!(answer.options.is_empty());
    let reason = answer.reason.expect("a reason");
    assert_eq!(reason.needs.len(), 1, "{reason:?}");
    assert_eq!(
        (reason.needs[0].what, reason.needs[0].id.as_str()),
        ("crossing", "x")
    );
    assert_eq!(reason.needs[0].closure.is, "closed");

    let ferry = ask(&world, |query| query.modes = vec![Mode::Ferry]).expect("an answer");
    let reason = ferry.reason.expect("a reason");
    assert!(
        reason.needs.is_empty() && reason.text.contains("modes"),
        "{reason:?}"
    );
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    let world = fixture::world(WORLD);
    let error = |change: fn(&mut Query<'_>)| ask(&world, change).expect_err("refused").to_string();
    assert_eq!(
        error(|query| query.avoid = vec!["BB".parse().expect("a code")]),
        "the destination `z` lies in an avoided state"
    );
    assert_eq!(
        error(|query| query.to = query.from),
        "start and destination are the same place"
    );
    let unknown = error(|query| query.avoid = vec!["XX".parse().expect("a code")]);
    assert!(unknown.starts_with("unknown state `XX`"), "{unknown}");
}

#[test]
fn a_limit_keeps_the_ids_and_the_best_of_each_criterion() {
    let world = fixture::world(WORLD);
    let all = ask(&world, |_| ()).expect("an answer");
    let one = ask(&world, |query| query.limit = Some(1)).expect("an answer");
    assert_eq!(one.options_found, all.options.len());
    assert_eq!(one.options.len(), 1);
    assert!(all.options.contains(&one.options[0]));
}

#[test]
fn the_json_of_an_answer_has_the_keys_of_the_contract() {
    let world = fixture::world(WORLD);
    let json = serde_json::to_value(avoiding(&world, "CC")).expect("JSON");
    for key in ["from", "to", "avoid", "scenario", "as_of", "options"] {
        assert!(json.get(key).is_some(), "{key}");
    }
    let option = &json["options"][0];
    for key in [
        "id",
        "length_km",
        "time_h",
        "cost_usd_per_t",
        "to_build_km",
        "crossings",
        "gauge_changes",
        "states",
        "legs",
        "certificate",
    ] {
        assert!(option.get(key).is_some(), "{key}");
    }
    for key in ["link", "mode", "state", "length_km"] {
        assert!(option["legs"][0].get(key).is_some(), "{key}");
    }
    for key in ["state", "margin_m", "at", "link", "verdict"] {
        assert!(option["certificate"].get(key).is_some(), "{key}");
    }
    assert_eq!(option["certificate"]["verdict"], "within_error");
}

#[test]
fn a_scenario_date_stands_before_that_of_the_data_and_an_explicit_one_before_both() {
    let world = fixture::world(WORLD);
    let scenario = Scenario {
        on: "2025-06".parse().ok(),
        ..fixture::scenario(&[])
    };
    let mut query = Query::new(
        find_node(&world, "a").expect("a"),
        find_node(&world, "z").expect("z"),
    );
    let as_of = |query: &Query<'_>| transit(&world, query).expect("an answer").as_of.to_string();
    assert_eq!(as_of(&query), "2026-01-01");
    query.scenario = Some(&scenario);
    assert_eq!(as_of(&query), "2025-06");
    query.on = "2024-05-24".parse().ok();
    assert_eq!(as_of(&query), "2024-05-24");
}

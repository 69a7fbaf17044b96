//! The small worlds: answers that are known by hand.
//!
//! The maps are in the worlds' READMEs. Expected figures are those that `tests/fixtures/draw.py figures` prints, made with the
//! `geographiclib` package of Python; a metre is allowed where the line lies half-way between two drawn banks.
#![expect(
    clippy::float_cmp,
    reason = "whole figures of the fixtures come back as they were written"
)]

use std::collections::BTreeMap;

use araxes::dataset::Geodata;
use araxes::dataset::load;
use araxes::geodesy;
use araxes::model::World;
use geo::Coord;
use serde_json::Value;

use crate::program::answer;
use crate::program::json;
use crate::program::run_on;
use crate::program::world;

pub(crate) fn loaded(name: &str) -> World {
    load(&Geodata::Folder(world(name))).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn rows(value: &Value) -> &Vec<Value> {
    value
        .as_array()
        .unwrap_or_else(|| panic!("rows were expected: {value}"))
}

fn text<'v>(row: &'v Value, key: &str) -> &'v str {
    row[key].as_str().unwrap_or_default()
}

fn number(row: &Value, key: &str) -> f64 {
    row[key]
        .as_f64()
        .unwrap_or_else(|| panic!("{key} of {row}"))
}

/// Kilometres by pair and part on a source.
fn lengths(name: &str, source: &str) -> BTreeMap<(String, String), f64> {
    let found = json(&world(name), &format!("border lengths --source {source}"));
    let row = |row: &Value| {
        (
            (text(row, "pair").to_owned(), text(row, "part").to_owned()),
            number(row, "length_km"),
        )
    };
    rows(&found).iter().map(row).collect()
}

#[test]
fn borders_have_the_lengths_known_by_hand() {
    let found = lengths("lowlands", "survey");
    let expected = [
        ("BE-DE", "all", 77.6904),
        ("BE-DE", "main", 27.8139),
        ("BE-DE", "ring oostdorp", 49.8765),
        ("BE-NL", "all", 169.8427),
        ("BE-NL", "main", 69.4405),
        ("BE-NL", "NL-LI", 27.8127),
        ("BE-NL", "ring hertog", 49.8765),
        ("BE-NL", "ring kern", 22.7130),
        ("DE-NL", "all", 136.3635),
        ("DE-NL", "main", 55.6313),
        ("DE-NL", "NL-LI", 62.7225),
        ("DE-NL", "exclave noordhoek", 18.0097),
    ];
    for (pair, part, km) in expected {
        let key = (pair.to_owned(), part.to_owned());
        let measured = found
            .get(&key)
            .unwrap_or_else(|| panic!("no {pair} {part}"));
        assert!(
            (measured - km).abs() < 0.001,
            "{pair} {part}: {measured}, not {km}"
        );
    }
    assert_eq!(found.len(), expected.len(), "{found:?}");
    assert!(
        (lengths("lowlands", "atlas")[&("BE-NL".to_owned(), "main".to_owned())] - 69.4552).abs()
            < 0.001
    );
}

#[test]
fn a_state_inside_another_has_one_closed_border_and_no_exclave() {
    let found = lengths("mountain", "survey");
    assert_eq!(found.len(), 1);
    assert!(
        (found[&("LS-ZA".to_owned(), "all".to_owned())] - 415.6127).abs() < 0.001,
        "{found:?}"
    );
    let world = loaded("mountain");
    let boundary = world.boundary(None).expect("the source");
    assert_eq!(
        (
            boundary.borders.len(),
            boundary.exclaves.len(),
            boundary.tripoints.len()
        ),
        (1, 0, 0)
    );
    let line = &boundary.borders[0].pieces()[0].vertices;
    assert_eq!(line.first(), line.last());
}

#[test]
fn half_way_between_banks_is_not_shared_and_no_gap() {
    let found = json(
        &world("lowlands"),
        "border lengths --source survey --pair BE-NL",
    );
    let main = rows(&found)
        .iter()
        .find(|row| text(row, "part") == "main")
        .expect("the main part");
    // 41.6643 of 69.4405 km are drawn by both sides with the same vertices.
    assert!((number(main, "shared_pct") - 60.0).abs() < 0.1, "{main}");
    assert_eq!(
        (number(main, "gaps_km"), number(main, "vertices")),
        (0.0, 11.0)
    );
    let on_river = json(&world("lowlands"), "status --at 4.2,51.5");
    assert!(number(&on_river, "distance_m") < 2.0);
    assert_eq!(
        on_river["territory"],
        Value::Null,
        "the river was cut out of both sides"
    );
}

#[test]
fn tripoints_are_where_three_territories_meet() {
    let world = loaded("lowlands");
    let boundary = world.boundary(Some("survey")).expect("the source");
    let found: Vec<(String, Coord, f64)> = boundary
        .tripoints
        .iter()
        .map(|tripoint| {
            (
                tripoint.territories.map(|code| code.to_string()).join(" "),
                tripoint.at,
                tripoint.spread.m(),
            )
        })
        .collect();
    let expected = [("BE DE NL", 5.0, 51.5), ("BE DE NL-LI", 5.0, 51.25)];
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for ((codes, at, spread), (wanted, x, y)) in found.iter().zip(expected) {
        assert_eq!(
            (codes.as_str(), *at, *spread),
            (wanted, Coord { x, y }, 0.0)
        );
    }
}

#[test]
fn exclaves_are_named_and_those_with_one_neighbour_are_enclaves() {
    let world = loaded("lowlands");
    let boundary = world.boundary(Some("survey")).expect("the source");
    let found: Vec<(String, String, Option<String>)> = boundary
        .exclaves
        .iter()
        .map(|exclave| {
            let enclave_in = exclave.enclave_in.map(|code| code.to_string());
            (
                exclave.territory.to_string(),
                exclave.name.clone(),
                enclave_in,
            )
        })
        .collect();
    let row = |territory: &str, name: &str, inside: Option<&str>| {
        (
            territory.to_owned(),
            name.to_owned(),
            inside.map(str::to_owned),
        )
    };
    let expected = [
        row("BE", "hertog", Some("NL")),
        row("BE", "oostdorp", Some("DE")),
        row("DE", "noordhoek", None),
        row("NL", "kern", Some("BE")),
    ];
    let mut sorted = found.clone();
    sorted.sort();
    assert_eq!(sorted, expected);
    assert!(boundary.exclaves.iter().all(|exclave| !exclave.is_fragment));
}

#[test]
fn a_place_inside_the_enclave_in_the_enclave_belongs_to_the_inner_one() {
    let inside = |at: &str| {
        text(
            &json(&world("lowlands"), &format!("status --at {at}")),
            "territory",
        )
        .to_owned()
    };
    assert_eq!(inside("4.5,51.75"), "NL");
    assert_eq!(inside("4.42,51.75"), "BE");
    assert_eq!(inside("4.7,51.75"), "NL");
    assert_eq!(inside("5.7,51.75"), "BE+DE", "drawn in both");
    assert_eq!(inside("4.05,51.95"), "DE");
    assert_eq!(inside("5.2,51.1"), "NL-LI");
}

#[test]
fn areas_are_geodesic() {
    let world = loaded("lowlands");
    let boundary = world.boundary(Some("survey")).expect("the source");
    let code = "NL-LI".parse().expect("a code");
    let limburg = boundary.territory(code).expect("the territory");
    assert!((geodesy::area_km2(&limburg.area.0[0]) - 973.5611).abs() < 0.001);
}

#[test]
fn chainage_runs_from_north_or_west_and_the_other_way_where_the_record_says_so() {
    let at = |km: &str| {
        let row = json(&world("lowlands"), &format!("status --km {km}"));
        (
            row["nearest"][0].as_f64().expect("longitude"),
            row["nearest"][1].as_f64().expect("latitude"),
        )
    };
    let near = |(x, y): (f64, f64), lon: f64, lat: f64| {
        let off = geodesy::distance(Coord { x, y }, Coord { x: lon, y: lat });
        assert!(off.m() < 1.5, "{x}, {y} is {off} from {lon}, {lat}");
    };
    near(at("BE-NL:0"), 4.0, 51.5);
    near(at("BE-NL:6.9441"), 4.1, 51.5);
    near(at("BE-NL:41.6643"), 4.6, 51.5);
    near(at("BE-DE:0"), 5.0, 51.5);
    near(at("BE-DE:27.8138"), 5.0, 51.25);
    // Agreed from south to north, against the rule.
    near(at("BE-NL/NL-LI:0"), 5.0, 51.0);
    near(at("BE-NL/NL-LI:5"), 5.0, 51.044_944);
    near(at("DE-NL/NL-LI:0"), 5.0, 51.25);
    near(at("DE-NL/NL-LI:62.722"), 5.5, 51.0);
}

#[test]
fn a_kilometre_that_is_not_on_the_border_is_refused() {
    for (question, told) in [
        ("BE-NL:69.5", "69.5 km is not on it"),
        ("BE-NL:-1", "-1 km is not on it"),
        ("BE-NL/NL-XX:1", "unknown border `BE-NL/NL-XX`"),
        ("BE-ZA:1", "unknown border `BE-ZA"),
    ] {
        let said = run_on(&world("lowlands"), &format!("status --km={question}"));
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{question}");
        assert!(said.err.contains(told), "{question}: {}", said.err);
    }
}

/// Segments and their kilometres on BE-NL main.
fn segments(line: &str) -> Vec<(String, f64, f64)> {
    let found = json(&world("lowlands"), line);
    let main = rows(&found)
        .iter()
        .filter(|row| text(row, "pair") == "BE-NL" && text(row, "part") == "main");
    main.map(|row| {
        (
            text(row, "segment").to_owned(),
            number(row, "from_km"),
            number(row, "to_km"),
        )
    })
    .collect()
}

#[test]
fn segments_cover_the_border_and_the_shorter_stands_before_the_longer() {
    let found = segments("border segments --pair BE-NL");
    let expected = [
        ("be-nl-main", 0.0, 6.9441),
        ("be-nl-west", 6.9441, 20.8322),
        ("be-nl-middle", 20.8322, 27.7762),
        ("be-nl-ford", 27.7762, 34.7203),
        ("be-nl-middle", 34.7203, 41.6643),
        ("be-nl-main", 41.6643, 69.4405),
    ];
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for ((name, from, to), (wanted, start, end)) in found.iter().zip(expected) {
        assert_eq!(name, wanted);
        assert!(
            (from - start).abs() < 0.002 && (to - end).abs() < 0.002,
            "{name}: {from}–{to}, not {start}–{end}"
        );
    }
    let cut: Vec<f64> = found
        .iter()
        .flat_map(|(_, from, to)| [*from, *to])
        .collect();
    assert!(
        cut[1..cut.len() - 1]
            .chunks(2)
            .all(|ends| (ends[0] - ends[1]).abs() < 1e-9),
        "gap or overlap: {cut:?}"
    );
}

#[test]
fn anchors_survive_a_change_of_source() {
    let found = segments("border segments --pair BE-NL --source atlas");
    let names: Vec<&str> = found.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "be-nl-main",
            "be-nl-west",
            "be-nl-middle",
            "be-nl-ford",
            "be-nl-middle",
            "be-nl-main"
        ]
    );
}

/// The value of an axis at a place of BE-NL.
fn axis(place: &str, axis: &str, flags: &str) -> Value {
    json(&world("lowlands"), &format!("status {place} {flags}"))["status"][axis].clone()
}

#[test]
fn an_axis_without_a_claim_comes_from_the_whole_part_and_not_from_a_neighbour() {
    assert_eq!(axis("--km BE-NL:10", "stage", ""), "demarcated");
    assert_eq!(axis("--km BE-NL:25", "stage", ""), "delimited");
    assert_eq!(
        axis("--km BE-NL:30", "stage", ""),
        "demarcated",
        "the ford is not part of the middle"
    );
    assert_eq!(axis("--km BE-NL:30", "geometry", ""), 30.0);
    assert_eq!(axis("--km BE-NL:25", "geometry", ""), 2.0);
    assert_eq!(axis("--km BE-NL:25", "basis", ""), "treaty");
    assert_eq!(
        axis("--km BE-NL/NL-LI:5", "agreement", ""),
        Value::Null,
        "another part inherits nothing"
    );
}

#[test]
fn a_status_holds_from_its_first_day_until_the_day_before_its_end() {
    assert_eq!(
        axis("--km BE-NL:25", "stage", "--on 1919-12-31"),
        Value::Null
    );
    assert_eq!(axis("--km BE-NL:25", "stage", "--on 1920"), "allocated");
    assert_eq!(
        axis("--km BE-NL:25", "stage", "--on 2000-12-31"),
        "allocated"
    );
    assert_eq!(
        axis("--km BE-NL:25", "stage", "--on 2001-01-01"),
        "delimited"
    );
    assert_eq!(
        axis("--km BE-NL:25", "control", "--on 2010-04-30")["BE"],
        serde_json::json!(["BE"])
    );
    assert_eq!(
        axis("--km BE-NL:25", "control", "--on 2010-05")["BE"],
        serde_json::json!(["BE", "NL"])
    );
}

#[test]
fn a_view_follows_its_own_statement_and_none_is_taken_as_the_answer_without_it() {
    assert_eq!(
        axis("--km BE-NL:10", "agreement", ""),
        "agreed",
        "the joint claim stands"
    );
    assert_eq!(axis("--km BE-NL:10", "agreement", "--view BE"), "agreed");
    assert_eq!(axis("--km BE-NL:10", "agreement", "--view NL"), "contested");
    assert_eq!(
        axis("--km BE-NL:10", "agreement", "--view NL --on 1989"),
        "agreed"
    );
    let row = json(&world("lowlands"), "status --km BE-NL:10");
    assert_eq!(row["differing"], serde_json::json!(["agreement"]));
    let around = |flags: &str| {
        json(
            &world("lowlands"),
            &format!("status --segment be-nl-hertog {flags}"),
        )["status"]["agreement"]
            .clone()
    };
    assert_eq!(
        around(""),
        Value::Null,
        "what one party alone states is not the answer"
    );
    assert_eq!(around("--view BE"), "unilateral-claim");
    assert_eq!(around("--view NL"), Value::Null);
}

#[test]
fn a_point_nearer_than_the_source_is_accurate_is_within_error() {
    // 0.001° of latitude are 111.26 m here, and the one edge of the atlas reaches 118.6 m north of its parallel; the survey is accurate to 50 m, the atlas to 1500 m.
    let side = |at: &str, flags: &str| {
        let row = json(&world("lowlands"), &format!("status --at {at} {flags}"));
        (text(&row, "side").to_owned(), number(&row, "distance_m"))
    };
    for (at, flags, wanted, metres) in [
        ("4.9,51.5004", "", "within_error", 44.5),
        ("4.9,51.5005", "", "inside", 55.6),
        ("4.9,51.4996", "", "within_error", 44.5),
        ("5.0005,51.4", "--source atlas", "within_error", 34.8),
        ("4.5,51.5", "--source atlas", "within_error", 994.0),
        ("4.5,51.52", "--source atlas", "inside", 3219.1),
    ] {
        let (found, distance) = side(at, flags);
        assert_eq!(found, wanted, "{at} {flags}: {distance} m");
        assert!(
            (distance - metres).abs() < 1.0,
            "{at} {flags}: {distance} m, not {metres}"
        );
    }
}

#[test]
fn a_contested_area_is_told_where_its_outline_holds_the_place() {
    let disputes =
        |at: &str| json(&world("lowlands"), &format!("status --at {at}"))["disputes"].clone();
    assert_eq!(disputes("4.7,51.47"), serde_json::json!(["meadow"]));
    assert_eq!(disputes("4.7,51.44"), serde_json::json!([]));
}

#[test]
fn places_are_found_by_id_and_name_in_any_language() {
    for name in ["koeln", "Köln", "köln"] {
        let row = json(&world("lowlands"), &format!("status --place {name}"));
        assert_eq!(
            (text(&row, "territory"), row["point"][0].as_f64()),
            ("DE", Some(5.5))
        );
    }
    let said = run_on(&world("lowlands"), "status --place Kölm");
    assert_eq!(
        (said.code, said.err.as_str()),
        (2, "error: unknown place `Kölm`; did you mean `Köln`?\n")
    );
}

/// The options of a transit question from gent to breda.
fn options(flags: &str) -> Vec<Value> {
    let found = json(
        &world("lowlands"),
        &format!("transit --from gent --to breda {flags}"),
    );
    rows(&found["options"]).clone()
}

fn links(option: &Value) -> Vec<&str> {
    rows(&option["legs"])
        .iter()
        .map(|leg| text(leg, "link"))
        .collect()
}

#[test]
fn the_road_over_the_ferry_is_the_one_way_that_nothing_beats() {
    let found = options("");
    assert_eq!(found.len(), 1);
    let way = &found[0];
    assert_eq!(links(way), ["road-gent-veer", "road-veer-breda"]);
    // 33.3765 km drawn and 40 km published; 41 and 48 minutes at 50 km/h, 3 hours at the border.
    assert!((number(way, "length_km") - 73.376).abs() < 0.001);
    assert_eq!(number(way, "time_min"), 41.0 + 48.0 + 180.0);
    // 7.34 for the way and 100 USD for 20 t at the border.
    assert!((number(way, "cost_usd_per_t") - 12.34).abs() < 0.011);
    assert_eq!(
        (
            number(way, "crossings"),
            number(way, "gauge_changes"),
            number(way, "to_build_km")
        ),
        (1.0, 0.0, 0.0)
    );
    assert!(
        (number(way, "time_low_h") - 2.48).abs() < 0.01
            && (number(way, "time_high_h") - 10.48).abs() < 0.01
    );
}

#[test]
fn the_railway_around_changes_gauge_once_and_passes_two_borders() {
    let found = options("--modes rail");
    assert_eq!(found.len(), 1);
    let way = &found[0];
    assert_eq!(
        (
            number(way, "length_km"),
            number(way, "crossings"),
            number(way, "gauge_changes")
        ),
        (200.0, 2.0, 1.0)
    );
    assert_eq!(
        way["states"],
        serde_json::json!({"BE": 60.0, "DE": 82.0, "NL": 58.0})
    );
    // 200 km at 50 km/h, 6 hours at each border, 10 for the change of gauge; minutes are rounded up by section.
    assert!((number(way, "time_h") - 26.0).abs() < 0.1, "{way}");
    // 0.05 a km, 600 USD for 60 t at each border, 5 for the change of gauge.
    assert!((number(way, "cost_usd_per_t") - 35.0).abs() < 0.05, "{way}");
}

#[test]
fn avoiding_a_state_comes_with_the_nearest_place_of_it() {
    let found = options("--avoid DE");
    assert_eq!(found.len(), 1);
    let certificate = &found[0]["certificate"];
    assert_eq!(
        (text(certificate, "state"), text(certificate, "verdict")),
        ("DE", "clear")
    );
    assert_eq!(text(certificate, "link"), "road-veer-breda");
    assert!(
        (number(certificate, "margin_m") - 13_087.4).abs() < 0.5,
        "{certificate}"
    );
    assert_eq!(certificate["at"], serde_json::json!([4.2, 51.8]));
    assert_eq!(certificate["border_at"], serde_json::json!([4.1, 51.9]));
}

#[test]
fn without_any_option_the_answer_says_what_would_have_to_open_and_the_code_is_one() {
    let said = run_on(
        &world("lowlands"),
        "transit --from gent --to breda --avoid DE --modes rail --format json",
    );
    assert_eq!((said.code, said.err.as_str()), (1, ""));
    let found: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(found["options"], serde_json::json!([]));
    let needs: Vec<&str> = rows(&found["reason"]["needs"])
        .iter()
        .map(|need| text(need, "id"))
        .collect();
    assert_eq!(needs, ["brug", "rail-brug-breda"]);
}

#[test]
fn a_scenario_builds_and_opens_and_closes() {
    let found = options("--avoid DE --modes rail --scenario reopen");
    assert_eq!(found.len(), 1);
    assert_eq!(links(&found[0]), ["rail-gent-brug", "rail-brug-breda"]);
    assert_eq!(number(&found[0], "to_build_km"), 50.0);
    assert!((number(&found[0], "length_km") - 98.243).abs() < 0.001);
    let shut = options("--scenario shut");
    assert_eq!(shut.len(), 1);
    assert_eq!(
        number(&shut[0], "length_km"),
        200.0,
        "only the railway is left"
    );
    let said = run_on(
        &world("lowlands"),
        "transit --from gent --to breda --scenario shut --modes road",
    );
    assert_eq!((said.code, said.err.as_str()), (1, ""));
    assert!(
        said.out
            .contains("veer (road): closed by the scenario [High water.]"),
        "{}",
        said.out
    );
}

#[test]
fn before_the_records_begin_nothing_is_open() {
    let said = run_on(
        &world("lowlands"),
        "transit --from gent --to breda --on 1989",
    );
    assert_eq!((said.code, said.err.as_str()), (1, ""));
}

#[test]
fn a_question_that_makes_no_sense_is_refused() {
    for (flags, told) in [
        (
            "--from gent --to gent",
            "start and destination are the same place",
        ),
        (
            "--from gent --to breda --avoid BE",
            "the start `gent` lies in an avoided state",
        ),
        (
            "--from gent --to breda --avoid NL",
            "`breda` lies in an avoided state",
        ),
        ("--from gent --to breda --avoid ZA", "unknown state `ZA`"),
        (
            "--from gent --to bredaa",
            "unknown node `bredaa`; did you mean `breda`?",
        ),
        (
            "--from gent --to breda --scenario reopn",
            "unknown scenario `reopn`; did you mean `reopen`?",
        ),
        (
            "--from gent --to breda --modes tram",
            "modes are rail, road and ferry",
        ),
    ] {
        let said = run_on(&world("lowlands"), &format!("transit {flags}"));
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{flags}");
        assert!(said.err.contains(told), "{flags}: {}", said.err);
    }
}

#[test]
fn corridors_add_up_by_state_and_by_what_there_is() {
    let found = json(&world("lowlands"), "corridors compare");
    let direct = rows(&found)
        .iter()
        .find(|row| text(row, "corridor") == "direct")
        .expect("the corridor");
    assert!((number(direct, "length_km") - 98.243).abs() < 0.001);
    assert!((number(direct, "operational_km") - 48.243).abs() < 0.001);
    assert_eq!(number(direct, "to_build_km"), 50.0);
    let round = rows(&found)
        .iter()
        .find(|row| text(row, "corridor") == "round")
        .expect("the corridor");
    assert_eq!(
        round["by_state"],
        serde_json::json!({"BE": 60.0, "DE": 82.0, "NL": 58.0})
    );
    assert_eq!(
        (number(round, "gauge_changes"), number(round, "crossings")),
        (1.0, 2.0)
    );
}

#[test]
fn nothing_of_the_shipped_data_shows_in_another_world() {
    for line in [
        "border segments",
        "corridors list",
        "scenarios list",
        "status --at 4.2,51.2",
    ] {
        let text = answer(&world("lowlands"), line);
        for word in ["AM", "AZ", "osm-", "aras", "tripp"] {
            assert!(!text.contains(word), "{line} says {word}:\n{text}");
        }
    }
}

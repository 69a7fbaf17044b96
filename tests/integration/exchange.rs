//! `border exchange`, and the format that a GIS opens fastest.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use araxes::analysis::exchange;
use araxes::analysis::segments;
use araxes::analysis::segments::When;
use araxes::dataset::load_embedded;
use araxes::model::Agreement;
use araxes::model::Stage;
use araxes::model::World;
use geo::Coord;
use geo::Orient;
use geo::orient::Direction;
use serde_json::Value;

use crate::golden::settings;
use crate::program::Said;
use crate::program::answer;
use crate::program::json;
use crate::program::run;
use crate::program::run_on;
use crate::program::world;
use crate::worlds::loaded;

const VOCABULARIES: [&str; 5] = ["lsib", "natural-earth", "inspire", "un", "dgiwg"];

fn shipped(line: &str) -> String {
    let said = run(line.split_whitespace());
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{line}");
    said.out
}

fn shipped_rows(line: &str) -> Vec<Value> {
    serde_json::from_str(&shipped(&format!("{line} --format json"))).expect("rows")
}

fn rows_of(name: &str, line: &str) -> Vec<Value> {
    json(&world(name), line).as_array().expect("rows").clone()
}

#[test]
fn codes_on_a_small_world() {
    let golden = |name: &str, line: &str| {
        let text = answer(&world("lowlands"), line);
        settings(line).bind(|| insta::assert_snapshot!(name, text));
    };
    for format in ["json", "csv", "geojson"] {
        let line = format!("border exchange --pair BE-NL --format {format}");
        golden(&format!("exchange-{format}"), &line);
    }
    for vocabulary in VOCABULARIES {
        let line = format!("border exchange --vocabulary {vocabulary}");
        golden(&format!("exchange-{vocabulary}"), &line);
    }
    golden(
        "exchange-view",
        "border exchange --vocabulary natural-earth --on 1995-06 --view NL",
    );
    golden("exchange-mapping", "border exchange --mapping");
}

#[test]
fn codes_of_the_shipped_data() {
    for vocabulary in VOCABULARIES {
        let line = format!("border exchange --vocabulary {vocabulary} --format csv");
        let text = shipped(&line);
        let name = format!("exchange-shipped-{vocabulary}");
        settings(&line).bind(|| insta::assert_snapshot!(name, text));
    }
}

#[test]
fn ground_that_another_state_controls_is_told_in_the_notes() {
    let rows = shipped_rows("border exchange --pair AM-AZ");
    let mut told = 0;
    for row in &rows {
        let control = row["control"].as_str().unwrap_or_default();
        let notes = row["lsib_notes"].as_str().unwrap_or_default();
        let is_plain = control == "AM side: AM; AZ side: AZ" || control.is_empty();
        assert_eq!(!is_plain, notes.contains("controlled by"), "{row}");
        told += usize::from(!is_plain);
    }
    assert!(told > 0, "no stretch has ground of both");
}

/// Whether a condition of the printed table holds: read from its text alone.
fn holds(when: &str, row: &Value) -> bool {
    let word = |key: &str| row[key].as_str().map(str::to_owned);
    let is_one_of = |value: Option<String>, words: &str| {
        let listed = words.replace(" or ", ", ");
        value.is_some_and(|value| listed.split(", ").any(|word| word == value))
    };
    let one = |clause: &str| match clause.split_once(' ') {
        _ if clause == "agreement not known" => row["agreement"].is_null(),
        _ if clause == "stage not known" => row["stage"].is_null(),
        Some((axis @ ("agreement" | "stage"), words)) => is_one_of(word(axis), words),
        _ => panic!("`{clause}` is no condition"),
    };
    let share = row["shared_pct"].as_f64().expect("a share");
    match when {
        "never" => false,
        "every stretch" => true,
        "both sides share every vertex" => share >= 100.0,
        "the sides do not share every vertex" => share < 100.0,
        _ => match when.split_once(", stage ") {
            Some((agreement, stage)) => one(agreement) && one(&format!("stage {stage}")),
            None => one(when),
        },
    }
}

#[test]
fn the_printed_mapping_is_the_one_that_is_applied() {
    let table = shipped_rows("border exchange --mapping");
    let prefix = |vocabulary: &str| {
        match vocabulary {
            "natural-earth" => "ne",
            other => other,
        }
        .to_owned()
    };
    let key = |field: &str| match field {
        "legalStatus" => "legal_status".to_owned(),
        "technicalStatus" => "technical_status".to_owned(),
        "nationalLevel" => "national_level".to_owned(),
        other => other.to_lowercase(),
    };
    let mut rows = shipped_rows("border exchange");
    rows.extend(shipped_rows("border exchange --on 1995-01-01 --view AM"));
    for source in ["osm-2017", "natural-earth-10m"] {
        rows.extend(shipped_rows(&format!("border exchange --source {source}")));
    }
    for name in ["lowlands", "mountain", "pair"] {
        rows.extend(rows_of(name, "border exchange"));
    }
    assert!(rows.len() > 100, "{}", rows.len());
    let mut seen = BTreeSet::new();
    for row in &rows {
        // By the vocabulary and field, the code that the table gives.
        let mut expected: BTreeMap<String, Option<String>> = BTreeMap::new();
        for rule in &table {
            let text = |key: &str| rule[key].as_str().expect("text");
            let name = format!("{}_{}", prefix(text("vocabulary")), key(text("field")));
            let found = expected.entry(name.clone()).or_default();
            // A share of 100.0 % may be rounded.
            let is_near = row["shared_pct"].as_f64() == Some(100.0);
            if is_near && text("field") == "technicalStatus" {
                *found = row[&name].as_str().map(str::to_owned);
                continue;
            }
            if holds(text("when"), row) {
                assert_eq!(*found, None, "two rules of {name} hold: {row}");
                *found = Some(text("code").to_owned()).filter(|code| !code.is_empty());
                seen.insert(format!("{name} {}", text("when")));
            }
        }
        for (name, code) in expected {
            let given = match &row[&name] {
                Value::Null => None,
                Value::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            };
            assert_eq!(given, code, "{name}: {row}");
        }
    }
    assert!(seen.len() > 20, "few rules were met: {seen:?}");
}

#[test]
fn stretches_are_those_that_border_segments_lists() {
    let known = shipped_rows("border segments");
    let found = shipped_rows("border exchange");
    assert_eq!(known.len(), found.len());
    for (one, other) in known.iter().zip(&found) {
        for key in [
            "pair",
            "part",
            "segment",
            "from_km",
            "to_km",
            "length_km",
            "stage",
            "agreement",
            "control",
            "basis",
            "geometry_m",
            "differing",
            "source",
        ] {
            assert_eq!(one[key], other[key], "{key}");
        }
    }
}

#[test]
fn one_vocabulary_has_its_own_spelling_and_nothing_else() {
    let expected: [(&str, &[&str]); 5] = [
        (
            "lsib",
            &[
                "CC1", "COUNTRY1", "CC2", "COUNTRY2", "RANK", "STATUS", "LABEL", "NOTES",
            ],
        ),
        ("natural-earth", &["FEATURECLA", "FCLASS_BE", "FCLASS_NL"]),
        (
            "inspire",
            &[
                "nationalLevel",
                "legalStatus",
                "technicalStatus",
                "beginLifespanVersion",
                "admUnit",
            ],
        ),
        ("un", &["CARTOGRAPH"]),
        ("dgiwg", &["F_CODE", "BST", "DMC"]),
    ];
    for (vocabulary, fields) in expected {
        let line = format!("border exchange --pair BE-NL --vocabulary {vocabulary}");
        for row in rows_of("lowlands", &line) {
            let keys: Vec<&String> = row.as_object().expect("a row").keys().collect();
            assert_eq!(keys, fields, "{vocabulary}");
        }
    }
}

/// The day before a date as precise as `text`.
fn day_before(text: &str) -> String {
    let parts: Vec<u32> = text
        .split('-')
        .map(|part| part.parse().expect("a number"))
        .collect();
    let (year, month, day) = (
        parts[0],
        parts.get(1).copied().unwrap_or(1),
        parts.get(2).copied().unwrap_or(1),
    );
    match (month, day) {
        (1, 1) => format!("{}-12-31", year - 1),
        // Every month has a day 28; nothing in the data begins in the last days of a month.
        (_, 1) => format!("{year}-{:02}-28", month - 1),
        _ => format!("{year}-{month:02}-{:02}", day - 1),
    }
}

#[test]
fn a_legal_status_begins_on_the_day_that_is_told() {
    let status = |on: &str| {
        let rows = shipped_rows(&format!("border exchange --on {on}"));
        let of = |row: &Value| row["inspire_legal_status"].clone();
        rows.iter().map(of).collect::<Vec<_>>()
    };
    let now = shipped_rows("border exchange");
    let begin = |row: &Value| {
        row["inspire_begin_lifespan_version"]
            .as_str()
            .map(str::to_owned)
    };
    let days: BTreeSet<String> = now.iter().filter_map(begin).collect();
    assert!(days.len() > 3, "{days:?}");
    for day in days {
        let (before, then) = (status(&day_before(&day)), status(&day));
        let since = now
            .iter()
            .enumerate()
            .filter(|(_, row)| begin(row).as_ref() == Some(&day));
        for (number, row) in since {
            assert_eq!(then[number], row["inspire_legal_status"], "{day}: {row}");
            assert_ne!(before[number], row["inspire_legal_status"], "{day}: {row}");
        }
    }
}

/// The directed edges of a territory's outlines, its ground to their left.
fn directed_edges(world: &World, source: &str, code: &str) -> BTreeSet<[u64; 4]> {
    let boundary = world.boundary(Some(source)).expect("a boundary");
    let territory = boundary
        .territory(code.parse().expect("a code"))
        .expect("a territory");
    let key = |from: Coord, to: Coord| [from.x, from.y, to.x, to.y].map(f64::to_bits);
    let mut edges = BTreeSet::new();
    for polygon in territory.area.orient(Direction::Default) {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            edges.extend(ring.0.windows(2).map(|edge| key(edge[0], edge[1])));
        }
    }
    edges
}

#[test]
fn left_and_right_are_as_the_outlines_run() {
    let mut told = 0;
    for (world, source) in [
        (load_embedded().expect("the shipped data"), "osm-2026"),
        (loaded("lowlands"), "survey"),
    ] {
        let boundary = world.boundary(Some(source)).expect("a boundary");
        let when = When {
            on: world.meta.as_of,
            view: None,
        };
        let stretches = segments::stretches(&world, boundary, when.on, when.view);
        let rows = exchange::exchange(&world, boundary, &stretches, when, None);
        for (stretch, row) in stretches.iter().zip(&rows) {
            let line = row.line.as_ref().expect("a line");
            let (Some(left), Some(right)) = (line.left, line.right) else {
                continue;
            };
            let lines = boundary.borders[stretch.border].cut(stretch.from, stretch.to);
            let of_left = directed_edges(&world, source, left.as_str());
            let of_right = directed_edges(&world, source, right.as_str());
            for edge in lines.iter().flat_map(|line| line.windows(2)) {
                let along = [edge[0].x, edge[0].y, edge[1].x, edge[1].y].map(f64::to_bits);
                let back = [edge[1].x, edge[1].y, edge[0].x, edge[0].y].map(f64::to_bits);
                // A ring that is drawn in both territories runs the same way in the two outlines: the inner one tells nothing then.
                if of_left.contains(&along) && of_right.contains(&back) {
                    told += 1;
                }
                assert!(
                    !(of_left.contains(&back) && of_right.contains(&along)),
                    "{} {} km {}",
                    line.pair,
                    line.part,
                    line.from_km
                );
            }
        }
    }
    assert!(told > 5_000, "only {told} edges tell their sides");
}

#[test]
fn sides_are_told_of_every_stretch_of_the_shipped_data() {
    for source in ["osm-2026", "osm-2017", "natural-earth-10m", "dcw", "wdb2"] {
        for row in shipped_rows(&format!("border exchange --source {source}")) {
            let sides = [row["left"].as_str(), row["right"].as_str()];
            assert!(sides.iter().all(Option::is_some), "{source}: {row}");
            assert_ne!(sides[0], sides[1], "{row}");
        }
    }
}

#[test]
fn every_word_of_the_axes_is_in_the_mapping() {
    let table = exchange::mapping(None);
    let conditions: Vec<&str> = table.iter().map(|row| row.when.as_str()).collect();
    let text = conditions.join(" ");
    for word in [
        Stage::Allocated.word(),
        Stage::Delimited.word(),
        Stage::Demarcated.word(),
        Stage::Administered.word(),
        Agreement::Agreed.word(),
        Agreement::AgreedInPrinciple.word(),
        Agreement::Contested.word(),
        Agreement::UnilateralClaim.word(),
    ] {
        assert!(text.contains(word), "{word}");
    }
}

fn refused(line: &str, told: &str) {
    let said: Said = run_on(&world("lowlands"), line);
    assert_eq!(
        (said.code, said.out.as_str()),
        (2, ""),
        "{line}: {}",
        said.err
    );
    assert!(said.err.contains(told), "{line}: {}", said.err);
    assert!(!said.err.contains("panicked"), "{line}: {}", said.err);
}

#[test]
fn wrong_questions_are_told() {
    refused(
        "border exchange --vocabulary osm",
        "give one of lsib, natural-earth, inspire, un, dgiwg",
    );
    refused("border exchange --pair BE-ZA", "unknown border `BE-ZA`");
    refused(
        "border exchange --pair BE-NL --mapping",
        "cannot be used with",
    );
    refused(
        "border exchange --source surveys",
        "unknown boundary source `surveys`",
    );
    refused(
        "border exchange --mapping --source surveys",
        "unknown boundary source `surveys`",
    );
    refused(
        "border exchange --mapping --format geojson",
        "--format geojson: these rows have no place; use json",
    );
}

//! `border diff`: the built program on the small worlds and on the shipped data.

use std::fs;

use serde_json::Value;

use crate::golden::settings;
use crate::program::Scratch;
use crate::program::answer;
use crate::program::json;
use crate::program::run;
use crate::program::run_on;
use crate::program::run_with_input;
use crate::program::world;

fn rows(value: &Value) -> &Vec<Value> {
    value.as_array().expect("rows")
}

fn golden(name: &str, line: &str) {
    let text = answer(&world("lowlands"), line);
    settings(line).bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn dates_in_all_forms() {
    for format in ["table", "json", "csv", "geojson"] {
        let line = format!("border diff --dates 2000 2012 --pair BE-NL --format {format}");
        golden(&format!("diff-dates-{format}"), &line);
    }
    golden("diff-dates-view", "border diff --dates 1989 1995 --view NL");
    golden("diff-dates-none", "border diff --dates 2012 2012");
    golden(
        "diff-dates-segment",
        "border diff --dates 1919 2012 --segment be-nl-middle",
    );
}

#[test]
fn sources_in_all_forms() {
    for format in ["table", "json", "csv", "geojson"] {
        let line = format!("border diff --sources survey atlas --pair BE-NL --format {format}");
        golden(&format!("diff-sources-{format}"), &line);
        let line =
            format!("border diff --sources survey atlas --pair BE-NL --events --format {format}");
        golden(&format!("diff-events-{format}"), &line);
    }
    golden(
        "diff-sources-segment",
        "border diff --sources survey atlas --segment be-nl-middle",
    );
}

#[test]
fn the_changes_of_the_records_are_dated_as_their_claims_are() {
    // The middle was allocated in 1920 and delimited on 2001-01-01; the other side's control is stated from 2010-05.
    let found = json(
        &world("lowlands"),
        "border diff --dates 2000 2012 --segment be-nl-middle",
    );
    let stage: Vec<&Value> = rows(&found)
        .iter()
        .filter(|row| row["axis"] == "stage")
        .collect();
    assert_eq!(stage.len(), 2, "one for each side of the ford: {found}");
    for row in stage {
        assert_eq!(
            (&row["before"], &row["after"]),
            (&"allocated".into(), &"delimited".into())
        );
        assert_eq!(row["since"].as_str().map(|since| &since[..4]), Some("2001"));
    }
    let control = rows(&found)
        .iter()
        .find(|row| row["axis"] == "control")
        .expect("a row");
    assert_eq!(control["since"], "2010-05");
}

#[test]
fn exchanging_the_dates_exchanges_the_values() {
    let there = json(&world("lowlands"), "border diff --dates 1950 2012");
    let back = json(&world("lowlands"), "border diff --dates 2012 1950");
    assert!(rows(&there).len() > 3);
    assert_eq!(rows(&there).len(), rows(&back).len());
    for (one, other) in rows(&there).iter().zip(rows(&back)) {
        for key in [
            "pair", "part", "axis", "from_km", "to_km", "segment", "dispute",
        ] {
            assert_eq!(one[key], other[key]);
        }
        assert_eq!(
            (&one["before"], &one["after"]),
            (&other["after"], &other["before"])
        );
    }
}

#[test]
fn the_protocol_of_2024_delimited_four_pieces() {
    let said = run("border diff --dates 2024-04-01 2024-06-01 --format json".split(' '));
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let found: Value = serde_json::from_str(&said.out).expect("JSON");
    let delimited: Vec<&Value> = rows(&found)
        .iter()
        .filter(|row| row["axis"] == "stage" && row["after"] == "delimited")
        .collect();
    let km: f64 = delimited
        .iter()
        .filter_map(|row| row["length_km"].as_f64())
        .sum();
    assert_eq!(delimited.len(), 4);
    // 12.6 km as the data has them: 1.9, 3.0, 5.8 and 1.9.
    assert!((km - 12.6).abs() < 0.01, "{km}");
}

#[test]
fn a_source_against_itself_is_the_same_and_its_events_stay() {
    for line in ["survey survey", "atlas atlas"] {
        let found = json(&world("lowlands"), &format!("border diff --sources {line}"));
        assert!(!rows(&found).is_empty());
        assert!(
            rows(&found).iter().all(|row| row["verdict"] == "same"),
            "{found}"
        );
        let found = json(
            &world("lowlands"),
            &format!("border diff --sources {line} --events"),
        );
        for row in rows(&found) {
            assert_eq!(
                (&row["km_old"], &row["to_km_old"]),
                (&row["km_new"], &row["to_km_new"])
            );
            assert_eq!(
                (&row["offset_m"], &row["conflict"]),
                (&0.0.into(), &"".into())
            );
        }
    }
    let said = run("border diff --sources osm-2026 osm-2026 --events --format json".split(' '));
    let found: Value = serde_json::from_str(&said.out).expect("JSON");
    assert!(rows(&found).len() > 10);
    for row in rows(&found) {
        assert_eq!(
            (&row["km_old"], &row["conflict"]),
            (&row["km_new"], &"".into())
        );
    }
}

#[test]
fn the_offsets_are_those_of_a_comparison() {
    let on = |line: &str| -> Value {
        let said = run(line.split(' ').chain(["--format", "json"]));
        serde_json::from_str(&said.out).expect("JSON")
    };
    let moved = on("border diff --sources natural-earth-10m osm-2026 --pair AM-AZ");
    let compared = on("border compare natural-earth-10m osm-2026 --pair AM-AZ");
    for row in rows(&compared) {
        let mine = rows(&moved)
            .iter()
            .find(|of| of["what"] == "border" && of["part"] == row["part"]);
        let mine = mine.expect("the part");
        let (one, other) = (mine["mean_offset_m"].as_f64(), row["mean_m"].as_f64());
        let (one, other) = (one.expect("a mean"), other.expect("a mean"));
        // Two ways to weigh the same points.
        assert!((one - other).abs() < 0.002 * other, "{one} {other}");
        // Points every 20 m see no more than the exact distance, and at most half a step less.
        let (one, exact) = (mine["max_offset_m"].as_f64(), row["hausdorff_m"].as_f64());
        let (one, exact) = (one.expect("a distance"), exact.expect("a distance"));
        assert!(one <= exact + 0.01 && one >= exact - 10.0, "{one} {exact}");
    }
}

/// A copy of the world `lowlands` in which some records and vertices are others.
fn changed(scratch: &Scratch) -> std::path::PathBuf {
    let copy = scratch.copy(&world("lowlands"), "old");
    let edit = |name: &str, from: &str, to: &str| {
        let path = copy.join(name);
        let text = fs::read_to_string(&path).expect("a layer");
        assert!(text.contains(from), "{name}: no {from}");
        fs::write(&path, text.replace(from, to)).expect("a layer");
    };
    edit("segments.geojson", "\"delimited\"", "\"demarcated\"");
    edit("published.csv", "meadow", "pasture");
    edit(
        "disputes.geojson",
        "\"id\": \"meadow\"",
        "\"id\": \"pasture\"",
    );
    copy
}

#[test]
fn two_folders_differ_in_what_was_changed() {
    let scratch = Scratch::new();
    let old = changed(&scratch);
    let line = format!("border diff --against {}", old.display());
    let found = json(&world("lowlands"), &line);
    let told: Vec<(String, String)> = rows(&found)
        .iter()
        .filter(|row| row["what"] == "segment" || row["what"] == "dispute")
        .map(|row| {
            let word = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            (
                word("change"),
                format!("{}: {} -> {}", word("id"), word("before"), word("after")),
            )
        })
        .collect();
    insta::assert_debug_snapshot!("diff-folders", told);
    assert!(
        rows(&found)
            .iter()
            .filter(|row| row["what"] == "border")
            .all(|row| row["verdict"] == "same")
    );
    // The other way round what was added was removed.
    let back = json(
        &old,
        &format!("border diff --against {}", world("lowlands").display()),
    );
    let count = |found: &Value, change: &str| {
        rows(found)
            .iter()
            .filter(|row| row["change"] == change)
            .count()
    };
    assert_eq!(count(&found, "added"), count(&back, "removed"));
    assert!(count(&found, "added") > 0);
    let same = answer(
        &world("lowlands"),
        &format!("border diff --against {}", world("lowlands").display()),
    );
    assert!(
        same.starts_with("No segment and no dispute changed.\n"),
        "{same}"
    );
}

#[test]
fn vertices_that_were_moved_are_found_with_their_kilometres() {
    // The old border leaves 51.5° N at 4.6° E, runs on 51.51° N from 4.7° to 4.8° E, and comes back at 4.9° E.
    let scratch = Scratch::new();
    let old = scratch.copy(&world("lowlands"), "old");
    let path = old.join("boundaries/survey.geojson");
    let text = fs::read_to_string(&path).expect("a layer");
    let moved = text.replace("[4.7, 51.5]", "[4.7, 51.51]");
    let moved = moved.replace("[4.8, 51.5]", "[4.8, 51.51]");
    assert_eq!(text.len() + 4, moved.len(), "two vertices on two sides");
    fs::write(path, moved).expect("a layer");
    let line = format!("border diff --against {}", old.display());
    let found = json(&world("lowlands"), &line);
    let stretches: Vec<&Value> = rows(&found)
        .iter()
        .filter(|row| row["what"] == "stretch")
        .collect();
    assert_eq!(stretches.len(), 1, "{found}");
    let row = stretches[0];
    let number = |key: &str| row[key].as_f64().unwrap_or_else(|| panic!("{key}: {row}"));
    assert_eq!(row["verdict"], "moved");
    assert!((number("max_offset_m") - 1_112.6).abs() < 5.0, "{row}");
    // A ramp is 7.03 km long and rises 1112.6 m: it passes the joint accuracy of 70.7 m after 447 m.
    assert!((number("from_km") - 42.111).abs() < 0.025, "{row}");
    assert!((number("to_km") - 62.225).abs() < 0.025, "{row}");
    // All other borders, and all segments, are the same.
    let others = rows(&found).iter().filter(|row| row["what"] == "border");
    assert!(others.filter(|row| row["verdict"] != "same").count() == 1);
    assert!(rows(&found).iter().all(|row| row["what"] != "segment"));
    // What was on the ramp is carried straight down; what was before it stays.
    let events = scratch.write(
        "events.csv",
        "pair,km,label\nBE-NL,10,before\nBE-NL,52,on\n",
    );
    let line = format!("{line} --events {}", events.display());
    let carried = json(&world("lowlands"), &line);
    let (before, on) = (&rows(&carried)[0], &rows(&carried)[1]);
    assert_eq!(
        (&before["km_new"], &before["conflict"]),
        (&10.0.into(), &"".into())
    );
    assert_eq!(on["conflict"], "far");
    assert!(
        on["km_new"]
            .as_f64()
            .is_some_and(|km| km < 52.0 && km > 51.8),
        "{on}"
    );
}

#[test]
fn bad_rows_of_the_events_are_told_and_the_others_answered() {
    let scratch = Scratch::new();
    let text = "pair,part,km,to_km,label\nBE-NL,,5,,post 1\nBE,,5,,post 2\nBE-NL,NL-LI,far,,post 3\nBE-NL,ring kern,1,2,wall\nBE-NL,,500,,beyond\n";
    let file = scratch.write("events.csv", text);
    let line = format!(
        "border diff --sources survey atlas --events {} --format json",
        file.display()
    );
    let said = run_on(&world("lowlands"), &line);
    assert_eq!(said.code, 1, "{}", said.err);
    let found: Value = serde_json::from_str(&said.out).expect("JSON");
    let labels: Vec<&str> = rows(&found)
        .iter()
        .filter_map(|row| row["label"].as_str())
        .collect();
    assert_eq!(labels, ["post 1", "wall", "beyond"]);
    assert_eq!(rows(&found)[2]["conflict"], "off-line");
    let told: Vec<&str> = said.err.lines().collect();
    assert_eq!(told.len(), 2, "{}", said.err);
    assert!(
        told[0].contains("events.csv: line 3: ")
            && told[1].contains("events.csv: line 4: `far` is no number"),
        "{}",
        said.err
    );
    // The same from standard input, and as a table with the lines.
    let line = "border diff --sources survey atlas --events - --format json";
    let piped = run_with_input(&world("lowlands"), line, text.as_bytes());
    assert_eq!((piped.code, piped.out), (1, said.out));
}

#[test]
fn wrong_arguments_are_refused_with_what_to_do() {
    let scratch = Scratch::new();
    let headless = scratch.write("events.csv", "kilometre\n5\n");
    let events = format!(
        "border diff --sources survey atlas --events {}",
        headless.display()
    );
    for (line, told) in [
        ("border diff", "--dates"),
        ("border diff --dates 2020", "2 values required"),
        ("border diff --dates 2020 2021-13", "is no date"),
        (
            "border diff --dates 2020 2021 --pair BE-ZA",
            "unknown border `BE-ZA`",
        ),
        (
            "border diff --dates 2020 2021 --segment middle",
            "unknown segment `middle`",
        ),
        ("border diff --dates 2020 2021 --on 2022", "--on"),
        (
            "border diff --dates 2020 2021 --source atlass",
            "unknown boundary source `atlass`",
        ),
        (
            "border diff --sources survey atlass",
            "unknown boundary source `atlass`",
        ),
        (
            "border diff --sources survey atlas --source atlas",
            "--source",
        ),
        (
            "border diff --sources survey atlas --dates 2020 2021",
            "cannot be used with",
        ),
        (
            "border diff --sources survey atlas --events nowhere.csv",
            "cannot read nowhere.csv",
        ),
        (
            events.as_str(),
            "events.csv: line 1: the header needs the columns `pair` and `km`",
        ),
        (
            "border diff --against nowhere",
            "--against: `nowhere` is no folder",
        ),
        (
            "border diff --against nowhere --segment be-nl-middle",
            "cannot be used with",
        ),
    ] {
        let said = run_on(&world("lowlands"), line);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{line}");
        assert!(said.err.contains(told), "{line}: {}", said.err);
    }
}

#[test]
fn a_fault_of_the_old_data_set_names_its_folder() {
    let scratch = Scratch::new();
    let old = scratch.copy(&world("lowlands"), "old");
    fs::write(old.join("segments.geojson"), "{").expect("a layer");
    let line = format!("border diff --against {}", old.display());
    let said = run_on(&world("lowlands"), &line);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(
        said.err
            .contains(&old.join("segments.geojson").display().to_string()),
        "{}",
        said.err
    );
}

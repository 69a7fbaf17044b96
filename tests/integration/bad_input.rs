//! Bad input: one clear error with file, feature and property, exit code 2, and nothing written.
//!
//! `tests/fixtures/bad` holds one fault per file; its `expected.tsv` says which layer of the smallest sound world each replaces, and
//! what the program must say. What is too large to keep is made here.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::program::Said;
use crate::program::Scratch;
use crate::program::fixture;
use crate::program::run;
use crate::program::run_on;
use crate::program::world;

/// A bad file and what is said of it.
struct Case {
    file: String,
    replaces: String,
    message: String,
}

fn cases() -> Vec<Case> {
    let table = fs::read_to_string(fixture("bad/expected.tsv")).expect("the table of bad files");
    let rows = table.lines().filter(|row| !row.starts_with('#'));
    let case = |row: &str| {
        let mut cells = row.split('\t').map(str::to_owned);
        let mut next = || cells.next().unwrap_or_else(|| panic!("three cells: {row}"));
        Case {
            file: next(),
            replaces: next(),
            message: next(),
        }
    };
    rows.map(case).collect()
}

/// A scratch folder that holds the smallest sound world, as `world`.
fn sound() -> Scratch {
    let scratch = Scratch::new();
    scratch.copy(&world("pair"), "world");
    scratch
}

/// Runs a command that would write a file beside the world.
fn lengths(scratch: &Scratch) -> Said {
    let (world, output) = (scratch.join("world"), scratch.join("out.csv"));
    let arguments = ["border", "lengths", "--format", "csv"].map(Into::into);
    run(arguments
        .into_iter()
        .chain(["--geodata".into(), world, "--output".into(), output]))
}

/// Checks that a run ended with this one error and left nothing behind.
fn is_refused(scratch: &Scratch, said: &Said, message: &str) {
    assert_eq!(said.code, 2, "{message}: {}", said.err);
    assert_eq!(said.out, "", "{message}");
    let lines: Vec<&str> = said.err.lines().collect();
    let [line] = lines[..] else {
        panic!("one line was expected: {}", said.err)
    };
    let told = line
        .strip_prefix("error: ")
        .unwrap_or_else(|| panic!("`error:` was expected: {line}"));
    // A record that others point to is missed by them too; they are told about, not told out.
    let told = told.split(" (and ").next().unwrap_or(told);
    assert_eq!(told, message);
    assert_eq!(scratch.names(), ["world"], "{message}");
}

#[test]
fn every_bad_file_is_refused_with_its_message() {
    let cases = cases();
    assert!(cases.len() > 100, "only {} bad files", cases.len());
    for case in &cases {
        let scratch = sound();
        fs::copy(
            fixture("bad").join(&case.file),
            scratch.join("world").join(&case.replaces),
        )
        .expect("a copy");
        is_refused(&scratch, &lengths(&scratch), &case.message);
    }
}

#[test]
fn the_table_lists_every_bad_file_once_and_the_sound_world_is_sound() {
    let listed: Vec<String> = cases().into_iter().map(|case| case.file).collect();
    let entries = fs::read_dir(fixture("bad")).expect("the folder");
    let names = entries.map(|entry| {
        entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    let present: BTreeSet<String> = names.filter(|name| name != "expected.tsv").collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), present);
    assert_eq!(
        listed.len(),
        present.len(),
        "a file stands in the table twice"
    );
    let scratch = sound();
    let said = lengths(&scratch);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(scratch.names(), ["out.csv", "world"]);
}

#[test]
fn a_message_names_the_file_and_where_in_it() {
    for case in cases() {
        assert!(case.message.starts_with(&case.replaces), "{}", case.message);
        let of_records = [
            "segments",
            "disputes",
            "places",
            "network/",
            "boundaries/survey",
        ];
        let is_value = !["json", "file", "collection", "coordinate-nan", "defaults"]
            .iter()
            .any(|f| case.file.starts_with(f));
        if is_value
            && of_records
                .iter()
                .any(|layer| case.replaces.starts_with(layer))
        {
            let in_feature = case.message.contains(": feature ") || case.message.contains("(`");
            assert!(in_feature, "names no feature: {}", case.message);
            let is_whole = case.file.starts_with("feature-is");
            assert!(
                is_whole || case.message.contains("property `"),
                "names no property: {}",
                case.message
            );
        }
    }
}

#[test]
fn validate_lists_the_faults_of_all_layers_at_once() {
    let wanted = [
        "property-missing.geojson",
        "id-twice.geojson",
        "ring-unclosed.geojson",
        "corridor-ends-elsewhere.json",
        "scenario-op-unknown.json",
        "crossing-dwell-order.geojson",
        "ring-crosses-itself-dispute.geojson",
    ];
    let scratch = sound();
    let cases: Vec<Case> = cases()
        .into_iter()
        .filter(|case| wanted.contains(&case.file.as_str()))
        .collect();
    assert_eq!(cases.len(), wanted.len());
    for case in &cases {
        fs::copy(
            fixture("bad").join(&case.file),
            scratch.join("world").join(&case.replaces),
        )
        .expect("a copy");
    }
    let said = run_on(&scratch.join("world"), "validate");
    assert_eq!((said.code, said.err.as_str()), (1, ""));
    for case in &cases {
        assert!(
            said.out.lines().any(|line| line == case.message),
            "not listed: {}\n{}",
            case.message,
            said.out
        );
    }
    let problems = said.out.lines().count() - 1;
    assert_eq!(
        said.out.lines().last(),
        Some(format!("{problems} problems").as_str())
    );
    let error = lengths(&scratch).err;
    assert!(
        error.ends_with(&format!(
            "(and {} more: `araxes validate` lists them all)\n",
            problems - 1
        )),
        "{error}"
    );
    let rows: serde_json::Value =
        serde_json::from_str(&run_on(&scratch.join("world"), "validate --format json").out)
            .expect("JSON");
    assert_eq!(rows.as_array().map(Vec::len), Some(problems));
}

#[test]
fn several_faults_in_one_file_are_all_listed() {
    let scratch = sound();
    let path = scratch.join("world/places.geojson");
    let text = fs::read_to_string(&path).expect("places");
    let text = text
        .replace("5.9, 49.1", "185.9, 49.1")
        .replace("\"population\": 30000", "\"population\": \"many\"");
    fs::write(&path, text).expect("written");
    let said = run_on(&scratch.join("world"), "validate");
    assert_eq!(said.code, 1);
    let lines: BTreeSet<&str> = said.out.lines().collect();
    let expected = [
        "places.geojson: feature 0 (`metz`): property `geometry`: longitude 185.9 is out of range; positions are longitude, latitude",
        "places.geojson: feature 1 (`esch`): property `population`: is string \"many\": a whole number is expected",
        "2 problems",
    ];
    assert_eq!(lines, BTreeSet::from(expected));
}

#[test]
fn brackets_without_end_are_refused() {
    let many = 50_000_000;
    let start = r#"{"type": "FeatureCollection", "features": ["#;
    let nested = |count: usize| "[".repeat(count) + &"]".repeat(count);
    let texts = [
        (
            "[".repeat(many),
            "places.geojson: is no JSON object: a layer is a `FeatureCollection`".to_owned(),
        ),
        (
            start.to_owned() + &"[".repeat(many),
            format!(
                "places.geojson: is cut off: EOF while parsing a list at line 1 column {}",
                many + start.len()
            ),
        ),
        (
            format!("{start}{}]}}", nested(1_000_000)),
            "places.geojson: feature 0: is no object: a layer holds objects of type `Feature`"
                .to_owned(),
        ),
        (
            format!(
                r#"{{"type": "FeatureCollection", "x": {}, "features": 1}}"#,
                nested(1_000_000)
            ),
            "places.geojson: is integer `1`: an array is expected".to_owned(),
        ),
    ];
    for (text, message) in texts {
        let scratch = sound();
        scratch.write("world/places.geojson", text);
        is_refused(&scratch, &lengths(&scratch), &message);
    }
}

#[test]
fn a_huge_file_is_refused_unread() {
    for layer in [
        "places.geojson",
        "boundaries/survey.geojson",
        "scenarios/shut.json",
    ] {
        let scratch = sound();
        let file = fs::File::create(scratch.join("world").join(layer)).expect("a file");
        file.set_len(400 << 30).expect("a sparse file");
        is_refused(
            &scratch,
            &lengths(&scratch),
            &format!("{layer}: is larger than 256 MiB: clip it to the region"),
        );
    }
}

#[test]
fn what_is_missing_is_named() {
    let without = |remove: &dyn Fn(&Path), message: &str| {
        let scratch = sound();
        remove(&scratch.join("world"));
        is_refused(&scratch, &lengths(&scratch), message);
    };
    without(
        &|world| fs::remove_file(world.join("meta.json")).expect("removed"),
        "meta.json: is missing",
    );
    without(
        &|world| fs::remove_file(world.join("sources.json")).expect("removed"),
        "sources.json: is missing",
    );
    without(
        &|world| fs::remove_dir_all(world.join("boundaries")).expect("removed"),
        "boundaries: holds no boundary source: add `<source>.geojson`",
    );
    without(
        &|world| fs::remove_file(world.join("network/defaults.json")).expect("removed"),
        "network/defaults.json: is missing or unsound: a network needs the parameters that its links do not state",
    );
    without(
        &|world| {
            fs::remove_file(world.join("places.geojson")).expect("removed");
            fs::create_dir(world.join("places.geojson")).expect("a folder");
        },
        "places.geojson: is no regular file",
    );
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    for (path, line) in [
        ("nowhere", "border lengths"),
        ("nowhere", "validate"),
        ("worlds/pair/meta.json", "validate"),
    ] {
        let path = fixture(path);
        let said = run_on(&path, line);
        assert_eq!((said.code, said.out.as_str()), (2, ""));
        assert_eq!(
            said.err,
            format!("error: --geodata: `{}` is no folder\n", path.display())
        );
    }
}

#[test]
fn layers_that_no_question_needs_may_be_absent() {
    let scratch = sound();
    for layer in [
        "segments.geojson",
        "disputes.geojson",
        "places.geojson",
        "corridors.json",
        "published.csv",
    ] {
        fs::remove_file(scratch.join("world").join(layer)).expect("removed");
    }
    for folder in ["network", "scenarios"] {
        fs::remove_dir_all(scratch.join("world").join(folder)).expect("removed");
    }
    let said = run_on(&scratch.join("world"), "validate");
    assert_eq!((said.code, said.out.as_str()), (0, "no problems\n"));
    assert_eq!(lengths(&scratch).code, 0);
}

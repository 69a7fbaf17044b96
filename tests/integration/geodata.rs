//! The shipped data: sound, sourced, and as long as others measured it.

use std::collections::BTreeSet;
use std::fs;

use araxes::analysis::transit::Query;
use araxes::analysis::transit::transit;
use araxes::dataset::Geodata;
use araxes::dataset::Lines;
use araxes::dataset::Needs;
use araxes::dataset::load_embedded;
use araxes::dataset::load_for;
use araxes::geodesy;
use araxes::model::Boundary;
use araxes::model::NodeKind;
use araxes::model::Part;
use araxes::model::World;
use geo::Coord;
use rayon::prelude::*;
use serde_json::Value;

use crate::program::Scratch;
use crate::program::root;
use crate::program::run;
use crate::program::run_on;

fn shipped() -> World {
    load_embedded().unwrap_or_else(|error| panic!("the shipped data: {error}"))
}

/// The data folder with the scenarios, as a user would lay it out.
fn folder(scratch: &Scratch) -> std::path::PathBuf {
    let copy = scratch.copy(&root().join("geodata"), "geodata");
    scratch.copy(&root().join("seeds/scenarios"), "geodata/scenarios");
    fs::copy(
        root().join("seeds/agreement.json"),
        copy.join("agreement.json"),
    )
    .expect("a copy");
    copy
}

#[test]
fn the_data_is_sound_embedded_and_as_a_folder() {
    let said = run(["validate"]);
    assert_eq!(
        (said.code, said.out.as_str(), said.err.as_str()),
        (0, "no problems\n", "")
    );
    // Only a folder is searched for rings that cross themselves.
    let scratch = Scratch::new();
    let said = run_on(&folder(&scratch), "validate");
    assert_eq!(
        (said.code, said.out.as_str(), said.err.as_str()),
        (0, "no problems\n", "")
    );
}

#[test]
fn the_embedded_data_is_the_folder() {
    let scratch = Scratch::new();
    let folder = folder(&scratch);
    for line in [
        "border segments --format json",
        "corridors compare --format csv",
        "scenarios list --format json",
        "agreement --format json",
    ] {
        let outside = run_on(&folder, line);
        let inside = run(line.split_whitespace());
        assert_eq!((inside.code, outside.code), (0, 0), "{line}");
        assert!(
            inside.out == outside.out,
            "{line} differs between the embedded data and geodata/"
        );
    }
}

#[test]
fn only_what_a_question_needs_is_loaded() {
    let loaded = |boundaries: Lines, network: bool| {
        let needs = Needs {
            boundaries,
            network,
        };
        load_for(&Geodata::Embedded, &needs).expect("the shipped data is sound")
    };
    let all = shipped();
    let status = loaded(Lines::Primary, false);
    assert_eq!(status.boundaries.len(), 1);
    assert_eq!(status.boundaries[0].source, all.meta.primary_source);
    assert!(status.links.is_empty() && status.corridors.is_empty());
    assert_eq!(status.segments.len(), all.segments.len());
    let other = all.source_of(&all.boundaries[0]).id.clone();
    let asked = loaded(Lines::Named(other.clone()), true);
    assert_eq!(asked.source_of(&asked.boundaries[0]).id, other);
    assert_eq!(asked.links.len(), all.links.len());
    let network = loaded(Lines::None, true);
    assert!(network.boundaries.is_empty() && !network.corridors.is_empty());
    // What is loaded does not change what is answered.
    let whole = all.boundary(None).expect("the primary source");
    let alone = status.boundary(None).expect("the primary source");
    let lengths = |boundary: &Boundary| {
        let borders = boundary.borders.iter();
        borders
            .map(|border| (border.part.label(), border.length().m().to_bits()))
            .collect::<Vec<_>>()
    };
    assert_eq!(lengths(whole), lengths(alone));
}

#[test]
fn the_layers_are_those_that_the_rebuild_made() {
    let said = std::process::Command::new("sha256sum")
        .args(["--check", "--strict", "--quiet", "rebuild/layers.sha256"])
        .current_dir(root().join("geodata"))
        .output()
        .expect("sha256sum runs");
    assert!(
        said.status.success(),
        "{}{}",
        String::from_utf8_lossy(&said.stdout),
        String::from_utf8_lossy(&said.stderr)
    );
    let listed =
        fs::read_to_string(root().join("geodata/rebuild/layers.sha256")).expect("the list");
    let names: BTreeSet<&str> = listed
        .lines()
        .filter_map(|line| line.split_whitespace().nth(1))
        .collect();
    for entry in fs::read_dir(root().join("geodata/boundaries")).expect("the boundaries") {
        let name = entry.expect("an entry").file_name();
        let name = format!("boundaries/{}", name.to_string_lossy());
        assert!(
            names.contains(name.as_str()),
            "{name} is in no list of checksums"
        );
    }
}

/// All JSON files of the data and the scenarios.
fn documents() -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("geodata"), root().join("seeds")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.display().to_string();
            if path.is_dir() {
                if !name.ends_with("rebuild") {
                    folders.push(path);
                }
            } else if name.ends_with("json") {
                let text = fs::read_to_string(&path).expect("text");
                found.push((name, serde_json::from_str(&text).expect("JSON")));
            }
        }
    }
    found
}

/// Counts the claims and changes in a value, and checks that each has its evidence.
fn claims(file: &str, value: &Value, sources: &BTreeSet<String>) -> usize {
    match value {
        Value::Array(items) => items.iter().map(|item| claims(file, item, sources)).sum(),
        Value::Object(members) => {
            let is_claim = members.contains_key("value") || members.contains_key("op");
            if is_claim {
                let source = members.get("source").and_then(Value::as_str);
                let basis = members.get("assumption").and_then(Value::as_str);
                let is_sound = match (source, basis) {
                    (Some(source), None) => sources.contains(source),
                    (None, Some(basis)) => !basis.trim().is_empty(),
                    _ => false,
                };
                assert!(is_sound, "{file}: {value}");
            }
            let inner: usize = members
                .values()
                .map(|member| claims(file, member, sources))
                .sum();
            inner + usize::from(is_claim)
        }
        _ => 0,
    }
}

#[test]
fn every_claim_has_a_source_that_exists_or_the_basis_of_an_assumption() {
    let documents = documents();
    let (_, sources) = documents
        .iter()
        .find(|(name, _)| name.ends_with("geodata/sources.json"))
        .expect("the sources");
    let ids: BTreeSet<String> = sources
        .as_array()
        .expect("an array")
        .iter()
        .map(|source| source["id"].as_str().expect("an id").to_owned())
        .collect();
    let count: usize = documents
        .iter()
        .map(|(file, value)| claims(file, value, &ids))
        .sum();
    assert!(count > 1000, "only {count} claims were found");
}

#[test]
fn published_figures_name_sources_that_exist() {
    let world = shipped();
    let path = root().join("geodata/published.csv");
    let text = fs::read_to_string(path).expect("published.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let column = header
        .iter()
        .position(|cell| cell == "source")
        .expect("a source column");
    let mut rows = 0;
    for record in reader.records() {
        let record = record.expect("a row");
        let source = &record[column];
        assert!(
            world.sources.find(source).is_some(),
            "{source} is not in sources.json: {record:?}"
        );
        rows += 1;
    }
    assert!(rows > 20, "only {rows} published figures");
}

/// Kilometres of a part of a pair's border on a source; of the whole border for `all`.
fn length(world: &World, source: &str, pair: &str, part: &str) -> f64 {
    let boundary = world.boundary(Some(source)).expect("a source");
    let pair = pair.parse().expect("a pair");
    let mine = boundary
        .borders_of(pair)
        .filter(|border| part == "all" || border.part.label() == part);
    let found: Vec<f64> = mine.map(|border| border.length().km()).collect();
    assert!(!found.is_empty(), "{source} has no {pair} {part}");
    found.iter().sum()
}

/// Lengths that the fact base (§1.5) measured with Shapely and pyproj on the same packages: source, pair, part, km, tolerance.
/// Where rivers were cut out of both sides the program goes half-way between the banks, which those figures leave out.
const MEASURED: [(&str, &str, &str, f64, f64); 17] = [
    ("osm-2017", "AM-AZ", "main", 651.5, 1.0),
    ("osm-2017", "AM-AZ", "AZ-NX", 247.8, 0.1),
    ("osm-2017", "AM-AZ", "ring artsvashen", 28.9, 0.05),
    ("osm-2017", "AM-AZ", "ring yukhari-askipara", 23.7, 0.05),
    ("osm-2017", "AM-AZ", "ring barkhudarli-sofulu", 14.4, 0.05),
    ("osm-2017", "AM-AZ", "all", 967.0, 1.0),
    ("osm-2017", "AM-GE", "all", 219.9, 1.0),
    ("osm-2017", "AM-TR", "all", 302.9, 1.0),
    ("osm-2017", "AZ-GE", "all", 412.4, 2.5),
    ("osm-2017", "AZ-RU", "all", 339.5, 0.5),
    ("osm-2017", "AZ-TR", "all", 14.6, 1.0),
    ("osm-2017", "GE-TR", "all", 268.6, 1.0),
    ("osm-2017", "IR-TR", "all", 547.1, 1.0),
    ("natural-earth-10m", "AM-AZ", "AZ-NX", 208.0, 0.1),
    ("natural-earth-10m", "AM-GE", "all", 160.3, 1.0),
    ("natural-earth-10m", "AM-IR", "all", 35.4, 1.0),
    ("natural-earth-10m", "AZ-TR", "all", 7.5, 0.5),
];

#[test]
fn borders_are_as_long_as_others_measured_them() {
    let world = shipped();
    for (source, pair, part, km, tolerance) in MEASURED {
        let found = length(&world, source, pair, part);
        assert!(
            (found - km).abs() <= tolerance,
            "{source} {pair} {part}: {found:.3} km, not {km} ± {tolerance}"
        );
    }
}

#[test]
fn a_finer_line_is_longer() {
    let world = shipped();
    for part in ["main", "AZ-NX"] {
        let coarse = length(&world, "natural-earth-10m", "AM-AZ", part);
        let fine = length(&world, "osm-2017", "AM-AZ", part);
        let finest = length(&world, "osm-2026", "AM-AZ", part);
        assert!(
            coarse < fine && fine < finest,
            "{part}: {coarse} {fine} {finest}"
        );
    }
}

/// Tripoints that the fact base (§1.4) read off the OpenStreetMap package of 2017: territories, longitude, latitude, metres.
const TRIPOINTS: [(&str, f64, f64, f64); 4] = [
    ("AM AZ GE", 45.01382, 41.29647, 5.0),
    ("AM GE TR", 43.47415, 41.12304, 5.0),
    ("AZ GE RU", 46.42605, 41.91344, 5.0),
    ("AM AZ IR", 46.53398, 38.86717, 300.0),
];

#[test]
fn tripoints_are_where_the_fact_base_has_them() {
    let world = shipped();
    let boundary = world.boundary(Some("osm-2017")).expect("the source");
    for (wanted, lon, lat, metres) in TRIPOINTS {
        let codes = |tripoint: &araxes::model::Tripoint| {
            tripoint.territories.map(|code| code.to_string()).join(" ")
        };
        let near = boundary
            .tripoints
            .iter()
            .filter(|tripoint| codes(tripoint) == wanted);
        let off = near
            .map(|tripoint| geodesy::distance(tripoint.at, Coord { x: lon, y: lat }).m())
            .fold(f64::INFINITY, f64::min);
        assert!(off <= metres, "{wanted}: {off} m from {lon}, {lat}");
    }
}

fn area(boundary: &Boundary, code: &str, outlines_only: bool) -> f64 {
    let code = code.parse().expect("a code");
    let territory = boundary.territory(code).expect("the territory");
    let polygons = territory.area.iter().map(|polygon| {
        if outlines_only {
            geo::Polygon::new(polygon.exterior().clone(), Vec::new())
        } else {
            polygon.clone()
        }
    });
    polygons.map(|polygon| geodesy::area_km2(&polygon)).sum()
}

#[test]
fn areas_are_those_that_others_measured() {
    let world = shipped();
    let osm = world.boundary(Some("osm-2017")).expect("the source");
    let natural_earth = world
        .boundary(Some("natural-earth-10m"))
        .expect("the source");
    // Fact base §1.5; the two forms for the OpenStreetMap package are without and with the water inside the outline.
    for (boundary, code, outlines_only, km2) in [
        (osm, "AZ-NX", false, 5_246.0),
        (osm, "AZ-NX", true, 5_260.0),
        (osm, "AM", false, 28_399.0),
        (osm, "AM", true, 29_754.0),
        (natural_earth, "AZ-NX", false, 4_785.0),
        (natural_earth, "AM", false, 29_592.0),
    ] {
        let found = area(boundary, code, outlines_only);
        assert!(
            (found / km2 - 1.0).abs() < 0.002,
            "{code}: {found:.1} km², not {km2}"
        );
    }
}

#[test]
fn the_enclaves_of_the_source_that_has_them_are_rings_and_lie_in_both_states() {
    let world = shipped();
    let boundary = world.boundary(Some("osm-2017")).expect("the source");
    let pair = "AM-AZ".parse().expect("a pair");
    let rings: Vec<String> = boundary
        .borders_of(pair)
        .filter_map(|border| match &border.part {
            Part::Ring(name) => Some(name.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(
        rings,
        ["artsvashen", "barkhudarli-sofulu", "yukhari-askipara"]
    );
    for (name, state, other) in [
        ("artsvashen", "AM", "AZ"),
        ("barkhudarli-sofulu", "AZ", "AM"),
        ("yukhari-askipara", "AZ", "AM"),
    ] {
        let exclave = boundary
            .exclaves
            .iter()
            .find(|exclave| exclave.name == name)
            .expect("the enclave");
        let around = exclave.enclave_in.map(|code| code.to_string());
        assert_eq!(
            (exclave.territory.to_string().as_str(), around.as_deref()),
            (state, Some(other)),
            "{name}"
        );
    }
    let said = run([
        "status",
        "--at",
        "45.5166,40.6336",
        "--source",
        "osm-2017",
        "--format",
        "json",
    ]);
    let row: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(row["territory"], "AM+AZ");
}

#[test]
fn no_option_that_avoids_a_state_has_a_link_in_it() {
    let world = shipped();
    let avoided = "IR".parse().expect("a code");
    let terminals: Vec<_> = world
        .nodes
        .iter()
        .filter(|(_, node)| {
            node.kind == NodeKind::Terminal
                && node.territories.iter().all(|code| code.state() != avoided)
        })
        .map(|(id, _)| id)
        .collect();
    assert!(terminals.len() > 10, "only {} terminals", terminals.len());
    let mut questions = Vec::new();
    for (_, scenario) in world.scenarios.iter() {
        for &from in &terminals {
            questions.extend(
                terminals
                    .iter()
                    .filter(|&&to| to != from)
                    .map(|&to| (scenario, from, to)),
            );
        }
    }
    let options: usize = questions
        .par_iter()
        .map(|&(scenario, from, to)| {
            let query = Query {
                avoid: vec![avoided],
                scenario: Some(scenario),
                ..Query::new(from, to)
            };
            let answer = transit(&world, &query).unwrap_or_else(|error| panic!("{error}"));
            for option in &answer.options {
                for &link in &option.links {
                    let link = &world.links[link];
                    assert_ne!(
                        link.territory.state(),
                        avoided,
                        "{} → {}: {}",
                        answer.from,
                        answer.to,
                        link.id
                    );
                }
                assert!(!option.states.keys().any(|state| state.state() == avoided));
                assert!(
                    option.certificate.is_some(),
                    "{} → {} {}: no certificate",
                    answer.from,
                    answer.to,
                    option.id
                );
            }
            answer.options.len()
        })
        .sum();
    assert!(
        options > terminals.len(),
        "hardly an option was found: {options}"
    );
}

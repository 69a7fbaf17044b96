//! `border zone`: areas of another program, laws on the shipped sources, and what is refused.

use std::collections::BTreeSet;
use std::path::Path;

use araxes::analysis::zone;
use araxes::analysis::zone::Asked;
use araxes::dataset::load_embedded;
use araxes::geodesy;
use araxes::index::BorderIndex;
use araxes::index::TerritoryIndex;
use araxes::model::Code;
use araxes::units::Length;
use geo::Contains;
use geo::Coord;
use geo::Point;
use serde_json::Value;

use crate::program::answer;
use crate::program::araxes;
use crate::program::json;
use crate::program::root;
use crate::program::run_on;
use crate::program::world;

fn shipped() -> std::path::PathBuf {
    root().join("geodata")
}

fn rows(data: &Path, line: &str) -> Vec<Value> {
    match json(data, line) {
        Value::Array(rows) => rows,
        other => panic!("{line}: {other}"),
    }
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap_or_else(|| panic!("{key}: {row}"))
}

/// The area of one side of one part.
fn area(rows: &[Value], part: &str, side: &str) -> f64 {
    let row = rows
        .iter()
        .find(|row| row["part"] == part && row["side"] == side);
    number(
        row.unwrap_or_else(|| panic!("no {part} {side}")),
        "area_km2",
    )
}

/// Made with shapely 2.2.0 and pyproj 3.7.2: the line of `border lengths --format geojson` with geodesic vertices every kilometre, cut into pieces of
/// 10 km; each buffered in PROJ's azimuthal equidistant projection about its middle with 256 chords a quadrant, its outline given vertices every
/// 200 m and put back into degrees; the union cut with the polygons of the source, which had geodesic vertices every 200 m; area by PROJ's geodesics.
/// Data, source, pair, part, kilometres, side, square kilometres.
const REFERENCES: [(&str, &str, &str, &str, f64, &str, f64); 16] = [
    ("", "osm-2026", "AM-IR", "all", 5.0, "AM", 192.9022),
    ("", "osm-2026", "AM-IR", "all", 5.0, "IR", 258.4029),
    ("", "osm-2026", "AM-AZ", "AZ-NX", 20.0, "AM", 4518.2007),
    ("", "osm-2026", "AM-AZ", "AZ-NX", 20.0, "AZ", 3536.8223),
    ("", "dcw", "GE-TR", "all", 1.0, "GE", 248.8839),
    ("", "dcw", "GE-TR", "all", 1.0, "TR", 249.9383),
    (
        "",
        "natural-earth-10m",
        "AM-AZ",
        "ring artsvashen",
        2.0,
        "AM",
        30.4548,
    ),
    (
        "",
        "natural-earth-10m",
        "AM-AZ",
        "ring artsvashen",
        2.0,
        "AZ",
        56.5445,
    ),
    ("", "osm-2026", "AZ-TR", "AZ-NX", 0.1, "AZ", 1.7202),
    ("", "osm-2026", "AZ-TR", "AZ-NX", 0.1, "TR", 1.7077),
    ("", "wdb2", "AM-AZ", "all", 50.0, "AM", 19255.7967),
    ("", "wdb2", "AM-AZ", "all", 50.0, "AZ", 22619.9172),
    ("mountain", "survey", "LS-ZA", "all", 50.0, "LS", 10748.0758),
    ("mountain", "survey", "LS-ZA", "all", 50.0, "ZA", 28633.9864),
    ("lowlands", "survey", "BE-NL", "all", 3.0, "BE", 420.4474),
    ("lowlands", "survey", "BE-NL", "all", 3.0, "NL", 498.9848),
];

#[test]
fn areas_are_those_of_another_program() {
    for (name, source, pair, part, km, side, truth) in REFERENCES {
        let data = if name.is_empty() {
            shipped()
        } else {
            world(name)
        };
        let line = format!("border zone --km {km} --pair {pair} --source {source}");
        let found = rows(&data, &line);
        let area = area(&found, part, side);
        // The rows have three decimals; the outline is within 0.1 m and 0.02 % of the distance of the true one.
        let allowed = 0.0006 + truth * (2e-4 + 0.0001 / km);
        assert!(
            (area - truth).abs() < allowed,
            "{line}, {side}: {area}, not {truth}"
        );
        assert!(
            (area / truth - 1.0).abs() < 2e-4 || km < 1.0,
            "{line}: {area} {truth}"
        );
    }
}

/// Points on a grid around a border of the shipped data, and whether the zone of its states holds them.
#[test]
fn ground_is_in_the_zone_if_and_only_if_it_is_within_the_distance() {
    let world = load_embedded().expect("the shipped data");
    let boundary = world.boundary(Some("wdb2")).expect("the source");
    let pair = "AM-AZ".parse().expect("a pair");
    let within = Length::from_km(12.0);
    let asked = Asked {
        within,
        pair: Some(pair),
        segment: None,
        on: world.meta.as_of,
    };
    let zones = zone::zones(&world, boundary, asked).expect("zones");
    let index = BorderIndex::of(&boundary.borders, |border| border.pair == pair);
    let territories = TerritoryIndex::new(boundary);
    let tolerance_m = geodesy::strip_tolerance(within).m();
    let whole: Vec<_> = zones
        .grounds
        .iter()
        .filter(|ground| ground.row.part == "all")
        .collect();
    assert_eq!(whole.len(), 2);
    let (mut inside, mut outside) = (0, 0);
    for n in 0..3_600 {
        let (x, y) = (f64::from(n % 60), f64::from(n / 60));
        let at = Coord {
            x: 44.501 + x * 0.0401,
            y: 38.801 + y * 0.0403,
        };
        let distance = index.nearest(at).expect("a border").distance;
        if (distance.m() - within.m()).abs() <= tolerance_m {
            continue;
        }
        let states: BTreeSet<_> = territories.containing(at).map(Code::state).collect();
        for ground in &whole {
            let truth = distance < within && states.contains(&ground.row.side);
            assert_eq!(
                ground.ground.contains(&Point(at)),
                truth,
                "{at:?} {}",
                ground.row.side
            );
            if truth { inside += 1 } else { outside += 1 }
        }
    }
    assert!(inside > 500 && outside > 500, "{inside} {outside}");
}

#[test]
fn places_are_those_that_a_scan_finds() {
    let world = load_embedded().expect("the shipped data");
    let boundary = world.boundary(None).expect("the source");
    let pair = "AM-AZ".parse().expect("a pair");
    let index = BorderIndex::of(&boundary.borders, |border| border.pair == pair);
    let territories = TerritoryIndex::new(boundary);
    let mut truth = BTreeSet::new();
    for (_, place) in world.places.iter() {
        let near = index.nearest(place.at).expect("a border");
        if near.distance <= Length::from_km(8.0) {
            for code in territories
                .containing(place.at)
                .filter(|code| pair.has(*code))
            {
                truth.insert((place.id.clone(), code.state().to_string()));
            }
        }
    }
    let found = rows(&shipped(), "border zone --km 8 --pair AM-AZ --places");
    let listed: BTreeSet<(String, String)> = found
        .iter()
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            (text("place"), text("side"))
        })
        .collect();
    assert!(truth.len() > 30, "{truth:?}");
    assert_eq!((listed.len(), &listed), (found.len(), &truth));
}

#[test]
fn the_sides_and_parts_lose_nothing_and_a_wider_zone_holds_more() {
    let mut before: Option<Vec<Value>> = None;
    for km in ["0.5", "2", "5", "15"] {
        let found = rows(
            &world("lowlands"),
            &format!("border zone --km {km} --pair BE-NL"),
        );
        for side in ["BE", "NL"] {
            let of = |row: &&Value| row["side"] == side && row["part"] != "all";
            let parts: Vec<f64> = found
                .iter()
                .filter(of)
                .map(|row| number(row, "area_km2"))
                .collect();
            let all = area(&found, "all", side);
            let most = parts.iter().copied().fold(0.0, f64::max);
            assert!(
                parts.len() == 4 && all <= parts.iter().sum::<f64>() + 0.01 && all >= most - 0.001
            );
        }
        if let Some(before) = &before {
            for (wide, narrow) in found.iter().zip(before) {
                for key in [
                    "area_km2",
                    "places",
                    "links",
                    "rail_km",
                    "road_km",
                    "to_build_km",
                ] {
                    assert!(
                        number(wide, key) >= number(narrow, key),
                        "{key}: {wide} {narrow}"
                    );
                }
            }
        }
        before = Some(found);
    }
}

#[test]
fn stretches_that_make_a_part_have_its_zone_between_them() {
    // Each segment's zone lies in that of the whole; together they have at least its area.
    let data = world("lowlands");
    let whole = rows(&data, "border zone --km 1 --pair BE-NL");
    let segments = ["be-nl-main", "be-nl-west", "be-nl-middle", "be-nl-ford"];
    let sum: f64 = segments
        .iter()
        .map(|segment| {
            let found = rows(&data, &format!("border zone --km 1 --segment {segment}"));
            let own = area(&found, segment, "BE");
            assert!(own < area(&whole, "main", "BE"), "{segment}");
            own
        })
        .sum();
    assert!(sum >= area(&whole, "main", "BE"), "{sum}");
}

#[test]
fn what_is_in_doubt_is_said() {
    let notes = |line: &str| -> Vec<String> {
        let found = rows(&shipped(), line);
        let note = |row: &Value| row["note"].as_str().unwrap_or_default().to_owned();
        found.iter().map(note).collect()
    };
    for note in notes("border zone --km 0.2 --pair AM-IR") {
        assert!(
            note.contains("narrower than the line is accurate (300 m)"),
            "{note}"
        );
    }
    let iran = &rows(&shipped(), "border zone --km 5 --pair AM-IR")[1];
    assert_eq!(
        iran["share_of_territory_pct"],
        Value::Null,
        "a state that the source cuts off"
    );
    assert!(
        iran["note"]
            .as_str()
            .is_some_and(|note| note.contains("only part of the state"))
    );
    let cut = notes("border zone --km 400 --pair AM-IR");
    assert!(cut[1].contains("cut where the data ends"), "{cut:?}");
    let enclave = notes("border zone --km 2 --pair AM-AZ --source osm-2017");
    assert!(
        enclave[0].contains("are drawn in both states"),
        "{enclave:?}"
    );
    assert!(
        enclave[0].contains("of the line are not drawn"),
        "{enclave:?}"
    );
    let near = rows(&shipped(), "border zone --km 5 --pair AM-IR --links");
    let crossing = near.iter().find(|row| row["link"] == "road-agarak-norduz");
    let crossing = crossing.expect("the road to the bridge");
    assert_eq!(crossing["position"], "within_error");
    assert!(number(crossing, "distance_m") < 1.0);
}

#[test]
fn shapes_are_sound_geojson_of_the_rows_asked_for() {
    for (flags, kinds) in [
        ("", ["Polygon", "MultiPolygon"]),
        ("--places", ["Point", "Point"]),
        ("--links", ["LineString", "MultiLineString"]),
    ] {
        let line = format!("border zone --km 4 --pair BE-NL {flags} --format geojson");
        let found: Value = serde_json::from_str(&answer(&world("lowlands"), &line)).expect("JSON");
        let features = found["features"].as_array().expect("features");
        assert!(!features.is_empty(), "{line}");
        for feature in features {
            let kind = feature["geometry"]["type"].as_str().unwrap_or_default();
            assert!(kinds.contains(&kind), "{line}: {feature}");
        }
    }
}

#[test]
fn other_worlds_have_zones_too() {
    // No settlements and no network: nothing is counted, and that is not none.
    let found = rows(&world("mountain"), "border zone --km 50");
    assert_eq!(found.len(), 2);
    for row in &found {
        for key in [
            "places",
            "population",
            "links",
            "rail_km",
            "road_km",
            "to_build_km",
        ] {
            assert_eq!(row[key], Value::Null, "{key}: {row}");
        }
    }
    assert!((number(&found[0], "share_of_territory_pct") - 100.0).abs() < 1e-9);
    assert_eq!(
        rows(&world("mountain"), "border zone --km 50 --places").len(),
        0
    );
    assert!(!rows(&world("pair"), "border zone --km 3").is_empty());
}

#[test]
fn the_number_of_threads_does_not_show() {
    let told = ["1", "2", "5"].map(|threads| {
        let said = araxes()
            .env("RAYON_NUM_THREADS", threads)
            .args([
                "border",
                "zone",
                "--km",
                "7",
                "--format",
                "geojson",
                "--geodata",
            ])
            .arg(world("lowlands"))
            .output()
            .expect("the program runs");
        assert!(said.status.success());
        said.stdout
    });
    assert!(told[0] == told[1] && told[1] == told[2]);
}

#[test]
fn wrong_arguments_are_refused_with_what_to_do() {
    for (flags, told) in [
        ("--km 0", "a zone is from 0.01 to 500 km wide"),
        ("--km -1", "a zone is from 0.01 to 500 km wide"),
        ("--km 0.009", "a zone is from 0.01 to 500 km wide"),
        ("--km 1e300", "a zone is from 0.01 to 500 km wide"),
        ("--km NaN", "a zone is from 0.01 to 500 km wide"),
        ("--km inf", "a zone is from 0.01 to 500 km wide"),
        ("--km five", "invalid value 'five'"),
        ("", "--km <D>"),
        ("--km 5 --pair BE-ZA", "unknown border `BE-ZA`"),
        ("--km 5 --pair BE", "invalid value 'BE'"),
        ("--km 5 --segment be-nl-wets", "did you mean `be-nl-west`"),
        (
            "--km 5 --segment be-nl-west --pair BE-NL",
            "cannot be used with",
        ),
        ("--km 5 --places --links", "cannot be used with"),
        ("--km 5 --source nobody", "unknown boundary source `nobody`"),
    ] {
        let said = run_on(&world("lowlands"), &format!("border zone {flags}"));
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{flags}");
        assert!(said.err.contains(told), "{flags}: {}", said.err);
    }
    let said = run_on(
        &shipped(),
        "border zone --km 5 --segment am-az-ring-artsvashen",
    );
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(
        said.err.contains("does not draw the segment"),
        "{}",
        said.err
    );
}

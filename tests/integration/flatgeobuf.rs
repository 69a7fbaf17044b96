//! `--format flatgeobuf`: the same rows as GeoJSON, read back.

use std::collections::BTreeMap;
use std::fs;

use flatgeobuf::FallibleStreamingIterator;
use flatgeobuf::FeatureProperties;
use flatgeobuf::FgbReader;
use geo::Geometry;
use geozero::ColumnValue;
use geozero::PropertyProcessor;
use geozero::ToGeo;
use serde_json::Value;

use crate::program::Scratch;
use crate::program::araxes;
use crate::program::run_on;
use crate::program::world;

/// Commands whose rows have places: points, lines, areas, mixed ones, and rows without.
const COMMANDS: [&str; 10] = [
    "status --at 4.25,51.5",
    "status --segment be-nl-middle",
    "border lengths",
    "border segments",
    "border exchange",
    "border exchange --vocabulary lsib",
    "border compare survey atlas --slivers",
    "corridors show direct",
    "transit --from gent --to breda --modes rail --avoid DE --scenario reopen",
    "agreement",
];

fn bytes(line: &str, threads: &str) -> Vec<u8> {
    let said = araxes()
        .env("RAYON_NUM_THREADS", threads)
        .args(line.split_whitespace())
        .args(["--format", "flatgeobuf", "--geodata"])
        .arg(world("lowlands"))
        .output()
        .expect("the program runs");
    let err = String::from_utf8_lossy(&said.stderr);
    assert_eq!((said.status.code(), err.as_ref()), (Some(0), ""), "{line}");
    said.stdout
}

/// The values of a feature, as JSON has them.
#[derive(Default)]
struct Values(BTreeMap<String, Value>);

impl PropertyProcessor for Values {
    fn property(
        &mut self,
        _: usize,
        name: &str,
        value: &ColumnValue<'_>,
    ) -> geozero::error::Result<bool> {
        let value = match value {
            ColumnValue::Bool(flag) => Value::from(*flag),
            ColumnValue::Long(number) => Value::from(*number),
            ColumnValue::Double(number) => Value::from(*number),
            ColumnValue::String(text) => Value::from(*text),
            other => panic!("{name}: {other:?}"),
        };
        self.0.insert(name.to_owned(), value);
        Ok(false)
    }
}

/// A geometry as the list of its parts: a layer of one type may hold a single line as one of many.
fn parts(geometry: &Geometry) -> Vec<String> {
    let parts: Vec<Geometry> = match geometry.clone() {
        Geometry::MultiPoint(many) => many.into_iter().map(Geometry::from).collect(),
        Geometry::MultiLineString(many) => many.into_iter().map(Geometry::from).collect(),
        Geometry::MultiPolygon(many) => many.into_iter().map(Geometry::from).collect(),
        one => vec![one],
    };
    parts.iter().map(|part| format!("{part:?}")).collect()
}

/// What a row and its place are, in a form that can be sorted.
fn row(values: BTreeMap<String, Value>, place: Option<&Geometry>) -> String {
    // A whole decimal number is the same number.
    let plain = values.into_iter().map(|(key, value)| match value.as_f64() {
        Some(number) => (key, Value::from(number)),
        None => (key, value),
    });
    let values: BTreeMap<String, Value> = plain.filter(|(_, value)| !value.is_null()).collect();
    format!("{values:?} {:?}", place.map(parts).unwrap_or_default())
}

fn from_file(file: &[u8]) -> Vec<String> {
    let reader = FgbReader::open(file).expect("a header");
    let count = reader.header().features_count();
    let mut features = reader.select_all_seq().expect("features");
    let mut rows = Vec::new();
    while let Some(feature) = features.next().expect("a feature") {
        let mut values = Values::default();
        feature.process_properties(&mut values).expect("values");
        let has_place = feature.geometry().is_some_and(|shape| {
            shape.xy().is_some_and(|xy| !xy.is_empty()) || shape.parts().is_some()
        });
        let place = has_place.then(|| feature.to_geo().expect("a geometry"));
        rows.push(row(values.0, place.as_ref()));
    }
    assert_eq!(u64::try_from(rows.len()).ok(), Some(count));
    rows.sort();
    rows
}

fn from_geojson(line: &str) -> Vec<String> {
    let said = run_on(&world("lowlands"), &format!("{line} --format geojson"));
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{line}");
    let collection: geojson::FeatureCollection = said.out.parse().expect("GeoJSON");
    let mut rows: Vec<String> = collection
        .features
        .into_iter()
        .map(|feature| {
            let place = feature
                .geometry
                .map(|place| Geometry::try_from(place.value).expect("a geometry"));
            let values = feature.properties.unwrap_or_default();
            row(values.into_iter().collect(), place.as_ref())
        })
        .collect();
    rows.sort();
    rows
}

#[test]
fn a_file_holds_what_geojson_holds() {
    for line in COMMANDS {
        let (file, text) = (from_file(&bytes(line, "2")), from_geojson(line));
        assert!(!file.is_empty(), "{line}");
        assert_eq!(file, text, "{line}");
    }
}

#[test]
fn a_file_has_the_same_bytes_on_any_run_and_number_of_threads() {
    for line in COMMANDS {
        assert!(bytes(line, "1") == bytes(line, "4"), "{line}");
    }
}

#[test]
fn the_index_finds_what_is_near_and_nothing_else() {
    let file = bytes("border exchange", "1");
    let found = |west: f64, south: f64, east: f64, north: f64| {
        let reader = FgbReader::open(std::io::Cursor::new(&file)).expect("a header");
        let mut near = reader
            .select_bbox(west, south, east, north)
            .expect("an index");
        let mut count = 0;
        while near.next().expect("a feature").is_some() {
            count += 1;
        }
        count
    };
    let all = from_file(&file).len();
    assert_eq!(found(-180.0, -90.0, 180.0, 90.0), all);
    assert_eq!(found(100.0, 10.0, 101.0, 11.0), 0);
    let some = found(4.2, 51.4, 4.3, 51.6);
    assert!(0 < some && some < all, "{some} of {all}");
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let scratch = Scratch::new();
    let path = scratch.join("exchange.fgb");
    let line = format!(
        "border exchange --format flatgeobuf --output {}",
        path.display()
    );
    let said = run_on(&world("lowlands"), &line);
    assert_eq!(
        (said.code, said.out.as_str(), said.err.as_str()),
        (0, "", "")
    );
    assert_eq!(
        fs::read(&path).expect("the file"),
        bytes("border exchange", "2")
    );
    assert_eq!(scratch.names(), ["exchange.fgb"]);
}

#[test]
fn what_cannot_be_a_file_is_refused_before_anything_is_written() {
    let scratch = Scratch::new();
    let points = scratch.write("points.csv", "lon,lat\n4.2,51.3\n");
    let lines = [
        (
            "scenarios list".to_owned(),
            "--format flatgeobuf: these rows have no place; use json",
        ),
        (
            "border exchange --mapping".to_owned(),
            "these rows have no place",
        ),
        ("validate".to_owned(), "these rows have no place"),
        (
            format!("status --points {}", points.display()),
            "use --format csv, json, geojson or geojsonl",
        ),
    ];
    let path = scratch.join("rows.fgb");
    for (line, told) in lines {
        let line = format!("{line} --format flatgeobuf --output {}", path.display());
        let said = run_on(&world("lowlands"), &line);
        assert_eq!(
            (said.code, said.out.as_str()),
            (2, ""),
            "{line}: {}",
            said.err
        );
        assert!(said.err.contains(told), "{line}: {}", said.err);
        assert_eq!(scratch.names(), ["points.csv"], "{line}");
    }
}

//! Files read back with the reader of the crate.

use flatgeobuf::ColumnType;
use flatgeobuf::FallibleStreamingIterator;
use flatgeobuf::FeatureProperties;
use flatgeobuf::FgbReader;
use flatgeobuf::GeometryType;
use geo::Coord;
use geojson::GeometryValue;
use geozero::ToGeo;
use proptest::prelude::*;
use serde_json::Value;
use serde_json::json;

use super::bytes;
use crate::report::geojson::feature;
use crate::report::lines;
use crate::report::point;

fn at(x: f64, y: f64) -> Coord {
    Coord { x, y }
}

fn file(rows: &[(Value, Option<GeometryValue>)]) -> Vec<u8> {
    let features: Vec<_> = rows
        .iter()
        .map(|(row, place)| feature(row, place.clone()).expect("a feature"))
        .collect();
    bytes(&features, "araxes border segments").expect("a file")
}

/// Names and types of the columns.
fn columns(file: &[u8]) -> Vec<(String, ColumnType)> {
    let reader = FgbReader::open(file).expect("a header");
    let header = reader.header();
    let columns = header.columns().expect("columns");
    columns
        .iter()
        .map(|column| (column.name().to_owned(), column.type_()))
        .collect()
}

#[test]
fn a_column_has_the_type_of_all_its_values() {
    let place = || Some(point(at(45.0, 40.0)));
    let rows = [
        (
            json!({"flag": true, "whole": 1, "mixed": 1, "text": "a", "odd": 1, "list": [1, 2], "none": null}),
            place(),
        ),
        (
            json!({"flag": null, "whole": -2, "mixed": 0.5, "text": null, "odd": "b", "late": 7}),
            place(),
        ),
    ];
    let file = file(&rows);
    let expected = [
        ("flag", ColumnType::Bool),
        ("whole", ColumnType::Long),
        ("mixed", ColumnType::Double),
        ("text", ColumnType::String),
        ("odd", ColumnType::String),
        ("list", ColumnType::String),
        ("none", ColumnType::String),
        ("late", ColumnType::Long),
    ];
    let expected: Vec<_> = expected.map(|(name, kind)| (name.to_owned(), kind)).into();
    assert_eq!(columns(&file), expected);
    let mut read = FgbReader::open(file.as_slice())
        .and_then(FgbReader::select_all_seq)
        .expect("features");
    let mut odd = Vec::new();
    while let Some(feature) = read.next().expect("a feature") {
        odd.push(feature.property::<String>("odd").expect("a value"));
    }
    odd.sort();
    assert_eq!(odd, ["1", "b"]);
}

#[test]
fn header_names_what_where_and_in_which_degrees() {
    let file = file(&[(json!({"a": 1}), Some(point(at(45.0, 40.0))))]);
    let reader = FgbReader::open(file.as_slice()).expect("a header");
    let header = reader.header();
    assert_eq!(header.title(), Some("araxes border segments"));
    assert_eq!(header.name(), Some("border_segments"));
    let crs = header.crs().expect("a reference system");
    assert_eq!((crs.org(), crs.code()), (Some("EPSG"), 4326));
    assert!(header.index_node_size() > 0);
    assert_eq!(header.geometry_type(), GeometryType::Point);
}

#[test]
fn a_layer_has_one_type_where_it_can() {
    let line = |lines_of: usize| {
        let line = vec![at(45.0, 40.0), at(45.1, 40.1)];
        Some(lines(&vec![line; lines_of]).expect("lines"))
    };
    let kind = |places: [Option<GeometryValue>; 2]| {
        let file = file(&places.map(|place| (json!({"a": 1}), place)));
        let reader = FgbReader::open(file.as_slice()).expect("a header");
        reader.header().geometry_type()
    };
    assert_eq!(kind([line(1), line(1)]), GeometryType::LineString);
    assert_eq!(kind([line(1), line(2)]), GeometryType::MultiLineString);
    let mixed = kind([line(2), Some(point(at(45.0, 40.0)))]);
    assert_eq!(mixed, GeometryType::Unknown);
}

#[test]
fn rows_without_a_place_are_kept_and_the_file_has_no_index() {
    let rows = [
        (json!({"a": 1}), Some(point(at(45.0, 40.0)))),
        (json!({"a": 2}), None),
    ];
    let file = file(&rows);
    let reader = FgbReader::open(file.as_slice()).expect("a header");
    assert_eq!(reader.header().index_node_size(), 0);
    let mut read = reader.select_all_seq().expect("features");
    let mut found = Vec::new();
    while let Some(feature) = read.next().expect("a feature") {
        found.push(feature.property::<i64>("a").expect("a value"));
    }
    assert_eq!(found, [1, 2]);
    let bare = self::file(&[(json!({"a": 2}), None)]);
    assert!(FgbReader::open(bare.as_slice()).is_ok());
    assert!(FgbReader::open(self::file(&[]).as_slice()).is_ok());
}

#[test]
fn a_mixed_layer_keeps_each_geometry() {
    let line = vec![at(45.0, 40.0), at(45.1, 40.1)];
    let rows = [
        (json!({"a": 1}), lines(&[line])),
        (json!({"a": 2}), Some(point(at(46.0, 41.0)))),
    ];
    let file = file(&rows);
    let mut read = FgbReader::open(file.as_slice())
        .and_then(FgbReader::select_all_seq)
        .expect("features");
    let mut kinds = Vec::new();
    while let Some(feature) = read.next().expect("a feature") {
        let kind = match feature.to_geo().expect("a geometry") {
            geo::Geometry::Point(_) => "point",
            geo::Geometry::LineString(_) => "line",
            _ => "other",
        };
        kinds.push(kind);
    }
    kinds.sort_unstable();
    assert_eq!(kinds, ["line", "point"]);
}

/// A value as a row may have it.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ]
}

/// Checks one value that was read against the one that was written.
fn is_kept(
    kind: ColumnType,
    written: &Value,
    feature: &flatgeobuf::FgbFeature,
    name: &str,
) -> bool {
    match (kind, written) {
        (_, Value::Null) => feature.property::<String>(name).is_err(),
        (ColumnType::Bool, value) => feature.property::<bool>(name).ok() == value.as_bool(),
        (ColumnType::Long, value) => feature.property::<i64>(name).ok() == value.as_i64(),
        (ColumnType::Double, value) => feature.property::<f64>(name).ok() == value.as_f64(),
        (_, Value::String(text)) => feature.property::<String>(name).ok().as_ref() == Some(text),
        (_, Value::Bool(flag)) => {
            let word = if *flag { "yes" } else { "no" };
            feature.property::<String>(name).ok().as_deref() == Some(word)
        }
        (_, other) => feature.property::<String>(name).ok() == Some(other.to_string()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_is_read_as_it_was_written(
        rows in prop::collection::vec((value(), value(), -180.0..180.0, -90.0..90.0), 1..20),
    ) {
        let written: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(number, (one, other, x, y))| {
                (json!({"no": number, "one": one, "other": other}), Some(point(at(*x, *y))))
            })
            .collect();
        let file = file(&written);
        let columns = columns(&file);
        let mut read = FgbReader::open(file.as_slice())
            .and_then(FgbReader::select_all_seq)
            .expect("features");
        let mut count = 0;
        while let Some(feature) = read.next().expect("a feature") {
            let number = usize::try_from(feature.property::<i64>("no").expect("a number")).expect("a row");
            for (name, kind) in &columns {
                let value = &written[number].0[name];
                prop_assert!(is_kept(*kind, value, feature, name), "{name} {kind:?} {value}");
            }
            count += 1;
        }
        prop_assert_eq!(count, rows.len());
    }
}

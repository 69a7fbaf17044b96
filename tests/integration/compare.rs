//! `border compare`: laws on worlds drawn by hand and on the shipped sources.

use serde_json::Value;

use crate::program::json;
use crate::program::run;
use crate::program::world;

fn shipped(line: &str) -> Vec<Value> {
    let said = run(line.split_whitespace().chain(["--format", "json"]));
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{line}");
    serde_json::from_str(&said.out).expect("rows")
}

fn number(row: &Value, key: &str) -> f64 {
    row[key].as_f64().unwrap_or_else(|| panic!("{key}: {row}"))
}

#[test]
fn exchanging_the_sources_exchanges_what_has_a_direction_and_nothing_else() {
    let there = shipped("border compare osm-2017 natural-earth-10m --pair AM-AZ");
    let back = shipped("border compare natural-earth-10m osm-2017 --pair AM-AZ");
    let whole = |rows: &[Value]| -> Vec<Value> {
        let lines = rows
            .iter()
            .filter(|row| row["part"] == "main" || row["part"] == "AZ-NX");
        lines.cloned().collect()
    };
    let (there, back) = (whole(&there), whole(&back));
    assert_eq!((there.len(), back.len()), (2, 2));
    for one in &there {
        let other = back
            .iter()
            .find(|row| row["part"] == one["part"])
            .expect("the same part");
        for key in ["hausdorff_m", "frechet_m"] {
            assert!(
                (number(one, key) - number(other, key)).abs() < 0.02,
                "{key}: {one} {other}"
            );
        }
        for (key, exchanged) in [
            ("mean_m", "back_mean_m"),
            ("p95_m", "back_p95_m"),
            ("length_a_km", "length_b_km"),
        ] {
            assert_eq!(one[key], other[exchanged], "{key}");
        }
        // Both lines are drawn in one direction, so order costs little or nothing here.
        assert!(number(one, "frechet_m") >= number(one, "hausdorff_m") - 0.02);
        assert!(number(one, "p95_m") <= number(one, "hausdorff_m"));
    }
    let sum = |rows: &[Value], key: &str| -> f64 { rows.iter().map(|row| number(row, key)).sum() };
    assert!((sum(&there, "to_second_km2") - sum(&back, "to_first_km2")).abs() < 0.01);
}

#[test]
fn a_source_is_no_distance_from_itself() {
    for row in shipped("border compare osm-2017 osm-2017 --pair AM-GE") {
        for key in ["hausdorff_m", "mean_m", "p95_m", "sliver_km2"] {
            assert!(number(&row, key).abs() < 0.01, "{key}: {row}");
        }
    }
}

#[test]
fn the_measured_offsets_are_found_again() {
    // Measured when the data was made, by another program in a projection: points every 20 m, as here.
    let measured = shipped("border offsets --pair AM-GE --source wdb2");
    let compared = shipped("border compare wdb2 osm-2026 --pair AM-GE");
    let (measured, compared) = (&measured[0], &compared[0]);
    let (p95, found) = (number(measured, "p95_m"), number(compared, "p95_m"));
    assert!((p95 - found).abs() < 0.005 * p95, "{p95} {found}");
}

#[test]
fn parallel_lines_of_another_region_are_as_far_apart_as_they_are() {
    // `survey` has the border on 51.5° N with a vertex each 0.1°, `atlas` on 51.49° N as one edge, which is a geodesic and so lies north of its
    // parallel in the middle: furthest at the ends, where 0.01° of latitude are 1112.58 m.
    let rows = json(
        &world("lowlands"),
        "border compare survey atlas --pair BE-NL",
    );
    let rows = rows.as_array().expect("rows");
    let main = rows
        .iter()
        .find(|row| row["part"] == "main")
        .expect("the main part");
    assert!(
        (number(main, "hausdorff_m") - 1112.58).abs() < 0.5,
        "{main}"
    );
    assert!(number(main, "mean_m") < number(main, "hausdorff_m") - 20.0);
}

//! `status --points` in every form, and the history of a segment.

use std::fmt::Write as _;

use crate::program::Scratch;
use crate::program::answer;
use crate::program::run_on;
use crate::program::run_with_input;
use crate::program::world;

const POINTS: [(f64, f64); 4] = [(4.2, 51.3), (4.2, 51.5), (4.5, 51.75), (5.7, 51.75)];

fn csv() -> String {
    let mut text = "id,lon,lat\n".to_owned();
    for (number, (lon, lat)) in POINTS.iter().enumerate() {
        let _ = writeln!(text, "p{number},{lon},{lat}");
    }
    text
}

fn features() -> Vec<String> {
    let feature = |(number, (lon, lat)): (usize, &(f64, f64))| {
        format!(
            "{{\"type\":\"Feature\",\"id\":\"p{number}\",\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{lon},{lat}]}},\"properties\":{{}}}}"
        )
    };
    POINTS.iter().enumerate().map(feature).collect()
}

fn collection() -> String {
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        features().join(",\n")
    )
}

#[test]
fn every_form_of_the_same_points_has_the_same_answers() {
    let scratch = Scratch::new();
    let lowlands = world("lowlands");
    let lines = features().join("\n") + "\n";
    let sequence = format!("\u{1e}{}\n", features().join("\n\u{1e}"));
    let files = [
        scratch.write("points.csv", csv()),
        scratch.write("points.geojson", collection()),
        scratch.write("points.json", collection()),
        scratch.write("lines.json", &lines),
        scratch.write("points.geojsonl", &lines),
        scratch.write("points.ndjson", &lines),
        scratch.write("points.geojsons", &sequence),
    ];
    let line = |file: &std::path::Path| format!("status --points {} --keep id", file.display());
    let expected = answer(&lowlands, &line(&files[0]));
    assert!(
        expected.starts_with("id,lon,lat,as_of,") && expected.lines().count() == 5,
        "{expected}"
    );
    assert!(
        expected
            .lines()
            .nth(1)
            .is_some_and(|row| row.starts_with("p0,4.2,51.3,"))
    );
    for file in &files {
        assert_eq!(
            answer(&lowlands, &line(file)),
            expected,
            "{}",
            file.display()
        );
    }
    for input in [csv(), collection(), lines, sequence] {
        let said = run_with_input(&lowlands, "status --points - --keep id", input.as_bytes());
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{input}");
        assert_eq!(said.out, expected, "{input}");
    }
}

#[test]
fn newline_delimited_features_read_as_one_collection() {
    let scratch = Scratch::new();
    let lowlands = world("lowlands");
    let file = scratch.write("points.csv", csv());
    let ask = |format: &str| {
        answer(
            &lowlands,
            &format!("status --points {} --format {format}", file.display()),
        )
    };
    let lines = ask("geojsonl");
    assert_eq!(lines.lines().count(), POINTS.len());
    let whole: serde_json::Value = serde_json::from_str(&ask("geojson")).expect("a collection");
    let one_by_one: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("a feature"))
        .collect();
    assert_eq!(whole["features"], serde_json::Value::Array(one_by_one));
    // What was written can be asked again.
    let again = scratch.write("again.geojsonl", &lines);
    let said = run_on(&lowlands, &format!("status --points {}", again.display()));
    assert_eq!((said.code, said.out.lines().count()), (0, 5));
}

#[test]
fn a_bad_row_is_told_with_its_line_and_the_rest_is_answered_in_order() {
    let lowlands = world("lowlands");
    let (good, bad) = (
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.2,51.3]},\"properties\":{}}",
        "{\"type\":\"Feature\"",
    );
    let lines = format!("{good}\n{bad}\n\n[1]\n{good}\n");
    let said = run_with_input(
        &lowlands,
        "status --points - --points-format geojsonl",
        lines.as_bytes(),
    );
    assert_eq!(
        (said.code, said.out.lines().count()),
        (1, 3),
        "{}",
        said.out
    );
    assert!(
        said.err.contains("-: line 2: ") && said.err.contains("-: line 4: "),
        "{}",
        said.err
    );
    let text = "lon,lat\n4.2,51.3\nx,51\n4.2,99\n\"4.2\n4.2,51.5\n";
    let said = run_with_input(&lowlands, "status --points -", text.as_bytes());
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("line 3: `x`") && said.err.contains("line 4: 4.2, 99"),
        "{}",
        said.err
    );
}

#[test]
fn a_line_is_counted_whatever_ends_it_and_wherever_blank_ones_are() {
    let lowlands = world("lowlands");
    for (text, line) in [
        ("lon,lat\r\n4.2,51.3\r\nx,51\r\n", 3),
        ("lon,lat\n\n\nx,51\n", 4),
        ("\u{feff}lon,lat\n4.2,51.3\nx,51", 3),
        ("lon,lat\r\n\r\nx,51", 3),
    ] {
        let said = run_with_input(&lowlands, "status --points -", text.as_bytes());
        assert!(
            said.err.contains(&format!("-: line {line}: `x`")),
            "{text:?}: {}",
            said.err
        );
    }
}

#[test]
fn what_a_stream_cannot_be_asked_is_refused_before_anything_is_written() {
    let lowlands = world("lowlands");
    let far = run_with_input(
        &lowlands,
        "status --points - --system EPSG:4326",
        b"lon,lat\n200,40\n45,400\n",
    );
    assert_eq!((far.code, far.out.lines().count()), (1, 1), "{}", far.out);
    for (line, words) in [
        ("status --points - --keep lon", "two columns"),
        (
            "status --points - --keep segment --format json",
            "two columns",
        ),
        ("status --points - --keep name", "no column `name`"),
        ("status --points - --format flatgeobuf", "stream"),
        (
            "status --points - --system EPSG:28408",
            "unknown coordinate system",
        ),
    ] {
        let said = run_with_input(&lowlands, line, b"lon,lat\n4.2,51.3\n");
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{line}");
        assert!(said.err.contains(words), "{line}: {}", said.err);
    }
}

#[test]
fn many_points_have_the_answers_that_each_has_alone() {
    let lowlands = world("lowlands");
    let scratch = Scratch::new();
    let mut text = "lon,lat\n".to_owned();
    // Close together and far away, so that cells of the grid are shared, cut by outlines, and left behind.
    for step in 0..240_u32 {
        let (lon, lat) = (
            3.5 + 0.0131 * f64::from(step),
            51.2 + 0.0047 * f64::from(step % 160),
        );
        let _ = writeln!(text, "{lon:.4},{lat:.4}");
    }
    let file = scratch.write("points.csv", &text);
    let all = answer(
        &lowlands,
        &format!("status --points {} --format json", file.display()),
    );
    for (row, point) in all.lines().zip(text.lines().skip(1)).step_by(7) {
        let alone = answer(&lowlands, &format!("status --at {point} --format json"));
        let [row, alone]: [serde_json::Value; 2] =
            [row, &alone].map(|text| serde_json::from_str(text).expect("JSON"));
        assert_eq!(row, alone, "{point}");
    }
}

#[test]
fn the_history_ends_with_what_status_says() {
    let line = "status --segment am-az-n03-kirants --history --format json";
    let said = crate::program::run(line.split(' '));
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let rows: Vec<serde_json::Value> = serde_json::from_str(&said.out).expect("rows");
    let dates: Vec<&str> = rows.iter().filter_map(|row| row["date"].as_str()).collect();
    assert!(dates.is_sorted() && dates.len() > 10);
    let now = crate::program::run("status --segment am-az-n03-kirants --format json".split(' '));
    let now: serde_json::Value = serde_json::from_str(&now.out).expect("JSON");
    for axis in ["stage", "agreement", "basis"] {
        let last = rows
            .iter()
            .rev()
            .find(|row| row["axis"] == axis)
            .expect("a claim");
        assert_eq!(last["then"], now["status"][axis], "{axis}");
    }
    // The protocol of 15 May 2024 made the segment delimited.
    let day = |row: &&serde_json::Value| {
        row["date"] == "2024-05-15" && row["axis"] == "stage" && row["event"] == "begins"
    };
    assert_eq!(
        rows.iter().find(day).expect("the protocol")["then"],
        "delimited"
    );
    let said = crate::program::run("status --at 45,40 --history".split(' '));
    assert_eq!(said.code, 2, "{}", said.err);
}

#[test]
fn a_dispute_that_is_smaller_than_the_error_is_said_to_be() {
    let ask = |source: &str| {
        let line = format!("border disputes --pair AM-AZ --source {source} --format json");
        let said = crate::program::run(line.split(' '));
        assert_eq!((said.code, said.err.as_str()), (0, ""));
        let rows: Vec<serde_json::Value> = serde_json::from_str(&said.out).expect("rows");
        rows
    };
    for source in ["osm-2026", "wdb2"] {
        for row in ask(source) {
            let verdict = row["verdict"].as_str();
            let expected = row["across_m"].as_f64().map(|across| {
                if across > row["error_m"].as_f64().expect("an error") {
                    "distinguishable"
                } else {
                    "within_error"
                }
            });
            assert_eq!(verdict, expected, "{row}");
        }
    }
    let karki = |source: &str| {
        ask(source)
            .into_iter()
            .find(|row| row["dispute"] == "karki")
            .expect("karki")
    };
    assert_eq!(karki("osm-2026")["verdict"], "distinguishable");
    // 19 km² as a circle are 4.9 km across.
    assert!((karki("osm-2026")["across_m"].as_f64().expect("a width") - 4_918.0).abs() < 1.0);
}

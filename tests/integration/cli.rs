//! The command line: wrong arguments, streams, pipes and files.

use std::fmt::Write as _;
use std::fs;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::program::Said;
use crate::program::Scratch;
use crate::program::araxes;
use crate::program::run;
use crate::program::run_on;
use crate::program::run_with_input;
use crate::program::world;

/// Wrong arguments, and what must be told about them.
const WRONG: [(&str, &str); 26] = [
    ("", "Usage: araxes"),
    ("borders", "unrecognized subcommand 'borders'"),
    ("status", "--at <LON,LAT>"),
    ("status --at 4.2,51.2 --place gent", "cannot be used with"),
    ("status --at 51.2", "give longitude and latitude in degrees"),
    ("status --at 4.2,95", "longitude comes first"),
    ("status --at NaN,51", "longitude is -180 to 180"),
    ("status --km BE-NL", "PAIR:KM"),
    ("status --km BE:5", "is no pair of states"),
    ("status --km BE-NL:far", "`far` is no number of kilometres"),
    ("status --place", "a value is required"),
    (
        "status --at 4,51 --on 1839",
        "is no date between 1900 and 2199",
    ),
    (
        "status --at 4,51 --on 2023-02-30",
        "is no date between 1900 and 2199",
    ),
    (
        "status --at 4,51 --view Belgium",
        "is no state or territory code",
    ),
    (
        "border lengths --format xml",
        "possible values: table, json, csv, geojson",
    ),
    ("border lengths --pair BE-BE", "is no pair of states"),
    ("border lengths --pair BE-ZA", "unknown border `BE-ZA`"),
    (
        "border lengths --source surveys",
        "unknown boundary source `surveys`",
    ),
    (
        "status --segment be-nl-midle",
        "unknown segment `be-nl-midle`; did you mean `be-nl-middle`?",
    ),
    (
        "corridors show directt",
        "unknown corridor `directt`; did you mean `direct`?",
    ),
    ("scenarios show reopenn", "did you mean `reopen`?"),
    ("transit --from gent", "--to <NODE>"),
    (
        "transit --from gent --to breda --limit some",
        "invalid value 'some'",
    ),
    ("map overview --width 5 --output x.svg", "600..=6000"),
    ("status --points nowhere.csv", "cannot read nowhere.csv"),
    ("status --points points.txt", "points.txt"),
];

#[test]
fn wrong_arguments_are_told_with_code_two() {
    for (line, told) in WRONG {
        let said = run_on(&world("lowlands"), line);
        assert_eq!(
            (said.code, said.out.as_str()),
            (2, ""),
            "{line}: {}",
            said.err
        );
        assert!(said.err.contains(told), "{line}: {}", said.err);
        assert!(!said.err.contains("panicked"), "{line}: {}", said.err);
    }
}

#[test]
fn rows_without_a_place_cannot_be_geojson() {
    let said = run_on(&world("lowlands"), "scenarios list --format geojson");
    assert_eq!(
        (said.code, said.err.as_str()),
        (
            2,
            "error: --format geojson: these rows have no place; use json\n"
        )
    );
}

#[test]
fn a_date_may_be_a_year_or_a_month() {
    for on in ["2020", "2020-06", "2020-06-30"] {
        let said = run_on(
            &world("lowlands"),
            &format!("status --at 4.2,51.2 --on {on} --format json"),
        );
        let row: Value = serde_json::from_str(&said.out).expect("JSON");
        assert_eq!(row["as_of"], on);
    }
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    let scratch = Scratch::new();
    let mut text = "lon,lat\n".to_owned();
    for number in 0..60_000 {
        let _ = writeln!(text, "{},51.3", 4.0 + f64::from(number) * 1e-5);
    }
    let points = scratch.write("points.csv", text);
    let mut child = araxes()
        .args(["status", "--points"])
        .arg(&points)
        .arg("--geodata")
        .arg(world("lowlands"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
    let mut first = String::new();
    stdout.read_line(&mut first).expect("a line");
    assert!(first.starts_with("lon,lat,"));
    drop(stdout);
    let mut told = String::new();
    child
        .stderr
        .take()
        .expect("its errors")
        .read_to_string(&mut told)
        .expect("text");
    assert_eq!(
        (child.wait().expect("an end").code(), told.as_str()),
        (Some(0), "")
    );
}

#[test]
fn output_goes_to_a_file_whole_or_not_at_all() {
    let scratch = Scratch::new();
    let lengths = |output: &std::path::Path| -> Said {
        let mut command = araxes();
        command
            .args(["border", "lengths", "--format", "csv", "--output"])
            .arg(output);
        command
            .arg("--geodata")
            .arg(world("lowlands"))
            .output()
            .expect("a run")
            .into()
    };
    let printed = run_on(&world("lowlands"), "border lengths --format csv").out;
    let said = lengths(&scratch.join("lengths.csv"));
    assert_eq!(
        (said.code, said.out.as_str(), said.err.as_str()),
        (0, "", "")
    );
    assert_eq!(
        fs::read_to_string(scratch.join("lengths.csv")).expect("the file"),
        printed
    );
    assert_eq!(lengths("-".as_ref()).out, printed);
    // Written again, it is replaced.
    scratch.write("lengths.csv", "old");
    assert_eq!(lengths(&scratch.join("lengths.csv")).code, 0);
    assert_eq!(
        fs::read_to_string(scratch.join("lengths.csv")).expect("the file"),
        printed
    );
    let missing = lengths(&scratch.join("nowhere/lengths.csv"));
    let folder = scratch.join("nowhere");
    assert_eq!(missing.code, 2);
    assert_eq!(
        missing.err,
        format!(
            "error: --output: there is no folder `{}`; make it first\n",
            folder.display()
        )
    );
    let is_folder = lengths(scratch.path());
    assert_eq!(is_folder.code, 2);
    assert_eq!(
        is_folder.err,
        format!(
            "error: --output: `{}` is a folder; name a file\n",
            scratch.path().display()
        )
    );
    assert_eq!(scratch.names(), ["lengths.csv"]);
}

#[test]
fn a_stream_that_breaks_off_leaves_the_old_file() {
    let scratch = Scratch::new();
    scratch.write("out.csv", "old");
    scratch.write("points.csv", "longitude\n4.2\n");
    let said: Said = araxes()
        .args(["status", "--points"])
        .arg(scratch.join("points.csv"))
        .arg("--output")
        .arg(scratch.join("out.csv"))
        .arg("--geodata")
        .arg(world("lowlands"))
        .output()
        .expect("a run")
        .into();
    assert_eq!(said.code, 2, "{}", said.err);
    assert_eq!(
        fs::read_to_string(scratch.join("out.csv")).expect("the file"),
        "old"
    );
    assert_eq!(scratch.names(), ["out.csv", "points.csv"]);
}

/// Answers points on standard input.
fn points(input: &str, flags: &str) -> Said {
    run_with_input(
        &world("lowlands"),
        &format!("status --points - {flags}"),
        input.as_bytes(),
    )
}

/// Longitudes of answered points, which stand first in each row.
fn answered(said: &Said) -> Vec<String> {
    let rows = said.out.lines().skip(1);
    rows.map(|row| row.split(',').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn points_are_answered_in_order_whatever_their_columns_and_line_ends() {
    for input in [
        "lon,lat\n4.1,51.2\n4.2,51.3\n",
        "lon,lat\r\n4.1,51.2\r\n4.2,51.3\r\n",
        "lat,name,lon\n51.2,one,4.1\n51.3,\"two, or so\",4.2",
        "Longitude, Latitude\n 4.1 , 51.2 \n4.2,51.3\n\n",
        "lng,lat\n4.1,51.2\n4.2,51.3\n",
    ] {
        let said = points(input, "");
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{input:?}");
        assert_eq!(answered(&said), ["4.1", "4.2"], "{input:?}");
    }
}

#[test]
fn points_in_a_file_of_a_spreadsheet_with_a_byte_order_mark_are_read() {
    let said = points("\u{feff}lon,lat\n4.1,51.2\n", "");
    assert_eq!(
        (said.code, said.err.as_str(), answered(&said)),
        (0, "", vec!["4.1".to_owned()])
    );
}

#[test]
fn a_bad_row_is_told_with_its_line_and_the_rest_is_answered() {
    let input = "lon,lat\n4.1,51.2\nfour,51.2\n4.2,95\n4.3\n4.4,51.2\nNaN,1\n";
    let said = points(input, "");
    assert_eq!(said.code, 1);
    assert_eq!(answered(&said), ["4.1", "4.4"]);
    assert_eq!(
        said.err,
        "error: -: line 3: `four` is no longitude in degrees\n\
         error: -: line 4: 4.2, 95 is no longitude, latitude in degrees\n\
         error: -: line 5: `` is no latitude in degrees\n\
         error: -: line 7: NaN, 1 is no longitude, latitude in degrees\n"
    );
}

#[test]
fn points_without_the_columns_or_without_anything_are_told() {
    for input in ["", "x,y\n4.1,51.2\n", "lon\n4.1\n"] {
        let said = points(input, "");
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{input:?}");
        assert_eq!(
            said.err, "error: -: line 1: the header needs the columns `lon` and `lat`\n",
            "{input:?}"
        );
    }
    let said = points("lon,lat\n", "");
    assert_eq!(
        (said.code, said.out.lines().count(), said.err.as_str()),
        (0, 1, "")
    );
}

#[test]
fn points_of_geojson_are_answered_and_bad_features_told() {
    let scratch = Scratch::new();
    let feature =
        |geometry: &str| format!(r#"{{"type":"Feature","properties":{{}},"geometry":{geometry}}}"#);
    let collection = |features: &[String]| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{}]}}"#,
            features.join(",")
        )
    };
    let ask = |text: &str| -> Said {
        let file = scratch.write("points.geojson", text);
        let mut command = araxes();
        command
            .args(["status", "--points"])
            .arg(file)
            .arg("--geodata")
            .arg(world("lowlands"));
        command.output().expect("a run").into()
    };
    let place = feature(r#"{"type":"Point","coordinates":[4.1,51.2]}"#);
    let high = feature(r#"{"type":"Point","coordinates":[4.2,51.2,12.5]}"#);
    let said = ask(&collection(&[place.clone(), high.clone()]));
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(answered(&said), ["4.1", "4.2"]);
    let line = feature(r#"{"type":"LineString","coordinates":[[4.1,51.2],[4.2,51.2]]}"#);
    let said = ask(&collection(&[place, line, feature("null"), high]));
    assert_eq!(
        (said.code, answered(&said)),
        (1, vec!["4.1".to_owned(), "4.2".to_owned()])
    );
    let told: Vec<&str> = said.err.lines().collect();
    assert_eq!(told.len(), 2, "{}", said.err);
    assert!(
        told.iter().all(|line| line.contains("is no Point")),
        "{}",
        said.err
    );
    let mixed = collection(&[
        "5".to_owned(),
        feature(r#"{"type":"Dot"}"#),
        feature(r#"{"type":"Point","coordinates":[4.3,51.2]}"#),
    ]);
    let said = ask(&mixed.replace("},{", "},\n{"));
    assert_eq!((said.code, answered(&said)), (1, vec!["4.3".to_owned()]));
    assert_eq!(said.err.lines().count(), 2, "{}", said.err);
    assert!(
        said.err.contains("points.geojson: line 1: is no feature: "),
        "{}",
        said.err
    );
    // A collection may say more than its features, and say it first.
    let more = collection(&[feature(r#"{"type":"Point","coordinates":[4.3,51.2]}"#)]).replacen(
        '{',
        r#"{"bbox":[4,51,5,52],"name":"features [","#,
        1,
    );
    assert_eq!(answered(&ask(&more)), ["4.3"]);
}

#[test]
fn a_file_of_points_that_is_cut_off_is_refused_and_no_file_is_kept() {
    let place = r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[4.1,51.2]}}"#;
    let start = r#"{"type":"FeatureCollection","features":["#;
    for (text, told) in [
        (start.to_owned(), "is cut off in line 1"),
        (format!("{start}{place},\n"), "is cut off in line 2"),
        (format!("{start}{place}]"), "is cut off in line 1"),
        (
            format!("{start}{place}]}} more"),
            "goes on after its end, in line 1",
        ),
        (
            place.to_owned(),
            "has no `features`: a FeatureCollection is expected",
        ),
        (
            "[]".to_owned(),
            "is no JSON object: a FeatureCollection is expected",
        ),
        (String::new(), "is empty"),
    ] {
        let scratch = Scratch::new();
        let file = scratch.write("points.geojson", &text);
        let mut command = araxes();
        command
            .args(["status", "--points"])
            .arg(&file)
            .arg("--output")
            .arg(scratch.join("out.csv"));
        let said: Said = command
            .arg("--geodata")
            .arg(world("lowlands"))
            .output()
            .expect("a run")
            .into();
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{text}");
        assert_eq!(
            said.err,
            format!("error: cannot read {}: {told}\n", file.display())
        );
        assert_eq!(scratch.names(), ["points.geojson"]);
    }
}

#[test]
fn a_stream_in_each_format_can_be_read_again() {
    let input = "lon,lat\n4.1,51.2\n4.5,51.75\n";
    let lines: Vec<Value> = points(input, "--format json")
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("one object a line"))
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["territory"], "NL");
    let collection: Value =
        serde_json::from_str(&points(input, "--format geojson").out).expect("JSON");
    assert_eq!(collection["features"].as_array().map(Vec::len), Some(2));
    let mut reader =
        csv::Reader::from_reader(std::io::Cursor::new(points(input, "--format csv").out));
    assert_eq!(reader.records().flatten().count(), 2);
    let empty: Value =
        serde_json::from_str(&points("lon,lat\n", "--format geojson").out).expect("JSON");
    assert_eq!(empty["features"].as_array().map(Vec::len), Some(0));
}

/// The most memory in kB that a process has had so far.
#[cfg(target_os = "linux")]
fn peak_kb(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("its status");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .expect("its peak");
    line.split_whitespace()
        .nth(1)
        .and_then(|kb| kb.parse().ok())
        .expect("a number")
}

/// Many points need no more memory than few: the peak is read twice while one process works.
#[test]
#[cfg(target_os = "linux")]
fn a_stream_of_points_is_answered_in_bounded_memory() {
    const POINTS: u32 = 400_000;
    let mut child = araxes()
        .env("RAYON_NUM_THREADS", "2")
        .args(["status", "--points", "-", "--format", "csv", "--geodata"])
        .arg(world("lowlands"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let process = child.id();
    let mut stdin = child.stdin.take().expect("its input");
    let mut rows = BufReader::new(child.stdout.take().expect("its output")).lines();
    let (early, late, answered) = std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut text = "lon,lat\n".to_owned();
            for number in 0..POINTS {
                let (column, row) = (f64::from(number % 1000), f64::from(number / 1000));
                let _ = writeln!(text, "{},{}", 4.0 + column / 500.0, 51.0 + row / 400.0);
            }
            stdin.write_all(text.as_bytes()).expect("all points taken");
        });
        let mut take = |count: u32| (0..count).filter(|_| rows.next().is_some()).count();
        let first = take(60_000);
        let early = peak_kb(process);
        let more = take(320_000 - 40_000);
        let late = peak_kb(process);
        let rest = take(POINTS);
        (early, late, first + more + rest)
    });
    assert!(child.wait().expect("an end").success());
    assert_eq!(
        answered,
        POINTS as usize + 1,
        "a header and a row for each point"
    );
    assert!(
        late < early + 16_384,
        "{early} kB after 60,000 points, {late} kB after 340,000"
    );
}

#[test]
fn the_version_is_that_of_the_package() {
    let said = run(["--version"]);
    assert_eq!(
        (said.code, said.out.as_str()),
        (0, concat!("araxes ", env!("CARGO_PKG_VERSION"), "\n"))
    );
}

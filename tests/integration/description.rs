//! `border check` and `border describe`: laws on the small worlds and the shipped sources, another program's geodesics, and bad texts.

use std::fmt::Write as _;
use std::fs;

use araxes::analysis::description;
use araxes::analysis::description::Value;
use araxes::analysis::description::Verdict;
use araxes::dataset::Geodata;
use araxes::dataset::load;
use serde_json::Value as Json;

use crate::golden::settings;
use crate::program::Said;
use crate::program::Scratch;
use crate::program::answer;
use crate::program::fixture;
use crate::program::run;
use crate::program::run_on;
use crate::program::run_with_input;
use crate::program::world;

fn sample(name: &str) -> String {
    let path = fixture("descriptions").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn check(name: &str, text: &str, line: &str) -> Said {
    run_with_input(
        &world(name),
        &format!("border check - {line}"),
        text.as_bytes(),
    )
}

fn rows(said: &Said) -> Vec<Json> {
    assert_eq!(said.err, "");
    serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {}", said.out))
}

#[test]
fn what_is_described_agrees_with_the_line_it_was_drawn_from_on_every_world() {
    let mut seen = 0;
    for (name, pairs) in [
        ("lowlands", &["BE-NL", "BE-DE", "DE-NL"][..]),
        ("mountain", &["LS-ZA"]),
        ("pair", &["FR-LU"]),
    ] {
        for pair in pairs {
            let lengths = answer(
                &world(name),
                &format!("border lengths --pair {pair} --format json"),
            );
            let lengths: Vec<Json> = serde_json::from_str(&lengths).expect("rows");
            for row in lengths.iter().filter(|row| row["part"] != "all") {
                let part = row["part"].as_str().expect("a part");
                let source = row["source"].as_str().expect("a source");
                for tolerance in [
                    "",
                    "--tolerance 0",
                    "--tolerance 250.5",
                    "--tolerance 100000",
                ] {
                    let mut command = crate::program::araxes();
                    command.args([
                        "border", "describe", "--pair", pair, "--part", part, "--source", source,
                    ]);
                    command
                        .args(tolerance.split_whitespace())
                        .arg("--geodata")
                        .arg(world(name));
                    let said: Said = command.output().expect("a run").into();
                    let about = format!("{name} {pair} {part} {source} {tolerance}");
                    assert_eq!((said.code, said.err.as_str()), (0, ""), "{about}");
                    let parsed = description::parse(&said.out)
                        .unwrap_or_else(|faults| panic!("{about}: {}", faults.in_file("text")));
                    assert_eq!(parsed.description.to_string(), said.out, "{about}");
                    let found = check(
                        name,
                        &said.out,
                        &format!("--pair {pair} --source {source} --format json"),
                    );
                    let disagreeing: Vec<Json> = rows(&found)
                        .into_iter()
                        .filter(|row| row["verdict"] != "agrees")
                        .collect();
                    assert_eq!(
                        (found.code, disagreeing.as_slice()),
                        (0, &[][..]),
                        "{about}\n{}",
                        said.out
                    );
                    seen += 1;
                }
            }
        }
    }
    assert!(seen >= 40, "only {seen} lines were described");
}

#[test]
fn what_is_described_of_the_shipped_lines_agrees_in_every_system() {
    let scratch = Scratch::new();
    for (line, source) in [
        ("--segment am-az-n03-kirants", "osm-2026"),
        ("--segment am-az-n03-kirants --tolerance 40", "osm-2026"),
        ("--segment am-az-ring-artsvashen", "osm-2017"),
        ("--segment am-ge-main --tolerance 500", "natural-earth-10m"),
    ] {
        for system in [
            "",
            "--system EPSG:28408",
            "--system EPSG:4284",
            "--system EPSG:28408 --operation EPSG:1808",
        ] {
            let described = run(
                format!("border describe {line} --source {source} {system}").split_whitespace()
            );
            assert_eq!(
                (described.code, described.err.as_str()),
                (0, ""),
                "{line} {system}"
            );
            let file = scratch.write("described.txt", &described.out);
            let segment = line.split_whitespace().nth(1).expect("a segment");
            let found = run([
                "border",
                "check",
                &file.display().to_string(),
                "--segment",
                segment,
                "--source",
                source,
                "--format",
                "json",
            ]);
            let found_rows = rows(&found);
            let disagreeing: Vec<&Json> = found_rows
                .iter()
                .filter(|row| row["verdict"] != "agrees")
                .collect();
            assert!(
                found.code == 0 && disagreeing.is_empty(),
                "{line} {system}: {disagreeing:?}"
            );
            assert!(found_rows.len() > 8, "{line} {system}");
        }
    }
}

#[test]
fn leaving_the_datum_operation_out_is_no_agreement() {
    // The same numbers read by another published operation lie metres away: beyond what the text allows, within what is known.
    let described =
        run("border describe --segment am-az-n03-kirants --system EPSG:28408".split_whitespace());
    let scratch = Scratch::new();
    let file = scratch
        .write("described.txt", &described.out)
        .display()
        .to_string();
    let line = [
        "border",
        "check",
        &file,
        "--segment",
        "am-az-n03-kirants",
        "--format",
        "json",
        "--operation",
    ];
    let found = run(line.into_iter().chain(["EPSG:1808"]));
    let positions: Vec<Json> = rows(&found)
        .into_iter()
        .filter(|row| row["check"] == "position")
        .collect();
    assert!(
        positions
            .iter()
            .all(|row| row["verdict"] != "differs" && row["operation"] == "EPSG:1808")
    );
    let off = positions
        .iter()
        .filter(|row| row["verdict"] == "within_error");
    assert!(10 * off.count() > 9 * positions.len(), "{positions:?}");
    // The operations are 5.6 m apart, of which the part across the line shows.
    let off = positions
        .iter()
        .map(|row| row["difference"].as_f64().expect("metres"));
    let most = off.fold(0.0, f64::max);
    assert!((4.0..7.0).contains(&most), "{most} m");
    let refused = run(line.into_iter().chain(["none"]));
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("leave the datum shift out"),
        "{}",
        refused.err
    );
}

#[test]
fn azimuths_and_distances_are_those_of_another_program() {
    // `geodesics.csv` was made with the `geographiclib` package of Python; see the README beside it.
    let world = load(&Geodata::Folder(world("pair"))).expect("a world");
    let mut seen = 0;
    for line in sample("geodesics.csv").lines().skip(1) {
        let [lat1, lon1, lat2, lon2, azimuth, distance] = line.split(',').collect::<Vec<_>>()[..]
        else {
            panic!("{line}");
        };
        let text = format!(
            "point a at latitude {lat1}, longitude {lon1}\nstraight, azimuth {azimuth}, distance {distance} m\n\
             point b at latitude {lat2}, longitude {lon2}\n"
        );
        let parsed = description::parse(&text).expect("a description");
        let asked = |parsed| description::Asked {
            parsed,
            file: "text",
            operation: None,
            tolerance_m: None,
            against: None,
        };
        let outcome = description::check(&world, &asked(&parsed)).expect("an outcome");
        assert_eq!(outcome.count(Verdict::Agrees), 2, "{line}: {outcome:?}");
        let number = |text: &str| text.parse::<f64>().expect("a number");
        for (one, (stated, digits)) in outcome
            .checked
            .iter()
            .zip([(number(azimuth), 1e-5), (number(distance), 1e-3)])
        {
            let Some(Value::Number(found)) = one.row.found else {
                panic!("{line}")
            };
            assert!((found - stated).abs() <= digits, "{line}: {found}");
        }
        // The other way around: azimuth and distance lead to the second place.
        let reckoned = text.replace(&format!(" at latitude {lat2}, longitude {lon2}"), "");
        let parsed = description::parse(&reckoned).expect("a description");
        let located = description::locate(&world, &parsed, "text", None).expect("places");
        let at = located.places[1].at;
        let off = araxes::geodesy::distance(
            at,
            geo::Coord {
                x: number(lon2),
                y: number(lat2),
            },
        )
        .m();
        // Nine decimals of the azimuth are 0.2 mm at the antipodes.
        assert!(off < 1e-3, "{line}: {off} m");
        seen += 1;
    }
    assert!(seen > 100);
}

#[test]
fn each_mistake_of_the_faulty_text_is_found_and_nothing_else() {
    let found = check(
        "lowlands",
        &sample("lowlands-faulty.txt"),
        "--pair BE-NL --format json",
    );
    assert_eq!(found.code, 1);
    let differing: Vec<String> = rows(&found)
        .iter()
        .filter(|row| row["verdict"] == "differs")
        .map(|row| {
            format!(
                "{} {}",
                row["item"].as_str().unwrap_or_default(),
                row["check"].as_str().unwrap_or_default()
            )
        })
        .collect();
    let expected = [
        "leg 1–2 azimuth",
        "leg 2–3 least length",
        "leg 2–3 length",
        "leg 3–4 distance",
        "leg 3–4 straightness",
        "point 4 position",
        "point 5 order",
        "whole sides",
        "whole order",
    ];
    assert_eq!(differing, expected);
    // 0.01° of latitude at 51.5° N are 1112.58 m, and the point lies to the north, which is left on the way east.
    let rows = rows(&found);
    let point = rows
        .iter()
        .find(|row| row["item"] == "point 4" && row["check"] == "position")
        .expect("a row");
    assert!(
        (point["difference"].as_f64().expect("metres") - 1112.58).abs() < 0.1,
        "{point}"
    );
    assert_eq!(point["side"], "left");
}

#[test]
fn a_tolerance_decides_what_differs() {
    let text = "point 1 at latitude 51.5010000, longitude 4.1000000\nstraight\npoint 2 at latitude 51.5010000, longitude 4.3000000\n";
    for (line, code, verdict) in [
        ("", 1, "differs"),
        ("--tolerance 105", 0, "within_error"),
        ("--tolerance 120", 0, "agrees"),
    ] {
        let found = check(
            "lowlands",
            text,
            &format!("--pair BE-NL --format json {line}"),
        );
        let first = &rows(&found)[0];
        assert_eq!(
            (found.code, &first["verdict"]),
            (code, &Json::from(verdict)),
            "{line}: {first}"
        );
    }
}

#[test]
fn golden_answers() {
    for (name, file, line) in [
        ("border-check", "lowlands.txt", "--pair BE-NL"),
        ("border-check-faulty", "lowlands-faulty.txt", "--pair BE-NL"),
        (
            "border-check-json",
            "lowlands-faulty.txt",
            "--segment be-nl-west --format json",
        ),
        (
            "border-check-geojson",
            "lowlands.txt",
            "--pair BE-NL --format geojson",
        ),
        ("border-check-csv", "traverse.txt", "--format csv"),
        ("border-check-itself", "traverse.txt", ""),
    ] {
        let said = check("lowlands", &sample(file), line);
        assert_eq!(said.err, "", "{file}");
        settings(&format!("border check {file} {line}"))
            .bind(|| insta::assert_snapshot!(name, said.out));
    }
    let line = "border describe --pair BE-NL --part main";
    let text = answer(&world("lowlands"), line);
    settings(line).bind(|| insta::assert_snapshot!("border-describe", text));
}

#[test]
fn every_loose_form_is_printed_in_the_canonical_one() {
    let parsed = description::parse(&sample("forms.txt"))
        .unwrap_or_else(|faults| panic!("{}", faults.in_file("forms.txt")));
    let text = parsed.description.to_string();
    settings("description::parse forms.txt")
        .bind(|| insta::assert_snapshot!("description-forms", text));
    assert_eq!(
        description::parse(&text).map(|again| again.description),
        Ok(parsed.description)
    );
}

/// Texts that are no descriptions, and what is said of them.
const BAD: [(&str, &str, &str); 24] = [
    ("empty", "", "and here is none"),
    (
        "one-point",
        "point 1 at latitude 51, longitude 4\n",
        "and here is one",
    ),
    (
        "word",
        "point 1 at latitude 51, longitude 4\nstraight, distance abc\n",
        "2:20: expected a number of metres or kilometres after `distance`, not `abc`",
    ),
    (
        "nan",
        "point 1 at latitude NaN, longitude 4\n",
        "1:21: expected a number of degrees after `latitude`, not `NaN`",
    ),
    (
        "infinite",
        "point 1 at latitude 51, longitude inf\n",
        "1:35: expected a number of degrees after `longitude`, not `inf`",
    ),
    (
        "huge",
        "length 1e400 km\n",
        "expected `m` or `km` after the number, not `e400`",
    ),
    (
        "large",
        "length 99999999999 km\n",
        "a number of at most a thousand million",
    ),
    (
        "digits",
        "length 1.00000000000000001 km\n",
        "at most 12 decimals",
    ),
    ("zero", "length 0 km\n", "a length above zero"),
    ("negative", "tolerance -5 m\n", "a length is not below zero"),
    (
        "unit",
        "length 5 miles\n",
        "expected `m` or `km` after the number, not `miles`",
    ),
    (
        "comma",
        "length 5,8 km\n",
        "decimals stand behind a point, not a comma",
    ),
    (
        "exchanged",
        "point 1 at latitude 104.5, longitude 4\n",
        "are latitude and longitude exchanged?",
    ),
    (
        "letter",
        "point 1 at latitude 51°30'E, longitude 4\n",
        "a latitude ends in N or S",
    ),
    (
        "sixty",
        "point 1 at latitude 51°60'N, longitude 4\n",
        "minutes below 60",
    ),
    (
        "axis",
        "point 1 at x 8500000, y 4500000\n",
        "`x` means north in some protocols and east in others",
    ),
    (
        "twice",
        "point 1 at latitude 51, longitude 4\nstraight\npoint 1 at latitude 51, longitude 5\n",
        "3:7: point 1 stands already on line 1",
    ),
    (
        "no-leg",
        "point 1 at latitude 51, longitude 4\npoint 2 at latitude 51, longitude 5\n",
        "there is no leg to this point",
    ),
    (
        "no-place",
        "point 1 at latitude 51, longitude 4\nstraight, azimuth 5\npoint 2\n",
        "a straight leg before it that gives azimuth and distance",
    ),
    (
        "no-end",
        "point 1 at latitude 51, longitude 4\nstraight\npoint 2 at latitude 51, longitude 5\nstraight\n",
        "expected the point at the end of the last leg",
    ),
    ("quotation", "title “Agstev”\n", "straight quotation marks"),
    ("open", "title \"Agstev\n", "no closing quotation mark"),
    (
        "bearing",
        "point 1 at latitude 51, longitude 4\nstraight, bearing 45\n",
        "a grid bearing is no azimuth",
    ),
    (
        "late",
        "point 1 at latitude 51, longitude 4\ntitle \"x\"\n",
        "this stands before the first point",
    ),
];

#[test]
fn bad_texts_are_answered_at_the_word() {
    let mut told = String::new();
    for (name, text, expected) in BAD {
        let said = check("lowlands", text, "");
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{name}");
        assert!(said.err.contains(expected), "{name}: {}", said.err);
        let _ = writeln!(
            told,
            "{}",
            said.err.replace("the description cannot be read\n", "")
        );
    }
    settings("border check BAD").bind(|| insta::assert_snapshot!("border-check-bad", told));
}

#[test]
fn all_faults_are_told_at_once_and_of_garbage_the_first() {
    let text = "titel \"x\"\nlength 5 parsecs\npoint 1 at latitude x, longitude 4\n";
    let said = check("lowlands", text, "");
    for place in ["-:1:1:", "-:2:10:", "-:3:21:"] {
        assert!(said.err.contains(place), "{place}: {}", said.err);
    }
    for garbage in [
        "x".repeat(1 << 20),
        "x \u{7f}\t\"\n".repeat(1 << 17),
        "point ".repeat(1 << 17),
        "\"".repeat(1 << 20),
    ] {
        let said = check("lowlands", &garbage, "");
        assert_eq!((said.code, said.out.as_str()), (2, ""));
        assert!(said.err.len() < 8_000, "{} bytes", said.err.len());
    }
    let said = run_with_input(&world("lowlands"), "border check -", b"point 1\n\xff\xfe\n");
    assert!(
        said.code == 2 && said.err.contains("-: line 2: this is not UTF-8"),
        "{}",
        said.err
    );
}

/// A description on a grid.
const GRID: &str = "coordinates EPSG:28408\npoint 1 at easting 8500000.0, northing 4500000.0\nstraight\npoint 2 at easting 8501000.0, northing 4500000.0\n";

#[test]
fn what_fits_no_system_or_line_is_refused_with_its_line() {
    for (text, line, expected) in [
        (GRID, "", "line 1: unknown coordinate system `EPSG:28408`"),
        (
            &GRID.replace("coordinates EPSG:28408\n", ""),
            "",
            "line 1: WGS 84 has latitudes and longitudes",
        ),
        (
            &sample("lowlands.txt"),
            "--pair BE-FR",
            "unknown border `BE-FR`",
        ),
        (
            &sample("lowlands.txt"),
            "--segment no",
            "unknown segment `no`",
        ),
        (
            &sample("lowlands.txt"),
            "--pair BE-NL --segment be-nl-west",
            "cannot be used with",
        ),
        (
            &sample("lowlands.txt"),
            "--pair BE-NL --source no",
            "unknown boundary source `no`",
        ),
        (
            &sample("lowlands.txt"),
            "--tolerance NaN",
            "--tolerance NaN: expected metres",
        ),
        (
            &sample("lowlands.txt"),
            "--tolerance inf",
            "--tolerance inf: expected metres",
        ),
        (
            &sample("lowlands.txt"),
            "--operation EPSG:15865",
            "are on WGS 84 and need none",
        ),
    ] {
        let said = check("lowlands", text, line);
        assert_eq!(
            (said.code, said.out.as_str()),
            (2, ""),
            "{line}: {}",
            said.err
        );
        assert!(said.err.contains(expected), "{line}: {}", said.err);
    }
}

#[test]
fn what_lies_outside_its_system_is_refused_with_its_line() {
    let scratch = Scratch::new();
    for (text, expected) in [
        (
            GRID.replace(
                "8501000.0, northing 4500000.0",
                "4501000.0, northing 8500000.0",
            ),
            "line 4: 4501000, 8500000 lies outside the area of EPSG:28408",
        ),
        (
            GRID.replace(
                "easting 8501000.0, northing 4500000.0",
                "latitude 41, longitude 45",
            ),
            "line 4: EPSG:28408 has eastings and northings",
        ),
        (
            GRID.replace("28408\n", "28408, operation none\n"),
            "line 1: --operation none: would take Pulkovo",
        ),
    ] {
        let file = scratch.write("grid.txt", text).display().to_string();
        let said = run(["border", "check", &file]);
        assert!(
            said.code == 2 && said.err.contains(expected),
            "{}",
            said.err
        );
    }
}

#[test]
fn wrong_arguments_are_refused() {
    for (line, expected) in [
        ("border describe", "required"),
        ("border describe --pair DE-NL --part no", "the parts are"),
        (
            "border describe --pair BE-NL --format json",
            "a description is a text",
        ),
        (
            "border describe --pair BE-NL --tolerance -1",
            "unexpected argument",
        ),
        (
            "border describe --pair BE-NL --tolerance=-1",
            "--tolerance -1: expected metres",
        ),
        (
            "border describe --pair BE-NL --system EPSG:1",
            "unknown coordinate system",
        ),
        (
            "border check no-such-file.txt",
            "cannot read no-such-file.txt",
        ),
    ] {
        let said = run_on(&world("lowlands"), line);
        assert!(
            said.code == 2 && said.err.contains(expected),
            "{line}: {}",
            said.err
        );
    }
}

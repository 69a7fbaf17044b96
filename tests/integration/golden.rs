//! Golden files: whole answers on the world `lowlands`, whose map is in its README.
//!
//! After an intended change: `INSTA_UPDATE=always cargo test --release --test integration golden`, then read the difference.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::program::Scratch;
use crate::program::answer;
use crate::program::araxes;
use crate::program::run;
use crate::program::run_on;
use crate::program::world;

/// Checks an answer against its golden file.
fn golden(name: &str, line: &str) {
    let text = answer(&world("lowlands"), line);
    let settings = settings(line);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

pub(crate) fn settings(line: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_description(format!("araxes {line}"));
    settings
}

/// A question in every format, each in a file of its own.
fn in_all_formats(name: &str, line: &str, formats: &[&str]) {
    for format in formats {
        golden(
            &format!("{name}-{format}"),
            &format!("{line} --format {format}"),
        );
    }
}

const ALL: [&str; 4] = ["table", "json", "csv", "geojson"];

#[test]
fn status_in_all_forms() {
    in_all_formats("status-at", "status --at 4.25,51.5", &ALL);
    in_all_formats("status-place", "status --place kern", &["table"]);
    in_all_formats("status-segment", "status --segment be-nl-middle", &ALL);
    in_all_formats("status-km", "status --km BE-NL/NL-LI:5", &["table", "json"]);
    golden("status-view", "status --km BE-NL:10 --view NL --on 1995-06");
}

#[test]
fn status_of_a_stream() {
    let scratch = Scratch::new();
    let points = scratch.write(
        "points.csv",
        "name,lon,lat\nfield,4.2,51.3\nbank,4.2,51.5\nkern,4.5,51.75\nboth,5.7,51.75\n",
    );
    for format in ALL {
        let said = araxes()
            .args(["status", "--format", format, "--points"])
            .arg(&points)
            .arg("--geodata")
            .arg(world("lowlands"))
            .output()
            .expect("the program runs");
        assert!(said.status.success());
        let text = String::from_utf8(said.stdout).expect("UTF-8");
        settings("status --points")
            .bind(|| insta::assert_snapshot!(format!("status-points-{format}"), text));
    }
}

#[test]
fn border() {
    in_all_formats("border-lengths", "border lengths --pair BE-NL", &ALL);
    in_all_formats("border-segments", "border segments --pair BE-NL", &ALL);
    golden("border-lengths-of-all", "border lengths");
}

#[test]
fn agreement() {
    in_all_formats("agreement", "agreement", &ALL);
    golden("agreement-before", "agreement --on 1995 --view NL");
}

#[test]
fn corridors() {
    in_all_formats("corridors-list", "corridors list", &ALL);
    in_all_formats("corridors-show", "corridors show direct", &ALL);
    in_all_formats(
        "corridors-compare",
        "corridors compare round direct",
        &["table"],
    );
}

#[test]
fn transit() {
    in_all_formats(
        "transit",
        "transit --from gent --to breda --avoid DE --scenario reopen --modes rail",
        &["table", "csv", "geojson"],
    );
    golden(
        "transit-around",
        "transit --from gent --to breda --modes rail",
    );
    let said = run_on(
        &world("lowlands"),
        "transit --from gent --to breda --modes rail --avoid DE",
    );
    settings("transit … --avoid DE").bind(|| insta::assert_snapshot!("transit-none", said.out));
    let mut answer = crate::program::json(
        &world("lowlands"),
        "transit --from gent --to breda --avoid DE",
    );
    // How much work the search was is no part of the answer.
    answer
        .as_object_mut()
        .map(|members| members.remove("search"));
    let text = serde_json::to_string_pretty(&answer).expect("JSON");
    settings("transit --from gent --to breda --avoid DE --format json")
        .bind(|| insta::assert_snapshot!("transit-json", text));
}

#[test]
fn scenarios() {
    in_all_formats(
        "scenarios-list",
        "scenarios list",
        &["table", "json", "csv"],
    );
    in_all_formats(
        "scenarios-show",
        "scenarios show reopen",
        &["table", "json"],
    );
    in_all_formats(
        "scenarios-compare",
        "scenarios compare --from gent --to breda",
        &["table", "json", "csv"],
    );
}

#[test]
fn what_sources_draw_and_where_they_disagree() {
    golden("border-enclaves", "border enclaves");
    golden("border-enclaves-all", "border enclaves --all");
    golden("border-outlines", "border outlines");
    golden(
        "border-compare",
        "border compare survey atlas --format json",
    );
    golden(
        "border-compare-slivers",
        "border compare survey atlas --slivers",
    );
    golden(
        "border-compare-curve",
        "border compare survey atlas --curve --pair BE-NL",
    );
    for line in ["border offsets", "border classes"] {
        let text = answer(&world("pair"), line);
        settings(line).bind(|| insta::assert_snapshot!(line.replace(' ', "-"), text));
    }
}

#[test]
fn the_frontier_zone() {
    let line = "border zone --km 3 --pair BE-NL";
    in_all_formats("border-zone", line, &["table", "json", "csv"]);
    golden(
        "border-zone-places",
        &format!("{line} --places --format csv"),
    );
    golden(
        "border-zone-links",
        &format!("{line} --links --format json --on 1995"),
    );
    golden(
        "border-zone-segment",
        "border zone --km 1 --segment be-nl-ford",
    );
}

#[test]
fn validate() {
    let said = run_on(&world("lowlands"), "validate");
    assert_eq!(said.code, 1);
    settings("validate").bind(|| insta::assert_snapshot!("validate", said.out));
    let scratch = Scratch::new();
    let copy = scratch.copy(&world("pair"), "world");
    for bad in ["places.geojson", "segments.geojson"] {
        let text = fs::read_to_string(copy.join(bad))
            .expect("a layer")
            .replace("gazette", "gazete");
        fs::write(copy.join(bad), text).expect("written");
    }
    for format in ["table", "json", "csv"] {
        let said = run_on(&copy, &format!("validate --format {format}"));
        assert_eq!(said.code, 1);
        settings("validate")
            .bind(|| insta::assert_snapshot!(format!("validate-faults-{format}"), said.out));
    }
}

#[test]
fn help() {
    for command in [
        "",
        "report",
        "status",
        "border",
        "border lengths",
        "border segments",
        "border rulers",
        "border zone",
        "corridors",
        "transit",
        "scenarios",
        "agreement",
        "map",
        "validate",
        "audit",
    ] {
        let line = format!("{command} --help");
        let said = run(line.split_whitespace());
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{line}");
        let name = format!(
            "help-{}",
            if command.is_empty() {
                "all".to_owned()
            } else {
                command.replace(' ', "-")
            }
        );
        settings(&line).bind(|| insta::assert_snapshot!(name, said.out));
    }
}

#[test]
fn the_report_of_another_world_is_whole_and_the_same_on_one_thread_and_two() {
    let scratch = Scratch::new();
    let written = ["1", "2"].map(|threads| {
        let folder = scratch.join(threads);
        let said = araxes()
            .env("RAYON_NUM_THREADS", threads)
            .args(["report", "--output"])
            .arg(&folder)
            .arg("--geodata")
            .arg(world("lowlands"))
            .output()
            .expect("the program runs");
        assert!(
            said.status.success(),
            "{}",
            String::from_utf8_lossy(&said.stderr)
        );
        let mut files = BTreeMap::new();
        gather(&folder, "", &mut files);
        files
    });
    let names: Vec<&str> = written[0].keys().map(String::as_str).collect();
    settings("report").bind(|| insta::assert_snapshot!("report-files", names.join("\n")));
    assert!(
        written[0] == written[1],
        "the number of threads shows in the files"
    );
    assert!(
        written[0].values().all(|bytes| !bytes.is_empty()),
        "an empty file"
    );
}

fn gather(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = format!(
            "{prefix}{}",
            path.file_name().expect("a name").to_string_lossy()
        );
        if path.is_dir() {
            gather(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
}

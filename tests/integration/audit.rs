//! The audit: golden answers on a small world, and the shipped figures, none left out and none unexplained.

use std::collections::BTreeSet;

use araxes::analysis::audit::Verdict;
use araxes::analysis::audit::audit;
use araxes::dataset::load_embedded;
use serde_json::Value;

use crate::golden::settings;
use crate::program::json;
use crate::program::run;
use crate::program::run_on;
use crate::program::world;

/// Checks an answer that may have found something against its golden file.
fn golden(name: &str, line: &str, code: i32) {
    let said = run_on(&world("lowlands"), line);
    assert_eq!((said.code, said.err.as_str()), (code, ""), "{line}");
    settings(line).bind(|| insta::assert_snapshot!(name, said.out));
}

#[test]
fn every_verdict_on_a_world_drawn_by_hand() {
    golden("audit-table", "audit", 1);
    golden("audit-json", "audit --kind claim --format json", 0);
    golden("audit-csv", "audit --format csv", 1);
    // The second source draws no enclave: their outlines come from the first.
    golden("audit-atlas", "audit --source atlas --subject BE-NL", 0);
    let said = run_on(&world("lowlands"), "audit --format json");
    let rows: Value = serde_json::from_str(&said.out).expect("JSON");
    let verdicts: BTreeSet<&str> = rows
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["verdict"].as_str().expect("a verdict"))
        .collect();
    assert_eq!(verdicts, Verdict::ALL.map(Verdict::word).into());
}

#[test]
fn rows_are_chosen_by_kind_subject_and_verdict() {
    let all = "audit --only unexplained --format json";
    let said = run_on(&world("lowlands"), all);
    assert_eq!(said.code, 1);
    let rows: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(rows.as_array().map(Vec::len), Some(1));
    assert_eq!(rows[0]["subject"], "BE-NL/NL-LI");
    assert_eq!(
        json(&world("lowlands"), "audit --only agrees --kind area")[0]["subject"],
        "NL-LI"
    );
    let said = run_on(&world("lowlands"), "audit --subject BE-NI");
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("did you mean `BE-NL`?"), "{}", said.err);
    assert_eq!(run(["audit", "--only", "fine"]).code, 2);
}

#[test]
fn a_world_without_published_figures_has_an_empty_audit() {
    let said = run_on(&world("mountain"), "audit --format json");
    assert_eq!(
        (said.code, said.out.as_str(), said.err.as_str()),
        (0, "[]\n", "")
    );
}

#[test]
fn rulers_on_a_world_drawn_by_hand() {
    golden("border-rulers-table", "border rulers --pair DE-NL", 0);
    golden(
        "border-rulers-csv",
        "border rulers --source survey --format csv",
        0,
    );
}

#[test]
fn every_shipped_figure_is_audited_and_none_is_unexplained() {
    let world = load_embedded().expect("the shipped data");
    let boundary = world.boundary(None).expect("the primary source");
    let rows = audit(&world, boundary);
    assert!(rows.len() > 150, "only {} figures", rows.len());
    assert_eq!(rows.len(), world.published.len());
    for row in &rows {
        assert!(!row.reason.trim().is_empty(), "{row:?}");
        assert_ne!(
            row.verdict,
            Verdict::Unexplained,
            "{} {}: {}",
            row.subject,
            row.published,
            row.reason
        );
        let has_figure =
            row.computed.is_some() && row.tolerance.is_some() && row.computed_on.is_some();
        assert!(
            has_figure || row.verdict == Verdict::NotMeasurable || row.reason.starts_with("a slip"),
            "{row:?}"
        );
    }
    let found: BTreeSet<Verdict> = rows.iter().map(|row| row.verdict).collect();
    assert_eq!(found.len(), 5, "{found:?}");
}

#[test]
fn what_agrees_is_within_the_tolerance_that_the_row_states() {
    let world = load_embedded().expect("the shipped data");
    let rows = audit(&world, world.boundary(None).expect("the primary source"));
    let both = rows.iter().zip(&world.published);
    for (row, figure) in both.filter(|(row, _)| row.verdict == Verdict::Agrees) {
        let (computed, tolerance) = (
            row.computed.expect("a figure"),
            row.tolerance.expect("a tolerance"),
        );
        assert!(
            (row.published - computed).abs() <= tolerance + 0.01,
            "{row:?}"
        );
        // No accuracy is so low that it would make any figure agree.
        let accuracy = tolerance - figure.rounded_to / 2.0;
        assert!(accuracy <= 0.1 * row.published + 0.01, "{row:?}");
    }
}

#[test]
fn the_published_border_of_the_largest_row_is_that_with_its_enclaves() {
    // 929.1 km on the primary line and 67.0 km of enclave outlines on the source that draws them (fact base §1.5) are the 996 km of the
    // Factbook; its older 787 km are the same border with a ruler of kilometres.
    let rows = json_of_shipped("AM-AZ");
    let of = |source: &str| {
        let found = rows.iter().find(|row| row["published_source"] == source);
        found.unwrap_or_else(|| panic!("{source}")).clone()
    };
    assert_eq!(of("cia26")["verdict"], "different-extent");
    assert_eq!(of("cia94")["verdict"], "coarser-ruler");
    assert_eq!(of("makids")["verdict"], "sources-differ");
}

fn json_of_shipped(subject: &str) -> Vec<Value> {
    let said = run(["audit", "--subject", subject, "--format", "json"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    serde_json::from_str(&said.out).expect("rows")
}

//! The answer of `araxes status` for people.

use std::fmt::Write as _;

use araxes::analysis::segments::ClaimRow;
use araxes::analysis::segments::StatusOn;
use araxes::analysis::status::Side;
use araxes::analysis::status::StatusRow;
use araxes::model::World;

/// The row as a card; `heading` names what was asked.
pub(super) fn card(world: &World, heading: &str, row: &StatusRow<'_>) -> String {
    let mut text = String::new();
    let [lon, lat] = row.point;
    let gap = if heading.is_empty() { "" } else { "  " };
    let _ = writeln!(text, "{heading}{gap}{lon}, {lat}");
    let (on, source, accuracy) = (row.as_of, row.source, row.accuracy_m);
    let _ = writeln!(
        text,
        "on {on}, boundary {source} (accurate to {accuracy} m)\n"
    );
    line(&mut text, "territory", &territory(world, row));
    let nearest = nearest(row).unwrap_or_else(|| "no border in this source".to_owned());
    line(&mut text, "nearest", &nearest);
    let segment = row.segment.unwrap_or("no record").to_owned();
    let or = row
        .may_be
        .map(|other| format!(", or {other}: the anchor between them is not known that well"));
    line(&mut text, "segment", &(segment + &or.unwrap_or_default()));
    line(&mut text, "error", &error(row));
    for (axis, value) in axes(row.status) {
        line(&mut text, axis, value.as_deref().unwrap_or("no claim"));
    }
    if !row.differing.is_empty() {
        let axes = format!("the parties differ on {}", row.differing.join(" and "));
        line(&mut text, "differing", &axes);
    }
    if !row.disputes.is_empty() {
        line(&mut text, "lies in", &row.disputes.join(", "));
    }
    if !row.disputes_near.is_empty() {
        let near = row.disputes_near.join(", ");
        let words = format!("{near} (its extent is in no source; by position and published area)");
        line(&mut text, "may lie in", &words);
    }
    if !row.claims.is_empty() {
        text.push_str("\nclaims\n");
    }
    for claim in row.claims {
        write_claim(&mut text, claim);
    }
    text
}

/// The five axes in words.
fn axes(status: Option<&StatusOn>) -> [(&'static str, Option<String>); 5] {
    [
        (
            "stage",
            status.and_then(|s| s.stage).map(|stage| stage.to_string()),
        ),
        (
            "agreement",
            status
                .and_then(|s| s.agreement)
                .map(|agreement| agreement.to_string()),
        ),
        ("control", status.and_then(|s| s.control_words.clone())),
        (
            "basis",
            status.and_then(|s| s.basis).map(|basis| basis.to_string()),
        ),
        (
            "geometry",
            status
                .and_then(|s| s.geometry)
                .map(|m| format!("known to {m} m")),
        ),
    ]
}

fn line(text: &mut String, name: &str, value: &str) {
    let _ = writeln!(text, "{name:<10}  {value}");
}

fn territory(world: &World, row: &StatusRow<'_>) -> String {
    let Some(codes) = row.territory else {
        return "none of this source".to_owned();
    };
    let names: Vec<String> = codes
        .iter()
        .map(|code| world.territory_name(code))
        .collect();
    let side = match row.side {
        Side::Inside => "",
        Side::WithinError => ", or the other side: the line is nearer than the error",
    };
    format!("{codes} ({}){side}", names.join(" and "))
}

fn nearest(row: &StatusRow<'_>) -> Option<String> {
    let [lon, lat] = row.nearest?;
    let (pair, part) = (row.pair?, row.part?);
    let (km, distance_m) = (row.km?, row.distance_m?);
    let [least_m, most_m] = row.distance_within_m?;
    let meant = format!("the line meant is {least_m:.0} to {most_m:.0} m away");
    Some(format!(
        "{pair} {part}, km {km}, {distance_m} m away at {lon}, {lat}; {meant}"
    ))
}

/// The error budget in words.
fn error(row: &StatusRow<'_>) -> String {
    let error = row.error;
    let mut shares = vec![format!("boundary source {} m", error.source_m)];
    if error.datum_m > 0.0 {
        shares.push(format!("datum operation {} m", error.datum_m));
    }
    shares.push(format!("digitising {} m", error.digitising_m));
    format!("{} m at 95 %: {}", error.total_m, shares.join(", "))
}

fn write_claim(text: &mut String, claim: &ClaimRow) {
    let since = claim
        .from
        .map(|from| format!(", since {from}"))
        .unwrap_or_default();
    let until = claim
        .to
        .map(|to| format!(", until {to}"))
        .unwrap_or_default();
    let view = claim
        .view
        .map(|view| format!(", says {view}"))
        .unwrap_or_default();
    let basis = match (&claim.source, &claim.assumption) {
        (Some(source), _) => format!("[{source}]"),
        (None, Some(basis)) => format!("assumed: {basis}"),
        (None, None) => String::new(),
    };
    let _ = writeln!(
        text,
        "  {}: {}{since}{until}{view} {basis}",
        claim.axis, claim.value
    );
    if let Some(note) = &claim.note {
        let _ = writeln!(text, "      {note}");
    }
}

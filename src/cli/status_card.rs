//! The answer of `araxes status` for people.

use std::fmt::Write as _;

use araxes::analysis::segments::ClaimRow;
use araxes::analysis::segments::StatusOn;
use araxes::analysis::segments::control_in_words;
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
    line(&mut text, "segment", row.segment.unwrap_or("no record"));
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
        (
            "control",
            status
                .and_then(|s| s.control.as_ref())
                .map(control_in_words),
        ),
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
        Side::WithinError => {
            "; the line is nearer than the source is accurate, so this may be its other side"
        }
    };
    format!("{codes} ({}){side}", names.join(" and "))
}

fn nearest(row: &StatusRow<'_>) -> Option<String> {
    let [lon, lat] = row.nearest?;
    let (pair, part) = (row.pair?, row.part?);
    let (km, distance_m) = (row.km?, row.distance_m?);
    Some(format!(
        "{pair} {part}, km {km}, {distance_m} m away at {lon}, {lat}"
    ))
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

//! Enclaves, disputes and tripoints.

use std::collections::BTreeMap;

use crate::analysis::disputes::DisputeRow;
use crate::analysis::exclaves::ExclaveRow;
use crate::analysis::tripoints::TripointRow;
use crate::model::Claim;
use crate::model::Dispute;
use crate::model::Evidence;
use crate::publication::page::Page;
use crate::publication::page::words;
use crate::report::html::Column;
use crate::report::html::Html;
use crate::report::html::HtmlTable;

/// Adds which source knows which enclave, and how large it makes it.
pub(super) fn enclaves(page: &Page<'_>, html: &mut Html) {
    let mut by_name: BTreeMap<&str, Vec<&ExclaveRow>> = BTreeMap::new();
    for row in &page.material.exclaves {
        by_name.entry(&row.exclave).or_default().push(row);
    }
    if by_name.is_empty() {
        return;
    }
    html.leaf("h3", &[], "Enclaves and exclaves");
    let sources: Vec<String> = page
        .material
        .world
        .boundaries
        .iter()
        .map(|boundary| {
            format!(
                "{}, km² (km around)",
                page.material.world.source_of(boundary).id
            )
        })
        .collect();
    let mut columns = vec![
        Column::text("Name", ""),
        Column::text(
            "De jure",
            "the state it belongs to by the line of the source or record",
        ),
        Column::text("Controlled by", ""),
    ];
    columns.extend(sources.iter().map(|head| Column::number(head, "")));
    columns.push(Column::wide("Published, km²", "each with its source"));
    let table = HtmlTable {
        id: "exclaves",
        caption: "Which source draws which, with geodesic area and perimeter".into(),
        columns,
        rows: by_name.values().map(|rows| enclave(page, rows)).collect(),
    };
    table.write(html);
    table.legend(html);
}

fn enclave(page: &Page<'_>, rows: &[&ExclaveRow]) -> Vec<Html> {
    let Some(first) = rows.first() else {
        return Vec::new();
    };
    let dispute = page
        .material
        .disputes
        .iter()
        .find(|dispute| dispute.dispute == first.exclave);
    let territory = rows.iter().find_map(|row| row.territory);
    let owner = dispute.and_then(|dispute| dispute.de_jure).or(territory);
    let mut cells = vec![
        named(page, &first.exclave),
        owner
            .map(|code| Html::of(page.territory(code)))
            .unwrap_or_default(),
        dispute
            .map(|dispute| holder(page, dispute))
            .unwrap_or_default(),
    ];
    cells.extend(
        rows.iter()
            .map(|row| match (row.area_km2, row.perimeter_km) {
                (Some(area), Some(around)) => Html::of(format!("{area:.2} ({around:.1})")),
                _ => Html::of("not drawn"),
            }),
    );
    cells.push(page.cited_text(&first.published_km2));
    cells
}

/// The names of a dispute, or of the place that an exclave is named after.
fn named(page: &Page<'_>, slug: &str) -> Html {
    let world = page.material.world;
    let dispute = world
        .disputes
        .find(slug)
        .map(|id| &world.disputes[id].names);
    let place = world.places.find(slug).map(|id| &world.places[id].names);
    dispute
        .or(place)
        .map_or_else(|| Html::of(slug), |names| page.names(names, slug))
}

/// Who controls a disputed place, since when, by whose word.
fn holder(page: &Page<'_>, row: &DisputeRow) -> Html {
    let mut html = Html::new();
    let Some(code) = row.controlled_by else {
        html.text("no claim");
        return html;
    };
    html.text(page.territory(code));
    if let Some(since) = row.control_since {
        html.text(format!(", since {since}"));
    }
    if let Some(view) = row.control_view {
        html.text(format!(", as stated by {}", page.territory(view)));
    }
    page.grounds(
        &mut html,
        row.control_source.as_deref(),
        row.control_assumption.as_deref(),
    );
    html
}

/// Adds the disputes with de jure line and control side by side.
pub(super) fn disputes(page: &Page<'_>, html: &mut Html) {
    let rows = &page.material.disputes;
    if rows.is_empty() {
        return;
    }
    html.leaf(
        "h3",
        &[],
        "Places where de jure line and control are at issue",
    );
    let table = HtmlTable {
        id: "disputes",
        caption: format!(
            "{} on {}",
            words::counted(rows.len(), "place"),
            page.material.when.on
        )
        .into(),
        columns: vec![
            Column::text("Place", ""),
            Column::text("Kind", ""),
            Column::text("De jure", "nothing where that is the question"),
            Column::text("Controlled by", ""),
            Column::text(
                "Extent",
                "the boundary source whose outline is used; unknown where none has it",
            ),
            Column::text("Published, km²", "each with its source"),
            Column::wide("Issue", ""),
        ],
        rows: rows.iter().map(|row| dispute(page, row)).collect(),
    };
    table.write(html);
    table.legend(html);
    html.leaf("h4", &[], "Further facts");
    for (_, record) in page.material.world.disputes.iter() {
        facts(page, html, record);
    }
}

fn dispute(page: &Page<'_>, row: &DisputeRow) -> Vec<Html> {
    vec![
        named(page, &row.dispute),
        row.kind.into(),
        row.de_jure
            .map(|code| Html::of(page.territory(code)))
            .unwrap_or_default(),
        holder(page, row),
        row.extent_source.as_deref().unwrap_or("unknown").into(),
        page.cited_text(&row.published_km2),
        page.cited_text(&row.issue),
    ]
}

fn facts(page: &Page<'_>, html: &mut Html, record: &Dispute) {
    if record.evidence.is_empty() {
        return;
    }
    html.element(
        "details",
        &[("id", &format!("dispute-{}", record.id))],
        |html| {
            html.leaf(
                "summary",
                &[],
                record.names.label(&page.material.languages()),
            );
            html.element("ul", &[("class", "claims")], |html| {
                for claim in &record.evidence {
                    html.element("li", &[], |html| fact(page, html, claim));
                }
            });
        },
    );
}

fn fact(page: &Page<'_>, html: &mut Html, claim: &Claim<String>) {
    page.prose(html, &claim.value);
    if let Some(from) = claim.from {
        html.text(format!(" ({from})"));
    }
    if let Some(view) = claim.view {
        html.text(format!(", as stated by {}", page.territory(view)));
    }
    match &claim.evidence {
        Evidence::Source(_) => page.grounds(html, page.material.cited(&claim.evidence), None),
        Evidence::Assumption(basis) => page.grounds(html, None, Some(basis)),
    }
    if let Some(note) = &claim.note {
        html.text(" ");
        html.element("span", &[("class", "note")], |html| page.prose(html, note));
    }
}

/// Adds the tripoints of all sources.
pub(super) fn tripoints(page: &Page<'_>, html: &mut Html) {
    let rows = &page.material.tripoints;
    if rows.is_empty() {
        return;
    }
    html.leaf("h3", &[], "Where three territories meet");
    let row = |row: &TripointRow| {
        vec![
            row.tripoint.as_str().into(),
            row.source.as_str().into(),
            format!("{:.6}", row.lat).into(),
            format!("{:.6}", row.lon).into(),
            format!("{:.1}", row.spread_m).into(),
            row.accuracy_m
                .map(|metres| Html::of(format!("{metres:.0}")))
                .unwrap_or_default(),
        ]
    };
    let table = HtmlTable {
        id: "tripoints",
        caption: "Tripoints by source (WGS 84)".into(),
        columns: vec![
            Column::text("Territories", ""),
            Column::text("Source", ""),
            Column::number("Latitude", ""),
            Column::number("Longitude", ""),
            Column::number(
                "Spread, m",
                "distance between the border ends that were taken as one point",
            ),
            Column::number("Accuracy, m", "of the source, 95 %"),
        ],
        rows: rows.iter().map(row).collect(),
    };
    table.write(html);
    table.legend(html);
}

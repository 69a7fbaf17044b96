//! How long each corridor is, where, and what exists of it.

use std::collections::BTreeMap;

use crate::analysis::corridors::CorridorBorderRow;
use crate::analysis::corridors::CorridorDetail;
use crate::analysis::corridors::CorridorLinkRow;
use crate::analysis::corridors::PublishedRow;
use crate::model::Code;
use crate::model::LengthBasis;
use crate::publication::page::Page;
use crate::publication::page::figure::figure;
use crate::publication::page::words;
use crate::publication::page::words::km;
use crate::report::html::Column;
use crate::report::html::Html;
use crate::report::html::HtmlTable;

/// The section.
pub(super) fn body(page: &Page<'_>) -> Html {
    let mut html = Html::new();
    figure(
        page,
        &mut html,
        "corridors",
        "Each corridor alone, all at one scale.",
    );
    compare(page, &mut html);
    html.leaf("h4", &[], "Link by link");
    for detail in &page.material.corridors {
        one(page, &mut html, detail);
    }
    html
}

fn compare(page: &Page<'_>, html: &mut Html) {
    let table = HtmlTable {
        id: "corridor-table",
        caption: format!(
            "The corridors on {}, by published, posted or measured lengths of their links",
            page.material.when.on
        )
        .into(),
        columns: vec![
            Column::text("Corridor", "with its letter on the maps"),
            Column::text("From – to", ""),
            Column::number(
                "Length, km",
                "sum of the links; for each link the evidence says which length counts",
            ),
            Column::number("In use, km", ""),
            Column::number("Closed, km", "there, but closed or derelict"),
            Column::number("To build, km", "dismantled, under construction or planned"),
            Column::text("By territory, km", "codes by ISO 3166"),
            Column::number("Borders", "between states"),
            Column::number("Gauge changes", ""),
            Column::text("Avoids", "the states that it is said to avoid"),
            Column::wide("Published for the whole, km", "each with its source"),
        ],
        rows: page
            .material
            .corridors
            .iter()
            .map(|detail| row(page, detail))
            .collect(),
    };
    table.write(html);
    table.legend(html);
    words::command(html, "araxes corridors compare");
}

fn row(page: &Page<'_>, detail: &CorridorDetail) -> Vec<Html> {
    let row = &detail.row;
    let mut name = Html::new();
    if let Some(letter) = &row.letter {
        name.text(format!("{letter} "));
    }
    name.leaf(
        "a",
        &[("href", &format!("#corridor-{}", row.corridor))],
        row.names.english(),
    );
    page.other_names(&mut name, &row.names, &row.corridor);
    let mut ends = Html::of(format!("{} – {}", page.node(&row.from), page.node(&row.to)));
    ends.leaf("small", &[], row.mode.replace('+', ", "));
    vec![
        name,
        ends,
        km(row.length_km).into(),
        km(row.operational_km).into(),
        km(row.closed_km).into(),
        km(row.to_build_km).into(),
        by_state(&row.by_state),
        row.crossings.to_string().into(),
        row.gauge_changes.to_string().into(),
        row.avoids
            .iter()
            .map(Code::as_str)
            .collect::<Vec<_>>()
            .join(", ")
            .into(),
        published(page, &row.published_km),
    ]
}

/// `AM 43.0 AZ 117.4`, never broken between a state and its kilometres.
pub(super) fn by_state(states: &BTreeMap<Code, f64>) -> Html {
    let mut html = Html::new();
    html.unbroken(
        states
            .iter()
            .map(|(state, length)| format!("{state} {length:.1}")),
    );
    html
}

fn published(page: &Page<'_>, rows: &[PublishedRow]) -> Html {
    let mut html = Html::new();
    for (place, row) in rows.iter().enumerate() {
        if place > 0 {
            html.text(", ");
        }
        html.text(row.km);
        page.grounds(&mut html, row.source.as_deref(), row.assumption.as_deref());
    }
    html
}

fn one(page: &Page<'_>, html: &mut Html, detail: &CorridorDetail) {
    let row = &detail.row;
    html.element(
        "details",
        &[("id", &format!("corridor-{}", row.corridor))],
        |html| {
            html.element("summary", &[], |html| {
                if let Some(letter) = &row.letter {
                    html.leaf("b", &[], letter);
                    html.text(" ");
                }
                html.text(format!("{}, {} km", row.names.english(), km(row.length_km)));
                html.element("span", &[("class", "id")], |html| {
                    html.leaf("code", &[], &row.corridor);
                });
            });
            html.element("p", &[], |html| page.prose(html, &detail.summary));
            names(html, detail);
            links(page, html, detail);
            crossings(page, html, &detail.borders);
            html.element("ul", &[("class", "claims")], |html| {
                for published in detail
                    .row
                    .published_km
                    .iter()
                    .filter(|row| row.note.is_some())
                {
                    html.element("li", &[], |html| {
                        html.text(format!("{} km", published.km));
                        page.grounds(
                            html,
                            published.source.as_deref(),
                            published.assumption.as_deref(),
                        );
                        html.text(": ");
                        page.prose(html, published.note.as_deref().unwrap_or_default());
                    });
                }
                for note in &detail.notes {
                    html.element("li", &[], |html| page.prose(html, note));
                }
            });
            words::command(html, &format!("araxes corridors show {}", row.corridor));
        },
    );
}

fn names(html: &mut Html, detail: &CorridorDetail) {
    html.element("p", &[("class", "note")], |html| {
        for (place, (code, name)) in detail.row.names.iter().enumerate() {
            html.text(if place == 0 { "" } else { " · " });
            html.text(format!("{code}: "));
            html.leaf("span", &[("lang", code)], name);
        }
    });
}

fn links(page: &Page<'_>, html: &mut Html, detail: &CorridorDetail) {
    let table = HtmlTable {
        id: &format!("links-{}", detail.row.corridor),
        caption: "Links in order".into(),
        columns: vec![
            Column::text("From – to", ""),
            Column::text("By", ""),
            Column::text("In", ""),
            Column::number("Length, km", ""),
            Column::text("Length by", ""),
            Column::text("Published, km", ""),
            Column::wide("Condition", ""),
            Column::number("Gauge, mm", ""),
            Column::number("Drawn to, m", ""),
        ],
        rows: detail
            .links
            .iter()
            .map(|link| link_row(page, link))
            .collect(),
    };
    table.write(html);
}

fn link_row(page: &Page<'_>, row: &CorridorLinkRow) -> Vec<Html> {
    let basis = match row.length_basis {
        LengthBasis::Published => "published",
        LengthBasis::Posts => "kilometre posts",
        LengthBasis::Source => "network source",
        LengthBasis::Geodesic => "measured on the map",
    };
    vec![
        Page::named(
            &format!("{} – {}", page.node(&row.from), page.node(&row.to)),
            &row.link,
        ),
        row.mode.word().into(),
        row.state.as_str().into(),
        km(row.length_km).into(),
        basis.into(),
        published(page, &row.published_km),
        condition(page, row),
        row.gauge_mm.map(Html::of).unwrap_or_default(),
        format!("{:.0}", row.alignment_accuracy_m).into(),
    ]
}

fn condition(page: &Page<'_>, row: &CorridorLinkRow) -> Html {
    let mut html = Html::of(row.condition.unwrap_or("no claim").replace('-', " "));
    if let Some(progress) = row.progress_pct {
        html.text(format!(", {progress} % done"));
    }
    if let Some(from) = row.condition_from {
        html.text(format!(", since {from}"));
    }
    page.grounds(
        &mut html,
        row.condition_source.as_deref(),
        row.condition_assumption.as_deref(),
    );
    html
}

fn crossings(page: &Page<'_>, html: &mut Html, borders: &[CorridorBorderRow]) {
    if borders.is_empty() {
        return;
    }
    html.element("p", &[], |html| {
        html.text("Borders on the way: ");
        for (place, border) in borders.iter().enumerate() {
            html.text(if place == 0 { "" } else { "; " });
            let regime = border.regime.unwrap_or("no claim");
            html.text(format!(
                "{} ({}, {}): {regime}",
                page.crossing(&border.crossing),
                border.pair,
                border.mode
            ));
            page.grounds(html, border.source.as_deref(), border.assumption.as_deref());
        }
        html.text(".");
    });
}

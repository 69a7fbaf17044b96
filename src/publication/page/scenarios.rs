//! Scenarios side by side, and what each of them changes.

use crate::analysis::scenarios::ComparisonRow;
use crate::analysis::scenarios::ScenarioDetail;
use crate::publication::material::Asked;
use crate::publication::page::Page;
use crate::publication::page::words;
use crate::report::html::Column;
use crate::report::html::Html;
use crate::report::html::HtmlTable;

/// The section.
pub(super) fn body(page: &Page<'_>) -> Html {
    let mut html = Html::new();
    for asked in &page.material.questions {
        compare(page, &mut html, asked);
    }
    html.leaf("h3", &[], "What each scenario changes");
    for scenario in &page.material.scenarios {
        changes(page, &mut html, scenario);
    }
    html
}

fn compare(page: &Page<'_>, html: &mut Html, asked: &Asked) {
    let avoided = page.territory(asked.question.avoid);
    let nodes = &page.material.world.nodes;
    let ends = format!(
        "{} to {}",
        nodes[asked.question.from].names.english(),
        nodes[asked.question.to].names.english()
    );
    let table = HtmlTable {
        id: &format!("compare-{}", asked.question.avoid.as_str().to_lowercase()),
        caption: format!("{ends} without {avoided}, scenario by scenario").into(),
        columns: vec![
            Column::text("Scenario", ""),
            Column::text("Date", ""),
            Column::number("Options", "that no other beats on all criteria"),
            Column::number(
                "Fastest, h",
                "in brackets the difference to the first scenario",
            ),
            Column::number("Cheapest, USD/t", ""),
            Column::number("Shortest, km", ""),
            Column::number("Fastest: to build, km", ""),
            Column::number("Fewest borders", ""),
            Column::number(
                "Fastest: margin",
                "its smallest distance from the avoided state",
            ),
            Column::text("Verdict", ""),
        ],
        rows: asked
            .comparison
            .iter()
            .map(|row| self::row(page, row))
            .collect(),
    };
    table.write(html);
    if asked.question.avoid == page.material.questions[0].question.avoid {
        table.legend(html);
    }
}

fn row(page: &Page<'_>, row: &ComparisonRow) -> Vec<Html> {
    let changed = |value: Option<f64>, change: Option<f64>| match (value, change) {
        (Some(value), Some(change)) if change != 0.0 => {
            Html::of(format!("{value:.1} ({change:+.1})").replace('-', "−"))
        }
        (Some(value), _) => Html::of(format!("{value:.1}")),
        _ => Html::of("–"),
    };
    let number = |value: Option<f64>| {
        value.map_or_else(|| Html::of("–"), |value| Html::of(words::km(value)))
    };
    let mut date = Html::new();
    date.unbroken([row.as_of]);
    vec![
        Page::named(page.scenario(&row.scenario), &row.scenario),
        date,
        row.options.to_string().into(),
        changed(row.fastest_h, row.fastest_change_h),
        changed(row.cheapest_usd_per_t, row.cheapest_change_usd_per_t),
        changed(row.shortest_km, row.shortest_change_km),
        number(row.fastest_to_build_km),
        row.fewest_crossings.map_or_else(|| Html::of("–"), Html::of),
        row.fastest_margin_m
            .map_or_else(|| Html::of("–"), |margin| Html::of(words::distance(margin))),
        match (row.fastest_verdict, &row.reason) {
            (Some(verdict), _) => words::verdict_cell(verdict),
            (None, Some(reason)) => Html::of(reason),
            (None, None) => Html::new(),
        },
    ]
}

fn changes(page: &Page<'_>, html: &mut Html, scenario: &ScenarioDetail) {
    html.element(
        "details",
        &[("id", &format!("scenario-{}", scenario.scenario))],
        |html| {
            html.element("summary", &[], |html| {
                html.text(&scenario.title);
                html.element("span", &[("class", "id")], |html| {
                    html.leaf("code", &[], &scenario.scenario);
                });
                html.leaf(
                    "span",
                    &[("class", "note")],
                    format!(" {}", words::counted(scenario.changes.len(), "change")),
                );
            });
            html.element("p", &[], |html| page.prose(html, &scenario.summary));
            html.element("ul", &[("class", "claims")], |html| {
                for change in &scenario.changes {
                    html.element("li", &[], |html| {
                        html.text(&change.what);
                        page.grounds(html, change.source.as_deref(), change.assumption.as_deref());
                        if let Some(note) = &change.note {
                            html.text(" ");
                            html.element("span", &[("class", "note")], |html| {
                                page.prose(html, note);
                            });
                        }
                    });
                }
            });
            words::command(
                html,
                &format!("araxes scenarios show {}", scenario.scenario),
            );
        },
    );
}

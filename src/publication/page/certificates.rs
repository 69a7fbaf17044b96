//! How close each option comes to the state that it avoids, and what that distance is worth.

use std::collections::BTreeMap;

use crate::analysis::transit::CertificateRow;
use crate::publication::material::Asked;
use crate::publication::page::Page;
use crate::publication::page::words;
use crate::publication::page::words::distance;
use crate::report::html::Column;
use crate::report::html::Html;
use crate::report::html::HtmlTable;

/// A certificate, and all options that it holds for.
struct Shared<'m> {
    certificate: &'m CertificateRow,
    /// By scenario: ids of options.
    options: BTreeMap<&'m str, Vec<&'m str>>,
}

/// The section.
pub(super) fn body(page: &Page<'_>) -> Html {
    let mut html = Html::new();
    let Some(main) = page.material.questions.first() else {
        return html;
    };
    let avoided = page.territory(main.question.avoid);
    let intro = format!(
        "For every option: the smallest geodesic distance between its drawn line and {avoided}, on every boundary source. “Clear” means \
         more than line and boundary may be off together. “Within the error” means that the distance cannot decide: then the territory \
         that the link is stated to lie in does. “Enters” means that the drawn line lies inside by more than the error."
    );
    words::paragraph(&mut html, &intro);
    let shared = shared(main);
    let others: Vec<&str> = page
        .material
        .world
        .boundaries
        .iter()
        .map(|boundary| page.material.world.source_of(boundary).id.as_str())
        .filter(|source| *source != page.material.source())
        .collect();
    let table = HtmlTable {
        id: "certificate-table",
        caption: format!(
            "Distance from {avoided} on {}, closest first; other sources beside it",
            page.material.source()
        )
        .into(),
        columns: columns(&others),
        rows: shared
            .iter()
            .map(|shared| row(page, main, &others, shared))
            .collect(),
    };
    table.write(&mut html);
    table.legend(&mut html);
    html
}

/// The different certificates of a question, the closest first.
fn shared(asked: &Asked) -> Vec<Shared<'_>> {
    let mut all: Vec<Shared<'_>> = Vec::new();
    for answer in &asked.answers {
        let scenario = answer.scenario.as_deref().unwrap_or_default();
        for option in &answer.options {
            let Some(certificate) = &option.certificate else {
                continue;
            };
            let place = all
                .iter()
                .position(|shared| shared.certificate.headline == certificate.headline);
            let place = place.unwrap_or_else(|| {
                all.push(Shared {
                    certificate,
                    options: BTreeMap::new(),
                });
                all.len() - 1
            });
            all[place]
                .options
                .entry(scenario)
                .or_default()
                .push(&option.id);
        }
    }
    all.sort_by(|one, other| {
        one.certificate
            .headline
            .margin_m
            .total_cmp(&other.certificate.headline.margin_m)
    });
    all
}

fn columns<'a>(others: &[&'a str]) -> Vec<Column<'a>> {
    let mut columns = vec![
        Column::text("Closest on", "the link that comes closest"),
        Column::text("Place", "latitude and longitude of the place on it"),
        Column::number("Margin", "smallest distance of the drawn line; 0 inside"),
        Column::number(
            "May be off",
            "line and boundary together, where the verdict is decided",
        ),
        Column::text("Verdict", ""),
    ];
    columns.extend(others.iter().map(|source| Column::text(source, "")));
    columns.push(Column::wide("In words", ""));
    columns.push(Column::text(
        "Options",
        "that this is the closest place of, by scenario",
    ));
    columns
}

fn row(page: &Page<'_>, asked: &Asked, others: &[&str], shared: &Shared<'_>) -> Vec<Html> {
    let certificate = shared.certificate;
    let headline = &certificate.headline;
    let mut place = Html::new();
    place.unbroken([
        format!("{:.4} N", headline.at[1]),
        format!("{:.4} E", headline.at[0]),
    ]);
    let mut cells = vec![
        Page::named(&page.link(&headline.link), &headline.link),
        place,
        distance(headline.margin_m).into(),
        distance(headline.tolerance_m).into(),
        words::verdict_cell(headline.verdict),
    ];
    cells.extend(others.iter().map(|source| {
        let margin = certificate
            .by_source
            .iter()
            .find(|margin| margin.source == *source);
        margin.map_or_else(Html::new, |margin| {
            let mut html = Html::of(distance(margin.margin_m));
            html.text(", ");
            html.add(&words::verdict_cell(margin.verdict));
            html
        })
    }));
    cells.push(page.cited_text(&certificate.statement));
    cells.push(options(asked, shared));
    cells
}

/// The options of a certificate, each a link to where it is told leg by leg.
fn options(asked: &Asked, shared: &Shared<'_>) -> Html {
    let mut html = Html::new();
    for (scenario, ids) in &shared.options {
        let answer = asked
            .answers
            .iter()
            .find(|answer| answer.scenario.as_deref() == Some(scenario));
        let told = answer
            .and_then(|answer| asked.same_as(answer).scenario.as_deref())
            .unwrap_or(scenario);
        html.element("div", &[], |html| {
            html.text(format!("{scenario}:"));
            for id in ids {
                html.text(" ");
                html.leaf("a", &[("href", &format!("#{told}-{id}"))], id);
            }
        });
    }
    html
}

//! How close each option comes to the state that it avoids, and what that distance is worth.

use crate::analysis::transit::Answer;
use crate::analysis::transit::CertificateRow;
use crate::analysis::transit::OptionRow;
use crate::publication::page::Page;
use crate::publication::page::words;
use crate::publication::page::words::distance;
use crate::report::html::Column;
use crate::report::html::Html;
use crate::report::html::HtmlTable;

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
    let rows = main.answers.iter().flat_map(|answer| {
        answer
            .options
            .iter()
            .filter_map(move |option| Some((answer, option, option.certificate.as_ref()?)))
    });
    let sources: Vec<&str> = page
        .material
        .world
        .boundaries
        .iter()
        .map(|it| page.material.world.source_of(it).id.as_str())
        .collect();
    let table = HtmlTable {
        id: "certificate-table",
        caption: format!(
            "Distance from {avoided} by {}; other sources beside it",
            page.material.source()
        )
        .into(),
        columns: columns(&sources),
        rows: rows.map(|row| self::row(page, &sources, row)).collect(),
    };
    table.write(&mut html);
    table.legend(&mut html);
    html
}

fn columns<'a>(sources: &[&'a str]) -> Vec<Column<'a>> {
    let mut columns = vec![
        Column::text("Option", ""),
        Column::number("Margin", "smallest distance of the drawn line; 0 inside"),
        Column::number(
            "May be off",
            "line and boundary together, where the verdict is decided",
        ),
        Column::text("Verdict", ""),
        Column::text("Closest on", ""),
        Column::text("Place, lat lon", ""),
        Column::text(
            "Decided by",
            "the link whose stated territory decides, and that territory",
        ),
    ];
    columns.extend(sources.iter().map(|source| Column::text(source, "")));
    columns
}

fn row(
    page: &Page<'_>,
    sources: &[&str],
    (answer, option, certificate): (&Answer, &OptionRow, &CertificateRow),
) -> Vec<Html> {
    let headline = &certificate.headline;
    let scenario = answer.scenario.as_deref().unwrap_or_default();
    let mut name = Html::new();
    name.leaf(
        "a",
        &[("href", &format!("#{scenario}-{}", option.id))],
        format!("{} {}", scenario, option.id),
    );
    let links = &page.material.world.links;
    let territory = links
        .find(&headline.decided_by)
        .map(|id| links[id].territory.to_string());
    let mut cells = vec![
        name,
        distance(headline.margin_m).into(),
        distance(headline.tolerance_m).into(),
        words::verdict_cell(headline.verdict),
        Page::named(page.link(&headline.link), &headline.link),
        format!("{:.4} {:.4}", headline.at[1], headline.at[0]).into(),
        Page::named(
            page.link(&headline.decided_by),
            &territory.unwrap_or_default(),
        ),
    ];
    cells.extend(sources.iter().map(|source| {
        let margin = certificate
            .by_source
            .iter()
            .find(|margin| margin.source == *source);
        margin.map_or_else(Html::new, |margin| {
            let mut html = Html::of(format!("{}, ", distance(margin.margin_m)));
            html.add(&words::verdict_cell(margin.verdict));
            html
        })
    }));
    cells
}

//! Data sets with licence and accuracy, and the publications that the page cites.

use crate::model::Source;
use crate::model::SourceKind;
use crate::publication::page::Page;
use crate::report::html::Column;
use crate::report::html::Html;
use crate::report::html::HtmlTable;

/// The section.
pub(super) fn body(page: &Page<'_>) -> Html {
    let mut html = Html::new();
    data(page, &mut html);
    let cited = page.cited.borrow();
    let all = page.material.world.sources.iter().map(|(_, source)| source);
    let mut shown: Vec<&Source> = all.filter(|source| cited.contains(&source.id)).collect();
    shown.sort_by(|one, other| one.id.cmp(&other.id));
    html.leaf("h3", &[], "Cited above");
    let note = format!(
        "{} of {} sources; all of them are in tables/sources.csv. Addresses were read when the facts were gathered and are not checked again.",
        shown.len(),
        page.material.world.sources.len()
    );
    html.leaf("p", &[("class", "note")], note);
    html.element("ol", &[("class", "bib")], |html| {
        for source in shown {
            html.element("li", &[("id", &format!("src-{}", source.id))], |html| {
                entry(html, source);
            });
        }
    });
    html
}

fn data(page: &Page<'_>, html: &mut Html) {
    let sets = page.material.world.sources.iter().map(|(_, source)| source);
    let sets = sets.filter(|source| source.kind != SourceKind::Publication);
    let table = HtmlTable {
        id: "data-sets",
        caption: "Data sets".into(),
        columns: vec![
            Column::text("Data set", ""),
            Column::text("Publisher", ""),
            Column::text("Edition", ""),
            Column::text("Licence", ""),
            Column::text(
                "Package",
                "what to fetch to have the same bytes; checksums are in tables/sources.csv",
            ),
            Column::number(
                "Accuracy, m",
                "95 % of positions are within this of the line meant",
            ),
            Column::wide("How that was determined", ""),
        ],
        rows: sets.map(row).collect(),
    };
    table.write(html);
    table.legend(html);
}

fn row(source: &Source) -> Vec<Html> {
    let package = source.package.as_ref();
    vec![
        Page::named(&source.title, &source.id),
        source.publisher.as_str().into(),
        source
            .edition
            .map(|date| Html::of(date.to_string()))
            .unwrap_or_default(),
        source.licence.as_str().into(),
        package
            .map(|it| Html::of(format!("{} {} {}", it.registry, it.name, it.version)))
            .unwrap_or_default(),
        source
            .accuracy_m
            .map(|metres| Html::of(format!("{metres:.0}")))
            .unwrap_or_default(),
        source.accuracy_basis.as_deref().unwrap_or_default().into(),
    ]
}

fn entry(html: &mut Html, source: &Source) {
    html.leaf("b", &[], format!("[{}]", source.id));
    let stop = if source.title.ends_with(['?', '!', '.']) {
        ""
    } else {
        "."
    };
    html.text(format!(" {}{stop} {}", source.title, source.publisher));
    if let Some(edition) = source.edition {
        html.text(format!(", {edition}"));
    }
    html.text(". ");
    let Some(address) = &source.address else {
        return;
    };
    if is_address(address) {
        html.leaf(
            "a",
            &[
                ("href", &format!("https://{address}")),
                ("rel", "noreferrer"),
            ],
            address,
        );
    } else {
        html.text(address);
    }
}

/// Whether a text is one address of the web, without its scheme, and not words about one.
fn is_address(text: &str) -> bool {
    let host = text.split('/').next().unwrap_or_default();
    let in_host =
        |character: char| character.is_ascii_alphanumeric() || character == '.' || character == '-';
    !text.contains(|character: char| character.is_whitespace() || character == '…')
        && host.contains('.')
        && host.chars().all(in_host)
        && !text.ends_with(',')
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn words_about_an_address_are_no_address() {
        assert!(is_address("example.org/a/b?c=1"));
        assert!(!is_address("example.org and example.com"));
        assert!(!is_address("example.org/…/1.html"));
        assert!(!is_address("search result without address"));
    }
}

//! The agreement, provision by provision, with what was measured of each.

use crate::analysis::agreement::Score;
use crate::analysis::agreement::ScoreRow;
use crate::analysis::agreement::Scorecard;
use crate::analysis::agreement::StandingRow;
use crate::model::ProvisionKind;
use crate::publication::page::Page;
use crate::publication::page::words;
use crate::report::html::Html;

/// The section.
pub(super) fn body(page: &Page<'_>, scorecard: &Scorecard<'_>) -> Html {
    let mut html = Html::new();
    html.leaf("p", &[], &scorecard.accord.title);
    html.element("p", &[], |html| {
        page.prose(html, &scorecard.accord.summary);
    });
    html.element("ul", &[("class", "claims")], |html| {
        for row in &scorecard.standing {
            html.element("li", &[], |html| standing(page, html, row));
        }
        if scorecard.standing.is_empty() {
            let none = format!("No claim about it holds on {}.", scorecard.on);
            html.leaf("li", &[], none);
        }
    });
    for (kind, heading) in [
        (ProvisionKind::Clause, "What the text says"),
        (ProvisionKind::TaskLeft, "What is left to do"),
    ] {
        let mine = || {
            let all = scorecard.provisions.iter();
            all.filter(move |score| score.provision.kind == kind)
        };
        if mine().next().is_some() {
            html.leaf("h3", &[], heading);
        }
        mine().for_each(|score| provision(page, &mut html, score));
    }
    words::command(&mut html, "araxes agreement");
    html
}

fn standing(page: &Page<'_>, html: &mut Html, row: &StandingRow) {
    html.leaf("b", &[], row.is);
    if let Some(from) = row.from {
        html.text(format!(", {from}"));
    }
    page.grounds(html, row.source.as_deref(), row.assumption.as_deref());
    note(page, html, row.note.as_deref());
}

fn note(page: &Page<'_>, html: &mut Html, note: Option<&str>) {
    if let Some(note) = note {
        html.text(" ");
        html.element("span", &[("class", "note")], |html| page.prose(html, note));
    }
}

fn provision(page: &Page<'_>, html: &mut Html, score: &Score<'_>) {
    let provision = score.provision;
    let article = provision.article.as_ref();
    let article = article.map(|article| format!(" (article {article})"));
    html.leaf(
        "h4",
        &[("id", &format!("provision-{}", provision.id))],
        format!("{}{}", provision.title, article.unwrap_or_default()),
    );
    html.element("p", &[], |html| {
        html.text(&provision.text);
        for source in &provision.sources {
            page.grounds(html, Some(&page.material.world.sources[*source].id), None);
        }
    });
    html.element("ul", &[("class", "claims")], |html| {
        for rows in &score.measures {
            for mine in rows.chunk_by(ScoreRow::is_about_the_same) {
                html.element("li", &[], |html| measured(page, html, mine));
            }
        }
    });
}

/// What was measured of one subject.
fn measured(page: &Page<'_>, html: &mut Html, rows: &[ScoreRow]) {
    let Some(first) = rows.first() else { return };
    if first.measure.is_none() {
        html.text("Not measured.");
    } else {
        html.leaf("b", &[], &first.subject);
    }
    let figures: Vec<String> = rows.iter().filter_map(ScoreRow::in_words).collect();
    if !figures.is_empty() {
        html.text(format!(": {}", figures.join("; ")));
    }
    let mut cited: Vec<&str> = Vec::new();
    for source in rows.iter().flat_map(|row| &row.evidence) {
        if !cited.contains(&source.as_str()) {
            cited.push(source);
        }
    }
    for source in cited {
        if page.material.world.sources.find(source).is_some() {
            page.grounds(html, Some(source), None);
        } else {
            html.text(format!(" ({source})"));
        }
    }
    for row in rows {
        note(page, html, row.note.as_deref());
    }
}

//! The summary: what the rows say in a few figures, each with the command that gives it again.

use std::collections::BTreeMap;

use crate::analysis::corridors::CorridorRow;
use crate::analysis::length::LengthRow;
use crate::analysis::segments::SegmentRow;
use crate::analysis::transit::Answer;
use crate::analysis::transit::OptionRow;
use crate::model::Agreement;
use crate::model::Code;
use crate::model::DisputeKind;
use crate::model::Pair;
use crate::model::Stage;
use crate::publication::material::Asked;
use crate::publication::page::Page;
use crate::publication::page::words;
use crate::publication::page::words::counted;
use crate::publication::page::words::km;
use crate::publication::page::words::listed;
use crate::publication::question;
use crate::report::html::Html;

/// A key figure.
struct Figure {
    value: String,
    unit: &'static str,
    text: String,
    command: String,
}

/// The section.
pub(super) fn body(page: &Page<'_>) -> Html {
    let mut html = Html::new();
    let mut figures = Vec::new();
    for pair in page.material.pairs() {
        figures.extend(length(page, pair));
        figures.extend(status(page, pair));
    }
    figures.extend(enclaves(page));
    group(&mut html, "Borders", &figures);
    let mut figures: Vec<Figure> = corridors(page).into_iter().collect();
    let mut title = "Corridors".to_owned();
    if let Some(main) = page.material.questions.first() {
        let first = main.answers.first();
        let told = main.answers.iter().filter(|answer| {
            first.is_some_and(|first| std::ptr::eq(first, *answer) || changes(first, answer))
        });
        figures.extend(told.filter_map(|answer| fastest(page, main, answer)));
        figures.extend(closest(page, main));
        title = format!(
            "Corridors, and ways without {}",
            page.territory(main.question.avoid)
        );
    }
    group(&mut html, &title, &figures);
    html
}

/// Whether a scenario has another fastest option.
fn changes(first: &Answer, other: &Answer) -> bool {
    let fastest = |answer: &Answer| {
        answer
            .options
            .first()
            .map(|option| (option.time_min, option.links.clone()))
    };
    fastest(first) != fastest(other)
}

fn group(html: &mut Html, title: &str, figures: &[Figure]) {
    html.leaf("h3", &[("class", "group")], title);
    html.element("ul", &[("class", "figures")], |html| {
        for figure in figures {
            html.element("li", &[], |html| write(html, figure));
        }
    });
}

fn write(html: &mut Html, figure: &Figure) {
    html.element("span", &[("class", "big")], |html| {
        html.text(&figure.value);
        if !figure.unit.is_empty() {
            html.text(" ");
            html.leaf("small", &[], figure.unit);
        }
    });
    html.leaf("span", &[], &figure.text);
    words::command(html, &figure.command);
}

/// The length of a pair's border, and what the other sources make of it.
fn length(page: &Page<'_>, pair: Pair) -> Option<Figure> {
    let material = page.material;
    let name = pair.to_string();
    let whole = |row: &&LengthRow| row.pair == name && row.part == "all";
    let own = material
        .lengths
        .iter()
        .filter(whole)
        .find(|row| row.source == material.source())?;
    let others = material
        .lengths
        .iter()
        .filter(whole)
        .filter(|row| row.source != own.source);
    let others: Vec<String> = others
        .map(|row| format!("{} on {}", km(row.length_km), row.source))
        .collect();
    let beside = if others.is_empty() {
        String::new()
    } else {
        format!("; {}", listed(&others))
    };
    Some(Figure {
        value: km(own.length_km),
        unit: "km",
        text: format!(
            "Length of the border of {} as {} draws it, one vertex per {:.0} m{beside}. What a source draws of enclaves counts.",
            page.states(pair),
            own.source,
            own.spacing_m
        ),
        command: format!("araxes border lengths --pair {pair}"),
    })
}

/// How much of a pair's border is delimited, contested, and held across the line.
fn status(page: &Page<'_>, pair: Pair) -> Vec<Figure> {
    let material = page.material;
    let name = pair.to_string();
    let own: Vec<_> = material
        .segments
        .iter()
        .zip(&material.stretches)
        .filter(|(row, _)| row.pair == name)
        .collect();
    let total: f64 = own.iter().map(|(row, _)| row.length_km).sum();
    let figure = |wanted: &dyn Fn(&SegmentRow) -> bool, what: &str| {
        let found: Vec<&SegmentRow> = own
            .iter()
            .map(|(row, _)| *row)
            .filter(|row| wanted(row))
            .collect();
        let sum: f64 = found.iter().map(|row| row.length_km).sum();
        Figure {
            value: km(sum),
            unit: "km",
            text: format!(
                "{what}: {:.1} % of the border of {}, in {}.",
                100.0 * sum / total.max(1.0),
                page.states(pair),
                counted(found.len(), "segment")
            ),
            command: format!("araxes border segments --pair {pair}"),
        }
    };
    let delimited =
        |row: &SegmentRow| matches!(row.stage, Some(Stage::Delimited | Stage::Demarcated));
    let contested = |row: &SegmentRow| {
        matches!(
            row.agreement,
            Some(Agreement::Contested | Agreement::UnilateralClaim)
        )
    };
    let across: Vec<&SegmentRow> = own
        .iter()
        .filter(|(_, stretch)| {
            stretch
                .status
                .control
                .as_ref()
                .is_some_and(|control| !words::holds_own(control))
        })
        .map(|(row, _)| *row)
        .collect();
    let held = |row: &SegmentRow| across.iter().any(|other| std::ptr::eq(*other, row));
    vec![
        figure(
            &delimited,
            "Delimited, as far as the published words allow to place it",
        ),
        figure(&contested, "Contested"),
        figure(
            &held,
            "Along segments where one state holds ground on the other side of the de jure line",
        ),
    ]
}

/// The enclaves, by who they belong to de jure and who controls them.
fn enclaves(page: &Page<'_>) -> Option<Figure> {
    let rows: Vec<_> = page
        .material
        .disputes
        .iter()
        .filter(|row| row.kind == DisputeKind::Enclave.word())
        .collect();
    let mut held: BTreeMap<(Code, Code), usize> = BTreeMap::new();
    for row in &rows {
        if let (Some(owner), Some(holder)) = (row.de_jure, row.controlled_by) {
            *held.entry((owner, holder)).or_default() += 1;
        }
    }
    let held = held.iter().map(|((owner, holder), count)| {
        let (owner, holder) = (page.territory(*owner), page.territory(*holder));
        format!("{count} de jure of {owner}, controlled by {holder}")
    });
    let names: Vec<String> = rows.iter().map(|row| page.dispute(&row.dispute)).collect();
    (!rows.is_empty()).then(|| Figure {
        value: rows.len().to_string(),
        unit: if rows.len() == 1 {
            "enclave"
        } else {
            "enclaves"
        },
        text: format!("{}. {}.", listed(&held.collect::<Vec<_>>()), listed(&names)),
        command: "araxes border enclaves".to_owned(),
    })
}

/// How many corridors can be used from end to end.
fn corridors(page: &Page<'_>) -> Option<Figure> {
    let material = page.material;
    let telling = question::telling(material.world);
    let shown = material
        .corridors
        .iter()
        .filter(|detail| telling.iter().any(|one| one.id == detail.row.corridor));
    let rows: Vec<_> = shown.map(|detail| &detail.row).collect();
    let label = |row: &&&CorridorRow| row.letter.clone().unwrap_or_else(|| row.corridor.clone());
    let whole = |row: &&&CorridorRow| row.to_build_km + row.closed_km == 0.0;
    let usable: Vec<String> = rows.iter().filter(whole).map(|row| label(&row)).collect();
    let lacking: Vec<String> = rows
        .iter()
        .filter(|row| !whole(row))
        .map(|row| format!("{} {}", label(&row), km(row.to_build_km + row.closed_km)))
        .collect();
    (!rows.is_empty()).then(|| Figure {
        value: format!("{} of {}", usable.len(), rows.len()),
        unit: "corridors",
        text: format!(
            "in use over their whole length: {}. Kilometres closed or still to build on the others: {}.",
            listed(&usable),
            listed(&lacking)
        ),
        command: "araxes corridors compare".to_owned(),
    })
}

/// The fastest option of an answer.
fn fastest(page: &Page<'_>, asked: &Asked, answer: &Answer) -> Option<Figure> {
    let scenario = answer.scenario.as_deref()?;
    let ends = format!("{} to {}", page.node(&answer.from), page.node(&answer.to));
    let avoided = page.territory(asked.question.avoid);
    let alike: Vec<String> = asked
        .answers
        .iter()
        .filter(|other| !std::ptr::eq(*other, answer) && !changes(answer, other))
        .filter_map(|other| Some(format!("“{}”", page.scenario(other.scenario.as_deref()?))))
        .collect();
    let title = page.scenario(scenario);
    let title = if alike.is_empty() {
        format!("“{title}”")
    } else {
        format!("“{title}”; the same under {}", listed(&alike))
    };
    let command = asked.question.command(page.material.world, scenario);
    let Some(option) = answer.options.first() else {
        let text = format!("{ends} without {avoided}: no option. Scenario {title}.");
        return Some(Figure {
            value: "none".to_owned(),
            unit: "",
            text,
            command,
        });
    };
    let build = if option.to_build_km > 0.0 {
        format!(
            ", of which {} km are still to build",
            km(option.to_build_km)
        )
    } else {
        String::new()
    };
    Some(Figure {
        value: format!("{:.0}", option.time_h),
        unit: "hours",
        text: format!(
            "{ends} without {avoided}, fastest of {}: {} km{build}, {}. Scenario {title}.",
            counted(answer.options_found, "option"),
            km(option.length_km),
            counted(option.crossings as usize, "border")
        ),
        command,
    })
}

/// The closest that an option comes to what it avoids, of all scenarios.
fn closest(page: &Page<'_>, asked: &Asked) -> Option<Figure> {
    let margin = |option: &OptionRow| {
        option
            .certificate
            .as_ref()
            .map(|certificate| certificate.headline.margin_m)
    };
    let all = asked
        .answers
        .iter()
        .flat_map(|answer| answer.options.iter().map(move |option| (answer, option)));
    let (answer, option) = all
        .filter(|(_, option)| option.certificate.is_some())
        .min_by(|one, other| {
            margin(one.1)
                .unwrap_or(f64::MAX)
                .total_cmp(&margin(other.1).unwrap_or(f64::MAX))
        })?;
    let headline = &option.certificate.as_ref()?.headline;
    let scenario = answer.scenario.as_deref()?;
    let (_, verdict) = words::verdict(headline.verdict);
    Some(Figure {
        value: words::distance(headline.margin_m),
        unit: "",
        text: format!(
            "Closest that an option without {} comes to it: option {} under “{}”, on {}. Line and boundary may be off by {}: {verdict}.",
            page.territory(asked.question.avoid),
            option.id,
            page.scenario(scenario),
            page.link(&headline.link),
            words::distance(headline.tolerance_m)
        ),
        command: asked.question.command(page.material.world, scenario),
    })
}

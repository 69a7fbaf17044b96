//! Transit options that avoid a state: the main question in full, the others side by side.

use crate::analysis::transit::Answer;
use crate::analysis::transit::LegRow;
use crate::analysis::transit::OptionRow;
use crate::analysis::transit::Reason;
use crate::publication::maps;
use crate::publication::material::Asked;
use crate::publication::page::Page;
use crate::publication::page::corridors::by_state;
use crate::publication::page::figure::figure;
use crate::publication::page::words;
use crate::publication::page::words::counted;
use crate::publication::page::words::km;
use crate::publication::page::words::listed;
use crate::publication::rows;
use crate::report::html::Column;
use crate::report::html::Html;
use crate::report::html::HtmlTable;

/// The section.
pub(super) fn body(page: &Page<'_>) -> Html {
    let mut html = Html::new();
    let Some(main) = page.material.questions.first() else {
        words::paragraph(
            &mut html,
            "The corridors of this data set avoid no state, so there is nothing to ask.",
        );
        return html;
    };
    words::paragraph(&mut html, &why(page, main));
    for answer in &main.answers {
        let first = main.same_as(answer);
        if std::ptr::eq(first, answer) {
            of_scenario(page, &mut html, main, answer);
        } else {
            again(page, &mut html, main, (answer, first));
        }
    }
    html
}

/// Which question it is, and where it comes from.
fn why(page: &Page<'_>, main: &Asked) -> String {
    let world = page.material.world;
    let node = |id| world.nodes[id].names.english();
    let others: Vec<String> = page
        .material
        .questions
        .iter()
        .skip(1)
        .map(|asked| page.territory(asked.question.avoid))
        .collect();
    let others = if others.is_empty() {
        String::new()
    } else {
        format!(
            " The same ways without {} are compared further down.",
            listed(&others)
        )
    };
    format!(
        "From {} to {} without touching {}. The data choose this question: these are the ends that most of the lettered corridors join, \
         and {} of those corridors are said to avoid {}. Shown is every option that no other beats on all of time, cost, length, \
         kilometres still to build, borders and gauge changes.{others}",
        node(main.question.from),
        node(main.question.to),
        page.territory(main.question.avoid),
        main.question.corridors,
        page.territory(main.question.avoid)
    )
}

fn of_scenario(page: &Page<'_>, html: &mut Html, asked: &Asked, answer: &Answer) {
    let Some(scenario) = answer.scenario.as_deref() else {
        return;
    };
    html.leaf(
        "h3",
        &[],
        format!(
            "{}: {}",
            page.scenario(scenario),
            counted(answer.options_found, "option")
        ),
    );
    if let Some(reason) = &answer.reason {
        none(page, html, reason);
    } else {
        figure(page, html, &maps::options_name(answer), "");
        options(page, html, answer, scenario);
        for option in &answer.options {
            legs(page, html, option, scenario);
        }
    }
    words::command(html, &asked.question.command(page.material.world, scenario));
}

/// A scenario that leaves everything as an earlier one has it.
fn again(page: &Page<'_>, html: &mut Html, asked: &Asked, (answer, first): (&Answer, &Answer)) {
    let (Some(scenario), Some(earlier)) = (answer.scenario.as_deref(), first.scenario.as_deref())
    else {
        return;
    };
    html.leaf(
        "h3",
        &[],
        format!(
            "{}: {}",
            page.scenario(scenario),
            counted(answer.options_found, "option")
        ),
    );
    words::paragraph(
        html,
        &format!(
            "The same options at the same figures as under “{}”.",
            page.scenario(earlier)
        ),
    );
    words::command(html, &asked.question.command(page.material.world, scenario));
}

fn none(page: &Page<'_>, html: &mut Html, reason: &Reason) {
    html.element("p", &[("class", "warn")], |html| {
        html.text(format!("No option: {}.", reason.text));
    });
    html.element("ul", &[("class", "claims")], |html| {
        for need in &reason.needs {
            html.element("li", &[], |html| {
                html.text(format!(
                    "{} {} ({}): {}",
                    need.what, need.id, need.mode, need.closure.is
                ));
                if let Some(since) = need.closure.since {
                    html.text(format!(" since {since}"));
                }
                page.grounds(
                    html,
                    need.closure.source.as_deref(),
                    need.closure.assumption.as_deref(),
                );
            });
        }
    });
}

fn options(page: &Page<'_>, html: &mut Html, answer: &Answer, scenario: &str) {
    let table = HtmlTable {
        id: &format!("options-{scenario}"),
        caption: format!("Options by time, {}", answer.as_of).into(),
        columns: vec![
            Column::text(
                "Option",
                "what it is best at, or better at than the fastest",
            ),
            Column::number("Length, km", ""),
            Column::number(
                "Time, h",
                "with typical waits at the borders; below it with those of a good and of a bad day",
            ),
            Column::number("Cost, USD/t", ""),
            Column::number("To build, km", ""),
            Column::number("Borders", "between states"),
            Column::number("Gauge changes", ""),
            Column::number("Mode changes", ""),
            Column::text("By territory, km", "codes by ISO 3166"),
            Column::wide("Crosses at", ""),
        ],
        rows: answer
            .options
            .iter()
            .map(|option| row(page, option, scenario))
            .collect(),
    };
    table.write(html);
    table.legend(html);
}

fn row(page: &Page<'_>, option: &OptionRow, scenario: &str) -> Vec<Html> {
    let mut name = Html::new();
    name.leaf(
        "a",
        &[("href", &format!("#{scenario}-{}", option.id))],
        &option.id,
    );
    name.text(format!(" by {}", rows::modes(option)));
    name.leaf("small", &[], option.why.join(", "));
    let mut time = Html::of(km(option.time_h));
    time.leaf(
        "small",
        &[],
        format!("{:.0}–{:.0}", option.time_low_h, option.time_high_h),
    );
    let crossings: Vec<&str> = option
        .borders
        .iter()
        .map(|border| page.crossing(&border.crossing))
        .collect();
    vec![
        name,
        km(option.length_km).into(),
        time,
        format!("{:.2}", option.cost_usd_per_t).into(),
        km(option.to_build_km).into(),
        option.crossings.to_string().into(),
        option.gauge_changes.to_string().into(),
        option.transfers.to_string().into(),
        by_state(&option.states),
        crossings.join("; ").into(),
    ]
}

/// An option leg by leg, with what it rests on.
fn legs(page: &Page<'_>, html: &mut Html, option: &OptionRow, scenario: &str) {
    let id = format!("{scenario}-{}", option.id);
    html.element("details", &[("id", &id)], |html| {
        html.element("summary", &[], |html| {
            html.leaf("b", &[], &option.id);
            html.text(format!(
                " leg by leg: {} km, {} h, {}",
                km(option.length_km),
                km(option.time_h),
                option.why.join(", ")
            ));
        });
        let table = HtmlTable {
            id: &format!("legs-{id}"),
            caption: "Legs in order".into(),
            columns: vec![
                Column::text("From – to", ""),
                Column::text("By", ""),
                Column::text("In", ""),
                Column::number("Length, km", ""),
                Column::number("Time, h", ""),
                Column::number("Cost, USD/t", ""),
                Column::text("Condition in the data", ""),
                Column::number("Drawn to, m", ""),
            ],
            rows: option.legs.iter().map(|leg| leg_row(page, leg)).collect(),
        };
        table.write(html);
        handling(page, html, option);
        assumptions(page, html, option);
    });
}

fn leg_row(page: &Page<'_>, leg: &LegRow) -> Vec<Html> {
    let mut condition = Html::of(leg.condition.unwrap_or("no claim").replace('-', " "));
    page.grounds(&mut condition, leg.condition_source.as_deref(), None);
    if leg.to_build {
        condition.text(" (built in this scenario)");
    }
    vec![
        format!("{} – {}", page.node(&leg.from), page.node(&leg.to)).into(),
        leg.mode.word().into(),
        leg.state.as_str().into(),
        km(leg.length_km).into(),
        km(leg.time_h).into(),
        format!("{:.2}", leg.cost_usd_per_t).into(),
        condition,
        format!("{:.0}", leg.alignment_accuracy_m).into(),
    ]
}

/// Waits, gauge and mode changes.
fn handling(page: &Page<'_>, html: &mut Html, option: &OptionRow) {
    html.element("ul", &[("class", "claims")], |html| {
        for border in &option.borders {
            html.element("li", &[], |html| {
                html.text(format!(
                    "Border {} ({}): {} h, {} to {}; {} USD/t.",
                    page.crossing(&border.crossing),
                    border.pair,
                    border.dwell_h,
                    border.dwell_low_h,
                    border.dwell_high_h,
                    border.cost_usd_per_t
                ));
                if let Some(open) = &border.open {
                    html.text(" Open:");
                    page.grounds(html, open.source.as_deref(), open.assumption.as_deref());
                }
                html.text(" Wait:");
                page.grounds(
                    html,
                    border.dwell.source.as_deref(),
                    border.dwell.assumption.as_deref(),
                );
            });
        }
        for change in &option.handling {
            let text = format!(
                "{} at {}: {} h, {} USD/t.",
                change.what,
                page.node(&change.at),
                change.time_h,
                change.cost_usd_per_t
            );
            html.leaf("li", &[], text);
        }
    });
}

fn assumptions(page: &Page<'_>, html: &mut Html, option: &OptionRow) {
    if option.changes.is_empty() && option.assumptions.is_empty() {
        return;
    }
    html.leaf("p", &[("class", "note")], "It rests on:");
    html.element("ul", &[("class", "claims")], |html| {
        for change in &option.changes {
            html.element("li", &[], |html| {
                html.text(format!("scenario: {}", change.what));
                page.grounds(html, change.source.as_deref(), change.assumption.as_deref());
            });
        }
        for one in &option.assumptions {
            html.element("li", &[], |html| {
                html.text(&one.what);
                page.grounds(
                    html,
                    one.grounds.source.as_deref(),
                    one.grounds.assumption.as_deref(),
                );
            });
        }
    });
}

//! `araxes transit`.

use std::fmt::Write as _;

use araxes::analysis::certificate::Verdict;
use araxes::analysis::scenarios;
use araxes::analysis::transit;
use araxes::analysis::transit::Answer;
use araxes::analysis::transit::ChangeRow;
use araxes::analysis::transit::OptionRow;
use araxes::analysis::transit::Query;
use araxes::error::Result;
use araxes::model::World;
use araxes::report;
use araxes::report::Format;
use araxes::report::Geometries;
use araxes::units::rounded;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::args::TransitArgs;
use crate::cli::args::WayArgs;

/// Answers `araxes transit`; whether there is no option.
pub(super) fn run(session: &Session, world: &World, args: &TransitArgs) -> Result<bool> {
    let answer = transit::transit(world, &query(session, world, args)?)?;
    let text = match session.format() {
        Format::Json => report::json(&answer)?.into_bytes(),
        Format::Table => card(&answer)?.into_bytes(),
        _ => {
            let rows: Vec<Summary> = answer.options.iter().map(Summary::of).collect();
            session.bytes(&rows, Some(places(world, &answer)))?
        }
    };
    session.output.write(&text)?;
    Ok(answer.options.is_empty())
}

/// The question that the arguments ask.
pub(super) fn query<'w>(
    session: &'w Session,
    world: &'w World,
    args: &TransitArgs,
) -> Result<Query<'w>> {
    let scenario = scenarios::find_scenario(world, &args.scenario)?;
    Ok(Query {
        scenario: Some(&world.scenarios[scenario]),
        on: session.common.on,
        limit: args.limit,
        ..way(session, world, &args.way)?
    })
}

/// The question whatever the scenario.
pub(super) fn way<'w>(session: &'w Session, world: &World, args: &WayArgs) -> Result<Query<'w>> {
    let from = transit::find_node(world, &args.from)?;
    let to = transit::find_node(world, &args.to)?;
    Ok(Query {
        avoid: args.avoid.clone(),
        modes: args.modes.clone(),
        source: session.common.source.as_deref(),
        ..Query::new(from, to)
    })
}

/// An option on one line.
#[derive(Serialize)]
struct Summary<'a> {
    option: &'a str,
    length_km: f64,
    time_h: f64,
    time_low_h: f64,
    time_high_h: f64,
    cost_usd_per_t: f64,
    to_build_km: f64,
    crossings: u32,
    gauge_changes: u32,
    transfers: usize,
    states: String,
    by: String,
    margin_m: Option<f64>,
    margin_to: Option<String>,
    verdict: Option<Verdict>,
    why: String,
}

impl<'a> Summary<'a> {
    fn of(option: &'a OptionRow) -> Self {
        let states = option
            .states
            .iter()
            .map(|(state, km)| format!("{state} {km}"));
        let mut by: Vec<&str> = Vec::new();
        for border in &option.borders {
            by.push(&border.crossing);
        }
        Self {
            option: &option.id,
            length_km: option.length_km,
            time_h: option.time_h,
            time_low_h: option.time_low_h,
            time_high_h: option.time_high_h,
            cost_usd_per_t: option.cost_usd_per_t,
            to_build_km: option.to_build_km,
            crossings: option.crossings,
            gauge_changes: option.gauge_changes,
            transfers: option.transfers,
            states: states.collect::<Vec<_>>().join(", "),
            by: by.join(", "),
            margin_m: option
                .certificate
                .as_ref()
                .map(|certificate| certificate.headline.margin_m),
            margin_to: option
                .certificate
                .as_ref()
                .map(|certificate| certificate.state.to_string()),
            verdict: option
                .certificate
                .as_ref()
                .map(|certificate| certificate.headline.verdict),
            why: option.why.join(", "),
        }
    }
}

/// An option at a glance, for a terminal: what follows below the table tells the rest.
#[derive(Serialize)]
struct Glance<'a> {
    option: &'a str,
    km: f64,
    hours: f64,
    from_to_h: String,
    usd_per_t: f64,
    to_build_km: f64,
    borders: u32,
    gauge_changes: u32,
    states_km: String,
    margin_m: Option<f64>,
}

impl<'a> Glance<'a> {
    fn of(option: &'a OptionRow) -> Self {
        let states = option
            .states
            .iter()
            .map(|(state, km)| format!("{state} {km:.0}"));
        Self {
            option: &option.id,
            km: rounded(option.length_km, 1),
            hours: rounded(option.time_h, 1),
            from_to_h: format!("{:.0}–{:.0}", option.time_low_h, option.time_high_h),
            usd_per_t: rounded(option.cost_usd_per_t, 1),
            to_build_km: rounded(option.to_build_km, 1),
            borders: option.crossings,
            gauge_changes: option.gauge_changes,
            states_km: states.collect::<Vec<_>>().join(", "),
            margin_m: option
                .certificate
                .as_ref()
                .map(|found| rounded(found.headline.margin_m, 1)),
        }
    }
}

fn places(world: &World, answer: &Answer) -> Geometries {
    let line = |option: &OptionRow| {
        let lines: Vec<_> = option
            .links
            .iter()
            .map(|&link| world.links[link].alignment.0.as_slice())
            .collect();
        report::lines(&lines)
    };
    answer.options.iter().map(line).collect()
}

/// The answer for people: a line per option, then each option leg by leg.
fn card(answer: &Answer) -> Result<String> {
    let mut text = String::new();
    let avoid: Vec<String> = answer.avoid.iter().map(ToString::to_string).collect();
    let avoiding = if avoid.is_empty() {
        String::new()
    } else {
        format!(", avoiding {}", avoid.join(", "))
    };
    let scenario = answer.scenario.as_deref().unwrap_or("none");
    let _ = writeln!(
        text,
        "{} → {}{avoiding} · scenario {scenario} · {} · boundary {}\n",
        answer.from, answer.to, answer.as_of, answer.source
    );
    if let Some(reason) = &answer.reason {
        let _ = writeln!(text, "no option: {}", reason.text);
        for need in &reason.needs {
            let closure = &need.closure;
            let since = closure
                .since
                .map(|since| format!(" since {since}"))
                .unwrap_or_default();
            let basis = closure
                .source
                .as_deref()
                .or(closure.assumption.as_deref())
                .unwrap_or("no record");
            let _ = writeln!(
                text,
                "  - {} {} ({}): {}{since} [{basis}]",
                need.what, need.id, need.mode, closure.is
            );
        }
        return Ok(text);
    }
    if answer.options_found > answer.options.len() {
        let _ = writeln!(
            text,
            "{} of {} options shown\n",
            answer.options.len(),
            answer.options_found
        );
    }
    let rows: Vec<Glance> = answer.options.iter().map(Glance::of).collect();
    text.push_str(&report::rows(&rows, Format::Table, None)?);
    for option in &answer.options {
        legs(&mut text, option);
    }
    Ok(text)
}

fn legs(text: &mut String, option: &OptionRow) {
    let _ = writeln!(text, "\n{}: {}", option.id, option.why.join(", "));
    let mut borders = option.borders.iter().peekable();
    for (number, leg) in option.legs.iter().enumerate() {
        let more = if leg.links > 1 {
            format!(" and {} more", leg.links - 1)
        } else {
            String::new()
        };
        let build = if leg.to_build { "  to build" } else { "" };
        let _ = writeln!(
            text,
            "  {:<5} {:<6} {:>7.1} km {:>6.1} h  {} → {}  ({}{more}){build}",
            leg.mode.to_string(),
            leg.state.to_string(),
            leg.length_km,
            leg.time_h,
            leg.from,
            leg.to,
            leg.link
        );
        let next = option.legs.get(number + 1).map(|next| next.state);
        if next.is_some_and(|next| next.state() != leg.state.state())
            && let Some(border) = borders.next()
        {
            let _ = writeln!(
                text,
                "  border {}: {} h ({}–{} h), {} USD/t",
                border.crossing,
                border.dwell_h,
                border.dwell_low_h,
                border.dwell_high_h,
                border.cost_usd_per_t
            );
        }
    }
    for handling in &option.handling {
        let _ = writeln!(
            text,
            "  {} at {}: {} h, {} USD/t",
            handling.what, handling.at, handling.time_h, handling.cost_usd_per_t
        );
    }
    for certificate in &option.certificates {
        let _ = writeln!(
            text,
            "  certificate {}: {}",
            certificate.state, certificate.statement
        );
    }
    for alike in option.changes.chunk_by(alike) {
        let (Some(first), Some(last)) = (alike.first(), alike.last()) else {
            continue;
        };
        let what = match alike.len() {
            1 => first.what.clone(),
            count => format!("{} … {}, {count} links", first.what, parted(last).1),
        };
        let _ = writeln!(text, "  scenario: {what} [{}]", basis(first));
    }
}

/// Whether two changes do the same to two things, on the same basis: they are then told in one line.
fn alike(one: &ChangeRow, other: &ChangeRow) -> bool {
    parted(one).0 == parted(other).0 && basis(one) == basis(other)
}

/// What a change does, and to what.
fn parted(change: &ChangeRow) -> (&str, &str) {
    change.what.rsplit_once(' ').unwrap_or((&change.what, ""))
}

fn basis(change: &ChangeRow) -> &str {
    let source = change.source.as_deref();
    source.or(change.assumption.as_deref()).unwrap_or_default()
}

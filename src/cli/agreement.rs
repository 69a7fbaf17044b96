//! `araxes agreement`.

use std::fmt::Write as _;

use araxes::analysis::agreement;
use araxes::analysis::agreement::Question;
use araxes::analysis::agreement::Score;
use araxes::analysis::agreement::ScoreRow;
use araxes::analysis::agreement::Scorecard;
use araxes::analysis::agreement::StandingRow;
use araxes::analysis::agreement::Where;
use araxes::error::Result;
use araxes::model::Date;
use araxes::model::Pair;
use araxes::model::ProvisionKind;
use araxes::model::World;
use araxes::report;
use araxes::report::Format;
use geojson::GeometryValue;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::args::AgreementArgs;

/// Answers `araxes agreement`.
pub(super) fn run(session: &Session, world: &World, args: &AgreementArgs) -> Result<()> {
    let question = Question {
        boundary: session.boundary(world)?,
        on: session.common.on,
        view: session.common.view,
        only: &args.provisions,
    };
    let scorecard = agreement::scorecard(world, &question)?;
    let text = match session.format() {
        Format::Table => card(world, &scorecard),
        Format::Json => report::json(&Answer::of(&scorecard))?,
        _ => {
            let rows: Vec<&ScoreRow> = scorecard.rows().collect();
            let places = rows.iter().map(|row| drawn(&row.place));
            return session.rows(&rows, Some(places.collect()));
        }
    };
    session.output.write(text.as_bytes())
}

/// The answer for programs.
#[derive(Serialize)]
struct Answer<'a> {
    agreement: &'a str,
    title: &'a str,
    parties: Pair,
    as_of: Date,
    source: &'a str,
    status: &'a [StandingRow],
    rows: Vec<&'a ScoreRow>,
}

impl<'a> Answer<'a> {
    fn of(scorecard: &'a Scorecard<'_>) -> Self {
        Self {
            agreement: &scorecard.accord.id,
            title: &scorecard.accord.title,
            parties: scorecard.accord.parties,
            as_of: scorecard.on,
            source: scorecard.source,
            status: &scorecard.standing,
            rows: scorecard.rows().collect(),
        }
    }
}

fn drawn(place: &Where) -> Option<GeometryValue> {
    match place {
        Where::Nowhere => None,
        Where::Lines(lines) => report::lines(lines),
        Where::Points(points) => report::points(points),
    }
}

/// The width that text is broken at: that of the help.
const WIDTH: usize = 100;

/// The answer for people: provision by provision what the text says, and below it what was measured.
fn card(world: &World, scorecard: &Scorecard<'_>) -> String {
    let mut text = String::new();
    let accord = scorecard.accord;
    let _ = writeln!(text, "{}", accord.title);
    let _ = writeln!(
        text,
        "{} and {} · on {} · boundary {}",
        world.territory_name(accord.parties.first),
        world.territory_name(accord.parties.second),
        scorecard.on,
        scorecard.source
    );
    let standing: Vec<String> = scorecard.standing.iter().map(in_words).collect();
    let standing = if standing.is_empty() {
        "no claim about it holds on this date".to_owned()
    } else {
        standing.join(" · ")
    };
    wrapped(&mut text, &standing, "");
    for kind in [ProvisionKind::Clause, ProvisionKind::TaskLeft] {
        let mine: Vec<&Score<'_>> = scorecard
            .provisions
            .iter()
            .filter(|score| score.provision.kind == kind)
            .collect();
        if !mine.is_empty() {
            let heading = match kind {
                ProvisionKind::Clause => "What the text says",
                ProvisionKind::TaskLeft => "What is left to do",
            };
            let _ = writeln!(text, "\n{heading}\n{}", "─".repeat(heading.len()));
        }
        for score in mine {
            provision(world, &mut text, score);
        }
    }
    text
}

/// A standing with its date: of the event, or of the statement that nothing changed.
fn in_words(row: &StandingRow) -> String {
    let dated = row.from.map(|from| format!(", {from}")).unwrap_or_default();
    let grounds = match (&row.source, &row.assumption) {
        (Some(source), _) => format!(" [{source}]"),
        (None, Some(basis)) => format!(" (assumed: {basis})"),
        (None, None) => String::new(),
    };
    format!("{}{dated}{grounds}", row.is)
}

fn provision(world: &World, text: &mut String, score: &Score<'_>) {
    let provision = score.provision;
    let article = provision
        .article
        .as_ref()
        .map(|article| format!("  (article {article})"))
        .unwrap_or_default();
    let sources = provision
        .sources
        .iter()
        .map(|&id| world.sources[id].id.as_str());
    let sources = sources.collect::<Vec<_>>().join(", ");
    let _ = writeln!(text, "\n{}{article}", provision.title);
    wrapped(text, &format!("{} [{sources}]", provision.text), "  ");
    for rows in &score.measures {
        measured(text, rows);
    }
}

/// The lines of one measure: rows of one subject on one line, remarks below.
fn measured(text: &mut String, rows: &[ScoreRow]) {
    for mine in rows.chunk_by(ScoreRow::is_about_the_same) {
        let figures: Vec<String> = mine.iter().filter_map(ScoreRow::in_words).collect();
        let mut grounds: Vec<&str> = Vec::new();
        for source in mine.iter().flat_map(|row| &row.evidence) {
            if !grounds.contains(&source.as_str()) {
                grounds.push(source);
            }
        }
        let mut line = mine[0].subject.clone();
        if !figures.is_empty() {
            let colon = if line.is_empty() { "" } else { ": " };
            line = format!("{line}{colon}{}", figures.join("; "));
        }
        if !line.is_empty() {
            wrapped(text, &format!("{line}{}", cited(&grounds)), "    ");
        }
        for note in mine.iter().filter_map(|row| row.note.as_ref()) {
            if line.is_empty() {
                wrapped(text, &format!("not measured: {note}"), "    ");
            } else {
                wrapped(text, note, "      ");
            }
        }
    }
}

/// How many sources are named on a line; more are counted, and all are in the other formats.
const NAMED: usize = 4;

fn cited(grounds: &[&str]) -> String {
    match grounds {
        [] => String::new(),
        few if few.len() <= NAMED => format!(" [{}]", few.join(", ")),
        many => format!(
            " [{} and {} more]",
            many[..NAMED - 1].join(", "),
            many.len() - (NAMED - 1)
        ),
    }
}

/// Adds text in lines of at most [`WIDTH`] characters, each with the same indent.
fn wrapped(text: &mut String, words: &str, indent: &str) {
    let mut line = indent.to_owned();
    let mut is_new = true;
    for word in words.split_whitespace() {
        if !is_new && line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(text, "{line}");
            indent.clone_into(&mut line);
            is_new = true;
        }
        if !is_new {
            line.push(' ');
        }
        line.push_str(word);
        is_new = false;
    }
    let _ = writeln!(text, "{line}");
}

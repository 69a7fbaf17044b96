//! `araxes audit`.

use std::fmt::Write as _;

use araxes::analysis::audit;
use araxes::analysis::audit::AuditRow;
use araxes::analysis::audit::Verdict;
use araxes::error::Error;
use araxes::error::Result;
use araxes::model::World;
use araxes::report;
use araxes::report::Format;
use araxes::units::rounded;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::args::AuditArgs;

/// Answers `araxes audit`; whether anything that was asked for is unexplained.
pub(super) fn run(session: &Session, world: &World, args: &AuditArgs) -> Result<bool> {
    let rows = audit::audit(world, session.boundary(world)?);
    if let Some(subject) = &args.subject
        && !rows.iter().any(|row| row.subject == *subject)
    {
        let known = rows.iter().map(|row| row.subject.as_str());
        return Err(Error::unknown(
            "subject of a published figure",
            subject,
            known,
        ));
    }
    let is_asked = |row: &&AuditRow| {
        args.kind.is_none_or(|kind| kind == row.kind)
            && args
                .subject
                .as_ref()
                .is_none_or(|subject| *subject == row.subject)
            && args.only.is_none_or(|verdict| verdict == row.verdict)
    };
    let asked: Vec<&AuditRow> = rows.iter().filter(is_asked).collect();
    if session.format() == Format::Table {
        session.output.write(table(&asked)?.as_bytes())?;
    } else {
        session.rows(&asked, None)?;
    }
    Ok(asked.iter().any(|row| row.verdict == Verdict::Unexplained))
}

/// A figure on one line; its reason follows below the table.
#[derive(Serialize)]
struct Line<'r> {
    no: usize,
    what: &'r str,
    published: f64,
    unit: &'r str,
    source: String,
    computed: Option<f64>,
    on: Option<&'r str>,
    ratio: Option<f64>,
    verdict: String,
}

fn table(rows: &[&AuditRow]) -> Result<String> {
    let lines: Vec<Line<'_>> = rows
        .iter()
        .enumerate()
        .map(|(number, row)| line(number + 1, row))
        .collect();
    let mut text = report::rows(&lines, Format::Table, None)?;
    text.push('\n');
    for (number, row) in rows.iter().enumerate() {
        // Writing to a text does not fail.
        let _ = writeln!(text, "{}  {}: {}", number + 1, row.verdict, row.reason);
        for part in row.parts.iter().filter(|_| row.parts.len() > 1) {
            let drawn = match part.unsourced_km {
                0.0 => String::new(),
                km => format!(", {km} km drawn or assumed"),
            };
            let _ = writeln!(
                text,
                "     {} {} km [{}]{drawn}",
                part.part,
                part.km,
                part.sources.join(", ")
            );
        }
    }
    let counts = Verdict::ALL.map(|verdict| {
        let count = rows.iter().filter(|row| row.verdict == verdict).count();
        format!("{count} {verdict}")
    });
    let _ = writeln!(text, "\n{} figures: {}", rows.len(), counts.join(", "));
    Ok(text)
}

fn line(no: usize, row: &AuditRow) -> Line<'_> {
    let date = row.date.map(|date| format!(", {date}")).unwrap_or_default();
    Line {
        no,
        what: &row.what,
        published: row.published,
        unit: row.unit,
        source: format!("{}{date}", row.published_source),
        computed: row.computed.map(|value| rounded(value, 1)),
        on: row.computed_on.as_deref(),
        ratio: row.ratio,
        verdict: row.verdict.to_string(),
    }
}

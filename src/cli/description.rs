//! `araxes border check` and `araxes border describe`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;

use araxes::analysis::coordinates;
use araxes::analysis::coordinates::Course;
use araxes::analysis::coordinates::Way;
use araxes::analysis::description;
use araxes::analysis::description::Asked;
use araxes::analysis::description::Basis;
use araxes::analysis::description::CheckRow;
use araxes::analysis::description::Checked;
use araxes::analysis::description::Manner;
use araxes::analysis::description::Outcome;
use araxes::analysis::description::Parsed;
use araxes::analysis::description::Value;
use araxes::analysis::description::Verdict;
use araxes::error::Error;
use araxes::error::Result;
use araxes::model::Boundary;
use araxes::model::Pair;
use araxes::model::World;
use araxes::report;
use araxes::report::Format;
use araxes::report::Geometry;
use araxes::units::Length;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::args::CheckArgs;
use crate::cli::args::DescribeArgs;
use crate::cli::border::known;

/// Larger texts than this are no description.
const MOST_BYTES: u64 = 64 << 20;

/// More metres than this are no tolerance: it is the length of a border.
const MOST_TOLERANCE_M: f64 = 1e6;

/// Answers `araxes border check`; whether anything differs.
pub(super) fn check(session: &Session, world: &World, args: &CheckArgs) -> Result<bool> {
    tolerance(args.tolerance)?;
    let name = args.file.display().to_string();
    let text = read(&args.file)?;
    let parsed = description::parse(&text).map_err(|faults| {
        Error::Usage(format!(
            "the description cannot be read\n{}",
            faults.in_file(&name)
        ))
    })?;
    let against = if args.pair.is_some() || args.segment.is_some() {
        Some(drawn(session, world, args.pair, args.segment.as_ref())?)
    } else {
        None
    };
    let asked = Asked {
        parsed: &parsed,
        file: &name,
        operation: args.operation.as_deref(),
        tolerance_m: args.tolerance,
        against: against
            .as_ref()
            .map(|(boundary, courses)| (*boundary, courses.as_slice())),
    };
    let outcome = description::check(world, &asked)?;
    let differs = outcome.count(Verdict::Differs) > 0;
    if session.format() == Format::Table {
        session
            .output
            .write(in_words(&parsed, &outcome)?.as_bytes())?;
        return Ok(differs);
    }
    let rows: Vec<Row<'_>> = outcome
        .checked
        .iter()
        .map(|one| Row {
            check: &one.row,
            basis: &outcome.basis,
        })
        .collect();
    let places = outcome.checked.iter().map(place).collect();
    session.rows(&rows, Some(places))?;
    Ok(differs)
}

/// Answers `araxes border describe`.
pub(super) fn describe(session: &Session, world: &World, args: &DescribeArgs) -> Result<()> {
    tolerance(args.tolerance)?;
    if session.format() != Format::Table {
        return Err(Error::Usage(
            "--format: a description is a text; `araxes border turning-points` gives the vertices as rows".to_owned(),
        ));
    }
    let (boundary, mut courses) = drawn(session, world, args.pair, args.segment.as_ref())?;
    one_part(&mut courses, args.part.as_deref())?;
    let system = args
        .system
        .as_deref()
        .map(|id| coordinates::system(world, id));
    let system = system.transpose()?.flatten();
    let operation = args.operation.as_deref();
    if system.is_none() && operation.is_some() {
        return Err(Error::Usage(
            "--operation: WGS 84 needs no datum operation".to_owned(),
        ));
    }
    let manner = Manner {
        way: system
            .map(|system| Way::new(world, system, operation))
            .transpose()?,
        tolerance_m: args.tolerance,
    };
    let described = description::describe(world, boundary, &courses, &manner)?;
    session.output.write(described.to_string().as_bytes())
}

fn tolerance(asked: Option<f64>) -> Result<()> {
    match asked {
        Some(m) if !(0.0..=MOST_TOLERANCE_M).contains(&m) => Err(Error::Usage(format!(
            "--tolerance {m}: expected metres from 0 to a million"
        ))),
        _ => Ok(()),
    }
}

/// The courses of a border or segment on the source that was asked for.
fn drawn<'w>(
    session: &Session,
    world: &'w World,
    pair: Option<Pair>,
    segment: Option<&String>,
) -> Result<(&'w Boundary, Vec<Course>)> {
    let boundary = session.boundary(world)?;
    known(&[boundary], pair)?;
    let find = |slug: &String| world.segment(slug);
    let segment = segment.map(find).transpose()?;
    let courses = coordinates::courses(world, boundary, pair, segment)?;
    Ok((boundary, courses))
}

/// Keeps the courses of one part: the one asked for, the main one, or the only one.
fn one_part(courses: &mut Vec<Course>, asked: Option<&str>) -> Result<()> {
    let mut parts: Vec<String> = courses
        .iter()
        .filter_map(|course| course.part.clone())
        .collect();
    parts.dedup();
    let has = |part: &str| parts.iter().any(|one| one == part);
    let wanted = match asked {
        Some(asked) if has(asked) => asked.to_owned(),
        Some(asked) => {
            return Err(Error::Usage(format!(
                "--part {asked}: the parts are {}",
                parts.join(", ")
            )));
        }
        None if has("main") => "main".to_owned(),
        None if parts.len() == 1 => parts.swap_remove(0),
        None => {
            return Err(Error::Usage(format!(
                "which part? Give --part with one of {}",
                parts.join(", ")
            )));
        }
    };
    courses.retain(|course| course.part.as_deref() == Some(wanted.as_str()));
    Ok(())
}

/// The text of a file, or of standard input.
fn read(path: &Path) -> Result<String> {
    let failed = |source| Error::Read {
        path: path.to_owned(),
        source,
    };
    let input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(path).map_err(failed)?)
    };
    let mut bytes = Vec::new();
    input
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Error::Usage(format!(
            "{}: larger than 64 MB: this is no description",
            path.display()
        )));
    }
    String::from_utf8(bytes).map_err(|error| {
        let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        Error::Row {
            file: path.display().to_string(),
            line: sound.split(|byte| *byte == b'\n').count(),
            message: "this is not UTF-8: save the text in that encoding".to_owned(),
        }
    })
}

/// A check with what it rests on.
#[derive(Serialize)]
struct Row<'o> {
    #[serde(flatten)]
    check: &'o CheckRow,
    #[serde(flatten)]
    basis: &'o Basis,
}

fn place(one: &Checked) -> Option<Geometry> {
    match one.lines.as_slice() {
        [line] if line.len() == 1 => Some(report::point(line[0])),
        lines => report::lines(lines),
    }
}

/// A check as a line of the table.
#[derive(Serialize)]
struct Shown<'o> {
    line: usize,
    item: &'o str,
    check: &'static str,
    stated: String,
    found: String,
    difference: String,
    allowed: String,
    tolerance: String,
    verdict: &'static str,
    km: Option<f64>,
}

impl<'o> Shown<'o> {
    fn of(row: &'o CheckRow) -> Self {
        let number = |value: f64| match row.unit {
            Some("deg") => format!("{value}°"),
            Some(unit) => format!("{value} {unit}"),
            None => value.to_string(),
        };
        let value = |value: &Option<Value>| match value {
            None => String::new(),
            Some(Value::Number(value)) => number(*value),
            Some(Value::Words(words)) => words.clone(),
        };
        Self {
            line: row.line,
            item: &row.item,
            check: row.check,
            stated: value(&row.stated),
            found: value(&row.found),
            difference: match (row.difference.map(number), row.side) {
                (Some(off), Some(side)) => format!("{off} {side}"),
                (off, _) => off.unwrap_or_default(),
            },
            allowed: row.allowed.map(number).unwrap_or_default(),
            tolerance: row.tolerance.map(number).unwrap_or_default(),
            verdict: row.verdict.word(),
            km: row.km,
        }
    }
}

/// The outcome for people: what it rests on, the checks, what a reader should know, and the sum.
fn in_words(parsed: &Parsed, outcome: &Outcome) -> Result<String> {
    let described = &parsed.description;
    let mut text = String::new();
    if let Some(title) = &described.title {
        let _ = writeln!(text, "{}", title.as_str());
    }
    let _ = writeln!(
        text,
        "described: {} points, {} legs, positions on {}",
        described.points.len(),
        described.legs.len(),
        positions(&outcome.basis)
    );
    let _ = writeln!(text, "held against: {}\n", held_against(&outcome.basis));
    let rows: Vec<Shown<'_>> = outcome
        .checked
        .iter()
        .map(|one| Shown::of(&one.row))
        .collect();
    text.push_str(&report::rows(&rows, Format::Table, None)?);
    let notes = notes(outcome);
    if !notes.is_empty() {
        let _ = writeln!(text, "\nnotes");
        for (note, about) in notes {
            let _ = writeln!(text, "  {about}: {note}");
        }
    }
    let counts =
        Verdict::ALL.map(|verdict| format!("{} {}", verdict.word(), outcome.count(verdict)));
    let _ = writeln!(text, "\n{}", counts.join(", "));
    Ok(text)
}

fn positions(basis: &Basis) -> String {
    match (&basis.operation, basis.operation_accuracy_m) {
        (Some(operation), Some(m)) => format!("{} by {operation}, accurate to {m} m", basis.system),
        _ => basis.system.clone(),
    }
}

fn held_against(basis: &Basis) -> String {
    let (Some(what), Some(source)) = (&basis.held_against, &basis.source) else {
        return "itself only".to_owned();
    };
    let accuracy = basis.accuracy_m.map_or_else(
        || "which states no accuracy".to_owned(),
        |m| format!("95 % of its positions within {m} m"),
    );
    let spacing = basis.spacing_m.unwrap_or_default();
    format!(
        "{what} on {source}, {accuracy}, a vertex each {} on average",
        Length::from_m(spacing)
    )
}

/// The notes, each once, with what they are about, in the order of the checks.
fn notes(outcome: &Outcome) -> Vec<(&str, String)> {
    let mut order: Vec<&str> = Vec::new();
    let mut about: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for one in &outcome.checked {
        let Some(note) = &one.row.note else { continue };
        about
            .entry(note)
            .or_insert_with(|| {
                order.push(note);
                Vec::new()
            })
            .push(format!("{} {}", one.row.item, one.row.check));
    }
    let mut told = Vec::new();
    for note in order {
        let items = about.remove(note).unwrap_or_default();
        let more = items.len().saturating_sub(MOST_ITEMS);
        let mut shown = items[..items.len().min(MOST_ITEMS)].join(", ");
        if more > 0 {
            let _ = write!(shown, " and {more} more");
        }
        told.push((note, shown));
    }
    told
}

/// So many items are named before a note.
const MOST_ITEMS: usize = 4;

//! `published.csv`: lengths and areas that others publish.

use std::collections::HashMap;

use crate::dataset::parse;
use crate::dataset::ways;
use crate::dataset::ways::Network;
use crate::error::Problem;
use crate::model::Code;
use crate::model::Covered;
use crate::model::Date;
use crate::model::Dispute;
use crate::model::FigureKind;
use crate::model::Meta;
use crate::model::Pair;
use crate::model::Place;
use crate::model::Published;
use crate::model::Source;
use crate::model::Stretch;
use crate::model::Subject;
use crate::model::Table;

pub(super) const FILE: &str = "published.csv";

/// The columns that must be there.
const REQUIRED: [&str; 7] = ["what", "kind", "id", "value", "unit", "date", "source"];

/// The columns that may be left out.
const OPTIONAL: [&str; 5] = ["rounded_to", "extent", "slip", "not_measurable", "note"];

/// The layers that figures point into.
pub(super) struct Tables<'a> {
    pub(super) meta: &'a Meta,
    pub(super) sources: &'a Table<Source>,
    pub(super) disputes: &'a Table<Dispute>,
    pub(super) places: &'a Table<Place>,
    pub(super) network: Network<'a>,
}

/// What is wrong with a row: the column, if it is one cell's fault, and what to do.
type Fault = (Option<&'static str>, String);

/// One row, its cells by column.
struct Row<'a> {
    columns: &'a [String],
    cells: &'a csv::StringRecord,
}

/// The sound figures.
pub(super) fn read(
    bytes: &[u8],
    tables: &Tables<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Published> {
    let text = match parse::text(FILE, bytes) {
        Ok(text) => text,
        Err(problem) => {
            problems.push(problem);
            return Vec::new();
        }
    };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let columns: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(str::to_owned).collect(),
        Err(error) => {
            problems.push(Problem::of_file(FILE, format!("is no CSV: {error}")));
            return Vec::new();
        }
    };
    if let Err(problem) = known(&columns) {
        problems.push(problem);
        return Vec::new();
    }
    let mut figures = Vec::new();
    let mut seen = HashMap::new();
    for record in reader.records() {
        let (line, read) = match &record {
            Ok(cells) => {
                let line = cells.position().map_or(0, csv::Position::line);
                let row = Row {
                    columns: &columns,
                    cells,
                };
                (
                    line,
                    row.figure(tables)
                        .and_then(|figure| once(figure, line, &mut seen)),
                )
            }
            Err(error) => (
                error.position().map_or(0, csv::Position::line),
                Err((None, format!("is no CSV: {error}"))),
            ),
        };
        match read {
            Ok(figure) => figures.push(figure),
            Err((column, message)) => {
                let column = column
                    .map(|name| format!("column `{name}`: "))
                    .unwrap_or_default();
                problems.push(Problem::of_file(
                    FILE,
                    format!("line {line}: {column}{message}"),
                ));
            }
        }
    }
    figures
}

/// Checks the header.
fn known(columns: &[String]) -> Result<(), Problem> {
    let all = || REQUIRED.iter().chain(&OPTIONAL).copied();
    for (number, column) in columns.iter().enumerate() {
        if !all().any(|known| known == column) {
            let list: Vec<&str> = all().collect();
            let message = format!(
                "column `{column}` is unknown: the columns are {}",
                list.join(", ")
            );
            return Err(Problem::of_file(FILE, message));
        }
        if columns[..number].contains(column) {
            return Err(Problem::of_file(
                FILE,
                format!("column `{column}` stands here twice"),
            ));
        }
    }
    let missing = REQUIRED
        .iter()
        .find(|name| !columns.iter().any(|column| column == *name));
    missing.map_or(Ok(()), |name| {
        Err(Problem::of_file(
            FILE,
            format!("column `{name}` is missing: add it to the header"),
        ))
    })
}

/// Refuses a figure that an earlier line gave in all that counts.
fn once(figure: Published, line: u64, seen: &mut HashMap<String, u64>) -> Result<Published, Fault> {
    let (kind, id, value, source) = (figure.kind, &figure.id, figure.value, figure.source);
    let key = format!(
        "{kind} {id} {value} {source:?} {:?} {}",
        figure.date, figure.extent
    );
    match seen.insert(key, line) {
        Some(first) => Err((
            None,
            format!("says the same as line {first}: keep one of them"),
        )),
        None => Ok(figure),
    }
}

impl Row<'_> {
    fn cell(&self, name: &str) -> Option<&str> {
        let column = self.columns.iter().position(|column| column == name)?;
        self.cells
            .get(column)
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
    }

    fn needed(&self, name: &'static str) -> Result<&str, Fault> {
        self.cell(name)
            .ok_or_else(|| (Some(name), "is empty".to_owned()))
    }

    fn owned(&self, name: &str) -> Option<String> {
        self.cell(name).map(str::to_owned)
    }

    fn figure(&self, tables: &Tables<'_>) -> Result<Published, Fault> {
        if self.cells.len() != self.columns.len() {
            let (found, expected) = (self.cells.len(), self.columns.len());
            let message =
                format!("has another number of cells than the header: {found}, not {expected}");
            return Err((None, message));
        }
        let kind = word(self.needed("kind")?, &FigureKind::ALL, "kind")?;
        let unit = self.needed("unit")?;
        if unit != kind.unit() {
            return Err((
                Some("unit"),
                format!(
                    "is `{unit}`: a figure of kind `{kind}` is in `{}`",
                    kind.unit()
                ),
            ));
        }
        let (value, printed) = number(self.needed("value")?, "value")?;
        let rounded_to = self
            .cell("rounded_to")
            .map(|cell| number(cell, "rounded_to"))
            .transpose()?;
        let source = self.needed("source")?;
        let source = tables.sources.find(source).ok_or_else(|| {
            (
                Some("source"),
                format!("`{source}` is not in sources.json: add it there, or correct it here"),
            )
        })?;
        let date = self.cell("date").map(str::parse::<Date>).transpose();
        let figure = Published {
            what: self.needed("what")?.to_owned(),
            kind,
            id: self.needed("id")?.to_owned(),
            subject: None,
            value,
            rounded_to: rounded_to.map_or(printed, |(step, _)| step),
            date: date.map_err(|error| (Some("date"), error.to_string()))?,
            source,
            extent: self.cell("extent").map_or(Ok(Covered::Whole), |cell| {
                word(cell, &Covered::ALL, "extent")
            })?,
            slip: self.owned("slip"),
            not_measurable: self.owned("not_measurable"),
            note: self.owned("note"),
        };
        let subject = match figure.not_measurable {
            Some(_) => None,
            None => Some(subject(&figure, tables).map_err(|message| (Some("id"), message))?),
        };
        sound(Published { subject, ..figure })
    }
}

/// Checks what only holds of a whole row.
fn sound(figure: Published) -> Result<Published, Fault> {
    let is_of_water = matches!(figure.extent, Covered::Land | Covered::Water);
    if is_of_water && figure.kind != FigureKind::Area {
        return Err((
            Some("extent"),
            format!("`{}` is only for figures of kind `area`", figure.extent),
        ));
    }
    if figure.extent.is_other() && figure.note.is_none() {
        return Err((
            Some("note"),
            format!("is empty: say which ground `{}` means", figure.extent),
        ));
    }
    Ok(figure)
}

/// A number above zero, and the step of its last digit.
fn number(text: &str, column: &'static str) -> Result<(f64, f64), Fault> {
    let digits = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let value = text
        .parse::<f64>()
        .ok()
        .filter(|value| digits && *value > 0.0);
    let value = value.ok_or_else(|| {
        (
            Some(column),
            format!(
                "is `{text}`: a number above 0 is expected, with a decimal point and no separators"
            ),
        )
    })?;
    let decimals = text
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let decimals = i32::try_from(decimals).unwrap_or(i32::MAX);
    Ok((value, 10_f64.powi(-decimals)))
}

fn word<T: Copy + std::fmt::Display>(
    text: &str,
    known: &[T],
    column: &'static str,
) -> Result<T, Fault> {
    let found = known
        .iter()
        .find(|known| known.to_string() == text)
        .copied();
    found.ok_or_else(|| {
        let list: Vec<String> = known.iter().map(|known| format!("`{known}`")).collect();
        (
            Some(column),
            format!("is `{text}`: one of {} is expected", list.join(", ")),
        )
    })
}

/// What a figure is about; what is wrong with its id if that is nothing known.
fn subject(figure: &Published, tables: &Tables<'_>) -> Result<Subject, String> {
    let id = figure.id.as_str();
    let hint = "correct it, or say in `not_measurable` why nothing can be measured";
    let territory = |text: &str| {
        let code = text.parse::<Code>().map_err(|error| error.to_string())?;
        let is_named = tables.meta.territories.contains_key(&code);
        is_named
            .then_some(code)
            .ok_or_else(|| format!("`{code}` is no territory of meta.json: {hint}"))
    };
    match figure.kind {
        FigureKind::BorderLength => border(id, territory),
        FigureKind::Area if id.parse::<Code>().is_ok() => territory(id).map(Subject::Territory),
        kind if kind.is_of_ways() => ways::ways(id, tables.network).map(Subject::Ways),
        kind => {
            // An enclave without a record bears the name of the largest place in it.
            let is_place = || kind.is_of_enclaves() && tables.places.find(id).is_some();
            let is_known = tables.disputes.find(id).is_some() || is_place();
            let message = || {
                let layers = if kind.is_of_enclaves() {
                    "neither in disputes.geojson nor in places.geojson"
                } else {
                    "neither a territory of meta.json nor in disputes.geojson"
                };
                format!("`{id}` is {layers}: {hint}")
            };
            is_known
                .then(|| Subject::Ground(id.to_owned()))
                .ok_or_else(message)
        }
    }
}

fn border(id: &str, territory: impl Fn(&str) -> Result<Code, String>) -> Result<Subject, String> {
    if id.parse::<Pair>().is_err() && !id.contains('/') {
        if id.parse::<Code>().is_err() {
            return Err(format!(
                "`{id}` is no border: write PAIR, PAIR/main, PAIR/SUBDIVISION, or a state for all of its borders"
            ));
        }
        return territory(id).map(Subject::AllBorders);
    }
    let (pair, part) = id
        .split_once('/')
        .map_or((id, None), |(pair, part)| (pair, Some(part)));
    let codes = pair.parse::<Pair>().map_err(|error| error.to_string())?;
    if codes.to_string() != pair {
        return Err(format!(
            "pair `{pair}` is not in alphabetical order: use `{codes}`"
        ));
    }
    territory(codes.first.as_str())?;
    territory(codes.second.as_str())?;
    let stretch = match part {
        None => Stretch::All,
        Some("main") => Stretch::Main,
        Some(code) => Stretch::Subdivision(territory(code)?),
    };
    Ok(Subject::Border {
        pair: codes,
        stretch,
    })
}

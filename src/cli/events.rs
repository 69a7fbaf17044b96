//! The events of `araxes border diff --events`: a CSV file of kilometres.

use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use araxes::analysis::diff::Event;
use araxes::error::Error;
use araxes::error::Result;
use csv::StringRecord;

/// The part of a border that is meant where a row names none.
const MAIN: &str = "main";

/// Where the columns are; only the first two must be there.
struct Columns {
    pair: usize,
    km: usize,
    part: Option<usize>,
    to_km: Option<usize>,
    label: Option<usize>,
}

/// The events of a file, `-` for standard input: those that could be read, and what is wrong with the other rows.
///
/// # Errors
///
/// If the file cannot be read, or its header lacks a column.
pub(super) fn read(file: &Path) -> Result<(Vec<Event>, Vec<Error>)> {
    let name = file.display().to_string();
    let unreadable = |source| Error::Read {
        path: file.to_owned(),
        source,
    };
    let input: Box<dyn Read> = if file == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(file).map_err(unreadable)?)
    };
    read_from(&name, input)
}

fn read_from(name: &str, input: impl Read) -> Result<(Vec<Event>, Vec<Error>)> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(input);
    let header = reader.headers().map_err(|error| bad_record(name, error))?;
    let columns = Columns::of(header).map_err(|message| bad_row(name, 1, message))?;
    let (mut events, mut bad) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = match record.map_err(|error| bad_record(name, error)) {
            Ok(record) => record,
            // What cannot be read to its end is no answer to keep.
            Err(error @ Error::Read { .. }) => return Err(error),
            Err(error) => {
                bad.push(error);
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        match columns.event(&record, line) {
            Ok(event) => events.push(event),
            Err(message) => bad.push(bad_row(name, line, message)),
        }
    }
    Ok((events, bad))
}

fn bad_row(name: &str, line: u64, message: String) -> Error {
    Error::Row {
        file: name.to_owned(),
        line: usize::try_from(line).unwrap_or(0),
        message,
    }
}

fn bad_record(name: &str, error: csv::Error) -> Error {
    let line = error.position().map_or(0, csv::Position::line);
    let message = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(source) => Error::Read {
            path: PathBuf::from(name),
            source,
        },
        _ => bad_row(name, line, message),
    }
}

impl Columns {
    fn of(header: &StringRecord) -> std::result::Result<Self, String> {
        let find = |names: &[&str]| {
            let is_one = |cell: &str| names.iter().any(|name| cell.eq_ignore_ascii_case(name));
            // Some programs put a mark before the first column.
            let mut cells = header
                .iter()
                .map(|cell| cell.trim_start_matches('\u{feff}'));
            cells.position(is_one)
        };
        let (Some(pair), Some(km)) = (find(&["pair"]), find(&["km", "from_km"])) else {
            return Err("the header needs the columns `pair` and `km`".to_owned());
        };
        Ok(Self {
            pair,
            km,
            part: find(&["part"]),
            to_km: find(&["to_km"]),
            label: find(&["label"]).or_else(|| find(&["id", "name"])),
        })
    }

    fn event(&self, record: &StringRecord, line: u64) -> std::result::Result<Event, String> {
        let cell = |column: usize| record.get(column).unwrap_or("");
        let filled = |column: Option<usize>| column.map(cell).filter(|text| !text.is_empty());
        let pair = cell(self.pair);
        let pair = pair
            .parse()
            .map_err(|error: araxes::model::BadCode| error.to_string())?;
        let label = filled(self.label).map(str::to_owned);
        Ok(Event {
            label: label.unwrap_or_else(|| format!("line {line}")),
            pair,
            part: filled(self.part).unwrap_or(MAIN).to_owned(),
            km: kilometre(cell(self.km))?,
            to_km: filled(self.to_km).map(kilometre).transpose()?,
        })
    }
}

fn kilometre(cell: &str) -> std::result::Result<f64, String> {
    let number = cell.parse::<f64>().ok().filter(|km| km.is_finite());
    number.ok_or_else(|| format!("`{cell}` is no number of kilometres"))
}

#[cfg(test)]
mod tests {
    use super::read_from;

    #[test]
    fn columns_may_come_in_any_order_and_some_may_lack() {
        let text = "label,km,pair\npost 1, 12.5 ,BE-NL\n";
        let (events, bad) = read_from("x.csv", text.as_bytes()).expect("a header");
        assert!(bad.is_empty());
        assert_eq!(events.len(), 1);
        assert_eq!(
            (events[0].label.as_str(), events[0].part.as_str()),
            ("post 1", "main")
        );
        assert_eq!(
            (events[0].km.to_string(), events[0].to_km),
            ("12.5".to_owned(), None)
        );
    }

    #[test]
    fn each_bad_row_is_told_with_its_line_and_the_others_are_kept() {
        let text = "pair,part,km,to_km\nBE-NL,,1,2\nBE,,1,\nBE-NL,,x,\nBE-NL,,NaN,\nBE-NL,,1,inf\nBE-NL,NL-LI,3,\n";
        let (events, bad) = read_from("x.csv", text.as_bytes()).expect("a header");
        assert_eq!(events.len(), 2);
        assert_eq!(events[1].label, "line 7");
        let told: Vec<String> = bad.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 4);
        for (told, line) in told.iter().zip(3..) {
            assert!(told.starts_with(&format!("x.csv: line {line}: ")), "{told}");
        }
    }

    #[test]
    fn a_file_without_the_columns_is_refused() {
        for text in ["", "pair\n", "km\n", "a,b\n1,2\n"] {
            let error = read_from("x.csv", text.as_bytes()).expect_err("no header");
            assert!(error.to_string().contains("`pair` and `km`"), "{error}");
        }
    }
}

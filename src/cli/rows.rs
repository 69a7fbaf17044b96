//! Rows of a CSV file that a user gives: its columns by name, its numbers, and the line of every fault.

use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use araxes::error::Error;
use araxes::error::Result;
use csv::StringRecord;

use crate::cli::line_ends::LineEnds;

/// A CSV file with a header.
pub(super) struct Rows {
    file: String,
    header: StringRecord,
    reader: csv::Reader<Box<dyn Read>>,
}

/// One row of it.
pub(super) struct Row {
    file: String,
    line: usize,
    cells: StringRecord,
}

impl Rows {
    /// Opens a file, or standard input for `-`, and reads its header.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let input: Box<dyn Read> = if path == Path::new("-") {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path).map_err(|source| Error::Read {
                path: path.to_owned(),
                source,
            })?)
        };
        Self::of(&path.display().to_string(), input)
    }

    /// The rows of an input that messages call `file`.
    pub(super) fn of(file: &str, input: Box<dyn Read>) -> Result<Self> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(Box::new(LineEnds::new(input).closing()) as Box<dyn Read>);
        let header = reader.headers().map_err(|error| fault(file, 1, error))?;
        Ok(Self {
            file: file.to_owned(),
            header: header.clone(),
            reader,
        })
    }

    /// The first column that has one of these names.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        column(&self.header, names)
    }

    /// A fault of the header.
    pub(super) fn bad_header(&self, message: impl Into<String>) -> Error {
        Error::Row {
            file: self.file.clone(),
            line: 1,
            message: message.into(),
        }
    }
}

impl Iterator for Rows {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut cells = StringRecord::new();
        match self.reader.read_record(&mut cells) {
            Ok(false) => None,
            Ok(true) => Some(Ok(Row {
                file: self.file.clone(),
                line: line(self.reader.position()),
                cells,
            })),
            Err(error) => Some(Err(fault(&self.file, line(self.reader.position()), error))),
        }
    }
}

impl Row {
    /// The text in a column; empty where the row is too short.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or("")
    }

    /// The number in a column.
    pub(super) fn number(&self, column: usize) -> Result<f64> {
        let text = self.cell(column);
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| self.bad(format!("`{text}` is no number")))
    }

    /// Where it is in the file, counted from 1.
    pub(super) const fn line(&self) -> usize {
        self.line
    }

    /// A fault of this row.
    pub(super) fn bad(&self, message: impl Into<String>) -> Error {
        Error::Row {
            file: self.file.clone(),
            line: self.line,
            message: message.into(),
        }
    }
}

/// The first column whose name is one of these, in whatever case.
pub(super) fn column(header: &StringRecord, names: &[&str]) -> Option<usize> {
    let is_one_of = |cell: &str| names.iter().any(|name| cell.eq_ignore_ascii_case(name));
    header.iter().position(is_one_of)
}

/// The line that the latest row ends in, counted from 1, when its line feed has been read.
pub(super) fn line(reader: &csv::Position) -> usize {
    usize::try_from(reader.line().saturating_sub(1)).unwrap_or(0)
}

/// What cannot be read to its end stops the run; a malformed row is a fault of its line.
pub(super) fn fault(file: &str, line: usize, error: csv::Error) -> Error {
    let message = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(source) => Error::Read {
            path: PathBuf::from(file),
            source,
        },
        _ => Error::Row {
            file: file.to_owned(),
            line,
            message,
        },
    }
}

//! Comma-separated values, by the `csv` crate.

use std::io::Write;
use std::path::Path;

use crate::error::Error;
use crate::error::Result;
use crate::report::cells::Grid;

/// A grid as CSV.
pub(super) fn text(grid: &Grid) -> Result<String> {
    let mut writer = CsvWriter::new(Vec::new());
    writer.record(grid.header.iter().map(String::as_str))?;
    for row in &grid.rows {
        writer.record(row.iter().map(|cell| cell.text.as_str()))?;
    }
    let bytes = writer.finish()?;
    String::from_utf8(bytes).map_err(|error| Error::Usage(error.to_string()))
}

/// Writes CSV records to a stream.
#[derive(Debug)]
pub struct CsvWriter<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> CsvWriter<W> {
    /// A writer to `output`; lines end with a line feed.
    pub fn new(output: W) -> Self {
        Self {
            writer: csv::WriterBuilder::new()
                .terminator(csv::Terminator::Any(b'\n'))
                .from_writer(output),
        }
    }

    /// Writes one record.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if the stream fails.
    pub fn record<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<()> {
        self.writer
            .write_record(cells)
            .map_err(|error| failed(error.into()))
    }

    /// Ends the stream.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if the stream fails.
    pub fn finish(self) -> Result<W> {
        self.writer
            .into_inner()
            .map_err(|error| failed(std::io::Error::new(error.error().kind(), error.to_string())))
    }
}

fn failed(source: std::io::Error) -> Error {
    Error::Write {
        path: Path::new("-").to_owned(),
        source,
    }
}

//! Points as rows of a CSV file.

use araxes::error::Error;
use araxes::error::Result;
use csv::ByteRecord;
use geo::Coord;
use serde_json::Value;

use crate::cli::args::StatusArgs;
use crate::cli::points::input::Source;
use crate::cli::rows;

/// A CSV file of points.
pub(super) struct Csv {
    file: String,
    /// What the two numbers are, for messages.
    what: [&'static str; 2],
    reader: csv::Reader<Source>,
    record: ByteRecord,
    east: usize,
    north: usize,
    kept: Vec<usize>,
}

/// A row: its position, or what is wrong with it.
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) position: std::result::Result<Coord, String>,
    pub(super) kept: Vec<Value>,
}

impl Csv {
    /// Reads the header, and finds the columns that are wanted.
    pub(super) fn new(
        name: &str,
        input: Source,
        (args, is_wgs84): (&StatusArgs, bool),
    ) -> Result<Self> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::Headers)
            .from_reader(input);
        let bad = |message: String| Error::Row {
            file: name.to_owned(),
            line: 1,
            message,
        };
        let header = reader.headers();
        let header = header.map_err(|error| rows::fault(name, 1, error))?.clone();
        let column = |names: &[&str]| rows::column(&header, names);
        let (mut east, mut north) = (
            column(&["lon", "longitude", "lng"]),
            column(&["lat", "latitude"]),
        );
        if !is_wgs84 {
            east = column(&["easting", "easting_m"]).or(east);
            north = column(&["northing", "northing_m"]).or(north);
        }
        let (Some(east), Some(north)) = (east, north) else {
            let other = if is_wgs84 {
                ""
            } else {
                " or `easting` and `northing`"
            };
            return Err(bad(format!(
                "the header needs the columns `lon` and `lat`{other}"
            )));
        };
        let find = |name: &String| {
            let missing = || bad(format!("--keep: there is no column `{name}`"));
            column(&[name]).ok_or_else(missing)
        };
        let kept = args.keep.iter().map(find).collect::<Result<_>>()?;
        let degrees = ["longitude in degrees", "latitude in degrees"];
        let either = ["longitude or easting", "latitude or northing"];
        Ok(Self {
            file: name.to_owned(),
            what: if is_wgs84 { degrees } else { either },
            reader,
            record: ByteRecord::new(),
            east,
            north,
            kept,
        })
    }

    /// The next row; none at the end.
    pub(super) fn next(&mut self) -> Option<Result<Row>> {
        match self.reader.read_byte_record(&mut self.record) {
            Ok(false) => return None,
            Ok(true) => {}
            Err(error) => {
                let line = rows::line(self.reader.position());
                return Some(Err(rows::fault(&self.file, line, error)));
            }
        }
        let [east, north] = self.what;
        let position = self.number(self.east, east).and_then(|x| {
            let y = self.number(self.north, north)?;
            Ok(Coord { x, y })
        });
        let kept = self.kept.iter().map(|&column| self.value(column));
        Some(Ok(Row {
            line: rows::line(self.reader.position()),
            position,
            kept: kept.collect(),
        }))
    }

    fn text(&self, column: usize) -> String {
        let cell = self.record.get(column).unwrap_or_default();
        String::from_utf8_lossy(cell.trim_ascii()).into_owned()
    }

    fn value(&self, column: usize) -> Value {
        Value::String(self.text(column))
    }

    fn number(&self, column: usize, what: &str) -> std::result::Result<f64, String> {
        let cell = self.record.get(column).unwrap_or_default().trim_ascii();
        let number = std::str::from_utf8(cell)
            .ok()
            .and_then(|cell| cell.parse().ok());
        number.ok_or_else(|| format!("`{}` is no {what}", self.text(column)))
    }
}

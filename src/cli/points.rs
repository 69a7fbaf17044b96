//! `araxes status --points`: a stream of points in, a stream of rows out, in the same order and in constant memory.

use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use araxes::analysis::status::StatusQuery;
use araxes::analysis::status::StatusRow;
use araxes::error::Error;
use araxes::error::Result;
use araxes::report;
use araxes::report::CsvWriter;
use araxes::report::Format;
use geo::Coord;
use rayon::prelude::*;

use crate::cli::Session;
use crate::cli::features::Features;
use crate::cli::output::Output;
use crate::cli::output::stdout_failed;

/// Points that are answered together: enough work for every core, little memory.
const BATCH: usize = 16_384;

/// A point, or what is wrong with its line or feature.
type Point = std::result::Result<Coord, Error>;

/// Answers every point of `file`; whether some could not be read.
pub(super) fn run(session: &Session, query: &StatusQuery<'_>, file: &Path) -> Result<bool> {
    let shape = shape(session.format())?;
    let mut points = open(file)?;
    let (sink, part) = sink(&session.output)?;
    let mut rows = RowWriter::new(shape, sink)?;
    let mut any_bad = false;
    loop {
        let batch: Vec<Point> = points.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let texts: Vec<std::result::Result<Vec<u8>, Error>> = batch
            .into_par_iter()
            .map(|point| point.map(|at| rows.shape.text(&query.at(at), at)))
            .collect();
        for text in texts {
            match text {
                Ok(text) => rows.write(&text)?,
                // What cannot be read to its end is no answer to keep.
                Err(error @ Error::Read { .. }) => {
                    rows.sink.flush().map_err(stdout_failed)?;
                    return Err(error);
                }
                Err(error) => {
                    any_bad = true;
                    super::tell(&error);
                }
            }
        }
    }
    rows.finish()?;
    if let Some(part) = part {
        part.keep()?;
    }
    Ok(any_bad)
}

/// How rows of a stream are written.
fn shape(format: Format) -> Result<Shape> {
    Ok(match format {
        Format::Table | Format::Csv => Shape::Csv,
        Format::Json => Shape::JsonLine,
        Format::GeoJson => Shape::Feature,
        Format::FlatGeobuf => {
            return Err(Error::Usage(
                "--points is answered as a stream, and a FlatGeobuf file is not written before its last row; use --format csv, json or geojson"
                    .to_owned(),
            ));
        }
    })
}

fn open(file: &Path) -> Result<Box<dyn Iterator<Item = Point>>> {
    let name = file.display().to_string();
    let input: Box<dyn Read> = if file == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(file).map_err(|source| Error::Read {
            path: file.to_owned(),
            source,
        })?)
    };
    let extension = file
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or("csv")
        .to_lowercase();
    match extension.as_str() {
        "csv" => csv_points(name, input),
        "geojson" | "json" => Ok(geojson_points(name, input)),
        _ => Err(Error::Usage(format!(
            "--points: `{name}` is neither .csv nor .geojson"
        ))),
    }
}

fn csv_points(name: String, input: Box<dyn Read>) -> Result<Box<dyn Iterator<Item = Point>>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(input);
    let bad = |line: usize, message: String| Error::Row {
        file: name.clone(),
        line,
        message,
    };
    let header = reader
        .headers()
        .map_err(|error| bad(1, error.to_string()))?
        .clone();
    let column = |names: [&str; 3]| {
        header
            .iter()
            .position(|cell| names.iter().any(|name| cell.eq_ignore_ascii_case(name)))
    };
    let (lon, lat) = (
        column(["lon", "longitude", "lng"]),
        column(["lat", "latitude", "lat"]),
    );
    let (Some(lon), Some(lat)) = (lon, lat) else {
        return Err(bad(
            1,
            "the header needs the columns `lon` and `lat`".to_owned(),
        ));
    };
    Ok(Box::new(reader.into_records().map(move |record| {
        let bad = |line: u64, message: String| Error::Row {
            file: name.clone(),
            line: usize::try_from(line).unwrap_or(0),
            message,
        };
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            let message = error.to_string();
            match error.into_kind() {
                csv::ErrorKind::Io(source) => Error::Read {
                    path: PathBuf::from(&name),
                    source,
                },
                _ => bad(line, message),
            }
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let number = |column: usize, what: &str| {
            let cell = record.get(column).unwrap_or("");
            cell.parse::<f64>()
                .ok()
                .ok_or_else(|| bad(line, format!("`{cell}` is no {what} in degrees")))
        };
        place(number(lon, "longitude")?, number(lat, "latitude")?)
            .map_err(|message| bad(line, message))
    })))
}

fn geojson_points(name: String, input: Box<dyn Read>) -> Box<dyn Iterator<Item = Point>> {
    let features = Features::new(input);
    Box::new(features.map(move |feature| {
        let feature = feature.map_err(|source| Error::Read {
            path: PathBuf::from(&name),
            source,
        })?;
        point_of(&feature.text).map_err(|message| Error::Row {
            file: name.clone(),
            line: feature.line,
            message,
        })
    }))
}

fn point_of(feature: &[u8]) -> std::result::Result<Coord, String> {
    let feature: geojson::Feature = serde_json::from_slice(feature).map_err(|error| {
        let message = error.to_string();
        // Line and column would count from the feature, not from the file.
        let message = message.split(" at line ").next().unwrap_or(&message);
        format!("is no feature: {message}")
    })?;
    match feature.geometry.map(|geometry| geometry.value) {
        Some(geojson::GeometryValue::Point { coordinates }) => match *coordinates.as_slice() {
            [lon, lat] | [lon, lat, _] => place(lon, lat),
            _ => Err("a position needs longitude and latitude".to_owned()),
        },
        _ => Err("the feature is no Point".to_owned()),
    }
}

fn place(lon: f64, lat: f64) -> std::result::Result<Coord, String> {
    if (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat) {
        Ok(Coord { x: lon, y: lat })
    } else {
        Err(format!("{lon}, {lat} is no longitude, latitude in degrees"))
    }
}

/// The stream to write to, and the file beside the wanted one that it goes to.
fn sink(output: &Output) -> Result<(Box<dyn Write>, Option<Part>)> {
    match output {
        Output::Stdout => Ok((Box::new(BufWriter::new(io::stdout())), None)),
        Output::File(path) => {
            let part = Part::new(path);
            let file = File::create(&part.beside).map_err(|source| Error::Write {
                path: path.clone(),
                source,
            })?;
            Ok((Box::new(BufWriter::new(file)), Some(part)))
        }
    }
}

/// A file being written beside its place; it is removed again unless it is kept.
struct Part {
    beside: PathBuf,
    path: PathBuf,
    kept: bool,
}

impl Part {
    fn new(path: &Path) -> Self {
        Self {
            beside: report::file::beside(path),
            path: path.to_owned(),
            kept: false,
        }
    }

    fn keep(mut self) -> Result<()> {
        self.kept = true;
        std::fs::rename(&self.beside, &self.path).map_err(|source| Error::Write {
            path: self.path.clone(),
            source,
        })
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.kept {
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}

/// How a row becomes text.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Csv,
    JsonLine,
    Feature,
}

/// Writes rows of a stream, with what stands before, between and after them.
struct RowWriter {
    shape: Shape,
    sink: Box<dyn Write>,
    first: bool,
}

const COLUMNS: [&str; 19] = [
    "lon",
    "lat",
    "as_of",
    "source",
    "territory",
    "side",
    "segment",
    "pair",
    "part",
    "km",
    "distance_m",
    "nearest_lon",
    "nearest_lat",
    "stage",
    "agreement",
    "control",
    "basis",
    "geometry_m",
    "disputes",
];

impl RowWriter {
    fn new(shape: Shape, mut sink: Box<dyn Write>) -> Result<Self> {
        let start = match shape {
            Shape::Csv => format!("{}\n", COLUMNS.join(",")),
            Shape::JsonLine => String::new(),
            Shape::Feature => "{\"type\":\"FeatureCollection\",\"features\":[\n".to_owned(),
        };
        sink.write_all(start.as_bytes()).map_err(stdout_failed)?;
        Ok(Self {
            shape,
            sink,
            first: true,
        })
    }

    fn write(&mut self, text: &[u8]) -> Result<()> {
        if matches!(self.shape, Shape::Feature) && !self.first {
            self.sink.write_all(b",\n").map_err(stdout_failed)?;
        }
        self.first = false;
        self.sink.write_all(text).map_err(stdout_failed)
    }

    fn finish(&mut self) -> Result<()> {
        if matches!(self.shape, Shape::Feature) {
            self.sink.write_all(b"\n]}\n").map_err(stdout_failed)?;
        }
        self.sink.flush().map_err(stdout_failed)
    }
}

impl Shape {
    fn text(self, row: &StatusRow<'_>, at: Coord) -> Vec<u8> {
        match self {
            Self::Csv => csv_row(row),
            Self::JsonLine => {
                let mut text = serde_json::to_vec(row).unwrap_or_default();
                text.push(b'\n');
                text
            }
            Self::Feature => report::feature(row, Some(report::point(at)))
                .ok()
                .and_then(|feature| serde_json::to_vec(&feature).ok())
                .unwrap_or_default(),
        }
    }
}

fn csv_row(row: &StatusRow<'_>) -> Vec<u8> {
    let number = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
    let word = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let status = row.status;
    let cells = [
        row.point[0].to_string(),
        row.point[1].to_string(),
        row.as_of.to_string(),
        row.source.to_owned(),
        row.territory
            .map(|codes| codes.to_string())
            .unwrap_or_default(),
        row.side.word().to_owned(),
        word(row.segment),
        row.pair.map(|pair| pair.to_string()).unwrap_or_default(),
        word(row.part),
        number(row.km),
        number(row.distance_m),
        number(row.nearest.map(|at| at[0])),
        number(row.nearest.map(|at| at[1])),
        word(
            status
                .and_then(|status| status.stage)
                .map(araxes::model::Stage::word),
        ),
        word(
            status
                .and_then(|status| status.agreement)
                .map(araxes::model::Agreement::word),
        ),
        status
            .and_then(|status| status.control.as_ref())
            .map(araxes::analysis::segments::control_in_words)
            .unwrap_or_default(),
        word(
            status
                .and_then(|status| status.basis)
                .map(araxes::model::Basis::word),
        ),
        number(status.and_then(|status| status.geometry)),
        row.disputes.join(" "),
    ];
    let mut writer = CsvWriter::new(Vec::with_capacity(256));
    // Writing to memory does not fail.
    let written = writer
        .record(cells.iter().map(String::as_str))
        .and_then(|()| writer.finish());
    written.unwrap_or_default()
}

//! Where the points come from: CSV, a GeoJSON collection, or GeoJSON features line by line; a file or standard input.

use std::fs::File;
use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use araxes::analysis::coordinates;
use araxes::analysis::coordinates::Way;
use araxes::error::Error;
use araxes::error::Result;
use araxes::geodesy;
use araxes::model::World;
use geo::Coord;
use serde_json::Value;

use crate::cli::args::PointsFormat;
use crate::cli::args::StatusArgs;
use crate::cli::line_ends::LineEnds;
use crate::cli::points::features::Features;
use crate::cli::points::progress::Counter;
use crate::cli::points::table::Csv;
use crate::cli::points::table::Row;

/// A point to answer.
#[derive(Debug)]
pub(super) struct Point {
    /// Where it is, on WGS 84 once its system is settled.
    pub(super) at: Coord,
    /// What the user wants to see beside the answer.
    pub(super) kept: Vec<Value>,
    /// The line that it was read from.
    line: usize,
}

impl Point {
    /// The same point of `file`, from the system that it was given in.
    pub(super) fn from(self, way: &Way<'_>, file: &str) -> Result<Self> {
        let located = way.locate(self.at);
        let at = located.map_err(|message| Error::Row {
            file: file.to_owned(),
            line: self.line,
            message,
        })?;
        Ok(Self { at, ..self })
    }
}

/// The system that the points are in, and the way from it; none for WGS 84.
pub(in crate::cli) fn way_from<'w>(world: &'w World, args: &StatusArgs) -> Result<Option<Way<'w>>> {
    let Some(id) = &args.system else {
        return Ok(None);
    };
    let system = coordinates::system(world, id)?;
    let operation = args.operation.as_deref();
    system
        .map(|system| Way::new(world, system, operation))
        .transpose()
}

/// A stream of points.
pub(super) struct Input {
    file: String,
    kept: Vec<String>,
    /// Whether numbers are degrees on WGS 84; else those of another system.
    is_wgs84: bool,
    reader: Reader,
}

enum Reader {
    Csv(Box<Csv>),
    Features(Features<Source>),
    Lines { input: Source, line: usize },
}

/// Bytes of a file or of standard input.
pub(super) type Source = BufReader<Box<dyn Read + Send>>;

impl Input {
    /// Opens a file, or standard input for `-`, and reads as much as tells its columns.
    pub(super) fn open(
        file: &Path,
        (args, is_wgs84): (&StatusArgs, bool),
        count: impl FnOnce(Box<dyn Read + Send>) -> Counter<Box<dyn Read + Send>>,
    ) -> Result<Self> {
        let name = file.display().to_string();
        let input: Box<dyn Read + Send> = if file == Path::new("-") {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(file).map_err(|source| Error::Read {
                path: file.to_owned(),
                source,
            })?)
        };
        let mut input = LineEnds::new(count(input));
        let mut format = args.points_format;
        if format.is_none() {
            format = by_name(file)?;
        }
        // What was read to guess the format stands before the rest.
        let mut start = Vec::new();
        if format.is_none() {
            start = first_line(&mut input).map_err(|source| Error::Read {
                path: file.to_owned(),
                source,
            })?;
        }
        let format = format.unwrap_or_else(|| guessed(&start));
        if format == PointsFormat::Csv {
            input = input.closing();
        }
        let input: Box<dyn Read + Send> = Box::new(io::Cursor::new(start).chain(input));
        let input = BufReader::with_capacity(256 << 10, input);
        let reader = match format {
            PointsFormat::Csv => Reader::Csv(Box::new(Csv::new(&name, input, (args, is_wgs84))?)),
            PointsFormat::Geojson => Reader::Features(Features::new(input)),
            PointsFormat::Geojsonl => Reader::Lines { input, line: 0 },
        };
        Ok(Self {
            file: name,
            kept: args.keep.clone(),
            is_wgs84,
            reader,
        })
    }

    /// What messages call it.
    pub(super) fn name(&self) -> &str {
        &self.file
    }

    /// Names of what is kept of each point.
    pub(super) fn kept(&self) -> &[String] {
        &self.kept
    }

    fn bad(&self, line: usize, message: String) -> Error {
        Error::Row {
            file: self.file.clone(),
            line,
            message,
        }
    }

    fn point(&self, line: usize, at: Coord, kept: Vec<Value>) -> Result<Point> {
        let is_place = if self.is_wgs84 {
            geodesy::is_on_earth(at)
        } else {
            at.x.is_finite() && at.y.is_finite()
        };
        if is_place {
            Ok(Point { at, kept, line })
        } else {
            let Coord { x, y } = at;
            Err(self.bad(
                line,
                format!("{x}, {y} is no longitude, latitude in degrees"),
            ))
        }
    }

    fn feature(&self, line: usize, text: &[u8]) -> Result<Point> {
        let (at, kept) = point_of(text, &self.kept).map_err(|message| self.bad(line, message))?;
        self.point(line, at, kept)
    }

    fn unreadable(&self, source: io::Error) -> Error {
        Error::Read {
            path: PathBuf::from(&self.file),
            source,
        }
    }

    fn next_row(&mut self) -> Option<Result<Point>> {
        let Reader::Csv(csv) = &mut self.reader else {
            return None;
        };
        Some(match csv.next()? {
            Ok(Row {
                line,
                position,
                kept,
            }) => match position {
                Ok(at) => self.point(line, at, kept),
                Err(message) => Err(self.bad(line, message)),
            },
            Err(error) => Err(error),
        })
    }

    fn next_line(&mut self) -> Option<Result<Point>> {
        let mut text = Vec::new();
        let number = loop {
            let Reader::Lines { input, line } = &mut self.reader else {
                return None;
            };
            text.clear();
            *line += 1;
            let number = *line;
            match line_within(input, &mut text) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(source) => return Some(Err(self.unreadable(source))),
            }
            // A record separator may stand before each feature (RFC 8142).
            let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0x1e;
            if !text.iter().all(blank) {
                break number;
            }
        };
        if text.len() > LONGEST_LINE {
            return Some(Err(self.bad(number, "is too long for a point".to_owned())));
        }
        let start = usize::from(text.first() == Some(&0x1e));
        Some(self.feature(number, &text[start..]))
    }
}

impl Iterator for Input {
    type Item = Result<Point>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.reader {
            Reader::Csv(_) => self.next_row(),
            Reader::Lines { .. } => self.next_line(),
            Reader::Features(features) => {
                let feature = features.next()?;
                Some(match feature {
                    Ok(feature) => self.feature(feature.line, &feature.text),
                    Err(source) => Err(self.unreadable(source)),
                })
            }
        }
    }
}

/// Longer lines are refused: a point is short, and a hostile file must not fill the memory.
const LONGEST_LINE: usize = 1 << 20;

/// Reads a line; of one that is too long no more than tells that it is.
fn line_within(input: &mut impl BufRead, text: &mut Vec<u8>) -> io::Result<usize> {
    let mut read = 0;
    loop {
        let available = input.fill_buf()?;
        if available.is_empty() {
            return Ok(read);
        }
        let end = available.iter().position(|&byte| byte == b'\n');
        let taken = end.map_or(available.len(), |end| end + 1);
        if text.len() <= LONGEST_LINE {
            text.extend_from_slice(&available[..taken]);
        }
        input.consume(taken);
        read += taken;
        if end.is_some() {
            return Ok(read);
        }
    }
}

/// The format that the file's name says; nothing for standard input and `.json`.
fn by_name(file: &Path) -> Result<Option<PointsFormat>> {
    let extension = file.extension().and_then(|e| e.to_str());
    match extension.map(str::to_lowercase).as_deref() {
        Some("csv") => Ok(Some(PointsFormat::Csv)),
        Some("geojson") => Ok(Some(PointsFormat::Geojson)),
        Some("geojsonl" | "geojsons" | "ndjson" | "jsonl") => Ok(Some(PointsFormat::Geojsonl)),
        Some("json") | None => Ok(None),
        Some(_) => {
            let name = file.display();
            Err(Error::Usage(format!(
                "--points: `{name}` is neither .csv, .geojson nor .geojsonl; say what it is with --points-format"
            )))
        }
    }
}

/// What an input begins with: up to the end of the first line that is not blank.
fn first_line(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    let mut buffer = vec![0; 4 << 10];
    while !has_line(&start) && start.len() <= LONGEST_LINE {
        let count = input.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        start.extend_from_slice(&buffer[..count]);
    }
    Ok(start)
}

fn has_line(start: &[u8]) -> bool {
    let first = start.iter().position(|byte| !byte.is_ascii_whitespace());
    first.is_some_and(|first| start[first..].contains(&b'\n'))
}

/// The format that an input's first line is of.
fn guessed(start: &[u8]) -> PointsFormat {
    let mut lines = start.split(|&byte| byte == b'\n');
    let line = lines.find(|line| !line.trim_ascii().is_empty());
    match line.map(<[u8]>::trim_ascii) {
        Some([0x1e, ..]) => PointsFormat::Geojsonl,
        Some(line @ [b'{', ..]) if serde_json::from_slice::<geojson::Feature>(line).is_ok() => {
            PointsFormat::Geojsonl
        }
        Some([b'{', ..]) => PointsFormat::Geojson,
        _ => PointsFormat::Csv,
    }
}

/// The position of a feature, and those of its properties that are kept; `id` stands for its own id too.
fn point_of(text: &[u8], kept: &[String]) -> std::result::Result<(Coord, Vec<Value>), String> {
    let feature: geojson::Feature = serde_json::from_slice(text).map_err(|error| {
        let message = error.to_string();
        // Line and column would count from the feature, not from the file.
        let message = message.split(" at line ").next().unwrap_or(&message);
        format!("is no feature: {message}")
    })?;
    let position = match feature.geometry.as_ref().map(|geometry| &geometry.value) {
        Some(geojson::GeometryValue::Point { coordinates }) => match *coordinates.as_slice() {
            [x, y, ..] => Coord { x, y },
            _ => return Err("a position needs longitude and latitude".to_owned()),
        },
        _ => return Err("the feature is no Point".to_owned()),
    };
    let own_id = |name: &String| {
        (name == "id")
            .then(|| feature.id.as_ref().map(id))
            .flatten()
    };
    let value = |name: &String| {
        let property = feature.property(name).cloned();
        property.or_else(|| own_id(name)).unwrap_or(Value::Null)
    };
    Ok((position, kept.iter().map(value).collect()))
}

fn id(id: &geojson::feature::Id) -> Value {
    match id {
        geojson::feature::Id::String(text) => Value::String(text.clone()),
        geojson::feature::Id::Number(number) => Value::Number(number.clone()),
    }
}

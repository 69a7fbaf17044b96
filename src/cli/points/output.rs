//! A row of a stream as text: CSV, a JSON object a line, or GeoJSON.

use araxes::analysis::segments::StatusOn;
use araxes::analysis::status::StatusRow;
use araxes::error::Error;
use araxes::error::Result;
use araxes::report;
use araxes::report::Format;
use serde_json::Map;
use serde_json::Value;

use crate::cli::points::cells::Cells;
use crate::cli::points::input::Point;

/// How a row becomes text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Csv,
    JsonLine,
    Feature,
    FeatureLine,
}

const COLUMNS: [&str; 24] = [
    "lon",
    "lat",
    "as_of",
    "source",
    "territory",
    "side",
    "segment",
    "may_be",
    "pair",
    "part",
    "km",
    "distance_m",
    "distance_from_m",
    "distance_to_m",
    "error_m",
    "nearest_lon",
    "nearest_lat",
    "stage",
    "agreement",
    "control",
    "basis",
    "geometry_m",
    "disputes",
    "disputes_near",
];

/// The keys of a row.
const KEYS: [&str; 20] = [
    "as_of",
    "source",
    "point",
    "territory",
    "side",
    "segment",
    "may_be",
    "pair",
    "part",
    "km",
    "distance_m",
    "distance_within_m",
    "accuracy_m",
    "error",
    "nearest",
    "status",
    "claims",
    "differing",
    "disputes",
    "disputes_near",
];

impl Shape {
    /// How a format is written row by row.
    pub(super) fn of(format: Format) -> Result<Self> {
        match format {
            Format::Table | Format::Csv => Ok(Self::Csv),
            Format::Json => Ok(Self::JsonLine),
            Format::GeoJson => Ok(Self::Feature),
            Format::GeoJsonLines => Ok(Self::FeatureLine),
            Format::FlatGeobuf => Err(Error::Usage(
                "--points is answered as a stream, and a FlatGeobuf file is not written before its last row; use --format csv, json, geojson or geojsonl"
                    .to_owned(),
            )),
        }
    }

    /// Refuses to keep what would stand beside an answer's own column of that name.
    pub(super) fn can_keep(self, kept: &[String]) -> Result<()> {
        for (number, name) in kept.iter().enumerate() {
            let is_own = match self {
                Self::Csv => COLUMNS.contains(&name.as_str()),
                _ => KEYS.contains(&name.as_str()),
            };
            if is_own || kept[..number].contains(name) {
                let message = format!(
                    "--keep {name}: there would be two columns of that name; give it another one in the input"
                );
                return Err(Error::Usage(message));
            }
        }
        Ok(())
    }

    /// What stands before all rows.
    pub(super) fn start(self, kept: &[String]) -> Vec<u8> {
        match self {
            Self::Csv => {
                let mut text = Vec::new();
                let mut cells = Cells::new(&mut text);
                let columns = kept.iter().map(String::as_str).chain(COLUMNS);
                columns.for_each(|column| cells.word(column));
                cells.end();
                text
            }
            Self::Feature => b"{\"type\":\"FeatureCollection\",\"features\":[\n".to_vec(),
            Self::JsonLine | Self::FeatureLine => Vec::new(),
        }
    }

    /// What stands before each row but the first.
    pub(super) const fn between(self) -> &'static [u8] {
        match self {
            Self::Feature => b",\n",
            _ => b"",
        }
    }

    /// What stands after all rows.
    pub(super) const fn end(self) -> &'static str {
        match self {
            Self::Feature => "\n]}\n",
            _ => "",
        }
    }

    /// Adds the row of a point.
    pub(super) fn write(
        self,
        text: &mut Vec<u8>,
        row: &StatusRow<'_>,
        (point, beside): (&Point, &Beside<'_>),
    ) {
        text.extend_from_slice(self.between());
        match self {
            Self::Csv => csv_row(text, row, &point.kept, beside.as_of),
            Self::JsonLine => {
                let whole = beside.with(point, row);
                // Rows of this crate serialise, and writing to memory does not fail.
                let _ = serde_json::to_writer(&mut *text, &whole);
                text.push(b'\n');
            }
            Self::Feature | Self::FeatureLine => {
                let whole = beside.with(point, row);
                if let Ok(feature) = report::feature(&whole, Some(report::point(point.at))) {
                    let _ = serde_json::to_writer(&mut *text, &feature);
                }
                if self == Self::FeatureLine {
                    text.push(b'\n');
                }
            }
        }
    }
}

/// What stands beside every answer.
pub(super) struct Beside<'s> {
    /// Names of what the user keeps of each point.
    pub(super) kept: &'s [String],
    /// The date that all answers hold on.
    pub(super) as_of: &'s str,
}

/// A row with what the user keeps beside it.
#[derive(serde::Serialize)]
struct Whole<'r, R> {
    #[serde(flatten)]
    kept: Map<String, Value>,
    #[serde(flatten)]
    row: &'r R,
}

impl Beside<'_> {
    fn with<'r, R>(&self, point: &Point, row: &'r R) -> Whole<'r, R> {
        let kept = self.kept.iter().cloned().zip(point.kept.iter().cloned());
        Whole {
            kept: kept.collect(),
            row,
        }
    }
}

fn csv_row(text: &mut Vec<u8>, row: &StatusRow<'_>, kept: &[Value], as_of: &str) {
    let mut cells = Cells::new(text);
    for value in kept {
        match value {
            Value::Null => cells.word(""),
            Value::String(word) => cells.word(word),
            other => cells.word(&other.to_string()),
        }
    }
    cells.number(row.point[0]);
    cells.number(row.point[1]);
    cells.word(as_of);
    cells.word(row.source);
    match row.territory {
        Some(codes) => cells.codes(codes.iter(), b'+'),
        None => cells.word(""),
    }
    cells.word(row.side.word());
    cells.word(row.segment.unwrap_or_default());
    cells.word(row.may_be.unwrap_or_default());
    match row.pair {
        Some(pair) => cells.codes([pair.first, pair.second].into_iter(), b'-'),
        None => cells.word(""),
    }
    cells.word(row.part.unwrap_or_default());
    cells.maybe(row.km, Cells::number);
    cells.maybe(row.distance_m, Cells::number);
    cells.maybe(row.distance_within_m.map(|within| within[0]), Cells::number);
    cells.maybe(row.distance_within_m.map(|within| within[1]), Cells::number);
    cells.number(row.error.total_m);
    cells.maybe(row.nearest.map(|at| at[0]), Cells::number);
    cells.maybe(row.nearest.map(|at| at[1]), Cells::number);
    axes(&mut cells, row.status);
    cells.word(&row.disputes.join(" "));
    cells.word(&row.disputes_near.join(" "));
    cells.end();
}

fn axes(cells: &mut Cells<'_>, status: Option<&StatusOn>) {
    let axis = |value: Option<&'static str>| value.unwrap_or_default();
    let stage = status.and_then(|status| status.stage);
    let agreement = status.and_then(|status| status.agreement);
    let basis = status.and_then(|status| status.basis);
    cells.word(axis(stage.map(araxes::model::Stage::word)));
    cells.word(axis(agreement.map(araxes::model::Agreement::word)));
    let control = status.and_then(|status| status.control_words.as_deref());
    cells.word(control.unwrap_or_default());
    cells.word(axis(basis.map(araxes::model::Basis::word)));
    cells.maybe(status.and_then(|status| status.geometry), Cells::number);
}

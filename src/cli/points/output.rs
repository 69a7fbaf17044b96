//! A row of a stream as text: CSV, a JSON object a line, or GeoJSON.

use std::io::Write as _;

use araxes::analysis::segments::StatusOn;
use araxes::analysis::status::StatusRow;
use araxes::error::Error;
use araxes::error::Result;
use araxes::model::Code;
use araxes::report;
use araxes::report::Format;
use serde_json::Map;
use serde_json::Value;

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

/// The cells of one CSV row. A million rows make forty million numbers: they are written without the general machinery, to the same text.
struct Cells<'t> {
    text: &'t mut Vec<u8>,
    is_first: bool,
}

/// Decimals of the finest numbers of a row; a number with more is written in the general way.
const DIGITS: u32 = 7;

impl<'t> Cells<'t> {
    const fn new(text: &'t mut Vec<u8>) -> Self {
        Self {
            text,
            is_first: true,
        }
    }

    fn next(&mut self) {
        if !self.is_first {
            self.text.push(b',');
        }
        self.is_first = false;
    }

    /// A text, in quotation marks where it needs them (RFC 4180).
    fn word(&mut self, word: &str) {
        self.next();
        if word
            .bytes()
            .any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r'))
        {
            self.text.push(b'"');
            self.text
                .extend_from_slice(word.replace('"', "\"\"").as_bytes());
            self.text.push(b'"');
        } else {
            self.text.extend_from_slice(word.as_bytes());
        }
    }

    /// A value whose text needs no quotation marks.
    fn display(&mut self, value: impl std::fmt::Display) {
        self.next();
        let _ = write!(self.text, "{value}");
    }

    /// Codes joined by a sign.
    fn codes(&mut self, codes: impl Iterator<Item = Code>, between: u8) {
        self.next();
        for (number, code) in codes.enumerate() {
            if number > 0 {
                self.text.push(between);
            }
            self.text.extend_from_slice(code.as_str().as_bytes());
        }
    }

    fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            Some(value) => write(self, value),
            None => self.next(),
        }
    }

    /// The shortest text of a number.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "below 2^53, where every whole number has its own float"
    )]
    fn number(&mut self, value: f64) {
        let scale = f64::from(10_u32.pow(DIGITS));
        let scaled = (value * scale).round();
        #[expect(
            clippy::float_cmp,
            reason = "asks whether the short text gives the very same number"
        )]
        // Of up to fifteen digits no two texts mean one number: this is then the shortest.
        let is_short = scaled.abs() < 1e15 && scaled / scale == value;
        if is_short && (value != 0.0 || value.is_sign_positive()) {
            self.next();
            decimal(self.text, scaled as i64);
        } else {
            self.display(value);
        }
    }

    fn end(self) {
        self.text.push(b'\n');
    }
}

/// A whole number of ten-millionths as a decimal without trailing zeros.
fn decimal(text: &mut Vec<u8>, scaled: i64) {
    let unit = 10_u64.pow(DIGITS);
    if scaled < 0 {
        text.push(b'-');
    }
    let (whole, mut rest) = (scaled.unsigned_abs() / unit, scaled.unsigned_abs() % unit);
    let mut digits = [0_u8; 20];
    let mut start = digits.len();
    let mut left = whole;
    loop {
        start -= 1;
        digits[start] = digit(left % 10);
        left /= 10;
        if left == 0 {
            break;
        }
    }
    text.extend_from_slice(&digits[start..]);
    if rest == 0 {
        return;
    }
    text.push(b'.');
    let mut place = unit / 10;
    while rest > 0 {
        text.push(digit(rest / place));
        rest %= place;
        place /= 10;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a digit")]
const fn digit(value: u64) -> u8 {
    b'0' + value as u8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Cells;

    fn written(value: f64) -> String {
        let mut text = Vec::new();
        Cells::new(&mut text).number(value);
        String::from_utf8(text).expect("digits")
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn a_number_is_written_as_its_shortest_text(value in -1e9..1e9_f64, digits in 0..9_i32) {
            let rounded = araxes::units::rounded(value, digits);
            prop_assert_eq!(written(rounded), rounded.to_string());
            prop_assert_eq!(written(value), value.to_string());
        }
    }

    #[test]
    fn odd_numbers_are_written_as_ever() {
        for value in [
            0.0,
            -0.0,
            1e-8,
            0.1 + 0.2,
            1e300,
            f64::MAX,
            f64::NAN,
            f64::INFINITY,
            -45.5,
            100.0,
        ] {
            assert_eq!(written(value), value.to_string());
        }
    }

    #[test]
    fn words_that_need_them_get_quotation_marks() {
        let mut text = Vec::new();
        let mut cells = Cells::new(&mut text);
        for word in ["plain", "A side: A, B", "say \"so\"", ""] {
            cells.word(word);
        }
        cells.end();
        let expected = "plain,\"A side: A, B\",\"say \"\"so\"\"\",\n";
        assert_eq!(String::from_utf8(text).expect("text"), expected);
    }
}

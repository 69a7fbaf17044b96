//! Rows as table, CSV, JSON, GeoJSON and FlatGeobuf.
//!
//! *In*: rows that serialise, and where they have a place its geometry. *Out*: text or bytes. Header, columns and keys all come from the row type, so
//! the formats cannot drift apart.

mod cells;
mod csv;
pub mod file;
mod flatgeobuf;
mod geojson;
pub mod html;
mod table;

use serde::Serialize;

use crate::error::Error;
use crate::error::Result;

pub use ::geojson::Feature;
pub use ::geojson::GeometryValue as Geometry;
pub use csv::CsvWriter;
pub use geojson::areas;
pub use geojson::collection;
pub use geojson::feature;
pub use geojson::lines;
pub use geojson::point;
pub use geojson::points;
pub use table::card;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned columns for people.
    Table,
    /// JSON with the documented keys.
    Json,
    /// Comma-separated values with a header.
    Csv,
    /// A GeoJSON feature collection for a GIS.
    GeoJson,
    /// GeoJSON features, one a line (newline-delimited GeoJSON).
    GeoJsonLines,
    /// A FlatGeobuf file for a GIS: binary, typed and indexed.
    FlatGeobuf,
}

/// A geometry for each row, for the formats that show places.
pub type Geometries = Vec<Option<::geojson::GeometryValue>>;

/// Rows as bytes in `format`; `title` says what they are, in the formats that hold a title.
///
/// # Errors
///
/// [`Error::Usage`] if the format shows places and the rows have none.
pub fn bytes<T: Serialize>(
    rows: &[T],
    format: Format,
    places: Option<Geometries>,
    title: &str,
) -> Result<Vec<u8>> {
    match format {
        Format::FlatGeobuf => flatgeobuf::bytes(&features(rows, places, "flatgeobuf")?, title),
        _ => self::rows(rows, format, places).map(String::into_bytes),
    }
}

/// Rows as text in `format`.
///
/// # Errors
///
/// [`Error::Usage`] if GeoJSON is asked for and the rows have no place, or if the format is no text.
pub fn rows<T: Serialize>(
    rows: &[T],
    format: Format,
    places: Option<Geometries>,
) -> Result<String> {
    match format {
        Format::Json => json(&rows),
        Format::Table => Ok(table::columns(&cells::grid(rows)?)),
        Format::Csv => csv::text(&cells::grid(rows)?),
        Format::GeoJson => collection(&features(rows, places, "geojson")?),
        Format::GeoJsonLines => geojson::feature_lines(&features(rows, places, "geojsonl")?),
        Format::FlatGeobuf => Err(Error::Usage(
            "--format flatgeobuf: this answer is text; use geojson".to_owned(),
        )),
    }
}

/// Rows with their places.
fn features<T: Serialize>(
    rows: &[T],
    places: Option<Geometries>,
    format: &str,
) -> Result<Vec<Feature>> {
    let places = places.ok_or_else(|| {
        Error::Usage(format!(
            "--format {format}: these rows have no place; use json"
        ))
    })?;
    rows.iter()
        .zip(places)
        .map(|(row, place)| feature(row, place))
        .collect()
}

/// A value as indented JSON, with a line end.
///
/// # Errors
///
/// [`Error::Usage`] for a value that JSON cannot hold; rows of this crate never are.
pub fn json<T: Serialize>(value: &T) -> Result<String> {
    let mut text = serde_json::to_string_pretty(value).map_err(|error| unserialisable(&error))?;
    text.push('\n');
    Ok(text)
}

/// A value from JSON; none if the text is not of that form.
pub fn parsed<T: serde::de::DeserializeOwned>(text: &[u8]) -> Option<T> {
    serde_json::from_slice(text).ok()
}

fn unserialisable(error: &serde_json::Error) -> Error {
    Error::Usage(format!("a row cannot be written: {error}"))
}

//! Rows as table, CSV, JSON and GeoJSON.
//!
//! *In*: rows that serialise, and where they have a place its geometry. *Out*: text. Header, columns and keys all come from the row type, so
//! the formats cannot drift apart.

mod cells;
mod csv;
pub mod file;
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
}

/// A geometry for each row, for the formats that show places.
pub type Geometries = Vec<Option<::geojson::GeometryValue>>;

/// Rows as text in `format`.
///
/// # Errors
///
/// [`Error::Usage`] if GeoJSON is asked for and the rows have no place.
pub fn rows<T: Serialize>(
    rows: &[T],
    format: Format,
    places: Option<Geometries>,
) -> Result<String> {
    match format {
        Format::Json => json(&rows),
        Format::Table => Ok(table::columns(&cells::grid(rows)?)),
        Format::Csv => csv::text(&cells::grid(rows)?),
        Format::GeoJson | Format::GeoJsonLines => {
            let places = places.ok_or_else(|| {
                Error::Usage("--format geojson: these rows have no place; use json".to_owned())
            })?;
            let features = rows
                .iter()
                .zip(places)
                .map(|(row, place)| feature(row, place));
            let features: Vec<_> = features.collect::<Result<_>>()?;
            if format == Format::GeoJson {
                collection(&features)
            } else {
                geojson::feature_lines(&features)
            }
        }
    }
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

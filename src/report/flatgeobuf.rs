//! FlatGeobuf for a GIS: the row as typed columns, its place as geometry, with a spatial index.
//!
//! *In*: features as GeoJSON has them, so both formats hold the same. *Out*: the bytes of a file of version 3 of the format, on WGS 84 (EPSG:4326).
//!
//! Method. A column is boolean, whole or decimal if all its values are, else text: the type is that of the values at hand, and a column without any
//! value is text. Points, lines and areas that occur single and multiple become all multiple, since a layer of a GIS has one type; points beside
//! lines stay what they are in a layer of mixed type. The features are in the order of their index (Hilbert curve), not of the rows.
//!
//! # Limits
//!
//! The index has no room for a row without a place: where there is one, the file has all rows and no index. While it is made, the file lies in
//! the system's folder for temporary files too.

use flatgeobuf::ColumnType;
use flatgeobuf::FgbCrs;
use flatgeobuf::FgbWriter;
use flatgeobuf::FgbWriterOptions;
use flatgeobuf::GeometryType;
use geo::Geometry;
use geo::MultiLineString;
use geo::MultiPoint;
use geo::MultiPolygon;
use geojson::Feature;
use geozero::ColumnValue;
use geozero::GeomProcessor;
use geozero::GeozeroGeometry;
use geozero::PropertyProcessor;
use serde_json::Value;

use crate::error::Error;
use crate::error::Result;

/// The code of WGS 84 in the register of EPSG.
const WGS_84: i32 = 4326;

/// Features as the bytes of a file. The layer has the name of `title` without its first word.
///
/// # Errors
///
/// [`Error::Write`] if the system has no room for the temporary file.
pub(super) fn bytes(features: &[Feature], title: &str) -> Result<Vec<u8>> {
    let geometries = geometries(features)?;
    let kind = kind(&geometries);
    let name = title
        .split_once(' ')
        .map_or(title, |(_, rest)| rest)
        .replace(' ', "_");
    let options = FgbWriterOptions {
        write_index: !geometries.is_empty() && geometries.iter().all(Option::is_some),
        detect_type: false,
        promote_to_multi: false,
        crs: FgbCrs {
            org: Some("EPSG"),
            code: WGS_84,
            ..FgbCrs::default()
        },
        title: Some(title),
        ..FgbWriterOptions::default()
    };
    let mut writer = FgbWriter::create_with_options(&name, kind, options).map_err(failed)?;
    let columns = columns(features);
    for column in &columns {
        writer.add_column(column.name, column.kind, |_, _| {});
    }
    for (feature, geometry) in features.iter().zip(geometries) {
        let place = Place(geometry.map(|geometry| widened(geometry, kind)));
        let mut outcome = Ok(());
        let written = writer.add_feature_geom(place, |row| {
            outcome = columns.iter().enumerate().try_for_each(|(number, column)| {
                let value = feature.property(column.name).unwrap_or(&Value::Null);
                column
                    .value(value)
                    .write(|value| row.property(number, column.name, &value))
            });
        });
        outcome.and(written).map_err(failed)?;
    }
    let mut bytes = Vec::new();
    writer.write(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// What the writer reports can only come from its temporary file: values and geometries are of the types that it was told.
fn failed(error: impl std::fmt::Display) -> Error {
    Error::Write {
        path: std::env::temp_dir(),
        source: std::io::Error::other(format!(
            "a FlatGeobuf file needs a temporary one there: {error}"
        )),
    }
}

/// The geometries of features.
fn geometries(features: &[Feature]) -> Result<Vec<Option<Geometry>>> {
    let converted = |geometry: &geojson::Geometry| {
        Geometry::try_from(&geometry.value)
            .map_err(|error| Error::Usage(format!("--format flatgeobuf: {error}")))
    };
    features
        .iter()
        .map(|feature| feature.geometry.as_ref().map(converted).transpose())
        .collect()
}

/// The type of a geometry.
const fn kind_of(geometry: &Geometry) -> GeometryType {
    match geometry {
        Geometry::Point(_) => GeometryType::Point,
        Geometry::MultiPoint(_) => GeometryType::MultiPoint,
        Geometry::LineString(_) => GeometryType::LineString,
        Geometry::MultiLineString(_) => GeometryType::MultiLineString,
        Geometry::Polygon(_) => GeometryType::Polygon,
        Geometry::MultiPolygon(_) => GeometryType::MultiPolygon,
        _ => GeometryType::Unknown,
    }
}

const fn multiple(kind: GeometryType) -> GeometryType {
    match kind {
        GeometryType::Point => GeometryType::MultiPoint,
        GeometryType::LineString => GeometryType::MultiLineString,
        GeometryType::Polygon => GeometryType::MultiPolygon,
        other => other,
    }
}

/// The type of the layer: that of all geometries, or their multiple; unknown if they are mixed.
fn kind(geometries: &[Option<Geometry>]) -> GeometryType {
    let mut kinds = geometries.iter().flatten().map(kind_of);
    let Some(first) = kinds.next() else {
        return GeometryType::Unknown;
    };
    kinds.fold(first, |kind, next| {
        if kind == next {
            kind
        } else if multiple(kind) == multiple(next) {
            multiple(kind)
        } else {
            GeometryType::Unknown
        }
    })
}

/// A geometry as the multiple one that the layer holds.
fn widened(geometry: Geometry, kind: GeometryType) -> Geometry {
    match (geometry, kind) {
        (Geometry::Point(point), GeometryType::MultiPoint) => MultiPoint::new(vec![point]).into(),
        (Geometry::LineString(line), GeometryType::MultiLineString) => {
            MultiLineString::new(vec![line]).into()
        }
        (Geometry::Polygon(area), GeometryType::MultiPolygon) => {
            MultiPolygon::new(vec![area]).into()
        }
        (other, _) => other,
    }
}

/// A place or none.
struct Place(Option<Geometry>);

impl GeozeroGeometry for Place {
    fn process_geom<P: GeomProcessor>(&self, processor: &mut P) -> geozero::error::Result<()> {
        match &self.0 {
            Some(geometry) => geometry.process_geom(processor),
            None => Ok(()),
        }
    }
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Column<'f> {
    name: &'f str,
    kind: ColumnType,
}

/// The columns in the order of the fields, also of those that some rows leave out.
fn columns(features: &[Feature]) -> Vec<Column<'_>> {
    let mut columns: Vec<Column<'_>> = Vec::new();
    let mut numbers = std::collections::HashMap::new();
    let mut has_value = Vec::new();
    for (name, value) in features.iter().flat_map(Feature::properties_iter) {
        let number = *numbers.entry(name.as_str()).or_insert_with(|| {
            columns.push(Column {
                name,
                kind: ColumnType::String,
            });
            has_value.push(false);
            columns.len() - 1
        });
        let Some(kind) = column_type(value) else {
            continue;
        };
        let column = &mut columns[number];
        column.kind = if has_value[number] {
            common(column.kind, kind)
        } else {
            kind
        };
        has_value[number] = true;
    }
    columns
}

/// The type of a value; none for null.
fn column_type(value: &Value) -> Option<ColumnType> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(_) => ColumnType::Bool,
        Value::Number(number) if number.is_i64() => ColumnType::Long,
        Value::Number(_) => ColumnType::Double,
        Value::String(_) | Value::Array(_) | Value::Object(_) => ColumnType::String,
    })
}

/// The type that holds values of both.
fn common(one: ColumnType, other: ColumnType) -> ColumnType {
    let is_number = |kind| kind == ColumnType::Long || kind == ColumnType::Double;
    if one == other {
        one
    } else if is_number(one) && is_number(other) {
        ColumnType::Double
    } else {
        ColumnType::String
    }
}

/// A value of the type of its column.
#[derive(Debug, Clone, PartialEq)]
enum Cell {
    Empty,
    Flag(bool),
    Whole(i64),
    Decimal(f64),
    Text(String),
}

impl Column<'_> {
    fn value(self, value: &Value) -> Cell {
        let cell = match self.kind {
            _ if value.is_null() => None,
            ColumnType::Bool => value.as_bool().map(Cell::Flag),
            ColumnType::Long => value.as_i64().map(Cell::Whole),
            ColumnType::Double => value.as_f64().map(Cell::Decimal),
            _ => Some(Cell::Text(match value {
                Value::String(text) => text.clone(),
                other => super::cells::flat(other),
            })),
        };
        cell.unwrap_or(Cell::Empty)
    }
}

impl Cell {
    /// Hands the value to a writer, if there is one.
    fn write<E>(
        &self,
        write: impl FnOnce(ColumnValue<'_>) -> std::result::Result<bool, E>,
    ) -> std::result::Result<(), E> {
        let value = match self {
            Self::Empty => return Ok(()),
            Self::Flag(flag) => ColumnValue::Bool(*flag),
            Self::Whole(number) => ColumnValue::Long(*number),
            Self::Decimal(number) => ColumnValue::Double(*number),
            Self::Text(text) => ColumnValue::String(text),
        };
        write(value).map(drop)
    }
}

#[cfg(test)]
mod tests;

//! GeoJSON for a GIS: the row as properties, its place as geometry.

use geo::Coord;
use geo::LineString;
use geo::Orient;
use geo::Polygon;
use geo::orient::Direction;
use geojson::GeometryValue;
use geojson::Position;
use serde::Serialize;
use serde_json::Value;

use crate::error::Result;
use crate::report::cells::flat;
use crate::report::unserialisable;
use crate::units::rounded;

/// Decimals of written degrees: about a centimetre.
const DIGITS: i32 = 7;

/// A row as a feature. Nested values become text, since attribute tables have none.
///
/// # Errors
///
/// If the row does not serialise; rows of this crate do.
pub fn feature<T: Serialize>(row: &T, place: Option<GeometryValue>) -> Result<geojson::Feature> {
    let value = serde_json::to_value(row).map_err(|error| unserialisable(&error))?;
    let properties = match value {
        Value::Object(members) => members
            .into_iter()
            .map(|(key, value)| match value {
                Value::Array(_) | Value::Object(_) => (key, Value::String(flat(&value))),
                plain => (key, plain),
            })
            .collect(),
        _ => geojson::JsonObject::new(),
    };
    Ok(geojson::Feature {
        bbox: None,
        geometry: place.map(geojson::Geometry::new),
        id: None,
        properties: Some(properties),
        foreign_members: None,
    })
}

/// Features as the text of a collection, one per line.
///
/// # Errors
///
/// If a feature does not serialise; those of this crate do.
pub fn collection(features: &[geojson::Feature]) -> Result<String> {
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    for (number, feature) in features.iter().enumerate() {
        text.push_str(if number == 0 { "\n" } else { ",\n" });
        text.push_str(&serde_json::to_string(feature).map_err(|error| unserialisable(&error))?);
    }
    text.push_str("\n]}\n");
    Ok(text)
}

/// Features as text, one on each line.
///
/// # Errors
///
/// As [`collection`].
pub(super) fn feature_lines(features: &[geojson::Feature]) -> Result<String> {
    let mut text = String::new();
    for feature in features {
        text.push_str(&serde_json::to_string(feature).map_err(|error| unserialisable(&error))?);
        text.push('\n');
    }
    Ok(text)
}

/// A place as a geometry.
pub fn point(at: Coord) -> GeometryValue {
    GeometryValue::Point {
        coordinates: position(at),
    }
}

/// Places as one geometry; none if there is no place.
pub fn points(places: &[Coord]) -> Option<GeometryValue> {
    (!places.is_empty()).then(|| GeometryValue::MultiPoint {
        coordinates: places.iter().copied().map(position).collect(),
    })
}

/// Lines as a geometry; none if there is no line.
pub fn lines<L: AsRef<[Coord]>>(lines: &[L]) -> Option<GeometryValue> {
    let positions = |line: &L| {
        line.as_ref()
            .iter()
            .map(|&at| position(at))
            .collect::<Vec<_>>()
    };
    match lines {
        [] => None,
        [line] => Some(GeometryValue::LineString {
            coordinates: positions(line),
        }),
        many => Some(GeometryValue::MultiLineString {
            coordinates: many.iter().map(positions).collect(),
        }),
    }
}

/// Polygons as a geometry; rings are wound as RFC 7946 says, outlines anticlockwise.
pub fn areas(polygons: &[Polygon]) -> GeometryValue {
    let ring = |ring: &LineString| ring.0.iter().map(|&at| position(at)).collect::<Vec<_>>();
    let polygon = |polygon: &Polygon| {
        let polygon = polygon.orient(Direction::Default);
        std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .map(ring)
            .collect::<Vec<_>>()
    };
    match polygons {
        [one] => GeometryValue::Polygon {
            coordinates: polygon(one),
        },
        many => GeometryValue::MultiPolygon {
            coordinates: many.iter().map(polygon).collect(),
        },
    }
}

fn position(at: Coord) -> Position {
    Position::from([rounded(at.x, DIGITS), rounded(at.y, DIGITS)])
}

//! One GeoJSON feature to one typed record.
//!
//! *In*: the bytes of a layer. *Out*: geometry and properties of every sound feature; a [`Problem`] for every other.
//! The collection is cut into features first, so that a fault is known by the feature it is in.

use geo::Coord;
use geojson::GeometryValue;
use rayon::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::dataset::parse;
use crate::error::Problem;

/// A feature of a layer.
#[derive(Debug)]
pub(super) struct Record<T> {
    /// Its number in the file, counted from 0.
    pub(super) number: usize,
    /// Its `id` member.
    pub(super) id: Option<String>,
    /// Its geometry.
    pub(super) geometry: Option<GeometryValue>,
    /// Its properties.
    pub(super) properties: T,
}

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    crs: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct RawFeature<'a> {
    #[serde(rename = "type")]
    kind: String,
    id: Option<serde_json::Value>,
    #[serde(borrow)]
    properties: Option<&'a RawValue>,
    #[serde(borrow)]
    geometry: Option<&'a RawValue>,
}

/// The features of a layer, in the order of the file.
pub(super) fn features<T: DeserializeOwned + Send>(
    file: &str,
    bytes: &[u8],
    problems: &mut Vec<Problem>,
) -> Vec<Record<T>> {
    let raw = match collection(file, bytes) {
        Ok(raw) => raw,
        Err(problem) => {
            problems.push(problem);
            return Vec::new();
        }
    };
    let parsed: Vec<Result<Record<T>, Problem>> = raw
        .into_par_iter()
        .enumerate()
        .map(|(number, raw)| feature(file, number, raw))
        .collect();
    let mut records = Vec::with_capacity(parsed.len());
    for result in parsed {
        match result {
            Ok(record) => records.push(record),
            Err(problem) => problems.push(problem),
        }
    }
    records
}

fn collection<'a>(file: &str, bytes: &'a [u8]) -> Result<Vec<&'a RawValue>, Problem> {
    let text = parse::text(file, bytes)?;
    if !is_object(text) {
        return Err(Problem::of_file(
            file,
            "is no JSON object: a layer is a `FeatureCollection`",
        ));
    }
    let collection: Collection<'_> = serde_json::from_str(text)
        .map_err(|error| Problem::of_file(file, parse::readable(&error)))?;
    if collection.kind != "FeatureCollection" {
        let message = format!(
            "is a `{}`: a layer is a `FeatureCollection`",
            collection.kind
        );
        return Err(Problem::of_file(file, message));
    }
    if collection.crs.is_some() {
        let message = "names a coordinate system: GeoJSON is longitude, latitude on WGS 84; \
                       convert the coordinates and remove `crs`";
        return Err(Problem::of_file(file, message).at("crs"));
    }
    collection
        .features
        .ok_or_else(|| Problem::of_file(file, "is missing").at("features"))
}

fn feature<T: DeserializeOwned>(
    file: &str,
    number: usize,
    raw: &RawValue,
) -> Result<Record<T>, Problem> {
    let fault = |message: String| Problem::of_feature(file, number, None, message);
    if !is_object(raw.get()) {
        return Err(fault(
            "is no object: a layer holds objects of type `Feature`".to_owned(),
        ));
    }
    // Borrowed parts cannot be read on the way to a path, which is short here.
    let feature: RawFeature<'_> =
        serde_json::from_str(raw.get()).map_err(|error| fault(parse::readable(&error)))?;
    let id = match feature.id {
        Some(serde_json::Value::String(id)) => Some(id),
        Some(serde_json::Value::Number(id)) => Some(id.to_string()),
        None => None,
        Some(_) => return Err(fault("is neither text nor a number".to_owned()).at("id")),
    };
    let named = |message: String| Problem::of_feature(file, number, id.as_deref(), message);
    if feature.kind != "Feature" {
        return Err(named(format!("is `{}`: `Feature` is expected", feature.kind)).at("type"));
    }
    let properties = feature
        .properties
        .map(RawValue::get)
        .filter(|text| is_object(text));
    let properties =
        properties.ok_or_else(|| named("is missing or no object".to_owned()).at("properties"))?;
    let properties = parse::part(properties, named)?;
    let geometry = feature
        .geometry
        .map(|raw| geometry(raw, named))
        .transpose()?;
    Ok(Record {
        number,
        id,
        geometry,
        properties,
    })
}

fn geometry(raw: &RawValue, fault: impl Fn(String) -> Problem) -> Result<GeometryValue, Problem> {
    let geometry: geojson::Geometry = parse::part(raw.get(), fault).map_err(|problem| {
        let path = problem
            .property
            .as_ref()
            .map(|path| format!(".{path}"))
            .unwrap_or_default();
        problem.at(format!("geometry{path}"))
    })?;
    Ok(geometry.value)
}

/// Whether a JSON text is an object. Without this an array would do for one, its members known by their place.
fn is_object(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

impl<T> Record<T> {
    /// A fault of this feature.
    pub(super) fn fault(&self, file: &str, message: impl Into<String>) -> Problem {
        Problem::of_feature(file, self.number, self.id.as_deref(), message)
    }

    /// The geometry as a point.
    pub(super) fn point(&self, file: &str) -> Result<Coord, Problem> {
        match &self.geometry {
            Some(GeometryValue::Point { coordinates }) => {
                place(coordinates).map_err(|message| self.fault(file, message).at("geometry"))
            }
            other => Err(self.wrong_type(file, other.as_ref(), "Point")),
        }
    }

    /// The geometry as a line of at least two vertices.
    pub(super) fn line(&self, file: &str) -> Result<Vec<Coord>, Problem> {
        let fault = |message: String| self.fault(file, message).at("geometry");
        match &self.geometry {
            Some(GeometryValue::LineString { coordinates }) => {
                let line = places(coordinates).map_err(fault)?;
                if line.len() < 2 {
                    return Err(fault("a line needs two positions".to_owned()));
                }
                Ok(line)
            }
            other => Err(self.wrong_type(file, other.as_ref(), "LineString")),
        }
    }

    /// The fault of a geometry that is not of the type `wanted`.
    pub(super) fn wrong_type(
        &self,
        file: &str,
        found: Option<&GeometryValue>,
        wanted: &str,
    ) -> Problem {
        let found = found.map_or("null", GeometryValue::type_name);
        self.fault(file, format!("is {found}: {wanted} is expected"))
            .at("geometry")
    }
}

/// A GeoJSON position as a place.
pub(super) fn place(position: &geojson::Position) -> Result<Coord, String> {
    let (lon, lat) = match *position.as_slice() {
        [lon, lat] | [lon, lat, _] => (lon, lat),
        ref other => {
            return Err(format!(
                "a position has {} numbers: two are expected",
                other.len()
            ));
        }
    };
    if !(-180.0..=180.0).contains(&lon) {
        return Err(format!(
            "longitude {lon} is out of range; positions are longitude, latitude"
        ));
    }
    if !(-90.0..=90.0).contains(&lat) {
        return Err(format!(
            "latitude {lat} is out of range; positions are longitude, latitude"
        ));
    }
    Ok(Coord { x: lon, y: lat })
}

/// GeoJSON positions as places.
pub(super) fn places(positions: &[geojson::Position]) -> Result<Vec<Coord>, String> {
    positions.iter().map(place).collect()
}

//! `coordinates.json`: coordinate systems other than WGS 84, and the published operations between their datums and it.

use serde::Deserialize;

use crate::dataset::parse;
use crate::error::Problem;
use crate::geodesy::projection::Convention;
use crate::geodesy::projection::Ellipsoid;
use crate::geodesy::projection::Grid;
use crate::geodesy::projection::Shift;
use crate::model::Area;
use crate::model::Coordinates;
use crate::model::Datum;
use crate::model::Id;
use crate::model::Named;
use crate::model::Operation;
use crate::model::Source;
use crate::model::System;
use crate::model::Table;

pub(super) const FILE: &str = "coordinates.json";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    datums: Vec<RawDatum>,
    systems: Vec<RawSystem>,
    operations: Vec<RawOperation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDatum {
    id: String,
    name: String,
    ellipsoid: Ellipsoid,
    ellipsoid_name: String,
    preferred_operation: String,
    preferred_basis: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSystem {
    id: String,
    name: String,
    datum: String,
    grid: Grid,
    area: [f64; 4],
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOperation {
    id: String,
    name: String,
    datum: String,
    translation_m: [f64; 3],
    rotation_arcsec: [f64; 3],
    scale_ppm: f64,
    convention: Convention,
    accuracy_m: Option<f64>,
    area_name: String,
    area: [f64; 4],
    source: String,
}

/// The coordinate systems; none, and a problem, if the file is unsound.
pub(super) fn read(
    bytes: &[u8],
    sources: &Table<Source>,
    problems: &mut Vec<Problem>,
) -> Coordinates {
    coordinates(bytes, sources)
        .map_err(|problem| problems.push(problem))
        .unwrap_or_default()
}

/// A record in its list, for messages.
struct Place<'a> {
    list: &'a str,
    id: &'a str,
}

impl Place<'_> {
    fn fault(&self, property: &str, message: impl Into<String>) -> Problem {
        let Self { list, id } = self;
        Problem::of_file(FILE, message).at(format!("{list} `{id}`.{property}"))
    }
}

fn coordinates(bytes: &[u8], sources: &Table<Source>) -> Result<Coordinates, Problem> {
    let raw: Raw = parse::json(FILE, bytes)?;
    let datums = raw
        .datums
        .into_iter()
        .map(|datum| read_datum(datum, sources));
    let datums = table("datums", datums.collect::<Result<_, _>>()?)?;
    let systems = raw
        .systems
        .into_iter()
        .map(|system| read_system(system, sources, &datums));
    let systems = table("systems", systems.collect::<Result<_, _>>()?)?;
    let operations = raw
        .operations
        .into_iter()
        .map(|operation| read_operation(operation, sources, &datums));
    let operations: Table<Operation> = table("operations", operations.collect::<Result<_, _>>()?)?;
    for (id, datum) in datums.iter() {
        let preferred = operations.find(&datum.preferred_operation);
        let usable = preferred
            .map(|found| &operations[found])
            .is_some_and(|found| found.datum == id && found.accuracy_m.is_some());
        if !usable {
            let place = Place {
                list: "datums",
                id: &datum.id,
            };
            let message = "is no operation of this datum with an accuracy";
            return Err(place.fault("preferred_operation", message));
        }
    }
    Ok(Coordinates {
        datums,
        systems,
        operations,
    })
}

fn table<T: Named>(list: &str, records: Vec<T>) -> Result<Table<T>, Problem> {
    let mut seen = std::collections::BTreeSet::new();
    for record in &records {
        let id = record.slug();
        let place = Place { list, id };
        if id.trim().is_empty() {
            return Err(place.fault("id", "is empty"));
        }
        if !seen.insert(id) {
            return Err(place.fault("id", "is used twice"));
        }
    }
    Ok(Table::new(records))
}

fn read_datum(raw: RawDatum, sources: &Table<Source>) -> Result<Datum, Problem> {
    let place = Place {
        list: "datums",
        id: &raw.id,
    };
    let Ellipsoid {
        semi_major_m,
        inverse_flattening,
    } = raw.ellipsoid;
    // From a sphere's worth of flattening to none that any body of this size has.
    if !(6e6..7e6).contains(&semi_major_m) || !(100.0..1e6).contains(&inverse_flattening) {
        return Err(place.fault("ellipsoid", "is no ellipsoid of the Earth"));
    }
    Ok(Datum {
        source: source(&place, &raw.source, sources)?,
        id: raw.id,
        name: raw.name,
        ellipsoid: raw.ellipsoid,
        ellipsoid_name: raw.ellipsoid_name,
        preferred_operation: raw.preferred_operation,
        preferred_basis: raw.preferred_basis,
    })
}

fn read_system(
    raw: RawSystem,
    sources: &Table<Source>,
    datums: &Table<Datum>,
) -> Result<System, Problem> {
    let place = Place {
        list: "systems",
        id: &raw.id,
    };
    if let Grid::TransverseMercator {
        lat_0,
        lon_0,
        scale,
        ..
    } = raw.grid
        && !((-90.0..=90.0).contains(&lat_0)
            && (-180.0..=180.0).contains(&lon_0)
            && (0.5..=2.0).contains(&scale))
    {
        return Err(place.fault("grid", "is no transverse Mercator grid"));
    }
    Ok(System {
        datum: datum(&place, &raw.datum, datums)?,
        area: area(&place, raw.area)?,
        source: source(&place, &raw.source, sources)?,
        id: raw.id,
        name: raw.name,
        grid: raw.grid,
    })
}

fn read_operation(
    raw: RawOperation,
    sources: &Table<Source>,
    datums: &Table<Datum>,
) -> Result<Operation, Problem> {
    let place = Place {
        list: "operations",
        id: &raw.id,
    };
    let shift = Shift {
        translation_m: raw.translation_m,
        rotation_arcsec: raw.rotation_arcsec,
        scale_ppm: raw.scale_ppm,
        convention: raw.convention,
    };
    if shift.is_identity() {
        let message =
            "moves nothing: an identity is no datum shift, it only hides that none is known";
        return Err(place.fault("translation_m", message));
    }
    if raw.accuracy_m.is_some_and(|m| !(m > 0.0 && m.is_finite())) {
        let message = "is no accuracy in metres; give null where the publisher states none";
        return Err(place.fault("accuracy_m", message));
    }
    Ok(Operation {
        datum: datum(&place, &raw.datum, datums)?,
        area: area(&place, raw.area)?,
        source: source(&place, &raw.source, sources)?,
        shift,
        id: raw.id,
        name: raw.name,
        accuracy_m: raw.accuracy_m,
        area_name: raw.area_name,
    })
}

fn source(place: &Place<'_>, slug: &str, sources: &Table<Source>) -> Result<Id<Source>, Problem> {
    let unknown = || place.fault("source", format!("`{slug}` is no source of sources.json"));
    sources.find(slug).ok_or_else(unknown)
}

fn datum(place: &Place<'_>, slug: &str, datums: &Table<Datum>) -> Result<Id<Datum>, Problem> {
    let unknown = || place.fault("datum", format!("`{slug}` is no datum of this file"));
    datums.find(slug).ok_or_else(unknown)
}

fn area(place: &Place<'_>, [west, south, east, north]: [f64; 4]) -> Result<Area, Problem> {
    let lon = |value: f64| (-180.0..=180.0).contains(&value);
    let lat = |value: f64| (-90.0..=90.0).contains(&value);
    if lon(west) && lon(east) && lat(south) && lat(north) && south < north {
        Ok(Area {
            west,
            south,
            east,
            north,
        })
    } else {
        Err(place.fault(
            "area",
            "is not west, south, east and north limit in degrees",
        ))
    }
}

//! Where the points of a description are on WGS 84.

use geo::Coord;

use crate::analysis::coordinates;
use crate::analysis::coordinates::Way;
use crate::analysis::description::parse::Parsed;
use crate::analysis::description::types::Label;
use crate::analysis::description::types::Leg;
use crate::analysis::description::types::Position;
use crate::analysis::description::written::Angle;
use crate::error::Error;
use crate::error::Result;
use crate::geodesy;
use crate::model::World;
use crate::units::Length;

/// Metres in a degree of a great circle: turns the digits of an angle into ground.
const DEGREE_M: f64 = 111_320.0;

/// Where a point is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The place on WGS 84.
    pub at: Coord,
    /// How far the digits of the text leave it open, in metres.
    pub rounding_m: f64,
    /// Whether azimuth and distance of the leg before give it.
    pub is_reckoned: bool,
}

/// The points of a description, and the way that their positions went.
#[derive(Debug)]
pub struct Located<'w> {
    /// One place for each point.
    pub places: Vec<Placed>,
    /// The way from the system of the text; none for WGS 84.
    pub way: Option<Way<'w>>,
}

/// Finds the points of a description, by the operation of this id, or the one that the text names, or the one that the data set prefers.
///
/// # Errors
///
/// [`Error::Row`] for a system that the data set does not have and for a position outside it, with the line; [`Error::Usage`] and
/// [`Error::Unknown`] for the operation that was asked for.
pub fn locate<'w>(
    world: &'w World,
    parsed: &Parsed,
    file: &str,
    operation: Option<&str>,
) -> Result<Located<'w>> {
    let way = way(world, parsed, file, operation)?;
    let mut places: Vec<Placed> = Vec::with_capacity(parsed.description.points.len());
    for (number, point) in parsed.description.points.iter().enumerate() {
        let bad = |message: String| Error::Row {
            file: file.to_owned(),
            line: parsed.lines.points[number],
            message,
        };
        let place = if let Some(position) = point.position {
            placed(way.as_ref(), position).map_err(bad)?
        } else {
            let leg = number
                .checked_sub(1)
                .and_then(|leg| reckoned(*places.last()?, parsed.description.legs.get(leg)?));
            leg.ok_or_else(|| bad(format!("point {} has no position", point.label)))?
        };
        places.push(place);
    }
    if let Some(way) = &way {
        way.must_cover(world, places.iter().map(|placed| &placed.at))?;
    }
    Ok(Located { places, way })
}

fn way<'w>(
    world: &'w World,
    parsed: &Parsed,
    file: &str,
    operation: Option<&str>,
) -> Result<Option<Way<'w>>> {
    let row = |error: &Error| Error::Row {
        file: file.to_owned(),
        line: parsed.lines.system,
        message: error.to_string(),
    };
    let on_wgs84 = || match operation {
        Some(_) => Err(Error::Usage(
            "--operation: the positions of this description are on WGS 84 and need none".to_owned(),
        )),
        None => Ok(None),
    };
    let Some(system) = &parsed.description.system else {
        return on_wgs84();
    };
    let known = coordinates::system(world, system.id.as_str()).map_err(|error| row(&error))?;
    let Some(known) = known else {
        return on_wgs84();
    };
    if operation.is_some() {
        return Way::new(world, known, operation).map(Some);
    }
    let named = system.operation.as_ref().map(Label::as_str);
    Way::new(world, known, named)
        .map(Some)
        .map_err(|error| row(&error))
}

/// The place of a stated position.
fn placed(way: Option<&Way<'_>>, position: Position) -> std::result::Result<Placed, String> {
    let is_geographic = way.is_none_or(|way| way.system.grid.is_geographic());
    let id = way.map_or("WGS 84", |way| way.system.id.as_str());
    let (written, rounding_m) = match position {
        Position::Geographic {
            latitude,
            longitude,
        } if is_geographic => {
            let at = Coord {
                x: longitude.degrees(),
                y: latitude.degrees(),
            };
            let half = |angle: Angle| angle.half_digit() * DEGREE_M;
            let east_m = half(longitude) * latitude.degrees().to_radians().cos();
            (at, half(latitude).hypot(east_m))
        }
        Position::Grid { easting, northing } if !is_geographic => {
            let at = Coord {
                x: easting.value(),
                y: northing.value(),
            };
            (at, easting.half_digit().hypot(northing.half_digit()))
        }
        Position::Geographic { .. } => {
            return Err(format!(
                "{id} has eastings and northings, not latitudes and longitudes"
            ));
        }
        Position::Grid { .. } => {
            return Err(format!(
                "{id} has latitudes and longitudes, not eastings and northings: state the grid, for example `coordinates EPSG:28408`"
            ));
        }
    };
    let at = match way {
        None => written,
        Some(way) => way.locate_in_system(written)?,
    };
    Ok(Placed {
        at,
        rounding_m,
        is_reckoned: false,
    })
}

/// The place that a straight leg leads to.
pub(super) fn reckoned(from: Placed, leg: &Leg) -> Option<Placed> {
    let Leg::Straight {
        azimuth: Some(azimuth),
        distance: Some(distance),
    } = leg
    else {
        return None;
    };
    let length = distance.length();
    let across_m = length.m() * azimuth.half_digit().to_radians();
    Some(Placed {
        at: geodesy::destination(from.at, azimuth.degrees(), Length::from_m(length.m())),
        rounding_m: from.rounding_m + distance.half_digit_m().hypot(across_m),
        is_reckoned: true,
    })
}

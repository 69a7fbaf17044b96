//! Positions in coordinate systems other than WGS 84, by a named and published operation.
//!
//! *In*: a system of the data set, and the operation that is asked for or the datum's preferred one. *Out*: a [`Way`] between WGS 84 and the
//! system, which knows its accuracy and where it may be used; turning points in all systems; what the choice of operation changes.
//!
//! A way that would leave the datum shift out is refused. Between datums such as Pulkovo 1942 and WGS 84 that is a hundred metres, and no later
//! step could tell.

mod spread;
mod turning_points;

use geo::BoundingRect;
use geo::Coord;
use geo::LineString;
use geo::Rect;

use crate::error::Error;
use crate::error::Result;
use crate::geodesy;
use crate::geodesy::projection::Grid;
use crate::geodesy::projection::Transform;
use crate::model::Area;
use crate::model::Datum;
use crate::model::Operation;
use crate::model::System;
use crate::model::World;
use crate::units::Length;

pub use spread::OperationRow;
pub use spread::spread;
pub use turning_points::Course;
pub use turning_points::Systems;
pub use turning_points::TurningPointRow;
pub use turning_points::courses;
pub use turning_points::rows;

/// The id of the system that every layer of a data set is in.
pub const WGS84: &str = "EPSG:4326";

/// Neighbouring zones of a grid are used up to half a degree into each other.
const OVERLAP_DEGREES: f64 = 0.5;

/// Words for an operation that is none.
const NO_SHIFT: [&str; 5] = ["none", "noop", "null", "identity", "ballpark"];

/// The way between WGS 84 and a system, by one operation.
#[derive(Debug)]
pub struct Way<'w> {
    /// The system.
    pub system: &'w System,
    /// The operation between its datum and WGS 84.
    pub operation: &'w Operation,
    /// Its stated accuracy.
    pub accuracy: Length,
    transform: Transform,
}

/// The system of this id; none for WGS 84 itself.
///
/// # Errors
///
/// [`Error::Unknown`] if the data set has no such system.
pub fn system<'w>(world: &'w World, id: &str) -> Result<Option<&'w System>> {
    if id.eq_ignore_ascii_case(WGS84) {
        return Ok(None);
    }
    let systems = &world.coordinates.systems;
    let found = systems
        .iter()
        .find(|(_, system)| system.id.eq_ignore_ascii_case(id));
    let unknown = || {
        let known = systems.slugs().map(str::to_owned);
        Error::Unknown {
            kind: "coordinate system",
            name: id.to_owned(),
            closest: std::iter::once(WGS84.to_owned()).chain(known).collect(),
        }
    };
    found.map(|(_, system)| Some(system)).ok_or_else(unknown)
}

impl<'w> Way<'w> {
    /// The way to a system by the operation of this id, or by the one that its datum prefers.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] for an operation that would leave the datum shift out, that states no accuracy or that starts from another datum;
    /// [`Error::Unknown`] for one that the data set does not have.
    pub fn new(world: &'w World, system: &'w System, operation: Option<&str>) -> Result<Self> {
        let datum = &world.coordinates.datums[system.datum];
        let operation = chosen(world, system, datum, operation)?;
        let Some(accuracy_m) = operation.accuracy_m else {
            return Err(Error::Usage(format!(
                "--operation {}: its publisher states no accuracy, so it is a ballpark operation: {}",
                operation.id,
                choices(world, system, |_| true)
            )));
        };
        Ok(Self {
            system,
            operation,
            accuracy: Length::from_m(accuracy_m),
            transform: Transform::new(datum.ellipsoid, system.grid, &operation.shift)?,
        })
    }

    /// The position in the system of a place on WGS 84; none outside the system's area, where its numbers mean nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Projection`] where PROJ finds none.
    pub fn position(&self, place: Coord) -> Result<Option<Coord>> {
        if !self.system.area.holds(place, OVERLAP_DEGREES) {
            return Ok(None);
        }
        self.transform.from_wgs84(place).map(Some)
    }

    /// The place on WGS 84 of a position in the system; none if it lies outside the system's area.
    ///
    /// # Errors
    ///
    /// [`Error::Projection`] where PROJ finds none.
    pub fn place(&self, position: Coord) -> Result<Option<Coord>> {
        let place = self.transform.to_wgs84(position)?;
        Ok(self
            .system
            .area
            .holds(place, OVERLAP_DEGREES)
            .then_some(place))
    }

    /// The place on WGS 84 of a position that somebody wrote; or in words why it can be none.
    ///
    /// # Errors
    ///
    /// The words.
    pub fn locate(&self, position: Coord) -> std::result::Result<Coord, String> {
        let (Coord { x, y }, operation) = (position, self.operation);
        let place = self.locate_in_system(position)?;
        if operation.area.holds(place, 0.0) {
            Ok(place)
        } else {
            Err(format!(
                "{x}, {y} lies where {} is not published: {} ({})",
                operation.id,
                operation.area_name,
                limits(&operation.area)
            ))
        }
    }

    /// As [`Way::locate`], wherever the operation is published; [`Way::must_cover`] asks that for a whole line.
    ///
    /// # Errors
    ///
    /// The words.
    pub fn locate_in_system(&self, position: Coord) -> std::result::Result<Coord, String> {
        let (Coord { x, y }, system) = (position, &self.system.id);
        let Ok(place) = self.place(position) else {
            return Err(format!("{x}, {y} is no position of {system}"));
        };
        place.ok_or_else(|| {
            format!(
                "{x}, {y} lies outside the area of {system}: are east and north exchanged, or is it another zone?"
            )
        })
    }

    /// Whether the operation is published for all of the places.
    fn covers<'c>(&self, places: impl Iterator<Item = &'c Coord>) -> bool {
        extent(places).is_none_or(|extent| self.operation.area.holds_all(extent))
    }

    /// Refuses places beyond the operation's area of use.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] naming the area.
    pub fn must_cover<'c>(
        &self,
        world: &World,
        places: impl Iterator<Item = &'c Coord>,
    ) -> Result<()> {
        let Operation {
            id,
            area,
            area_name,
            ..
        } = self.operation;
        let Some(extent) = extent(places).filter(|extent| !area.holds_all(*extent)) else {
            return Ok(());
        };
        let fits = |operation: &Operation| operation.area.holds_all(extent);
        Err(Error::Usage(format!(
            "{id} is published for {area_name} ({}): these positions reach beyond; {}",
            limits(area),
            choices(world, self.system, fits)
        )))
    }
}

/// The limits of an area, as people read them.
fn limits(area: &Area) -> String {
    let Area {
        west,
        south,
        east,
        north,
    } = area;
    format!("longitude {west} to {east}, latitude {south} to {north}")
}

/// The box around places; none if there are none.
fn extent<'c>(places: impl Iterator<Item = &'c Coord>) -> Option<Rect> {
    places.copied().collect::<LineString>().bounding_rect()
}

fn chosen<'w>(
    world: &'w World,
    system: &System,
    datum: &'w Datum,
    asked: Option<&str>,
) -> Result<&'w Operation> {
    let operations = &world.coordinates.operations;
    let named = asked.unwrap_or(&datum.preferred_operation);
    if NO_SHIFT.iter().any(|word| named.eq_ignore_ascii_case(word)) {
        return Err(no_shift(world, system, datum, named));
    }
    let found = operations
        .iter()
        .map(|(_, operation)| operation)
        .find(|operation| operation.id.eq_ignore_ascii_case(named));
    let operation = found.ok_or_else(|| Error::Unknown {
        kind: "operation",
        name: named.to_owned(),
        closest: operations.slugs().map(str::to_owned).collect(),
    })?;
    if operation.datum == system.datum {
        Ok(operation)
    } else {
        let of = &world.coordinates.datums[operation.datum].name;
        Err(Error::Usage(format!(
            "--operation {named}: leads from {of}, but {} is on {}: {}",
            system.id,
            datum.name,
            choices(world, system, |_| true)
        )))
    }
}

/// The refusal of no shift, with what it would cost.
fn no_shift(world: &World, system: &System, datum: &Datum, named: &str) -> Error {
    let operations = &world.coordinates.operations;
    let preferred = operations
        .find(&datum.preferred_operation)
        .map(|id| &operations[id]);
    let middle = Coord {
        x: system.area.west + 0.5 * (system.area.east - system.area.west).rem_euclid(360.0),
        y: system.area.south.midpoint(system.area.north),
    };
    let moved = preferred.and_then(|preferred| {
        let way = Transform::new(datum.ellipsoid, Grid::Geographic {}, &preferred.shift).ok()?;
        let there = way.from_wgs84(middle).ok()?;
        Some(geodesy::distance(middle, there))
    });
    let cost = moved
        .map(|moved| {
            format!(
                ", which is {moved} in the middle of the area of {}",
                system.id
            )
        })
        .unwrap_or_default();
    Error::Usage(format!(
        "--operation {named}: would take {} for WGS 84 and leave the datum shift out{cost}: {}",
        datum.name,
        choices(world, system, |_| true)
    ))
}

/// The operations that can be chosen, for messages.
fn choices(world: &World, system: &System, fits: impl Fn(&Operation) -> bool) -> String {
    let operations = world.coordinates.operations.iter();
    let shown = operations.filter_map(|(_, operation)| {
        let accuracy_m = operation.accuracy_m?;
        let Operation { id, area_name, .. } = operation;
        let is_usable = operation.datum == system.datum && fits(operation);
        is_usable.then(|| format!("{id} ({accuracy_m} m, {area_name})"))
    });
    let shown: Vec<String> = shown.collect();
    if shown.is_empty() {
        "no published operation reaches that far".to_owned()
    } else {
        format!("choose {}", shown.join(", "))
    }
}

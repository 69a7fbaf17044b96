//! What the choice of a datum operation changes.

use geo::Coord;
use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::coordinates::Way;
use crate::analysis::coordinates::extent;
use crate::error::Error;
use crate::error::Result;
use crate::geodesy;
use crate::geodesy::projection::Grid;
use crate::geodesy::projection::Transform;
use crate::model::Datum;
use crate::model::Operation;
use crate::model::System;
use crate::model::World;
use crate::units::rounded;

/// One published operation, and where it puts a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OperationRow {
    /// The datum.
    pub datum: String,
    /// Its id.
    pub operation: String,
    /// Its name.
    pub name: String,
    /// The accuracy that its publisher states.
    pub accuracy_m: Option<f64>,
    /// Its area of use.
    pub area: String,
    /// Whether the limits of that area hold the line: `all`, `part` or `none`.
    pub covers: &'static str,
    /// Whether the list of turning points rests on it.
    pub used: bool,
    /// How far it moves the line, on average: what leaving it out would cost.
    pub shift_m: f64,
    /// How far it puts the line from where the used one does, at most.
    pub from_used_m: f64,
    /// The most that any two operations whose area holds the whole line put one of its points apart.
    pub spread_m: f64,
    /// The same for all published operations, whatever their area.
    pub spread_of_all_m: f64,
}

/// All operations of the datum that `system` is on, and where each puts the places: their coordinates in the system are kept, as a protocol would
/// keep them, and read by each operation.
///
/// # Errors
///
/// As [`Way::new`]; [`Error::Usage`] without places.
pub fn spread(
    world: &World,
    system: &System,
    operation: Option<&str>,
    places: &[Coord],
) -> Result<Vec<OperationRow>> {
    let used = Way::new(world, system, operation)?.operation;
    let datum = &world.coordinates.datums[system.datum];
    let extent = extent(places.iter())
        .ok_or_else(|| Error::Usage("there is no line to put anywhere".to_owned()))?;
    let operations: Vec<&Operation> = world
        .coordinates
        .operations
        .iter()
        .map(|(_, operation)| operation)
        .filter(|operation| operation.datum == system.datum)
        .collect();
    let through_used = geographic(datum, used)?;
    let written: Vec<Coord> = places
        .iter()
        .map(|&place| through_used.from_wgs84(place))
        .collect::<Result<_>>()?;
    let put: Vec<Vec<Coord>> = operations
        .iter()
        .map(|operation| {
            let way = geographic(datum, operation)?;
            written.iter().map(|&at| way.to_wgs84(at)).collect()
        })
        .collect::<Result<_>>()?;
    let covers: Vec<&'static str> = operations
        .iter()
        .map(|operation| {
            let holds = |place: &Coord| operation.area.holds(*place, 0.0);
            match (operation.area.holds_all(extent), places.iter().any(holds)) {
                (true, _) => "all",
                (false, true) => "part",
                (false, false) => "none",
            }
        })
        .collect();
    let covering: Vec<&Vec<Coord>> = put
        .iter()
        .zip(&covers)
        .filter(|(_, covers)| **covers == "all")
        .map(|(put, _)| put)
        .collect();
    let spread_m = rounded(apart(&covering), 2);
    let spread_of_all_m = rounded(apart(&put.iter().collect::<Vec<_>>()), 2);
    let rows = operations.iter().zip(&put).zip(covers);
    let rows = rows.map(|((operation, put), covers)| OperationRow {
        datum: datum.name.clone(),
        operation: operation.id.clone(),
        name: operation.name.clone(),
        accuracy_m: operation.accuracy_m,
        area: operation.area_name.clone(),
        covers,
        used: operation.id == used.id,
        shift_m: rounded(mean(&written, put), 2),
        from_used_m: rounded(most(places, put), 2),
        spread_m,
        spread_of_all_m,
    });
    Ok(rows.collect())
}

fn geographic(datum: &Datum, operation: &Operation) -> Result<Transform> {
    Transform::new(datum.ellipsoid, Grid::Geographic {}, &operation.shift)
}

/// The most that two of the lines put one point apart.
fn apart(lines: &[&Vec<Coord>]) -> f64 {
    let couples =
        (0..lines.len()).flat_map(|one| (one + 1..lines.len()).map(move |two| (one, two)));
    let couples: Vec<(usize, usize)> = couples.collect();
    let most = couples
        .into_par_iter()
        .map(|(one, two)| most(lines[one], lines[two]));
    most.reduce(|| 0.0, f64::max)
}

fn distances<'c>(one: &'c [Coord], two: &'c [Coord]) -> impl Iterator<Item = f64> + 'c {
    one.iter()
        .zip(two)
        .map(|(&one, &two)| geodesy::distance(one, two).m())
}

fn most(one: &[Coord], two: &[Coord]) -> f64 {
    distances(one, two).fold(0.0, f64::max)
}

fn mean(one: &[Coord], two: &[Coord]) -> f64 {
    distances(one, two).sum::<f64>() / one.len().max(1) as f64
}

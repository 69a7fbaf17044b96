//! Land apart from its own territory: which source draws which exclave, how, how large, beside what is published.
//!
//! *In*: the world. *Out*: per exclave or piece one row per source. An exclave is a polygon of its own, cut out of its surroundings or not; a
//! [piece](crate::analysis::pieces) lies in two territories or in none. What has a record or a place in it goes by that name in
//! every source.

use std::collections::BTreeSet;

use geo::Contains;
use geo::InteriorPoint;
use geo::Polygon;
use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::disputes::areas;
use crate::analysis::pieces::Piece;
use crate::analysis::pieces::pieces;
use crate::dataset;
use crate::geodesy;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Covers;
use crate::model::DisputeKind;
use crate::model::Exclave;
use crate::model::World;
use crate::units::rounded;

/// An exclave on one source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExclaveRow {
    /// Its name: the id of its dispute record, or of the place in it; else a number.
    pub exclave: String,
    /// Its names in the languages of the data set.
    pub names: String,
    /// The boundary source.
    pub source: String,
    /// How the source draws it.
    pub drawn: Drawing,
    /// The territory that the source gives it to; the state it belongs to de jure where the source gives it to none.
    pub territory: Option<Code>,
    /// The territory around it, if one surrounds it on all sides; or the other one that it lies in.
    pub enclave_in: Option<Code>,
    /// Geodesic area on this source.
    pub area_km2: Option<f64>,
    /// Geodesic length of its outline on this source.
    pub perimeter_km: Option<f64>,
    /// Areas that others publish, each with its source.
    pub published_km2: String,
}

/// How a source draws an exclave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drawing {
    /// As a part of its own territory, cut out of its surroundings.
    Apart,
    /// In two territories.
    InBoth,
    /// In no territory.
    InNeither,
    /// Not at all: as a part of its surroundings.
    NotDrawn,
}

/// What one source draws apart, in both or in neither.
struct Drawn {
    name: String,
    /// Whether `name` is that of a record, a place or a polygon; not a mere number.
    is_known: bool,
    drawing: Drawing,
    territory: Option<Code>,
    enclave_in: Option<Code>,
    outline: Polygon,
}

/// Every exclave that a source draws, or that a record names, on every source; and the pieces that lie in two territories or in
/// none. Left out but for `all` is what a source of land only gives to none, which is water as a rule, and a nameless piece that is
/// narrower than its source is accurate.
///
/// # Properties
///
/// Each name has one row per boundary source, in the order of names, then sources; what is only numbered has one row.
pub fn rows(world: &World, all: bool) -> Vec<ExclaveRow> {
    let drawn: Vec<Vec<Drawn>> = world
        .boundaries
        .par_iter()
        .map(|boundary| drawn(world, boundary, all))
        .collect();
    let mut rows = Vec::new();
    for name in names(world, &drawn) {
        for (boundary, drawn) in world.boundaries.iter().zip(&drawn) {
            let own = drawn
                .iter()
                .find(|drawn| drawn.is_known && drawn.name == name);
            rows.push(row(world, boundary, &name, own));
        }
    }
    for (boundary, drawn) in world.boundaries.iter().zip(&drawn) {
        let numbered = drawn.iter().filter(|drawn| !drawn.is_known);
        rows.extend(numbered.map(|drawn| row(world, boundary, &drawn.name, Some(drawn))));
    }
    rows
}

/// The outline of an exclave on a source, if it draws it as a polygon of its own.
pub fn outline<'w>(boundary: &'w Boundary, name: &str) -> Option<&'w Polygon> {
    let exclave = boundary
        .exclaves
        .iter()
        .find(|exclave| exclave.name == name && !exclave.is_fragment)?;
    polygon(boundary, exclave)
}

fn polygon<'w>(boundary: &'w Boundary, exclave: &Exclave) -> Option<&'w Polygon> {
    let territory = boundary.territory(exclave.territory)?;
    territory.area.0.get(exclave.polygon)
}

fn names(world: &World, drawn: &[Vec<Drawn>]) -> BTreeSet<String> {
    let enclaves = world
        .disputes
        .iter()
        .filter(|(_, dispute)| dispute.kind == DisputeKind::Enclave);
    let recorded = enclaves.map(|(_, dispute)| dispute.id.clone());
    let known = drawn.iter().flatten().filter(|drawn| drawn.is_known);
    recorded
        .chain(known.map(|drawn| drawn.name.clone()))
        .collect()
}

fn drawn(world: &World, boundary: &Boundary, all: bool) -> Vec<Drawn> {
    let source = world.source_of(boundary);
    let draws_land = source.covers == Some(Covers::Land);
    let accuracy_m = source.accuracy_m.unwrap_or(0.0);
    let named = boundary
        .exclaves
        .iter()
        .filter(|exclave| !exclave.is_fragment);
    let mut drawn: Vec<Drawn> = named
        .filter_map(|exclave| apart(world, boundary, exclave))
        .collect();
    for (number, piece) in pieces(boundary).into_iter().enumerate() {
        let known = |drawn: &Drawn| {
            let middle = piece.outline.interior_point();
            middle.is_some_and(|middle| drawn.outline.contains(&middle))
        };
        if !drawn.iter().any(known) {
            let piece = of_piece(world, number + 1, piece);
            let is_recorded = world.disputes.find(&piece.name).is_some();
            let is_water = piece.drawing == Drawing::InNeither && draws_land;
            let is_error = geodesy::mean_width(&piece.outline).m() < accuracy_m;
            if all || is_recorded || !(is_water || is_error) {
                drawn.push(piece);
            }
        }
    }
    drawn
}

/// A polygon of its own; in both if another state's territory holds it too.
fn apart(world: &World, boundary: &Boundary, exclave: &Exclave) -> Option<Drawn> {
    let outline = polygon(boundary, exclave)?.clone();
    let middle = outline.interior_point()?;
    let also = boundary.territories.iter().find(|territory| {
        territory.code.state() != exclave.territory.state() && territory.area.contains(&middle)
    });
    let name = exclave.name.as_str();
    Some(Drawn {
        name: name.to_owned(),
        is_known: world.disputes.find(name).is_some() || world.places.find(name).is_some(),
        drawing: also.map_or(Drawing::Apart, |_| Drawing::InBoth),
        territory: Some(exclave.territory),
        enclave_in: also.map(|other| other.code).or(exclave.enclave_in),
        outline,
    })
}

fn of_piece(world: &World, number: usize, piece: Piece) -> Drawn {
    let (first, second) = (
        piece.territories.first().copied(),
        piece.territories.get(1).copied(),
    );
    let known = piece.territories.iter().find_map(|&code| {
        dataset::name_inside(code, &piece.outline, &world.disputes, &world.places)
    });
    let codes: Vec<&str> = piece.territories.iter().map(Code::as_str).collect();
    let number = || format!("{}-{number}", codes.join("+"));
    Drawn {
        is_known: known.is_some(),
        name: known.unwrap_or_else(number),
        drawing: if piece.in_both {
            Drawing::InBoth
        } else {
            Drawing::InNeither
        },
        territory: first.filter(|_| piece.in_both),
        enclave_in: match (piece.in_both, second) {
            (true, other) => other,
            (false, None) => first,
            (false, Some(_)) => None,
        },
        outline: piece.outline,
    }
}

fn row(world: &World, boundary: &Boundary, name: &str, drawn: Option<&Drawn>) -> ExclaveRow {
    let record = world.disputes.find(name).map(|id| &world.disputes[id]);
    let place = world.places.find(name).map(|id| &world.places[id]);
    let names = record
        .map(|record| &record.names)
        .or_else(|| place.map(|place| &place.names));
    ExclaveRow {
        exclave: name.to_owned(),
        names: names
            .map(|names| names.label(&world.languages()))
            .unwrap_or_default(),
        source: world.source_of(boundary).id.clone(),
        drawn: drawn.map_or(Drawing::NotDrawn, |drawn| drawn.drawing),
        territory: drawn
            .and_then(|drawn| drawn.territory)
            .or_else(|| record.and_then(|record| record.de_jure)),
        enclave_in: drawn.and_then(|drawn| drawn.enclave_in),
        area_km2: drawn.map(|drawn| rounded(geodesy::area_km2(&drawn.outline), 2)),
        perimeter_km: drawn.map(|drawn| rounded(geodesy::length(drawn.outline.exterior()).km(), 2)),
        published_km2: record
            .map(|record| areas(world, record))
            .unwrap_or_default(),
    }
}

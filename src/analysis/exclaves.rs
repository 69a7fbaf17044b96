//! Land apart from its own territory: which source draws which exclave, how large, beside what is published.

use std::collections::BTreeSet;

use geo::Polygon;
use serde::Serialize;

use crate::analysis::disputes::areas;
use crate::geodesy;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::DisputeKind;
use crate::model::Exclave;
use crate::model::World;
use crate::units::rounded;

/// An exclave on one source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExclaveRow {
    /// Its name: the id of its dispute record, or of the place in it.
    pub exclave: String,
    /// Its names in the languages of the data set.
    pub names: String,
    /// The boundary source.
    pub source: String,
    /// Whether the source draws it apart; if not, it draws the land as that of its surroundings.
    pub drawn: bool,
    /// The territory that the source gives it to; the state it belongs to de jure where the source does not draw it.
    pub territory: Option<Code>,
    /// The territory around it, if one surrounds it on all sides.
    pub enclave_in: Option<Code>,
    /// Geodesic area on this source.
    pub area_km2: Option<f64>,
    /// Geodesic length of its outline on this source.
    pub perimeter_km: Option<f64>,
    /// Areas that others publish, each with its source.
    pub published_km2: String,
}

/// Every exclave that a source draws, or that a record names, on every source.
///
/// # Properties
///
/// Each exclave has one row per boundary source, in the order of names, then sources.
pub fn rows(world: &World) -> Vec<ExclaveRow> {
    let mut rows = Vec::new();
    for name in names(world) {
        rows.extend(
            world
                .boundaries
                .iter()
                .map(|boundary| row(world, boundary, &name)),
        );
    }
    rows
}

/// The outline of an exclave on a source, if it draws it apart.
pub fn outline<'w>(boundary: &'w Boundary, name: &str) -> Option<&'w Polygon> {
    let exclave = find(boundary, name)?;
    boundary
        .territory(exclave.territory)?
        .area
        .0
        .get(exclave.polygon)
}

fn names(world: &World) -> BTreeSet<String> {
    let enclaves = world
        .disputes
        .iter()
        .filter(|(_, dispute)| dispute.kind == DisputeKind::Enclave);
    let recorded = enclaves.map(|(_, dispute)| dispute.id.clone());
    let all = world
        .boundaries
        .iter()
        .flat_map(|boundary| &boundary.exclaves);
    let drawn = all
        .filter(|exclave| !exclave.is_fragment)
        .map(|exclave| exclave.name.clone());
    recorded.chain(drawn).collect()
}

fn find<'w>(boundary: &'w Boundary, name: &str) -> Option<&'w Exclave> {
    boundary
        .exclaves
        .iter()
        .find(|exclave| exclave.name == name && !exclave.is_fragment)
}

fn row(world: &World, boundary: &Boundary, name: &str) -> ExclaveRow {
    let record = world.disputes.find(name).map(|id| &world.disputes[id]);
    let place = world.places.find(name).map(|id| &world.places[id]);
    let languages: Vec<&str> = world.meta.languages.iter().map(String::as_str).collect();
    let names = record
        .map(|record| &record.names)
        .or_else(|| place.map(|place| &place.names));
    let (exclave, outline) = (find(boundary, name), outline(boundary, name));
    ExclaveRow {
        exclave: name.to_owned(),
        names: names
            .map(|names| names.label(&languages))
            .unwrap_or_default(),
        source: world.source_of(boundary).id.clone(),
        drawn: exclave.is_some(),
        territory: exclave
            .map(|exclave| exclave.territory)
            .or_else(|| record.and_then(|record| record.de_jure)),
        enclave_in: exclave.and_then(|exclave| exclave.enclave_in),
        area_km2: outline.map(|outline| rounded(geodesy::area_km2(outline), 2)),
        perimeter_km: outline.map(|outline| rounded(geodesy::length(outline.exterior()).km(), 2)),
        published_km2: record
            .map(|record| areas(world, record))
            .unwrap_or_default(),
    }
}

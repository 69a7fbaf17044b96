//! Of what each territory's outline is made: borders with its neighbours, and the rest.
//!
//! *In*: the world. *Out*: per territory and source the length of its outline, of its borders by neighbour, and of what no neighbour
//! draws: coast, banks of water that the source leaves out, or the edge of the region for a territory that was cut there.
//! Where borders and rest make up the whole outline, the territory closes.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::geodesy;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Territory;
use crate::model::World;
use crate::units::rounded;

/// The outline of one territory on one source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutlineRow {
    /// The territory.
    pub territory: Code,
    /// The boundary source.
    pub source: String,
    /// Geodesic length of the outer rings of its polygons.
    pub outline_km: f64,
    /// Geodesic length of its borders, by the territory on the other side.
    pub borders_km: BTreeMap<Code, f64>,
    /// What of the outline no neighbour draws: coast, banks, or the edge of the region.
    pub rest_km: f64,
    /// Whether the territory was cut at the edge of the region.
    pub clipped: bool,
}

/// The outlines of all territories, by territory, then source.
///
/// # Limits
///
/// Where a river is cut out the border lies between the banks, and its length stands for that of the bank; so there the rest is known to
/// a few per cent of the river.
pub fn rows(world: &World) -> Vec<OutlineRow> {
    let mut rows: Vec<OutlineRow> = world
        .boundaries
        .iter()
        .flat_map(|boundary| {
            let territories = boundary.territories.iter();
            territories.map(|territory| row(world, boundary, territory))
        })
        .collect();
    rows.sort_by(|a, b| (a.territory, &a.source).cmp(&(b.territory, &b.source)));
    rows
}

fn row(world: &World, boundary: &Boundary, territory: &Territory) -> OutlineRow {
    let outers = territory.area.iter().map(geo::Polygon::exterior);
    let outline_km: f64 = outers.map(|ring| geodesy::length(ring).km()).sum();
    let mut borders_km: BTreeMap<Code, f64> = BTreeMap::new();
    let mut around_km = 0.0;
    for border in &boundary.borders {
        let (one, other) = border.territories;
        let Some(neighbour) = [(one, other), (other, one)]
            .into_iter()
            .find_map(|(own, beyond)| (own == territory.code).then_some(beyond))
        else {
            continue;
        };
        let km = border.length().km();
        *borders_km.entry(neighbour).or_default() += km;
        // The outline of an enclave is none of the outer ring around it.
        if !border.is_ring() || owns_ring(boundary, territory, border.part.label().as_str()) {
            around_km += km;
        }
    }
    for km in borders_km.values_mut() {
        *km = rounded(*km, 3);
    }
    OutlineRow {
        territory: territory.code,
        source: world.source_of(boundary).id.clone(),
        outline_km: rounded(outline_km, 3),
        borders_km,
        rest_km: rounded((outline_km - around_km).max(0.0), 3),
        clipped: territory.clipped,
    }
}

/// Whether the enclave that a ring is around belongs to the territory.
fn owns_ring(boundary: &Boundary, territory: &Territory, label: &str) -> bool {
    let mut exclaves = boundary.exclaves.iter();
    exclaves.any(|exclave| {
        exclave.territory == territory.code
            && label.strip_prefix("ring ") == Some(exclave.name.as_str())
    })
}

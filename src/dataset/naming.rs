//! The names of land apart from its own territory.

use geo::Contains;
use geo::InteriorPoint;
use geo::Point;
use geo::Polygon;

use crate::geodesy;
use crate::model::Code;
use crate::model::Dispute;
use crate::model::DisputeKind;
use crate::model::Place;
use crate::model::Table;

/// Coarse sources draw an enclave up to this far from where finer ones do.
const COARSE_M: f64 = 5_000.0;

/// The name of an exclave: of the enclave's record that it holds or is near to, else of the largest place inside.
pub(crate) fn name_inside(
    owner: Code,
    polygon: &Polygon,
    disputes: &Table<Dispute>,
    places: &Table<Place>,
) -> Option<String> {
    let middle = polygon.interior_point()?;
    let enclaves = disputes
        .iter()
        .map(|(_, dispute)| dispute)
        .filter(|dispute| dispute.kind == DisputeKind::Enclave && dispute.pair.has(owner));
    let mut near: Vec<(f64, &str)> = enclaves
        .filter_map(|dispute| {
            let at = dispute.inside()?;
            let gap = if polygon.contains(&Point(at)) {
                0.0
            } else {
                geodesy::distance(at, middle.0).m()
            };
            (gap <= COARSE_M).then_some((gap, dispute.id.as_str()))
        })
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((_, enclave)) = near.first() {
        return Some((*enclave).to_owned());
    }
    let inside = places
        .iter()
        .map(|(_, place)| place)
        .filter(|place| polygon.contains(&Point(place.at)));
    let largest =
        inside.max_by_key(|place| (place.population, std::cmp::Reverse(place.geonames_id)));
    largest.map(|place| place.id.clone())
}

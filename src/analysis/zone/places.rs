//! The settlements of a zone.

use geo::Coord;
use serde::Serialize;

use super::Context;
use super::Zone;
use super::is_within_error;
use crate::analysis::status::Side;
use crate::model::Code;
use crate::model::Pair;
use crate::units::rounded;

/// A settlement of a zone.
#[derive(Debug, Clone)]
pub struct ZonePlace {
    /// Its figures.
    pub row: ZonePlaceRow,
    /// Where it is.
    pub at: Coord,
}

/// A settlement of a zone on one line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ZonePlaceRow {
    /// The states.
    pub pair: Pair,
    /// The part of their border that is nearest, or the segment asked for.
    pub part: String,
    /// The boundary source.
    pub source: String,
    /// The state that the source puts it in; one row each where the source draws the place in both.
    pub side: Code,
    /// Its id.
    pub place: String,
    /// Its names in the languages of the data set.
    pub names: String,
    /// Inhabitants, where known.
    pub population: Option<u64>,
    /// Chainage of the nearest place of the line.
    pub km: f64,
    /// Geodesic distance from the line.
    pub distance_m: f64,
    /// What 95 % of the positions of the line are within there.
    pub accuracy_m: Option<f64>,
    /// `inside`, or `within_error` where the line is nearer than it is accurate: then the place may lie on the other side.
    pub position: Side,
    /// The territory that its record states.
    pub recorded_in: Code,
}

/// The settlements within the distance of a line, by side and kilometre.
pub(super) fn within(context: &Context<'_>, zone: &Zone<'_>) -> Vec<ZonePlace> {
    let (world, pair) = (context.world, zone.line.pair);
    let languages = world.languages();
    let mut found = Vec::new();
    for (_, place) in world.places.iter() {
        let Some(nearest) = zone.tree.nearest_within(place.at, context.within) else {
            continue;
        };
        let edge = (nearest.line, nearest.edge);
        let near = zone.line.near(edge, nearest.at, nearest.distance);
        let accuracy_m = context.accuracy_m(&near);
        let mut sides: Vec<Code> = context
            .territories
            .containing(place.at)
            .map(Code::state)
            .filter(|state| pair.has(*state))
            .collect();
        sides.dedup();
        for side in sides {
            let row = ZonePlaceRow {
                pair,
                part: zone.line.part_of(&near),
                source: context.source(),
                side,
                place: place.id.clone(),
                names: place.names.label(&languages),
                population: place.population,
                km: rounded(near.km, 3),
                distance_m: rounded(near.distance.m(), 1),
                accuracy_m,
                position: if is_within_error(near.distance, accuracy_m) {
                    Side::WithinError
                } else {
                    Side::Inside
                },
                recorded_in: place.territory,
            };
            found.push(ZonePlace { row, at: place.at });
        }
    }
    found.sort_by(|a, b| {
        let key = |place: &ZonePlace| (place.row.side, place.row.part.clone());
        key(a)
            .cmp(&key(b))
            .then(a.row.km.total_cmp(&b.row.km))
            .then_with(|| a.row.place.cmp(&b.row.place))
    });
    found
}

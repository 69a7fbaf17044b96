//! Where three territories meet, by source.

use serde::Serialize;

use crate::model::Code;
use crate::model::World;
use crate::units::rounded;

/// A tripoint on one source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TripointRow {
    /// The three territories, in alphabetical order.
    pub tripoint: String,
    /// The boundary source.
    pub source: String,
    /// Longitude.
    pub lon: f64,
    /// Latitude.
    pub lat: f64,
    /// Distance between the border ends that were taken as one point; zero where they share a vertex.
    pub spread_m: f64,
    /// The source's accuracy (95 %).
    pub accuracy_m: Option<f64>,
}

/// The tripoints of all sources, by territories, then source.
pub fn rows(world: &World) -> Vec<TripointRow> {
    let mut rows: Vec<TripointRow> = Vec::new();
    for boundary in &world.boundaries {
        let source = world.source_of(boundary);
        rows.extend(boundary.tripoints.iter().map(|tripoint| {
            TripointRow {
                tripoint: tripoint
                    .territories
                    .map(|code: Code| code.to_string())
                    .join(" "),
                source: source.id.clone(),
                lon: rounded(tripoint.at.x, 6),
                lat: rounded(tripoint.at.y, 6),
                spread_m: rounded(tripoint.spread.m(), 1),
                accuracy_m: source.accuracy_m,
            }
        }));
    }
    rows.sort_by(|one, other| one.tripoint.cmp(&other.tripoint));
    rows
}

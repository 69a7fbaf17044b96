//! `places.geojson`.

use serde::Deserialize;

use crate::dataset::feature;
use crate::dataset::feature::Record;
use crate::dataset::ids::Ids;
use crate::error::Problem;
use crate::model::Code;
use crate::model::Names;
use crate::model::Place;
use crate::model::Source;
use crate::model::Table;

pub(super) const FILE: &str = "places.geojson";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    names: Names,
    territory: Code,
    geonames_id: Option<u64>,
    population: Option<u64>,
    source: String,
}

/// The sound places.
pub(super) fn read(
    bytes: &[u8],
    sources: &Table<Source>,
    problems: &mut Vec<Problem>,
) -> Table<Place> {
    let mut ids = Ids::default();
    let mut places = Vec::new();
    for record in feature::features::<Raw>(FILE, bytes, problems) {
        match place(record, sources, &mut ids) {
            Ok(place) => places.push(place),
            Err(problem) => problems.push(problem),
        }
    }
    Table::new(places)
}

fn place(record: Record<Raw>, sources: &Table<Source>, ids: &mut Ids) -> Result<Place, Problem> {
    let at = record.point(FILE)?;
    ids.check(
        FILE,
        record.number,
        &record.properties.id,
        record.id.as_deref(),
    )?;
    if record.properties.names.is_empty() {
        return Err(record.fault(FILE, "has no name").at("names"));
    }
    let Some(source) = sources.find(&record.properties.source) else {
        let message = format!("`{}` is not in sources.json", record.properties.source);
        return Err(record.fault(FILE, message).at("source"));
    };
    let raw = record.properties;
    Ok(Place {
        id: raw.id,
        names: raw.names,
        territory: raw.territory,
        at,
        geonames_id: raw.geonames_id,
        population: raw.population,
        source,
    })
}

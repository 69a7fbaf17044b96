//! `boundaries/<source>.geojson`: the territories of one source, and the borders derived from them.

use geo::Area;
use geo::BoundingRect;
use geo::Polygon;
use serde::Deserialize;

use crate::dataset::feature;
use crate::dataset::feature::Record;
use crate::dataset::rings;
use crate::error::Problem;
use crate::model::Code;
use crate::model::Id;
use crate::model::Source;
use crate::model::SourceKind;
use crate::model::Table;
use crate::model::Territory;

pub(super) const FOLDER: &str = "boundaries";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    territory: Code,
    source: String,
    #[serde(default)]
    clipped: bool,
}

/// The source whose file this is.
pub(super) fn source_of(file: &str, sources: &Table<Source>) -> Result<Id<Source>, Problem> {
    let slug = slug_of(file);
    sources
        .find(slug)
        .filter(|&id| sources[id].kind == SourceKind::Boundary)
        .ok_or_else(|| {
            Problem::of_file(
                file,
                format!("`{slug}` is no boundary source of sources.json"),
            )
        })
}

/// The sound territories of a source, in order of their code.
pub(super) fn territories(
    file: &str,
    bytes: &[u8],
    strictly: bool,
    problems: &mut Vec<Problem>,
) -> Vec<Territory> {
    let mut territories: Vec<Territory> = Vec::new();
    for record in feature::features::<Raw>(file, bytes, problems) {
        match territory(file, &record, strictly) {
            Ok(new) if territories.iter().any(|known| known.code == new.code) => {
                let message = format!(
                    "`{}` stands in this file twice: join its polygons",
                    new.code
                );
                problems.push(record.fault(file, message).at("territory"));
            }
            Ok(new) => territories.push(new),
            Err(problem) => problems.push(problem),
        }
    }
    territories.sort_by_key(|territory| territory.code);
    territories
}

fn territory(file: &str, record: &Record<Raw>, strictly: bool) -> Result<Territory, Problem> {
    let raw = &record.properties;
    if raw.source != slug_of(file) {
        let message = format!(
            "is `{}`: the file's name says `{}`",
            raw.source,
            slug_of(file)
        );
        return Err(record.fault(file, message).at("source"));
    }
    let Some(geometry) = &record.geometry else {
        return Err(record.wrong_type(file, None, "Polygon or MultiPolygon"));
    };
    let mut area = rings::polygons(geometry, strictly).map_err(|message| {
        record
            .fault(file, format!("{}: {message}", raw.territory))
            .at("geometry")
    })?;
    area.0
        .sort_by(|a, b| rough_area(b).total_cmp(&rough_area(a)));
    Ok(Territory {
        code: raw.territory,
        area,
        clipped: raw.clipped,
    })
}

/// The planar area in square degrees, narrowed by latitude: only ranks polygons by size.
fn rough_area(polygon: &Polygon) -> f64 {
    let middle = polygon
        .bounding_rect()
        .map_or(0.0, |limits| limits.center().y);
    polygon.unsigned_area() * middle.to_radians().cos()
}

pub(super) fn slug_of(file: &str) -> &str {
    file.trim_start_matches(FOLDER)
        .trim_start_matches('/')
        .trim_end_matches(".geojson")
}

//! `araxes status`.

use araxes::analysis::segments::When;
use araxes::analysis::status;
use araxes::analysis::status::StatusQuery;
use araxes::analysis::status::StatusRow;
use araxes::error::Result;
use araxes::model::World;
use araxes::report;
use araxes::report::Format;
use geo::Coord;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::args::StatusArgs;
use crate::cli::points;
use crate::cli::status_card;

/// Answers `araxes status`; whether rows of a stream were bad.
pub(super) fn run(session: &Session, world: &World, args: &StatusArgs) -> Result<bool> {
    let boundary = session.boundary(world)?;
    let query = StatusQuery::new(
        world,
        boundary,
        When {
            on: session.on(world),
            view: session.common.view,
        },
    );
    if let Some(file) = &args.points {
        return points::run(session, &query, file);
    }
    let asked = |heading: &str, row: &StatusRow<'_>, json: &dyn Fn() -> Result<String>| {
        let text = match session.format() {
            Format::Table => status_card::card(world, heading, row),
            Format::Json => json()?,
            _ => return session.rows(std::slice::from_ref(row), Some(vec![Some(point(row))])),
        };
        session.output.write(text.as_bytes())
    };
    if let Some((lon, lat)) = args.at {
        let row = query.at(Coord { x: lon, y: lat });
        asked("", &row, &|| report::json(&row))?;
    } else if let Some(name) = &args.place {
        let place = status::find_place(world, name)?;
        let named = Named {
            place: place.names.label(&world.languages()),
            row: query.at(place.at),
        };
        asked(&named.place, &named.row, &|| report::json(&named))?;
    } else if let Some(segment) = &args.segment {
        let answer = query.of_segment(segment)?;
        let heading = format!(
            "{}\nkm {} to {}, {} km; its middle is at",
            answer.names, answer.from_km, answer.to_km, answer.length_km
        );
        asked(&heading, &answer.row, &|| report::json(&answer))?;
    } else if let Some(km) = &args.km {
        let row = query.at_km(km.pair, km.part.as_deref(), km.km)?;
        asked("", &row, &|| report::json(&row))?;
    }
    Ok(false)
}

/// A row with the name that it was asked by.
#[derive(Serialize)]
struct Named<R> {
    place: String,
    #[serde(flatten)]
    row: R,
}

fn point(row: &StatusRow<'_>) -> geojson::GeometryValue {
    let [x, y] = row.point;
    report::point(Coord { x, y })
}

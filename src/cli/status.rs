//! `araxes status`.

use araxes::analysis::segments::When;
use araxes::analysis::status;
use araxes::analysis::status::StatusQuery;
use araxes::error::Result;
use araxes::model::World;
use araxes::report;
use araxes::report::Format;
use geo::Coord;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::args::StatusArgs;
use crate::cli::points;

/// Answers `araxes status`; whether rows of a stream were bad.
pub(super) fn run(session: &Session, world: &World, args: &StatusArgs) -> Result<bool> {
    let boundary = session.boundary(world)?;
    let query = StatusQuery::new(world, boundary, When { on: session.on(world), view: session.common.view });
    if let Some(file) = &args.points {
        return points::run(session, &query, file);
    }
    if let Some((lon, lat)) = args.at {
        let row = query.at(Coord { x: lon, y: lat });
        one(session, &row, Coord { x: lon, y: lat })?;
    } else if let Some(name) = &args.place {
        let place = status::find_place(world, name)?;
        let row = query.at(place.at);
        let languages = session.languages(world);
        let named = Named { place: place.names.label(&languages), row };
        one(session, &named, place.at)?;
    } else if let Some(segment) = &args.segment {
        let answer = query.of_segment(segment)?;
        let [x, y] = answer.row.point;
        one(session, &answer, Coord { x, y })?;
    } else if let Some(km) = &args.km {
        let row = query.at_km(km.pair, km.part.as_deref(), km.km)?;
        let [x, y] = row.point;
        one(session, &row, Coord { x, y })?;
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

fn one<T: Serialize>(session: &Session, row: &T, at: Coord) -> Result<()> {
    let text = match session.format() {
        Format::Table => report::card(&serde_json::to_value(row).unwrap_or_default()),
        Format::Json => report::json(row)?,
        format => report::rows(std::slice::from_ref(row), format, Some(vec![Some(report::point(at))]))?,
    };
    session.output.write(text.as_bytes())
}

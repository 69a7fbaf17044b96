//! `araxes status`.

use araxes::analysis::coordinates::Way;
use araxes::analysis::segments::When;
use araxes::analysis::status;
use araxes::analysis::status::StatusQuery;
use araxes::analysis::status::StatusRow;
use araxes::error::Error;
use araxes::error::Result;
use araxes::geodesy;
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
    makes_sense(session, args)?;
    if let Some(segment) = args.segment.as_ref().filter(|_| args.history) {
        return list_history(session, world, segment).map(|()| false);
    }
    let boundary = session.boundary(world)?;
    let query = StatusQuery::new(
        world,
        boundary,
        When {
            on: session.on(world),
            view: session.common.view,
        },
    );
    match &args.points {
        Some(file) => points::run(session, world, query, (file, args)),
        None => one(session, world, query, args).map(|()| false),
    }
}

/// Refuses flags whose object is missing: the arguments' own rules do not see that among flags of which only one can be given.
fn makes_sense(session: &Session, args: &StatusArgs) -> Result<()> {
    let has_points = args.points.is_some();
    let lacks = if args.system.is_some() && args.at.is_none() && !has_points {
        "--system says what --at or --points is in: give one of them"
    } else if args.history && args.segment.is_none() {
        "--history is that of a segment: name it with --segment"
    } else if args.history && session.common.on.is_some() {
        "--history tells of all days: leave out --on"
    } else if (args.points_format.is_some() || !args.keep.is_empty()) && !has_points {
        "--points-format and --keep are about a stream: give it with --points"
    } else {
        return Ok(());
    };
    Err(Error::Usage(lacks.to_owned()))
}

/// The claims of a segment in order of time.
fn list_history(session: &Session, world: &World, slug: &str) -> Result<()> {
    let id = world.segment(slug)?;
    let rows = status::history(world, id, session.common.view);
    session.rows(&rows, None)
}

/// Answers for one place.
fn one(
    session: &Session,
    world: &World,
    mut query: StatusQuery<'_>,
    args: &StatusArgs,
) -> Result<()> {
    let mut place = args.at;
    if let Some(way) = points::way_from(world, args)? {
        place = place.map(|at| from(&way, at)).transpose()?;
        query = query.with_datum_error(way.accuracy);
    }
    let asked = |heading: &str, row: &StatusRow<'_>, json: &dyn Fn() -> Result<String>| {
        let text = match session.format() {
            Format::Table => status_card::card(world, heading, row),
            Format::Json => json()?,
            _ => return session.rows(std::slice::from_ref(row), Some(vec![Some(point(row))])),
        };
        session.output.write(text.as_bytes())
    };
    if let Some((lon, lat)) = place {
        let at = Coord { x: lon, y: lat };
        if !geodesy::is_on_earth(at) {
            let message = "--at: longitude is -180 to 180 and latitude -90 to 90 degrees; longitude comes first";
            return Err(Error::Usage(message.to_owned()));
        }
        let row = query.at(at);
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
    Ok(())
}

/// A place that was given in another system.
fn from(way: &Way<'_>, (x, y): (f64, f64)) -> Result<(f64, f64)> {
    let located = way.locate(Coord { x, y });
    let place = located.map_err(|why| Error::Usage(format!("--at: {why}")))?;
    Ok((place.x, place.y))
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

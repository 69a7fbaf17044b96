//! `araxes border turning-points`.

use std::collections::BTreeMap;
use std::path::Path;

use araxes::analysis::coordinates;
use araxes::analysis::coordinates::Course;
use araxes::analysis::coordinates::Systems;
use araxes::analysis::coordinates::TurningPointRow;
use araxes::analysis::coordinates::WGS84;
use araxes::analysis::coordinates::Way;
use araxes::error::Error;
use araxes::error::Result;
use araxes::geodesy;
use araxes::model::System;
use araxes::model::World;
use araxes::report;
use araxes::units::Length;
use geo::Coord;

use crate::cli::Session;
use crate::cli::args::TurningPointsArgs;
use crate::cli::border::known;
use crate::cli::rows::Rows;

/// Answers `araxes border turning-points`.
pub(super) fn run(session: &Session, world: &World, args: &TurningPointsArgs) -> Result<()> {
    if args.system.is_some() && args.read.is_none() {
        let message = "--system says what --read takes positions from: name a list with --read";
        return Err(Error::Usage(message.to_owned()));
    }
    let courses = match &args.read {
        Some(file) => read(world, file, args)?,
        None => drawn(session, world, args)?,
    };
    if args.operations {
        return operations(session, world, args, &courses);
    }
    let systems = Systems::new(world, &courses, args.operation.as_deref())?;
    let rows = coordinates::rows(&courses, &systems)?;
    let place = |row: &TurningPointRow| {
        let (x, y) = (row.lon, row.lat);
        Some(report::point(Coord { x, y }))
    };
    let places = rows.iter().map(place).collect();
    session.rows(&rows, Some(places))
}

/// The courses of a border or segment of the data set.
fn drawn(session: &Session, world: &World, args: &TurningPointsArgs) -> Result<Vec<Course>> {
    let boundary = session.boundary(world)?;
    known(&[boundary], args.pair)?;
    let find = |slug: &String| world.segment(slug);
    let segment = args.segment.as_ref().map(find).transpose()?;
    coordinates::courses(world, boundary, args.pair, segment)
}

fn operations(
    session: &Session,
    world: &World,
    args: &TurningPointsArgs,
    courses: &[Course],
) -> Result<()> {
    let places: Vec<Coord> = courses
        .iter()
        .flat_map(|course| &course.places)
        .copied()
        .collect();
    let operations = &world.coordinates.operations;
    let asked = args.operation.as_ref().and_then(|id| operations.find(id));
    let reaches = |system: &&System| {
        asked.is_none_or(|id| operations[id].datum == system.datum)
            && places.iter().any(|&place| system.area.holds(place, 0.0))
    };
    let systems = world.coordinates.systems.iter().map(|(_, system)| system);
    let Some(system) = systems.into_iter().find(reaches) else {
        return Err(Error::Usage(
            "--operations: no coordinate system of the data set reaches this line".to_owned(),
        ));
    };
    let rows = coordinates::spread(world, system, args.operation.as_deref(), &places)?;
    session.rows(&rows, None)
}

/// The columns that a list of turning points has its positions in.
struct Columns<'w> {
    /// Their system; none for WGS 84.
    system: Option<&'w System>,
    /// East, or longitude.
    east: usize,
    /// North, or latitude.
    north: usize,
    /// Which of several lines a point is on.
    line: Option<usize>,
}

/// The lines that a CSV list of turning points gives.
fn read(world: &World, file: &Path, args: &TurningPointsArgs) -> Result<Vec<Course>> {
    let name = file.display().to_string();
    let rows = Rows::open(file)?;
    let columns = columns(world, &rows, args)?;
    let way = columns
        .system
        .map(|system| Way::new(world, system, args.operation.as_deref()))
        .transpose()?;
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    let mut courses: Vec<Course> = Vec::new();
    for row in rows {
        let row = row?;
        let position = Coord {
            x: row.number(columns.east)?,
            y: row.number(columns.north)?,
        };
        let place = place(way.as_ref(), position).map_err(|message| row.bad(message))?;
        let line = columns.line.map_or("", |column| row.cell(column));
        let course = *lines.entry(line.to_owned()).or_insert_with(|| {
            courses.push(course(&name));
            courses.len() - 1
        });
        courses[course].places.push(place);
    }
    if courses.is_empty() {
        return Err(Error::Usage(format!(
            "--read: {name} has no turning point below its header"
        )));
    }
    if let Some(way) = way {
        way.must_cover(world, courses.iter().flat_map(|course| &course.places))?;
    }
    Ok(courses)
}

fn course(file: &str) -> Course {
    Course {
        pair: None,
        part: None,
        segment: None,
        source: file.to_owned(),
        accuracy_m: None,
        from: Length::ZERO,
        places: Vec::new(),
    }
}

/// The place on WGS 84 of a position that was read.
fn place(way: Option<&Way<'_>>, position: Coord) -> std::result::Result<Coord, String> {
    let Coord { x, y } = position;
    let Some(way) = way else {
        return if geodesy::is_on_earth(position) {
            Ok(position)
        } else {
            Err(format!("{x}, {y} is no longitude, latitude in degrees"))
        };
    };
    way.locate(position)
}

/// The columns of the system that was asked for, or of the only one that the header has.
fn columns<'w>(world: &'w World, rows: &Rows, args: &TurningPointsArgs) -> Result<Columns<'w>> {
    let both = |east: &[&str], north: &[&str]| Some((rows.column(east)?, rows.column(north)?));
    let own = |system: &System| {
        let name = |axis: &str| format!("{}_{axis}", system.column());
        let (east, north) = if system.grid.is_geographic() {
            (name("lon"), name("lat"))
        } else {
            (name("easting_m"), name("northing_m"))
        };
        both(&[&east], &[&north])
    };
    let degrees = || both(&["lon", "longitude"], &["lat", "latitude"]);
    let metres = || both(&["easting_m", "easting"], &["northing_m", "northing"]);
    let (system, found) = if let Some(id) = &args.system {
        let system = coordinates::system(world, id)?;
        let found = match system {
            None => degrees(),
            Some(system) if system.grid.is_geographic() => own(system).or_else(degrees),
            Some(system) => own(system).or_else(metres),
        };
        (system, found)
    } else {
        let others = world.coordinates.systems.iter();
        let found = others.filter_map(|(_, system)| Some((system, own(system)?)));
        match (degrees(), found.collect::<Vec<_>>().as_slice()) {
            (Some(found), _) => (None, Some(found)),
            (None, [(system, found)]) => (Some(*system), Some(*found)),
            (None, _) => (None, None),
        }
    };
    let (east, north) = found.ok_or_else(|| rows.bad_header(wanted(rows, system)))?;
    Ok(Columns {
        system,
        east,
        north,
        line: rows.column(&["line"]),
    })
}

/// What the header lacks.
fn wanted(rows: &Rows, system: Option<&System>) -> String {
    let has = |name: &str| rows.column(&[name]).is_some();
    if has("x") && has("y") {
        return "the columns `x` and `y` mean north and east in some lists and the reverse in others: name them `easting` and `northing`".to_owned();
    }
    match system {
        Some(system) if !system.grid.is_geographic() => format!(
            "the header needs the columns `easting` and `northing`, or `{0}_easting_m` and `{0}_northing_m`",
            system.column()
        ),
        Some(system) => format!(
            "the header needs the columns `lon` and `lat`, or `{0}_lon` and `{0}_lat`",
            system.column()
        ),
        None if has("easting") || has("easting_m") => {
            format!("easting and northing of which system? Give --system; {WGS84} has lon and lat")
        }
        None => "the header needs the columns `lon` and `lat` (WGS 84), or those of one other system, which --system names".to_owned(),
    }
}

//! `araxes border`.

use araxes::analysis::disputes;
use araxes::analysis::disputes::SizedRow;
use araxes::analysis::exclaves;
use araxes::analysis::length;
use araxes::analysis::line_classes;
use araxes::analysis::offsets;
use araxes::analysis::outlines;
use araxes::analysis::rulers;
use araxes::analysis::rulers::RulerRow;
use araxes::analysis::segments;
use araxes::analysis::segments::Stretch;
use araxes::analysis::segments::When;
use araxes::error::Error;
use araxes::error::Result;
use araxes::model::Border;
use araxes::model::Boundary;
use araxes::model::DisputePlace;
use araxes::model::Pair;
use araxes::model::World;
use araxes::report;
use araxes::report::Format;
use araxes::report::Geometries;
use geo::Coord;

use crate::cli::Session;
use crate::cli::args::BorderCommand;
use crate::cli::compare;
use crate::cli::description;
use crate::cli::diff;
use crate::cli::exchange;
use crate::cli::turning_points;
use crate::cli::zone;

/// Answers `araxes border`; whether a check found a difference, or some of what was given could not be read.
pub(super) fn run(session: &Session, world: &World, command: &BorderCommand) -> Result<bool> {
    let answered = match command {
        BorderCommand::Check(args) => return description::check(session, world, args),
        BorderCommand::Diff(args) => return diff::run(session, world, args),
        BorderCommand::Describe(args) => description::describe(session, world, args),
        BorderCommand::Lengths(args) => lengths(session, world, args.pair),
        BorderCommand::Segments(args) => list_segments(session, world, args.pair),
        BorderCommand::Compare(args) => compare::run(session, world, args),
        BorderCommand::Exchange(args) => exchange::run(session, world, args),
        BorderCommand::Enclaves { all } => session.rows(&exclaves::rows(world, *all), None),
        BorderCommand::Disputes(args) => list_disputes(session, world, args.pair),
        BorderCommand::Outlines => session.rows(&outlines::rows(world), None),
        BorderCommand::Offsets(args) => {
            let rows = offsets::rows(world, session.common.source.as_deref(), args.pair);
            session.rows(&rows, None)
        }
        BorderCommand::Classes(args) => classes(session, world, args.pair),
        BorderCommand::TurningPoints(args) => turning_points::run(session, world, args),
        BorderCommand::Zone(args) => zone::run(session, world, args),
        BorderCommand::Rulers(args) => list_rulers(session, world, args.pair),
    };
    answered.map(|()| false)
}

fn list_disputes(session: &Session, world: &World, pair: Option<Pair>) -> Result<()> {
    let boundary = session.boundary(world)?;
    known(&[boundary], pair)?;
    let when = When {
        on: session.on(world),
        view: session.common.view,
    };
    let mut rows = disputes::sized(world, boundary, when);
    rows.retain(|row| pair.is_none_or(|pair| row.dispute.pair == pair.to_string()));
    let place = |row: &SizedRow| {
        let dispute = &world.disputes[world.disputes.find(&row.dispute.dispute)?];
        Some(match &dispute.place {
            DisputePlace::Outline { area, .. } => report::areas(&area.0),
            DisputePlace::Point(at) => report::point(*at),
        })
    };
    let places = rows.iter().map(place).collect();
    session.rows(&rows, Some(places))
}

fn classes(session: &Session, world: &World, pair: Option<Pair>) -> Result<()> {
    let asked = line_classes::Asked {
        source: session.common.source.as_deref(),
        pair,
        view: session.common.view,
    };
    let (rows, lines): (Vec<_>, Vec<_>) = line_classes::rows(world, asked).into_iter().unzip();
    let places = lines.iter().map(|line| {
        let parts: Vec<&[Coord]> = line.lines.iter().map(|part| part.0.as_slice()).collect();
        report::lines(&parts)
    });
    session.rows(&rows, Some(places.collect()))
}

fn lengths(session: &Session, world: &World, pair: Option<Pair>) -> Result<()> {
    let boundaries = asked(session, world)?;
    known(&boundaries, pair)?;
    let rows = length::rows(world, boundaries, pair);
    let places = rows.iter().map(|row| {
        let boundary = world.boundary(Some(&row.source)).ok()?;
        let mine = |border: &&Border| {
            border.pair.to_string() == row.pair
                && (row.part == "all" || border.part.label() == row.part)
        };
        let lines: Vec<&[Coord]> = boundary
            .borders
            .iter()
            .filter(mine)
            .flat_map(|border| {
                border
                    .pieces()
                    .iter()
                    .map(|piece| piece.vertices.as_slice())
            })
            .collect();
        report::lines(&lines)
    });
    session.rows(&rows, Some(places.collect()))
}

fn list_rulers(session: &Session, world: &World, pair: Option<Pair>) -> Result<()> {
    let boundaries = asked(session, world)?;
    known(&boundaries, pair)?;
    let ruled = rulers::rulers(world, boundaries, pair);
    let rows: Vec<&RulerRow> = ruled.iter().flat_map(|ruled| &ruled.rows).collect();
    if session.format() != Format::Table {
        return session.rows(&rows, None);
    }
    let lines: Vec<_> = ruled.iter().map(|ruled| &ruled.line).collect();
    let text = format!(
        "{}\n{}",
        report::rows(&rows, Format::Table, None)?,
        report::rows(&lines, Format::Table, None)?
    );
    session.output.write(text.as_bytes())
}

/// The boundary source that was asked for, or all.
fn asked<'w>(session: &Session, world: &'w World) -> Result<Vec<&'w Boundary>> {
    Ok(match session.common.source {
        Some(_) => vec![session.boundary(world)?],
        None => world.boundaries.iter().collect(),
    })
}

fn list_segments(session: &Session, world: &World, pair: Option<Pair>) -> Result<()> {
    let boundary = session.boundary(world)?;
    known(&[boundary], pair)?;
    let stretches = stretches(session, world, boundary, pair);
    let rows = segments::rows(world, boundary, &stretches);
    session.rows(&rows, Some(places(boundary, &stretches)))
}

/// The stretches of one border or of all, on the date and from the view asked for.
pub(super) fn stretches(
    session: &Session,
    world: &World,
    boundary: &Boundary,
    pair: Option<Pair>,
) -> Vec<Stretch> {
    let is_asked =
        |stretch: &Stretch| pair.is_none_or(|pair| boundary.borders[stretch.border].pair == pair);
    let mut all = segments::stretches(world, boundary, session.on(world), session.common.view);
    all.retain(is_asked);
    all
}

/// The lines of stretches.
pub(super) fn places(boundary: &Boundary, stretches: &[Stretch]) -> Geometries {
    let line = |stretch: &Stretch| {
        report::lines(&boundary.borders[stretch.border].cut(stretch.from, stretch.to))
    };
    stretches.iter().map(line).collect()
}

pub(super) fn known(boundaries: &[&Boundary], pair: Option<Pair>) -> Result<()> {
    let Some(pair) = pair else { return Ok(()) };
    if boundaries
        .iter()
        .any(|boundary| boundary.borders_of(pair).next().is_some())
    {
        return Ok(());
    }
    let pairs: Vec<String> = boundaries
        .iter()
        .flat_map(|b| &b.borders)
        .map(|border| border.pair.to_string())
        .collect();
    Err(Error::unknown(
        "border",
        &pair.to_string(),
        pairs.iter().map(String::as_str),
    ))
}

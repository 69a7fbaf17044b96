//! `araxes border compare`.

use araxes::analysis::compare;
use araxes::analysis::compare::Asked;
use araxes::analysis::compare::Comparison;
use araxes::analysis::compare::CurveRow;
use araxes::error::Result;
use araxes::model::Boundary;
use araxes::model::World;
use araxes::report;

use crate::cli::Session;
use crate::cli::args::CompareArgs;
use crate::cli::border::known;

/// Answers `araxes border compare`.
pub(super) fn run(session: &Session, world: &World, args: &CompareArgs) -> Result<()> {
    let (a, b) = (
        world.boundary(Some(&args.a))?,
        world.boundary(Some(&args.b))?,
    );
    known(&[a], args.pair)?;
    known(&[b], args.pair)?;
    let find = |slug: &String| world.segment(slug);
    let asked = Asked {
        pair: args.pair,
        segment: args.segment.as_ref().map(find).transpose()?,
    };
    if args.slivers {
        return slivers(session, world, (a, b), asked);
    }
    let found = compare::compare(world, a, b, asked);
    if args.curve {
        let rows: Vec<CurveRow> = found.into_iter().flat_map(|one| one.curve).collect();
        return session.rows(&rows, None);
    }
    let witness = |one: &Comparison| report::lines(&[one.witness]);
    let places = found.iter().map(witness).collect();
    let rows: Vec<_> = found.into_iter().map(|one| one.row).collect();
    session.rows(&rows, Some(places))
}

fn slivers(
    session: &Session,
    world: &World,
    (a, b): (&Boundary, &Boundary),
    asked: Asked,
) -> Result<()> {
    let pair = asked
        .segment
        .map_or(asked.pair, |segment| Some(world.segments[segment].pair));
    let found = compare::slivers(a, b, pair);
    let rows: Vec<_> = found.iter().map(|sliver| sliver.row(world, a, b)).collect();
    let outline =
        |sliver: &compare::Sliver| Some(report::areas(std::slice::from_ref(&sliver.outline)));
    session.rows(&rows, Some(found.iter().map(outline).collect()))
}

//! `araxes border exchange`.

use araxes::analysis::exchange;
use araxes::analysis::segments::When;
use araxes::error::Result;
use araxes::model::World;

use crate::cli::Session;
use crate::cli::args::ExchangeArgs;
use crate::cli::border::known;
use crate::cli::border::places;
use crate::cli::border::stretches;

/// Answers `araxes border exchange`.
pub(super) fn run(session: &Session, world: &World, args: &ExchangeArgs) -> Result<()> {
    if args.mapping {
        return session.rows(&exchange::mapping(args.vocabulary), None);
    }
    let boundary = session.boundary(world)?;
    known(&[boundary], args.pair)?;
    let stretches = stretches(session, world, boundary, args.pair);
    let when = When {
        on: session.on(world),
        view: session.common.view,
    };
    let rows = exchange::exchange(world, boundary, &stretches, when, args.vocabulary);
    session.rows(&rows, Some(places(boundary, &stretches)))
}

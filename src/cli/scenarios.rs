//! `araxes scenarios`.

use araxes::analysis::scenarios;
use araxes::error::Error;
use araxes::error::Result;
use araxes::model::World;
use araxes::report;
use araxes::report::Format;

use crate::cli::Session;
use crate::cli::args::ScenariosCommand;
use crate::cli::transit;

/// Answers `araxes scenarios`.
pub(super) fn run(session: &Session, world: &World, command: &ScenariosCommand) -> Result<()> {
    match command {
        ScenariosCommand::List => session.rows(&scenarios::scenarios(world), None),
        ScenariosCommand::Show { id } => {
            let detail = scenarios::scenario(world, id)?;
            match session.format() {
                Format::Table => {
                    let card = report::card(&serde_json::to_value(&detail).unwrap_or_default());
                    session.output.write(card.as_bytes())
                }
                Format::Json => session.output.write(report::json(&detail)?.as_bytes()),
                _ => session.rows(&detail.changes, None),
            }
        }
        ScenariosCommand::Compare { ids, way } => {
            let ids = if ids.is_empty() {
                world.scenarios.ids().collect()
            } else {
                ids.iter()
                    .map(|id| scenarios::find_scenario(world, id))
                    .collect::<Result<Vec<_>>>()?
            };
            if session.common.on.is_some() {
                let message = "--on: each scenario has its own date; leave it out";
                return Err(Error::Usage(message.to_owned()));
            }
            let query = transit::way(session, world, way)?;
            session.rows(&scenarios::compare(world, &ids, &query)?, None)
        }
    }
}

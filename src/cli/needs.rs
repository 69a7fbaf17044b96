//! What of the data set each command needs: only that is loaded.

use araxes::dataset::Lines;
use araxes::dataset::Needs;

use crate::cli::args::BorderCommand;
use crate::cli::args::Command;
use crate::cli::args::ScenariosCommand;

/// What of the data set a command needs.
pub(super) fn of(command: &Command, source: Option<&str>) -> Needs {
    let one = || Lines::of(source);
    let (boundaries, network) = match command {
        Command::Border(BorderCommand::Diff(args)) if args.sources.is_some() => (Lines::All, false),
        Command::Status(_)
        | Command::Border(
            BorderCommand::Describe(_)
            | BorderCommand::Diff(_)
            | BorderCommand::Disputes(_)
            | BorderCommand::Segments(_)
            | BorderCommand::TurningPoints(_),
        ) => (one(), false),
        // A description that is held against itself only needs no line.
        Command::Border(BorderCommand::Check(args)) => {
            let has_line = args.pair.is_some() || args.segment.is_some();
            let lines = if has_line || source.is_some() {
                one()
            } else {
                Lines::None
            };
            (lines, false)
        }
        Command::Border(
            BorderCommand::Lengths(_)
            | BorderCommand::Rulers(_)
            | BorderCommand::Enclaves { .. }
            | BorderCommand::Outlines,
        ) => (source.map_or(Lines::All, |_| one()), false),
        Command::Border(BorderCommand::Exchange(args)) if !args.mapping => (one(), false),
        Command::Border(BorderCommand::Zone(_)) => (one(), true),
        Command::Border(BorderCommand::Compare(_)) => (Lines::All, false),
        // No line is measured, but a source that is asked for must be there.
        Command::Border(
            BorderCommand::Offsets(_) | BorderCommand::Classes(_) | BorderCommand::Exchange(_),
        ) => (source.map_or(Lines::None, |_| one()), false),
        Command::Corridors(_)
        | Command::Scenarios(ScenariosCommand::List | ScenariosCommand::Show { .. }) => {
            (source.map_or(Lines::None, |_| one()), true)
        }
        Command::Agreement(_) => (Lines::All, true),
        // Certificates are given on every source.
        Command::Transit(args) if args.way.avoid.is_empty() => (one(), true),
        Command::Scenarios(ScenariosCommand::Compare { way, .. }) if way.avoid.is_empty() => {
            (one(), true)
        }
        Command::Transit(_)
        | Command::Scenarios(_)
        | Command::Map(_)
        | Command::Audit(_)
        | Command::Report
        | Command::Validate => return Needs::ALL,
    };
    Needs {
        boundaries,
        network,
    }
}

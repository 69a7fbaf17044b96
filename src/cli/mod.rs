//! The command line: arguments to questions, answers to text, and exit codes.

mod agreement;
mod args;
mod audit;
mod border;
mod compare;
mod corridors;
mod description;
mod diff;
mod events;
mod exchange;
mod line_ends;
mod map;
mod needs;
mod output;
mod points;
mod report;
mod rows;
mod scenarios;
mod status;
mod status_card;
mod transit;
mod turning_points;
mod zone;

use std::error::Error as _;
use std::fmt::Write as _;
use std::io;
use std::io::IsTerminal as _;
use std::io::Write;
use std::process::ExitCode;

use araxes::analysis::soundness;
use araxes::dataset;
use araxes::dataset::Geodata;
use araxes::dataset::Lines;
use araxes::error::Error;
use araxes::error::Problem;
use araxes::error::Result;
use araxes::model::Boundary;
use araxes::model::Date;
use araxes::model::World;
use araxes::report as text;
use araxes::report::Format;
use araxes::report::Geometries;
use clap::ArgMatches;
use clap::CommandFactory as _;
use clap::FromArgMatches as _;
use serde::Serialize;

use args::Cli;
use args::Command;
use args::Common;
use output::Output;

/// What all commands share: the flags, and where the result goes.
struct Session {
    common: Common,
    geodata: Geodata,
    output: Output,
    /// The command, as a title of what it writes.
    title: String,
}

/// Done.
const DONE: u8 = 0;
/// Done, and found something.
const FOUND: u8 = 1;
/// Could not run.
const FAILED: u8 = 2;

/// Runs the program; the code that it exits with.
pub(crate) fn run() -> ExitCode {
    let matches = Cli::command().get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match answer(cli, title(&matches)) {
        Ok(found) => ExitCode::from(if found { FOUND } else { DONE }),
        Err(error) if is_broken_pipe(&error) => ExitCode::from(DONE),
        Err(error) => {
            tell(&error);
            ExitCode::from(FAILED)
        }
    }
}

/// The command without its arguments: `araxes border segments`.
fn title(matches: &ArgMatches) -> String {
    let mut title = "araxes".to_owned();
    let mut at = matches;
    while let Some((name, inner)) = at.subcommand() {
        title.push(' ');
        title.push_str(name);
        at = inner;
    }
    title
}

/// Answers a command; whether it found something.
fn answer(cli: Cli, title: String) -> Result<bool> {
    let is_report = matches!(cli.command, Command::Report);
    let output = if is_report {
        Output::Stdout
    } else {
        Output::new(cli.common.output.as_deref())?
    };
    let geodata = cli
        .common
        .geodata
        .clone()
        .map_or(Geodata::Embedded, Geodata::Folder);
    let session = Session {
        common: cli.common,
        geodata,
        output,
        title,
    };
    if session.format() == Format::FlatGeobuf {
        session.output.take_binary(io::stdout().is_terminal())?;
    }
    if matches!(cli.command, Command::Validate) {
        return validate(&session);
    }
    let needs = needs::of(&cli.command, session.common.source.as_deref());
    let world = dataset::load_for(&session.geodata, &needs)?;
    if needs.boundaries != Lines::None {
        session.boundary(&world)?;
    }
    match cli.command {
        Command::Status(args) => status::run(&session, &world, &args),
        Command::Border(command) => border::run(&session, &world, &command),
        Command::Transit(args) => transit::run(&session, &world, &args),
        Command::Corridors(command) => corridors::run(&session, &world, &command).map(|()| false),
        Command::Scenarios(command) => scenarios::run(&session, &world, &command).map(|()| false),
        Command::Map(command) => map::run(&session, &world, &command).map(|()| false),
        Command::Audit(args) => audit::run(&session, &world, &args),
        Command::Agreement(args) => agreement::run(&session, &world, &args).map(|()| false),
        Command::Report => report::run(&session, &world).map(|()| false),
        // Answered above, without a world.
        Command::Validate => Ok(false),
    }
}

fn validate(session: &Session) -> Result<bool> {
    let (world, mut problems) = dataset::examine(&session.geodata)?;
    // Records that were left out as unsound would only bring faults that are none of their neighbours'.
    if let Some(world) = world.filter(|_| problems.is_empty()) {
        problems = soundness::problems(&world);
    }
    match session.format() {
        Format::Table => {
            let mut lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            lines.push(match problems.len() {
                0 => "no problems".to_owned(),
                1 => "1 problem".to_owned(),
                count => format!("{count} problems"),
            });
            session.output.write((lines.join("\n") + "\n").as_bytes())?;
        }
        _ => session.rows::<Problem>(&problems, None)?,
    }
    Ok(!problems.is_empty())
}

impl Session {
    fn format(&self) -> Format {
        self.common.format.into()
    }

    /// The boundary source to measure on.
    fn boundary<'w>(&self, world: &'w World) -> Result<&'w Boundary> {
        world.boundary(self.common.source.as_deref())
    }

    /// The date to answer for.
    fn on(&self, world: &World) -> Date {
        self.common.on.unwrap_or(world.meta.as_of)
    }

    /// Writes rows in the format asked for.
    fn rows<T: Serialize>(&self, rows: &[T], places: Option<Geometries>) -> Result<()> {
        self.output.write(&self.bytes(rows, places)?)
    }

    /// Rows in the format asked for.
    fn bytes<T: Serialize>(&self, rows: &[T], places: Option<Geometries>) -> Result<Vec<u8>> {
        text::bytes(rows, self.format(), places, &self.title)
    }
}

/// Tells an error and its causes on standard error, once.
fn tell(error: &Error) {
    let mut text = format!("error: {error}");
    let mut cause = error.source();
    while let Some(inner) = cause {
        let _ = write!(text, ": {inner}");
        cause = inner.source();
    }
    // Nobody is left to hear of a failure to write to standard error.
    let _ = writeln!(io::stderr(), "{text}");
}

fn is_broken_pipe(error: &Error) -> bool {
    matches!(error, Error::Write { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
}

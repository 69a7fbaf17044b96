//! The arguments, as users type them.

mod border;
mod description;
mod diff;
mod status;

use std::path::PathBuf;

use araxes::analysis::audit::Verdict;
use araxes::model::Code;
use araxes::model::Date;
use araxes::model::FigureKind;
use araxes::model::Mode;
use araxes::model::Pair;
use araxes::report::Format;
use clap::Args;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;

pub(super) use border::BorderCommand;
pub(super) use border::CompareArgs;
pub(super) use border::ExchangeArgs;
pub(super) use border::TurningPointsArgs;
pub(super) use border::ZoneArgs;
pub(super) use description::CheckArgs;
pub(super) use description::DescribeArgs;
pub(super) use diff::DiffArgs;
pub(super) use diff::EventsFrom;
pub(super) use status::PointsFormat;
pub(super) use status::StatusArgs;

/// Contested borders and the corridors that cross them, with the evidence behind each answer.
///
/// Results go to standard output, everything else to standard error. Exit code 0: done. 1: done, and found something
/// (problems in a data set, no transit option, an unexplained figure, or rows of input that could not be read). 2: could not run.
/// (problems in a data set, no transit option, an unexplained figure, or a description that differs). 2: could not run.
#[derive(Debug, Parser)]
#[command(
    name = "araxes",
    version,
    max_term_width = 100,
    propagate_version = true
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Flags that every command knows.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// How to write the result
    #[arg(long, value_enum, default_value_t = FormatArg::Table, global = true, help_heading = "Common")]
    pub(super) format: FormatArg,
    /// Where to write it: a file, which then appears whole or not at all, or `-` for standard output
    #[arg(long, value_name = "FILE", global = true, help_heading = "Common")]
    pub(super) output: Option<PathBuf>,
    /// A folder of layers to use in place of the embedded data (its README describes the layers)
    #[arg(long, value_name = "DIR", global = true, help_heading = "Common")]
    pub(super) geodata: Option<PathBuf>,
    /// The boundary source to measure on; default: the data set's primary source
    #[arg(long, value_name = "ID", global = true, help_heading = "Common")]
    pub(super) source: Option<String>,
    /// The date to answer for; default: the day that the data speaks for
    #[arg(long, value_name = "DATE", global = true, help_heading = "Common")]
    pub(super) on: Option<Date>,
    /// The state whose statements to follow where the parties' differ
    #[arg(long, value_name = "STATE", global = true, help_heading = "Common")]
    pub(super) view: Option<Code>,
}

/// The formats of results.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum FormatArg {
    /// Aligned columns
    Table,
    /// JSON with the keys that the README documents
    Json,
    /// Comma-separated values
    Csv,
    /// GeoJSON for a GIS
    Geojson,
    /// GeoJSON with a feature on each line, for streams
    Geojsonl,
    /// FlatGeobuf for a GIS: binary, with typed columns and a spatial index; for --output or a pipe
    Flatgeobuf,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Table => Self::Table,
            FormatArg::Json => Self::Json,
            FormatArg::Csv => Self::Csv,
            FormatArg::Geojson => Self::GeoJson,
            FormatArg::Geojsonl => Self::GeoJsonLines,
            FormatArg::Flatgeobuf => Self::FlatGeobuf,
        }
    }
}

/// One command per question.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Everything at once: maps, tables, GeoJSON and a report.html, into a folder (default `output`)
    Report,
    /// Which segment is this place at, what is its status, according to whom, how sure?
    Status(StatusArgs),
    /// How long is the border, by part, by segment and status, by source?
    #[command(subcommand)]
    Border(BorderCommand),
    /// How long is each corridor, in each state; what exists, what is closed, what must be built?
    #[command(subcommand)]
    Corridors(CorridorsCommand),
    /// Which ways lead from one node to another, without touching a state; at what time and cost?
    Transit(TransitArgs),
    /// What if: the scenarios that `transit` can be asked under
    #[command(subcommand)]
    Scenarios(ScenariosCommand),
    /// What of the agreement can be measured: provision by provision, on a date
    Agreement(AgreementArgs),
    /// Draw it, as SVG or PNG by the name of the output file
    #[command(subcommand)]
    Map(MapCommand),
    /// Is this data set sound? All problems at once, exit code 1 if there are any
    Validate,
    /// Do the lengths and areas agree with the published ones, and if not, why? Exit code 1 if anything is unexplained
    Audit(AuditArgs),
}

/// Which published figures.
#[derive(Debug, Args)]
pub(super) struct AuditArgs {
    /// Only figures of this kind
    #[arg(long, value_name = "KIND", value_parser = figure_kind)]
    pub(super) kind: Option<FigureKind>,
    /// Only figures about this, as the column `subject` has it, for example AM-AZ
    #[arg(long, value_name = "ID")]
    pub(super) subject: Option<String>,
    /// Only figures with this verdict
    #[arg(long, value_name = "VERDICT", value_parser = verdict)]
    pub(super) only: Option<Verdict>,
}

/// Which provisions.
#[derive(Debug, Args)]
pub(super) struct AgreementArgs {
    /// Their ids; default: all
    #[arg(value_name = "PROVISION")]
    pub(super) provisions: Vec<String>,
}

/// Questions about corridors.
#[derive(Debug, Subcommand)]
pub(super) enum CorridorsCommand {
    /// All corridors, a line each
    List,
    /// One corridor, link by link
    Show {
        /// Its id
        id: String,
    },
    /// Lengths by state and condition, side by side
    Compare {
        /// Their ids; default: all
        ids: Vec<String>,
    },
}

/// A transit question, whatever the scenario.
#[derive(Debug, Clone, Args)]
pub(super) struct WayArgs {
    /// Node where the journey starts, for example baku
    #[arg(long, value_name = "NODE")]
    pub(super) from: String,
    /// Node where it ends, for example nakhchivan
    #[arg(long, value_name = "NODE")]
    pub(super) to: String,
    /// States whose territory no option may touch; each option then carries a certificate
    #[arg(long, value_name = "STATE", value_delimiter = ',')]
    pub(super) avoid: Vec<Code>,
    /// Modes that may be used
    #[arg(long, value_name = "MODE", value_delimiter = ',', value_parser = mode, default_value = "rail,road,ferry")]
    pub(super) modes: Vec<Mode>,
}

/// A transit question under a scenario.
#[derive(Debug, Clone, Args)]
pub(super) struct TransitArgs {
    #[command(flatten)]
    pub(super) way: WayArgs,
    /// The scenario; `araxes scenarios list` tells them
    #[arg(long, value_name = "ID", default_value = "status-quo")]
    pub(super) scenario: String,
    /// The most options to show, best time first
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,
}

/// Questions about scenarios.
#[derive(Debug, Subcommand)]
pub(super) enum ScenariosCommand {
    /// All scenarios, a line each
    List,
    /// One scenario, change by change with its basis
    Show {
        /// Its id
        id: String,
    },
    /// The same journey under several scenarios, row by row; the first is what the others are held against
    Compare {
        /// Their ids; default: all
        ids: Vec<String>,
        #[command(flatten)]
        way: WayArgs,
    },
}

/// Maps.
#[derive(Debug, Subcommand)]
pub(super) enum MapCommand {
    /// The region: territories, borders by status, corridors by condition, crossings
    Overview(MapArgs),
    /// One border by segment and status, with kilometre marks
    Border {
        /// Two states; default: the pair with most segments
        #[arg(long, value_name = "PAIR")]
        pair: Option<Pair>,
        #[command(flatten)]
        map: MapArgs,
    },
    /// All corridors side by side at one scale, with a chart of what exists
    Corridors(MapArgs),
    /// The options of a transit question
    Options {
        #[command(flatten)]
        transit: TransitArgs,
        #[command(flatten)]
        map: MapArgs,
    },
}

/// How large a map is.
#[derive(Debug, Clone, Args)]
pub(super) struct MapArgs {
    /// Width in pixels
    #[arg(long, value_name = "PX", default_value_t = 1600, value_parser = clap::value_parser!(u32).range(600..=6000))]
    pub(super) width: u32,
}

fn figure_kind(text: &str) -> Result<FigureKind, String> {
    one_of(&FigureKind::ALL, text, FigureKind::word)
}

fn verdict(text: &str) -> Result<Verdict, String> {
    one_of(&Verdict::ALL, text, Verdict::word)
}

fn one_of<T: Copy>(known: &[T], text: &str, word: impl Fn(T) -> &'static str) -> Result<T, String> {
    let found = known.iter().copied().find(|known| word(*known) == text);
    found.ok_or_else(|| {
        let words: Vec<&str> = known.iter().map(|known| word(*known)).collect();
        format!("give one of {}", words.join(", "))
    })
}

fn mode(text: &str) -> Result<Mode, String> {
    [Mode::Rail, Mode::Road, Mode::Ferry]
        .into_iter()
        .find(|mode| mode.word() == text)
        .ok_or_else(|| "modes are rail, road and ferry".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use clap::Parser;

    use super::Cli;
    use super::Command;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn status_asks_exactly_one_question() {
        assert!(Cli::try_parse_from(["araxes", "status"]).is_err());
        assert!(Cli::try_parse_from(["araxes", "status", "--at", "1,2", "--place", "x"]).is_err());
        let cli =
            Cli::try_parse_from(["araxes", "status", "--place", "meghri", "--format", "json"]);
        assert!(matches!(cli.map(|cli| cli.command), Ok(Command::Status(_))));
    }

    #[test]
    fn states_to_avoid_may_be_joined_by_commas() {
        let cli = Cli::try_parse_from([
            "araxes", "transit", "--from", "a", "--to", "b", "--avoid", "IR,RU",
        ]);
        match cli.map(|cli| cli.command) {
            Ok(Command::Transit(args)) => assert_eq!(args.way.avoid.len(), 2),
            other => panic!("{other:?}"),
        }
    }
}

//! The arguments of `araxes border`.

use std::path::PathBuf;

use araxes::analysis::exchange::Vocabulary;
use araxes::model::Pair;
use clap::Args;
use clap::Subcommand;

use crate::cli::args::DiffArgs;
use crate::cli::args::description::CheckArgs;
use crate::cli::args::description::DescribeArgs;
use crate::cli::args::one_of;

/// Questions about a border.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum BorderCommand {
    /// Geodesic length of every border, on every source unless --source names one
    Lengths(PairArgs),
    /// The named segments in order, with kilometres and status
    Segments(PairArgs),
    /// Where two sources disagree and by how much: Hausdorff and Fréchet distance, offsets, slivers, with place and kilometre
    Compare(CompareArgs),
    /// What changed between two dates, two sources or two data sets; and where kilometres of the old line are on the new one
    Diff(DiffArgs),
    /// Which source draws which enclave or exclave, and how: apart, in two territories, in none; area and perimeter beside the published ones
    Enclaves {
        /// Also what a source of land only gives to no territory, as a rule water, and pieces narrower than their source is accurate
        #[arg(long)]
        all: bool,
    },
    /// Enclaves and contested areas: who controls them, how large they are, and whether the source is fine enough to show them
    Disputes(PairArgs),
    /// Of what each territory's outline is made on each source: borders by neighbour, and coast or other rest
    Outlines,
    /// How far each source's line lies from the primary source's, as measured when the data was made
    Offsets(PairArgs),
    /// How the sources classify lines in their own words, for themselves and as they ascribe it to states
    Classes(PairArgs),
    /// The vertices of a line with number, kilometre, azimuth and distance to the next, on WGS 84 and in the data set's other coordinate systems
    TurningPoints(TurningPointsArgs),
    /// The status of every stretch in the codes that others use: LSIB, Natural Earth, INSPIRE, UN Geodata, DGIWG/FACC
    Exchange(ExchangeArgs),
    /// The frontier zone: ground, settlements, railways and roads within some kilometres of the line, on each side
    Zone(ZoneArgs),
    /// What a description says of a line - turning points, azimuths, distances, sides - against the drawn line; exit code 1 if anything differs
    Check(CheckArgs),
    /// A drawn line as a description: turning points and straight legs with azimuth and distance, in the form that `check` reads
    Describe(DescribeArgs),
    /// Length against the ruler that measures it, from 100 m to 50 km, on every source unless --source names one
    Rulers(PairArgs),
}

/// Which border.
#[derive(Debug, Args)]
pub(in crate::cli) struct PairArgs {
    /// Two states, for example AM-AZ; default: all
    #[arg(long, value_name = "PAIR")]
    pub(in crate::cli) pair: Option<Pair>,
}

/// Which two sources are compared, along which border.
#[derive(Debug, Args)]
pub(in crate::cli) struct CompareArgs {
    /// One source
    pub(in crate::cli) a: String,
    /// The other
    pub(in crate::cli) b: String,
    /// Two states, for example AM-AZ; default: all
    #[arg(long, value_name = "PAIR")]
    pub(in crate::cli) pair: Option<Pair>,
    /// One named segment in place of whole parts
    #[arg(long, value_name = "ID", conflicts_with = "pair")]
    pub(in crate::cli) segment: Option<String>,
    /// In place of the figures: the share of each line within a width of the other (Goodchild–Hunter)
    #[arg(long, conflicts_with = "slivers")]
    pub(in crate::cli) curve: bool,
    /// In place of the figures: the land between the lines, and to whose side it goes
    #[arg(long)]
    pub(in crate::cli) slivers: bool,
}

/// Which line's turning points.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("line").required(true))]
pub(in crate::cli) struct TurningPointsArgs {
    /// All parts of the border of two states
    #[arg(long, value_name = "PAIR", group = "line")]
    pub(in crate::cli) pair: Option<Pair>,
    /// One named segment; `araxes border segments` lists them
    #[arg(long, value_name = "ID", group = "line")]
    pub(in crate::cli) segment: Option<String>,
    /// A list of turning points in a CSV file, as this command writes them: the line that they give
    #[arg(long, value_name = "FILE", group = "line")]
    pub(in crate::cli) read: Option<PathBuf>,
    /// The coordinate system that `--read` takes positions from, for example EPSG:28408; default: the one whose columns the file has
    #[arg(long, value_name = "ID", requires = "read")]
    pub(in crate::cli) system: Option<String>,
    /// The published datum operation to use, for example EPSG:15865; default: the one that the data set prefers
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) operation: Option<String>,
    /// In place of the points: all published operations of the datum, and how far apart they put the line
    #[arg(long)]
    pub(in crate::cli) operations: bool,
}

/// Which stretches, in which vocabulary.
#[derive(Debug, Args)]
pub(in crate::cli) struct ExchangeArgs {
    /// Two states, for example AM-AZ; default: all
    #[arg(long, value_name = "PAIR")]
    pub(in crate::cli) pair: Option<Pair>,
    /// Only the fields of one vocabulary, spelled as there: lsib, natural-earth, inspire, un or dgiwg; default: all, each with its vocabulary in
    /// front
    #[arg(long, value_name = "VOCABULARY", value_parser = vocabulary)]
    pub(in crate::cli) vocabulary: Option<Vocabulary>,
    /// In place of the stretches: which code is given when, and why
    #[arg(long, conflicts_with = "pair")]
    pub(in crate::cli) mapping: bool,
}

fn vocabulary(text: &str) -> Result<Vocabulary, String> {
    one_of(&Vocabulary::ALL, text, Vocabulary::word)
}

/// Which zone, and what of it.
#[derive(Debug, Args)]
pub(in crate::cli) struct ZoneArgs {
    /// How far it reaches on each side of the line, in kilometres: from 0.01 to 500
    #[arg(long, value_name = "D", allow_negative_numbers = true)]
    pub(in crate::cli) km: f64,
    /// Two states, for example AM-AZ; default: all
    #[arg(long, value_name = "PAIR")]
    pub(in crate::cli) pair: Option<Pair>,
    /// One named segment in place of whole parts
    #[arg(long, value_name = "ID", conflicts_with = "pair")]
    pub(in crate::cli) segment: Option<String>,
    /// Only the settlements, in place of all
    #[arg(long, conflicts_with = "links")]
    pub(in crate::cli) places: bool,
    /// Only the railways, roads and ferries, with what of them lies in the zone
    #[arg(long)]
    pub(in crate::cli) links: bool,
}

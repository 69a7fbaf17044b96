//! The arguments of `araxes border`.

use araxes::model::Pair;
use clap::Args;
use clap::Subcommand;

use crate::cli::args::DiffArgs;

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
    /// Of what each territory's outline is made on each source: borders by neighbour, and coast or other rest
    Outlines,
    /// How far each source's line lies from the primary source's, as measured when the data was made
    Offsets(PairArgs),
    /// How the sources classify lines in their own words, for themselves and as they ascribe it to states
    Classes(PairArgs),
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

//! The arguments of `araxes border check` and `araxes border describe`.

use std::path::PathBuf;

use araxes::model::Pair;
use clap::Args;

/// Which description, against which line.
#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    /// The description, a text in the form that the README gives; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    /// Hold it against the border of two states, for example AM-AZ: the part that most of its points are nearest to
    #[arg(long, value_name = "PAIR", conflicts_with = "segment")]
    pub(in crate::cli) pair: Option<Pair>,
    /// Hold it against one named segment; `araxes border segments` lists them
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) segment: Option<String>,
    /// Metres that points and straight legs may lie off the line; default: what the description states
    #[arg(long, value_name = "M")]
    pub(in crate::cli) tolerance: Option<f64>,
    /// The published datum operation to use, for example EPSG:15865; default: the one that the description names, or the data set prefers
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) operation: Option<String>,
}

/// Which line to describe, and how.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("line").required(true))]
pub(in crate::cli) struct DescribeArgs {
    /// The border of two states, for example AM-AZ: its main part, or the one that --part names
    #[arg(long, value_name = "PAIR", group = "line")]
    pub(in crate::cli) pair: Option<Pair>,
    /// One named segment; `araxes border segments` lists them
    #[arg(long, value_name = "ID", group = "line")]
    pub(in crate::cli) segment: Option<String>,
    /// The part of the border, as the column `part` of `araxes border lengths` has it
    #[arg(long, value_name = "PART", conflicts_with = "segment")]
    pub(in crate::cli) part: Option<String>,
    /// Only the turning points that are needed for the line to stray at most this many metres from the legs; default: every vertex
    #[arg(long, value_name = "M")]
    pub(in crate::cli) tolerance: Option<f64>,
    /// The coordinate system of the positions, for example EPSG:28408; default: WGS 84
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) system: Option<String>,
    /// The published datum operation to use, for example EPSG:15865; default: the one that the data set prefers
    #[arg(long, value_name = "ID", requires = "system")]
    pub(in crate::cli) operation: Option<String>,
}

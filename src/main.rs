//! The command line of araxes: parse, run, tell.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}

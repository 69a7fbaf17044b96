//! `araxes report`.

use std::io;
use std::io::IsTerminal as _;
use std::io::Write as _;
use std::path::Path;

use araxes::error::Result;
use araxes::model::World;
use araxes::publication;
use araxes::publication::Settings;

use crate::cli::Session;

/// Where a report goes unless `--output` says otherwise.
const FOLDER: &str = "output";

/// Answers `araxes report`.
pub(super) fn run(session: &Session, world: &World) -> Result<()> {
    let settings = Settings {
        on: session.common.on,
        view: session.common.view,
        source: session.common.source.clone(),
    };
    let folder = session
        .common
        .output
        .as_deref()
        .unwrap_or(Path::new(FOLDER));
    let files = publication::files(world, &settings)?;
    publication::write(folder, &files)?;
    if io::stderr().is_terminal() {
        // Nobody is left to hear of a failure to write to standard error.
        let _ = writeln!(
            io::stderr(),
            "{} files in {}",
            files.len(),
            folder.display()
        );
    }
    Ok(())
}

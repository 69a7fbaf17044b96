//! `araxes map`.

use std::path::Path;

use araxes::analysis::transit as analysis;
use araxes::error::Error;
use araxes::error::Result;
use araxes::map;
use araxes::map::Look;
use araxes::map::scene::Scene;
use araxes::model::World;

use crate::cli::Session;
use crate::cli::args::MapCommand;
use crate::cli::transit;

/// Draws a map.
pub(super) fn run(session: &Session, world: &World, command: &MapCommand) -> Result<()> {
    let is_png = is_png(session.common.output.as_deref())?;
    let look = Look {
        world,
        boundary: session.boundary(world)?,
        on: session.on(world),
        view: session.common.view,
    };
    let (scene, size) = scene(session, &look, command)?;
    let svg = map::svg::write(&scene);
    if is_png {
        session.output.write(&map::raster::png(&svg, size)?)
    } else {
        session.output.write(svg.as_bytes())
    }
}

/// The picture, and its width in pixels.
fn scene(session: &Session, look: &Look<'_>, command: &MapCommand) -> Result<(Scene, u32)> {
    match command {
        MapCommand::Overview(size) => Ok((map::overview::scene(look)?, size.width)),
        MapCommand::Border { pair, map: size } => {
            Ok((map::border::scene(look, *pair)?, size.width))
        }
        MapCommand::Corridors(size) => Ok((map::corridors::scene(look)?, size.width)),
        MapCommand::Options {
            transit: args,
            map: size,
        } => {
            let answer =
                analysis::transit(look.world, &transit::query(session, look.world, args)?)?;
            let look = Look {
                on: answer.as_of,
                ..*look
            };
            Ok((map::options::scene(&look, &answer)?, size.width))
        }
    }
}

/// Whether the file is a PNG: a map is a file, and its name says which kind.
fn is_png(output: Option<&Path>) -> Result<bool> {
    let extension = output
        .and_then(Path::extension)
        .and_then(|extension| extension.to_str());
    match extension.map(str::to_lowercase).as_deref() {
        Some("png") => Ok(true),
        Some("svg") => Ok(false),
        _ => Err(Error::Usage(
            "a map needs --output FILE.svg or FILE.png".to_owned(),
        )),
    }
}

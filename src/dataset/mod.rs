//! Files to records: strict loading of all layers.
//!
//! *In*: a [`Geodata`] folder, or the data set that the program carries. *Out*: a [`World`] in which every reference is resolved and
//! every claim has its evidence; or all [`Problem`]s, each with file, feature and property. The layers are described in
//! `geodata/README.md`. Each layer has its own module; `topology` derives what no file lists.

mod agreement;
mod boundaries;
mod claims;
mod coordinates;
mod corridors;
mod crossings;
mod disputes;
mod feature;
mod files;
mod ids;
mod line_classes;
mod loader;
mod measures;
mod naming;
mod needs;
mod network;
mod offsets;
mod parse;
mod places;
mod published;
mod rings;
mod scenarios;
mod segments;
mod sources;
mod swapped;
mod topology;
mod ways;
mod wording;

use crate::error::Error;
use crate::error::Problem;
use crate::error::Result;
use crate::model::World;

use loader::Loader;

pub use files::Geodata;
pub(crate) use naming::name_inside;
pub use needs::Lines;
pub use needs::Needs;
pub(crate) use network::LINKS;
pub(crate) use network::NODES;

/// Loads a data set.
///
/// # Errors
///
/// [`Error::Data`] with all problems if the data set has any; [`Error::Usage`] if the folder is not there.
///
/// # Example
///
/// ```
/// use araxes::dataset::Geodata;
/// use araxes::dataset::load;
///
/// let world = load(&Geodata::Embedded)?;
/// assert!(world.boundary(None)?.territories.len() > 1);
/// # Ok::<(), araxes::error::Error>(())
/// ```
pub fn load(geodata: &Geodata) -> Result<World> {
    load_for(geodata, &Needs::ALL)
}

/// Loads what a question needs of a data set.
///
/// # Errors
///
/// As [`load`], and [`Error::Unknown`] if a boundary source is needed that the data set does not have.
pub fn load_for(geodata: &Geodata, needs: &Needs) -> Result<World> {
    let (world, problems) = read(geodata, needs)?;
    match world {
        Some(world) if problems.is_empty() => Ok(world),
        _ => Err(Error::Data { problems }),
    }
}

/// Loads the data set that the program carries.
///
/// # Errors
///
/// As [`load`]; the tests show that there are none.
pub fn load_embedded() -> Result<World> {
    load(&Geodata::Embedded)
}

/// Loads what can be loaded and tells all problems; there is no world if the sources or the data set's own description fail.
///
/// # Errors
///
/// [`Error::Usage`] if the folder is not there, [`Error::Read`] if it cannot be listed.
pub fn examine(geodata: &Geodata) -> Result<(Option<World>, Vec<Problem>)> {
    read(geodata, &Needs::ALL)
}

fn read(geodata: &Geodata, needs: &Needs) -> Result<(Option<World>, Vec<Problem>)> {
    geodata.must_exist()?;
    let mut loader = Loader {
        geodata,
        needs,
        problems: Vec::new(),
    };
    let world = loader.world()?;
    Ok((world, loader.problems))
}

//! What `araxes report` publishes: maps, tables, layers and one page, from one set of rows.
//!
//! *In*: a world and [`Settings`]. *Out*: [`File`]s in memory, in a fixed order, then a folder of them. No clock, no locale and no hash order is
//! looked at, so the same data give the same bytes on every machine and with any number of threads.
//!
//! # Method
//!
//! `material` makes all rows once. `maps`, `tables`, `layers` and `page` are views of them that know nothing of each other.
//! Which transit questions are asked is derived from the corridors: see [`questions`].

mod folder;
mod layers;
mod maps;
mod material;
mod page;
mod question;
mod rows;
mod tables;

use crate::error::Result;
use crate::model::Code;
use crate::model::Date;
use crate::model::World;
use crate::publication::material::Material;

pub use folder::write;
pub use question::Question;
pub use question::questions;
pub use question::telling;

/// What a report looks at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The date; that of each scenario, else that of the data, if absent.
    pub on: Option<Date>,
    /// The state whose statements to follow where the parties differ.
    pub view: Option<Code>,
    /// The boundary source; the primary one if absent.
    pub source: Option<String>,
}

/// A file of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it goes in the folder, with `/` between names.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl File {
    fn text(path: impl Into<String>, text: String) -> Self {
        Self {
            path: path.into(),
            bytes: text.into_bytes(),
        }
    }
}

/// All files of a report, in order of their kind, then as tables and layers list them.
///
/// # Properties
///
/// The same world and settings give the same bytes, whatever the number of threads.
///
/// # Errors
///
/// [`Error::Unknown`](crate::error::Error::Unknown) for a boundary source that the data set does not have; an error of drawing or projection otherwise.
pub fn files(world: &World, settings: &Settings) -> Result<Vec<File>> {
    let material = Material::new(world, settings)?;
    let drawings = maps::drawings(&material)?;
    let (pictures, (tables, (layers, page))) = rayon::join(
        || maps::files(&drawings),
        || {
            rayon::join(
                || tables::files(&material),
                || {
                    rayon::join(
                        || layers::files(&material),
                        || page::file(&material, &drawings),
                    )
                },
            )
        },
    );
    let mut files = vec![page];
    files.extend(pictures?);
    files.extend(tables?);
    files.extend(layers?);
    Ok(files)
}

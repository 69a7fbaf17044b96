//! Maps and charts: scenes, written as SVG and drawn as PNG.
//!
//! *In*: a [`Look`] at the world, and rows. *Out*: a [`Scene`](scene::Scene), in which nothing is left to decide; [`svg::write`] writes it
//! down and [`raster::png`] draws that with the bundled fonts alone, so that the same world gives the same bytes everywhere.
//!
//! | map | scene by |
//! |---|---|
//! | the region: borders by status, corridors by condition, crossing points | [`overview::scene`] |
//! | one border, segment by segment | [`border::scene`] |
//! | the corridors side by side, with a chart of what exists | [`corridors::scene`] |
//! | the options of a transit question | [`options::scene`] |
//!
//! Shapes are cut and thinned in degrees before they are projected, neighbours arc by arc, so that borders stay shared. Styles follow
//! from status ([`style`]), legends from what was drawn ([`legend`]), places of names from the widths of the real font ([`labels`]).
//!
//! # Limits
//!
//! One region of the Earth, away from poles and antimeridian; scripts written from left to right.
//!
//! # Example
//!
//! ```
//! use araxes::map;
//!
//! let world = araxes::dataset::load_embedded()?;
//! let look = map::Look { world: &world, boundary: world.boundary(None)?, on: world.meta.as_of, view: None };
//! let document = map::svg::write(&map::overview::scene(&look)?);
//! assert!(document.starts_with("<svg"));
//! # Ok::<(), araxes::error::Error>(())
//! ```

pub mod border;
pub mod borders;
mod busy;
pub mod canvas;
pub mod chainage;
pub mod charts;
pub mod check;
pub mod clip;
mod closer;
pub mod corridors;
pub mod crossings;
pub mod discs;
pub mod disputes;
#[cfg(test)]
mod fixture;
pub mod font;
pub mod frame;
pub mod furniture;
pub mod ground;
pub mod labels;
pub mod legend;
pub mod letters;
pub mod lines;
pub mod names;
pub mod offset;
mod option_list;
pub mod options;
pub mod overview;
#[cfg(test)]
mod pictures;
pub mod points;
pub mod raster;
pub mod scene;
mod segment_table;
pub mod sheet;
pub mod simplify;
pub mod style;
pub mod svg;
pub mod towns;
mod ways;

use crate::model::Boundary;
use crate::model::Code;
use crate::model::Date;
use crate::model::World;

/// What a map looks at: the world, by one boundary source, on one day, by the statements of one side or all.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The world.
    pub world: &'a World,
    /// The boundary source.
    pub boundary: &'a Boundary,
    /// The day.
    pub on: Date,
    /// The state whose statements count beside those of all; every statement if absent.
    pub view: Option<Code>,
}

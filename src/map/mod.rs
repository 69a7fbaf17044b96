//! Maps.
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

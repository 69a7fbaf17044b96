//! What changed: between two dates, two sources, or two data sets.
//!
//! *In*: two [`Side`]s, or one source and two dates. *Out*: rows of what differs, each with its place.
//!
//! - [`dates`](fn@dates): stretches of border and disputes whose settled status is not the same on both dates.
//! - [`lines`](fn@lines): how much of each border moved, by how much, and the stretches that moved by more than the two sources are accurate.
//! - [`records`]: segments and disputes that were added, removed or changed, claim by claim.
//! - [`carry`]: kilometres of the old line brought to the new one, with what speaks against each.
//!
//! # Limits
//!
//! That a line moved between two sources does not say that the border did: sources are generalised, corrected and taken from different maps. What
//! moved by less than the joint accuracy of the two (both in quadrature) is `within_error`.

mod carrier;
mod dates;
mod events;
mod lines;
mod overlay;
mod records;
mod runs;

use crate::model::Border;
use crate::model::Boundary;
use crate::model::Pair;
use crate::model::World;
use crate::units::Length;

pub use dates::DateChange;
pub use dates::DateRow;
pub use dates::Dates;
pub use dates::Place;
pub use dates::dates;
pub use events::Carried;
pub use events::Event;
pub use events::EventRow;
pub use events::anchored;
pub use events::carry;
pub use lines::LineChange;
pub use lines::LineRow;
pub use lines::Verdict;
pub use lines::What;
pub use lines::lines;
pub use records::RecordChange;
pub use records::RecordRow;
pub use records::records;

/// Lines nearer than this are the same: it is above the rounding of any source.
pub const STILL: Length = Length::from_m(1.0);

/// One of the two things that are held against each other: a source of a data set.
#[derive(Debug, Clone, Copy)]
pub struct Side<'w> {
    /// The data set.
    pub world: &'w World,
    /// The boundary source in it.
    pub boundary: &'w Boundary,
}

impl<'w> Side<'w> {
    /// A part of a border by its label.
    fn border(&self, pair: Pair, part: &str) -> Option<&'w Border> {
        self.boundary
            .borders_of(pair)
            .find(|border| border.part.label() == part)
    }

    fn name(&self) -> String {
        self.world.source_of(self.boundary).id.clone()
    }
}

/// What 95 % of the offsets between two drawings of one line are within, in metres, if only their errors part them: both accuracies in
/// quadrature. Where only one source states its accuracy, that one; none where neither does.
fn joint_accuracy_m(old: (Side<'_>, &Border), new: (Side<'_>, &Border)) -> Option<f64> {
    let stated = |(side, border): (Side<'_>, &Border)| side.world.accuracy_m(side.boundary, border);
    match (stated(old), stated(new)) {
        (Some(one), Some(other)) => Some(one.hypot(other)),
        (one, other) => one.or(other),
    }
}

//! What is this place: territory, segment, kilometre, distance, status, and who says so.
//!
//! *In*: a boundary source, a date and a view; then points. *Out*: one row per point. A [`StatusQuery`] is built once and asked often; rows
//! borrow from it, so a million points allocate little. Every row carries its [`ErrorBudget`]: what is smaller than that is answered
//! `within_error`, not inside or outside. [`history`] tells how the status of a segment came about.

mod budget;
mod history;
mod query;
mod row;

use crate::error::Error;
use crate::error::Result;
use crate::model::Place;
use crate::model::World;

pub use budget::ErrorBudget;
pub use history::HistoryRow;
pub use history::history;
pub use query::StatusQuery;
pub use row::Codes;
pub use row::SegmentAnswer;
pub use row::Side;
pub use row::StatusRow;

/// The place with this id or name.
///
/// Ids and names of all languages are compared without regard to case; of several places of one name the most populous is taken.
///
/// # Errors
///
/// [`Error::Unknown`] with the closest names.
pub fn find_place<'w>(world: &'w World, name: &str) -> Result<&'w Place> {
    let wanted = name.trim().to_lowercase();
    let slug = wanted.replace(' ', "-");
    if let Some(id) = world.places.find(&slug) {
        return Ok(&world.places[id]);
    }
    let named = world.places.iter().map(|(_, place)| place).filter(|place| {
        place
            .names
            .iter()
            .any(|(_, other)| other.to_lowercase() == wanted)
    });
    named
        .max_by_key(|place| (place.population, std::cmp::Reverse(place.geonames_id)))
        .ok_or_else(|| {
            let called = world
                .places
                .iter()
                .flat_map(|(_, place)| place.names.iter());
            let known = world.places.slugs().chain(called.map(|(_, word)| word));
            Error::unknown("place", name, known)
        })
}

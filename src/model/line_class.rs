//! Lines that a data set classifies in its own words.

use geo::MultiLineString;

use crate::model::Claim;
use crate::model::Id;
use crate::model::Named;
use crate::model::Names;
use crate::model::Pair;
use crate::model::Source;

/// A line of a boundary source, with the classes that it gives the line: its own, and those that it ascribes to states.
///
/// They are kept as claims: the words are the source's, and a class that it ascribes to a state carries that state as its view.
#[derive(Debug, Clone, PartialEq)]
pub struct LineClass {
    /// Slug.
    pub id: String,
    /// The source that draws and classifies it.
    pub source: Id<Source>,
    /// The states on both sides; none for a line within a state.
    pub pair: Option<Pair>,
    /// Names; may be empty.
    pub names: Names,
    /// The line.
    pub lines: MultiLineString,
    /// The classes.
    pub classes: Vec<Claim<String>>,
}

impl Named for LineClass {
    fn slug(&self) -> &str {
        &self.id
    }
}

//! Named chains of links.

use crate::model::Claim;
use crate::model::Code;
use crate::model::Id;
use crate::model::Link;
use crate::model::Named;
use crate::model::Names;
use crate::model::Node;

/// A corridor: a chain of links under the names that its parties use.
#[derive(Debug, Clone)]
pub struct Corridor {
    /// Slug.
    pub id: String,
    /// Names that the parties use.
    pub names: Names,
    /// A letter for tables and maps.
    pub letter: Option<String>,
    /// What it is, in a sentence.
    pub summary: String,
    /// Where it starts.
    pub from: Id<Node>,
    /// Where it ends.
    pub to: Id<Node>,
    /// Its links, each continuing where the one before ended.
    pub links: Vec<Id<Link>>,
    /// Lengths that others publish for the whole.
    pub published_km: Vec<Claim<f64>>,
    /// The states that it is said to avoid.
    pub avoids: Vec<Code>,
    /// What a reader should know.
    pub notes: Vec<String>,
}

impl Named for Corridor {
    fn slug(&self) -> &str {
        &self.id
    }
}

//! Towns and villages.

use geo::Coord;

use crate::model::Code;
use crate::model::Id;
use crate::model::Named;
use crate::model::Names;
use crate::model::Source;

/// A town or village.
#[derive(Debug, Clone)]
pub struct Place {
    /// Slug.
    pub id: String,
    /// Names.
    pub names: Names,
    /// The territory that it lies in.
    pub territory: Code,
    /// Where it is.
    pub at: Coord,
    /// Its number in the GeoNames gazetteer.
    pub geonames_id: Option<u64>,
    /// Inhabitants, as the gazetteer says.
    pub population: Option<u64>,
    /// Where the position comes from.
    pub source: Id<Source>,
}

impl Named for Place {
    fn slug(&self) -> &str {
        &self.id
    }
}

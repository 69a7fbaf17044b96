//! Everything that was loaded.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::error::Result;
use crate::geodesy::projection::Conic;
use crate::model::Accord;
use crate::model::Border;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Coordinates;
use crate::model::Corridor;
use crate::model::Crossing;
use crate::model::Date;
use crate::model::Defaults;
use crate::model::Dispute;
use crate::model::Extent;
use crate::model::Id;
use crate::model::LineClass;
use crate::model::Link;
use crate::model::Names;
use crate::model::Node;
use crate::model::Offsets;
use crate::model::Place;
use crate::model::Published;
use crate::model::Scenario;
use crate::model::Segment;
use crate::model::Source;
use crate::model::Table;

/// All layers, loaded once and never changed: analyses borrow it.
#[derive(Debug, Clone)]
pub struct World {
    /// What the data set says about itself.
    pub meta: Meta,
    /// Data sets and publications.
    pub sources: Table<Source>,
    /// What each boundary source says, in order of the source's id.
    pub boundaries: Vec<Boundary>,
    /// How far the sources' lines lie from each other, as measured.
    pub offsets: Offsets,
    /// Coordinate systems other than WGS 84.
    pub coordinates: Coordinates,
    /// Lines that boundary sources classify in their own words.
    pub line_classes: Table<LineClass>,
    /// Named parts of borders.
    pub segments: Table<Segment>,
    /// Enclaves, contested areas and places.
    pub disputes: Table<Dispute>,
    /// Towns and villages.
    pub places: Table<Place>,
    /// Nodes of the network.
    pub nodes: Table<Node>,
    /// Links of the network.
    pub links: Table<Link>,
    /// Border crossing points.
    pub crossings: Table<Crossing>,
    /// Parameters that no link or crossing states itself; none where the data set has no network.
    pub defaults: Option<Defaults>,
    /// Named chains of links.
    pub corridors: Table<Corridor>,
    /// Scenarios.
    pub scenarios: Table<Scenario>,
    /// Lengths and areas that others publish, in the order of the data.
    pub published: Vec<Published>,
    /// The agreement that the data set is about, if it is about one.
    pub agreement: Option<Accord>,
}

/// What a data set says about itself.
#[derive(Debug, Clone)]
pub struct Meta {
    /// Title.
    pub title: String,
    /// The day that the data speaks for.
    pub as_of: Date,
    /// The boundary source that is used unless another is asked for.
    pub primary_source: Id<Source>,
    /// West, south, east and north limit of the overview map, in degrees.
    pub region: [f64; 4],
    /// The conformal conic projection of the maps.
    pub projection: Conic,
    /// Languages of the labels, alphabetical.
    pub languages: Vec<String>,
    /// Names of the territories.
    pub territories: BTreeMap<Code, Names>,
    /// What every reader of a map or table must be told.
    pub notes: Vec<String>,
}

impl World {
    /// The boundary of the source with this slug, or of the primary source.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if there is no such boundary source.
    pub fn boundary(&self, source: Option<&str>) -> Result<&Boundary> {
        let slug = source.unwrap_or_else(|| &self.sources[self.meta.primary_source].id);
        self.boundaries
            .iter()
            .find(|boundary| self.source_of(boundary).id == slug)
            .ok_or_else(|| {
                let known = self
                    .boundaries
                    .iter()
                    .map(|boundary| self.source_of(boundary).id.as_str());
                Error::Unknown {
                    kind: "boundary source",
                    name: slug.to_owned(),
                    closest: known.map(str::to_owned).collect(),
                }
            })
    }

    /// The named segment with this slug.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if there is no such segment.
    pub fn segment(&self, slug: &str) -> Result<Id<Segment>> {
        let unknown = || Error::unknown("segment", slug, self.segments.slugs());
        self.segments.find(slug).ok_or_else(unknown)
    }

    /// The record of the whole part of a border that a segment is on: itself, if it is one; none for a ring.
    pub fn whole_of(&self, id: Id<Segment>) -> Option<Id<Segment>> {
        let segment = &self.segments[id];
        if matches!(segment.extent, Extent::Ring { .. }) {
            return None;
        }
        let is_whole = |other: &Segment| {
            other.is_whole()
                && other.pair == segment.pair
                && other.subdivision() == segment.subdivision()
        };
        let mut segments = self.segments.iter();
        segments
            .find(|(_, other)| is_whole(other))
            .map(|(id, _)| id)
    }

    /// The source of a boundary.
    pub fn source_of(&self, boundary: &Boundary) -> &Source {
        &self.sources[boundary.source]
    }

    /// What 95 % of the positions of a border are within, on its source: the offset that was measured for that very part
    /// against the primary source, joined in quadrature with that source's own accuracy; else what is stated for the whole source.
    ///
    /// # Units
    ///
    /// Metres; none if the source states no accuracy.
    pub fn accuracy_m(&self, boundary: &Boundary, border: &Border) -> Option<f64> {
        let stated = self.source_of(boundary).accuracy_m;
        let primary = self.meta.primary_source;
        let part = border.part.label();
        let measured = self.offsets.rows.iter().find(|offset| {
            offset.source == boundary.source
                && offset.against == primary
                && offset.pair == border.pair
                && offset.part == part
        });
        match (measured, self.sources[primary].accuracy_m) {
            (Some(offset), Some(of_primary)) => Some(offset.p95_m.hypot(of_primary).round()),
            _ => stated,
        }
    }

    /// The languages of labels.
    pub fn languages(&self) -> Vec<&str> {
        self.meta.languages.iter().map(String::as_str).collect()
    }

    /// The name of a territory: English, else its code.
    pub fn territory_name(&self, code: Code) -> String {
        let names = self.meta.territories.get(&code);
        names.map_or_else(|| code.to_string(), |names| names.english().to_owned())
    }
}

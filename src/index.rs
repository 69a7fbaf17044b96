//! Where is the nearest border, and whose territory is this?
//!
//! *In*: the boundary of one source. *Out*: for a point, the nearest border place with its chainage, and the territories that contain it. Both
//! are built once and asked often.

use geo::BoundingRect;
use geo::Contains;
use geo::Coord;
use geo::Rect;
use geo::algorithm::indexed::IntervalTreeMultiPolygon;

use crate::geodesy::EdgeTree;
use crate::geodesy::Nearest;
use crate::model::Border;
use crate::model::Boundary;
use crate::model::Code;
use crate::units::Length;

/// The borders of one source, for nearest-place queries.
#[derive(Debug)]
pub struct BorderIndex<'w> {
    borders: &'w [Border],
    tree: EdgeTree,
    /// For each line of the tree, its border and piece.
    lines: Vec<(usize, usize)>,
}

/// The border place that is nearest to a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BorderPlace {
    /// Which border, as a number of `Boundary::borders`.
    pub border: usize,
    /// Which piece of it, and which edge of that.
    pub edge: (usize, usize),
    /// Distance along the edge from its start.
    pub along_edge: Length,
    /// The place.
    pub at: Coord,
    /// Geodesic distance from the point.
    pub distance: Length,
}

impl<'w> BorderIndex<'w> {
    /// Indexes all borders of a source.
    pub fn new(boundary: &'w Boundary) -> Self {
        Self::of(&boundary.borders, |_| true)
    }

    /// Indexes those borders for which `wanted` holds.
    pub fn of(borders: &'w [Border], wanted: impl Fn(&Border) -> bool) -> Self {
        let mut lines = Vec::new();
        let mut vertices: Vec<&[Coord]> = Vec::new();
        for (number, border) in borders
            .iter()
            .enumerate()
            .filter(|(_, border)| wanted(border))
        {
            for (piece, line) in border.pieces().iter().enumerate() {
                lines.push((number, piece));
                vertices.push(&line.vertices);
            }
        }
        Self {
            borders,
            tree: EdgeTree::new(vertices),
            lines,
        }
    }

    /// The nearest border place; none if there is no border.
    ///
    /// # Properties
    ///
    /// The same as a scan over all edges with the geodesic metric would find.
    pub fn nearest(&self, point: Coord) -> Option<BorderPlace> {
        Some(self.place(&self.tree.nearest(point)?))
    }

    /// Of every edge that comes within `limit` of a point its nearest place, by border and edge.
    pub fn within(&self, point: Coord, limit: Length) -> Vec<BorderPlace> {
        let found = self.tree.within(point, limit);
        found.iter().map(|near| self.place(near)).collect()
    }

    fn place(&self, found: &Nearest) -> BorderPlace {
        let (border, piece) = self.lines[found.line];
        BorderPlace {
            border,
            edge: (piece, found.edge),
            along_edge: Length::from_m(found.along_m),
            at: found.at,
            distance: found.distance,
        }
    }

    /// The chainage of a place along its border.
    pub fn chainage(&self, place: &BorderPlace) -> Length {
        let (piece, edge) = place.edge;
        let start_m = self.borders[place.border].chainage_m()[piece][edge];
        Length::from_m(start_m) + place.along_edge
    }
}

/// The territories of one source, for containment queries.
#[derive(Debug)]
pub struct TerritoryIndex {
    territories: Vec<Indexed>,
}

struct Indexed {
    code: Code,
    limits: Rect,
    area: IntervalTreeMultiPolygon<f64>,
}

impl std::fmt::Debug for Indexed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Indexed")
            .field("code", &self.code)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl TerritoryIndex {
    /// Indexes all territories of a source.
    pub fn new(boundary: &Boundary) -> Self {
        let indexed = boundary.territories.iter().filter_map(|territory| {
            Some(Indexed {
                code: territory.code,
                limits: territory.area.bounding_rect()?,
                area: IntervalTreeMultiPolygon::new(&territory.area),
            })
        });
        Self {
            territories: indexed.collect(),
        }
    }

    /// The territories that contain a point, in order of their code: several where a source draws an enclave in both.
    pub fn containing(&self, point: Coord) -> impl Iterator<Item = Code> + '_ {
        let holds = move |indexed: &&Indexed| {
            indexed.limits.min().x <= point.x
                && point.x <= indexed.limits.max().x
                && indexed.limits.min().y <= point.y
                && point.y <= indexed.limits.max().y
                && indexed.area.contains(&point)
        };
        self.territories
            .iter()
            .filter(holds)
            .map(|indexed| indexed.code)
    }
}

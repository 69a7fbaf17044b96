//! Whose territory is this?

use std::sync::OnceLock;

use geo::BoundingRect;
use geo::Contains;
use geo::Coord;
use geo::Rect;
use geo::algorithm::indexed::IntervalTreeMultiPolygon;

use crate::index::cells::Cells;
use crate::model::Boundary;
use crate::model::Code;

/// The territories of one source, for containment queries.
#[derive(Debug)]
pub struct TerritoryIndex {
    territories: Vec<Indexed>,
    /// What the points of a cell have in common, if many points are asked about.
    common: Option<Common>,
}

struct Indexed {
    code: Code,
    limits: Rect,
    area: IntervalTreeMultiPolygon<f64>,
}

/// Up to two territories: a source may draw an enclave in both.
pub type Holders = [Option<Code>; 2];

/// Cells of the grid of territories.
const MOST_CELLS: f64 = 262_144.0;

/// Cells through which no outline runs hold the same territories everywhere.
#[derive(Debug)]
struct Common {
    cells: Cells,
    /// Whether an outline may run through a cell.
    is_cut: Vec<bool>,
    /// What was found for a cell that none runs through.
    holders: Vec<OnceLock<Holders>>,
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
            common: None,
        }
    }

    /// The same, made ready for many points: the set-up takes as long as some hundred queries.
    #[must_use]
    pub fn for_many(self, boundary: &Boundary) -> Self {
        Self {
            common: Common::new(boundary),
            ..self
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

    /// The first two territories that contain a point.
    ///
    /// # Properties
    ///
    /// The same as the first two of [`TerritoryIndex::containing`], however many points were asked about before.
    pub fn holders(&self, point: Coord) -> Holders {
        let measured = || {
            let mut holders = self.containing(point);
            [holders.next(), holders.next()]
        };
        let known = self.common.as_ref().and_then(|common| {
            let cell = common.cells.of(point)?;
            (!common.is_cut[cell]).then(|| &common.holders[cell])
        });
        known.map_or_else(measured, |known| *known.get_or_init(measured))
    }
}

impl Common {
    /// Marks the cells that some outline may run through; none without territory.
    fn new(boundary: &Boundary) -> Option<Self> {
        let extents = boundary
            .territories
            .iter()
            .filter_map(|territory| territory.area.bounding_rect());
        let extent = extents.reduce(|one, other| {
            let (a, b) = (one.min(), other.min());
            let (c, d) = (one.max(), other.max());
            Rect::new(
                Coord {
                    x: a.x.min(b.x),
                    y: a.y.min(b.y),
                },
                Coord {
                    x: c.x.max(d.x),
                    y: c.y.max(d.y),
                },
            )
        })?;
        let cells = Cells::over(extent, MOST_CELLS);
        let mut is_cut = vec![false; cells.len()];
        let polygons = boundary
            .territories
            .iter()
            .flat_map(|territory| &territory.area);
        let rings = polygons
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
        for ring in rings {
            for edge in ring.lines() {
                let limits = edge.bounding_rect();
                for cell in cells.meeting(limits.min(), limits.max()) {
                    is_cut[cell] = true;
                }
            }
        }
        Some(Self {
            holders: is_cut.iter().map(|_| OnceLock::new()).collect(),
            is_cut,
            cells,
        })
    }
}

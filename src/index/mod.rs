//! Where is the nearest border, and whose territory is this?
//!
//! *In*: the boundary of one source. *Out*: for a point, the nearest border place with its chainage, and the territories that contain it. Both
//! are built once and asked often; for many points each can remember what neighbouring points have in common, which changes no answer.

mod cells;
mod territories;

use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use geo::BoundingRect;
use geo::Coord;
use geo::LineString;
use geo::Rect;

use crate::geodesy::EdgeTree;
use crate::geodesy::Nearest;
use crate::model::Border;
use crate::model::Boundary;
use crate::units::Length;

use cells::Cells;

pub use territories::Holders;
pub use territories::TerritoryIndex;

/// The borders of one source, for nearest-place queries.
#[derive(Debug)]
pub struct BorderIndex<'w> {
    borders: &'w [Border],
    tree: EdgeTree,
    /// For each line of the tree, its border and piece.
    lines: Vec<(usize, usize)>,
    /// Where to begin the search, if many points are asked about.
    starts: Option<Starts>,
}

/// Points are asked about beside the borders too: so far the grid reaches beyond them.
const BESIDE_DEGREES: f64 = 3.0;

/// Cells to begin in; a number each.
const MOST_STARTS: f64 = 1_048_576.0;

/// For each cell of a grid an edge that was nearest to one of its points: the search for others begins there.
#[derive(Debug)]
struct Starts {
    cells: Cells,
    /// Line and edge in the halves of a number, which is one more; zero where none is known yet.
    edges: Vec<AtomicU64>,
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
            starts: None,
        }
    }

    /// The same, made ready for many points: the set-up takes as long as some hundred queries.
    #[must_use]
    pub fn for_many(self) -> Self {
        let vertices = self
            .borders
            .iter()
            .flat_map(Border::pieces)
            .flat_map(|piece| piece.vertices.iter().copied());
        let extent = vertices.collect::<LineString>().bounding_rect();
        let starts = extent.map(|extent| {
            let margin = Coord {
                x: BESIDE_DEGREES,
                y: BESIDE_DEGREES,
            };
            let extent = Rect::new(extent.min() - margin, extent.max() + margin);
            let cells = Cells::over(extent, MOST_STARTS);
            Starts {
                edges: (0..cells.len()).map(|_| AtomicU64::new(0)).collect(),
                cells,
            }
        });
        Self { starts, ..self }
    }

    /// The nearest border place; none if there is no border.
    ///
    /// # Properties
    ///
    /// The same as a scan over all edges with the geodesic metric would find.
    pub fn nearest(&self, point: Coord) -> Option<BorderPlace> {
        let start = self
            .starts
            .as_ref()
            .and_then(|starts| Some(&starts.edges[starts.cells.of(point)?]));
        let known = start.and_then(|start| unpacked(start.load(Ordering::Relaxed)));
        let found = match known {
            Some(edge) => self.tree.nearest_beginning_at(edge, point),
            None => self.tree.nearest(point),
        }?;
        if let Some(start) = start.filter(|_| known.is_none()) {
            start.store(packed((found.line, found.edge)), Ordering::Relaxed);
        }
        Some(self.place(&found))
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

/// Line and edge as one number above zero.
const fn packed((line, edge): (usize, usize)) -> u64 {
    ((line as u64) << 32 | edge as u64) + 1
}

fn unpacked(start: u64) -> Option<(usize, usize)> {
    let both = start.checked_sub(1)?;
    Some(((both >> 32) as usize, (both & 0xffff_ffff) as usize))
}

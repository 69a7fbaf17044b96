//! The R-tree over geodesic edges; the one home of `rstar`.
//!
//! *In*: lines of vertices. *Out*: the nearest place on any of them, by geodesic distance.
//!
//! Method: the tree proposes, geodesy disposes. Vertices are put into space (see `chord`) and runs of a few
//! neighbouring edges go into the tree as one box. The tree yields runs by chord distance; an upper bound of the geodesic
//! distance of the best edge so far ends the walk, and every edge within the bound is measured exactly. The answer is the
//! same as that of a scan over all edges, which the tests do.
//!
//! # Limits
//!
//! The bound is proven for distances below a quarter of the Earth. Beyond some thousand kilometres it is loose, and a query takes milliseconds. Two equally near places: the one on the earlier line and edge.

mod approach;

use std::cell::Cell;
use std::sync::OnceLock;

use geo::Coord;
use rstar::AABB;
use rstar::PointDistance;
use rstar::RTree;
use rstar::RTreeObject;
use rstar::SelectionFunction;

use crate::geodesy::Edge;
use crate::geodesy::chord;
use crate::geodesy::chord::Point3;
use crate::units::Length;

pub use approach::Approach;

/// Edges per tree entry: longer runs make a smaller tree but looser boxes; 8 was the fastest of 1, 4, 8, 16 on real borders.
const RUN: usize = 8;

/// Metres by which chord and geodesic order may differ beyond the bounds, for rounding in space coordinates.
const SLACK_M: f64 = 1e-3;

/// Cosine of an angle that is obtuse beyond doubt: 91.1 degrees.
const AWAY: f64 = -0.02;

/// Up to this distance chords and geodesics leave a vertex within 0.9 degrees of each other.
const NEAR_M: f64 = 200_000.0;

/// Lines of vertices, indexed for nearest-place queries.
#[derive(Debug, Clone)]
pub struct EdgeTree {
    tree: RTree<Run>,
    lines: Vec<Box<[Coord]>>,
    points: Vec<Box<[Point3]>>,
    /// Edges are measured when first needed: most never are, and those near busy places are needed often.
    edges: Vec<Box<[OnceLock<Edge>]>>,
    /// The most that any of the geodesics can rise above its chord.
    arch_m: f64,
}

/// The nearest place of an [`EdgeTree`] to a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// Which line, in the order given.
    pub line: usize,
    /// Which edge of it.
    pub edge: usize,
    /// The place.
    pub at: Coord,
    /// Metres from the start of the edge.
    pub along_m: f64,
    /// Geodesic distance from the point.
    pub distance: Length,
}

#[derive(Debug, Clone)]
struct Run {
    line: u32,
    first: u32,
    low: Point3,
    high: Point3,
    /// The most that one of its geodesics can rise above its chord, and so out of the box.
    arch_m: f64,
}

/// An edge that may hold the nearest place.
struct Candidate {
    /// Its geodesic distance is not below this.
    at_least_m: f64,
    /// Where on the chord its nearest place is.
    share: f64,
    line: usize,
    edge: usize,
}

impl RTreeObject for Run {
    type Envelope = AABB<Point3>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.low, self.high)
    }
}

impl PointDistance for Run {
    fn distance_2(&self, point: &Point3) -> f64 {
        self.envelope_distance_2(point)
    }
}

impl Run {
    fn envelope_distance_2(&self, point: &Point3) -> f64 {
        let sides = self.low.iter().zip(&self.high).zip(point);
        let gaps = sides.map(|((low, high), at)| (low - at).max(at - high).max(0.0));
        gaps.map(|gap| gap * gap).sum()
    }
}

/// Selects what is within a reach that shrinks while the tree is walked.
struct WithinReach<'r> {
    p: Point3,
    reach_2: &'r Cell<f64>,
}

impl SelectionFunction<Run> for WithinReach<'_> {
    fn should_unpack_parent(&self, envelope: &AABB<Point3>) -> bool {
        envelope.distance_2(&self.p) <= self.reach_2.get()
    }

    fn should_unpack_leaf(&self, run: &Run) -> bool {
        run.envelope_distance_2(&self.p) <= self.reach_2.get()
    }
}

impl EdgeTree {
    /// Indexes `lines`; lines of fewer than two vertices have no edge and are never found.
    pub fn new<L: AsRef<[Coord]>>(lines: impl IntoIterator<Item = L>) -> Self {
        let lines: Vec<Box<[Coord]>> = lines.into_iter().map(|line| line.as_ref().into()).collect();
        let points: Vec<Box<[Point3]>> = lines
            .iter()
            .map(|line| line.iter().map(|&place| chord::point(place)).collect())
            .collect();
        let runs: Vec<Run> = points
            .iter()
            .enumerate()
            .flat_map(|(line, points)| runs_of(line, points))
            .collect();
        let arch_m = runs.iter().map(|run| run.arch_m).fold(0.0, f64::max);
        let edges = lines
            .iter()
            .map(|line| (1..line.len().max(1)).map(|_| OnceLock::new()).collect());
        let edges = edges.collect();
        Self {
            edges,
            tree: RTree::bulk_load(runs),
            lines,
            points,
            arch_m,
        }
    }

    /// Whether there is no edge.
    pub fn is_empty(&self) -> bool {
        self.tree.size() == 0
    }

    /// The nearest place to `point`; none in an empty tree.
    ///
    /// # Properties
    ///
    /// Equal to the least over all edges of [`Edge::nearest`].
    pub fn nearest(&self, point: Coord) -> Option<Nearest> {
        self.nearest_within(point, Length::from_m(f64::INFINITY))
    }

    /// The nearest place to `point` if it is within `limit`: faster than [`EdgeTree::nearest`] where most points are far.
    pub fn nearest_within(&self, point: Coord, limit: Length) -> Option<Nearest> {
        let p = chord::point(point);
        let mut near: Vec<Candidate> = Vec::with_capacity(4 * RUN);
        let mut bound = limit.m() + SLACK_M;
        for (run, box_2) in self.tree.nearest_neighbor_iter_with_distance_2(&p) {
            if box_2 > (reach_m(bound) + self.arch_m).powi(2) {
                break;
            }
            self.edges_within(run, p, &mut bound, &mut near);
        }
        self.nearest_of(near, point, limit)
    }

    /// The nearest place to `point`, sought from an edge that is thought to be near: much faster than [`EdgeTree::nearest`] where it is.
    ///
    /// # Properties
    ///
    /// The same as [`EdgeTree::nearest`], whatever the edge, within the limits of this module.
    pub fn nearest_beginning_at(
        &self,
        (line, edge): (usize, usize),
        point: Coord,
    ) -> Option<Nearest> {
        let p = chord::point(point);
        let ends = &self.points[line][edge..edge + 2];
        let (square, _) = chord::to_segment(p, ends[0], ends[1]);
        let arch_m = chord::sagitta_m(chord::square(ends[0], ends[1]).sqrt());
        let mut bound = chord::geodesic_at_most(square.sqrt() + arch_m) + SLACK_M;
        let reach_2 = Cell::new((reach_m(bound) + self.arch_m).powi(2));
        let within = WithinReach {
            p,
            reach_2: &reach_2,
        };
        let mut near: Vec<Candidate> = Vec::with_capacity(4 * RUN);
        for run in self.tree.locate_with_selection_function(within) {
            self.edges_within(run, p, &mut bound, &mut near);
            reach_2.set((reach_m(bound) + self.arch_m).powi(2));
        }
        self.nearest_of(near, point, Length::from_m(f64::INFINITY))
    }

    /// Of every edge that comes within `limit` of `point` its nearest place, by line and edge.
    ///
    /// # Properties
    ///
    /// The same as a scan over all edges finds.
    pub fn within(&self, point: Coord, limit: Length) -> Vec<Nearest> {
        let p = chord::point(point);
        let mut found = Vec::new();
        for (run, box_2) in self.tree.nearest_neighbor_iter_with_distance_2(&p) {
            if box_2 > (limit.m() + SLACK_M + self.arch_m).powi(2) {
                break;
            }
            let line = run.line as usize;
            let (reach_m, points) = (limit.m() + SLACK_M + run.arch_m, &self.points[line]);
            for edge in self.edges_of(run) {
                let (square, share) = chord::to_segment(p, points[edge], points[edge + 1]);
                if square > reach_m * reach_m {
                    continue;
                }
                let foot = self.edge(line, edge).nearest_from(point, share);
                found.push(Nearest {
                    line,
                    edge,
                    at: foot.at,
                    along_m: foot.along_m,
                    distance: foot.distance,
                });
            }
        }
        found.retain(|near| near.distance <= limit);
        found.sort_unstable_by_key(|near| (near.line, near.edge));
        found
    }

    /// Measures candidates exactly, in the order of what they promise, until none can be nearer than the best.
    fn nearest_of(&self, mut near: Vec<Candidate>, point: Coord, limit: Length) -> Option<Nearest> {
        near.sort_unstable_by(|a, b| a.at_least_m.total_cmp(&b.at_least_m));
        let p = chord::point(point);
        let mut best: Option<Nearest> = None;
        // Two edges meet at most vertices: what was measured to a vertex is not measured again.
        let mut measured: Option<(usize, usize, Length)> = None;
        for candidate in near {
            let least = best.map_or(limit, |found| found.distance);
            if candidate.at_least_m > least.m() + SLACK_M {
                break;
            }
            let Candidate {
                line, edge, share, ..
            } = candidate;
            let found = if let Some(vertex) = self.leads_away(&candidate, p) {
                let known = measured.filter(|&(on, at, _)| (on, at) == (line, vertex));
                let at = self.lines[line][vertex];
                let distance =
                    known.map_or_else(|| super::distance(at, point), |(.., known)| known);
                measured = Some((line, vertex, distance));
                let is_start = vertex == edge;
                let along_m = if is_start {
                    0.0
                } else {
                    self.edge(line, edge).length().m()
                };
                Nearest {
                    line,
                    edge,
                    at,
                    along_m,
                    distance,
                }
            } else {
                let foot = self.edge(line, edge).nearest_from(point, share);
                Nearest {
                    line,
                    edge,
                    at: foot.at,
                    along_m: foot.along_m,
                    distance: foot.distance,
                }
            };
            let is_nearer = best.is_none_or(|best| order(&found) < order(&best));
            if found.distance <= limit && is_nearer {
                best = Some(found);
            }
        }
        best
    }

    /// The vertex of a candidate from which the edge leads away from the point: then it is the edge's nearest place.
    ///
    /// Chords leave a vertex in nearly the direction of their geodesics, up to half the arc they span; [`AWAY`] is well beyond that
    /// for points within [`NEAR_M`].
    fn leads_away(&self, candidate: &Candidate, p: Point3) -> Option<usize> {
        let (vertex, other) = match candidate.share {
            0.0 => (candidate.edge, candidate.edge + 1),
            1.0 => (candidate.edge + 1, candidate.edge),
            _ => return None,
        };
        let points = &self.points[candidate.line];
        let cosine = chord::cosine(points[vertex], p, points[other], NEAR_M)?;
        (cosine < AWAY).then_some(vertex)
    }

    /// Notes the edges of `run` that may be within `bound`, and lowers it.
    fn edges_within(&self, run: &Run, p: Point3, bound: &mut f64, near: &mut Vec<Candidate>) {
        let line = run.line as usize;
        let points = &self.points[line];
        for edge in self.edges_of(run) {
            let (square, share) = chord::to_segment(p, points[edge], points[edge + 1]);
            // The edge is a geodesic: it may arch away from its chord, or towards the point.
            let reach_m = reach_m(*bound) + run.arch_m;
            if square > reach_m * reach_m {
                continue;
            }
            let chord_m = square.sqrt();
            let arch_m = chord::sagitta_m(chord::square(points[edge], points[edge + 1]).sqrt());
            let at_least_m = chord::geodesic_at_least(chord_m - arch_m);
            near.push(Candidate {
                at_least_m,
                share,
                line,
                edge,
            });
            *bound = bound.min(chord::geodesic_at_most(chord_m + arch_m) + SLACK_M);
        }
    }

    fn edges_of(&self, run: &Run) -> std::ops::Range<usize> {
        let first = run.first as usize;
        first..(first + RUN).min(self.lines[run.line as usize].len() - 1)
    }

    /// One edge of one line.
    pub(super) fn edge(&self, line: usize, edge: usize) -> &Edge {
        let ends = &self.lines[line][edge..edge + 2];
        self.edges[line][edge].get_or_init(|| Edge::new(ends[0], ends[1]))
    }
}

/// The chord that no geodesic within `bound_m` exceeds. Near by the geodesic itself is as good, and costs nothing.
fn reach_m(bound_m: f64) -> f64 {
    if bound_m < NEAR_M {
        bound_m
    } else {
        chord::chord_at_most(bound_m) + SLACK_M
    }
}

fn order(nearest: &Nearest) -> (f64, usize, usize) {
    (nearest.distance.m(), nearest.line, nearest.edge)
}

fn runs_of(line: usize, points: &[Point3]) -> impl Iterator<Item = Run> + '_ {
    let edges = points.len().saturating_sub(1);
    (0..edges).step_by(RUN).filter_map(move |first| {
        let vertices = &points[first..=(first + RUN).min(edges)];
        let corner = |f: fn(f64, f64) -> f64, start: f64| {
            vertices.iter().fold([start; 3], |c, v| {
                [f(c[0], v[0]), f(c[1], v[1]), f(c[2], v[2])]
            })
        };
        let longest = vertices
            .windows(2)
            .map(|edge| chord::square(edge[0], edge[1]))
            .fold(0.0, f64::max);
        Some(Run {
            arch_m: chord::sagitta_m(longest.sqrt()),
            line: u32::try_from(line).ok()?,
            first: u32::try_from(first).ok()?,
            low: corner(f64::min, f64::INFINITY),
            high: corner(f64::max, f64::NEG_INFINITY),
        })
    })
}

#[cfg(test)]
mod tests;

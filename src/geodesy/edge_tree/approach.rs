//! Where a whole line comes closest to the indexed ones.

use geo::Coord;
use rstar::AABB;

use crate::geodesy;
use crate::geodesy::Edge;
use crate::geodesy::EdgeTree;
use crate::geodesy::Nearest;
use crate::geodesy::chord;
use crate::geodesy::edge_tree::SLACK_M;
use crate::units::Length;

/// Where a line comes closest to an [`EdgeTree`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Approach {
    /// Geodesic distance: zero where they cross.
    pub distance: Length,
    /// The place on the line asked about.
    pub on_line: Coord,
    /// The place on the indexed lines.
    pub at: Coord,
    /// Which indexed line.
    pub line: usize,
    /// Which edge of it.
    pub edge: usize,
}

impl EdgeTree {
    /// Where `line` comes closest; none if either has no edge.
    ///
    /// Edges that cross in longitude and latitude have distance zero; two edges that do not cross are closest at an end of one of them.
    pub fn nearest_to_line(&self, line: &[Coord]) -> Option<Approach> {
        let mut best: Option<Approach> = None;
        // The distance of the vertex before, less the way since: what the next vertex can be at best.
        let mut at_least_m = 0.0;
        for (i, &vertex) in line.iter().enumerate() {
            let reach_m = line
                .get(i + 1)
                .map_or(0.0, |&next| geodesy::distance(vertex, next).m());
            let limit = best.map_or(f64::INFINITY, |found| found.distance.m());
            if at_least_m - reach_m > limit {
                at_least_m -= reach_m;
                continue;
            }
            let near = self.nearest(vertex)?;
            at_least_m = near.distance.m() - reach_m;
            consider(&mut best, approach_from(vertex, &near));
            let limit = best.map_or(f64::INFINITY, |found| found.distance.m());
            if let Some(&next) = line.get(i + 1)
                && near.distance.m() - reach_m <= limit
            {
                self.approach_of_edge(vertex, next, limit, &mut best);
            }
        }
        best
    }

    /// Tries the indexed vertices near the inside of the edge from `a` to `b`, and crossings with it.
    fn approach_of_edge(&self, a: Coord, b: Coord, limit_m: f64, best: &mut Option<Approach>) {
        let (pa, pb) = (chord::point(a), chord::point(b));
        let length_m = chord::square(pa, pb).sqrt();
        let grow = limit_m + chord::sagitta_m(length_m) + self.arch_m + SLACK_M;
        let corner = |f: fn(f64, f64) -> f64, by: f64| {
            [
                f(pa[0], pb[0]) + by,
                f(pa[1], pb[1]) + by,
                f(pa[2], pb[2]) + by,
            ]
        };
        let window = AABB::from_corners(corner(f64::min, -grow), corner(f64::max, grow));
        let own = Edge::new(a, b);
        for run in self.tree.locate_in_envelope_intersecting(&window) {
            let line = run.line as usize;
            for edge in self.edges_of(run) {
                let (c, d) = (self.lines[line][edge], self.lines[line][edge + 1]);
                if let Some(at) = crossing([a, b], [c, d]) {
                    consider(
                        best,
                        Approach {
                            distance: Length::ZERO,
                            on_line: at,
                            at,
                            line,
                            edge,
                        },
                    );
                }
                for (vertex, place) in [(edge, c), (edge + 1, d)] {
                    let (square, share) = chord::to_segment(self.points[line][vertex], pa, pb);
                    if square.sqrt() <= grow {
                        let foot = own.nearest_from(place, share);
                        consider(
                            best,
                            Approach {
                                distance: foot.distance,
                                on_line: foot.at,
                                at: place,
                                line,
                                edge,
                            },
                        );
                    }
                }
            }
        }
    }
}

fn approach_from(vertex: Coord, near: &Nearest) -> Approach {
    Approach {
        distance: near.distance,
        on_line: vertex,
        at: near.at,
        line: near.line,
        edge: near.edge,
    }
}

fn consider(best: &mut Option<Approach>, candidate: Approach) {
    if best.is_none_or(|found| candidate.distance < found.distance) {
        *best = Some(candidate);
    }
}

/// Where two straight lines cross in longitude and latitude.
fn crossing(one: [Coord; 2], other: [Coord; 2]) -> Option<Coord> {
    let cross = |one: Coord, other: Coord| one.x * other.y - one.y * other.x;
    let (way, across) = (one[1] - one[0], other[1] - other[0]);
    let between = other[0] - one[0];
    let area = cross(way, across);
    if area == 0.0 {
        return None;
    }
    let (along, beside) = (cross(between, across) / area, cross(between, way) / area);
    let inside = |share: f64| (0.0..=1.0).contains(&share);
    (inside(along) && inside(beside)).then(|| one[0] + way * along)
}

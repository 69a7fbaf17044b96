//! Banks: outlines that no other territory shares, and which bank faces which.

use geo::Coord;

use crate::dataset::topology::FACING_M;
use crate::dataset::topology::runs::Place;
use crate::dataset::topology::runs::Ring;
use crate::geodesy::EdgeTree;
use crate::units::Length;

/// The unshared outlines of each territory, indexed.
pub(super) struct Banks {
    by_territory: Vec<Bank>,
}

struct Bank {
    tree: EdgeTree,
    /// Which place each line of the tree belongs to, and its number of edges.
    lines: Vec<(Place, usize)>,
    limits: Limits,
}

/// The place on a far bank that a vertex faces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Far {
    pub(super) place: Place,
    pub(super) at: Coord,
}

impl Banks {
    pub(super) fn new(
        rings: &[Ring<'_>],
        shared: &[Vec<Option<Place>>],
        territories: usize,
    ) -> Self {
        let bank = |territory: usize| {
            let own = rings
                .iter()
                .zip(shared)
                .filter(|(ring, _)| ring.place.territory == territory);
            let lines: Vec<(Place, Vec<Coord>)> = own
                .flat_map(|(ring, shared)| {
                    unshared(&ring.line.0, shared)
                        .into_iter()
                        .map(|line| (ring.place, line))
                })
                .collect();
            Bank {
                limits: Limits::of(lines.iter().flat_map(|(_, line)| line)),
                lines: lines
                    .iter()
                    .map(|(place, line)| (*place, line.len() - 1))
                    .collect(),
                tree: EdgeTree::new(lines.iter().map(|(_, line)| line)),
            }
        };
        Self {
            by_territory: (0..territories).map(bank).collect(),
        }
    }

    /// For each vertex of `ring` that is on no shared edge, the nearest far bank within [`FACING_M`].
    pub(super) fn far_vertices(
        &self,
        ring: &Ring<'_>,
        shared: &[Option<Place>],
    ) -> Vec<Option<Far>> {
        let vertices = &ring.line.0;
        let edges = shared.len();
        let bare = |vertex: usize| {
            shared[vertex % edges].is_none() && shared[(vertex + edges - 1) % edges].is_none()
        };
        let mut far: Vec<Option<Far>> = vertices
            .iter()
            .enumerate()
            .map(|(i, &vertex)| {
                if bare(i) {
                    self.far(ring.place, vertex)
                } else {
                    None
                }
            })
            .collect();
        join_ends(ring, shared, &mut far);
        far
    }

    fn far(&self, own: Place, vertex: Coord) -> Option<Far> {
        let mut best: Option<(f64, Far)> = None;
        for (territory, bank) in self.by_territory.iter().enumerate() {
            if territory == own.territory || !bank.limits.reach(vertex) {
                continue;
            }
            let limit = best.map_or(FACING_M, |(least, _)| least);
            let Some(near) = bank.tree.nearest_within(vertex, Length::from_m(limit)) else {
                continue;
            };
            let metres = near.distance.m();
            if best.is_none_or(|(least, _)| metres < least) {
                let (place, edges) = bank.lines[near.line];
                // The end of a bank is where a coast begins: what is nearest to it is not opposite.
                if !is_end(near.edge, near.along_m, edges) {
                    best = Some((metres, Far { place, at: near.at }));
                }
            }
        }
        best.map(|(_, far)| far)
    }
}

/// A shared vertex at the end of a river reach lies on both banks at once.
fn join_ends(ring: &Ring<'_>, shared: &[Option<Place>], far: &mut [Option<Far>]) {
    let edges = shared.len();
    let seen: Vec<Option<Far>> = far.to_vec();
    let touches = |vertex: usize, place: Place| {
        [vertex % edges, (vertex + edges - 1) % edges]
            .iter()
            .any(|&edge| shared[edge] == Some(place))
    };
    for edge in (0..edges).filter(|&edge| shared[edge].is_none()) {
        for (end, inner) in [(edge, edge + 1), (edge + 1, edge)] {
            if let (None, Some(neighbour)) = (seen[end], seen[inner])
                && touches(end, neighbour.place)
            {
                far[end] = Some(Far {
                    place: neighbour.place,
                    at: ring.line.0[end],
                });
            }
        }
    }
}

fn is_end(edge: usize, along_m: f64, edges: usize) -> bool {
    (edge == 0 && along_m <= 0.0) || edge >= edges
}

/// The stretches of a ring that nobody shares.
fn unshared(vertices: &[Coord], shared: &[Option<Place>]) -> Vec<Vec<Coord>> {
    let count = shared.len();
    let Some(seam) = (0..count).find(|&edge| shared[edge].is_some()) else {
        return vec![vertices.to_vec()];
    };
    let mut lines: Vec<Vec<Coord>> = Vec::new();
    let mut open = false;
    for edge in (1..=count).map(|step| (seam + step) % count) {
        if shared[edge].is_some() {
            open = false;
            continue;
        }
        match lines.last_mut() {
            Some(line) if open => line.push(vertices[edge + 1]),
            _ => lines.push(vec![vertices[edge], vertices[edge + 1]]),
        }
        open = true;
    }
    lines
}

/// West, south, east and north limits of a bank, grown by [`FACING_M`].
struct Limits {
    low: Coord,
    high: Coord,
}

/// Metres of one degree of latitude, rounded down: makes limits a little too wide, never too narrow.
const DEGREE_M: f64 = 110_000.0;

impl Limits {
    fn of<'a>(vertices: impl Iterator<Item = &'a Coord>) -> Self {
        let start = (
            Coord {
                x: f64::MAX,
                y: f64::MAX,
            },
            Coord {
                x: f64::MIN,
                y: f64::MIN,
            },
        );
        let (low, high) = vertices.fold(start, |(low, high), v| {
            (
                Coord {
                    x: low.x.min(v.x),
                    y: low.y.min(v.y),
                },
                Coord {
                    x: high.x.max(v.x),
                    y: high.y.max(v.y),
                },
            )
        });
        let grow = FACING_M / DEGREE_M;
        let widest = high.y.abs().max(low.y.abs()).min(89.0).to_radians().cos();
        let by = Coord {
            x: grow / widest,
            y: grow,
        };
        Self {
            low: low - by,
            high: high + by,
        }
    }

    fn reach(&self, place: Coord) -> bool {
        (self.low.x..=self.high.x).contains(&place.x)
            && (self.low.y..=self.high.y).contains(&place.y)
    }
}

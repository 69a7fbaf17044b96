//! Runs: stretches of a ring along which one other territory lies on the far side.

use geo::Coord;
use geo::LineString;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::dataset::topology::facing::Banks;
use crate::model::Territory;

/// A ring of a polygon of a territory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) territory: usize,
    pub(super) polygon: usize,
}

/// A stretch of border as the first of the two territories draws it.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) own: Place,
    pub(super) other: Place,
    pub(super) vertices: Vec<Coord>,
    /// For each edge, whether both sides draw it with the same vertices.
    pub(super) exact: Vec<bool>,
}

impl Run {
    /// Whether both sides draw all of it with the same vertices.
    pub(super) fn is_exact(&self) -> bool {
        self.exact.iter().all(|&exact| exact)
    }
}

/// A ring with its place.
pub(super) struct Ring<'a> {
    pub(super) place: Place,
    pub(super) line: &'a LineString,
}

/// What lies on the far side of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Nobody, or a coast.
    Nobody,
    /// Another territory that draws the same edge.
    Shared(Place),
    /// Another territory whose bank is near.
    Facing(Place),
}

impl Side {
    pub(super) const fn place(self) -> Option<Place> {
        match self {
            Self::Nobody => None,
            Self::Shared(place) | Self::Facing(place) => Some(place),
        }
    }
}

/// All runs, each once: drawn by the territory that comes first by code.
pub(super) fn runs(territories: &[Territory]) -> Vec<Run> {
    let rings = rings(territories);
    let shared = shared_edges(&rings);
    let banks = Banks::new(&rings, &shared, territories.len());
    let runs: Vec<Vec<Run>> = rings
        .par_iter()
        .zip(&shared)
        .map(|(ring, shared)| runs_of_ring(ring, shared, &banks))
        .collect();
    runs.into_iter().flatten().collect()
}

/// All rings, in order of territory, polygon and ring.
pub(super) fn rings(territories: &[Territory]) -> Vec<Ring<'_>> {
    let mut rings = Vec::new();
    for (territory, record) in territories.iter().enumerate() {
        for (polygon, shape) in record.area.iter().enumerate() {
            let place = Place { territory, polygon };
            rings.push(Ring {
                place,
                line: shape.exterior(),
            });
            rings.extend(shape.interiors().iter().map(|line| Ring { place, line }));
        }
    }
    rings
}

/// For each edge of each ring, the place of another territory that draws the same edge.
fn shared_edges(rings: &[Ring<'_>]) -> Vec<Vec<Option<Place>>> {
    let edges: usize = rings.iter().map(|ring| ring.line.0.len()).sum();
    // The keys are coordinates: a quick hash will do.
    let mut owners: FxHashMap<[u64; 4], [Option<Place>; 2]> =
        FxHashMap::with_capacity_and_hasher(edges, rustc_hash::FxBuildHasher);
    for ring in rings {
        for edge in ring.line.0.windows(2) {
            let entry = owners.entry(key(edge[0], edge[1])).or_default();
            match entry {
                [None, _] => entry[0] = Some(ring.place),
                [Some(first), None] if first.territory != ring.place.territory => {
                    entry[1] = Some(ring.place);
                }
                _ => {}
            }
        }
    }
    let other = |place: Place, edge: &[Coord]| {
        let owners = owners.get(&key(edge[0], edge[1]))?;
        owners
            .iter()
            .flatten()
            .find(|owner| owner.territory != place.territory)
            .copied()
    };
    rings
        .iter()
        .map(|ring| {
            ring.line
                .0
                .windows(2)
                .map(|edge| other(ring.place, edge))
                .collect()
        })
        .collect()
}

/// The same for an edge and its reverse.
fn key(a: Coord, b: Coord) -> [u64; 4] {
    let bits = |c: Coord| [c.x.to_bits(), c.y.to_bits()];
    let (a, b) = (bits(a), bits(b));
    let (low, high) = if a <= b { (a, b) } else { (b, a) };
    [low[0], low[1], high[0], high[1]]
}

fn runs_of_ring(ring: &Ring<'_>, shared: &[Option<Place>], banks: &Banks) -> Vec<Run> {
    let far = banks.far_vertices(ring, shared);
    let sides: Vec<Side> = (0..shared.len())
        .map(|edge| match (shared[edge], far[edge], far[edge + 1]) {
            (Some(place), _, _) => Side::Shared(place),
            (None, Some(a), Some(b)) if a.place == b.place => Side::Facing(a.place),
            _ => Side::Nobody,
        })
        .collect();
    let half_way = |vertex: usize| {
        far[vertex].map_or(ring.line.0[vertex], |found| {
            (ring.line.0[vertex] + found.at) / 2.0
        })
    };
    split(&sides)
        .into_iter()
        .filter_map(|(other, edges)| {
            // Each pair is walked once, along the territory that comes first.
            (ring.place.territory < other.territory).then(|| {
                let vertices = edges.iter().map(|&edge| half_way(edge));
                let last = edges.last().map(|&edge| half_way(edge + 1));
                let exact = edges
                    .iter()
                    .map(|&edge| matches!(sides[edge], Side::Shared(_)));
                Run {
                    own: ring.place,
                    other,
                    exact: exact.collect(),
                    vertices: vertices.chain(last).collect(),
                }
            })
        })
        .collect()
}

/// Maximal runs of edges with the same far side; a run over the ring's seam is one.
fn split(sides: &[Side]) -> Vec<(Place, Vec<usize>)> {
    let count = sides.len();
    let place = |edge: usize| sides[edge].place();
    let seam = (0..count)
        .find(|&edge| place(edge) != place((edge + count - 1) % count))
        .unwrap_or(0);
    let mut runs: Vec<(Place, Vec<usize>)> = Vec::new();
    let mut before: Option<Place> = None;
    for edge in (0..count).map(|step| (seam + step) % count) {
        if let Some(other) = place(edge) {
            match runs.last_mut() {
                Some((_, edges)) if before == Some(other) => edges.push(edge),
                _ => runs.push((other, vec![edge])),
            }
        }
        before = place(edge);
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::Place;
    use super::Side;
    use super::split;

    #[test]
    fn a_run_over_the_seam_of_a_ring_is_one() {
        let a = Place {
            territory: 1,
            polygon: 0,
        };
        let b = Place {
            territory: 2,
            polygon: 0,
        };
        let sides = [
            Side::Shared(a),
            Side::Shared(b),
            Side::Nobody,
            Side::Facing(a),
            Side::Shared(a),
        ];
        assert_eq!(split(&sides), vec![(b, vec![1]), (a, vec![3, 4, 0])]);
    }

    #[test]
    fn a_ring_with_one_neighbour_is_one_closed_run() {
        let a = Place {
            territory: 1,
            polygon: 0,
        };
        assert_eq!(split(&[Side::Shared(a); 3]), vec![(a, vec![0, 1, 2])]);
        assert_eq!(split(&[Side::Nobody; 3]), vec![]);
    }
}

//! Fewer vertices, without a visible difference and without tearing neighbours apart.
//!
//! Lines are thinned after Douglas and Peucker. Areas are first cut into arcs at the vertices where the neighbours
//! change; both neighbours then thin the same arc in the same direction, so their shared border stays shared.

use std::collections::HashMap;

use geo::Coord;

/// `line` with only those vertices that keep it within `tolerance` of where it was. The ends stay.
///
/// # Properties
///
/// A line and its reverse keep the same vertices.
///
/// # References
///
/// D. H. Douglas and T. K. Peucker (1973), *Algorithms for the reduction of the number of points required to represent
/// a digitized line*, Cartographica 10, 112–122.
pub fn line(line: &[Coord], tolerance: f64) -> Vec<Coord> {
    if line.len() < 3 {
        return line.to_vec();
    }
    // Of two vertices equally far off, the first counts: the direction must not depend on the reader's side.
    if key(line[line.len() - 1]) < key(line[0]) {
        let reversed: Vec<Coord> = line.iter().rev().copied().collect();
        let mut kept = thinned(&reversed, tolerance);
        kept.reverse();
        return kept;
    }
    thinned(line, tolerance)
}

fn thinned(line: &[Coord], tolerance: f64) -> Vec<Coord> {
    let last = line.len() - 1;
    let mut keep = vec![false; line.len()];
    keep[0] = true;
    keep[last] = true;
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let mut farthest = (tolerance, None);
        for between in from + 1..to {
            let distance = distance(line[between], line[from], line[to]);
            if distance > farthest.0 {
                farthest = (distance, Some(between));
            }
        }
        if let (_, Some(at)) = farthest {
            keep[at] = true;
            open.push((from, at));
            open.push((at, to));
        }
    }
    line.iter()
        .zip(keep)
        .filter(|(_, keep)| *keep)
        .map(|(&point, _)| point)
        .collect()
}

/// From a point to the line segment between two others.
fn distance(point: Coord, from: Coord, to: Coord) -> f64 {
    let (along, off) = (to - from, point - from);
    let length = along.x * along.x + along.y * along.y;
    let share = if length > 0.0 {
        (off.x * along.x + off.y * along.y) / length
    } else {
        0.0
    };
    let nearest = along * share.clamp(0.0, 1.0);
    (off.x - nearest.x).hypot(off.y - nearest.y)
}

/// Closed rings, thinned together.
///
/// # Properties
///
/// - Where two rings shared a chain of vertices, they share what is left of it.
/// - A ring that shrinks to less than a triangle is given back empty, in its place.
pub fn rings(rings: &[Vec<Coord>], tolerance: f64) -> Vec<Vec<Coord>> {
    let junctions = junctions(rings);
    rings
        .iter()
        .map(|ring| thinned_ring(ring, &junctions, tolerance))
        .collect()
}

type Key = (u64, u64);

/// A total order of points, and their identity.
fn key(point: Coord) -> Key {
    // Adding zero turns minus zero into zero.
    ((point.x + 0.0).to_bits(), (point.y + 0.0).to_bits())
}

/// For each vertex, its neighbours along the rings: two of them, or a junction.
fn junctions(rings: &[Vec<Coord>]) -> HashMap<Key, Neighbours> {
    let mut found: HashMap<Key, Neighbours> = HashMap::new();
    for ring in rings {
        let open = &ring[..ring.len().saturating_sub(1)];
        for (place, &point) in open.iter().enumerate() {
            let before = key(open[(place + open.len() - 1) % open.len()]);
            let after = key(open[(place + 1) % open.len()]);
            let pair = if before < after {
                (before, after)
            } else {
                (after, before)
            };
            found
                .entry(key(point))
                .and_modify(|known| known.meet(pair))
                .or_insert(Neighbours::Between(pair.0, pair.1));
        }
    }
    found
}

#[derive(Clone, Copy)]
enum Neighbours {
    Between(Key, Key),
    Junction,
}

impl Neighbours {
    fn meet(&mut self, pair: (Key, Key)) {
        if let Self::Between(a, b) = *self
            && (a, b) != pair
        {
            *self = Self::Junction;
        }
    }
}

fn thinned_ring(
    ring: &[Coord],
    junctions: &HashMap<Key, Neighbours>,
    tolerance: f64,
) -> Vec<Coord> {
    let open = &ring[..ring.len().saturating_sub(1)];
    if open.len() < 3 {
        return Vec::new();
    }
    let is_junction =
        |point: Coord| matches!(junctions.get(&key(point)), Some(Neighbours::Junction));
    let mut cuts: Vec<usize> = (0..open.len())
        .filter(|&place| is_junction(open[place]))
        .collect();
    if cuts.is_empty() {
        cuts.push(
            (0..open.len())
                .min_by_key(|&place| key(open[place]))
                .unwrap_or(0),
        );
    }
    if cuts.len() == 1 {
        cuts.push(farthest_from(open, cuts[0]));
        cuts.sort_unstable();
    }
    let mut kept: Vec<Coord> = Vec::new();
    for (place, &from) in cuts.iter().enumerate() {
        let to = cuts.get(place + 1).copied().unwrap_or(cuts[0] + open.len());
        let arc: Vec<Coord> = (from..=to).map(|step| open[step % open.len()]).collect();
        let thin = line(&arc, tolerance);
        kept.extend_from_slice(&thin[..thin.len() - 1]);
    }
    if kept.len() < 3 {
        return Vec::new();
    }
    kept.push(kept[0]);
    kept
}

/// The vertex farthest from that at `start`; of equally far ones that with the least key, whatever the direction.
fn farthest_from(open: &[Coord], start: usize) -> usize {
    let squared = |place: usize| {
        let off = open[place] - open[start];
        off.x * off.x + off.y * off.y
    };
    (0..open.len())
        .max_by(|&a, &b| {
            squared(a)
                .total_cmp(&squared(b))
                .then_with(|| key(open[b]).cmp(&key(open[a])))
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use geo::Coord;

    use super::key;
    use super::line;
    use super::rings;

    fn at(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    /// A wiggly line from (0, 0) to (100, 0).
    fn wiggle() -> Vec<Coord> {
        (0..=200)
            .map(|i| f64::from(i) / 2.0)
            .map(|x| at(x, (x * 1.7).sin() * (x / 9.0).cos() * 2.0))
            .collect()
    }

    #[test]
    fn thinning_keeps_the_ends_and_drops_what_cannot_be_seen() {
        let thin = line(&wiggle(), 0.5);
        assert!(thin.len() < 120 && thin.len() > 10, "{}", thin.len());
        assert_eq!(
            (thin[0], thin[thin.len() - 1]),
            (wiggle()[0], wiggle()[200])
        );
        assert_eq!(
            line(&[at(0.0, 0.0), at(1.0, 0.1), at(2.0, 0.0)], 0.2).len(),
            2
        );
    }

    #[test]
    fn a_line_and_its_reverse_keep_the_same_vertices() {
        let mut backwards = wiggle();
        backwards.reverse();
        let mut thin = line(&backwards, 0.5);
        thin.reverse();
        assert_eq!(thin, line(&wiggle(), 0.5));
    }

    #[test]
    fn neighbours_still_share_their_border() {
        let shared = wiggle();
        let mut above = shared.clone();
        above.extend([at(100.0, 50.0), at(0.0, 50.0), at(0.0, 0.0)]);
        let mut below: Vec<Coord> = shared.iter().rev().copied().collect();
        below.extend([at(0.0, -50.0), at(100.0, -50.0), shared[200]]);
        let thin = rings(&[above, below], 0.5);
        let inner = |ring: &[Coord]| -> HashSet<_> {
            ring.iter()
                .filter(|point| point.y.abs() < 10.0)
                .map(|&point| key(point))
                .collect()
        };
        assert!(inner(&thin[0]).len() > 10);
        assert_eq!(inner(&thin[0]), inner(&thin[1]));
    }

    #[test]
    fn an_enclave_and_its_hole_stay_alike() {
        let circle: Vec<Coord> = (0..=360)
            .map(|degree| f64::from(degree % 360).to_radians())
            .map(|angle| at(angle.cos() * 40.0, angle.sin() * 40.0))
            .collect();
        let hole: Vec<Coord> = circle[100..360]
            .iter()
            .chain(&circle[..=100])
            .rev()
            .copied()
            .collect();
        let thin = rings(&[circle, hole], 0.5);
        let vertices =
            |ring: &[Coord]| -> HashSet<_> { ring.iter().map(|&point| key(point)).collect() };
        assert!(vertices(&thin[0]).len() < 40);
        assert_eq!(vertices(&thin[0]), vertices(&thin[1]));
    }
}

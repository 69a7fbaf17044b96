//! Stretches of one border, put in the order in which they follow each other.
//!
//! *In*: stretches as rings gave them, some of them banks of islets, in any order. *Out*: pieces. The order is that of
//! the ring with most edges of the border; stretches of other rings are put where they lengthen the way least.

use geo::Coord;

use crate::dataset::topology::runs::Run;
use crate::geodesy;
use crate::model::Piece;

/// A stretch of border.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    pub(super) vertices: Vec<Coord>,
    exact: Vec<bool>,
}

impl Stretch {
    fn of(run: &Run) -> Self {
        Self {
            vertices: run.vertices.clone(),
            exact: run.exact.clone(),
        }
    }

    pub(super) fn reverse(&mut self) {
        self.vertices.reverse();
        self.exact.reverse();
    }

    fn first(&self) -> Coord {
        self.vertices[0]
    }

    fn last(&self) -> Coord {
        self.vertices[self.vertices.len() - 1]
    }
}

/// The stretches of `runs` in order; those that meet are one.
pub(super) fn in_order(runs: &[Run]) -> Vec<Stretch> {
    let mut by_ring: Vec<(crate::dataset::topology::runs::Place, Vec<Stretch>)> = Vec::new();
    for run in runs {
        let stretch = Stretch::of(run);
        match by_ring.iter_mut().find(|(own, _)| *own == run.own) {
            Some((_, stretches)) => stretches.push(stretch),
            None => by_ring.push((run.own, vec![stretch])),
        }
    }
    let edges = |stretches: &[Stretch]| {
        stretches
            .iter()
            .map(|stretch| stretch.exact.len())
            .sum::<usize>()
    };
    by_ring.sort_by(|(a_ring, a), (b_ring, b)| edges(b).cmp(&edges(a)).then(a_ring.cmp(b_ring)));
    let mut rings = by_ring.into_iter().map(|(_, stretches)| stretches);
    let mut ordered = from_widest_gap(rings.next().unwrap_or_default());
    for stretch in rings.flatten() {
        insert(&mut ordered, stretch);
    }
    joined(ordered)
}

/// The stretches of a ring, starting behind the widest gap.
fn from_widest_gap(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    let count = stretches.len();
    let gap =
        |i: usize| geodesy::distance(stretches[i].last(), stretches[(i + 1) % count].first()).m();
    let widest = (0..count).max_by(|&a, &b| gap(a).total_cmp(&gap(b)));
    stretches.rotate_left(widest.map_or(0, |widest| (widest + 1) % count));
    stretches
}

/// Puts `stretch` where, and in the direction in which, it lengthens the way least.
fn insert(ordered: &mut Vec<Stretch>, mut stretch: Stretch) {
    let between = |a: Option<Coord>, b: Option<Coord>| match (a, b) {
        (Some(a), Some(b)) => geodesy::distance(a, b).m(),
        _ => 0.0,
    };
    let (first, last) = (Some(stretch.first()), Some(stretch.last()));
    let mut best: Option<(f64, usize, bool)> = None;
    for place in 0..=ordered.len() {
        let before = place.checked_sub(1).map(|i| ordered[i].last());
        let after = ordered.get(place).map(Stretch::first);
        let direct = between(before, after);
        for (backwards, start, end) in [(false, first, last), (true, last, first)] {
            let longer = between(before, start) + between(end, after) - direct;
            if best.is_none_or(|(least, ..)| longer < least) {
                best = Some((longer, place, backwards));
            }
        }
    }
    if let Some((_, place, backwards)) = best {
        if backwards {
            stretch.reverse();
        }
        ordered.insert(place, stretch);
    }
}

fn joined(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut joined: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        match joined.last_mut() {
            Some(before) if before.last() == stretch.first() => {
                before.vertices.extend_from_slice(&stretch.vertices[1..]);
                before.exact.extend(stretch.exact);
            }
            _ => joined.push(stretch),
        }
    }
    joined
}

/// Stretches as pieces.
pub(super) fn pieces(stretches: Vec<Stretch>) -> Vec<Piece> {
    let piece = |stretch: Stretch| Piece {
        vertices: stretch.vertices,
        exact: stretch.exact,
    };
    stretches.into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::Stretch;
    use super::insert;
    use super::joined;

    fn stretch(xs: &[f64]) -> Stretch {
        Stretch {
            vertices: xs.iter().map(|&x| Coord { x, y: 40.0 }).collect(),
            exact: vec![true; xs.len() - 1],
        }
    }

    fn ends(stretches: &[Stretch]) -> Vec<(f64, f64)> {
        stretches
            .iter()
            .map(|stretch| (stretch.first().x, stretch.last().x))
            .collect()
    }

    #[test]
    fn the_bank_of_an_islet_goes_where_it_fits_in_the_direction_that_fits() {
        let mut ordered = vec![stretch(&[45.0, 45.1]), stretch(&[45.3, 45.4])];
        insert(&mut ordered, stretch(&[45.25, 45.15]));
        insert(&mut ordered, stretch(&[44.8, 44.9]));
        assert_eq!(
            ends(&ordered),
            [(44.8, 44.9), (45.0, 45.1), (45.15, 45.25), (45.3, 45.4)]
        );
    }

    #[test]
    fn stretches_that_meet_become_one() {
        let pieces = joined(vec![
            stretch(&[45.0, 45.1]),
            stretch(&[45.1, 45.2]),
            stretch(&[45.3, 45.4]),
        ]);
        assert_eq!(ends(&pieces), [(45.0, 45.2), (45.3, 45.4)]);
        assert_eq!(pieces[0].exact.len(), 2);
    }
}

//! Walking dividers along a line: its length as a ruler of a given size finds it.
//!
//! *In*: a line of vertices. *Out*: how many full steps of the ruler lead from its start to its end, and what is left.
//!
//! Method: from the place reached, the next place is where the line first leaves the geodesic circle of the ruler's size. A disc that
//! small is convex, so the line leaves it on the edge to the first vertex outside. Chords in space decide that for almost all
//! vertices, the geodesic for the few in doubt; on the edge the place is found by Newton steps on the geodesic distance.
//!
//! # References
//!
//! L. F. Richardson (1961), *The problem of contiguity: an appendix to Statistics of Deadly Quarrels*, General Systems Yearbook 6,
//! 139–187. B. B. Mandelbrot (1967), *How long is the coast of Britain? Statistical self-similarity and fractional dimension*, Science
//! 156, 636–638.

use geo::Coord;

use crate::geodesy::Edge;
use crate::geodesy::chord;
use crate::geodesy::chord::Point3;
use crate::geodesy::distance;
use crate::geodesy::inverse;
use crate::units::Length;

/// A place counts as on the circle when it is this near to it, in metres.
const CLOSE_M: f64 = 1e-5;

/// More rounds than any crossing was seen to need; halving alone reaches a millionth of an edge in twenty.
const ROUNDS: usize = 60;

/// A line to walk dividers along, with any ruler.
#[derive(Debug)]
pub struct Dividers<'l> {
    vertices: &'l [Coord],
    points: Vec<Point3>,
}

/// What one ruler finds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Walk {
    /// Full steps of the ruler.
    pub steps: usize,
    /// From the last place reached to the end of the line.
    pub rest: Length,
    /// The length found: the steps and the rest.
    pub length: Length,
}

/// A place of the line that a divider stands on.
#[derive(Clone, Copy)]
struct Stand {
    at: Coord,
    point: Point3,
}

impl<'l> Dividers<'l> {
    /// Dividers for a line of vertices.
    pub fn new(vertices: &'l [Coord]) -> Self {
        let points = vertices.iter().map(|vertex| chord::point(*vertex));
        Self {
            vertices,
            points: points.collect(),
        }
    }

    /// Walks the line with a ruler.
    ///
    /// # Properties
    ///
    /// - The length is never above the geodesic length of the line, and comes to it as the ruler gets shorter.
    /// - On a single geodesic every ruler finds its length.
    ///
    /// # Example
    ///
    /// ```
    /// use araxes::geodesy::Dividers;
    /// use araxes::units::Length;
    /// use geo::coord;
    ///
    /// // There and back again: a ruler longer than the way out sees none of it.
    /// let line = [coord! { x: 45.0, y: 40.0 }, coord! { x: 45.1, y: 40.0 }, coord! { x: 45.0, y: 40.0 }];
    /// let walk = Dividers::new(&line).walk(Length::from_km(50.0));
    /// assert_eq!((walk.steps, walk.length.m()), (0, 0.0));
    /// ```
    pub fn walk(&self, ruler: Length) -> Walk {
        let (Some(&first), Some(&last)) = (self.vertices.first(), self.vertices.last()) else {
            return Walk::of(0, ruler, Length::ZERO);
        };
        let mut stand = Stand {
            at: first,
            point: self.points[0],
        };
        let (mut steps, mut next) = (0, 1);
        let within = Within::new(ruler);
        while ruler.m() > 0.0
            && let Some(reached) = self.step(&stand, &mut next, &within)
        {
            stand = reached;
            steps += 1;
        }
        Walk::of(steps, ruler, distance(stand.at, last))
    }

    /// The place one ruler from `stand`, which lies on the edge to vertex `next`; that vertex moves on to the one behind the place reached.
    fn step(&self, stand: &Stand, next: &mut usize, within: &Within) -> Option<Stand> {
        let first_after = *next;
        while *next < self.vertices.len()
            && within.holds(stand, self.vertices[*next], self.points[*next])
        {
            *next += 1;
        }
        let beyond = *self.vertices.get(*next)?;
        let ruler = Length::from_m(within.ruler_m);
        let at = if *next == first_after {
            // The circle is left on the edge that the divider stands on: the place is one ruler further along it.
            Edge::new(stand.at, beyond).at(ruler.m())
        } else {
            self.crossing(stand, *next, ruler)
        };
        Some(Stand {
            at,
            point: chord::point(at),
        })
    }

    /// Where the edge that ends at vertex `next` leaves the circle around `stand`; it starts inside.
    fn crossing(&self, stand: &Stand, next: usize, ruler: Length) -> Coord {
        let edge = Edge::new(self.vertices[next - 1], self.vertices[next]);
        let reach = chord::chord_at_most(ruler.m());
        let share =
            chord::leaves_ball(stand.point, self.points[next - 1], self.points[next], reach);
        let (mut low_m, mut high_m) = (0.0, edge.length().m());
        let mut along_m = share * high_m;
        for _ in 0..ROUNDS {
            let (at, heading) = edge.place(along_m);
            // The azimuth at the place looks back at the divider: moving away from it means moving against that.
            let (found_m, back) = inverse(at, stand.at);
            let short_m = ruler.m() - found_m;
            if short_m.abs() < CLOSE_M {
                break;
            }
            if short_m > 0.0 {
                low_m = along_m;
            } else {
                high_m = along_m;
            }
            let slope = -(back - heading).to_radians().cos();
            let newton_m = along_m + short_m / slope;
            along_m = if newton_m > low_m && newton_m < high_m {
                newton_m
            } else {
                f64::midpoint(low_m, high_m)
            };
        }
        edge.at(along_m)
    }
}

impl Walk {
    fn of(steps: usize, ruler: Length, rest: Length) -> Self {
        Self {
            steps,
            rest,
            length: Length::from_m(steps as f64 * ruler.m()) + rest,
        }
    }
}

/// Whether a vertex is nearer than the ruler.
struct Within {
    ruler_m: f64,
    surely_in: f64,
    surely_out: f64,
}

impl Within {
    fn new(ruler: Length) -> Self {
        let square = |chord_m: f64| chord_m * chord_m;
        Self {
            ruler_m: ruler.m(),
            surely_in: square(chord::chord_at_least(ruler.m())),
            surely_out: square(chord::chord_at_most(ruler.m())),
        }
    }

    fn holds(&self, stand: &Stand, vertex: Coord, point: Point3) -> bool {
        let square = chord::square(stand.point, point);
        if square < self.surely_in {
            return true;
        }
        square <= self.surely_out && distance(stand.at, vertex).m() < self.ruler_m
    }
}

#[cfg(test)]
mod tests {
    use geo::Coord;
    use geo::coord;
    use proptest::prelude::*;

    use super::Dividers;
    use super::Stand;
    use super::Within;
    use crate::geodesy::Edge;
    use crate::geodesy::distance;
    use crate::geodesy::length_of;
    use crate::units::Length;

    /// A coastline of proptest's making: up to forty vertices, each within a few kilometres of the one before.
    fn lines() -> impl Strategy<Value = Vec<Coord>> {
        let start = (-180.0..180.0_f64, -70.0..70.0_f64);
        let moves = proptest::collection::vec((-0.05..0.05_f64, -0.05..0.05_f64), 1..40);
        (start, moves).prop_map(|((lon, lat), moves)| {
            let mut line = vec![coord! { x: lon, y: lat }];
            for (dx, dy) in moves {
                let last = line[line.len() - 1];
                line.push(coord! { x: last.x + dx, y: last.y + dy });
            }
            line
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn no_ruler_finds_more_than_the_length_and_a_short_one_finds_it(line in lines(), ruler_m in 200.0..30_000.0_f64) {
            let dividers = Dividers::new(&line);
            let length_m = length_of(&line).m();
            let found = dividers.walk(Length::from_m(ruler_m));
            prop_assert!(found.length.m() <= length_m + 1e-3);
            prop_assert!(found.length.m() >= distance(line[0], line[line.len() - 1]).m() - 1e-3);
            prop_assert!(found.rest.m() < ruler_m);
            let short = dividers.walk(Length::from_m(1.0)).length.m();
            prop_assert!((short - length_m).abs() < 1e-3 * length_m + 1.0 * line.len() as f64, "{short} {length_m}");
        }

        #[test]
        fn a_straight_line_has_its_length_for_every_ruler(
            lon in -180.0..180.0_f64, lat in -80.0..80.0_f64, azimuth in 0.0..360.0_f64, km in 1.0..400.0_f64, ruler_m in 50.0..90_000.0_f64,
        ) {
            let start = coord! { x: lon, y: lat };
            let (end, _) = crate::geodesy::direct(start, azimuth, km * 1000.0);
            let (middle, _) = crate::geodesy::direct(start, azimuth, km * 300.0);
            let found = Dividers::new(&[start, middle, end]).walk(Length::from_m(ruler_m));
            prop_assert!((found.length.km() - km).abs() < 1e-6 * km, "{found:?}");
        }

        #[test]
        fn each_step_ends_where_the_line_first_is_a_ruler_away(line in lines(), ruler_m in 300.0..20_000.0_f64) {
            let dividers = Dividers::new(&line);
            let within = Within::new(Length::from_m(ruler_m));
            let mut stand = Stand { at: line[0], point: dividers.points[0] };
            let mut next = 1;
            loop {
                let before = next;
                let reached = dividers.step(&stand, &mut next, &within);
                let mut passed = vec![stand.at];
                passed.extend_from_slice(&line[before..next]);
                passed.extend(reached.map(|reached| reached.at));
                for ends in passed.windows(2) {
                    let edge = Edge::new(ends[0], ends[1]);
                    for share in 0..=8 {
                        let place = edge.at(edge.length().m() * f64::from(share) / 8.0);
                        prop_assert!(distance(stand.at, place).m() <= ruler_m + 1e-3);
                    }
                }
                let Some(reached) = reached else { break };
                prop_assert!((distance(stand.at, reached.at).m() - ruler_m).abs() < 1e-3);
                stand = reached;
            }
        }
    }

    /// Replaces each edge by four of a third of its length with a triangle in the middle, `depth` times.
    fn koch(depth: usize) -> Vec<Coord> {
        // Near the equator, with degrees scaled to metres, so that the figure keeps its angles.
        let mut line = vec![(0.0, 0.0), (81_000.0, 0.0)];
        for _ in 0..depth {
            let mut finer = vec![line[0]];
            for ends in line.windows(2) {
                let ((ax, ay), (bx, by)) = (ends[0], ends[1]);
                let (dx, dy) = ((bx - ax) / 3.0, (by - ay) / 3.0);
                let height = 3_f64.sqrt() / 2.0;
                finer.push((ax + dx, ay + dy));
                finer.push((ax + 1.5 * dx - height * dy, ay + 1.5 * dy + height * dx));
                finer.push((ax + 2.0 * dx, ay + 2.0 * dy));
                finer.push((bx, by));
            }
            line = finer;
        }
        let place = |(x, y): (f64, f64)| coord! { x: x / 111_319.491, y: y / 110_574.3 };
        line.into_iter().map(place).collect()
    }

    #[test]
    fn a_koch_curve_has_its_known_dimension() {
        let curve = koch(7);
        let dividers = Dividers::new(&curve);
        let points: Vec<(f64, f64)> = (0..20)
            .map(|step| {
                let ruler_m = 200.0 * 40_f64.powf(f64::from(step) / 19.0);
                let found = dividers.walk(Length::from_m(ruler_m)).length;
                (ruler_m.ln(), found.m().ln())
            })
            .collect();
        let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / 20.0;
        let (mean_x, mean_y) = (mean(|point| point.0), mean(|point| point.1));
        let across = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y));
        let along = points.iter().map(|(x, _)| (x - mean_x).powi(2));
        let dimension = 1.0 - across.sum::<f64>() / along.sum::<f64>();
        // Dividers find a little less than the similarity dimension: where they land is chance, and the rest at the end is straight.
        let known = 4_f64.ln() / 3_f64.ln();
        assert!((dimension - known).abs() < 0.03, "{dimension}");
    }
}

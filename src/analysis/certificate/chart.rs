//! A flat chart of longitude and latitude, on which everything is at most as far apart as on the ellipsoid.
//!
//! Degrees of longitude count as short as they are at the end towards the pole, and all is taken a little shorter still:
//! what is far apart on the chart is far apart on the ground, and the geodesic needs to decide only about the rest.

use geo::Coord;

use crate::geodesy::Edge;

/// Metres per degree of a meridian, rounded down everywhere on the ellipsoid.
const METRES_PER_DEGREE: f64 = 110_500.0;

/// The longest degree of a meridian or parallel on the ellipsoid, in metres.
const METRES_PER_DEGREE_AT_MOST: f64 = 111_700.0;

/// Takes off what a straight line on the chart may be too long by: the chart is flat, the Earth is not.
const CAUTION: f64 = 0.98;

/// Edges are charted in pieces no longer than this.
const PIECE_M: f64 = 5_000.0;

/// Metres by which the geodesics of two such pieces may come closer than their chords on the chart: 5 km rise less than
/// half a metre above the chord below 70 degrees of latitude, where E-W lines bend most.
const BEND_M: f64 = 3.0;

/// A line of short edges and the box around it.
#[derive(Debug, Clone)]
pub(super) struct Charted {
    /// The vertices of the line, and places between those that are far apart.
    pub(super) places: Vec<Coord>,
    around: DegreeBox,
}

/// How far two lines are at least apart, and which piece of the first one that is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap {
    /// Metres.
    pub(super) m: f64,
    /// The piece, counted from 0.
    pub(super) piece: usize,
}

/// A box of longitude and latitude in degrees.
#[derive(Debug, Clone, Copy)]
struct DegreeBox {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
    /// How much shorter a degree of longitude is than one of latitude, at the end towards the pole.
    shrink: f64,
}

impl Charted {
    /// Charts `line`.
    pub(super) fn new(line: &[Coord]) -> Self {
        let places = places_along(line, PIECE_M);
        let around = DegreeBox::around(&places);
        Self { places, around }
    }

    /// Metres by which anything on one line is at least away from anything on the other, by their boxes.
    pub(super) fn box_gap_m(&self, other: &Self) -> f64 {
        self.around.gap_m(&other.around)
    }

    /// Lowers `gap` to the one between the lines, if that is smaller.
    pub(super) fn close(&self, other: &Self, gap: &mut Gap) {
        for (number, piece) in self.places.windows(2).enumerate() {
            let own = DegreeBox::around(piece);
            if own.gap_m(&other.around) >= gap.m {
                continue;
            }
            let metres = METRES_PER_DEGREE * CAUTION;
            let shrink = own.shrink.min(other.around.shrink);
            for edge in other.places.windows(2) {
                if own.furthest_axis(edge) * shrink * metres - BEND_M >= gap.m {
                    continue;
                }
                let apart_m = (segments_apart(piece, edge, shrink) * metres - BEND_M).max(0.0);
                if apart_m < gap.m {
                    *gap = Gap {
                        m: apart_m,
                        piece: number,
                    };
                }
            }
        }
    }
}

impl Gap {
    /// No gap known yet.
    pub(super) const UNKNOWN: Self = Self {
        m: f64::INFINITY,
        piece: 0,
    };
}

impl DegreeBox {
    fn around(line: &[Coord]) -> Self {
        let (mut west, mut south) = (f64::INFINITY, f64::INFINITY);
        let (mut east, mut north) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for place in line {
            (west, east) = (west.min(place.x), east.max(place.x));
            (south, north) = (south.min(place.y), north.max(place.y));
        }
        let shrink = north.abs().max(south.abs()).min(90.0).to_radians().cos();
        Self {
            west,
            south,
            east,
            north,
            shrink,
        }
    }

    /// Degrees by which an edge is outside on the axis where it is furthest; not more than its distance in degrees.
    fn furthest_axis(&self, edge: &[Coord]) -> f64 {
        let (from, to) = (edge[0], edge[1]);
        let east = (self.west - from.x.max(to.x)).max(from.x.min(to.x) - self.east);
        let north = (self.south - from.y.max(to.y)).max(from.y.min(to.y) - self.north);
        east.max(north)
    }

    fn gap_m(&self, other: &Self) -> f64 {
        let gap = |low: f64, high: f64| (high - low).max(0.0);
        let east = gap(self.east, other.west) + gap(other.east, self.west);
        let north = gap(self.north, other.south) + gap(other.north, self.south);
        let east = east * self.shrink.min(other.shrink);
        let gap_m = (east * east + north * north).sqrt() * METRES_PER_DEGREE * CAUTION;
        (gap_m - BEND_M).max(0.0)
    }
}

/// Distance of two segments in degrees of latitude: zero where they cross.
fn segments_apart(one: &[Coord], other: &[Coord], shrink: f64) -> f64 {
    let origin = one[0];
    let flat = |place: Coord| Coord {
        x: (place.x - origin.x) * shrink,
        y: place.y - origin.y,
    };
    let (a, b, c, d) = (flat(one[0]), flat(one[1]), flat(other[0]), flat(other[1]));
    let side = |from: Coord, to: Coord, place: Coord| {
        (to.x - from.x) * (place.y - from.y) - (to.y - from.y) * (place.x - from.x)
    };
    if side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0 {
        return 0.0;
    }
    let square = square_to_segment(a, c, d)
        .min(square_to_segment(b, c, d))
        .min(square_to_segment(c, a, b))
        .min(square_to_segment(d, a, b));
    square.sqrt()
}

fn square_to_segment(place: Coord, from: Coord, to: Coord) -> f64 {
    let (way, gap) = (to - from, place - from);
    let square = way.x * way.x + way.y * way.y;
    let share = if square > 0.0 {
        (way.x * gap.x + way.y * gap.y) / square
    } else {
        0.0
    };
    let rest = gap - way * share.clamp(0.0, 1.0);
    rest.x * rest.x + rest.y * rest.y
}

/// The vertices of a line, and so many places on its geodesics that none is further than `step_m` from the next.
pub(super) fn places_along(line: &[Coord], step_m: f64) -> Vec<Coord> {
    let mut places = Vec::with_capacity(line.len());
    for ends in line.windows(2) {
        let degrees = (ends[1].x - ends[0].x).abs() + (ends[1].y - ends[0].y).abs();
        if degrees * METRES_PER_DEGREE_AT_MOST <= step_m {
            places.push(ends[0]);
            continue;
        }
        let edge = Edge::new(ends[0], ends[1]);
        let parts = (edge.length().m() / step_m).ceil().max(1.0);
        let mut part = 0.0;
        while part < parts {
            places.push(edge.at(edge.length().m() * part / parts));
            part += 1.0;
        }
    }
    places.extend(line.last());
    places
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::Charted;
    use super::Gap;
    use crate::geodesy::EdgeTree;

    #[test]
    fn lines_are_never_further_apart_on_the_chart_than_on_the_ellipsoid() {
        for case in 0..400_i32 {
            let at = |east: f64, north: f64, turn: f64| {
                let step = f64::from(case) * turn;
                Coord {
                    x: 40.0 + (step * 0.37 + east) % 6.0,
                    y: 36.0 + (step * 0.61 + north) % 6.0,
                }
            };
            let (a, b) = (at(0.0, 0.0, 1.0), at(0.3, 0.1, 1.0));
            let (c, d) = (at(1.0, 0.5, 1.7), at(1.1, 0.7, 1.7));
            let (one, other) = (Charted::new(&[a, b]), Charted::new(&[c, d]));
            let exact = EdgeTree::new([&other.places])
                .nearest_to_line(&one.places)
                .expect("edges")
                .distance
                .m();
            let mut gap = Gap::UNKNOWN;
            one.close(&other, &mut gap);
            let (boxes, lines) = (one.box_gap_m(&other), gap.m);
            assert!(
                boxes <= lines + 1e-6 && lines <= exact,
                "case {case}: {boxes} {lines} {exact}"
            );
            assert!(
                lines >= 0.85 * exact - 10.0,
                "case {case}: {lines} is no use for {exact}"
            );
        }
    }
}

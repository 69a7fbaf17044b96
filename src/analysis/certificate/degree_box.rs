//! Boxes of longitude and latitude, and how far apart what lies in them is at least.

use geo::Coord;

/// Metres per degree of a meridian, rounded down everywhere on the ellipsoid.
const METRES_PER_DEGREE: f64 = 110_500.0;

/// Takes off what the straight measure in degrees may be too long by: the chart is flat, the Earth is not.
const CAUTION: f64 = 0.98;

/// A box of longitude and latitude in degrees around geodesic edges.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DegreeBox {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
    /// How much shorter a degree of longitude is than one of latitude, at the box's end towards the pole.
    shrink: f64,
}

impl DegreeBox {
    /// The box around `line`, with room for geodesics that bulge towards the pole between their ends.
    pub(crate) fn around(line: &[Coord]) -> Self {
        let (mut west, mut south) = (f64::INFINITY, f64::INFINITY);
        let (mut east, mut north) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for place in line {
            (west, east) = (west.min(place.x), east.max(place.x));
            (south, north) = (south.min(place.y), north.max(place.y));
        }
        // A great circle over w radians of longitude rises at most w²/16 above the parallel of its ends.
        let width = (east - west).max(0.0).to_radians();
        let bulge = (width * width / 16.0).to_degrees();
        (south, north) = (south - bulge, north + bulge);
        let shrink = north.abs().max(south.abs()).min(90.0).to_radians().cos();
        Self {
            west,
            south,
            east,
            north,
            shrink,
        }
    }

    /// Metres by which anything in this box is at least away from anything in the other.
    pub(crate) fn at_least_m(&self, other: &Self) -> f64 {
        let gap = |low: f64, high: f64| (high - low).max(0.0);
        let east = gap(self.east, other.west) + gap(other.east, self.west);
        let north = gap(self.north, other.south) + gap(other.north, self.south);
        if east == 0.0 && north == 0.0 {
            return 0.0;
        }
        let (east, north) = (east * self.shrink.min(other.shrink), north);
        (east * east + north * north).sqrt() * METRES_PER_DEGREE * CAUTION
    }
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::DegreeBox;
    use crate::geodesy;

    #[test]
    fn boxes_are_never_further_apart_than_what_is_in_them() {
        for step in 0..400_i32 {
            let step = f64::from(step);
            let near = Coord {
                x: 40.0 + (step * 0.37) % 3.0,
                y: 36.0 + (step * 0.61) % 5.0,
            };
            let far = Coord {
                x: 44.0 + (step * 0.53) % 9.0,
                y: 37.0 + (step * 0.29) % 9.0,
            };
            let bound = DegreeBox::around(&[near]).at_least_m(&DegreeBox::around(&[far]));
            let exact = geodesy::distance(near, far).m();
            assert!(
                bound <= exact && bound > 0.9 * exact,
                "{near:?} {far:?}: {bound} {exact}"
            );
        }
    }
}

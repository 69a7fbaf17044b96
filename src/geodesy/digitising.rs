//! What the straight edges of a digitised line may leave out.
//!
//! Where a smooth line of radius R is drawn by vertices a spacing s apart, it strays s²/8R from the edge between two of them, and each vertex
//! stands (2s)²/8R above the chord of its two neighbours: four times as much. So a quarter of the heights of a line's own vertices is an estimate of
//! what it leaves out, made from the line alone. It says nothing of bends that no vertex marks.

use geo::Coord;

use crate::geodesy::chord;
use crate::units::Length;

/// 95 % of the places of a line are drawn to within this, as far as its own vertices tell; zero for lines without inner vertices.
///
/// # Properties
///
/// Reversing a line changes nothing; drawing an arc with twice as many vertices leaves a quarter.
pub fn digitising<'l>(lines: impl Iterator<Item = &'l [Coord]>) -> Length {
    let mut heights: Vec<f64> = lines.flat_map(heights).collect();
    heights.sort_unstable_by(f64::total_cmp);
    // The least height that at least 95 % do not exceed.
    let rank = (heights.len() * 95).div_ceil(100);
    let height_m = heights.get(rank.saturating_sub(1));
    Length::from_m(height_m.copied().unwrap_or_default() / 4.0)
}

/// How far each inner vertex stands above the chord of its neighbours, in metres.
fn heights(line: &[Coord]) -> Vec<f64> {
    let points: Vec<_> = line.iter().map(|&place| chord::point(place)).collect();
    let height = |three: &[chord::Point3]| chord::to_segment(three[1], three[0], three[2]).0.sqrt();
    points.windows(3).map(height).collect()
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::digitising;
    use crate::geodesy::direct;

    /// A circle of 5 km radius, by so many vertices.
    fn circle(vertices: u32) -> Vec<Coord> {
        let centre = Coord { x: 45.0, y: 40.0 };
        let azimuth = |k: u32| 360.0 * f64::from(k) / f64::from(vertices);
        (0..=vertices)
            .map(|k| direct(centre, azimuth(k), 5_000.0).0)
            .collect()
    }

    #[test]
    fn the_estimate_for_a_circle_is_the_sagitta_of_its_edges() {
        for vertices in [36_u32, 72, 144] {
            let circle = circle(vertices);
            let found = digitising(std::iter::once(circle.as_slice())).m();
            let half_angle = std::f64::consts::PI / f64::from(vertices);
            let sagitta = 5_000.0 * (1.0 - half_angle.cos());
            assert!(
                (found - sagitta).abs() < 0.01 * sagitta,
                "{vertices}: {found} {sagitta}"
            );
        }
    }

    #[test]
    fn a_line_without_inner_vertices_leaves_out_nothing_that_it_could_tell() {
        let line = [Coord { x: 45.0, y: 40.0 }, Coord { x: 45.1, y: 40.0 }];
        assert!(digitising(std::iter::once(line.as_slice())).m().abs() < 1e-12);
        assert!(digitising(std::iter::empty()).m().abs() < 1e-12);
    }
}

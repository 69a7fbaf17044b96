//! Lines side by side: the same path, shifted to one side.

use geo::Coord;

/// How much further than the shift a corner may reach.
const MITRE: f64 = 1.6;

/// `path`, shifted to its right (as seen on a page, where `y` runs down) by `by` page units.
///
/// # Properties
///
/// Straight stretches keep exactly that distance; sharp corners are cut so that no spike stands out.
pub fn shifted(path: &[Coord], by: f64) -> Vec<Coord> {
    if by == 0.0 {
        return path.to_vec();
    }
    let mut points = path.to_vec();
    points.dedup();
    let normals: Vec<Coord> = points
        .windows(2)
        .map(|edge| normal(edge[0], edge[1]))
        .collect();
    let Some(&last) = normals.last() else {
        return path.to_vec();
    };
    let corner = |place: usize| {
        let before = normals[place.saturating_sub(1)];
        let after = normals.get(place).copied().unwrap_or(last);
        let sum = before + after;
        let length = sum.x.hypot(sum.y);
        if length < 1e-9 {
            return after;
        }
        // The mitre: the bisector, longer by the half angle's cosine.
        sum / length * (2.0 / length).min(MITRE)
    };
    points
        .iter()
        .enumerate()
        .map(|(place, &point)| point + corner(place) * by)
        .collect()
}

fn normal(from: Coord, to: Coord) -> Coord {
    let along = to - from;
    let length = along.x.hypot(along.y);
    Coord {
        x: -along.y / length,
        y: along.x / length,
    }
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::shifted;

    fn at(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    #[test]
    fn a_line_to_the_east_moves_down_the_page() {
        let moved = shifted(&[at(0.0, 0.0), at(10.0, 0.0)], 2.0);
        assert_eq!(moved, [at(0.0, 2.0), at(10.0, 2.0)]);
    }

    #[test]
    fn a_right_angle_keeps_its_distance_on_both_sides() {
        let moved = shifted(&[at(0.0, 0.0), at(10.0, 0.0), at(10.0, 10.0)], 1.0);
        let corner = moved[1];
        assert!(
            (corner.x - 9.0).abs() < 1e-9 && (corner.y - 1.0).abs() < 1e-9,
            "{corner:?}"
        );
    }

    #[test]
    fn a_turn_back_makes_no_spike() {
        let moved = shifted(&[at(0.0, 0.0), at(10.0, 0.0), at(0.0, 0.1)], 3.0);
        assert!(moved.iter().all(|point| point.x < 16.0), "{moved:?}");
    }
}

//! The tree held against a scan over all edges.

use geo::Coord;
use geo::coord;
use proptest::prelude::*;

use super::EdgeTree;
use crate::geodesy::Edge;
use crate::units::Length;

fn scan(lines: &[Vec<Coord>], point: Coord) -> f64 {
    lines
        .iter()
        .flat_map(|line| line.windows(2))
        .map(|edge| Edge::new(edge[0], edge[1]).nearest(point).distance.m())
        .fold(f64::INFINITY, f64::min)
}

fn line(lon: f64, lat: f64, steps: &[(f64, f64)]) -> Vec<Coord> {
    let mut at = coord! { x: lon, y: lat };
    let mut line = vec![at];
    for &(dx, dy) in steps {
        at = coord! { x: at.x + dx, y: at.y + dy };
        line.push(at);
    }
    line
}

prop_compose! {
    fn a_line()(
        lon in 44.0..48.0_f64, lat in 37.0..43.0_f64,
        steps in prop::collection::vec((-0.3..0.3_f64, -0.3..0.3_f64), 1..40),
    ) -> Vec<Coord> { line(lon, lat, &steps) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_nearest_place_is_that_of_a_linear_scan(
        lines in prop::collection::vec(a_line(), 1..4),
        lon in 42.0..50.0_f64, lat in 35.0..45.0_f64,
    ) {
        let point = coord! { x: lon, y: lat };
        let found = EdgeTree::new(&lines).nearest(point).expect("there are edges");
        prop_assert!((found.distance.m() - scan(&lines, point)).abs() < 1e-6);
    }

    #[test]
    fn the_places_within_a_limit_are_those_of_a_linear_scan(
        lines in prop::collection::vec(a_line(), 1..4),
        lon in 44.0..48.0_f64, lat in 37.0..43.0_f64, limit_km in 1.0..300.0_f64,
    ) {
        let (point, limit) = (coord! { x: lon, y: lat }, Length::from_km(limit_km));
        let found = EdgeTree::new(&lines).within(point, limit);
        let found: Vec<(usize, usize)> = found.iter().map(|near| (near.line, near.edge)).collect();
        let mut scanned = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            for (edge, ends) in line.windows(2).enumerate() {
                if Edge::new(ends[0], ends[1]).nearest(point).distance <= limit {
                    scanned.push((number, edge));
                }
            }
        }
        prop_assert_eq!(found, scanned);
    }

    #[test]
    fn the_closest_approach_is_never_above_that_of_dense_points(
        lines in prop::collection::vec(a_line(), 1..3),
        walk in a_line(),
    ) {
        let tree = EdgeTree::new(&lines);
        let found = tree.nearest_to_line(&walk).expect("there are edges").distance.m();
        let mut dense = f64::INFINITY;
        for edge in walk.windows(2) {
            for step in 0..=20 {
                let share = f64::from(step) / 20.0;
                let along = Edge::new(edge[0], edge[1]);
                dense = dense.min(scan(&lines, along.at(share * along.length().m())));
            }
        }
        prop_assert!(found <= dense + 1e-3, "{found} {dense}");
        // Twenty points an edge miss the closest place by at most half a step of some 1.5 km.
        prop_assert!(dense - found < 1_500.0, "{found} {dense}");
    }
}

#[test]
fn a_line_on_the_other_side_of_the_date_line_is_near() {
    let tree = EdgeTree::new([[coord! { x: -179.9, y: 10.0 }, coord! { x: -179.9, y: 11.0 }]]);
    let found = tree
        .nearest(coord! { x: 179.9, y: 10.5 })
        .expect("there is an edge");
    assert!((found.distance.m() - 21_880.0).abs() < 30.0, "{found:?}");
}

#[test]
fn crossing_lines_have_distance_zero() {
    let tree = EdgeTree::new([[coord! { x: 45.0, y: 39.0 }, coord! { x: 46.0, y: 40.0 }]]);
    let found = tree.nearest_to_line(&[coord! { x: 45.0, y: 40.0 }, coord! { x: 46.0, y: 39.0 }]);
    assert_eq!(found.map(|approach| approach.distance.m()), Some(0.0));
}

#[test]
fn an_empty_tree_has_no_nearest_place() {
    let tree = EdgeTree::new(Vec::<Vec<Coord>>::new());
    assert!(tree.is_empty() && tree.nearest(coord! { x: 0.0, y: 0.0 }).is_none());
}

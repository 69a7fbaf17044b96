use geo::BooleanOps;
use geo::Contains;
use geo::Coord;
use geo::MultiPolygon;
use geo::Point;
use geo::Polygon;
use geo::coord;
use proptest::prelude::*;

use super::strip;
use super::strip_tolerance;
use super::with_short_edges;
use crate::geodesy::EdgeTree;
use crate::geodesy::area_km2;
use crate::geodesy::densified;
use crate::geodesy::direct;
use crate::geodesy::distance;
use crate::units::Length;

fn total_km2(area: &MultiPolygon) -> f64 {
    area.iter().map(area_km2).sum()
}

fn vertices(area: &MultiPolygon) -> impl Iterator<Item = Coord> + '_ {
    let rings = area
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    rings.flat_map(|ring| ring.coords().copied())
}

/// A wiggly line from a place, with steps in metres and turns in degrees.
fn walk(start: Coord, steps: &[(f64, f64)]) -> Vec<Coord> {
    let mut line = vec![start];
    let (mut at, mut heading) = (start, 0.0);
    for &(step_m, turn) in steps {
        heading += turn;
        at = direct(at, heading, step_m).0;
        line.push(at);
    }
    line
}

/// Area between the equator and a latitude, per degree of longitude: the closed formula of the ellipsoid.
fn belt_km2(lat: f64) -> f64 {
    let (a, f) = (6_378_137.0_f64, 1.0 / 298.257_223_563);
    let (b, e) = (a * (1.0 - f), f64::sqrt(f * (2.0 - f)));
    let sin = lat.to_radians().sin();
    let rest = ((1.0 + e * sin) / (1.0 - e * sin)).ln() / (2.0 * e);
    let per_radian = b * b / 2.0 * (sin / (1.0 - e * e * sin * sin) + rest);
    per_radian.to_radians() / 1e6
}

#[test]
fn along_the_equator_the_area_is_a_belt_and_a_disc() {
    // Geodesics that leave the equator at right angles are meridians, and the ends are two halves of a geodesic circle.
    for (km, degrees) in [(0.5, 0.05), (5.0, 1.0), (50.0, 3.0), (400.0, 2.0)] {
        let line = [
            coord! { x: 9.0, y: 0.0 },
            coord! { x: 9.0 + degrees, y: 0.0 },
        ];
        let within = Length::from_km(km);
        let found = total_km2(&strip(&[line], within).expect("ground"));
        let lat = direct(line[0], 0.0, within.m()).0.y;
        let circle = (0..7200).map(|n| direct(line[0], f64::from(n) / 20.0, within.m()).0);
        let disc = Polygon::new(circle.collect(), Vec::new());
        let truth = 2.0 * degrees * belt_km2(lat) + area_km2(&disc);
        let perimeter_km = 2.0 * degrees * 111.4 + std::f64::consts::TAU * km;
        let allowed = perimeter_km * strip_tolerance(within).km();
        assert!((found - truth).abs() < allowed, "{km}: {found} {truth}");
        // What is lost is chords of arcs: less than the tolerance all around.
        assert!(
            (found / truth - 1.0).abs() < 1.5e-4,
            "{km}: {found} {truth}"
        );
    }
}

#[test]
fn a_ring_has_a_zone_inside_and_outside() {
    let ring = [
        (10.0, 50.0),
        (10.5, 50.0),
        (10.5, 50.3),
        (10.0, 50.3),
        (10.0, 50.0),
    ];
    let ring: Vec<Coord> = ring.iter().map(|&(x, y)| coord! { x: x, y: y }).collect();
    let narrow = strip(&[&ring], Length::from_km(2.0)).expect("ground");
    assert_eq!((narrow.0.len(), narrow.0[0].interiors().len()), (1, 1));
    let wide = strip(&[&ring], Length::from_km(30.0)).expect("ground");
    assert_eq!((wide.0.len(), wide.0[0].interiors().len()), (1, 0));
}

#[test]
fn what_cannot_be_drawn_has_no_answer_and_nothing_has_no_ground() {
    let within = Length::from_km(100.0);
    let line =
        |a: (f64, f64), b: (f64, f64)| [coord! { x: a.0, y: a.1 }, coord! { x: b.0, y: b.1 }];
    assert!(strip(&[line((179.5, 10.0), (179.6, 10.0))], within).is_none());
    assert!(strip(&[line((-179.5, 10.0), (-179.6, 10.0))], within).is_none());
    assert!(strip(&[line((10.0, 86.5), (11.0, 86.5))], within).is_none());
    assert!(strip(&[line((178.5, 10.0), (178.6, 10.0))], within).is_some());
    assert!(
        strip::<[Coord; 0]>(&[], within)
            .expect("nothing")
            .0
            .is_empty()
    );
    assert!(
        strip(&[[coord! { x: 1.0, y: 1.0 }]], within)
            .expect("nothing")
            .0
            .is_empty()
    );
    let spot = line((1.0, 1.0), (1.0, 1.0));
    let disc = total_km2(&strip(&[spot], within).expect("a disc"));
    assert!(
        (disc / (std::f64::consts::PI * 10_000.0) - 1.0).abs() < 1e-3,
        "{disc}"
    );
}

#[test]
fn a_long_edge_in_longitude_and_latitude_becomes_the_geodesic() {
    let corners = [(28.0, -29.0), (29.0, -29.0), (29.0, -30.0), (28.0, -30.0)];
    let ring = corners.iter().map(|&(x, y)| coord! { x: x, y: y });
    let square = Polygon::new(ring.collect(), Vec::new());
    let dense = with_short_edges(&square, Length::from_km(1.0));
    assert!((area_km2(&dense) - area_km2(&square)).abs() < 1e-6);
    let edges = dense.exterior().0.windows(2);
    let longest = edges
        .map(|ends| distance(ends[0], ends[1]).m())
        .fold(0.0, f64::max);
    assert!(longest < 3_000.0, "{longest}");
    // The same vertices, and between them none that is not on the geodesic.
    assert!(
        square
            .exterior()
            .coords()
            .all(|corner| dense.exterior().0.contains(corner))
    );
}

fn steps() -> impl Strategy<Value = Vec<(f64, f64)>> {
    let step = prop_oneof![20.0..400.0_f64, 400.0..9_000.0_f64, 9_000.0..70_000.0_f64];
    prop::collection::vec((step, -120.0..120.0_f64), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_vertex_of_the_outline_is_at_the_distance(
        lon in -150.0..150.0_f64, lat in -65.0..65.0_f64, steps in steps(),
        log_km in -1.5..2.0_f64,
    ) {
        let line = walk(coord! { x: lon, y: lat }, &steps);
        let within = Length::from_km(10_f64.powf(log_km));
        let tolerance_m = strip_tolerance(within).m();
        let tree = EdgeTree::new([&line]);
        for vertex in vertices(&strip(&[&line], within).expect("ground")) {
            let off_m = tree.nearest(vertex).expect("an edge").distance.m() - within.m();
            prop_assert!(off_m.abs() <= tolerance_m, "{off_m} {tolerance_m}");
        }
    }

    #[test]
    fn a_point_is_inside_if_and_only_if_it_is_within_the_distance(
        lon in -150.0..150.0_f64, lat in -65.0..65.0_f64, steps in steps(),
        log_km in -1.5..2.0_f64,
        points in prop::collection::vec((0.0..1.0_f64, 0.0..360.0_f64, 0.0..2.0_f64), 60),
    ) {
        let line = walk(coord! { x: lon, y: lat }, &steps);
        let within = Length::from_km(10_f64.powf(log_km));
        let tolerance_m = strip_tolerance(within).m();
        let tree = EdgeTree::new([&line]);
        let ground = strip(&[&line], within).expect("ground");
        for (along, azimuth, times) in points {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
            let vertex = line[(along * line.len() as f64) as usize];
            let point = direct(vertex, azimuth, times * within.m()).0;
            let off_m = tree.nearest(point).expect("an edge").distance.m() - within.m();
            if off_m.abs() > tolerance_m {
                prop_assert_eq!(ground.contains(&Point(point)), off_m < 0.0, "{}", off_m);
            }
        }
    }

    #[test]
    fn neither_direction_nor_more_vertices_nor_cuts_change_it_and_it_grows_with_the_distance(
        lon in -150.0..150.0_f64, lat in -65.0..65.0_f64, steps in steps(), km in 0.1..30.0_f64,
    ) {
        let line = walk(coord! { x: lon, y: lat }, &steps);
        let within = Length::from_km(km);
        let of = |lines: &[Vec<Coord>], within: Length| strip(lines, within).expect("ground");
        let whole = of(std::slice::from_ref(&line), within);
        let area = total_km2(&whole);
        let outline_km: f64 = whole.iter().map(|polygon| {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            rings.map(|ring| crate::geodesy::length(ring).km()).sum::<f64>()
        }).sum();
        let allowed = outline_km * strip_tolerance(within).km();
        let backwards: Vec<Coord> = line.iter().rev().copied().collect();
        let middle = line.len() / 2;
        let cut = [line[..=middle].to_vec(), line[middle..].to_vec()];
        for other in [of(&[backwards], within), of(&[densified(&line, 3)], within), of(&cut, within)] {
            prop_assert!((total_km2(&other) - area).abs() <= allowed, "{} {area} {allowed}", total_km2(&other));
        }
        let wider = of(std::slice::from_ref(&line), Length::from_km(1.01 * km));
        let outside = total_km2(&whole.difference(&wider));
        prop_assert!(outside < 1e-6 && total_km2(&wider) > area, "{outside}");
    }
}

//! Laws: what must hold for any input, tried on random ones, and against slow ways that are plainly right.
//!
//! The random points come from a fixed seed, so every run tries the same ones.

use std::fmt::Write as _;

use araxes::analysis::segments;
use araxes::analysis::segments::When;
use araxes::analysis::status::Side;
use araxes::analysis::status::StatusQuery;
use araxes::dataset::load_embedded;
use araxes::geodesy;
use araxes::geodesy::Edge;
use araxes::index::BorderIndex;
use araxes::index::TerritoryIndex;
use araxes::model::Border;
use araxes::model::Code;
use araxes::model::Extent;
use araxes::model::World;
use araxes::units::Length;
use geo::Coord;
use geo::MultiPolygon;
use geo::Polygon;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::Config;
use proptest::test_runner::RngAlgorithm;
use proptest::test_runner::TestRng;
use proptest::test_runner::TestRunner;

use crate::program::Scratch;
use crate::program::araxes;
use crate::program::json;
use crate::program::root;
use crate::worlds::loaded;

/// Tries a law on values of a strategy, the same on every run.
fn law<S: Strategy>(cases: u32, values: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let tried = std::cell::Cell::new(0);
    let outcome = runner.run(&values, |value| {
        tried.set(tried.get() + 1);
        test(value)
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(
        tried.get() >= cases,
        "only {} cases were tried",
        tried.get()
    );
}

/// Random places in a box of west, south, east and north.
fn places([west, south, east, north]: [f64; 4]) -> impl Strategy<Value = Coord> {
    (west..east, south..north).prop_map(|(x, y)| Coord { x, y })
}

fn lines(vertices: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Coord>> {
    prop::collection::vec(places([40.0, 35.0, 50.0, 45.0]), vertices)
}

/// `count` places of the region, the same on every run.
fn sample(region: [f64; 4], count: usize) -> Vec<Coord> {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let many = prop::collection::vec(places(region), count..=count);
    many.new_tree(&mut runner).expect("a sample").current()
}

#[test]
fn a_length_is_the_same_backwards_and_adds_up_when_cut() {
    law(
        200,
        (lines(2..30), any::<prop::sample::Index>()),
        |(line, cut)| {
            let backwards: Vec<Coord> = line.iter().rev().copied().collect();
            let length = geodesy::length_of(&line).m();
            prop_assert!(
                (geodesy::length_of(&backwards).m() - length).abs() < 1e-6 * length.max(1.0)
            );
            let cut = cut.index(line.len());
            let parts =
                geodesy::length_of(&line[..=cut]).m() + geodesy::length_of(&line[cut..]).m();
            prop_assert!((parts - length).abs() < 1e-6 * length.max(1.0));
            let ends = geodesy::distance(line[0], line[line.len() - 1]).m();
            prop_assert!(length >= ends - 1e-6);
            Ok(())
        },
    );
}

#[test]
fn a_border_cut_into_stretches_keeps_its_length_and_finds_its_places_again() {
    let world = load_embedded().expect("the shipped data");
    let boundary = world.boundary(None).expect("the primary source");
    let border = boundary
        .borders
        .iter()
        .max_by_key(|border| border.vertices())
        .expect("a border");
    let end = border.length().km();
    let index = BorderIndex::new(boundary);
    law(100, (0.0..end, 0.0..end), |(one, other)| {
        let (from, to) = (one.min(other), one.max(other));
        let length = |from: f64, to: f64| {
            let cut = border.cut(Length::from_km(from), Length::from_km(to));
            cut.iter()
                .map(|line| geodesy::length_of(line).km())
                .sum::<f64>()
        };
        let sum = length(0.0, from) + length(from, to) + length(to, end);
        prop_assert!((sum - end).abs() < 1e-6, "{sum} km, not {end}");
        let place = border.place(Length::from_km(from)).expect("a place");
        let found = index.nearest(place).expect("a border");
        prop_assert!(
            found.distance.m() < 0.01,
            "{} from its own border",
            found.distance
        );
        Ok(())
    });
}

/// The world `lowlands` with the anchors of its segments moved.
fn with_anchors(anchors: &[(Coord, Coord)]) -> World {
    let mut world = loaded("lowlands");
    let mut moved = anchors.iter();
    let segments = world.segments.iter().map(|(_, segment)| {
        let mut segment = segment.clone();
        if let Extent::Between { from, to, .. } = &mut segment.extent {
            let (start, end) = moved.next().expect("anchors for each segment");
            (*from, *to) = (*start, *end);
        }
        segment
    });
    world.segments = araxes::model::Table::new(segments.collect());
    world
}

#[test]
fn stretches_cover_each_border_without_gap_or_overlap_wherever_the_anchors_are() {
    let near = || places([3.9, 51.3, 5.1, 51.7]);
    law(60, prop::collection::vec((near(), near()), 3), |anchors| {
        let world = with_anchors(&anchors);
        for boundary in &world.boundaries {
            for (number, border) in boundary.borders.iter().enumerate() {
                let when = When {
                    on: world.meta.as_of,
                    view: None,
                };
                let stretches = segments::stretches_of(&world, boundary, number, when);
                let mut at = 0.0;
                for stretch in &stretches {
                    prop_assert!(
                        (stretch.from.m() - at).abs() < 1e-6,
                        "gap or overlap at {at} m: {:?}",
                        stretch.from
                    );
                    prop_assert!(stretch.to >= stretch.from);
                    at = stretch.to.m();
                }
                prop_assert!(
                    (at - border.length().m()).abs() < 1e-6,
                    "{at} of {}",
                    border.length()
                );
            }
        }
        Ok(())
    });
}

/// The least distance from a place to some edges, edge by edge.
fn scanned(edges: &[(Coord, Edge)], point: Coord) -> f64 {
    let mut least = f64::INFINITY;
    for (start, edge) in edges {
        // No edge is nearer than its start less its length. The sphere is off by half a per cent at most.
        if spherical(point, *start) * 0.99 - edge.length().m() < least {
            least = least.min(edge.nearest(point).distance.m());
        }
    }
    least
}

/// The distance in metres on a sphere of the Earth's mean radius.
fn spherical(a: Coord, b: Coord) -> f64 {
    let half = |one: f64, other: f64| ((other - one).to_radians() / 2.0).sin().powi(2);
    let square = half(a.y, b.y) + a.y.to_radians().cos() * b.y.to_radians().cos() * half(a.x, b.x);
    2.0 * 6_371_008.8 * square.sqrt().asin()
}

#[test]
fn the_index_finds_what_a_scan_over_all_edges_finds() {
    use rayon::prelude::*;
    let world = load_embedded().expect("the shipped data");
    let points = sample(world.meta.region, 200);
    for boundary in &world.boundaries {
        let index = BorderIndex::new(boundary);
        let pieces = boundary.borders.iter().flat_map(Border::pieces);
        let edges: Vec<(Coord, Edge)> = pieces
            .flat_map(|piece| piece.vertices.windows(2))
            .map(|ends| (ends[0], Edge::new(ends[0], ends[1])))
            .collect();
        points.par_iter().for_each(|&point| {
            let found = index.nearest(point).expect("a border").distance.m();
            let slow = scanned(&edges, point);
            let source = &world.source_of(boundary).id;
            assert!(
                (found - slow).abs() < 0.001,
                "{source} at {point:?}: {found} m, a scan finds {slow} m"
            );
        });
    }
}

#[test]
fn a_point_on_a_border_is_at_no_distance_and_within_error() {
    let world = load_embedded().expect("the shipped data");
    for boundary in &world.boundaries {
        let query = StatusQuery::new(
            &world,
            boundary,
            When {
                on: world.meta.as_of,
                view: None,
            },
        );
        for border in &boundary.borders {
            for share in [0.0, 0.137, 0.5, 0.863, 1.0] {
                let place = border
                    .place(Length::from_m(border.length().m() * share))
                    .expect("a place");
                let row = query.at(place);
                assert!(
                    row.distance_m.is_some_and(|m| m < 0.05),
                    "{} {}: {row:?}",
                    border.pair,
                    border.part.label()
                );
                assert_eq!(row.side, Side::WithinError);
            }
        }
    }
}

/// Whether a place is in an area, by counting the edges that a ray to the east crosses.
fn holds(area: &MultiPolygon, point: Coord) -> bool {
    let crossed = |polygon: &Polygon| {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        let edges = rings.flat_map(|ring| ring.0.windows(2));
        let crosses = |ends: &&[Coord]| {
            let (a, b) = (ends[0], ends[1]);
            (a.y > point.y) != (b.y > point.y)
                && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
        };
        edges.filter(crosses).count() % 2 == 1
    };
    area.iter().any(crossed)
}

#[test]
fn the_territory_of_a_point_is_that_of_a_slow_ray_test() {
    let world = load_embedded().expect("the shipped data");
    let points = sample(world.meta.region, 400);
    let mut inside_any = 0;
    for boundary in &world.boundaries {
        let index = TerritoryIndex::new(boundary);
        for &point in &points {
            let found: Vec<Code> = index.containing(point).collect();
            let slow = boundary
                .territories
                .iter()
                .filter(|territory| holds(&territory.area, point));
            let slow: Vec<Code> = slow.map(|territory| territory.code).collect();
            assert_eq!(found, slow, "{} at {point:?}", world.source_of(boundary).id);
            inside_any += found.len();
        }
    }
    assert!(
        inside_any > points.len(),
        "hardly a point was inside anything"
    );
}

#[test]
fn one_thread_and_two_give_the_same_bytes() {
    let scratch = Scratch::new();
    let world = load_embedded().expect("the shipped data");
    let mut text = "lon,lat\n".to_owned();
    for point in sample(world.meta.region, 40_000) {
        let _ = writeln!(text, "{},{}", point.x, point.y);
    }
    let points = scratch.write("points.csv", text);
    let points = points.to_str().expect("a path in UTF-8");
    for arguments in [
        vec!["status", "--points", points],
        vec!["border", "segments", "--format", "json"],
        vec!["border", "lengths", "--format", "csv"],
        vec!["corridors", "compare", "--format", "json"],
        vec![
            "transit",
            "--from",
            "baku",
            "--to",
            "nakhchivan",
            "--avoid",
            "IR",
            "--scenario",
            "tripp",
            "--format",
            "json",
        ],
    ] {
        let answers = ["1", "2"].map(|threads| {
            let output = araxes()
                .env("RAYON_NUM_THREADS", threads)
                .args(&arguments)
                .output()
                .expect("a run");
            assert!(
                output.status.success(),
                "{arguments:?}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            output.stdout
        });
        assert!(!answers[0].is_empty());
        assert!(
            answers[0] == answers[1],
            "the number of threads shows in {arguments:?}"
        );
    }
}

#[test]
fn coordinates_written_as_geojson_are_those_that_were_read() {
    let geodata = root().join("geodata");
    let found = json_of_lines(&crate::program::answer(
        &geodata,
        "border lengths --source osm-2017 --format geojson",
    ));
    let world = load_embedded().expect("the shipped data");
    let boundary = world.boundary(Some("osm-2017")).expect("the source");
    for border in &boundary.borders {
        let mine = |feature: &&serde_json::Value| {
            let is = |key: &str, value: &str| feature["properties"][key] == value;
            let is_alone =
                boundary.borders_of(border.pair).count() == 1 && border.part.label() == "main";
            is("pair", &border.pair.to_string()) && is("part", if is_alone { "all" } else { "-" })
                || is("pair", &border.pair.to_string()) && is("part", &border.part.label())
        };
        let feature = found
            .iter()
            .find(mine)
            .unwrap_or_else(|| panic!("no {} {}", border.pair, border.part.label()));
        let geometry = &feature["geometry"]["coordinates"];
        let is_one = border.pieces().len() == 1;
        let written: Vec<Vec<[f64; 2]>> = if is_one {
            vec![serde_json::from_value(geometry.clone()).expect("a line")]
        } else {
            serde_json::from_value(geometry.clone()).expect("lines")
        };
        assert_eq!(written.len(), border.pieces().len());
        for (line, piece) in written.iter().zip(border.pieces()) {
            assert_eq!(line.len(), piece.vertices.len());
            let off = |(written, read): (&[f64; 2], &Coord)| {
                (written[0] - read.x).abs().max((written[1] - read.y).abs())
            };
            let worst = line
                .iter()
                .zip(&piece.vertices)
                .map(off)
                .fold(0.0, f64::max);
            assert!(
                worst <= 0.5e-7 + 1e-12,
                "{worst}° off: seven decimals are promised"
            );
        }
    }
}

fn json_of_lines(text: &str) -> Vec<serde_json::Value> {
    let collection: serde_json::Value = serde_json::from_str(text).expect("JSON");
    collection["features"].as_array().expect("features").clone()
}

#[test]
fn avoiding_and_closing_never_help() {
    let best = |flags: &str| {
        let found = json(
            &crate::program::world("lowlands"),
            &format!("transit --from gent --to breda {flags}"),
        );
        let times = found["options"]
            .as_array()
            .expect("options")
            .iter()
            .map(|option| option["time_min"].as_f64().expect("minutes"));
        times.fold(f64::INFINITY, f64::min)
    };
    assert!(best("") <= best("--avoid DE"));
    assert!(best("") <= best("--scenario shut"));
    assert!(best("") <= best("--modes rail"));
}

//! Tests of whole maps: of the small world against reference pictures, of the real one by rules.
//!
//! A picture that differs leaves `expected | difference | actual` beside the build. With `ARAXES_BLESS=1` in the
//! environment the references are written anew.

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use resvg::tiny_skia::Pixmap;
use resvg::tiny_skia::PixmapPaint;
use resvg::tiny_skia::Transform;
use resvg::usvg::roxmltree::Document;

use crate::analysis::transit;
use crate::dataset;
use crate::geodesy;
use crate::geodesy::projection::Lambert;
use crate::map::Look;
use crate::map::border;
use crate::map::check;
use crate::map::corridors;
use crate::map::fixture;
use crate::map::frame::Frame;
use crate::map::furniture;
use crate::map::options;
use crate::map::overview;
use crate::map::raster;
use crate::map::scene::Scene;
use crate::map::svg;
use crate::model::World;

/// A channel of a pixel may differ by this much: rounding of blended edges.
const CHANNEL: u8 = 16;
/// So many of a thousand pixels may differ by more.
const PER_MILLE: usize = 1;
/// Width of the reference pictures: small files, text still to be read.
const WIDTH: u32 = 800;

fn look(world: &World) -> Look<'_> {
    let boundary = world.boundary(None).expect("a boundary");
    Look {
        world,
        boundary,
        on: world.meta.as_of,
        view: None,
    }
}

fn answer(world: &World, from: &str, to: &str, avoid: &[&str]) -> transit::Answer {
    let node = |name| transit::find_node(world, name).expect("a node");
    let mut query = transit::Query::new(node(from), node(to));
    query.avoid = avoid
        .iter()
        .map(|state| state.parse().expect("a state"))
        .collect();
    transit::transit(world, &query).expect("an answer")
}

fn reference(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/images")
        .join(format!("{name}.png"))
}

/// The number of pixels that differ, and a picture of them.
fn difference(expected: &Pixmap, actual: &Pixmap) -> (usize, Pixmap) {
    let mut picture = Pixmap::new(actual.width(), actual.height()).expect("a picture");
    picture.fill(resvg::tiny_skia::Color::WHITE);
    let pairs = expected
        .data()
        .chunks_exact(4)
        .zip(actual.data().chunks_exact(4));
    let mut count = 0;
    for ((a, b), out) in pairs.zip(picture.data_mut().chunks_exact_mut(4)) {
        if a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > CHANNEL) {
            out.copy_from_slice(&[220, 0, 0, 255]);
            count += 1;
        }
    }
    (count, picture)
}

fn assert_looks_like_reference(name: &str, scene: &Scene) {
    let png = raster::png(&svg::write(scene), WIDTH).expect("a picture");
    let path = reference(name);
    if std::env::var_os("ARAXES_BLESS").is_some() {
        std::fs::write(&path, png).expect("the reference is written");
        return;
    }
    let expected = Pixmap::load_png(&path).expect("a reference; ARAXES_BLESS=1 writes it");
    let actual = Pixmap::decode_png(&png).expect("a picture");
    let same_size = (expected.width(), expected.height()) == (actual.width(), actual.height());
    let (count, picture) = if same_size {
        difference(&expected, &actual)
    } else {
        (usize::MAX, actual.clone())
    };
    let pixels = actual.data().len() / 4;
    if count > pixels / 1000 * PER_MILLE {
        let shown = three_panels(&expected, &picture, &actual);
        let tests = std::env::current_exe().expect("the tests are a program");
        let failed = tests.with_file_name(format!("{name}-expected-difference-actual.png"));
        shown.save_png(&failed).expect("the comparison is written");
        panic!(
            "{name}: {count} of {pixels} pixels differ, see {}",
            failed.display()
        );
    }
}

fn three_panels(expected: &Pixmap, difference: &Pixmap, actual: &Pixmap) -> Pixmap {
    let height = expected.height().max(actual.height());
    let mut shown = Pixmap::new(3 * WIDTH + 20, height).expect("a picture");
    for (panel, left) in [
        (expected, 0),
        (difference, WIDTH + 10),
        (actual, 2 * WIDTH + 20),
    ] {
        let left = i32::try_from(left).expect("a small number");
        shown.draw_pixmap(
            left,
            0,
            panel.as_ref(),
            &PixmapPaint::default(),
            Transform::identity(),
            None,
        );
    }
    shown
}

#[test]
fn the_maps_of_the_small_world_look_like_their_references() {
    let world = fixture::world();
    let look = look(&world);
    assert_looks_like_reference("overview", &overview::scene(&look).expect("a map"));
    assert_looks_like_reference("border", &border::scene(&look, None).expect("a map"));
    assert_looks_like_reference("corridors", &corridors::scene(&look).expect("a map"));
    let answer = answer(&world, "west", "south", &["BB"]);
    assert_looks_like_reference("options", &options::scene(&look, &answer).expect("a map"));
}

#[test]
fn a_picture_that_differs_is_noticed() {
    let white = |x: u32| {
        let mut picture = Pixmap::new(4, 1).expect("a picture");
        picture.fill(resvg::tiny_skia::Color::WHITE);
        picture.pixels_mut()[x as usize] = resvg::tiny_skia::PremultipliedColorU8::TRANSPARENT;
        picture
    };
    assert_eq!(difference(&white(1), &white(1)).0, 0);
    assert_eq!(difference(&white(1), &white(2)).0, 2);
}

#[test]
fn the_legend_names_what_is_drawn_and_nothing_else() {
    let world = fixture::world();
    let scene = overview::scene(&look(&world)).expect("a map");
    let texts: BTreeSet<&str> = check::boxes(&scene, "page")
        .into_iter()
        .map(|(text, _)| text)
        .collect();
    for drawn in [
        "Delimited",
        "Contested",
        "Demarcated",
        "There, derelict",
        "Planned",
        "Open to cargo only",
    ] {
        assert!(texts.contains(drawn), "{drawn} is missing from {texts:?}");
    }
    for absent in ["Claimed by one side", "Dismantled", "Ferry"] {
        assert!(!texts.contains(absent), "{absent} is not on the map");
    }
}

#[test]
fn marks_name_the_records_that_they_stand_for() {
    let world = fixture::world();
    let scene = overview::scene(&look(&world)).expect("a map");
    let features = |layer: &str| -> BTreeSet<&str> {
        let marks = &scene.layer(layer).expect("a layer").marks;
        marks
            .iter()
            .filter_map(|mark| mark.feature.as_deref())
            .collect()
    };
    assert_eq!(features("territories"), BTreeSet::from(["AA", "BB", "CC"]));
    assert_eq!(features("crossings"), BTreeSet::from(["gate", "south"]));
    assert!(features("borders").contains("Mill"));
    assert!(features("corridors").contains("gate-middle"));
    let closed: Vec<&str> = features("closed-borders").into_iter().collect();
    assert_eq!(closed, ["AA-BB"]);
}

/// All kinds of map of the data set that the program carries.
fn shipped(world: &World) -> Vec<(&'static str, Scene)> {
    let look = look(world);
    let corridor = world
        .corridors
        .iter()
        .map(|(_, corridor)| corridor)
        .next()
        .expect("a corridor");
    let ends = (&world.nodes[corridor.from].id, &world.nodes[corridor.to].id);
    let answer = answer(world, ends.0, ends.1, &[]);
    vec![
        ("overview", overview::scene(&look).expect("a map")),
        ("border", border::scene(&look, None).expect("a map")),
        ("corridors", corridors::scene(&look).expect("a map")),
        ("options", options::scene(&look, &answer).expect("a map")),
    ]
}

#[test]
fn the_shipped_maps_keep_the_rules_of_the_house() {
    let world = dataset::load_embedded().expect("the data set is sound");
    for (name, scene) in shipped(&world) {
        for layer in &scene.layers {
            if layer.name.ends_with("labels") || layer.name == "page" {
                assert_eq!(
                    check::collision(&scene, &layer.name),
                    None,
                    "{name}, {}",
                    layer.name
                );
            }
            for (text, area) in check::boxes(&scene, &layer.name) {
                let inside = area.min().x >= 0.0
                    && area.max().x <= scene.width
                    && area.max().y <= scene.height;
                assert!(inside, "{name}: `{text}` leaves the page");
            }
        }
        let document = svg::write(&scene);
        let tree = Document::parse(&document).expect("well-formed");
        let mut ids = BTreeSet::new();
        for id in tree.descendants().filter_map(|node| node.attribute("id")) {
            assert!(ids.insert(id), "{name}: id {id} occurs twice");
        }
        assert!(document.contains("endorsement"), "{name}: no disclaimer");
        assert_eq!(document, svg::write(&scene));
    }
}

#[test]
fn the_same_world_gives_the_same_bytes_on_any_number_of_threads() {
    let world = fixture::world();
    let draw = || svg::write(&overview::scene(&look(&world)).expect("a map"));
    let alone = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool")
        .install(draw);
    let (one, other) = rayon::join(draw, draw);
    assert!(alone == one && one == other);
}

#[test]
fn the_scale_bar_is_true_to_half_a_per_cent_everywhere_on_the_shipped_overview() {
    let world = dataset::load_embedded().expect("the data set is sound");
    let lambert = Lambert::new(world.meta.projection).expect("a projection");
    let corner = geo::Coord { x: 0.0, y: 0.0 };
    let frame = Frame::within(&lambert, world.meta.region, corner, 1100.0).expect("a frame");
    let bar = furniture::scale_bar(&frame, 300.0).expect("a scale bar");
    for row in 0..=4_u32 {
        for column in 0..=4_u32 {
            let left = geo::Coord {
                x: f64::from(column) / 4.0 * (frame.area.width() - bar.length),
                y: f64::from(row) / 4.0 * frame.area.height(),
            };
            let right = geo::Coord {
                x: left.x + bar.length,
                ..left
            };
            let place = |point| frame.place(point).expect("a place");
            let km = geodesy::distance(place(left), place(right)).km();
            assert!((km / bar.km - 1.0).abs() < 0.005, "{km} km at {left:?}");
        }
    }
}

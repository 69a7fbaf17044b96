//! Drawing the maps of the embedded data set: the scene, its SVG, and the picture.

#![expect(
    clippy::expect_used,
    reason = "a bench without its data has nothing to time"
)]

use araxes::dataset::load_embedded;
use araxes::error::Result;
use araxes::map::Look;
use araxes::map::border;
use araxes::map::corridors;
use araxes::map::overview;
use araxes::map::raster;
use araxes::map::scene::Scene;
use araxes::map::svg;
use criterion::BenchmarkId;
use criterion::Criterion;
use criterion::criterion_group;
use criterion::criterion_main;

/// Widths of a picture for a page and for print.
const WIDTHS: [u32; 2] = [1600, 2400];

/// A map by its name.
type Map = (&'static str, fn(&Look<'_>) -> Result<Scene>);

const MAPS: [Map; 3] = [
    ("overview", overview::scene),
    ("border", |look| border::scene(look, None)),
    ("corridors", corridors::scene),
];

fn scenes(criterion: &mut Criterion) {
    let world = load_embedded().expect("the embedded data is sound");
    let boundary = world.boundary(None).expect("there is a primary source");
    let look = Look {
        world: &world,
        boundary,
        on: world.meta.as_of,
        view: None,
    };
    for (name, draw) in MAPS {
        criterion.bench_with_input(
            BenchmarkId::new("render/scene", name),
            &look,
            |bencher, look| {
                bencher.iter(|| {
                    let scene = draw(look).expect("the map can be drawn");
                    assert!(scene.layers.len() > 5);
                    scene
                });
            },
        );
        let scene = draw(&look).expect("the map can be drawn");
        criterion.bench_with_input(
            BenchmarkId::new("render/svg", name),
            &scene,
            |bencher, scene| {
                bencher.iter(|| svg::write(scene));
            },
        );
        let document = svg::write(&scene);
        for width in WIDTHS {
            let id = BenchmarkId::new("render/png", format!("{name}-{width}"));
            criterion.bench_with_input(id, &document, |bencher, document| {
                bencher.iter(|| {
                    let png = raster::png(document, width).expect("the picture can be drawn");
                    assert!(png.len() < 1_500_000, "{} bytes", png.len());
                });
            });
        }
    }
}

criterion_group! { name = benches; config = Criterion::default().sample_size(10); targets = scenes }
criterion_main!(benches);

//! Status queries at the points of a grid over the region, beside a linear scan with the same metric.

#![expect(
    clippy::expect_used,
    reason = "a bench without its data has nothing to time"
)]

use std::hint::black_box;

use araxes::analysis::segments::When;
use araxes::analysis::status::StatusQuery;
use araxes::dataset::load_embedded;
use araxes::geodesy::Edge;
use araxes::index::BorderIndex;
use araxes::index::TerritoryIndex;
use araxes::model::Border;
use araxes::model::Boundary;
use araxes::model::World;
use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;
use geo::Coord;
use rayon::prelude::*;

/// A grid of `side` × `side` points over the region of the data.
fn grid(world: &World, side: u32) -> Vec<Coord> {
    let [west, south, east, north] = world.meta.region;
    let share = |step: u32| (f64::from(step) + 0.5) / f64::from(side);
    let row = |y: u32| {
        (0..side).map(move |x| Coord {
            x: west + (east - west) * share(x),
            y: south + (north - south) * share(y),
        })
    };
    (0..side).flat_map(row).collect()
}

fn scan(boundary: &Boundary, point: Coord) -> f64 {
    let pieces = boundary.borders.iter().flat_map(Border::pieces);
    let edges = pieces.flat_map(|piece| piece.vertices.windows(2));
    edges
        .map(|edge| Edge::new(edge[0], edge[1]).nearest(point).distance.m())
        .fold(f64::INFINITY, f64::min)
}

fn status(criterion: &mut Criterion) {
    let world = load_embedded().expect("the embedded data is sound");
    let boundary = world.boundary(None).expect("there is a primary source");
    let query = StatusQuery::new(
        &world,
        boundary,
        When {
            on: world.meta.as_of,
            view: None,
        },
    );
    let points = grid(&world, 32);
    // Chainage is measured when first asked for; that belongs to no single query.
    for &point in &points {
        black_box(query.at(point));
    }
    let mut group = criterion.benchmark_group("status");
    group.throughput(Throughput::Elements(points.len() as u64));
    group.bench_function("at/grid-1024", |bencher| {
        bencher.iter(|| {
            points
                .iter()
                .filter(|&&point| query.at(point).km.is_some())
                .count()
        });
    });
    group.bench_function("at/grid-1024-parallel", |bencher| {
        bencher.iter(|| {
            points
                .par_iter()
                .filter(|&&point| query.at(point).km.is_some())
                .count()
        });
    });
    let borders = BorderIndex::new(boundary);
    group.bench_function("nearest/grid-1024", |bencher| {
        bencher.iter(|| {
            points
                .iter()
                .filter_map(|&point| borders.nearest(point))
                .count()
        });
    });
    let territories = TerritoryIndex::new(boundary);
    group.bench_function("territory/grid-1024", |bencher| {
        bencher.iter(|| {
            points
                .iter()
                .filter(|&&point| territories.containing(point).next().is_some())
                .count()
        });
    });
    group.finish();
    linear_scan(criterion, boundary, points[points.len() / 3]);
}

/// The naive way, for one point: the figure that the index is held against.
fn linear_scan(criterion: &mut Criterion, boundary: &Boundary, point: Coord) {
    let borders = BorderIndex::new(boundary);
    let found = borders
        .nearest(point)
        .expect("there are borders")
        .distance
        .m();
    criterion.bench_function("status/nearest/linear-scan-one-point", |bencher| {
        bencher.iter(|| {
            let least = scan(boundary, black_box(point));
            assert!((least - found).abs() < 1e-6);
            least
        });
    });
}

criterion_group! { name = benches; config = Criterion::default().sample_size(20); targets = status }
criterion_main!(benches);

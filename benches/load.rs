//! Loading the embedded data set, and what status queries need built.

#![expect(
    clippy::expect_used,
    reason = "a bench without its data has nothing to time"
)]

use araxes::analysis::segments::When;
use araxes::analysis::status::StatusQuery;
use araxes::dataset::Geodata;
use araxes::dataset::Lines;
use araxes::dataset::Needs;
use araxes::dataset::load_embedded;
use araxes::dataset::load_for;
use araxes::index::BorderIndex;
use criterion::Criterion;
use criterion::criterion_group;
use criterion::criterion_main;

/// What a question about a place needs: the primary boundary source, and no network.
const FOR_STATUS: Needs = Needs {
    boundaries: Lines::Primary,
    network: false,
};

fn load_and_ask(needs: &Needs) {
    let world = load_for(&Geodata::Embedded, needs).expect("the embedded data is sound");
    let boundary = world.boundary(None).expect("there is a primary source");
    let when = When {
        on: world.meta.as_of,
        view: None,
    };
    let query = StatusQuery::new(&world, boundary, when);
    let middle = geo::coord! { x: 46.0, y: 40.0 };
    assert!(query.at(middle).km.is_some());
}

fn load(criterion: &mut Criterion) {
    criterion.bench_function("load/embedded", |bencher| {
        bencher.iter(|| {
            let world = load_embedded().expect("the embedded data is sound");
            assert!(world.boundaries.len() > 1);
            world
        });
    });
    for (name, needs) in [
        ("load/embedded-and-index", Needs::ALL),
        ("load/for-status-and-index", FOR_STATUS),
    ] {
        criterion.bench_function(name, |bencher| bencher.iter(|| load_and_ask(&needs)));
    }
}

fn index(criterion: &mut Criterion) {
    let world = load_embedded().expect("the embedded data is sound");
    let boundary = world.boundary(None).expect("there is a primary source");
    criterion.bench_function("index/borders", |bencher| {
        bencher.iter(|| BorderIndex::new(boundary));
    });
}

criterion_group! { name = benches; config = Criterion::default().sample_size(20); targets = load, index }
criterion_main!(benches);

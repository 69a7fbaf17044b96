//! Transit: the search and its certificates on the embedded data, and the search on generated grids beside the same
//! search without contraction.

#![expect(clippy::expect_used, reason = "a bench that cannot run should say why")]
#![allow(missing_docs, reason = "`criterion_group!` makes a public function")]

use std::hint::black_box;

use araxes::analysis::transit::Query;
use araxes::analysis::transit::find_node;
use araxes::analysis::transit::transit;
use araxes::dataset::load_embedded;
use araxes::model::Claim;
use araxes::model::Code;
use araxes::model::Condition;
use araxes::model::ConditionKind;
use araxes::model::Evidence;
use araxes::model::Id;
use araxes::model::Link;
use araxes::model::Node;
use araxes::model::NodeKind;
use araxes::model::Table;
use araxes::model::World;
use araxes::routing::Request;
use araxes::routing::options;
use araxes::scenario::MODES;
use araxes::scenario::Situation;
use criterion::BenchmarkId;
use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;
use geo::Coord;
use geo::LineString;

fn world() -> World {
    load_embedded().expect("the embedded data is sound")
}

/// Whole answers on the embedded data, first without and then with certificates.
fn embedded(c: &mut Criterion) {
    let world = world();
    let corridor = world
        .corridors
        .iter()
        .find(|(_, one)| !one.avoids.is_empty());
    let (_, corridor) = corridor.expect("a corridor that avoids a state");
    let mut group = c.benchmark_group("routing/transit");
    group.throughput(Throughput::Elements(world.links.len() as u64));
    let plain = Query::new(corridor.from, corridor.to);
    let avoiding = Query {
        avoid: corridor.avoids.clone(),
        ..plain.clone()
    };
    for (name, query) in [("anywhere", plain), ("avoiding", avoiding)] {
        let answer = transit(&world, &query).expect("a proper query");
        assert!(!answer.options.is_empty(), "{name} finds a way");
        group.bench_function(name, |b| b.iter(|| transit(&world, black_box(&query))));
    }
    group.finish();
}

/// The search alone on the embedded data, and beside it the same with a speed of its own for every link, so that every
/// node is a gate and nothing is contracted.
fn contraction(c: &mut Criterion) {
    let world = world();
    let (_, corridor) = world.corridors.iter().next().expect("a corridor");
    let mut fine = world.clone();
    let mut number = 0.0;
    let separate = |(_, link): (Id<Link>, &Link)| {
        number += 1.0;
        let mut link = link.clone();
        link.speed_kmh = vec![claim(45.0 + number / 1000.0)];
        link
    };
    fine.links = Table::new(world.links.iter().map(separate).collect());
    let request = Request {
        from: corridor.from,
        to: corridor.to,
        avoid: &[],
        modes: &MODES,
    };
    let mut group = c.benchmark_group("routing/search");
    for (name, world) in [("contracted", &world), ("every-link-a-class", &fine)] {
        let situation = Situation::new(world, None, None).expect("a network");
        let found = options(&situation, &request).expect("a proper request");
        assert!(!found.chosen.is_empty(), "{name} finds a way");
        group.bench_function(name, |b| {
            b.iter(|| options(&situation, black_box(&request)));
        });
    }
    group.finish();
}

fn claim<T>(value: T) -> Claim<T> {
    let evidence = Evidence::Assumption("bench".to_owned());
    Claim {
        value,
        evidence,
        from: None,
        to: None,
        view: None,
        note: None,
    }
}

/// A grid of roads in one territory, with a railway from corner to corner along two of its edges.
struct Grid {
    side: usize,
    /// Every road has a speed of its own, so that no two links share terms and nothing can be contracted.
    fine: bool,
    nodes: Vec<Node>,
    links: Vec<Link>,
}

impl Grid {
    /// The world of a grid of `side` times `side` junctions with terminals in its corners.
    fn world(side: usize, fine: bool) -> World {
        let mut world = world();
        let like = |gauged: bool| {
            let mut links = world.links.iter().map(|(_, link)| link);
            links
                .find(|link| link.gauge_mm.is_some() == gauged)
                .expect("such a link")
                .clone()
        };
        let (rail, road) = (like(true), like(false));
        let end = side - 1;
        let corner = |place: usize| place == 0 || place == end;
        let node = |number: usize| {
            let (row, column) = (number / side, number % side);
            let terminal = corner(row) && corner(column);
            Node {
                id: format!("n-{row}-{column}"),
                kind: if terminal {
                    NodeKind::Terminal
                } else {
                    NodeKind::Junction
                },
                territories: vec![road.territory],
                at: Coord {
                    x: column as f64 * 0.01,
                    y: row as f64 * 0.01,
                },
                ..world.nodes[Id::new(0)].clone()
            }
        };
        let nodes = (0..side * side).map(node).collect();
        let mut grid = Self {
            side,
            fine,
            nodes,
            links: Vec::new(),
        };
        for row in 0..side {
            for column in 0..end {
                grid.add(&road, (row, column), (row, column + 1), road.territory);
                grid.add(&road, (column, row), (column + 1, row), road.territory);
            }
        }
        // Railway and roads meet in the corners only, as in a network of towns.
        grid.add(&rail, (0, 0), (0, end), road.territory);
        grid.add(&rail, (0, end), (end, end), road.territory);
        world.nodes = Table::new(grid.nodes);
        world.links = Table::new(grid.links);
        world.crossings = Table::default();
        world.corridors = Table::default();
        world.scenarios = Table::default();
        world
    }

    fn add(&mut self, like: &Link, from: (usize, usize), to: (usize, usize), territory: Code) {
        let number = self.links.len();
        let at = |(row, column)| row * self.side + column;
        let steps = from.0.abs_diff(to.0) + from.1.abs_diff(to.1);
        let kmh = if self.fine {
            40.0 + (number % 997) as f64 / 50.0
        } else {
            60.0
        };
        let is = Condition {
            is: ConditionKind::Operational,
            progress_pct: None,
        };
        let places = vec![self.nodes[at(from)].at, self.nodes[at(to)].at];
        self.links.push(Link {
            id: format!("b-{number}"),
            from: Id::new(at(from)),
            to: Id::new(at(to)),
            territory,
            // Lengths without pattern, so that shortest ways differ.
            length_m: u32::try_from(1000 * steps + number * 7919 % 400).expect("a small number"),
            condition: vec![claim(is)],
            alignment: LineString::new(places),
            speed_kmh: vec![claim(kmh)],
            ..like.clone()
        });
    }
}

/// The search on grids: contracted, and with every link a class of its own.
fn grids(c: &mut Criterion) {
    let mut group = c.benchmark_group("routing/grid");
    group.sample_size(10);
    for (name, fine, sides) in [
        ("contracted", false, &[10, 30, 100][..]),
        ("every-link-a-class", true, &[10, 30, 100]),
    ] {
        for &side in sides {
            let world = Grid::world(side, fine);
            let from = find_node(&world, "n-0-0").expect("a corner");
            let to = find_node(&world, &format!("n-{0}-{0}", side - 1)).expect("a corner");
            let situation = Situation::new(&world, None, None).expect("a network");
            let request = Request {
                from,
                to,
                avoid: &[],
                modes: &MODES,
            };
            let found = options(&situation, &request).expect("a proper request");
            assert!(!found.chosen.is_empty(), "the grid is connected");
            group.throughput(Throughput::Elements(world.links.len() as u64));
            group.bench_with_input(BenchmarkId::new(name, side), &request, |b, request| {
                b.iter(|| options(&situation, black_box(request)));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, embedded, contraction, grids);
criterion_main!(benches);

use super::Ways;
use super::last_digit;
use crate::model::Evidence;
use crate::model::Id;
use crate::model::LengthBasis;
use crate::model::Mode;
use crate::model::Over;
use crate::model::Source;
use crate::model::Table;
use crate::model::Term;
use crate::model::Way;
use crate::model::World;
use crate::routing::fixture;

#[test]
fn the_step_of_a_length_is_that_of_its_last_digit() {
    for (km, step) in [(42.0, 1.0), (110.4, 0.1), (25.36, 0.01), (0.125, 0.001)] {
        assert!((last_digit(km) - step).abs() < 1e-12, "{km}");
    }
}

/// a -40- b -60- c: the first link by the audited source alone, the second by it and by another one.
fn world() -> World {
    let mut world = fixture::world(
        "node a terminal 0 0 AA
         node b station 1 0 AA
         node c terminal 2 0 AA
         link ab rail a b 40 AA 1520
         link bc rail b c 60 AA 1520",
    );
    let mut links: Vec<_> = world.links.iter().map(|(_, link)| link.clone()).collect();
    for link in &mut links {
        let mut own = fixture::claim(f64::from(link.length_m) / 1000.0);
        own.evidence = Evidence::Source(audited());
        link.length_basis = LengthBasis::Published;
        link.source_km = None;
        link.published_km = vec![own.clone()];
        if link.id == "bc" {
            own.evidence = Evidence::Source(other());
            own.value = 63.0;
            link.published_km.push(own);
        }
    }
    world.links = Table::new(links);
    world
}

fn audited() -> Id<Source> {
    Id::new(0)
}

fn other() -> Id<Source> {
    Id::new(1)
}

fn between(world: &World, from: &str, to: &str) -> Vec<Term> {
    let node = |id: &str| world.nodes.find(id).expect("a node");
    vec![Term {
        text: format!("rail:{from}>{to}"),
        minus: false,
        way: Way::Between {
            over: Over::Mode(Mode::Rail),
            nodes: vec![node(from), node(to)],
        },
        within: None,
    }]
}

#[test]
fn a_figure_is_never_held_against_itself() {
    let mut world = world();
    let source = world.sources.iter().next().expect("a source").1.clone();
    let second = Source {
        id: "other".to_owned(),
        ..source.clone()
    };
    world.sources = Table::new(vec![source, second]);
    let ways = Ways::new(&world);
    let own = ways
        .find(&between(&world, "a", "b"), audited())
        .expect("nothing else");
    assert!(own.is_own);
    let part = ways
        .find(&between(&world, "a", "c"), audited())
        .expect("in part");
    assert!(!part.is_own);
    assert!((part.computed - 103.0).abs() < 1e-9, "{}", part.computed);
    assert_eq!(part.on, "links, 40 km of them by this very source");
    let whole = ways
        .find(&between(&world, "a", "c"), other())
        .expect("by the other");
    assert!((whole.computed - 100.0).abs() < 1e-9, "{}", whole.computed);
}

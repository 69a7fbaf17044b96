//! A small world that is drawn by hand, with one of each thing that maps show.
//!
//! ```text
//!  sea |  AA   wiggly border   BB   (an enclave of AA)
//!      |-------------- CC --------------
//! ```

use geo::Coord;
use geo::LineString;
use geo::MultiPolygon;
use geo::Polygon;

use crate::model::Agreement;
use crate::model::Border;
use crate::model::Boundary;
use crate::model::Claim;
use crate::model::Code;
use crate::model::Conic;
use crate::model::Corridor;
use crate::model::Dispute;
use crate::model::DisputeKind;
use crate::model::DisputePlace;
use crate::model::Extent;
use crate::model::Id;
use crate::model::Names;
use crate::model::Part;
use crate::model::Piece;
use crate::model::Place;
use crate::model::Segment;
use crate::model::Stage;
use crate::model::Status;
use crate::model::Table;
use crate::model::Territory;
use crate::model::World;
use crate::routing::fixture;
use crate::routing::fixture::claim;

const NETWORK: &str = "
    node west terminal 0.5 41.0 AA
    node gate crossing 1.5 41.1 AA BB
    node south crossing 1.0 40.45 AA CC
    node middle station 2.0 41.3 BB
    node east terminal 2.7 41.0 BB
    link west-gate rail west gate 86 AA 1520
    link gate-middle rail gate middle 48 BB 1520 closed
    link middle-east rail middle east 68 BB 1520 planned
    link west-south road west south 80 AA
    link west-east road west gate 90 AA - derelict
    crossing gate closed rail,road
    crossing south cargo-only road
";

fn at(x: f64, y: f64) -> Coord {
    Coord { x, y }
}

fn code(text: &str) -> Code {
    text.parse().expect("a code")
}

fn english(text: &str) -> Names {
    [("en".to_owned(), text.to_owned())].into_iter().collect()
}

/// From north to south, with many small bends.
fn wiggle() -> Vec<Coord> {
    (0..=150_u32)
        .map(|step| f64::from(step) / 150.0)
        .map(|share| {
            at(
                1.5 + 0.12 * (share * 9.0).sin() + 0.01 * (share * 160.0).sin(),
                41.9 - 1.4 * share,
            )
        })
        .collect()
}

fn ring(points: &[Coord]) -> LineString {
    LineString::new(points.iter().chain(points.first()).copied().collect())
}

fn enclave() -> LineString {
    ring(&[
        at(2.15, 41.55),
        at(2.35, 41.6),
        at(2.4, 41.75),
        at(2.2, 41.7),
    ])
}

fn boundary() -> Boundary {
    let wiggle = wiggle();
    let foot = wiggle[wiggle.len() - 1];
    let mut west = wiggle.clone();
    west.extend([at(0.2, 40.5), at(0.15, 41.2), at(0.3, 41.9)]);
    let mut east: Vec<Coord> = wiggle.iter().rev().copied().collect();
    east.extend([at(2.9, 41.9), at(2.9, 40.6)]);
    let south = [
        at(0.2, 40.5),
        foot,
        at(2.9, 40.6),
        at(2.9, 40.1),
        at(0.2, 40.1),
    ];
    let territory = |name: &str, polygons: Vec<Polygon>| Territory {
        code: code(name),
        area: MultiPolygon::new(polygons),
        clipped: false,
    };
    let territories = vec![
        territory(
            "AA",
            vec![
                Polygon::new(ring(&west), Vec::new()),
                Polygon::new(enclave(), Vec::new()),
            ],
        ),
        territory("BB", vec![Polygon::new(ring(&east), vec![enclave()])]),
        territory("CC", vec![Polygon::new(ring(&south), Vec::new())]),
    ];
    let border = |pair: &str, part: Part, line: Vec<Coord>| {
        let (one, other) = pair.split_once('-').expect("a pair");
        let exact = vec![true; line.len() - 1];
        let piece = Piece {
            vertices: line,
            exact,
        };
        Border::new(
            pair.parse().expect("a pair"),
            part,
            (code(one), code(other)),
            vec![piece],
        )
    };
    let borders = vec![
        border("AA-BB", Part::Main, wiggle),
        border("AA-BB", Part::Ring("Exle".to_owned()), enclave().0),
        border("AA-CC", Part::Main, vec![at(0.2, 40.5), foot]),
        border("BB-CC", Part::Main, vec![foot, at(2.9, 40.6)]),
    ];
    Boundary {
        source: Id::new(0),
        territories,
        borders,
        tripoints: Vec::new(),
        exclaves: Vec::new(),
    }
}

fn segment(id: &str, extent: Extent, order: i64, status: Status) -> Segment {
    Segment {
        id: id.to_owned(),
        pair: "AA-BB".parse().expect("a pair"),
        extent,
        order,
        names: english(id),
        anchor_basis: "drawn".to_owned(),
        issue: None,
        status,
    }
}

fn segments() -> Table<Segment> {
    let between = |from: Coord, to: Coord| Extent::Between {
        subdivision: None,
        from,
        to,
        anchor_accuracy_m: 100.0,
    };
    let whole = Extent::Whole {
        subdivision: None,
        reverse: false,
    };
    let agreed = |value: Agreement| Status {
        agreement: vec![claim(value)],
        ..Status::default()
    };
    let staged = |value: Stage| Status {
        stage: vec![claim(value)],
        ..Status::default()
    };
    let line = wiggle();
    Table::new(vec![
        segment("whole", whole, 0, agreed(Agreement::AgreedInPrinciple)),
        segment(
            "North bend",
            between(line[10], line[25]),
            10,
            staged(Stage::Delimited),
        ),
        segment(
            "Mill",
            between(line[40], line[60]),
            20,
            agreed(Agreement::Contested),
        ),
        segment(
            "Lower ford",
            between(line[100], line[120]),
            30,
            staged(Stage::Demarcated),
        ),
    ])
}

fn disputes() -> Table<Dispute> {
    let dispute = |id: &str, kind: DisputeKind, place: DisputePlace| Dispute {
        id: id.to_owned(),
        kind,
        names: english(id),
        de_jure: None,
        pair: "AA-BB".parse().expect("a pair"),
        control: vec![claim(code("BB"))],
        area_km2: Vec::new(),
        place,
        issue: "who it belongs to".to_owned(),
        evidence: Vec::new(),
    };
    let area = MultiPolygon::new(vec![Polygon::new(enclave(), Vec::new())]);
    Table::new(vec![
        dispute(
            "Exle",
            DisputeKind::Enclave,
            DisputePlace::Outline {
                area,
                source: Id::new(0),
            },
        ),
        dispute(
            "Spring",
            DisputeKind::Place,
            DisputePlace::Point(at(1.2, 41.5)),
        ),
    ])
}

fn places() -> Table<Place> {
    let place = |id: &str, name: &str, population: u64, territory: &str, at: Coord| Place {
        id: id.to_owned(),
        names: english(name),
        territory: code(territory),
        at,
        geonames_id: None,
        population: Some(population),
        source: Id::new(0),
    };
    Table::new(vec![
        place("westburg", "Westburg", 1_200_000, "AA", at(0.5, 41.0)),
        place("eastham", "Eastham", 300_000, "BB", at(2.7, 41.0)),
        place("sudmill", "Südmill", 90_000, "CC", at(1.8, 40.3)),
    ])
}

/// The small world.
pub(super) fn world() -> World {
    let mut world = fixture::world(NETWORK);
    world.meta.title = "A small world <of tests> & its maps".to_owned();
    world.meta.region = [0.0, 40.0, 3.0, 42.0];
    world.meta.projection = Conic {
        lat_1: 40.5,
        lat_2: 41.5,
        lat_0: 41.0,
        lon_0: 1.5,
    };
    world.meta.territories = [("AA", "Aland"), ("BB", "Bestan"), ("CC", "Cemark")]
        .map(|(id, name)| (code(id), english(name)))
        .into();
    world.meta.notes = vec![
        "No side is taken.".to_owned(),
        "The lines are drawn by hand.".to_owned(),
    ];
    world.boundaries = vec![boundary()];
    world.segments = segments();
    world.disputes = disputes();
    world.places = places();
    let link = |id: &str| world.links.find(id).expect("a link");
    world.corridors = Table::new(vec![Corridor {
        id: "railway".to_owned(),
        names: english("Railway from west to east"),
        letter: Some("A".to_owned()),
        summary: String::new(),
        from: world.nodes.find("west").expect("a node"),
        to: world.nodes.find("east").expect("a node"),
        links: ["west-gate", "gate-middle", "middle-east"]
            .map(link)
            .to_vec(),
        published_km: Vec::<Claim<f64>>::new(),
        avoids: Vec::new(),
        notes: Vec::new(),
    }]);
    world
}

//! Worlds for tests, written down in a few words per line.
//!
//! ```text
//! territory AA 0 0 1 1                west, south, east, north
//! node a terminal 0.2 0.5 AA          id, kind, longitude, latitude, territories
//! link a-b rail a b 12.5 AA 1520      id, mode, ends, kilometres, territory, gauge or -, condition or nothing (operational)
//! crossing x closed rail,road         id of its node, regime, modes; without such a line open to all modes
//! ```

use std::collections::BTreeMap;

use geo::Coord;
use geo::LineString;
use geo::MultiPolygon;
use geo::Rect;

use crate::model::Boundary;
use crate::model::ByMode;
use crate::model::Change;
use crate::model::Claim;
use crate::model::Code;
use crate::model::Condition;
use crate::model::ConditionKind;
use crate::model::Conic;
use crate::model::Crossing;
use crate::model::Defaults;
use crate::model::Drawn;
use crate::model::Dwell;
use crate::model::Evidence;
use crate::model::ForMode;
use crate::model::Id;
use crate::model::LengthBasis;
use crate::model::Link;
use crate::model::Meta;
use crate::model::Mode;
use crate::model::Names;
use crate::model::Node;
use crate::model::NodeKind;
use crate::model::Offsets;
use crate::model::Op;
use crate::model::Pair;
use crate::model::Regime;
use crate::model::Scenario;
use crate::model::Source;
use crate::model::SourceKind;
use crate::model::Table;
use crate::model::Territory;
use crate::model::World;

/// A claim that rests on nothing.
pub(crate) fn claim<T>(value: T) -> Claim<T> {
    let evidence = Evidence::Assumption("test".to_owned());
    Claim {
        value,
        evidence,
        from: None,
        to: None,
        view: None,
        note: None,
    }
}

/// The world that `text` describes.
pub(crate) fn world(text: &str) -> World {
    let mut drawn = Drawing::default();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.split_first() {
            Some((&"territory", rest)) => drawn.territories.push(territory(rest)),
            Some((&"node", rest)) => drawn.nodes.push(node(rest)),
            Some((&"link", rest)) => drawn.links.push(link(rest, &drawn.nodes)),
            Some((&"crossing", rest)) => {
                drawn
                    .regimes
                    .insert(rest[0].to_owned(), (word(rest[1]), modes(rest[2])));
            }
            Some((other, _)) => panic!("what is `{other}`?"),
            None => {}
        }
    }
    drawn.into_world()
}

/// A scenario of these changes.
pub(crate) fn scenario(changes: &[Op]) -> Scenario {
    let evidence = Evidence::Assumption("test".to_owned());
    let change = |op: &Op| Change {
        op: *op,
        evidence: evidence.clone(),
        note: None,
    };
    Scenario {
        id: "test".to_owned(),
        title: "Test".to_owned(),
        summary: String::new(),
        on: None,
        changes: changes.iter().map(change).collect(),
    }
}

#[derive(Default)]
struct Drawing {
    territories: Vec<Territory>,
    nodes: Vec<Node>,
    links: Vec<Link>,
    regimes: BTreeMap<String, (Regime, Vec<Mode>)>,
}

impl Drawing {
    fn into_world(self) -> World {
        let crossings = self.crossings();
        let source = Id::new(0);
        let boundary = Boundary {
            source,
            territories: self.territories,
            borders: Vec::new(),
            tripoints: Vec::new(),
            exclaves: Vec::new(),
        };
        World {
            meta: meta(source),
            sources: Table::new(vec![drawn_source()]),
            boundaries: vec![boundary],
            offsets: Offsets::default(),
            coordinates: crate::model::Coordinates::default(),
            line_classes: Table::default(),
            segments: Table::default(),
            disputes: Table::default(),
            places: Table::default(),
            nodes: Table::new(self.nodes),
            links: Table::new(self.links),
            crossings: Table::new(crossings),
            defaults: Some(defaults()),
            corridors: Table::default(),
            scenarios: Table::default(),
            published: Vec::new(),
            agreement: None,
        }
    }

    fn crossings(&self) -> Vec<Crossing> {
        let crossings = self.nodes.iter().enumerate();
        let crossings = crossings.filter(|(_, node)| node.kind == NodeKind::Crossing);
        crossings
            .map(|(row, node)| {
                let all = (Regime::Open, vec![Mode::Rail, Mode::Road, Mode::Ferry]);
                let (regime, modes) = self.regimes.get(&node.id).cloned().unwrap_or(all);
                let (first, second) = (node.territories[0], node.territories[1]);
                Crossing {
                    id: node.id.clone(),
                    pair: Pair::of(first, second).expect("two states"),
                    territories: (first, second),
                    names: Names::default(),
                    modes,
                    regime: vec![claim(ForMode {
                        mode: None,
                        value: regime,
                    })],
                    dwell_h: Vec::new(),
                    cost_usd: Vec::new(),
                    node: Id::new(row),
                }
            })
            .collect()
    }
}

fn word<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(text.into()).expect("a known word")
}

fn modes(text: &str) -> Vec<Mode> {
    text.split(',').map(word).collect()
}

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}

fn codes(texts: &[&str]) -> Vec<Code> {
    texts
        .iter()
        .map(|text| text.parse().expect("a code"))
        .collect()
}

fn territory(words: &[&str]) -> Territory {
    let corner = |at: usize| Coord {
        x: number(words[at]),
        y: number(words[at + 1]),
    };
    Territory {
        code: codes(&words[..1])[0],
        area: MultiPolygon::new(vec![Rect::new(corner(1), corner(3)).to_polygon()]),
        clipped: false,
    }
}

fn node(words: &[&str]) -> Node {
    Node {
        id: words[0].to_owned(),
        names: Names::default(),
        kind: word(words[1]),
        territories: codes(&words[4..]),
        posts: Vec::new(),
        at: Coord {
            x: number(words[2]),
            y: number(words[3]),
        },
        source: Id::new(0),
        accuracy_m: 10.0,
        position_basis: None,
    }
}

fn link(words: &[&str], nodes: &[Node]) -> Link {
    let end = |id: &str| nodes.iter().position(|node| node.id == id).expect("a node");
    let (from, to) = (end(words[2]), end(words[3]));
    let is = words
        .get(7)
        .map_or(ConditionKind::Operational, |text| word(text));
    Link {
        id: words[0].to_owned(),
        from: Id::new(from),
        to: Id::new(to),
        mode: word(words[1]),
        territory: codes(&words[5..6])[0],
        names: Names::default(),
        line: Some(words[0].to_owned()),
        gauge_mm: words.get(6).and_then(|text| text.parse().ok()),
        tracks: None,
        electrified: None,
        condition: vec![claim(Condition {
            is,
            progress_pct: None,
        })],
        published_km: Vec::new(),
        length_basis: LengthBasis::Source,
        length_m: crate::units::Length::from_km(number(words[4])).whole_m(),
        alignment: LineString::new(vec![nodes[from].at, nodes[to].at]),
        source_km: Some(number(words[4])),
        sinuosity: None,
        sinuosity_basis: None,
        alignment_accuracy_m: 100.0,
        drawn: Drawn::Straight,
        speed_kmh: Vec::new(),
        capacity_mt: Vec::new(),
        source: Id::new(0),
    }
}

fn meta(primary_source: Id<Source>) -> Meta {
    Meta {
        title: "Test".to_owned(),
        as_of: "2026-01-01".parse().expect("a date"),
        primary_source,
        region: [0.0, 0.0, 1.0, 1.0],
        projection: Conic {
            lat_1: 0.0,
            lat_2: 1.0,
            lat_0: 0.5,
            lon_0: 0.5,
        },
        languages: Vec::new(),
        territories: BTreeMap::new(),
        notes: Vec::new(),
    }
}

fn drawn_source() -> Source {
    Source {
        id: "drawn".to_owned(),
        kind: SourceKind::Boundary,
        title: "Drawn by hand".to_owned(),
        publisher: "the tests".to_owned(),
        edition: None,
        licence: "CC0-1.0".to_owned(),
        address: None,
        package: None,
        scale: None,
        accuracy_m: Some(50.0),
        accuracy_basis: None,
        covers: None,
    }
}

fn defaults() -> Defaults {
    fn each<T>(rail: T, road: T, ferry: T) -> ByMode<T> {
        ByMode {
            rail: claim(rail),
            road: claim(road),
            ferry: claim(ferry),
        }
    }
    let hours = |typical: f64| Dwell {
        low: typical / 2.0,
        typical,
        high: typical * 3.0,
    };
    Defaults {
        speed_kmh: each(40.0, 60.0, 25.0),
        cost_usd_per_t_km: each(0.03, 0.07, 0.02),
        dwell_h: each(hours(6.0), hours(3.0), hours(4.0)),
        crossing_cost_usd: each(120.0, 100.0, 60.0),
        payload_t: each(60.0, 20.0, 60.0),
        gauge_change_h: claim(12.0),
        gauge_change_usd_per_t: claim(5.0),
        transfer_h: claim(4.0),
        transfer_usd_per_t: claim(3.0),
    }
}

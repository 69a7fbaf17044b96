//! `validate` on worlds whose records are each sound, but do not fit together.

use std::fs;
use std::path::Path;

use serde_json::Value;
use serde_json::json;

use crate::program::Scratch;
use crate::program::run_on;
use crate::program::world;

/// The features of a layer of a world.
fn edit(world: &Path, layer: &str, change: impl FnOnce(&mut Vec<Value>)) {
    let path = world.join(layer);
    let text = fs::read_to_string(&path).expect("a layer");
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    change(value["features"].as_array_mut().expect("features"));
    fs::write(path, value.to_string()).expect("a file written");
}

/// What `validate` says of the smallest world after a change to its nodes and links.
fn said(change: impl Fn(&mut Vec<Value>, &mut Vec<Value>)) -> Vec<String> {
    let scratch = Scratch::new();
    let folder = scratch.copy(&world("pair"), "world");
    let mut links = Vec::new();
    edit(&folder, "network/links.geojson", |features| {
        links.clone_from(features);
    });
    edit(&folder, "network/nodes.geojson", |nodes| {
        change(nodes, &mut links);
    });
    edit(&folder, "network/links.geojson", |features| {
        features.clone_from(&links);
    });
    // These name links and nodes of the world as it was.
    for layer in ["corridors.json", "published.csv", "agreement.json"] {
        fs::remove_file(folder.join(layer)).expect("a file removed");
    }
    let said = run_on(&folder, "validate");
    let mut told: Vec<String> = said.out.lines().map(str::to_owned).collect();
    let count = told.pop().expect("a count");
    assert_eq!(
        said.code,
        i32::from(count != "no problems"),
        "{}{}",
        said.out,
        said.err
    );
    told
}

fn node(id: &str, kind: &str, state: &str, at: [f64; 2], km: f64) -> Value {
    json!({"type": "Feature", "id": id, "geometry": {"type": "Point", "coordinates": at}, "properties": {
        "id": id, "names": {"en": id}, "kind": kind, "state": state, "posts": [{"line": "old", "km": km}], "source": "gazette",
        "accuracy_m": 10}})
}

/// A railway of the line `old` along a straight line.
fn rail(from: (&str, [f64; 2]), to: (&str, [f64; 2]), gauge_mm: u32) -> Value {
    let id = format!("rail-{}-{}", from.0, to.0);
    json!({"type": "Feature", "id": id, "geometry": {"type": "LineString", "coordinates": [from.1, to.1]}, "properties": {
        "id": id, "from": from.0, "to": to.0, "mode": "rail", "state": "LU", "names": null, "line": "old", "gauge_mm": gauge_mm,
        "tracks": 1, "electrified": null, "condition": [{"value": "operational", "source": "gazette"}], "published_km": [],
        "length_basis": "posts", "source_km": null, "sinuosity": null, "sinuosity_basis": null, "alignment_accuracy_m": 50,
        "drawn": "straight", "speed_kmh": [], "capacity_mt": [], "source": "gazette"}})
}

const FIRST: [f64; 2] = [6.05, 49.2];
const SECOND: [f64; 2] = [6.05, 49.3];
const THIRD: [f64; 2] = [6.05, 49.4];

/// Three stations 11.12 km apart with these posts, and railways of these gauges between them.
fn three(posts: [f64; 3], gauges: [u32; 2]) -> Vec<String> {
    said(|nodes, links| {
        nodes.push(node("first", "station", "LU", FIRST, posts[0]));
        nodes.push(node("second", "station", "LU", SECOND, posts[1]));
        nodes.push(node("third", "station", "LU", THIRD, posts[2]));
        links.push(rail(("first", FIRST), ("second", SECOND), gauges[0]));
        links.push(rail(("second", SECOND), ("third", THIRD), gauges[1]));
    })
}

#[test]
fn a_network_that_fits_together_has_no_problem() {
    assert!(said(|_, _| ()).is_empty());
    assert!(three([0.0, 11.5, 23.0], [1435, 1435]).is_empty());
    assert!(three([23.0, 11.5, 0.0], [1435, 1435]).is_empty());
}

#[test]
fn posts_out_of_order_are_told() {
    let found = three([0.0, 30.0, 15.0], [1435, 1435]);
    assert_eq!(
        found,
        [
            "network/nodes.geojson: feature 4 (`second`): property `posts`: km 30 of `old` is not between `first` at 0 and `third` at 15, which it lies between"
        ]
    );
}

#[test]
fn posts_nearer_than_the_stations_are_told() {
    let found = three([0.0, 5.0, 17.0], [1435, 1435]);
    assert_eq!(
        found,
        [
            "network/nodes.geojson: feature 3 (`first`): property `posts`: km 0 of `old` is 5.0 km from `second` at km 5, but the two are 11.1 km apart as the crow flies"
        ]
    );
}

#[test]
fn gauges_meet_only_at_a_gauge_change() {
    let found = three([0.0, 11.5, 23.0], [1435, 1520]);
    assert_eq!(
        found,
        [
            "network/nodes.geojson: feature 4 (`second`): property `kind`: railways of 1435 and 1520 mm meet here: only a `gauge-change` may join them"
        ]
    );
    let mended = said(|nodes, links| {
        nodes.push(node("first", "station", "LU", FIRST, 0.0));
        nodes.push(node("second", "gauge-change", "LU", SECOND, 11.5));
        nodes.push(node("third", "station", "LU", THIRD, 23.0));
        links.push(rail(("first", FIRST), ("second", SECOND), 1435));
        links.push(rail(("second", SECOND), ("third", THIRD), 1520));
    });
    assert!(mended.is_empty(), "{mended:?}");
}

#[test]
fn ends_that_dangle_are_told() {
    let lonely = said(|nodes, _| nodes.push(node("lonely", "station", "LU", FIRST, 0.0)));
    assert_eq!(
        lonely,
        [
            "network/nodes.geojson: feature 3 (`lonely`): property `id`: no link ends here: the node dangles"
        ]
    );
    let junction = said(|nodes, links| {
        nodes.push(node("first", "junction", "LU", FIRST, 0.0));
        nodes.push(node("second", "end", "LU", SECOND, 11.5));
        links.push(rail(("first", FIRST), ("second", SECOND), 1435));
    });
    assert_eq!(
        junction,
        [
            "network/nodes.geojson: feature 3 (`first`): property `kind`: only `rail-first-second` ends here: a junction joins two links or more; an `end` is where a line ends"
        ]
    );
    // The road stops at the border, though the other side has another road.
    let crossing = said(|nodes, links| {
        links.retain(|link| link["id"] != "road-gate-esch");
        nodes.push(node("far", "station", "LU", FIRST, 0.0));
        let mut other = rail(("esch", [6.1, 49.5]), ("far", FIRST), 1435);
        let changes = [
            ("mode", json!("road")),
            ("gauge_mm", json!(null)),
            ("line", json!(null)),
            ("length_basis", json!("geodesic")),
        ];
        for (property, value) in changes {
            other["properties"][property] = value;
        }
        links.push(other);
    });
    assert_eq!(
        crossing,
        [
            "network/nodes.geojson: feature 2 (`gate`): property `id`: `road-metz-gate` ends here, and no road goes on in LU: the link dangles"
        ]
    );
}

#[test]
fn records_in_a_wrong_state_are_told() {
    let of_node = said(|nodes, _| nodes[1]["properties"]["state"] = json!("FR"));
    assert_eq!(
        of_node,
        [
            "network/links.geojson: feature 1 (`road-gate-esch`): property `state`: is LU, but its end `esch` is in FR: a link ends at the border, in a crossing",
            "network/nodes.geojson: feature 1 (`esch`): property `state`: lies 7244 m outside FR, more than its accuracy and that of the boundary (60 m together)",
        ]
    );
    let of_link = said(|_, links| {
        links[1]["geometry"]["coordinates"] = json!([[6.0, 49.3], [5.95, 49.4], [6.1, 49.5]]);
    });
    assert_eq!(of_link.len(), 1, "{of_link:?}");
    let start =
        "network/links.geojson: feature 1 (`road-gate-esch`): property `geometry`: leaves LU by 3";
    assert!(of_link[0].starts_with(start), "{of_link:?}");
    let of_crossing = said(|nodes, links| {
        nodes[2]["geometry"]["coordinates"] = json!([5.99, 49.3]);
        links[0]["geometry"]["coordinates"][1] = json!([5.99, 49.3]);
        links[1]["geometry"]["coordinates"][0] = json!([5.99, 49.3]);
    });
    assert!(
        of_crossing.iter().any(|line| line.contains("(`gate`): property `state`: lies 727 m from the outline of")),
        "{of_crossing:?}"
    );
}

#[test]
fn another_region_with_a_break_of_gauge_is_told_of_it_alone() {
    let said = run_on(&world("lowlands"), "validate");
    assert_eq!(said.code, 1);
    assert_eq!(
        said.out,
        "network/nodes.geojson: feature 1 (`breda`): property `kind`: railways of 1435 and 1520 mm meet here: only a `gauge-change` may join them\n1 problem\n"
    );
}

//! Coordinates in other systems: against PROJ's own program, there and back, and what is refused.

use araxes::analysis::coordinates;
use araxes::analysis::coordinates::Way;
use araxes::dataset::load_embedded;
use araxes::geodesy;
use araxes::model::World;
use geo::Coord;
use proptest::prelude::*;

use crate::program::Said;
use crate::program::Scratch;
use crate::program::run;

/// Positions by `cct` of PROJ 9.1.1, through the pipelines that its `projinfo -s EPSG:4326 -t EPSG:4284` and `-t EPSG:28408` print from the EPSG
/// database for each operation: operation, longitude and latitude on WGS 84, longitude and latitude in EPSG:4284, easting and northing in EPSG:28408.
#[expect(clippy::unreadable_literal, reason = "as the other program wrote them")]
const BY_PROJ: [(&str, f64, f64, f64, f64, f64, f64); 21] = [
    (
        "EPSG:15865",
        45.991607,
        40.791557,
        45.99283620262,
        40.79164127455,
        8583796.97988,
        4517988.86459,
    ),
    (
        "EPSG:15865",
        46.680774,
        41.303248,
        46.68200351008,
        41.30331386336,
        8640869.94372,
        4575704.21131,
    ),
    (
        "EPSG:15865",
        46.459594,
        41.251929,
        46.46082602418,
        41.25199871585,
        8622441.36729,
        4569669.41919,
    ),
    (
        "EPSG:15865",
        43.616021,
        40.087338,
        43.61727175753,
        40.08746623414,
        8382070.34211,
        4440235.84253,
    ),
    (
        "EPSG:15865",
        47.273427,
        40.554885,
        47.27462958466,
        40.55495693903,
        8692668.97667,
        4493718.11985,
    ),
    (
        "EPSG:15865",
        47.103602,
        39.188675,
        47.10477807188,
        39.18877439538,
        8681855.25268,
        4341649.1416,
    ),
    (
        "EPSG:15865",
        45.376276,
        39.528761,
        45.37748718711,
        39.52887619551,
        8532456.11243,
        4377365.584,
    ),
    (
        "EPSG:1808",
        43.552457,
        39.452661,
        43.55365989514,
        39.4527384024,
        8375506.47289,
        4369842.7989,
    ),
    (
        "EPSG:1808",
        44.617929,
        41.236681,
        44.61914395178,
        41.23673424369,
        8468070.96565,
        4567014.75883,
    ),
    (
        "EPSG:1808",
        46.562902,
        39.306991,
        46.56408183355,
        39.30705634186,
        8634908.82677,
        4353836.53916,
    ),
    (
        "EPSG:1808",
        46.688588,
        39.253857,
        46.68976647383,
        39.25392259823,
        8645860.4633,
        4348132.03496,
    ),
    (
        "EPSG:1808",
        45.96981,
        39.223083,
        45.97099454915,
        39.22315088654,
        8583851.13409,
        4343803.81993,
    ),
    (
        "EPSG:1808",
        43.507099,
        41.122082,
        43.50832310048,
        41.12214512531,
        8374725.42876,
        4555291.23474,
    ),
    (
        "EPSG:1808",
        44.337826,
        39.449477,
        44.33902413287,
        39.4495498365,
        8443104.92814,
        4368698.71418,
    ),
    (
        "EPSG:5044",
        44.657221,
        41.440369,
        44.65845937575,
        41.44046218411,
        8471456.06475,
        4589627.62343,
    ),
    (
        "EPSG:5044",
        45.656894,
        41.369458,
        45.65811437808,
        41.36953921113,
        8555061.24177,
        4581903.35303,
    ),
    (
        "EPSG:5044",
        44.319118,
        41.435244,
        44.32036168276,
        41.43534179559,
        8443195.27908,
        4589225.58617,
    ),
    (
        "EPSG:5044",
        46.262568,
        41.441641,
        46.26377994234,
        41.44171290671,
        8605618.18757,
        4590481.23719,
    ),
    (
        "EPSG:5044",
        47.074967,
        41.274697,
        47.0761612968,
        41.27476140278,
        8673958.73109,
        4573247.7523,
    ),
    (
        "EPSG:5044",
        44.94476,
        41.241489,
        44.94598906813,
        41.24158197102,
        8495472.33704,
        4567484.60512,
    ),
    (
        "EPSG:5044",
        44.082808,
        41.216285,
        44.08405028673,
        41.21638990131,
        8423187.26668,
        4565089.93152,
    ),
];

fn way<'w>(world: &'w World, system: &str, operation: Option<&str>) -> Way<'w> {
    let system = coordinates::system(world, system).expect("known");
    Way::new(world, system.expect("not WGS 84"), operation).expect("usable")
}

#[test]
fn positions_are_those_of_projs_own_program() {
    let world = load_embedded().expect("sound");
    for (operation, lon, lat, old_lon, old_lat, easting, northing) in BY_PROJ {
        let place = Coord { x: lon, y: lat };
        let position = |system: &str| {
            let way = way(&world, system, Some(operation));
            way.position(place).expect("defined").expect("in its area")
        };
        let (old, grid) = (position("EPSG:4284"), position("EPSG:28408"));
        assert!(
            (old.x - old_lon).abs() < 2e-11,
            "{operation} {lon} {lat}: {}",
            old.x
        );
        assert!(
            (old.y - old_lat).abs() < 2e-11,
            "{operation} {lon} {lat}: {}",
            old.y
        );
        assert!(
            (grid.x - easting).abs() < 2e-5,
            "{operation} {lon} {lat}: {}",
            grid.x
        );
        assert!(
            (grid.y - northing).abs() < 2e-5,
            "{operation} {lon} {lat}: {}",
            grid.y
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_position_leads_back_to_its_place(
        lon in 43.0..47.9_f64, lat in 38.9..41.9_f64, system in prop::sample::select(vec!["EPSG:4284", "EPSG:28408"]),
    ) {
        let world = load_embedded().expect("sound");
        let way = way(&world, system, None);
        let place = Coord { x: lon, y: lat };
        let position = way.position(place).expect("defined").expect("in its area");
        let back = way.place(position).expect("defined").expect("in its area");
        // The height of one ellipsoid above the other is put aside on the way.
        prop_assert!(geodesy::distance(place, back).m() < 1e-3);
        // The two datums are a hundred metres apart here: no operation is left out.
        let moved = way_geographic(&world).position(place).expect("defined").expect("in its area");
        let moved_m = geodesy::distance(place, moved).m();
        prop_assert!((95.0..115.0).contains(&moved_m), "{moved_m}");
    }
}

fn way_geographic(world: &World) -> Way<'_> {
    way(world, "EPSG:4284", None)
}

fn turning_points(line: &str) -> Said {
    run(format!("border turning-points {line}").split_whitespace())
}

fn columns(csv: &str, names: &[&str]) -> Vec<Vec<f64>> {
    let mut lines = csv.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let of = |name: &&str| {
        header
            .iter()
            .position(|cell| cell == name)
            .expect("a column")
    };
    let wanted: Vec<usize> = names.iter().map(of).collect();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |&column: &usize| cells[column].parse().expect("a number");
        wanted.iter().map(number).collect()
    };
    lines.map(row).collect()
}

#[test]
fn a_list_read_back_in_any_system_is_the_same_line() {
    let scratch = Scratch::new();
    let written = turning_points("--segment am-az-n03-kirants --format csv").out;
    let file = scratch.write("list.csv", &written);
    let places = columns(&written, &["lon", "lat"]);
    assert!(places.len() > 10);
    for system in ["EPSG:4326", "EPSG:4284", "EPSG:28408"] {
        let line = format!("--read {} --system {system} --format csv", file.display());
        let said = turning_points(&line);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{system}");
        let back = columns(&said.out, &["lon", "lat"]);
        assert_eq!(back.len(), places.len(), "{system}");
        for (one, other) in places.iter().zip(&back) {
            let [one, other] = [one, other].map(|at| Coord { x: at[0], y: at[1] });
            let off = geodesy::distance(one, other).m();
            // Degrees are written to 1e-8, metres to a thousandth.
            assert!(off < 2e-3, "{system}: {off} m");
        }
    }
}

#[test]
fn distances_and_azimuths_lead_from_each_point_to_the_next() {
    let written = turning_points("--segment am-az-n03-kirants --format csv").out;
    let written: String = written
        .lines()
        .filter(|line| !line.contains(",,"))
        .collect::<Vec<_>>()
        .join("\n");
    let rows = columns(&written, &["lon", "lat", "azimuth_deg", "distance_m", "km"]);
    let sphere = |at: &[f64], azimuth: f64, metres: f64| {
        // On a sphere of the mean radius: independent of the library, and near enough over a few hundred metres.
        let (lat, lon) = (at[1].to_radians(), at[0].to_radians());
        let arc = metres / 6_371_008.8;
        let north = arc * azimuth.to_radians().cos();
        let east = arc * azimuth.to_radians().sin() / lat.cos();
        Coord {
            x: (lon + east).to_degrees(),
            y: (lat + north).to_degrees(),
        }
    };
    for pair in rows.windows(2) {
        let (from, to) = (&pair[0], &pair[1]);
        let next = Coord { x: to[0], y: to[1] };
        let led = sphere(from, from[2], from[3]);
        assert!(
            geodesy::distance(led, next).m() < 0.005 * from[3] + 0.01,
            "{from:?} {to:?}"
        );
        assert!(
            (to[4] - from[4] - from[3] / 1_000.0).abs() < 3e-6,
            "{from:?} {to:?}"
        );
    }
}

#[test]
fn a_ballpark_or_no_shift_is_refused_with_the_reason() {
    for (line, words) in [
        ("--pair AM-AZ --operation none", "leave the datum shift out"),
        (
            "--pair AM-AZ --operation ballpark",
            "leave the datum shift out",
        ),
        ("--pair AM-AZ --operation EPSG:1254", "states no accuracy"),
        ("--pair AM-AZ --operation EPSG:5044", "reach beyond"),
        ("--pair AM-AZ --operation EPSG:1", "unknown operation"),
        ("--pair AM-AZ --system EPSG:28408", "--read"),
        ("--segment nowhere", "unknown segment"),
        ("--pair AM-TR --segment am-az-main", "cannot be used with"),
    ] {
        let said = turning_points(line);
        assert_eq!(said.code, 2, "{line}: {}", said.out);
        assert!(said.err.contains(words), "{line}: {}", said.err);
        assert!(said.out.is_empty(), "{line}");
    }
}

#[test]
fn an_unclear_list_is_refused_with_its_line() {
    let scratch = Scratch::new();
    for (text, system, words) in [
        ("x,y\n1,2\n", "", "`easting` and `northing`"),
        ("easting,northing\n1,2\n", "", "of which system"),
        (
            "easting,northing\n4547391,8508129\n",
            "--system EPSG:28408",
            "line 2",
        ),
        (
            "easting,northing\n8508129,4547391\n1,x\n",
            "--system EPSG:28408",
            "line 3",
        ),
        ("lon,lat\n45,95\n", "", "line 2"),
        ("lon,lat\n45,NaN\n", "", "line 2"),
        ("lon,lat\n", "", "no turning point"),
        ("", "", "the header needs"),
        (
            "lon,lat\n45,40\n",
            "--system EPSG:9999",
            "unknown coordinate system",
        ),
    ] {
        let file = scratch.write("list.csv", text);
        let said = turning_points(&format!("--read {} {system}", file.display()));
        assert_eq!(said.code, 2, "{text}: {}", said.out);
        assert!(said.err.contains(words), "{text}: {}", said.err);
    }
}

#[test]
fn the_spread_over_the_published_operations_is_some_metres() {
    let said = turning_points("--pair AM-AZ --operations --format csv");
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(lines.len(), 9, "{}", said.out);
    assert!(
        lines[1].contains("EPSG:15865") && lines[1].contains(",yes,"),
        "{}",
        lines[1]
    );
    // Over all published operations: up to 21 m, as computed with pyproj 3.7 for points of this border.
    assert!(lines[1].ends_with(",21.11"), "{}", lines[1]);
}

#[test]
fn a_place_given_on_the_old_grid_has_the_operation_in_its_error() {
    let said =
        run("status --at 8508129.238,4547391.654 --system EPSG:28408 --format json".split(' '));
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let row: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    let number = |pointer: &str| {
        row.pointer(pointer)
            .and_then(serde_json::Value::as_f64)
            .expect("a number")
    };
    assert!(
        (number("/point/0") - 45.095_458_29).abs() < 1e-7
            && (number("/point/1") - 41.060_540_99).abs() < 1e-7
    );
    assert!((number("/error/datum_m") - 4.5).abs() < 1e-9);
    let sum = number("/error/source_m")
        .hypot(4.5)
        .hypot(number("/error/digitising_m"));
    assert!((number("/error/total_m") - sum).abs() < 0.1);
    let swapped = run("status --at 4547391.654,8508129.238 --system EPSG:28408".split(' '));
    assert_eq!(swapped.code, 2);
    assert!(swapped.err.contains("exchanged"), "{}", swapped.err);
}

/// The layer of another region: an invented datum, a grid on it and one operation, for the world `lowlands`.
fn lowland_coordinates(source: &str) -> serde_json::Value {
    serde_json::json!({
        "datums": [{
            "id": "old-lowland", "name": "Old Lowland", "ellipsoid": {"semi_major_m": 6_377_397.155, "inverse_flattening": 299.152_812_8},
            "ellipsoid_name": "Bessel 1841", "preferred_operation": "TEST:1", "preferred_basis": "the only one", "source": source
        }],
        "systems": [{
            "id": "TEST:2", "name": "Lowland grid", "datum": "old-lowland",
            "grid": {"kind": "transverse-mercator", "lat_0": 51, "lon_0": 4.5, "scale": 0.9999, "false_easting_m": 200_000, "false_northing_m": 100_000},
            "area": [3, 50, 8, 53], "source": source
        }],
        "operations": [{
            "id": "TEST:1", "name": "Old Lowland to WGS 84", "datum": "old-lowland", "translation_m": [565.04, 49.91, 465.84],
            "rotation_arcsec": [0.4094, -0.3597, 1.8685], "scale_ppm": 4.0772, "convention": "coordinate-frame", "accuracy_m": 1,
            "area_name": "Lowlands", "area": [3, 50, 8, 53], "source": source
        }]
    })
}

/// A copy of the world `lowlands` with a layer of coordinate systems, and one of its sources.
fn lowlands(scratch: &Scratch, change: impl FnOnce(&mut serde_json::Value)) -> std::path::PathBuf {
    let folder = scratch.copy(&crate::program::world("lowlands"), "lowlands");
    let sources = std::fs::read_to_string(folder.join("sources.json")).expect("sources");
    let sources: serde_json::Value = serde_json::from_str(&sources).expect("JSON");
    let source = sources[0]["id"].as_str().expect("an id").to_owned();
    let mut layer = lowland_coordinates(&source);
    change(&mut layer);
    std::fs::write(folder.join("coordinates.json"), layer.to_string()).expect("a file");
    folder
}

#[test]
fn another_region_brings_its_own_systems() {
    let scratch = Scratch::new();
    let folder = lowlands(&scratch, |_| {});
    let written =
        crate::program::answer(&folder, "border turning-points --pair BE-NL --format csv");
    let header = written.lines().next().expect("a header");
    assert!(
        header.contains("test_2_easting_m,test_2_northing_m,operation,operation_accuracy_m"),
        "{header}"
    );
    let file = scratch.write("list.csv", &written);
    let line = format!(
        "border turning-points --read {} --system test:2 --format csv",
        file.display()
    );
    let back = crate::program::answer(&folder, &line);
    for (one, other) in columns(&written, &["lon", "lat"])
        .iter()
        .zip(columns(&back, &["lon", "lat"]))
    {
        let [one, other] = [one, &other].map(|at| Coord { x: at[0], y: at[1] });
        assert!(geodesy::distance(one, other).m() < 2e-3);
    }
    // Without the layer there is WGS 84 alone.
    let plain = crate::program::world("lowlands");
    let written = crate::program::answer(&plain, "border turning-points --pair BE-NL --format csv");
    assert!(
        !written.contains("operation"),
        "{}",
        written.lines().next().unwrap_or_default()
    );
}

#[test]
fn an_unsound_layer_is_told_with_record_and_property() {
    type Change = fn(&mut serde_json::Value);
    let cases: [(Change, &str); 9] = [
        (
            |layer| layer["operations"][0]["datum"] = "x".into(),
            "operations `TEST:1`.datum",
        ),
        (
            |layer| layer["systems"][0]["area"] = serde_json::json!([3, 53, 8, 50]),
            "systems `TEST:2`.area",
        ),
        (
            |layer| layer["systems"][0]["grid"]["scale"] = 0.into(),
            "systems `TEST:2`.grid",
        ),
        (
            |layer| layer["systems"][0]["grid"]["kind"] = "mercator".into(),
            "kind",
        ),
        (
            |layer| layer["datums"][0]["ellipsoid"]["semi_major_m"] = 6.4.into(),
            "ellipsoid",
        ),
        (
            |layer| layer["datums"][0]["preferred_operation"] = "TEST:9".into(),
            "preferred_operation",
        ),
        (
            |layer| layer["operations"][0]["accuracy_m"] = (-1).into(),
            "accuracy_m",
        ),
        (
            |layer| layer["operations"][0]["source"] = "nobody".into(),
            "source",
        ),
        (
            |layer| {
                for key in ["translation_m", "rotation_arcsec"] {
                    layer["operations"][0][key] = serde_json::json!([0, 0, 0]);
                }
                layer["operations"][0]["scale_ppm"] = 0.into();
            },
            "moves nothing",
        ),
    ];
    for (change, words) in cases {
        let scratch = Scratch::new();
        let folder = lowlands(&scratch, change);
        let said = crate::program::run_on(&folder, "validate");
        assert_eq!(said.code, 1, "{words}: {}", said.out);
        assert!(
            said.out.contains("coordinates.json") && said.out.contains(words),
            "{words}: {}",
            said.out
        );
    }
}

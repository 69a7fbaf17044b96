//! Laws of `analysis::diff` on lines drawn at random, and each conflict on lines drawn by hand.

use araxes::analysis::compare::Asked;
use araxes::analysis::diff;
use araxes::analysis::diff::Event;
use araxes::analysis::diff::EventRow;
use araxes::analysis::diff::LineRow;
use araxes::analysis::diff::Side;
use araxes::analysis::diff::Verdict;
use araxes::analysis::diff::What;
use araxes::geodesy::Edge;
use araxes::geodesy::distance;
use araxes::model::Border;
use araxes::model::Boundary;
use araxes::model::Code;
use araxes::model::Pair;
use araxes::model::Part;
use araxes::model::Piece;
use araxes::model::World;
use geo::Coord;
use geo::coord;
use proptest::prelude::*;
use std::sync::LazyLock;

use crate::worlds::loaded;

/// A world of which only the sources and their accuracy matter here: `survey` is accurate to 50 m, so two of it to 70.7 m.
static WORLD: LazyLock<World> = LazyLock::new(|| loaded("lowlands"));

const JOINT_M: f64 = 70.710_678;

type Pieces = Vec<Vec<Coord>>;

fn pair() -> Pair {
    "BE-NL".parse().expect("a pair")
}

fn boundary(parts: &[(Part, Pieces)]) -> Boundary {
    let code = |text: &str| text.parse::<Code>().expect("a code");
    let border = |(part, pieces): &(Part, Pieces)| {
        let piece = |vertices: &Vec<Coord>| Piece {
            vertices: vertices.clone(),
            exact: vec![true; vertices.len() - 1],
        };
        let pieces = pieces.iter().map(piece).collect();
        Border::new(pair(), part.clone(), (code("BE"), code("NL")), pieces)
    };
    Boundary {
        source: WORLD.boundary(Some("survey")).expect("a source").source,
        territories: Vec::new(),
        borders: parts.iter().map(border).collect(),
        tripoints: Vec::new(),
        exclaves: Vec::new(),
    }
}

fn main_of(pieces: Pieces) -> Boundary {
    boundary(&[(Part::Main, pieces)])
}

fn side(boundary: &Boundary) -> Side<'_> {
    Side {
        world: &WORLD,
        boundary,
    }
}

fn event(part: &str, km: f64, to_km: Option<f64>) -> Event {
    Event {
        label: format!("{part} {km}"),
        pair: pair(),
        part: part.to_owned(),
        km,
        to_km,
    }
}

fn carried(old: &Boundary, new: &Boundary, events: &[Event]) -> Vec<EventRow> {
    let all = diff::carry(side(old), side(new), events);
    all.into_iter().map(|one| one.row).collect()
}

fn at_km(kms: &[f64]) -> Vec<Event> {
    kms.iter().map(|&km| event("main", km, None)).collect()
}

fn km_new(row: &EventRow) -> f64 {
    row.km_new.unwrap_or_else(|| panic!("no place: {row:?}"))
}

fn offset_m(row: &EventRow) -> f64 {
    row.offset_m.unwrap_or_else(|| panic!("no offset: {row:?}"))
}

fn length_km(line: &[Coord]) -> f64 {
    let edges = line.windows(2);
    edges.map(|ends| distance(ends[0], ends[1]).km()).sum()
}

/// The place at a kilometre, by walking along.
fn walk(line: &[Coord], km: f64) -> Coord {
    let mut left_m = km * 1_000.0;
    for ends in line.windows(2) {
        let edge = Edge::new(ends[0], ends[1]);
        if left_m <= edge.length().m() {
            return edge.at(left_m);
        }
        left_m -= edge.length().m();
    }
    *line.last().expect("a vertex")
}

/// Of every edge its nearest place to a point: distance in metres and kilometre along the line.
fn feet(line: &[Coord], point: Coord) -> Vec<(f64, f64)> {
    let mut start_km = 0.0;
    let mut found = Vec::new();
    for ends in line.windows(2) {
        let edge = Edge::new(ends[0], ends[1]);
        let foot = edge.nearest(point);
        found.push((foot.distance.m(), start_km + foot.along_m / 1_000.0));
        start_km += edge.length().km();
    }
    found
}

fn nearest(feet: &[(f64, f64)]) -> (f64, f64) {
    let first = feet[0];
    feet.iter().fold(
        first,
        |best, foot| if foot.0 < best.0 { *foot } else { best },
    )
}

fn densified(line: &[Coord], n: u32) -> Vec<Coord> {
    let mut dense = vec![line[0]];
    for ends in line.windows(2) {
        let edge = Edge::new(ends[0], ends[1]);
        let share = |k: u32| edge.length().m() * f64::from(k) / f64::from(n + 1);
        dense.extend((1..=n).map(|k| edge.at(share(k))));
        dense.push(ends[1]);
    }
    dense
}

fn shifted(line: &[Coord], dx: f64, dy: f64) -> Vec<Coord> {
    line.iter()
        .map(|at| coord! { x: at.x + dx, y: at.y + dy })
        .collect()
}

prop_compose! {
    /// A line that wanders about, of some kilometres an edge.
    fn wandering()(
        steps in prop::collection::vec((-0.1..0.1_f64, -0.1..0.1_f64), 2..30),
    ) -> Vec<Coord> {
        let mut at = coord! { x: 4.0, y: 51.0 };
        let mut line = vec![at];
        for (dx, dy) in steps {
            at = coord! { x: at.x + dx, y: at.y + dy };
            line.push(at);
        }
        line
    }
}

prop_compose! {
    /// A line that goes east, and up and down less than that.
    fn eastward()(
        steps in prop::collection::vec((0.02..0.1_f64, -0.01..0.01_f64), 2..20),
    ) -> Vec<Coord> {
        let mut at = coord! { x: 4.0, y: 51.0 };
        let mut line = vec![at];
        for (dx, dy) in steps {
            at = coord! { x: at.x + dx, y: at.y + dy };
            line.push(at);
        }
        line
    }
}

/// Shares of a line's length.
fn shares() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.0..=1.0_f64, 1..12)
}

fn kms(line: &[Coord], shares: &[f64]) -> Vec<f64> {
    let length = length_km(line);
    shares.iter().map(|share| share * length).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn from_a_line_to_itself_with_whatever_vertices_every_kilometre_stays(
        line in wandering(), shares in shares(), n in 0_u32..5, at in any::<prop::sample::Index>(),
    ) {
        let old = main_of(vec![line.clone()]);
        let dense = densified(&line, n);
        // In two pieces that meet at a vertex.
        let cut = 1 + at.index(dense.len() - 2);
        let split = vec![dense[..=cut].to_vec(), dense[cut..].to_vec()];
        let kms = kms(&line, &shares);
        for row in carried(&old, &main_of(split.clone()), &at_km(&kms)) {
            prop_assert!((km_new(&row) - row.km_old).abs() <= 2e-6, "{row:?}");
            prop_assert!(offset_m(&row) <= 1e-3, "{row:?}");
            prop_assert_eq!(row.conflict.as_str(), "");
        }
        let new = main_of(split);
        let rows = diff::lines(side(&old), side(&new), Asked::default());
        prop_assert_eq!(rows.len(), 1);
        prop_assert_eq!(rows[0].row.verdict, Verdict::Same);
    }

    #[test]
    fn a_line_moved_by_a_hundred_metres_is_within_that(line in eastward(), shares in shares()) {
        // 0.000 898 72 degrees of latitude are 100 m here.
        let new = shifted(&line, 0.0, 0.000_898_72);
        let events = at_km(&kms(&line, &shares));
        for row in carried(&main_of(vec![line.clone()]), &main_of(vec![new.clone()]), &events) {
            prop_assert!(offset_m(&row) <= 100.1, "{row:?}");
            prop_assert!((km_new(&row) - row.km_old).abs() < 0.2, "{row:?}");
            prop_assert!(row.conflict.contains("far") == (offset_m(&row) > JOINT_M), "{row:?}");
        }
    }

    #[test]
    fn order_is_kept_on_parallel_lines(
        lats in prop::collection::btree_set(1_u16..1000, 0..8),
        others in prop::collection::btree_set(1_u16..1000, 0..8),
        shares in shares(), apart in -0.05..0.05_f64, turned in any::<bool>(),
    ) {
        let meridian = |x: f64, lats: &std::collections::BTreeSet<u16>| -> Vec<Coord> {
            let ends = [0].into_iter().chain(lats.iter().copied()).chain([1000]);
            ends.map(|k| coord! { x: x, y: 51.0 + f64::from(k) / 1000.0 }).collect()
        };
        let (old, mut new) = (meridian(4.0, &lats), meridian(4.0 + apart, &others));
        if turned {
            new.reverse();
        }
        let mut kms = kms(&old, &shares);
        kms.sort_by(f64::total_cmp);
        let rows = carried(&main_of(vec![old]), &main_of(vec![new]), &at_km(&kms));
        for ends in rows.windows(2) {
            let way = km_new(&ends[1]) - km_new(&ends[0]);
            prop_assert!(if turned { way <= 1e-6 } else { way >= -1e-6 }, "{ends:?}");
        }
        prop_assert!(rows.iter().all(|row| !row.conflict.contains("order")), "{rows:?}");
    }

    #[test]
    fn carrying_is_what_a_scan_over_all_edges_finds(
        old in wandering(), new in wandering(), shares in shares(), dx in -0.2..0.2_f64,
    ) {
        let new = shifted(&new, dx, 0.01);
        let kms = kms(&old, &shares);
        let rows = carried(&main_of(vec![old.clone()]), &main_of(vec![new.clone()]), &at_km(&kms));
        for (row, km) in rows.iter().zip(&kms) {
            let feet = feet(&new, walk(&old, *km));
            let (metres, along) = nearest(&feet);
            prop_assert!((offset_m(row) - metres).abs() < 2e-3, "{row:?} {metres}");
            prop_assert!((km_new(row) - along).abs() < 3e-6, "{row:?} {along}");
            let reach = (1.5 * metres).max(JOINT_M);
            let doubt = metres > 1.0 && feet.iter().any(|foot| {
                foot.0 <= reach && (foot.1 - along).abs() * 1_000.0 > 3.0 * reach
            });
            prop_assert_eq!(row.conflict.contains("ambiguous"), doubt, "{:?}", row);
            let length = length_km(&new);
            let end = along < 1e-6 || length - along < 1e-6;
            let own_end = *km < 1e-3 || length_km(&old) - km < 1e-3;
            prop_assert_eq!(row.conflict.contains("end"), end && !own_end, "{:?}", row);
            prop_assert_eq!(row.conflict.contains("far"), metres > JOINT_M, "{:?}", row);
        }
        // Order: every pair is looked at. The line may run either way.
        let places: Vec<(f64, f64)> = rows.iter().map(|row| (row.km_old, km_new(row))).collect();
        let flagged = |sign: f64| -> Vec<bool> {
            let swaps = |a: &(f64, f64), b: &(f64, f64)| {
                a.0 < b.0 && sign * a.1 > sign * b.1 + 1e-6 || b.0 < a.0 && sign * b.1 > sign * a.1 + 1e-6
            };
            places.iter().map(|a| places.iter().any(|b| swaps(a, b))).collect()
        };
        let told: Vec<bool> = rows.iter().map(|row| row.conflict.contains("order")).collect();
        prop_assert!(told == flagged(1.0) || told == flagged(-1.0), "{rows:?}");
    }

    #[test]
    fn every_place_that_moved_is_in_a_stretch_and_every_stretch_has_one(
        old in eastward(), new in eastward(), shares in shares(),
    ) {
        let (one, other) = (main_of(vec![old.clone()]), main_of(vec![new.clone()]));
        let changes = diff::lines(side(&one), side(&other), Asked::default());
        let stretches: Vec<&LineRow> =
            changes.iter().map(|change| &change.row).filter(|row| row.what == What::Stretch).collect();
        let span = |row: &LineRow| (row.from_km.unwrap_or(f64::NAN), row.to_km.unwrap_or(f64::NAN));
        for km in kms(&old, &shares) {
            let (metres, _) = nearest(&feet(&new, walk(&old, km)));
            // An offset changes by no more than the way along the line, and points are 20 m apart.
            if metres > JOINT_M + 10.0 {
                let holds = stretches.iter().any(|row| {
                    let (from, to) = span(row);
                    from - 1e-3 <= km && km <= to + 1e-3
                });
                prop_assert!(holds, "{km}: {metres} m, {stretches:?}");
            }
        }
        for row in &stretches {
            let at = row.at.zip(row.at_new);
            let (at, at_new) = at.expect("places");
            let place = |at: [f64; 2]| coord! { x: at[0], y: at[1] };
            let apart = distance(place(at), place(at_new)).m();
            prop_assert!((apart - row.max_offset_m.expect("an offset")).abs() < 0.3, "{row:?}");
            prop_assert!(apart > JOINT_M - 0.3, "{row:?}");
        }
    }
}

/// A line along a parallel, of one edge each 0.01°, which are 702 m; from and to in hundredths of a degree.
fn parallel(from: u32, to: u32, lat: f64) -> Vec<Coord> {
    let place = |k: u32| coord! { x: f64::from(k) / 100.0, y: lat };
    (from..=to).map(place).collect()
}

fn one(old: &Boundary, new: &Boundary, event: Event) -> EventRow {
    carried(old, new, &[event]).remove(0)
}

#[test]
fn a_kilometre_that_the_old_line_does_not_have_is_off_it() {
    let line = main_of(vec![parallel(400, 500, 51.0)]);
    let end = length_km(&parallel(400, 500, 51.0));
    for (km, told) in [
        (-0.01, "off-line"),
        (end + 0.01, "off-line"),
        (end + 0.0005, ""),
        (1e12, "off-line"),
    ] {
        let row = one(&line, &line, event("main", km, None));
        assert_eq!(row.conflict, told, "{km}");
        assert_eq!(row.km_new.is_none(), told == "off-line", "{km}");
    }
    assert_eq!(
        one(&line, &line, event("main", 1.0, Some(1e3))).conflict,
        "off-line"
    );
    assert_eq!(
        one(&line, &line, event("ring x", 1.0, None)).conflict,
        "off-line, no-border"
    );
}

#[test]
fn a_part_that_the_new_source_does_not_draw_is_no_border() {
    let ring = Part::Ring("kern".to_owned());
    let old = boundary(&[
        (Part::Main, vec![parallel(400, 500, 51.0)]),
        (ring, vec![parallel(400, 410, 51.5)]),
    ]);
    let new = main_of(vec![parallel(400, 500, 51.0)]);
    assert_eq!(
        one(&old, &new, event("ring kern", 1.0, None)).conflict,
        "no-border"
    );
    let rows = diff::lines(side(&old), side(&new), Asked::default());
    let verdicts: Vec<Verdict> = rows.iter().map(|change| change.row.verdict).collect();
    assert_eq!(verdicts, [Verdict::Same, Verdict::OnlyInOld]);
    let rows = diff::lines(side(&new), side(&old), Asked::default());
    let verdicts: Vec<Verdict> = rows.iter().map(|change| change.row.verdict).collect();
    assert_eq!(verdicts, [Verdict::Same, Verdict::OnlyInNew]);
}

#[test]
fn another_part_is_taken_where_the_own_one_is_too_far_and_it_is_nearer() {
    let sub = |code: &str| Part::Subdivision(code.parse().expect("a code"));
    let old = main_of(vec![parallel(400, 500, 51.0)]);
    let far = boundary(&[
        (Part::Main, vec![parallel(400, 500, 51.01)]),
        (sub("NL-LI"), vec![parallel(400, 500, 51.001)]),
    ]);
    let row = one(&old, &far, event("main", 30.0, None));
    assert_eq!(
        (row.conflict.as_str(), row.part_new.as_deref()),
        ("far, other-part", Some("NL-LI"))
    );
    // Within the accuracy of the sources the own part stands: 0.0005 degrees are 56 m.
    let near = boundary(&[
        (Part::Main, vec![parallel(400, 500, 51.0005)]),
        (sub("NL-LI"), vec![parallel(400, 500, 51.0)]),
    ]);
    let row = one(&old, &near, event("main", 30.0, None));
    assert_eq!((row.conflict.as_str(), row.part_new.as_deref()), ("", None));
}

#[test]
fn a_place_in_a_gap_of_the_new_line_is_told() {
    let old = main_of(vec![parallel(400, 500, 51.0)]);
    let new = main_of(vec![parallel(400, 440, 51.0), parallel(450, 500, 51.0)]);
    // 4.45° E is in the middle of a gap of 7.02 km; the new line counts nothing there.
    let km = length_km(&parallel(400, 445, 51.0));
    let row = one(&old, &new, event("main", km, None));
    assert_eq!(row.conflict, "far, gap");
    assert!((offset_m(&row) - 3_510.0).abs() < 5.0, "{row:?}");
    assert_eq!(one(&old, &new, event("main", km + 7.0, None)).conflict, "");
    let lines = diff::lines(side(&old), side(&new), Asked::default());
    // Bridged straight, the old line did not leave it; the geodesic of 7 km rises a metre and a half above the parallel.
    assert_eq!(
        lines[0].row.verdict,
        Verdict::WithinError,
        "{:?}",
        lines[0].row
    );
}

#[test]
fn a_kilometre_of_both_banks_of_a_gap_in_the_old_line_is_in_doubt() {
    let old = main_of(vec![parallel(400, 440, 51.0), parallel(450, 500, 51.0)]);
    let km = length_km(&parallel(400, 440, 51.0));
    for (along, told) in [
        (km, "ambiguous"),
        (km + 0.0004, "ambiguous"),
        (km - 0.1, ""),
    ] {
        let row = one(&old, &old, event("main", along, None));
        assert_eq!(row.conflict, told, "{row:?}");
        assert!((km_new(&row) - along).abs() < 2e-6, "{row:?}");
    }
    // A gap narrower than the sources are accurate is no doubt: 0.0005 degrees are 35 m.
    let mut narrow = parallel(440, 500, 51.0);
    narrow[0].x += 0.0005;
    let old = main_of(vec![parallel(400, 440, 51.0), narrow]);
    assert_eq!(one(&old, &old, event("main", km, None)).conflict, "");
}

#[test]
fn a_place_beyond_the_end_of_the_new_line_is_put_on_it() {
    let old = main_of(vec![parallel(400, 500, 51.0)]);
    let new = main_of(vec![parallel(400, 490, 51.0)]);
    let end = length_km(&parallel(400, 490, 51.0));
    let row = one(&old, &new, event("main", end + 0.05, None));
    assert_eq!(row.conflict, "end");
    assert!(
        (km_new(&row) - end).abs() < 2e-6 && (offset_m(&row) - 50.0).abs() < 0.01,
        "{row:?}"
    );
    assert_eq!(
        one(&old, &new, event("main", end + 1.0, None)).conflict,
        "far, end"
    );
    let rows = diff::lines(side(&old), side(&new), Asked::default());
    let stretch = &rows[1].row;
    assert_eq!(
        (rows[0].row.verdict, stretch.verdict),
        (Verdict::BeyondEnd, Verdict::BeyondEnd)
    );
    assert!(
        (stretch.from_km.expect("a start") - end - JOINT_M / 1_000.0).abs() < 0.021,
        "{stretch:?}"
    );
}

#[test]
fn two_limbs_of_a_hairpin_are_in_doubt() {
    // North along 4.5°, back south along 4.506°, 421 m apart; the old line is between them, nearer to the first.
    let hairpin = vec![
        coord! { x: 4.5, y: 51.0 },
        coord! { x: 4.5, y: 51.5 },
        coord! { x: 4.506, y: 51.5 },
        coord! { x: 4.506, y: 51.0 },
    ];
    let old = |x: f64| {
        main_of(vec![vec![
            coord! { x: x, y: 51.0 },
            coord! { x: x, y: 51.5 },
        ]])
    };
    let at = |x: f64| {
        one(
            &old(x),
            &main_of(vec![hairpin.clone()]),
            event("main", 10.0, None),
        )
        .conflict
    };
    assert_eq!(at(4.5028), "far, ambiguous");
    assert_eq!(at(4.5015), "far");
    assert_eq!(at(4.5), "");
}

#[test]
fn events_that_change_their_order_are_told_and_a_line_turned_round_is_not() {
    // A fold of the old line: 30 km east, 10 km back, on again. The new line has no fold.
    let fold = vec![
        coord! { x: 4.0, y: 51.0 },
        coord! { x: 4.5, y: 51.0003 },
        coord! { x: 4.3, y: 51.0002 },
        coord! { x: 5.0, y: 51.0 },
    ];
    let straight = parallel(400, 500, 51.0);
    let folded = main_of(vec![fold]);
    let events = [
        event("main", 5.0, None),
        event("main", 33.0, None),
        event("main", 40.0, None),
        event("main", 80.0, None),
    ];
    let told = |new: Vec<Coord>| -> Vec<bool> {
        let rows = carried(&folded, &main_of(vec![new]), &events);
        rows.iter()
            .map(|row| row.conflict.contains("order"))
            .collect()
    };
    assert_eq!(told(straight.clone()), [false, true, true, false]);
    let turned: Vec<Coord> = straight.into_iter().rev().collect();
    assert_eq!(told(turned), [false, true, true, false]);
}

#[test]
fn a_ring_may_start_elsewhere_and_run_the_other_way() {
    let corners = [(4.0, 51.0), (4.1, 51.0), (4.1, 51.1), (4.0, 51.1)];
    let ring = |first: usize, backwards: bool| {
        let place = |k: usize| coord! { x: corners[k % 4].0, y: corners[k % 4].1 };
        let mut vertices: Vec<Coord> = (first..=first + 4).map(place).collect();
        if backwards {
            vertices.reverse();
        }
        boundary(&[(Part::Ring("kern".to_owned()), vec![vertices])])
    };
    let old = ring(0, false);
    let length = old.borders[0].length().km();
    let events = [
        event("ring kern", 0.0, Some(5.0)),
        event("ring kern", 16.0, Some(20.0)),
        event("ring kern", length, None),
    ];
    for (first, backwards) in [(0, false), (2, false), (1, true)] {
        for row in carried(&old, &ring(first, backwards), &events) {
            assert_eq!(
                (row.conflict.as_str(), offset_m(&row)),
                ("", 0.0),
                "{row:?}"
            );
            assert!(
                row.stretch
                    .is_none_or(|stretch| (stretch - 1.0).abs() < 1e-4),
                "{row:?}"
            );
        }
    }
    let itself = carried(&old, &old, &events);
    assert!(
        (km_new(&itself[2]) - length).abs() < 2e-6 && km_new(&itself[0]) == 0.0,
        "{itself:?}"
    );
}

#[test]
fn a_bulge_is_as_long_and_as_far_out_as_it_is_drawn() {
    // Along the meridian of 4° E; new: from 51.2° to 51.3° N (11.12 km) out to 4.05° (3.50 km) and back.
    let meridian = vec![coord! { x: 4.0, y: 51.0 }, coord! { x: 4.0, y: 51.5 }];
    let bulge = vec![
        coord! { x: 4.0, y: 51.0 },
        coord! { x: 4.0, y: 51.2 },
        coord! { x: 4.05, y: 51.2 },
        coord! { x: 4.05, y: 51.3 },
        coord! { x: 4.0, y: 51.3 },
        coord! { x: 4.0, y: 51.5 },
    ];
    let (old, new) = (
        main_of(vec![meridian.clone()]),
        main_of(vec![bulge.clone()]),
    );
    let changes = diff::lines(side(&old), side(&new), Asked::default());
    assert_eq!(changes.len(), 2, "{changes:?}");
    let (whole, stretch) = (&changes[0].row, &changes[1].row);
    let south = distance(meridian[0], bulge[1]).km();
    let height = distance(bulge[1], bulge[4]).km();
    let km = |value: Option<f64>| value.expect("a figure");
    // The old line leaves the foot of the bulge's sides as fast as it goes along, so it is beyond the accuracy all but 71 m at each.
    let edge = JOINT_M / 1_000.0;
    assert!(
        (km(stretch.from_km) - south - edge).abs() < 0.021,
        "{stretch:?}"
    );
    assert!(
        (km(stretch.to_km) - south - height + edge).abs() < 0.021,
        "{stretch:?}"
    );
    let share = 100.0 * km(stretch.length_km) / km(whole.length_km);
    assert!((km(whole.moved_pct) - share).abs() < 0.05, "{whole:?}");
    let width = distance(bulge[1], bulge[2]).m();
    assert!(
        (km(stretch.max_offset_m) - width).abs() < 15.0,
        "{stretch:?} {width}"
    );
    assert_eq!(
        (whole.verdict, stretch.verdict),
        (Verdict::Moved, Verdict::Moved)
    );
    // A linear event over it is as much longer as the new line is.
    let row = one(
        &old,
        &new,
        event("main", south - 5.0, Some(south + height + 5.0)),
    );
    let longer = (length_km(&bulge) - length_km(&meridian) + height + 10.0) / (height + 10.0);
    assert!(
        (row.stretch.expect("a factor") - longer).abs() < 1e-4,
        "{row:?} {longer}"
    );
}

#[test]
fn a_narrow_bulge_is_found_though_the_old_line_is_near_its_foot() {
    // 70 m wide at its foot: no point of the old line is farther than 35 m.
    let spike = vec![
        coord! { x: 4.0, y: 51.0 },
        coord! { x: 4.0, y: 51.2 },
        coord! { x: 4.05, y: 51.2003 },
        coord! { x: 4.0, y: 51.2006 },
        coord! { x: 4.0, y: 51.5 },
    ];
    let meridian = vec![coord! { x: 4.0, y: 51.0 }, coord! { x: 4.0, y: 51.5 }];
    let (old, new) = (main_of(vec![meridian]), main_of(vec![spike]));
    let changes = diff::lines(side(&old), side(&new), Asked::default());
    assert_eq!(changes.len(), 2);
    let (whole, stretch) = (&changes[0].row, &changes[1].row);
    assert_eq!(
        (whole.moved_pct, whole.verdict),
        (Some(0.0), Verdict::Moved)
    );
    assert_eq!(
        (stretch.strays, stretch.verdict),
        (Some("new"), Verdict::Moved)
    );
    assert!(stretch.length_km.expect("a length") < 0.1, "{stretch:?}");
    assert!(
        (stretch.length_new_km.expect("a length") - 6.87).abs() < 0.05,
        "{stretch:?}"
    );
}

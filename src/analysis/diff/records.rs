//! What changed in the records of two data sets: segments and disputes, property by property and claim by claim.

use geo::Coord;
use geo::MultiPolygon;
use serde::Serialize;

use crate::analysis::diff::Side;
use crate::analysis::diff::dates::Place;
use crate::analysis::diff::dates::place_of;
use crate::analysis::segments;
use crate::analysis::segments::ClaimRow;
use crate::analysis::segments::When;
use crate::analysis::segments::claim_row;
use crate::analysis::segments::control_in_words;
use crate::geodesy;
use crate::model::Claim;
use crate::model::Code;
use crate::model::Dispute;
use crate::model::DisputePlace;
use crate::model::Extent;
use crate::model::Id;
use crate::model::Named;
use crate::model::Pair;
use crate::model::Segment;
use crate::model::Source;
use crate::model::Table;
use crate::model::World;
use crate::units::rounded;

/// A record, or something of it, that is not the same in both data sets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecordRow {
    /// `segment` or `dispute`.
    pub what: &'static str,
    /// The record's id.
    pub id: String,
    /// The states.
    pub pair: Pair,
    /// `added`, `removed` or `changed`.
    pub change: &'static str,
    /// The axis or property; nothing where the whole record was added or removed.
    pub property: Option<&'static str>,
    /// What the old data set says.
    pub before: Option<String>,
    /// What the new one says.
    pub after: Option<String>,
}

/// A row and where its record is: in the new data set if it is there.
#[derive(Debug, Clone)]
pub struct RecordChange {
    /// The row.
    pub row: RecordRow,
    /// Where.
    pub place: Place,
}

/// What changed in segments and disputes, of one pair or all: in the order of the old data set, then what was added. With a view, of claims that are one
/// party's own only that party's.
///
/// # Properties
///
/// - Nothing changed between a data set and itself.
/// - Exchanging the data sets exchanges what was added and removed.
pub fn records(
    old: Side<'_>,
    new: Side<'_>,
    pair: Option<Pair>,
    view: Option<Code>,
) -> Vec<RecordChange> {
    let told = |world: &World, segment: &Segment| of_segment(world, segment, view);
    let of_segments = changes(
        (old.world, &old.world.segments),
        (new.world, &new.world.segments),
        ("segment", told),
    );
    let told = |world: &World, dispute: &Dispute| of_dispute(world, dispute, view);
    let of_disputes = changes(
        (old.world, &old.world.disputes),
        (new.world, &new.world.disputes),
        ("dispute", told),
    );
    let rows = of_segments.into_iter().chain(of_disputes);
    let asked = rows.filter(|row| pair.is_none_or(|pair| pair == row.pair));
    let place = |row: RecordRow| {
        let place = [new, old]
            .into_iter()
            .find_map(|side| where_is(side, &row))
            .unwrap_or(Place::Nowhere);
        RecordChange { row, place }
    };
    asked.map(place).collect()
}

/// What a record says: its pair, properties in words, and claims.
struct Told {
    pair: Pair,
    properties: Vec<(&'static str, Option<String>)>,
    claims: Vec<ClaimRow>,
}

fn changes<T: Named>(
    (old_world, old): (&World, &Table<T>),
    (new_world, new): (&World, &Table<T>),
    (what, told): (&'static str, impl Fn(&World, &T) -> Told),
) -> Vec<RecordRow> {
    let mut rows = Vec::new();
    for (_, record) in old.iter() {
        let before = told(old_world, record);
        let Some(other) = new.find(record.slug()) else {
            rows.push(before.row(what, record.slug(), "removed"));
            continue;
        };
        let after = told(new_world, &new[other]);
        rows.extend(before.against(&after, what, record.slug()));
    }
    for (_, record) in new.iter() {
        if old.find(record.slug()).is_none() {
            rows.push(told(new_world, record).row(what, record.slug(), "added"));
        }
    }
    rows
}

impl Told {
    fn row(&self, what: &'static str, id: &str, change: &'static str) -> RecordRow {
        RecordRow {
            what,
            id: id.to_owned(),
            pair: self.pair,
            change,
            property: None,
            before: None,
            after: None,
        }
    }

    /// What differs between two records of one id.
    fn against(&self, other: &Self, what: &'static str, id: &str) -> Vec<RecordRow> {
        let row = |change, property, before, after| RecordRow {
            property: Some(property),
            before,
            after,
            ..other.row(what, id, change)
        };
        let mut rows = Vec::new();
        for ((property, before), (_, after)) in self.properties.iter().zip(&other.properties) {
            if before != after {
                rows.push(row("changed", *property, before.clone(), after.clone()));
            }
        }
        let mut gone = without(&self.claims, &other.claims);
        for claim in without(&other.claims, &self.claims) {
            let same = |old: &ClaimRow| {
                (old.axis, old.from, old.view) == (claim.axis, claim.from, claim.view)
            };
            let before = gone.iter().position(same).map(|at| gone.remove(at));
            let change = if before.is_some() { "changed" } else { "added" };
            let (before, after) = match before {
                Some(before) => in_words_apart(&before, &claim),
                None => (None, Some(in_words(&claim, false))),
            };
            rows.push(row(change, claim.axis, before, after));
        }
        for claim in gone {
            let before = Some(in_words(&claim, false));
            rows.push(row("removed", claim.axis, before, None));
        }
        rows
    }
}

/// The claims of one list that another one does not have, as often as they are missing there.
fn without(claims: &[ClaimRow], others: &[ClaimRow]) -> Vec<ClaimRow> {
    let mut others: Vec<&ClaimRow> = others.iter().collect();
    let mut left = Vec::new();
    for claim in claims {
        match others.iter().position(|other| *other == claim) {
            Some(at) => drop(others.swap_remove(at)),
            None => left.push(claim.clone()),
        }
    }
    left
}

/// Two claims in words that tell them apart: with their notes where only those differ.
fn in_words_apart(before: &ClaimRow, after: &ClaimRow) -> (Option<String>, Option<String>) {
    let plain = (in_words(before, false), in_words(after, false));
    let (before, after) = if plain.0 == plain.1 {
        (in_words(before, true), in_words(after, true))
    } else {
        plain
    };
    (Some(before), Some(after))
}

/// `delimited, from 2024-04-19, until 2025, stated by BE [atlas]`.
fn in_words(claim: &ClaimRow, with_note: bool) -> String {
    let mut words = vec![claim.value.clone()];
    words.extend(claim.from.map(|date| format!(", from {date}")));
    words.extend(claim.to.map(|date| format!(", until {date}")));
    words.extend(claim.view.map(|view| format!(", stated by {view}")));
    let (source, basis) = (claim.source.iter(), claim.assumption.iter());
    words.extend(source.map(|source| format!(" [{source}]")));
    words.extend(basis.map(|basis| format!(" (assumed: {basis})")));
    let note = claim.note.iter().filter(|_| with_note);
    words.extend(note.map(|note| format!("; note: {note}")));
    words.concat()
}

/// The claims of one axis that are seen from a view.
fn seen<T>(
    world: &World,
    axis: &'static str,
    (claims, view): (&[Claim<T>], Option<Code>),
    words: impl Fn(&T) -> String,
) -> Vec<ClaimRow> {
    let seen = claims.iter().filter(|claim| claim.seen_from(view));
    seen.map(|claim| claim_row(world, axis, claim, words(&claim.value)))
        .collect()
}

fn of_segment(world: &World, segment: &Segment, view: Option<Code>) -> Told {
    let status = &segment.status;
    let mut claims = seen(world, "stage", (&status.stage, view), ToString::to_string);
    let agreement = (status.agreement.as_slice(), view);
    claims.extend(seen(world, "agreement", agreement, ToString::to_string));
    let control = (status.control.as_slice(), view);
    claims.extend(seen(world, "control", control, control_in_words));
    let basis = (status.basis.as_slice(), view);
    claims.extend(seen(world, "basis", basis, ToString::to_string));
    let geometry = (status.geometry.as_slice(), view);
    claims.extend(seen(world, "geometry", geometry, |m| format!("{m} m")));
    Told {
        pair: segment.pair,
        properties: vec![
            ("pair", Some(segment.pair.to_string())),
            ("extent", Some(extent_in_words(segment))),
            ("order", Some(segment.order.to_string())),
            ("names", Some(segment.names.label(&world.languages()))),
            ("anchor_basis", Some(segment.anchor_basis.clone())),
            ("issue", segment.issue.clone()),
        ],
        claims,
    }
}

fn extent_in_words(segment: &Segment) -> String {
    let part = segment
        .subdivision()
        .map_or_else(|| "main".to_owned(), |code| code.to_string());
    match segment.extent {
        Extent::Whole { reverse: false, .. } => format!("whole of {part}"),
        Extent::Whole { reverse: true, .. } => format!("whole of {part}, chainage reversed"),
        Extent::Between {
            from,
            to,
            anchor_accuracy_m,
            ..
        } => format!(
            "{part} from {} to {}, anchors within {anchor_accuracy_m} m",
            place_in_words(from),
            place_in_words(to)
        ),
        Extent::Ring { inside } => format!("ring around {}", place_in_words(inside)),
    }
}

fn place_in_words(at: Coord) -> String {
    format!("{},{}", rounded(at.x, 6), rounded(at.y, 6))
}

fn of_dispute(world: &World, dispute: &Dispute, view: Option<Code>) -> Told {
    let control = (dispute.control.as_slice(), view);
    let mut claims = seen(world, "control", control, ToString::to_string);
    let area = (dispute.area_km2.as_slice(), view);
    claims.extend(seen(world, "area_km2", area, |km2| format!("{km2} km²")));
    let evidence = (dispute.evidence.as_slice(), view);
    claims.extend(seen(world, "evidence", evidence, String::clone));
    let place = match &dispute.place {
        DisputePlace::Point(at) => format!("point {}", place_in_words(*at)),
        DisputePlace::Outline { area, source } => outline_in_words(world, area, *source),
    };
    Told {
        pair: dispute.pair,
        properties: vec![
            ("pair", Some(dispute.pair.to_string())),
            ("kind", Some(dispute.kind.word().to_owned())),
            ("de_jure", dispute.de_jure.map(|code| code.to_string())),
            ("names", Some(dispute.names.label(&world.languages()))),
            ("place", Some(place)),
            ("issue", Some(dispute.issue.clone())),
        ],
        claims,
    }
}

/// Measures of an outline that tell two of them apart: area, perimeter, vertices, and the mean of those.
fn outline_in_words(world: &World, area: &MultiPolygon, source: Id<Source>) -> String {
    let rings = || {
        area.iter()
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
    };
    let km2: f64 = area.iter().map(geodesy::area_km2).sum();
    let km: f64 = rings().map(|ring| geodesy::length(ring).km()).sum();
    let vertices: Vec<Coord> = rings().flat_map(|ring| ring.0.iter().copied()).collect();
    let sum = vertices
        .iter()
        .fold(Coord { x: 0.0, y: 0.0 }, |sum, at| sum + *at);
    let middle = sum / vertices.len().max(1) as f64;
    format!(
        "outline of {} vertices about {}, {} km², {} km round [{}]",
        vertices.len(),
        place_in_words(middle),
        rounded(km2, 4),
        rounded(km, 3),
        world.sources[source].id
    )
}

/// Where the record of a row is on a side; none if it is not there.
fn where_is(side: Side<'_>, row: &RecordRow) -> Option<Place> {
    let world = side.world;
    if row.what == "dispute" {
        return Some(place_of(&world.disputes[world.disputes.find(&row.id)?]));
    }
    let id = world.segments.find(&row.id)?;
    let when = When {
        on: world.meta.as_of,
        view: None,
    };
    let mut lines = Vec::new();
    for (number, border) in side.boundary.borders.iter().enumerate() {
        if border.pair == world.segments[id].pair {
            let stretches = segments::stretches_of(world, side.boundary, number, when);
            let mine = stretches.into_iter().filter(|s| s.segment == Some(id));
            lines.extend(mine.flat_map(|stretch| border.cut(stretch.from, stretch.to)));
        }
    }
    Some(Place::Lines(lines))
}

//! Kilometres of the old line carried to the new one.
//!
//! Method. An event's place on the old line goes to the nearest place of the same part on the new line, by geodesic distance; to another part of the
//! pair's border where its own is farther than the joint accuracy and the other one is nearer. Of a linear event the two ends are carried.
//!
//! What speaks against a carried kilometre is told by name:
//!
//! - `off-line`: the old line has no such part or kilometre (a metre beyond its end is allowed, for rounding).
//! - `no-border`: the new source does not draw the part.
//! - `far`: the offset is beyond the joint accuracy of the two sources.
//! - `ambiguous`: the line moved here, and another place of the new one is within 1.5 times the offset or within the accuracy, and along the line
//!   more than three times that away: another limb of a meander, say. Also where the old line has a gap, so that the kilometre is that of both banks.
//! - `other-part`: the place found is on another part of the border.
//! - `order`: the event comes before another one that it came after, or the other way.
//! - `gap`: the place lies where the new source leaves a gap, so it is drawn to a bank of it.
//! - `end`: the new line ends before, so the event is put on its end.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;
use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::compare::Asked;
use crate::analysis::diff::Side;
use crate::analysis::diff::carrier::Carrier;
use crate::analysis::diff::carrier::Conflict;
use crate::analysis::diff::carrier::Found;
use crate::analysis::diff::carrier::Landing;
use crate::analysis::segments;
use crate::analysis::segments::Stretch;
use crate::analysis::segments::When;
use crate::model::Extent;
use crate::model::Pair;
use crate::units::Length;
use crate::units::rounded;

/// Swaps of less than this are rounding.
const SWAPPED_M: f64 = 1e-3;

/// Something at a kilometre of a border, or from one kilometre to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What it is called.
    pub label: String,
    /// The states.
    pub pair: Pair,
    /// The part of their border, by its label.
    pub part: String,
    /// Where it is, or where it starts.
    pub km: f64,
    /// Where it ends, if it is a stretch.
    pub to_km: Option<f64>,
}

/// An event on both lines.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventRow {
    /// What it is called.
    pub label: String,
    /// The states.
    pub pair: Pair,
    /// The part of their border on the old source.
    pub part: String,
    /// The part on the new source, where that is another one.
    pub part_new: Option<String>,
    /// Where it is, or starts, on the old line.
    pub km_old: f64,
    /// On the new line.
    pub km_new: Option<f64>,
    /// Where it ends on the old line.
    pub to_km_old: Option<f64>,
    /// On the new line.
    pub to_km_new: Option<f64>,
    /// How far the place on the new line is from that on the old one.
    pub offset_m: Option<f64>,
    /// The same for its end.
    pub to_offset_m: Option<f64>,
    /// Both sources' accuracy in quadrature.
    pub accuracy_m: Option<f64>,
    /// Length on the new line by that on the old one; below zero where it turned round.
    pub stretch: Option<f64>,
    /// The place on the old line.
    pub at: Option<[f64; 2]>,
    /// The place on the new line.
    pub at_new: Option<[f64; 2]>,
    /// What speaks against it; nothing where nothing does.
    pub conflict: String,
}

/// An event's row, and where it is on the new line: two equal places for a point.
#[derive(Debug, Clone)]
pub struct Carried {
    /// The row.
    pub row: EventRow,
    /// The stretch of the new line; of a point event one place.
    pub places: Vec<Vec<Coord>>,
}

/// Where a named segment starts and ends on a source: the events that are there without a file. Whole parts are left out, unless it is one that is
/// asked for.
pub fn anchored(side: Side<'_>, asked: Asked) -> Vec<Event> {
    let world = side.world;
    let when = When {
        on: world.meta.as_of,
        view: None,
    };
    let is_asked = |stretch: &Stretch| {
        let border = &side.boundary.borders[stretch.border];
        let Some(id) = stretch.segment else {
            return false;
        };
        match asked.segment {
            Some(segment) => id == segment,
            None => {
                asked.pair.is_none_or(|pair| pair == border.pair)
                    && matches!(world.segments[id].extent, Extent::Between { .. })
            }
        }
    };
    let all = segments::stretches(world, side.boundary, when.on, when.view);
    let asked = all.into_iter().filter(is_asked);
    let event = |stretch: Stretch| {
        let border = &side.boundary.borders[stretch.border];
        let name = stretch.segment.map(|id| world.segments[id].id.clone());
        Event {
            label: name.unwrap_or_default(),
            pair: border.pair,
            part: border.part.label(),
            km: stretch.from.km(),
            to_km: Some(stretch.to.km()),
        }
    };
    asked.map(event).collect()
}

/// Carries events from the old source to the new one, in their order.
///
/// # Properties
///
/// - From a source to itself, or to one that draws the same line with other vertices, every event keeps its kilometre.
/// - To a line that is everywhere within a distance, no offset is beyond it.
/// - Events on parallel lines keep their order.
pub fn carry(old: Side<'_>, new: Side<'_>, events: &[Event]) -> Vec<Carried> {
    let keys: BTreeSet<(Pair, &str)> = events.iter().map(key).collect();
    let carriers: BTreeMap<(Pair, &str), Carrier<'_>> = keys
        .into_par_iter()
        .map(|(pair, part)| ((pair, part), Carrier::new(old, new, pair, part)))
        .collect();
    let mut landings: Vec<Landed<'_>> = events
        .par_iter()
        .map(|event| {
            let carrier = &carriers[&key(event)];
            let land = |km: f64| carrier.land(Length::from_km(km));
            (land(event.km), event.to_km.map(land))
        })
        .collect();
    for (part, carrier) in &carriers {
        note_order(carrier, events, &mut landings, *part);
    }
    let all = events.iter().zip(&landings);
    all.map(|(event, landed)| carried(&carriers[&key(event)], event, landed))
        .collect()
}

/// Where the start and the end of an event are.
type Landed<'w> = (Landing<'w>, Option<Landing<'w>>);

fn key(event: &Event) -> (Pair, &str) {
    (event.pair, &event.part)
}

/// Notes the events of a part that changed their order.
fn note_order(
    carrier: &Carrier<'_>,
    events: &[Event],
    landings: &mut [Landed<'_>],
    part: (Pair, &str),
) {
    // Starts and ends alike: event, chainage on the old line, chainage on the new one.
    let mut places: Vec<(usize, f64, Length)> = Vec::new();
    for (number, event) in events.iter().enumerate() {
        let (start, end) = &landings[number];
        let both = [(Some(event.km), Some(start)), (event.to_km, end.as_ref())];
        for (km, landing) in both.into_iter().filter(|_| key(event) == part) {
            let found = landing.and_then(|landing| landing.found);
            let own = found.filter(|found| carrier.is_own(found.border));
            places.extend(km.zip(own).map(|(km, own)| (number, km, own.along)));
        }
    }
    places.sort_by(|a, b| a.1.total_cmp(&b.1));
    for number in swapped(carrier, &places) {
        landings[number].0.conflicts.insert(Conflict::Order);
    }
}

/// The events of which a place changed its order with another one's. Places are in the order of the old line.
fn swapped(carrier: &Carrier<'_>, places: &[(usize, f64, Length)]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let Some(&(_, _, first)) = places.first() else {
        return found;
    };
    let is_ring = carrier.is_ring();
    // A ring has no first place: there only neighbours are looked at.
    for ends in places.windows(2).filter(|_| is_ring) {
        let step_m = (ends[1].1 - ends[0].1) * 1_000.0;
        if carrier.way_m(ends[0].2, ends[1].2, step_m) < -SWAPPED_M {
            found.extend([ends[0].0, ends[1].0]);
        }
    }
    if is_ring {
        return found;
    }
    let ways = places
        .iter()
        .map(|place| carrier.way_m(first, place.2, 0.0));
    let ways: Vec<f64> = ways.collect();
    let mut most_m = f64::NEG_INFINITY;
    for (place, &way_m) in places.iter().zip(&ways) {
        if way_m < most_m - SWAPPED_M {
            found.insert(place.0);
        }
        most_m = most_m.max(way_m);
    }
    let mut least_m = f64::INFINITY;
    for (place, &way_m) in places.iter().zip(&ways).rev() {
        if way_m > least_m + SWAPPED_M {
            found.insert(place.0);
        }
        least_m = least_m.min(way_m);
    }
    found
}

fn carried(carrier: &Carrier<'_>, event: &Event, (start, end): &Landed<'_>) -> Carried {
    let end = end.as_ref();
    let to = end.and_then(|end| end.found);
    let ends = start.found.zip(to);
    let ends = ends.filter(|(from, to)| std::ptr::eq(from.border, to.border));
    let mut conflicts = start.conflicts.clone();
    conflicts.extend(end.into_iter().flat_map(|end| &end.conflicts));
    if to.is_some() && ends.is_none() {
        conflicts.insert(Conflict::OtherPart);
    }
    let words: Vec<&str> = conflicts.iter().map(|conflict| conflict.word()).collect();
    let km = |found: Option<Found<'_>>| found.map(|found| rounded(found.along.km(), 6));
    let metres = |found: Option<Found<'_>>| found.map(|found| rounded(found.offset.m(), 3));
    let position = |at: Coord| [rounded(at.x, 7), rounded(at.y, 7)];
    let row = EventRow {
        label: event.label.clone(),
        pair: event.pair,
        part: event.part.clone(),
        part_new: start
            .found
            .map(|found| found.border.part.label())
            .filter(|part| *part != event.part),
        km_old: rounded(event.km, 6),
        km_new: km(start.found),
        to_km_old: event.to_km.map(|km| rounded(km, 6)),
        to_km_new: km(to),
        offset_m: metres(start.found),
        to_offset_m: metres(to),
        accuracy_m: carrier.accuracy_m().map(|m| rounded(m, 0)),
        stretch: ends.and_then(|(from, to)| factor(carrier, event, (&from, &to))),
        at: start.at.map(position),
        at_new: start.found.map(|found| position(found.at)),
        conflict: words.join(", "),
    };
    let places = match ends {
        Some((from, to)) if from.along <= to.along => from.border.cut(from.along, to.along),
        Some((from, to)) => from.border.cut(to.along, from.along),
        None => start
            .found
            .map(|found| vec![found.at])
            .into_iter()
            .collect(),
    };
    Carried { row, places }
}

/// Length on the new line by length on the old one.
fn factor(
    carrier: &Carrier<'_>,
    event: &Event,
    (from, to): (&Found<'_>, &Found<'_>),
) -> Option<f64> {
    let step_m = (event.to_km? - event.km) * 1_000.0;
    if step_m == 0.0 || !carrier.is_own(from.border) {
        return None;
    }
    let way_m = carrier.way_m(from.along, to.along, step_m);
    Some(rounded(way_m / step_m, 4))
}

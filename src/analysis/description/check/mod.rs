//! Does a line do what a text says?
//!
//! *In*: a description, the places of its points, and the drawn line to hold it against, if one is asked for. *Out*: one row for each thing
//! that the text states: what it says, what was found, how far they are apart, how far they may be, and a [`Verdict`].
//!
//! Three bounds decide. What the text itself allows: half a unit of its last digits and the tolerance that it states, added up. What the
//! drawing can show: that, the accuracy of the source and the accuracy of the datum operation, in quadrature. And a millimetre, to which
//! places are measured.

mod against;
mod draft;
mod own;
mod whole;

use geo::Coord;
use serde::Serialize;

use crate::analysis::coordinates::Course;
use crate::analysis::description::locate::Located;
use crate::analysis::description::locate::Placed;
use crate::analysis::description::locate::locate;
use crate::analysis::description::parse::Parsed;
use crate::analysis::description::types::Description;
use crate::error::Result;
use crate::model::Boundary;
use crate::model::World;

use draft::Draft;

/// Places are measured to this.
const MEASURED_M: f64 = 1e-3;

/// Positions that went through a datum operation are exact to this: there and back, one of large rotations leaves half of it.
const CONVERTED_M: f64 = 1e-2;

/// How what a text says and what was found stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They differ by no more than the text itself allows.
    Agrees,
    /// They differ by more, but by less than source and operation are accurate to: no difference was shown.
    WithinError,
    /// They differ by more than text, source and operation allow together.
    Differs,
    /// There is nothing to hold the statement against.
    NotCheckable,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Self; 4] = [
        Self::Differs,
        Self::WithinError,
        Self::NotCheckable,
        Self::Agrees,
    ];

    /// The word of JSON and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::WithinError => "within_error",
            Self::Differs => "differs",
            Self::NotCheckable => "not_checkable",
        }
    }
}

/// A number or words.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A number, in the unit of its row.
    Number(f64),
    /// Words.
    Words(String),
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckRow {
    /// The line of the text, from 1.
    pub line: usize,
    /// The point, the leg or the whole.
    pub item: String,
    /// What of it: `position`, `order`, `azimuth`, `distance`, `closure`, `length`, `least length`, `drawn length`, `course`, `straightness` or
    /// `sides`.
    pub check: &'static str,
    /// What the text says.
    pub stated: Option<Value>,
    /// What was found.
    pub found: Option<Value>,
    /// How far they are apart.
    pub difference: Option<f64>,
    /// On which side of the drawn line a point lies that is off it, in the direction of the text: `left` or `right`.
    pub side: Option<&'static str>,
    /// What the text itself allows: half a unit of its last digits, and its tolerance.
    pub allowed: Option<f64>,
    /// Up to what difference none is shown: that, and what source and operation are accurate to.
    pub tolerance: Option<f64>,
    /// The unit of the numbers before.
    pub unit: Option<&'static str>,
    /// The verdict.
    pub verdict: Verdict,
    /// Kilometre on the border, of the place below.
    pub km: Option<f64>,
    /// Longitude of the place on WGS 84: of the point, or where a leg and the line are furthest apart.
    pub lon: Option<f64>,
    /// Latitude of the place.
    pub lat: Option<f64>,
    /// What a reader should know.
    pub note: Option<String>,
}

/// A check, and the places that it is about: a point, or the lines of a leg.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The row.
    pub row: CheckRow,
    /// One place for a point, lines for a leg or the whole.
    pub lines: Vec<Vec<Coord>>,
}

/// What the checks rest on.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Basis {
    /// The boundary source; none if the text is held against itself only.
    pub source: Option<String>,
    /// The border, and its part or segment.
    pub held_against: Option<String>,
    /// 95 % of the positions of that line are within this.
    pub accuracy_m: Option<f64>,
    /// Mean distance between its vertices.
    pub spacing_m: Option<f64>,
    /// The system of the positions.
    pub system: String,
    /// The datum operation.
    pub operation: Option<String>,
    /// Its stated accuracy.
    pub operation_accuracy_m: Option<f64>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What it rests on.
    pub basis: Basis,
    /// The checks, in the order of the text; the whole last.
    pub checked: Vec<Checked>,
}

impl Outcome {
    /// How many checks have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        let mine = self.checked.iter().filter(|one| one.row.verdict == verdict);
        mine.count()
    }
}

/// What to check.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The description.
    pub parsed: &'a Parsed,
    /// Its file, for messages.
    pub file: &'a str,
    /// The datum operation, in place of the one that the text names.
    pub operation: Option<&'a str>,
    /// Metres that points and straight legs may lie off the line, in place of what the text states.
    pub tolerance_m: Option<f64>,
    /// The line to hold it against.
    pub against: Option<(&'a Boundary, &'a [Course])>,
}

/// Holds a description against itself and, if there is one, against a drawn line.
///
/// # Errors
///
/// As [`locate`].
pub fn check(world: &World, asked: &Asked<'_>) -> Result<Outcome> {
    let located = locate(world, asked.parsed, asked.file, asked.operation)?;
    let stated_m = asked.parsed.description.tolerances.line;
    let stated_m = stated_m.map(|line| line.length().m());
    let subject = Subject {
        parsed: asked.parsed,
        places: &located.places,
        tolerance_m: asked.tolerance_m.or(stated_m).unwrap_or(0.0),
        measured_m: located.way.as_ref().map_or(MEASURED_M, |_| CONVERTED_M),
        operation_m: located.way.as_ref().map_or(0.0, |way| way.accuracy.m()),
    };
    let mut basis = basis_of(&located);
    let mut checked = own::checks(&subject, asked.against.is_some());
    if let Some((boundary, courses)) = asked.against {
        let line = against::Line::new(world, boundary, courses, &subject);
        if let Some(line) = line {
            checked.extend(against::checks(&subject, &line));
            checked.extend(whole::checks(&subject, &line));
            basis = line.basis(basis);
        }
    }
    // Where the text says it; what is of the whole comes last, since its line is in the head.
    checked.sort_by_key(|one| (one.row.item == WHOLE, one.row.line));
    Ok(Outcome { basis, checked })
}

fn basis_of(located: &Located<'_>) -> Basis {
    let way = located.way.as_ref();
    Basis {
        system: way
            .map_or("WGS 84", |way| way.system.id.as_str())
            .to_owned(),
        operation: way.map(|way| way.operation.id.clone()),
        operation_accuracy_m: way.map(|way| way.accuracy.m()),
        ..Basis::default()
    }
}

/// The item of what the text says of the whole.
const WHOLE: &str = "whole";

/// A description with the places of its points.
#[derive(Debug)]
struct Subject<'a> {
    parsed: &'a Parsed,
    places: &'a [Placed],
    /// How far off the line the text allows, beside its digits.
    tolerance_m: f64,
    /// The accuracy of the datum operation.
    operation_m: f64,
    /// What its arithmetic leaves open, with that of measuring.
    measured_m: f64,
}

impl Subject<'_> {
    const fn description(&self) -> &Description {
        &self.parsed.description
    }

    /// The ends of a leg.
    fn ends(&self, leg: usize) -> (Placed, Placed) {
        let (from, to) = self.description().ends(leg);
        (self.places[from], self.places[to])
    }

    fn point(&self, number: usize, check: &'static str) -> Draft {
        let label = &self.description().points[number].label;
        let at = self.places[number].at;
        Draft::new(
            self.parsed.lines.points[number],
            format!("point {label}"),
            check,
        )
        .at(at)
        .shape(vec![vec![at]])
    }

    fn leg(&self, number: usize, check: &'static str) -> Draft {
        let (from, to) = self.description().ends(number);
        let label = |point: usize| &self.description().points[point].label;
        let item = format!("leg {}–{}", label(from), label(to));
        let (one, other) = (self.places[from].at, self.places[to].at);
        Draft::new(self.parsed.lines.legs[number], item, check).shape(vec![vec![one, other]])
    }

    fn whole(&self, line: usize, check: &'static str) -> Draft {
        let mut places: Vec<Coord> = self.places.iter().map(|placed| placed.at).collect();
        if self.description().is_closed {
            places.extend(places.first().copied());
        }
        Draft::new(line, WHOLE.to_owned(), check).shape(vec![places])
    }

    /// How far distances and lengths may be off, beside their digits.
    fn distance_m(&self) -> f64 {
        let stated = self.description().tolerances.distance;
        stated.map_or(0.0, |distance| distance.length().m())
    }
}

//! A check in the making, and the bounds that decide it.

use geo::Coord;

use crate::analysis::description::check::CheckRow;
use crate::analysis::description::check::Checked;
use crate::analysis::description::check::Value;
use crate::analysis::description::check::Verdict;
use crate::units::Length;
use crate::units::rounded;

/// A check in the making.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) row: CheckRow,
    pub(super) lines: Vec<Vec<Coord>>,
}

/// How far apart two values may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// By what the text allows.
    pub(super) allowed: f64,
    /// By what can be shown at all.
    pub(super) joint: f64,
}

impl Bounds {
    /// What the text allows is all that counts.
    pub(super) const fn exact(allowed: f64) -> Self {
        Self {
            allowed,
            joint: allowed,
        }
    }

    pub(super) fn verdict(self, difference: f64) -> Verdict {
        if difference <= self.allowed {
            Verdict::Agrees
        } else if difference <= self.joint {
            Verdict::WithinError
        } else {
            Verdict::Differs
        }
    }
}

/// Decimals of metres, of degrees and of kilometres in rows.
const METRE_DIGITS: i32 = 3;
const DEGREE_DIGITS: i32 = 5;
const KM_DIGITS: i32 = 4;
const PLACE_DIGITS: i32 = 6;

impl Draft {
    pub(super) const fn new(line: usize, item: String, check: &'static str) -> Self {
        Self {
            row: CheckRow {
                line,
                item,
                check,
                stated: None,
                found: None,
                difference: None,
                side: None,
                allowed: None,
                tolerance: None,
                unit: None,
                verdict: Verdict::NotCheckable,
                km: None,
                lon: None,
                lat: None,
                note: None,
            },
            lines: Vec::new(),
        }
    }

    pub(super) fn shape(mut self, lines: Vec<Vec<Coord>>) -> Self {
        self.lines = lines;
        self
    }

    pub(super) fn at(mut self, place: Coord) -> Self {
        self.row.lon = Some(rounded(place.x, PLACE_DIGITS));
        self.row.lat = Some(rounded(place.y, PLACE_DIGITS));
        self
    }

    pub(super) fn km(mut self, km: f64) -> Self {
        self.row.km = Some(rounded(km, KM_DIGITS));
        self
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.row.note = Some(note.into());
        self
    }

    pub(super) fn words(mut self, stated: Option<String>, found: Option<String>) -> Self {
        self.row.stated = stated.map(Value::Words);
        self.row.found = found.map(Value::Words);
        self
    }

    /// A stated and a found value in one unit.
    pub(super) fn values(mut self, stated: f64, found: f64, unit: &'static str) -> Self {
        let digits = digits(unit);
        self.row.stated = Some(Value::Number(rounded(stated, digits)));
        self.row.found = Some(Value::Number(rounded(found, digits)));
        self.row.unit = Some(unit);
        self
    }

    /// A difference that is itself what was measured.
    pub(super) const fn measured(mut self, unit: &'static str) -> Self {
        self.row.unit = Some(unit);
        self
    }

    /// The verdict on a difference.
    pub(super) fn judged(mut self, difference: f64, bounds: Bounds) -> Self {
        let digits = digits(self.row.unit.unwrap_or("m"));
        self.row.difference = Some(rounded(difference, digits));
        self.row.allowed = Some(rounded(bounds.allowed, digits));
        self.row.tolerance = Some(rounded(bounds.joint, digits));
        self.row.verdict = bounds.verdict(difference);
        self
    }

    pub(super) fn verdict(mut self, verdict: Verdict) -> Self {
        self.row.verdict = verdict;
        self
    }

    pub(super) fn done(self) -> Checked {
        Checked {
            row: self.row,
            lines: self.lines,
        }
    }
}

fn digits(unit: &str) -> i32 {
    match unit {
        "km" => KM_DIGITS,
        "deg" => DEGREE_DIGITS,
        _ => METRE_DIGITS,
    }
}

/// A length in words, exact enough to be compared.
pub(super) fn said(m: f64) -> String {
    if m < 10.0 {
        format!("{} m", rounded(m, 2))
    } else {
        Length::from_m(m).to_string()
    }
}

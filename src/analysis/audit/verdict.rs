//! The rules that explain a difference, or fail to.
//!
//! The first rule that holds is the verdict, and its numbers are the reason: what the data set says of the figure (not measurable, a slip, other
//! ground); whether it agrees; over other ground; with a longer ruler or on a coarser source; whether published figures differ among
//! themselves; and for ways, whether the doubt lies in what is drawn, or in the published sections.

use std::fmt;

use serde::Serialize;

use super::found::Curve;
use super::found::Found;
use super::found::Reading;
use super::found::said;
use crate::model::Published;

/// A drawn or assumed length is taken to be off by no more than this share of it.
const LARGEST_ERROR: f64 = 0.5;

/// A way whose sections are published for at least this share is a published sum: a figure that differs from it differs from those sources.
const MOSTLY: f64 = 0.5;

/// A measure that may be off by more than this share of a figure cannot agree with it: it would agree with too many.
const TOO_DOUBTFUL: f64 = 0.1;

/// How a published figure and the computed one stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// They differ by no more than the rounding of the one and the accuracy of the other.
    Agrees,
    /// The published figure is that of a longer ruler on the same line, or of a boundary source with wider vertex spacing.
    CoarserRuler,
    /// The published figure covers other ground: over that ground they agree, or the data set says so.
    DifferentExtent,
    /// Published figures for the very same thing differ among themselves, and the computed one lies among them; or it is a slip.
    SourcesDiffer,
    /// There is nothing in the data set to hold against the figure.
    NotMeasurable,
    /// None of these.
    Unexplained,
}

impl Verdict {
    /// All verdicts, in their order.
    pub const ALL: [Self; 6] = [
        Self::Agrees,
        Self::CoarserRuler,
        Self::DifferentExtent,
        Self::SourcesDiffer,
        Self::NotMeasurable,
        Self::Unexplained,
    ];

    /// The word of JSON and of the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::CoarserRuler => "coarser-ruler",
            Self::DifferentExtent => "different-extent",
            Self::SourcesDiffer => "sources-differ",
            Self::NotMeasurable => "not-measurable",
            Self::Unexplained => "unexplained",
        }
    }
}

impl fmt::Display for Verdict {
    /// In words, as tables say it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Agrees => "agrees",
            Self::CoarserRuler => "coarser ruler",
            Self::DifferentExtent => "different extent",
            Self::SourcesDiffer => "sources differ",
            Self::NotMeasurable => "not measurable",
            Self::Unexplained => "unexplained",
        })
    }
}

/// Another published figure for the very same thing.
pub(super) struct Sibling<'w> {
    pub(super) value: f64,
    pub(super) half: f64,
    pub(super) source: &'w str,
}

/// What is known about a figure when it is judged.
pub(super) struct Case<'c> {
    pub(super) figure: &'c Published,
    pub(super) found: Result<&'c Found, &'c str>,
    pub(super) siblings: Vec<Sibling<'c>>,
    /// For land or water alone: that the same source's whole is explained, in words.
    pub(super) split: Option<String>,
}

impl Case<'_> {
    /// The verdict with its reason.
    pub(super) fn judged(&self) -> (Verdict, String) {
        let figure = self.figure;
        if let Some(reason) = &figure.not_measurable {
            return (Verdict::NotMeasurable, reason.clone());
        }
        if let Some(slip) = &figure.slip {
            return (Verdict::SourcesDiffer, format!("a slip: {slip}"));
        }
        let found = match self.found {
            Ok(found) => found,
            Err(reason) => return (Verdict::NotMeasurable, reason.to_owned()),
        };
        let note = || figure.note.clone().unwrap_or_default();
        if figure.extent.is_other() {
            return (Verdict::DifferentExtent, note());
        }
        if found.is_own {
            let reason =
                "the program takes this length from this very source: nothing else measures it";
            return (Verdict::NotMeasurable, reason.to_owned());
        }
        if let Some(judged) = self.near(found) {
            return judged;
        }
        let rules = [
            (Verdict::DifferentExtent, self.elsewhere(found)),
            (Verdict::CoarserRuler, self.ruler(found)),
            (Verdict::SourcesDiffer, self.differ(found)),
            (Verdict::SourcesDiffer, self.by_others(found)),
            (Verdict::DifferentExtent, self.split.clone()),
            (Verdict::NotMeasurable, self.doubtful(found)),
            (Verdict::SourcesDiffer, sections(found)),
        ];
        let first = rules
            .into_iter()
            .find_map(|(verdict, reason)| Some((verdict, reason?)));
        first.unwrap_or_else(|| {
            let (beyond, unit) = (said(self.beyond(found)), self.unit());
            let reason =
                format!("{beyond} {unit} more than the measure allows; no rule explains it");
            (Verdict::Unexplained, reason)
        })
    }

    fn half(&self) -> f64 {
        self.figure.rounded_to / 2.0
    }

    /// How much the figures are apart beyond rounding and accuracy.
    fn beyond(&self, found: &Found) -> f64 {
        (self.figure.value - found.computed).abs() - found.tolerance - self.half()
    }

    fn unit(&self) -> &'static str {
        if self.figure.kind.unit() == "km2" {
            "km²"
        } else {
            "km"
        }
    }

    /// Whether the figures are no further apart than rounding and accuracy allow; a measure that may be off by a large share of the figure
    /// cannot tell.
    fn near(&self, found: &Found) -> Option<(Verdict, String)> {
        let off = (self.figure.value - found.computed).abs();
        if off > found.tolerance + self.half() {
            return None;
        }
        let (off, accuracy, unit) = (said(off), said(found.tolerance), self.unit());
        if found.tolerance > TOO_DOUBTFUL * self.figure.value {
            let reason = format!(
                "{off} {unit} apart, but the measure may be off by {accuracy} {unit}: too much to tell"
            );
            return Some((Verdict::NotMeasurable, reason));
        }
        let rounding = said(self.half());
        let reason =
            format!("{off} {unit} apart; {rounding} are the rounding, {accuracy} the accuracy");
        Some((Verdict::Agrees, reason))
    }

    fn elsewhere(&self, found: &Found) -> Option<String> {
        let reading = self.reading(&found.elsewhere)?;
        Some(format!(
            "{} {} {}",
            reading.words,
            said(reading.value),
            self.unit()
        ))
    }

    fn reading<'r>(&self, readings: &'r [Reading]) -> Option<&'r Reading> {
        readings
            .iter()
            .find(|reading| reading.may_be(self.figure.value, self.half()))
    }

    fn ruler(&self, found: &Found) -> Option<String> {
        let on_curve = found
            .curves
            .iter()
            .find_map(|curve| self.on_curve(curve, found.tolerance));
        let by_source = self
            .reading(&found.coarser)
            .map(|reading| format!("{} {} {}", reading.words, said(reading.value), self.unit()));
        match (on_curve, by_source) {
            (None, None) => None,
            (one, other) => Some(
                [one, other]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join("; "),
            ),
        }
    }

    /// Whether a figure lies on a curve of length against ruler, below its first point: between which rulers.
    fn on_curve(&self, curve: &Curve, tolerance: f64) -> Option<String> {
        let room = tolerance + self.half();
        let value = self.figure.value;
        let mut steps = curve.points.windows(2);
        let between = steps.find(|ends| {
            let (high, low) = (ends[0].1.max(ends[1].1), ends[0].1.min(ends[1].1));
            low - room <= value && value <= high + room
        })?;
        let [(short_m, longer), (long_m, shorter)] = [between[0], between[1]];
        let words = &curve.words;
        Some(if short_m == 0.0 {
            format!("{words} a ruler of {long_m} m gives {} km", said(shorter))
        } else {
            format!(
                "{words} a ruler of {short_m} m gives {} km, one of {long_m} m {}",
                said(longer),
                said(shorter)
            )
        })
    }

    /// Whether another published figure for the same thing agrees with the computed one, or the computed one lies among them, or they are
    /// further apart than this one is from the computed one: figures that differ by so much cannot meet a third one more closely.
    fn differ(&self, found: &Found) -> Option<String> {
        let computed = Reading {
            value: found.computed,
            tolerance: found.tolerance,
            words: String::new(),
        };
        let readings = || std::iter::once(&computed).chain(&found.elsewhere);
        let agreeing = readings().find_map(|reading| {
            let is_near = |sibling: &&Sibling<'_>| reading.may_be(sibling.value, sibling.half);
            Some((reading, self.siblings.iter().find(is_near)?))
        });
        if let Some((reading, other)) = agreeing {
            let other = format!("{} [{}] agrees", other.value, other.source);
            return Some(if reading.words.is_empty() {
                format!("{other} with the computed figure")
            } else {
                let (words, value) = (&reading.words, said(reading.value));
                format!("{other}: {words} {value} {}", self.unit())
            });
        }
        let values = || self.siblings.iter().map(|sibling| sibling.value);
        let low = values().fold(self.figure.value, f64::min);
        let high = values().fold(self.figure.value, f64::max);
        let (beyond, unit) = (self.beyond(found), self.unit());
        let how = if low <= found.computed && found.computed <= high {
            "the computed figure lies among them".to_owned()
        } else if beyond <= high - low {
            let (apart, beyond) = (said(high - low), said(beyond));
            format!(
                "they are {apart} {unit} apart, this one {beyond} {unit} from what the measure allows"
            )
        } else {
            return None;
        };
        Some(format!(
            "others publish {}; {how}",
            self.others().join(", ")
        ))
    }

    /// The other published figures, each once.
    fn others(&self) -> Vec<String> {
        let mut others: Vec<String> = Vec::new();
        for sibling in &self.siblings {
            let other = format!("{} [{}]", sibling.value, sibling.source);
            if !others.contains(&other) {
                others.push(other);
            }
        }
        others
    }

    /// Whether another published measure of the same thing gives the figure.
    fn by_others(&self, found: &Found) -> Option<String> {
        let reading = self.reading(&found.published)?;
        Some(format!(
            "{} {} {}",
            reading.words,
            said(reading.value),
            self.unit()
        ))
    }

    /// Whether the difference may lie in what no source gives.
    fn doubtful(&self, found: &Found) -> Option<String> {
        let off = (self.figure.value - found.computed).abs();
        (off <= LARGEST_ERROR * found.unsourced).then(|| {
            format!(
                "the links add up to {} km, {} km of them drawn or assumed: enough for the {} km between the figures",
                said(found.computed),
                said(found.unsourced),
                said(off)
            )
        })
    }
}

/// Whether the sections of a way are published and add up to something else.
fn sections(found: &Found) -> Option<String> {
    (found.published_share >= MOSTLY).then(|| {
        let mut sources: Vec<&str> = Vec::new();
        for source in found.parts.iter().flat_map(|part| &part.sources) {
            if !sources.contains(&source.as_str()) {
                sources.push(source);
            }
        }
        format!(
            "the sections that others give add up to {} km [{}]",
            said(found.computed),
            sources.join(", ")
        )
    })
}

#[cfg(test)]
mod tests;

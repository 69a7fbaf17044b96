//! A rule: which code a stretch of border has in a vocabulary, and when.
//!
//! The condition is data. The mapping reads it, and the table that documents the mapping prints it, so the two cannot differ.

use std::fmt;

use serde::Serialize;

use crate::model::Agreement;
use crate::model::Stage;

/// What of a stretch decides its codes.
///
/// Who controls the ground and what the line rests on decide no code: no class of the five vocabularies speaks of either alone. Control is told
/// in the notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// How far the making of the border has come, if it is known.
    pub stage: Option<Stage>,
    /// Whether the parties agree, if it is known.
    pub agreement: Option<Agreement>,
    /// Whether both sides draw all of it with the very same vertices.
    pub is_shared: bool,
}

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Term {
    /// A word of a code list, or text.
    Text(String),
    /// A numeric code.
    Number(i64),
    /// Nothing: it is not known.
    Absent,
}

/// A code of a vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// A word of a code list.
    Word(&'static str),
    /// A numeric code.
    Number(i64),
    /// The field stays empty.
    Absent,
}

/// When a rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// For every stretch.
    Always,
    /// For none: the code says something that the status of a stretch does not.
    Never,
    /// The agreement is one of these.
    Agreement(&'static [Agreement]),
    /// The agreement is not known.
    AgreementUnknown,
    /// The agreement is this, and the stage is one of these.
    Made(Agreement, &'static [Stage]),
    /// The agreement is this, and the stage is not known.
    MadeUnknown(Agreement),
    /// The stage is one of these.
    Stage(&'static [Stage]),
    /// The stage is not known.
    StageUnknown,
    /// Both sides draw the stretch with the very same vertices; or they do not.
    Shared(bool),
}

/// A rule of a mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The field, as the vocabulary spells it.
    pub field: &'static str,
    /// The code.
    pub code: Known,
    /// What the code means in that vocabulary, in our words; for `RANK` the text that goes with it.
    pub meaning: &'static str,
    /// When it is given.
    pub when: When,
    /// Why, where a reader may ask.
    pub why: &'static str,
}

impl When {
    /// Whether it holds for a stretch.
    pub fn holds(self, facts: Facts) -> bool {
        let stage = |stages: &[Stage]| facts.stage.is_some_and(|stage| stages.contains(&stage));
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Agreement(known) => facts.agreement.is_some_and(|found| known.contains(&found)),
            Self::AgreementUnknown => facts.agreement.is_none(),
            Self::Made(agreement, stages) => facts.agreement == Some(agreement) && stage(stages),
            Self::MadeUnknown(agreement) => {
                facts.agreement == Some(agreement) && facts.stage.is_none()
            }
            Self::Stage(stages) => stage(stages),
            Self::StageUnknown => facts.stage.is_none(),
            Self::Shared(is_shared) => facts.is_shared == is_shared,
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Always => f.write_str("every stretch"),
            Self::Never => f.write_str("never"),
            Self::Agreement(known) => write!(f, "agreement {}", either(known)),
            Self::AgreementUnknown => f.write_str("agreement not known"),
            Self::Made(agreement, stages) => {
                write!(f, "agreement {agreement}, stage {}", either(stages))
            }
            Self::MadeUnknown(agreement) => {
                write!(f, "agreement {agreement}, stage not known")
            }
            Self::Stage(stages) => write!(f, "stage {}", either(stages)),
            Self::StageUnknown => f.write_str("stage not known"),
            Self::Shared(true) => f.write_str("both sides share every vertex"),
            Self::Shared(false) => f.write_str("the sides do not share every vertex"),
        }
    }
}

/// `a`, `a or b`, `a, b or c`.
fn either<T: fmt::Display>(values: &[T]) -> String {
    let words: Vec<String> = values.iter().map(ToString::to_string).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} or {last}", before.join(", ")),
        None => String::new(),
    }
}

impl From<Known> for Term {
    fn from(code: Known) -> Self {
        match code {
            Known::Word(word) => Self::Text(word.to_owned()),
            Known::Number(number) => Self::Number(number),
            Known::Absent => Self::Absent,
        }
    }
}

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.pad(word),
            Self::Number(number) => number.fmt(f),
            Self::Absent => f.pad(""),
        }
    }
}

/// The rule of `field` that holds; none if the field has no code for such a stretch.
pub fn rule_of(rules: &'static [Rule], field: &str, facts: Facts) -> Option<&'static Rule> {
    rules
        .iter()
        .find(|rule| rule.field == field && rule.when.holds(facts))
}

/// The code that the rule of `field` gives.
pub fn code_of(rules: &'static [Rule], field: &str, facts: Facts) -> Term {
    rule_of(rules, field, facts).map_or(Term::Absent, |rule| rule.code.into())
}

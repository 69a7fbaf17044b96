//! The status of every stretch of border in the vocabularies that professionals exchange.
//!
//! *In*: the stretches of a boundary source on a date, seen from a view or from none. *Out*: one row for each stretch with its codes in LSIB,
//! Natural Earth, INSPIRE, UN Geodata and DGIWG / FACC.
//!
//! Method. Each vocabulary has a list of rules ([`Rule`]); of a field's rules just one holds for any stretch, whatever is known of it. The rules
//! are also the documentation: [`mapping`] lists them. The vocabularies were read in the publishers' metadata and catalogues: LSIB 11.4, the
//! maintainer's statement in nvkelso/natural-earth-vector#664, INSPIRE D2.8.I.4, the values that users of UN Geodata's lines name, and the DGIWG
//! catalogue entry of `FA000`.
//!
//! # Limits
//!
//! A code is coarser than the five axes, and some say other things: what a vocabulary cannot say is not said. A code is derived from the claims
//! in the data set; it is not what the publisher of the vocabulary says of the line. What is not known stays empty.

mod dgiwg;
mod inspire;
mod lsib;
mod natural_earth;
mod rows;
mod rule;
mod sides;
mod since;
mod un;

#[cfg(test)]
mod tests;

use std::fmt;

use serde::Serialize;

pub use rows::Exchanged;
pub use rows::Fields;
pub use rows::LineRow;
pub use rows::exchange;
pub use rule::Facts;
pub use rule::Known;
pub use rule::Rule;
pub use rule::Term;
pub use rule::When;
pub use rule::code_of;
pub use rule::rule_of;

/// A vocabulary for the status of boundary lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Vocabulary {
    /// Large Scale International Boundaries, US Department of State.
    Lsib,
    /// Natural Earth.
    NaturalEarth,
    /// INSPIRE, theme administrative units.
    Inspire,
    /// UN Geodata.
    Un,
    /// DGIWG / FACC.
    Dgiwg,
}

impl Vocabulary {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Lsib,
        Self::NaturalEarth,
        Self::Inspire,
        Self::Un,
        Self::Dgiwg,
    ];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lsib => "lsib",
            Self::NaturalEarth => "natural-earth",
            Self::Inspire => "inspire",
            Self::Un => "un",
            Self::Dgiwg => "dgiwg",
        }
    }

    /// What its fields begin with where the fields of all stand side by side.
    const fn prefix(self) -> &'static str {
        match self {
            Self::NaturalEarth => "ne",
            other => other.word(),
        }
    }

    /// Its rules.
    pub const fn rules(self) -> &'static [Rule] {
        match self {
            Self::Lsib => lsib::RULES,
            Self::NaturalEarth => natural_earth::RULES,
            Self::Inspire => inspire::RULES,
            Self::Un => un::RULES,
            Self::Dgiwg => dgiwg::RULES,
        }
    }
}

impl fmt::Display for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A rule of the mapping, as a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MappingRow {
    /// The vocabulary.
    pub vocabulary: &'static str,
    /// The field, as the vocabulary spells it.
    pub field: &'static str,
    /// The code; empty where the field stays empty.
    pub code: String,
    /// What it means there.
    pub meaning: &'static str,
    /// When a stretch has it.
    pub when: String,
    /// Why, where a reader may ask.
    pub why: &'static str,
}

/// The whole mapping of one vocabulary or of all, as it is applied.
pub fn mapping(only: Option<Vocabulary>) -> Vec<MappingRow> {
    let asked = Vocabulary::ALL
        .into_iter()
        .filter(|vocabulary| only.is_none_or(|only| only == *vocabulary));
    asked
        .flat_map(|vocabulary| {
            vocabulary.rules().iter().map(move |rule| MappingRow {
                vocabulary: vocabulary.word(),
                field: rule.field,
                code: rule.code.to_string(),
                meaning: rule.meaning,
                when: rule.when.to_string(),
                why: rule.why,
            })
        })
        .collect()
}

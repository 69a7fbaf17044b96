//! What can go wrong: [`Error`] stops a run, [`Problem`] is a finding about data.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// The result of everything that can stop a run.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a run stopped. Every message says where to look and, where the user can act, what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file or stream could not be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file, or `-` for standard output.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The data set has faults.
    #[error("{}", first_of(problems))]
    Data {
        /// All of them, in the order found; never empty.
        problems: Vec<Problem>,
    },
    /// A name or id that the data set does not hold.
    #[error("unknown {kind} `{name}`{}", hint(closest))]
    Unknown {
        /// What was looked for: `place`, `segment`, …
        kind: &'static str,
        /// As given.
        name: String,
        /// Known names that look like it, best first.
        closest: Vec<String>,
    },
    /// Arguments that do not make sense together.
    #[error("{0}")]
    Usage(String),
    /// One row of a stream of points could not be used.
    #[error("{file}: line {line}: {message}")]
    Row {
        /// The file, or `-`.
        file: String,
        /// Counted from 1.
        line: usize,
        /// What is wrong and what is expected.
        message: String,
    },
    /// A projection could not be set up or used.
    #[error("projection `{definition}`: {message}")]
    Projection {
        /// The PROJ definition.
        definition: String,
        /// What PROJ said.
        message: String,
    },
    /// A picture could not be drawn.
    #[error("drawing: {0}")]
    Drawing(String),
}

impl Error {
    /// An [`Error::Unknown`] that names the candidates which look most like `name`.
    pub fn unknown<'a>(
        kind: &'static str,
        name: &str,
        candidates: impl Iterator<Item = &'a str>,
    ) -> Self {
        Self::Unknown {
            kind,
            name: name.to_owned(),
            closest: closest(name, candidates),
        }
    }
}

/// One fault of a data set: where it is and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Problem {
    /// The file, relative to the data folder.
    pub file: String,
    /// The feature or record, counted from 0 as in the file.
    pub feature: Option<usize>,
    /// Its id, if it has one.
    pub id: Option<String>,
    /// The property, as a path such as `status[2].from`.
    pub property: Option<String>,
    /// What is wrong and what is expected.
    pub message: String,
}

impl Problem {
    /// A fault of a whole file.
    pub fn of_file(file: &str, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            feature: None,
            id: None,
            property: None,
            message: message.into(),
        }
    }

    /// A fault of one feature or record of a file.
    pub fn of_feature(
        file: &str,
        feature: usize,
        id: Option<&str>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            feature: Some(feature),
            id: id.map(str::to_owned),
            ..Self::of_file(file, message)
        }
    }

    /// The same fault, placed at a property.
    #[must_use]
    pub fn at(self, property: impl Into<String>) -> Self {
        Self {
            property: Some(property.into()),
            ..self
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(feature) = self.feature {
            write!(f, ": feature {feature}")?;
        }
        if let Some(id) = &self.id {
            write!(f, " (`{id}`)")?;
        }
        if let Some(property) = &self.property {
            write!(f, ": property `{property}`")?;
        }
        write!(f, ": {}", self.message)
    }
}

fn first_of(problems: &[Problem]) -> String {
    let first = problems
        .first()
        .map_or_else(String::new, ToString::to_string);
    match problems.len() {
        0 | 1 => first,
        n => format!(
            "{first} (and {} more: `araxes validate` lists them all)",
            n - 1
        ),
    }
}

fn hint(closest: &[String]) -> String {
    if closest.is_empty() {
        return String::new();
    }
    let names: Vec<String> = closest.iter().map(|name| format!("`{name}`")).collect();
    format!("; did you mean {}?", names.join(" or "))
}

/// How many suggestions an error message carries: more is a list, not a hint.
const SUGGESTIONS: usize = 3;

fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<String> {
    let wanted = name.to_lowercase();
    let limit = (wanted.chars().count() / 3).max(1);
    let mut ranked: Vec<(usize, &str)> = candidates
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            let steps = edit_distance(&wanted, &lower);
            let contains = wanted.len() >= 3 && lower.contains(&wanted);
            (steps <= limit || contains).then_some((steps, candidate))
        })
        .collect();
    ranked.sort_unstable();
    ranked.dedup();
    ranked
        .into_iter()
        .take(SUGGESTIONS)
        .map(|(_, candidate)| candidate.to_owned())
        .collect()
}

/// Levenshtein distance: inserted, deleted or replaced characters.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::Error;
    use super::Problem;
    use super::edit_distance;

    #[test]
    fn edit_distance_counts_single_character_changes() {
        assert_eq!(edit_distance("kitten", "sitting"), 3);
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("meghri", "meghri"), 0);
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_closest_known_ones() {
        let error = Error::unknown("place", "megri", ["baku", "meghri", "kapan"].into_iter());
        assert_eq!(
            error.to_string(),
            "unknown place `megri`; did you mean `meghri`?"
        );
    }

    #[test]
    fn a_problem_names_file_feature_and_property() {
        let problem =
            Problem::of_feature("segments.geojson", 12, Some("x"), "missing").at("status");
        assert_eq!(
            problem.to_string(),
            "segments.geojson: feature 12 (`x`): property `status`: missing"
        );
    }
}

//! Text to typed values, with the place of every fault.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::dataset::wording::wording;
use crate::error::Problem;

/// The text of a file.
pub(super) fn text<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        Problem::of_file(
            file,
            format!("is not UTF-8 after byte {}", error.valid_up_to()),
        )
    })?;
    if text.starts_with('\u{feff}') {
        return Err(Problem::of_file(
            file,
            "starts with a byte order mark: save it as plain UTF-8",
        ));
    }
    if text.trim().is_empty() {
        return Err(Problem::of_file(file, "is empty"));
    }
    Ok(text)
}

/// A whole JSON file as a `T`.
pub(super) fn json<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<T, Problem> {
    let text = text(file, bytes)?;
    let mut input = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut input).map_err(|error| {
        let fault = |message| Problem::of_file(file, message);
        match error.inner().classify() {
            Category::Data => located(fault, &error),
            _ => fault(readable(error.inner())),
        }
    })?;
    input
        .end()
        .map_err(|error| Problem::of_file(file, readable(&error)))?;
    Ok(value)
}

/// The records of a JSON file that is one array: those that parse, with their number; the others as problems.
pub(super) fn records<T: DeserializeOwned>(
    file: &str,
    bytes: &[u8],
    problems: &mut Vec<Problem>,
) -> Vec<(usize, T)> {
    let raw: Vec<&RawValue> = match text(file, bytes).and_then(|text| {
        serde_json::from_str(text).map_err(|error| Problem::of_file(file, readable(&error)))
    }) {
        Ok(raw) => raw,
        Err(problem) => {
            problems.push(problem);
            return Vec::new();
        }
    };
    each(file, raw, problems)
}

/// The records of one array: those that parse, with their number; the others as problems.
pub(super) fn each<T: DeserializeOwned>(
    file: &str,
    raw: Vec<&RawValue>,
    problems: &mut Vec<Problem>,
) -> Vec<(usize, T)> {
    let mut records = Vec::with_capacity(raw.len());
    for (number, raw) in raw.into_iter().enumerate() {
        let mut input = serde_json::Deserializer::from_str(raw.get());
        match serde_path_to_error::deserialize(&mut input) {
            Ok(record) => records.push((number, record)),
            Err(error) => {
                let id = id_of(raw);
                let fault = |message| Problem::of_feature(file, number, id.as_deref(), message);
                problems.push(located(fault, &error));
            }
        }
    }
    records
}

/// A part of a JSON file as a `T`: the properties of a feature, or its geometry.
pub(super) fn part<T: DeserializeOwned>(
    raw: &str,
    fault: impl Fn(String) -> Problem,
) -> Result<T, Problem> {
    let mut input = serde_json::Deserializer::from_str(raw);
    serde_path_to_error::deserialize(&mut input).map_err(|error| located(fault, &error))
}

/// What `serde_json` says of a whole file: of a syntax error with its place, of a value in the words of the data.
pub(super) fn readable(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Eof => format!("is cut off: {error}"),
        Category::Syntax | Category::Io => format!("is not JSON: {error}"),
        Category::Data => {
            let wording = wording(error);
            wording
                .member
                .map(|member| format!("`{member}` "))
                .unwrap_or_default()
                + &wording.message
        }
    }
}

/// A fault of a value at its path. Line and column would count from the record, not from the file.
fn located(
    fault: impl Fn(String) -> Problem,
    error: &serde_path_to_error::Error<serde_json::Error>,
) -> Problem {
    let path = error.path().to_string();
    let wording = wording(error.inner());
    let path = match wording.member {
        Some(member) if path == "." => member,
        Some(member) if path.ends_with(&member) => path,
        Some(member) => format!("{path}.{member}"),
        None => path,
    };
    let problem = fault(wording.message);
    match path.char_indices().nth(LONGEST_PATH) {
        _ if path == "." => problem,
        Some((end, _)) => problem.at(format!("{}…", &path[..end])),
        None => problem.at(path),
    }
}

/// Longer paths are cut: they are those of brackets nested without end.
const LONGEST_PATH: usize = 60;

fn id_of(raw: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    struct WithId {
        id: String,
    }
    serde_json::from_str(raw.get())
        .ok()
        .map(|record: WithId| record.id)
}

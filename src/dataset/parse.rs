//! Text to typed values, with the place of every fault.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

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
        located(
            Problem::of_file(file, readable(error.inner())),
            error.path(),
        )
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
    let mut records = Vec::with_capacity(raw.len());
    for (number, raw) in raw.into_iter().enumerate() {
        let mut input = serde_json::Deserializer::from_str(raw.get());
        match serde_path_to_error::deserialize(&mut input) {
            Ok(record) => records.push((number, record)),
            Err(error) => {
                let problem = Problem::of_feature(
                    file,
                    number,
                    id_of(raw).as_deref(),
                    readable_value(error.inner()),
                );
                problems.push(located(problem, error.path()));
            }
        }
    }
    records
}

/// A JSON value as a `T`: the properties of a feature.
pub(super) fn value<T: DeserializeOwned>(
    value: serde_json::Value,
    fault: impl Fn(String) -> Problem,
) -> Result<T, Problem> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| located(fault(readable_value(error.inner())), error.path()))
}

/// What `serde_json` says of a syntax error, with its place.
pub(super) fn readable(error: &serde_json::Error) -> String {
    let kind = if error.is_eof() {
        "is cut off"
    } else {
        "is not the JSON expected"
    };
    format!("{kind}: {error}")
}

/// What `serde_json` says of a value. Its line and column would count from the record, not from the file.
fn readable_value(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message
        .split(" at line ")
        .next()
        .unwrap_or(&message)
        .to_owned()
}

fn located(problem: Problem, path: &serde_path_to_error::Path) -> Problem {
    let path = path.to_string();
    if path == "." {
        problem
    } else {
        problem.at(path)
    }
}

fn id_of(raw: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    struct WithId {
        id: String,
    }
    serde_json::from_str(raw.get())
        .ok()
        .map(|record: WithId| record.id)
}

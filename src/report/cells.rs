//! Rows as a grid of text cells: the common ground of table and CSV.

use serde::Serialize;
use serde_json::Value;

use crate::error::Result;
use crate::report::unserialisable;

/// A header and rows of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell, and whether it is a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) is_number: bool,
}

/// The cells of rows; columns in the order of the fields, also of those that some rows leave out.
pub(super) fn grid<T: Serialize>(rows: &[T]) -> Result<Grid> {
    let mut header: Vec<String> = Vec::new();
    let mut objects = Vec::with_capacity(rows.len());
    for row in rows {
        let value = serde_json::to_value(row).map_err(|error| unserialisable(&error))?;
        let Value::Object(object) = value else {
            continue;
        };
        for key in object.keys() {
            if !header.contains(key) {
                header.push(key.clone());
            }
        }
        objects.push(object);
    }
    let rows = objects
        .iter()
        .map(|object| {
            header
                .iter()
                .map(|key| cell(object.get(key).unwrap_or(&Value::Null)))
                .collect()
        })
        .collect();
    Ok(Grid { header, rows })
}

fn cell(value: &Value) -> Cell {
    Cell {
        text: flat(value),
        is_number: value.is_number(),
    }
}

/// A value on one line: lists joined by spaces, objects as `key value` pairs, nothing for null. A side and who holds it reads `A: A, B`.
pub(super) fn flat(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(flat).collect::<Vec<_>>().join("; "),
        Value::Object(members) => {
            let known = members.iter().filter(|(_, value)| !value.is_null());
            let is_of_lists = members.values().all(Value::is_array);
            let pairs = known.map(|(key, value)| match value {
                Value::Array(items) => format!(
                    "{key}: {}",
                    items.iter().map(flat).collect::<Vec<_>>().join(", ")
                ),
                _ => format!("{key} {}", flat(value)),
            });
            pairs
                .collect::<Vec<_>>()
                .join(if is_of_lists { "; " } else { ", " })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::flat;
    use super::grid;

    #[test]
    fn objects_read_as_pairs_without_what_is_not_known() {
        let pairs = serde_json::json!({"axis": "stage", "from": null, "source": "atlas"});
        assert_eq!(flat(&pairs), "axis stage, source atlas");
        let control = serde_json::json!({"BE": ["BE", "NL"], "NL": ["NL"]});
        assert_eq!(flat(&control), "BE: BE, NL; NL: NL");
    }

    #[derive(serde::Serialize)]
    struct Row {
        pair: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        km: Option<f64>,
        states: Vec<&'static str>,
    }

    #[test]
    fn columns_keep_the_order_of_the_fields() {
        let rows = [
            Row {
                pair: "AM-AZ",
                km: None,
                states: vec!["AM", "AZ"],
            },
            Row {
                pair: "AM-GE",
                km: Some(1.5),
                states: vec![],
            },
        ];
        let grid = grid(&rows).expect("rows serialise");
        assert_eq!(grid.header, ["pair", "states", "km"]);
        let text: Vec<Vec<&str>> = grid
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.text.as_str()).collect())
            .collect();
        assert_eq!(text, [["AM-AZ", "AM; AZ", ""], ["AM-GE", "", "1.5"]]);
    }
}

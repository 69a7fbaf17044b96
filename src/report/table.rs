//! Aligned columns and cards for people.

use std::fmt::Write as _;

use serde_json::Value;

use crate::report::cells::Grid;
use crate::report::cells::flat;

/// Wider cells are cut: a table is to be read in a terminal, the whole text is in JSON and CSV.
const WIDEST: usize = 60;

/// A grid as aligned columns: text to the left, numbers to the right.
///
/// What is the same in all of several rows is said once above the table; what is in none of them is left out.
pub(super) fn columns(grid: &Grid) -> String {
    let filled = |column: usize| grid.rows.iter().any(|row| !row[column].text.is_empty());
    let (same, shown): (Vec<usize>, Vec<usize>) = (0..grid.header.len())
        .filter(|&column| filled(column))
        .partition(|&column| is_same(grid, column));
    let mut text = String::new();
    for &column in &same {
        let _ = writeln!(
            text,
            "{}: {}",
            grid.header[column], grid.rows[0][column].text
        );
    }
    if !same.is_empty() {
        text.push('\n');
    }
    let widths: Vec<usize> = shown
        .iter()
        .map(|&column| {
            let cells = grid.rows.iter().map(|row| width(&row[column].text));
            cells
                .max()
                .unwrap_or(0)
                .min(WIDEST)
                .max(width(&grid.header[column]))
        })
        .collect();
    let headings = shown
        .iter()
        .map(|&column| (grid.header[column].as_str(), is_numeric(grid, column)));
    line(&mut text, headings, &widths);
    let rule: Vec<String> = widths.iter().map(|&width| "─".repeat(width)).collect();
    line(
        &mut text,
        rule.iter().map(|dashes| (dashes.as_str(), false)),
        &widths,
    );
    for row in &grid.rows {
        let cells = shown
            .iter()
            .map(|&column| (row[column].text.as_str(), row[column].is_number));
        line(&mut text, cells, &widths);
    }
    text
}

/// Whether a column of words says the same in all of several rows; numbers always stay in the table.
fn is_same(grid: &Grid, column: usize) -> bool {
    let cells = || grid.rows.iter().map(|row| &row[column]);
    grid.rows.len() > 2
        && cells().all(|cell| !cell.is_number && cell.text == grid.rows[0][column].text)
}

fn is_numeric(grid: &Grid, column: usize) -> bool {
    let mut filled = grid.rows.iter().filter(|row| !row[column].text.is_empty());
    filled.all(|row| row[column].is_number)
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = (&'a str, bool)>, widths: &[usize]) {
    let start = text.len();
    for (number, ((cell, right), &room)) in cells.zip(widths).enumerate() {
        if number > 0 {
            text.push_str("  ");
        }
        let shown = cut(cell);
        let padding = " ".repeat(room.saturating_sub(width(&shown)));
        let _ = if right {
            write!(text, "{padding}{shown}")
        } else {
            write!(text, "{shown}{padding}")
        };
    }
    let end = text.trim_end().len().max(start);
    text.truncate(end);
    text.push('\n');
}

fn cut(cell: &str) -> String {
    if width(cell) <= WIDEST {
        return cell.to_owned();
    }
    let kept: String = cell.chars().take(WIDEST - 1).collect();
    format!("{}…", kept.trim_end())
}

/// Characters, which is what the scripts of the labels (Latin, Cyrillic, Armenian, Georgian) take in a terminal.
fn width(text: &str) -> usize {
    text.chars().count()
}

/// One record as a card: a line per member, lists below their heading.
pub fn card(record: &Value) -> String {
    let mut text = String::new();
    let Value::Object(members) = record else {
        return flat(record);
    };
    let room = members.keys().map(|key| width(key)).max().unwrap_or(0);
    for (key, value) in members {
        match value {
            Value::Null => {}
            Value::Array(items) if items.iter().any(Value::is_object) => {
                let _ = writeln!(text, "{key}:");
                for item in items {
                    let _ = writeln!(text, "  - {}", flat(item));
                }
            }
            Value::Array(items) if items.is_empty() => {}
            Value::Object(inner) => {
                for (name, value) in inner {
                    let shown = if value.is_null() {
                        "no claim".to_owned()
                    } else {
                        flat(value)
                    };
                    let label = format!("{key}.{name}");
                    let _ = writeln!(text, "{label:<room$}  {shown}");
                }
            }
            other => {
                let _ = writeln!(text, "{key:<room$}  {}", flat(other));
            }
        }
    }
    text
}

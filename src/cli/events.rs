//! The events of `araxes border diff --events`: a CSV file of kilometres.

use std::path::Path;

use araxes::analysis::diff::Event;
use araxes::error::Error;
use araxes::error::Result;

use crate::cli::rows::Row;
use crate::cli::rows::Rows;

/// The part of a border that is meant where a row names none.
const MAIN: &str = "main";

/// Where the columns are; only the first two must be there.
struct Columns {
    pair: usize,
    km: usize,
    part: Option<usize>,
    to_km: Option<usize>,
    label: Option<usize>,
}

/// The events of a file, `-` for standard input: those that could be read, and what is wrong with the other rows.
///
/// # Errors
///
/// If the file cannot be read, or its header lacks a column.
pub(super) fn read(file: &Path) -> Result<(Vec<Event>, Vec<Error>)> {
    events(Rows::open(file)?)
}

fn events(rows: Rows) -> Result<(Vec<Event>, Vec<Error>)> {
    let columns = Columns::of(&rows)?;
    let (mut events, mut bad) = (Vec::new(), Vec::new());
    for row in rows {
        match row.and_then(|row| columns.event(&row)) {
            Ok(event) => events.push(event),
            // What cannot be read to its end is no answer to keep.
            Err(error @ Error::Read { .. }) => return Err(error),
            Err(error) => bad.push(error),
        }
    }
    Ok((events, bad))
}

impl Columns {
    fn of(rows: &Rows) -> Result<Self> {
        let (Some(pair), Some(km)) = (rows.column(&["pair"]), rows.column(&["km", "from_km"]))
        else {
            return Err(rows.bad_header("the header needs the columns `pair` and `km`"));
        };
        Ok(Self {
            pair,
            km,
            part: rows.column(&["part"]),
            to_km: rows.column(&["to_km"]),
            label: rows
                .column(&["label"])
                .or_else(|| rows.column(&["id", "name"])),
        })
    }

    fn event(&self, row: &Row) -> Result<Event> {
        let filled = |column: Option<usize>| column.filter(|column| !row.cell(*column).is_empty());
        let text = |column: Option<usize>| filled(column).map(|column| row.cell(column));
        let pair = row.cell(self.pair).parse();
        let pair = pair.map_err(|error: araxes::model::BadCode| row.bad(error.to_string()))?;
        let label = text(self.label).map(str::to_owned);
        Ok(Event {
            label: label.unwrap_or_else(|| format!("line {}", row.line())),
            pair,
            part: text(self.part).unwrap_or(MAIN).to_owned(),
            km: row.number(self.km)?,
            to_km: filled(self.to_km)
                .map(|column| row.number(column))
                .transpose()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use araxes::analysis::diff::Event;
    use araxes::error::Error;
    use araxes::error::Result;

    use super::events;
    use crate::cli::rows::Rows;

    fn read(text: &'static str) -> Result<(Vec<Event>, Vec<Error>)> {
        events(Rows::of("x.csv", Box::new(text.as_bytes()))?)
    }

    #[test]
    fn columns_may_come_in_any_order_and_some_may_lack() {
        let text = "label,km,pair\npost 1, 12.5 ,BE-NL\n";
        let (events, bad) = read(text).expect("a header");
        assert!(bad.is_empty());
        assert_eq!(events.len(), 1);
        assert_eq!(
            (events[0].label.as_str(), events[0].part.as_str()),
            ("post 1", "main")
        );
        assert_eq!(
            (events[0].km.to_string(), events[0].to_km),
            ("12.5".to_owned(), None)
        );
    }

    #[test]
    fn each_bad_row_is_told_with_its_line_and_the_others_are_kept() {
        let text = "pair,part,km,to_km\nBE-NL,,1,2\nBE,,1,\nBE-NL,,x,\nBE-NL,,NaN,\nBE-NL,,1,inf\nBE-NL,NL-LI,3,\n";
        let (events, bad) = read(text).expect("a header");
        assert_eq!(events.len(), 2);
        assert_eq!(events[1].label, "line 7");
        let told: Vec<String> = bad.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 4);
        for (told, line) in told.iter().zip(3..) {
            assert!(told.starts_with(&format!("x.csv: line {line}: ")), "{told}");
        }
    }

    #[test]
    fn a_file_without_the_columns_is_refused() {
        for text in ["", "pair\n", "km\n", "a,b\n1,2\n"] {
            let error = read(text).expect_err("no header");
            assert!(error.to_string().contains("`pair` and `km`"), "{error}");
        }
    }
}

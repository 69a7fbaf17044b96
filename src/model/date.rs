//! Calendar dates, as precise as their source.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;
use serde::de::Error as _;

/// A day, a month or a year, as a source gives it; compared by its first day.
///
/// # Example
///
/// ```
/// use araxes::model::Date;
///
/// let month: Date = "2024-05".parse()?;
/// assert_eq!(month.to_string(), "2024-05");
/// assert!(month < "2024-05-15".parse()?);
/// # Ok::<(), araxes::model::BadDate>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    /// 0 when the source gives only the year.
    month: u8,
    /// 0 when the source gives only the month.
    day: u8,
}

/// A text that is no date of the records.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no date between 1900 and 2199: use YYYY, YYYY-MM or YYYY-MM-DD")]
pub struct BadDate(String);

impl Date {
    /// The first day that a record can speak of.
    pub const EARLIEST: Self = Self {
        year: 1900,
        month: 1,
        day: 1,
    };

    /// The first day that the date can mean.
    #[must_use]
    pub fn first_day(self) -> Self {
        Self {
            year: self.year,
            month: self.month.max(1),
            day: self.day.max(1),
        }
    }

    /// Whether this date's first day is on or before `other`'s.
    pub fn starts_by(self, other: Self) -> bool {
        self.first_day() <= other.first_day()
    }
}

impl FromStr for Date {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Self, BadDate> {
        let bad = || BadDate(text.chars().take(40).collect());
        let mut parts = text.split('-');
        let mut number = |length: usize| -> Result<Option<u16>, BadDate> {
            let Some(part) = parts.next() else {
                return Ok(None);
            };
            let digits = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
            if digits {
                part.parse().ok().map(Some).ok_or_else(bad)
            } else {
                Err(bad())
            }
        };
        let year = number(4)?
            .filter(|year| (1900..2200).contains(year))
            .ok_or_else(bad)?;
        let month = number(2)?;
        let day = number(2)?;
        if parts.next().is_some()
            || month.is_some_and(|month| !(1..=12).contains(&month))
            || day.is_some_and(|day| day == 0 || day > days_in(year, month.unwrap_or(1)))
        {
            return Err(bad());
        }
        let small = |part: Option<u16>| part.and_then(|n| u8::try_from(n).ok()).unwrap_or(0);
        Ok(Self {
            year,
            month: small(month),
            day: small(day),
        })
    }
}

fn days_in(year: u16, month: u16) -> u16 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.month, self.day) {
            (0, _) => f.pad(&format!("{:04}", self.year)),
            (month, 0) => f.pad(&format!("{:04}-{month:02}", self.year)),
            (month, day) => f.pad(&format!("{:04}-{month:02}-{day:02}", self.year)),
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn dates_are_as_precise_as_their_text() {
        for good in ["1988", "2024-05", "2024-02-29", "2026-06-08"] {
            assert_eq!(
                good.parse::<Date>().map(|date| date.to_string()),
                Ok(good.to_owned())
            );
        }
    }

    #[test]
    fn impossible_dates_are_refused() {
        for bad in [
            "1899",
            "2200",
            "2024-13",
            "2023-02-29",
            "2024-5",
            "24-05-01",
            "2024-05-15-01",
            "x",
            "",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_month_starts_by_its_first_day() {
        let date = |text: &str| text.parse::<Date>().expect("a date");
        assert!(date("2024-05").starts_by(date("2024-05-01")));
        assert!(!date("2024-05-02").starts_by(date("2024-05")));
    }
}

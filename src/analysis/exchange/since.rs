//! Since when a code holds.

use crate::analysis::exchange::rule::Term;
use crate::model::Date;

/// The day since which `code` has had the value that it has on `on`, of the `days` on which a claim begins or ends, in order. None if it had the
/// value before any of them, or has no value.
///
/// A claim that only repeats what held before changes nothing and is passed over.
pub(super) fn since(days: &[Date], on: Date, code: impl Fn(Date) -> Term) -> Option<Date> {
    let now = code(on);
    if now == Term::Absent {
        return None;
    }
    let mut since = None;
    for &day in days.iter().rev().filter(|day| day.starts_by(on)) {
        if code(day) != now {
            return since;
        }
        since = Some(day);
    }
    since.filter(|_| code(Date::EARLIEST) != now)
}

#[cfg(test)]
mod tests {
    use super::since;
    use crate::analysis::exchange::rule::Term;
    use crate::model::Date;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    /// A code that has the value 1 before 1991, 2 until 2024-05 and 3 from then on.
    fn code(on: Date) -> Term {
        let is_from = |text: &str| date(text).starts_by(on);
        Term::Number(1 + i64::from(is_from("1991")) + i64::from(is_from("2024-05")))
    }

    #[test]
    fn a_day_that_changes_nothing_is_passed_over() {
        let days = ["1991", "2022-10-06", "2024-05", "2025-08-08"].map(date);
        let on = |text: &str| since(&days, date(text), code).map(|day| day.to_string());
        assert_eq!(on("2026").as_deref(), Some("2024-05"));
        assert_eq!(on("2024-05").as_deref(), Some("2024-05"));
        assert_eq!(on("2023").as_deref(), Some("1991"));
        assert_eq!(on("1990"), None);
    }

    #[test]
    fn what_is_not_known_or_always_was_has_no_first_day() {
        let days = ["1991", "2024"].map(date);
        assert_eq!(since(&days, date("2026"), |_| Term::Absent), None);
        assert_eq!(since(&days, date("2026"), |_| Term::Number(1)), None);
        assert_eq!(since(&[], date("2026"), code), None);
    }
}

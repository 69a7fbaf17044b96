//! A value together with the evidence for it.

use crate::model::Code;
use crate::model::Date;
use crate::model::Id;
use crate::model::Source;

/// A statement: a value, whose it is, when it holds and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim<T> {
    /// What is stated.
    pub value: T,
    /// What it rests on.
    pub evidence: Evidence,
    /// The first day it holds; unlimited if absent.
    pub from: Option<Date>,
    /// The first day it no longer holds; unlimited if absent.
    pub to: Option<Date>,
    /// The state whose statement this is; none for joint and third-party statements.
    pub view: Option<Code>,
    /// What a reader should know beside it.
    pub note: Option<String>,
}

/// What a claim rests on. There is no third kind: a value with neither does not load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// Somebody published it.
    Source(Id<Source>),
    /// Nobody did: the basis on which it is assumed.
    Assumption(String),
}

impl<T> Claim<T> {
    /// Whether the claim holds on `date`.
    pub fn holds_on(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from.starts_by(date))
            && self.to.is_none_or(|to| !to.starts_by(date))
    }

    /// Whether the claim is seen from `view`: joint and third-party claims always, a state's own from that state only;
    /// without a view, all of them.
    pub fn seen_from(&self, view: Option<Code>) -> bool {
        view.is_none() || self.view.is_none() || self.view == view
    }
}

/// The claim that is in force on `date`: of those that hold, the one that began last.
///
/// # Properties
///
/// Of claims that began on one day the first in the file stands, so the answer never depends on anything else.
pub fn in_force<T>(claims: &[Claim<T>], date: Date) -> Option<&Claim<T>> {
    let start = |claim: &Claim<T>| claim.from.map(Date::first_day);
    let mut best: Option<&Claim<T>> = None;
    for claim in claims.iter().filter(|claim| claim.holds_on(date)) {
        if best.is_none_or(|found| start(claim) > start(found)) {
            best = Some(claim);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::Claim;
    use super::Evidence;
    use super::in_force;
    use crate::model::Date;

    fn claim(value: u32, from: Option<&str>, to: Option<&str>) -> Claim<u32> {
        let date = |text: &str| text.parse::<Date>().expect("a date");
        Claim {
            value,
            evidence: Evidence::Assumption("test".to_owned()),
            from: from.map(date),
            to: to.map(date),
            view: None,
            note: None,
        }
    }

    #[test]
    fn the_latest_claim_that_holds_is_in_force() {
        let claims = [
            claim(1, None, None),
            claim(2, Some("2024"), None),
            claim(3, Some("2026-03-05"), Some("2026-03-09")),
        ];
        let on =
            |date: &str| in_force(&claims, date.parse().expect("a date")).map(|claim| claim.value);
        assert_eq!(on("2020-01-01"), Some(1));
        assert_eq!(on("2024-01-01"), Some(2));
        assert_eq!(on("2026-03-05"), Some(3));
        assert_eq!(on("2026-03-08"), Some(3));
        assert_eq!(on("2026-03-09"), Some(2));
    }

    #[test]
    fn of_two_claims_from_one_day_the_first_stands() {
        let claims = [
            claim(1, Some("2024"), None),
            claim(2, Some("2024-01-01"), None),
        ];
        let found = in_force(&claims, "2025".parse().expect("a date"));
        assert_eq!(found.map(|claim| claim.value), Some(1));
    }
}

//! Claims as files write them, and how they become claims of the model.

use serde::Deserialize;

use crate::error::Problem;
use crate::model::Claim;
use crate::model::Code;
use crate::model::Date;
use crate::model::Evidence;
use crate::model::ForMode;
use crate::model::Mode;
use crate::model::Source;
use crate::model::Table;

/// A claim as files write it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClaim<T> {
    pub(super) value: T,
    source: Option<String>,
    assumption: Option<String>,
    from: Option<Date>,
    to: Option<Date>,
    view: Option<Code>,
    note: Option<String>,
    /// Status claims only.
    axis: Option<String>,
    /// Claims about crossings only.
    mode: Option<Mode>,
    /// Claims about the condition of links only.
    progress_pct: Option<f64>,
}

/// What a claim may carry beside the common members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extra {
    /// Nothing.
    None,
    /// `axis`.
    Axis,
    /// `mode`.
    Mode,
    /// `progress_pct`.
    Progress,
}

/// Resolves claims of one record.
pub(super) struct Claims<'a> {
    /// The sources that claims may name.
    pub(super) sources: &'a Table<Source>,
    /// A fault of the record that is being read.
    pub(super) fault: &'a dyn Fn(String) -> Problem,
    /// Where faults are noted.
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Claims<'_> {
    /// The sound claims of `raw`; the others become problems at `property`.
    pub(super) fn all<T>(&mut self, property: &str, raw: Vec<RawClaim<T>>) -> Vec<Claim<T>> {
        self.each(property, raw, Extra::None, |value, _| value)
    }

    /// Claims that may hold for one mode only.
    pub(super) fn for_modes<T>(
        &mut self,
        property: &str,
        raw: Vec<RawClaim<T>>,
    ) -> Vec<Claim<ForMode<T>>> {
        self.each(property, raw, Extra::Mode, |value, extra| ForMode {
            mode: extra.mode,
            value,
        })
    }

    /// Claims with something beside their value that `build` puts into it.
    pub(super) fn each<T, U>(
        &mut self,
        property: &str,
        raw: Vec<RawClaim<T>>,
        extra: Extra,
        build: impl Fn(T, Extras) -> U,
    ) -> Vec<Claim<U>> {
        let mut claims = Vec::with_capacity(raw.len());
        for (number, raw) in raw.into_iter().enumerate() {
            let at = format!("{property}[{number}]");
            if let Some(claim) = self.claim(&at, raw, extra, &build) {
                claims.push(claim);
            }
        }
        claims
    }

    /// One claim.
    pub(super) fn one<T>(&mut self, property: &str, raw: RawClaim<T>) -> Option<Claim<T>> {
        self.claim(property, raw, Extra::None, &|value, _| value)
    }

    /// One claim of the given form.
    pub(super) fn claim<T, U>(
        &mut self,
        at: &str,
        raw: RawClaim<T>,
        extra: Extra,
        build: &impl Fn(T, Extras) -> U,
    ) -> Option<Claim<U>> {
        let evidence = self.evidence(at, raw.source.as_deref(), raw.assumption)?;
        let extras = Extras {
            mode: raw.mode,
            progress_pct: raw.progress_pct,
        };
        let unexpected = [
            ("axis", raw.axis.is_some() && extra != Extra::Axis),
            ("mode", raw.mode.is_some() && extra != Extra::Mode),
            (
                "progress_pct",
                raw.progress_pct.is_some() && extra != Extra::Progress,
            ),
        ];
        if let Some((name, _)) = unexpected.iter().find(|(_, unexpected)| *unexpected) {
            self.note(
                &format!("{at}.{name}"),
                "is not expected in this claim".to_owned(),
            );
            return None;
        }
        if let (Some(from), Some(to)) = (raw.from, raw.to)
            && to.starts_by(from)
        {
            self.note(
                &format!("{at}.to"),
                format!("{to} is not after `from`, {from}"),
            );
            return None;
        }
        Some(Claim {
            value: build(raw.value, extras),
            evidence,
            from: raw.from,
            to: raw.to,
            view: raw.view,
            note: raw.note,
        })
    }

    /// What a claim or a change rests on: exactly one of a known source and an assumption.
    pub(super) fn evidence(
        &mut self,
        at: &str,
        source: Option<&str>,
        assumption: Option<String>,
    ) -> Option<Evidence> {
        match (source, assumption) {
            (Some(source), None) => {
                let found = self.sources.find(source).map(Evidence::Source);
                if found.is_none() {
                    let message = format!("`{source}` is not in sources.json");
                    self.note(&format!("{at}.source"), message);
                }
                found
            }
            (None, Some(basis)) if !basis.trim().is_empty() => Some(Evidence::Assumption(basis)),
            (None, _) => {
                let message =
                    "has no source: name one in `source`, or state the basis in `assumption`";
                self.note(at, message.to_owned());
                None
            }
            (Some(_), Some(_)) => {
                self.note(
                    at,
                    "has both `source` and `assumption`: keep one".to_owned(),
                );
                None
            }
        }
    }

    fn note(&mut self, at: &str, message: String) {
        self.problems.push((self.fault)(message).at(at));
    }
}

/// What a claim carried beside the common members.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extras {
    pub(super) mode: Option<Mode>,
    pub(super) progress_pct: Option<f64>,
}

impl<T> RawClaim<T> {
    /// The axis of a status claim.
    pub(super) fn axis(&self) -> Option<&str> {
        self.axis.as_deref()
    }

    /// The same claim about another value.
    pub(super) fn with<U>(self, value: U) -> RawClaim<U> {
        RawClaim {
            value,
            source: self.source,
            assumption: self.assumption,
            from: self.from,
            to: self.to,
            view: self.view,
            note: self.note,
            axis: self.axis,
            mode: self.mode,
            progress_pct: self.progress_pct,
        }
    }
}

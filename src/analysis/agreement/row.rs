//! The rows of a scorecard.

use geo::Coord;
use serde::Serialize;

use crate::analysis::agreement::Asked;
use crate::analysis::grounds::cited;
use crate::model::Accord;
use crate::model::Claim;
use crate::model::Date;
use crate::model::Evidence;
use crate::model::Measure;
use crate::model::Provision;
use crate::model::ProvisionKind;
use crate::model::Standing;
use crate::model::World;
use crate::units::rounded;

/// One figure of a provision, or the sentence that says why it has none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoreRow {
    /// The provision's id.
    pub provision: String,
    /// Its article, as the text counts it.
    pub article: Option<String>,
    /// Whether the text says it or leaves it to be done.
    pub kind: ProvisionKind,
    /// Its title.
    pub title: String,
    /// What was measured.
    pub measure: Option<&'static str>,
    /// What the figure is about: a class, a territory, a scenario.
    pub subject: String,
    /// What is counted: `count`, `length`, `area`, `inhabitants`, `nearest`, and of journeys `fastest`, `shortest`, `to-build`.
    pub quantity: Option<&'static str>,
    /// The figure.
    pub value: Option<Value>,
    /// Its unit: `km`, `km2`, `h`, or what is counted.
    pub unit: Option<&'static str>,
    /// The whole that it is a part of, in the same unit.
    pub of: Option<Value>,
    /// Its share of that, in per cent.
    pub share_pct: Option<f64>,
    /// The date.
    pub on: Date,
    /// The boundary source that it was measured on, if it was measured on one.
    pub source: Option<String>,
    /// The sources of the claims that it rests on, by id; `assumption` for those that have none.
    pub evidence: Vec<String>,
    /// What a reader should know.
    pub note: Option<String>,
    /// Where it is.
    #[serde(skip)]
    pub place: Where,
}

/// A figure: counted or measured.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Counted.
    Whole(u64),
    /// Measured.
    Real(f64),
}

impl Value {
    /// The number.
    pub const fn number(self) -> f64 {
        match self {
            Self::Whole(count) => count as f64,
            Self::Real(value) => value,
        }
    }
}

/// Where on the map a figure is.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Where {
    /// Nowhere.
    #[default]
    Nowhere,
    /// On these lines.
    Lines(Vec<Vec<Coord>>),
    /// At these points.
    Points(Vec<Coord>),
}

/// How far an agreement has come, by one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandingRow {
    /// How far.
    pub is: &'static str,
    /// Since when.
    pub from: Option<Date>,
    /// The source.
    pub source: Option<String>,
    /// The basis, where there is no source.
    pub assumption: Option<String>,
    /// What a reader should know.
    pub note: Option<String>,
}

/// A figure, before it is known which provision it is of.
#[derive(Debug, Clone, Default)]
pub struct Figure {
    pub(super) subject: String,
    pub(super) quantity: Option<&'static str>,
    pub(super) value: Option<Value>,
    pub(super) unit: Option<&'static str>,
    pub(super) of: Option<Value>,
    pub(super) on: Option<Date>,
    /// Whether it was measured on the boundary source.
    pub(super) on_boundary: bool,
    pub(super) evidence: Vec<String>,
    pub(super) note: Option<String>,
    pub(super) place: Where,
}

impl Figure {
    /// How many of how many.
    pub(super) fn count(
        subject: &str,
        unit: &'static str,
        count: usize,
        of: Option<usize>,
    ) -> Self {
        Self {
            subject: subject.to_owned(),
            quantity: Some("count"),
            value: Some(Value::Whole(count as u64)),
            unit: Some(unit),
            of: of.map(|of| Value::Whole(of as u64)),
            ..Self::default()
        }
    }

    /// Kilometres of how many kilometres.
    pub(super) fn km(subject: &str, km: f64, of: Option<f64>) -> Self {
        Self {
            subject: subject.to_owned(),
            quantity: Some("length"),
            value: Some(Value::Real(rounded(km, 3))),
            unit: Some("km"),
            of: of.map(|of| Value::Real(rounded(of, 3))),
            ..Self::default()
        }
    }

    /// The same with a remark.
    pub(super) fn noted(self, note: String) -> Self {
        Self {
            note: Some(note).filter(|note| !note.is_empty()),
            ..self
        }
    }
}

impl ScoreRow {
    pub(super) fn new(
        asked: &Asked<'_>,
        provision: &Provision,
        measure: Option<&Measure>,
        figure: Figure,
    ) -> Self {
        let share = |value: Value| {
            let of = figure.of.map(Value::number).filter(|of| *of > 0.0)?;
            Some(rounded(100.0 * value.number() / of, 2))
        };
        Self {
            provision: provision.id.clone(),
            article: provision.article.clone(),
            kind: provision.kind,
            title: provision.title.clone(),
            measure: measure.map(Measure::word),
            subject: figure.subject,
            quantity: figure.quantity,
            value: figure.value,
            unit: figure.unit,
            of: figure.of,
            share_pct: figure.value.and_then(share),
            on: figure.on.unwrap_or(asked.when.on),
            source: figure.on_boundary.then(|| asked.source.to_owned()),
            evidence: figure.evidence,
            note: figure.note,
            place: figure.place,
        }
    }
}

impl ScoreRow {
    /// Whether a row of the same measure is about the same subject, so that both are told together.
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        self.subject == other.subject
    }

    /// The figure in words: `12.7 of 929.1 km (1.37 %)`; none where there is none.
    pub fn in_words(&self) -> Option<String> {
        let (value, unit) = (self.value?, self.unit?);
        let what = match self.quantity {
            Some("fastest") => "fastest ",
            Some("shortest") => "shortest ",
            Some("to-build") => "of the fastest still to build ",
            Some("nearest") => "nearest at ",
            _ => "",
        };
        let unit = match unit {
            "km2" => "km²",
            many if value == Value::Whole(1) && self.of.is_none() => many.trim_end_matches('s'),
            unit => unit,
        };
        let of = self.of.map(|of| format!(" of {of}"));
        let share = self
            .share_pct
            .filter(|_| self.quantity == Some("length"))
            .map(|share| format!(" ({share} %)"));
        Some(format!(
            "{what}{value}{} {unit}{}",
            of.unwrap_or_default(),
            share.unwrap_or_default()
        ))
    }
}

impl std::fmt::Display for Value {
    /// A count as it is, a measure with one decimal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(count) => write!(f, "{count}"),
            Self::Real(value) => write!(f, "{value:.1}"),
        }
    }
}

/// The claims about how far an agreement has come that hold on the date.
pub(super) fn standing(asked: &Asked<'_>, accord: &Accord) -> Vec<StandingRow> {
    let claims = accord.standing.iter();
    let seen =
        claims.filter(|claim| claim.holds_on(asked.when.on) && claim.seen_from(asked.when.view));
    let row = |claim: &Claim<Standing>| {
        let (source, assumption) = cited(asked.world, &claim.evidence);
        StandingRow {
            is: claim.value.word(),
            from: claim.from,
            source,
            assumption,
            note: claim.note.clone(),
        }
    };
    seen.map(row).collect()
}

/// What figures rest on: the ids of sources, and `assumption` where there is none; each once, in alphabetical order.
pub(super) fn evidence<'e>(
    world: &World,
    of: impl IntoIterator<Item = &'e Evidence>,
) -> Vec<String> {
    let ids = of.into_iter().map(|evidence| {
        let (source, _) = cited(world, evidence);
        source.unwrap_or_else(|| "assumption".to_owned())
    });
    ids.collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect()
}

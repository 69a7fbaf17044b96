//! Stretches as rows with their codes.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;
use serde::Serializer;
use serde::ser::SerializeMap;

use crate::analysis::exchange::Vocabulary;
use crate::analysis::exchange::rule::Facts;
use crate::analysis::exchange::rule::Term;
use crate::analysis::exchange::rule::code_of;
use crate::analysis::exchange::rule::rule_of;
use crate::analysis::exchange::sides::sides;
use crate::analysis::exchange::since::since;
use crate::analysis::segments::StatusOn;
use crate::analysis::segments::Stretch;
use crate::analysis::segments::When;
use crate::analysis::segments::control_in_words;
use crate::index::TerritoryIndex;
use crate::model::Agreement;
use crate::model::Basis;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Date;
use crate::model::Pair;
use crate::model::Stage;
use crate::model::World;
use crate::units::rounded;

/// A stretch of border, what is known of it, and its codes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exchanged {
    /// The stretch; left out where the fields of one vocabulary alone are asked for.
    #[serde(flatten)]
    pub line: Option<LineRow>,
    /// The codes.
    #[serde(flatten)]
    pub fields: Fields,
}

/// A stretch of border, and the axes that its codes come from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineRow {
    /// The states.
    pub pair: Pair,
    /// Which part of their border.
    pub part: String,
    /// The segment's id; that of the whole part for a stretch between named segments.
    pub segment: Option<String>,
    /// Chainage of its start.
    pub from_km: f64,
    /// Chainage of its end.
    pub to_km: f64,
    /// Its geodesic length.
    pub length_km: f64,
    /// Mean distance between the vertices of the whole part: the ruler of the length.
    pub spacing_m: f64,
    /// What 95 % of the positions of the part are within, on this source.
    pub accuracy_m: Option<f64>,
    /// The boundary source.
    pub source: String,
    /// The date.
    pub as_of: Date,
    /// Whose statements are followed where the parties' differ; none for nobody's.
    pub view: Option<Code>,
    /// The territory to the left, in the direction of the line.
    pub left: Option<Code>,
    /// Its name.
    pub left_name: Option<String>,
    /// The territory to the right.
    pub right: Option<Code>,
    /// Its name.
    pub right_name: Option<String>,
    /// How far the making of the border has come.
    pub stage: Option<Stage>,
    /// Whether the parties agree.
    pub agreement: Option<Agreement>,
    /// Who holds ground on each side.
    pub control: Option<String>,
    /// What the line rests on.
    pub basis: Option<Basis>,
    /// Metres within which the line is known on the ground (95 %).
    pub geometry_m: Option<f64>,
    /// Axes on which the parties' statements differ.
    pub differing: String,
    /// Share of the stretch that both sides draw with the same vertices.
    pub shared_pct: f64,
}

/// Named values, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields(pub Vec<(String, Term)>);

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// The stretches with their codes: in the fields of `only` as that vocabulary spells them, else in all, each with its vocabulary in front.
pub fn exchange(
    world: &World,
    boundary: &Boundary,
    stretches: &[Stretch],
    when: When,
    only: Option<Vocabulary>,
) -> Vec<Exchanged> {
    let index = TerritoryIndex::new(boundary);
    let pairs = stretches
        .iter()
        .map(|stretch| boundary.borders[stretch.border].pair);
    let coder = Coder {
        world,
        boundary,
        index: &index,
        when,
        states: pairs.flat_map(|pair| [pair.first, pair.second]).collect(),
    };
    stretches
        .par_iter()
        .map(|stretch| coder.row(stretch, only))
        .collect()
}

/// What all rows are made with.
struct Coder<'w> {
    world: &'w World,
    boundary: &'w Boundary,
    index: &'w TerritoryIndex,
    when: When,
    /// The states of all stretches.
    states: BTreeSet<Code>,
}

impl Coder<'_> {
    fn row(&self, stretch: &Stretch, only: Option<Vocabulary>) -> Exchanged {
        let asked = Vocabulary::ALL
            .into_iter()
            .filter(|vocabulary| only.is_none_or(|only| only == *vocabulary));
        let fields = asked.flat_map(|vocabulary| {
            let fields = self.fields(stretch, vocabulary).into_iter();
            fields.map(move |(name, value)| match only {
                Some(_) => (name, value),
                None => (
                    format!("{}_{}", vocabulary.prefix(), in_snake_case(&name)),
                    value,
                ),
            })
        });
        Exchanged {
            line: only.is_none().then(|| self.line(stretch)),
            fields: Fields(fields.collect()),
        }
    }

    fn line(&self, stretch: &Stretch) -> LineRow {
        let border = &self.boundary.borders[stretch.border];
        let lines = border.cut(stretch.from, stretch.to);
        let (left, right) = sides(self.index, &lines, border.territories).unzip();
        let name = |code: Option<Code>| code.map(|code| self.world.territory_name(code));
        let status = &stretch.status;
        LineRow {
            pair: border.pair,
            part: border.part.label(),
            segment: stretch.segment.map(|id| self.world.segments[id].id.clone()),
            from_km: rounded(stretch.from.km(), 3),
            to_km: rounded(stretch.to.km(), 3),
            length_km: rounded((stretch.to - stretch.from).km(), 3),
            spacing_m: rounded(border.spacing().m(), 1),
            accuracy_m: self.world.accuracy_m(self.boundary, border),
            source: self.world.source_of(self.boundary).id.clone(),
            as_of: self.when.on,
            view: self.when.view,
            left,
            left_name: name(left),
            right,
            right_name: name(right),
            stage: status.stage,
            agreement: status.agreement,
            control: status.control.as_ref().map(control_in_words),
            basis: status.basis,
            geometry_m: status.geometry,
            differing: status.differing.join(", "),
            shared_pct: rounded(100.0 * border.exact_share_of(stretch.from, stretch.to), 1),
        }
    }

    fn facts(&self, stretch: &Stretch, status: &StatusOn) -> Facts {
        let border = &self.boundary.borders[stretch.border];
        // The share is a sum of lengths: what differs in its last digits only is whole.
        let share = border.exact_share_of(stretch.from, stretch.to);
        Facts {
            stage: status.stage,
            agreement: status.agreement,
            is_shared: share > 1.0 - 1e-9,
        }
    }

    fn fields(&self, stretch: &Stretch, vocabulary: Vocabulary) -> Vec<(String, Term)> {
        let facts = self.facts(stretch, &stretch.status);
        let code =
            |field: &'static str| (field.to_owned(), code_of(vocabulary.rules(), field, facts));
        match vocabulary {
            Vocabulary::Lsib => self.lsib(stretch, facts),
            Vocabulary::NaturalEarth => {
                let mut fields = vec![code("FEATURECLA")];
                fields.extend(self.classes_by_state(stretch));
                fields
            }
            Vocabulary::Inspire => {
                let (one, other) = self.boundary.borders[stretch.border].territories;
                vec![
                    code("nationalLevel"),
                    code("legalStatus"),
                    code("technicalStatus"),
                    ("beginLifespanVersion".to_owned(), self.begin(stretch)),
                    ("admUnit".to_owned(), Term::Text(format!("{one} {other}"))),
                ]
            }
            Vocabulary::Un => vec![code("CARTOGRAPH")],
            Vocabulary::Dgiwg => vec![code("F_CODE"), code("BST"), code("DMC")],
        }
    }

    fn lsib(&self, stretch: &Stretch, facts: Facts) -> Vec<(String, Term)> {
        let pair = self.boundary.borders[stretch.border].pair;
        let rules = Vocabulary::Lsib.rules();
        let text = |text: String| {
            if text.is_empty() {
                Term::Absent
            } else {
                Term::Text(text)
            }
        };
        let rank = code_of(rules, "RANK", facts);
        let status = rule_of(rules, "RANK", facts)
            .filter(|_| rank != Term::Absent)
            .map(|rule| rule.meaning.to_owned());
        let country = |code: Code| Term::Text(self.world.territory_name(code));
        [
            ("CC1", Term::Text(pair.first.to_string())),
            ("COUNTRY1", country(pair.first)),
            ("CC2", Term::Text(pair.second.to_string())),
            ("COUNTRY2", country(pair.second)),
            ("RANK", rank),
            ("STATUS", text(status.unwrap_or_default())),
            ("LABEL", code_of(rules, "LABEL", facts)),
            ("NOTES", text(self.notes(&stretch.status))),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }

    /// What the codes cannot say: ground that is not controlled by the state of its side alone, and statements that differ.
    fn notes(&self, status: &StatusOn) -> String {
        let name = |code: &Code| self.world.territory_name(*code);
        let mut notes = Vec::new();
        for (side, holders) in status.control.iter().flatten() {
            if holders.as_slice() == [*side] {
                continue;
            }
            let holders: Vec<String> = holders.iter().map(name).collect();
            notes.push(if holders.is_empty() {
                format!("side of {}: controlled by nobody", name(side))
            } else {
                format!(
                    "side of {}: controlled by {}",
                    name(side),
                    holders.join(" and ")
                )
            });
        }
        if !status.differing.is_empty() {
            notes.push(format!(
                "the parties' statements differ on {}",
                status.differing.join(", ")
            ));
        }
        notes.join("; ")
    }

    /// The class of Natural Earth as each of the two states sees the stretch; of other states no statements are known, so theirs stay empty.
    fn classes_by_state(&self, stretch: &Stretch) -> Vec<(String, Term)> {
        let pair = self.boundary.borders[stretch.border].pair;
        let class = |state: Code| {
            let when = When {
                view: Some(state),
                ..self.when
            };
            let status = stretch.status_on(self.world, self.boundary, when);
            let facts = self.facts(stretch, &status);
            code_of(Vocabulary::NaturalEarth.rules(), "FEATURECLA", facts)
        };
        let column = |&state: &Code| {
            let value = if pair.has(state) {
                class(state)
            } else {
                Term::Absent
            };
            (format!("FCLASS_{state}"), value)
        };
        self.states.iter().map(column).collect()
    }

    /// Since when the stretch has its legal status.
    fn begin(&self, stretch: &Stretch) -> Term {
        let days = stretch.agreement_days(self.world, self.boundary);
        let legal = |on: Date| {
            let when = When { on, ..self.when };
            let status = stretch.status_on(self.world, self.boundary, when);
            let facts = self.facts(stretch, &status);
            code_of(Vocabulary::Inspire.rules(), "legalStatus", facts)
        };
        since(&days, self.when.on, legal).map_or(Term::Absent, |day| Term::Text(day.to_string()))
    }
}

/// `legalStatus` as `legal_status`, `CC1` as `cc1`.
fn in_snake_case(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 4);
    let mut before = None;
    for c in name.chars() {
        if c.is_ascii_uppercase() && before.is_some_and(|c: char| c.is_ascii_lowercase()) {
            text.push('_');
        }
        text.push(c.to_ascii_lowercase());
        before = Some(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::in_snake_case;

    #[test]
    fn names_of_all_vocabularies_are_spelled_in_one_way() {
        for (own, ours) in [
            ("CC1", "cc1"),
            ("legalStatus", "legal_status"),
            ("beginLifespanVersion", "begin_lifespan_version"),
            ("FCLASS_BE", "fclass_be"),
            ("F_CODE", "f_code"),
        ] {
            assert_eq!(in_snake_case(own), ours);
        }
    }
}

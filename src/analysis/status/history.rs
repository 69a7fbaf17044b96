//! How the status of a segment came about: each claim as it begins and ends, and what it made of the axis.

use serde::Serialize;

use crate::analysis::segments;
use crate::analysis::segments::StatusOn;
use crate::analysis::segments::When;
use crate::analysis::segments::control_in_words;
use crate::model::Claim;
use crate::model::Code;
use crate::model::Date;
use crate::model::Id;
use crate::model::Segment;
use crate::model::World;

/// A claim that begins or ends.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HistoryRow {
    /// When; none for a claim without a beginning.
    pub date: Option<Date>,
    /// `begins` or `ends`.
    pub event: &'static str,
    /// `stage`, `agreement`, `control`, `basis` or `geometry`.
    pub axis: &'static str,
    /// What is claimed, in words.
    pub value: String,
    /// Whose statement it is, if it is one party's.
    pub view: Option<Code>,
    /// The record that holds the claim: the segment's own, or that of the whole part it lies in.
    pub record: String,
    /// The value of the axis from then on, as `status` gives it.
    pub then: Option<String>,
    /// The source.
    pub source: Option<String>,
    /// The basis, where there is no source.
    pub assumption: Option<String>,
    /// What a reader should know.
    pub note: Option<String>,
}

/// The claims of a segment and of the whole part that it lies in, in order of time, as seen from a view; by axis on one day.
pub fn history(world: &World, id: Id<Segment>, view: Option<Code>) -> Vec<HistoryRow> {
    let whole = world.whole_of(id).filter(|whole| *whole != id);
    let mut rows = Vec::new();
    for record in std::iter::once(id).chain(whole) {
        let status = &world.segments[record].status;
        let mut telling = Telling {
            world,
            record,
            view,
            rows: &mut rows,
        };
        telling.axis("stage", &status.stage, ToString::to_string);
        telling.axis("agreement", &status.agreement, ToString::to_string);
        telling.axis("control", &status.control, control_in_words);
        telling.axis("basis", &status.basis, ToString::to_string);
        telling.axis("geometry", &status.geometry, |m| metres(*m));
    }
    // What ended on a day no longer held when the next began.
    rows.sort_by_key(|row| (row.date.map(Date::first_day), row.event != "ends"));
    for row in &mut rows {
        let on = row.date.unwrap_or(Date::EARLIEST);
        let status = segments::status_of(world, Some(id), whole, When { on, view });
        row.then = value(&status, row.axis);
    }
    rows
}

struct Telling<'w, 'r> {
    world: &'w World,
    record: Id<Segment>,
    view: Option<Code>,
    rows: &'r mut Vec<HistoryRow>,
}

impl Telling<'_, '_> {
    fn axis<T>(&mut self, axis: &'static str, claims: &[Claim<T>], words: impl Fn(&T) -> String) {
        for claim in claims.iter().filter(|claim| claim.seen_from(self.view)) {
            let (source, assumption) = segments::evidence(self.world, &claim.evidence);
            let begins = HistoryRow {
                date: claim.from,
                event: "begins",
                axis,
                value: words(&claim.value),
                view: claim.view,
                record: self.world.segments[self.record].id.clone(),
                then: None,
                source,
                assumption,
                note: claim.note.clone(),
            };
            let ends = claim.to.map(|to| HistoryRow {
                date: Some(to),
                event: "ends",
                ..begins.clone()
            });
            self.rows.push(begins);
            self.rows.extend(ends);
        }
    }
}

fn metres(value: f64) -> String {
    format!("{value} m")
}

/// The value of an axis, in words.
fn value(status: &StatusOn, axis: &str) -> Option<String> {
    match axis {
        "stage" => status.stage.map(|stage| stage.to_string()),
        "agreement" => status.agreement.map(|agreement| agreement.to_string()),
        "control" => status.control_words.clone(),
        "basis" => status.basis.map(|basis| basis.to_string()),
        _ => status.geometry.map(metres),
    }
}

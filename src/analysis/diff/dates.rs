//! What changed between two dates on one source.
//!
//! Method. Every border is cut into stretches by status on each date, the cuts of both dates are laid over each other, and the settled value of
//! each axis is compared. A change is dated by when the value of the second date began to hold without interruption: the days on which any claim begins
//! or ends are gone through backwards. What parties state without its being settled is no change, unless it is asked for with a view.

use geo::Coord;
use geo::MultiPolygon;
use serde::Serialize;

use crate::analysis::diff::overlay::Overlap;
use crate::analysis::diff::overlay::overlay;
use crate::analysis::disputes;
use crate::analysis::grounds::cited;
use crate::analysis::segments;
use crate::analysis::segments::ClaimRow;
use crate::analysis::segments::StatusOn;
use crate::analysis::segments::Stretch;
use crate::analysis::segments::When;
use crate::analysis::segments::control_in_words;
use crate::model::Border;
use crate::model::Boundary;
use crate::model::Claim;
use crate::model::Code;
use crate::model::Date;
use crate::model::Dispute;
use crate::model::DisputePlace;
use crate::model::Extent;
use crate::model::Id;
use crate::model::Pair;
use crate::model::Segment;
use crate::model::World;
use crate::units::Length;
use crate::units::rounded;

/// Which dates are compared, and along which border.
#[derive(Debug, Clone, Copy)]
pub struct Dates {
    /// The first date.
    pub before: Date,
    /// The second.
    pub after: Date,
    /// Whose statements to follow where they differ.
    pub view: Option<Code>,
    /// The pair; all if absent.
    pub pair: Option<Pair>,
    /// One segment, and then no disputes; all if absent.
    pub segment: Option<Id<Segment>>,
}

/// A value that is not the same on both dates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DateRow {
    /// The segment that speaks for the stretch on the second date; nothing for a dispute.
    pub segment: Option<String>,
    /// The dispute, if it is one whose control changed.
    pub dispute: Option<String>,
    /// The states.
    pub pair: Pair,
    /// The part of their border.
    pub part: Option<String>,
    /// Chainage of the stretch's start.
    pub from_km: Option<f64>,
    /// Chainage of its end.
    pub to_km: Option<f64>,
    /// Its length.
    pub length_km: Option<f64>,
    /// The boundary source that the kilometres are of.
    pub boundary: Option<String>,
    /// How far the ends of the segment may be off, in metres.
    pub anchor_accuracy_m: Option<f64>,
    /// `stage`, `agreement`, `control`, `basis` or `geometry`.
    pub axis: &'static str,
    /// The settled value on the first date; nothing where no claim settles it.
    pub before: Option<String>,
    /// The settled value on the second.
    pub after: Option<String>,
    /// Since when the second value holds without interruption.
    pub since: Option<Date>,
    /// Whose statement it is, if it is one party's.
    pub view: Option<Code>,
    /// The source of the claim that made it; where no value holds any more, of the claim that ended.
    pub source: Option<String>,
    /// The basis of that claim, where there is no source.
    pub assumption: Option<String>,
}

/// A change and where it is.
#[derive(Debug, Clone)]
pub struct DateChange {
    /// The change.
    pub row: DateRow,
    /// Where.
    pub place: Place,
}

/// Where a row is.
#[derive(Debug, Clone)]
pub enum Place {
    /// On these lines.
    Lines(Vec<Vec<Coord>>),
    /// In this area.
    Area(MultiPolygon),
    /// At this point.
    Point(Coord),
    /// Nowhere that is known.
    Nowhere,
}

/// What changed between two dates: stretches in the order of the borders, then disputes in the order of the data.
///
/// # Properties
///
/// - Nothing changed between a date and itself.
/// - Exchanging the dates exchanges the values and leaves stretches and axes unchanged.
pub fn dates(world: &World, boundary: &Boundary, asked: Dates) -> Vec<DateChange> {
    let pair = asked
        .segment
        .map_or(asked.pair, |id| Some(world.segments[id].pair));
    let is_asked = |of: Pair| pair.is_none_or(|pair| pair == of);
    let mut changes = Vec::new();
    for (number, border) in boundary.borders.iter().enumerate() {
        if is_asked(border.pair) {
            changes.extend(of_border(world, boundary, number, asked));
        }
    }
    if asked.segment.is_none() {
        let records = world.disputes.iter().map(|(_, dispute)| dispute);
        let mine = records.filter(|dispute| is_asked(dispute.pair));
        changes.extend(mine.filter_map(|dispute| of_dispute(world, dispute, asked)));
    }
    changes
}

fn of_border(world: &World, boundary: &Boundary, number: usize, asked: Dates) -> Vec<DateChange> {
    let on = |on| {
        let view = asked.view;
        segments::stretches_of(world, boundary, number, When { on, view })
    };
    let (before, after) = (on(asked.before), on(asked.after));
    let border = &boundary.borders[number];
    let spans = |stretches: &[Stretch]| -> Vec<(Length, Length)> {
        let ends = stretches.iter().map(|stretch| (stretch.from, stretch.to));
        ends.collect()
    };
    let mut changes = Vec::new();
    for overlap in overlay(&spans(&before), &spans(&after)) {
        let (old, new) = (&before[overlap.one], &after[overlap.other]);
        if asked
            .segment
            .is_some_and(|id| ![old.segment, new.segment].contains(&Some(id)))
        {
            continue;
        }
        let values = axes(&old.status).into_iter().zip(axes(&new.status));
        for ((axis, before), (_, after)) in values.filter(|(old, new)| old != new) {
            let change = Change {
                axis,
                before,
                after,
                when: When {
                    on: asked.after,
                    view: asked.view,
                },
            };
            let mut row = change.row(world, border, (old, new), &overlap);
            row.boundary = Some(world.source_of(boundary).id.clone());
            let place = Place::Lines(border.cut(overlap.from, overlap.to));
            changes.push(DateChange { row, place });
        }
    }
    changes
}

/// The settled values of a status, in words.
fn axes(status: &StatusOn) -> [(&'static str, Option<String>); 5] {
    [
        ("stage", status.stage.map(|stage| stage.to_string())),
        ("agreement", status.agreement.map(|value| value.to_string())),
        ("control", status.control.as_ref().map(control_in_words)),
        ("basis", status.basis.map(|basis| basis.to_string())),
        ("geometry", status.geometry.map(|m| format!("{m} m"))),
    ]
}

fn value_of(status: &StatusOn, axis: &str) -> Option<String> {
    let mut values = axes(status).into_iter();
    values.find(|(name, _)| *name == axis)?.1
}

/// A change of one axis, and the date and view of its second value.
struct Change {
    axis: &'static str,
    before: Option<String>,
    after: Option<String>,
    when: When,
}

impl Change {
    fn row(
        self,
        world: &World,
        border: &Border,
        (old, new): (&Stretch, &Stretch),
        overlap: &Overlap,
    ) -> DateRow {
        let whole = segments::whole_record(world, border);
        let view = self.when.view;
        let status = |on: Date| segments::status_of(world, new.segment, whole, When { on, view });
        let mut days = Vec::new();
        for id in [new.segment, whole].into_iter().flatten() {
            days.extend(days_of(&world.segments[id], self.axis));
        }
        let held = |on: Date| value_of(&status(on), self.axis) == self.after;
        let since = since(days, self.when.on, held);
        let claim = match &self.after {
            Some(value) => maker(
                &status(since.unwrap_or(self.when.on)),
                self.axis,
                value,
                view,
            ),
            None => self
                .before
                .as_ref()
                .and_then(|value| maker(&old.status, self.axis, value, view)),
        };
        DateRow {
            segment: new.segment.map(|id| world.segments[id].id.clone()),
            dispute: None,
            pair: border.pair,
            part: Some(border.part.label()),
            from_km: Some(rounded(overlap.from.km(), 3)),
            to_km: Some(rounded(overlap.to.km(), 3)),
            length_km: Some(rounded((overlap.to - overlap.from).km(), 3)),
            boundary: None,
            anchor_accuracy_m: new
                .segment
                .and_then(|id| anchored_within(&world.segments[id])),
            axis: self.axis,
            before: self.before,
            after: self.after,
            since,
            view: claim.as_ref().and_then(|claim| claim.view),
            source: claim.as_ref().and_then(|claim| claim.source.clone()),
            assumption: claim.and_then(|claim| claim.assumption),
        }
    }
}

/// How far the anchors of a segment may be off; none for a whole part.
const fn anchored_within(segment: &Segment) -> Option<f64> {
    match segment.extent {
        Extent::Between {
            anchor_accuracy_m, ..
        } => Some(anchor_accuracy_m),
        Extent::Whole { .. } | Extent::Ring { .. } => None,
    }
}

/// The claim that made a value: that of the view, else the joint one, else the later of those that state it.
fn maker(status: &StatusOn, axis: &str, value: &str, view: Option<Code>) -> Option<ClaimRow> {
    let rank = |claim: &ClaimRow| match claim.view {
        Some(of) if Some(of) == view => 2,
        None => 1,
        Some(_) => 0,
    };
    let claims = status.claims.iter();
    let stating = claims.filter(|claim| claim.axis == axis && claim.value == value);
    let key = |claim: &&ClaimRow| (rank(claim), claim.from.map(Date::first_day));
    stating.max_by_key(key).cloned()
}

/// The days on which a segment's claims on an axis begin or end.
fn days_of(segment: &Segment, axis: &str) -> Vec<Date> {
    let status = &segment.status;
    match axis {
        "stage" => limits(&status.stage),
        "agreement" => limits(&status.agreement),
        "control" => limits(&status.control),
        "basis" => limits(&status.basis),
        _ => limits(&status.geometry),
    }
}

fn limits<T>(claims: &[Claim<T>]) -> Vec<Date> {
    let ends = claims.iter().flat_map(|claim| [claim.from, claim.to]);
    ends.flatten().collect()
}

/// The day since which `held` is true without interruption until `on`; none if it always was.
fn since(mut days: Vec<Date>, on: Date, held: impl Fn(Date) -> bool) -> Option<Date> {
    days.retain(|day| day.starts_by(on));
    days.sort_by_key(|day| std::cmp::Reverse(day.first_day()));
    days.into_iter().take_while(|day| held(*day)).last()
}

fn of_dispute(world: &World, dispute: &Dispute, asked: Dates) -> Option<DateChange> {
    let view = asked.view;
    let claim = |on: Date| disputes::control(dispute, When { on, view });
    let holder = |on: Date| claim(on).map(|claim| claim.value);
    let (before, after) = (holder(asked.before), holder(asked.after));
    if before == after {
        return None;
    }
    let days = limits(&dispute.control);
    let since = since(days, asked.after, |on| holder(on) == after);
    let made = match after {
        Some(_) => claim(since.unwrap_or(asked.after)),
        None => claim(asked.before),
    };
    let (source, assumption) = made
        .as_ref()
        .map_or((None, None), |claim| cited(world, &claim.evidence));
    let row = DateRow {
        segment: None,
        dispute: Some(dispute.id.clone()),
        pair: dispute.pair,
        part: None,
        from_km: None,
        to_km: None,
        length_km: None,
        boundary: None,
        anchor_accuracy_m: None,
        axis: "control",
        before: before.map(|code| code.to_string()),
        after: after.map(|code| code.to_string()),
        since,
        view: made.and_then(|claim| claim.view),
        source,
        assumption,
    };
    let place = place_of(dispute);
    Some(DateChange { row, place })
}

/// Where a dispute is.
pub(super) fn place_of(dispute: &Dispute) -> Place {
    match &dispute.place {
        DisputePlace::Outline { area, .. } => Place::Area(area.clone()),
        DisputePlace::Point(at) => Place::Point(*at),
    }
}

#[cfg(test)]
mod tests {
    use super::since;
    use crate::model::Date;

    #[test]
    fn a_value_that_is_stated_again_holds_since_it_was_first_stated() {
        let date = |text: &str| text.parse::<Date>().expect("a date");
        let days = || ["2026", "2020", "2024-05", "2022"].map(date).to_vec();
        let held = |day: Date| day >= date("2022");
        assert_eq!(since(days(), date("2025"), held), Some(date("2022")));
        assert_eq!(since(days(), date("2021"), held), None);
        assert_eq!(since(Vec::new(), date("2021"), |_| true), None);
    }
}

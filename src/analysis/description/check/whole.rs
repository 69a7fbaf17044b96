//! What a text says of the whole line, against the drawn one.

use crate::analysis::description::check::Checked;
use crate::analysis::description::check::MEASURED_M;
use crate::analysis::description::check::Subject;
use crate::analysis::description::check::Verdict;
use crate::analysis::description::check::against::Line;
use crate::analysis::description::check::against::length;
use crate::analysis::description::check::against::span;
use crate::analysis::description::check::draft::said;
use crate::analysis::description::drawn;
use crate::analysis::description::types::Leg;
use crate::model::Code;

/// Order, length, sides and the most that text and line are apart.
pub(super) fn checks(subject: &Subject<'_>, line: &Line) -> Vec<Checked> {
    let mut checks = order(subject, line);
    checks.extend(whole_length(subject, line));
    let stated = subject.description().sides;
    checks.extend(stated.map(|stated| sides(subject, line, stated)));
    checks.extend(strays(subject, line));
    checks
}

/// Whether the points follow each other along the line.
fn order(subject: &Subject<'_>, line: &Line) -> Vec<Checked> {
    let mut checks = Vec::new();
    let count = subject.places.len();
    let mut kept = count;
    for (number, &back_m) in line.progress.back_m.iter().enumerate() {
        let before = number.saturating_sub(1);
        let open_m = subject.places[before].rounding_m + subject.places[number].rounding_m;
        let bounds = line.bounds(
            subject,
            open_m + subject.tolerance_m + subject.measured_m,
            2.0,
        );
        if bounds.verdict(back_m) == Verdict::Agrees {
            continue;
        }
        kept -= 1;
        let near = &line.progress.near[number];
        let label = &subject.description().points[before].label;
        let note = format!(
            "on the drawn line it lies {} before point {label}",
            said(back_m)
        );
        let draft = subject
            .point(number, "order")
            .measured("m")
            .judged(back_m, bounds);
        checks.push(draft.km(line.drawn.km(near.along_m)).note(note).done());
    }
    let direction = if line.drawn.is_turned {
        "against the kilometres of the border"
    } else {
        "with the kilometres of the border"
    };
    let found = format!("{kept} of {count}");
    let verdict = checks.iter().map(|one| one.row.verdict).max();
    let draft = subject.whole(subject.parsed.lines.points[0], "order");
    let draft = draft.words(Some(format!("{count} in order")), Some(found));
    checks.push(
        draft
            .verdict(verdict.unwrap_or(Verdict::Agrees))
            .note(direction)
            .done(),
    );
    checks
}

/// The length of the whole as it is drawn, where the text does not give every leg its own.
fn whole_length(subject: &Subject<'_>, line: &Line) -> Option<Checked> {
    let stated = subject.description().length?;
    let legs = &subject.description().legs;
    let follows_land = legs.iter().any(|leg| matches!(leg, Leg::Along { .. }));
    let is_whole = !legs.iter().any(|leg| matches!(leg, Leg::NotDescribed));
    let (from_m, to_m) = span(&line.progress)?;
    if !follows_land || !is_whole || to_m <= from_m {
        return None;
    }
    let bounds = line.bounds(
        subject,
        stated.half_digit_m() + subject.distance_m() + MEASURED_M,
        2.0,
    );
    let draft = subject.whole(subject.parsed.lines.length, "drawn length");
    Some(length(line, draft, (stated, to_m - from_m), bounds))
}

fn sides(subject: &Subject<'_>, line: &Line, stated: (Code, Code)) -> Checked {
    let words = |(left, right): (Code, Code)| format!("{left} left, {right} right");
    let (known, with) = (line.sides.known(), line.sides.with(stated));
    let draft = subject.whole(subject.parsed.lines.sides, "sides");
    let Some(mostly) = line.sides.mostly() else {
        let note = "beside the drawn line the source has not one territory on each side";
        return draft.words(Some(words(stated)), None).note(note).done();
    };
    let draft = draft.words(Some(words(stated)), Some(words(mostly)));
    let exchanged = line.sides.are((stated.1, stated.0));
    let note = format!("as stated at {with} of {known} places along the line");
    if line.sides.are(stated) {
        draft.verdict(Verdict::Agrees).note(note).done()
    } else if exchanged {
        let note = format!(
            "{note}: the text runs the other way, or left and right were mistaken for each other"
        );
        draft.verdict(Verdict::Differs).note(note).done()
    } else {
        draft.verdict(Verdict::Differs).note(note).done()
    }
}

/// How far the drawn line strays from the whole description, where that is straight legs only.
fn strays(subject: &Subject<'_>, line: &Line) -> Option<Checked> {
    let legs = &subject.description().legs;
    if !legs.iter().all(|leg| matches!(leg, Leg::Straight { .. })) {
        return None;
    }
    let draft = subject.whole(subject.parsed.lines.points[0], "straightness");
    let (from_m, to_m) = span(&line.progress)?;
    let described = draft.lines.first()?.clone();
    let (apart, at) = drawn::apart(&described, &line.drawn.cut(from_m, to_m))?;
    let open_m = subject
        .places
        .iter()
        .map(|placed| placed.rounding_m)
        .fold(0.0, f64::max);
    let bounds = line.bounds(
        subject,
        open_m + subject.tolerance_m + 2.0 * subject.measured_m,
        1.0,
    );
    let near = line.drawn.near(at)?;
    let draft = draft.measured("m").judged(apart.m(), bounds).at(at);
    let note = "the most that description and drawn line are apart, wherever that is";
    Some(draft.km(line.drawn.km(near.along_m)).note(note).done())
}

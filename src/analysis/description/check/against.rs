//! A description against a drawn line.

use geo::Coord;
use rayon::prelude::*;

use crate::analysis::coordinates::Course as Piece;
use crate::analysis::description::check::Basis;
use crate::analysis::description::check::Checked;
use crate::analysis::description::check::MEASURED_M;
use crate::analysis::description::check::Subject;
use crate::analysis::description::check::Verdict;
use crate::analysis::description::check::draft::Bounds;
use crate::analysis::description::check::draft::Draft;
use crate::analysis::description::check::draft::said;
use crate::analysis::description::check::own;
use crate::analysis::description::drawn;
use crate::analysis::description::drawn::Drawn;
use crate::analysis::description::drawn::Near;
use crate::analysis::description::drawn::Progress;
use crate::analysis::description::drawn::line_in_words;
use crate::analysis::description::locate::Placed;
use crate::analysis::description::sides::Sides;
use crate::analysis::description::types::Course;
use crate::analysis::description::types::Flow;
use crate::analysis::description::types::Leg;
use crate::analysis::description::types::WaterLine;
use crate::analysis::description::written::Measure;
use crate::geodesy;
use crate::geodesy::EdgeTree;
use crate::index::TerritoryIndex;
use crate::model::Boundary;
use crate::model::World;

/// The drawn line, and where the points of the description are on it.
pub(super) struct Line {
    pub(super) drawn: Drawn,
    pub(super) progress: Progress,
    basis: Basis,
    accuracy_m: Option<f64>,
    pub(super) sides: Sides,
}

impl Line {
    /// The part of the border that most of the points are nearest to.
    pub(super) fn new(
        world: &World,
        boundary: &Boundary,
        courses: &[Piece],
        subject: &Subject<'_>,
    ) -> Option<Self> {
        let points: Vec<Coord> = subject.places.iter().map(|placed| placed.at).collect();
        let mine = part_of(courses, &points)?;
        let first = mine.first()?;
        let comes_back = subject.description().is_closed;
        let (drawn, progress) = drawn::follow(Drawn::new(&mine), &points, comes_back)?;
        let (from_m, to_m) = span(&progress)?;
        let sides = Sides::of(&TerritoryIndex::new(boundary), &drawn, from_m, to_m);
        let basis = Basis {
            source: Some(world.source_of(boundary).id.clone()),
            held_against: Some(line_in_words(first)),
            accuracy_m: first.accuracy_m,
            spacing_m: Some(drawn.spacing_m().round()),
            ..Basis::default()
        };
        Some(Self {
            accuracy_m: first.accuracy_m,
            drawn,
            progress,
            basis,
            sides,
        })
    }

    /// What the checks rest on, with what is known of the positions.
    pub(super) fn basis(self, positions: Basis) -> Basis {
        Basis {
            system: positions.system,
            operation: positions.operation,
            operation_accuracy_m: positions.operation_accuracy_m,
            ..self.basis
        }
    }

    /// The bounds of a distance between the text and the line, where the text leaves this open.
    pub(super) fn bounds(&self, subject: &Subject<'_>, allowed: f64, ends: f64) -> Bounds {
        let drawn = self.accuracy_m.unwrap_or(0.0).hypot(subject.operation_m);
        Bounds {
            allowed,
            joint: allowed.hypot(ends.sqrt() * drawn),
        }
    }

    /// What is drawn of a leg; none where its ends are out of order.
    fn cut(&self, leg: usize) -> Option<Vec<Vec<Coord>>> {
        let (from_m, to_m) = (self.progress.along_m[leg], self.progress.along_m[leg + 1]);
        let lines = self.drawn.cut(from_m, to_m);
        (!lines.is_empty()).then_some(lines)
    }
}

/// The courses of the part that most points are nearest to.
fn part_of<'c>(courses: &'c [Piece], points: &[Coord]) -> Option<Vec<&'c Piece>> {
    let tree = EdgeTree::new(courses.iter().map(|course| &course.places));
    let mut counts = vec![0_usize; courses.len()];
    for &point in points {
        counts[tree.nearest(point)?.line] += 1;
    }
    let of = |part: &Option<String>| -> usize {
        let same = courses
            .iter()
            .zip(&counts)
            .filter(|(course, _)| course.part == *part);
        same.map(|(_, count)| count).sum()
    };
    let mut best = courses.first()?;
    for course in courses {
        if of(&course.part) > of(&best.part) {
            best = course;
        }
    }
    Some(
        courses
            .iter()
            .filter(|course| course.part == best.part)
            .collect(),
    )
}

pub(super) fn span(progress: &Progress) -> Option<(f64, f64)> {
    Some((*progress.along_m.first()?, *progress.along_m.last()?))
}

/// The checks that need a line.
pub(super) fn checks(subject: &Subject<'_>, line: &Line) -> Vec<Checked> {
    let mut checks: Vec<Checked> = (0..subject.places.len())
        .map(|number| position(subject, line, number))
        .collect();
    let legs: Vec<Vec<Checked>> = (0..subject.description().legs.len())
        .into_par_iter()
        .map(|number| leg(subject, line, number))
        .collect();
    checks.extend(legs.into_iter().flatten());
    checks
}

fn position(subject: &Subject<'_>, line: &Line, number: usize) -> Checked {
    let (placed, near) = (&subject.places[number], &line.progress.near[number]);
    let off_m = near.distance.m();
    let bounds = line.bounds(
        subject,
        placed.rounding_m + subject.tolerance_m + subject.measured_m,
        1.0,
    );
    let draft = subject.point(number, "position");
    let mut draft = draft
        .measured("m")
        .judged(off_m, bounds)
        .km(line.drawn.km(near.along_m));
    let (verdict, side) = (draft.row.verdict, side(placed, near));
    draft.row.side = (off_m > bounds.allowed).then_some(side);
    let mut notes = Vec::new();
    if verdict == Verdict::WithinError {
        notes.push(
            "nearer to the drawn line than that line is known: no difference is shown".to_owned(),
        );
    }
    if verdict == Verdict::Differs {
        notes.push(format!(
            "{} {side} of the drawn line; text, source and operation together allow {}{}",
            said(off_m),
            said(bounds.joint),
            without_accuracy(line)
        ));
    }
    if placed.is_reckoned {
        notes.push("placed by azimuth and distance of the leg before".to_owned());
    }
    if placed.rounding_m > COARSE_M {
        let digits = said(placed.rounding_m);
        notes.push(format!("its last digits leave {digits} open"));
    }
    if notes.is_empty() {
        draft.done()
    } else {
        draft.note(notes.join("; ")).done()
    }
}

/// Digits that leave more open than this are worth a word.
const COARSE_M: f64 = 10.0;

fn without_accuracy(line: &Line) -> &'static str {
    if line.accuracy_m.is_some() {
        ""
    } else {
        " (the source states no accuracy, so none is allowed for)"
    }
}

/// On which side of the line a point lies, in the direction of the description.
fn side(placed: &Placed, near: &Near) -> &'static str {
    let (_, azimuth) = geodesy::leg(near.at, placed.at);
    if (azimuth - near.heading).to_radians().sin() < 0.0 {
        "left"
    } else {
        "right"
    }
}

fn leg(subject: &Subject<'_>, line: &Line, number: usize) -> Vec<Checked> {
    let (from, to) = subject.ends(number);
    let is_in_order = line.progress.along_m[number] < line.progress.along_m[number + 1];
    match &subject.description().legs[number] {
        Leg::NotDescribed => Vec::new(),
        // Two points at one place of the line have no line between them: their order says the rest.
        _ if !is_in_order && geodesy::distance(from.at, to.at).m() < MEASURED_M => Vec::new(),
        Leg::Straight { .. } => vec![straightness(subject, line, number)],
        Leg::Along { course, length } => along(subject, line, number, (course, *length)),
    }
}

/// The drawn line between the ends of a straight leg.
fn straightness(subject: &Subject<'_>, line: &Line, number: usize) -> Checked {
    let (from, to) = subject.ends(number);
    let draft = subject.leg(number, "straightness");
    let Some(cut) = line.cut(number) else {
        return draft.note(NO_STRETCH).done();
    };
    let Some((apart, at)) = drawn::apart(&[from.at, to.at], &cut) else {
        return draft.note(NO_STRETCH).done();
    };
    let allowed =
        from.rounding_m.max(to.rounding_m) + subject.tolerance_m + 2.0 * subject.measured_m;
    let bounds = line.bounds(subject, allowed, 1.0);
    let draft = draft.measured("m").judged(apart.m(), bounds).at(at);
    let draft = match line.drawn.near(at) {
        Some(near) => draft.km(line.drawn.km(near.along_m)),
        None => draft,
    };
    match draft.row.verdict {
        Verdict::Differs => {
            let note = format!(
                "between its ends leg and drawn line are up to {} apart",
                said(apart.m())
            );
            draft.note(note).done()
        }
        _ => draft.done(),
    }
}

const NO_STRETCH: &str = "its ends are not in order on the drawn line: there is no stretch between them to hold it against";

/// The drawn line between the ends of a leg that follows the land.
fn along(
    subject: &Subject<'_>,
    line: &Line,
    number: usize,
    (course, stated): (&Course, Option<Measure>),
) -> Vec<Checked> {
    let (from, to) = subject.ends(number);
    let draft = subject
        .leg(number, "course")
        .words(Some(own::leg_in_words(course)), None);
    let Some(cut) = line.cut(number) else {
        return vec![draft.note(NO_STRETCH).done()];
    };
    let drawn_m: f64 = cut.iter().map(|line| geodesy::length_of(line).m()).sum();
    let straight_m = geodesy::distance(from.at, to.at).m();
    let sinuosity = drawn_m / straight_m.max(MEASURED_M);
    let mut note = format!(
        "{}; it is drawn {} long, {sinuosity:.2} times the straight distance",
        own::UNKNOWN_COURSE,
        said(drawn_m)
    );
    if let Some(words) = water_side(subject, course) {
        note.push_str("; ");
        note.push_str(&words);
    }
    let mut checks = vec![draft.note(note).shape(cut.clone()).done()];
    if let Some(stated) = stated {
        let open_m = from.rounding_m + to.rounding_m + MEASURED_M;
        let allowed_m = stated.half_digit_m() + subject.distance_m() + open_m;
        let bounds = line.bounds(subject, allowed_m, 2.0);
        let draft = subject.leg(number, "length").shape(cut);
        checks.push(length(line, draft, (stated, drawn_m), bounds));
    }
    checks
}

/// A stated against a drawn length.
pub(super) fn length(
    line: &Line,
    draft: Draft,
    (stated, drawn_m): (Measure, f64),
    bounds: Bounds,
) -> Checked {
    let off_km = stated.length().km() - drawn_m / 1000.0;
    let bounds = Bounds {
        allowed: bounds.allowed / 1000.0,
        joint: bounds.joint / 1000.0,
    };
    let note = format!(
        "found: along the drawn line, a vertex each {} on average; a line with wider spacing is shorter",
        said(line.drawn.spacing_m())
    );
    let draft = draft.values(stated.length().km(), drawn_m / 1000.0, "km");
    draft.judged(off_km.abs(), bounds).note(note).done()
}

/// To whose side a bank leaves the water, where the text says the direction of flow.
fn water_side(subject: &Subject<'_>, course: &Course) -> Option<String> {
    let Course::Water { line, flow, .. } = course else {
        return None;
    };
    let (left, right) = subject.description().sides?;
    // On its left bank the water is on the right of who goes with it.
    let is_right = match (line, (*flow)?) {
        (WaterLine::LeftBank, Flow::Downstream) | (WaterLine::RightBank, Flow::Upstream) => true,
        (WaterLine::RightBank, Flow::Downstream) | (WaterLine::LeftBank, Flow::Upstream) => false,
        (WaterLine::Middle | WaterLine::Thalweg, _) => return None,
    };
    let (side, state) = if is_right {
        ("right", right)
    } else {
        ("left", left)
    };
    Some(format!(
        "as described the water lies on the {side}, with {state}"
    ))
}

//! What a text says about itself: azimuths, distances and lengths against its own coordinates.

use crate::analysis::description::check::Checked;
use crate::analysis::description::check::MEASURED_M;
use crate::analysis::description::check::Subject;
use crate::analysis::description::check::Verdict;
use crate::analysis::description::check::draft::Bounds;
use crate::analysis::description::check::draft::said;
use crate::analysis::description::locate;
use crate::analysis::description::types::Course;
use crate::analysis::description::types::Leg;
use crate::analysis::description::written::Angle;
use crate::analysis::description::written::Measure;
use crate::geodesy;

/// The checks of a text against itself. What needs a line is named as not checkable unless one is there.
pub(super) fn checks(subject: &Subject<'_>, has_line: bool) -> Vec<Checked> {
    let mut checks = Vec::new();
    for (number, leg) in subject.description().legs.iter().enumerate() {
        match leg {
            Leg::Straight { azimuth, distance } => {
                checks.extend(straight(subject, number, *azimuth, *distance));
            }
            Leg::Along { course, length } => {
                checks.extend(length.map(|length| not_too_short(subject, number, length)));
                if !has_line {
                    let draft = subject.leg(number, "course");
                    checks.push(
                        draft
                            .words(Some(leg_in_words(course)), None)
                            .note(UNKNOWN_COURSE)
                            .done(),
                    );
                }
            }
            Leg::NotDescribed => {
                let draft = subject.leg(number, "course");
                checks.push(draft.note("the text leaves this stretch open").done());
            }
        }
    }
    checks.extend(
        subject
            .description()
            .length
            .map(|length| whole(subject, length)),
    );
    if let Some((left, right)) = subject.description().sides.filter(|_| !has_line) {
        let draft = subject.whole(subject.parsed.lines.sides, "sides");
        let stated = format!("{left} left, {right} right");
        checks.push(
            draft
                .words(Some(stated), None)
                .note("no line to hold it against: give --pair or --segment")
                .done(),
        );
    }
    checks
}

/// What is said of every course that the land gives.
pub(super) const UNKNOWN_COURSE: &str = "the data set does not know where the named feature runs: that the line follows it was not checked";

pub(super) fn leg_in_words(course: &Course) -> String {
    format!("along {course}")
}

fn straight(
    subject: &Subject<'_>,
    number: usize,
    azimuth: Option<Angle>,
    distance: Option<Measure>,
) -> Vec<Checked> {
    let (from, to) = subject.ends(number);
    let is_closing = subject.description().ends(number).1 == 0;
    if to.is_reckoned && !is_closing {
        // The leg gives the point: there is nothing to hold it against.
        return Vec::new();
    }
    let (length, heading) = geodesy::leg(from.at, to.at);
    let open_m = from.rounding_m + to.rounding_m + MEASURED_M;
    let mut checks = Vec::new();
    if let Some(azimuth) = azimuth {
        let draft = subject.leg(number, "azimuth");
        checks.push(if length.m() <= open_m {
            let note = format!(
                "the ends are {} apart, which their digits leave open: no direction",
                said(length.m())
            );
            draft.note(note).done()
        } else {
            let apart = (azimuth.degrees() - heading + 180.0).rem_euclid(360.0) - 180.0;
            let tolerance = subject.description().tolerances.azimuth;
            let allowed = azimuth.half_digit()
                + tolerance.map_or(0.0, Angle::degrees)
                + (open_m / length.m()).min(1.0).asin().to_degrees();
            draft
                .values(azimuth.degrees(), heading, "deg")
                .judged(apart.abs(), Bounds::exact(allowed))
                .done()
        });
    }
    if let Some(distance) = distance {
        let stated_m = distance.length().m();
        let allowed = distance.half_digit_m() + subject.distance_m() + open_m;
        let draft = subject.leg(number, "distance");
        let draft = draft.values(stated_m, length.m(), "m");
        checks.push(
            draft
                .judged((stated_m - length.m()).abs(), Bounds::exact(allowed))
                .done(),
        );
    }
    let leg = &subject.description().legs[number];
    if is_closing || from.is_reckoned {
        checks.extend(closure(subject, number, leg));
    }
    checks
}

/// How far from its end a leg leads, where that closes a line or a traverse.
fn closure(subject: &Subject<'_>, number: usize, leg: &Leg) -> Option<Checked> {
    let (from, to) = subject.ends(number);
    let reached = locate::reckoned(from, leg)?;
    let off_m = geodesy::distance(reached.at, to.at).m();
    let tolerance = subject.description().tolerances.azimuth;
    let turned = tolerance.map_or(0.0, Angle::degrees).to_radians();
    let across_m = geodesy::distance(from.at, to.at).m() * turned;
    let allowed = reached.rounding_m + to.rounding_m + subject.distance_m() + across_m + MEASURED_M;
    let draft = subject.leg(number, "closure").at(reached.at);
    let note = "how far from its end point azimuth and distance lead";
    Some(
        draft
            .measured("m")
            .judged(off_m, Bounds::exact(allowed))
            .note(note)
            .done(),
    )
}

/// A line is not shorter than the geodesic between its ends.
fn not_too_short(subject: &Subject<'_>, number: usize, stated: Measure) -> Checked {
    let (from, to) = subject.ends(number);
    let straight_m = geodesy::distance(from.at, to.at).m();
    let open_m = from.rounding_m + to.rounding_m + MEASURED_M;
    let allowed_km = (stated.half_digit_m() + subject.distance_m() + open_m) / 1000.0;
    let (given_km, least_km) = (stated.length().km(), straight_m / 1000.0);
    let short_km = (least_km - given_km).max(0.0);
    let draft = subject.leg(number, "least length");
    let draft = draft
        .values(given_km, least_km, "km")
        .judged(short_km, Bounds::exact(allowed_km));
    let is_short = draft.row.verdict == Verdict::Differs;
    let note = if is_short {
        "no line is shorter than the straight distance between its ends".to_owned()
    } else {
        let sinuosity = given_km / least_km.max(1e-6);
        format!("as stated {sinuosity:.2} times the straight distance between its ends")
    };
    draft.note(note).done()
}

/// The stated length of the whole against its legs.
fn whole(subject: &Subject<'_>, stated: Measure) -> Checked {
    let legs = subject.description().legs.iter().enumerate();
    let (mut sum_m, mut allowed_m, mut is_least) =
        (0.0, stated.half_digit_m() + subject.distance_m(), false);
    for (number, leg) in legs {
        let (from, to) = subject.ends(number);
        let straight_m = geodesy::distance(from.at, to.at).m();
        if let Leg::Along {
            length: Some(length),
            ..
        } = leg
        {
            sum_m += length.length().m();
            allowed_m += length.half_digit_m() + subject.distance_m();
        } else {
            is_least |= !matches!(leg, Leg::Straight { .. });
            sum_m += straight_m;
            allowed_m += from.rounding_m + to.rounding_m + MEASURED_M;
        }
    }
    let (given_km, legs_km) = (stated.length().km(), sum_m / 1000.0);
    let draft = subject.whole(
        subject.parsed.lines.length,
        if is_least { "least length" } else { "length" },
    );
    let off_km = if is_least {
        (legs_km - given_km).max(0.0)
    } else {
        (legs_km - given_km).abs()
    };
    let note = if is_least {
        "found: the legs with a length, and straight distances for the others; a line is not shorter"
    } else {
        "found: the sum of the legs"
    };
    let bounds = Bounds::exact(allowed_m / 1000.0);
    draft
        .values(given_km, legs_km, "km")
        .judged(off_km, bounds)
        .note(note)
        .done()
}

//! The legs of a text.

use crate::analysis::description::scan::Scanned;
use crate::analysis::description::scan::Scanner;
use crate::analysis::description::types::Course;
use crate::analysis::description::types::Flow;
use crate::analysis::description::types::Leg;
use crate::analysis::description::types::Relief;
use crate::analysis::description::types::Water;
use crate::analysis::description::types::WaterLine;
use crate::analysis::description::types::Way;
use crate::analysis::description::values;

/// The leg of a line; none if the line is about something else.
pub(super) fn leg(scanner: &mut Scanner<'_>) -> Scanned<Option<Leg>> {
    if scanner.takes("straight") {
        straight(scanner).map(Some)
    } else if scanner.takes("along") {
        along(scanner).map(Some)
    } else if scanner.takes_all("not described") {
        scanner.end("the end of the line")?;
        Ok(Some(Leg::NotDescribed))
    } else {
        Ok(None)
    }
}

fn straight(scanner: &mut Scanner<'_>) -> Scanned<Leg> {
    let (mut azimuth, mut distance) = (None, None);
    while !scanner.is_at_end() {
        let mut start = *scanner;
        let is_twice = if scanner.takes("azimuth") {
            azimuth
                .replace(values::azimuth(scanner, "`azimuth`")?)
                .is_some()
        } else if scanner.takes("distance") {
            distance.replace(values::distance(scanner)?).is_some()
        } else {
            return Err(not_of_straight(scanner));
        };
        if is_twice {
            return Err(start.fault("this is said twice"));
        }
    }
    Ok(Leg::Straight { azimuth, distance })
}

fn not_of_straight(scanner: &mut Scanner<'_>) -> super::Fault {
    match scanner.peek().to_ascii_lowercase().as_str() {
        "length" => scanner.fault(
            "a straight leg has a `distance`; a `length` belongs to a line that the land gives",
        ),
        "bearing" => scanner
            .fault("a grid bearing is no azimuth: expected `azimuth`, clockwise from true north"),
        _ => scanner.expected("`azimuth` or `distance`, or the end of the line"),
    }
}

/// What may follow `along the`.
const COURSES: &str = "`left bank of`, `right bank of`, `middle of`, `thalweg of`, `watershed`, or a ridge, range, spur, road, track or railway";

fn along(scanner: &mut Scanner<'_>) -> Scanned<Leg> {
    let mut course = course(scanner)?;
    let mut length = None;
    while !scanner.is_at_end() {
        let mut start = *scanner;
        let said = Flow::ALL.iter().find(|flow| scanner.takes(flow.word()));
        let is_twice = match (said, &mut course) {
            (Some(said), Course::Water { flow, .. }) => flow.replace(*said).is_some(),
            (Some(_), _) => return Err(start.fault("only a water has a direction of flow")),
            (None, _) if scanner.takes("length") => length
                .replace(values::length(scanner, "`length`")?)
                .is_some(),
            (None, Course::Water { .. }) => {
                return Err(scanner
                    .expected("`downstream`, `upstream` or `length`, or the end of the line"));
            }
            (None, _) => return Err(scanner.expected("`length`, or the end of the line")),
        };
        if is_twice {
            return Err(start.fault("this is said twice"));
        }
    }
    Ok(Leg::Along { course, length })
}

fn course(scanner: &mut Scanner<'_>) -> Scanned<Course> {
    scanner.takes("the");
    let mut lines = WaterLine::ALL.iter();
    let line = lines.find(|line| scanner.takes_all(line.word())).copied();
    let line = line.or_else(|| {
        scanner
            .takes_all("median line")
            .then_some(WaterLine::Middle)
    });
    if let Some(line) = line {
        of(scanner, line.word())?;
        let water = one_of(scanner, Water::ALL, Water::word);
        let expected = "a river, stream, canal, lake or reservoir";
        let water = water.ok_or_else(|| scanner.expected(expected))?;
        let name = scanner.name()?;
        return Ok(Course::Water {
            line,
            water,
            name,
            flow: None,
        });
    }
    if scanner.takes("watershed") {
        if !scanner.peek().eq_ignore_ascii_case("of") {
            return Ok(Course::Watershed { of: None });
        }
        of(scanner, "watershed")?;
        let relief = one_of(scanner, Relief::ALL, Relief::word);
        let relief = relief.ok_or_else(|| scanner.expected("a ridge, range or spur"))?;
        let name = scanner.name()?;
        return Ok(Course::Watershed {
            of: Some((relief, name)),
        });
    }
    if let Some(relief) = one_of(scanner, Relief::ALL, Relief::word) {
        return Ok(Course::Crest(relief, scanner.name()?));
    }
    let way = one_of(scanner, Way::ALL, Way::word).ok_or_else(|| scanner.expected(COURSES))?;
    Ok(Course::Way(way, scanner.name()?))
}

/// Goes over `of the`.
fn of(scanner: &mut Scanner<'_>, after: &str) -> Scanned<()> {
    if !scanner.takes("of") {
        return Err(scanner.expected(&format!("`of` after `{after}`")));
    }
    scanner.takes("the");
    Ok(())
}

fn one_of<T: Copy>(
    scanner: &mut Scanner<'_>,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Option<T> {
    all.iter().copied().find(|&one| scanner.takes(word(one)))
}

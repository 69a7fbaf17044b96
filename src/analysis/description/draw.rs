//! The description of a drawn line.

use geo::Coord;

use crate::analysis::coordinates::Course;
use crate::analysis::coordinates::Way;
use crate::analysis::description::drawn::Drawn;
use crate::analysis::description::drawn::line_in_words;
use crate::analysis::description::sides::Sides;
use crate::analysis::description::types::Description;
use crate::analysis::description::types::Label;
use crate::analysis::description::types::Leg;
use crate::analysis::description::types::Name;
use crate::analysis::description::types::Point;
use crate::analysis::description::types::Position;
use crate::analysis::description::types::System;
use crate::analysis::description::types::Tolerances;
use crate::analysis::description::written::Angle;
use crate::analysis::description::written::Measure;
use crate::analysis::description::written::Unit;
use crate::analysis::description::written::Written;
use crate::error::Error;
use crate::error::Result;
use crate::geodesy;
use crate::geodesy::Edge;
use crate::geodesy::EdgeTree;
use crate::index::TerritoryIndex;
use crate::model::Boundary;
use crate::model::World;

/// Decimals of degrees: about a millimetre.
const DEGREE_DIGITS: u8 = 8;
/// Decimals of metres.
const METRE_DIGITS: u8 = 3;
/// Decimals of azimuths.
const AZIMUTH_DIGITS: u8 = 5;
/// Vertices nearer than this to the one before make no leg: written, they would be one point.
const SAME_M: f64 = 0.002;

/// How a line is described.
#[derive(Debug)]
pub struct Manner<'w> {
    /// The way to the system of the positions; none for WGS 84.
    pub way: Option<Way<'w>>,
    /// How far the line may stray from the legs; none keeps every vertex.
    pub tolerance_m: Option<f64>,
}

/// Describes the lines of one part of a border by straight legs.
///
/// # Properties
///
/// - Held against the same line, every statement agrees.
/// - No place of the line is further from the legs than the tolerance, nor they from it.
///
/// # Errors
///
/// [`Error::Usage`] where the system does not reach the line, or a line is too short to have a leg.
///
/// # References
///
/// D. H. Douglas, T. K. Peucker (1973), *Algorithms for the reduction of the number of points required to represent a digitized line or its
/// caricature*, Cartographica 10, 112–122; here with geodesic distances, and each leg measured again over its whole length.
pub fn describe(
    world: &World,
    boundary: &Boundary,
    courses: &[Course],
    manner: &Manner<'_>,
) -> Result<Description> {
    let mut kept: Vec<Vec<Coord>> = courses
        .iter()
        .map(|course| turning_points(&distinct(&course.places), manner.tolerance_m))
        .filter(|line| line.len() > 1)
        .collect();
    // Courses that meet are one line.
    kept = kept
        .into_iter()
        .fold(Vec::new(), |mut joined: Vec<Vec<Coord>>, line| {
            match joined.last_mut() {
                Some(last) if last.last() == line.first() => last.extend(line.into_iter().skip(1)),
                _ => joined.push(line),
            }
            joined
        });
    let mut described = head(world, boundary, courses, manner)?;
    if let Some(way) = &manner.way {
        way.must_cover(world, kept.iter().flatten())?;
    }
    let is_closed = matches!(kept.as_slice(), [one] if one.len() > 2 && one.first() == one.last());
    let mut length_m = 0.0;
    for (number, line) in kept.iter().enumerate() {
        if number > 0 {
            described.legs.push(Leg::NotDescribed);
        }
        let points = if is_closed {
            line.len() - 1
        } else {
            line.len()
        };
        for &place in &line[..points] {
            let label = (described.points.len() + 1).to_string();
            described.points.push(Point {
                label: Label::new(&label).ok_or_else(unwritable)?,
                name: None,
                position: Some(position(manner, place)?),
            });
        }
        for ends in line.windows(2) {
            described.legs.push(straight(ends[0], ends[1])?);
            length_m += geodesy::distance(ends[0], ends[1]).m();
        }
    }
    if described.points.len() < 2 {
        return Err(Error::Usage(
            "the line is shorter than what can be written".to_owned(),
        ));
    }
    described.is_closed = is_closed;
    if kept.len() == 1 {
        described.length = Some(measure(length_m / 1000.0, 3, Unit::Kilometres)?);
    }
    Ok(described)
}

/// What stands before the points.
fn head(
    world: &World,
    boundary: &Boundary,
    courses: &[Course],
    manner: &Manner<'_>,
) -> Result<Description> {
    let first = courses
        .first()
        .ok_or_else(|| Error::Usage("there is no line to describe".to_owned()))?;
    let source = world.source_of(boundary);
    let drawn = Drawn::new(&courses.iter().collect::<Vec<_>>());
    let mut notes = vec![format!(
        "Not a legal text: the line as the source {} draws it{}; a vertex each {:.0} m on average.",
        source.id,
        first
            .accuracy_m
            .map(|m| format!(", 95 % of its positions within {m} m"))
            .unwrap_or_default(),
        drawn.spacing_m()
    )];
    if let Some(m) = manner.tolerance_m {
        notes.push(format!(
            "Only the turning points that are needed: the line strays at most {m} m from the legs."
        ));
    }
    if let Some(way) = &manner.way {
        notes.push(format!(
            "The datum operation is accurate to {} m, as its publisher states.",
            way.accuracy.m()
        ));
    }
    notes.push("Azimuths are clockwise from true north, at the start of a leg; distances are geodesic, both on WGS 84.".to_owned());
    let sides = Sides::of(
        &TerritoryIndex::new(boundary),
        &drawn,
        0.0,
        drawn.length_m(),
    );
    let mostly = sides
        .mostly()
        .map(|(left, right)| (left.state(), right.state()));
    let line = manner.tolerance_m.map(in_few_digits).transpose()?;
    let system = manner.way.as_ref().map(|way| -> Result<System> {
        let label = |id: &str| Label::new(id).ok_or_else(unwritable);
        Ok(System {
            id: label(&way.system.id)?,
            operation: Some(label(&way.operation.id)?),
        })
    });
    Ok(Description {
        title: Some(Name::new(&format!("Border {}", line_in_words(first)))),
        notes: notes.iter().map(|note| Name::new(note)).collect(),
        system: system.transpose()?,
        sides: mostly.filter(|&states| states.0 != states.1 && sides.are(states)),
        tolerances: Tolerances {
            line,
            ..Tolerances::default()
        },
        ..Description::default()
    })
}

fn unwritable() -> Error {
    Error::Usage("a value of this line cannot be written".to_owned())
}

fn written(value: f64, decimals: u8) -> Result<Written> {
    Written::new(value, decimals).ok_or_else(unwritable)
}

fn measure(value: f64, decimals: u8, unit: Unit) -> Result<Measure> {
    let number = written(value, decimals)?;
    Ok(Measure { number, unit })
}

/// A tolerance with no more decimals than it needs.
fn in_few_digits(m: f64) -> Result<Measure> {
    let exact =
        |digits: &u8| written(m, *digits).is_ok_and(|number| (number.value() - m).abs() < 1e-9);
    let digits = (0..METRE_DIGITS).find(exact).unwrap_or(METRE_DIGITS);
    measure(m, digits, Unit::Metres)
}

fn position(manner: &Manner<'_>, place: Coord) -> Result<Position> {
    let Some(way) = &manner.way else {
        return geographic(place);
    };
    let outside = || {
        Error::Usage(format!(
            "--system {}: the line reaches beyond the area of this system, at {:.5}, {:.5}: describe a part of it",
            way.system.id, place.x, place.y
        ))
    };
    let at = way.position(place)?.ok_or_else(outside)?;
    if way.system.grid.is_geographic() {
        return geographic(at);
    }
    Ok(Position::Grid {
        easting: written(at.x, METRE_DIGITS)?,
        northing: written(at.y, METRE_DIGITS)?,
    })
}

fn geographic(at: Coord) -> Result<Position> {
    let angle = |value: f64| written(value, DEGREE_DIGITS).map(Angle::Decimal);
    Ok(Position::Geographic {
        latitude: angle(at.y)?,
        longitude: angle(at.x)?,
    })
}

fn straight(from: Coord, to: Coord) -> Result<Leg> {
    let (length, azimuth) = geodesy::leg(from, to);
    Ok(Leg::Straight {
        azimuth: Some(Angle::Decimal(written(azimuth, AZIMUTH_DIGITS)?)),
        distance: Some(measure(length.m(), METRE_DIGITS, Unit::Metres)?),
    })
}

/// The line without vertices that would be written as the one before them; its last one stays.
fn distinct(line: &[Coord]) -> Vec<Coord> {
    let mut kept: Vec<Coord> = Vec::with_capacity(line.len());
    for &place in line {
        let is_same = kept
            .last()
            .is_some_and(|&last| geodesy::distance(last, place).m() < SAME_M);
        if !is_same {
            kept.push(place);
        }
    }
    if let (Some(&end), Some(last)) = (line.last(), kept.last_mut()) {
        *last = end;
    }
    kept
}

/// The vertices that are needed so that line and legs are nowhere further apart than the tolerance.
fn turning_points(line: &[Coord], tolerance_m: Option<f64>) -> Vec<Coord> {
    let Some(tolerance_m) = tolerance_m else {
        return line.to_vec();
    };
    let Some(last) = line.len().checked_sub(1).filter(|last| *last > 1) else {
        return line.to_vec();
    };
    let mut is_kept = vec![false; line.len()];
    is_kept[0] = true;
    is_kept[last] = true;
    let mut open = vec![(0, last)];
    if line.first() == line.last() {
        // A closed line needs one more point to have legs at all.
        let (furthest, _) = furthest(line, 0, last);
        is_kept[furthest] = true;
        open = vec![(0, furthest), (furthest, last)];
    }
    while let Some((from, to)) = open.pop() {
        if to - from < 2 {
            continue;
        }
        let (furthest, off_m) = furthest(line, from, to);
        if off_m <= tolerance_m && strays_m(&line[from..=to]) <= tolerance_m {
            continue;
        }
        is_kept[furthest] = true;
        open.push((from, furthest));
        open.push((furthest, to));
    }
    let kept = line.iter().zip(is_kept).filter(|(_, is_kept)| *is_kept);
    kept.map(|(place, _)| *place).collect()
}

/// The vertex between two others that is furthest from the leg which joins them.
fn furthest(line: &[Coord], from: usize, to: usize) -> (usize, f64) {
    let leg = Edge::new(line[from], line[to]);
    let mut most = (from + 1, -1.0);
    for (number, &place) in line.iter().enumerate().take(to).skip(from + 1) {
        let off_m = if leg.length().m() > 0.0 {
            leg.nearest(place).distance.m()
        } else {
            geodesy::distance(line[from], place).m()
        };
        if off_m > most.1 {
            most = (number, off_m);
        }
    }
    most
}

/// The most that a line and the leg between its ends are apart, over their whole length.
fn strays_m(line: &[Coord]) -> f64 {
    let leg = [line[0], line[line.len() - 1]];
    let apart = |one: &[Coord], other: &[Coord]| {
        let farthest = geodesy::farthest(one, &EdgeTree::new([other]));
        farthest.map_or(0.0, |farthest| farthest.distance().m())
    };
    apart(line, &leg).max(apart(&leg, line))
}

#[cfg(test)]
mod tests {
    use geo::Coord;
    use proptest::prelude::*;

    use super::turning_points;
    use crate::geodesy::Edge;

    /// The distance from a place to the nearest edge of a line, edge by edge.
    fn off_m(line: &[Coord], place: Coord) -> f64 {
        let edges = line.windows(2).map(|ends| Edge::new(ends[0], ends[1]));
        edges
            .map(|edge| edge.nearest(place).distance.m())
            .fold(f64::INFINITY, f64::min)
    }

    /// The most that places every few metres along one line are off another.
    fn strays_m(one: &[Coord], other: &[Coord]) -> f64 {
        let mut most = 0.0_f64;
        for ends in one.windows(2) {
            let edge = Edge::new(ends[0], ends[1]);
            for share in 0..=20 {
                let at = edge.at(edge.length().m() * f64::from(share) / 20.0);
                most = most.max(off_m(other, at));
            }
        }
        most
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

        #[test]
        fn the_line_strays_no_further_than_was_allowed(
            steps in prop::collection::vec((-0.02_f64..0.03, -0.02_f64..0.02), 3..40),
            tolerance_m in prop::sample::select(vec![0.0, 10.0, 300.0, 2_000.0, 50_000.0]),
            is_closed in any::<bool>(),
        ) {
            let mut at = Coord { x: 45.0, y: 40.0 };
            let mut line = vec![at];
            for (east, north) in steps {
                at = Coord { x: at.x + east, y: at.y + north };
                line.push(at);
            }
            if is_closed {
                line.push(line[0]);
            }
            let kept = turning_points(&line, Some(tolerance_m));
            prop_assert_eq!((kept.first(), kept.last()), (line.first(), line.last()));
            let least = if is_closed { 3 } else { 2 };
            prop_assert!(kept.len() >= least);
            let most = strays_m(&line, &kept).max(strays_m(&kept, &line));
            prop_assert!(most <= tolerance_m + 2e-3, "{most} m, {tolerance_m} m allowed");
            if tolerance_m >= 50_000.0 && !is_closed {
                prop_assert_eq!(kept.len(), 2);
            }
        }
    }
}

//! The vertices of a line, one by one, in every coordinate system.

use geo::Coord;
use serde::Serialize;
use serde::Serializer;
use serde::ser::SerializeMap;

use crate::analysis::coordinates::Way;
use crate::analysis::segments;
use crate::analysis::segments::Stretch;
use crate::analysis::segments::When;
use crate::error::Error;
use crate::error::Result;
use crate::geodesy;
use crate::model::Boundary;
use crate::model::Id;
use crate::model::Pair;
use crate::model::Segment;
use crate::model::System;
use crate::model::World;
use crate::units::Length;
use crate::units::rounded;

/// A line to list, and what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The states, if it is a border of a data set.
    pub pair: Option<Pair>,
    /// The part of their border.
    pub part: Option<String>,
    /// The segment, if one was asked for.
    pub segment: Option<String>,
    /// Where it is from: a boundary source, or a file.
    pub source: String,
    /// 95 % of its positions are within this, if that is known.
    pub accuracy_m: Option<f64>,
    /// Chainage of its first vertex.
    pub from: Length,
    /// Its vertices.
    pub places: Vec<Coord>,
}

/// A turning point on one line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TurningPointRow {
    /// The states.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pair: Option<Pair>,
    /// The part of their border.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The segment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// Where the line is from.
    pub source: String,
    /// The accuracy of its positions (95 %).
    pub accuracy_m: Option<f64>,
    /// Which of the lines listed, from 1: a border has several where its source leaves a gap.
    pub line: usize,
    /// Its number on that line, from 1.
    pub number: usize,
    /// Its chainage.
    pub km: f64,
    /// Longitude on WGS 84, in degrees.
    pub lon: f64,
    /// Latitude on WGS 84, in degrees.
    pub lat: f64,
    /// Azimuth of the geodesic to the next point, clockwise from true north; none at the end of the line and between two
    /// points at one place.
    pub azimuth_deg: Option<f64>,
    /// Geodesic distance to the next point.
    pub distance_m: Option<f64>,
    /// The position in the other systems.
    #[serde(flatten)]
    pub positions: Positions,
}

/// Positions in other systems, as columns named after them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Positions(Vec<(String, Value)>);

/// A cell of a position.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum Value {
    Number(Option<f64>),
    Word(String),
}

impl Serialize for Positions {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (column, value) in &self.0 {
            map.serialize_entry(column, value)?;
        }
        map.end()
    }
}

/// Decimals of degrees: about a millimetre.
const DEGREE_DIGITS: i32 = 8;
/// Decimals of azimuths: a hundred-thousandth of a degree is 2 mm over 10 km.
const AZIMUTH_DIGITS: i32 = 5;
/// Decimals of metres.
const METRE_DIGITS: i32 = 3;

/// The ways to the systems that reach some of the lines.
#[derive(Debug)]
pub struct Systems<'w> {
    ways: Vec<Way<'w>>,
}

impl<'w> Systems<'w> {
    /// The ways to all systems of the data set whose area holds some place of the courses, by the operation of this id or the preferred ones.
    ///
    /// # Errors
    ///
    /// As [`Way::new`], and [`Error::Usage`] if an operation is not published for all of the places.
    pub fn new(world: &'w World, courses: &[Course], operation: Option<&str>) -> Result<Self> {
        let places = || courses.iter().flat_map(|course| &course.places);
        let mut ways = Vec::new();
        for (_, system) in world.coordinates.systems.iter() {
            if places().any(|&place| system.area.holds(place, 0.0)) {
                let operation = operation.filter(|id| is_of(world, id, system));
                let way = Way::new(world, system, operation)?;
                if operation.is_some() {
                    way.must_cover(world, places())?;
                }
                // Where nobody asked for it, a system that part of the line has no operation for is left out.
                if way.covers(places()) {
                    ways.push(way);
                }
            }
        }
        if ways.is_empty() && operation.is_some() {
            let message = "--operation: no coordinate system of the data set reaches this line";
            return Err(Error::Usage(message.to_owned()));
        }
        Ok(Self { ways })
    }

    fn positions(&self, place: Coord) -> Result<Positions> {
        let mut cells = Vec::with_capacity(3 * self.ways.len());
        for way in &self.ways {
            let column = way.system.column();
            let position = way.position(place)?;
            let is_geographic = way.system.grid.is_geographic();
            let (names, digits) = if is_geographic {
                (["lon", "lat"], DEGREE_DIGITS)
            } else {
                (["easting_m", "northing_m"], METRE_DIGITS)
            };
            let values = position.map(|at| [at.x, at.y]);
            for (axis, name) in names.iter().enumerate() {
                let value = values.map(|values| rounded(values[axis], digits));
                cells.push((format!("{column}_{name}"), Value::Number(value)));
            }
        }
        cells.extend(self.operations());
        Ok(Positions(cells))
    }

    /// The operations that the positions rest on: one for all systems, or one for each where they are on several datums.
    fn operations(&self) -> Vec<(String, Value)> {
        let is_one = self
            .ways
            .windows(2)
            .all(|ways| ways[0].operation.id == ways[1].operation.id);
        let ways = self.ways.iter().take(if is_one { 1 } else { usize::MAX });
        let cells = ways.flat_map(|way| {
            let start = if is_one {
                String::new()
            } else {
                format!("{}_", way.system.column())
            };
            let accuracy_m = Value::Number(Some(way.accuracy.m()));
            [
                (
                    format!("{start}operation"),
                    Value::Word(way.operation.id.clone()),
                ),
                (format!("{start}operation_accuracy_m"), accuracy_m),
            ]
        });
        cells.collect()
    }
}

/// Whether an operation is meant for the datum of a system: one of another datum is not, a word that is none is.
fn is_of(world: &World, operation: &str, system: &System) -> bool {
    let mut operations = world.coordinates.operations.iter();
    let found = operations.find(|(_, known)| known.id.eq_ignore_ascii_case(operation));
    found.is_none_or(|(_, found)| found.datum == system.datum)
}

/// The lines of a pair's border, or of one segment, on a source.
///
/// # Errors
///
/// [`Error::Usage`] if the source does not draw them.
pub fn courses(
    world: &World,
    boundary: &Boundary,
    pair: Option<Pair>,
    segment: Option<Id<Segment>>,
) -> Result<Vec<Course>> {
    let mut courses = Vec::new();
    let wanted = segment.map_or(pair, |id| Some(world.segments[id].pair));
    let numbers = (0..boundary.borders.len())
        .filter(|&number| wanted.is_none_or(|pair| boundary.borders[number].pair == pair));
    for number in numbers {
        let end = boundary.borders[number].length();
        match segment {
            None => courses.extend(cut(world, boundary, number, (Length::ZERO, end))),
            Some(id) => {
                // A segment's anchors do not depend on the date.
                let when = When {
                    on: world.meta.as_of,
                    view: None,
                };
                let mine = segments::stretches_of(world, boundary, number, when);
                let mine = mine
                    .into_iter()
                    .filter(|stretch| stretch.segment == Some(id));
                for Stretch { from, to, .. } in mine {
                    let slug = || Some(world.segments[id].id.clone());
                    let lines = cut(world, boundary, number, (from, to));
                    courses.extend(lines.into_iter().map(|course| Course {
                        segment: slug(),
                        ..course
                    }));
                }
            }
        }
    }
    if courses.is_empty() {
        let source = &world.source_of(boundary).id;
        let what = segment.map_or("such border".to_owned(), |id| {
            format!("segment `{}`", world.segments[id].id)
        });
        return Err(Error::Usage(format!("{source} draws no {what}")));
    }
    Ok(courses)
}

fn cut(
    world: &World,
    boundary: &Boundary,
    number: usize,
    (from, to): (Length, Length),
) -> Vec<Course> {
    let border = &boundary.borders[number];
    let mut at = from;
    let mut courses = Vec::new();
    for places in border.cut(from, to) {
        let length = geodesy::length_of(&places);
        courses.push(Course {
            pair: Some(border.pair),
            part: Some(border.part.label()),
            segment: None,
            source: world.source_of(boundary).id.clone(),
            accuracy_m: world.accuracy_m(boundary, border),
            from: at,
            places,
        });
        // Gaps between pieces count nothing.
        at = at + length;
    }
    courses
}

/// The turning points of courses, line by line.
///
/// # Errors
///
/// [`Error::Projection`] where PROJ finds no position.
pub fn rows(courses: &[Course], systems: &Systems<'_>) -> Result<Vec<TurningPointRow>> {
    let mut rows = Vec::new();
    for (number, course) in courses.iter().enumerate() {
        let mut at = course.from;
        for (vertex, &place) in course.places.iter().enumerate() {
            let next = course.places.get(vertex + 1);
            let leg = next.map(|&next| geodesy::leg(place, next));
            rows.push(TurningPointRow {
                pair: course.pair,
                part: course.part.clone(),
                segment: course.segment.clone(),
                source: course.source.clone(),
                accuracy_m: course.accuracy_m,
                line: number + 1,
                number: vertex + 1,
                km: rounded(at.km(), 6),
                lon: rounded(place.x, DEGREE_DIGITS),
                lat: rounded(place.y, DEGREE_DIGITS),
                // What rounds to a full turn is none.
                azimuth_deg: leg
                    .filter(|(length, _)| length.m() > 0.0)
                    .map(|(_, azimuth)| rounded(azimuth, AZIMUTH_DIGITS) % 360.0),
                distance_m: leg.map(|(length, _)| rounded(length.m(), METRE_DIGITS)),
                positions: systems.positions(place)?,
            });
            at = at + leg.map_or(Length::ZERO, |(length, _)| length);
        }
    }
    Ok(rows)
}

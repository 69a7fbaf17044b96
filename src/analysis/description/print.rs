//! The canonical text of a description.

use std::fmt;

use crate::analysis::description::types::Course;
use crate::analysis::description::types::Description;
use crate::analysis::description::types::Leg;
use crate::analysis::description::types::Name;
use crate::analysis::description::types::Point;
use crate::analysis::description::types::Position;
use crate::analysis::description::types::Relief;

impl fmt::Display for Description {
    /// The text, which reads back as the same description.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(title) = &self.title {
            writeln!(f, "title {title}")?;
        }
        for note in &self.notes {
            writeln!(f, "note {note}")?;
        }
        match &self.system {
            None => writeln!(f, "coordinates WGS 84")?,
            Some(system) => {
                write!(f, "coordinates {}", system.id)?;
                if let Some(operation) = &system.operation {
                    write!(f, ", operation {operation}")?;
                }
                writeln!(f)?;
            }
        }
        if let Some((left, right)) = self.sides {
            writeln!(f, "left {left}, right {right}")?;
        }
        if let Some(line) = self.tolerances.line {
            writeln!(f, "tolerance {line}")?;
        }
        if let Some(azimuth) = self.tolerances.azimuth {
            writeln!(f, "tolerance azimuth {azimuth}")?;
        }
        if let Some(distance) = self.tolerances.distance {
            writeln!(f, "tolerance distance {distance}")?;
        }
        if let Some(length) = self.length {
            writeln!(f, "length {length}")?;
        }
        writeln!(f)?;
        for (number, point) in self.points.iter().enumerate() {
            writeln!(f, "{point}")?;
            if let Some(leg) = self.legs.get(number) {
                writeln!(f, "  {leg}")?;
            }
        }
        match self.points.first() {
            Some(first) if self.is_closed => writeln!(f, "back to point {}", first.label),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "point {}", self.label)?;
        if let Some(name) = &self.name {
            write!(f, " {name}")?;
        }
        self.position
            .map_or(Ok(()), |position| write!(f, " at {position}"))
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Geographic {
                latitude,
                longitude,
            } => {
                let (latitude, longitude) = (
                    latitude.with_letter(['N', 'S']),
                    longitude.with_letter(['E', 'W']),
                );
                write!(f, "latitude {latitude}, longitude {longitude}")
            }
            Self::Grid { easting, northing } => {
                write!(f, "easting {easting}, northing {northing}")
            }
        }
    }
}

impl fmt::Display for Leg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Straight { azimuth, distance } => {
                f.write_str("straight")?;
                if let Some(azimuth) = azimuth {
                    write!(f, ", azimuth {azimuth}")?;
                }
                distance.map_or(Ok(()), |distance| write!(f, ", distance {distance}"))
            }
            Self::Along { course, length } => {
                write!(f, "along {course}")?;
                length.map_or(Ok(()), |length| write!(f, ", length {length}"))
            }
            Self::NotDescribed => f.write_str("not described"),
        }
    }
}

impl fmt::Display for Course {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let relief = |f: &mut fmt::Formatter<'_>, relief: Relief, name: Option<&Name>| {
            f.write_str(relief.word())?;
            spoken(f, name)
        };
        match self {
            Self::Water {
                line,
                water,
                name,
                flow,
            } => {
                write!(f, "the {} of the {}", line.word(), water.word())?;
                spoken(f, name.as_ref())?;
                flow.map_or(Ok(()), |flow| write!(f, ", {}", flow.word()))
            }
            Self::Watershed { of: None } => f.write_str("the watershed"),
            Self::Watershed {
                of: Some((kind, name)),
            } => {
                f.write_str("the watershed of the ")?;
                relief(f, *kind, name.as_ref())
            }
            Self::Crest(kind, name) => {
                f.write_str("the ")?;
                relief(f, *kind, name.as_ref())
            }
            Self::Way(way, name) => {
                write!(f, "the {}", way.word())?;
                spoken(f, name.as_ref())
            }
        }
    }
}

fn spoken(f: &mut fmt::Formatter<'_>, name: Option<&Name>) -> fmt::Result {
    name.map_or(Ok(()), |name| write!(f, " {name}"))
}

impl fmt::Display for Name {
    /// In quotation marks; those in it are written twice.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.as_str().replace('"', "\"\""))
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use proptest::sample::select;

    use crate::analysis::description::Angle;
    use crate::analysis::description::Course;
    use crate::analysis::description::Description;
    use crate::analysis::description::Flow;
    use crate::analysis::description::Label;
    use crate::analysis::description::Leg;
    use crate::analysis::description::Measure;
    use crate::analysis::description::Name;
    use crate::analysis::description::Point;
    use crate::analysis::description::Position;
    use crate::analysis::description::Relief;
    use crate::analysis::description::Sexagesimal;
    use crate::analysis::description::System;
    use crate::analysis::description::Tolerances;
    use crate::analysis::description::Unit;
    use crate::analysis::description::Water;
    use crate::analysis::description::WaterLine;
    use crate::analysis::description::Way;
    use crate::analysis::description::Written;
    use crate::analysis::description::parse;

    fn name() -> impl Strategy<Value = Name> {
        ".{0,12}".prop_map(|text| Name::new(&text))
    }

    fn number(low: f64, high: f64) -> impl Strategy<Value = Written> {
        let within = move |number: &Written| (low..=high).contains(&number.value());
        (low..high, 0_u8..=9)
            .prop_filter_map("a number", |(value, decimals)| {
                Written::new(value, decimals)
            })
            .prop_filter("rounded out of its range", within)
    }

    fn measure(low: f64) -> impl Strategy<Value = Measure> {
        let unit = select(vec![Unit::Metres, Unit::Kilometres]);
        (number(low, 19_000.0), unit)
            .prop_map(|(number, unit)| Measure { number, unit })
            .prop_filter("a length", move |length| {
                length.number.value() > 0.0 || low < 0.0
            })
    }

    fn angle(low: f64, high: u16) -> impl Strategy<Value = Angle> {
        let sexagesimal = (
            0..high,
            0_u8..60,
            option::of(number(0.0, 59.99)),
            any::<bool>(),
        );
        let sexagesimal = sexagesimal.prop_filter_map("an angle", move |(d, m, s, is_negative)| {
            let angle = Sexagesimal::new(d, m, s)?;
            Some(Angle::Sexagesimal(if is_negative && low < 0.0 {
                angle.negated()
            } else {
                angle
            }))
        });
        prop_oneof![
            number(low, f64::from(high)).prop_map(Angle::Decimal),
            sexagesimal
        ]
    }

    fn position() -> impl Strategy<Value = Position> {
        let geographic = (angle(-90.0, 90), angle(-180.0, 180));
        let grid = (number(-1e7, 1e7), number(-1e7, 1e7));
        prop_oneof![
            geographic.prop_map(|(latitude, longitude)| Position::Geographic {
                latitude,
                longitude
            }),
            grid.prop_map(|(easting, northing)| Position::Grid { easting, northing }),
        ]
    }

    fn course() -> impl Strategy<Value = Course> {
        let relief = || (select(Relief::ALL), option::of(name()));
        let water = (
            select(WaterLine::ALL),
            select(Water::ALL),
            option::of(name()),
            option::of(select(Flow::ALL)),
        );
        prop_oneof![
            water.prop_map(|(line, water, name, flow)| Course::Water {
                line,
                water,
                name,
                flow
            }),
            option::of(relief()).prop_map(|of| Course::Watershed { of }),
            relief().prop_map(|(relief, name)| Course::Crest(relief, name)),
            (select(Way::ALL), option::of(name())).prop_map(|(way, name)| Course::Way(way, name)),
        ]
    }

    fn leg() -> impl Strategy<Value = Leg> {
        prop_oneof![
            (option::of(angle(0.0, 360)), option::of(measure(0.0)))
                .prop_map(|(azimuth, distance)| Leg::Straight { azimuth, distance }),
            (course(), option::of(measure(0.0)))
                .prop_map(|(course, length)| Leg::Along { course, length }),
            Just(Leg::NotDescribed),
        ]
    }

    fn head() -> impl Strategy<Value = Description> {
        let word = || "[A-Za-z0-9:]{1,10}".prop_filter_map("a label", |text| Label::new(&text));
        let is_other = |system: &System| {
            let id = system.id.as_str().to_ascii_uppercase();
            id != "WGS84" && id != "EPSG:4326"
        };
        let system = (word(), option::of(word()))
            .prop_map(|(id, operation)| System { id, operation })
            .prop_filter("another system", is_other);
        let code = |text: &str| text.parse().expect("a code");
        let sides = select(vec![(code("AM"), code("AZ")), (code("AZ-NX"), code("AM"))]);
        let tolerances = (
            option::of(measure(-0.0)),
            option::of(angle(0.0, 360)),
            option::of(measure(0.0)),
        );
        let said = (
            option::of(name()),
            vec(name(), 0..3),
            option::of(system),
            option::of(sides),
            tolerances,
            option::of(measure(0.0)),
        );
        said.prop_map(
            |(title, notes, system, sides, (line, azimuth, distance), length)| Description {
                title,
                notes,
                system,
                sides,
                tolerances: Tolerances {
                    line,
                    azimuth,
                    distance,
                },
                length,
                ..Description::default()
            },
        )
    }

    prop_compose! {
        fn description()(
            head in head(),
            points in vec((option::of(name()), position(), any::<bool>()), 2..8),
            legs in vec(leg(), 8),
            is_closed in any::<bool>(),
        ) -> Description {
            let count = points.len();
            let legs: Vec<Leg> = legs.into_iter().take(if is_closed { count } else { count - 1 }).collect();
            let is_reckoned = |number: usize| {
                number > 0 && matches!(legs[number - 1], Leg::Straight { azimuth: Some(_), distance: Some(_) })
            };
            let points = points.into_iter().enumerate().map(|(number, (name, position, is_open))| Point {
                label: Label::new(&format!("{}/{number}", number % 3)).expect("a label"),
                name,
                position: (!(is_open && is_reckoned(number))).then_some(position),
            }).collect();
            Description { points, legs, is_closed, ..head }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_printed_reads_back_as_the_same(description in description()) {
            let text = description.to_string();
            let parsed = parse(&text).map_err(|faults| TestCaseError::fail(format!("{}\n{text}", faults.in_file("text"))))?;
            prop_assert_eq!(&parsed.description, &description);
            prop_assert_eq!(parsed.description.to_string(), text);
        }

        #[test]
        fn any_text_is_answered_with_faults_inside_it(text in "(?s).{0,200}") {
            answered(&text)?;
        }

        #[test]
        fn words_in_any_order_are_answered_with_faults_inside_them(
            words in vec(select(vec![
                "point", "1", "2", "at", "latitude", "longitude", "easting", "northing", "45.5", "-0", "41°07'3.5\"N", "NaN", "inf",
                "1e400", "straight", "azimuth", "distance", "12 km", "along the", "left bank of", "thalweg of the river", "\"Ա\"", "\"",
                "not described", "back to point", "\n", "\r\n", "\t", ",", "#", "title", "note", "length", "tolerance", "left AM",
                "right AZ", "coordinates", "WGS 84", "operation", "'", "°", "\u{feff}", "99999999999999999999", "0.0000000000000000001",
            ]), 0..60),
        ) {
            answered(&words.join(" "))?;
        }
    }

    /// Either a description that is printed and read alike, or faults on characters that are there.
    fn answered(text: &str) -> Result<(), TestCaseError> {
        match parse(text) {
            Ok(parsed) => {
                let again = parse(&parsed.description.to_string());
                prop_assert_eq!(again.map(|again| again.description), Ok(parsed.description));
            }
            Err(faults) => {
                prop_assert!(faults.count >= faults.first.len() && !faults.first.is_empty());
                let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                let lines: Vec<&str> = text.lines().collect();
                for fault in &faults.first {
                    let length = lines
                        .get(fault.line - 1)
                        .map_or(0, |line| line.chars().count());
                    prop_assert!(fault.column <= length + 1, "{:?}", fault);
                    prop_assert!(fault.before <= fault.text.chars().count() + 1, "{fault:?}");
                }
            }
        }
        Ok(())
    }
}

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
        self.position.map_or(Ok(()), |position| write!(f, " at {position}"))
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

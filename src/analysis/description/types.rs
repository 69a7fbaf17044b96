//! What a description says, as data.

use std::fmt;

use crate::analysis::description::written::Angle;
use crate::analysis::description::written::Measure;
use crate::analysis::description::written::Written;
use crate::model::Code;

/// What a text says about a line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Description {
    /// What it describes.
    pub title: Option<Name>,
    /// What its reader should know.
    pub notes: Vec<Name>,
    /// The system of its positions; none for WGS 84.
    pub system: Option<System>,
    /// The states on the left and on the right of the line, in its direction.
    pub sides: Option<(Code, Code)>,
    /// How much it allows.
    pub tolerances: Tolerances,
    /// The length that it gives for the whole.
    pub length: Option<Measure>,
    /// Its turning points in order; two or more.
    pub points: Vec<Point>,
    /// What lies between each of them and the next.
    pub legs: Vec<Leg>,
    /// Whether the last leg leads back to the first point.
    pub is_closed: bool,
}

impl Description {
    /// The numbers of the points that a leg joins.
    pub fn ends(&self, leg: usize) -> (usize, usize) {
        let next = leg + 1;
        (leg, if next < self.points.len() { next } else { 0 })
    }
}

/// The system of the positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct System {
    /// Its id, `EPSG:28408`.
    pub id: Label,
    /// The datum operation that the text names.
    pub operation: Option<Label>,
}

/// How much a description allows beyond the rounding of its own numbers.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tolerances {
    /// How far points and straight legs may lie off the line.
    pub line: Option<Measure>,
    /// How far azimuths may be off.
    pub azimuth: Option<Angle>,
    /// How far distances and lengths may be off.
    pub distance: Option<Measure>,
}

/// A turning point.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Its number, or whatever stands for it; no two points have the same.
    pub label: Label,
    /// What stands there.
    pub name: Option<Name>,
    /// Where it is; none where the leg before gives it by azimuth and distance.
    pub position: Option<Position>,
}

/// A position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Position {
    /// On an ellipsoid.
    Geographic {
        /// Latitude.
        latitude: Angle,
        /// Longitude.
        longitude: Angle,
    },
    /// On a grid, in metres.
    Grid {
        /// To the east, with the number of the zone where the grid has it.
        easting: Written,
        /// To the north.
        northing: Written,
    },
}

/// What leads from a point to the next.
#[derive(Debug, Clone, PartialEq)]
pub enum Leg {
    /// A geodesic.
    Straight {
        /// Its azimuth at its start, clockwise from true north.
        azimuth: Option<Angle>,
        /// Its length.
        distance: Option<Measure>,
    },
    /// A line that the land gives.
    Along {
        /// Which.
        course: Course,
        /// Its length.
        length: Option<Measure>,
    },
    /// A stretch that the text leaves open.
    NotDescribed,
}

/// A line that the land gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Course {
    /// A line of a water.
    Water {
        /// Which line of it.
        line: WaterLine,
        /// What water.
        water: Water,
        /// Its name.
        name: Option<Name>,
        /// Whether the text goes with it or against it.
        flow: Option<Flow>,
    },
    /// The line where waters part.
    Watershed {
        /// The relief that it runs on.
        of: Option<(Relief, Option<Name>)>,
    },
    /// The crest of a relief.
    Crest(Relief, Option<Name>),
    /// The axis of a way.
    Way(Way, Option<Name>),
}

/// Gives an enumeration the words that stand for its values in a text.
macro_rules! spoken {
    ($(#[$about:meta])* $name:ident { $($(#[$meta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$meta])* $variant),+ }

        impl $name {
            /// All values.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The words of a text.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

spoken!(
    /// A line of a water.
    WaterLine {
        /// The bank on the left of who looks downstream.
        LeftBank = "left bank",
        /// The bank on the right of who looks downstream.
        RightBank = "right bank",
        /// The line that is as far from one bank as from the other.
        Middle = "middle",
        /// The line of the deepest places, or of the main channel.
        Thalweg = "thalweg",
    }
);

spoken!(
    /// A water.
    Water {
        /// A river.
        River = "river",
        /// A stream.
        Stream = "stream",
        /// A canal.
        Canal = "canal",
        /// A lake.
        Lake = "lake",
        /// A reservoir.
        Reservoir = "reservoir",
    }
);

spoken!(
    /// With the water or against it.
    Flow {
        /// With it.
        Downstream = "downstream",
        /// Against it.
        Upstream = "upstream",
    }
);

spoken!(
    /// A relief.
    Relief {
        /// A ridge.
        Ridge = "ridge",
        /// A range.
        Range = "range",
        /// A spur.
        Spur = "spur",
    }
);

spoken!(
    /// A way.
    Way {
        /// A road.
        Road = "road",
        /// A track.
        Track = "track",
        /// A railway.
        Railway = "railway",
    }
);

/// A name or a remark: one line of text in any script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// The name; what breaks a line becomes a blank.
    pub fn new(text: &str) -> Self {
        Self(text.replace(char::is_control, " "))
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A number, or a word that stands for one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(String);

impl Label {
    /// The label; none for a text that is empty or has blanks, commas, quotation marks or `#`.
    pub fn new(text: &str) -> Option<Self> {
        let is_sound = !text.is_empty() && text.chars().all(is_of_word);
        is_sound.then(|| Self(text.to_owned()))
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Whether a character is part of a word.
pub(super) fn is_of_word(c: char) -> bool {
    !(c.is_whitespace() || c.is_control() || matches!(c, ',' | '"' | '#'))
}

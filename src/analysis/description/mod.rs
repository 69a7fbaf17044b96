//! What the text of a delimitation says about a line: read, written and held against the drawing.
//!
//! *In*: a text in the form below, or a drawn line. *Out*: a [`Description`], its canonical text, and for each of its statements whether a
//! line does what it says.
//!
//! # The form
//!
//! One statement a line. Commas say the same as blanks, `#` starts a comment, words may be in capitals. The head comes first; all of it may
//! be left out. Then points and legs take turns.
//!
//! ```text
//! text        = { head } point { leg point } [ leg "back to point" LABEL ]
//! head        = "title" NAME | "note" NAME
//!             | "coordinates" ( "WGS 84" | SYSTEM [ "operation" OPERATION ] )
//!             | "left" STATE "right" STATE
//!             | "tolerance" LENGTH                  points and straight legs may lie this far off the line
//!             | "tolerance azimuth" ANGLE | "tolerance distance" LENGTH
//!             | "length" LENGTH                     of the whole
//! point       = "point" LABEL [ NAME ] [ "at" position ]
//! position    = "latitude" ANGLE "longitude" ANGLE | "easting" NUMBER "northing" NUMBER      either order
//! leg         = "straight" [ "azimuth" ANGLE ] [ "distance" LENGTH ]
//!             | "along" course [ "downstream" | "upstream" ] [ "length" LENGTH ]
//!             | "not described"
//! course      = [ "the" ] ( "left bank" | "right bank" | "middle" | "median line" | "thalweg" ) "of" [ "the" ] water [ NAME ]
//!             | [ "the" ] "watershed" [ "of" [ "the" ] relief [ NAME ] ]
//!             | [ "the" ] ( relief | way ) [ NAME ]
//! water       = "river" | "stream" | "canal" | "lake" | "reservoir"
//! relief      = "ridge" | "range" | "spur"
//! way         = "road" | "track" | "railway"
//! LABEL       = a word: 1, 12a, 31/2               NAME = a text between straight quotation marks; one in it is written twice
//! LENGTH      = NUMBER ( "m" | "km" )              ANGLE = 45.5 | 45°30'00.0"[N|S|E|W] | 45°30'[N|S|E|W]
//! ```
//!
//! - A point without a position is where azimuth and distance of the leg before it lead.
//! - A straight leg is a geodesic. Its azimuth is clockwise from true north at its start; a grid bearing is another thing.
//! - A position is as exact as it is written: half a unit of its last digit is allowed for.
//! - The direction of the text is that in which its points follow each other; left and right are of who goes that way.
//!
//! # Limits
//!
//! The courses of rivers, ridges and roads are not in the data: of a leg along one, only its ends and its length are checked. Azimuths and
//! distances are measured on WGS 84, after the positions were converted; on another ellipsoid the same line differs by some metres in a
//! thousand kilometres and by seconds of arc.

mod check;
mod draw;
mod drawn;
mod legs;
mod locate;
mod parse;
mod print;
mod scan;
mod sides;
mod statements;
mod types;
mod values;
mod written;

pub use check::Asked;
pub use check::Basis;
pub use check::CheckRow;
pub use check::Checked;
pub use check::Outcome;
pub use check::Value;
pub use check::Verdict;
pub use check::check;
pub use draw::Manner;
pub use draw::describe;
pub use locate::Located;
pub use locate::Placed;
pub use locate::locate;
pub use parse::Faults;
pub use parse::Lines;
pub use parse::Parsed;
pub use parse::parse;
pub use scan::Fault;
pub use types::Course;
pub use types::Description;
pub use types::Flow;
pub use types::Label;
pub use types::Leg;
pub use types::Name;
pub use types::Point;
pub use types::Position;
pub use types::Relief;
pub use types::System;
pub use types::Tolerances;
pub use types::Water;
pub use types::WaterLine;
pub use types::Way;
pub use written::Angle;
pub use written::Measure;
pub use written::Sexagesimal;
pub use written::Unit;
pub use written::Written;

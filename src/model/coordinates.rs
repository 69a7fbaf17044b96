//! Coordinate systems other than WGS 84, and the published operations between their datums and it.

use geo::Coord;
use geo::Rect;

use crate::geodesy::projection::Ellipsoid;
use crate::geodesy::projection::Grid;
use crate::geodesy::projection::Shift;
use crate::model::Id;
use crate::model::Named;
use crate::model::Source;
use crate::model::Table;

/// The systems that positions can be written and read in beside WGS 84; none where a data set has no such layer.
#[derive(Debug, Clone, Default)]
pub struct Coordinates {
    /// Datums.
    pub datums: Table<Datum>,
    /// Systems on them.
    pub systems: Table<System>,
    /// Ways from them to WGS 84.
    pub operations: Table<Operation>,
}

/// A geodetic datum.
#[derive(Debug, Clone, PartialEq)]
pub struct Datum {
    /// Slug.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its ellipsoid.
    pub ellipsoid: Ellipsoid,
    /// The ellipsoid's name.
    pub ellipsoid_name: String,
    /// The operation that is used unless another is asked for, by its id.
    pub preferred_operation: String,
    /// Why that one.
    pub preferred_basis: String,
    /// Where its parameters were read.
    pub source: Id<Source>,
}

/// A coordinate system.
#[derive(Debug, Clone, PartialEq)]
pub struct System {
    /// Authority and code, `EPSG:28408`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its datum.
    pub datum: Id<Datum>,
    /// How it writes positions.
    pub grid: Grid,
    /// Where it is used.
    pub area: Area,
    /// Where its parameters were read.
    pub source: Id<Source>,
}

/// A published operation from a datum to WGS 84.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Authority and code, `EPSG:15865`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The datum that it starts from.
    pub datum: Id<Datum>,
    /// Its parameters.
    pub shift: Shift,
    /// The accuracy that its publisher states; none makes it a ballpark operation.
    pub accuracy_m: Option<f64>,
    /// Its area of use in words.
    pub area_name: String,
    /// Limits of that area.
    pub area: Area,
    /// Where its parameters were read.
    pub source: Id<Source>,
}

/// Limits in degrees. An area whose east is less than its west crosses the meridian of 180°.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Western limit.
    pub west: f64,
    /// Southern limit.
    pub south: f64,
    /// Eastern limit.
    pub east: f64,
    /// Northern limit.
    pub north: f64,
}

impl Area {
    /// Whether a place is within the limits, or at most `margin` degrees outside them.
    pub fn holds(&self, place: Coord, margin: f64) -> bool {
        let (west, east) = (self.west - margin, self.east + margin);
        let between = if self.west <= self.east {
            (west..=east).contains(&place.x)
        } else {
            place.x >= west || place.x <= east
        };
        between && (self.south - margin..=self.north + margin).contains(&place.y)
    }

    /// Whether all corners of an extent are within the limits.
    pub fn holds_all(&self, extent: Rect) -> bool {
        let (low, high) = (extent.min(), extent.max());
        self.holds(low, 0.0) && self.holds(high, 0.0)
    }
}

impl System {
    /// Its id as the start of a column name: `epsg_28408`.
    pub fn column(&self) -> String {
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        };
        self.id.chars().map(plain).collect()
    }
}

impl Named for Datum {
    fn slug(&self) -> &str {
        &self.id
    }
}

impl Named for System {
    fn slug(&self) -> &str {
        &self.id
    }
}

impl Named for Operation {
    fn slug(&self) -> &str {
        &self.id
    }
}

#[cfg(test)]
mod tests {
    use geo::coord;

    use super::Area;

    #[test]
    fn an_area_may_cross_the_meridian_of_180_degrees() {
        let area = Area {
            west: 19.57,
            south: 35.14,
            east: -168.97,
            north: 81.91,
        };
        for (lon, lat, held) in [
            (45.0, 40.0, true),
            (-170.0, 60.0, true),
            (0.0, 50.0, false),
            (45.0, 30.0, false),
        ] {
            assert_eq!(area.holds(coord! { x: lon, y: lat }, 0.0), held, "{lon}");
        }
        assert!(area.holds(coord! { x: 19.1, y: 40.0 }, 0.5));
    }
}

//! Coordinates on other datums, by PROJ.
//!
//! *In*: a coordinate system, written out in numbers, and the published datum shift to WGS 84. *Out*: positions in that system for positions on
//! WGS 84, and back.
//!
//! Every operation is given to PROJ as a whole pipeline of conversions. Left to itself PROJ chooses an operation for each point by areas of use,
//! and a line then jumps by metres where it crosses the edge of one; or it finds none and leaves the shift out without a word.
//!
//! # References
//!
//! IOGP (2019), *Coordinate conversions and transformations including formulas*, Guidance Note 7-2, sections on the coordinate frame rotation,
//! the position vector transformation and the transverse Mercator projection.

use geo::Coord;
use proj::Proj;
use serde::Deserialize;

use crate::error::Error;
use crate::error::Result;

/// An ellipsoid of revolution.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ellipsoid {
    /// Semi-major axis in metres.
    pub semi_major_m: f64,
    /// Inverse of the flattening.
    pub inverse_flattening: f64,
}

/// How a system writes a place of its datum.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "kebab-case")]
pub enum Grid {
    /// Longitude and latitude in degrees, east of Greenwich and north.
    Geographic {},
    /// Easting and northing in metres on a transverse Mercator grid, as Gauss–Krüger and UTM zones are.
    TransverseMercator {
        /// Latitude of the origin, in degrees.
        lat_0: f64,
        /// Central meridian, in degrees.
        lon_0: f64,
        /// Scale on the central meridian.
        scale: f64,
        /// Easting of the origin, in metres.
        false_easting_m: f64,
        /// Northing of the origin, in metres.
        false_northing_m: f64,
    },
}

/// The sense in which the rotations of a datum shift are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Convention {
    /// The axes turn.
    CoordinateFrame,
    /// The vectors turn: the same rotations with the opposite sign.
    PositionVector,
}

/// The seven parameters of a datum shift to WGS 84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// Along the geocentric axes, in metres.
    pub translation_m: [f64; 3],
    /// About the axes, in seconds of arc.
    pub rotation_arcsec: [f64; 3],
    /// In parts per million.
    pub scale_ppm: f64,
    /// The sense of the rotations.
    pub convention: Convention,
}

impl Grid {
    /// Whether positions are degrees; else metres.
    pub const fn is_geographic(self) -> bool {
        matches!(self, Self::Geographic {})
    }

    /// The last step of the pipeline: from radians to what the system writes.
    fn step(self, ellipsoid: &str) -> String {
        match self {
            Self::Geographic {} => "+proj=unitconvert +xy_in=rad +xy_out=deg".to_owned(),
            Self::TransverseMercator {
                lat_0,
                lon_0,
                scale,
                false_easting_m,
                false_northing_m,
            } => format!(
                "+proj=tmerc +lat_0={lat_0} +lon_0={lon_0} +k={scale} +x_0={false_easting_m} +y_0={false_northing_m} {ellipsoid}"
            ),
        }
    }
}

impl Shift {
    /// Whether it moves nothing: then it is none.
    pub fn is_identity(&self) -> bool {
        let moves = self.translation_m.iter().chain(&self.rotation_arcsec);
        moves.chain([&self.scale_ppm]).all(|value| *value == 0.0)
    }

    /// The step of the pipeline from the other datum to WGS 84, between geocentric coordinates.
    fn step(&self) -> String {
        let ([x, y, z], [rx, ry, rz]) = (self.translation_m, self.rotation_arcsec);
        let (scale, convention) = (self.scale_ppm, self.convention.word());
        format!(
            "+proj=helmert +x={x} +y={y} +z={z} +rx={rx} +ry={ry} +rz={rz} +s={scale} +convention={convention}"
        )
    }
}

impl Convention {
    /// PROJ's word for it.
    const fn word(self) -> &'static str {
        match self {
            Self::CoordinateFrame => "coordinate_frame",
            Self::PositionVector => "position_vector",
        }
    }
}

/// The way between WGS 84 and a coordinate system on another datum.
///
/// # Properties
///
/// [`Transform::to_wgs84`] undoes [`Transform::from_wgs84`] to below a millimetre; to some millimetres where the axes turn by many seconds of arc, since
/// the height that one ellipsoid has above the other is put aside.
#[derive(Debug)]
pub struct Transform {
    definitions: [String; 2],
    // A handle costs milliseconds to make and cannot change threads: one per question, never one per point.
    from_wgs84: Proj,
    to_wgs84: Proj,
}

impl Transform {
    /// The way to a system of this ellipsoid and grid by this shift.
    ///
    /// # Errors
    ///
    /// [`Error::Projection`] if PROJ refuses the parameters.
    pub fn new(ellipsoid: Ellipsoid, grid: Grid, shift: &Shift) -> Result<Self> {
        let own = format!(
            "+a={} +rf={}",
            ellipsoid.semi_major_m, ellipsoid.inverse_flattening
        );
        let (shift, last) = (shift.step(), grid.step(&own));
        // Heights are zero on both sides: the shift is between positions, and the height that it makes is put aside.
        let there = format!(
            "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 +step +proj=cart +ellps=WGS84 \
             +step +inv {shift} +step +inv +proj=cart {own} +step +proj=pop +v_3 +step {last}"
        );
        let back = format!(
            "+proj=pipeline +step +inv {last} +step +proj=push +v_3 +step +proj=cart {own} +step {shift} \
             +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 +step +proj=unitconvert +xy_in=rad +xy_out=deg"
        );
        let create = |pipeline: &str| {
            Proj::new(pipeline).map_err(|error| Error::Projection {
                definition: pipeline.to_owned(),
                message: error.to_string(),
            })
        };
        Ok(Self {
            from_wgs84: create(&there)?,
            to_wgs84: create(&back)?,
            definitions: [there, back],
        })
    }

    /// The position in the system of a position on WGS 84.
    ///
    /// # Units
    ///
    /// Longitude and latitude in degrees on WGS 84; longitude and latitude in degrees or easting and northing in metres in the system.
    ///
    /// # Errors
    ///
    /// [`Error::Projection`] where the system is not defined.
    pub fn from_wgs84(&self, place: Coord) -> Result<Coord> {
        super::convert(&self.from_wgs84, place, &self.definitions[0])
    }

    /// The position on WGS 84 of a position in the system.
    ///
    /// # Errors
    ///
    /// As [`Transform::from_wgs84`].
    pub fn to_wgs84(&self, position: Coord) -> Result<Coord> {
        super::convert(&self.to_wgs84, position, &self.definitions[1])
    }
}

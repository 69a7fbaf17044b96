//! The plane of the maps, a conformal conic, and coordinates on other datums; both by PROJ.
//!
//! This folder is the only home of the `proj` crate. Maps see the trait [`Projection`].

mod datum;

use geo::Coord;
use geo::Distance as _;
use geo::Geodesic;
use geo::Point;
use proj::Proj;

use crate::error::Error;
use crate::error::Result;

pub use datum::Convention;
pub use datum::Ellipsoid;
pub use datum::Grid;
pub use datum::Shift;
pub use datum::Transform;

/// A map projection.
///
/// # Units
///
/// Longitude and latitude in degrees on WGS 84 on one side; on the other metres, `x` to the east and `y` to the north.
pub trait Projection {
    /// From longitude and latitude to the plane.
    ///
    /// # Errors
    ///
    /// [`Error::Projection`] where the projection is not defined.
    fn forward(&self, place: Coord) -> Result<Coord>;

    /// From the plane to longitude and latitude.
    ///
    /// # Errors
    ///
    /// [`Error::Projection`] where the projection is not defined.
    fn inverse(&self, point: Coord) -> Result<Coord>;

    /// How a reader of the map is told about it.
    fn description(&self) -> String;
}

/// A Lambert conformal conic projection, in degrees.
#[derive(Debug, Clone, Copy, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conic {
    /// First standard parallel.
    pub lat_1: f64,
    /// Second standard parallel.
    pub lat_2: f64,
    /// Latitude of the origin.
    pub lat_0: f64,
    /// Central meridian.
    pub lon_0: f64,
}

/// The Lambert conformal conic projection of a data set.
///
/// # Properties
///
/// - Angles are true everywhere, distances along the two standard parallels.
/// - [`Projection::inverse`] undoes [`Projection::forward`] to far below a millimetre.
///
/// # References
///
/// J. P. Snyder (1987), *Map projections: a working manual*, U.S. Geological Survey Professional Paper 1395, 107–109.
#[derive(Debug)]
pub struct Lambert {
    conic: Conic,
    definition: String,
    // Setting up an operation costs milliseconds and its handle cannot change threads: once per map, never per feature.
    there: Proj,
    back: Proj,
}

impl Lambert {
    /// The projection with the parameters of a data set, on WGS 84.
    ///
    /// # Errors
    ///
    /// [`Error::Projection`] if PROJ refuses the parameters: parallels that mirror each other at the equator, for example.
    pub fn new(conic: Conic) -> Result<Self> {
        Self::on_ellipsoid(conic, "WGS84")
    }

    fn on_ellipsoid(conic: Conic, ellipsoid: &str) -> Result<Self> {
        let Conic {
            lat_1,
            lat_2,
            lat_0,
            lon_0,
        } = conic;
        let definition = format!(
            "+proj=lcc +lat_1={lat_1} +lat_2={lat_2} +lat_0={lat_0} +lon_0={lon_0} +ellps={ellipsoid}"
        );
        // Written out in full: PROJ then has no choice to make, so no area of use and no database can change the result.
        let there = format!(
            "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step {definition}"
        );
        let back = format!(
            "+proj=pipeline +step +inv {definition} +step +proj=unitconvert +xy_in=rad +xy_out=deg"
        );
        let create = |pipeline: &str| {
            Proj::new(pipeline).map_err(|error| Error::Projection {
                definition: definition.clone(),
                message: error.to_string(),
            })
        };
        Ok(Self {
            conic,
            there: create(&there)?,
            back: create(&back)?,
            definition,
        })
    }
}

/// A position through one operation of PROJ.
fn convert(operation: &Proj, from: Coord, definition: &str) -> Result<Coord> {
    let failed = |message: String| Error::Projection {
        definition: definition.to_owned(),
        message: format!("{message} at {:.6}, {:.6}", from.x, from.y),
    };
    let to: Coord = operation
        .convert(from)
        .map_err(|error| failed(error.to_string()))?;
    // PROJ marks some undefined results by infinity alone.
    if to.x.is_finite() && to.y.is_finite() {
        Ok(to)
    } else {
        Err(failed("undefined".to_owned()))
    }
}

impl Projection for Lambert {
    fn forward(&self, place: Coord) -> Result<Coord> {
        convert(&self.there, place, &self.definition)
    }

    fn inverse(&self, point: Coord) -> Result<Coord> {
        convert(&self.back, point, &self.definition)
    }

    fn description(&self) -> String {
        let Conic {
            lat_1,
            lat_2,
            lon_0,
            ..
        } = self.conic;
        format!(
            "Lambert conformal conic projection, standard parallels {lat_1}° and {lat_2}°, central meridian {lon_0}°, WGS 84"
        )
    }
}

/// Step of the numeric derivatives, in degrees: about a hundred metres, far above rounding and far below the curvature.
const STEP: f64 = 1e-3;

/// The scale of the plane at `place`: map metres per metre on the ellipsoid.
///
/// # Properties
///
/// The same in all directions, because the projections here are conformal; measured along the meridian.
///
/// # Errors
///
/// As [`Projection::forward`].
pub fn point_scale(projection: &dyn Projection, place: Coord) -> Result<f64> {
    let south = Coord {
        y: place.y - STEP,
        ..place
    };
    let north = Coord {
        y: place.y + STEP,
        ..place
    };
    let (a, b) = (projection.forward(south)?, projection.forward(north)?);
    let on_map = (b.x - a.x).hypot(b.y - a.y);
    Ok(on_map / Geodesic.distance(Point(south), Point(north)))
}

/// The direction of true north at `place`, in degrees clockwise from the plane's `y` axis.
///
/// # Errors
///
/// As [`Projection::forward`].
pub fn north(projection: &dyn Projection, place: Coord) -> Result<f64> {
    let a = projection.forward(Coord {
        y: place.y - STEP,
        ..place
    })?;
    let b = projection.forward(Coord {
        y: place.y + STEP,
        ..place
    })?;
    Ok((b.x - a.x).atan2(b.y - a.y).to_degrees())
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::Conic;
    use super::Lambert;
    use super::Projection;
    use super::north;
    use super::point_scale;

    const CONIC: Conic = Conic {
        lat_1: 39.0,
        lat_2: 41.0,
        lat_0: 40.0,
        lon_0: 46.0,
    };

    /// The ellipsoidal formulas of Snyder (1987), p. 107–109, written out: independent of PROJ.
    fn by_formula(conic: Conic, place: Coord, radius: f64, e2: f64) -> Coord {
        let e = e2.sqrt();
        let m = |lat: f64| lat.cos() / (1.0 - e2 * lat.sin().powi(2)).sqrt();
        let t = |lat: f64| {
            let sine = e * lat.sin();
            let flat = ((1.0 - sine) / (1.0 + sine)).powf(e / 2.0);
            (std::f64::consts::FRAC_PI_4 - lat / 2.0).tan() / flat
        };
        let (lat_1, lat_2) = (conic.lat_1.to_radians(), conic.lat_2.to_radians());
        let n = (m(lat_1).ln() - m(lat_2).ln()) / (t(lat_1).ln() - t(lat_2).ln());
        let factor = m(lat_1) / (n * t(lat_1).powf(n));
        let rho = |lat: f64| radius * factor * t(lat.to_radians()).powf(n);
        let theta = n * (place.x - conic.lon_0).to_radians();
        Coord {
            x: rho(place.y) * theta.sin(),
            y: rho(conic.lat_0) - rho(place.y) * theta.cos(),
        }
    }

    fn assert_near(found: Coord, expected: Coord, tolerance: f64) {
        let off = (found.x - expected.x).hypot(found.y - expected.y);
        assert!(
            off <= tolerance,
            "{found:?} is {off} away from {expected:?}"
        );
    }

    #[test]
    fn the_published_example_of_snyder_comes_out() {
        // Professional Paper 1395, p. 296: Clarke 1866.
        let conic = Conic {
            lat_1: 33.0,
            lat_2: 45.0,
            lat_0: 23.0,
            lon_0: -96.0,
        };
        let lambert = Lambert::on_ellipsoid(conic, "clrk66").expect("a projection");
        let found = lambert
            .forward(Coord { x: -75.0, y: 35.0 })
            .expect("defined");
        assert_near(
            found,
            Coord {
                x: 1_894_410.9,
                y: 1_564_649.5,
            },
            0.1,
        );
    }

    #[test]
    fn proj_agrees_with_the_formulas() {
        let lambert = Lambert::new(CONIC).expect("a projection");
        let flattening = 1.0 / 298.257_223_563;
        let e2 = flattening * (2.0 - flattening);
        for (lon, lat) in [(46.0, 40.0), (43.2, 38.1), (50.9, 42.3), (46.54, 38.9)] {
            let place = Coord { x: lon, y: lat };
            let expected = by_formula(CONIC, place, 6_378_137.0, e2);
            assert_near(lambert.forward(place).expect("defined"), expected, 1e-6);
        }
    }

    #[test]
    fn the_inverse_undoes_the_projection() {
        let lambert = Lambert::new(CONIC).expect("a projection");
        for (lon, lat) in [(43.0, 38.0), (46.2, 39.5), (51.0, 42.5)] {
            let place = Coord { x: lon, y: lat };
            let point = lambert.forward(place).expect("defined");
            assert_near(lambert.inverse(point).expect("defined"), place, 1e-11);
        }
    }

    #[test]
    fn scale_is_true_on_the_standard_parallels_and_smaller_between_them() {
        let lambert = Lambert::new(CONIC).expect("a projection");
        let scale = |lat: f64| point_scale(&lambert, Coord { x: 47.0, y: lat }).expect("defined");
        assert!((scale(39.0) - 1.0).abs() < 1e-7);
        assert!((scale(41.0) - 1.0).abs() < 1e-7);
        assert!(scale(40.0) < 1.0 && scale(42.5) > 1.0);
    }

    #[test]
    fn north_is_up_on_the_central_meridian_and_leans_inwards_beside_it() {
        let lambert = Lambert::new(CONIC).expect("a projection");
        let at = |lon: f64| north(&lambert, Coord { x: lon, y: 40.0 }).expect("defined");
        assert!(at(46.0).abs() < 1e-9);
        // The convergence of a conic is n times the longitude from the central meridian, n near sin 40°.
        assert!(
            (at(48.0) + 2.0 * 40_f64.to_radians().sin()).abs() < 1e-3,
            "{}",
            at(48.0)
        );
    }

    #[test]
    fn places_off_the_globe_are_refused() {
        let lambert = Lambert::new(CONIC).expect("a projection");
        assert!(
            lambert
                .forward(Coord {
                    x: 46.0,
                    y: f64::NAN
                })
                .is_err()
        );
        assert!(lambert.forward(Coord { x: 46.0, y: -90.0 }).is_err());
    }
}

//! From longitude and latitude to the page, and what of a line or area is inside the map's frame.

use geo::Coord;
use geo::Rect;

use crate::error::Result;
use crate::geodesy::projection::Projection;
use crate::geodesy::projection::point_scale;
use crate::map::clip;
use crate::map::simplify;
use crate::map::style;

/// How far beyond the frame shapes are kept, in page units: so that a cut edge and its stroke stay out of sight.
const MARGIN: f64 = 24.0;
/// Points taken along each side of a region to find the box it fills in the plane.
const SAMPLES: u32 = 16;
/// The longest degree of latitude, that at the poles.
const METRES_PER_DEGREE: f64 = 111_695.0;

/// The window of a map: a rectangle on the page and the part of the plane that it shows.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// The rectangle on the page.
    pub area: Rect,
    /// Page units per metre of the plane.
    pub scale: f64,
    corner: Coord,
    projection: &'a dyn Projection,
}

impl std::fmt::Debug for Frame<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Frame")
            .field("area", &self.area)
            .field("scale", &self.scale)
            .finish_non_exhaustive()
    }
}

impl<'a> Frame<'a> {
    /// A frame of this width with its upper left corner at `at`, that shows nothing outside `region`
    /// (west, south, east and north limit in degrees).
    ///
    /// # Errors
    ///
    /// As [`Projection::forward`].
    pub fn within(
        projection: &'a dyn Projection,
        region: [f64; 4],
        at: Coord,
        width: f64,
    ) -> Result<Self> {
        let [west, south, east, north] = region;
        let (mut left, mut right) = (f64::NEG_INFINITY, f64::INFINITY);
        let (mut bottom, mut top) = (f64::NEG_INFINITY, f64::INFINITY);
        for step in 0..=SAMPLES {
            let share = f64::from(step) / f64::from(SAMPLES);
            let (x, y) = (
                west + share * (east - west),
                south + share * (north - south),
            );
            left = left.max(projection.forward(Coord { x: west, y })?.x);
            right = right.min(projection.forward(Coord { x: east, y })?.x);
            bottom = bottom.max(projection.forward(Coord { x, y: south })?.y);
            top = top.min(projection.forward(Coord { x, y: north })?.y);
        }
        let scale = width / (right - left);
        let area = Rect::new(
            at,
            Coord {
                x: at.x + width,
                y: at.y + (top - bottom) * scale,
            },
        );
        Ok(Self {
            area,
            scale,
            corner: Coord { x: left, y: top },
            projection,
        })
    }

    /// The frame that fills `area` and shows all of `places` as large as it can, with a margin in page units.
    ///
    /// # Errors
    ///
    /// As [`Projection::forward`].
    pub fn around(
        projection: &'a dyn Projection,
        places: impl IntoIterator<Item = Coord>,
        area: Rect,
        margin: f64,
    ) -> Result<Self> {
        let extent = plane_extent(projection, places)?;
        let scale = fitting_scale(extent, area, margin);
        Ok(Self::centred(projection, extent.center(), scale, area))
    }

    /// The frame that fills `area` at a given scale around a point of the plane.
    pub fn centred(projection: &'a dyn Projection, centre: Coord, scale: f64, area: Rect) -> Self {
        let half = Coord {
            x: area.width() / 2.0 / scale,
            y: area.height() / 2.0 / scale,
        };
        let corner = Coord {
            x: centre.x - half.x,
            y: centre.y + half.y,
        };
        Self {
            area,
            scale,
            corner,
            projection,
        }
    }

    /// The same view in another place of the page.
    #[must_use]
    pub fn moved(&self, by: Coord) -> Self {
        Self {
            area: Rect::new(self.area.min() + by, self.area.max() + by),
            ..*self
        }
    }

    /// A place on the page, in the frame or not.
    ///
    /// # Errors
    ///
    /// As [`Projection::forward`].
    pub fn page(&self, place: Coord) -> Result<Coord> {
        let point = self.projection.forward(place)?;
        Ok(Coord {
            x: self.area.min().x + (point.x - self.corner.x) * self.scale,
            y: self.area.min().y + (self.corner.y - point.y) * self.scale,
        })
    }

    /// The longitude and latitude of a point of the page.
    ///
    /// # Errors
    ///
    /// As [`Projection::inverse`].
    pub fn place(&self, point: Coord) -> Result<Coord> {
        self.projection.inverse(Coord {
            x: self.corner.x + (point.x - self.area.min().x) / self.scale,
            y: self.corner.y - (point.y - self.area.min().y) / self.scale,
        })
    }

    /// A line of places on the page.
    ///
    /// # Errors
    ///
    /// As [`Projection::forward`].
    pub fn line(&self, places: &[Coord]) -> Result<Vec<Coord>> {
        places.iter().map(|&place| self.page(place)).collect()
    }

    /// Page units per metre on the ellipsoid at `place`.
    ///
    /// # Errors
    ///
    /// As [`Projection::forward`].
    pub fn true_scale(&self, place: Coord) -> Result<f64> {
        Ok(self.scale * point_scale(self.projection, place)?)
    }

    /// The projection.
    pub fn projection(&self) -> &'a dyn Projection {
        self.projection
    }

    /// Whether a point of the page is inside the frame.
    pub fn shows(&self, point: Coord) -> bool {
        clip::contains(self.area, point)
    }

    /// The limits in degrees of what is shown, with a margin: so that cut edges and their strokes stay out of sight.
    ///
    /// # Errors
    ///
    /// As [`Projection::inverse`].
    pub fn bounds(&self) -> Result<Rect> {
        let margin = Coord {
            x: MARGIN,
            y: MARGIN,
        };
        let (min, max) = (self.area.min() - margin, self.area.max() + margin);
        let mut bounds: Option<Rect> = None;
        for step in 0..=SAMPLES {
            let share = f64::from(step) / f64::from(SAMPLES);
            let middle = min + (max - min) * share;
            let edges = [
                (middle.x, min.y),
                (middle.x, max.y),
                (min.x, middle.y),
                (max.x, middle.y),
            ];
            for (x, y) in edges {
                let place = self.place(Coord { x, y })?;
                bounds = Some(
                    bounds.map_or_else(|| Rect::new(place, place), |known| joined(known, place)),
                );
            }
        }
        Ok(bounds.unwrap_or(self.area))
    }

    /// Closed rings of places on the page, cut at the frame and thinned together, so that neighbours still touch.
    /// What is left of the n-th ring is in the n-th place, empty if that is nothing.
    ///
    /// # Errors
    ///
    /// As [`Projection::forward`].
    pub fn rings(&self, rings: &[&[Coord]]) -> Result<Vec<Vec<Coord>>> {
        let bounds = self.bounds()?;
        let near: Vec<Vec<Coord>> = rings.iter().map(|ring| clip::ring(ring, bounds)).collect();
        let thin = simplify::rings(&near, self.tolerance());
        thin.iter().map(|ring| self.line(ring)).collect()
    }

    /// A line of places on the page, cut at the frame and thinned.
    ///
    /// # Errors
    ///
    /// As [`Projection::forward`].
    pub fn paths(&self, line: &[Coord], bounds: Rect) -> Result<Vec<Vec<Coord>>> {
        let near = clip::line(line, bounds);
        near.iter()
            .map(|part| self.line(&simplify::line(part, self.tolerance())))
            .collect()
    }

    /// The tolerance of thinning, in degrees: those of latitude, which are the longer ones.
    fn tolerance(&self) -> f64 {
        style::TOLERANCE / (self.scale * METRES_PER_DEGREE)
    }
}

/// The box in the plane around `places`; a point at the origin if there are none.
///
/// # Errors
///
/// As [`Projection::forward`].
pub fn plane_extent(
    projection: &dyn Projection,
    places: impl IntoIterator<Item = Coord>,
) -> Result<Rect> {
    let mut extent: Option<Rect> = None;
    for place in places {
        let point = projection.forward(place)?;
        extent = Some(extent.map_or_else(|| Rect::new(point, point), |known| joined(known, point)));
    }
    Ok(extent.unwrap_or_else(|| Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 0.0, y: 0.0 })))
}

/// The largest scale at which `extent` fits into `area` with a margin, in page units per metre.
pub fn fitting_scale(extent: Rect, area: Rect, margin: f64) -> f64 {
    // A single place is shown with ten kilometres around it.
    let least = 10_000.0;
    let across = (area.width() - 2.0 * margin) / extent.width().max(least);
    let down = (area.height() - 2.0 * margin) / extent.height().max(least);
    across.min(down)
}

fn joined(known: Rect, point: Coord) -> Rect {
    let (min, max) = (known.min(), known.max());
    Rect::new(
        Coord {
            x: min.x.min(point.x),
            y: min.y.min(point.y),
        },
        Coord {
            x: max.x.max(point.x),
            y: max.y.max(point.y),
        },
    )
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::Frame;
    use crate::geodesy::projection::Lambert;
    use crate::model::Conic;

    const CONIC: Conic = Conic {
        lat_1: 39.0,
        lat_2: 41.0,
        lat_0: 40.0,
        lon_0: 45.0,
    };

    fn at(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    #[test]
    fn a_frame_shows_nothing_outside_its_region() {
        let lambert = Lambert::new(CONIC).expect("a projection");
        let frame = Frame::within(&lambert, [41.0, 37.0, 50.0, 43.0], at(10.0, 20.0), 1000.0)
            .expect("a frame");
        let (min, max) = (frame.area.min(), frame.area.max());
        for corner in [
            min,
            max,
            at(min.x, max.y),
            at(max.x, min.y),
            at(510.0, min.y),
            at(510.0, max.y),
        ] {
            let place = frame.place(corner).expect("on the globe");
            assert!((41.0 - 1e-9..=50.0 + 1e-9).contains(&place.x), "{place:?}");
            assert!((37.0 - 1e-9..=43.0 + 1e-9).contains(&place.y), "{place:?}");
        }
    }

    #[test]
    fn page_and_place_undo_each_other() {
        let lambert = Lambert::new(CONIC).expect("a projection");
        let frame = Frame::within(&lambert, [41.0, 37.0, 50.0, 43.0], at(0.0, 0.0), 800.0)
            .expect("a frame");
        let place = frame
            .place(frame.page(at(46.2, 39.1)).expect("a point"))
            .expect("a place");
        assert!((place.x - 46.2).abs() < 1e-9 && (place.y - 39.1).abs() < 1e-9);
    }
}

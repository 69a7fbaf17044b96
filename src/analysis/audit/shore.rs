//! How much of a border lies at sea: on a source that goes out to sea, told by one that stops at the coast.

use geo::BoundingRect;
use geo::Contains;
use geo::Coord;
use geo::Point;
use geo::Polygon;
use geo::Rect;

use crate::geodesy::EdgeTree;
use crate::model::Border;
use crate::model::Boundary;
use crate::model::Covers;
use crate::model::World;
use crate::units::Length;

/// The shore is sought in steps of so many metres, then from the last place at sea in finer ones: finer than any source is accurate.
const STEPS_M: [f64; 2] = [1_000.0, 50.0];

/// The land according to a source that stops at the coast.
pub(super) struct Shore<'w> {
    /// The source's id.
    pub(super) source: &'w str,
    /// Outlines without their holes: inland water is no sea.
    outlines: Vec<(Rect, Polygon)>,
    edges: EdgeTree,
    /// The accuracy of the source.
    pub(super) accuracy: Length,
}

impl<'w> Shore<'w> {
    /// The shore for a boundary that goes out to sea: of the most accurate source that stops at the coast.
    pub(super) fn of(world: &'w World, boundary: &Boundary) -> Option<Self> {
        (world.source_of(boundary).covers == Some(Covers::Sea)).then_some(())?;
        let stops = |other: &&Boundary| {
            matches!(
                world.source_of(other).covers,
                Some(Covers::Land | Covers::Coast)
            )
        };
        let accuracy_m =
            |other: &&Boundary| world.source_of(other).accuracy_m.unwrap_or(f64::INFINITY);
        let land = world
            .boundaries
            .iter()
            .filter(stops)
            .min_by(|one, other| accuracy_m(one).total_cmp(&accuracy_m(other)))?;
        let polygons = || {
            land.territories
                .iter()
                .flat_map(|territory| &territory.area.0)
        };
        let outlines = polygons().filter_map(|polygon| {
            let outline = Polygon::new(polygon.exterior().clone(), Vec::new());
            Some((outline.bounding_rect()?, outline))
        });
        Some(Self {
            source: &world.source_of(land).id,
            outlines: outlines.collect(),
            edges: EdgeTree::new(polygons().map(|polygon| polygon.exterior().0.as_slice())),
            accuracy: Length::from_m(accuracy_m(&land)),
        })
    }

    /// How much of a border lies at sea: from each of its ends to where it first comes to land.
    pub(super) fn at_sea(&self, border: &Border) -> Length {
        if border.is_ring() {
            return Length::ZERO;
        }
        let length_m = border.length().m();
        let from_start = self.until_land(border, |along_m| along_m);
        if from_start.m() >= length_m {
            return border.length();
        }
        from_start + self.until_land(border, |along_m| length_m - along_m)
    }

    fn until_land(&self, border: &Border, chainage_m: impl Fn(f64) -> f64) -> Length {
        let length_m = border.length().m();
        let is_sea = |along_m: f64| {
            let place = border.place(Length::from_m(chainage_m(along_m)));
            place.is_some_and(|place| !self.is_land(place))
        };
        let mut sea_m = 0.0;
        if !is_sea(sea_m) {
            return Length::ZERO;
        }
        for step_m in STEPS_M {
            while sea_m + step_m < length_m && is_sea(sea_m + step_m) {
                sea_m += step_m;
            }
        }
        Length::from_m((sea_m + STEPS_M[1]).min(length_m))
    }

    /// Whether a place is on land, or so near to it that the source cannot tell.
    fn is_land(&self, place: Coord) -> bool {
        let holds = |limits: &Rect, outline: &Polygon| {
            let (low, high) = (limits.min(), limits.max());
            let is_near =
                low.x <= place.x && place.x <= high.x && low.y <= place.y && place.y <= high.y;
            is_near && outline.contains(&Point(place))
        };
        self.outlines
            .iter()
            .any(|(limits, outline)| holds(limits, outline))
            || self.edges.nearest_within(place, self.accuracy).is_some()
    }
}

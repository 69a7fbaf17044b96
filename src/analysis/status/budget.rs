//! All that makes a distance to a line uncertain, and the sum of it.

use serde::Serialize;

use crate::geodesy;
use crate::model::Border;
use crate::model::Boundary;
use crate::model::World;
use crate::units::Length;
use crate::units::rounded;

/// The error of a position beside a line, each share at 95 %, and their root sum of squares. Publishers of datum operations seldom say what share their
/// accuracy holds for; it is taken as 95 %.
///
/// Where the accuracy of the source was measured against a finer one it has the digitising in it already; the sum then counts that twice and is
/// too large by less than the smaller share.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ErrorBudget {
    /// The accuracy of the boundary source there, as stated or as measured for that part.
    pub source_m: f64,
    /// The accuracy of the operation that brought the place to WGS 84; zero for places given there.
    pub datum_m: f64,
    /// What the straight edges between the line's vertices may leave out, as far as its own vertices tell.
    pub digitising_m: f64,
    /// All together.
    pub total_m: f64,
}

impl ErrorBudget {
    /// The error at a border of a source, or of the source as a whole, for places that an operation of accuracy `datum` brought to WGS 84.
    pub fn new(world: &World, boundary: &Boundary, border: Option<&Border>, datum: Length) -> Self {
        let whole = world.source_of(boundary).accuracy_m;
        let source_m = border
            .map_or(whole, |border| world.accuracy_m(boundary, border))
            .unwrap_or(0.0);
        let lines = border.into_iter().flat_map(Border::pieces);
        let digitising = geodesy::digitising(lines.map(|piece| piece.vertices.as_slice()));
        let total_m = source_m.hypot(datum.m()).hypot(digitising.m());
        Self {
            source_m,
            datum_m: datum.m(),
            digitising_m: rounded(digitising.m(), 1),
            total_m: rounded(total_m, 1),
        }
    }

    /// Between what the distance to the line meant lies, if that to the line drawn is `distance`.
    pub(super) fn around(&self, distance: Length) -> [f64; 2] {
        let least_m = (distance.m() - self.total_m).max(0.0);
        [rounded(least_m, 2), rounded(distance.m() + self.total_m, 2)]
    }
}

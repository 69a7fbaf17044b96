//! The land between two sources' lines, and to whose side it goes.

use geo::BooleanOps;
use geo::InteriorPoint;
use geo::MultiPolygon;
use geo::Polygon;
use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::compare::Verdict;
use crate::analysis::compare::joint_error_m;
use crate::analysis::pieces::meeting;
use crate::geodesy;
use crate::index::BorderIndex;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Pair;
use crate::model::Part;
use crate::model::World;
use crate::units::rounded;

/// Smaller pieces are rounding of the overlay: it moves vertices by up to 0.3 mm.
const SMALLEST_KM2: f64 = 1e-4;

/// Land that one source gives to one state of a pair and another source to the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Sliver {
    /// The states.
    pub pair: Pair,
    /// The part of their border on the first source that it is nearest to.
    pub part: Part,
    /// Kilometre of that part, on the first source.
    pub km: f64,
    /// Whether the second source gives it to the pair's second state; else to its first.
    pub to_second: bool,
    /// Geodesic area.
    pub area_km2: f64,
    /// Its outline.
    pub outline: Polygon,
}

/// A sliver on one line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SliverRow {
    /// The states.
    pub pair: Pair,
    /// The part of their border.
    pub part: String,
    /// Kilometre on the first source.
    pub km: f64,
    /// One source.
    pub a: String,
    /// The other.
    pub b: String,
    /// The state that the first source gives it to.
    pub in_a: Code,
    /// The state that the second source gives it to.
    pub in_b: Code,
    /// Geodesic area.
    pub area_km2: f64,
    /// Mean width: the area by half the length of the outline.
    pub width_m: f64,
    /// The errors of both sources there, joined (95 %).
    pub error_m: f64,
    /// `within_error` if it is no wider than the error: the sources do not tell who has it; else `distinct`.
    pub verdict: Verdict,
}

impl Sliver {
    /// It on one line, for these two sources.
    pub fn row(&self, world: &World, a: &Boundary, b: &Boundary) -> SliverRow {
        let (first, second) = (self.pair.first, self.pair.second);
        let (in_a, in_b) = if self.to_second {
            (first, second)
        } else {
            (second, first)
        };
        let error_m = joint_error_m(world, (a, b), self.pair, &self.part);
        let width_m = rounded(geodesy::mean_width(&self.outline).m(), 1);
        SliverRow {
            pair: self.pair,
            part: self.part.label(),
            km: rounded(self.km, 3),
            a: world.source_of(a).id.clone(),
            b: world.source_of(b).id.clone(),
            in_a,
            in_b,
            area_km2: rounded(self.area_km2, 4),
            width_m,
            error_m,
            verdict: Verdict::of(width_m, error_m),
        }
    }
}

/// The slivers between two sources along one pair's border or all, by pair, part and kilometre.
///
/// # Properties
///
/// Exchanging the sources leaves the areas unchanged and exchanges to whose side they go.
pub fn slivers(a: &Boundary, b: &Boundary, pair: Option<Pair>) -> Vec<Sliver> {
    let mut pairs: Vec<Pair> = a.borders.iter().map(|border| border.pair).collect();
    pairs.dedup();
    pairs.retain(|of| pair.is_none_or(|pair| pair == *of));
    let cases: Vec<(Pair, bool)> = pairs
        .into_iter()
        .flat_map(|pair| [(pair, true), (pair, false)])
        .collect();
    let found: Vec<Vec<Sliver>> = cases
        .into_par_iter()
        .map(|(pair, to_second)| between(a, b, pair, to_second))
        .collect();
    let mut slivers: Vec<Sliver> = found.into_iter().flatten().collect();
    slivers.sort_by(|one, other| {
        let key = |sliver: &Sliver| (sliver.pair, sliver.part.clone());
        key(one).cmp(&key(other)).then(one.km.total_cmp(&other.km))
    });
    slivers
}

fn between(a: &Boundary, b: &Boundary, pair: Pair, to_second: bool) -> Vec<Sliver> {
    let (in_a, in_b) = if to_second {
        (pair.first, pair.second)
    } else {
        (pair.second, pair.first)
    };
    let (from, to) = (land(a, in_a), land(b, in_b));
    let (from, to) = (meeting(&from, &to), meeting(&to, &from));
    let index = BorderIndex::of(&a.borders, |border| border.pair == pair);
    from.intersection(&to)
        .into_iter()
        .filter_map(|outline| {
            let area_km2 = geodesy::area_km2(&outline);
            if area_km2 < SMALLEST_KM2 {
                return None;
            }
            let near = index.nearest(outline.interior_point()?.0)?;
            Some(Sliver {
                pair,
                part: a.borders[near.border].part.clone(),
                km: index.chainage(&near).km(),
                to_second,
                area_km2,
                outline,
            })
        })
        .collect()
}

/// All polygons of a state, those of its subdivisions too.
fn land(boundary: &Boundary, state: Code) -> MultiPolygon {
    let mine = boundary
        .territories
        .iter()
        .filter(|territory| territory.code.state() == state);
    MultiPolygon::new(
        mine.flat_map(|territory| territory.area.0.clone())
            .collect(),
    )
}

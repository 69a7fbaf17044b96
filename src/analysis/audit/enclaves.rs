//! Figures of enclaves: on the source asked about if it draws them, else on the most accurate one that does.

use std::collections::BTreeMap;

use geo::BoundingRect;
use geo::Contains;
use geo::Coord;
use geo::InteriorPoint;
use geo::Polygon;

use super::borders::RULERS_M;
use super::found::Curve;
use super::found::Found;
use super::found::LARGEST_DOUBT;
use super::found::Reading;
use crate::analysis::exclaves;
use crate::geodesy;
use crate::geodesy::Dividers;
use crate::geodesy::EdgeTree;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::FigureKind;
use crate::model::Pair;
use crate::model::World;
use crate::units::Length;

/// About how far a sheet of a map 1:100,000 reaches: positions on one sheet share its errors.
const SHEET_KM: f64 = 40.0;

/// An enclave by the most accurate source that draws it.
pub(super) struct Enclave<'w> {
    /// Its name.
    pub(super) name: String,
    /// The territory it belongs to.
    pub(super) owner: Code,
    /// The territory around it.
    pub(super) host: Code,
    /// The source's id.
    pub(super) source: &'w str,
    /// Its outline.
    pub(super) outline: &'w Polygon,
}

impl Enclave<'_> {
    /// The length of its outline.
    pub(super) fn perimeter_km(&self) -> f64 {
        geodesy::length(self.outline.exterior()).km()
    }

    /// Its area.
    pub(super) fn area_km2(&self) -> f64 {
        geodesy::area_km2(self.outline)
    }

    /// The states whose border its outline is part of.
    pub(super) fn pair(&self) -> Option<Pair> {
        Pair::of(self.owner, self.host)
    }

    /// The lengths that the audit's rulers find on its outline, the whole one first.
    pub(super) fn ruled_km(&self) -> Vec<f64> {
        let dividers = Dividers::new(&self.outline.exterior().0);
        let walks = RULERS_M
            .iter()
            .map(|&ruler_m| dividers.walk(Length::from_m(ruler_m)).length.km());
        std::iter::once(self.perimeter_km()).chain(walks).collect()
    }

    /// Whether a boundary gives its land to a state.
    pub(super) fn is_given_to(&self, boundary: &Boundary, state: Code) -> bool {
        let Some(inside) = self.outline.interior_point() else {
            return false;
        };
        let of_state = boundary
            .territories
            .iter()
            .filter(|territory| territory.code.state() == state.state());
        of_state
            .into_iter()
            .any(|territory| territory.area.contains(&inside))
    }
}

/// All enclaves that any source draws, by name. One that is narrower than its source is accurate cannot be told from the source's errors.
pub(super) fn enclaves(world: &World) -> Vec<Enclave<'_>> {
    let mut best: BTreeMap<&str, (&Boundary, &crate::model::Exclave, Code)> = BTreeMap::new();
    for boundary in &world.boundaries {
        for exclave in boundary
            .exclaves
            .iter()
            .filter(|exclave| !exclave.is_fragment)
        {
            let Some(host) = exclave.enclave_in else {
                continue;
            };
            let accuracy_m =
                |of: &Boundary| world.source_of(of).accuracy_m.unwrap_or(f64::INFINITY);
            let outline = exclaves::outline(boundary, &exclave.name);
            if outline.is_none_or(|outline| geodesy::mean_width(outline).m() < accuracy_m(boundary))
            {
                continue;
            }
            let known = best.get(exclave.name.as_str());
            if known.is_none_or(|(other, _, _)| accuracy_m(boundary) < accuracy_m(other)) {
                best.insert(&exclave.name, (boundary, exclave, host));
            }
        }
    }
    let all = best
        .into_iter()
        .filter_map(|(name, (boundary, exclave, host))| {
            Some(Enclave {
                name: name.to_owned(),
                owner: exclave.territory,
                host,
                source: &world.source_of(boundary).id,
                outline: exclaves::outline(boundary, name)?,
            })
        });
    all.collect()
}

/// A figure of an enclave; why there is none to hold against it.
pub(super) fn find(
    world: &World,
    boundary: &Boundary,
    name: &str,
    kind: FigureKind,
) -> Result<Found, String> {
    let accuracy_m = |of: &Boundary| world.source_of(of).accuracy_m.unwrap_or(f64::INFINITY);
    let mut drawn: Vec<(&Boundary, &Polygon)> = world
        .boundaries
        .iter()
        .filter_map(|other| Some((other, exclaves::outline(other, name)?)))
        .collect();
    // The source asked about first, then the most accurate one.
    drawn.sort_by(|(one, _), (other, _)| {
        let rank = |of: &Boundary| of.source != boundary.source;
        rank(one)
            .cmp(&rank(other))
            .then(accuracy_m(one).total_cmp(&accuracy_m(other)))
    });
    let [(on, outline), others @ ..] = &drawn[..] else {
        return Err("its extent is in no boundary source".to_owned());
    };
    let measured = |of: &Boundary, outline: &Polygon| figure(of, outline, name, kind);
    let computed = measured(on, outline).ok_or("its outline has no extent")?;
    let coarser = others
        .iter()
        .filter(|(other, _)| accuracy_m(other) > accuracy_m(on));
    let coarser = coarser.filter_map(|(other, outline)| {
        let value = measured(other, outline)?;
        Some(Reading {
            value,
            tolerance: tolerance(accuracy_m(other), outline, kind).min(LARGEST_DOUBT * value),
            words: format!("{}, a coarser outline, gives", world.source_of(other).id),
        })
    });
    let id = &world.source_of(on).id;
    let curves = if kind == FigureKind::EnclavePerimeter {
        vec![curve(id, outline)]
    } else {
        Vec::new()
    };
    Ok(Found {
        computed,
        on: id.clone(),
        tolerance: tolerance(accuracy_m(on), outline, kind),
        coarser: coarser.collect(),
        curves,
        ..Found::default()
    })
}

fn curve(source: &str, outline: &Polygon) -> Curve {
    let dividers = Dividers::new(&outline.exterior().0);
    let whole = (0.0, geodesy::length(outline.exterior()).km());
    let points = RULERS_M
        .iter()
        .map(|&ruler_m| (ruler_m, dividers.walk(Length::from_m(ruler_m)).length.km()));
    let points = std::iter::once(whole).chain(points);
    Curve {
        words: format!("on the outline of {source}"),
        points: points.collect(),
    }
}

fn figure(boundary: &Boundary, outline: &Polygon, name: &str, kind: FigureKind) -> Option<f64> {
    let limits = outline.bounding_rect()?;
    let (low, high, middle) = (limits.min(), limits.max(), limits.center());
    let between = |a: Coord, b: Coord| geodesy::distance(a, b).km();
    match kind {
        FigureKind::EnclavePerimeter => Some(geodesy::length(outline.exterior()).km()),
        FigureKind::EnclaveHeight => Some(between(
            Coord {
                x: middle.x,
                y: low.y,
            },
            Coord {
                x: middle.x,
                y: high.y,
            },
        )),
        FigureKind::EnclaveWidth => Some(between(
            Coord {
                x: low.x,
                y: middle.y,
            },
            Coord {
                x: high.x,
                y: middle.y,
            },
        )),
        FigureKind::EnclaveGap => gap_km(boundary, outline, name),
        _ => Some(geodesy::area_km2(outline)),
    }
}

/// The least distance from an enclave to the largest ground of its own territory.
fn gap_km(boundary: &Boundary, outline: &Polygon, name: &str) -> Option<f64> {
    let exclave = boundary
        .exclaves
        .iter()
        .find(|exclave| exclave.name == name)?;
    let mainland = boundary.territory(exclave.territory)?.area.0.first()?;
    let tree = EdgeTree::new([mainland.exterior().0.as_slice()]);
    let nearest = tree.nearest_to_line(&outline.exterior().0)?;
    Some(nearest.distance.km())
}

/// How far a figure may be off when positions are within `accuracy_m` (95 %).
///
/// For lengths, both ends err independently of each other; for areas see [`area_tolerance_km2`].
pub(super) fn tolerance(accuracy_m: f64, outline: &Polygon, kind: FigureKind) -> f64 {
    if kind.unit() == "km" {
        return 2_f64.sqrt() * accuracy_m / 1000.0;
    }
    area_tolerance_km2(accuracy_m, std::iter::once(outline))
}

/// How far an area may be off when positions are within `accuracy_m` (95 %).
///
/// The shift of a stretch of outline changes the area by its length times the shift; the changes of stretches that err independently add up
/// in quadrature. Places are taken to err together as far as a map sheet reaches, and independently beyond. An outline that fits on one
/// sheet shifts as a whole, which leaves its area as it is: there only the edges count, each on its own.
pub(super) fn area_tolerance_km2<'p>(
    accuracy_m: f64,
    polygons: impl Iterator<Item = &'p Polygon>,
) -> f64 {
    let squares = polygons.map(|polygon| {
        let ring = polygon.exterior();
        let length_km = geodesy::length(ring).km();
        let edge_km = length_km / ring.0.len().saturating_sub(1).max(1) as f64;
        // A ring reaches no further than half of its length.
        let together_km = if length_km / 2.0 <= SHEET_KM {
            edge_km
        } else {
            SHEET_KM.max(edge_km)
        };
        length_km * together_km
    });
    accuracy_m / 1000.0 * squares.sum::<f64>().sqrt()
}

//! Polygons apart from their territory's largest one, and what surrounds them.

use geo::Area;
use geo::BoundingRect;
use geo::Contains;
use geo::InteriorPoint;
use geo::LineString;
use geo::Polygon;
use geo::Rect;

use crate::dataset::topology::Hints;
use crate::dataset::topology::runs::Place;
use crate::dataset::topology::runs::Run;
use crate::geodesy;
use crate::model::Exclave;
use crate::model::Pair;
use crate::model::Part;
use crate::model::Territory;

/// An exclave and where it stands.
pub(super) struct Found {
    pub(super) territory: usize,
    pub(super) exclave: Exclave,
    /// The territory that contains it by overlap, if it shares no edge with anybody.
    overlaps: Option<usize>,
}

/// All polygons that are not the largest of their territory.
pub(super) fn exclaves(territories: &[Territory], runs: &[Run], hints: &Hints<'_>) -> Vec<Found> {
    let outlines = outlines(territories);
    let mut found = Vec::new();
    for (territory, record) in territories.iter().enumerate() {
        for (polygon, shape) in record.area.iter().enumerate().skip(1) {
            let place = Place { territory, polygon };
            let name = (hints.name)(record.code, shape);
            let is_error = || name.is_none() && geodesy::mean_width(shape) < hints.accuracy;
            let overlaps = overlapped(territories, &outlines, runs, place).filter(|_| !is_error());
            let enclave_in = overlaps.or_else(|| only_neighbour(territories, runs, place));
            let unnamed = || format!("{}-{polygon}", record.code);
            let exclave = Exclave {
                territory: record.code,
                polygon,
                enclave_in: enclave_in.map(|other| territories[other].code),
                is_fragment: name.is_none() && enclave_in.is_none(),
                name: name.unwrap_or_else(unnamed),
            };
            found.push(Found {
                territory,
                exclave,
                overlaps,
            });
        }
    }
    found
}

/// The outlines of enclaves that are drawn by overlap, as borders.
pub(super) fn overlapping(territories: &[Territory], found: &[Found]) -> Vec<(Pair, Part, Run)> {
    found
        .iter()
        .filter_map(|enclave| {
            let other = enclave.overlaps?;
            let pair = Pair::of(enclave.exclave.territory, territories[other].code)?;
            let polygon = enclave.exclave.polygon;
            let outline = territories[enclave.territory].area.0[polygon].exterior();
            let run = Run {
                own: Place {
                    territory: enclave.territory,
                    polygon,
                },
                other: Place {
                    territory: other,
                    polygon: 0,
                },
                vertices: outline.0.clone(),
                exact: vec![false; outline.0.len() - 1],
            };
            Some((pair, Part::Ring(enclave.exclave.name.clone()), run))
        })
        .collect()
}

/// Whether a run is along the outer ring of a polygon. Those of its holes are the outlines of what lies inside it.
pub(super) fn is_outline(territories: &[Territory], run: &Run, place: Place) -> bool {
    let outer = &territories[place.territory].area.0[place.polygon]
        .exterior()
        .0;
    (run.own == place || run.other == place)
        && (!run.is_exact()
            || run
                .vertices
                .iter()
                .take(2)
                .all(|vertex| outer.contains(vertex)))
}

/// The outline of a polygon, with its box: computed once, since every exclave is held against all of them.
struct Outline<'a> {
    territory: usize,
    ring: &'a LineString,
    limits: Rect,
}

fn outlines(territories: &[Territory]) -> Vec<Outline<'_>> {
    let mut outlines = Vec::new();
    for (territory, record) in territories.iter().enumerate() {
        for polygon in &record.area {
            if let Some(limits) = polygon.bounding_rect() {
                outlines.push(Outline {
                    territory,
                    ring: polygon.exterior(),
                    limits,
                });
            }
        }
    }
    outlines
}

/// The territory around a polygon that shares no edge with anybody: the smallest outline of another that holds it.
fn overlapped(
    territories: &[Territory],
    outlines: &[Outline<'_>],
    runs: &[Run],
    place: Place,
) -> Option<usize> {
    if runs.iter().any(|run| is_outline(territories, run, place)) {
        return None;
    }
    let shape = &territories[place.territory].area.0[place.polygon];
    let (inside, limits) = (shape.interior_point()?, shape.bounding_rect()?);
    let around = outlines
        .iter()
        .filter(|outline| outline.territory != place.territory && holds(outline.limits, limits));
    let mut holding: Vec<(f64, usize)> = around
        .filter_map(|outline| {
            let outer = Polygon::new(outline.ring.clone(), Vec::new());
            // Planar area: only ranks outlines that lie around one place.
            outer
                .contains(&inside)
                .then(|| (outer.unsigned_area(), outline.territory))
        })
        .collect();
    holding.sort_by(|a, b| a.0.total_cmp(&b.0));
    holding.first().map(|&(_, other)| other)
}

/// Whether the box `outer` holds `inner`: cheap, and rules out nearly all.
fn holds(outer: Rect, inner: Rect) -> bool {
    outer.min().x <= inner.min().x
        && outer.min().y <= inner.min().y
        && outer.max().x >= inner.max().x
        && outer.max().y >= inner.max().y
}

/// The territory that draws the whole outline of a polygon with the same vertices, as its hole. A bank that faces the
/// outline on all sides is no such thing: islets of a border river are cut off that way.
fn only_neighbour(territories: &[Territory], runs: &[Run], place: Place) -> Option<usize> {
    let mut touching = runs
        .iter()
        .filter(|run| is_outline(territories, run, place));
    let run = touching.next()?;
    let closed = run.vertices.first() == run.vertices.last();
    if touching.next().is_some() || !closed || !run.is_exact() {
        return None;
    }
    let other = if run.own == place { run.other } else { run.own };
    (territories[other.territory].code.state() != territories[place.territory].code.state())
        .then_some(other.territory)
}

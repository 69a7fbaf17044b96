//! The ground of each side, and the figures of a zone.

use geo::BooleanOps;
use geo::BoundingRect;
use geo::Coord;
use geo::MultiPolygon;
use geo::Orient;
use geo::Polygon;
use geo::Rect;
use geo::bool_ops::FillRule;
use geo::orient::Direction;
use rayon::prelude::*;

use super::Context;
use super::Zone;
use super::ZoneGround;
use super::ZoneLink;
use super::ZonePlace;
use super::ZoneRow;
use super::km;
use crate::analysis::pieces::meeting;
use crate::geodesy;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Dispute;
use crate::model::DisputePlace;
use crate::model::Existence;
use crate::model::Mode;
use crate::units::Length;
use crate::units::rounded;

/// Smaller pieces are rounding of the overlay, which moves vertices by up to 0.3 mm: a square metre.
const SMALLEST_KM2: f64 = 1e-6;

/// Less ground that lies on both sides is a seam between outlines.
const SEAM_KM2: f64 = 0.01;

/// All ground that a source gives to one state.
pub(super) struct Ground {
    state: Code,
    area: MultiPolygon,
    area_km2: f64,
    /// The limits of the whole source, where the state's ground was cut at them.
    cut_at: Option<Rect>,
}

/// The ground of each state.
pub(super) fn grounds(boundary: &Boundary, mut states: Vec<Code>, within: Length) -> Vec<Ground> {
    states.sort();
    states.dedup();
    let polygons = boundary
        .territories
        .iter()
        .flat_map(|territory| &territory.area);
    let whole = MultiPolygon::new(
        polygons
            .filter_map(|polygon| Some(polygon.bounding_rect()?.to_polygon()))
            .collect(),
    );
    let limits = whole.bounding_rect();
    let ground = |state: Code| {
        let territories = boundary.territories.iter();
        let mine: Vec<_> = territories
            .filter(|territory| territory.code.state() == state)
            .collect();
        let polygons = mine.iter().flat_map(|territory| &territory.area);
        // The overlay goes by the winding of the rings, which files are free in.
        let wound = |polygon: &Polygon| {
            geodesy::with_short_edges(polygon, within).orient(Direction::Default)
        };
        Ground {
            state,
            area_km2: polygons.clone().map(geodesy::area_km2).sum(),
            area: MultiPolygon::new(polygons.map(wound).collect()),
            cut_at: limits.filter(|_| mine.iter().any(|territory| territory.clipped)),
        }
    };
    states.into_par_iter().map(ground).collect()
}

/// Both sides of a zone.
pub(super) fn of_zone(
    context: &Context<'_>,
    zone: &Zone<'_>,
    grounds: &[Ground],
    (places, links): (&[ZonePlace], &[ZoneLink]),
) -> Vec<ZoneGround> {
    let pair = zone.line.pair;
    let sides: Vec<&Ground> = [pair.first, pair.second]
        .iter()
        .filter_map(|state| grounds.iter().find(|ground| ground.state == *state))
        .collect();
    let insides: Vec<Inside> = sides
        .par_iter()
        .map(|ground| within(&zone.strip, &ground.area))
        .collect();
    let both_km2 = match insides.as_slice() {
        [one, other] => within(&one.area, &other.area).area_km2,
        _ => 0.0,
    };
    let common = common(context, zone);
    sides
        .into_iter()
        .zip(insides)
        .map(|(ground, inside)| {
            let mut row = counted(context, common.clone(), ground.state, (places, links));
            row.area_km2 = rounded(inside.area_km2, 3);
            row.share_of_territory_pct = ground
                .cut_at
                .is_none()
                .then(|| rounded(100.0 * inside.area_km2 / ground.area_km2, 3));
            row.note = note(context, &row, ground, (&inside.area, both_km2));
            ZoneGround {
                row,
                ground: inside.area,
            }
        })
        .collect()
}

/// Some ground and its geodesic area.
struct Inside {
    area: MultiPolygon,
    area_km2: f64,
}

/// The part of `land` that is in `strip`.
fn within(strip: &MultiPolygon, land: &MultiPolygon) -> Inside {
    let (strip, land) = (meeting(strip, land), meeting(land, strip));
    // Polygons of one state may overlap each other.
    let overlay = strip.intersection_with_fill_rule(&land, FillRule::NonZero);
    let mut inside = Inside {
        area: MultiPolygon::new(Vec::new()),
        area_km2: 0.0,
    };
    for polygon in overlay {
        let area_km2 = geodesy::area_km2(&polygon);
        if area_km2 >= SMALLEST_KM2 {
            inside.area_km2 += area_km2;
            inside.area.0.push(polygon);
        }
    }
    inside
}

/// What is the same on both sides.
fn common(context: &Context<'_>, zone: &Zone<'_>) -> ZoneRow {
    let line = &zone.line;
    let borders = line.borders();
    let accuracies = borders
        .iter()
        .filter_map(|border| context.world.accuracy_m(context.boundary, border));
    ZoneRow {
        pair: line.pair,
        part: line.label.clone(),
        side: line.pair.first,
        source: context.source(),
        zone_km: context.within.km(),
        border_km: km(line.length().m()),
        gaps_km: km(line.gaps().m()),
        accuracy_m: accuracies.max_by(f64::total_cmp),
        area_km2: 0.0,
        share_of_territory_pct: None,
        places: None,
        population: None,
        links: None,
        rail_km: None,
        road_km: None,
        to_build_km: None,
        crossings: crossings(context, zone),
        disputes: disputes(context, zone),
        note: None,
    }
}

/// The row of a side with what lies in it.
fn counted(
    context: &Context<'_>,
    row: ZoneRow,
    side: Code,
    (places, links): (&[ZonePlace], &[ZoneLink]),
) -> ZoneRow {
    let has_places = context.world.places.iter().len() > 0;
    let has_links = context.world.links.iter().len() > 0;
    let places = || places.iter().filter(|place| place.row.side == side);
    let links = || links.iter().filter(|link| link.row.side == side);
    let km_of = |wanted: &dyn Fn(&ZoneLink) -> bool| {
        let mine = links().filter(|link| wanted(link));
        has_links.then(|| rounded(mine.map(|link| link.row.inside_km).sum(), 3))
    };
    let is_there = |link: &ZoneLink| link.existence != Existence::ToBuild;
    ZoneRow {
        side,
        places: has_places.then(|| places().count()),
        population: has_places.then(|| places().filter_map(|place| place.row.population).sum()),
        links: has_links.then(|| links().count()),
        rail_km: km_of(&|link| is_there(link) && link.row.mode == Mode::Rail),
        road_km: km_of(&|link| is_there(link) && link.row.mode == Mode::Road),
        to_build_km: km_of(&|link| !is_there(link)),
        ..row
    }
}

fn note(
    context: &Context<'_>,
    row: &ZoneRow,
    ground: &Ground,
    (area, both_km2): (&MultiPolygon, f64),
) -> Option<String> {
    let mut notes = Vec::new();
    match row.accuracy_m {
        Some(accuracy_m) if context.within.m() <= accuracy_m => notes.push(format!(
            "narrower than the line is accurate ({accuracy_m} m): which ground lies in it is not known"
        )),
        Some(_) => {}
        None => notes.push("the source states no accuracy".to_owned()),
    }
    if let Some(limits) = ground.cut_at {
        notes.push(if touches(area, limits) {
            "cut where the data ends: the area is the least that it can be".to_owned()
        } else {
            "the source draws only part of the state".to_owned()
        });
    }
    if both_km2 >= SEAM_KM2 {
        notes.push(format!("{both_km2:.2} km² of it are drawn in both states"));
    }
    if row.gaps_km > 0.0 {
        notes.push(format!("{} km of the line are not drawn", row.gaps_km));
    }
    (!notes.is_empty()).then(|| notes.join("; "))
}

/// Whether an area reaches the limits of the data.
fn touches(area: &MultiPolygon, limits: Rect) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
    area.bounding_rect().is_some_and(|own| {
        near(own.min().x, limits.min().x)
            || near(own.min().y, limits.min().y)
            || near(own.max().x, limits.max().x)
            || near(own.max().y, limits.max().y)
    })
}

fn is_near(context: &Context<'_>, zone: &Zone<'_>, at: Coord) -> bool {
    zone.tree.nearest_within(at, context.within).is_some()
}

fn crossings(context: &Context<'_>, zone: &Zone<'_>) -> Vec<String> {
    let world = context.world;
    let near = world.crossings.iter().filter(|(_, crossing)| {
        crossing.pair == zone.line.pair && is_near(context, zone, world.nodes[crossing.node].at)
    });
    near.map(|(_, crossing)| crossing.id.clone()).collect()
}

fn disputes(context: &Context<'_>, zone: &Zone<'_>) -> Vec<String> {
    let reaches = |dispute: &Dispute| match &dispute.place {
        DisputePlace::Point(at) => is_near(context, zone, *at),
        DisputePlace::Outline { area, .. } => area.iter().any(|polygon| {
            let ring = &polygon.exterior().0;
            let nearest = zone.tree.nearest_to_line(ring);
            nearest.is_some_and(|near| near.distance <= context.within)
        }),
    };
    let near = context
        .world
        .disputes
        .iter()
        .filter(|(_, dispute)| dispute.pair == zone.line.pair && reaches(dispute));
    near.map(|(_, dispute)| dispute.id.clone()).collect()
}

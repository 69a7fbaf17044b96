//! The frontier zone: what a clause about a strip of some kilometres on each side of a border would touch.
//!
//! *In*: a boundary source, a distance, a pair of states or a segment, a date. *Out*: per part of a border and side the ground within that
//! distance of the line ([`ZoneRow`]); the settlements ([`ZonePlaceRow`]) and the links of the network ([`ZoneLinkRow`]) within it.
//!
//! - The line is that of the source: rings of enclaves count as parts, and gaps where a source cut water out are not bridged.
//! - The ground of a side is all ground that the source gives to that state, subdivisions and exclaves too, within the distance of the line as
//!   the crow flies: it need not be joined to the line. Ground that a source draws in both states counts on both sides, with a note.
//! - The outline is within [`geodesy::strip_tolerance`] of the true one; areas are geodesic. Distances of places and links are exact.
//! - The row `all` of a pair is of the union: ground near two parts counts once.
//!
//! # Limits
//!
//! The zone is as uncertain as the line: the accuracy of the source stands in every row. A settlement is a point, and its inhabitants count
//! whole. Where the source gives ground to nobody, as rivers that it cut out, the zone has none.

mod ground;
mod line;
mod links;
mod places;

use geo::MultiPolygon;
use rayon::prelude::*;
use serde::Serialize;

use crate::error::Error;
use crate::error::Result;
use crate::geodesy;
use crate::geodesy::EdgeTree;
use crate::index::TerritoryIndex;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Date;
use crate::model::Id;
use crate::model::Pair;
use crate::model::Segment;
use crate::model::World;
use crate::units::Length;
use crate::units::rounded;

use ground::Ground;
use line::Line;
use line::Near;

pub use links::ZoneLink;
pub use links::ZoneLinkRow;
pub use places::ZonePlace;
pub use places::ZonePlaceRow;

/// The least width of a zone: less is finer than any source of borders.
pub const LEAST_KM: f64 = 0.01;

/// The greatest: more is no longer a matter of the line.
pub const MOST_KM: f64 = 500.0;

/// Which zone.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Its width on each side.
    pub within: Length,
    /// The pair; all if absent.
    pub pair: Option<Pair>,
    /// A segment in place of whole parts.
    pub segment: Option<Id<Segment>>,
    /// The date of the conditions of links.
    pub on: Date,
}

/// What lies in the zones that were asked for.
#[derive(Debug, Clone, Default)]
pub struct Zones {
    /// The ground, by pair, part and side.
    pub grounds: Vec<ZoneGround>,
    /// The settlements, by pair, side and kilometre: each once for a pair.
    pub places: Vec<ZonePlace>,
    /// The links, by pair, side and kilometre: each once for a pair.
    pub links: Vec<ZoneLink>,
}

/// One side of a zone.
#[derive(Debug, Clone)]
pub struct ZoneGround {
    /// Its figures.
    pub row: ZoneRow,
    /// Its ground.
    pub ground: MultiPolygon,
}

/// One side of a zone on one line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ZoneRow {
    /// The states.
    pub pair: Pair,
    /// `all` for the whole border; else the part, or the segment asked for.
    pub part: String,
    /// The state whose ground it is.
    pub side: Code,
    /// The boundary source.
    pub source: String,
    /// How far from the line it reaches.
    pub zone_km: f64,
    /// Length of the line.
    pub border_km: f64,
    /// Straight distance over gaps of the line, where the source cut water out: the zone does not bridge them.
    pub gaps_km: f64,
    /// What 95 % of the line's positions are within; of several parts that of the least accurate.
    pub accuracy_m: Option<f64>,
    /// Geodesic area.
    pub area_km2: f64,
    /// Its share of all ground that the source gives to the state; none where the source draws only some of that.
    pub share_of_territory_pct: Option<f64>,
    /// Settlements in it; none where the data set has no settlements.
    pub places: Option<usize>,
    /// Inhabitants of those whose number is known.
    pub population: Option<u64>,
    /// Links of the network in it; none where the data set has no network.
    pub links: Option<usize>,
    /// Drawn kilometres of railway in it that are there on the date, in use or closed.
    pub rail_km: Option<f64>,
    /// The same of roads.
    pub road_km: Option<f64>,
    /// Drawn kilometres of links that are not there on the date: dismantled, under construction, planned, or of no known condition.
    pub to_build_km: Option<f64>,
    /// The border crossing points of the pair within the distance: the same on both sides.
    pub crossings: Vec<String>,
    /// The disputes of the pair within the distance: the same on both sides.
    pub disputes: Vec<String>,
    /// What a reader should know.
    pub note: Option<String>,
}

/// A line with what is needed to ask about its zone.
struct Zone<'w> {
    line: Line<'w>,
    tree: EdgeTree,
    strip: MultiPolygon,
}

/// What all zones share.
struct Context<'w> {
    world: &'w World,
    boundary: &'w Boundary,
    territories: TerritoryIndex,
    within: Length,
    on: Date,
}

/// The zones along the borders of a source.
///
/// # Errors
///
/// - [`Error::Usage`] if the width is not from [`LEAST_KM`] to [`MOST_KM`], if the source does not draw the segment, or if a zone would reach a
///   pole or the meridian of 180°.
/// - [`Error::Unknown`] if the source has no border of the pair.
///
/// # Properties
///
/// A wider zone holds a narrower one. The two sides and the parts of a pair together lose nothing of `all`.
pub fn zones(world: &World, boundary: &Boundary, asked: Asked) -> Result<Zones> {
    let km = asked.within.km();
    if !(LEAST_KM..=MOST_KM).contains(&km) {
        return Err(Error::Usage(format!(
            "--km {km}: a zone is from {LEAST_KM} to {MOST_KM} km wide on each side"
        )));
    }
    let context = Context {
        world,
        boundary,
        territories: TerritoryIndex::new(boundary),
        within: asked.within,
        on: asked.on,
    };
    let lines = lines(world, boundary, asked)?;
    let states: Vec<Code> = boundary
        .territories
        .iter()
        .map(|territory| territory.code.state())
        .filter(|state| lines.iter().flatten().any(|line| line.pair.has(*state)))
        .collect();
    let grounds = ground::grounds(boundary, states, asked.within);
    let found: Result<Vec<Zones>> = lines
        .into_par_iter()
        .map(|lines| context.of_pair(lines, &grounds))
        .collect();
    let mut all = Zones::default();
    for one in found? {
        all.grounds.extend(one.grounds);
        all.places.extend(one.places);
        all.links.extend(one.links);
    }
    Ok(all)
}

/// The lines asked for: per pair first that of which the others are parts.
fn lines<'w>(world: &World, boundary: &'w Boundary, asked: Asked) -> Result<Vec<Vec<Line<'w>>>> {
    if let Some(segment) = asked.segment {
        let line = Line::of_segment(world, boundary, segment, asked.on).ok_or_else(|| {
            Error::Usage(format!(
                "the source `{}` does not draw the segment `{}`; name another one with --source",
                world.source_of(boundary).id,
                world.segments[segment].id
            ))
        })?;
        return Ok(vec![vec![line]]);
    }
    let mut pairs: Vec<Pair> = boundary.borders.iter().map(|border| border.pair).collect();
    pairs.dedup();
    if let Some(pair) = asked.pair {
        if !pairs.contains(&pair) {
            let names: Vec<String> = pairs.iter().map(ToString::to_string).collect();
            let names = names.iter().map(String::as_str);
            return Err(Error::unknown("border", &pair.to_string(), names));
        }
        pairs = vec![pair];
    }
    Ok(pairs
        .into_iter()
        .map(|pair| Line::of_pair(boundary, pair))
        .collect())
}

impl Context<'_> {
    /// The zones of one pair's lines. Lists are those of the first line, which holds all others.
    fn of_pair(&self, lines: Vec<Line<'_>>, grounds: &[Ground]) -> Result<Zones> {
        let zones = self.widened(lines)?;
        let mut all = Zones::default();
        for (number, zone) in zones.iter().enumerate() {
            let places = places::within(self, zone);
            let ways = links::within(self, zone);
            all.grounds
                .extend(ground::of_zone(self, zone, grounds, (&places, &ways)));
            if number == 0 {
                all.places = places;
                all.links = ways;
            }
        }
        Ok(all)
    }

    /// The lines with the ground around them. That of a whole border is the union of its parts'.
    fn widened<'w>(&self, lines: Vec<Line<'w>>) -> Result<Vec<Zone<'w>>> {
        let is_whole = lines.len() > 1 && lines[0].label == "all";
        let own = &lines[usize::from(is_whole)..];
        let strips: Result<Vec<MultiPolygon>> =
            own.par_iter().map(|line| self.strip(line)).collect();
        let mut strips = strips?;
        if is_whole {
            strips.insert(0, geodesy::united(strips.clone()));
        }
        let zone = |(line, strip): (Line<'w>, MultiPolygon)| Zone {
            tree: line.tree(),
            line,
            strip,
        };
        Ok(lines.into_iter().zip(strips).map(zone).collect())
    }

    fn strip(&self, line: &Line<'_>) -> Result<MultiPolygon> {
        let vertices: Vec<_> = line
            .cuts
            .iter()
            .map(|cut| cut.vertices.as_slice())
            .collect();
        geodesy::strip(&vertices, self.within).ok_or_else(|| {
            Error::Usage(format!(
                "--km {}: the zone of {} {} would reach a pole or the meridian of 180°, where it cannot be drawn; take a narrower one",
                self.within.km(),
                line.pair,
                line.label
            ))
        })
    }

    fn accuracy_m(&self, near: &Near<'_>) -> Option<f64> {
        self.world.accuracy_m(self.boundary, near.border)
    }

    fn source(&self) -> String {
        self.world.source_of(self.boundary).id.clone()
    }
}

/// Whether something so far from the line is nearer than the two are known.
fn is_within_error(distance: Length, accuracy_m: Option<f64>) -> bool {
    accuracy_m.is_some_and(|accuracy_m| distance.m() <= accuracy_m)
}

/// Kilometres as rows print them.
fn km(length_m: f64) -> f64 {
    rounded(length_m / 1_000.0, 3)
}

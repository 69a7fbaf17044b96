//! Places whose de jure line and de facto control differ, or that the parties speak about: on a date, at a place, and whether a boundary source
//! is fine enough to show them.

use geo::BoundingRect;
use geo::Contains;
use geo::Coord;
use geo::Rect;
use serde::Serialize;

use crate::analysis::grounds::cited;
use crate::analysis::segments::When;
use crate::analysis::status::ErrorBudget;
use crate::geodesy;
use crate::index::BorderIndex;
use crate::model::Boundary;
use crate::model::Claim;
use crate::model::Code;
use crate::model::Date;
use crate::model::Dispute;
use crate::model::DisputePlace;
use crate::model::Evidence;
use crate::model::World;
use crate::model::in_force;
use crate::units::Length;
use crate::units::rounded;

/// A dispute on a date.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DisputeRow {
    /// Its id.
    pub dispute: String,
    /// `enclave`, `area` or `place`.
    pub kind: &'static str,
    /// Its names in the languages of the data set.
    pub names: String,
    /// The states concerned.
    pub pair: String,
    /// The state it belongs to de jure; nothing where that is the question.
    pub de_jure: Option<Code>,
    /// Who controls it.
    pub controlled_by: Option<Code>,
    /// Since when, as far as the claim says.
    pub control_since: Option<Date>,
    /// Whose statement that is, if it is one party's.
    pub control_view: Option<Code>,
    /// The source of that.
    pub control_source: Option<String>,
    /// The basis, where there is no source.
    pub control_assumption: Option<String>,
    /// The boundary source whose outline is used; nothing where its extent is in no source.
    pub extent_source: Option<String>,
    /// Longitude of a point in it.
    pub lon: Option<f64>,
    /// Latitude of a point in it.
    pub lat: Option<f64>,
    /// Areas that others publish, each with its source.
    pub published_km2: String,
    /// What is at issue.
    pub issue: String,
}

/// All disputes, in the order of the data.
pub fn rows(world: &World, when: When) -> Vec<DisputeRow> {
    world
        .disputes
        .iter()
        .map(|(_, dispute)| row(world, dispute, when))
        .collect()
}

/// The published areas of a dispute: `26 [rcsp2]; 32.38 [osm-2017]`.
pub fn areas(world: &World, dispute: &Dispute) -> String {
    let area = |claim: &Claim<f64>| match &claim.evidence {
        Evidence::Source(source) => format!("{} [{}]", claim.value, world.sources[*source].id),
        Evidence::Assumption(basis) => format!("{} (assumed: {basis})", claim.value),
    };
    dispute
        .area_km2
        .iter()
        .map(area)
        .collect::<Vec<_>>()
        .join("; ")
}

/// The claim that tells who controls a dispute.
pub(super) fn control(dispute: &Dispute, when: When) -> Option<Claim<Code>> {
    let claims = dispute.control.iter();
    let seen: Vec<Claim<Code>> = claims
        .filter(|claim| claim.seen_from(when.view))
        .cloned()
        .collect();
    in_force(&seen, when.on).cloned()
}

fn row(world: &World, dispute: &Dispute, when: When) -> DisputeRow {
    let languages: Vec<&str> = world.meta.languages.iter().map(String::as_str).collect();
    let control = control(dispute, when);
    let control = control.as_ref();
    let (source, assumption) = control.map_or((None, None), |claim| cited(world, &claim.evidence));
    let at = dispute.inside();
    DisputeRow {
        dispute: dispute.id.clone(),
        kind: dispute.kind.word(),
        names: dispute.names.label(&languages),
        pair: dispute.pair.to_string(),
        de_jure: dispute.de_jure,
        controlled_by: control.map(|claim| claim.value),
        control_since: control.and_then(|claim| claim.from),
        control_view: control.and_then(|claim| claim.view),
        control_source: source,
        control_assumption: assumption,
        extent_source: match &dispute.place {
            DisputePlace::Outline { source, .. } => Some(world.sources[*source].id.clone()),
            DisputePlace::Point(_) => None,
        },
        lon: at.map(|at| rounded(at.x, 6)),
        lat: at.map(|at| rounded(at.y, 6)),
        published_km2: areas(world, dispute),
        issue: dispute.issue.clone(),
    }
}

/// A dispute beside the error of the line that a source draws there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SizedRow {
    /// The dispute.
    #[serde(flatten)]
    pub dispute: DisputeRow,
    /// The boundary source.
    pub source: String,
    /// How far it reaches across: the mean width of its outline, else the diameter of a circle of the largest published area.
    pub across_m: Option<f64>,
    /// The error of the source at the nearest border of the pair (95 %).
    pub error_m: f64,
    /// `distinguishable`, or `within_error` if it is no wider than the error; nothing if its size is unknown.
    pub verdict: Option<&'static str>,
}

/// All disputes beside the errors of a source, in the order of the data.
pub fn sized(world: &World, boundary: &Boundary, when: When) -> Vec<SizedRow> {
    let disputes = world.disputes.iter();
    disputes
        .map(|(_, dispute)| {
            let across = across(dispute);
            let error_m = error_at(world, boundary, dispute).total_m;
            SizedRow {
                dispute: row(world, dispute, when),
                source: world.source_of(boundary).id.clone(),
                across_m: across.map(|across| rounded(across.m(), 1)),
                error_m,
                verdict: across.map(|across| {
                    if rounded(across.m(), 1) > error_m {
                        "distinguishable"
                    } else {
                        "within_error"
                    }
                }),
            }
        })
        .collect()
}

/// The error of a source at the border of the dispute's states that is nearest to it.
fn error_at(world: &World, boundary: &Boundary, dispute: &Dispute) -> ErrorBudget {
    let index = BorderIndex::of(&boundary.borders, |border| border.pair == dispute.pair);
    let nearest = dispute.inside().and_then(|at| index.nearest(at));
    let border = nearest.map(|place| &boundary.borders[place.border]);
    ErrorBudget::new(world, boundary, border, Length::ZERO)
}

/// How far a dispute reaches across; nothing where neither its outline nor an area is known.
fn across(dispute: &Dispute) -> Option<Length> {
    match &dispute.place {
        DisputePlace::Outline { area, .. } => {
            let widths = area.iter().map(geodesy::mean_width);
            widths.reduce(|one, other| if other > one { other } else { one })
        }
        DisputePlace::Point(_) => {
            let areas = dispute.area_km2.iter().map(|claim| claim.value);
            let largest = areas.reduce(f64::max)?;
            Some(Length::from_km(
                2.0 * (largest / std::f64::consts::PI).sqrt(),
            ))
        }
    }
}

/// The disputes of a data set, to be asked for those at a place.
#[derive(Debug)]
pub struct Disputes<'w> {
    outlines: Vec<Outline<'w>>,
    points: Vec<Point<'w>>,
}

#[derive(Debug)]
struct Outline<'w> {
    slug: &'w str,
    area: &'w geo::MultiPolygon,
    limits: Rect,
}

#[derive(Debug)]
struct Point<'w> {
    slug: &'w str,
    at: Coord,
    half: Length,
}

impl<'w> Disputes<'w> {
    /// Indexes the disputes of a data set.
    pub fn new(world: &'w World) -> Self {
        let (mut outlines, mut points) = (Vec::new(), Vec::new());
        for (_, dispute) in world.disputes.iter() {
            let slug = dispute.id.as_str();
            match &dispute.place {
                DisputePlace::Outline { area, .. } => {
                    let limits = area.bounding_rect();
                    outlines.extend(limits.map(|limits| Outline { slug, area, limits }));
                }
                DisputePlace::Point(at) => points.push(Point {
                    slug,
                    at: *at,
                    half: Length::from_m(across(dispute).unwrap_or_default().m() / 2.0),
                }),
            }
        }
        Self { outlines, points }
    }

    /// Those whose outline holds a place.
    pub fn holding(&self, place: Coord) -> Vec<&'w str> {
        let holds = |outline: &&Outline<'_>| {
            let (low, high) = (outline.limits.min(), outline.limits.max());
            (low.x..=high.x).contains(&place.x)
                && (low.y..=high.y).contains(&place.y)
                && outline.area.contains(&place)
        };
        let outlines = self.outlines.iter().filter(holds);
        outlines.map(|outline| outline.slug).collect()
    }

    /// Those of unknown outline whose published area, as a circle about their position, comes within `error` of a place.
    pub fn near(&self, place: Coord, error: Length) -> Vec<&'w str> {
        let points = self.points.iter().filter(|point| {
            let reach = point.half + error;
            // A degree of latitude is more than 110 km: most points are dismissed without measuring.
            (point.at.y - place.y).abs() * 110.0 <= reach.km()
                && geodesy::distance(point.at, place) <= reach
        });
        points.map(|point| point.slug).collect()
    }
}

//! What is this place: territory, segment, kilometre, distance, status, and who says so.
//!
//! *In*: a boundary source, a date and a view; then points. *Out*: one row per point. A [`StatusQuery`] is built once and asked often; rows
//! borrow from it, so a million points allocate little.

use std::sync::OnceLock;

use geo::BoundingRect;
use geo::Contains;
use geo::Coord;
use geo::Rect;
use serde::Serialize;
use serde::Serializer;

use crate::analysis::segments;
use crate::analysis::segments::ClaimRow;
use crate::analysis::segments::StatusOn;
use crate::analysis::segments::Stretch;
use crate::analysis::segments::When;
use crate::error::Error;
use crate::error::Result;
use crate::index::BorderIndex;
use crate::index::BorderPlace;
use crate::index::TerritoryIndex;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Date;
use crate::model::DisputePlace;
use crate::model::Id;
use crate::model::Pair;
use crate::model::Part;
use crate::model::Place;
use crate::model::Segment;
use crate::model::World;
use crate::units::Length;
use crate::units::rounded;

/// Answers status questions on one boundary source, date and view.
#[derive(Debug)]
pub struct StatusQuery<'w> {
    world: &'w World,
    boundary: &'w Boundary,
    source: &'w str,
    /// Of the source as a whole, then of each border.
    accuracies: Vec<Length>,
    when: When,
    borders: BorderIndex<'w>,
    territories: TerritoryIndex,
    parts: Vec<String>,
    stretches: Vec<OnceLock<Vec<Stretch>>>,
    disputes: Vec<(&'w str, Rect)>,
}

/// The answer for one place.
#[derive(Debug, Clone, Serialize)]
pub struct StatusRow<'q> {
    /// The date that the status holds on.
    pub as_of: Date,
    /// The boundary source.
    pub source: &'q str,
    /// The place asked about: longitude, latitude.
    pub point: [f64; 2],
    /// The territory that the source puts it in; `A+B` where it draws the place in two.
    pub territory: Option<Codes>,
    /// `inside`, or `within_error` if the line is nearer than the source is accurate.
    pub side: Side,
    /// The segment at the nearest border place.
    pub segment: Option<&'q str>,
    /// The states whose border is nearest.
    pub pair: Option<Pair>,
    /// The part of their border.
    pub part: Option<&'q str>,
    /// Chainage of the nearest border place.
    pub km: Option<f64>,
    /// Geodesic distance to it.
    pub distance_m: Option<f64>,
    /// The accuracy of the source at the nearest border (95 %), as measured for that part where it was.
    pub accuracy_m: f64,
    /// The nearest border place: longitude, latitude.
    pub nearest: Option<[f64; 2]>,
    /// The five axes.
    pub status: Option<&'q StatusOn>,
    /// The claims behind them.
    pub claims: &'q [ClaimRow],
    /// Axes on which the parties' statements differ.
    pub differing: &'q [&'static str],
    /// Enclaves and contested areas whose known outline holds the place.
    pub disputes: Vec<&'q str>,
}

/// Where a place lies with regard to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Further from the line than the source is accurate.
    Inside,
    /// Too near the line for this source to say on which side.
    WithinError,
}

impl Side {
    /// The word that files and tables use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::WithinError => "within_error",
        }
    }
}

/// One territory code, or several joined by `+`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Codes {
    first: Code,
    second: Option<Code>,
}

impl Codes {
    /// The codes.
    pub fn iter(self) -> impl Iterator<Item = Code> {
        std::iter::once(self.first).chain(self.second)
    }
}

impl std::fmt::Display for Codes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.second {
            Some(second) => write!(f, "{}+{second}", self.first),
            None => write!(f, "{}", self.first),
        }
    }
}

impl Serialize for Codes {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Decimals of printed degrees: a tenth of a metre is finer than any source here.
const DEGREE_DIGITS: i32 = 6;

/// The accuracy of a source as a whole, then at each of its borders.
fn accuracies(world: &World, boundary: &Boundary) -> Vec<Length> {
    let whole = world.source_of(boundary).accuracy_m;
    let of_borders = boundary
        .borders
        .iter()
        .map(|border| world.accuracy_m(boundary, border));
    std::iter::once(whole)
        .chain(of_borders)
        .map(|accuracy| Length::from_m(accuracy.unwrap_or(0.0)))
        .collect()
}

impl<'w> StatusQuery<'w> {
    /// Indexes a source for a date and a view.
    pub fn new(world: &'w World, boundary: &'w Boundary, when: When) -> Self {
        let source = world.source_of(boundary);
        let (territories, borders) = rayon::join(
            || TerritoryIndex::new(boundary),
            || BorderIndex::new(boundary),
        );
        let outlines = world
            .disputes
            .iter()
            .filter_map(|(_, dispute)| match &dispute.place {
                DisputePlace::Outline { area, .. } => {
                    Some((dispute.id.as_str(), area.bounding_rect()?))
                }
                DisputePlace::Point(_) => None,
            });
        Self {
            source: &source.id,
            accuracies: accuracies(world, boundary),
            when,
            borders,
            territories,
            parts: boundary
                .borders
                .iter()
                .map(|border| border.part.label())
                .collect(),
            stretches: boundary.borders.iter().map(|_| OnceLock::new()).collect(),
            disputes: outlines.collect(),
            world,
            boundary,
        }
    }

    /// The stretches of a border, which are cut when it is first asked about.
    fn stretches(&self, border: usize) -> &[Stretch] {
        self.stretches[border]
            .get_or_init(|| segments::stretches_of(self.world, self.boundary, border, self.when))
    }

    /// The status at a point.
    ///
    /// # Units
    ///
    /// Longitude and latitude in degrees on WGS 84.
    pub fn at(&self, point: Coord) -> StatusRow<'_> {
        let nearest = self.borders.nearest(point);
        let mut inside = self.territories.containing(point);
        let territory = inside.next().map(|first| Codes {
            first,
            second: inside.next(),
        });
        let distance = nearest.map(|place| place.distance);
        let accuracy = self.accuracies[nearest.map_or(0, |place| place.border + 1)];
        let side = if distance.is_some_and(|distance| distance <= accuracy) {
            Side::WithinError
        } else {
            Side::Inside
        };
        let km = nearest.map(|place| self.borders.chainage(&place));
        let stretch = nearest.and_then(|place| self.stretch(&place, km.unwrap_or_default()));
        StatusRow {
            as_of: self.when.on,
            source: self.source,
            point: [point.x, point.y],
            territory,
            side,
            segment: stretch.and_then(|stretch| self.slug(stretch)),
            pair: nearest.map(|place| self.boundary.borders[place.border].pair),
            part: nearest.map(|place| self.parts[place.border].as_str()),
            km: km.map(|km| rounded(km.km(), 3)),
            distance_m: distance.map(|distance| rounded(distance.m(), 2)),
            accuracy_m: accuracy.m(),
            nearest: nearest.map(|place| {
                [
                    rounded(place.at.x, DEGREE_DIGITS),
                    rounded(place.at.y, DEGREE_DIGITS),
                ]
            }),
            status: stretch.map(|stretch| &stretch.status),
            claims: stretch.map_or(&[], |stretch| &stretch.status.claims),
            differing: stretch.map_or(&[], |stretch| &stretch.status.differing),
            disputes: self.disputes_at(point),
        }
    }

    /// The status at a chainage of a border.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if the source has no such border, [`Error::Usage`] if it is shorter.
    pub fn at_km(&self, pair: Pair, part: Option<&str>, km: f64) -> Result<StatusRow<'_>> {
        let wanted = part.unwrap_or("main");
        let number = (0..self.parts.len())
            .find(|&border| {
                self.boundary.borders[border].pair == pair && self.parts[border] == wanted
            })
            .ok_or_else(|| self.no_border(pair, wanted))?;
        let border = &self.boundary.borders[number];
        let length = border.length();
        let place = (0.0..=length.km())
            .contains(&km)
            .then(|| border.place(Length::from_km(km)))
            .flatten();
        let point = place.ok_or_else(|| {
            let message = format!(
                "{pair} {wanted} is {length} long on {}: {km} km is not on it",
                self.source
            );
            Error::Usage(message)
        })?;
        Ok(self.on_border(number, Length::from_km(km), point))
    }

    /// The status of a named segment, at its middle.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if there is no such segment, [`Error::Usage`] if the source does not draw it.
    pub fn of_segment(&self, slug: &str) -> Result<SegmentAnswer<'_>> {
        let id = self
            .world
            .segments
            .find(slug)
            .ok_or_else(|| Error::unknown("segment", slug, self.world.segments.slugs()))?;
        let pair = self.world.segments[id].pair;
        let borders =
            (0..self.parts.len()).filter(|&border| self.boundary.borders[border].pair == pair);
        let mine: Vec<&Stretch> = borders
            .flat_map(|border| self.stretches(border))
            .filter(|stretch| stretch.segment == Some(id))
            .collect();
        let longest = mine
            .iter()
            .max_by(|a, b| (a.to - a.from).m().total_cmp(&(b.to - b.from).m()));
        let (Some(longest), Some(first), Some(last)) = (longest, mine.first(), mine.last()) else {
            return Err(Error::Usage(format!(
                "{} does not draw segment `{slug}`",
                self.source
            )));
        };
        let middle = Length::from_m(longest.from.m().midpoint(longest.to.m()));
        let border = &self.boundary.borders[longest.border];
        let Some(point) = border.place(middle) else {
            return Err(Error::Usage(format!(
                "{} does not draw segment `{slug}`",
                self.source
            )));
        };
        Ok(SegmentAnswer {
            row: self.on_border(longest.border, middle, point),
            from_km: rounded(first.from.km(), 3),
            to_km: rounded(last.to.km(), 3),
            length_km: rounded(
                mine.iter()
                    .map(|stretch| stretch.to - stretch.from)
                    .sum::<Length>()
                    .km(),
                3,
            ),
            names: languages(self.world, id),
            issue: self.world.segments[id].issue.as_deref(),
            anchors: &self.world.segments[id].anchor_basis,
        })
    }

    /// The row of a place that lies on a border.
    fn on_border(&self, border: usize, km: Length, point: Coord) -> StatusRow<'_> {
        let stretch = self.stretch_at(border, km);
        StatusRow {
            segment: stretch.and_then(|stretch| self.slug(stretch)),
            pair: Some(self.boundary.borders[border].pair),
            part: Some(&self.parts[border]),
            km: Some(rounded(km.km(), 3)),
            distance_m: Some(0.0),
            nearest: Some([
                rounded(point.x, DEGREE_DIGITS),
                rounded(point.y, DEGREE_DIGITS),
            ]),
            point: [
                rounded(point.x, DEGREE_DIGITS),
                rounded(point.y, DEGREE_DIGITS),
            ],
            status: stretch.map(|stretch| &stretch.status),
            claims: stretch.map_or(&[], |stretch| &stretch.status.claims),
            differing: stretch.map_or(&[], |stretch| &stretch.status.differing),
            side: Side::WithinError,
            ..self.at(point)
        }
    }

    fn stretch(&self, place: &BorderPlace, km: Length) -> Option<&Stretch> {
        self.stretch_at(place.border, km)
    }

    fn stretch_at(&self, border: usize, km: Length) -> Option<&Stretch> {
        let mine = self.stretches(border);
        let next = mine.partition_point(|stretch| stretch.from <= km);
        mine.get(next.saturating_sub(1))
    }

    fn slug(&self, stretch: &Stretch) -> Option<&str> {
        stretch
            .segment
            .map(|id| self.world.segments[id].id.as_str())
    }

    fn disputes_at(&self, point: Coord) -> Vec<&str> {
        let near = self.disputes.iter().filter(|(_, limits)| {
            (limits.min().x..=limits.max().x).contains(&point.x)
                && (limits.min().y..=limits.max().y).contains(&point.y)
        });
        let holds = |slug: &&str| {
            self.world
                .disputes
                .find(slug)
                .is_some_and(|id| match &self.world.disputes[id].place {
                    DisputePlace::Outline { area, .. } => area.contains(&point),
                    DisputePlace::Point(_) => false,
                })
        };
        near.map(|(slug, _)| *slug).filter(holds).collect()
    }

    fn no_border(&self, pair: Pair, part: &str) -> Error {
        let known = self
            .boundary
            .borders
            .iter()
            .filter(|border| border.pair == pair);
        let parts: Vec<String> = known
            .map(|border| match border.part {
                Part::Main => pair.to_string(),
                _ => format!("{pair}/{}", border.part.label()),
            })
            .collect();
        Error::Unknown {
            kind: "border",
            name: format!("{pair}/{part}"),
            closest: parts,
        }
    }
}

/// The answer for a named segment: the row at its middle, and its extent.
#[derive(Debug, Serialize)]
pub struct SegmentAnswer<'q> {
    /// The row at the middle of its longest stretch.
    #[serde(flatten)]
    pub row: StatusRow<'q>,
    /// Chainage of its start.
    pub from_km: f64,
    /// Chainage of its end.
    pub to_km: f64,
    /// Its length.
    pub length_km: f64,
    /// Its names.
    pub names: String,
    /// What is at issue.
    pub issue: Option<&'q str>,
    /// How its anchors were placed.
    pub anchors: &'q str,
}

fn languages(world: &World, id: Id<Segment>) -> String {
    let languages = world.languages();
    world.segments[id].names.label(&languages)
}

/// The place with this id or name.
///
/// Ids and names of all languages are compared without regard to case; of several places of one name the most populous is taken.
///
/// # Errors
///
/// [`Error::Unknown`] with the closest names.
pub fn find_place<'w>(world: &'w World, name: &str) -> Result<&'w Place> {
    let wanted = name.trim().to_lowercase();
    let slug = wanted.replace(' ', "-");
    if let Some(id) = world.places.find(&slug) {
        return Ok(&world.places[id]);
    }
    let named = world.places.iter().map(|(_, place)| place).filter(|place| {
        place
            .names
            .iter()
            .any(|(_, other)| other.to_lowercase() == wanted)
    });
    named
        .max_by_key(|place| (place.population, std::cmp::Reverse(place.geonames_id)))
        .ok_or_else(|| {
            let called = world
                .places
                .iter()
                .flat_map(|(_, place)| place.names.iter());
            let known = world.places.slugs().chain(called.map(|(_, word)| word));
            Error::unknown("place", name, known)
        })
}

//! Status questions, answered on one boundary source, date and view.

use std::sync::OnceLock;

use geo::Coord;

use crate::analysis::disputes::Disputes;
use crate::analysis::segments;
use crate::analysis::segments::Stretch;
use crate::analysis::segments::When;
use crate::analysis::status::Codes;
use crate::analysis::status::ErrorBudget;
use crate::analysis::status::SegmentAnswer;
use crate::analysis::status::Side;
use crate::analysis::status::StatusRow;
use crate::error::Error;
use crate::error::Result;
use crate::index::BorderIndex;
use crate::index::TerritoryIndex;
use crate::model::Boundary;
use crate::model::Extent;
use crate::model::Id;
use crate::model::Pair;
use crate::model::Part;
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
    /// Of the source as a whole, then of each border; estimated when first needed.
    budgets: Vec<OnceLock<ErrorBudget>>,
    /// Accuracy of the operation that brought the points to WGS 84.
    datum: Length,
    when: When,
    borders: BorderIndex<'w>,
    territories: TerritoryIndex,
    parts: Vec<String>,
    stretches: Vec<OnceLock<Vec<Stretch>>>,
    disputes: Disputes<'w>,
}

/// A place as printed.
fn degrees(at: Coord) -> [f64; 2] {
    [rounded(at.x, DEGREE_DIGITS), rounded(at.y, DEGREE_DIGITS)]
}

/// Decimals of printed degrees: a tenth of a metre is finer than any source here.
const DEGREE_DIGITS: i32 = 6;

impl<'w> StatusQuery<'w> {
    /// Indexes a source for a date and a view.
    pub fn new(world: &'w World, boundary: &'w Boundary, when: When) -> Self {
        let source = world.source_of(boundary);
        let (territories, borders) = rayon::join(
            || TerritoryIndex::new(boundary),
            || BorderIndex::new(boundary),
        );
        Self {
            source: &source.id,
            budgets: vec![OnceLock::new(); boundary.borders.len() + 1],
            datum: Length::ZERO,
            when,
            borders,
            territories,
            parts: boundary
                .borders
                .iter()
                .map(|border| border.part.label())
                .collect(),
            stretches: boundary.borders.iter().map(|_| OnceLock::new()).collect(),
            disputes: Disputes::new(world),
            world,
            boundary,
        }
    }

    /// The same for points that an operation of this accuracy brought to WGS 84.
    #[must_use]
    pub fn with_datum_error(self, accuracy: Length) -> Self {
        Self {
            datum: accuracy,
            ..self
        }
    }

    /// The same, made ready for many points. The answers are the same.
    #[must_use]
    pub fn for_many(self) -> Self {
        Self {
            territories: self.territories.for_many(self.boundary),
            borders: self.borders.for_many(),
            ..self
        }
    }

    /// The error at a border, or of the source as a whole.
    fn budget(&self, border: Option<usize>) -> ErrorBudget {
        let known = &self.budgets[border.map_or(0, |border| border + 1)];
        let border = border.map(|border| &self.boundary.borders[border]);
        *known.get_or_init(|| ErrorBudget::new(self.world, self.boundary, border, self.datum))
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
        let distance = nearest.map(|place| place.distance);
        let error = self.budget(nearest.map(|place| place.border));
        let is_near = |distance: Length| distance.m() <= error.total_m;
        let km = nearest.map(|place| self.borders.chainage(&place));
        let found = nearest.and_then(|place| self.stretch_at(place.border, km?));
        let stretch = found.map(|(stretch, _)| stretch);
        StatusRow {
            as_of: self.when.on,
            source: self.source,
            point: [point.x, point.y],
            territory: Codes::of(self.territories.holders(point)),
            side: if distance.is_some_and(is_near) {
                Side::WithinError
            } else {
                Side::Inside
            },
            segment: stretch.and_then(|stretch| self.slug(stretch)),
            may_be: found.and_then(|(_, other)| self.slug(other?)),
            pair: nearest.map(|place| self.boundary.borders[place.border].pair),
            part: nearest.map(|place| self.parts[place.border].as_str()),
            km: km.map(|km| rounded(km.km(), 3)),
            distance_m: distance.map(|distance| rounded(distance.m(), 2)),
            distance_within_m: distance.map(|distance| error.around(distance)),
            accuracy_m: error.source_m,
            error,
            nearest: nearest.map(|place| degrees(place.at)),
            status: stretch.map(|stretch| &stretch.status),
            claims: stretch.map_or(&[], |stretch| &stretch.status.claims),
            differing: stretch.map_or(&[], |stretch| &stretch.status.differing),
            disputes: self.disputes.holding(point),
            disputes_near: self.disputes.near(point, Length::from_m(error.total_m)),
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
        let id = self.world.segment(slug)?;
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
        let found = self.stretch_at(border, km);
        let stretch = found.map(|(stretch, _)| stretch);
        let error = self.budget(Some(border));
        StatusRow {
            segment: stretch.and_then(|stretch| self.slug(stretch)),
            may_be: found.and_then(|(_, other)| self.slug(other?)),
            pair: Some(self.boundary.borders[border].pair),
            part: Some(&self.parts[border]),
            km: Some(rounded(km.km(), 3)),
            distance_m: Some(0.0),
            distance_within_m: Some(error.around(Length::ZERO)),
            accuracy_m: error.source_m,
            error,
            nearest: Some(degrees(point)),
            point: degrees(point),
            status: stretch.map(|stretch| &stretch.status),
            claims: stretch.map_or(&[], |stretch| &stretch.status.claims),
            differing: stretch.map_or(&[], |stretch| &stretch.status.differing),
            side: Side::WithinError,
            ..self.at(point)
        }
    }

    /// The stretch at a chainage, and the one beside it that it may be in, if the anchor between them is too coarse to say.
    fn stretch_at(&self, border: usize, km: Length) -> Option<(&Stretch, Option<&Stretch>)> {
        let mine = self.stretches(border);
        let next = mine.partition_point(|stretch| stretch.from <= km);
        let number = next.saturating_sub(1);
        let stretch = mine.get(number)?;
        let before = number.checked_sub(1).and_then(|before| mine.get(before));
        let beside = [
            before.map(|before| (before, km - stretch.from)),
            mine.get(number + 1).map(|after| (after, stretch.to - km)),
        ];
        let doubtful = beside.into_iter().flatten().filter(|(other, away)| {
            other.segment != stretch.segment && *away <= self.anchor(stretch, other)
        });
        let nearest = doubtful.min_by(|(_, one), (_, other)| one.m().total_cmp(&other.m()));
        Some((stretch, nearest.map(|(other, _)| other)))
    }

    /// How far the anchor between two neighbouring stretches may be off.
    fn anchor(&self, one: &Stretch, other: &Stretch) -> Length {
        let accuracy_m = |stretch: &Stretch| match self.world.segments[stretch.segment?].extent {
            Extent::Between {
                anchor_accuracy_m, ..
            } => Some(anchor_accuracy_m),
            Extent::Whole { .. } | Extent::Ring { .. } => None,
        };
        let known = [one, other].into_iter().filter_map(accuracy_m);
        Length::from_m(known.fold(0.0, f64::max))
    }

    fn slug(&self, stretch: &Stretch) -> Option<&str> {
        stretch
            .segment
            .map(|id| self.world.segments[id].id.as_str())
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

fn languages(world: &World, id: Id<Segment>) -> String {
    let languages = world.languages();
    world.segments[id].names.label(&languages)
}

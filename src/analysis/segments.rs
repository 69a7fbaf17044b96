//! Which stretch of a border has which status on a date.
//!
//! *In*: a boundary source, the named segments and a date. *Out*: every border cut into stretches without overlap or gap, each with the
//! status that its claims give.
//!
//! Method. The anchors of a segment are projected onto the border of the source in use. Where anchored segments would overlap, the shorter
//! one stands: it speaks of less and knows more. What no anchored segment covers belongs to the record of the whole part. An anchored
//! segment without a claim on an axis takes that axis from the whole part.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;
use serde::Serialize;

use crate::geodesy;
use crate::index::BorderIndex;
use crate::model::Agreement;
use crate::model::Basis;
use crate::model::Border;
use crate::model::Boundary;
use crate::model::Claim;
use crate::model::Code;
use crate::model::Control;
use crate::model::Date;
use crate::model::Evidence;
use crate::model::Extent;
use crate::model::Id;
use crate::model::Part;
use crate::model::Segment;
use crate::model::Stage;
use crate::model::Status;
use crate::model::World;
use crate::units::Length;
use crate::units::rounded;

/// A stretch of a border with one status.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// Which border, as a number of `Boundary::borders`.
    pub border: usize,
    /// The segment that speaks for it: an anchored one, or the record of the whole part; none where no record does.
    pub segment: Option<Id<Segment>>,
    /// Chainage of its start.
    pub from: Length,
    /// Chainage of its end.
    pub to: Length,
    /// Its status.
    pub status: StatusOn,
}

/// The status of a stretch on a date, by axis.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StatusOn {
    /// How far the making of the border has come.
    pub stage: Option<Stage>,
    /// Whether the parties agree.
    pub agreement: Option<Agreement>,
    /// Who holds ground on each side.
    pub control: Option<Control>,
    /// The same in words: made once, since many rows show it.
    #[serde(skip)]
    pub control_words: Option<String>,
    /// What the line rests on.
    pub basis: Option<Basis>,
    /// Metres within which the line is known on the ground (95 %).
    pub geometry: Option<f64>,
    /// The axes on which the parties' statements differ.
    #[serde(skip)]
    pub differing: Vec<&'static str>,
    /// The claims that the status rests on, and those that differ from it.
    #[serde(skip)]
    pub claims: Vec<ClaimRow>,
}

/// A claim, in words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimRow {
    /// `stage`, `agreement`, `control`, `basis` or `geometry`.
    pub axis: &'static str,
    /// The value, in words.
    pub value: String,
    /// Since when.
    pub from: Option<Date>,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Whose statement it is, if it is one party's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<Code>,
    /// The source.
    pub source: Option<String>,
    /// The basis, where there is no source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumption: Option<String>,
    /// What a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// All borders of a source, cut into stretches by status on a date, seen from `view`.
///
/// # Properties
///
/// The stretches of a border follow each other without gap or overlap, from its start to its end.
pub fn stretches(world: &World, boundary: &Boundary, on: Date, view: Option<Code>) -> Vec<Stretch> {
    let mut all = Vec::new();
    for number in 0..boundary.borders.len() {
        all.extend(stretches_of(world, boundary, number, When { on, view }));
    }
    all
}

impl Stretch {
    /// Its status on another date or from another view; where it lies depends on neither.
    pub fn status_on(&self, world: &World, boundary: &Boundary, when: When) -> StatusOn {
        let whole = whole_record(world, &boundary.borders[self.border]);
        status_of(world, self.segment, whole, when)
    }

    /// The days on which a claim on its agreement begins or ends, in order.
    pub fn agreement_days(&self, world: &World, boundary: &Boundary) -> Vec<Date> {
        let whole = whole_record(world, &boundary.borders[self.border]);
        let records = [self.segment, whole].into_iter().flatten();
        let claims = records.flat_map(|id| &world.segments[id].status.agreement);
        let mut days: Vec<Date> = claims
            .flat_map(|claim| [claim.from, claim.to])
            .flatten()
            .collect();
        days.sort_by_key(|day| day.first_day());
        days.dedup_by_key(|day| day.first_day());
        days
    }
}

/// The date and the view that a status is asked for.
#[derive(Debug, Clone, Copy)]
pub struct When {
    /// The date.
    pub on: Date,
    /// Whose statements to follow where they differ.
    pub view: Option<Code>,
}

/// One border of a source, cut into stretches by status.
pub fn stretches_of(world: &World, boundary: &Boundary, number: usize, when: When) -> Vec<Stretch> {
    let border = &boundary.borders[number];
    let whole = whole_record(world, border);
    let end = border.length();
    let stretch = |segment: Option<Id<Segment>>, from: Length, to: Length| Stretch {
        border: number,
        segment,
        from,
        to,
        status: status_of(world, segment, whole, when),
    };
    let mut stretches = Vec::new();
    let mut at = Length::ZERO;
    for (id, from, to) in anchored(world, boundary, number) {
        if from - at >= SHORTEST {
            stretches.push(stretch(whole, at, from));
            at = from;
        }
        let to = if end - to < SHORTEST { end } else { to };
        stretches.push(stretch(Some(id), at, to));
        at = to;
    }
    if at < end || stretches.is_empty() {
        stretches.push(stretch(whole, at, end));
    }
    stretches
}

/// Where the anchors of a segment fall on the border that is indexed, in the direction of its chainage.
fn project(index: &BorderIndex<'_>, from: Coord, to: Coord) -> Option<(Length, Length)> {
    let (one, other) = (index.nearest(from)?, index.nearest(to)?);
    let (one, other) = (index.chainage(&one), index.chainage(&other));
    Some(if one <= other {
        (one, other)
    } else {
        (other, one)
    })
}

/// The record that speaks for the whole of a border; for a ring, the segment inside it.
pub(super) fn whole_record(world: &World, border: &Border) -> Option<Id<Segment>> {
    world
        .segments
        .iter()
        .find(|(_, segment)| match segment.extent {
            Extent::Whole { .. } => is_part(segment, border),
            Extent::Ring { inside } => {
                segment.pair == border.pair && border.is_ring() && surrounds(border, inside)
            }
            Extent::Between { .. } => false,
        })
        .map(|(id, _)| id)
}

fn is_part(segment: &Segment, border: &Border) -> bool {
    segment.pair == border.pair
        && match (&border.part, segment.subdivision()) {
            (Part::Main, None) => !matches!(segment.extent, Extent::Ring { .. }),
            (Part::Subdivision(code), Some(wanted)) => *code == wanted,
            _ => false,
        }
}

/// Coarse sources draw an enclave up to this far from where finer ones do.
const COARSE_M: f64 = 5_000.0;

/// Whether a ring runs around a point, or around a place so near that a coarse source may mean it.
fn surrounds(border: &Border, inside: Coord) -> bool {
    let rings = border
        .pieces()
        .iter()
        .map(|piece| geo::LineString::new(piece.vertices.clone()));
    rings.into_iter().any(|ring| {
        use geo::Contains;
        use geo::InteriorPoint;
        let polygon = geo::Polygon::new(ring, Vec::new());
        polygon.contains(&geo::Point(inside))
            || polygon
                .interior_point()
                .is_some_and(|middle| geodesy::distance(middle.0, inside).m() <= COARSE_M)
    })
}

/// The anchored segments of a border in order of chainage, cut so that none overlaps a shorter one.
fn anchored(
    world: &World,
    boundary: &Boundary,
    number: usize,
) -> Vec<(Id<Segment>, Length, Length)> {
    let border = &boundary.borders[number];
    let mine = |segment: &Segment| {
        is_part(segment, border) && matches!(segment.extent, Extent::Between { .. })
    };
    if !world.segments.iter().any(|(_, segment)| mine(segment)) {
        return Vec::new();
    }
    let index = BorderIndex::of(&boundary.borders, |other| std::ptr::eq(other, border));
    let mut spans: Vec<(Id<Segment>, Length, Length)> = world
        .segments
        .iter()
        .filter(|(_, segment)| mine(segment))
        .filter_map(|(id, segment)| {
            let Extent::Between { from, to, .. } = segment.extent else {
                return None;
            };
            let (from, to) = project(&index, from, to)?;
            Some((id, from, to))
        })
        .collect();
    spans.sort_by(|a, b| {
        (a.2 - a.1)
            .m()
            .total_cmp(&(b.2 - b.1).m())
            .then(a.0.cmp(&b.0))
    });
    let mut kept: Vec<(Id<Segment>, Length, Length)> = Vec::new();
    for (id, from, to) in spans {
        kept.extend(
            outside(&kept, from, to)
                .into_iter()
                .map(|(from, to)| (id, from, to)),
        );
    }
    kept.sort_by(|a, b| a.1.m().total_cmp(&b.1.m()));
    kept
}

/// Gaps shorter than this are rounding at a shared anchor, not border.
const SHORTEST: Length = Length::from_m(1.0);

/// The parts of a span that none of `taken` covers.
fn outside(
    taken: &[(Id<Segment>, Length, Length)],
    from: Length,
    to: Length,
) -> Vec<(Length, Length)> {
    let mut left = vec![(from, to)];
    for &(_, start, end) in taken {
        left = left
            .into_iter()
            .flat_map(|(from, to)| {
                if end <= from || to <= start {
                    vec![(from, to)]
                } else {
                    vec![(from, start), (end, to)]
                }
            })
            .filter(|(from, to)| *to - *from >= SHORTEST)
            .collect();
    }
    left
}

/// The status that the claims of `segment` give, and for views and axes on which it has none those of `whole`.
pub fn status_of(
    world: &World,
    segment: Option<Id<Segment>>,
    whole: Option<Id<Segment>>,
    when: When,
) -> StatusOn {
    let none = Status::default();
    let claims = |id: Option<Id<Segment>>| id.map_or(&none, |id| &world.segments[id].status);
    let (own, inherited) = (claims(segment), claims(whole.filter(|_| whole != segment)));
    let mut of = Settling {
        world,
        when,
        differing: Vec::new(),
        rows: Vec::new(),
    };
    let stage = of.axis("stage", &own.stage, &inherited.stage, ToString::to_string);
    let agreement = of.axis(
        "agreement",
        &own.agreement,
        &inherited.agreement,
        ToString::to_string,
    );
    let control = of.axis(
        "control",
        &own.control,
        &inherited.control,
        control_in_words,
    );
    let basis = of.axis("basis", &own.basis, &inherited.basis, ToString::to_string);
    let geometry = of.axis("geometry", &own.geometry, &inherited.geometry, |m| {
        format!("{m} m")
    });
    StatusOn {
        stage,
        agreement,
        control_words: control.as_ref().map(control_in_words),
        control,
        basis,
        geometry,
        differing: of.differing,
        claims: of.rows,
    }
}

/// Settles axis after axis and gathers the claims that were used.
struct Settling<'w> {
    world: &'w World,
    when: When,
    differing: Vec<&'static str>,
    rows: Vec<ClaimRow>,
}

impl Settling<'_> {
    /// The value of an axis.
    ///
    /// Each party's latest claim and the latest joint or third-party one are looked at. Unless the segment has a joint claim of its own, the
    /// whole part's claims stand in for the views that it lacks. A view takes its own claim, else the joint one. Without a view the joint claim stands; where there is
    /// none, the value that both parties state. What only one party states is never the answer without its view.
    fn axis<T: Clone + PartialEq>(
        &mut self,
        axis: &'static str,
        own: &[Claim<T>],
        inherited: &[Claim<T>],
        words: impl Fn(&T) -> String,
    ) -> Option<T> {
        let own = latest_by_view(own, self.when.on);
        let mut latest = BTreeMap::new();
        if !own.contains_key(&None) {
            latest = latest_by_view(inherited, self.when.on);
        }
        latest.extend(own);
        let seen = latest
            .values()
            .filter(|claim| claim.seen_from(self.when.view));
        self.rows
            .extend(seen.map(|claim| claim_row(self.world, axis, claim, words(&claim.value))));
        let value = |view: Option<Code>| latest.get(&view).map(|claim| claim.value.clone());
        let mut values = latest.values().map(|claim| &claim.value);
        let first = values.next();
        let differs = values.any(|value| Some(value) != first);
        if differs {
            self.differing.push(axis);
        }
        let parties = latest.keys().flatten().count();
        let common = || first.filter(|_| parties > 1 && !differs).cloned();
        self.when
            .view
            .and_then(|view| value(Some(view)))
            .or_else(|| value(None))
            .or_else(common)
    }
}

/// Of the claims that hold, the latest of each view; of two from one day the first in the file.
fn latest_by_view<T>(claims: &[Claim<T>], on: Date) -> BTreeMap<Option<Code>, &Claim<T>> {
    let views: BTreeSet<Option<Code>> = claims.iter().map(|claim| claim.view).collect();
    views
        .into_iter()
        .filter_map(|view| {
            let start = |claim: &Claim<T>| claim.from.map(Date::first_day);
            let mine = claims
                .iter()
                .filter(|claim| claim.view == view && claim.holds_on(on));
            let latest = mine.reduce(|found, next| {
                if start(next) > start(found) {
                    next
                } else {
                    found
                }
            });
            Some((view, latest?))
        })
        .collect()
}

/// A claim, its value in these words.
pub(super) fn claim_row<T>(
    world: &World,
    axis: &'static str,
    claim: &Claim<T>,
    value: String,
) -> ClaimRow {
    let (source, assumption) = evidence(world, &claim.evidence);
    ClaimRow {
        axis,
        value,
        from: claim.from,
        to: claim.to,
        view: claim.view,
        source,
        assumption,
        note: claim.note.clone(),
    }
}

/// A claim's source, or the basis of its assumption.
pub fn evidence(world: &World, evidence: &Evidence) -> (Option<String>, Option<String>) {
    match evidence {
        Evidence::Source(id) => (Some(world.sources[*id].id.clone()), None),
        Evidence::Assumption(basis) => (None, Some(basis.clone())),
    }
}

/// `AM side: AM, AZ; AZ side: AZ`.
pub fn control_in_words(control: &Control) -> String {
    let side = |(side, holders): (&Code, &Vec<Code>)| {
        let holders: Vec<&str> = holders.iter().map(Code::as_str).collect();
        format!(
            "{side} side: {}",
            if holders.is_empty() {
                "nobody".to_owned()
            } else {
                holders.join(", ")
            }
        )
    };
    control.iter().map(side).collect::<Vec<_>>().join("; ")
}

/// A segment, or a stretch between segments, as `border segments` lists it.
#[derive(Debug, Clone, Serialize)]
pub struct SegmentRow {
    /// The segment's id; that of the whole part for a stretch between named segments.
    pub segment: Option<String>,
    /// The states.
    pub pair: String,
    /// Which part of their border.
    pub part: String,
    /// The boundary source.
    pub source: String,
    /// Chainage of its start.
    pub from_km: f64,
    /// Chainage of its end.
    pub to_km: f64,
    /// Its length.
    pub length_km: f64,
    /// How far the making of the border has come.
    pub stage: Option<Stage>,
    /// Whether the parties agree.
    pub agreement: Option<Agreement>,
    /// Who holds ground on each side.
    pub control: Option<String>,
    /// What the line rests on.
    pub basis: Option<Basis>,
    /// Metres within which the line is known.
    pub geometry_m: Option<f64>,
    /// Axes on which the parties' statements differ.
    pub differing: String,
    /// How far the anchors may be off.
    pub anchor_accuracy_m: Option<f64>,
    /// Names.
    pub names: String,
}

/// Stretches as rows.
pub fn rows(world: &World, boundary: &Boundary, stretches: &[Stretch]) -> Vec<SegmentRow> {
    stretches
        .iter()
        .map(|stretch| segment_row(world, boundary, stretch))
        .collect()
}

fn segment_row(world: &World, boundary: &Boundary, stretch: &Stretch) -> SegmentRow {
    let border = &boundary.borders[stretch.border];
    let segment = stretch.segment.map(|id| &world.segments[id]);
    let (from_km, to_km) = (rounded(stretch.from.km(), 3), rounded(stretch.to.km(), 3));
    let anchor_accuracy_m = segment.and_then(|segment| match segment.extent {
        Extent::Between {
            anchor_accuracy_m, ..
        } => Some(anchor_accuracy_m),
        Extent::Whole { .. } | Extent::Ring { .. } => None,
    });
    let languages = world.languages();
    SegmentRow {
        segment: segment.map(|segment| segment.id.clone()),
        pair: border.pair.to_string(),
        part: border.part.label(),
        source: world.source_of(boundary).id.clone(),
        from_km,
        to_km,
        length_km: rounded((stretch.to - stretch.from).km(), 3),
        stage: stretch.status.stage,
        agreement: stretch.status.agreement,
        control: stretch.status.control_words.clone(),
        basis: stretch.status.basis,
        geometry_m: stretch.status.geometry,
        differing: stretch.status.differing.join(", "),
        anchor_accuracy_m,
        names: segment
            .map(|segment| segment.names.label(&languages))
            .unwrap_or_default(),
    }
}

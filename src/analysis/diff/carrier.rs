//! Where a kilometre of one line is on another.

use std::collections::BTreeSet;

use geo::Coord;
use serde::Serialize;

use crate::analysis::diff::STILL;
use crate::analysis::diff::Side;
use crate::analysis::diff::joint_accuracy_m;
use crate::geodesy;
use crate::geodesy::EdgeTree;
use crate::index::BorderIndex;
use crate::model::Border;
use crate::model::Pair;
use crate::units::Length;

/// Places nearer than this along a line are one.
const ONE_PLACE: Length = Length::from_m(1e-3);

/// Another place is as good as the nearest if it is not farther than this many times as far.
const NEARLY: f64 = 1.5;

/// It is far along the line if it is farther than this many times the distance within which it was sought: a straight line has no
/// such place.
const FAR_ALONG: f64 = 3.0;

/// Points that the direction of a line on the other source is told from.
const WITNESSES: u32 = 17;

/// What speaks against a carried kilometre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Conflict {
    OffLine,
    NoBorder,
    Far,
    Ambiguous,
    OtherPart,
    Order,
    Gap,
    End,
}

impl Conflict {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::OffLine => "off-line",
            Self::NoBorder => "no-border",
            Self::Far => "far",
            Self::Ambiguous => "ambiguous",
            Self::OtherPart => "other-part",
            Self::Order => "order",
            Self::Gap => "gap",
            Self::End => "end",
        }
    }
}

/// A part of a border on the old source, and where to look for its places on the new one.
pub(super) struct Carrier<'w> {
    old: Option<&'w Border>,
    /// Whether the new source draws the part.
    is_drawn: bool,
    target: Option<Target<'w>>,
}

/// The part on the new source.
struct Target<'w> {
    border: &'w Border,
    index: BorderIndex<'w>,
    /// The other parts of the pair's border.
    others: BorderIndex<'w>,
    borders: &'w [Border],
    gaps: EdgeTree,
    accuracy_m: Option<f64>,
    /// Whether its chainage runs the same way.
    forwards: bool,
}

/// A kilometre of the old line and where it is on the new one.
#[derive(Debug, Clone)]
pub(super) struct Landing<'w> {
    pub(super) at: Option<Coord>,
    pub(super) found: Option<Found<'w>>,
    pub(super) conflicts: BTreeSet<Conflict>,
}

/// A place of the new source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'w> {
    pub(super) border: &'w Border,
    pub(super) at: Coord,
    pub(super) along: Length,
    pub(super) offset: Length,
}

impl<'w> Carrier<'w> {
    pub(super) fn new(old: Side<'w>, new: Side<'w>, pair: Pair, part: &str) -> Self {
        let from = old.border(pair, part);
        let to = new.border(pair, part);
        let target = from.zip(to).map(|(from, border)| {
            let borders = &new.boundary.borders;
            let is_own = |other: &Border| std::ptr::eq(other, border);
            let mut target = Target {
                border,
                index: BorderIndex::of(borders, is_own),
                others: BorderIndex::of(borders, |other| other.pair == pair && !is_own(other)),
                borders,
                gaps: EdgeTree::new(gaps(border)),
                accuracy_m: joint_accuracy_m((old, from), (new, border)),
                forwards: true,
            };
            target.forwards = target.runs_forwards(from);
            target
        });
        Self {
            old: from,
            is_drawn: to.is_some(),
            target,
        }
    }

    pub(super) fn accuracy_m(&self) -> Option<f64> {
        self.target.as_ref()?.accuracy_m
    }

    /// Where a chainage of the old line is.
    pub(super) fn land(&self, along: Length) -> Landing<'w> {
        let mut conflicts = BTreeSet::new();
        if !self.is_drawn {
            conflicts.insert(Conflict::NoBorder);
        }
        let Some(old) = self.old else {
            conflicts.insert(Conflict::OffLine);
            return Landing {
                at: None,
                found: None,
                conflicts,
            };
        };
        let is_on = along >= Length::ZERO - STILL && along <= old.length() + STILL;
        let at = old.place(along).filter(|_| is_on);
        if at.is_none() {
            conflicts.insert(Conflict::OffLine);
        }
        if at.is_some() && self.is_on_both_banks(old, along) {
            conflicts.insert(Conflict::Ambiguous);
        }
        let found = at
            .zip(self.target.as_ref())
            .and_then(|(at, target)| target.find(old, along, at, &mut conflicts));
        Landing {
            at,
            found,
            conflicts,
        }
    }

    /// Whether a chainage is that of both ends of a gap in the old line that is wider than the sources are accurate.
    fn is_on_both_banks(&self, old: &Border, along: Length) -> bool {
        let within_m = self.accuracy_m().unwrap_or(0.0).max(STILL.m());
        let ends = old.chainage_m().iter().filter_map(|piece| piece.last());
        gaps(old).iter().zip(ends).any(|(gap, end_m)| {
            (along.m() - end_m).abs() <= STILL.m()
                && geodesy::distance(gap[0], gap[1]).m() > within_m
        })
    }

    /// Metres from one place of the new line to another, forwards where the old line goes forwards from the first to the second; `step_m` is how far it
    /// goes there. On a ring the way round that is more like the old one.
    pub(super) fn way_m(&self, from: Length, to: Length, step_m: f64) -> f64 {
        let Some(target) = &self.target else {
            return 0.0;
        };
        let way_m = (to - from).m() * if target.forwards { 1.0 } else { -1.0 };
        let (length_m, old) = (target.border.length().m(), self.old);
        if !target.border.is_ring() || length_m <= 0.0 {
            return way_m;
        }
        let expected_m = old.map_or(step_m, |old| step_m * length_m / old.length().m());
        way_m + ((expected_m - way_m) / length_m).round() * length_m
    }

    /// Whether the new line is a ring.
    pub(super) fn is_ring(&self) -> bool {
        let target = self.target.as_ref();
        target.is_some_and(|target| target.border.is_ring())
    }

    /// Whether a border is the part that is carried to.
    pub(super) fn is_own(&self, border: &Border) -> bool {
        let target = self.target.as_ref();
        target.is_some_and(|target| std::ptr::eq(target.border, border))
    }
}

/// The straight lines over the gaps between the pieces of a border.
fn gaps(border: &Border) -> Vec<[Coord; 2]> {
    let between = border.pieces().windows(2);
    between
        .filter_map(|pieces| Some([*pieces[0].vertices.last()?, *pieces[1].vertices.first()?]))
        .collect()
}

impl<'w> Target<'w> {
    fn find(
        &self,
        old: &Border,
        along: Length,
        at: Coord,
        conflicts: &mut BTreeSet<Conflict>,
    ) -> Option<Found<'w>> {
        let near = self.index.nearest(at)?;
        let own = Found {
            border: self.border,
            at: near.at,
            along: self.along(old, along, self.index.chainage(&near)),
            offset: near.distance,
        };
        let within_m = self.accuracy_m.unwrap_or(0.0).max(ONE_PLACE.m());
        let other = self.others.nearest(at);
        let other = other
            .filter(|other| own.offset.m() > within_m && own.offset - other.distance > ONE_PLACE);
        if let Some(other) = other {
            conflicts.insert(Conflict::OtherPart);
            self.note_far(other.distance, conflicts);
            return Some(Found {
                border: &self.borders[other.border],
                at: other.at,
                along: self.others.chainage(&other),
                offset: other.distance,
            });
        }
        self.note_far(own.offset, conflicts);
        let gap = self.gaps.nearest(at);
        if gap.is_some_and(|gap| own.offset - gap.distance > ONE_PLACE) {
            conflicts.insert(Conflict::Gap);
        }
        if self.is_end(own.along) && !is_near_end(old, along) {
            conflicts.insert(Conflict::End);
        }
        if self.is_ambiguous(at, &own) {
            conflicts.insert(Conflict::Ambiguous);
        }
        Some(own)
    }

    fn note_far(&self, offset: Length, conflicts: &mut BTreeSet<Conflict>) {
        if self
            .accuracy_m
            .is_some_and(|within_m| offset.m() > within_m)
        {
            conflicts.insert(Conflict::Far);
        }
    }

    /// The chainage; where a ring closes, its start or its end as on the old line.
    fn along(&self, old: &Border, on_old: Length, along: Length) -> Length {
        if !self.border.is_ring() {
            return along;
        }
        let length = self.border.length();
        let is_closing = along <= ONE_PLACE || length - along <= ONE_PLACE;
        let is_late = on_old.m() > old.length().m() / 2.0;
        match (is_closing, is_late == self.forwards) {
            (false, _) => along,
            (true, true) => length,
            (true, false) => Length::ZERO,
        }
    }

    /// Whether a chainage is one of the line's own ends; a ring has none.
    fn is_end(&self, along: Length) -> bool {
        !self.border.is_ring() && (along <= ONE_PLACE || self.border.length() - along <= ONE_PLACE)
    }

    /// Whether another place, far along the line, is nearly as near as the one found. Where the line did not move there is no doubt.
    fn is_ambiguous(&self, at: Coord, own: &Found<'_>) -> bool {
        if own.offset <= STILL {
            return false;
        }
        let reach_m = (NEARLY * own.offset.m()).max(self.accuracy_m.unwrap_or(0.0));
        let length_m = self.border.length().m();
        let near = self.index.within(at, Length::from_m(reach_m));
        near.iter().any(|place| {
            let mut apart_m = (self.index.chainage(place) - own.along).m().abs();
            if self.border.is_ring() {
                apart_m = apart_m.min(length_m - apart_m);
            }
            apart_m > FAR_ALONG * reach_m
        })
    }

    /// Whether the chainage of the line runs the way it does on the old one: more of its places follow each other so than the other way.
    fn runs_forwards(&self, old: &Border) -> bool {
        let (old_m, length_m) = (old.length().m(), self.border.length().m());
        let along_m = |k: u32| -> Option<f64> {
            let share = f64::from(k) / f64::from(WITNESSES);
            let near = self
                .index
                .nearest(old.place(Length::from_m(old_m * share))?)?;
            Some(self.index.chainage(&near).m())
        };
        let witnesses: Vec<f64> = (0..WITNESSES).filter_map(along_m).collect();
        let ways = witnesses.windows(2).map(|ends| {
            let way_m = ends[1] - ends[0];
            if self.border.is_ring() && length_m > 0.0 {
                way_m - (way_m / length_m).round() * length_m
            } else {
                way_m
            }
        });
        let sum: f64 = ways.filter(|way_m| *way_m != 0.0).map(f64::signum).sum();
        sum >= 0.0
    }
}

fn is_near_end(border: &Border, along: Length) -> bool {
    along <= STILL || border.length() - along <= STILL
}

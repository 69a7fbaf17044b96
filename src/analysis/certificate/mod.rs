//! How far a way stays from the territory that it is meant to avoid, according to each boundary source.
//!
//! *In*: the alignments of links, an avoided state, a boundary. *Out*: a [`Margin`]: the smallest geodesic distance, where
//! it is, and a verdict from that distance and the accuracies of alignment and boundary.
//!
//! # Method
//!
//! A flat chart proposes, geodesy disposes. On the chart everything is at most as far apart as on the ellipsoid; links are
//! taken in the order of their gaps there, first between boxes, then between lines, and measured exactly until no other
//! can be closer, or closer than another that is already in doubt. Which side an alignment is on is asked of the
//! polygons at the start of the way, and again after each link that meets the outline.

mod chart;
mod links;
mod near;
mod outline;

use geo::Coord;

use crate::model::Boundary;
use crate::model::Id;
use crate::model::Link;
use crate::units::Length;

pub(crate) use outline::Outline;

/// Whether a way keeps out of a territory, as far as the accuracies allow to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Outside by more than alignment and boundary may be off.
    Clear,
    /// Closer than they may be off, on either side.
    WithinError,
    /// Inside by more than they may be off.
    Enters,
}

/// A chain of links, as a way.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    /// Where it starts.
    pub(crate) start: Coord,
    /// Its links in order.
    pub(crate) links: Vec<Id<Link>>,
}

/// How close a way comes to a territory according to one boundary source.
#[derive(Debug, Clone)]
pub struct Margin<'w> {
    /// The boundary.
    pub boundary: &'w Boundary,
    /// The smallest distance of the alignment from the territory; zero inside.
    pub distance: Length,
    /// The place of the alignment where that is.
    pub at: Coord,
    /// The place of the outline next to it.
    pub border_at: Coord,
    /// The link where that is.
    pub link: Id<Link>,
    /// How far the alignment goes into the territory, measured from its outline.
    pub depth: Length,
    /// How far alignment and boundary may be off together, on the link that decides the verdict.
    pub tolerance: Length,
    /// The verdict: of all links the worst.
    pub verdict: Verdict,
    /// The link that the verdict is about: the closest of those with the worst one.
    pub decided_by: Id<Link>,
}

/// One link against an outline.
#[derive(Debug, Clone, Copy)]
struct Encounter {
    link: Id<Link>,
    /// Zero inside.
    distance: Length,
    at: Coord,
    border_at: Coord,
    depth: Length,
    tolerance: Length,
}

impl Encounter {
    fn verdict(&self) -> Verdict {
        if self.depth > self.tolerance {
            Verdict::Enters
        } else if self.depth == Length::ZERO && self.distance > self.tolerance {
            Verdict::Clear
        } else {
            Verdict::WithinError
        }
    }

    /// Metres outside, negative inside: less is worse.
    fn signed_m(&self) -> f64 {
        self.distance.m() - self.depth.m()
    }
}

impl<'w> Margin<'w> {
    /// Sums up the encounters of a way; none if there are none.
    fn of(boundary: &'w Boundary, encounters: &[Encounter]) -> Option<Self> {
        let closest = |among: &mut dyn Iterator<Item = &Encounter>| -> Option<Encounter> {
            among
                .min_by(|one, other| one.signed_m().total_cmp(&other.signed_m()))
                .copied()
        };
        let nearest = closest(&mut encounters.iter())?;
        let verdict = encounters.iter().map(Encounter::verdict).max()?;
        let deciding = closest(&mut encounters.iter().filter(|one| one.verdict() == verdict))?;
        Some(Self {
            boundary,
            distance: nearest.distance,
            at: nearest.at,
            border_at: nearest.border_at,
            link: nearest.link,
            // The deepest encounter is also the nearest, by the signed measure.
            depth: nearest.depth,
            tolerance: deciding.tolerance,
            verdict,
            decided_by: deciding.link,
        })
    }
}

//! The certificate that an option avoids a state.
//!
//! The headline is the boundary source that was asked for, else the primary one: a coarse source puts every way along
//! a border within its error, and would drown the answer of a fine one. What the other sources say stands beside it.

use geo::Coord;
use rayon::prelude::*;

use crate::analysis::certificate::Margin;
use crate::analysis::certificate::Outline;
use crate::analysis::certificate::Verdict;
use crate::analysis::certificate::Way;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::World;
use crate::units::rounded;

/// How close an option comes to a state that it avoids.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CertificateRow {
    /// The avoided state or subdivision.
    pub state: Code,
    /// According to the headline source.
    #[serde(flatten)]
    pub headline: MarginRow,
    /// The verdict in words.
    pub statement: String,
    /// According to each source that shows the state, in order of their ids.
    pub by_source: Vec<MarginRow>,
}

/// The same according to one source.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct MarginRow {
    /// The boundary source.
    pub source: String,
    /// Smallest geodesic distance in metres between alignment and territory; 0 inside.
    pub margin_m: f64,
    /// Longitude and latitude of the place of the alignment where that is.
    pub at: [f64; 2],
    /// Longitude and latitude of the place of the outline next to it.
    pub border_at: [f64; 2],
    /// The link where that is.
    pub link: String,
    /// How far in metres the drawn alignment goes into the territory.
    pub depth_m: f64,
    /// How far in metres alignment and boundary may be off together, where the verdict is decided.
    pub tolerance_m: f64,
    /// The verdict.
    pub verdict: Verdict,
    /// The link that the verdict is about.
    pub decided_by: String,
}

/// Margins of several ways from one avoided state.
#[derive(Debug)]
pub(crate) struct Avoidance<'w> {
    world: &'w World,
    avoided: Code,
    headline: &'w str,
    /// By source that shows the state, then by way.
    margins: Vec<Vec<Option<Margin<'w>>>>,
}

impl<'w> Avoidance<'w> {
    /// Measures `ways` against `avoided` under every source.
    pub(crate) fn new(
        world: &'w World,
        headline: &'w Boundary,
        avoided: Code,
        ways: &[Way],
    ) -> Self {
        let margins = world
            .boundaries
            .par_iter()
            .filter_map(|boundary| Some(Outline::new(world, boundary, avoided)?.margins(ways)))
            .collect();
        Self {
            world,
            avoided,
            headline: &world.source_of(headline).id,
            margins,
        }
    }

    /// The certificate of a way; none if no source shows the state.
    pub(crate) fn certificate(&self, way: usize) -> Option<CertificateRow> {
        let margins = self
            .margins
            .iter()
            .filter_map(|source| source.get(way)?.as_ref());
        let by_source: Vec<MarginRow> = margins.map(|margin| self.row(margin)).collect();
        let asked = by_source.iter().find(|row| row.source == self.headline);
        let headline = asked.or(by_source.first())?.clone();
        let statement = self.statement(&headline, &by_source);
        Some(CertificateRow {
            state: self.avoided,
            headline,
            statement,
            by_source,
        })
    }

    fn row(&self, margin: &Margin<'w>) -> MarginRow {
        MarginRow {
            source: self.world.source_of(margin.boundary).id.clone(),
            margin_m: rounded(margin.distance.m(), 1),
            at: position(margin.at),
            border_at: position(margin.border_at),
            link: self.world.links[margin.link].id.clone(),
            depth_m: rounded(margin.depth.m(), 1),
            tolerance_m: rounded(margin.tolerance.m(), 1),
            verdict: margin.verdict,
            decided_by: self.world.links[margin.decided_by].id.clone(),
        }
    }

    fn statement(&self, headline: &MarginRow, by_source: &[MarginRow]) -> String {
        let state = self.world.territory_name(self.avoided);
        let MarginRow {
            margin_m,
            at: [lon, lat],
            link,
            source,
            ..
        } = headline;
        let closest =
            format!("{margin_m:.0} m from {state} at {lon:.4}, {lat:.4} on `{link}` ({source})");
        let mut words = match headline.verdict {
            Verdict::Clear => format!("{closest}, more than line and boundary may be off together"),
            Verdict::WithinError => format!("{closest}; {}", self.stated_territory(headline)),
            Verdict::Enters => format!(
                "the drawn line of `{}` is up to {:.0} m inside {state} ({source}), \
                 more than line and boundary may be off together",
                headline.decided_by, headline.depth_m
            ),
        };
        let others: Vec<String> = by_source
            .iter()
            .filter(|row| row.verdict != headline.verdict)
            .map(|row| format!("{}: {}", row.source, word(row.verdict)))
            .collect();
        if !others.is_empty() {
            words = format!("{words}; otherwise {}", others.join(", "));
        }
        words
    }

    /// What decides where geometry does not: the territory that the link is stated to lie in.
    fn stated_territory(&self, headline: &MarginRow) -> String {
        let MarginRow {
            decided_by,
            tolerance_m,
            link,
            ..
        } = headline;
        let territory = self
            .world
            .links
            .find(decided_by)
            .map(|id| self.world.links[id].territory);
        let territory = territory.map_or_else(String::new, |code| code.to_string());
        let which = if link == decided_by {
            "it".to_owned()
        } else {
            format!("`{decided_by}`")
        };
        format!(
            "line and boundary of {which} may be off by {tolerance_m:.0} m together, so geometry does not decide: \
             it is stated to lie in {territory}"
        )
    }
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Clear => "clear",
        Verdict::WithinError => "within error",
        Verdict::Enters => "enters",
    }
}

/// Longitude and latitude to about a tenth of a metre.
fn position(place: Coord) -> [f64; 2] {
    [rounded(place.x, 6), rounded(place.y, 6)]
}

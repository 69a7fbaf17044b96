//! Stations, lines, roads and border crossing points.

use geo::Coord;
use geo::LineString;
use serde::Deserialize;
use serde::Serialize;

use crate::model::Claim;
use crate::model::Code;
use crate::model::Date;
use crate::model::Id;
use crate::model::Named;
use crate::model::Names;
use crate::model::Pair;
use crate::model::Source;
use crate::model::claim::in_force;
use crate::model::segment::words;

/// A place where links meet.
#[derive(Debug, Clone)]
pub struct Node {
    /// Slug.
    pub id: String,
    /// Names; none for a node of the base network.
    pub names: Names,
    /// What it is.
    pub kind: NodeKind,
    /// The territory it lies in; for a crossing, the two that it joins.
    pub territories: Vec<Code>,
    /// Kilometre posts, by line.
    pub posts: Vec<Post>,
    /// Where it is.
    pub at: Coord,
    /// Where the position comes from.
    pub source: Id<Source>,
    /// How far the position may be off, in metres.
    pub accuracy_m: f64,
    /// How the position was determined, where the source has none for this very place: interpolated or assumed.
    pub position_basis: Option<String>,
}

/// Kinds of node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// Journeys start and end here, and cargo changes mode.
    Terminal,
    /// A railway station or a town on a road.
    Station,
    /// Lines meet.
    Junction,
    /// Ships berth here, and cargo changes mode.
    Port,
    /// The railway gauge changes here.
    GaugeChange,
    /// On the line between two territories.
    Crossing,
    /// A line ends here, or is cut at the edge of the region.
    End,
}

/// A kilometre post of a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// Slug of the line.
    pub line: String,
    /// Kilometres from the line's own zero.
    pub km: f64,
}

/// A stretch of railway, road or ferry line between two nodes, in one territory.
#[derive(Debug, Clone)]
pub struct Link {
    /// Slug.
    pub id: String,
    /// Where it starts.
    pub from: Id<Node>,
    /// Where it ends.
    pub to: Id<Node>,
    /// What runs on it.
    pub mode: Mode,
    /// The territory it lies in.
    pub territory: Code,
    /// Names; none for a link of the base network.
    pub names: Names,
    /// Slug of the line or road that it is part of.
    pub line: Option<String>,
    /// Railways: distance between the rails.
    pub gauge_mm: Option<u32>,
    /// Railways: number of tracks.
    pub tracks: Option<u32>,
    /// Railways: current system, `none`, or nothing when not known.
    pub electrified: Option<String>,
    /// Its condition over time.
    pub condition: Vec<Claim<Condition>>,
    /// Lengths that others publish.
    pub published_km: Vec<Claim<f64>>,
    /// Which length counts.
    pub length_basis: LengthBasis,
    /// The length in metres that counts: whole metres, at least one.
    pub length_m: u32,
    /// The drawn alignment.
    pub alignment: LineString,
    /// The length that the network source gives.
    pub source_km: Option<f64>,
    /// Ratio of the real length to that of the drawn alignment.
    pub sinuosity: Option<f64>,
    /// How that was determined.
    pub sinuosity_basis: Option<String>,
    /// How far the drawn alignment may be from the real one, in metres.
    pub alignment_accuracy_m: f64,
    /// The rule by which it was drawn.
    pub drawn: Drawn,
    /// Speeds, in kilometres per hour.
    pub speed_kmh: Vec<Claim<f64>>,
    /// Capacities, in million tonnes per year.
    pub capacity_mt: Vec<Claim<f64>>,
    /// Where the alignment comes from.
    pub source: Id<Source>,
}

/// What runs on a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Trains.
    Rail,
    /// Trucks.
    Road,
    /// Ships.
    Ferry,
}

/// The condition of a link, and how much of a construction is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Condition {
    /// The condition.
    pub is: ConditionKind,
    /// Per cent done, for a construction.
    pub progress_pct: Option<f64>,
}

/// Conditions of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConditionKind {
    /// In use.
    Operational,
    /// There, but not open to traffic.
    Closed,
    /// There, but fallen out of use and repair.
    Derelict,
    /// Taken up.
    Dismantled,
    /// Being built or rebuilt.
    UnderConstruction,
    /// Announced, not begun.
    Planned,
}

/// What exists of a link, in the three groups that corridor tables count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Existence {
    /// In use.
    Operational,
    /// There, but no traffic: closed or derelict.
    Closed,
    /// Not there: dismantled, under construction or planned.
    ToBuild,
}

/// Which length of a link counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LengthBasis {
    /// The first of the published ones.
    Published,
    /// The difference of kilometre posts.
    Posts,
    /// The length that the network source gives.
    Source,
    /// The geodesic length of the alignment, times the sinuosity.
    Geodesic,
}

/// The rule by which an alignment was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drawn {
    /// Along the base network.
    BaseNetwork,
    /// Along the bank of the border river.
    RiverBank,
    /// Through known places along a valley.
    Valley,
    /// Straight between known places.
    Straight,
}

/// A border crossing point.
#[derive(Debug, Clone)]
pub struct Crossing {
    /// Slug: also that of its node.
    pub id: String,
    /// The states.
    pub pair: Pair,
    /// The territories, in alphabetical order.
    pub territories: (Code, Code),
    /// Names.
    pub names: Names,
    /// What can cross here.
    pub modes: Vec<Mode>,
    /// Whether it is open, over time.
    pub regime: Vec<Claim<ForMode<Regime>>>,
    /// Hours that a crossing takes.
    pub dwell_h: Vec<Claim<ForMode<Dwell>>>,
    /// Charges in US dollars per truck or rail unit.
    pub cost_usd: Vec<Claim<ForMode<f64>>>,
    /// Its node.
    pub node: Id<Node>,
}

/// A value that may hold for one mode only.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ForMode<T> {
    /// The mode; all if absent.
    pub mode: Option<Mode>,
    /// The value.
    pub value: T,
}

/// Whether a border crossing point is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regime {
    /// Open.
    Open,
    /// Open to cargo, closed to travellers.
    CargoOnly,
    /// Closed.
    Closed,
}

/// Time spent at a border, in hours.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dwell {
    /// A good day.
    pub low: f64,
    /// What to plan with.
    pub typical: f64,
    /// A bad day.
    pub high: f64,
}

/// Parameters that no link or crossing states itself.
#[derive(Debug, Clone)]
pub struct Defaults {
    /// Speeds by mode, in kilometres per hour.
    pub speed_kmh: ByMode<f64>,
    /// Tariffs by mode, in US dollars per tonne and kilometre.
    pub cost_usd_per_t_km: ByMode<f64>,
    /// Hours at a border, by mode.
    pub dwell_h: ByMode<Dwell>,
    /// Charges at a border by mode, in US dollars per truck or rail unit.
    pub crossing_cost_usd: ByMode<f64>,
    /// Tonnes per truck or rail unit, by mode: turns a charge into a cost per tonne.
    pub payload_t: ByMode<f64>,
    /// Hours of a gauge change.
    pub gauge_change_h: Claim<f64>,
    /// Cost of a gauge change, in US dollars per tonne.
    pub gauge_change_usd_per_t: Claim<f64>,
    /// Hours of a change of mode.
    pub transfer_h: Claim<f64>,
    /// Cost of a change of mode, in US dollars per tonne.
    pub transfer_usd_per_t: Claim<f64>,
}

/// One claim per mode.
#[derive(Debug, Clone)]
pub struct ByMode<T> {
    /// For trains.
    pub rail: Claim<T>,
    /// For trucks.
    pub road: Claim<T>,
    /// For ships.
    pub ferry: Claim<T>,
}

impl<T> ByMode<T> {
    /// The claim for `mode`.
    pub const fn of(&self, mode: Mode) -> &Claim<T> {
        match mode {
            Mode::Rail => &self.rail,
            Mode::Road => &self.road,
            Mode::Ferry => &self.ferry,
        }
    }
}

impl ConditionKind {
    /// The group that corridor tables count it in.
    pub const fn existence(self) -> Existence {
        match self {
            Self::Operational => Existence::Operational,
            Self::Closed | Self::Derelict => Existence::Closed,
            Self::Dismantled | Self::UnderConstruction | Self::Planned => Existence::ToBuild,
        }
    }
}

impl Node {
    /// Whether cargo can change from one mode to another here.
    pub const fn transfers(&self) -> bool {
        matches!(self.kind, NodeKind::Terminal | NodeKind::Port)
    }
}

impl Link {
    /// The condition on `date`; none if no claim speaks for that date.
    pub fn condition_on(&self, date: Date) -> Option<&Claim<Condition>> {
        in_force(&self.condition, date)
    }

    /// What exists of the link on `date`; a link that no claim speaks for counts as still to build.
    pub fn existence_on(&self, date: Date) -> Existence {
        self.condition_on(date)
            .map_or(Existence::ToBuild, |claim| claim.value.is.existence())
    }

    /// The end that is not `node`.
    pub fn other_end(&self, node: Id<Node>) -> Id<Node> {
        if self.from == node {
            self.to
        } else {
            self.from
        }
    }
}

impl Crossing {
    /// The regime for `mode` on `date`: claims for that very mode stand before claims for all.
    pub fn regime_on(&self, mode: Mode, date: Date) -> Option<&Claim<ForMode<Regime>>> {
        for_mode(&self.regime, mode, date)
    }

    /// The hours that crossing takes `mode` on `date`, if a claim says so.
    pub fn dwell_on(&self, mode: Mode, date: Date) -> Option<&Claim<ForMode<Dwell>>> {
        for_mode(&self.dwell_h, mode, date)
    }

    /// The charge for `mode` on `date`, if a claim says so.
    pub fn cost_on(&self, mode: Mode, date: Date) -> Option<&Claim<ForMode<f64>>> {
        for_mode(&self.cost_usd, mode, date)
    }
}

/// The claim in force for `mode`: the later one of those for that mode and those for all modes, the former where they began together.
fn for_mode<T: Clone>(
    claims: &[Claim<ForMode<T>>],
    mode: Mode,
    date: Date,
) -> Option<&Claim<ForMode<T>>> {
    let start = |claim: &Claim<ForMode<T>>| claim.from.map(Date::first_day);
    let mut best: Option<&Claim<ForMode<T>>> = None;
    for claim in claims.iter().filter(|claim| claim.holds_on(date)) {
        if claim.value.mode.is_some_and(|own| own != mode) {
            continue;
        }
        let rank = |claim: &Claim<ForMode<T>>| (start(claim), claim.value.mode.is_some());
        if best.is_none_or(|found| rank(claim) > rank(found)) {
            best = Some(claim);
        }
    }
    best
}

impl Named for Node {
    fn slug(&self) -> &str {
        &self.id
    }
}

impl Named for Link {
    fn slug(&self) -> &str {
        &self.id
    }
}

impl Named for Crossing {
    fn slug(&self) -> &str {
        &self.id
    }
}

words!(Mode { Rail => "rail", Road => "road", Ferry => "ferry" });
words!(ConditionKind {
    Operational => "operational",
    Closed => "closed",
    Derelict => "derelict",
    Dismantled => "dismantled",
    UnderConstruction => "under-construction",
    Planned => "planned",
});
words!(Regime { Open => "open", CargoOnly => "cargo-only", Closed => "closed" });
words!(LengthBasis {
    Published => "published",
    Posts => "posts",
    Source => "source",
    Geodesic => "geodesic",
});
words!(Drawn {
    BaseNetwork => "base-network",
    RiverBank => "river-bank",
    Valley => "valley",
    Straight => "straight",
});
words!(NodeKind {
    Terminal => "terminal",
    Station => "station",
    Junction => "junction",
    Port => "port",
    GaugeChange => "gauge-change",
    Crossing => "crossing",
    End => "end",
});
words!(Existence {
    Operational => "operational",
    Closed => "closed",
    ToBuild => "to-build",
});

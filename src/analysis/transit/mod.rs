//! Transit options from one place to another, with what they take and how sure it is that they avoid what they should.
//!
//! *In*: the world and a [`Query`]. *Out*: an [`Answer`], whose JSON is the contract of the `transit` command.

mod assumptions;
mod avoidance;
mod legs;
mod option;
mod reason;
#[cfg(test)]
mod tests;

use crate::analysis::certificate::Way;
use crate::analysis::transit::avoidance::Avoidance;
use crate::error::Error;
use crate::error::Result;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Date;
use crate::model::Id;
use crate::model::Mode;
use crate::model::Named;
use crate::model::Node;
use crate::model::Scenario;
use crate::model::World;
use crate::routing::Request;
use crate::routing::Statistics;
use crate::routing::options;
use crate::scenario::MODES;
use crate::scenario::Situation;

pub use assumptions::AssumptionRow;
pub use avoidance::CertificateRow;
pub use avoidance::MarginRow;
pub use legs::LegRow;
pub use option::BorderRow;
pub use option::ChangeRow;
pub use option::HandlingRow;
pub use option::OptionRow;
pub use reason::NeedRow;
pub use reason::Reason;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query<'q> {
    /// Where the journey starts.
    pub from: Id<Node>,
    /// Where it ends.
    pub to: Id<Node>,
    /// States that it must not touch, or single subdivisions.
    pub avoid: Vec<Code>,
    /// What it may use; all modes if empty.
    pub modes: Vec<Mode>,
    /// What is laid over the world.
    pub scenario: Option<&'q Scenario>,
    /// The date, before that of the scenario and that of the data.
    pub on: Option<Date>,
    /// The boundary source of the certificates; the primary one if absent.
    pub source: Option<&'q str>,
    /// The most options to show; all if absent. Those that are best on a criterion are shown first.
    pub limit: Option<usize>,
}

/// The answer.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Answer {
    /// Where the journey starts: node id.
    pub from: String,
    /// Where it ends: node id.
    pub to: String,
    /// What it avoids.
    pub avoid: Vec<Code>,
    /// What it may use.
    pub modes: Vec<Mode>,
    /// The scenario's id.
    pub scenario: Option<String>,
    /// The date.
    pub as_of: Date,
    /// The boundary source of the certificates.
    pub source: String,
    /// How many options there are.
    pub options_found: usize,
    /// The options by time, the limited number of them.
    pub options: Vec<OptionRow>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The work that the search was.
    pub search: Statistics,
}

impl Query<'_> {
    /// From one node to another by any mode, nothing avoided, as the data has it.
    pub const fn new(from: Id<Node>, to: Id<Node>) -> Self {
        Self {
            from,
            to,
            avoid: Vec::new(),
            modes: Vec::new(),
            scenario: None,
            on: None,
            source: None,
            limit: None,
        }
    }

    fn modes(&self) -> Vec<Mode> {
        let asked = |mode: &Mode| self.modes.is_empty() || self.modes.contains(mode);
        MODES.into_iter().filter(asked).collect()
    }
}

/// The node with this id, or with this name in some language.
///
/// # Errors
///
/// [`Error::Unknown`] with the ids that look most like it.
pub fn find_node(world: &World, name: &str) -> Result<Id<Node>> {
    let wanted = name.to_lowercase();
    let named = |node: &Node| {
        node.names
            .iter()
            .any(|(_, own)| own.to_lowercase() == wanted)
    };
    let by_name = || {
        let mut matching: Vec<(Id<Node>, &Node)> =
            world.nodes.iter().filter(|(_, node)| named(node)).collect();
        // A town's terminal is what its name means before its railway station.
        matching.sort_by_key(|(_, node)| !node.transfers());
        matching.first().map(|(id, _)| *id)
    };
    world.nodes.find(name).or_else(by_name).ok_or_else(|| {
        let named = world
            .nodes
            .iter()
            .filter(|(_, node)| !node.names.is_empty());
        Error::unknown("node", name, named.map(|(_, node)| node.slug()))
    })
}

/// The options for `query`.
///
/// # Properties
///
/// - No option is beaten by another on all criteria; their ids count them by time, whatever the limit.
/// - An option's figures are the sums of those of its legs, borders and other handling.
///
/// # Errors
///
/// [`Error::Usage`] if start and destination are one place or lie in an avoided state, or if there is no network;
/// [`Error::Unknown`] for a boundary source or a state that the data does not hold.
pub fn transit(world: &World, query: &Query<'_>) -> Result<Answer> {
    let boundary = world.boundary(query.source)?;
    check_avoided(world, &query.avoid)?;
    let situation = Situation::new(world, query.scenario, query.on)?;
    let modes = query.modes();
    let request = Request {
        from: query.from,
        to: query.to,
        avoid: &query.avoid,
        modes: &modes,
    };
    let found = options(&situation, &request)?;
    let reason = if found.chosen.is_empty() {
        reason::reason(&situation, &request)?
    } else {
        None
    };
    let shown = found.selection(query.limit);
    let mut rows: Vec<OptionRow> = shown
        .iter()
        .map(|number| option::row(&situation, &found, *number))
        .collect();
    certify(world, boundary, query, &mut rows);
    Ok(Answer {
        from: world.nodes[query.from].id.clone(),
        to: world.nodes[query.to].id.clone(),
        avoid: query.avoid.clone(),
        modes,
        scenario: query.scenario.map(|scenario| scenario.id.clone()),
        as_of: situation.on(),
        source: world.source_of(boundary).id.clone(),
        options_found: found.chosen.len(),
        options: rows,
        reason,
        search: found.statistics,
    })
}

/// Adds the certificates of all avoided states to the options, that of the smallest margin as the headline.
fn certify(world: &World, headline: &Boundary, query: &Query<'_>, rows: &mut [OptionRow]) {
    let start = world.nodes[query.from].at;
    let ways: Vec<Way> = rows
        .iter()
        .map(|row| Way {
            start,
            links: row.links.clone(),
        })
        .collect();
    for avoided in &query.avoid {
        let avoidance = Avoidance::new(world, headline, *avoided, &ways);
        for (number, row) in rows.iter_mut().enumerate() {
            row.certificates.extend(avoidance.certificate(number));
        }
    }
    for row in rows {
        row.certificates
            .sort_by(|one, other| one.headline.margin_m.total_cmp(&other.headline.margin_m));
        row.certificate = row.certificates.first().cloned();
    }
}

fn check_avoided(world: &World, avoid: &[Code]) -> Result<()> {
    let drawn = world
        .boundaries
        .iter()
        .flat_map(|boundary| &boundary.territories);
    let crossed = world.links.iter().map(|(_, link)| link.territory);
    let known: std::collections::BTreeSet<Code> = drawn
        .map(|territory| territory.code)
        .chain(crossed)
        .flat_map(|territory| [territory, territory.state()])
        .collect();
    match avoid.iter().find(|code| !known.contains(code)) {
        None => Ok(()),
        Some(unknown) => {
            let names = known.iter().map(Code::as_str);
            Err(Error::unknown("state", unknown.as_str(), names))
        }
    }
}

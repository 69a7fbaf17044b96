//! How nodes and links meet.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::analysis::soundness::fault;
use crate::dataset::LINKS;
use crate::dataset::NODES;
use crate::error::Problem;
use crate::model::Code;
use crate::model::Id;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Node;
use crate::model::NodeKind;
use crate::model::World;

pub(super) fn problems(world: &World) -> Vec<Problem> {
    let mut at: BTreeMap<Id<Node>, Vec<&Link>> =
        world.nodes.ids().map(|id| (id, Vec::new())).collect();
    let mut problems = Vec::new();
    let mut served: BTreeSet<(Code, Mode)> = BTreeSet::new();
    for (id, link) in world.links.iter() {
        served.insert((link.territory, link.mode));
        for end in [link.from, link.to] {
            if let Some(links) = at.get_mut(&end) {
                links.push(link);
            }
        }
        problems.extend(elsewhere(world, id, link));
    }
    for (id, links) in &at {
        let node = &world.nodes[*id];
        let found = dangling(node, links, &served).or_else(|| broken_gauge(node, links));
        problems.extend(
            found.map(|(property, message)| fault(NODES, id.row(), &node.id, property, message)),
        );
    }
    problems
}

/// A link that is in another territory than one of its ends.
fn elsewhere(world: &World, id: Id<Link>, link: &Link) -> Option<Problem> {
    let mut ends = [link.from, link.to]
        .into_iter()
        .map(|end| &world.nodes[end]);
    let end = ends.find(|end| !end.territories.contains(&link.territory))?;
    let codes: Vec<&str> = end.territories.iter().map(Code::as_str).collect();
    let message = format!(
        "is {}, but its end `{}` is in {}: a link ends at the border, in a crossing",
        link.territory,
        end.id,
        codes.join(" and "),
    );
    Some(fault(LINKS, id.row(), &link.id, "state", message))
}

type Fault = (&'static str, String);

fn dangling(node: &Node, links: &[&Link], served: &BTreeSet<(Code, Mode)>) -> Option<Fault> {
    if links.is_empty() {
        return Some(("id", "no link ends here: the node dangles".to_owned()));
    }
    match node.kind {
        NodeKind::Junction | NodeKind::GaugeChange if links.len() == 1 => {
            let message = format!(
                "only `{}` ends here: a {} joins two links or more; an `end` is where a line ends",
                links[0].id,
                node.kind.word(),
            );
            Some(("kind", message))
        }
        NodeKind::Crossing => one_sided(node, links, served),
        _ => None,
    }
}

/// A crossing that a mode reaches from one side only, though there is such a network on the other.
fn one_sided(node: &Node, links: &[&Link], served: &BTreeSet<(Code, Mode)>) -> Option<Fault> {
    for link in links {
        let opposite = node
            .territories
            .iter()
            .find(|code| **code != link.territory)?;
        let goes_on = links
            .iter()
            .any(|other| other.territory == *opposite && other.mode == link.mode);
        if !goes_on && served.contains(&(*opposite, link.mode)) {
            let message = format!(
                "`{}` ends here, and no {} goes on in {opposite}: the link dangles",
                link.id,
                link.mode.word(),
            );
            return Some(("id", message));
        }
    }
    None
}

/// Railways of different gauges that meet where no gauge change is.
fn broken_gauge(node: &Node, links: &[&Link]) -> Option<Fault> {
    let gauges: BTreeSet<u32> = links.iter().filter_map(|link| link.gauge_mm).collect();
    if gauges.len() < 2 || node.kind == NodeKind::GaugeChange {
        return None;
    }
    let gauges: Vec<String> = gauges.iter().map(u32::to_string).collect();
    let message = format!(
        "railways of {} mm meet here: only a `gauge-change` may join them",
        gauges.join(" and "),
    );
    Some(("kind", message))
}

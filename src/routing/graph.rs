//! The network of a situation as the search sees it: open links in classes of equal terms, and the gates between classes.

use std::collections::HashMap;

use crate::model::Code;
use crate::model::Id;
use crate::model::Link;
use crate::model::Node;
use crate::routing::Request;
use crate::scenario::Situation;
use crate::scenario::Terms;

/// A link seen from one of its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Arc {
    /// The class of the link.
    pub(crate) class: usize,
    /// The link.
    pub(crate) link: Id<Link>,
    /// Its other end.
    pub(crate) to: Id<Node>,
    /// Its length in metres.
    pub(crate) length_m: u32,
}

/// The links that a request may use, by node.
///
/// # Properties
///
/// Classes and gates depend on all links, open or not, avoided or not: closing a link never moves the places where a
/// journey's figures are rounded, so it can never make a journey better.
#[derive(Debug)]
pub(crate) struct Graph {
    /// The terms of each class.
    pub(crate) classes: Vec<Terms>,
    /// Usable links by node, each node's sorted by class and then link.
    arcs: Vec<Arc>,
    /// Where each node's arcs start, and where the last one's end.
    starts: Vec<usize>,
    /// Whether links of several classes meet at a node, or a journey starts or ends there.
    gates: Vec<bool>,
}

impl Graph {
    /// The links of `situation` that `request` may use.
    pub(crate) fn new(situation: &Situation<'_>, request: &Request<'_>) -> Self {
        let world = situation.world();
        let (classes, class_of) = classify(situation);
        let mut gates = gates(situation, &class_of);
        gates[request.from.row()] = true;
        gates[request.to.row()] = true;

        let usable: Vec<(Id<Link>, &Link)> = world
            .links
            .iter()
            .filter(|(id, link)| situation.link(*id).open().is_some() && request.allows(link))
            .collect();
        let mut starts = vec![0; world.nodes.len() + 1];
        for end in usable.iter().flat_map(|(_, link)| [link.from, link.to]) {
            starts[end.row() + 1] += 1;
        }
        for row in 1..starts.len() {
            starts[row] += starts[row - 1];
        }
        let mut arcs: Vec<(Id<Node>, Arc)> = Vec::with_capacity(2 * usable.len());
        for (id, link) in usable {
            for (from, to) in [(link.from, link.to), (link.to, link.from)] {
                let class = class_of[id.row()];
                arcs.push((
                    from,
                    Arc {
                        class,
                        link: id,
                        to,
                        length_m: link.length_m,
                    },
                ));
            }
        }
        arcs.sort_unstable();
        let arcs = arcs.into_iter().map(|(_, arc)| arc).collect();
        Self {
            classes,
            arcs,
            starts,
            gates,
        }
    }

    /// The usable links at `node`, by class and then link.
    pub(crate) fn arcs(&self, node: Id<Node>) -> &[Arc] {
        &self.arcs[self.starts[node.row()]..self.starts[node.row() + 1]]
    }

    /// The classes of the usable links at `node`, each once, in order.
    pub(crate) fn classes_at(&self, node: Id<Node>) -> impl Iterator<Item = usize> {
        self.arcs(node)
            .chunk_by(|one, next| one.class == next.class)
            .map(|run| run[0].class)
    }

    /// Whether a section of a journey ends at `node`.
    pub(crate) fn is_gate(&self, node: Id<Node>) -> bool {
        self.gates[node.row()]
    }

    /// The number of nodes.
    pub(crate) fn nodes(&self) -> usize {
        self.gates.len()
    }

    /// The number of gates.
    pub(crate) fn gate_count(&self) -> usize {
        self.gates.iter().filter(|gate| **gate).count()
    }

    /// The mode, gauge and state of a class.
    pub(crate) fn footing(&self, class: usize) -> Footing {
        let terms = &self.classes[class];
        Footing {
            mode: terms.mode,
            gauge_mm: terms.gauge_mm,
            state: terms.territory.state(),
        }
    }
}

/// What a journey carries from one section into the next: enough to know what changing over takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Footing {
    /// What the cargo is on.
    pub(crate) mode: crate::model::Mode,
    /// The gauge of its wagons.
    pub(crate) gauge_mm: Option<u32>,
    /// The state that it is in.
    pub(crate) state: Code,
}

/// The distinct terms in order, and the class of every link.
fn classify(situation: &Situation<'_>) -> (Vec<Terms>, Vec<usize>) {
    let mut classes: Vec<Terms> = Vec::new();
    let mut known: HashMap<Terms, usize> = HashMap::new();
    let links = situation.world().links.ids();
    let class_of = links
        .map(|link| {
            let terms = situation.link(link).terms;
            *known.entry(terms).or_insert_with(|| {
                classes.push(terms);
                classes.len() - 1
            })
        })
        .collect();
    (classes, class_of)
}

/// Marks the nodes where links of several classes meet.
fn gates(situation: &Situation<'_>, class_of: &[usize]) -> Vec<bool> {
    let world = situation.world();
    let mut first_class = vec![None; world.nodes.len()];
    let mut gates = vec![false; world.nodes.len()];
    for ((_, link), class) in world.links.iter().zip(class_of) {
        for end in [link.from, link.to] {
            let first = first_class[end.row()].get_or_insert(*class);
            gates[end.row()] |= first != class;
        }
    }
    gates
}

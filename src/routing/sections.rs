//! Shortest ways through one class of links, from gate to gate.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::HashMap;
use std::ops::Range;

use crate::model::Id;
use crate::model::Link;
use crate::model::Node;
use crate::routing::Criteria;
use crate::routing::graph::Graph;
use crate::routing::itinerary::of_way;

/// The shortest way from a gate to another through links of one class that passes no third gate.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    /// The gate where it starts.
    pub(crate) from: Id<Node>,
    /// The gate where it ends.
    pub(crate) to: Id<Node>,
    /// Its length in metres.
    pub(crate) length_m: u32,
    /// What it takes.
    pub(crate) criteria: Criteria,
    /// Where its links stand in [`Sections::links_of`].
    links: Range<usize>,
}

/// Sections by the gate and class that they start with, found when first asked for.
#[derive(Debug)]
pub(crate) struct Sections<'g> {
    graph: &'g Graph,
    found: HashMap<(Id<Node>, usize), Range<usize>>,
    all: Vec<Section>,
    links: Vec<Id<Link>>,
    /// Per node, of the way that is being looked for: the shortest distance so far and the link and node it comes by.
    reached: Vec<Option<Reached>>,
    touched: Vec<Id<Node>>,
}

#[derive(Debug, Clone, Copy)]
struct Reached {
    length_m: u32,
    by: Option<(Id<Link>, Id<Node>)>,
}

impl<'g> Sections<'g> {
    /// No sections yet.
    pub(crate) fn new(graph: &'g Graph) -> Self {
        Self {
            graph,
            found: HashMap::new(),
            all: Vec::new(),
            links: Vec::new(),
            reached: vec![None; graph.nodes()],
            touched: Vec::new(),
        }
    }

    /// The sections from gate `from` through `class`, in order of their length.
    pub(crate) fn leaving(&mut self, from: Id<Node>, class: usize) -> Range<usize> {
        if let Some(found) = self.found.get(&(from, class)) {
            return found.clone();
        }
        let start = self.all.len();
        self.search(from, class);
        let found = start..self.all.len();
        self.found.insert((from, class), found.clone());
        found
    }

    /// The section with this number.
    pub(crate) fn get(&self, section: usize) -> &Section {
        &self.all[section]
    }

    /// The links of a section in order.
    pub(crate) fn links_of(&self, section: usize) -> &[Id<Link>] {
        &self.links[self.all[section].links.clone()]
    }

    /// The number of sections found so far.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// Dijkstra's search, which ends at every gate; of two ways of one length the one settled first stays.
    fn search(&mut self, from: Id<Node>, class: usize) {
        let mut queue = BinaryHeap::new();
        self.reach(
            from,
            Reached {
                length_m: 0,
                by: None,
            },
        );
        queue.push(Reverse((0, from)));
        while let Some(Reverse((length_m, node))) = queue.pop() {
            if self.reached[node.row()].is_some_and(|reached| reached.length_m < length_m) {
                continue;
            }
            if node != from && self.graph.is_gate(node) {
                self.keep(from, node, class, length_m);
                continue;
            }
            for arc in self
                .graph
                .arcs(node)
                .iter()
                .filter(|arc| arc.class == class)
            {
                let length_m = length_m.saturating_add(arc.length_m);
                if self.reached[arc.to.row()].is_none_or(|reached| length_m < reached.length_m) {
                    self.reach(
                        arc.to,
                        Reached {
                            length_m,
                            by: Some((arc.link, node)),
                        },
                    );
                    queue.push(Reverse((length_m, arc.to)));
                }
            }
        }
        for node in self.touched.drain(..) {
            self.reached[node.row()] = None;
        }
    }

    fn reach(&mut self, node: Id<Node>, reached: Reached) {
        if self.reached[node.row()].replace(reached).is_none() {
            self.touched.push(node);
        }
    }

    fn keep(&mut self, from: Id<Node>, to: Id<Node>, class: usize, length_m: u32) {
        let start = self.links.len();
        let mut node = to;
        while let Some((link, before)) = self.reached[node.row()].and_then(|reached| reached.by) {
            self.links.push(link);
            node = before;
        }
        self.links[start..].reverse();
        let terms = &self.graph.classes[class];
        let criteria = of_way(terms, length_m);
        let links = start..self.links.len();
        self.all.push(Section {
            from,
            to,
            length_m,
            criteria,
            links,
        });
    }
}

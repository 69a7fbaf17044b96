//! Chains of links between nodes.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::HashMap;

use crate::model::Code;
use crate::model::Id;
use crate::model::Link;
use crate::model::Node;
use crate::model::Over;
use crate::model::Term;
use crate::model::Way;
use crate::model::World;

/// Links in order, each continuing where the one before ended, from a node on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chain {
    pub(super) from: Id<Node>,
    pub(super) links: Vec<Id<Link>>,
}

/// The chain of a term, in all territories; why there is none.
pub(super) fn chain(world: &World, term: &Term) -> Result<Chain, String> {
    match &term.way {
        Way::Corridor(corridor) => {
            let corridor = &world.corridors[*corridor];
            Ok(Chain {
                from: corridor.from,
                links: corridor.links.clone(),
            })
        }
        Way::Between { over, nodes } => {
            let may_use = |link: &Link| match over {
                Over::Mode(mode) => link.mode == *mode,
                Over::Line(line) => link.line.as_ref() == Some(line),
            };
            let mut links = Vec::new();
            for ends in nodes.windows(2) {
                let found = shortest(world, may_use, ends[0], ends[1]);
                let name = |node: Id<Node>| &world.nodes[node].id;
                let missing = || {
                    format!(
                        "the network has no such way from {} to {}",
                        name(ends[0]),
                        name(ends[1])
                    )
                };
                links.extend(found.ok_or_else(missing)?);
            }
            Ok(Chain {
                from: nodes[0],
                links,
            })
        }
    }
}

impl Chain {
    /// Its nodes in order.
    pub(super) fn nodes(&self, world: &World) -> Vec<Id<Node>> {
        let mut at = self.from;
        let after = self.links.iter().map(|link| {
            at = world.links[*link].other_end(at);
            at
        });
        std::iter::once(self.from).chain(after).collect()
    }

    /// Its links in a territory, or all.
    pub(super) fn within<'c>(
        &'c self,
        world: &'c World,
        code: Option<Code>,
    ) -> impl Iterator<Item = Id<Link>> + 'c {
        let is_in =
            move |link: &Id<Link>| code.is_none_or(|code| world.links[*link].territory == code);
        self.links.iter().copied().filter(is_in)
    }

    /// Its length by the kilometre posts of the lines that it follows; none if they leave a gap.
    pub(super) fn by_posts_km(&self, world: &World) -> Option<f64> {
        let nodes = self.nodes(world);
        let post = |node: Id<Node>, line: &str| {
            let mut posts = world.nodes[node].posts.iter();
            posts.find(|post| post.line == line).map(|post| post.km)
        };
        let (mut at, mut total_km) = (0, 0.0);
        while at + 1 < nodes.len() {
            let reached = world.nodes[nodes[at]].posts.iter().filter_map(|start| {
                let last = (at + 1..nodes.len())
                    .rev()
                    .find(|&to| post(nodes[to], &start.line).is_some())?;
                let stretch = &self.links[at..last];
                let follows = stretch
                    .iter()
                    .all(|link| world.links[*link].line.as_deref() == Some(&start.line));
                let km = (post(nodes[last], &start.line)? - start.km).abs();
                follows.then_some((last, km))
            });
            let (last, km) = reached.max_by_key(|(last, _)| *last)?;
            total_km += km;
            at = last;
        }
        Some(total_km)
    }
}

/// The shortest chain over some links, by whole metres; of equal ones that found first in the order of nodes and links.
fn shortest(
    world: &World,
    may_use: impl Fn(&Link) -> bool,
    from: Id<Node>,
    to: Id<Node>,
) -> Option<Vec<Id<Link>>> {
    let mut beside: HashMap<Id<Node>, Vec<Id<Link>>> = HashMap::new();
    for (id, link) in world.links.iter().filter(|(_, link)| may_use(link)) {
        beside.entry(link.from).or_default().push(id);
        beside.entry(link.to).or_default().push(id);
    }
    let mut best: HashMap<Id<Node>, (u64, Option<Id<Link>>)> = HashMap::from([(from, (0, None))]);
    let mut open = BinaryHeap::from([Reverse((0_u64, from))]);
    while let Some(Reverse((length_m, node))) = open.pop() {
        if node == to {
            break;
        }
        for &link in beside.get(&node).into_iter().flatten() {
            let next = world.links[link].other_end(node);
            let next_m = length_m + u64::from(world.links[link].length_m);
            if best.get(&next).is_none_or(|(known_m, _)| next_m < *known_m) {
                best.insert(next, (next_m, Some(link)));
                open.push(Reverse((next_m, next)));
            }
        }
    }
    let mut links = Vec::new();
    let mut at = to;
    while at != from {
        let link = best.get(&at)?.1?;
        links.push(link);
        at = world.links[link].other_end(at);
    }
    links.reverse();
    Some(links)
}

#[cfg(test)]
mod tests {
    use super::Chain;
    use super::chain;
    use crate::model::Mode;
    use crate::model::Over;
    use crate::model::Term;
    use crate::model::Way;
    use crate::model::World;
    use crate::routing::fixture;

    /// a -10- b -10- c, and a longer way round over d.
    fn world() -> World {
        fixture::world(
            "node a terminal 0 0 AA
             node b station 1 0 AA
             node c terminal 2 0 BB
             node d station 1 1 AA
             link ab rail a b 10 AA 1520
             link bc rail c b 10 BB 1520 planned
             link ad rail a d 15 AA 1520
             link dc rail d c 15 BB 1520",
        )
    }

    fn between(world: &World, nodes: &[&str]) -> Result<Chain, String> {
        let node = |id: &&str| world.nodes.find(id).expect("a node");
        let term = Term {
            text: String::new(),
            minus: false,
            way: Way::Between {
                over: Over::Mode(Mode::Rail),
                nodes: nodes.iter().map(node).collect(),
            },
            within: None,
        };
        chain(world, &term)
    }

    #[test]
    fn a_chain_is_the_shortest_whatever_its_condition_and_passes_its_nodes() {
        let world = world();
        let names = |nodes: &[&str]| -> Vec<String> {
            let chain = between(&world, nodes).expect("a chain");
            chain
                .links
                .iter()
                .map(|link| world.links[*link].id.clone())
                .collect()
        };
        assert_eq!(names(&["a", "c"]), ["ab", "bc"]);
        assert_eq!(names(&["a", "d", "c"]), ["ad", "dc"]);
        let abroad = "BB".parse().expect("a code");
        let chain = between(&world, &["a", "c"]).expect("a chain");
        assert_eq!(chain.within(&world, Some(abroad)).count(), 1);
        assert_eq!(chain.by_posts_km(&world), None);
    }
}

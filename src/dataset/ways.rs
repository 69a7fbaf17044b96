//! Ways as the data set writes them: corridors and chains between nodes, added and taken off.
//!
//! ```text
//! ways  = term, { " + " | " - ", term }
//! term  = corridor, [ "@", territory ] | over, ":", node, ">", node, { ">", node }, [ "@", territory ]
//! over  = "rail" | "road" | "ferry" | line
//! ```

use crate::model::Code;
use crate::model::Corridor;
use crate::model::Id;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Node;
use crate::model::Over;
use crate::model::Table;
use crate::model::Term;
use crate::model::Way;

/// The tables that ways point into.
#[derive(Clone, Copy)]
pub(super) struct Network<'a> {
    pub(super) nodes: &'a Table<Node>,
    pub(super) links: &'a Table<Link>,
    pub(super) corridors: &'a Table<Corridor>,
}

/// The terms of a sum of ways; what is wrong with it if it is none.
pub(super) fn ways(text: &str, network: Network<'_>) -> Result<Vec<Term>, String> {
    let mut terms = Vec::new();
    let mut minus = false;
    for (number, word) in text.split_whitespace().enumerate() {
        let is_term = number.is_multiple_of(2);
        match (is_term, word) {
            (true, word) => terms.push(term(word, minus, network)?),
            (false, "+") => minus = false,
            (false, "-") => minus = true,
            (false, other) => {
                return Err(format!("`{other}`: ways are joined by ` + ` or ` - `"));
            }
        }
    }
    let words = text.split_whitespace().count();
    if words.is_multiple_of(2) {
        return Err("ends without a way: name a corridor, or `mode:node>node`".to_owned());
    }
    Ok(terms)
}

fn term(text: &str, minus: bool, network: Network<'_>) -> Result<Term, String> {
    let (way, within) = match text.split_once('@') {
        Some((way, code)) => (way, Some(code.parse::<Code>().map_err(|e| e.to_string())?)),
        None => (text, None),
    };
    Ok(Term {
        text: text.to_owned(),
        minus,
        way: one(way, network)?,
        within,
    })
}

fn one(text: &str, network: Network<'_>) -> Result<Way, String> {
    let Some((over, nodes)) = text.split_once(':') else {
        let found = network.corridors.find(text).map(Way::Corridor);
        return found.ok_or_else(|| {
            format!(
                "`{text}` is no corridor of corridors.json; between nodes write `mode:node>node`"
            )
        });
    };
    let node = |slug: &str| -> Result<Id<Node>, String> {
        let found = network.nodes.find(slug);
        found.ok_or_else(|| format!("node `{slug}` is unknown: name one of network/nodes.geojson"))
    };
    let nodes = nodes.split('>').map(node).collect::<Result<Vec<_>, _>>()?;
    if nodes.len() < 2 {
        return Err(format!(
            "`{text}` names one node: a chain leads from one to another"
        ));
    }
    Ok(Way::Between {
        over: used(over, network)?,
        nodes,
    })
}

fn used(word: &str, network: Network<'_>) -> Result<Over, String> {
    let modes = [Mode::Rail, Mode::Road, Mode::Ferry];
    if let Some(mode) = modes.into_iter().find(|mode| mode.word() == word) {
        return Ok(Over::Mode(mode));
    }
    let is_line = |link: &Link| link.line.as_deref() == Some(word);
    if network.links.iter().any(|(_, link)| is_line(link)) {
        return Ok(Over::Line(word.to_owned()));
    }
    Err(format!(
        "`{word}` is neither a mode (rail, road, ferry) nor the line of a link"
    ))
}

#[cfg(test)]
mod tests {
    use super::Network;
    use super::ways;
    use crate::model::Over;
    use crate::model::Table;
    use crate::model::Way;
    use crate::routing::fixture;

    fn read(text: &str) -> Result<Vec<crate::model::Term>, String> {
        let world = fixture::world(
            "node a terminal 0 0 AA
             node b terminal 1 0 AA
             link ab rail a b 20 AA 1520",
        );
        let corridors = Table::default();
        let network = Network {
            nodes: &world.nodes,
            links: &world.links,
            corridors: &corridors,
        };
        ways(text, network)
    }

    #[test]
    fn chains_are_added_and_taken_off() {
        let terms = read("rail:a>b - rail:b>a@AA").expect("two terms");
        let signs: Vec<(bool, bool)> = terms
            .iter()
            .map(|term| (term.minus, term.within.is_some()))
            .collect();
        assert_eq!(signs, [(false, false), (true, true)]);
        assert!(
            matches!(&terms[0].way, Way::Between { over: Over::Mode(_), nodes } if nodes.len() == 2)
        );
    }

    #[test]
    fn what_is_no_way_is_told() {
        for (text, told) in [
            ("", "ends without a way"),
            ("rail:a>b -", "ends without a way"),
            ("rail:a>b rail:a>b", "joined by"),
            ("rail:a", "names one node"),
            ("rail:a>z", "node `z` is unknown"),
            ("tram:a>b", "neither a mode"),
            ("nowhere", "no corridor"),
            ("rail:a>b@aa", "no state or territory code"),
        ] {
            let message = read(text).expect_err(text);
            assert!(message.contains(told), "{text}: {message}");
        }
    }
}

//! Small random networks: a case is known by its number alone.

use std::fmt::Write as _;

use crate::model::Code;
use crate::model::Op;
use crate::model::World;
use crate::routing::fixture;

/// A small generator, so that a case is known by its number alone (Steele, Lea and Flood 2014, `SplitMix64`).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// A number below `sides`.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((bits ^ (bits >> 31)) % sides as u64).expect("a small number")
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

/// A network of 5 to 8 nodes in three states, with links of all kinds between nodes that share a territory.
pub(super) fn random_world(seed: u64) -> World {
    let mut dice = Dice(seed);
    let states = ["AA", "AA", "BB", "BB", "BB-X", "CC"];
    let count = 5 + dice.roll(4);
    let mut text = String::new();
    let mut homes: Vec<Vec<&str>> = Vec::new();
    for node in 0..count {
        let home = dice.pick(&states);
        let other = dice.pick(&states);
        let two = home[..2] != other[..2] && dice.roll(3) > 0;
        let kind = if two {
            "crossing"
        } else {
            dice.pick(&[
                "terminal",
                "terminal",
                "junction",
                "port",
                "gauge-change",
                "gauge-change",
            ])
        };
        homes.push(if two { vec![home, other] } else { vec![home] });
        let home = homes[node].join(" ");
        writeln!(text, "node n{node} {kind} 0.{node} 0.5 {home}").expect("text");
        if two && dice.roll(4) == 0 {
            writeln!(text, "crossing n{node} closed rail,road,ferry").expect("text");
        }
    }
    for link in 0..2 * count + dice.roll(count) {
        let (from, to) = (dice.roll(count), dice.roll(count));
        let Some(home) = homes[from].iter().find(|home| homes[to].contains(home)) else {
            continue;
        };
        if from == to {
            continue;
        }
        let (mode, gauge) = [
            ("rail", "1520"),
            ("rail", "1520"),
            ("rail", "1435"),
            ("road", "-"),
            ("ferry", "-"),
        ][dice.roll(5)];
        let km = 1 + dice.roll(300);
        let condition = dice.pick(&[
            "operational",
            "operational",
            "operational",
            "closed",
            "planned",
        ]);
        writeln!(
            text,
            "link l{link} {mode} n{from} n{to} {km} {home} {gauge} {condition}"
        )
        .expect("text");
    }
    fixture::world(&text)
}

/// Opens or builds some of the closed links, so that there is something to build.
pub(super) fn random_changes(world: &World, seed: u64) -> Vec<Op> {
    let mut dice = Dice(seed ^ 0xfeed);
    let changes = world.links.ids().filter_map(|link| match dice.roll(4) {
        0 => Some(Op::BuildLink(link)),
        1 => Some(Op::OpenLink(link)),
        _ => None,
    });
    changes.collect()
}

/// What a request on a random network avoids: often nothing.
pub(super) fn avoided(seed: u64) -> Vec<Code> {
    let choices: [&[&str]; 4] = [&[], &[], &["CC"], &["BB-X"]];
    let codes = choices[Dice(seed ^ 0xbeef).roll(4)].iter();
    codes.map(|code| code.parse().expect("a code")).collect()
}

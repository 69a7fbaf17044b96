//! Corridors as chains of links, open or not: how long, in whose territory, what exists and what is still to build.
//!
//! *In*: the world and a date. *Out*: a [`CorridorRow`] for lists and comparisons, a [`CorridorDetail`] for one corridor.
//! No scenario is needed: a corridor is what its parties announce, through closed links too.

mod rows;

use std::collections::BTreeMap;

use crate::analysis::grounds::cited;
use crate::error::Error;
use crate::error::Result;
use crate::model::Claim;
use crate::model::Code;
use crate::model::Corridor;
use crate::model::Crossing;
use crate::model::Date;
use crate::model::Existence;
use crate::model::Id;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Node;
use crate::model::Pair;
use crate::model::World;
use crate::units::rounded;

pub use rows::CorridorBorderRow;
pub use rows::CorridorDetail;
pub use rows::CorridorLinkRow;
pub use rows::CorridorRow;
pub use rows::PublishedRow;

/// The figures of all corridors, in the order of the data.
pub fn corridors(world: &World, on: Option<Date>) -> Vec<CorridorRow> {
    let on = on.unwrap_or(world.meta.as_of);
    world
        .corridors
        .iter()
        .map(|(_, corridor)| row(world, corridor, on))
        .collect()
}

/// The corridor with this id or letter, in full.
///
/// # Errors
///
/// [`Error::Unknown`] with the ids that look most like it.
pub fn corridor(world: &World, name: &str, on: Option<Date>) -> Result<CorridorDetail> {
    let corridor = &world.corridors[find_corridor(world, name)?];
    let on = on.unwrap_or(world.meta.as_of);
    Ok(CorridorDetail {
        row: row(world, corridor, on),
        summary: corridor.summary.clone(),
        notes: corridor.notes.clone(),
        links: steps(world, corridor)
            .map(|step| link_row(world, &step, on))
            .collect(),
        borders: borders(world, corridor)
            .map(|(crossing, mode)| border_row(world, crossing, mode, on))
            .collect(),
    })
}

/// The corridor with this id or letter.
///
/// # Errors
///
/// [`Error::Unknown`] with the ids that look most like it.
pub fn find_corridor(world: &World, name: &str) -> Result<Id<Corridor>> {
    let lettered = |corridor: &Corridor| {
        corridor
            .letter
            .as_ref()
            .is_some_and(|letter| letter.eq_ignore_ascii_case(name))
    };
    let by_letter = || {
        world
            .corridors
            .iter()
            .find(|(_, corridor)| lettered(corridor))
            .map(|(id, _)| id)
    };
    let found = world.corridors.find(name).or_else(by_letter);
    found.ok_or_else(|| Error::unknown("corridor", name, world.corridors.slugs()))
}

/// A link in the direction of a corridor.
struct Step<'w> {
    link: &'w Link,
    from: Id<Node>,
    to: Id<Node>,
}

fn steps<'w>(world: &'w World, corridor: &'w Corridor) -> impl Iterator<Item = Step<'w>> {
    corridor.links.iter().scan(corridor.from, |at, link| {
        let link = &world.links[*link];
        let from = *at;
        *at = link.other_end(from);
        Some(Step {
            link,
            from,
            to: *at,
        })
    })
}

/// Each link with the one after it.
fn joints<'w>(
    world: &'w World,
    corridor: &'w Corridor,
) -> impl Iterator<Item = (Step<'w>, Step<'w>)> {
    steps(world, corridor).zip(steps(world, corridor).skip(1))
}

/// The crossings where the state changes, and what crosses there.
fn borders<'w>(
    world: &'w World,
    corridor: &'w Corridor,
) -> impl Iterator<Item = (&'w Crossing, Mode)> {
    joints(world, corridor).filter_map(|(before, after)| {
        Pair::of(before.link.territory, after.link.territory)?;
        let at = |crossing: &&Crossing| crossing.node == before.to;
        let crossing = world
            .crossings
            .iter()
            .map(|(_, crossing)| crossing)
            .find(at)?;
        Some((crossing, after.link.mode))
    })
}

fn row(world: &World, corridor: &Corridor, on: Date) -> CorridorRow {
    let links: Vec<&Link> = corridor
        .links
        .iter()
        .map(|link| &world.links[*link])
        .collect();
    let mut by_state: BTreeMap<Code, u32> = BTreeMap::new();
    let mut by_existence: BTreeMap<Existence, u32> = BTreeMap::new();
    let mut modes: Vec<&str> = Vec::new();
    for link in &links {
        *by_state.entry(link.territory).or_default() += link.length_m;
        *by_existence.entry(link.existence_on(on)).or_default() += link.length_m;
        if !modes.contains(&link.mode.word()) {
            modes.push(link.mode.word());
        }
    }
    let existing = |existence| km(by_existence.get(&existence).copied().unwrap_or(0));
    let count = |differs: fn(&Link, &Link) -> bool| {
        joints(world, corridor)
            .filter(|(before, after)| differs(before.link, after.link))
            .count()
    };
    CorridorRow {
        corridor: corridor.id.clone(),
        letter: corridor.letter.clone(),
        names: corridor.names.clone(),
        as_of: on,
        mode: modes.join("+"),
        from: world.nodes[corridor.from].id.clone(),
        to: world.nodes[corridor.to].id.clone(),
        length_km: km(by_state.values().sum()),
        published_km: published(world, &corridor.published_km),
        by_state: by_state
            .into_iter()
            .map(|(state, metres)| (state, km(metres)))
            .collect(),
        operational_km: existing(Existence::Operational),
        closed_km: existing(Existence::Closed),
        to_build_km: existing(Existence::ToBuild),
        gauge_changes: count(|before, after| {
            before.mode == after.mode && before.gauge_mm != after.gauge_mm
        }),
        crossings: count(|before, after| Pair::of(before.territory, after.territory).is_some()),
        transfers: count(|before, after| before.mode != after.mode),
        alignment_accuracy_m: links
            .iter()
            .map(|link| link.alignment_accuracy_m)
            .fold(0.0, f64::max),
        avoids: corridor.avoids.clone(),
    }
}

fn link_row(world: &World, step: &Step<'_>, on: Date) -> CorridorLinkRow {
    let link = step.link;
    let condition = link.condition_on(on);
    let (source, assumption) =
        condition.map_or((None, None), |claim| cited(world, &claim.evidence));
    CorridorLinkRow {
        link: link.id.clone(),
        mode: link.mode,
        state: link.territory,
        from: world.nodes[step.from].id.clone(),
        to: world.nodes[step.to].id.clone(),
        length_km: km(link.length_m),
        length_basis: link.length_basis,
        published_km: published(world, &link.published_km),
        condition: condition.map(|claim| claim.value.is.word()),
        condition_from: condition.and_then(|claim| claim.from),
        condition_source: source,
        condition_assumption: assumption,
        progress_pct: condition.and_then(|claim| claim.value.progress_pct),
        gauge_mm: link.gauge_mm,
        tracks: link.tracks,
        electrified: link.electrified.clone(),
        drawn: link.drawn,
        alignment_accuracy_m: link.alignment_accuracy_m,
    }
}

fn border_row(world: &World, crossing: &Crossing, mode: Mode, on: Date) -> CorridorBorderRow {
    let regime = crossing.regime_on(mode, on);
    let (source, assumption) = regime.map_or((None, None), |claim| cited(world, &claim.evidence));
    CorridorBorderRow {
        crossing: crossing.id.clone(),
        pair: crossing.pair,
        mode,
        regime: regime.map(|claim| claim.value.value.word()),
        source,
        assumption,
    }
}

fn published(world: &World, claims: &[Claim<f64>]) -> Vec<PublishedRow> {
    let row = |claim: &Claim<f64>| {
        let (source, assumption) = cited(world, &claim.evidence);
        PublishedRow {
            km: claim.value,
            source,
            assumption,
            note: claim.note.clone(),
        }
    };
    claims.iter().map(row).collect()
}

/// Whole metres as kilometres.
fn km(metres: u32) -> f64 {
    rounded(f64::from(metres) / 1000.0, 3)
}

#[cfg(test)]
mod tests {
    use super::corridor;
    use super::corridors;
    use crate::model::Corridor;
    use crate::model::Names;
    use crate::model::Table;
    use crate::model::World;
    use crate::routing::fixture;

    /// a ==20== g --30-- x (closed) --12.5-- m (planned) .. road 4 .. z
    fn world() -> World {
        let mut world = fixture::world(
            "node a terminal 0 0 AA
             node g gauge-change 1 0 AA
             node x crossing 2 0 AA BB
             node m terminal 3 0 BB
             node z terminal 4 0 BB
             crossing x closed rail
             link one rail g a 20 AA 1435
             link two rail g x 30 AA 1520 derelict
             link three rail x m 12.5 BB 1520 planned
             link four road m z 4 BB",
        );
        let node = |id: &str| world.nodes.find(id).expect("a node");
        let links = world.links.ids().collect();
        world.corridors = Table::new(vec![Corridor {
            id: "all".to_owned(),
            names: Names::default(),
            letter: Some("A".to_owned()),
            summary: String::new(),
            from: node("a"),
            to: node("z"),
            links,
            published_km: vec![fixture::claim(66.0)],
            avoids: Vec::new(),
            notes: Vec::new(),
        }]);
        world
    }

    #[test]
    fn a_corridor_counts_what_exists_and_what_does_not() {
        let rows = corridors(&world(), None);
        let row = &rows[0];
        assert_eq!(row.mode, "rail+road");
        let lengths = [
            row.length_km,
            row.operational_km,
            row.closed_km,
            row.to_build_km,
        ];
        assert_eq!(format!("{lengths:?}"), "[66.5, 24.0, 30.0, 12.5]");
        assert_eq!((row.crossings, row.gauge_changes, row.transfers), (1, 1, 1));
        assert_eq!(format!("{:?}", row.by_state), "{AA: 50.0, BB: 16.5}");
    }

    #[test]
    fn a_corridor_in_full_names_its_links_in_its_own_direction() {
        let detail = corridor(&world(), "a", None).expect("by its letter");
        let ends: Vec<(&str, &str)> = detail
            .links
            .iter()
            .map(|link| (link.from.as_str(), link.to.as_str()))
            .collect();
        assert_eq!(ends, [("a", "g"), ("g", "x"), ("x", "m"), ("m", "z")]);
        assert_eq!(detail.borders[0].regime, Some("closed"));
        assert!(corridor(&world(), "b", None).is_err());
    }
}

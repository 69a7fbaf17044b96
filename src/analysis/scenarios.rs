//! Scenarios as rows: what they change, and what difference they make between two places.

use rayon::prelude::*;

use crate::analysis::certificate::Verdict;
use crate::analysis::transit::Answer;
use crate::analysis::transit::ChangeRow;
use crate::analysis::transit::OptionRow;
use crate::analysis::transit::Query;
use crate::analysis::transit::transit;
use crate::error::Error;
use crate::error::Result;
use crate::model::Date;
use crate::model::Id;
use crate::model::Scenario;
use crate::model::World;

/// A scenario in a list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ScenarioRow {
    /// Its id.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// The date on which the world is looked at.
    pub as_of: Date,
    /// How many changes it makes.
    pub changes: usize,
    /// How many of them are assumptions.
    pub assumed: usize,
}

/// A scenario in full.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ScenarioDetail {
    /// Its id.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// What it stands for.
    pub summary: String,
    /// The date on which the world is looked at.
    pub as_of: Date,
    /// Its changes in order.
    pub changes: Vec<ChangeRow>,
}

/// What a scenario brings between two places.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct ComparisonRow {
    /// Its id.
    pub scenario: String,
    /// The date on which the world is looked at.
    pub as_of: Date,
    /// How many options there are.
    pub options: usize,
    /// Hours of the fastest.
    pub fastest_h: Option<f64>,
    /// How many hours more than in the first scenario.
    pub fastest_change_h: Option<f64>,
    /// Cost of the cheapest.
    pub cheapest_usd_per_t: Option<f64>,
    /// How much more than in the first scenario.
    pub cheapest_change_usd_per_t: Option<f64>,
    /// Length of the shortest.
    pub shortest_km: Option<f64>,
    /// How much more than in the first scenario.
    pub shortest_change_km: Option<f64>,
    /// Least length that an option needs to have built.
    pub least_to_build_km: Option<f64>,
    /// Least length that the fastest option needs to have built.
    pub fastest_to_build_km: Option<f64>,
    /// Fewest borders between states.
    pub fewest_crossings: Option<u32>,
    /// Fewest changes of gauge.
    pub fewest_gauge_changes: Option<u32>,
    /// Smallest distance of the fastest option from an avoided state.
    pub fastest_margin_m: Option<f64>,
    /// The verdict about that.
    pub fastest_verdict: Option<Verdict>,
    /// Why there is no option.
    pub reason: Option<String>,
}

/// All scenarios, in the order of their ids.
pub fn scenarios(world: &World) -> Vec<ScenarioRow> {
    let mut rows: Vec<ScenarioRow> = world
        .scenarios
        .iter()
        .map(|(_, scenario)| ScenarioRow {
            scenario: scenario.id.clone(),
            title: scenario.title.clone(),
            as_of: scenario.on.unwrap_or(world.meta.as_of),
            changes: scenario.changes.len(),
            assumed: changes(world, scenario)
                .filter(|change| change.assumption.is_some())
                .count(),
        })
        .collect();
    rows.sort_by(|one, other| one.scenario.cmp(&other.scenario));
    rows
}

/// The scenario with this id, in full.
///
/// # Errors
///
/// [`Error::Unknown`] with the ids that look most like it.
pub fn scenario(world: &World, name: &str) -> Result<ScenarioDetail> {
    let scenario = &world.scenarios[find_scenario(world, name)?];
    Ok(ScenarioDetail {
        scenario: scenario.id.clone(),
        title: scenario.title.clone(),
        summary: scenario.summary.clone(),
        as_of: scenario.on.unwrap_or(world.meta.as_of),
        changes: changes(world, scenario).collect(),
    })
}

/// The scenario with this id.
///
/// # Errors
///
/// [`Error::Unknown`] with the ids that look most like it.
pub fn find_scenario(world: &World, name: &str) -> Result<Id<Scenario>> {
    let found = world.scenarios.find(name);
    found.ok_or_else(|| Error::unknown("scenario", name, world.scenarios.slugs()))
}

/// What each scenario brings to `query`; differences are to the first.
///
/// # Properties
///
/// The rows are those of asking one after the other, in the order given.
///
/// # Errors
///
/// Those of [`transit`].
pub fn compare(
    world: &World,
    scenarios: &[Id<Scenario>],
    query: &Query<'_>,
) -> Result<Vec<ComparisonRow>> {
    let answers: Vec<Answer> = scenarios
        .par_iter()
        .map(|scenario| {
            let scenario = Some(&world.scenarios[*scenario]);
            transit(
                world,
                &Query {
                    scenario,
                    limit: None,
                    ..query.clone()
                },
            )
        })
        .collect::<Result<_>>()?;
    let mut rows: Vec<ComparisonRow> = answers.into_iter().map(comparison).collect();
    if let Some(first) = rows.first().cloned() {
        let change =
            |own: Option<f64>, first: Option<f64>| Some(crate::units::rounded(own? - first?, 3));
        for row in &mut rows {
            row.fastest_change_h = change(row.fastest_h, first.fastest_h);
            row.cheapest_change_usd_per_t =
                change(row.cheapest_usd_per_t, first.cheapest_usd_per_t);
            row.shortest_change_km = change(row.shortest_km, first.shortest_km);
        }
    }
    Ok(rows)
}

fn comparison(answer: Answer) -> ComparisonRow {
    let options = &answer.options;
    let least = |of: fn(&OptionRow) -> f64| options.iter().map(of).reduce(f64::min);
    let fastest = options.first();
    let certificate = fastest.and_then(|option| option.certificate.as_ref());
    ComparisonRow {
        options: answer.options_found,
        fastest_h: fastest.map(|option| option.time_h),
        fastest_change_h: None,
        cheapest_usd_per_t: least(|option| option.cost_usd_per_t),
        cheapest_change_usd_per_t: None,
        shortest_km: least(|option| option.length_km),
        shortest_change_km: None,
        least_to_build_km: least(|option| option.to_build_km),
        fastest_to_build_km: fastest.map(|option| option.to_build_km),
        fewest_crossings: options.iter().map(|option| option.crossings).min(),
        fewest_gauge_changes: options.iter().map(|option| option.gauge_changes).min(),
        fastest_margin_m: certificate.map(|certificate| certificate.headline.margin_m),
        fastest_verdict: certificate.map(|certificate| certificate.headline.verdict),
        reason: answer.reason.map(|reason| reason.text),
        as_of: answer.as_of,
        scenario: answer.scenario.unwrap_or_default(),
    }
}

fn changes<'w>(world: &'w World, scenario: &'w Scenario) -> impl Iterator<Item = ChangeRow> {
    scenario
        .changes
        .iter()
        .map(|change| ChangeRow::new(world, change))
}

#[cfg(test)]
mod tests {
    use super::compare;
    use super::scenario;
    use crate::analysis::transit::Query;
    use crate::model::Op;
    use crate::model::Scenario;
    use crate::model::Table;
    use crate::routing::fixture;

    #[test]
    fn scenarios_are_compared_with_the_first() {
        let mut world = fixture::world(
            "node a terminal 0 0 AA
             node z terminal 1 0 AA
             link long road a z 120 AA
             link short road a z 60 AA - planned",
        );
        let named = |id: &str, changes: &[Op]| Scenario {
            id: id.to_owned(),
            ..fixture::scenario(changes)
        };
        let link = |id: &str| world.links.find(id).expect("a link");
        let (long, short) = (link("long"), link("short"));
        world.scenarios = Table::new(vec![
            named("now", &[]),
            named("built", &[Op::BuildLink(short)]),
            named("cut", &[Op::CloseLink(long)]),
        ]);
        let node = |id: &str| world.nodes.find(id).expect("a node");
        let ids: Vec<_> = world.scenarios.ids().collect();
        let rows = compare(&world, &ids, &Query::new(node("a"), node("z"))).expect("rows");
        let text: Vec<String> = rows
            .iter()
            .map(|row| {
                format!(
                    "{} {} {:?} {:?}",
                    row.scenario, row.options, row.fastest_h, row.fastest_change_h
                )
            })
            .collect();
        assert_eq!(
            text,
            [
                "now 1 Some(2.0) Some(0.0)",
                "built 2 Some(1.0) Some(-1.0)",
                "cut 0 None None"
            ]
        );
        assert!(rows[2].reason.is_some());
        let detail = scenario(&world, "built").expect("a scenario");
        assert_eq!(detail.changes[0].what, "build road short");
    }
}

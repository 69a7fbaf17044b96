//! `araxes corridors`.

use araxes::analysis::corridors;
use araxes::analysis::corridors::CorridorRow;
use araxes::error::Result;
use araxes::model::Id;
use araxes::model::Link;
use araxes::model::World;
use araxes::report;
use araxes::report::Format;
use geojson::GeometryValue;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::args::CorridorsCommand;

/// Answers `araxes corridors`.
pub(super) fn run(session: &Session, world: &World, command: &CorridorsCommand) -> Result<()> {
    match command {
        CorridorsCommand::List => compare(session, world, &[]),
        CorridorsCommand::Compare { ids } => compare(session, world, ids),
        CorridorsCommand::Show { id } => show(session, world, id),
    }
}

/// A corridor on one line.
#[derive(Serialize)]
struct Line<'a> {
    corridor: &'a str,
    letter: Option<&'a str>,
    mode: &'a str,
    length_km: f64,
    operational_km: f64,
    closed_km: f64,
    to_build_km: f64,
    by_state_km: String,
    gauge_changes: usize,
    crossings: usize,
    published_km: String,
    name: String,
}

fn compare(session: &Session, world: &World, ids: &[String]) -> Result<()> {
    let wanted = ids
        .iter()
        .map(|id| corridors::find_corridor(world, id))
        .collect::<Result<Vec<_>>>()?;
    let slugs: Vec<&str> = wanted
        .iter()
        .map(|&id| world.corridors[id].id.as_str())
        .collect();
    let mut rows = corridors::corridors(world, session.common.on);
    if !slugs.is_empty() {
        rows.retain(|row| slugs.contains(&row.corridor.as_str()));
        rows.sort_by_key(|row| slugs.iter().position(|slug| *slug == row.corridor));
    }
    if session.format() == Format::Json {
        return session.rows(&rows, None);
    }
    let lines: Vec<Line> = rows.iter().map(|row| line(world, row)).collect();
    let places = rows.iter().map(|row| {
        let corridor = world.corridors.find(&row.corridor)?;
        drawn(world, &world.corridors[corridor].links)
    });
    session.rows(&lines, Some(places.collect()))
}

fn line<'a>(world: &World, row: &'a CorridorRow) -> Line<'a> {
    let published = row.published_km.iter().map(|published| {
        let source = published.source.as_deref().unwrap_or("assumption");
        format!("{} [{source}]", published.km)
    });
    let states = row
        .by_state
        .iter()
        .map(|(state, km)| format!("{state} {km:.0}"));
    Line {
        corridor: &row.corridor,
        letter: row.letter.as_deref(),
        mode: &row.mode,
        length_km: row.length_km,
        operational_km: row.operational_km,
        closed_km: row.closed_km,
        to_build_km: row.to_build_km,
        by_state_km: states.collect::<Vec<_>>().join(", "),
        gauge_changes: row.gauge_changes,
        crossings: row.crossings,
        published_km: published.collect::<Vec<_>>().join(", "),
        name: row.names.label(&world.languages()),
    }
}

fn show(session: &Session, world: &World, id: &str) -> Result<()> {
    let detail = corridors::corridor(world, id, session.common.on)?;
    let corridor = corridors::find_corridor(world, id)?;
    let links = &world.corridors[corridor].links;
    let text = match session.format() {
        Format::Json => report::json(&detail)?,
        Format::Table => {
            let mut value = serde_json::to_value(&detail).unwrap_or_default();
            let links = value
                .as_object_mut()
                .and_then(|members| members.remove("links"));
            let rows = links
                .as_ref()
                .and_then(serde_json::Value::as_array)
                .cloned()
                .unwrap_or_default();
            format!(
                "{}\n{}",
                report::card(&value),
                report::rows(&rows, Format::Table, None)?
            )
        }
        _ => {
            let places = links.iter().map(|&link| drawn(world, &[link]));
            return session.rows(&detail.links, Some(places.collect()));
        }
    };
    session.output.write(text.as_bytes())
}

fn drawn(world: &World, links: &[Id<Link>]) -> Option<GeometryValue> {
    let alignments = links
        .iter()
        .map(|&id| world.links[id].alignment.0.as_slice());
    report::lines(&alignments.collect::<Vec<_>>())
}

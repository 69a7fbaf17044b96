//! The tables of a report, as CSV.

use serde::Serialize;

use crate::analysis::audit;
use crate::analysis::corridors::CorridorLinkRow;
use crate::analysis::rulers;
use crate::analysis::rulers::RulerRow;
use crate::analysis::scenarios::ComparisonRow;
use crate::analysis::transit::Answer;
use crate::analysis::transit::ChangeRow;
use crate::analysis::transit::LegRow;
use crate::error::Result;
use crate::model::Code;
use crate::publication::File;
use crate::publication::material::Material;
use crate::publication::rows;
use crate::report;
use crate::report::Format;

/// A row with the columns that say which answer it belongs to.
#[derive(Serialize)]
struct Of<'m, T> {
    avoid: String,
    scenario: Option<&'m str>,
    option: &'m str,
    #[serde(flatten)]
    row: T,
}

/// A link of a corridor with its place in it.
#[derive(Serialize)]
struct LinkOf<'m> {
    corridor: &'m str,
    step: usize,
    #[serde(flatten)]
    row: &'m CorridorLinkRow,
    /// Takes the place of the row's own list of that name, which no cell can hold.
    published_km: String,
}

/// A change of a scenario.
#[derive(Serialize)]
struct Changed<'m> {
    scenario: &'m str,
    title: &'m str,
    #[serde(flatten)]
    row: &'m ChangeRow,
}

/// A comparison of scenarios with its question.
#[derive(Serialize)]
struct Compared<'m, T> {
    from: &'m str,
    to: &'m str,
    avoid: Code,
    #[serde(flatten)]
    row: &'m T,
}

/// All tables.
pub(super) fn files(material: &Material<'_>) -> Result<Vec<File>> {
    let mut files = vec![
        table("border-lengths", &material.lengths)?,
        table("border-segments", &material.segments)?,
        table("disputes", &material.disputes)?,
        table("exclaves", &material.exclaves)?,
        table("tripoints", &material.tripoints)?,
        table("corridors", &rows::corridors(material))?,
        table("corridor-links", &steps(material))?,
    ];
    files.extend(transit(material)?);
    files.push(table("scenarios", &comparisons(material))?);
    files.push(table("scenario-changes", &changes(material))?);
    if let Some(scorecard) = &material.scorecard {
        let rows: Vec<_> = scorecard.rows().collect();
        files.push(table("agreement", &rows)?);
    }
    files.push(table("sources", &rows::sources(material))?);
    files.push(table("border-rulers", &ruled(material))?);
    if !material.world.published.is_empty() {
        files.push(table(
            "audit",
            &audit::audit(material.world, material.boundary),
        )?);
    }
    Ok(files)
}

fn table<T: Serialize>(name: &str, rows: &[T]) -> Result<File> {
    Ok(File::text(
        format!("tables/{name}.csv"),
        report::rows(rows, Format::Csv, None)?,
    ))
}

/// Every border of every source under every ruler.
fn ruled(material: &Material<'_>) -> Vec<RulerRow> {
    let lines = rulers::rulers(material.world, &material.world.boundaries, None);
    lines.into_iter().flat_map(|line| line.rows).collect()
}

fn steps<'m>(material: &'m Material<'_>) -> Vec<LinkOf<'m>> {
    let corridors = material.corridors.iter();
    let steps = corridors.flat_map(|corridor| {
        corridor
            .links
            .iter()
            .enumerate()
            .map(|(number, row)| LinkOf {
                corridor: &corridor.row.corridor,
                step: number + 1,
                row,
                published_km: rows::published(&row.published_km),
            })
    });
    steps.collect()
}

fn transit(material: &Material<'_>) -> Result<Vec<File>> {
    let territories = rows::territories(material);
    let options: Vec<_> = rows::answers(material)
        .flat_map(|answer| rows::options(answer, &territories))
        .collect();
    let legs: Vec<Of<'_, &LegRow>> = rows::answers(material).flat_map(legs).collect();
    let certificates: Vec<_> = rows::answers(material)
        .flat_map(rows::certificates)
        .collect();
    Ok(vec![
        table("transit-options", &options)?,
        table("transit-legs", &legs)?,
        table("transit-certificates", &certificates)?,
    ])
}

fn legs(answer: &Answer) -> impl Iterator<Item = Of<'_, &LegRow>> {
    let avoid = answer
        .avoid
        .iter()
        .map(Code::as_str)
        .collect::<Vec<_>>()
        .join("; ");
    answer.options.iter().flat_map(move |option| {
        let avoid = avoid.clone();
        option.legs.iter().map(move |row| Of {
            avoid: avoid.clone(),
            scenario: answer.scenario.as_deref(),
            option: &option.id,
            row,
        })
    })
}

fn comparisons<'m>(material: &'m Material<'_>) -> Vec<Compared<'m, ComparisonRow>> {
    let questions = material.questions.iter();
    let rows = questions.flat_map(|asked| {
        let nodes = &material.world.nodes;
        asked.comparison.iter().map(move |row| Compared {
            from: &nodes[asked.question.from].id,
            to: &nodes[asked.question.to].id,
            avoid: asked.question.avoid,
            row,
        })
    });
    rows.collect()
}

fn changes<'m>(material: &'m Material<'_>) -> Vec<Changed<'m>> {
    let scenarios = material.scenarios.iter();
    let rows = scenarios.flat_map(|scenario| {
        scenario.changes.iter().map(|row| Changed {
            scenario: &scenario.scenario,
            title: &scenario.title,
            row,
        })
    });
    rows.collect()
}

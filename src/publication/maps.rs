//! The maps of a report, as SVG and PNG.

use geo::Coord;
use geo::Rect;
use rayon::prelude::*;

use crate::analysis::transit::Answer;
use crate::error::Result;
use crate::geodesy::projection::Lambert;
use crate::geodesy::projection::Projection as _;
use crate::map::Look;
use crate::map::border;
use crate::map::charts;
use crate::map::corridors;
use crate::map::furniture;
use crate::map::options;
use crate::map::overview;
use crate::map::raster;
use crate::map::scene::Scene;
use crate::map::sheet::Sheet;
use crate::map::sheet::day_and_view;
use crate::map::style;
use crate::map::svg;
use crate::publication::File;
use crate::publication::material::Material;
use crate::publication::question;

/// Width of the PNG pictures: as wide as the page of a map, twice that for a sharp print would be four times the bytes.
const WIDTH_PX: u32 = 1600;

/// Height of a bar of the chart, and of its axis.
const BAR: f64 = 30.0;
const AXIS: f64 = 40.0;

/// A map that was drawn.
#[derive(Debug)]
pub(super) struct Drawing {
    /// Name of its files, without an ending.
    pub(super) name: String,
    /// Title.
    pub(super) title: String,
    /// What it shows.
    pub(super) summary: String,
    /// The map.
    pub(super) svg: String,
}

/// A map to draw: its name, and how.
type Plan<'m> = (String, Box<dyn Fn() -> Result<Scene> + Send + Sync + 'm>);

/// Draws all maps.
pub(super) fn drawings(material: &Material<'_>) -> Result<Vec<Drawing>> {
    let draw = |(name, scene): &Plan<'_>| {
        let scene = scene()?;
        Ok(Drawing {
            name: name.clone(),
            svg: svg::write(&scene),
            title: scene.title,
            summary: scene.summary,
        })
    };
    plans(material).par_iter().map(draw).collect()
}

/// The files of the maps: each as SVG, then as PNG.
pub(super) fn files(drawings: &[Drawing]) -> Result<Vec<File>> {
    let png = |drawing: &Drawing| {
        let bytes = raster::png(&drawing.svg, WIDTH_PX)?;
        Ok(File {
            path: format!("maps/{}.png", drawing.name),
            bytes,
        })
    };
    let pictures: Vec<File> = drawings.par_iter().map(png).collect::<Result<_>>()?;
    let svg =
        |drawing: &Drawing| File::text(format!("maps/{}.svg", drawing.name), drawing.svg.clone());
    Ok(drawings
        .iter()
        .map(svg)
        .zip(pictures)
        .flat_map(|(svg, png)| [svg, png])
        .collect())
}

fn plans<'m>(material: &'m Material<'_>) -> Vec<Plan<'m>> {
    let look = Look {
        world: material.world,
        boundary: material.boundary,
        on: material.when.on,
        view: material.when.view,
    };
    let mut plans: Vec<Plan<'m>> = vec![(
        "overview".to_owned(),
        Box::new(move || overview::scene(&look)),
    )];
    for pair in material.pairs() {
        let name = format!("border-{}", pair.to_string().to_lowercase());
        plans.push((name, Box::new(move || border::scene(&look, Some(pair)))));
    }
    if !material.corridors.is_empty() {
        plans.push((
            "corridors".to_owned(),
            Box::new(move || corridors::scene(&look)),
        ));
        plans.push((
            "corridor-lengths".to_owned(),
            Box::new(move || chart(&look)),
        ));
    }
    // The other questions are in the tables and layers: a map of each would treble the folder.
    if let Some(asked) = material.questions.first() {
        for answer in asked
            .answers
            .iter()
            .filter(|answer| !answer.options.is_empty())
        {
            plans.push((
                options_name(answer),
                Box::new(move || options::scene(&look, answer)),
            ));
        }
    }
    plans
}

/// The name of the map of an answer: `options-ir-tripp`.
pub(super) fn options_name(answer: &Answer) -> String {
    let avoided: Vec<String> = answer
        .avoid
        .iter()
        .map(|code| code.as_str().to_lowercase())
        .collect();
    format!(
        "options-{}-{}",
        avoided.join("-"),
        answer.scenario.as_deref().unwrap_or("none")
    )
}

/// The lengths of the corridors as a chart.
fn chart(look: &Look<'_>) -> Result<Scene> {
    let shown = question::telling(look.world);
    let bars = corridors::bars(look, &shown);
    let summary = format!(
        "Kilometres in use, closed and still to build {}",
        day_and_view(look)
    );
    let mut sheet = Sheet::new(
        "How long the corridors are, and what exists of them",
        &summary,
    );
    let corner = Coord {
        x: furniture::EDGE,
        y: sheet.top,
    };
    let size = Coord {
        x: style::PAGE_WIDTH - 2.0 * furniture::EDGE,
        y: BAR * bars.len() as f64 + AXIS,
    };
    let area = Rect::new(corner, corner + size);
    sheet.page.add(charts::bars(&bars, area)?);
    let projection = Lambert::new(look.world.meta.projection)?.description();
    Ok(sheet.finish(look.world, &projection, area.max().y))
}

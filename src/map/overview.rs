//! The overview: territories, borders by status, ground at issue, the network and its corridors.

use std::collections::BTreeSet;

use geo::Coord;

use crate::error::Result;
use crate::geodesy::projection::Lambert;
use crate::geodesy::projection::Projection as _;
use crate::map::Look;
use crate::map::borders;
use crate::map::frame::Frame;
use crate::map::furniture;
use crate::map::furniture::EDGE;
use crate::map::ground;
use crate::map::ground::Ground;
use crate::map::labels::Placer;
use crate::map::legend;
use crate::map::legend::Key;
use crate::map::letters;
use crate::map::lines;
use crate::map::points;
use crate::map::scene::Layer;
use crate::map::scene::Scene;
use crate::map::scene::Shape;
use crate::map::sheet::Sheet;
use crate::map::sheet::day_and_view;
use crate::map::style;
use crate::model::Id;
use crate::model::Source;

/// Left edge of the map: room for the values of the parallels.
const LEFT: f64 = 86.0;
/// Width of the column beside the map.
const SIDE: f64 = 330.0;
/// Space between the map and that column.
const GAP: f64 = 26.0;

/// The overview map of a world.
///
/// # Errors
///
/// [`Error::Projection`](crate::error::Error::Projection) if the region of the data set cannot be projected.
pub fn scene(look: &Look<'_>) -> Result<Scene> {
    let world = look.world;
    let lambert = Lambert::new(world.meta.projection)?;
    let summary = format!(
        "Status of borders and condition of the lines across them {}",
        day_and_view(look)
    );
    let mut sheet = Sheet::new(&world.meta.title, &summary);
    let width = style::PAGE_WIDTH - LEFT - GAP - SIDE - EDGE;
    let frame = Frame::within(
        &lambert,
        world.meta.region,
        Coord {
            x: LEFT,
            y: sheet.top,
        },
        width,
    )?;
    let map = map(look, &frame)?;
    let side = column(&mut sheet.page, look, &frame, &map.keys);
    furniture::neatline(&mut sheet.page, frame.area);
    let under = frame.area.max()
        + Coord {
            x: -frame.area.width(),
            y: 40.0,
        };
    furniture::north_arrow(&mut sheet.page, &frame, under + Coord { x: 8.0, y: 20.0 })?;
    furniture::draw_scale_bar(
        &mut sheet.page,
        &frame,
        under + Coord { x: 36.0, y: 0.0 },
        560.0,
    )?;
    sheet.layers = map.layers;
    sheet.sources = map.sources;
    Ok(sheet.finish(world, &lambert.description(), side.max(under.y + 40.0)))
}

/// What was drawn in a frame.
struct Map {
    layers: Vec<Layer>,
    keys: BTreeSet<Key>,
    sources: BTreeSet<Id<Source>>,
}

fn map(look: &Look<'_>, frame: &Frame<'_>) -> Result<Map> {
    let mut keys = BTreeSet::new();
    let mut placer = Placer::new(points::inner(frame.area));
    let ground = Ground::of(look.boundary, frame)?;
    let (water, land_source) = ground::water(look, frame, &ground)?;
    let (grid, values) = furniture::graticule(frame)?;
    keys.insert(Key::Water);
    let subject = lines::subject(look.world, look);
    let base = lines::base(look, frame, &subject, &mut keys)?;
    let drawn = lines::links(look, frame, subject)?;
    let corridors = lines::corridors(look, frame, &drawn, &mut keys);
    for link in &drawn {
        placer.avoid(&link.paths);
    }
    let bands = lines::closed_bands(look, frame, &mut keys)?;
    let borders = borders::layer(look, frame, &borders::stretches(look), &mut keys)?;
    for mark in &borders.marks {
        if let Shape::Line { paths, .. } = &mark.shape {
            placer.avoid(paths);
        }
    }
    let towns = points::towns(look, frame, &[], &mut keys, &mut placer)?;
    let disputes = points::disputes(look, frame, None, &mut keys, &mut placer)?;
    let crossings = points::crossings(look, frame, None, &mut keys, &mut placer)?;
    points::territory_names(look, frame, &ground, &mut placer);
    let labels = placer.place("labels");
    let letters = letters::layer(look, frame, &drawn, &mut placer);
    let territories = ground.layer(look, frame);
    let layers = vec![
        territories,
        water,
        grid,
        bands,
        base,
        borders,
        corridors,
        disputes,
        towns,
        crossings,
        labels,
        letters,
        values,
    ];
    Ok(Map {
        layers,
        keys,
        sources: sources(look, land_source),
    })
}

/// The data sets behind what the overview draws.
fn sources(look: &Look<'_>, land: Id<Source>) -> BTreeSet<Id<Source>> {
    let world = look.world;
    let links = world.links.iter().map(|(_, link)| link.source);
    let places = world.places.iter().map(|(_, place)| place.source);
    links
        .chain(places)
        .chain([look.boundary.source, land])
        .collect()
}

/// The column beside the map: legend and letters of corridors. Says where it ends.
fn column(page: &mut Layer, look: &Look<'_>, frame: &Frame<'_>, keys: &BTreeSet<Key>) -> f64 {
    let x = frame.area.max().x + GAP;
    let y = legend::draw(
        keys,
        Coord {
            x,
            y: frame.area.min().y,
        },
        SIDE,
        page,
    );
    letters::draw_list(look, Coord { x, y: y + 24.0 }, SIDE, page)
}

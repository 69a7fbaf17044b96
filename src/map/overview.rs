//! The overview: territories, borders by status, ground at issue, the network and its corridors.

use std::collections::BTreeSet;

use geo::Coord;

use crate::error::Result;
use crate::geodesy::projection::Lambert;
use crate::geodesy::projection::Projection as _;
use crate::map::Look;
use crate::map::borders;
use crate::map::canvas::Canvas;
use crate::map::crossings;
use crate::map::disputes;
use crate::map::frame::Frame;
use crate::map::furniture;
use crate::map::furniture::EDGE;
use crate::map::ground;
use crate::map::ground::Ground;
use crate::map::legend;
use crate::map::legend::Key;
use crate::map::letters;
use crate::map::lines;
use crate::map::names;
use crate::map::scene::Layer;
use crate::map::scene::Scene;
use crate::map::sheet::Sheet;
use crate::map::sheet::day_and_view;
use crate::map::style;
use crate::map::towns;

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
    let keys = map(Canvas::new(look, frame), &mut sheet)?;
    let side = column(&mut sheet.page, look, &frame, &keys);
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
    Ok(sheet.finish(world, &lambert.description(), side.max(under.y + 40.0)))
}

/// Draws the map into the sheet, and says which classes are on it.
fn map(mut canvas: Canvas<'_>, sheet: &mut Sheet) -> Result<BTreeSet<Key>> {
    let (look, frame) = (canvas.look, canvas.frame);
    let ground = Ground::of(look.boundary, &frame)?;
    let (water, land) = ground::water(look, &frame, &ground)?;
    canvas.keys.insert(Key::Water);
    let (grid, values) = furniture::graticule(&frame)?;
    let subject = lines::subject(look);
    let base = lines::base(&mut canvas, &subject)?;
    let drawn = lines::links(&canvas, subject)?;
    let corridors = lines::corridors(&mut canvas, &drawn);
    let bands = lines::closed_bands(&mut canvas)?;
    let borders = borders::layer(&mut canvas, &borders::stretches(look))?;
    let towns = towns::layer(&mut canvas, &[])?;
    let disputes = disputes::layer(&mut canvas, None)?;
    let crossings = crossings::layer(&mut canvas, None)?;
    names::territories(&mut canvas, &ground);
    let labels = canvas.placer.place("labels");
    let letters = letters::layer(&mut canvas, &drawn);
    let territories = ground.layer(look, &frame);
    sheet.layers = vec![
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
    sheet.add_sources(look, [look.boundary.source, land]);
    Ok(canvas.keys)
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

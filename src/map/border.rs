//! The border of one pair of states: each segment by its status, kilometre marks, and a closer look where segments are dense.

use std::collections::BTreeSet;

use geo::Coord;
use geo::Rect;

use crate::error::Error;
use crate::error::Result;
use crate::geodesy::projection::Lambert;
use crate::geodesy::projection::Projection;
use crate::map::Look;
use crate::map::borders;
use crate::map::borders::Stretch;
use crate::map::chainage;
use crate::map::discs;
use crate::map::frame::Frame;
use crate::map::frame::fitting_scale;
use crate::map::frame::plane_extent;
use crate::map::furniture;
use crate::map::furniture::EDGE;
use crate::map::ground;
use crate::map::ground::Ground;
use crate::map::labels::Placer;
use crate::map::legend;
use crate::map::legend::Key;
use crate::map::points;
use crate::map::scene::Fill;
use crate::map::scene::Layer;
use crate::map::scene::Scene;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;
use crate::map::segment_table;
use crate::map::sheet::Sheet;
use crate::map::sheet::day_and_view;
use crate::map::style;
use crate::model::Pair;

/// Left edge of the map: room for the values of the parallels.
const LEFT: f64 = 86.0;
/// Width of the map of the whole border.
const WIDTH: f64 = 740.0;
/// Least and greatest height of the map of the whole border.
const HEIGHTS: (f64, f64) = (520.0, 1180.0);
/// Space between the map and the column beside it.
const GAP: f64 = 30.0;
/// Height of the closer look.
const CLOSE_HEIGHT: f64 = 480.0;
/// Space kept around what a map must show.
const MARGIN: f64 = 34.0;

/// The map of the border of `pair`; without one, of the pair with the most segments.
///
/// # Errors
///
/// [`Error::Unknown`] if the pair has no border in the boundary source.
pub fn scene(look: &Look<'_>, pair: Option<Pair>) -> Result<Scene> {
    let pair = pair.or_else(|| busiest(look)).ok_or_else(|| Error::Drawing("no border to draw".to_owned()))?;
    let all = borders::stretches(look);
    let own: Vec<Stretch<'_>> = all.iter().filter(|stretch| stretch.border.pair == pair).cloned().collect();
    if own.is_empty() {
        let known: BTreeSet<String> = all.iter().map(|stretch| stretch.border.pair.to_string()).collect();
        let name = pair.to_string();
        return Err(Error::unknown("pair", &name, known.iter().map(String::as_str)));
    }
    let lambert = Lambert::new(look.world.meta.projection)?;
    let mut sheet = Sheet::new(&title(look, pair), &summary(look, &own));
    let numbers = numbered(look, &own);
    let area = whole_area(&lambert, &own, sheet.top)?;
    let frame = Frame::around(&lambert, places(&own), area, MARGIN)?;
    let close = closer_look(&lambert, look, &numbers, Coord { x: LEFT + WIDTH + GAP, y: sheet.top })?;
    let parts = Parts { look, pair, all: &all, numbers: &numbers };
    let mut keys = BTreeSet::new();
    let mut land = parts.panel(&frame, "whole", &mut keys, &mut sheet)?;
    if let Some(close) = &close {
        land = land.max(parts.panel(close, "close", &mut keys, &mut sheet)?);
        locate(&frame, close, &mut sheet.page)?;
    }
    let under = column(&mut sheet.page, &parts, &frame, close.as_ref(), &keys)?;
    Ok(sheet.finish(look.world, &lambert.description(), under.max(area.max().y + 34.0)))
}

/// The pair with the most segments; of equal ones the first by alphabet.
fn busiest(look: &Look<'_>) -> Option<Pair> {
    let count = |pair: Pair| look.world.segments.iter().filter(|(_, segment)| segment.pair == pair).count();
    let pairs: BTreeSet<Pair> = look.boundary.borders.iter().map(|border| border.pair).collect();
    pairs.into_iter().rev().max_by_key(|&pair| count(pair))
}

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
use crate::map::canvas::Canvas;
use crate::map::chainage;
use crate::map::closer;
use crate::map::discs;
use crate::map::discs::Disc;
use crate::map::disputes;
use crate::map::frame::Frame;
use crate::map::frame::plane_extent;
use crate::map::furniture;
use crate::map::furniture::EDGE;
use crate::map::ground;
use crate::map::ground::Ground;
use crate::map::legend;
use crate::map::legend::Key;
use crate::map::names;
use crate::map::scene::Layer;
use crate::map::scene::Scene;
use crate::map::segment_table;
use crate::map::sheet::Sheet;
use crate::map::sheet::day_and_view;
use crate::map::style;
use crate::map::towns;
use crate::model::Pair;
use crate::model::Segment;
use crate::units::Length;

/// Left edge of the map: room for the values of the parallels.
const LEFT: f64 = 86.0;
/// Width of the map of the whole border.
const WIDTH: f64 = 740.0;
/// Least and greatest height of the map of the whole border.
const HEIGHTS: (f64, f64) = (520.0, 1180.0);
/// Space between the map and the column beside it: room for the values of the parallels of the closer look.
const GAP: f64 = 62.0;
/// Height of the closer look.
const CLOSE_HEIGHT: f64 = 480.0;
/// Space kept around what a map must show.
pub(super) const MARGIN: f64 = 34.0;

/// The map of the border of `pair`; without one, of the pair with the most segments.
///
/// # Errors
///
/// [`Error::Unknown`] if the pair has no border in the boundary source.
pub fn scene(look: &Look<'_>, pair: Option<Pair>) -> Result<Scene> {
    let pair = pair
        .or_else(|| busiest(look))
        .ok_or_else(|| Error::Drawing("no border to draw".to_owned()))?;
    let all = borders::stretches(look);
    let own: Vec<Stretch<'_>> = all
        .iter()
        .filter(|stretch| stretch.border.pair == pair)
        .cloned()
        .collect();
    if own.is_empty() {
        let known: BTreeSet<String> = all
            .iter()
            .map(|stretch| stretch.border.pair.to_string())
            .collect();
        let name = pair.to_string();
        return Err(Error::unknown(
            "pair",
            &name,
            known.iter().map(String::as_str),
        ));
    }
    let lambert = Lambert::new(look.world.meta.projection)?;
    let mut sheet = Sheet::new(&title(look, pair), &summary(look, &own));
    let numbers = numbered(look, &own);
    let area = whole_area(&lambert, &own, sheet.top)?;
    let frame = Frame::around(&lambert, places(&own), area, MARGIN)?;
    let corner = Coord {
        x: LEFT + WIDTH + GAP,
        y: sheet.top,
    };
    let beside = Rect::new(
        corner,
        Coord {
            x: style::PAGE_WIDTH - EDGE,
            y: corner.y + CLOSE_HEIGHT,
        },
    );
    let close = closer::frame(&lambert, &numbers, beside)?;
    let parts = Parts {
        look,
        pair,
        all: &all,
        numbers: &numbers,
    };
    let mut keys = parts.panel(frame, "whole", close.as_ref(), &mut sheet)?;
    if let Some(close) = close {
        keys.append(&mut parts.panel(close, "close", None, &mut sheet)?);
        closer::locate(&frame, &close, &mut sheet.page)?;
    }
    let under = column(&mut sheet.page, &parts, &frame, close.as_ref(), &keys)?;
    Ok(sheet.finish(
        look.world,
        &lambert.description(),
        under.max(area.max().y + 34.0),
    ))
}

/// The pair with the most segments; of equal ones the first by alphabet.
fn busiest(look: &Look<'_>) -> Option<Pair> {
    let count = |pair: Pair| {
        look.world
            .segments
            .iter()
            .filter(|(_, segment)| segment.pair == pair)
            .count()
    };
    let pairs: BTreeSet<Pair> = look
        .boundary
        .borders
        .iter()
        .map(|border| border.pair)
        .collect();
    pairs.into_iter().rev().max_by_key(|&pair| count(pair))
}

fn title(look: &Look<'_>, pair: Pair) -> String {
    let name = |code| look.world.territory_name(code);
    format!(
        "The border of {} and {}, segment by segment",
        name(pair.first),
        name(pair.second)
    )
}

fn summary(look: &Look<'_>, own: &[Stretch<'_>]) -> String {
    let length: Length = own.iter().map(|stretch| stretch.to - stretch.from).sum();
    let source = &look.world.source_of(look.boundary).title;
    format!(
        "Status {}. {:.0} km on the line of {source}",
        day_and_view(look),
        length.km()
    )
}

/// A segment with the number that stands for it on the map and in the table.
#[derive(Debug)]
pub(super) struct Numbered<'a> {
    pub(super) number: usize,
    pub(super) segment: &'a Segment,
    pub(super) stretch: &'a Stretch<'a>,
    /// Its middle.
    pub(super) middle: Coord,
}

/// The anchored segments, counted along each part of the border.
fn numbered<'a>(look: &Look<'a>, own: &'a [Stretch<'a>]) -> Vec<Numbered<'a>> {
    let mut numbers = Vec::new();
    for stretch in own {
        let Some(id) = stretch
            .segment
            .filter(|&id| !look.world.segments[id].is_whole())
        else {
            continue;
        };
        let half = Length::from_m(f64::midpoint(stretch.from.m(), stretch.to.m()));
        if let Some(middle) = stretch.border.place(half) {
            let segment = &look.world.segments[id];
            numbers.push(Numbered {
                number: numbers.len() + 1,
                segment,
                stretch,
                middle,
            });
        }
    }
    numbers
}

fn places(own: &[Stretch<'_>]) -> impl Iterator<Item = Coord> {
    own.iter().flat_map(Stretch::lines).flatten()
}

/// The rectangle of the map of the whole border: as high as its extent asks for.
fn whole_area(projection: &dyn Projection, own: &[Stretch<'_>], top: f64) -> Result<Rect> {
    let extent = plane_extent(projection, places(own))?;
    let inner = WIDTH - 2.0 * MARGIN;
    let height = inner / extent.width().max(1.0) * extent.height() + 2.0 * MARGIN;
    let height = height.clamp(HEIGHTS.0, HEIGHTS.1);
    let corner = Coord { x: LEFT, y: top };
    Ok(Rect::new(
        corner,
        corner
            + Coord {
                x: WIDTH,
                y: height,
            },
    ))
}

/// What both panels draw.
struct Parts<'a> {
    look: &'a Look<'a>,
    pair: Pair,
    all: &'a [Stretch<'a>],
    numbers: &'a [Numbered<'a>],
}

impl<'a> Parts<'a> {
    /// Draws the map in one frame. Segments that `closer` shows get their numbers there.
    fn panel(
        &self,
        frame: Frame<'a>,
        name: &str,
        closer: Option<&Frame<'_>>,
        sheet: &mut Sheet,
    ) -> Result<BTreeSet<Key>> {
        let look = self.look;
        let mut canvas = Canvas::new(look, frame);
        let ground = Ground::of(look.boundary, &frame)?;
        let (water, land) = ground::water(look, &frame, &ground)?;
        canvas.keys.insert(Key::Water);
        let (grid, values) = furniture::graticule(&frame)?;
        let borders = borders::layer(&mut canvas, self.all)?;
        let mut ticks = canvas.layer("chainage");
        for border in look.boundary.borders_of(self.pair) {
            chainage::marks(&mut canvas, border, &mut ticks)?;
        }
        let discs = self.discs(&mut canvas, closer)?;
        let elsewhere = closer
            .map(|close| closer::bounds(&frame, close))
            .transpose()?;
        if let Some(area) = elsewhere {
            canvas.placer.block_area(area);
        }
        let disputes = disputes::layer(&mut canvas, elsewhere)?;
        let towns = towns::layer(&mut canvas, &[])?;
        names::territories(&mut canvas, &ground);
        let labels = canvas.placer.place("labels");
        let territories = ground.layer(look, &frame);
        let layers = [
            territories,
            water,
            grid,
            borders,
            ticks,
            disputes,
            towns,
            discs,
            labels,
            values,
        ];
        sheet
            .layers
            .extend(layers.into_iter().map(|layer| layer.within(name)));
        furniture::neatline(&mut sheet.page, frame.area);
        sheet.add_sources(look, [look.boundary.source, land]);
        Ok(canvas.keys)
    }

    fn discs(&self, canvas: &mut Canvas<'_>, closer: Option<&Frame<'_>>) -> Result<Layer> {
        let mut discs = canvas.layer("segments");
        for number in self.numbers {
            let at = canvas.frame.page(number.middle)?;
            let elsewhere = match closer {
                Some(closer) => closer.shows(closer.page(number.middle)?),
                None => false,
            };
            if canvas.frame.shows(at) && !elsewhere {
                let text = number.number.to_string();
                let disc = Disc::dark(&text, &number.segment.id, number.segment.names.english());
                discs::beside(&mut discs, &mut canvas.placer, at, &disc);
            }
        }
        Ok(discs)
    }
}

/// The column beside the map: the closer look, the table of the segments, the legend. Says where it ends.
fn column(
    page: &mut Layer,
    parts: &Parts<'_>,
    frame: &Frame<'_>,
    close: Option<&Frame<'_>>,
    keys: &BTreeSet<Key>,
) -> Result<f64> {
    let x = LEFT + WIDTH + GAP;
    let width = style::PAGE_WIDTH - EDGE - x;
    let mut y = frame.area.min().y + 12.0;
    if let Some(close) = close {
        y = close.area.max().y + 34.0;
        furniture::draw_scale_bar(page, close, Coord { x, y: y - 8.0 }, width)?;
        y += 52.0;
    }
    y = segment_table::draw(parts.look, parts.numbers, Coord { x, y }, width, page);
    let bottom = legend::draw_in_two_columns(keys, Coord { x, y: y + 10.0 }, width, page);
    let under = Coord {
        x: LEFT,
        y: frame.area.max().y + 36.0,
    };
    furniture::draw_scale_bar(page, frame, under, WIDTH)?;
    Ok(bottom.max(under.y + 36.0))
}

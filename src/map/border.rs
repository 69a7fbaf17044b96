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
const MARGIN: f64 = 34.0;

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
    let close = closer_look(
        &lambert,
        &numbers,
        Coord {
            x: LEFT + WIDTH + GAP,
            y: sheet.top,
        },
    )?;
    let parts = Parts {
        look,
        pair,
        all: &all,
        numbers: &numbers,
    };
    let mut keys = BTreeSet::new();
    parts.panel(&frame, "whole", close.as_ref(), &mut keys, &mut sheet)?;
    if let Some(close) = &close {
        parts.panel(close, "close", None, &mut keys, &mut sheet)?;
        locate(&frame, close, &mut sheet.page)?;
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
    middle: Coord,
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
        let half = Length::from_m((stretch.from.m() + stretch.to.m()) / 2.0);
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
    own.iter().flat_map(|stretch| stretch.lines()).flatten()
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

/// How much larger the closer look is, at least, to be worth its place.
const WORTH: f64 = 1.8;
/// The radius within which segments are counted as dense, as a share of the whole extent's diagonal.
const DENSE: f64 = 0.055;

/// A frame around the place where the most segments are close together; none where that would show little more.
fn closer_look<'a>(
    projection: &'a dyn Projection,
    numbers: &[Numbered<'_>],
    at: Coord,
) -> Result<Option<Frame<'a>>> {
    let size = Coord {
        x: style::PAGE_WIDTH - EDGE - at.x,
        y: CLOSE_HEIGHT,
    };
    let area = Rect::new(at, at + size);
    let middles: Vec<Coord> = numbers
        .iter()
        .map(|number| projection.forward(number.middle))
        .collect::<Result<_>>()?;
    let whole = plane_extent(
        projection,
        numbers
            .iter()
            .flat_map(|number| number.stretch.lines())
            .flatten(),
    )?;
    let radius = DENSE * whole.width().hypot(whole.height());
    // A segment that is itself longer than the circle says nothing about where segments are dense.
    let mut small = Vec::new();
    for number in numbers {
        let own = plane_extent(projection, number.stretch.lines().into_iter().flatten())?;
        small.push(own.width().hypot(own.height()) <= radius);
    }
    let middles: Vec<Coord> = middles
        .into_iter()
        .zip(&small)
        .filter(|(_, small)| **small)
        .map(|(at, _)| at)
        .collect();
    let numbers: Vec<&Numbered<'_>> = numbers
        .iter()
        .zip(&small)
        .filter(|(_, small)| **small)
        .map(|(n, _)| n)
        .collect();
    let near =
        |centre: &Coord, point: &Coord| (centre.x - point.x).hypot(centre.y - point.y) <= radius;
    let count = |centre: &Coord| middles.iter().filter(|point| near(centre, point)).count();
    let Some(centre) = middles.iter().rev().max_by_key(|centre| count(centre)) else {
        return Ok(None);
    };
    if count(centre) < 3 {
        return Ok(None);
    }
    let dense = numbers
        .iter()
        .zip(&middles)
        .filter(|(_, point)| near(centre, point));
    let lines = dense
        .flat_map(|(number, _)| number.stretch.lines())
        .flatten();
    let extent = plane_extent(projection, lines)?;
    let scale = fitting_scale(extent, area, MARGIN);
    let all = fitting_scale(whole, area, MARGIN);
    Ok((scale >= WORTH * all).then(|| Frame::centred(projection, extent.center(), scale, area)))
}

/// What both panels draw.
struct Parts<'a> {
    look: &'a Look<'a>,
    pair: Pair,
    all: &'a [Stretch<'a>],
    numbers: &'a [Numbered<'a>],
}

impl Parts<'_> {
    /// Draws the map in one frame. Segments that `closer` shows get their numbers there.
    fn panel(
        &self,
        frame: &Frame<'_>,
        name: &str,
        closer: Option<&Frame<'_>>,
        keys: &mut BTreeSet<Key>,
        sheet: &mut Sheet,
    ) -> Result<()> {
        let look = self.look;
        let mut placer = Placer::new(points::inner(frame.area));
        let ground = Ground::of(look.boundary, frame)?;
        let (water, land) = ground::water(look, frame, &ground)?;
        keys.insert(Key::Water);
        sheet.sources.extend([look.boundary.source, land]);
        let (grid, values) = furniture::graticule(frame)?;
        let borders = borders::layer(look, frame, self.all, keys)?;
        for mark in &borders.marks {
            if let Shape::Line { paths, .. } = &mark.shape {
                placer.avoid(paths);
            }
        }
        let mut ticks = Layer::new("chainage", Some(frame.area));
        for border in look.boundary.borders_of(self.pair) {
            chainage::marks(frame, border, &mut placer, &mut ticks)?;
        }
        let discs = self.discs(frame, closer, &mut placer)?;
        let elsewhere = closer.map(|closer| bounds(frame, closer)).transpose()?;
        if let Some(area) = elsewhere {
            placer.block_area(area);
        }
        let disputes = points::disputes(look, frame, elsewhere, keys, &mut placer)?;
        let towns = points::towns(look, frame, &[], keys, &mut placer)?;
        points::territory_names(look, frame, &ground, &mut placer);
        let labels = placer.place("labels");
        let territories = ground.layer(look, frame);
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
        let places = look.world.places.iter().map(|(_, place)| place.source);
        sheet.sources.extend(places);
        Ok(())
    }

    fn discs(
        &self,
        frame: &Frame<'_>,
        closer: Option<&Frame<'_>>,
        placer: &mut Placer,
    ) -> Result<Layer> {
        let mut discs = Layer::new("segments", Some(frame.area));
        for number in self.numbers {
            let at = frame.page(number.middle)?;
            let elsewhere = match closer {
                Some(closer) => closer.shows(closer.page(number.middle)?),
                None => false,
            };
            if frame.shows(at) && !elsewhere {
                let of = (number.segment.id.as_str(), number.segment.names.english());
                discs::beside(&mut discs, placer, at, &number.number.to_string(), of);
            }
        }
        Ok(discs)
    }
}

/// Draws on the map of the whole where the closer look is.
fn locate(whole: &Frame<'_>, close: &Frame<'_>, page: &mut Layer) -> Result<()> {
    let area = bounds(whole, close)?;
    let outline = Some(Stroke::solid(style::INK, 1.4));
    let rings = vec![area.to_polygon().exterior().0.clone()];
    page.add(Shape::Area {
        rings,
        fill: Fill::None,
        outline,
    });
    Ok(())
}

/// Where the closer look is on the map of the whole. Both are in one projection, so it is a rectangle there too.
fn bounds(whole: &Frame<'_>, close: &Frame<'_>) -> Result<Rect> {
    let corner = |point: Coord| whole.page(close.place(point)?);
    Ok(Rect::new(
        corner(close.area.min())?,
        corner(close.area.max())?,
    ))
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
    let end = legend::draw_in_two_columns(keys, Coord { x, y: y + 10.0 }, width, page);
    let under = Coord {
        x: LEFT,
        y: frame.area.max().y + 36.0,
    };
    furniture::draw_scale_bar(page, frame, under, WIDTH)?;
    Ok(end.max(under.y + 36.0))
}

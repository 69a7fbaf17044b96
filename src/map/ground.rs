//! The ground of a map: territories, and the water between and in them.

use std::collections::BTreeMap;

use geo::Area as _;
use geo::BooleanOps as _;
use geo::Coord;
use geo::LineString;
use geo::MultiPolygon;
use geo::Polygon;
use geo::unary_union;

use crate::error::Result;
use crate::map::Look;
use crate::map::canvas::Canvas;
use crate::map::frame::Frame;
use crate::map::legend::Key;
use crate::map::scene::Color;
use crate::map::scene::Fill;
use crate::map::scene::Layer;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;
use crate::map::style;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Covers;
use crate::model::Id;
use crate::model::Source;
use crate::model::Territory;

/// Territories on the page.
#[derive(Debug, Clone)]
pub struct Ground {
    /// Each territory in the frame, in order of their code.
    pub territories: BTreeMap<Code, MultiPolygon>,
}

/// Water smaller than this is left out, in square page units: it would be a speck.
const SMALLEST_WATER: f64 = 6.0;

impl Ground {
    /// What a boundary source gives to each territory, in the frame.
    ///
    /// # Errors
    ///
    /// As for the frame's projection.
    pub fn of<'a>(boundary: &'a Boundary, frame: &Frame<'_>) -> Result<Self> {
        let of = |territory: &'a Territory| {
            territory
                .area
                .iter()
                .map(|polygon| (territory.code, polygon))
        };
        let polygons = || boundary.territories.iter().flat_map(of);
        let rings: Vec<&[Coord]> = polygons()
            .flat_map(|(_, polygon)| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
            .map(|ring| ring.0.as_slice())
            .collect();
        let mut drawn = frame.rings(&rings)?.into_iter().map(LineString);
        let mut territories: BTreeMap<Code, MultiPolygon> = BTreeMap::new();
        for (code, polygon) in polygons() {
            let exterior = drawn.next().unwrap_or_else(LineString::empty);
            let holes = drawn.by_ref().take(polygon.interiors().len());
            let holes: Vec<LineString> = holes.filter(|ring| !ring.0.is_empty()).collect();
            if !exterior.0.is_empty() {
                let known = territories
                    .entry(code)
                    .or_insert_with(|| MultiPolygon::new(Vec::new()));
                known.0.push(Polygon::new(exterior, holes));
            }
        }
        Ok(Self { territories })
    }

    /// The layer of the fills.
    pub fn layer(&self, look: &Look<'_>, frame: &Frame<'_>) -> Layer {
        let mut layer = Layer::new("territories", Some(frame.area));
        let colors = colors(look.boundary);
        for (code, area) in &self.territories {
            let color = colors
                .get(&code.state())
                .copied()
                .unwrap_or(style::LANDS[0]);
            // A stroke of its own colour closes the hairline that two smoothed edges leave between neighbours.
            let outline = Some(Stroke::solid(color, 0.6));
            let shape = Shape::Area {
                rings: rings(area),
                fill: Fill::Plain(color, 1.0),
                outline,
            };
            layer.add_for(code.as_str(), look.world.territory_name(*code), shape);
        }
        layer
    }

    /// The layer that marks what is to be avoided: states with all their territories, or single territories.
    pub fn avoided(&self, canvas: &mut Canvas<'_>, avoid: &[Code]) -> Layer {
        let mut layer = canvas.layer("avoided");
        for (code, area) in &self.territories {
            if avoid.contains(code) || avoid.contains(&code.state()) {
                canvas.keys.insert(Key::Avoided);
                let shape = Shape::Area {
                    rings: rings(area),
                    fill: style::AVOID_FILL,
                    outline: None,
                };
                layer.add_for(code.as_str(), "to be avoided", shape);
            }
        }
        layer
    }

    fn area(&self) -> f64 {
        self.territories
            .values()
            .map(MultiPolygon::unsigned_area)
            .sum()
    }
}

/// The layer of water and of land without data: what no source gives to a territory, and what the source that draws land only
/// leaves out. Where no source says that it does, the one that gives the same territories the least is taken for it.
///
/// The second part of the answer is that source.
///
/// # Errors
///
/// As for the frame's projection.
pub fn water(look: &Look<'_>, frame: &Frame<'_>, ground: &Ground) -> Result<(Layer, Id<Source>)> {
    let mut land = (ground.clone(), look.boundary.source);
    let draws_land =
        |boundary: &&Boundary| look.world.source_of(boundary).covers == Some(Covers::Land);
    let is_told = look.world.boundaries.iter().any(|one| draws_land(&one));
    for boundary in look
        .world
        .boundaries
        .iter()
        .filter(|other| other.source != look.boundary.source)
        .filter(|other| !is_told || draws_land(other))
    {
        let other = Ground::of(boundary, frame)?;
        if other.territories.keys().eq(land.0.territories.keys()) && other.area() < land.0.area() {
            land = (other, boundary.source);
        }
    }
    let all: Vec<&Polygon> = land.0.territories.values().flatten().collect();
    let page = MultiPolygon::new(vec![frame.area.to_polygon()]);
    let water = page.difference(&unary_union(all));
    let mut layer = Layer::new("water", Some(frame.area));
    let seen = water
        .into_iter()
        .filter(|polygon| polygon.unsigned_area() >= SMALLEST_WATER)
        .collect();
    let shape = Shape::Area {
        rings: rings(&seen),
        fill: Fill::Plain(style::WATER, 1.0),
        outline: None,
    };
    layer.add(shape);
    Ok((layer, land.1))
}

/// All rings of an area.
pub fn rings(area: &MultiPolygon) -> Vec<Vec<Coord>> {
    let of = |polygon: &Polygon| {
        let all = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        all.map(|ring| ring.0.clone()).collect::<Vec<_>>()
    };
    area.iter().flat_map(of).collect()
}

/// A colour for each state, so that neighbours differ: the first free one, in order of their codes.
fn colors(boundary: &Boundary) -> BTreeMap<Code, Color> {
    let mut colors: BTreeMap<Code, Color> = BTreeMap::new();
    for territory in &boundary.territories {
        let state = territory.code.state();
        if colors.contains_key(&state) {
            continue;
        }
        let neighbours = boundary
            .borders
            .iter()
            .filter(|border| border.pair.has(state));
        let taken: Vec<Color> = neighbours
            .flat_map(|border| [border.pair.first, border.pair.second])
            .filter_map(|code| colors.get(&code).copied())
            .collect();
        let free = style::LANDS
            .into_iter()
            .find(|color| !taken.contains(color));
        colors.insert(
            state,
            free.unwrap_or(style::LANDS[colors.len() % style::LANDS.len()]),
        );
    }
    colors
}

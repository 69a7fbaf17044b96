//! A legend that is made from what was drawn: an entry for each class on the map, and for nothing else.

use std::collections::BTreeSet;

use geo::Coord;

use crate::map::font;
use crate::map::scene::Fill;
use crate::map::scene::Font;
use crate::map::scene::Layer;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;
use crate::map::style;
use crate::map::style::BorderClass;
use crate::map::style::Symbol;
use crate::model::ConditionKind;
use crate::model::Mode;
use crate::model::Regime;

/// A class of things on a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A border.
    Border(BorderClass),
    /// A border without an open crossing point.
    ClosedBorder,
    /// A border, whatever its status.
    ThinBorder,
    /// A corridor's line in some condition.
    Link(ConditionKind),
    /// A corridor's road, drawn narrower than a railway.
    Road,
    /// A corridor's ferry.
    Ferry,
    /// Another corridor.
    Context,
    /// A crossing point.
    Crossing(Option<Regime>),
    /// Disputed ground whose outline is known.
    DisputedArea,
    /// A disputed place whose extent is not.
    DisputedPoint,
    /// A line of the base network.
    Base(Mode),
    /// A town.
    Place,
    /// A state that is to be avoided.
    Avoided,
    /// The place where a line comes closest to a state.
    Closest,
    /// Water, and land without data.
    Water,
}

/// What an entry shows beside its words.
#[derive(Debug, Clone, PartialEq)]
enum Swatch {
    Line(Vec<Stroke>),
    Area(Fill, Stroke),
    Symbol(Symbol),
}

impl Key {
    const fn group(self) -> &'static str {
        match self {
            Self::Border(_) | Self::ClosedBorder | Self::ThinBorder => "Borders",
            Self::Link(_) | Self::Road | Self::Ferry | Self::Context => "Corridors",
            Self::Base(_) | Self::Place | Self::Avoided | Self::Closest | Self::Water => {
                "Also shown"
            }
            Self::Crossing(_) => "Border crossing points, on the day",
            Self::DisputedArea | Self::DisputedPoint => "Ground at issue",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Border(class) => class.label(),
            Self::ThinBorder => "Border, whatever its status",
            Self::ClosedBorder => "Closed: no crossing point open",
            Self::Link(condition) => style::condition_label(condition),
            Self::Road => "Road: the same, narrower",
            Self::Ferry => "Ferry",
            Self::Context => "The other corridors",
            Self::Base(mode) => style::base_label(mode),
            Self::Crossing(regime) => style::crossing_label(regime),
            Self::DisputedArea => "Enclave or area, outline from map data",
            Self::DisputedPoint => "Place or area, extent in no source",
            Self::Place => "Town",
            Self::Avoided => "State to be avoided",
            Self::Closest => "Where an option comes closest to it",
            Self::Water => "Water, and land outside the data",
        }
    }

    fn swatch(self) -> Swatch {
        match self {
            Self::Border(class) => Swatch::Line(class.strokes()),
            Self::ThinBorder => Swatch::Line(vec![style::thin_border()]),
            Self::ClosedBorder => Swatch::Line(vec![style::closed_band()]),
            Self::Link(condition) => Swatch::Line(style::corridor_strokes(condition, Mode::Rail)),
            Self::Road => Swatch::Line(style::corridor_strokes(
                ConditionKind::Operational,
                Mode::Road,
            )),
            Self::Ferry => Swatch::Line(style::corridor_strokes(
                ConditionKind::Operational,
                Mode::Ferry,
            )),
            Self::Context => Swatch::Line(vec![style::context_stroke()]),
            Self::Base(mode) => Swatch::Line(vec![style::base_stroke(mode)]),
            Self::Crossing(regime) => Swatch::Symbol(style::crossing_symbol(regime)),
            Self::DisputedArea => {
                Swatch::Area(style::DISPUTE_FILL, Stroke::solid(style::PURPLE, 1.4))
            }
            Self::DisputedPoint => Swatch::Symbol(style::dispute_symbol()),
            Self::Place => Swatch::Symbol(style::place_symbol()),
            Self::Avoided => Swatch::Area(style::AVOID_FILL, Stroke::solid(style::RULE, 1.0)),
            Self::Closest => Swatch::Symbol(style::closest_symbol()),
            Self::Water => Swatch::Area(
                Fill::Plain(style::WATER, 1.0),
                Stroke::solid(style::RULE, 1.0),
            ),
        }
    }
}

const LINE_HEIGHT: f64 = 21.0;
const SWATCH_WIDTH: f64 = 42.0;

/// Draws the legend of `keys` with its upper left corner at `at`, and says where it ends.
pub fn draw(keys: &BTreeSet<Key>, at: Coord, width: f64, layer: &mut Layer) -> f64 {
    let (heading, text) = (
        Font::plain(14.5, style::INK).bold(),
        Font::plain(13.5, style::INK),
    );
    let mut y = at.y;
    let mut group = "";
    for &key in keys {
        if key.group() != group {
            y += if group.is_empty() { 14.0 } else { 24.0 };
            group = key.group();
            write(layer, Coord { x: at.x, y }, group, &heading);
            y += 6.0;
        }
        let room = width - SWATCH_WIDTH - 12.0;
        let lines = font::wrap(key.label(), &text, room);
        swatch(
            layer,
            Coord {
                x: at.x,
                y: y + LINE_HEIGHT / 2.0,
            },
            &key.swatch(),
        );
        for line in lines {
            let baseline = y + LINE_HEIGHT / 2.0 + 5.0;
            write(
                layer,
                Coord {
                    x: at.x + SWATCH_WIDTH + 12.0,
                    y: baseline,
                },
                &line,
                &text,
            );
            y += LINE_HEIGHT - 2.0;
        }
        y += 2.0;
    }
    y
}

/// The same in two columns: the first group on the left, the others on the right.
pub fn draw_in_two_columns(keys: &BTreeSet<Key>, at: Coord, width: f64, layer: &mut Layer) -> f64 {
    let gap = 24.0;
    let half = (width - gap) / 2.0;
    let Some(group) = keys.first().map(|key| key.group()) else {
        return at.y;
    };
    let (left, right): (BTreeSet<Key>, BTreeSet<Key>) =
        keys.iter().partition(|key| key.group() == group);
    let beside = Coord {
        x: at.x + half + gap,
        y: at.y,
    };
    draw(&left, at, half, layer).max(draw(&right, beside, half, layer))
}

/// The same with each group in a column of its own, of so many that would fit.
pub fn draw_in_columns(
    keys: &BTreeSet<Key>,
    at: Coord,
    width: f64,
    columns: u32,
    layer: &mut Layer,
) -> f64 {
    let gap = 24.0;
    let each = (width + gap) / f64::from(columns);
    let mut groups: Vec<BTreeSet<Key>> = Vec::new();
    for &key in keys {
        let group = groups.last_mut().filter(|group| {
            group
                .first()
                .is_some_and(|first| first.group() == key.group())
        });
        if let Some(group) = group {
            group.insert(key);
        } else {
            groups.push(BTreeSet::from([key]));
        }
    }
    let mut end = at.y;
    for (place, group) in groups.iter().enumerate() {
        let corner = Coord {
            x: at.x + each * place as f64,
            y: at.y,
        };
        end = end.max(draw(group, corner, each - gap, layer));
    }
    end
}

fn write(layer: &mut Layer, at: Coord, text: &str, font: &Font) {
    layer.add(Shape::Text {
        at,
        text: text.to_owned(),
        font: font.clone(),
        angle: 0.0,
    });
}

fn swatch(layer: &mut Layer, left: Coord, swatch: &Swatch) {
    let point = |dx: f64, dy: f64| Coord {
        x: left.x + dx,
        y: left.y + dy,
    };
    match swatch {
        Swatch::Line(strokes) => {
            let paths = vec![vec![point(0.0, 0.0), point(SWATCH_WIDTH, 0.0)]];
            layer.add(Shape::Line {
                paths,
                strokes: strokes.clone(),
            });
        }
        Swatch::Area(fill, outline) => {
            let (r, b) = (SWATCH_WIDTH - 8.0, 7.0);
            let ring = vec![
                point(8.0, -b),
                point(r, -b),
                point(r, b),
                point(8.0, b),
                point(8.0, -b),
            ];
            layer.add(Shape::Area {
                rings: vec![ring],
                fill: *fill,
                outline: Some(outline.clone()),
            });
        }
        Swatch::Symbol(Symbol {
            form,
            size,
            fill,
            outline,
        }) => layer.add(Shape::Symbol {
            at: point(SWATCH_WIDTH / 2.0, 0.0),
            form: *form,
            size: *size,
            fill: *fill,
            outline: outline.clone(),
        }),
    }
}

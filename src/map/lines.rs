//! The lines of a map: borders by status, the base network, corridors by condition.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;
use geo::Rect;

use crate::error::Result;
use crate::map::Look;
use crate::map::canvas::Canvas;
use crate::map::legend::Key;
use crate::map::scene::Layer;
use crate::map::scene::Mark;
use crate::map::scene::Shape;
use crate::map::style;
use crate::model::Border;
use crate::model::ConditionKind;
use crate::model::Id;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Pair;
use crate::model::Regime;

/// The pairs of states whose crossing points are all closed on the day.
///
/// # Properties
///
/// A pair without a known crossing point is not closed: nothing is known about it.
pub fn closed_pairs(look: &Look<'_>) -> BTreeSet<Pair> {
    let mut open: BTreeMap<Pair, bool> = BTreeMap::new();
    for (_, crossing) in look.world.crossings.iter() {
        let closed = crossing.modes.iter().all(|&mode| {
            let regime = crossing.regime_on(mode, look.on);
            regime.is_some_and(|claim| claim.value.value == Regime::Closed)
        });
        *open.entry(crossing.pair).or_default() |= !closed;
    }
    open.into_iter()
        .filter(|(_, open)| !open)
        .map(|(pair, _)| pair)
        .collect()
}

/// The bands under closed borders.
///
/// # Errors
///
/// As for the frame's projection.
pub fn closed_bands(canvas: &mut Canvas<'_>) -> Result<Layer> {
    let mut layer = canvas.layer("closed-borders");
    let (look, frame) = (canvas.look, canvas.frame);
    let (closed, bounds) = (closed_pairs(look), frame.bounds()?);
    for pair in closed {
        let mut paths = Vec::new();
        for piece in look.boundary.borders_of(pair).flat_map(Border::pieces) {
            paths.extend(frame.paths(&piece.vertices, bounds)?);
        }
        if !paths.is_empty() {
            canvas.keys.insert(Key::ClosedBorder);
            let shape = Shape::Line {
                paths,
                strokes: vec![style::closed_band()],
            };
            layer.add_for(
                &pair.to_string(),
                format!("{pair}: no crossing point is open"),
                shape,
            );
        }
    }
    Ok(layer)
}

/// A link on the page.
#[derive(Debug, Clone)]
pub struct DrawnLink {
    /// The link.
    pub link: Id<Link>,
    /// Its alignment in the frame.
    pub paths: Vec<Vec<Coord>>,
    /// Its condition on the day.
    pub condition: ConditionKind,
}

/// Links in the frame, with their condition on the day. A link whose condition nobody states counts as planned,
/// as it does in tables.
///
/// # Errors
///
/// As for the frame's projection.
pub fn links(
    canvas: &Canvas<'_>,
    which: impl IntoIterator<Item = Id<Link>>,
) -> Result<Vec<DrawnLink>> {
    let (look, frame) = (canvas.look, canvas.frame);
    let bounds = frame.bounds()?;
    let mut drawn = Vec::new();
    for id in which {
        let link = &look.world.links[id];
        let paths = frame.paths(&link.alignment.0, bounds)?;
        let stated = link.condition_on(look.on).map(|claim| claim.value.is);
        if paths.iter().any(|path| seen(frame.area, path)) {
            drawn.push(DrawnLink {
                link: id,
                paths,
                condition: stated.unwrap_or(ConditionKind::Planned),
            });
        }
    }
    Ok(drawn)
}

/// Whether a path has a chance to be seen in `area`.
fn seen(area: Rect, path: &[Coord]) -> bool {
    path.windows(2).any(|edge| {
        let near = Rect::new(edge[0], edge[1]);
        near.min().x <= area.max().x
            && near.max().x >= area.min().x
            && near.min().y <= area.max().y
            && near.max().y >= area.min().y
    })
}

/// The links of all corridors, and those that are not in use: what a map of the network speaks about.
pub fn subject(look: &Look<'_>) -> BTreeSet<Id<Link>> {
    let world = look.world;
    let corridors = world
        .corridors
        .iter()
        .flat_map(|(_, corridor)| corridor.links.iter().copied());
    let idle = world.links.iter().filter(|(_, link)| {
        link.condition_on(look.on)
            .is_some_and(|claim| claim.value.is != ConditionKind::Operational)
    });
    corridors.chain(idle.map(|(id, _)| id)).collect()
}

/// The base network: all links in use, except `left_out`.
///
/// # Errors
///
/// As for the frame's projection.
pub fn base(canvas: &mut Canvas<'_>, left_out: &BTreeSet<Id<Link>>) -> Result<Layer> {
    let mut layer = canvas.layer("base-network");
    let look = canvas.look;
    let others = look.world.links.ids().filter(|id| !left_out.contains(id));
    let drawn = links(canvas, others)?;
    for mode in [Mode::Ferry, Mode::Road, Mode::Rail] {
        let of_mode = drawn.iter().filter(|drawn| {
            look.world.links[drawn.link].mode == mode
                && drawn.condition == ConditionKind::Operational
        });
        let paths: Vec<Vec<Coord>> = of_mode.flat_map(|drawn| drawn.paths.clone()).collect();
        if !paths.is_empty() {
            canvas.keys.insert(Key::Base(mode));
            layer.add(Shape::Line {
                paths,
                strokes: vec![style::base_stroke(mode)],
            });
        }
    }
    Ok(layer)
}

/// Corridor lines by condition: all casings first, so that no line is cut by its neighbour's.
pub fn corridors(canvas: &mut Canvas<'_>, drawn: &[DrawnLink]) -> Layer {
    let mut layer = canvas.layer("corridors");
    let look = canvas.look;
    let mut order: Vec<&DrawnLink> = drawn.iter().collect();
    let mode = |drawn: &DrawnLink| look.world.links[drawn.link].mode;
    // What is missing lies on top of what is there, and railways on top of roads.
    order.sort_by_key(|drawn| {
        (
            std::cmp::Reverse(mode(drawn)),
            drawn.condition.existence(),
            drawn.link,
        )
    });
    let mut lines = Vec::new();
    for drawn in order {
        let link = &look.world.links[drawn.link];
        canvas.keys.insert(Key::Link(drawn.condition));
        canvas.placer.avoid(&drawn.paths);
        match link.mode {
            Mode::Rail => {}
            Mode::Road => drop(canvas.keys.insert(Key::Road)),
            Mode::Ferry => drop(canvas.keys.insert(Key::Ferry)),
        }
        let mut strokes = style::corridor_strokes(drawn.condition, link.mode);
        let casing = strokes.remove(0);
        layer.add(Shape::Line {
            paths: drawn.paths.clone(),
            strokes: vec![casing],
        });
        let title = format!("{}: {}, {}", link.id, link.mode, drawn.condition);
        let shape = Shape::Line {
            paths: drawn.paths.clone(),
            strokes,
        };
        lines.push(Mark {
            feature: Some(link.id.clone()),
            title: Some(title),
            shape,
        });
    }
    layer.marks.extend(lines);
    layer
}

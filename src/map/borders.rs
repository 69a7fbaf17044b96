//! Borders on the page, by the status of each stretch.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;

use crate::error::Result;
use crate::map::Look;
use crate::map::frame::Frame;
use crate::map::legend::Key;
use crate::map::scene::Layer;
use crate::map::scene::Shape;
use crate::map::style::BorderClass;

/// A stretch of a border with one status.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// Slug of the segment, else the pair and part of the border.
    pub id: String,
    /// What the picture says about it.
    pub title: String,
    /// How it is drawn.
    pub class: BorderClass,
    /// Its lines in degrees.
    pub lines: Vec<Vec<Coord>>,
}

/// All borders of a boundary source, cut by status.
pub fn stretches(look: &Look<'_>) -> Vec<Stretch> {
    let whole = look.boundary.borders.iter().map(|border| Stretch {
        id: format!("{} {}", border.pair, border.part.label()),
        title: format!("{} {}", border.pair, border.part.label()),
        class: BorderClass::InPrinciple,
        lines: border.pieces.iter().map(|piece| piece.vertices.clone()).collect(),
    });
    whole.collect()
}

/// The borders in the frame.
///
/// # Errors
///
/// As for the frame's projection.
pub fn layer(look: &Look<'_>, frame: &Frame<'_>, keys: &mut BTreeSet<Key>) -> Result<Layer> {
    let bounds = frame.bounds()?;
    let mut drawn: BTreeMap<BorderClass, Vec<(Stretch, Vec<Vec<Coord>>)>> = BTreeMap::new();
    for stretch in stretches(look) {
        let mut paths = Vec::new();
        for line in &stretch.lines {
            paths.extend(frame.paths(line, bounds)?);
        }
        if !paths.is_empty() {
            drawn.entry(stretch.class).or_default().push((stretch, paths));
        }
    }
    let mut layer = Layer::new("borders", Some(frame.area));
    // The rarer classes are the message: short delimited pieces lie on top.
    for class in BorderClass::BY_WEIGHT {
        for (stretch, paths) in drawn.remove(&class).unwrap_or_default() {
            keys.insert(Key::Border(class));
            layer.add_for(&stretch.id, stretch.title, Shape::Line { paths, strokes: class.strokes() });
        }
    }
    Ok(layer)
}

//! Checks of a finished map.

use geo::Coord;
use geo::Rect;

use crate::map::font;
use crate::map::labels::overlap;
use crate::map::scene::Anchor;
use crate::map::scene::Mark;
use crate::map::scene::Scene;
use crate::map::scene::Shape;

/// The boxes of all level texts in a layer, with what they say.
///
/// # Properties
///
/// The boxes are those of capital letters without their halo; the lines of one name are apart.
pub fn boxes<'a>(scene: &'a Scene, layer: &str) -> Vec<(&'a str, Rect)> {
    let marks = scene.layer(layer).map_or(&[][..], |layer| &layer.marks);
    marks.iter().filter_map(text_box).collect()
}

fn text_box(mark: &Mark) -> Option<(&str, Rect)> {
    let Shape::Text {
        at,
        text,
        font,
        angle,
    } = &mark.shape
    else {
        return None;
    };
    if *angle != 0.0 {
        return None;
    }
    let width = font::width(text, font);
    let left = match font.anchor {
        Anchor::Start => at.x,
        Anchor::Middle => at.x - width / 2.0,
        Anchor::End => at.x - width,
    };
    let top = Coord {
        x: left,
        y: at.y - font.size * font::CAP_HEIGHT,
    };
    Some((
        text,
        Rect::new(
            top,
            Coord {
                x: left + width,
                y: at.y,
            },
        ),
    ))
}

/// Two texts of a layer that lie on each other, if there are any.
pub fn collision<'a>(scene: &'a Scene, layer: &str) -> Option<(&'a str, &'a str)> {
    let boxes = boxes(scene, layer);
    for (place, (text, area)) in boxes.iter().enumerate() {
        if let Some((other, _)) = boxes[place + 1..]
            .iter()
            .find(|(_, other)| overlap(*area, *other))
        {
            return Some((text, other));
        }
    }
    None
}

//! One map while it is drawn.

use std::collections::BTreeSet;

use crate::map::Look;
use crate::map::frame::Frame;
use crate::map::labels::Placer;
use crate::map::legend::Key;
use crate::map::points;
use crate::map::scene::Layer;

/// What is looked at, in which frame, with what was drawn so far: classes for the legend and places for names.
#[derive(Debug)]
pub struct Canvas<'a> {
    /// What is looked at.
    pub look: &'a Look<'a>,
    /// The frame.
    pub frame: Frame<'a>,
    /// The classes that were drawn.
    pub keys: BTreeSet<Key>,
    /// The names that wait, and the places that are taken.
    pub placer: Placer,
}

impl<'a> Canvas<'a> {
    /// An empty map.
    pub fn new(look: &'a Look<'a>, frame: Frame<'a>) -> Self {
        let placer = Placer::new(points::inner(frame.area));
        Self {
            look,
            frame,
            keys: BTreeSet::new(),
            placer,
        }
    }

    /// A layer that is cut at the frame.
    pub fn layer(&self, name: &str) -> Layer {
        Layer::new(name, Some(self.frame.area))
    }
}

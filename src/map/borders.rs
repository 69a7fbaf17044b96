//! Borders on the page, by the status of each stretch.

use geo::Coord;

use crate::analysis::segments;
use crate::error::Result;
use crate::map::Look;
use crate::map::canvas::Canvas;
use crate::map::frame::Frame;
use crate::map::legend::Key;
use crate::map::scene::Layer;
use crate::map::scene::Shape;
use crate::map::style;
use crate::map::style::BorderClass;
use crate::model::Border;
use crate::model::Date;
use crate::model::Id;
use crate::model::Segment;
use crate::units::Length;

/// A stretch of a border with one status.
#[derive(Debug, Clone)]
pub struct Stretch<'a> {
    /// The border that it is part of.
    pub border: &'a Border,
    /// The record that speaks for it.
    pub segment: Option<Id<Segment>>,
    /// Chainage of its start.
    pub from: Length,
    /// Chainage of its end.
    pub to: Length,
    /// How it is drawn.
    pub class: BorderClass,
    /// Since when it is in that class.
    pub since: Option<Date>,
}

impl Stretch<'_> {
    /// Its lines in degrees.
    pub fn lines(&self) -> Vec<Vec<Coord>> {
        self.border.cut(self.from, self.to)
    }

    /// Slug of its segment, else pair and part of the border.
    pub fn id(&self, look: &Look<'_>) -> String {
        let border = || {
            format!(
                "{}.{}",
                self.border.pair,
                self.border.part.label().replace(' ', "-")
            )
        };
        self.segment
            .map_or_else(border, |segment| look.world.segments[segment].id.clone())
    }

    fn title(&self, look: &Look<'_>) -> String {
        let name = self
            .segment
            .map(|segment| look.world.segments[segment].names.english());
        let (from, to) = (self.from.km(), self.to.km());
        format!(
            "{}, km {from:.1} to {to:.1}: {}",
            name.unwrap_or("border"),
            self.class.label()
        )
    }
}

/// All borders of the boundary source in use, cut by status.
pub fn stretches<'a>(look: &Look<'a>) -> Vec<Stretch<'a>> {
    let found = segments::stretches(look.world, look.boundary, look.on, look.view);
    let drawn = |stretch: segments::Stretch| {
        let class = BorderClass::of(stretch.status.stage, stretch.status.agreement);
        let axis = if class.is_stage() {
            "stage"
        } else {
            "agreement"
        };
        let claims = stretch.status.claims.iter();
        let stated = claims.filter(|claim| claim.axis == axis && claim.value == class.word());
        Stretch {
            border: &look.boundary.borders[stretch.border],
            segment: stretch.segment,
            from: stretch.from,
            to: stretch.to,
            class,
            since: stated.filter_map(|claim| claim.from).min(),
        }
    };
    found.into_iter().map(drawn).collect()
}

/// The borders in the frame; names are asked to keep off them.
///
/// # Errors
///
/// As for the frame's projection.
pub fn layer(canvas: &mut Canvas<'_>, stretches: &[Stretch<'_>]) -> Result<Layer> {
    let mut layer = canvas.layer("borders");
    let bounds = canvas.frame.bounds()?;
    // The rarer classes are the message: short delimited pieces lie on top.
    for class in BorderClass::BY_WEIGHT {
        for stretch in stretches.iter().filter(|stretch| stretch.class == class) {
            let mut paths = Vec::new();
            for line in stretch.lines() {
                paths.extend(canvas.frame.paths(&line, bounds)?);
            }
            if !paths.is_empty() {
                canvas.keys.insert(Key::Border(class));
                canvas.placer.avoid(&paths);
                let (id, title) = (stretch.id(canvas.look), stretch.title(canvas.look));
                layer.add_for(
                    &id,
                    title,
                    Shape::Line {
                        paths,
                        strokes: class.strokes(),
                    },
                );
            }
        }
    }
    Ok(layer)
}

/// The borders in the frame as thin lines, whatever their status.
///
/// # Errors
///
/// As for the frame's projection.
pub fn thin(look: &Look<'_>, frame: &Frame<'_>) -> Result<Layer> {
    let bounds = frame.bounds()?;
    let mut layer = Layer::new("borders", Some(frame.area));
    let mut paths = Vec::new();
    for piece in look.boundary.borders.iter().flat_map(Border::pieces) {
        paths.extend(frame.paths(&piece.vertices, bounds)?);
    }
    layer.add(Shape::Line {
        paths,
        strokes: vec![style::thin_border()],
    });
    Ok(layer)
}

//! Ground at issue: outlines where a source has them, else points.

use geo::Coord;
use geo::Rect;

use crate::error::Result;
use crate::map::Look;
use crate::map::canvas::Canvas;
use crate::map::clip;
use crate::map::ground::rings;
use crate::map::labels::Label;
use crate::map::legend::Key;
use crate::map::points;
use crate::map::scene::Layer;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;
use crate::map::style;
use crate::model::Dispute;
use crate::model::DisputeKind;
use crate::model::DisputePlace;
use crate::model::in_force;

/// Outlines and points of disputed ground; their names wait in the placer, except of those that `elsewhere` names.
///
/// # Errors
///
/// As for the frame's projection.
pub fn layer(canvas: &mut Canvas<'_>, elsewhere: Option<Rect>) -> Result<Layer> {
    let mut layer = canvas.layer("disputes");
    for (_, dispute) in canvas.look.world.disputes.iter() {
        let Some((at, reach, shape)) = shape(canvas, dispute)? else {
            continue;
        };
        layer.add_for(&dispute.id, title(canvas.look, dispute), shape);
        if elsewhere.is_some_and(|area| clip::contains(area, at)) {
            continue;
        }
        if let Some(label) = label(canvas, dispute) {
            canvas
                .placer
                .add(label.around(at, reach + 2.0).around(at, reach + 14.0));
        }
    }
    Ok(layer)
}

/// Widest name of a point on a map of a whole region, in page units: longer ones cover what they stand beside.
const WIDEST: f64 = 175.0;
/// Names of contested places stand in the lists too: they keep off lines, or are left out. Those of enclaves do not.
const MOST_COVERED: f64 = 0.09;

/// The name of a dispute, where there is room for it at this scale.
fn label(canvas: &Canvas<'_>, dispute: &Dispute) -> Option<Label> {
    let rank = if dispute.area_km2.is_empty() { 40 } else { 30 };
    let font = style::map_font(12.5, style::PURPLE);
    let mut label = Label::new(&dispute.id, dispute.names.english(), font, rank);
    if dispute.kind != DisputeKind::Enclave {
        label.most_covered = MOST_COVERED;
    }
    let is_overview = canvas.frame.scale < style::LARGE_SCALE;
    (!is_overview || label.size().0 <= WIDEST).then_some(label)
}

/// Where a dispute is on the page, how far it reaches from there, and what is drawn; none outside the frame.
fn shape(canvas: &mut Canvas<'_>, dispute: &Dispute) -> Result<Option<(Coord, f64, Shape)>> {
    match &dispute.place {
        DisputePlace::Outline { area, .. } => {
            let all = rings(area);
            let all: Vec<&[Coord]> = all.iter().map(Vec::as_slice).collect();
            let rings = canvas.frame.rings(&all)?;
            let Some((centre, reach)) = middle(&rings) else {
                return Ok(None);
            };
            canvas.keys.insert(Key::DisputedArea);
            canvas.placer.avoid(&rings);
            let outline = Some(Stroke::solid(style::PURPLE, 1.4));
            Ok(Some((
                centre,
                reach,
                Shape::Area {
                    rings,
                    fill: style::DISPUTE_FILL,
                    outline,
                },
            )))
        }
        DisputePlace::Point(place) => {
            let at = canvas.frame.page(*place)?;
            if !canvas.frame.shows(at) {
                return Ok(None);
            }
            canvas.keys.insert(Key::DisputedPoint);
            let symbol = style::dispute_symbol();
            let reach = symbol.size / 2.0;
            canvas.placer.block(at, reach);
            Ok(Some((at, reach, points::shape(symbol, at))))
        }
    }
}

/// The middle of the box around rings and half of its longer side.
fn middle(rings: &[Vec<Coord>]) -> Option<(Coord, f64)> {
    let mut points = rings.iter().flatten();
    let first = *points.next()?;
    let (mut min, mut max) = (first, first);
    for point in points {
        min = Coord {
            x: min.x.min(point.x),
            y: min.y.min(point.y),
        };
        max = Coord {
            x: max.x.max(point.x),
            y: max.y.max(point.y),
        };
    }
    let size = max - min;
    Some((min + size / 2.0, size.x.max(size.y) / 2.0))
}

fn title(look: &Look<'_>, dispute: &Dispute) -> String {
    let control = in_force(&dispute.control, look.on);
    let held =
        control.map(|claim| format!("; controlled by {}", look.world.territory_name(claim.value)));
    format!(
        "{}: {}{}",
        dispute.names.english(),
        dispute.issue,
        held.unwrap_or_default()
    )
}

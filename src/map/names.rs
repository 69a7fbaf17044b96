//! Names of territories, large and pale, inside them.

use geo::Coord;
use geo::Rect;

use crate::map::canvas::Canvas;
use crate::map::clip;
use crate::map::font;
use crate::map::ground::Ground;
use crate::map::ground::rings;
use crate::map::labels::Label;
use crate::map::simplify;
use crate::map::style;
use crate::model::Code;
use crate::model::Names;

/// Puts the names of the territories into the placer: the English one over the others that the fonts can write.
pub fn territories(canvas: &mut Canvas<'_>, ground: &Ground) {
    let (look, frame) = (canvas.look, canvas.frame);
    for (code, area) in &ground.territories {
        let names = look.world.meta.territories.get(code);
        let english = look.world.territory_name(*code);
        let mut others: Vec<&str> = Vec::new();
        for (language, name) in names.into_iter().flat_map(Names::iter) {
            if language != "en" && name != english && font::covers(name) && !others.contains(&name)
            {
                others.push(name);
            }
        }
        let second = others.join(" / ");
        let lines: Vec<String> = std::iter::once(english)
            .chain((!second.is_empty()).then_some(second))
            .collect();
        let large = if code.is_subdivision() { 16.0 } else { 24.0 };
        let label = territory_name(*code, lines.clone(), large, (frame.area, &rings(area)));
        // A name that would lie on many lines is set smaller.
        let crowded = canvas
            .placer
            .least_covered(&label)
            .is_none_or(|covered| covered > CROWDED);
        let small = (large * 0.7).max(12.5);
        let smaller = || {
            territory_name(
                *code,
                lines[..1].to_vec(),
                small,
                (frame.area, &rings(area)),
            )
        };
        canvas.placer.add(if crowded { smaller() } else { label });
    }
}

/// The share of a territory's name that may lie on lines before it is set smaller.
const CROWDED: f64 = 0.1;

fn territory_name(
    code: Code,
    lines: Vec<String>,
    size: f64,
    (frame, rings): (Rect, &[Vec<Coord>]),
) -> Label {
    let font = style::map_font(size, style::STATE_INK)
        .bold()
        .spaced(size * 0.1);
    let rank = if code.is_subdivision() { 16 } else { 15 };
    let mut label = Label {
        lines,
        under: Some(style::map_font(size * 0.58, style::STATE_INK)),
        must: true,
        ..Label::new(code.as_str(), "", font, rank)
    };
    label.spots = spots_inside(frame, rings, label.size());
    label
}

/// How far the outline that a name must fit into may be off, in page units.
const ROUGH: f64 = 5.0;

/// Centres of boxes of this size that lie in an area, those nearest to its middle first.
fn spots_inside(frame: Rect, rings: &[Vec<Coord>], (width, height): (f64, f64)) -> Vec<Coord> {
    const STEPS: u32 = 64;
    // Names are pale and large: the outline may be rough.
    let rings: Vec<Vec<Coord>> = rings
        .iter()
        .map(|ring| simplify::line(ring, ROUGH))
        .collect();
    let Some((centre, _)) = visible_middle(frame, &rings) else {
        return Vec::new();
    };
    let mut spots: Vec<(f64, Coord)> = Vec::new();
    for row in 1..STEPS {
        for column in 1..STEPS {
            let share = Coord {
                x: f64::from(column) / f64::from(STEPS),
                y: f64::from(row) / f64::from(STEPS),
            };
            let at = Coord {
                x: frame.min().x + share.x * frame.width(),
                y: frame.min().y + share.y * frame.height(),
            };
            let (dx, dy) = (width / 2.0, height / 2.0);
            let corners = [
                (0.0, 0.0),
                (-dx, -dy),
                (dx, -dy),
                (-dx, dy),
                (dx, dy),
                (-dx, 0.0),
                (dx, 0.0),
            ];
            let inside = corners
                .iter()
                .filter(|(x, y)| within(&rings, at + Coord { x: *x, y: *y }))
                .count();
            if inside >= 5 {
                let missing = (corners.len() - inside) as f64;
                spots.push((
                    (at.x - centre.x).hypot(at.y - centre.y) + 60.0 * missing,
                    at,
                ));
            }
        }
    }
    spots.sort_by(|a, b| a.0.total_cmp(&b.0));
    spots.into_iter().map(|(_, at)| at).collect()
}

/// The middle of the largest ring, as far as it is in the frame, and its area.
fn visible_middle(frame: Rect, rings: &[Vec<Coord>]) -> Option<(Coord, f64)> {
    let mut best: Option<(Coord, f64)> = None;
    for ring in rings {
        let seen = clip::ring(ring, frame);
        let (mut twice, mut sum) = (0.0, Coord { x: 0.0, y: 0.0 });
        for edge in seen.windows(2) {
            let (a, b) = (edge[0] - frame.min(), edge[1] - frame.min());
            let cross = a.x * b.y - b.x * a.y;
            twice += cross;
            sum = sum + (a + b) * cross;
        }
        if best.is_none_or(|(_, area)| twice.abs() > area) && twice != 0.0 {
            best = Some((frame.min() + sum / (3.0 * twice), twice.abs()));
        }
    }
    best
}

/// Whether a point is inside rings, by even-odd filling.
fn within(rings: &[Vec<Coord>], at: Coord) -> bool {
    let mut inside = false;
    for edge in rings.iter().flat_map(|ring| ring.windows(2)) {
        let (a, b) = (edge[0], edge[1]);
        if (a.y > at.y) != (b.y > at.y) && at.x < a.x + (b.x - a.x) * (at.y - a.y) / (b.y - a.y) {
            inside = !inside;
        }
    }
    inside
}

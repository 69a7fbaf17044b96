//! Where names go: by rank, in the freest of several places, never on top of each other.
//!
//! Boxes come from the widths of the real font. A name that fits nowhere is left out, unless the map must have it.

use geo::Coord;
use geo::Rect;

use crate::map::busy::Busy;
use crate::map::font;
use crate::map::scene::Anchor;
use crate::map::scene::Font;
use crate::map::scene::Layer;
use crate::map::scene::Mark;
use crate::map::scene::Shape;

/// Height of a line of text, as a share of the font size.
const LINE_HEIGHT: f64 = 1.16;
/// Space that is kept free around each name, in page units.
const CLEARANCE: f64 = 1.5;
/// Share of a box that may lie on lines before an optional name is left out.
const MOST_COVERED: f64 = 0.26;
/// What a less liked place costs against a share of covered box.
const STEP_COST: f64 = 0.004;

/// A name that wants a place.
#[derive(Debug, Clone)]
pub struct Label {
    /// Slug of the record it names.
    pub feature: Option<String>,
    /// Its lines of text.
    pub lines: Vec<String>,
    /// How it is set; the anchor is not used.
    pub font: Font,
    /// How its lines after the first are set, if otherwise.
    pub under: Option<Font>,
    /// Centres of the boxes it may fill, best first.
    pub spots: Vec<Coord>,
    /// Lower ranks are placed first.
    pub rank: u32,
    /// Whether it is drawn in any case where it does not hit another name.
    pub must: bool,
    /// The share of its box that may lie on lines before it is rather left out.
    pub most_covered: f64,
}

impl Label {
    /// A name of one line that may be left out and knows no place yet.
    pub fn new(feature: &str, text: &str, font: Font, rank: u32) -> Self {
        Self {
            feature: Some(feature.to_owned()),
            lines: vec![text.to_owned()],
            font,
            under: None,
            spots: Vec::new(),
            rank,
            must: false,
            most_covered: MOST_COVERED,
        }
    }

    /// The same with further places: around a point symbol of radius `gap`.
    #[must_use]
    pub fn around(mut self, at: Coord, gap: f64) -> Self {
        self.spots.extend(around(at, gap, self.size()));
        self
    }

    /// Width and height of its box.
    pub fn size(&self) -> (f64, f64) {
        let first = self
            .lines
            .first()
            .map_or(0.0, |line| font::width(line, &self.font));
        let below = self
            .lines
            .iter()
            .skip(1)
            .map(|line| font::width(line, self.font_of(1)));
        let heights = (0..self.lines.len()).map(|line| self.font_of(line).size * LINE_HEIGHT);
        (below.fold(first, f64::max), heights.sum())
    }

    fn font_of(&self, line: usize) -> &Font {
        if line == 0 {
            &self.font
        } else {
            self.under.as_ref().unwrap_or(&self.font)
        }
    }
}

/// Centres of boxes of this size around a point symbol of radius `gap`, best first: right, left, above, below, corners.
pub fn around(at: Coord, gap: f64, (width, height): (f64, f64)) -> Vec<Coord> {
    let (x, y) = (gap + 2.0 + width / 2.0, gap + height / 2.0);
    let corner = gap * 0.6;
    [
        (x, 0.0),
        (-x, 0.0),
        (0.0, -y),
        (0.0, y),
        (x - gap + corner, -(y - gap + corner)),
        (x - gap + corner, y - gap + corner),
        (-(x - gap + corner), -(y - gap + corner)),
        (-(x - gap + corner), y - gap + corner),
    ]
    .map(|(dx, dy)| Coord {
        x: at.x + dx,
        y: at.y + dy,
    })
    .to_vec()
}

/// The point at a share of a line's length.
pub fn along(path: &[Coord], share: f64) -> Option<Coord> {
    let length = |edge: &[Coord]| (edge[1].x - edge[0].x).hypot(edge[1].y - edge[0].y);
    let mut left = share * path.windows(2).map(length).sum::<f64>();
    for edge in path.windows(2) {
        let here = length(edge);
        if left <= here && here > 0.0 {
            return Some(edge[0] + (edge[1] - edge[0]) * (left / here));
        }
        left -= here;
    }
    path.last().copied()
}

/// Gives names their places.
#[derive(Debug, Clone)]
pub struct Placer {
    area: Rect,
    taken: Vec<Rect>,
    busy: Busy,
    waiting: Vec<Label>,
}

impl Placer {
    /// Names stay inside `area`.
    pub fn new(area: Rect) -> Self {
        Self {
            area,
            taken: Vec::new(),
            busy: Busy::new(area),
            waiting: Vec::new(),
        }
    }

    /// No name may touch a disc: a point symbol.
    pub fn block(&mut self, at: Coord, radius: f64) {
        self.taken
            .push(around_point(at, 2.0 * radius, 2.0 * radius));
    }

    /// No name may touch `area`.
    pub fn block_area(&mut self, area: Rect) {
        self.taken.push(area);
    }

    /// Whether a disc hits nothing that is there.
    pub fn is_free(&self, at: Coord, diameter: f64) -> bool {
        let area = around_point(at, diameter, diameter);
        inside(self.area, area) && !self.taken.iter().any(|taken| overlap(*taken, area))
    }

    /// The share of a disc's box that lies on lines.
    pub fn covered(&self, at: Coord, diameter: f64) -> f64 {
        self.busy.share(around_point(at, diameter, diameter))
    }

    /// Names should keep off these lines.
    pub fn avoid(&mut self, paths: &[Vec<Coord>]) {
        for path in paths {
            self.busy.trace(path);
        }
    }

    /// A name that is to be placed.
    pub fn add(&mut self, label: Label) {
        self.waiting.push(label);
    }

    /// Places all names that wait, and gives back the layer that they make.
    pub fn place(&mut self, name: &str) -> Layer {
        let mut layer = Layer::new(name, None);
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_by_key(|label| label.rank);
        for label in waiting {
            if let Some(spot) = self.best(&label) {
                let (width, height) = label.size();
                self.taken
                    .push(around_point(spot, width + 2.0 * CLEARANCE, height));
                set(&label, spot, &mut layer);
            }
        }
        layer
    }

    /// The share of a name's box that lies on lines in the best place it has now; none if it has no place.
    pub fn least_covered(&self, label: &Label) -> Option<f64> {
        let (width, height) = label.size();
        self.best(label)
            .map(|spot| self.busy.share(around_point(spot, width, height)))
    }

    fn best(&self, label: &Label) -> Option<Coord> {
        let (width, height) = label.size();
        let mut best: Option<(f64, Coord)> = None;
        for (place, &spot) in label.spots.iter().enumerate() {
            let area = around_point(spot, width + 2.0 * CLEARANCE, height);
            if !inside(self.area, area) || self.taken.iter().any(|taken| overlap(*taken, area)) {
                continue;
            }
            let covered = self.busy.share(area);
            let cost = covered + STEP_COST * place.min(24) as f64;
            if (label.must || covered <= label.most_covered)
                && best.is_none_or(|(least, _)| cost < least)
            {
                best = Some((cost, spot));
            }
        }
        best.map(|(_, spot)| spot)
    }
}

fn set(label: &Label, centre: Coord, layer: &mut Layer) {
    let mut top = centre.y - label.size().1 / 2.0;
    for (place, line) in label.lines.iter().enumerate() {
        let font = label.font_of(place);
        let step = font.size * LINE_HEIGHT;
        // The middle of a capital letter stands in the middle of its line.
        let at = Coord {
            x: centre.x,
            y: top + step / 2.0 + font.size * font::CAP_HEIGHT / 2.0,
        };
        let font = font.clone().anchored(Anchor::Middle);
        let shape = Shape::Text {
            at,
            text: line.clone(),
            font,
            angle: 0.0,
        };
        layer.marks.push(Mark {
            feature: label.feature.clone(),
            title: None,
            shape,
        });
        top += step;
    }
}

fn around_point(centre: Coord, width: f64, height: f64) -> Rect {
    let half = Coord {
        x: width / 2.0,
        y: height / 2.0,
    };
    Rect::new(centre - half, centre + half)
}

fn inside(outer: Rect, inner: Rect) -> bool {
    inner.min().x >= outer.min().x
        && inner.max().x <= outer.max().x
        && inner.min().y >= outer.min().y
        && inner.max().y <= outer.max().y
}

/// Whether two boxes share more than an edge.
pub(super) fn overlap(a: Rect, b: Rect) -> bool {
    a.min().x < b.max().x && b.min().x < a.max().x && a.min().y < b.max().y && b.min().y < a.max().y
}

#[cfg(test)]
mod tests {
    use geo::Coord;
    use geo::Rect;

    use super::Label;
    use super::Placer;
    use crate::map::scene::Color;
    use crate::map::scene::Font;
    use crate::map::scene::Shape;

    fn at(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    fn label(text: &str, place: Coord, rank: u32) -> Label {
        Label::new(text, text, Font::plain(14.0, Color(0, 0, 0)), rank).around(place, 5.0)
    }

    fn placed(mut placer: Placer) -> Vec<(String, Coord)> {
        let layer = placer.place("labels");
        let text = |shape: &Shape| match shape {
            Shape::Text { at, text, .. } => (text.clone(), *at),
            _ => panic!("labels are text"),
        };
        layer.marks.iter().map(|mark| text(&mark.shape)).collect()
    }

    fn page() -> Placer {
        Placer::new(Rect::new(at(0.0, 0.0), at(300.0, 200.0)))
    }

    #[test]
    fn a_name_stands_to_the_right_of_its_place_if_nothing_is_there() {
        let mut placer = page();
        placer.add(label("Shelby", at(100.0, 100.0), 1));
        let (_, place) = &placed(placer)[0];
        assert!(
            place.x > 107.0 && (place.y - 105.0).abs() < 1.0,
            "{place:?}"
        );
    }

    #[test]
    fn of_two_names_in_one_place_the_first_by_rank_gets_it() {
        let mut placer = page();
        placer.add(label("Second", at(100.0, 100.0), 2));
        placer.add(label("First", at(100.0, 100.0), 1));
        let found = placed(placer);
        assert_eq!(
            found
                .iter()
                .map(|(text, _)| text.as_str())
                .collect::<Vec<_>>(),
            ["First", "Second"]
        );
        assert!(found[0].1.x > 100.0 && found[1].1.x < 100.0);
    }

    #[test]
    fn a_name_moves_off_a_line() {
        let mut placer = page();
        placer.avoid(&[vec![at(100.0, 100.0), at(200.0, 100.0)]]);
        placer.add(label("Shelby", at(100.0, 100.0), 1));
        assert!(placed(placer)[0].1.x < 100.0);
    }

    #[test]
    fn a_name_without_room_is_left_out() {
        let mut placer = page();
        placer.block_area(Rect::new(at(0.0, 0.0), at(300.0, 200.0)));
        placer.add(label("Shelby", at(100.0, 100.0), 1));
        assert!(placed(placer).is_empty());
    }
}

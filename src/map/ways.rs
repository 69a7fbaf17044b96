//! The lines of transit options, side by side where they share a link.

use std::collections::BTreeMap;

use geo::Coord;

use crate::analysis::transit::Answer;
use crate::analysis::transit::OptionRow;
use crate::error::Error;
use crate::error::Result;
use crate::map::Look;
use crate::map::canvas::Canvas;
use crate::map::discs;
use crate::map::labels;
use crate::map::lines;
use crate::map::lines::DrawnLink;
use crate::map::offset;
use crate::map::option_list;
use crate::map::points;
use crate::map::scene::Layer;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;
use crate::map::simplify;
use crate::map::style;
use crate::model::Existence;
use crate::model::Id;
use crate::model::Link;

/// Width of an option's line.
const WIDTH: f64 = 3.8;

/// Which options use which link.
pub(super) struct Ways<'a> {
    shown: &'a [OptionRow],
    /// Whether the first option that uses the link does so in the link's own direction, and all that use it.
    links: BTreeMap<Id<Link>, (bool, Vec<usize>)>,
}

/// What an option draws of one link.
struct Line {
    option: usize,
    paths: Vec<Vec<Coord>>,
    /// Whether it is not in use on the day.
    missing: bool,
}

impl<'a> Ways<'a> {
    pub(super) fn new(look: &Look<'_>, answer: &Answer, shown: &'a [OptionRow]) -> Result<Self> {
        let mut links: BTreeMap<Id<Link>, (bool, Vec<usize>)> = BTreeMap::new();
        let start = look.world.nodes.find(&answer.from);
        let start =
            start.ok_or_else(|| Error::unknown("node", &answer.from, look.world.nodes.slugs()))?;
        for (number, option) in shown.iter().enumerate() {
            let mut here = start;
            for &id in &option.links {
                let link = &look.world.links[id];
                let used = links
                    .entry(id)
                    .or_insert_with(|| (link.from == here, Vec::new()));
                used.1.push(number);
                here = link.other_end(here);
            }
        }
        Ok(Self { shown, links })
    }

    /// The lines.
    pub(super) fn layer(&self, canvas: &mut Canvas<'_>) -> Result<Layer> {
        let mut layer = canvas.layer("options");
        let drawn = lines::links(canvas, self.links.keys().copied())?;
        let lines: Vec<Line> = drawn
            .iter()
            .flat_map(|link| self.side_by_side(link))
            .collect();
        for line in &lines {
            canvas.placer.avoid(&line.paths);
            let strokes = vec![style::casing(WIDTH + 2.4).rounded()];
            layer.add(Shape::Line {
                paths: line.paths.clone(),
                strokes,
            });
        }
        for (number, option) in self.shown.iter().enumerate() {
            let stroke = Stroke::solid(style::OPTIONS[number], WIDTH);
            let kinds = [
                (
                    false,
                    stroke.clone().rounded(),
                    option_list::headline(option),
                ),
                (
                    true,
                    stroke.dashed(&[5.0, 4.0]),
                    "not in use on the day".to_owned(),
                ),
            ];
            for (missing, stroke, title) in kinds {
                let own = lines
                    .iter()
                    .filter(|line| line.option == number && line.missing == missing);
                let paths: Vec<Vec<Coord>> = own.flat_map(|line| line.paths.clone()).collect();
                if !paths.is_empty() {
                    layer.add_for(
                        &option.id,
                        title,
                        Shape::Line {
                            paths,
                            strokes: vec![stroke],
                        },
                    );
                }
            }
        }
        Ok(layer)
    }

    /// A link as often as options use it, each beside the one before.
    fn side_by_side(&self, link: &DrawnLink) -> Vec<Line> {
        let (forward, users) = &self.links[&link.link];
        let idle = link.condition.existence() != Existence::Operational;
        let place_beside = |(place, &option): (usize, &usize)| {
            let side = (place as f64 - (users.len() - 1) as f64 / 2.0) * (WIDTH + 0.6);
            let shift = |path: &Vec<Coord>| {
                // A shifted line shows every wiggle twice: it is drawn a little smoother.
                let mut path = simplify::line(path, 2.0 * style::TOLERANCE);
                if !forward {
                    path.reverse();
                }
                offset::shifted(&path, side)
            };
            Line {
                option,
                paths: link.paths.iter().map(shift).collect(),
                missing: idle,
            }
        };
        users.iter().enumerate().map(place_beside).collect()
    }

    /// The number of each option, on or beside the longest of the links that the fewest others use.
    pub(super) fn numbers(&self, canvas: &mut Canvas<'_>) -> Result<Layer> {
        let mut layer = canvas.layer("numbers");
        let drawn = lines::links(canvas, self.links.keys().copied())?;
        for (number, option) in self.shown.iter().enumerate() {
            let own = drawn
                .iter()
                .filter(|link| self.links[&link.link].1.contains(&number));
            let paths = own.flat_map(|link| {
                let users = self.links[&link.link].1.len();
                link.paths
                    .iter()
                    .map(move |path| (users, points::length(path), path))
            });
            let best = paths.min_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            if let Some(at) = best.and_then(|(_, _, path)| labels::along(path, 0.5)) {
                let title = option_list::headline(option);
                let disc = discs::Disc {
                    text: &(number + 1).to_string(),
                    feature: &option.id,
                    title: &title,
                    color: style::OPTIONS[number],
                };
                discs::on(&mut layer, &mut canvas.placer, at, &disc);
            }
        }
        Ok(layer)
    }
}

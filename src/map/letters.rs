//! Letters that tell corridors apart on a map, and the list that says what they stand for.

use std::collections::BTreeSet;

use geo::Coord;

use crate::map::Look;
use crate::map::canvas::Canvas;
use crate::map::discs;
use crate::map::discs::Disc;
use crate::map::discs::SIZE;
use crate::map::font;
use crate::map::furniture::write;
use crate::map::labels;
use crate::map::lines::DrawnLink;
use crate::map::points::distance;
use crate::map::points::length;
use crate::map::scene::Font;
use crate::map::scene::Layer;
use crate::map::style;
use crate::model::Corridor;
use crate::model::Id;
use crate::model::Link;

/// The letters on the lines: each on a link that no other lettered corridor uses, where it has one.
pub fn layer(canvas: &mut Canvas<'_>, drawn: &[DrawnLink]) -> Layer {
    let mut layer = canvas.layer("letters");
    let look = canvas.look;
    let lettered: Vec<&Corridor> = look
        .world
        .corridors
        .iter()
        .map(|(_, corridor)| corridor)
        .filter(|c| c.letter.is_some())
        .collect();
    let mut taken: Vec<Coord> = Vec::new();
    for corridor in &lettered {
        let others: BTreeSet<Id<Link>> = lettered
            .iter()
            .filter(|other| other.id != corridor.id)
            .flat_map(|other| other.links.iter().copied())
            .collect();
        let own = |link: &&DrawnLink| corridor.links.contains(&link.link);
        let mut paths: Vec<(bool, &Vec<Coord>)> = Vec::new();
        for link in drawn.iter().filter(own) {
            paths.extend(
                link.paths
                    .iter()
                    .map(|path| (others.contains(&link.link), path)),
            );
        }
        paths.sort_by(|a, b| {
            a.0.cmp(&b.0)
                .then_with(|| length(b.1).total_cmp(&length(a.1)))
        });
        let spots = paths.iter().flat_map(|(_, path)| {
            [0.5, 0.35, 0.65, 0.2, 0.8]
                .into_iter()
                .filter_map(|share| labels::along(path, share))
        });
        let free = |at: &Coord| {
            canvas.frame.shows(*at)
                && canvas.placer.is_free(*at, SIZE)
                && taken.iter().all(|other| distance(*other, *at) > 2.0 * SIZE)
        };
        if let Some(at) = spots.into_iter().find(free) {
            taken.push(at);
            canvas.placer.block(at, SIZE / 2.0 + 1.0);
            disc(&mut layer, corridor, at);
        }
    }
    layer
}

fn disc(layer: &mut Layer, corridor: &Corridor, at: Coord) {
    let letter = corridor.letter.as_deref().unwrap_or_default();
    discs::draw(
        layer,
        at,
        &Disc::dark(letter, &corridor.id, corridor.names.english()),
    );
}

/// The list of letters and names, from its upper left corner on; says where it ends.
pub fn draw_list(look: &Look<'_>, at: Coord, width: f64, layer: &mut Layer) -> f64 {
    let text = Font::plain(12.5, style::INK);
    let mut y = at.y;
    for (_, corridor) in look
        .world
        .corridors
        .iter()
        .filter(|(_, corridor)| corridor.letter.is_some())
    {
        if y <= at.y {
            write(
                layer,
                at,
                "Corridors by letter",
                Font::plain(14.5, style::INK).bold(),
            );
            y += 24.0;
        }
        disc(
            layer,
            corridor,
            Coord {
                x: at.x + SIZE / 2.0,
                y: y - 4.5,
            },
        );
        for line in font::wrap(corridor.names.english(), &text, width - SIZE - 8.0) {
            write(
                layer,
                Coord {
                    x: at.x + SIZE + 8.0,
                    y,
                },
                &line,
                text.clone(),
            );
            y += 16.0;
        }
        y += 7.0;
    }
    y
}

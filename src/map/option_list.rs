//! The list of options beside their map.

use geo::Coord;

use crate::analysis::transit::OptionRow;
use crate::map::Look;
use crate::map::discs;
use crate::map::discs::Disc;
use crate::map::furniture;
use crate::map::furniture::write;
use crate::map::options::margin;
use crate::map::scene::Font;
use crate::map::scene::Layer;
use crate::map::style;

/// Draws the list from its upper left corner on, and says where it ends.
pub(super) fn draw(
    look: &Look<'_>,
    shown: &[OptionRow],
    at: Coord,
    width: f64,
    layer: &mut Layer,
) -> f64 {
    let heading = Font::plain(14.5, style::INK).bold();
    write(
        layer,
        Coord {
            x: at.x,
            y: at.y + 12.0,
        },
        "Options, fastest first",
        heading,
    );
    let mut y = at.y + 38.0;
    for (number, option) in shown.iter().enumerate() {
        let headline = headline(option);
        let disc = Disc {
            text: &(number + 1).to_string(),
            feature: &option.id,
            title: &headline,
            color: style::OPTIONS[number],
        };
        discs::draw(
            layer,
            Coord {
                x: at.x + discs::SIZE / 2.0,
                y: y - 4.5,
            },
            &disc,
        );
        let left = Coord {
            x: at.x + discs::SIZE + 10.0,
            y,
        };
        write(layer, left, &headline, Font::plain(13.5, style::INK).bold());
        y = details(
            look,
            option,
            left + Coord { x: 0.0, y: 17.0 },
            width - discs::SIZE - 10.0,
            layer,
        ) + 12.0;
    }
    y
}

/// What is written under the headline of an option; says where it ends.
fn details(look: &Look<'_>, option: &OptionRow, at: Coord, room: f64, layer: &mut Layer) -> f64 {
    let (text, soft) = (
        Font::plain(12.5, style::INK),
        Font::plain(12.5, style::INK_SOFT),
    );
    let mut y = furniture::paragraph(layer, at, &handling(option), &text, room);
    let states: Vec<String> = option
        .states
        .iter()
        .map(|(state, km)| format!("{state} {km:.0}"))
        .collect();
    let states = format!("{} km", states.join(" · "));
    for line in
        std::iter::once(states).chain(option.certificates.iter().map(|found| margin(look, found)))
    {
        y = furniture::paragraph(layer, Coord { x: at.x, y }, &line, &soft, room);
    }
    y
}

/// `26.4 h, 1143 km, 61 USD per tonne`.
pub(super) fn headline(option: &OptionRow) -> String {
    format!(
        "{:.1} h, {:.0} km, {:.0} USD per tonne",
        option.time_h, option.length_km, option.cost_usd_per_t
    )
}

/// `rail, road; 2 borders, 1 gauge change; 43 km still to build`.
fn handling(option: &OptionRow) -> String {
    let mut modes: Vec<&str> = Vec::new();
    for leg in &option.legs {
        if !modes.contains(&leg.mode.word()) {
            modes.push(leg.mode.word());
        }
    }
    let mut parts = vec![modes.join(", "), counted(option.crossings, "border")];
    if option.gauge_changes > 0 {
        parts.push(counted(option.gauge_changes, "gauge change"));
    }
    if option.to_build_km > 0.0 {
        parts.push(format!("{:.0} km still to build", option.to_build_km));
    }
    parts.join("; ")
}

fn counted(count: u32, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}

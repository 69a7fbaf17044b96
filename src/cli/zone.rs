//! `araxes border zone`.

use araxes::analysis::zone;
use araxes::analysis::zone::Asked;
use araxes::analysis::zone::ZoneGround;
use araxes::analysis::zone::ZoneLink;
use araxes::analysis::zone::ZonePlace;
use araxes::analysis::zone::Zones;
use araxes::error::Result;
use araxes::model::World;
use araxes::report;
use araxes::report::Format;
use araxes::units::Length;

use crate::cli::Session;
use crate::cli::args::ZoneArgs;

/// Answers `araxes border zone`.
pub(super) fn run(session: &Session, world: &World, args: &ZoneArgs) -> Result<()> {
    let boundary = session.boundary(world)?;
    let find = |slug: &String| world.segment(slug);
    let asked = Asked {
        within: Length::from_km(args.km),
        pair: args.pair,
        segment: args.segment.as_ref().map(find).transpose()?,
        on: session.on(world),
    };
    let found = zone::zones(world, boundary, asked)?;
    if args.places {
        return places(session, &found.places);
    }
    if args.links {
        return links(session, &found.links);
    }
    if session.format() == Format::Table {
        return session.output.write(text(&found)?.as_bytes());
    }
    let outline = |ground: &ZoneGround| Some(report::areas(&ground.ground.0));
    let outlines = found.grounds.iter().map(outline).collect();
    let rows: Vec<_> = found.grounds.iter().map(|ground| &ground.row).collect();
    session.rows(&rows, Some(outlines))
}

fn places(session: &Session, places: &[ZonePlace]) -> Result<()> {
    let points = places.iter().map(|place| Some(report::point(place.at)));
    let rows: Vec<_> = places.iter().map(|place| &place.row).collect();
    session.rows(&rows, Some(points.collect()))
}

fn links(session: &Session, links: &[ZoneLink]) -> Result<()> {
    let inside = links.iter().map(|link| report::lines(&link.inside));
    let rows: Vec<_> = links.iter().map(|link| &link.row).collect();
    session.rows(&rows, Some(inside.collect()))
}

/// Grounds, settlements and links below each other.
fn text(found: &Zones) -> Result<String> {
    let grounds: Vec<_> = found.grounds.iter().map(|ground| &ground.row).collect();
    let places: Vec<_> = found.places.iter().map(|place| &place.row).collect();
    let links: Vec<_> = found.links.iter().map(|link| &link.row).collect();
    let mut text = report::rows(&grounds, Format::Table, None)?;
    if !places.is_empty() {
        text += "\nsettlements\n\n";
        text += &report::rows(&places, Format::Table, None)?;
    }
    if !links.is_empty() {
        text += "\nrailways, roads and ferries\n\n";
        text += &report::rows(&links, Format::Table, None)?;
    }
    Ok(text)
}

//! The options of a transit question: each in its colour, with the place where it comes closest to an avoided state.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;
use geo::Rect;

use crate::analysis::certificate::Verdict;
use crate::analysis::transit::Answer;
use crate::analysis::transit::CertificateRow;
use crate::analysis::transit::OptionRow;
use crate::error::Error;
use crate::error::Result;
use crate::geodesy::projection::Lambert;
use crate::geodesy::projection::Projection as _;
use crate::map::Look;
use crate::map::borders;
use crate::map::discs;
use crate::map::frame::Frame;
use crate::map::frame::fitting_scale;
use crate::map::frame::plane_extent;
use crate::map::furniture;
use crate::map::furniture::EDGE;
use crate::map::ground;
use crate::map::ground::Ground;
use crate::map::labels;
use crate::map::labels::Label;
use crate::map::labels::Placer;
use crate::map::legend;
use crate::map::legend::Key;
use crate::map::lines;
use crate::map::offset;
use crate::map::option_list;
use crate::map::points;
use crate::map::scene::Layer;
use crate::map::scene::Scene;
use crate::map::scene::Shape;
use crate::map::scene::Stroke;
use crate::map::sheet::Sheet;
use crate::map::sheet::long_date;
use crate::map::simplify;
use crate::map::style;
use crate::model::Existence;
use crate::model::Id;
use crate::model::Link;
use crate::model::Node;
use crate::model::Table;

/// Left edge of the map: room for the values of the parallels.
const LEFT: f64 = 86.0;
/// Width of the column beside the map.
const SIDE: f64 = 390.0;
/// Space between the map and that column.
const GAP: f64 = 28.0;
/// Least and greatest height of the map.
const HEIGHTS: (f64, f64) = (560.0, 900.0);
/// Space kept around the options.
const MARGIN: f64 = 50.0;
/// Width of an option's line.
const WIDTH: f64 = 3.8;

/// The map of the options of an answer, as many of them as there are colours that can be told apart.
///
/// # Errors
///
/// [`Error::Drawing`] if there is no option; [`Error::Unknown`] if the answer speaks of another world.
pub fn scene(look: &Look<'_>, answer: &Answer) -> Result<Scene> {
    let shown = &answer.options[..answer.options.len().min(style::OPTIONS.len())];
    if shown.is_empty() {
        return Err(Error::Drawing(format!(
            "there is no option from {} to {}",
            answer.from, answer.to
        )));
    }
    let lambert = Lambert::new(look.world.meta.projection)?;
    let mut sheet = Sheet::new(&title(look, answer)?, &summary(answer, shown.len()));
    let frame = frame(&lambert, look, shown, sheet.top)?;
    let mut keys = BTreeSet::new();
    map(look, &frame, answer, shown, &mut keys, &mut sheet)?;
    furniture::neatline(&mut sheet.page, frame.area);
    let side = Coord {
        x: frame.area.max().x + GAP,
        y: sheet.top,
    };
    let y = option_list::draw(look, shown, side, SIDE, &mut sheet.page);
    let y = legend::draw(
        &keys,
        Coord {
            x: side.x,
            y: y + 12.0,
        },
        SIDE,
        &mut sheet.page,
    );
    let under = Coord {
        x: LEFT,
        y: frame.area.max().y + 38.0,
    };
    furniture::north_arrow(&mut sheet.page, &frame, under + Coord { x: 8.0, y: 20.0 })?;
    furniture::draw_scale_bar(
        &mut sheet.page,
        &frame,
        under + Coord { x: 36.0, y: 0.0 },
        560.0,
    )?;
    Ok(sheet.finish(look.world, &lambert.description(), y.max(under.y + 40.0)))
}

fn node<'a>(nodes: &'a Table<Node>, slug: &str) -> Result<&'a Node> {
    let found = nodes.find(slug).map(|id| &nodes[id]);
    found.ok_or_else(|| Error::unknown("node", slug, nodes.slugs()))
}

fn title(look: &Look<'_>, answer: &Answer) -> Result<String> {
    let nodes = &look.world.nodes;
    let (from, to) = (node(nodes, &answer.from)?, node(nodes, &answer.to)?);
    let avoided: Vec<String> = answer
        .avoid
        .iter()
        .map(|&state| look.world.territory_name(state))
        .collect();
    let without = if avoided.is_empty() {
        String::new()
    } else {
        format!(" without {}", avoided.join(" and "))
    };
    Ok(format!(
        "From {} to {}{without}",
        from.names.english(),
        to.names.english()
    ))
}

fn summary(answer: &Answer, shown: usize) -> String {
    let scenario = answer
        .scenario
        .as_deref()
        .map(|scenario| format!(", scenario {scenario}"))
        .unwrap_or_default();
    let found = answer.options_found;
    let count = match (shown, found) {
        (1, 1) => "The only option".to_owned(),
        (shown, found) if shown == found => {
            format!("{found} options, none of them worse than another on all counts")
        }
        (shown, found) => {
            format!("{shown} of {found} options, none of them worse than another on all counts")
        }
    };
    format!("{count}, on {}{scenario}", long_date(answer.as_of))
}

fn frame<'a>(
    lambert: &'a Lambert,
    look: &Look<'_>,
    shown: &[OptionRow],
    top: f64,
) -> Result<Frame<'a>> {
    let links = shown.iter().flat_map(|option| &option.links);
    let places = links.flat_map(|&link| look.world.links[link].alignment.0.iter().copied());
    let extent = plane_extent(lambert, places)?;
    let corner = Coord { x: LEFT, y: top };
    let width = style::PAGE_WIDTH - LEFT - GAP - SIDE - EDGE;
    let wanted = (width - 2.0 * MARGIN) / extent.width().max(1.0) * extent.height() + 2.0 * MARGIN;
    let area = Rect::new(
        corner,
        corner
            + Coord {
                x: width,
                y: wanted.clamp(HEIGHTS.0, HEIGHTS.1),
            },
    );
    let scale = fitting_scale(extent, area, MARGIN);
    Ok(Frame::centred(lambert, extent.center(), scale, area))
}

fn map(
    look: &Look<'_>,
    frame: &Frame<'_>,
    answer: &Answer,
    shown: &[OptionRow],
    keys: &mut BTreeSet<Key>,
    sheet: &mut Sheet,
) -> Result<()> {
    let mut placer = Placer::new(points::inner(frame.area));
    let ground = Ground::of(look.boundary, frame)?;
    let (water, land) = ground::water(look, frame, &ground)?;
    keys.extend([Key::Water, Key::ThinBorder]);
    let (grid, values) = furniture::graticule(frame)?;
    let avoided = ground.avoided(&answer.avoid, frame, keys);
    let used: BTreeSet<Id<Link>> = shown
        .iter()
        .flat_map(|option| option.links.iter().copied())
        .collect();
    let base = lines::base(look, frame, &used, keys)?;
    let borders = borders::thin(look, frame)?;
    let ways = Ways::new(look, answer, shown)?;
    let options = ways.layer(look, frame, shown, &mut placer)?;
    let (ends, marked) = ends(look, frame, answer, &mut placer)?;
    let closest = closest(look, frame, shown, keys, &mut placer)?;
    let used = shown
        .iter()
        .flat_map(|option| &option.borders)
        .map(|border| border.crossing.as_str())
        .collect();
    let crossings = points::crossings(look, frame, Some(&used), keys, &mut placer)?;
    let towns = points::towns(look, frame, &marked, keys, &mut placer)?;
    points::territory_names(look, frame, &ground, &mut placer);
    let numbers = ways.numbers(look, frame, shown, &mut placer)?;
    let labels = placer.place("labels");
    let territories = ground.layer(look, frame);
    sheet.layers = vec![
        territories,
        avoided,
        water,
        grid,
        base,
        borders,
        options,
        crossings,
        towns,
        ends,
        closest,
        numbers,
        labels,
        values,
    ];
    let places = look.world.places.iter().map(|(_, place)| place.source);
    let links = look.world.links.iter().map(|(_, link)| link.source);
    sheet.sources = places
        .chain(links)
        .chain([look.boundary.source, land])
        .collect();
    Ok(())
}

/// Which options use which link, in the direction of the first that does.
struct Ways {
    links: BTreeMap<Id<Link>, (bool, Vec<usize>)>,
}

impl Ways {
    fn new(look: &Look<'_>, answer: &Answer, shown: &[OptionRow]) -> Result<Self> {
        let mut links: BTreeMap<Id<Link>, (bool, Vec<usize>)> = BTreeMap::new();
        let start = look.world.nodes.find(&answer.from);
        let start =
            start.ok_or_else(|| Error::unknown("node", &answer.from, look.world.nodes.slugs()))?;
        for (number, option) in shown.iter().enumerate() {
            let mut here = start;
            for &id in &option.links {
                let link = &look.world.links[id];
                links
                    .entry(id)
                    .or_insert_with(|| (link.from == here, Vec::new()))
                    .1
                    .push(number);
                here = link.other_end(here);
            }
        }
        Ok(Self { links })
    }

    /// The lines: where several options share a link, side by side.
    fn layer(
        &self,
        look: &Look<'_>,
        frame: &Frame<'_>,
        shown: &[OptionRow],
        placer: &mut Placer,
    ) -> Result<Layer> {
        let mut layer = Layer::new("options", Some(frame.area));
        let mut lines: Vec<(usize, Vec<Vec<Coord>>, bool)> = Vec::new();
        let drawn = lines::links(look, frame, self.links.keys().copied())?;
        for link in &drawn {
            let (forward, users) = &self.links[&link.link];
            let to_build = link.condition.existence() != Existence::Operational;
            for (place, &number) in users.iter().enumerate() {
                let side = (place as f64 - (users.len() - 1) as f64 / 2.0) * (WIDTH + 0.6);
                let shift = |path: &Vec<Coord>| {
                    // A shifted line shows every wiggle twice: it is drawn a little smoother.
                    let mut path = simplify::line(path, 2.0 * style::TOLERANCE);
                    if !forward {
                        path.reverse();
                    }
                    offset::shifted(&path, side)
                };
                lines.push((number, link.paths.iter().map(shift).collect(), to_build));
            }
        }
        for (_, paths, _) in &lines {
            placer.avoid(paths);
            layer.add(Shape::Line {
                paths: paths.clone(),
                strokes: vec![style::casing(WIDTH + 2.4).rounded()],
            });
        }
        for (number, option) in shown.iter().enumerate() {
            let of = |dashed: bool| {
                let own = lines
                    .iter()
                    .filter(|line| line.0 == number && line.2 == dashed);
                own.flat_map(|line| line.1.clone()).collect::<Vec<_>>()
            };
            let stroke = Stroke::solid(style::OPTIONS[number], WIDTH);
            let solid = Shape::Line {
                paths: of(false),
                strokes: vec![stroke.clone().rounded()],
            };
            layer.add_for(&option.id, option_list::headline(option), solid);
            let missing = of(true);
            if !missing.is_empty() {
                let strokes = vec![stroke.dashed(&[5.0, 4.0])];
                layer.add_for(
                    &option.id,
                    "still to build or to open",
                    Shape::Line {
                        paths: missing,
                        strokes,
                    },
                );
            }
        }
        Ok(layer)
    }

    /// The number of each option beside a link that few others use.
    fn numbers(
        &self,
        look: &Look<'_>,
        frame: &Frame<'_>,
        shown: &[OptionRow],
        placer: &mut Placer,
    ) -> Result<Layer> {
        let mut layer = Layer::new("numbers", Some(frame.area));
        let drawn = lines::links(look, frame, self.links.keys().copied())?;
        let long = |path: &[Coord]| {
            path.windows(2)
                .map(|edge| (edge[1].x - edge[0].x).hypot(edge[1].y - edge[0].y))
                .sum()
        };
        for (number, option) in shown.iter().enumerate() {
            let mut best: Option<((usize, f64), &Vec<Coord>)> = None;
            for link in drawn
                .iter()
                .filter(|link| self.links[&link.link].1.contains(&number))
            {
                let users = self.links[&link.link].1.len();
                for path in &link.paths {
                    let length: f64 = long(path);
                    let better = |(known, least): (usize, f64)| {
                        users < known || (users == known && length > least)
                    };
                    if best.is_none_or(|(rank, _)| better(rank)) {
                        best = Some(((users, length), path));
                    }
                }
            }
            if let Some(at) = best.and_then(|(_, path)| labels::along(path, 0.5)) {
                let (text, title) = ((number + 1).to_string(), option_list::headline(option));
                discs::colored(
                    &mut layer,
                    placer,
                    at,
                    &text,
                    (&option.id, &title),
                    style::OPTIONS[number],
                );
            }
        }
        Ok(layer)
    }
}

/// Start and destination, and where they are on the page.
fn ends(
    look: &Look<'_>,
    frame: &Frame<'_>,
    answer: &Answer,
    placer: &mut Placer,
) -> Result<(Layer, Vec<Coord>)> {
    let mut layer = Layer::new("ends", Some(frame.area));
    let mut marked = Vec::new();
    for slug in [&answer.from, &answer.to] {
        let node = node(&look.world.nodes, slug)?;
        let at = frame.page(node.at)?;
        points::end(node, at, 16.0, &mut layer, placer);
        marked.push(at);
    }
    Ok((layer, marked))
}

/// The places where options come closest to what they avoid, each once.
fn closest(
    look: &Look<'_>,
    frame: &Frame<'_>,
    shown: &[OptionRow],
    keys: &mut BTreeSet<Key>,
    placer: &mut Placer,
) -> Result<Layer> {
    let mut layer = Layer::new("closest", Some(frame.area));
    let mut known: Vec<Coord> = Vec::new();
    for certificate in shown.iter().flat_map(|option| &option.certificates) {
        let [x, y] = certificate.headline.at;
        let at = frame.page(Coord { x, y })?;
        if !frame.shows(at)
            || known
                .iter()
                .any(|other| (other.x - at.x).hypot(other.y - at.y) < 10.0)
        {
            continue;
        }
        known.push(at);
        keys.insert(Key::Closest);
        let symbol = style::closest_symbol();
        placer.block(at, symbol.size / 2.0);
        let text = margin(look, certificate);
        let mut label = Label {
            feature: Some(certificate.headline.link.clone()),
            lines: vec![text],
            font: style::map_font(12.5, style::RED),
            under: None,
            spots: Vec::new(),
            rank: 2,
            must: true,
        };
        for gap in [2.0, 12.0, 24.0] {
            label.spots.extend(labels::around(
                at,
                style::closest_symbol().size / 2.0 + gap,
                label.size(),
            ));
        }
        placer.add(label);
        layer.add_for(
            &certificate.headline.link,
            &certificate.statement,
            points::shape(symbol, at),
        );
    }
    Ok(layer)
}

/// `Iran at 38 m: within error`.
pub(super) fn margin(look: &Look<'_>, certificate: &CertificateRow) -> String {
    let state = look.world.territory_name(certificate.state);
    let distance = crate::units::Length::from_m(certificate.headline.margin_m);
    let verdict = match certificate.headline.verdict {
        Verdict::Clear => "clear of it",
        Verdict::WithinError => "within error",
        Verdict::Enters => "enters it",
    };
    format!("{state} at {distance}: {verdict}")
}

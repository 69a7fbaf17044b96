//! `network/nodes.geojson`, `network/links.geojson` and `network/crossings.geojson`.

use geo::Coord;
use geo::LineString;
use serde::Deserialize;

use crate::dataset::claims::Claims;
use crate::dataset::claims::Extra;
use crate::dataset::claims::RawClaim;
use crate::dataset::feature;
use crate::dataset::feature::Record;
use crate::dataset::ids::Ids;
use crate::error::Problem;
use crate::geodesy;
use crate::model::Code;
use crate::model::Condition;
use crate::model::ConditionKind;
use crate::model::Drawn;
use crate::model::Id;
use crate::model::LengthBasis;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Names;
use crate::model::Node;
use crate::model::NodeKind;
use crate::model::Post;
use crate::model::Source;
use crate::model::Table;
use crate::units::Length;

pub(crate) const NODES: &str = "network/nodes.geojson";
pub(crate) const LINKS: &str = "network/links.geojson";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNode {
    id: String,
    names: Option<Names>,
    kind: NodeKind,
    state: OneOrTwo,
    posts: Vec<Post>,
    source: String,
    accuracy_m: f64,
    position_basis: Option<String>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a territory code, or an array of two for a crossing"
)]
enum OneOrTwo {
    One(Code),
    Two([Code; 2]),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLink {
    id: String,
    from: String,
    to: String,
    mode: Mode,
    state: Code,
    names: Option<Names>,
    line: Option<String>,
    gauge_mm: Option<u32>,
    tracks: Option<u32>,
    electrified: Option<String>,
    condition: Vec<RawClaim<ConditionKind>>,
    published_km: Vec<RawClaim<f64>>,
    length_basis: LengthBasis,
    source_km: Option<f64>,
    sinuosity: Option<f64>,
    sinuosity_basis: Option<String>,
    alignment_accuracy_m: f64,
    drawn: Drawn,
    speed_kmh: Vec<RawClaim<f64>>,
    capacity_mt: Vec<RawClaim<f64>>,
    source: String,
}

/// The sound nodes.
pub(super) fn nodes(
    bytes: &[u8],
    sources: &Table<Source>,
    problems: &mut Vec<Problem>,
) -> Table<Node> {
    let mut ids = Ids::default();
    let mut nodes = Vec::new();
    for record in feature::features::<RawNode>(NODES, bytes, problems) {
        match node(record, sources, &mut ids) {
            Ok(node) => nodes.push(node),
            Err(problem) => problems.push(problem),
        }
    }
    Table::new(nodes)
}

fn node(record: Record<RawNode>, sources: &Table<Source>, ids: &mut Ids) -> Result<Node, Problem> {
    let at = record.point(NODES)?;
    let raw = &record.properties;
    ids.check(NODES, record.number, &raw.id, record.id.as_deref())?;
    let fault = |property: &str, message: String| record.fault(NODES, message).at(property);
    let territories = match (raw.kind, &raw.state) {
        (NodeKind::Crossing, &OneOrTwo::Two([one, other])) if one != other => {
            vec![one.min(other), one.max(other)]
        }
        (NodeKind::Crossing, _) => {
            return Err(fault(
                "state",
                "a crossing joins two territories: name both".to_owned(),
            ));
        }
        (_, &OneOrTwo::One(code)) => vec![code],
        (_, OneOrTwo::Two(_)) => {
            return Err(fault(
                "state",
                "only a crossing lies in two territories".to_owned(),
            ));
        }
    };
    let source = sources
        .find(&raw.source)
        .ok_or_else(|| fault("source", format!("`{}` is not in sources.json", raw.source)))?;
    let raw = record.properties;
    Ok(Node {
        id: raw.id,
        names: raw.names.unwrap_or_default(),
        kind: raw.kind,
        territories,
        posts: raw.posts,
        at,
        source,
        accuracy_m: raw.accuracy_m,
        position_basis: raw.position_basis,
    })
}

/// The sound links.
pub(super) fn links(
    bytes: &[u8],
    sources: &Table<Source>,
    nodes: &Table<Node>,
    problems: &mut Vec<Problem>,
) -> Table<Link> {
    let mut ids = Ids::default();
    let mut links = Vec::new();
    for record in feature::features::<RawLink>(LINKS, bytes, problems) {
        let checked = ids
            .check(
                LINKS,
                record.number,
                &record.properties.id,
                record.id.as_deref(),
            )
            .and_then(|()| link(record, sources, nodes, problems));
        match checked {
            Ok(link) => links.push(link),
            Err(problem) => problems.push(problem),
        }
    }
    Table::new(links)
}

fn link(
    record: Record<RawLink>,
    sources: &Table<Source>,
    nodes: &Table<Node>,
    problems: &mut Vec<Problem>,
) -> Result<Link, Problem> {
    let line = record.line(LINKS)?;
    let (from, to) = ends(&record, &line, nodes)?;
    sound(&record.properties).map_err(|(name, message)| record.fault(LINKS, message).at(name))?;
    let (number, raw) = (record.number, record.properties);
    let fault = |message: String| Problem::of_feature(LINKS, number, Some(&raw.id), message);
    let source = sources
        .find(&raw.source)
        .ok_or_else(|| fault(format!("`{}` is not in sources.json", raw.source)).at("source"))?;
    let mut claims = Claims {
        sources,
        fault: &fault,
        problems,
    };
    let condition = claims.each("condition", raw.condition, Extra::Progress, |is, extra| {
        Condition {
            is,
            progress_pct: extra.progress_pct,
        }
    });
    let published_km = claims.all("published_km", raw.published_km);
    let speed_kmh = claims.all("speed_kmh", raw.speed_kmh);
    let capacity_mt = claims.all("capacity_mt", raw.capacity_mt);
    let alignment = LineString::new(line);
    let lengths = Lengths {
        published_km: published_km.first().map(|claim| claim.value),
        posts_km: posts_km(&nodes[from], &nodes[to], raw.line.as_deref()),
        source_km: raw.source_km,
        alignment: &alignment,
        sinuosity: raw.sinuosity,
    };
    let length_m = lengths
        .by(raw.length_basis)
        .map_err(|message| fault(message).at("length_basis"))?;
    Ok(Link {
        id: raw.id,
        from,
        to,
        mode: raw.mode,
        territory: raw.state,
        names: raw.names.unwrap_or_default(),
        line: raw.line,
        gauge_mm: raw.gauge_mm,
        tracks: raw.tracks,
        electrified: raw.electrified,
        condition,
        published_km,
        length_basis: raw.length_basis,
        length_m,
        alignment,
        source_km: raw.source_km,
        sinuosity: raw.sinuosity,
        sinuosity_basis: raw.sinuosity_basis,
        alignment_accuracy_m: raw.alignment_accuracy_m,
        drawn: raw.drawn,
        speed_kmh,
        capacity_mt,
        source,
    })
}

/// The nodes at the ends of a link; its alignment must reach them.
fn ends(
    record: &Record<RawLink>,
    line: &[Coord],
    nodes: &Table<Node>,
) -> Result<(Id<Node>, Id<Node>), Problem> {
    let node = |property: &str, slug: &str| {
        let unknown = || {
            record
                .fault(LINKS, format!("node `{slug}` is not in {NODES}"))
                .at(property)
        };
        nodes.find(slug).ok_or_else(unknown)
    };
    let from = node("from", &record.properties.from)?;
    let to = node("to", &record.properties.to)?;
    meets(line, nodes[from].at, nodes[to].at)
        .map_err(|message| record.fault(LINKS, message).at("geometry"))?;
    Ok((from, to))
}

/// How far an alignment's end may be from its node: rounding of the last decimal.
const END_TOLERANCE_M: f64 = 1.0;

fn meets(line: &[Coord], from: Coord, to: Coord) -> Result<(), String> {
    for (end, node, which) in [(line[0], from, "start"), (line[line.len() - 1], to, "end")] {
        let gap = geodesy::distance(end, node);
        if gap.m() > END_TOLERANCE_M {
            return Err(format!(
                "its {which} is {gap} from its node: the link dangles"
            ));
        }
    }
    Ok(())
}

fn sound(raw: &RawLink) -> Result<(), (&'static str, String)> {
    if (raw.mode == Mode::Rail) != raw.gauge_mm.is_some() {
        return Err((
            "gauge_mm",
            "a railway has a gauge, and nothing else has one".to_owned(),
        ));
    }
    if raw
        .sinuosity
        .is_some_and(|ratio| !(1.0..=10.0).contains(&ratio))
    {
        return Err(("sinuosity", "is not between 1 and 10".to_owned()));
    }
    let positive = |km: f64| km > 0.0 && km < 40_000.0;
    if raw.source_km.is_some_and(|km| !positive(km)) {
        return Err(("source_km", "is no length in kilometres".to_owned()));
    }
    if raw.published_km.iter().any(|claim| !positive(claim.value)) {
        return Err(("published_km", "is no length in kilometres".to_owned()));
    }
    if raw
        .speed_kmh
        .iter()
        .any(|claim| !(1.0..=400.0).contains(&claim.value))
    {
        return Err(("speed_kmh", "is not between 1 and 400".to_owned()));
    }
    if raw.condition.is_empty() {
        return Err((
            "condition",
            "has no claim: say what is known, with its source".to_owned(),
        ));
    }
    if !(raw.alignment_accuracy_m >= 0.0 && raw.alignment_accuracy_m.is_finite()) {
        return Err((
            "alignment_accuracy_m",
            "is no distance in metres".to_owned(),
        ));
    }
    Ok(())
}

/// The lengths that a link could have.
struct Lengths<'a> {
    published_km: Option<f64>,
    posts_km: Option<f64>,
    source_km: Option<f64>,
    alignment: &'a LineString,
    sinuosity: Option<f64>,
}

impl Lengths<'_> {
    /// The length that counts, in whole metres and at least one.
    fn by(&self, basis: LengthBasis) -> Result<u32, String> {
        let km = match basis {
            LengthBasis::Published => self
                .published_km
                .ok_or("is `published`, but no length is")?,
            LengthBasis::Posts => self
                .posts_km
                .ok_or("is `posts`, but the ends have no posts of the link's line")?,
            LengthBasis::Source => self
                .source_km
                .ok_or("is `source`, but `source_km` is missing")?,
            LengthBasis::Geodesic => {
                geodesy::length(self.alignment).km() * self.sinuosity.unwrap_or(1.0)
            }
        };
        Ok(Length::from_km(km).whole_m().max(1))
    }
}

fn posts_km(from: &Node, to: &Node, line: Option<&str>) -> Option<f64> {
    let post = |node: &Node| {
        node.posts
            .iter()
            .find(|post| Some(post.line.as_str()) == line)
            .map(|post| post.km)
    };
    Some((post(from)? - post(to)?).abs())
}

//! The layers of a report, as GeoJSON for a GIS.

use geo::Coord;
use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::exclaves;
use crate::analysis::segments::SegmentRow;
use crate::error::Result;
use crate::model::Code;
use crate::model::Crossing;
use crate::model::Date;
use crate::model::DisputePlace;
use crate::model::Extent;
use crate::model::Id;
use crate::model::Link;
use crate::model::Mode;
use crate::model::Node;
use crate::model::NodeKind;
use crate::publication::File;
use crate::publication::material::Material;
use crate::publication::rows;
use crate::report;
use crate::report::Feature;
use crate::report::Geometry;

/// A link on the date.
#[derive(Serialize)]
struct LinkFlat<'m> {
    link: &'m str,
    name: &'m str,
    mode: Mode,
    state: Code,
    line: Option<&'m str>,
    from: &'m str,
    to: &'m str,
    as_of: Date,
    condition: Option<&'static str>,
    condition_since: Option<Date>,
    condition_source: Option<&'m str>,
    progress_pct: Option<f64>,
    length_km: f64,
    gauge_mm: Option<u32>,
    tracks: Option<u32>,
    electrified: Option<&'m str>,
    alignment_accuracy_m: f64,
    corridors: String,
    source: &'m str,
}

/// A border crossing point on the date.
#[derive(Serialize)]
struct CrossingFlat<'m> {
    crossing: &'m str,
    names: String,
    pair: String,
    as_of: Date,
    rail: Option<&'static str>,
    road: Option<&'static str>,
    ferry: Option<&'static str>,
}

/// A node with a name.
#[derive(Serialize)]
struct NodeFlat<'m> {
    node: &'m str,
    names: String,
    kind: NodeKind,
    territories: String,
    accuracy_m: f64,
    source: &'m str,
}

/// A segment with what is at issue.
#[derive(Serialize)]
struct SegmentFlat<'m> {
    #[serde(flatten)]
    row: &'m SegmentRow,
    issue: Option<&'m str>,
    anchor_basis: &'m str,
}

/// All layers.
pub(super) fn files(material: &Material<'_>) -> Result<Vec<File>> {
    type Make = fn(&Material<'_>) -> Result<Vec<Feature>>;
    let layers: [(&str, Make); 11] = [
        ("borders", borders),
        ("segments", segments),
        ("disputes", disputes),
        ("dispute-outlines", outlines),
        ("exclaves", exclave_outlines),
        ("tripoints", tripoints),
        ("corridors", corridors),
        ("links", links),
        ("nodes", nodes),
        ("crossings", crossings),
        ("transit-options", options),
    ];
    let mut files: Vec<File> = layers
        .par_iter()
        .map(|(name, make)| layer(name, &make(material)?))
        .collect::<Result<_>>()?;
    files.push(layer("closest-approaches", &approaches(material)?)?);
    Ok(files)
}

fn layer(name: &str, features: &[Feature]) -> Result<File> {
    Ok(File::text(
        format!("geojson/{name}.geojson"),
        report::collection(features)?,
    ))
}

fn borders(material: &Material<'_>) -> Result<Vec<Feature>> {
    let stretches = material.stretches.iter().zip(&material.segments);
    stretches
        .map(|(stretch, row)| {
            let border = &material.boundary.borders[stretch.border];
            report::feature(row, report::lines(&border.cut(stretch.from, stretch.to)))
        })
        .collect()
}

fn segments(material: &Material<'_>) -> Result<Vec<Feature>> {
    let stretches = material.stretches.iter().zip(&material.segments);
    let named = stretches.filter_map(|(stretch, row)| {
        let segment = &material.world.segments[stretch.segment?];
        matches!(segment.extent, Extent::Between { .. }).then_some((stretch, row, segment))
    });
    named
        .map(|(stretch, row, segment)| {
            let border = &material.boundary.borders[stretch.border];
            let flat = SegmentFlat {
                row,
                issue: segment.issue.as_deref(),
                anchor_basis: &segment.anchor_basis,
            };
            report::feature(&flat, report::lines(&border.cut(stretch.from, stretch.to)))
        })
        .collect()
}

fn disputes(material: &Material<'_>) -> Result<Vec<Feature>> {
    let points = material.disputes.iter().filter_map(|row| {
        let at = Coord {
            x: row.lon?,
            y: row.lat?,
        };
        Some(report::feature(row, Some(report::point(at))))
    });
    points.collect()
}

fn outlines(material: &Material<'_>) -> Result<Vec<Feature>> {
    let records = material.world.disputes.iter().zip(&material.disputes);
    let known = records.filter_map(|((_, dispute), row)| match &dispute.place {
        DisputePlace::Outline { area, .. } => {
            Some(report::feature(row, Some(report::areas(&area.0))))
        }
        DisputePlace::Point(_) => None,
    });
    known.collect()
}

fn exclave_outlines(material: &Material<'_>) -> Result<Vec<Feature>> {
    let drawn = material.exclaves.iter().filter_map(|row| {
        let boundary = material.world.boundary(Some(&row.source)).ok()?;
        let outline = exclaves::outline(boundary, &row.exclave)?;
        Some(report::feature(
            row,
            Some(report::areas(std::slice::from_ref(outline))),
        ))
    });
    drawn.collect()
}

fn tripoints(material: &Material<'_>) -> Result<Vec<Feature>> {
    let point = |lon: f64, lat: f64| Some(report::point(Coord { x: lon, y: lat }));
    material
        .tripoints
        .iter()
        .map(|row| report::feature(row, point(row.lon, row.lat)))
        .collect()
}

fn corridors(material: &Material<'_>) -> Result<Vec<Feature>> {
    let records = material
        .world
        .corridors
        .iter()
        .map(|(_, corridor)| corridor);
    let rows = rows::corridors(material);
    rows.iter()
        .zip(records)
        .map(|(row, corridor)| report::feature(row, way(material, &corridor.links)))
        .collect()
}

/// The alignments of links as one geometry.
fn way(material: &Material<'_>, links: &[Id<Link>]) -> Option<Geometry> {
    let alignments: Vec<&[Coord]> = links
        .iter()
        .map(|link| material.world.links[*link].alignment.0.as_slice())
        .collect();
    report::lines(&alignments)
}

fn links(material: &Material<'_>) -> Result<Vec<Feature>> {
    let world = material.world;
    let mut used = vec![Vec::new(); world.links.len()];
    for (_, corridor) in world.corridors.iter() {
        for link in &corridor.links {
            used[link.row()].push(corridor.id.as_str());
        }
    }
    let features = world.links.iter().map(|(id, link)| {
        let row = link_row(material, link, used[id.row()].join("; "));
        report::feature(&row, way(material, &[id]))
    });
    features.collect()
}

fn link_row<'m>(material: &'m Material<'_>, link: &'m Link, corridors: String) -> LinkFlat<'m> {
    let world = material.world;
    let condition = link.condition_on(material.when.on);
    LinkFlat {
        link: &link.id,
        name: link.names.english(),
        mode: link.mode,
        state: link.territory,
        line: link.line.as_deref(),
        from: &world.nodes[link.from].id,
        to: &world.nodes[link.to].id,
        as_of: material.when.on,
        condition: condition.map(|claim| claim.value.is.word()),
        condition_since: condition.and_then(|claim| claim.from),
        condition_source: condition.and_then(|claim| material.cited(&claim.evidence)),
        progress_pct: condition.and_then(|claim| claim.value.progress_pct),
        length_km: f64::from(link.length_m) / 1000.0,
        gauge_mm: link.gauge_mm,
        tracks: link.tracks,
        electrified: link.electrified.as_deref(),
        alignment_accuracy_m: link.alignment_accuracy_m,
        corridors,
        source: &world.sources[link.source].id,
    }
}

fn nodes(material: &Material<'_>) -> Result<Vec<Feature>> {
    let named = material
        .world
        .nodes
        .iter()
        .map(|(_, node)| node)
        .filter(|node| !node.names.is_empty());
    named
        .map(|node| report::feature(&node_row(material, node), Some(report::point(node.at))))
        .collect()
}

fn node_row<'m>(material: &'m Material<'_>, node: &'m Node) -> NodeFlat<'m> {
    NodeFlat {
        node: &node.id,
        names: node.names.label(&material.languages()),
        kind: node.kind,
        territories: node
            .territories
            .iter()
            .map(Code::as_str)
            .collect::<Vec<_>>()
            .join("; "),
        accuracy_m: node.accuracy_m,
        source: &material.world.sources[node.source].id,
    }
}

fn crossings(material: &Material<'_>) -> Result<Vec<Feature>> {
    let crossings = material.world.crossings.iter();
    crossings
        .map(|(_, crossing)| {
            let at = material.world.nodes[crossing.node].at;
            report::feature(&crossing_row(material, crossing), Some(report::point(at)))
        })
        .collect()
}

fn crossing_row<'m>(material: &'m Material<'_>, crossing: &'m Crossing) -> CrossingFlat<'m> {
    let regime = |mode: Mode| {
        let served = crossing.modes.contains(&mode);
        let regime = crossing.regime_on(mode, material.when.on);
        served.then(|| regime.map_or("no claim", |claim| claim.value.value.word()))
    };
    CrossingFlat {
        crossing: &crossing.id,
        names: crossing.names.label(&material.languages()),
        pair: crossing.pair.to_string(),
        as_of: material.when.on,
        rail: regime(Mode::Rail),
        road: regime(Mode::Road),
        ferry: regime(Mode::Ferry),
    }
}

fn options(material: &Material<'_>) -> Result<Vec<Feature>> {
    let territories = rows::territories(material);
    let mut features = Vec::new();
    for answer in rows::answers(material) {
        let flat = rows::options(answer, &territories);
        for (row, option) in flat.iter().zip(&answer.options) {
            features.push(report::feature(row, way(material, &option.links))?);
        }
    }
    Ok(features)
}

fn approaches(material: &Material<'_>) -> Result<Vec<Feature>> {
    let rows = rows::answers(material).flat_map(rows::certificates);
    rows.map(|row| report::feature(&row, Some(report::point(row.at()))))
        .collect()
}

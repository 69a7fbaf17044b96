//! Rows without nested values, for spreadsheets and attribute tables.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;
use serde::Serialize;

use crate::analysis::certificate::Verdict;
use crate::analysis::corridors::CorridorDetail;
use crate::analysis::corridors::PublishedRow;
use crate::analysis::transit::Answer;
use crate::analysis::transit::CertificateRow;
use crate::analysis::transit::OptionRow;
use crate::model::Code;
use crate::model::Date;
use crate::model::Source;
use crate::model::SourceKind;
use crate::publication::material::Material;

/// Kilometres by territory, one column each: `km_AM`.
type ByState = BTreeMap<String, f64>;

/// A corridor on one line.
#[derive(Debug, Serialize)]
pub(super) struct CorridorFlat<'m> {
    corridor: &'m str,
    letter: Option<&'m str>,
    names: String,
    as_of: Date,
    mode: &'m str,
    from: &'m str,
    to: &'m str,
    length_km: f64,
    published_km: String,
    operational_km: f64,
    closed_km: f64,
    to_build_km: f64,
    gauge_changes: usize,
    crossings: usize,
    transfers: usize,
    alignment_accuracy_m: f64,
    avoids: String,
    #[serde(flatten)]
    by_state: ByState,
    summary: &'m str,
}

/// A transit option on one line.
#[derive(Debug, Serialize)]
pub(super) struct OptionFlat<'m> {
    from: &'m str,
    to: &'m str,
    avoid: String,
    scenario: Option<&'m str>,
    as_of: Date,
    option: &'m str,
    why: String,
    modes: String,
    length_km: f64,
    time_h: f64,
    time_low_h: f64,
    time_high_h: f64,
    cost_usd_per_t: f64,
    to_build_km: f64,
    crossings: u32,
    gauge_changes: u32,
    transfers: usize,
    via: String,
    margin_m: Option<f64>,
    tolerance_m: Option<f64>,
    verdict: Option<Verdict>,
    #[serde(flatten)]
    by_state: ByState,
}

/// A certificate of one option under one source.
#[derive(Debug, Serialize)]
pub(super) struct CertificateFlat<'m> {
    from: &'m str,
    to: &'m str,
    scenario: Option<&'m str>,
    option: &'m str,
    avoided: Code,
    source: &'m str,
    margin_m: f64,
    tolerance_m: f64,
    depth_m: f64,
    verdict: Verdict,
    link: &'m str,
    decided_by: &'m str,
    lon: f64,
    lat: f64,
    border_lon: f64,
    border_lat: f64,
}

impl CertificateFlat<'_> {
    /// The place of the alignment that comes closest.
    pub(super) const fn at(&self) -> Coord {
        Coord {
            x: self.lon,
            y: self.lat,
        }
    }
}

/// A source on one line.
#[derive(Debug, Serialize)]
pub(super) struct SourceFlat<'m> {
    source: &'m str,
    kind: SourceKind,
    title: &'m str,
    publisher: &'m str,
    edition: Option<Date>,
    licence: &'m str,
    address: Option<&'m str>,
    package: String,
    scale: Option<&'m str>,
    accuracy_m: Option<f64>,
    accuracy_basis: Option<&'m str>,
}

/// The territories that the network of a world runs through, for the columns.
pub(super) fn territories(material: &Material<'_>) -> BTreeSet<Code> {
    material
        .world
        .links
        .iter()
        .map(|(_, link)| link.territory)
        .collect()
}

/// Kilometres with a column for every territory, so that all rows have the same ones.
fn by_state(territories: &BTreeSet<Code>, km: &BTreeMap<Code, f64>) -> ByState {
    let column = |code: &Code| (format!("km_{code}"), km.get(code).copied().unwrap_or(0.0));
    territories.iter().map(column).collect()
}

/// The corridors of a report on one line each.
pub(super) fn corridors<'m>(material: &'m Material<'_>) -> Vec<CorridorFlat<'m>> {
    let territories = territories(material);
    material
        .corridors
        .iter()
        .map(|detail| corridor(material, detail, &territories))
        .collect()
}

fn corridor<'m>(
    material: &Material<'_>,
    detail: &'m CorridorDetail,
    territories: &BTreeSet<Code>,
) -> CorridorFlat<'m> {
    let row = &detail.row;
    CorridorFlat {
        corridor: &row.corridor,
        letter: row.letter.as_deref(),
        names: row.names.label(&material.languages()),
        as_of: row.as_of,
        mode: &row.mode,
        from: &row.from,
        to: &row.to,
        length_km: row.length_km,
        published_km: published(&row.published_km),
        operational_km: row.operational_km,
        closed_km: row.closed_km,
        to_build_km: row.to_build_km,
        gauge_changes: row.gauge_changes,
        crossings: row.crossings,
        transfers: row.transfers,
        alignment_accuracy_m: row.alignment_accuracy_m,
        avoids: row
            .avoids
            .iter()
            .map(Code::as_str)
            .collect::<Vec<_>>()
            .join("; "),
        by_state: by_state(territories, &row.by_state),
        summary: &detail.summary,
    }
}

/// Published lengths: `42 [rgtripp]; 43 [repwik]`.
pub(super) fn published(rows: &[PublishedRow]) -> String {
    let one = |row: &PublishedRow| match &row.source {
        Some(source) => format!("{} [{source}]", row.km),
        None => format!("{} (assumed)", row.km),
    };
    rows.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// All answers of a report.
pub(super) fn answers<'m>(material: &'m Material<'_>) -> impl Iterator<Item = &'m Answer> {
    material.questions.iter().flat_map(|asked| &asked.answers)
}

/// The options of an answer on one line each.
pub(super) fn options<'m>(answer: &'m Answer, territories: &BTreeSet<Code>) -> Vec<OptionFlat<'m>> {
    answer
        .options
        .iter()
        .map(|row| option(answer, row, territories))
        .collect()
}

fn option<'m>(
    answer: &'m Answer,
    row: &'m OptionRow,
    territories: &BTreeSet<Code>,
) -> OptionFlat<'m> {
    let headline = row
        .certificate
        .as_ref()
        .map(|certificate| &certificate.headline);
    OptionFlat {
        from: &answer.from,
        to: &answer.to,
        avoid: answer
            .avoid
            .iter()
            .map(Code::as_str)
            .collect::<Vec<_>>()
            .join("; "),
        scenario: answer.scenario.as_deref(),
        as_of: answer.as_of,
        option: &row.id,
        why: row.why.join("; "),
        modes: modes(row),
        length_km: row.length_km,
        time_h: row.time_h,
        time_low_h: row.time_low_h,
        time_high_h: row.time_high_h,
        cost_usd_per_t: row.cost_usd_per_t,
        to_build_km: row.to_build_km,
        crossings: row.crossings,
        gauge_changes: row.gauge_changes,
        transfers: row.transfers,
        via: row
            .borders
            .iter()
            .map(|border| border.crossing.as_str())
            .collect::<Vec<_>>()
            .join("; "),
        margin_m: headline.map(|margin| margin.margin_m),
        tolerance_m: headline.map(|margin| margin.tolerance_m),
        verdict: headline.map(|margin| margin.verdict),
        by_state: by_state(territories, &row.states),
    }
}

/// The modes of an option in order of travel: `rail, road`.
pub(super) fn modes(row: &OptionRow) -> String {
    let mut modes: Vec<&str> = Vec::new();
    for leg in &row.legs {
        if modes.last() != Some(&leg.mode.word()) {
            modes.push(leg.mode.word());
        }
    }
    modes.join(", ")
}

/// The certificates of an answer, one line per option and source.
pub(super) fn certificates(answer: &Answer) -> Vec<CertificateFlat<'_>> {
    let of = |row: &'_ OptionRow| row.certificates.len();
    let mut rows = Vec::with_capacity(answer.options.iter().map(of).sum());
    for row in &answer.options {
        for one in &row.certificates {
            rows.extend(certificate(answer, row, one));
        }
    }
    rows
}

fn certificate<'m>(
    answer: &'m Answer,
    row: &'m OptionRow,
    certificate: &'m CertificateRow,
) -> impl Iterator<Item = CertificateFlat<'m>> {
    certificate
        .by_source
        .iter()
        .map(move |margin| CertificateFlat {
            from: &answer.from,
            to: &answer.to,
            scenario: answer.scenario.as_deref(),
            option: &row.id,
            avoided: certificate.state,
            source: &margin.source,
            margin_m: margin.margin_m,
            tolerance_m: margin.tolerance_m,
            depth_m: margin.depth_m,
            verdict: margin.verdict,
            link: &margin.link,
            decided_by: &margin.decided_by,
            lon: margin.at[0],
            lat: margin.at[1],
            border_lon: margin.border_at[0],
            border_lat: margin.border_at[1],
        })
}

/// The bibliography.
pub(super) fn sources<'m>(material: &Material<'m>) -> Vec<SourceFlat<'m>> {
    material
        .world
        .sources
        .iter()
        .map(|(_, source)| self::source(source))
        .collect()
}

fn source(source: &Source) -> SourceFlat<'_> {
    let package = source.package.as_ref();
    SourceFlat {
        source: &source.id,
        kind: source.kind,
        title: &source.title,
        publisher: &source.publisher,
        edition: source.edition,
        licence: &source.licence,
        address: source.address.as_deref(),
        package: package
            .map(|package| {
                format!(
                    "{} {} {} sha256 {}",
                    package.registry, package.name, package.version, package.sha256
                )
            })
            .unwrap_or_default(),
        scale: source.scale.as_deref(),
        accuracy_m: source.accuracy_m,
        accuracy_basis: source.accuracy_basis.as_deref(),
    }
}

//! How long each border is, by source and part.
//!
//! A length depends on the ruler: every row names its source, the number of vertices and their mean spacing, and what the source left out.

use serde::Serialize;

use crate::model::Border;
use crate::model::Boundary;
use crate::model::Pair;
use crate::model::Part;
use crate::model::World;
use crate::units::Length;
use crate::units::rounded;

/// The length of a border, or of one part of it, on one source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LengthRow {
    /// The states.
    pub pair: String,
    /// `all` for the whole border; else the part.
    pub part: String,
    /// The boundary source.
    pub source: String,
    /// Geodesic length.
    pub length_km: f64,
    /// Vertices of the line measured.
    pub vertices: usize,
    /// Mean distance between them.
    pub spacing_m: f64,
    /// Share that both sides draw with the same vertices; the rest lies between two banks.
    pub shared_pct: f64,
    /// Straight distance over gaps where the source cut water out; not in the length.
    pub gaps_km: f64,
    /// What 95 % of positions are within: as measured for this part against the primary source where it was, else as stated for the
    /// source. Of a whole border it is that of its least accurate part.
    pub accuracy_m: Option<f64>,
}

/// The lengths of the borders of `boundaries`, of one pair or of all.
///
/// # Properties
///
/// The row `all` of a pair is the sum of the rows of its parts; it comes first, and alone where there is one part.
pub fn rows<'w>(
    world: &'w World,
    boundaries: impl IntoIterator<Item = &'w Boundary>,
    pair: Option<Pair>,
) -> Vec<LengthRow> {
    let mut rows = Vec::new();
    for boundary in boundaries {
        let mut pairs: Vec<Pair> = boundary.borders.iter().map(|border| border.pair).collect();
        pairs.dedup();
        for of in pairs
            .into_iter()
            .filter(|of| pair.is_none_or(|pair| pair == *of))
        {
            let parts: Vec<&Border> = boundary.borders_of(of).collect();
            rows.push(row(world, boundary, "all", &parts));
            if parts.len() > 1 || parts.iter().any(|border| border.part != Part::Main) {
                rows.extend(parts.iter().map(|border| {
                    row(
                        world,
                        boundary,
                        &border.part.label(),
                        std::slice::from_ref(border),
                    )
                }));
            }
        }
    }
    // Sources of one pair side by side; the sort is stable, so parts stay behind their whole.
    rows.sort_by(|a, b| (&a.pair, &a.source).cmp(&(&b.pair, &b.source)));
    rows
}

fn row(world: &World, boundary: &Boundary, part: &str, borders: &[&Border]) -> LengthRow {
    let source = world.source_of(boundary);
    let total: Length = borders.iter().map(|border| border.length()).sum();
    let edges: usize = borders.iter().map(|border| border.edges()).sum();
    let shared: f64 = borders
        .iter()
        .map(|border| border.exact_share() * border.length().m())
        .sum();
    LengthRow {
        pair: borders
            .first()
            .map(|border| border.pair.to_string())
            .unwrap_or_default(),
        part: part.to_owned(),
        source: source.id.clone(),
        length_km: rounded(total.km(), 3),
        vertices: borders.iter().map(|border| border.vertices()).sum(),
        spacing_m: rounded(total.m() / edges.max(1) as f64, 1),
        shared_pct: rounded(
            if total.m() > 0.0 {
                100.0 * shared / total.m()
            } else {
                0.0
            },
            1,
        ),
        gaps_km: rounded(
            borders
                .iter()
                .map(|border| border.gaps())
                .sum::<Length>()
                .km(),
            3,
        ),
        accuracy_m: borders
            .iter()
            .filter_map(|border| world.accuracy_m(boundary, border))
            .max_by(f64::total_cmp),
    }
}

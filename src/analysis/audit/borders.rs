//! Lengths of borders: as drawn, over other ground (enclaves, sea), on coarser sources, and under longer rulers.

use std::sync::OnceLock;

use super::enclaves::Enclave;
use super::found::Curve;
use super::found::Found;
use super::found::Reading;
use super::found::said;
use super::shore::Shore;
use crate::analysis::rulers;
use crate::model::Border;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Pair;
use crate::model::Part;
use crate::model::Stretch;
use crate::model::Subject;
use crate::model::World;
use crate::units::Length;

/// The rulers, in metres, that a published length is sought with: each about a fifth longer than the one before, up to 10 km.
///
/// A chart at 1:10,000,000 shows 10 km as one millimetre: nobody measures a border on a smaller one.
pub(super) const RULERS_M: [f64; 25] = [
    100.0, 120.0, 150.0, 180.0, 220.0, 260.0, 320.0, 380.0, 460.0, 560.0, 680.0, 820.0, 1_000.0,
    1_200.0, 1_500.0, 1_800.0, 2_200.0, 2_600.0, 3_200.0, 3_800.0, 4_600.0, 5_600.0, 6_800.0,
    8_200.0, 10_000.0,
];

/// A coarser source whose figure may be off by more than this share of it shows nothing.
const LARGEST_DOUBT: f64 = 0.05;

/// The borders of one source, measured when first needed.
pub(super) struct Borders<'w> {
    world: &'w World,
    boundary: &'w Boundary,
    enclaves: &'w [Enclave<'w>],
    shore: Option<Shore<'w>>,
    /// For each border, its length and that under each ruler, in kilometres.
    ruled_km: Vec<OnceLock<Vec<f64>>>,
    sea: Vec<OnceLock<Length>>,
}

/// Ground to add to or take off a length.
struct Change {
    words: String,
    km: f64,
    /// What the rulers find of it; the sea part is straight and the same under all.
    ruled_km: Vec<f64>,
}

impl<'w> Borders<'w> {
    pub(super) fn new(
        world: &'w World,
        boundary: &'w Boundary,
        enclaves: &'w [Enclave<'w>],
    ) -> Self {
        let count = boundary.borders.len();
        Self {
            world,
            boundary,
            enclaves,
            shore: Shore::of(world, boundary),
            ruled_km: (0..count).map(|_| OnceLock::new()).collect(),
            sea: (0..count).map(|_| OnceLock::new()).collect(),
        }
    }

    /// The length of a border; why there is none to hold against it.
    pub(super) fn find(&self, subject: &Subject) -> Result<Found, String> {
        let source = &self.world.source_of(self.boundary).id;
        if let Subject::AllBorders(state) = subject
            && let Some(code) = clipped(self.boundary, *state)
        {
            return Err(format!(
                "{source} cuts {code} off at the edge of the region: not all of its borders are drawn"
            ));
        }
        let mine = chosen(self.boundary, subject);
        if mine.is_empty() {
            return Err(format!("{source} draws no such border"));
        }
        let ruled: Vec<&[f64]> = mine.iter().map(|&number| self.ruled_km(number)).collect();
        let ruled_km: Vec<f64> = (0..=RULERS_M.len())
            .map(|at| ruled.iter().map(|km| km[at]).sum())
            .collect();
        let rings = self.rings(subject);
        let sea = self.at_sea(&mine);
        let changes: Vec<Vec<&Change>> = [
            vec![],
            rings.iter().collect(),
            sea.iter().collect(),
            rings.iter().chain(&sea).collect(),
        ]
        .into_iter()
        .collect();
        let computed = ruled_km[0];
        let tolerance = self.tolerance_km(self.boundary, &mine);
        let elsewhere = changes[1..]
            .iter()
            .filter(|changes| !changes.is_empty())
            .map(|changes| Reading {
                value: computed + changes.iter().map(|change| change.km).sum::<f64>(),
                tolerance,
                words: format!("{} it is", joined(changes)),
            });
        // Published land borders end at the coast: with a part at sea, the curve without it is the like for like one.
        let of_land = changes
            .iter()
            .filter(|changes| sea.is_none() || changes.iter().any(|change| change.km < 0.0));
        Ok(Found {
            computed,
            on: source.clone(),
            tolerance,
            elsewhere: once_each(elsewhere.collect()),
            curves: of_land
                .map(|changes| curve(source, &ruled_km, changes))
                .collect(),
            coarser: self.coarser(subject, &mine),
            ..Found::default()
        })
    }

    fn ruled_km(&self, number: usize) -> &[f64] {
        self.ruled_km[number].get_or_init(|| {
            let border = &self.boundary.borders[number];
            let dividers = rulers::dividers(border);
            let walks = RULERS_M
                .iter()
                .map(|&ruler_m| rulers::walk(&dividers, Length::from_m(ruler_m)).0.km());
            std::iter::once(border.length().km()).chain(walks).collect()
        })
    }

    /// Outlines of enclaves that this source does not draw, and that belong to the border asked about.
    fn rings(&self, subject: &Subject) -> Option<Change> {
        let is_mine = |pair: Pair| match subject {
            Subject::Border { pair: own, stretch } => *own == pair && *stretch == Stretch::All,
            Subject::AllBorders(state) => pair.has(*state),
            _ => false,
        };
        let is_drawn = |enclave: &Enclave<'_>| {
            let ring = Part::Ring(enclave.name.clone());
            self.boundary
                .borders
                .iter()
                .any(|border| border.part == ring)
        };
        let missing: Vec<&Enclave<'_>> = self
            .enclaves
            .iter()
            .filter(|enclave| enclave.pair().is_some_and(is_mine) && !is_drawn(enclave))
            .collect();
        let mut sources: Vec<&str> = missing.iter().map(|enclave| enclave.source).collect();
        sources.sort_unstable();
        sources.dedup();
        let names: Vec<&str> = missing
            .iter()
            .map(|enclave| enclave.name.as_str())
            .collect();
        let ruled: Vec<Vec<f64>> = missing.iter().map(|enclave| enclave.ruled_km()).collect();
        let ruled_km: Vec<f64> = (0..=RULERS_M.len())
            .map(|at| ruled.iter().map(|km| km[at]).sum())
            .collect();
        (!missing.is_empty()).then(|| Change {
            words: format!(
                "with the outlines of the enclaves {} from {}, {} km,",
                names.join(", "),
                sources.join(", "),
                said(ruled_km[0])
            ),
            km: ruled_km[0],
            ruled_km,
        })
    }

    fn at_sea(&self, mine: &[usize]) -> Option<Change> {
        let shore = self.shore.as_ref()?;
        let at_sea = |number: &usize| {
            *self.sea[*number].get_or_init(|| shore.at_sea(&self.boundary.borders[*number]))
        };
        let km = mine.iter().map(at_sea).sum::<Length>().km();
        (km > 0.0).then(|| Change {
            words: format!(
                "without the {} km that lie beyond the coast of {}",
                said(km),
                shore.source
            ),
            km: -km,
            ruled_km: vec![-km; RULERS_M.len() + 1],
        })
    }

    /// The same border on sources with wider vertex spacing.
    fn coarser(&self, subject: &Subject, mine: &[usize]) -> Vec<Reading> {
        let own_m = spacing_m(self.boundary, mine);
        let mut found = Vec::new();
        for other in &self.world.boundaries {
            let theirs = chosen(other, subject);
            let is_whole = |state: &Code| clipped(other, *state).is_none();
            let is_clipped = matches!(subject, Subject::AllBorders(state) if !is_whole(state));
            let other_m = spacing_m(other, &theirs);
            if theirs.is_empty() || is_clipped || other_m <= own_m {
                continue;
            }
            let value = theirs
                .iter()
                .map(|&number| other.borders[number].length())
                .sum::<Length>()
                .km();
            let tolerance = self.tolerance_km(other, &theirs);
            if tolerance <= LARGEST_DOUBT * value {
                let source = &self.world.source_of(other).id;
                let words = format!(
                    "{source}, with a vertex every {} km, gives",
                    said(other_m / 1000.0)
                );
                found.push(Reading {
                    value,
                    tolerance,
                    words,
                });
            }
        }
        found
    }

    /// Both ends of each part may be off by the source's accuracy, independently of each other.
    fn tolerance_km(&self, boundary: &Boundary, mine: &[usize]) -> f64 {
        let accuracy_km = self.world.source_of(boundary).accuracy_m.unwrap_or(0.0) / 1000.0;
        let open = mine
            .iter()
            .filter(|&&number| !boundary.borders[number].is_ring());
        accuracy_km * (2.0 * open.count() as f64).sqrt()
    }
}

/// The borders of a source that a subject means.
fn chosen(boundary: &Boundary, subject: &Subject) -> Vec<usize> {
    let is_meant = |border: &Border| match subject {
        Subject::Border { pair, stretch } => {
            border.pair == *pair
                && match stretch {
                    Stretch::All => true,
                    Stretch::Main => border.part == Part::Main,
                    Stretch::Subdivision(code) => border.part == Part::Subdivision(*code),
                }
        }
        Subject::AllBorders(state) => border.pair.has(*state),
        _ => false,
    };
    let numbered = boundary.borders.iter().enumerate();
    numbered
        .filter(|(_, border)| is_meant(border))
        .map(|(number, _)| number)
        .collect()
}

/// A territory of a state that a source cuts at the edge of the region.
fn clipped(boundary: &Boundary, state: Code) -> Option<Code> {
    let cut = boundary
        .territories
        .iter()
        .find(|territory| territory.code.state() == state && territory.clipped);
    cut.map(|territory| territory.code)
}

fn spacing_m(boundary: &Boundary, mine: &[usize]) -> f64 {
    let length_m: f64 = mine
        .iter()
        .map(|&number| boundary.borders[number].length().m())
        .sum();
    let edges: usize = mine
        .iter()
        .map(|&number| boundary.borders[number].edges())
        .sum();
    length_m / edges.max(1) as f64
}

fn curve(source: &str, ruled_km: &[f64], changes: &[&Change]) -> Curve {
    // The length itself is that of a ruler without length.
    let rulers_m = std::iter::once(0.0).chain(RULERS_M);
    let points = rulers_m.enumerate().map(|(at, ruler_m)| {
        let changed: f64 = changes.iter().map(|change| change.ruled_km[at]).sum();
        (ruler_m, ruled_km[at] + changed)
    });
    let over = joined(changes);
    Curve {
        words: if over.is_empty() {
            format!("on {source}")
        } else {
            format!("on {source} {over}")
        },
        points: points.collect(),
    }
}

fn joined(changes: &[&Change]) -> String {
    changes
        .iter()
        .map(|change| change.words.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Readings of which none says the same as an earlier one.
fn once_each(readings: Vec<Reading>) -> Vec<Reading> {
    let mut kept: Vec<Reading> = Vec::new();
    for reading in readings {
        if !kept.iter().any(|other| other.words == reading.words) {
            kept.push(reading);
        }
    }
    kept
}

//! Lengths of borders: as drawn, over other ground (enclaves, sea), on coarser sources, and under longer rulers.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::enclaves::Enclave;
use super::found::Curve;
use super::found::Found;
use super::found::LARGEST_DOUBT;
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

/// The rulers, in metres, that a published length is sought with: each about half as long again as the one before, up to 10 km.
///
/// A chart at 1:10,000,000 shows 10 km as one millimetre: nobody measures a border on a smaller one.
pub(super) const RULERS_M: [f64; 13] = [
    100.0, 150.0, 200.0, 300.0, 500.0, 700.0, 1_000.0, 1_500.0, 2_000.0, 3_000.0, 5_000.0, 7_000.0,
    10_000.0,
];

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
    /// How far `km` may be off (95 %).
    tolerance: f64,
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
        let changes: [Vec<&Change>; 4] = [
            vec![],
            rings.iter().collect(),
            sea.iter().collect(),
            rings.iter().chain(&sea).collect(),
        ];
        let (computed, spacing_m) = (ruled_km[0], spacing_m(self.boundary, &mine));
        let tolerance = self.tolerance_km(self.boundary, &mine);
        let elsewhere = changes[1..]
            .iter()
            .filter(|changes| !changes.is_empty())
            .map(|changes| Reading {
                value: computed + changes.iter().map(|change| change.km).sum::<f64>(),
                tolerance: tolerance.hypot(
                    changes
                        .iter()
                        .map(|change| change.tolerance)
                        .fold(0.0, f64::hypot),
                ),
                words: format!("{} it is", joined(changes)),
            })
            .chain(self.main_part(subject));
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
                .map(|changes| curve(source, &ruled_km, spacing_m, changes))
                .collect(),
            coarser: self.coarser(subject, &mine),
            ..Found::default()
        })
    }

    fn ruled_km(&self, number: usize) -> &[f64] {
        self.ruled_km[number].get_or_init(|| {
            let border = &self.boundary.borders[number];
            let dividers = rulers::dividers(border);
            let (length_km, spacing_m) = (border.length().km(), border.spacing().m());
            let walks = RULERS_M.iter().map(|&ruler_m| {
                // A ruler shorter than the edges finds their length.
                if ruler_m < spacing_m {
                    length_km
                } else {
                    rulers::walk(&dividers, Length::from_m(ruler_m)).0.km()
                }
            });
            std::iter::once(length_km).chain(walks).collect()
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
            tolerance: 0.0,
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
            tolerance: shore.accuracy.km() * (mine.len() as f64).sqrt(),
            ruled_km: vec![-km; RULERS_M.len() + 1],
        })
    }

    /// Where a border has a part beside a subdivision, the length of the part between the mainlands alone.
    fn main_part(&self, subject: &Subject) -> Option<Reading> {
        let Subject::Border {
            pair,
            stretch: Stretch::All,
        } = subject
        else {
            return None;
        };
        let is_split = |border: &Border| matches!(border.part, Part::Subdivision(_));
        let mine = chosen(
            self.boundary,
            &Subject::Border {
                pair: *pair,
                stretch: Stretch::Main,
            },
        );
        let km = |number: &usize| self.boundary.borders[*number].length().km();
        let has_both = !mine.is_empty() && self.boundary.borders_of(*pair).any(is_split);
        has_both.then(|| Reading {
            value: mine.iter().map(km).sum(),
            tolerance: self.tolerance_km(self.boundary, &mine),
            words: "the part between the mainlands alone it is".to_owned(),
        })
    }

    /// Measures the borders of these subjects under all rulers, in parallel: what is asked for later is then there.
    pub(super) fn prepare<'s>(&self, subjects: impl Iterator<Item = &'s Subject>) {
        let needed: BTreeSet<usize> = subjects
            .flat_map(|subject| chosen(self.boundary, subject))
            .collect();
        needed.into_par_iter().for_each(|number| {
            self.ruled_km(number);
        });
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
            let source = &self.world.source_of(other).id;
            found.push(Reading {
                value,
                tolerance: self.tolerance_km(other, &theirs).min(LARGEST_DOUBT * value),
                words: format!(
                    "{source}, with a vertex every {} km, gives",
                    said(other_m / 1000.0)
                ),
            });
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

fn curve(source: &str, ruled_km: &[f64], spacing_m: f64, changes: &[&Change]) -> Curve {
    // The length itself is that of a ruler without length; then come the rulers that are longer than the edges.
    let rulers_m = std::iter::once(0.0).chain(RULERS_M).enumerate();
    let longer = rulers_m.filter(|(at, ruler_m)| *at == 0 || *ruler_m >= spacing_m);
    let points = longer.map(|(at, ruler_m)| {
        let added: f64 = changes.iter().map(|change| change.ruled_km[at]).sum();
        (ruler_m, ruled_km[at] + added)
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

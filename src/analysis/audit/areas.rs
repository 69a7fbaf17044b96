//! Areas of territories and of disputed ground: as drawn, over other ground (sea, enclaves), and by coarser sources.

use geo::Contains;
use geo::InteriorPoint;
use geo::Polygon;

use super::enclaves::Enclave;
use super::enclaves::area_tolerance_km2;
use super::found::Found;
use super::found::LARGEST_DOUBT;
use super::found::Reading;
use super::found::said;
use crate::geodesy;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Covered;
use crate::model::Covers;
use crate::model::DisputePlace;
use crate::model::Territory;
use crate::model::World;

/// The areas of one source, with what others say.
pub(super) struct Areas<'w> {
    pub(super) world: &'w World,
    pub(super) boundary: &'w Boundary,
    pub(super) enclaves: &'w [Enclave<'w>],
}

/// Ground to add to or take off an area.
struct Change {
    words: String,
    km2: f64,
}

impl Areas<'_> {
    /// The area of a territory; why there is none to hold against it.
    pub(super) fn territory(&self, code: Code, extent: Covered) -> Result<Found, String> {
        match extent {
            Covered::Land | Covered::Water => self.without_water(code, extent),
            _ => self.whole(code),
        }
    }

    /// The area of disputed ground whose outline is known.
    pub(super) fn ground(&self, id: &str) -> Result<Found, String> {
        let dispute = self
            .world
            .disputes
            .find(id)
            .map(|dispute| &self.world.disputes[dispute]);
        let Some(DisputePlace::Outline { area, source }) = dispute.map(|dispute| &dispute.place)
        else {
            return Err("its extent is in no boundary source".to_owned());
        };
        let source = &self.world.sources[*source];
        Ok(Found {
            computed: area.iter().map(geodesy::area_km2).sum(),
            on: source.id.clone(),
            tolerance: area_tolerance_km2(source.accuracy_m.unwrap_or(0.0), area.iter()),
            ..Found::default()
        })
    }

    fn whole(&self, code: Code) -> Result<Found, String> {
        let own = self.drawn(self.boundary, code)?;
        let computed = whole_km2(self.boundary, &own);
        let mut elsewhere = Vec::new();
        let mut coarser = Vec::new();
        elsewhere.extend(self.changed(self.boundary, code, String::new(), computed));
        let at_sea = self.covers(self.boundary) == Some(Covers::Sea);
        for other in &self.world.boundaries {
            let Ok(theirs) = self.drawn(other, code) else {
                continue;
            };
            if other.source == self.boundary.source {
                continue;
            }
            let value = whole_km2(other, &theirs);
            let tolerance = self.tolerance_km2(other, &theirs);
            let stops = matches!(self.covers(other), Some(Covers::Land | Covers::Coast));
            let id = &self.world.source_of(other).id;
            if at_sea && stops && computed - value > tolerance {
                let start = format!("without territorial sea, to the coast of {id},");
                elsewhere.push(Reading {
                    value,
                    tolerance,
                    words: format!("{start} it is"),
                });
                elsewhere.extend(self.changed(other, code, start, value));
            } else if spacing_km(&theirs) > spacing_km(&own) {
                let words = format!(
                    "{id}, with a vertex every {} km, gives",
                    said(spacing_km(&theirs))
                );
                coarser.push(Reading {
                    value,
                    tolerance: tolerance.min(LARGEST_DOUBT * value),
                    words,
                });
            }
        }
        Ok(Found {
            computed,
            on: self.world.source_of(self.boundary).id.clone(),
            tolerance: self.tolerance_km2(self.boundary, &own),
            elsewhere,
            coarser,
            ..Found::default()
        })
    }

    /// The area with the enclaves that belong to the territory and without those of others, where the source draws it otherwise.
    fn changed(
        &self,
        boundary: &Boundary,
        code: Code,
        start: String,
        value: f64,
    ) -> Option<Reading> {
        let is_mine = |other: Code| other == code || other.state() == code;
        let mut changes = Vec::new();
        for enclave in self.enclaves {
            let named =
                |word: &str| format!("{word} {} ({} km²)", enclave.name, said(enclave.area_km2()));
            if is_mine(enclave.owner) && !enclave.is_given_to(boundary, enclave.owner) {
                changes.push(Change {
                    words: named("with"),
                    km2: enclave.area_km2(),
                });
            } else if is_mine(enclave.host) && enclave.is_given_to(boundary, enclave.host) {
                changes.push(Change {
                    words: named("without"),
                    km2: -enclave.area_km2(),
                });
            }
        }
        let own = self.drawn(boundary, code).ok()?;
        (!changes.is_empty()).then(|| {
            let words: Vec<String> = std::iter::once(start)
                .chain(changes.iter().map(|change| change.words.clone()))
                .filter(|words| !words.is_empty())
                .collect();
            Reading {
                value: value + changes.iter().map(|change| change.km2).sum::<f64>(),
                tolerance: self.tolerance_km2(boundary, &own),
                words: format!("{} it is", words.join(" ")),
            }
        })
    }

    fn without_water(&self, code: Code, extent: Covered) -> Result<Found, String> {
        let dry = self
            .world
            .boundaries
            .iter()
            .filter(|other| self.covers(other) == Some(Covers::Land));
        let accuracy_m =
            |of: &Boundary| self.world.source_of(of).accuracy_m.unwrap_or(f64::INFINITY);
        let Some(boundary) = dry.min_by(|one, other| accuracy_m(one).total_cmp(&accuracy_m(other)))
        else {
            return Err("no boundary source cuts inland water out".to_owned());
        };
        let own = self.drawn(boundary, code)?;
        let polygons = own.iter().flat_map(|territory| &territory.area);
        let land: f64 = polygons.map(geodesy::area_km2).sum();
        let computed = if extent == Covered::Land {
            land
        } else {
            whole_km2(boundary, &own) - land
        };
        Ok(Found {
            computed,
            on: self.world.source_of(boundary).id.clone(),
            tolerance: self.tolerance_km2(boundary, &own),
            ..Found::default()
        })
    }

    /// The territories that a code means on a source: a state with its subdivisions.
    fn drawn<'b>(&self, boundary: &'b Boundary, code: Code) -> Result<Vec<&'b Territory>, String> {
        let id = &self.world.source_of(boundary).id;
        let is_meant =
            |territory: &&Territory| territory.code == code || territory.code.state() == code;
        let drawn: Vec<&Territory> = boundary.territories.iter().filter(is_meant).collect();
        if drawn.is_empty() {
            return Err(format!("{id} does not draw it"));
        }
        match drawn.iter().find(|territory| territory.clipped) {
            Some(cut) => Err(format!(
                "{id} cuts {} off at the edge of the region",
                cut.code
            )),
            None => Ok(drawn),
        }
    }

    fn tolerance_km2(&self, boundary: &Boundary, drawn: &[&Territory]) -> f64 {
        let accuracy_m = self.world.source_of(boundary).accuracy_m.unwrap_or(0.0);
        area_tolerance_km2(
            accuracy_m,
            drawn.iter().flat_map(|territory| &territory.area),
        )
    }

    fn covers(&self, boundary: &Boundary) -> Option<Covers> {
        self.world.source_of(boundary).covers
    }
}

/// The area inside the outlines: inland water counts, holes that another territory fills do not.
fn whole_km2(boundary: &Boundary, drawn: &[&Territory]) -> f64 {
    let of_others = |hole: &Polygon| {
        let Some(inside) = hole.interior_point() else {
            return false;
        };
        boundary
            .territories
            .iter()
            .any(|territory| territory.area.contains(&inside))
    };
    let whole = |polygon: &Polygon| {
        let filled = |ring: &geo::LineString| Polygon::new(ring.clone(), Vec::new());
        let holes = polygon
            .interiors()
            .iter()
            .map(filled)
            .filter(|hole| of_others(hole));
        geodesy::area_km2(&filled(polygon.exterior()))
            - holes.map(|hole| geodesy::area_km2(&hole)).sum::<f64>()
    };
    drawn
        .iter()
        .flat_map(|territory| &territory.area)
        .map(whole)
        .sum()
}

fn spacing_km(drawn: &[&Territory]) -> f64 {
    let rings = drawn
        .iter()
        .flat_map(|territory| &territory.area)
        .map(Polygon::exterior);
    let (length_km, edges) = rings.fold((0.0, 0), |(length_km, edges), ring| {
        (
            length_km + geodesy::length(ring).km(),
            edges + ring.0.len() - 1,
        )
    });
    length_km / edges.max(1) as f64
}

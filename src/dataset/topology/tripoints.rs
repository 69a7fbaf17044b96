//! Places where three territories meet: ends of borders that fall together.

use std::collections::BTreeSet;

use geo::Coord;

use crate::dataset::topology::FACING_M;
use crate::geodesy;
use crate::model::Border;
use crate::model::Code;
use crate::model::Tripoint;
use crate::units::Length;

/// All tripoints, in order of their territories.
pub(super) fn tripoints(borders: &[Border]) -> Vec<Tripoint> {
    let ends: Vec<(Coord, [Code; 2])> = borders
        .iter()
        .filter(|border| !border.is_ring())
        .flat_map(|border| {
            let codes = [border.territories.0, border.territories.1];
            let first = border
                .pieces()
                .first()
                .and_then(|piece| piece.vertices.first());
            let last = border
                .pieces()
                .last()
                .and_then(|piece| piece.vertices.last());
            [first, last]
                .into_iter()
                .flatten()
                .map(move |&end| (end, codes))
        })
        .collect();
    let mut found: Vec<Tripoint> = Vec::new();
    for &(at, codes) in &ends {
        // Where rivers were cut out, the three ends lie on three banks.
        let near = ends
            .iter()
            .filter(|(end, _)| geodesy::distance(at, *end).m() <= 2.0 * FACING_M);
        let near: Vec<&(Coord, [Code; 2])> = near.collect();
        let here: BTreeSet<Code> = near.iter().flat_map(|(_, codes)| *codes).collect();
        for third in here.iter().filter(|code| !codes.contains(code)) {
            let mut territories = [codes[0], codes[1], *third];
            territories.sort_unstable();
            if !found
                .iter()
                .any(|known| known.territories == territories && close(known.at, at))
            {
                let spread = near
                    .iter()
                    .map(|(end, _)| geodesy::distance(at, *end))
                    .fold(Length::ZERO, longer);
                found.push(Tripoint {
                    territories,
                    at,
                    spread,
                });
            }
        }
    }
    found.sort_by_key(|tripoint| tripoint.territories);
    found
}

fn close(a: Coord, b: Coord) -> bool {
    geodesy::distance(a, b).m() <= 4.0 * FACING_M
}

fn longer(a: Length, b: Length) -> Length {
    if a < b { b } else { a }
}

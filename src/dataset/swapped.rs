//! Coordinates in the wrong order: all of a feature's are outside the region, and would be inside if swapped.

use geo::Coord;
use geo::CoordsIter;

use crate::dataset::boundaries;
use crate::dataset::disputes;
use crate::dataset::network;
use crate::dataset::places;
use crate::dataset::segments;
use crate::error::Problem;
use crate::model::DisputePlace;
use crate::model::Extent;
use crate::model::World;

/// Degrees around the region that still count as inside: data sets reach a little over their maps.
const MARGIN: f64 = 1.0;

/// The features whose coordinates look swapped.
pub(super) fn swapped(world: &World) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut check = |file: &str, id: &str, coords: &mut dyn Iterator<Item = Coord>| {
        if looks_swapped(world.meta.region, coords) {
            let message = "coordinates look swapped: GeoJSON positions are longitude, latitude";
            let problem = Problem {
                id: Some(id.to_owned()),
                ..Problem::of_file(file, message)
            };
            problems.push(problem.at("geometry"));
        }
    };
    for boundary in &world.boundaries {
        let file = format!(
            "{}/{}.geojson",
            boundaries::FOLDER,
            world.source_of(boundary).id
        );
        for territory in &boundary.territories {
            check(
                &file,
                territory.code.as_str(),
                &mut territory.area.coords_iter(),
            );
        }
    }
    for (_, place) in world.places.iter() {
        check(places::FILE, &place.id, &mut std::iter::once(place.at));
    }
    for (_, node) in world.nodes.iter() {
        check(network::NODES, &node.id, &mut std::iter::once(node.at));
    }
    for (_, segment) in world.segments.iter() {
        let anchors = match segment.extent {
            Extent::Whole { .. } => continue,
            Extent::Between { from, to, .. } => [from, to],
            Extent::Ring { inside } => [inside, inside],
        };
        check(segments::FILE, &segment.id, &mut anchors.into_iter());
    }
    for (_, dispute) in world.disputes.iter() {
        match &dispute.place {
            DisputePlace::Point(at) => {
                check(disputes::FILE, &dispute.id, &mut std::iter::once(*at));
            }
            DisputePlace::Outline { area, .. } => {
                check(disputes::FILE, &dispute.id, &mut area.coords_iter());
            }
        }
    }
    problems
}

fn looks_swapped(region: [f64; 4], coords: &mut dyn Iterator<Item = Coord>) -> bool {
    let inside = |x: f64, y: f64, margin: f64| {
        (region[0] - margin..=region[2] + margin).contains(&x)
            && (region[1] - margin..=region[3] + margin).contains(&y)
    };
    let mut any = false;
    for coord in coords {
        any = true;
        if inside(coord.x, coord.y, MARGIN) || !inside(coord.y, coord.x, 0.0) {
            return false;
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use geo::Coord;

    use super::looks_swapped;

    #[test]
    fn a_feature_looks_swapped_only_if_all_of_it_does() {
        let region = [41.0, 37.0, 50.0, 43.0];
        let looks = |coords: &[(f64, f64)]| {
            looks_swapped(region, &mut coords.iter().map(|&(x, y)| Coord { x, y }))
        };
        assert!(looks(&[(38.9, 46.2)]));
        assert!(!looks(&[(46.2, 38.9)]));
        assert!(!looks(&[(38.9, 46.2), (46.2, 38.9)]));
        assert!(!looks(&[(10.0, 10.0)]));
        assert!(!looks(&[]));
    }
}

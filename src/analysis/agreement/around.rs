//! Measures beside the line: enclaves, and who lives near it.

use std::collections::BTreeMap;

use geo::Coord;

use crate::analysis::agreement::Asked;
use crate::analysis::agreement::joined;
use crate::analysis::agreement::row::Figure;
use crate::analysis::agreement::row::Value;
use crate::analysis::agreement::row::Where;
use crate::analysis::agreement::row::evidence;
use crate::analysis::disputes;
use crate::analysis::disputes::DisputeRow;
use crate::analysis::exclaves;
use crate::analysis::exclaves::ExclaveRow;
use crate::index::BorderIndex;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::DisputeKind;
use crate::model::Evidence;
use crate::model::Id;
use crate::model::Pair;
use crate::model::Place;
use crate::model::World;
use crate::units::Length;

/// A settlement near a border.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settlement {
    /// The place.
    pub place: Id<Place>,
    /// Its geodesic distance from the border.
    pub distance: Length,
}

/// The settlements of the two states that are within `depth` of their border on a source, in the order of the data.
///
/// # Properties
///
/// The same as measuring every place to every edge of the border.
pub fn settlements(
    world: &World,
    boundary: &Boundary,
    pair: Pair,
    depth: Length,
) -> Vec<Settlement> {
    let index = BorderIndex::of(&boundary.borders, |border| border.pair == pair);
    let mine = world
        .places
        .iter()
        .filter(|(_, place)| pair.has(place.territory.state()));
    mine.filter_map(|(id, place)| {
        let distance = index.nearest(place.at)?.distance;
        (distance <= depth).then_some(Settlement {
            place: id,
            distance,
        })
    })
    .collect()
}

/// The settlements near the border and their inhabitants, by territory.
pub(super) fn frontier(
    asked: &Asked<'_>,
    pair: Pair,
    depth_km: f64,
    depth_basis: &str,
) -> Vec<Figure> {
    let everywhere = Length::from_m(f64::INFINITY);
    let all = settlements(asked.world, asked.boundary, pair, everywhere);
    let mut by_territory: BTreeMap<Code, Vec<Settlement>> = BTreeMap::new();
    for settlement in all {
        let territory = asked.world.places[settlement.place].territory;
        by_territory.entry(territory).or_default().push(settlement);
    }
    let mut figures = Vec::new();
    for (territory, all) in by_territory {
        figures.extend(of_territory(asked, territory, &all, depth_km));
    }
    if figures.is_empty() {
        let why = format!(
            "{} has no border of {pair}, or the data set no settlement of them",
            asked.source
        );
        figures.push(Figure::count("settlements", "settlements", 0, None).noted(why));
    }
    if let Some(first) = figures.first_mut() {
        let depth = format!("{depth_km} km: {depth_basis}");
        first.note = joined(Some(depth), first.note.as_deref());
    }
    figures
}

/// How many of the settlements of a territory are near, who lives there, and which is the nearest.
fn of_territory(
    asked: &Asked<'_>,
    territory: Code,
    all: &[Settlement],
    depth_km: f64,
) -> Vec<Figure> {
    let world = asked.world;
    let subject = format!(
        "{} ({territory}), within {depth_km} km",
        world.territory_name(territory)
    );
    let depth = Length::from_km(depth_km);
    let near = all.iter().filter(|settlement| settlement.distance <= depth);
    let mine: Vec<&Place> = near
        .map(|settlement| &world.places[settlement.place])
        .collect();
    let points: Vec<Coord> = mine.iter().map(|place| place.at).collect();
    let count = Figure {
        on_boundary: true,
        place: if points.is_empty() {
            Where::Nowhere
        } else {
            Where::Points(points)
        },
        ..Figure::count(&subject, "settlements", mine.len(), Some(all.len()))
    };
    let mut figures = vec![count, inhabitants(asked, &subject, &mine)];
    let nearest = all
        .iter()
        .min_by(|a, b| a.distance.m().total_cmp(&b.distance.m()));
    figures.extend(nearest.map(|nearest| {
        let place = &world.places[nearest.place];
        let figure = Figure {
            quantity: Some("nearest"),
            on_boundary: true,
            evidence: evidence(world, [&Evidence::Source(place.source)]),
            place: Where::Points(vec![place.at]),
            ..Figure::km(&subject, nearest.distance.km(), None)
        };
        figure.noted(format!(
            "nearest: {}",
            place.names.label(&world.languages())
        ))
    }));
    figures
}

/// Who lives in these places.
fn inhabitants(asked: &Asked<'_>, subject: &str, places: &[&Place]) -> Figure {
    let counted: Vec<u64> = places.iter().filter_map(|place| place.population).collect();
    let unknown = places.len() - counted.len();
    let note = match (places.len(), unknown) {
        (0, _) => String::new(),
        (_, 0) => "inhabitants as the gazetteer has them, of different years".to_owned(),
        (_, unknown) => format!(
            "inhabitants as the gazetteer has them, of different years; none given for {unknown} settlements"
        ),
    };
    let sources: Vec<Evidence> = places
        .iter()
        .map(|place| Evidence::Source(place.source))
        .collect();
    let figure = Figure {
        subject: subject.to_owned(),
        quantity: Some("inhabitants"),
        value: Some(Value::Whole(counted.iter().sum())),
        unit: Some("inhabitants"),
        on_boundary: true,
        evidence: evidence(asked.world, &sources),
        ..Figure::default()
    };
    figure.noted(note)
}

/// The enclaves that are in other hands than their own state's, then each enclave.
pub(super) fn exclaves(asked: &Asked<'_>, pair: Pair) -> Vec<Figure> {
    let pair = pair.to_string();
    let mine: Vec<DisputeRow> = disputes::rows(asked.world, asked.when)
        .into_iter()
        .filter(|row| row.pair == pair && row.kind == DisputeKind::Enclave.word())
        .collect();
    let in_other_hands = |row: &&DisputeRow| {
        let own = row.de_jure.map(Code::state);
        own.is_some() && row.controlled_by.is_some_and(|by| Some(by.state()) != own)
    };
    let unknown = mine
        .iter()
        .filter(|row| row.controlled_by.is_none() || row.de_jure.is_none())
        .count();
    let other = mine.iter().filter(in_other_hands).count();
    let summary = Figure::count(
        "not under their own state's control",
        "enclaves",
        other,
        Some(mine.len()),
    );
    let mut figures = vec![summary.noted(match unknown {
        0 => String::new(),
        count => format!("for {count} no claim says whose they are or who holds them"),
    })];
    let areas = exclaves::rows(asked.world, false);
    figures.extend(mine.iter().map(|row| enclave(asked, row, &areas)));
    figures
}

fn enclave(asked: &Asked<'_>, row: &DisputeRow, areas: &[ExclaveRow]) -> Figure {
    let drawn = areas
        .iter()
        .find(|area| area.exclave == row.dispute && area.source == asked.source);
    let area_km2 = drawn.and_then(|area| area.area_km2);
    let mut says = Vec::new();
    if let Some(code) = row.de_jure {
        says.push(format!("de jure {code}"));
    }
    says.push(match (row.controlled_by, row.control_since) {
        (Some(by), Some(since)) => format!("controlled by {by} since {since}"),
        (Some(by), None) => format!("controlled by {by}"),
        (None, _) => "no claim about control".to_owned(),
    });
    if area_km2.is_none() {
        says.push(format!("not drawn by {}", asked.source));
    }
    if !row.published_km2.is_empty() {
        says.push(format!("published km²: {}", row.published_km2));
    }
    let point = row.lon.zip(row.lat).map(|(x, y)| Coord { x, y });
    let figure = Figure {
        subject: row.names.clone(),
        quantity: Some("area"),
        value: area_km2.map(Value::Real),
        unit: area_km2.map(|_| "km2"),
        on_boundary: area_km2.is_some(),
        evidence: row
            .control_source
            .clone()
            .or_else(|| {
                row.control_assumption
                    .as_ref()
                    .map(|_| "assumption".to_owned())
            })
            .into_iter()
            .collect(),
        place: point.map_or(Where::Nowhere, |at| Where::Points(vec![at])),
        ..Figure::default()
    };
    figure.noted(says.join("; "))
}

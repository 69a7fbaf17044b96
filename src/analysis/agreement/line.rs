//! Measures along the border line: its length, its stages, its open segments.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use geo::Coord;

use crate::analysis::agreement::Asked;
use crate::analysis::agreement::row::Figure;
use crate::analysis::agreement::row::Where;
use crate::analysis::agreement::row::evidence;
use crate::analysis::segments;
use crate::analysis::segments::StatusOn;
use crate::analysis::segments::Stretch;
use crate::model::Agreement;
use crate::model::Border;
use crate::model::Claim;
use crate::model::Extent;
use crate::model::Pair;
use crate::model::Stage;
use crate::units::Length;

/// The class of a segment that no joint or third-party claim speaks for.
const NO_CLAIM: &str = "no joint claim";
/// The class of a segment about which the parties' statements differ, with no joint one.
const DIFFERING: &str = "the parties differ";

/// The classes in the order in which they are told.
const CLASSES: [&str; 6] = [
    Agreement::Agreed.word(),
    Agreement::AgreedInPrinciple.word(),
    Agreement::Contested.word(),
    Agreement::UnilateralClaim.word(),
    DIFFERING,
    NO_CLAIM,
];

/// The border's length.
pub(super) fn length(asked: &Asked<'_>, pair: Pair) -> Vec<Figure> {
    let borders: Vec<&Border> = asked.boundary.borders_of(pair).collect();
    if borders.is_empty() {
        return vec![not_drawn(asked, pair)];
    }
    let total: Length = borders.iter().map(|border| border.length()).sum();
    let edges: usize = borders.iter().map(|border| border.edges()).sum();
    let accuracy = asked.world.source_of(asked.boundary).accuracy_m;
    let note = format!(
        "a vertex each {:.0} m on average{}",
        total.m() / edges.max(1) as f64,
        accuracy.map_or_else(String::new, |m| format!(
            "; 95 % of the line is accurate to {m} m"
        ))
    );
    let lines = borders
        .iter()
        .flat_map(|border| border.pieces())
        .map(|piece| piece.vertices.clone());
    let figure = Figure {
        on_boundary: true,
        place: Where::Lines(lines.collect()),
        ..Figure::km(&format!("border {pair}"), total.km(), None)
    };
    vec![figure.noted(note)]
}

fn not_drawn(asked: &Asked<'_>, pair: Pair) -> Figure {
    Figure {
        subject: format!("border {pair}"),
        on_boundary: true,
        ..Figure::default()
    }
    .noted(format!("{} draws no border of {pair}", asked.source))
}

/// The stretches of the pair's border.
fn stretches(asked: &Asked<'_>, pair: Pair) -> Vec<Stretch> {
    let borders = asked.boundary.borders.iter().enumerate();
    borders
        .filter(|(_, border)| border.pair == pair)
        .flat_map(|(number, _)| {
            segments::stretches_of(asked.world, asked.boundary, number, asked.when)
        })
        .collect()
}

fn km<'s>(stretches: impl IntoIterator<Item = &'s Stretch>) -> f64 {
    let lengths = stretches
        .into_iter()
        .map(|stretch| stretch.to - stretch.from);
    lengths.sum::<Length>().km()
}

fn drawn<'s>(asked: &Asked<'_>, stretches: impl IntoIterator<Item = &'s Stretch>) -> Where {
    let lines: Vec<Vec<Coord>> = stretches
        .into_iter()
        .flat_map(|stretch| asked.boundary.borders[stretch.border].cut(stretch.from, stretch.to))
        .collect();
    if lines.is_empty() {
        Where::Nowhere
    } else {
        Where::Lines(lines)
    }
}

/// How much of the border has come to `stage` or beyond: as published, and as far as the line shows it.
pub(super) fn reached(
    asked: &Asked<'_>,
    pair: Pair,
    stage: Stage,
    published_km: &[Claim<f64>],
) -> Vec<Figure> {
    let all = stretches(asked, pair);
    let total = km(&all);
    let of = (total > 0.0).then_some(total);
    let seen = published_km
        .iter()
        .filter(|claim| claim.holds_on(asked.when.on) && claim.seen_from(asked.when.view));
    let mut figures: Vec<Figure> = seen
        .map(|claim| {
            let figure = Figure {
                on_boundary: of.is_some(),
                evidence: evidence(asked.world, [&claim.evidence]),
                ..Figure::km(&format!("{stage}, as published"), claim.value, of)
            };
            figure.noted(claim.note.clone().unwrap_or_default())
        })
        .collect();
    if all.is_empty() {
        figures.push(not_drawn(asked, pair));
        return figures;
    }
    let mine: Vec<&Stretch> = all
        .iter()
        .filter(|stretch| stretch.status.stage.is_some_and(|own| own >= stage))
        .collect();
    let claims: BTreeSet<String> = mine
        .iter()
        .flat_map(|stretch| sources(&stretch.status, "stage"))
        .collect();
    let figure = Figure {
        on_boundary: true,
        evidence: claims.into_iter().collect(),
        place: drawn(asked, mine.iter().copied()),
        ..Figure::km(
            &format!("{stage}, on the line drawn"),
            km(mine.iter().copied()),
            of,
        )
    };
    figures.push(figure.noted(pieces(asked, &mine)));
    figures
}

/// How many pieces, and how well they are placed.
fn pieces(asked: &Asked<'_>, mine: &[&Stretch]) -> String {
    let accuracy = |stretch: &&Stretch| match asked.world.segments[stretch.segment?].extent {
        Extent::Between {
            anchor_accuracy_m, ..
        } => Some(anchor_accuracy_m),
        Extent::Whole { .. } | Extent::Ring { .. } => None,
    };
    let accuracies: Vec<f64> = mine.iter().filter_map(accuracy).collect();
    let count = match mine.len() {
        0 => return String::new(),
        1 => "one piece".to_owned(),
        count => format!("{count} pieces"),
    };
    let Some(worst) = accuracies.iter().copied().reduce(f64::max) else {
        return count;
    };
    // Either end of a piece may be off.
    let slack_km = 2.0 * accuracies.iter().sum::<f64>() / 1000.0;
    let meaning = if slack_km >= km(mine.iter().copied()) {
        "; together that is more than their length, so this shows where they are, not how long"
    } else {
        ""
    };
    format!("{count}, whose ends are placed to within {worst} m at worst{meaning}")
}

/// The sources of the claims on one axis of a status.
fn sources(status: &StatusOn, axis: &str) -> Vec<String> {
    let claims = status.claims.iter().filter(|claim| claim.axis == axis);
    claims
        .map(|claim| {
            claim
                .source
                .clone()
                .unwrap_or_else(|| "assumption".to_owned())
        })
        .collect()
}

/// The class of a status on the axis of agreement.
fn class(status: &StatusOn) -> &'static str {
    match status.agreement {
        Some(agreement) => agreement.word(),
        None if status.differing.contains(&"agreement") => DIFFERING,
        None => NO_CLAIM,
    }
}

/// The named segments and the stretches of one class.
#[derive(Default)]
struct Class<'s> {
    segments: Vec<&'s StatusOn>,
    stretches: Vec<&'s Stretch>,
}

impl Class<'_> {
    fn extend(&mut self, other: &Self) {
        self.segments.extend(&other.segments);
        self.stretches.extend(&other.stretches);
    }

    /// The sources of what the claims say about agreement.
    fn cited(&self) -> Vec<String> {
        let on_the_line = self.stretches.iter().map(|stretch| &stretch.status);
        let statuses = self.segments.iter().copied().chain(on_the_line);
        let ids: BTreeSet<String> = statuses
            .flat_map(|status| sources(status, "agreement"))
            .collect();
        ids.into_iter().collect()
    }

    /// How many of the named segments, and how much of the line.
    fn figures(
        &self,
        asked: &Asked<'_>,
        subject: &str,
        segments: usize,
        total_km: Option<f64>,
    ) -> [Figure; 2] {
        let mine = || self.stretches.iter().copied();
        [
            Figure::count(subject, "segments", self.segments.len(), Some(segments)),
            Figure {
                on_boundary: true,
                evidence: self.cited(),
                place: drawn(asked, mine()),
                ..Figure::km(subject, km(mine()), total_km)
            },
        ]
    }
}

/// The named segments and the kilometres of the border by agreement; first all that is not agreed.
pub(super) fn open_segments(asked: &Asked<'_>, pair: Pair) -> Vec<Figure> {
    let stretches = stretches(asked, pair);
    let named = named(asked, pair);
    let mut classes: BTreeMap<&str, Class<'_>> = BTreeMap::new();
    for status in &named {
        let class = classes.entry(class(status)).or_default();
        class.segments.push(status);
    }
    for stretch in &stretches {
        let class = classes.entry(class(&stretch.status)).or_default();
        class.stretches.push(stretch);
    }
    let total = km(&stretches);
    let of = (total > 0.0).then_some(total);
    let mut open = Class::default();
    for (_, found) in classes
        .iter()
        .filter(|(class, _)| **class != Agreement::Agreed.word())
    {
        open.extend(found);
    }
    let [count, length] = open.figures(asked, "open: not agreed", named.len(), of);
    let mut figures = vec![
        count.noted("named segments; the kilometres are of the whole line".to_owned()),
        // What it rests on stands with its classes.
        Figure {
            evidence: Vec::new(),
            ..length
        },
    ];
    for class in CLASSES {
        if let Some(found) = classes.get(class) {
            figures.extend(found.figures(asked, class, named.len(), of));
        }
    }
    figures
}

/// The status of each named segment of a pair.
fn named(asked: &Asked<'_>, pair: Pair) -> Vec<StatusOn> {
    let segments = asked.world.segments.iter();
    segments
        .filter(|(_, segment)| segment.pair == pair && !segment.is_whole())
        .map(|(id, _)| {
            segments::status_of(asked.world, Some(id), asked.world.whole_of(id), asked.when)
        })
        .collect()
}

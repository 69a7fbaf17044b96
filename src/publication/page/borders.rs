//! The status of border segments.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::analysis::length::LengthRow;
use crate::analysis::segments::SegmentRow;
use crate::analysis::segments::Stretch;
use crate::model::Agreement;
use crate::model::Basis;
use crate::model::Extent;
use crate::model::Id;
use crate::model::Pair;
use crate::model::Segment;
use crate::model::Stage;
use crate::publication::page::Page;
use crate::publication::page::claims;
use crate::publication::page::figure::figure;
use crate::publication::page::places;
use crate::publication::page::words;
use crate::publication::page::words::decimal;
use crate::publication::page::words::km;
use crate::report::html::Column;
use crate::report::html::Html;
use crate::report::html::HtmlTable;

/// A stretch with its row.
type Own<'m> = (&'m SegmentRow, &'m Stretch);

/// The section.
pub(super) fn body(page: &Page<'_>) -> Html {
    let mut html = Html::new();
    figure(
        page,
        &mut html,
        "overview",
        "Borders by status, corridors by condition, crossings by whether they are open.",
    );
    for pair in page.material.pairs() {
        html.leaf("h3", &[], format!("The border of {}", page.states(pair)));
        let name = format!("border-{}", pair.to_string().to_lowercase());
        figure(
            page,
            &mut html,
            &name,
            "The numbers are those of the table on the map.",
        );
        of_pair(page, &mut html, pair);
    }
    places::enclaves(page, &mut html);
    places::disputes(page, &mut html);
    others(page, &mut html);
    places::tripoints(page, &mut html);
    html
}

fn of_pair(page: &Page<'_>, html: &mut Html, pair: Pair) {
    let name = pair.to_string();
    let material = page.material;
    let own: Vec<Own<'_>> = material
        .segments
        .iter()
        .zip(&material.stretches)
        .filter(|(row, _)| row.pair == name)
        .collect();
    lengths(page, html, pair);
    sums(html, pair, &own);
    segments(page, html, pair, &own);
    evidence(page, html, &own);
}

fn lengths(page: &Page<'_>, html: &mut Html, pair: Pair) {
    let name = pair.to_string();
    let row = |row: &LengthRow| {
        vec![
            row.source.as_str().into(),
            part(page, &row.part).into(),
            km(row.length_km).into(),
            row.vertices.to_string().into(),
            format!("{:.0}", row.spacing_m).into(),
            format!("{:.1}", row.shared_pct).into(),
            km(row.gaps_km).into(),
            row.accuracy_m
                .map(|metres| Html::of(format!("{metres:.0}")))
                .unwrap_or_default(),
        ]
    };
    // The source in use comes first; the sort is stable.
    let mut sorted: Vec<&LengthRow> = page
        .material
        .lengths
        .iter()
        .filter(|row| row.pair == name)
        .collect();
    sorted.sort_by_key(|row| row.source != page.material.source());
    let table = HtmlTable {
        id: &format!("lengths-{}", name.to_lowercase()),
        caption: format!("How long is it? Geodesic length on each source, {name}").into(),
        columns: vec![
            Column::text("Source", ""),
            Column::text("Part", "all is the sum of the parts"),
            Column::number("Length, km", ""),
            Column::number("Vertices", ""),
            Column::number(
                "Spacing, m",
                "mean distance between vertices: a finer line is longer",
            ),
            Column::number(
                "Shared, %",
                "share that both sides draw with the same vertices",
            ),
            Column::number(
                "Gaps, km",
                "where the source cut water out; not in the length",
            ),
            Column::number(
                "Accuracy, m",
                "95 % of the line is within this, see Sources",
            ),
        ],
        rows: sorted.into_iter().map(row).collect(),
    };
    table.write(html);
    table.legend(html);
    words::command(html, &format!("araxes border lengths --pair {name}"));
}

/// `main part`, `Nakhchivan part`, …
fn part(page: &Page<'_>, label: &str) -> String {
    match label {
        "all" => "all".to_owned(),
        "main" => "main part".to_owned(),
        other => match other.split_once(' ') {
            Some(("ring" | "exclave", slug)) => {
                let disputes = &page.material.world.disputes;
                let name = disputes.find(slug).map(|id| disputes[id].names.english());
                format!("outline of {}", name.unwrap_or(slug))
            }
            _ => other.parse().map_or_else(
                |_| other.to_owned(),
                |code| format!("{} part", page.territory(code)),
            ),
        },
    }
}

fn sums(html: &mut Html, pair: Pair, own: &[Own<'_>]) {
    let mut sums: BTreeMap<(Option<_>, Option<_>), (f64, usize)> = BTreeMap::new();
    for (row, _) in own {
        let sum = sums
            .entry((
                row.stage.map(Stage::word),
                row.agreement.map(Agreement::word),
            ))
            .or_default();
        *sum = (sum.0 + row.length_km, sum.1 + 1);
    }
    let total: f64 = own.iter().map(|(row, _)| row.length_km).sum();
    let rows = sums.iter().map(|((stage, agreement), (length, count))| {
        vec![
            word(*stage),
            word(*agreement),
            km(*length).into(),
            format!("{:.1}", 100.0 * length / total.max(1.0)).into(),
            count.to_string().into(),
        ]
    });
    let table = HtmlTable {
        id: &format!("sums-{}", pair.to_string().to_lowercase()),
        caption: "How much of it has which status?".into(),
        columns: vec![
            Column::text(
                "Stage",
                "how far the making of the border has come, after Jones 1945: allocated, delimited, demarcated, administered",
            ),
            Column::text("Agreement", "whether the parties agree on it"),
            Column::number("Length, km", ""),
            Column::number("Share, %", ""),
            Column::number("Stretches", ""),
        ],
        rows: rows.collect(),
    };
    table.write(html);
    table.legend(html);
}

fn segments(page: &Page<'_>, html: &mut Html, pair: Pair, own: &[Own<'_>]) {
    let table = HtmlTable {
        id: &format!("segments-{}", pair.to_string().to_lowercase()),
        caption: format!(
            "Segment by segment along the line, {pair}, on {}",
            page.material.source()
        )
        .into(),
        columns: vec![
            Column::text("Segment", ""),
            Column::text("Part", ""),
            Column::number(
                "From, km",
                "chainage from the start that the commissions agreed",
            ),
            Column::number("To, km", ""),
            Column::number("Length, km", ""),
            Column::text("Stage", ""),
            Column::text("Agreement", ""),
            Column::text("Control", "who holds ground on each side"),
            Column::text("Basis", "what the line rests on"),
            Column::number(
                "Known, m",
                "the line on the ground is known to within this (95 %)",
            ),
            Column::number("Ends, m", "how far the ends of the segment may be off"),
            Column::text(
                "Statements differ on",
                "axes on which the parties’ statements are not the same",
            ),
        ],
        rows: own.iter().map(|own| segment(page, *own)).collect(),
    };
    table.write(html);
    table.legend(html);
    words::command(html, &format!("araxes border segments --pair {pair}"));
}

fn segment(page: &Page<'_>, (row, stretch): Own<'_>) -> Vec<Html> {
    let anchored = stretch.segment.filter(|&id| is_anchored(page, id));
    let mut name = Html::new();
    match (anchored, row.segment.as_deref()) {
        (Some(segment), Some(id)) => {
            let names = &page.material.world.segments[segment].names;
            name.element("a", &[("href", &format!("#segment-{id}"))], |html| {
                html.text(names.english());
            });
            page.other_names(&mut name, names, id);
        }
        (None, Some(id)) => link(&mut name, "between named segments", id),
        _ => name.text("no record"),
    }
    vec![
        name,
        part(page, &row.part).into(),
        km(row.from_km).into(),
        km(row.to_km).into(),
        km(row.length_km).into(),
        word(row.stage.map(Stage::word)),
        word(row.agreement.map(Agreement::word)),
        stretch
            .status
            .control
            .as_ref()
            .map(|control| Html::of(words::control(control)))
            .unwrap_or_default(),
        word(row.basis.map(Basis::word)),
        row.geometry_m
            .map(|metres| Html::of(format!("{metres:.0}")))
            .unwrap_or_default(),
        row.anchor_accuracy_m
            .map(|metres| Html::of(format!("{metres:.0}")))
            .unwrap_or_default(),
        row.differing.as_str().into(),
    ]
}

/// A word of the records as a reader says it.
fn word(word: Option<&'static str>) -> Html {
    Html::of(word.unwrap_or("no joint claim").replace('-', " "))
}

/// A name that leads to the evidence.
fn link(html: &mut Html, name: &str, id: &str) {
    html.leaf("a", &[("href", &format!("#segment-{id}"))], name);
    html.element("span", &[("class", "id")], |html| {
        html.leaf("code", &[], id);
    });
}

fn is_anchored(page: &Page<'_>, id: Id<Segment>) -> bool {
    matches!(
        page.material.world.segments[id].extent,
        Extent::Between { .. }
    )
}

/// What the status of each segment rests on.
fn evidence(page: &Page<'_>, html: &mut Html, own: &[Own<'_>]) {
    html.leaf("h4", &[], "The evidence, segment by segment");
    let note = "Every statement with its source. A segment takes from the record of its whole part what it has no statement on; \
                both are listed.";
    html.leaf("p", &[("class", "note")], note);
    let mut told: BTreeSet<Id<Segment>> = BTreeSet::new();
    for (row, stretch) in own {
        let Some(id) = stretch.segment.filter(|&id| told.insert(id)) else {
            continue;
        };
        let segment = &page.material.world.segments[id];
        html.element(
            "details",
            &[("id", &format!("segment-{}", segment.id))],
            |html| {
                html.element("summary", &[], |html| {
                    html.text(&row.names);
                    html.element("span", &[("class", "id")], |html| {
                        html.leaf("code", &[], &segment.id);
                    });
                });
                if let Some(issue) = &segment.issue {
                    html.element("p", &[], |html| page.prose(html, issue));
                }
                claims::list(page, html, &stretch.status.claims);
                html.element("p", &[("class", "note")], |html| {
                    html.text("Where it is: ");
                    page.prose(html, &segment.anchor_basis);
                });
                words::command(html, &format!("araxes status --segment {}", segment.id));
            },
        );
    }
}

/// The borders that have no segments of their own.
fn others(page: &Page<'_>, html: &mut Html) {
    let pairs: BTreeSet<String> = page
        .material
        .pairs()
        .iter()
        .map(ToString::to_string)
        .collect();
    let material = page.material;
    let rows = material
        .segments
        .iter()
        .zip(&material.stretches)
        .filter(|(row, _)| !pairs.contains(&row.pair));
    let own: Vec<Own<'_>> = rows.collect();
    if own.is_empty() {
        return;
    }
    html.leaf("h3", &[], "The other borders of the region");
    let table = HtmlTable {
        id: "other-borders",
        caption: format!(
            "Length and status of the other borders, on {}",
            material.source()
        )
        .into(),
        columns: vec![
            Column::text("States", ""),
            Column::text("Part", ""),
            Column::number("Length, km", "inside the region of the data"),
            Column::text("Stage", ""),
            Column::text("Agreement", ""),
            Column::text("Basis", ""),
            Column::number("Known, m", ""),
        ],
        rows: own
            .iter()
            .map(|(row, _)| {
                let pair = row.pair.parse::<Pair>().map(|pair| page.states(pair));
                vec![
                    pair.unwrap_or_else(|_| row.pair.clone()).into(),
                    part(page, &row.part).into(),
                    km(row.length_km).into(),
                    word(row.stage.map(Stage::word)),
                    word(row.agreement.map(Agreement::word)),
                    word(row.basis.map(Basis::word)),
                    decimal(row.geometry_m),
                ]
            })
            .collect(),
    };
    table.write(html);
    words::command(html, "araxes border segments");
    evidence(page, html, &own);
}

//! What the data do not say.

use crate::model::Evidence;
use crate::model::LengthBasis;
use crate::publication::page::Page;
use crate::publication::page::words;
use crate::publication::page::words::counted;
use crate::publication::page::words::km;
use crate::report::html::Html;

/// The section.
pub(super) fn body(page: &Page<'_>) -> Html {
    let mut html = Html::new();
    html.element("ul", &[], |html| {
        for note in &page.material.world.meta.notes {
            html.element("li", &[], |html| page.prose(html, note));
        }
    });
    html.leaf("h3", &[], "Counted in the data");
    html.element("ul", &[], |html| {
        for finding in [
            extents(page),
            differing(page),
            ends(page),
            lengths(page),
            conditions(page),
        ]
        .into_iter()
        .flatten()
        {
            html.leaf("li", &[], finding);
        }
    });
    html
}

fn extents(page: &Page<'_>) -> Option<String> {
    let unknown: Vec<String> = page
        .material
        .disputes
        .iter()
        .filter(|row| row.extent_source.is_none())
        .map(|row| page.dispute(&row.dispute))
        .collect();
    (!unknown.is_empty()).then(|| {
        format!(
            "The extent of {} is in no source used here: {}.",
            counted(unknown.len(), "place"),
            words::listed(&unknown)
        )
    })
}

fn differing(page: &Page<'_>) -> Option<String> {
    let rows = page
        .material
        .segments
        .iter()
        .filter(|row| !row.differing.is_empty());
    let total: f64 = rows.map(|row| row.length_km).sum();
    (total > 0.0).then(|| {
        format!("On {} km of border the parties’ statements about stage, agreement, control or basis differ; the tables show which.", km(total))
    })
}

fn ends(page: &Page<'_>) -> Option<String> {
    let accuracies: Vec<f64> = page
        .material
        .segments
        .iter()
        .filter_map(|row| row.anchor_accuracy_m)
        .collect();
    let widest = accuracies.iter().copied().reduce(f64::max)?;
    let least = accuracies.iter().copied().reduce(f64::min)?;
    Some(format!(
        "The ends of the {} are placed to within {} to {} of where they belong: their lengths are no more exact than that.",
        counted(accuracies.len(), "named segment"),
        words::distance(least),
        words::distance(widest)
    ))
}

fn lengths(page: &Page<'_>) -> Option<String> {
    let links = page
        .material
        .corridors
        .iter()
        .flat_map(|detail| &detail.links);
    let mut seen: Vec<(&str, f64, bool)> = links
        .map(|row| {
            (
                row.link.as_str(),
                row.length_km,
                matches!(row.length_basis, LengthBasis::Geodesic),
            )
        })
        .collect();
    seen.sort_by(|one, other| one.0.cmp(other.0));
    seen.dedup_by(|one, other| one.0 == other.0);
    let total: f64 = seen.iter().map(|(_, length, _)| length).sum();
    let measured: f64 = seen
        .iter()
        .filter(|(_, _, measured)| *measured)
        .map(|(_, length, _)| length)
        .sum();
    (total > 0.0).then(|| {
        format!(
            "Of {} km of links in corridors, {} km have no published, posted or network length: they are measured on the drawn line.",
            km(total),
            km(measured)
        )
    })
}

fn conditions(page: &Page<'_>) -> Option<String> {
    let world = page.material.world;
    let mut links: Vec<_> = world
        .corridors
        .iter()
        .flat_map(|(_, corridor)| corridor.links.iter().copied())
        .collect();
    links.sort_unstable();
    links.dedup();
    let assumed = links.iter().filter(|id| {
        let condition = world.links[**id].condition_on(page.material.when.on);
        condition.is_none_or(|claim| matches!(claim.evidence, Evidence::Assumption(_)))
    });
    let assumed = assumed.count();
    (assumed > 0).then(|| {
        format!("The condition of {} of {} links in corridors rests on an assumption, not on a source; their lines in “Link by link” say which.", assumed, links.len())
    })
}

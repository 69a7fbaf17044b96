//! Claims as lists: what is said, since when, by whom.

use crate::analysis::segments::ClaimRow;
use crate::publication::page::Page;
use crate::report::html::Html;

/// Adds the claims of a stretch as a list.
pub(super) fn list(page: &Page<'_>, html: &mut Html, claims: &[ClaimRow]) {
    html.element("ul", &[("class", "claims")], |html| {
        for claim in claims {
            html.element("li", &[], |html| item(page, html, claim));
        }
    });
}

fn item(page: &Page<'_>, html: &mut Html, claim: &ClaimRow) {
    html.leaf("span", &[("class", "axis")], claim.axis);
    html.text(" ");
    html.leaf("b", &[], &claim.value);
    if let Some(from) = claim.from {
        html.text(format!(", since {from}"));
    }
    if let Some(to) = claim.to {
        html.text(format!(", until {to}"));
    }
    if let Some(view) = claim.view {
        html.text(format!(", as stated by {}", page.territory(view)));
    }
    page.grounds(html, claim.source.as_deref(), claim.assumption.as_deref());
    if let Some(note) = &claim.note {
        html.text(" ");
        html.element("span", &[("class", "note")], |html| page.prose(html, note));
    }
}

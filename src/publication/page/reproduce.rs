//! How to make this report again, and what lies beside it.

use std::fmt::Write as _;

use crate::publication::page::Page;
use crate::publication::page::words;
use crate::report::html::Html;

/// The section.
pub(super) fn body(page: &Page<'_>) -> Html {
    let settings = page.material.settings;
    let mut command = "araxes report --output output".to_owned();
    if let Some(on) = settings.on {
        let _ = write!(command, " --on {on}");
    }
    if let Some(view) = settings.view {
        let _ = write!(command, " --view {view}");
    }
    if let Some(source) = &settings.source {
        let _ = write!(command, " --source {source}");
    }
    let mut html = Html::new();
    words::paragraph(
        &mut html,
        &format!(
            "Made by araxes {} from the data that the program carries. The same program and data give the same bytes, on any machine.",
            env!("CARGO_PKG_VERSION")
        ),
    );
    words::command(&mut html, &command);
    words::paragraph(
        &mut html,
        "The small print under each figure and table is the command that gives it again; with --format json, csv or geojson the \
         same rows come out for other programs. Beside this page lie maps/ (SVG and PNG), tables/ (CSV) and geojson/ (for a GIS); \
         manifest.json lists them.",
    );
    html
}

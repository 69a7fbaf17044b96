//! The page of a report: one file that reads on its own, without a script, a network or the rest of the folder.
//!
//! Every figure is taken from a row; beside it stand the command that gives it again and the sources behind it.

mod agreement;
mod borders;
mod certificates;
mod claims;
mod corridors;
mod figure;
mod places;
mod reproduce;
mod scenarios;
mod sources;
mod summary;
#[cfg(test)]
mod tests;
mod transit;
mod unknown;
mod words;

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::map::sheet::long_date;
use crate::publication::File;
use crate::publication::maps::Drawing;
use crate::publication::material::Material;
use crate::report::html::Html;

/// How the page looks.
const STYLE: &str = include_str!("page.css");
/// Sorts tables and opens everything for print; the page is whole without it.
const SCRIPT: &str = include_str!("page.js");

/// What the sections are made of.
#[derive(Debug)]
struct Page<'m> {
    material: &'m Material<'m>,
    drawings: &'m [Drawing],
    /// The sources cited so far: the bibliography lists them.
    cited: RefCell<BTreeSet<String>>,
}

/// A section: its anchor, its title, its content.
struct Section {
    id: &'static str,
    title: &'static str,
    body: Html,
}

/// The page.
pub(super) fn file(material: &Material<'_>, drawings: &[Drawing]) -> File {
    let page = Page {
        material,
        drawings,
        cited: RefCell::new(BTreeSet::new()),
    };
    let section = |id, title, body| Section { id, title, body };
    let mut sections = vec![
        section("summary", "In one page", summary::body(&page)),
        section(
            "borders",
            "What is the status of each piece of the border?",
            borders::body(&page),
        ),
        section(
            "corridors",
            "How long is each corridor, and what exists of it?",
            corridors::body(&page),
        ),
        section("transit", "Which ways avoid a state?", transit::body(&page)),
        section(
            "certificates",
            "How sure is it that they avoid it?",
            certificates::body(&page),
        ),
        section("scenarios", "What would change it?", scenarios::body(&page)),
        section("unknown", "What is not known", unknown::body(&page)),
    ];
    if let Some(scorecard) = &material.scorecard {
        sections.insert(
            1,
            section(
                "agreement",
                "What of the agreement can be measured?",
                agreement::body(&page, scorecard),
            ),
        );
    }
    // Last: it lists what the others cite.
    sections.push(section("sources", "Sources", sources::body(&page)));
    sections.push(section(
        "reproduce",
        "How to reproduce this",
        reproduce::body(&page),
    ));
    let mut html = Html::new();
    html.raw("<!DOCTYPE html>\n");
    html.element("html", &[("lang", "en")], |html| {
        head(&page, html);
        html.element("body", &[], |html| content(&page, &sections, html));
    });
    File::text("report.html", html.into_string())
}

fn head(page: &Page<'_>, html: &mut Html) {
    html.element("head", &[], |html| {
        html.void("meta", &[("charset", "utf-8")]);
        html.void(
            "meta",
            &[
                ("name", "viewport"),
                ("content", "width=device-width, initial-scale=1"),
            ],
        );
        html.void(
            "meta",
            &[("name", "color-scheme"), ("content", "light dark")],
        );
        html.leaf(
            "title",
            &[],
            format!(
                "{} ({})",
                page.material.world.meta.title, page.material.when.on
            ),
        );
        html.element("style", &[], |html| html.raw(STYLE));
    });
}

fn content(page: &Page<'_>, sections: &[Section], html: &mut Html) {
    html.element("a", &[("class", "skip"), ("href", "#summary")], |html| {
        html.text("To the summary");
    });
    html.element("header", &[], |html| {
        html.leaf("h1", &[], &page.material.world.meta.title);
        html.leaf("p", &[("class", "lead")], lead(page));
    });
    html.element("nav", &[("aria-label", "Contents")], |html| {
        html.element("ol", &[], |html| {
            for section in sections {
                let anchor = format!("#{}", section.id);
                html.element("li", &[], |html| {
                    html.leaf("a", &[("href", &anchor)], section.title);
                });
            }
        });
    });
    html.element("main", &[], |html| {
        for section in sections {
            html.element("section", &[("id", section.id)], |html| {
                html.leaf("h2", &[], section.title);
                html.add(&section.body);
            });
        }
    });
    html.element("footer", &[], |html| {
        html.leaf(
            "p",
            &[],
            "Lines and names in this report imply no endorsement by anyone.",
        );
    });
    html.element("script", &[], |html| html.raw(SCRIPT));
}

fn lead(page: &Page<'_>) -> String {
    let material = page.material;
    let view = match material.when.view {
        Some(state) => {
            format!(
                "Where the parties differ, the statements of {} are followed.",
                material.world.territory_name(state)
            )
        }
        None => "The statements of all parties are shown side by side.".to_owned(),
    };
    format!(
        "The state of {}. Lines measured on {} unless another source is named. {view}",
        long_date(material.when.on),
        material.world.source_of(material.boundary).title
    )
}

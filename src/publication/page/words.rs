//! Small pieces that all sections share: names, figures, commands, citations.

use crate::analysis::certificate::Verdict;
use crate::model::Code;
use crate::model::Control;
use crate::model::Names;
use crate::model::Pair;
use crate::publication::page::Page;
use crate::report::html::Html;

impl<'m> Page<'m> {
    /// The English name of a territory, else its code.
    pub(super) fn territory(&self, code: Code) -> String {
        self.material.world.territory_name(code)
    }

    /// `Armenia and Azerbaijan`.
    pub(super) fn states(&self, pair: Pair) -> String {
        format!(
            "{} and {}",
            self.territory(pair.first),
            self.territory(pair.second)
        )
    }

    /// The English name of a node, else its id.
    pub(super) fn node(&self, slug: &'m str) -> &'m str {
        let world = self.material.world;
        let found = world.nodes.find(slug).map(|id| &world.nodes[id].names);
        found
            .filter(|names| !names.is_empty())
            .map_or(slug, |names| names.english())
    }

    /// The English name of a crossing, else its id.
    pub(super) fn crossing(&self, slug: &'m str) -> &'m str {
        let world = self.material.world;
        let found = world
            .crossings
            .find(slug)
            .map(|id| &world.crossings[id].names);
        found
            .filter(|names| !names.is_empty())
            .map_or(slug, |names| names.english())
    }

    /// The English name of a link, else the places that it joins.
    pub(super) fn link(&self, slug: &'m str) -> String {
        let world = self.material.world;
        let Some(link) = world.links.find(slug).map(|id| &world.links[id]) else {
            return slug.to_owned();
        };
        if !link.names.is_empty() {
            return link.names.english().to_owned();
        }
        let (from, to) = (&world.nodes[link.from], &world.nodes[link.to]);
        if from.names.is_empty() || to.names.is_empty() {
            return slug.to_owned();
        }
        format!("{} – {}", from.names.english(), to.names.english())
    }

    /// The English name of a dispute, else its id.
    pub(super) fn dispute(&self, slug: &str) -> String {
        let disputes = &self.material.world.disputes;
        disputes
            .find(slug)
            .map_or(slug, |id| disputes[id].names.english())
            .to_owned()
    }

    /// The title of a scenario, else its id.
    pub(super) fn scenario(&self, slug: &'m str) -> &'m str {
        let world = self.material.world;
        world
            .scenarios
            .find(slug)
            .map_or(slug, |id| &world.scenarios[id].title)
    }

    /// Cites a source: a link into the bibliography.
    pub(super) fn cite(&self, html: &mut Html, source: &str) {
        self.cited.borrow_mut().insert(source.to_owned());
        html.leaf(
            "a",
            &[("class", "src"), ("href", &format!("#src-{source}"))],
            format!("[{source}]"),
        );
    }

    /// Adds text in which `[source]` stands for a citation, and words between backticks for an id.
    pub(super) fn prose(&self, html: &mut Html, text: &str) {
        for (place, part) in text.split('`').enumerate() {
            if place % 2 == 0 {
                self.with_citations(html, part);
            } else {
                html.leaf("code", &[], part);
            }
        }
    }

    fn with_citations(&self, html: &mut Html, text: &str) {
        let mut rest = text;
        while let Some((before, bracket)) = rest.split_once('[') {
            let Some((inside, after)) = bracket.split_once(']') else {
                break;
            };
            html.text(before);
            if self.material.world.sources.find(inside).is_some() {
                self.cite(html, inside);
            } else {
                html.text(format!("[{inside}]"));
            }
            rest = after;
        }
        html.text(rest);
    }

    /// Text with its citations as a piece.
    pub(super) fn cited_text(&self, text: &str) -> Html {
        let mut html = Html::new();
        self.prose(&mut html, text);
        html
    }

    /// Adds what a value rests on: a citation, or the basis of an assumption.
    pub(super) fn grounds(&self, html: &mut Html, source: Option<&str>, assumption: Option<&str>) {
        if let Some(source) = source {
            html.text(" ");
            self.cite(html, source);
        }
        if let Some(basis) = assumption {
            html.text(" ");
            html.leaf("em", &[], format!("assumed: {basis}"));
        }
    }

    /// A thing's English name, its other names in the languages of the labels, and the id that files and commands know it by.
    pub(super) fn names(&self, names: &Names, id: &str) -> Html {
        let mut html = Html::of(names.english());
        self.other_names(&mut html, names, id);
        html
    }

    /// What stands under a thing's English name: its other names in the languages of the labels, and its id.
    pub(super) fn other_names(&self, html: &mut Html, names: &Names, id: &str) {
        let others = self
            .material
            .languages()
            .into_iter()
            .filter_map(|code| Some((code, names.in_language(code)?)));
        let others: Vec<(&str, &str)> = others
            .filter(|(_, name)| *name != names.english())
            .collect();
        if !others.is_empty() {
            html.element("small", &[], |html| {
                for (place, (code, name)) in others.iter().enumerate() {
                    html.text(if place == 0 { "" } else { " · " });
                    html.leaf("span", &[("lang", code)], name);
                }
            });
        }
        html.element("span", &[("class", "id")], |html| {
            html.leaf("code", &[], id);
        });
    }

    /// A name with the id that files and commands know it by.
    pub(super) fn named(name: &str, id: &str) -> Html {
        let mut html = Html::of(name);
        html.element("span", &[("class", "id")], |html| {
            html.leaf("code", &[], id);
        });
        html
    }
}

/// Adds the command that gives a figure again.
pub(super) fn command(html: &mut Html, command: &str) {
    html.leaf("code", &[("class", "cmd")], command);
}

/// Adds a paragraph.
pub(super) fn paragraph(html: &mut Html, text: &str) {
    html.leaf("p", &[], text);
}

/// Kilometres with one decimal.
pub(super) fn km(value: f64) -> String {
    format!("{value:.1}")
}

/// A value that may be missing, with one decimal.
pub(super) fn decimal(value: Option<f64>) -> Html {
    value.map_or_else(Html::new, |value| Html::of(km(value)))
}

/// Metres below a kilometre, else kilometres.
pub(super) fn distance(metres: f64) -> String {
    if metres < 1000.0 {
        format!("{metres:.0} m")
    } else {
        format!("{:.1} km", metres / 1000.0)
    }
}

/// Words in a list: `A, B and C`.
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `1 option`, `2 options`.
pub(super) fn counted(count: usize, one: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {one}s")
    }
}

/// Who holds ground where, in few words.
pub(super) fn control(control: &Control) -> String {
    if holds_own(control) {
        return "each its own side".to_owned();
    }
    let side = |(side, holders): (&Code, &Vec<Code>)| {
        let holders: Vec<String> = holders.iter().map(ToString::to_string).collect();
        let holders = if holders.is_empty() {
            "nobody".to_owned()
        } else {
            listed(&holders)
        };
        format!("{side} side: {holders}")
    };
    control.iter().map(side).collect::<Vec<_>>().join("; ")
}

/// Whether each state holds its own side, and nobody else does.
pub(super) fn holds_own(control: &Control) -> bool {
    control
        .iter()
        .all(|(side, holders)| holders.as_slice() == [*side])
}

/// The verdict of a certificate in words.
pub(super) const fn verdict(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Clear => ("clear", "clear"),
        Verdict::WithinError => ("within_error", "within the error"),
        Verdict::Enters => ("enters", "enters"),
    }
}

/// The verdict as a coloured word.
pub(super) fn verdict_cell(of: Verdict) -> Html {
    let (class, words) = verdict(of);
    let mut html = Html::new();
    html.leaf("span", &[("class", &format!("verdict {class}"))], words);
    html
}

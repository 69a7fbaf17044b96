//! HTML that is well-formed by construction: text is escaped, and every element that is opened is closed.

use std::fmt::Display;
use std::fmt::Write as _;

/// A piece of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

/// Attributes of an element.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Html {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self(String::new())
    }

    /// Text alone.
    pub fn of(text: impl Display) -> Self {
        let mut html = Self::new();
        html.text(text);
        html
    }

    /// Adds text.
    pub fn text(&mut self, text: impl Display) {
        escape(&mut self.0, &text.to_string());
    }

    /// Adds an element with what `inside` puts into it.
    pub fn element(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        inside: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        inside(self);
        let _ = write!(self.0, "</{name}>");
        if is_block(name) {
            self.0.push('\n');
        }
    }

    /// Adds an element that holds text only.
    pub fn leaf(&mut self, name: &str, attributes: Attributes<'_>, text: impl Display) {
        self.element(name, attributes, |html| html.text(text));
    }

    /// Adds an element that never holds anything, such as `meta`.
    pub fn void(&mut self, name: &str, attributes: Attributes<'_>) {
        self.open(name, attributes);
        self.0.push('\n');
    }

    /// Adds words of which none is broken at the end of a line.
    pub fn unbroken(&mut self, words: impl IntoIterator<Item = impl Display>) {
        for (place, word) in words.into_iter().enumerate() {
            self.text(if place == 0 { "" } else { " " });
            self.leaf("span", &[("class", "nb")], word);
        }
    }

    /// Adds another piece.
    pub fn add(&mut self, piece: &Self) {
        self.0.push_str(&piece.0);
    }

    /// Adds markup as it is: style sheets, scripts, and drawings that are well-formed already.
    pub fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// The markup.
    pub fn into_string(self) -> String {
        self.0
    }

    /// Whether there is nothing in it.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        let _ = write!(self.0, "<{name}");
        for (key, value) in attributes {
            let _ = write!(self.0, " {key}=\"");
            escape(&mut self.0, value);
            self.0.push('"');
        }
        self.0.push('>');
    }
}

impl From<&str> for Html {
    fn from(text: &str) -> Self {
        Self::of(text)
    }
}

impl From<String> for Html {
    fn from(text: String) -> Self {
        Self::of(text)
    }
}

/// Elements after which the markup takes a new line, so that a page can be compared line by line.
fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "abbr"
            | "b"
            | "code"
            | "em"
            | "span"
            | "strong"
            | "small"
            | "td"
            | "th"
            | "button"
            | "i"
    )
}

fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    /// Its head.
    pub head: &'a str,
    /// What it means, where the head does not say it all.
    pub hint: &'a str,
    /// What its cells hold.
    pub kind: Kind,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A few words.
    Text,
    /// Sentences, or lists of words.
    Wide,
    /// A number.
    Number,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Self::Text => "t",
            Self::Wide => "w",
            Self::Number => "n",
        }
    }
}

impl<'a> Column<'a> {
    /// A column of words.
    pub const fn text(head: &'a str, hint: &'a str) -> Self {
        Self {
            head,
            hint,
            kind: Kind::Text,
        }
    }

    /// A column of numbers.
    pub const fn number(head: &'a str, hint: &'a str) -> Self {
        Self {
            head,
            hint,
            kind: Kind::Number,
        }
    }

    /// A column of sentences or lists.
    pub const fn wide(head: &'a str, hint: &'a str) -> Self {
        Self {
            head,
            hint,
            kind: Kind::Wide,
        }
    }
}

/// A table that reads well aloud: a caption, heads with a scope, and the first cell of a row as its head.
#[derive(Debug, Clone)]
pub struct HtmlTable<'a> {
    /// Unique in the page.
    pub id: &'a str,
    /// What it shows.
    pub caption: Html,
    /// Its columns.
    pub columns: Vec<Column<'a>>,
    /// Its cells, row by row.
    pub rows: Vec<Vec<Html>>,
}

impl HtmlTable<'_> {
    /// Adds the table to a page, in a frame that scrolls sideways where the page is narrow.
    pub fn write(&self, html: &mut Html) {
        let caption = format!("{}-caption", self.id);
        let frame = [
            ("class", "scroll"),
            ("role", "region"),
            ("tabindex", "0"),
            ("aria-labelledby", &caption),
        ];
        html.element("div", &frame, |html| {
            html.element("table", &[("id", self.id)], |html| {
                html.element("caption", &[("id", &caption)], |html| {
                    html.element("span", &[], |html| html.add(&self.caption));
                });
                html.element("thead", &[], |html| {
                    html.element("tr", &[], |html| self.heads(html));
                });
                html.element("tbody", &[], |html| {
                    self.rows.iter().for_each(|row| self.row(html, row));
                });
            });
        });
    }

    fn heads(&self, html: &mut Html) {
        for column in &self.columns {
            let class = column.kind.class();
            let mut attributes = vec![("scope", "col"), ("class", class)];
            if !column.hint.is_empty() {
                attributes.push(("title", column.hint));
            }
            html.leaf("th", &attributes, column.head);
        }
    }

    fn row(&self, html: &mut Html, row: &[Html]) {
        html.element("tr", &[], |html| {
            for (place, (cell, column)) in row.iter().zip(&self.columns).enumerate() {
                let class = column.kind.class();
                if place == 0 {
                    html.element("th", &[("scope", "row"), ("class", class)], |html| {
                        html.add(cell);
                    });
                } else {
                    html.element("td", &[("class", class)], |html| html.add(cell));
                }
            }
        });
    }

    /// What the heads leave unsaid, as a list under the table.
    pub fn legend(&self, html: &mut Html) {
        let told: Vec<&Column<'_>> = self
            .columns
            .iter()
            .filter(|column| !column.hint.is_empty())
            .collect();
        if told.is_empty() {
            return;
        }
        html.element("p", &[("class", "legend")], |html| {
            for (place, column) in told.iter().enumerate() {
                html.leaf("b", &[], column.head);
                html.text(format!(": {}", column.hint));
                html.text(if place + 1 == told.len() { "." } else { "; " });
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::Column;
    use super::Html;
    use super::HtmlTable;

    #[test]
    fn text_never_becomes_markup() {
        let mut html = Html::new();
        html.element("a", &[("href", "\"x\"")], |html| html.text("<b> & \"c\""));
        assert_eq!(
            html.into_string(),
            "<a href=\"&quot;x&quot;\">&lt;b&gt; &amp; &quot;c&quot;</a>"
        );
    }

    #[test]
    fn a_table_has_a_caption_and_heads_with_a_scope() {
        let table = HtmlTable {
            id: "t",
            caption: "Lengths".into(),
            columns: vec![Column::text("pair", ""), Column::number("km", "geodesic")],
            rows: vec![vec!["AA-BB".into(), "12.5".into()]],
        };
        let mut html = Html::new();
        table.write(&mut html);
        let text = html.into_string();
        assert!(text.contains("<caption id=\"t-caption\"><span>Lengths</span></caption>"));
        assert!(text.contains("<th scope=\"col\" class=\"n\" title=\"geodesic\">km</th>"));
        assert!(text.contains("<th scope=\"row\" class=\"t\">AA-BB</th><td class=\"n\">12.5</td>"));
    }
}

//! Words and numbers of one line, with their places.

use std::fmt;

use crate::analysis::description::types::Label;
use crate::analysis::description::types::Name;
use crate::analysis::description::types::is_of_word;
use crate::analysis::description::written::Written;

/// A word that was not understood: where it is, and what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted from 1.
    pub line: usize,
    /// The character in the line, counted from 1.
    pub column: usize,
    /// What was expected, or what is wrong.
    pub message: String,
    /// The line around the word.
    pub text: String,
    /// Characters of that text before the word.
    pub before: usize,
    /// Characters of the word.
    pub width: usize,
}

/// Of longer lines an excerpt is shown: this many characters before the word.
const SHOWN_BEFORE: usize = 60;

/// And this many from the word on.
const SHOWN_FROM: usize = 60;

impl fmt::Display for Fault {
    /// The message, and below it the line with the word marked.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let marks = "^".repeat(self.width.max(1));
        let indent = " ".repeat(self.before);
        write!(
            f,
            "{}\n    {}\n    {indent}{marks}",
            self.message, self.text
        )
    }
}

pub(super) type Scanned<T> = Result<T, Fault>;

/// A place in one line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scanner<'t> {
    line: &'t str,
    number: usize,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(super) const fn new(line: &'t str, number: usize) -> Self {
        Self {
            line,
            number,
            at: 0,
        }
    }

    pub(super) const fn number_of_line(&self) -> usize {
        self.number
    }

    fn rest(&self) -> &'t str {
        self.line.get(self.at..).unwrap_or_default()
    }

    /// Goes over blanks and commas, which say the same.
    pub(super) fn blank(&mut self) {
        let rest = self.rest();
        let left =
            rest.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == ',');
        self.at += rest.len() - left.len();
    }

    /// Whether only a comment is left.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.blank();
        self.rest().is_empty() || self.rest().starts_with('#')
    }

    /// The next word, left where it is; empty at the end and before a quotation mark.
    pub(super) fn peek(&mut self) -> &'t str {
        self.blank();
        let rest = self.rest();
        let end = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
        &rest[..end]
    }

    /// Goes over the next word if it is this one.
    pub(super) fn takes(&mut self, word: &str) -> bool {
        let found = self.peek().eq_ignore_ascii_case(word);
        if found {
            self.at += word.len();
        }
        found
    }

    /// Goes over the next words if they are these.
    pub(super) fn takes_all(&mut self, words: &str) -> bool {
        let start = self.at;
        let found = words.split(' ').all(|word| self.takes(word));
        if !found {
            self.at = start;
        }
        found
    }

    /// The next word.
    pub(super) fn word(&mut self, expected: &str) -> Scanned<Label> {
        let word = self.peek();
        let label = Label::new(word).ok_or_else(|| self.expected(expected))?;
        self.at += word.len();
        Ok(label)
    }

    /// Goes over a character if it is one of these.
    pub(super) fn sign(&mut self, signs: &[char]) -> Option<char> {
        let mut ahead = *self;
        let rest = ahead.rest();
        let left = rest.trim_start_matches([' ', '\t']);
        ahead.at += rest.len() - left.len();
        let found = left.chars().next().filter(|c| signs.contains(c))?;
        self.at = ahead.at + found.len_utf8();
        Some(found)
    }

    /// Whether a digit follows.
    pub(super) fn is_before_digit(&self) -> bool {
        let rest = self.rest().trim_start_matches([' ', '\t']);
        rest.starts_with(|c: char| c.is_ascii_digit())
    }

    /// The next name, if a quotation mark follows.
    pub(super) fn name(&mut self) -> Scanned<Option<Name>> {
        self.blank();
        let rest = self.rest();
        if rest.starts_with(['“', '”', '„', '«', '»', '‘', '’', '\'']) {
            return Err(
                self.fault("names stand between straight quotation marks, as in \"Aghstev\"")
            );
        }
        let Some(inner) = rest.strip_prefix('"') else {
            return Ok(None);
        };
        let mut text = String::new();
        let mut chars = inner.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c != '"' {
                text.push(c);
            } else if chars.peek().is_some_and(|(_, next)| *next == '"') {
                // A quotation mark in a name is written twice.
                text.push(c);
                chars.next();
            } else {
                self.at += at + 2;
                return Ok(Some(Name::new(&text)));
            }
        }
        Err(self.fault("this name has no closing quotation mark"))
    }

    /// The next number.
    pub(super) fn number(&mut self, expected: &str) -> Scanned<Written> {
        self.blank();
        let rest = self.rest();
        let signless = rest.strip_prefix(['-', '+']).unwrap_or(rest);
        let is_of_number = |c: char| c.is_ascii_digit() || c == '.';
        let digits = signless
            .find(|c| !is_of_number(c))
            .unwrap_or(signless.len());
        if !signless.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(self.expected(expected));
        }
        let length = rest.len() - signless.len() + digits;
        let behind = &rest[length..];
        let after_comma = behind.strip_prefix(',').unwrap_or_default();
        if after_comma.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(self.fault("decimals stand behind a point, not a comma"));
        }
        let number = Written::read(&rest[..length]).map_err(|wanted| self.expected(wanted))?;
        self.at += length;
        Ok(number)
    }

    /// Nothing but a comment may be left.
    pub(super) fn end(&mut self, expected: &str) -> Scanned<()> {
        if self.is_at_end() {
            Ok(())
        } else {
            Err(self.expected(expected))
        }
    }

    /// A fault at the next word: what was expected in its place.
    pub(super) fn expected(&mut self, expected: &str) -> Fault {
        if self.is_at_end() {
            return self.fault(&format!("expected {expected}, but the line ends"));
        }
        let found: String = self.next().chars().take(40).collect();
        self.fault(&format!("expected {expected}, not `{found}`"))
    }

    /// The next word with what it is joined to, or a quoted name.
    fn next(&mut self) -> &'t str {
        self.blank();
        let rest = self.rest();
        let is_end = |c: char| c.is_whitespace() || c.is_control() || c == ',';
        let length = match rest.strip_prefix('"') {
            Some(inner) => inner.find('"').map_or(rest.len(), |end| end + 2),
            None => rest.find(is_end).unwrap_or(rest.len()),
        };
        &rest[..length]
    }

    /// A fault at the next word.
    pub(super) fn fault(&mut self, message: &str) -> Fault {
        let is_end = self.is_at_end();
        // At the end the mark stands right behind the last word.
        let at = if is_end {
            let text = &self.line[..self.at];
            text.trim_end_matches(|c: char| c.is_whitespace() || c.is_control())
                .len()
        } else {
            self.at
        };
        let width = if is_end {
            1
        } else {
            self.next().chars().count()
        };
        let before = self.line[..at].chars().count();
        let skipped = before.saturating_sub(SHOWN_BEFORE);
        let plain = |c: char| {
            if c.is_control() || c.is_whitespace() {
                ' '
            } else {
                c
            }
        };
        let mut text = String::from(if skipped > 0 { "… " } else { "" });
        let lead = text.chars().count();
        let mut shown = self.line.chars().skip(skipped);
        text.extend(
            shown
                .by_ref()
                .take(before - skipped + SHOWN_FROM)
                .map(plain),
        );
        if shown.next().is_some() {
            text.push('…');
        }
        Fault {
            line: self.number,
            column: before + 1,
            message: message.to_owned(),
            text: text.trim_end().to_owned(),
            before: lead + before - skipped,
            width: width.min(SHOWN_FROM),
        }
    }
}

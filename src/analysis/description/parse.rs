//! From a text to a description, with the place of every fault.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::analysis::description::legs;
use crate::analysis::description::scan::Fault;
use crate::analysis::description::scan::Scanned;
use crate::analysis::description::scan::Scanner;
use crate::analysis::description::statements;
use crate::analysis::description::types::Description;
use crate::analysis::description::types::Label;
use crate::analysis::description::types::Leg;
use crate::analysis::description::types::Point;
use crate::analysis::description::values;

/// A description, and on which line of its text each thing stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// What the text says.
    pub description: Description,
    /// Where it says it.
    pub lines: Lines,
}

/// Lines of a text, counted from 1; 0 for what it does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    /// Of the coordinate system.
    pub system: usize,
    /// Of the sides.
    pub sides: usize,
    /// Of the whole length.
    pub length: usize,
    /// Of each point.
    pub points: Vec<usize>,
    /// Of each leg.
    pub legs: Vec<usize>,
}

/// The faults of a text: the first ones, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults {
    /// The first of them, in the order of the text.
    pub first: Vec<Fault>,
    /// All of them.
    pub count: usize,
}

/// So many faults are told: of garbage nobody reads more.
const MOST_FAULTS: usize = 20;

impl Faults {
    fn add(&mut self, fault: Fault) {
        self.count += 1;
        if self.first.len() < MOST_FAULTS {
            self.first.push(fault);
        }
    }

    /// The faults of this file, each with its line and the word marked.
    pub fn in_file(&self, file: &str) -> String {
        let mut text = String::new();
        for fault in &self.first {
            let lead = if text.is_empty() { "" } else { "\n" };
            let _ = write!(
                text,
                "{lead}{file}:{}:{}: {fault}",
                fault.line, fault.column
            );
        }
        let more = self.count - self.first.len();
        if more > 0 {
            let _ = write!(text, "\nand {more} more");
        }
        text
    }
}

/// Reads a description.
///
/// # Errors
///
/// All faults of the text; the first ones with the word that was not understood and what was expected in its place.
///
/// # Example
///
/// ```
/// let text = "point 1 at latitude 41.20, longitude 45.00\n\
///             along the thalweg of the river \"Debed\", length 5.8 km\n\
///             point 2 at latitude 41°10'30\"N, longitude 45°02'00\"E\n";
/// let parsed = araxes::analysis::description::parse(text).map_err(|faults| faults.in_file("text"))?;
/// assert_eq!(parsed.description.points.len(), 2);
/// # Ok::<(), String>(())
/// ```
pub fn parse(text: &str) -> Result<Parsed, Faults> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::default();
    let mut last = Scanner::new("", 1);
    for (number, line) in text.lines().enumerate() {
        last = Scanner::new(line, number + 1);
        reader.line(last);
    }
    reader.finish(last)
}

#[derive(Default)]
struct Reader {
    description: Description,
    lines: Lines,
    labels: BTreeMap<Label, usize>,
    faults: Faults,
    /// The statements of the head that were read, which may stand only once.
    said: Vec<&'static str>,
}

/// The statements of the head that stand once.
const ONCE: [&str; 8] = [
    "title",
    "coordinates",
    "left",
    "right",
    "tolerance azimuth",
    "tolerance distance",
    "tolerance",
    "length",
];

/// What a line may start with.
const STATEMENTS: &str = "`title`, `note`, `coordinates`, `left`, `tolerance`, `length`, `point`, `straight`, `along`, `not described` \
     or `back to point`";

impl Reader {
    fn line(&mut self, mut scanner: Scanner<'_>) {
        if scanner.is_at_end() {
            return;
        }
        if let Err(fault) = self.statement(scanner) {
            self.faults.add(fault);
        }
    }

    fn statement(&mut self, start: Scanner<'_>) -> Scanned<()> {
        let mut scanner = start;
        if scanner.takes("point") {
            return self.point(start, scanner);
        }
        if scanner.takes_all("back to point") {
            return self.back(start, scanner);
        }
        if let Some(leg) = legs::leg(&mut scanner)? {
            return self.leg(start, leg);
        }
        let head = if scanner.takes("note") {
            None
        } else {
            let found = ONCE.into_iter().find(|words| scanner.takes_all(words));
            Some(found.ok_or_else(|| scanner.expected(STATEMENTS))?)
        };
        self.head(start, scanner, head)
    }

    fn head(
        &mut self,
        mut start: Scanner<'_>,
        mut scanner: Scanner<'_>,
        statement: Option<&'static str>,
    ) -> Scanned<()> {
        if !self.description.points.is_empty() {
            return Err(start.fault("this stands before the first point"));
        }
        // Left and right are said in one line, in either order.
        let once = statement.map(|statement| {
            if statement == "right" {
                "left"
            } else {
                statement
            }
        });
        if once.is_some_and(|once| self.said.contains(&once)) {
            return Err(start.fault("this is said twice"));
        }
        self.said.extend(once);
        let line = scanner.number_of_line();
        let it = &mut self.description;
        match statement {
            None => it.notes.push(values::quoted(&mut scanner, "`note`")?),
            Some("title") => it.title = Some(values::quoted(&mut scanner, "`title`")?),
            Some("coordinates") => {
                self.lines.system = line;
                it.system = statements::system(&mut scanner)?;
            }
            Some("left") => {
                self.lines.sides = line;
                let left = statements::code(&mut scanner, "`left`")?;
                it.sides = Some((left, statements::other_side(&mut scanner, "right", left)?));
            }
            Some("right") => {
                self.lines.sides = line;
                let right = statements::code(&mut scanner, "`right`")?;
                it.sides = Some((statements::other_side(&mut scanner, "left", right)?, right));
            }
            Some("tolerance azimuth") => {
                it.tolerances.azimuth = Some(values::azimuth(&mut scanner, "`tolerance azimuth`")?);
            }
            Some("tolerance distance") => {
                it.tolerances.distance =
                    Some(values::measure(&mut scanner, "`tolerance distance`")?);
            }
            Some("tolerance") => {
                it.tolerances.line = Some(values::measure(&mut scanner, "`tolerance`")?);
            }
            Some(_) => {
                self.lines.length = line;
                it.length = Some(values::length(&mut scanner, "`length`")?);
            }
        }
        scanner.end("the end of the line")
    }

    fn point(&mut self, mut start: Scanner<'_>, mut scanner: Scanner<'_>) -> Scanned<()> {
        let mut at_label = scanner;
        let label = scanner.word("the number of the point")?;
        let line = scanner.number_of_line();
        if let Some(first) = self.labels.insert(label.clone(), line) {
            return Err(at_label.fault(&format!("point {label} stands already on line {first}")));
        }
        let name = scanner.name()?;
        let position = if scanner.takes("at") {
            Some(statements::position(&mut scanner)?)
        } else {
            None
        };
        if position.is_none() {
            if !scanner.is_at_end() {
                return Err(scanner.expected(
                    "`at` and the position of the point, or its name in quotation marks",
                ));
            }
            if !self.is_reckoned() {
                let message = "expected `at` and the position: a point without one needs a straight leg before it that gives azimuth and distance";
                return Err(scanner.fault(message));
            }
        }
        scanner.end("the end of the line")?;
        let (points, legs) = (self.description.points.len(), self.description.legs.len());
        if self.faults.count == 0 && (self.description.is_closed || legs != points) {
            let message = if self.description.is_closed {
                "the line has come back to its first point: nothing follows"
            } else {
                "there is no leg to this point: expected `straight`, `along …` or `not described` on the line before"
            };
            return Err(start.fault(message));
        }
        self.lines.points.push(line);
        self.description.points.push(Point {
            label,
            name,
            position,
        });
        Ok(())
    }

    /// Whether the leg before gives the next point.
    fn is_reckoned(&self) -> bool {
        let given = matches!(
            self.description.legs.last(),
            Some(Leg::Straight {
                azimuth: Some(_),
                distance: Some(_)
            })
        );
        // After a fault the leg before may be another one.
        given || self.faults.count > 0
    }

    fn leg(&mut self, mut start: Scanner<'_>, leg: Leg) -> Scanned<()> {
        let (points, legs) = (self.description.points.len(), self.description.legs.len());
        if self.faults.count == 0 && (legs >= points || self.description.is_closed) {
            let message = if points == 0 {
                "a leg starts at a point: expected `point` before it"
            } else if self.description.is_closed {
                "the line has come back to its first point: nothing follows"
            } else {
                "this is a second leg from the same point: expected `point`"
            };
            return Err(start.fault(message));
        }
        self.lines.legs.push(start.number_of_line());
        self.description.legs.push(leg);
        Ok(())
    }

    fn back(&mut self, mut start: Scanner<'_>, mut scanner: Scanner<'_>) -> Scanned<()> {
        let mut at_label = scanner;
        let label = scanner.word("the number of the first point")?;
        scanner.end("the end of the line")?;
        if self.faults.count > 0 {
            return Ok(());
        }
        let (points, legs) = (self.description.points.len(), self.description.legs.len());
        if points < 2 || legs != points || self.description.is_closed {
            return Err(start.fault(
                "a line comes back by a leg from its last point, and has two points or more",
            ));
        }
        let first = &self.description.points[0].label;
        if *first != label {
            return Err(at_label.fault(&format!(
                "a line comes back to its first point, which is {first}"
            )));
        }
        self.description.is_closed = true;
        Ok(())
    }

    fn finish(mut self, mut last: Scanner<'_>) -> Result<Parsed, Faults> {
        let (points, legs) = (self.description.points.len(), self.description.legs.len());
        if self.faults.count == 0 {
            if points < 2 {
                let message = format!(
                    "a line has two turning points or more, and here {}: expected lines such as `point 1 at latitude 51.25, longitude 5.5`",
                    if points == 0 { "is none" } else { "is one" }
                );
                self.faults.add(last.fault(&message));
            } else if legs == points && !self.description.is_closed {
                self.faults
                    .add(last.fault("expected the point at the end of the last leg"));
            }
        }
        if self.faults.count > 0 {
            return Err(self.faults);
        }
        Ok(Parsed {
            description: self.description,
            lines: self.lines,
        })
    }
}

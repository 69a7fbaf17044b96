//! How boundary sources classify lines in their own words, for themselves and as they ascribe it to states.

use serde::Serialize;

use crate::geodesy;
use crate::model::Claim;
use crate::model::Code;
use crate::model::LineClass;
use crate::model::Pair;
use crate::model::World;
use crate::units::Length;
use crate::units::rounded;

/// A class of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineClassRow {
    /// The line.
    pub line: String,
    /// The states on both sides; none for a line within a state.
    pub pair: Option<Pair>,
    /// The source that draws and classifies it.
    pub source: String,
    /// The state that the class is ascribed to; none for the source's own.
    pub view: Option<Code>,
    /// The class, in the source's words.
    pub class: String,
    /// What the source's note says: which column it is from.
    pub note: Option<String>,
    /// Geodesic length of the line.
    pub length_km: f64,
    /// Its names in the languages of the data set.
    pub names: String,
}

/// What a question about line classes asks for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The source; all if absent.
    pub source: Option<&'a str>,
    /// The border; all lines if absent.
    pub pair: Option<Pair>,
    /// The state whose view is asked for: its classes, and the sources' own.
    pub view: Option<Code>,
}

/// The classes, in the order of the data, each with its line.
pub fn rows<'w>(world: &'w World, asked: Asked<'_>) -> Vec<(LineClassRow, &'w LineClass)> {
    let is_asked = |line: &&LineClass| {
        asked
            .source
            .is_none_or(|source| world.sources[line.source].id == source)
            && asked.pair.is_none_or(|pair| line.pair == Some(pair))
    };
    let lines = world.line_classes.iter().map(|(_, line)| line);
    lines
        .filter(is_asked)
        .flat_map(|line| {
            let seen = line
                .classes
                .iter()
                .filter(move |class| class.seen_from(asked.view));
            seen.map(move |class| (row(world, line, class), line))
        })
        .collect()
}

fn row(world: &World, line: &LineClass, class: &Claim<String>) -> LineClassRow {
    LineClassRow {
        line: line.id.clone(),
        pair: line.pair,
        source: world.sources[line.source].id.clone(),
        view: class.view,
        class: class.value.clone(),
        note: class.note.clone(),
        length_km: rounded(
            line.lines.iter().map(geodesy::length).map(Length::km).sum(),
            3,
        ),
        names: line.names.label(&world.languages()),
    }
}

//! `araxes border diff`.

use std::path::Path;

use araxes::analysis::compare::Asked;
use araxes::analysis::compare::STEP_M;
use araxes::analysis::diff;
use araxes::analysis::diff::Carried;
use araxes::analysis::diff::Dates;
use araxes::analysis::diff::Event;
use araxes::analysis::diff::EventRow;
use araxes::analysis::diff::LineChange;
use araxes::analysis::diff::LineRow;
use araxes::analysis::diff::Place;
use araxes::analysis::diff::RecordChange;
use araxes::analysis::diff::RecordRow;
use araxes::analysis::diff::Side;
use araxes::analysis::diff::Verdict;
use araxes::analysis::diff::What;
use araxes::dataset;
use araxes::dataset::Geodata;
use araxes::dataset::Lines;
use araxes::dataset::Needs;
use araxes::error::Error;
use araxes::error::Result;
use araxes::model::Date;
use araxes::model::World;
use araxes::report;
use araxes::report::Format;
use araxes::report::Geometry;
use geo::Coord;
use serde::Serialize;

use crate::cli::Session;
use crate::cli::args::DiffArgs;
use crate::cli::args::EventsFrom;
use crate::cli::border::known;
use crate::cli::events;

/// Answers `araxes border diff`; whether rows of the events' file could not be read.
pub(super) fn run(session: &Session, world: &World, args: &DiffArgs) -> Result<bool> {
    let find = |slug: &String| world.segment(slug);
    let asked = Asked {
        pair: args.pair,
        segment: args.segment.as_ref().map(find).transpose()?,
    };
    if session.common.on.is_some() {
        let reason = "--on: say both dates with --dates; sources and data sets are compared whatever the date";
        return Err(Error::Usage(reason.to_owned()));
    }
    if let Some([before, after]) = args.dates.as_deref() {
        return dates(session, world, (*before, *after), asked).map(|()| false);
    }
    if let Some([old, new]) = args.sources.as_deref() {
        if session.common.source.is_some() {
            let reason = "--source: --sources names both sources already";
            return Err(Error::Usage(reason.to_owned()));
        }
        let side = |name: &String| -> Result<Side<'_>> {
            let boundary = world.boundary(Some(name))?;
            Ok(Side { world, boundary })
        };
        let sides = (side(old)?, side(new)?);
        known(&[sides.0.boundary, sides.1.boundary], args.pair)?;
        return Answer::new(sides, asked, Vec::new()).tell(session, args);
    }
    args.against
        .as_deref()
        .map_or(Ok(false), |folder| against(session, world, args, folder))
}

fn against(session: &Session, world: &World, args: &DiffArgs, folder: &Path) -> Result<bool> {
    let old_world = old_data(folder, session.common.source.as_deref())?;
    let source = session.common.source.as_deref();
    let old = Side {
        world: &old_world,
        boundary: old_world.boundary(source)?,
    };
    let new = Side {
        world,
        boundary: world.boundary(source)?,
    };
    known(&[old.boundary, new.boundary], args.pair)?;
    let asked = Asked {
        pair: args.pair,
        segment: None,
    };
    let records = diff::records(old, new, args.pair, session.common.view);
    Answer::new((old, new), asked, records).tell(session, args)
}

/// The data set of `--against`. Its problems name the folder: there are two data sets.
fn old_data(folder: &Path, source: Option<&str>) -> Result<World> {
    if !folder.is_dir() {
        let reason = format!("--against: `{}` is no folder", folder.display());
        return Err(Error::Usage(reason));
    }
    let needs = Needs {
        boundaries: Lines::of(source),
        network: false,
    };
    let world = dataset::load_for(&Geodata::Folder(folder.to_owned()), &needs);
    world.map_err(|error| match error {
        Error::Data { mut problems } => {
            for problem in &mut problems {
                problem.file = folder.join(&problem.file).display().to_string();
            }
            Error::Data { problems }
        }
        other => other,
    })
}

fn dates(
    session: &Session,
    world: &World,
    (before, after): (Date, Date),
    asked: Asked,
) -> Result<()> {
    let boundary = session.boundary(world)?;
    known(&[boundary], asked.pair)?;
    let changes = diff::dates(
        world,
        boundary,
        Dates {
            before,
            after,
            view: session.common.view,
            pair: asked.pair,
            segment: asked.segment,
        },
    );
    let (rows, places): (Vec<_>, Vec<_>) = changes
        .into_iter()
        .map(|change| (change.row, geometry(&change.place)))
        .unzip();
    if session.format() != Format::Table {
        return session.rows(&rows, Some(places));
    }
    let source = &world.source_of(boundary).id;
    let view = session.common.view;
    let view = view.map_or_else(String::new, |view| format!(", as {view} states it"));
    let text = if rows.is_empty() {
        format!("No change between {before} and {after} on {source}{view}.\n")
    } else {
        let table = report::rows(&rows, Format::Table, None)?;
        format!(
            "{table}\nWhat differs between {before} and {after}{view}. Kilometres on {source}. An empty cell under before or after: no claim settles the value.\n"
        )
    };
    session.output.write(text.as_bytes())
}

fn geometry(place: &Place) -> Option<Geometry> {
    match place {
        Place::Lines(lines) => report::lines(lines),
        Place::Area(area) => Some(report::areas(&area.0)),
        Place::Point(at) => Some(report::point(*at)),
        Place::Nowhere => None,
    }
}

/// Two sides, what is asked of them and what changed in their records.
struct Answer<'w> {
    sides: (Side<'w>, Side<'w>),
    asked: Asked,
    records: Vec<RecordChange>,
}

/// A row of any kind: records first, then lines.
#[derive(Serialize)]
#[serde(untagged)]
enum Row<'r> {
    Record(&'r RecordRow),
    Line(&'r LineRow),
}

/// A line of one of the sources, with the row that it belongs to.
#[derive(Serialize)]
struct Drawn<'r> {
    #[serde(flatten)]
    row: Row<'r>,
    /// `old` or `new`; nothing for a record.
    line: Option<&'static str>,
}

impl<'w> Answer<'w> {
    const fn new(sides: (Side<'w>, Side<'w>), asked: Asked, records: Vec<RecordChange>) -> Self {
        Self {
            sides,
            asked,
            records,
        }
    }

    /// Writes the answer; whether rows of the events' file could not be read.
    fn tell(&self, session: &Session, args: &DiffArgs) -> Result<bool> {
        let (old, new) = self.sides;
        let (events, bad) = match &args.events {
            Some(EventsFrom::File(file)) => events::read(file)?,
            Some(EventsFrom::Segments) | None => (self.anchored(), Vec::new()),
        };
        for error in &bad {
            super::tell(error);
        }
        let format = session.format();
        let is_about_events = args.events.is_some() && format != Format::Table;
        if is_about_events {
            let (rows, places) = event_rows(diff::carry(old, new, &events));
            session.rows(&rows, Some(places))?;
            return Ok(!bad.is_empty());
        }
        let lines = diff::lines(old, new, self.asked);
        match format {
            Format::Table => {
                // Where no line moved there is nothing to carry.
                let is_same = |change: &LineChange| change.row.verdict == Verdict::Same;
                let is_asked = args.events.is_some() || !lines.iter().all(is_same);
                let carried = if is_asked {
                    diff::carry(old, new, &events)
                } else {
                    Vec::new()
                };
                let text = self.table(&lines, carried)?;
                session.output.write(text.as_bytes())?;
            }
            Format::GeoJson | Format::GeoJsonLines | Format::FlatGeobuf => {
                self.features(session, &lines)?;
            }
            Format::Json | Format::Csv => {
                let records = self.records.iter().map(|change| Row::Record(&change.row));
                let lines = lines.iter().map(|change| Row::Line(&change.row));
                session.rows(&records.chain(lines).collect::<Vec<_>>(), None)?;
            }
        }
        Ok(!bad.is_empty())
    }

    /// The named segments' starts and ends: on the old side by its own records.
    fn anchored(&self) -> Vec<Event> {
        diff::anchored(self.sides.0, self.asked)
    }

    fn table(&self, lines: &[LineChange], carried: Vec<Carried>) -> Result<String> {
        let mut parts = Vec::new();
        let records: Vec<&RecordRow> = self.records.iter().map(|change| &change.row).collect();
        if !records.is_empty() {
            parts.push(report::rows(&records, Format::Table, None)?);
        } else if !std::ptr::eq(self.sides.0.world, self.sides.1.world) {
            parts.push("No segment and no dispute changed.\n".to_owned());
        }
        let of = |what: What| -> Vec<&LineRow> {
            let rows = lines.iter().map(|change| &change.row);
            rows.filter(|row| row.what == what).collect()
        };
        let (borders, stretches) = (of(What::Border), of(What::Stretch));
        if borders.is_empty() {
            parts.push(
                "There is no line to compare: what was asked for is not on both sources.\n"
                    .to_owned(),
            );
            return Ok(parts.join("\n"));
        }
        parts.push(report::rows(&borders, Format::Table, None)?);
        if stretches.is_empty() {
            parts.push("No stretch moved by more than the two sources are accurate.\n".to_owned());
        } else {
            parts.push(report::rows(&stretches, Format::Table, None)?);
        }
        let (rows, _) = event_rows(carried);
        if !rows.is_empty() {
            parts.push(report::rows(&rows, Format::Table, None)?);
        }
        parts.push(format!(
            "Offsets are of points every {STEP_M} m along each line from the other line. accuracy_m: both sources' accuracy (95 %) in quadrature.\n"
        ));
        Ok(parts.join("\n"))
    }

    /// Records where they are, and of every stretch that moved or is on one source only the old line and the new one.
    fn features(&self, session: &Session, lines: &[LineChange]) -> Result<()> {
        let (mut rows, mut places) = (Vec::new(), Vec::new());
        for change in &self.records {
            let row = Row::Record(&change.row);
            rows.push(Drawn { row, line: None });
            places.push(geometry(&change.place));
        }
        let alone = [Verdict::OnlyInOld, Verdict::OnlyInNew];
        let told = |change: &&LineChange| {
            change.row.what == What::Stretch || alone.contains(&change.row.verdict)
        };
        for change in lines.iter().filter(told) {
            for (line, drawn) in [("old", &change.old), ("new", &change.new)] {
                let Some(place) = report::lines(drawn) else {
                    continue;
                };
                let (row, line) = (Row::Line(&change.row), Some(line));
                rows.push(Drawn { row, line });
                places.push(Some(place));
            }
        }
        session.rows(&rows, Some(places))
    }
}

fn event_rows(carried: Vec<Carried>) -> (Vec<EventRow>, report::Geometries) {
    let place = |places: &[Vec<Coord>]| match places {
        [one] if one.len() == 1 => Some(report::point(one[0])),
        lines => report::lines(lines),
    };
    let rows = carried.into_iter();
    rows.map(|one| (one.row, place(&one.places))).unzip()
}

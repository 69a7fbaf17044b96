//! `araxes status --points`: a stream of points in, a stream of rows out, in the same order and in constant memory.
//!
//! One thread reads batches ahead, all cores answer a batch, and its rows are written while the next is read. A point that cannot be read is
//! told with its line, and the others are answered.

mod features;
mod input;
mod output;
mod progress;
mod sink;

use std::path::Path;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::thread;

use araxes::analysis::status::StatusQuery;
use araxes::error::Error;
use araxes::error::Result;
use araxes::model::World;
use rayon::prelude::*;

use crate::cli::Session;
use crate::cli::args::StatusArgs;

use input::Input;
use input::Point;
use output::Beside;
use output::Shape;
use progress::Progress;
use sink::Sink;

pub(super) use input::way_from;

/// Points that are answered together: enough work for every core, little memory.
const BATCH: usize = 16_384;

/// Points whose rows are made as one text.
const CHUNK: usize = 512;

/// Batches that are read ahead.
const AHEAD: usize = 2;

/// Answers every point of `file`; whether some could not be read.
pub(super) fn run(
    session: &Session,
    world: &World,
    query: StatusQuery<'_>,
    (file, args): (&Path, &StatusArgs),
) -> Result<bool> {
    let shape = Shape::of(session.format())?;
    let progress = Progress::of(file);
    let input = Input::open(file, args, progress.counter())?;
    let way = way_from(world, args)?;
    let query = match &way {
        Some(way) => query.with_datum_error(way.accuracy),
        None => query,
    };
    let query = query.for_many();
    let kept = input.kept().to_vec();
    let mut sink = Sink::open(&session.output)?;
    sink.write(&shape.start(&kept))?;
    let any_bad = thread::scope(|scope| {
        let (send, batches) = mpsc::sync_channel(AHEAD);
        scope.spawn(move || read(input, (world, args), &send));
        let answering = Answering {
            query: &query,
            shape,
            beside: Beside {
                kept: &kept,
                as_of: &session.on(world).to_string(),
            },
        };
        answering.all(&batches, &mut sink, &progress)
    })?;
    sink.write(shape.end().as_bytes())?;
    sink.keep()?;
    Ok(any_bad)
}

/// A batch of points, in the order of the file.
type Batch = Vec<std::result::Result<Point, Error>>;

/// Reads batches until the end, or until nobody listens.
fn read(input: Input, (world, args): (&World, &StatusArgs), send: &mpsc::SyncSender<Batch>) {
    // The handle of an operation cannot change threads: this thread has its own.
    let points: Box<dyn Iterator<Item = _>> = match way_from(world, args) {
        Ok(Some(way)) => {
            let file = input.name().to_owned();
            Box::new(input.map(move |point| point.and_then(|at| at.from(&way, &file))))
        }
        Ok(None) => Box::new(input),
        Err(error) => Box::new(std::iter::once(Err(error))),
    };
    let mut points = points;
    loop {
        let batch: Batch = points.by_ref().take(BATCH).collect();
        if batch.is_empty() || send.send(batch).is_err() {
            return;
        }
    }
}

/// Answers batches, and writes their rows in order.
struct Answering<'q, 'w> {
    query: &'q StatusQuery<'w>,
    shape: Shape,
    beside: Beside<'q>,
}

impl Answering<'_, '_> {
    /// Answers all batches; whether some point could not be read.
    fn all(&self, batches: &Receiver<Batch>, sink: &mut Sink, progress: &Progress) -> Result<bool> {
        let (mut any_bad, mut is_first, mut count) = (false, true, 0);
        for batch in batches {
            let texts: Vec<(Vec<u8>, Vec<&Error>)> = batch
                .par_chunks(CHUNK)
                .map(|points| self.rows(points))
                .collect();
            for (text, bad) in texts {
                // What stands between two features does not stand before the first.
                let text = match text.strip_prefix(self.shape.between()) {
                    Some(rest) if is_first => rest,
                    _ => &text,
                };
                is_first &= text.is_empty();
                sink.write(text)?;
                any_bad |= !bad.is_empty();
                tell(&bad, sink, progress)?;
            }
            count += batch.len();
            progress.answered(count);
        }
        Ok(any_bad)
    }

    /// The rows of some points as one text, and what could not be read.
    fn rows<'b>(
        &self,
        points: &'b [std::result::Result<Point, Error>],
    ) -> (Vec<u8>, Vec<&'b Error>) {
        let mut text = Vec::with_capacity(points.len() * 192);
        let mut bad = Vec::new();
        for point in points {
            match point {
                Ok(point) => {
                    let row = self.query.at(point.at);
                    self.shape.write(&mut text, &row, (point, &self.beside));
                }
                Err(error) => bad.push(error),
            }
        }
        (text, bad)
    }
}

/// Tells what could not be read; what cannot be read to its end stops the stream.
fn tell(bad: &[&Error], sink: &mut Sink, progress: &Progress) -> Result<()> {
    for error in bad {
        if let Error::Read { path, source } = error {
            sink.flush()?;
            return Err(Error::Read {
                path: path.clone(),
                source: std::io::Error::new(source.kind(), source.to_string()),
            });
        }
        progress.suspend(|| super::tell(error));
    }
    Ok(())
}

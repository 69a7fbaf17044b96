//! `araxes status --points`: a stream of points in, a stream of rows out, in the same order and in constant memory.
//!
//! One thread reads batches ahead, all cores answer a batch, and its rows are written while the next is read. A point that cannot be read is
//! told with its line, and the others are answered.

mod cells;
mod features;
mod input;
mod output;
mod progress;
mod sink;
mod table;

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
    let way = way_from(world, args)?;
    shape.can_keep(&args.keep)?;
    let input = Input::open(file, (args, way.is_none()), progress.counter())?;
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

/// A batch of points in the order of the file, in chunks that are answered as one text each.
type Batch = Vec<Vec<Result<Point>>>;

/// The rows of a chunk, and what of it could not be read.
type Answer = (Vec<u8>, Vec<Error>);

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
        let mut chunk = || points.by_ref().take(CHUNK).collect::<Vec<_>>();
        let chunks = std::iter::repeat_with(&mut chunk).take(BATCH / CHUNK);
        let batch: Batch = chunks.take_while(|chunk| !chunk.is_empty()).collect();
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
        let (mut any_bad, mut count) = (false, 0);
        let mut answers = Vec::new();
        let mut first = self.shape.between();
        loop {
            let batch = batches.recv().unwrap_or_default();
            let is_last = batch.is_empty();
            count += batch.iter().map(Vec::len).sum::<usize>();
            any_bad |= answers.iter().any(|(_, bad): &Answer| !bad.is_empty());
            // The rows of one batch are written while the next is answered.
            let (written, next) = rayon::join(
                || written(&answers, &mut first, sink, progress),
                || {
                    batch
                        .into_par_iter()
                        .map(|points| self.answer(points))
                        .collect()
                },
            );
            written?;
            answers = next;
            progress.answered(count);
            if is_last {
                return Ok(any_bad);
            }
        }
    }

    /// The rows of some points as one text, and what could not be read.
    fn answer(&self, points: Vec<Result<Point>>) -> Answer {
        let mut text = Vec::with_capacity(points.len() * 192);
        let mut bad = Vec::new();
        for point in points {
            match point {
                Ok(point) => {
                    let row = self.query.at(point.at);
                    self.shape.write(&mut text, &row, (&point, &self.beside));
                }
                Err(error) => bad.push(error),
            }
        }
        (text, bad)
    }
}

/// Writes answers, and tells what could not be read; what cannot be read to its end stops the stream. `first` is what does not stand before the
/// first row of all, though it does before every other.
fn written(
    answers: &[Answer],
    first: &mut &[u8],
    sink: &mut Sink,
    progress: &Progress,
) -> Result<()> {
    for (text, bad) in answers {
        let text = text.strip_prefix(*first).unwrap_or(text);
        if !text.is_empty() {
            *first = b"";
        }
        sink.write(text)?;
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
    }
    Ok(())
}

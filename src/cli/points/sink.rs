//! Where the rows of a stream go: standard output, or a file that appears when it is whole.

use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use araxes::error::Error;
use araxes::error::Result;
use araxes::report;

use crate::cli::output::Output;

/// An open stream of rows.
pub(super) struct Sink {
    stream: Box<dyn Write + Send>,
    /// What errors name.
    path: PathBuf,
    part: Option<Part>,
}

impl Sink {
    /// Opens the stream that `output` names.
    pub(super) fn open(output: &Output) -> Result<Self> {
        match output {
            Output::Stdout => Ok(Self {
                stream: Box::new(BufWriter::new(io::stdout())),
                path: PathBuf::from("-"),
                part: None,
            }),
            Output::File(path) => {
                let part = Part::new(path);
                let file = File::create(&part.beside).map_err(|source| Error::Write {
                    path: path.clone(),
                    source,
                })?;
                Ok(Self {
                    stream: Box::new(BufWriter::new(file)),
                    path: path.clone(),
                    part: Some(part),
                })
            }
        }
    }

    /// Writes some of the rows.
    pub(super) fn write(&mut self, text: &[u8]) -> Result<()> {
        let written = self.stream.write_all(text);
        written.map_err(|source| self.failed(source))
    }

    /// Hands on what is written so far.
    pub(super) fn flush(&mut self) -> Result<()> {
        let flushed = self.stream.flush();
        flushed.map_err(|source| self.failed(source))
    }

    /// Ends the stream; a file then appears at its place.
    pub(super) fn keep(mut self) -> Result<()> {
        self.flush()?;
        let Self { stream, part, .. } = self;
        drop(stream);
        part.map_or(Ok(()), Part::keep)
    }

    fn failed(&self, source: io::Error) -> Error {
        Error::Write {
            path: self.path.clone(),
            source,
        }
    }
}

/// A file being written beside its place; it is removed again unless it is kept.
struct Part {
    beside: PathBuf,
    path: PathBuf,
    kept: bool,
}

impl Part {
    fn new(path: &Path) -> Self {
        Self {
            beside: report::file::beside(path),
            path: path.to_owned(),
            kept: false,
        }
    }

    fn keep(mut self) -> Result<()> {
        self.kept = true;
        std::fs::rename(&self.beside, &self.path).map_err(|source| Error::Write {
            path: self.path.clone(),
            source,
        })
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.kept {
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}

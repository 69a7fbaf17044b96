//! A progress bar on a terminal, for streams that take longer than a second.

use std::io;
use std::io::IsTerminal;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use indicatif::ProgressBar;
use indicatif::ProgressDrawTarget;
use indicatif::ProgressStyle;

/// How often the bar is drawn, and after how long first.
const PER_SECOND: u8 = 4;
const FIRST_AFTER: Duration = Duration::from_secs(1);

/// What is shown while a stream is answered: nothing if standard error is no terminal.
pub(super) struct Progress {
    bytes: ProgressBar,
    begun: std::time::Instant,
}

/// A reader that tells how far it is.
pub(super) struct Counter<R> {
    input: R,
    bytes: ProgressBar,
}

impl Progress {
    /// A bar over the bytes of a file; of standard input the end is not known.
    pub(super) fn of(file: &Path) -> Self {
        let length = std::fs::metadata(file)
            .ok()
            .filter(std::fs::Metadata::is_file);
        let bytes = match length {
            Some(length) => ProgressBar::new(length.len()),
            None => ProgressBar::no_length(),
        };
        bytes.set_draw_target(ProgressDrawTarget::hidden());
        let template = if bytes.length().is_some() {
            "{bar:40} {percent:>3} %  {msg}  {eta} left"
        } else {
            "{spinner} {msg}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bytes.set_style(style);
        }
        Self {
            bytes,
            begun: std::time::Instant::now(),
        }
    }

    /// Makes a reader count for this bar.
    pub(super) fn counter<R: Read>(&self) -> impl FnOnce(R) -> Counter<R> + use<R> {
        let bytes = self.bytes.clone();
        move |input| Counter { input, bytes }
    }

    /// Notes points that were answered.
    pub(super) fn answered(&self, total: usize) {
        if self.bytes.is_hidden()
            && io::stderr().is_terminal()
            && self.begun.elapsed() > FIRST_AFTER
        {
            self.bytes
                .set_draw_target(ProgressDrawTarget::stderr_with_hz(PER_SECOND));
        }
        self.bytes.set_message(format!("{total} points"));
    }

    /// Says something on standard error without disturbing the bar.
    pub(super) fn suspend(&self, say: impl FnOnce()) {
        self.bytes.suspend(say);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bytes.finish_and_clear();
    }
}

impl<R: Read> Read for Counter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.bytes.inc(count as u64);
        Ok(count)
    }
}

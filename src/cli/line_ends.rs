//! Text as its readers expect it: lines that end in a line feed, the last one too, and no byte order mark.
//!
//! Readers of CSV count a line when they see its line feed. With carriage returns before them, blank lines between and none at the end they would
//! tell a fault a line or two away from where it is.

use std::io;
use std::io::Read;

/// What some programs put before the first character.
const BYTE_ORDER_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// A reader of such text.
pub(super) struct LineEnds<R> {
    input: R,
    /// Bytes that were read and not yet handed on.
    held: Vec<u8>,
    /// Whether the last line is given its end if it has none.
    closes: bool,
    has_begun: bool,
    has_ended: bool,
    last: u8,
}

/// Bytes that are read at once.
const BUFFER: usize = 64 << 10;

impl<R: Read> LineEnds<R> {
    /// Such a reader; the last line is left as it is.
    pub(super) const fn new(input: R) -> Self {
        Self {
            input,
            held: Vec::new(),
            closes: false,
            has_begun: false,
            has_ended: false,
            last: b'\n',
        }
    }

    /// The same for a reader that counts lines by their ends: the last line gets one.
    pub(super) fn closing(self) -> Self {
        Self {
            closes: true,
            ..self
        }
    }

    /// Reads more: at least one byte that can be handed on, or to the end.
    fn fill(&mut self) -> io::Result<()> {
        let mut buffer = vec![0; BUFFER];
        loop {
            let count = match self.input.read(&mut buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if count == 0 {
                self.has_ended = true;
                // A carriage return that was held back for what might follow it is the end of the last line.
                let ends_open = self.held.pop_if(|byte| *byte == b'\r').is_some();
                let last = self.held.last().copied().unwrap_or(self.last);
                if ends_open || (self.closes && last != b'\n') {
                    self.held.push(b'\n');
                }
                return Ok(());
            }
            self.held.extend_from_slice(&buffer[..count]);
            if !self.has_begun {
                if self.held.len() < BYTE_ORDER_MARK.len()
                    && BYTE_ORDER_MARK.starts_with(&self.held)
                {
                    continue;
                }
                self.has_begun = true;
                if self.held.starts_with(&BYTE_ORDER_MARK) {
                    self.held.drain(..BYTE_ORDER_MARK.len());
                }
            }
            self.held.dedup_by(|next, kept| {
                let is_one_end = *kept == b'\r' && *next == b'\n';
                if is_one_end {
                    *kept = b'\n';
                }
                is_one_end
            });
            if !self.held.is_empty() && self.held != b"\r" {
                return Ok(());
            }
        }
    }
}

impl<R: Read> Read for LineEnds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        // A carriage return at the end of what was read waits for the next byte.
        let ready = |held: &[u8]| held.len() - usize::from(held.last() == Some(&b'\r'));
        if !self.has_ended && ready(&self.held) == 0 {
            self.fill()?;
        }
        let available = if self.has_ended {
            self.held.len()
        } else {
            ready(&self.held)
        };
        let count = available.min(buffer.len());
        buffer[..count].copy_from_slice(&self.held[..count]);
        if let Some(&last) = self.held[..count].last() {
            self.last = last;
        }
        self.held.drain(..count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::io::Read;

    use proptest::prelude::*;

    use super::LineEnds;

    /// Hands out at most so many bytes at once.
    struct Dripping<'t>(&'t [u8], usize);

    impl Read for Dripping<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(buffer.len()).min(self.0.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn read(text: &[u8], at_once: usize) -> String {
        let mut all = String::new();
        let mut input = LineEnds::new(Dripping(text, at_once)).closing();
        input.read_to_string(&mut all).expect("memory");
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn lines_end_in_a_line_feed_however_they_arrive(
            text in "(\u{feff})?[ab\r\n]{0,40}", at_once in 1..9_usize,
        ) {
            let plain = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let mut expected = plain.replace("\r\n", "\n");
            if expected.ends_with('\r') {
                expected.pop();
                expected.push('\n');
            } else if !expected.is_empty() && !expected.ends_with('\n') {
                expected.push('\n');
            }
            prop_assert_eq!(read(text.as_bytes(), at_once), expected);
        }
    }
}

//! The features of a GeoJSON collection as text, one after the other in constant memory.
//!
//! The stream of the `geojson` crate takes the first bracket of a file for that of `features`, a file that is cut off between two features
//! for whole, and stops at the first feature that is none. This one only splits; each feature is then parsed for itself.

use std::io;
use std::io::Read;

/// Longer features are refused: a point is short, and a hostile file must not fill the memory.
const LONGEST: usize = 16 << 20;

/// Bytes that are read at once.
const BUFFER: usize = 64 << 10;

/// Splits a collection into its features.
#[derive(Debug)]
pub(super) struct Features<R> {
    input: R,
    buffer: Vec<u8>,
    /// Which bytes of the buffer are still to be taken.
    left: std::ops::Range<usize>,
    line: usize,
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// The latest string of the outermost object: before a value it is the member's name.
    name: Vec<u8>,
    place: Place,
    feature: Feature,
}

/// The text of a feature, and the line that it starts in, counted from 1.
#[derive(Debug, Default)]
pub(super) struct Feature {
    pub(super) line: usize,
    pub(super) text: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Before,
    Inside,
    After,
    Failed,
}

impl<R: Read> Features<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            buffer: vec![0; BUFFER],
            left: 0..0,
            line: 1,
            depth: 0,
            in_string: false,
            escaped: false,
            name: Vec::new(),
            place: Place::Start,
            feature: Feature::default(),
        }
    }

    /// The next feature; none at the end of a whole collection.
    fn feature(&mut self) -> io::Result<Option<Feature>> {
        loop {
            let Some(at) = self.left.next() else {
                self.left = 0..self.input.read(&mut self.buffer)?;
                if self.left.is_empty() {
                    return self.end().map(|()| None);
                }
                continue;
            };
            if self.step(self.buffer[at])? {
                return Ok(Some(std::mem::take(&mut self.feature)));
            }
        }
    }

    /// Takes one byte; whether a feature ends before it.
    fn step(&mut self, byte: u8) -> io::Result<bool> {
        self.line += usize::from(byte == b'\n');
        if self.in_string {
            self.step_in_string(byte);
            return self.keep(byte).map(|()| false);
        }
        match byte {
            b'"' => {
                self.in_string = true;
                if self.depth == 1 {
                    self.name.clear();
                }
            }
            b'{' | b'[' => {
                self.depth += 1;
                let is_list = self.depth == 2 && byte == b'[' && self.name == b"features";
                if is_list && self.place == Place::Before {
                    self.place = Place::Inside;
                    return Ok(false);
                }
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.place == Place::Inside && self.depth == 1 {
                    self.place = Place::After;
                    return Ok(!self.feature.text.is_empty());
                }
            }
            b',' if self.place == Place::Inside && self.depth == 2 => return Ok(true),
            _ => {}
        }
        self.begin(byte)?;
        self.keep(byte).map(|()| false)
    }

    fn step_in_string(&mut self, byte: u8) {
        if self.escaped {
            self.escaped = false;
        } else if byte == b'\\' {
            self.escaped = true;
        } else if byte == b'"' {
            self.in_string = false;
        } else if self.depth == 1 && self.name.len() < 16 {
            self.name.push(byte);
        }
    }

    /// Looks at what stands outside of the collection.
    fn begin(&mut self, byte: u8) -> io::Result<()> {
        match self.place {
            _ if byte.is_ascii_whitespace() => Ok(()),
            Place::Start if byte == b'{' => {
                self.place = Place::Before;
                Ok(())
            }
            Place::Start => Err(invalid(
                "is no JSON object: a FeatureCollection is expected",
            )),
            _ if self.depth == 0 && byte != b'}' => Err(invalid(&format!(
                "goes on after its end, in line {}",
                self.line
            ))),
            _ => Ok(()),
        }
    }

    /// Keeps a byte of a feature.
    fn keep(&mut self, byte: u8) -> io::Result<()> {
        if self.place != Place::Inside || self.feature.text.is_empty() && byte.is_ascii_whitespace()
        {
            return Ok(());
        }
        if self.feature.text.is_empty() {
            self.feature.line = self.line;
        }
        if self.feature.text.len() >= LONGEST {
            let told = format!(
                "has a feature of more than {} MiB in line {}",
                LONGEST >> 20,
                self.feature.line
            );
            return Err(invalid(&told));
        }
        self.feature.text.push(byte);
        Ok(())
    }

    fn end(&self) -> io::Result<()> {
        match self.place {
            Place::Start => Err(invalid("is empty")),
            _ if self.depth > 0 => Err(invalid(&format!("is cut off in line {}", self.line))),
            Place::Before => Err(invalid(
                "has no `features`: a FeatureCollection is expected",
            )),
            Place::Inside | Place::After | Place::Failed => Ok(()),
        }
    }
}

impl<R: Read> Iterator for Features<R> {
    type Item = io::Result<Feature>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.place == Place::Failed {
            return None;
        }
        let found = self.feature();
        if found.is_err() {
            self.place = Place::Failed;
        }
        found.transpose()
    }
}

fn invalid(told: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, told.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Features;

    fn split(text: &str) -> (Vec<(usize, String)>, Option<String>) {
        let (mut found, mut told) = (Vec::new(), None);
        for feature in Features::new(text.as_bytes()) {
            match feature {
                Ok(feature) => found.push((
                    feature.line,
                    String::from_utf8_lossy(&feature.text).into_owned(),
                )),
                Err(error) => told = Some(error.to_string()),
            }
        }
        (found, told)
    }

    #[test]
    fn features_are_split_wherever_their_brackets_are() {
        let text = "{\"bbox\": [1, 2], \"name\": \"features [\",\n \"features\": [\n{\"a\": [\"]}\\\"\"]},\n 5 ], \"x\": {}}\n";
        let (found, told) = split(text);
        assert_eq!(
            found,
            [
                (3, "{\"a\": [\"]}\\\"\"]}".to_owned()),
                (4, "5 ".to_owned())
            ]
        );
        assert_eq!(told, None);
        assert_eq!(split("{\"features\": [ ]}"), (vec![], None));
    }

    #[test]
    fn what_is_no_whole_collection_is_told() {
        for (text, expected) in [
            ("", "is empty"),
            ("[]", "is no JSON object: a FeatureCollection is expected"),
            (
                "{\"type\": \"Feature\"}",
                "has no `features`: a FeatureCollection is expected",
            ),
            ("{\"features\": [\n", "is cut off in line 2"),
            ("{\"features\": [{},", "is cut off in line 1"),
            ("{\"features\": [{}]", "is cut off in line 1"),
            ("{\"features\": []} x", "goes on after its end, in line 1"),
        ] {
            assert_eq!(split(text).1.as_deref(), Some(expected), "{text}");
        }
    }
}

//! Cells of a CSV row, written fast.

use std::io::Write as _;

use araxes::model::Code;

/// The cells of one CSV row. A million rows make forty million numbers: they are written without the general machinery, to the same text.
pub(super) struct Cells<'t> {
    text: &'t mut Vec<u8>,
    is_first: bool,
}

/// Decimals of the finest numbers of a row; a number with more is written in the general way.
const DIGITS: u32 = 7;

impl<'t> Cells<'t> {
    pub(super) const fn new(text: &'t mut Vec<u8>) -> Self {
        Self {
            text,
            is_first: true,
        }
    }

    fn next(&mut self) {
        if !self.is_first {
            self.text.push(b',');
        }
        self.is_first = false;
    }

    /// A text, in quotation marks where it needs them (RFC 4180).
    pub(super) fn word(&mut self, word: &str) {
        self.next();
        if word
            .bytes()
            .any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r'))
        {
            self.text.push(b'"');
            self.text
                .extend_from_slice(word.replace('"', "\"\"").as_bytes());
            self.text.push(b'"');
        } else {
            self.text.extend_from_slice(word.as_bytes());
        }
    }

    /// A value whose text needs no quotation marks.
    pub(super) fn display(&mut self, value: impl std::fmt::Display) {
        self.next();
        let _ = write!(self.text, "{value}");
    }

    /// Codes joined by a sign.
    pub(super) fn codes(&mut self, codes: impl Iterator<Item = Code>, between: u8) {
        self.next();
        for (number, code) in codes.enumerate() {
            if number > 0 {
                self.text.push(between);
            }
            self.text.extend_from_slice(code.as_str().as_bytes());
        }
    }

    pub(super) fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        match value {
            Some(value) => write(self, value),
            None => self.next(),
        }
    }

    /// The shortest text of a number.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "below 2^53, where every whole number has its own float"
    )]
    pub(super) fn number(&mut self, value: f64) {
        let scale = f64::from(10_u32.pow(DIGITS));
        let scaled = (value * scale).round();
        #[expect(
            clippy::float_cmp,
            reason = "asks whether the short text gives the very same number"
        )]
        // Of up to fifteen digits no two texts mean one number: this is then the shortest.
        let is_short = scaled.abs() < 1e15 && scaled / scale == value;
        if is_short && (value != 0.0 || value.is_sign_positive()) {
            self.next();
            decimal(self.text, scaled as i64);
        } else {
            self.display(value);
        }
    }

    pub(super) fn end(self) {
        self.text.push(b'\n');
    }
}

/// A whole number of ten-millionths as a decimal without trailing zeros.
fn decimal(text: &mut Vec<u8>, scaled: i64) {
    let unit = 10_u64.pow(DIGITS);
    if scaled < 0 {
        text.push(b'-');
    }
    let (whole, mut rest) = (scaled.unsigned_abs() / unit, scaled.unsigned_abs() % unit);
    let mut digits = [0_u8; 20];
    let mut start = digits.len();
    let mut left = whole;
    loop {
        start -= 1;
        digits[start] = digit(left % 10);
        left /= 10;
        if left == 0 {
            break;
        }
    }
    text.extend_from_slice(&digits[start..]);
    if rest == 0 {
        return;
    }
    text.push(b'.');
    let mut place = unit / 10;
    while rest > 0 {
        text.push(digit(rest / place));
        rest %= place;
        place /= 10;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a digit")]
const fn digit(value: u64) -> u8 {
    b'0' + value as u8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Cells;

    fn written(value: f64) -> String {
        let mut text = Vec::new();
        Cells::new(&mut text).number(value);
        String::from_utf8(text).expect("digits")
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn a_number_is_written_as_its_shortest_text(value in -1e9..1e9_f64, digits in 0..9_i32) {
            let rounded = araxes::units::rounded(value, digits);
            prop_assert_eq!(written(rounded), rounded.to_string());
            prop_assert_eq!(written(value), value.to_string());
        }
    }

    #[test]
    fn odd_numbers_are_written_as_ever() {
        for value in [
            0.0,
            -0.0,
            1e-8,
            0.1 + 0.2,
            1e300,
            f64::MAX,
            f64::NAN,
            f64::INFINITY,
            -45.5,
            100.0,
        ] {
            assert_eq!(written(value), value.to_string());
        }
    }

    #[test]
    fn words_that_need_them_get_quotation_marks() {
        let mut text = Vec::new();
        let mut cells = Cells::new(&mut text);
        for word in ["plain", "A side: A, B", "say \"so\"", ""] {
            cells.word(word);
        }
        cells.end();
        let expected = "plain,\"A side: A, B\",\"say \"\"so\"\"\",\n";
        assert_eq!(String::from_utf8(text).expect("text"), expected);
    }
}

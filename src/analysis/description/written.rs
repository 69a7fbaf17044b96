//! Numbers as a text writes them: with their decimals, which say how exactly they are meant.

use std::fmt;

use crate::units::Length;

/// A number with the decimals that it is written with.
///
/// # Properties
///
/// What it prints reads back as the same number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Written {
    value: f64,
    decimals: u8,
}

/// More decimals say nothing: of degrees this is a ten-thousandth of a millimetre.
const MOST_DECIMALS: u8 = 12;

/// Larger numbers are no length, angle or coordinate on Earth.
const LARGEST: f64 = 1e9;

impl Written {
    /// The number rounded to `decimals`; none for what is no number on Earth, or for more decimals than a number has.
    pub fn new(value: f64, decimals: u8) -> Option<Self> {
        if !value.is_finite() || value.abs() > LARGEST || decimals > MOST_DECIMALS {
            return None;
        }
        let places = usize::from(decimals);
        let value: f64 = format!("{value:.places$}").parse().ok()?;
        // Minus zero would print as "-0".
        let value = if value == 0.0 { 0.0 } else { value };
        Some(Self { value, decimals })
    }

    /// A number from digits, with or without a sign and a decimal point; the message says what is wrong.
    pub(super) fn read(text: &str) -> Result<Self, &'static str> {
        let decimals = text.split_once('.').map_or(0, |(_, behind)| behind.len());
        let decimals = u8::try_from(decimals)
            .ok()
            .filter(|decimals| *decimals <= MOST_DECIMALS)
            .ok_or("a number with at most 12 decimals")?;
        let value: f64 = text.parse().ok().ok_or("a number")?;
        Self::new(value, decimals).ok_or("a number of at most a thousand million")
    }

    /// Its value.
    pub const fn value(self) -> f64 {
        self.value
    }

    /// Half a unit of its last digit: the number that was rounded to it is within this.
    pub fn half_digit(self) -> f64 {
        0.5 * 10_f64.powi(-i32::from(self.decimals))
    }

    /// Whether it is written without decimals.
    pub(super) const fn is_whole(self) -> bool {
        self.decimals == 0
    }

    /// The number with the other sign.
    pub(super) fn negated(self) -> Self {
        let value = if self.value == 0.0 { 0.0 } else { -self.value };
        Self { value, ..self }
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*}", usize::from(self.decimals), self.value)
    }
}

/// The unit of a length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Metres.
    Metres,
    /// Kilometres.
    Kilometres,
}

impl Unit {
    /// Its sign.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Metres => "m",
            Self::Kilometres => "km",
        }
    }

    const fn m(self) -> f64 {
        match self {
            Self::Metres => 1.0,
            Self::Kilometres => 1000.0,
        }
    }
}

/// A length as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// The number.
    pub number: Written,
    /// Its unit.
    pub unit: Unit,
}

impl Measure {
    /// The length.
    pub const fn length(self) -> Length {
        Length::from_m(self.number.value() * self.unit.m())
    }

    /// Half a unit of its last digit, in metres.
    pub fn half_digit_m(self) -> f64 {
        self.number.half_digit() * self.unit.m()
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number, self.unit.word())
    }
}

/// An angle as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Angle {
    /// In degrees.
    Decimal(Written),
    /// In degrees, minutes and seconds.
    Sexagesimal(Sexagesimal),
}

/// Degrees, minutes and, if they are written, seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sexagesimal {
    is_negative: bool,
    degrees: u16,
    minutes: u8,
    seconds: Option<Written>,
}

impl Sexagesimal {
    /// The angle; none for minutes or seconds of sixty and more, or degrees of more than a full turn.
    pub fn new(degrees: u16, minutes: u8, seconds: Option<Written>) -> Option<Self> {
        let is_sound = degrees <= 360
            && minutes < 60
            && seconds.is_none_or(|seconds| (0.0..60.0).contains(&seconds.value()));
        is_sound.then_some(Self {
            is_negative: false,
            degrees,
            minutes,
            seconds,
        })
    }

    /// The angle to the south or west; of none there is only one.
    #[must_use]
    pub fn negated(self) -> Self {
        let is_negative = !self.is_negative && self.size() > 0.0;
        Self {
            is_negative,
            ..self
        }
    }

    fn size(self) -> f64 {
        let seconds = self.seconds.map_or(0.0, Written::value);
        f64::from(self.degrees) + f64::from(self.minutes) / 60.0 + seconds / 3600.0
    }
}

impl fmt::Display for Sexagesimal {
    /// Without its sign, which a letter says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}°{:02}'", self.degrees, self.minutes)?;
        let Some(seconds) = self.seconds else {
            return Ok(());
        };
        let lead = if seconds.to_string().find('.').unwrap_or(2) < 2 || is_one_digit(seconds) {
            "0"
        } else {
            ""
        };
        write!(f, "{lead}{seconds}\"")
    }
}

fn is_one_digit(seconds: Written) -> bool {
    seconds.to_string().len() == 1
}

impl Angle {
    /// Degrees.
    pub fn degrees(self) -> f64 {
        match self {
            Self::Decimal(number) => number.value(),
            Self::Sexagesimal(angle) if angle.is_negative => -angle.size(),
            Self::Sexagesimal(angle) => angle.size(),
        }
    }

    /// Half a unit of its last digit, in degrees.
    pub fn half_digit(self) -> f64 {
        match self {
            Self::Decimal(number) => number.half_digit(),
            Self::Sexagesimal(angle) => angle
                .seconds
                .map_or(0.5 / 60.0, |seconds| seconds.half_digit() / 3600.0),
        }
    }

    /// The angle with the other sign.
    pub(super) fn negated(self) -> Self {
        match self {
            Self::Decimal(number) => Self::Decimal(number.negated()),
            Self::Sexagesimal(angle) => Self::Sexagesimal(angle.negated()),
        }
    }

    /// As a latitude or longitude is written: an angle in minutes ends in one of the letters.
    pub(super) fn with_letter(self, letters: [char; 2]) -> String {
        match self {
            Self::Decimal(number) => number.to_string(),
            Self::Sexagesimal(angle) => {
                format!("{angle}{}", letters[usize::from(angle.is_negative)])
            }
        }
    }
}

impl fmt::Display for Angle {
    /// As an azimuth is written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decimal(number) => number.fmt(f),
            Self::Sexagesimal(angle) => angle.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Angle;
    use super::Sexagesimal;
    use super::Written;

    #[test]
    fn a_number_keeps_the_digits_it_was_written_with() {
        for text in ["12.50", "0", "-3.000", "8501234.5"] {
            assert_eq!(Written::read(text).expect(text).to_string(), text);
        }
        assert!((Written::read("12.50").expect("a number").half_digit() - 0.005).abs() < 1e-12);
        assert_eq!(Written::read("-0.0").expect("zero").to_string(), "0.0");
        assert!(Written::new(f64::NAN, 1).is_none() && Written::new(f64::INFINITY, 1).is_none());
        assert!(Written::read("0.0000000000001").is_err() && Written::read("9999999999").is_err());
    }

    #[test]
    fn degrees_minutes_and_seconds_are_padded_and_signed_by_a_letter() {
        let seconds = |text| Written::read(text).ok();
        let angle = |seconds| Sexagesimal::new(41, 7, seconds).expect("an angle");
        for (given, shown) in [
            (seconds("4.30"), "41°07'04.30\"N"),
            (seconds("9"), "41°07'09\"N"),
            (seconds("19"), "41°07'19\"N"),
            (None, "41°07'N"),
        ] {
            let angle = Angle::Sexagesimal(angle(given));
            assert_eq!(angle.with_letter(['N', 'S']), shown);
        }
        let south = Angle::Sexagesimal(angle(seconds("30.0"))).negated();
        assert!((south.degrees() + 41.0 + 7.5 / 60.0).abs() < 1e-12);
        assert_eq!(south.with_letter(['N', 'S']), "41°07'30.0\"S");
        assert!((south.half_digit() - 0.05 / 3600.0).abs() < 1e-15);
        assert!(Sexagesimal::new(41, 60, None).is_none());
        assert!(Sexagesimal::new(41, 0, seconds("60")).is_none());
    }
}

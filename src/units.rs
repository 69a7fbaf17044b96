//! Quantities that cross module boundaries: one number, one unit, one way to print.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;
use std::ops::Sub;

/// A length, or a distance, on the ellipsoid.
///
/// # Units
///
/// Metres inside; [`Length::m`] and [`Length::km`] name the unit they give.
///
/// # Example
///
/// ```
/// use araxes::units::Length;
///
/// let piece = Length::from_km(1.9) + Length::from_km(4.9) + Length::from_km(5.8);
/// assert_eq!(piece.to_string(), "12.6 km");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Length(f64);

impl Length {
    /// No length.
    pub const ZERO: Self = Self(0.0);

    /// A length of `m` metres.
    pub const fn from_m(m: f64) -> Self {
        Self(m)
    }

    /// A length of `km` kilometres.
    pub const fn from_km(km: f64) -> Self {
        Self(km * 1000.0)
    }

    /// Metres.
    pub const fn m(self) -> f64 {
        self.0
    }

    /// Kilometres.
    pub const fn km(self) -> f64 {
        self.0 / 1000.0
    }

    /// Whole metres, as the search counts them.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates, and no length on Earth reaches four million kilometres"
    )]
    pub fn whole_m(self) -> u32 {
        self.0.round() as u32
    }
}

impl Add for Length {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Self::add)
    }
}

impl fmt::Display for Length {
    /// Metres below one kilometre, kilometres with one digit above.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 999.5 {
            write!(f, "{:.0} m", self.0)
        } else {
            write!(f, "{:.1} km", self.km())
        }
    }
}

/// `value` rounded to `digits` decimals, for rows that are printed: the same number in every format.
pub fn rounded(value: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    let rounded = (value * scale).round() / scale;
    // Minus zero would print as "-0".
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::Length;
    use super::rounded;

    #[test]
    fn a_length_prints_in_the_unit_that_reads_best() {
        assert_eq!(Length::from_m(999.4).to_string(), "999 m");
        assert_eq!(Length::from_m(999.6).to_string(), "1.0 km");
    }

    #[test]
    fn rounding_never_leaves_a_minus_zero() {
        assert!(rounded(-0.0001, 2).is_sign_positive());
        assert!((rounded(12.345_67, 3) - 12.346).abs() < 1e-12);
    }
}

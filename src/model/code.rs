//! Codes of states and territories, and pairs of states.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;
use serde::de::Error as _;

/// `XX-YYY` is the longest code of ISO 3166-2.
const LONGEST: usize = 6;

/// The code of a state (ISO 3166-1, `AM`) or of a subdivision of one (ISO 3166-2, `AZ-NX`).
///
/// # Example
///
/// ```
/// use araxes::model::Code;
///
/// let nakhchivan: Code = "AZ-NX".parse()?;
/// assert_eq!(nakhchivan.state().as_str(), "AZ");
/// # Ok::<(), araxes::model::BadCode>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    bytes: [u8; LONGEST],
    length: u8,
}

/// A text that is no code, or no pair of codes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadCode {
    /// No code.
    #[error(
        "`{0}` is no state or territory code: use ISO 3166, two capital letters, for a subdivision with a hyphen and its own code"
    )]
    Code(String),
    /// No pair of two different states.
    #[error("`{0}` is no pair of states: join the codes of two different ones with a hyphen")]
    Pair(String),
}

impl Code {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        // Only ASCII is ever stored.
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }

    /// The state that the territory belongs to: itself, for a state.
    #[must_use]
    pub fn state(self) -> Self {
        let mut state = Self {
            bytes: [0; LONGEST],
            length: 2,
        };
        state.bytes[..2].copy_from_slice(&self.bytes[..2]);
        state
    }

    /// Whether this is a subdivision of a state.
    pub const fn is_subdivision(self) -> bool {
        self.length > 2
    }
}

impl FromStr for Code {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, BadCode> {
        let bytes = text.as_bytes();
        let state = bytes.len() >= 2 && bytes[..2].iter().all(u8::is_ascii_uppercase);
        let rest = bytes.get(2..).unwrap_or_default();
        let subdivision = match rest {
            [] => true,
            [b'-', part @ ..] => {
                (1..=3).contains(&part.len())
                    && part
                        .iter()
                        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            }
            _ => false,
        };
        if !(state && subdivision) {
            return Err(BadCode::Code(text.chars().take(40).collect()));
        }
        let mut code = Self {
            bytes: [0; LONGEST],
            length: 0,
        };
        for (place, byte) in code.bytes.iter_mut().zip(bytes) {
            *place = *byte;
            code.length += 1;
        }
        Ok(code)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Two states that share a border, in alphabetical order: `AM-AZ`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The first by alphabet.
    pub first: Code,
    /// The second by alphabet.
    pub second: Code,
}

impl Pair {
    /// The pair of the states of two territories; none if it is one state.
    pub fn of(one: Code, other: Code) -> Option<Self> {
        let (one, other) = (one.state(), other.state());
        match one.cmp(&other) {
            std::cmp::Ordering::Less => Some(Self {
                first: one,
                second: other,
            }),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(Self {
                first: other,
                second: one,
            }),
        }
    }

    /// Whether the state of `code` is one of the two.
    pub fn has(self, code: Code) -> bool {
        code.state() == self.first || code.state() == self.second
    }
}

impl FromStr for Pair {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, BadCode> {
        let bad = || BadCode::Pair(text.chars().take(40).collect());
        let (one, other) = text.split_once('-').ok_or_else(bad)?;
        let (one, other): (Code, Code) = (one.parse()?, other.parse()?);
        if one.is_subdivision() || other.is_subdivision() {
            return Err(bad());
        }
        Self::of(one, other).ok_or_else(bad)
    }
}

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}-{}", self.first, self.second))
    }
}

impl Serialize for Pair {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pair {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let pair: Self = text.parse().map_err(D::Error::custom)?;
        if pair.to_string() == text {
            Ok(pair)
        } else {
            Err(D::Error::custom(format!(
                "pair `{text}` is not in alphabetical order: use `{pair}`"
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Code;
    use super::Pair;

    #[test]
    fn codes_follow_iso_3166() {
        for good in ["AM", "AZ-NX", "US-CA", "XX-123"] {
            assert_eq!(
                good.parse::<Code>().map(|code| code.to_string()),
                Ok(good.to_owned())
            );
        }
        for bad in ["", "A", "am", "AMX", "AZ-", "AZ-NXYZ", "AZ_NX", "ÄM", "A-B"] {
            assert!(bad.parse::<Code>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_pair_is_alphabetical_whatever_the_order_given() {
        assert_eq!(
            "AZ-AM".parse::<Pair>().map(|pair| pair.to_string()),
            Ok("AM-AZ".to_owned())
        );
        assert!("AM-AM".parse::<Pair>().is_err());
        assert!("AM".parse::<Pair>().is_err());
    }
}

//! Names, lengths and angles of a text, with the words that announce them.

use crate::analysis::description::scan::Scanned;
use crate::analysis::description::scan::Scanner;
use crate::analysis::description::types::Name;
use crate::analysis::description::written::Angle;
use crate::analysis::description::written::Measure;
use crate::analysis::description::written::Sexagesimal;
use crate::analysis::description::written::Unit;
use crate::analysis::description::written::Written;

/// No two places are further apart on the ellipsoid, in metres.
const LONGEST_M: f64 = 20_003_931.5;

const DEGREES: [char; 2] = ['°', 'º'];
const MINUTES: [char; 3] = ['\'', '′', '’'];
const SECONDS: [char; 3] = ['"', '″', '”'];

/// A name in quotation marks.
pub(super) fn quoted(scanner: &mut Scanner<'_>, after: &str) -> Scanned<Name> {
    let name = scanner.name()?;
    name.ok_or_else(|| scanner.expected(&format!("a text in quotation marks after {after}")))
}

/// A length of zero or more.
pub(super) fn measure(scanner: &mut Scanner<'_>, after: &str) -> Scanned<Measure> {
    scanner.blank();
    let mut start = *scanner;
    let number = scanner.number(&format!("a number of metres or kilometres after {after}"))?;
    if number.value() < 0.0 {
        return Err(start.fault("a length is not below zero"));
    }
    let unit = if ["m", "metre", "metres"]
        .iter()
        .any(|word| scanner.takes(word))
    {
        Unit::Metres
    } else if ["km", "kilometre", "kilometres"]
        .iter()
        .any(|word| scanner.takes(word))
    {
        Unit::Kilometres
    } else {
        return Err(scanner.expected("`m` or `km` after the number"));
    };
    Ok(Measure { number, unit })
}

/// A length above zero.
pub(super) fn length(scanner: &mut Scanner<'_>, after: &str) -> Scanned<Measure> {
    scanner.blank();
    let mut start = *scanner;
    let measure = measure(scanner, after)?;
    if measure.number.value() <= 0.0 {
        return Err(start.fault("a length above zero is expected"));
    }
    Ok(measure)
}

/// A distance between two places.
pub(super) fn distance(scanner: &mut Scanner<'_>) -> Scanned<Measure> {
    scanner.blank();
    let mut start = *scanner;
    let measure = length(scanner, "`distance`")?;
    if measure.length().m() > LONGEST_M {
        return Err(start.fault("no two places on Earth are as far apart"));
    }
    Ok(measure)
}

/// An azimuth.
pub(super) fn azimuth(scanner: &mut Scanner<'_>, after: &str) -> Scanned<Angle> {
    scanner.blank();
    let mut start = *scanner;
    let angle = angle(scanner, &format!("a number of degrees after {after}"))?;
    if !(0.0..=360.0).contains(&angle.degrees()) {
        return Err(start.fault("an azimuth is 0 to 360 degrees, clockwise from true north"));
    }
    Ok(angle)
}

/// A latitude.
pub(super) fn latitude(scanner: &mut Scanner<'_>) -> Scanned<Angle> {
    coordinate(scanner, "latitude", ['N', 'S'], 90.0)
}

/// A longitude.
pub(super) fn longitude(scanner: &mut Scanner<'_>) -> Scanned<Angle> {
    coordinate(scanner, "longitude", ['E', 'W'], 180.0)
}

fn coordinate(
    scanner: &mut Scanner<'_>,
    axis: &str,
    letters: [char; 2],
    most: f64,
) -> Scanned<Angle> {
    scanner.blank();
    let mut start = *scanner;
    let mut angle = angle(scanner, &format!("a number of degrees after `{axis}`"))?;
    let is_negative = start.peek().starts_with('-');
    for letter in ['N', 'S', 'E', 'W'] {
        let mut at_letter = *scanner;
        if scanner.takes(&letter.to_string()) {
            if !letters.contains(&letter) {
                let [plus, minus] = letters;
                return Err(at_letter.fault(&format!("a {axis} ends in {plus} or {minus}")));
            }
            if is_negative {
                return Err(at_letter.fault("a sign or a letter, not both"));
            }
            if letter == letters[1] {
                angle = angle.negated();
            }
            break;
        }
    }
    if angle.degrees().abs() > most {
        return Err(start.fault(&format!(
            "a {axis} is at most {most} degrees: are latitude and longitude exchanged?"
        )));
    }
    Ok(angle)
}

/// An angle in degrees, or in degrees, minutes and seconds.
fn angle(scanner: &mut Scanner<'_>, expected: &str) -> Scanned<Angle> {
    scanner.blank();
    let start = *scanner;
    let degrees = scanner.number(expected)?;
    if scanner.sign(&DEGREES).is_none() || !scanner.is_before_digit() {
        return Ok(Angle::Decimal(degrees));
    }
    let minutes = scanner.number("minutes")?;
    if scanner.sign(&MINUTES).is_none() {
        return Err(scanner.expected("the sign of minutes, `'`"));
    }
    let seconds = if scanner.is_before_digit() {
        let seconds = scanner.number("seconds")?;
        let is_doubled = |scanner: &mut Scanner<'_>| {
            scanner.sign(&MINUTES).is_some() && scanner.sign(&MINUTES).is_some()
        };
        if scanner.sign(&SECONDS).is_none() && !is_doubled(scanner) {
            return Err(scanner.expected("the sign of seconds, `\"`"));
        }
        Some(seconds)
    } else {
        None
    };
    let sized = whole(degrees.value().abs(), degrees)
        .zip(whole(minutes.value(), minutes))
        .and_then(|(degrees, minutes)| {
            Sexagesimal::new(degrees, u8::try_from(minutes).ok()?, seconds)
        });
    let mut start = start;
    let is_negative = start.peek().starts_with('-');
    let angle = sized.ok_or_else(|| {
        start.fault("whole degrees, whole minutes below 60 and seconds below 60 are expected")
    })?;
    Ok(Angle::Sexagesimal(if is_negative {
        angle.negated()
    } else {
        angle
    }))
}

/// A whole number of degrees or minutes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be whole and within the type"
)]
fn whole(value: f64, written: Written) -> Option<u16> {
    let is_whole = written.is_whole() && (0.0..=360.0).contains(&value);
    is_whole.then_some(value as u16)
}

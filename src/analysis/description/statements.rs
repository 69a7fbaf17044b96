//! What statements hold: a system, the states on the sides, a position.

use crate::analysis::description::scan::Scanned;
use crate::analysis::description::scan::Scanner;
use crate::analysis::description::types::Position;
use crate::analysis::description::types::System;
use crate::analysis::description::values;
use crate::model::Code;

/// A coordinate system; none for WGS 84.
pub(super) fn system(scanner: &mut Scanner<'_>) -> Scanned<Option<System>> {
    let is_wgs84 = ["WGS 84", "WGS84", "EPSG:4326"]
        .into_iter()
        .any(|words| scanner.takes_all(words));
    if is_wgs84 {
        return if scanner.peek().eq_ignore_ascii_case("operation") {
            Err(scanner.fault("positions on WGS 84 need no datum operation"))
        } else {
            Ok(None)
        };
    }
    let id = scanner.word("a coordinate system such as `WGS 84` or `EPSG:28408`")?;
    let operation = if scanner.takes("operation") {
        Some(scanner.word("a datum operation such as `EPSG:15865`")?)
    } else {
        None
    };
    scanner.end("`operation`, or the end of the line")?;
    Ok(Some(System { id, operation }))
}

/// The code of a state.
pub(super) fn code(scanner: &mut Scanner<'_>, after: &str) -> Scanned<Code> {
    let mut start = *scanner;
    let expected = format!("the code of a state after {after}, two capital letters");
    let word = scanner.word(&expected)?;
    word.as_str()
        .parse()
        .ok()
        .ok_or_else(|| start.expected(&expected))
}

/// The state on the other side.
pub(super) fn other_side(scanner: &mut Scanner<'_>, side: &str, one: Code) -> Scanned<Code> {
    if !scanner.takes(side) {
        return Err(scanner.expected(&format!("`{side}` and the state on that side")));
    }
    let mut start = *scanner;
    let other = code(scanner, &format!("`{side}`"))?;
    if other == one {
        return Err(start.fault("the same state on both sides"));
    }
    Ok(other)
}

/// A position.
pub(super) fn position(scanner: &mut Scanner<'_>) -> Scanned<Position> {
    if scanner.takes("latitude") {
        let latitude = values::latitude(scanner)?;
        if !scanner.takes("longitude") {
            return Err(scanner.expected("`longitude` after the latitude"));
        }
        let longitude = values::longitude(scanner)?;
        return Ok(Position::Geographic {
            latitude,
            longitude,
        });
    }
    if scanner.takes("longitude") {
        let longitude = values::longitude(scanner)?;
        if !scanner.takes("latitude") {
            return Err(scanner.expected("`latitude` after the longitude"));
        }
        let latitude = values::latitude(scanner)?;
        return Ok(Position::Geographic {
            latitude,
            longitude,
        });
    }
    for (first, second) in [("easting", "northing"), ("northing", "easting")] {
        if scanner.takes(first) {
            let one = scanner.number(&format!("a number of metres after `{first}`"))?;
            if !scanner.takes(second) {
                return Err(scanner.expected(&format!("`{second}` after the {first}")));
            }
            let other = scanner.number(&format!("a number of metres after `{second}`"))?;
            let (easting, northing) = if first == "easting" {
                (one, other)
            } else {
                (other, one)
            };
            return Ok(Position::Grid { easting, northing });
        }
    }
    if ["x", "y"]
        .iter()
        .any(|axis| scanner.peek().eq_ignore_ascii_case(axis))
    {
        return Err(scanner.fault(
            "`x` means north in some protocols and east in others: expected `easting` and `northing`",
        ));
    }
    Err(scanner.expected("`latitude` and `longitude`, or `easting` and `northing`"))
}

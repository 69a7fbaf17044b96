//! The bundled fonts: their bytes, and how wide a text is in them.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::map::scene::Font;

/// `DejaVu` Sans, cut down to the scripts of the maps.
pub const REGULAR: &[u8] = include_bytes!("fonts/DejaVuSans.ttf");
/// `DejaVu` Sans Bold, likewise.
pub const BOLD: &[u8] = include_bytes!("fonts/DejaVuSans-Bold.ttf");

/// Height of a capital letter, as a share of the font size.
pub const CAP_HEIGHT: f64 = 0.73;
/// What reaches below the baseline, as a share of the font size.
pub const DESCENT: f64 = 0.23;

static REGULAR_ADVANCES: LazyLock<Advances> = LazyLock::new(|| Advances::of(REGULAR));
static BOLD_ADVANCES: LazyLock<Advances> = LazyLock::new(|| Advances::of(BOLD));

/// The width of `text` set in `font`.
///
/// # Properties
///
/// Kerning is left out: it only draws letters together, so a text is never wider than this says by more than the
/// rounding of a letter.
pub fn width(text: &str, font: &Font) -> f64 {
    let advances = advances(font.bold);
    let letters: f64 = text
        .chars()
        .map(|c| advances.em(c) * font.size + font.spacing)
        .sum();
    (letters - font.spacing).max(0.0)
}

/// Whether the fonts have a glyph for every character of `text`.
pub fn covers(text: &str) -> bool {
    text.chars()
        .all(|c| REGULAR_ADVANCES.by_char.contains_key(&c))
}

/// `text` broken into lines no wider than `limit`; a longer word stands alone on its line.
pub fn wrap(text: &str, font: &Font, limit: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), font) <= limit => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn advances(bold: bool) -> &'static Advances {
    if bold {
        &BOLD_ADVANCES
    } else {
        &REGULAR_ADVANCES
    }
}

/// Advance widths of a TrueType font, in units of which `units` make the font size.
struct Advances {
    units: f64,
    by_char: HashMap<char, u16>,
}

impl Advances {
    /// Reads the tables `head`, `hhea`, `hmtx` and format 4 of `cmap` (OpenType 1.9); nothing where a table is missing.
    fn of(font: &[u8]) -> Self {
        Self::read(font).unwrap_or_else(|| Self {
            units: 1.0,
            by_char: HashMap::new(),
        })
    }

    fn read(font: &[u8]) -> Option<Self> {
        let units = u16_at(table(font, *b"head")?, 18)?;
        let metrics = usize::from(u16_at(table(font, *b"hhea")?, 34)?);
        let hmtx = table(font, *b"hmtx")?;
        let advance =
            |glyph: u16| u16_at(hmtx, 4 * usize::from(glyph).min(metrics.saturating_sub(1)));
        let mut by_char = HashMap::new();
        for (c, glyph) in glyphs(table(font, *b"cmap")?)? {
            by_char.insert(c, advance(glyph)?);
        }
        Some(Self {
            units: f64::from(units),
            by_char,
        })
    }

    /// The advance of `c` as a share of the font size; that of a wide letter for one the font does not have.
    fn em(&self, c: char) -> f64 {
        self.by_char
            .get(&c)
            .map_or(1.0, |&advance| f64::from(advance) / self.units)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes
        .get(at..at + 2)?
        .try_into()
        .ok()
        .map(u16::from_be_bytes)
}

fn offset_at(bytes: &[u8], at: usize) -> Option<usize> {
    let value = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
    usize::try_from(value).ok()
}

/// The table with this tag, through to the end of the font.
fn table(font: &[u8], tag: [u8; 4]) -> Option<&[u8]> {
    let count = usize::from(u16_at(font, 4)?);
    let entry = (0..count)
        .map(|i| 12 + 16 * i)
        .find(|&at| font.get(at..at + 4) == Some(&tag[..]))?;
    font.get(offset_at(font, entry + 8)?..)
}

/// Characters and their glyphs, from the segment map of the Basic Multilingual Plane.
fn glyphs(cmap: &[u8]) -> Option<Vec<(char, u16)>> {
    let count = usize::from(u16_at(cmap, 2)?);
    let map = (0..count)
        .filter_map(|i| cmap.get(offset_at(cmap, 4 + 8 * i + 4)?..))
        .find(|map| u16_at(map, 0) == Some(4))?;
    let segments = usize::from(u16_at(map, 6)?) / 2;
    // Ends, starts, deltas and ranges; a reserved word stands between the ends and the starts.
    let place =
        |part: usize, segment: usize| 14 + 2 * (part * segments + segment + usize::from(part > 0));
    let mut found = Vec::new();
    for segment in 0..segments {
        let last = u16_at(map, place(0, segment))?;
        let first = u16_at(map, place(1, segment))?;
        let delta = u16_at(map, place(2, segment))?;
        let range_at = place(3, segment);
        let range = usize::from(u16_at(map, range_at)?);
        for code in first..=last {
            let glyph = if range == 0 {
                code.wrapping_add(delta)
            } else {
                match u16_at(map, range_at + range + 2 * usize::from(code - first)).unwrap_or(0) {
                    0 => 0,
                    glyph => glyph.wrapping_add(delta),
                }
            };
            if let Some(c) = char::from_u32(u32::from(code)).filter(|_| glyph != 0) {
                found.push((c, glyph));
            }
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::covers;
    use super::width;
    use super::wrap;
    use crate::map::raster;
    use crate::map::scene::Color;
    use crate::map::scene::Font;

    const BLACK: Color = Color(0, 0, 0);

    #[test]
    fn the_scripts_of_the_region_are_covered() {
        for text in [
            "Ağdam – Şuşa, Gəncə",
            "Մեղրի",
            "თბილისი",
            "Ереван",
            "→ ≤ ● ▲ № ½ °",
        ] {
            assert!(covers(text), "{text}");
        }
        assert!(!covers("تهران"));
    }

    #[test]
    fn measured_widths_are_those_that_the_renderer_draws() {
        for text in ["Naxçıvan", "Yerevan 1991", "Մեղրի / Meğri", "სადახლო"] {
            for bold in [false, true] {
                let font = Font {
                    bold,
                    ..Font::plain(100.0, BLACK)
                };
                let drawn = raster::text_width(text, &font).expect("drawn");
                let measured = width(text, &font);
                // The drawn box lacks the side bearings and has the kerning: a few hundredths of the size.
                assert!(
                    (measured - drawn).abs() < 16.0,
                    "{text}: {measured} but {drawn}"
                );
            }
        }
    }

    #[test]
    fn wrapped_lines_keep_to_the_limit_and_lose_no_word() {
        let font = Font::plain(10.0, BLACK);
        let text = "the extent of this place is drawn in no source that the map uses";
        let lines = wrap(text, &font, 120.0);
        assert!(lines.len() > 2 && lines.iter().all(|line| width(line, &font) <= 120.0));
        assert_eq!(lines.join(" "), text);
    }
}

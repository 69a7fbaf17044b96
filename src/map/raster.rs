//! SVG as PNG, with the bundled fonts only.

use std::sync::Arc;
use std::sync::LazyLock;

use resvg::tiny_skia::Pixmap;
use resvg::tiny_skia::Transform;
use resvg::usvg::Options;
use resvg::usvg::Tree;
use resvg::usvg::fontdb::Database;

use crate::error::Error;
use crate::error::Result;
use crate::map::font;
use crate::map::svg::FAMILY;

/// No system font is ever looked for: pixels would differ from machine to machine.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(font::REGULAR.to_vec());
    fonts.load_font_data(font::BOLD.to_vec());
    Arc::new(fonts)
});

/// Widest picture: beyond it the pixels need more than a gigabyte.
const WIDEST: u32 = 16_000;

/// The picture of an SVG document as PNG, `width_px` pixels wide.
///
/// # Properties
///
/// The same document and width give the same bytes on every machine.
///
/// # Errors
///
/// [`Error::Drawing`] if `svg` is no SVG document, or the width is nothing or beyond 16,000 pixels.
pub fn png(svg: &str, width_px: u32) -> Result<Vec<u8>> {
    if width_px == 0 || width_px > WIDEST {
        return Err(Error::Drawing(format!(
            "a picture is 1 to {WIDEST} pixels wide, not {width_px}"
        )));
    }
    let tree = tree(svg)?;
    let scale = width_px as f32 / tree.size().width();
    let height_px = whole(tree.size().height() * scale);
    let mut pixels = Pixmap::new(width_px, height_px)
        .ok_or_else(|| Error::Drawing(format!("{width_px} × {height_px} pixels are too many")))?;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    pixels
        .encode_png()
        .map_err(|error| Error::Drawing(error.to_string()))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates; a picture with too many pixels is refused where it is allocated"
)]
fn whole(pixels: f32) -> u32 {
    pixels.round().max(1.0) as u32
}

fn tree(svg: &str) -> Result<Tree> {
    // Text without a font would be left out in silence.
    if FONTS.is_empty() {
        return Err(Error::Drawing(
            "the bundled fonts cannot be read".to_owned(),
        ));
    }
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: Arc::clone(&FONTS),
        ..Options::default()
    };
    Tree::from_str(svg, &options).map_err(|error| Error::Drawing(error.to_string()))
}

/// The width of the box around `text` as it is really drawn.
#[cfg(test)]
pub(crate) fn text_width(text: &str, font: &crate::map::scene::Font) -> Result<f64> {
    let weight = if font.bold { "bold" } else { "normal" };
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2000\" height=\"200\" font-family=\"{FAMILY}\">\
         <text y=\"100\" font-size=\"{}\" font-weight=\"{weight}\">{text}</text></svg>",
        font.size
    );
    Ok(f64::from(tree(&svg)?.root().abs_bounding_box().width()))
}

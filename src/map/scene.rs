//! What a map consists of, with nothing left to decide: final places, colours and widths.
//!
//! Maps build a [`Scene`]; [`svg`](super::svg) writes it down. Every mark names the record it stands for, so that a
//! reader of the picture can ask why a line is dashed.

use geo::Coord;
use geo::Rect;

/// A picture in page coordinates: pixels at the nominal size, `x` to the right and `y` down.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Nominal width.
    pub width: f64,
    /// Nominal height.
    pub height: f64,
    /// Title, also the accessible name of the picture.
    pub title: String,
    /// What the picture shows, for those who cannot see it.
    pub summary: String,
    /// From the bottom to the top.
    pub layers: Vec<Layer>,
}

/// Marks that are drawn together.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Slug, unique in its scene.
    pub name: String,
    /// Nothing is drawn outside of this.
    pub clip: Option<Rect>,
    /// From the bottom to the top.
    pub marks: Vec<Mark>,
}

/// One drawn thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Slug of the record that it stands for.
    pub feature: Option<String>,
    /// What it says about it.
    pub title: Option<String>,
    /// What is drawn.
    pub shape: Shape,
}

/// What a mark looks like.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled area; rings inside rings are holes.
    Area {
        /// Closed rings.
        rings: Vec<Vec<Coord>>,
        /// How it is filled.
        fill: Fill,
        /// Its outline.
        outline: Option<Stroke>,
    },
    /// Lines, drawn once with each stroke: a casing first, then the line on top of it.
    Line {
        /// The lines.
        paths: Vec<Vec<Coord>>,
        /// From the bottom to the top.
        strokes: Vec<Stroke>,
    },
    /// A point symbol.
    Symbol {
        /// Its centre.
        at: Coord,
        /// Its form.
        form: Form,
        /// Its diameter.
        size: f64,
        /// The colour inside.
        fill: Color,
        /// Its outline.
        outline: Stroke,
    },
    /// One line of text.
    Text {
        /// Where its baseline starts, has its middle or ends.
        at: Coord,
        /// What it says.
        text: String,
        /// How it is set.
        font: Font,
        /// Rotation about `at` in degrees, clockwise.
        angle: f64,
    },
    /// A drawing made elsewhere, in its own coordinates.
    Drawing {
        /// Where it goes.
        frame: Rect,
        /// Width and height of its own coordinate system.
        view: (f64, f64),
        /// Its SVG elements.
        body: String,
    },
}

/// A colour of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Color(pub u8, pub u8, pub u8);

/// How an area is filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fill {
    /// Not at all.
    None,
    /// With one colour and an opacity between 0 and 1.
    Plain(Color, f64),
    /// With slanting lines.
    Hatch(Hatch),
}

/// Slanting parallel lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hatch {
    /// Colour of the lines.
    pub color: Color,
    /// Width of the lines.
    pub width: f64,
    /// Distance from line to line.
    pub spacing: f64,
    /// Slant in degrees, clockwise from upright.
    pub angle: f64,
}

/// How a line is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Color,
    /// Between 0 and 1.
    pub opacity: f64,
    /// Its width.
    pub width: f64,
    /// Lengths of dashes and gaps in turn; empty for a solid line.
    pub dash: Vec<f64>,
    /// Whether ends and dashes are round.
    pub round: bool,
}

/// Forms of point symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A disc.
    Circle,
    /// A square on its side.
    Square,
    /// A square on its corner.
    Diamond,
    /// A triangle that points up.
    Triangle,
    /// A diagonal cross.
    Cross,
    /// A disc with its lower half filled.
    Half,
}

/// How text is set.
#[derive(Debug, Clone, PartialEq)]
pub struct Font {
    /// Height of the em square.
    pub size: f64,
    /// Whether the bold cut is used.
    pub bold: bool,
    /// Colour of the letters.
    pub color: Color,
    /// Colour and width of the outline behind the letters.
    pub halo: Option<(Color, f64)>,
    /// What its place stands for.
    pub anchor: Anchor,
    /// Extra space after each letter.
    pub spacing: f64,
}

/// Which point of a line of text its place stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Where it starts.
    Start,
    /// Its middle.
    Middle,
    /// Where it ends.
    End,
}

impl Scene {
    /// The layer with this name.
    pub fn layer(&self, name: &str) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.name == name)
    }

    /// All marks, from the bottom to the top.
    pub fn marks(&self) -> impl Iterator<Item = &Mark> {
        self.layers.iter().flat_map(|layer| &layer.marks)
    }
}

impl Layer {
    /// A layer without marks.
    pub fn new(name: &str, clip: Option<Rect>) -> Self {
        Self {
            name: name.to_owned(),
            clip,
            marks: Vec::new(),
        }
    }

    /// The same layer under a name of its own in a scene with several maps.
    #[must_use]
    pub fn within(self, panel: &str) -> Self {
        Self {
            name: format!("{panel}.{}", self.name),
            ..self
        }
    }

    /// The same layer at another place of the page.
    #[must_use]
    pub fn moved(&self, by: Coord) -> Self {
        let marks = self.marks.iter().map(|mark| Mark {
            shape: mark.shape.moved(by),
            ..mark.clone()
        });
        let clip = self
            .clip
            .map(|clip| Rect::new(clip.min() + by, clip.max() + by));
        Self {
            name: self.name.clone(),
            clip,
            marks: marks.collect(),
        }
    }

    /// Adds a mark that stands for no record.
    pub fn add(&mut self, shape: Shape) {
        self.marks.push(Mark {
            feature: None,
            title: None,
            shape,
        });
    }

    /// Adds a mark that stands for a record.
    pub fn add_for(&mut self, feature: &str, title: impl Into<String>, shape: Shape) {
        let mark = Mark {
            feature: Some(feature.to_owned()),
            title: Some(title.into()),
            shape,
        };
        self.marks.push(mark);
    }
}

impl Shape {
    fn moved(&self, by: Coord) -> Self {
        let all = |paths: &[Vec<Coord>]| -> Vec<Vec<Coord>> {
            paths
                .iter()
                .map(|path| path.iter().map(|&point| point + by).collect())
                .collect()
        };
        let mut moved = self.clone();
        match &mut moved {
            Self::Area { rings, .. } => *rings = all(rings),
            Self::Line { paths, .. } => *paths = all(paths),
            Self::Symbol { at, .. } | Self::Text { at, .. } => *at = *at + by,
            Self::Drawing { frame, .. } => *frame = Rect::new(frame.min() + by, frame.max() + by),
        }
        moved
    }
}

impl Color {
    /// The colour of a hexadecimal number, red first.
    pub const fn hex(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self(red, green, blue)
    }

    /// Its relative luminance, from 0 for black to 1 for white: what is left of it in a grey print.
    ///
    /// # References
    ///
    /// W3C (2018), *Web content accessibility guidelines 2.1*, "relative luminance".
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

impl std::fmt::Display for Color {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl Stroke {
    /// A solid line with flat ends.
    pub const fn solid(color: Color, width: f64) -> Self {
        Self {
            color,
            opacity: 1.0,
            width,
            dash: Vec::new(),
            round: false,
        }
    }

    /// The same line in dashes.
    #[must_use]
    pub fn dashed(self, dash: &[f64]) -> Self {
        Self {
            dash: dash.to_vec(),
            ..self
        }
    }

    /// The same line with round ends and dashes.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self {
            round: true,
            ..self
        }
    }

    /// The same line, let through by so much.
    #[must_use]
    pub fn with_opacity(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }
}

impl Font {
    /// Upright text without a halo that starts at its place.
    pub const fn plain(size: f64, color: Color) -> Self {
        Self {
            size,
            bold: false,
            color,
            halo: None,
            anchor: Anchor::Start,
            spacing: 0.0,
        }
    }

    /// The same in the bold cut.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The same with a halo.
    #[must_use]
    pub const fn with_halo(self, color: Color, width: f64) -> Self {
        Self {
            halo: Some((color, width)),
            ..self
        }
    }

    /// The same with another anchor.
    #[must_use]
    pub const fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// The same with space after each letter.
    #[must_use]
    pub const fn spaced(self, spacing: f64) -> Self {
        Self { spacing, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::Color;

    #[test]
    fn colours_print_as_the_web_writes_them() {
        assert_eq!(Color::hex(0x00_1b_5e_8c).to_string(), "#1b5e8c");
    }

    #[test]
    fn luminance_runs_from_black_to_white() {
        assert!(Color(0, 0, 0).luminance().abs() < 1e-12);
        assert!((Color(255, 255, 255).luminance() - 1.0).abs() < 1e-12);
    }
}

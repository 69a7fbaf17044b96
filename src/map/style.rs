//! How things look, as data: colours, widths and dashes by what a thing is.
//!
//! Styles follow from status and are stored nowhere. Colours are told apart by those who see no red or green, and each
//! class of line also has its own dash or build, so that it survives a grey print.

use crate::map::scene::Color;
use crate::map::scene::Fill;
use crate::map::scene::Font;
use crate::map::scene::Form;
use crate::map::scene::Hatch;
use crate::map::scene::Stroke;
use crate::model::Agreement;
use crate::model::ConditionKind;
use crate::model::Existence;
use crate::model::Mode;
use crate::model::Regime;
use crate::model::Stage;

/// Nominal width of a page.
pub const PAGE_WIDTH: f64 = 1600.0;
/// How far a thinned line may be from the real one, in page units: half a pixel of the nominal picture.
pub const TOLERANCE: f64 = 0.5;

/// From this scale on, in page units per metre, a map has room for detail: 2.5 units to the kilometre.
pub const LARGE_SCALE: f64 = 0.0025;

/// Paper.
pub const PAPER: Color = Color::hex(0xff_ff_ff);
/// Water, and land that the data set does not cover.
pub const WATER: Color = Color::hex(0xd5_e3_ec);
/// Text.
pub const INK: Color = Color::hex(0x22_26_2b);
/// Text that steps back.
pub const INK_SOFT: Color = Color::hex(0x5b_62_6b);
/// Lines of the frame and the grid.
pub const RULE: Color = Color::hex(0xb9_bf_c5);
/// Names of territories.
pub const STATE_INK: Color = Color::hex(0x75_6f_66);
/// Operational lines.
pub const BLUE: Color = Color::hex(0x1f_5a_96);
/// Lines that are there and closed.
pub const AMBER: Color = Color::hex(0xd9_8e_0b);
/// What is closed or not there.
pub const RED: Color = Color::hex(0xb4_33_1c);
/// What is contested: lines and ground.
pub const PURPLE: Color = Color::hex(0x7a_3b_86);

/// Fills of territories: of one lightness, so that none stands out.
pub const LANDS: [Color; 6] = [
    Color::hex(0xf4_ee_e1),
    Color::hex(0xe9_f0_df),
    Color::hex(0xf6_e9_e5),
    Color::hex(0xf4_f0_da),
    Color::hex(0xf0_ea_f0),
    Color::hex(0xee_ed_e9),
];

/// Colours of options side by side (after Okabe and Ito), told apart by all common kinds of colour vision.
pub const OPTIONS: [Color; 6] = [
    Color::hex(0x00_5f_a8),
    Color::hex(0xd5_5e_00),
    Color::hex(0x00_8a_63),
    Color::hex(0xb0_4a_8c),
    Color::hex(0x8a_6d_00),
    Color::hex(0x3a_9b_d0),
];

/// The classes in which borders are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BorderClass {
    /// Marked on the ground.
    Demarcated,
    /// Agreed as a line.
    Delimited,
    /// Agreed by its principle only.
    InPrinciple,
    /// The states differ on it.
    Contested,
    /// One state claims it.
    Claimed,
    /// No statement is recorded.
    Unstated,
}

impl BorderClass {
    /// All classes, from the one that lies at the bottom to the one on top.
    pub const BY_WEIGHT: [Self; 6] = [
        Self::Unstated,
        Self::InPrinciple,
        Self::Demarcated,
        Self::Claimed,
        Self::Contested,
        Self::Delimited,
    ];

    /// The class of a line with this status.
    pub const fn of(stage: Option<Stage>, agreement: Option<Agreement>) -> Self {
        match (stage, agreement) {
            (_, Some(Agreement::Contested)) => Self::Contested,
            (_, Some(Agreement::UnilateralClaim)) => Self::Claimed,
            (Some(Stage::Demarcated | Stage::Administered), _) => Self::Demarcated,
            (Some(Stage::Delimited), _) | (_, Some(Agreement::Agreed)) => Self::Delimited,
            (_, Some(Agreement::AgreedInPrinciple)) => Self::InPrinciple,
            (Some(Stage::Allocated) | None, None) => Self::Unstated,
        }
    }

    /// Its entry in a legend.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Demarcated => "Demarcated",
            Self::Delimited => "Delimited",
            Self::InPrinciple => "Agreed in principle, not delimited",
            Self::Contested => "Contested",
            Self::Claimed => "Claimed by one side",
            Self::Unstated => "No statement recorded",
        }
    }

    /// Whether the class says how far the making of the border has come, not whether the states agree.
    pub const fn is_stage(self) -> bool {
        matches!(self, Self::Demarcated | Self::Delimited)
    }

    /// The same in a table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::InPrinciple => "agreed in principle",
            Self::Demarcated => "demarcated",
            Self::Delimited => "delimited",
            Self::Contested => "contested",
            Self::Claimed => "claimed by one side",
            Self::Unstated => "not stated",
        }
    }

    /// Its line.
    pub fn line(self) -> Stroke {
        match self {
            Self::Demarcated => Stroke::solid(INK, 2.2),
            Self::Delimited => Stroke::solid(Color::hex(0x0b_6e_5f), 3.0),
            Self::InPrinciple => Stroke::solid(INK, 1.8).dashed(&[8.0, 4.0]),
            Self::Contested => Stroke::solid(PURPLE, 3.2).dashed(&[3.0, 2.6]),
            Self::Claimed => Stroke::solid(PURPLE, 2.0).dashed(&[10.0, 3.0, 2.0, 3.0]),
            Self::Unstated => Stroke::solid(INK_SOFT, 1.0),
        }
    }

    /// Its line on top of a pale casing.
    pub fn strokes(self) -> Vec<Stroke> {
        let line = self.line();
        vec![casing(line.width + 2.0), line]
    }
}

/// The band under a border that no crossing point is open on.
pub fn closed_band() -> Stroke {
    Stroke::solid(RED, 11.0).with_opacity(0.16)
}

/// A pale line that lifts the one on top of it off the ground.
pub fn casing(width: f64) -> Stroke {
    Stroke::solid(PAPER, width).with_opacity(0.85)
}

/// The colour of what exists of a line.
pub const fn existence_color(existence: Existence) -> Color {
    match existence {
        Existence::Operational => BLUE,
        Existence::Closed => AMBER,
        Existence::ToBuild => RED,
    }
}

/// The word of a table for what exists of a line, as a legend says it.
pub const fn existence_label(existence: Existence) -> &'static str {
    match existence {
        Existence::Operational => "in use",
        Existence::Closed => "closed",
        Existence::ToBuild => "to build",
    }
}

/// The entry of a condition in a legend.
pub const fn condition_label(condition: ConditionKind) -> &'static str {
    match condition {
        ConditionKind::Operational => "In use",
        ConditionKind::Closed => "There, closed to traffic",
        ConditionKind::Derelict => "There, derelict",
        ConditionKind::Dismantled => "Dismantled",
        ConditionKind::UnderConstruction => "Under construction",
        ConditionKind::Planned => "Planned",
    }
}

/// A corridor's line in this condition: its colour says what exists, its build says the rest.
pub fn corridor_strokes(condition: ConditionKind, mode: Mode) -> Vec<Stroke> {
    let width = match mode {
        Mode::Rail => 4.4,
        Mode::Road => 2.6,
        Mode::Ferry => 2.4,
    };
    let line = Stroke::solid(existence_color(condition.existence()), width);
    let core = Stroke::solid(PAPER, width * 0.42);
    let under = casing(width + 2.6);
    match (condition, mode) {
        (ConditionKind::Operational, Mode::Ferry) => vec![under, line.dashed(&[2.0, 3.0])],
        (ConditionKind::Operational, _) => vec![under, line],
        (ConditionKind::Closed, _) => vec![under, line, core],
        (ConditionKind::Derelict, _) => {
            let dash = [8.0, 4.0];
            vec![under, line.dashed(&dash), core]
        }
        (ConditionKind::Dismantled, _) => vec![under, line.dashed(&[0.1, width * 1.8]).rounded()],
        (ConditionKind::UnderConstruction, _) => vec![under, line.dashed(&[12.0, 3.5])],
        (ConditionKind::Planned, _) => vec![under, line.dashed(&[4.5, 4.5])],
    }
}

/// A line of the base network.
pub fn base_stroke(mode: Mode) -> Stroke {
    match mode {
        Mode::Rail => Stroke::solid(Color::hex(0x8f_93_97), 1.3),
        Mode::Road => Stroke::solid(Color::hex(0xcb_c5_b8), 1.1),
        Mode::Ferry => Stroke::solid(Color::hex(0x9f_b4_c4), 1.1).dashed(&[5.0, 4.0]),
    }
}

/// A line that is there for orientation only.
pub fn context_stroke() -> Stroke {
    Stroke::solid(Color::hex(0xa9_a9_a6), 1.2)
}

/// A border that is there for orientation only.
pub fn thin_border() -> Stroke {
    Stroke::solid(INK_SOFT, 1.0)
}

/// The entry of a base network in a legend.
pub const fn base_label(mode: Mode) -> &'static str {
    match mode {
        Mode::Rail => "Other railways in use",
        Mode::Road => "Other main roads",
        Mode::Ferry => "Other ferries",
    }
}

/// A point symbol: form, diameter, inside and outline.
#[derive(Debug, Clone, PartialEq)]
pub struct Symbol {
    /// Its form.
    pub form: Form,
    /// Its diameter.
    pub size: f64,
    /// The colour inside.
    pub fill: Color,
    /// Its outline.
    pub outline: Stroke,
}

/// The symbol of a crossing point.
pub fn crossing_symbol(regime: Option<Regime>) -> Symbol {
    match regime {
        Some(Regime::Open) => symbol(Form::Circle, 10.0, BLUE, PAPER),
        Some(Regime::CargoOnly) => symbol(Form::Half, 10.0, BLUE, BLUE),
        Some(Regime::Closed) => Symbol {
            form: Form::Cross,
            size: 12.0,
            fill: PAPER,
            outline: Stroke::solid(RED, 2.8).rounded(),
        },
        None => symbol(Form::Circle, 8.0, PAPER, INK_SOFT),
    }
}

/// The entry of a crossing point in a legend.
pub const fn crossing_label(regime: Option<Regime>) -> &'static str {
    match regime {
        Some(Regime::Open) => "Open",
        Some(Regime::CargoOnly) => "Open to cargo only",
        Some(Regime::Closed) => "Closed",
        None => "Not stated",
    }
}

/// The symbol of a disputed place whose extent no source draws.
pub fn dispute_symbol() -> Symbol {
    symbol(Form::Diamond, 11.0, PAPER, PURPLE)
}

/// The symbol of the place where a line comes closest to a state.
pub fn closest_symbol() -> Symbol {
    symbol(Form::Circle, 15.0, PAPER, RED)
}

/// The symbol of a town.
pub fn place_symbol() -> Symbol {
    symbol(Form::Square, 6.0, INK, PAPER)
}

fn symbol(form: Form, size: f64, fill: Color, outline: Color) -> Symbol {
    Symbol {
        form,
        size,
        fill,
        outline: Stroke::solid(outline, 1.8),
    }
}

/// The fill of disputed ground.
pub const DISPUTE_FILL: Fill = Fill::Hatch(Hatch {
    color: PURPLE,
    width: 1.2,
    spacing: 4.0,
    angle: 45.0,
});

/// The fill of a state that is to be avoided.
pub const AVOID_FILL: Fill = Fill::Hatch(Hatch {
    color: Color::hex(0xb7_b0_a6),
    width: 1.6,
    spacing: 9.0,
    angle: 45.0,
});

/// Names on the map, with a halo that keeps lines off them.
pub fn map_font(size: f64, color: Color) -> Font {
    Font::plain(size, color).with_halo(PAPER, (size * 0.26).max(3.0))
}

#[cfg(test)]
mod tests {
    use super::BorderClass;
    use super::LANDS;
    use crate::model::Agreement;
    use crate::model::Stage;

    #[test]
    fn a_contested_line_looks_contested_however_far_its_making_has_come() {
        let class = |stage, agreement| BorderClass::of(stage, agreement);
        assert_eq!(
            class(Some(Stage::Delimited), Some(Agreement::Contested)),
            BorderClass::Contested
        );
        assert_eq!(
            class(Some(Stage::Allocated), Some(Agreement::AgreedInPrinciple)),
            BorderClass::InPrinciple
        );
        assert_eq!(
            class(Some(Stage::Demarcated), Some(Agreement::Agreed)),
            BorderClass::Demarcated
        );
        assert_eq!(class(Some(Stage::Allocated), None), BorderClass::Unstated);
    }

    #[test]
    fn no_territory_stands_out_by_its_lightness() {
        let lightness: Vec<f64> = LANDS.iter().map(|color| color.luminance()).collect();
        let darkest = lightness.iter().copied().fold(1.0, f64::min);
        let lightest = lightness.iter().copied().fold(0.0, f64::max);
        assert!(lightest / darkest < 1.06, "{darkest} to {lightest}");
    }

    #[test]
    fn classes_of_borders_differ_in_more_than_colour() {
        let classes = BorderClass::BY_WEIGHT;
        for (place, a) in classes.iter().enumerate() {
            for b in &classes[place + 1..] {
                let (a, b) = (a.line(), b.line());
                assert!(
                    a.dash != b.dash || (a.width - b.width).abs() > 0.5,
                    "{a:?} {b:?}"
                );
            }
        }
    }
}

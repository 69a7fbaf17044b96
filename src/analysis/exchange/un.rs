//! UN Geodata: `CARTOGRAPH` of the boundary lines (layer BNDL).
//!
//! The field tells how a line is drawn, not why. How the two dashed types differ is not published; both are drawn dashed. The type that is called
//! undetermined is given where the course is still to be determined, the plain dashed one where the states differ. A line that is drawn by these
//! types is no statement of the United Nations: its maps carry a notice that boundaries shown imply no endorsement, and a map that uses its
//! lines should carry that notice in the wording that the UN gives.
//!
//! # Limits
//!
//! `BDY_CNT01` and `BDY_CNT02` hold three-letter codes, which the data set does not have; they are left out. Newer layers carry a number
//! `bdytyp`, whose list is not published in full; it is left out.

use crate::analysis::exchange::rule::Known;
use crate::analysis::exchange::rule::Rule;
use crate::analysis::exchange::rule::When;
use crate::model::Agreement;

/// A rule of `CARTOGRAPH`.
const fn rule(code: Known, meaning: &'static str, when: When, why: &'static str) -> Rule {
    Rule {
        field: "CARTOGRAPH",
        code,
        meaning,
        when,
        why,
    }
}

/// The rules.
pub(super) const RULES: &[Rule] = &[
    rule(
        Known::Word("International boundary line"),
        "drawn solid",
        When::Agreement(&[Agreement::Agreed]),
        "",
    ),
    rule(
        Known::Word("Undetermined international dashed boundary line"),
        "drawn dashed",
        When::Agreement(&[Agreement::AgreedInPrinciple]),
        "the course is still to be determined",
    ),
    rule(
        Known::Word("Dashed boundary line"),
        "drawn dashed",
        When::Agreement(&[Agreement::Contested, Agreement::UnilateralClaim]),
        "the states differ, or one alone states the line",
    ),
    rule(Known::Absent, "no type", When::AgreementUnknown, ""),
    rule(
        Known::Word("Dotted boundary line"),
        "drawn dotted",
        When::Never,
        "a stretch is the line that the source draws, no front",
    ),
];

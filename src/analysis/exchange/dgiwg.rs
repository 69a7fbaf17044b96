//! DGIWG / FACC: the feature `FA000`, administrative boundary.
//!
//! `BST` is the boundary status, `DMC` whether the line is demarcated, which the catalogue understands as surveyed and marked after a delimitation
//! by treaty or other agreement. The two are independent, as stage and agreement are here.
//!
//! # Limits
//!
//! The names of the values of `BST` are published, their definitions were not found.

use crate::analysis::exchange::rule::Known;
use crate::analysis::exchange::rule::Rule;
use crate::analysis::exchange::rule::When;
use crate::model::Agreement;
use crate::model::Stage;

/// A rule.
const fn rule(
    field: &'static str,
    code: i64,
    meaning: &'static str,
    when: When,
    why: &'static str,
) -> Rule {
    Rule {
        field,
        code: Known::Number(code),
        meaning,
        when,
        why,
    }
}

/// The rules.
pub(super) const RULES: &[Rule] = &[
    Rule {
        field: "F_CODE",
        code: Known::Word("FA000"),
        meaning: "administrative boundary",
        when: When::Always,
        why: "",
    },
    rule(
        "BST",
        1,
        "Definite",
        When::Agreement(&[Agreement::Agreed]),
        "",
    ),
    rule(
        "BST",
        2,
        "Indefinite",
        When::Agreement(&[Agreement::AgreedInPrinciple, Agreement::UnilateralClaim]),
        "not fixed by agreement; one side's claim is no dispute yet",
    ),
    rule(
        "BST",
        3,
        "In Dispute",
        When::Agreement(&[Agreement::Contested]),
        "",
    ),
    rule("BST", 0, "Unknown", When::AgreementUnknown, ""),
    rule(
        "BST",
        4,
        "No Defined Boundary",
        When::Never,
        "every stretch has a line",
    ),
    rule(
        "DMC",
        1001,
        "True",
        When::Stage(&[Stage::Demarcated, Stage::Administered]),
        "",
    ),
    rule(
        "DMC",
        1000,
        "False",
        When::Stage(&[Stage::Allocated, Stage::Delimited]),
        "",
    ),
    rule("DMC", -999_999, "No Information", When::StageUnknown, ""),
];

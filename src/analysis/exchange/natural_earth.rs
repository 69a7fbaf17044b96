//! Natural Earth: `FEATURECLA` of its boundary lines, and the column `FCLASS_…` of each of the two states.
//!
//! What the classes mean is known from a statement of the maintainer only (nvkelso/natural-earth-vector, issue 664): a boundary is not disputed
//! and marked on the ground; an indefinite line is not disputed and not settled on the ground. That is what is followed here. Natural Earth's own
//! lines are often classed more generously: `araxes border classes` lists them.

use crate::analysis::exchange::rule::Known;
use crate::analysis::exchange::rule::Rule;
use crate::analysis::exchange::rule::When;
use crate::model::Agreement;
use crate::model::Stage;

/// A rule of `FEATURECLA`.
const fn rule(code: Known, meaning: &'static str, when: When, why: &'static str) -> Rule {
    Rule {
        field: "FEATURECLA",
        code,
        meaning,
        when,
        why,
    }
}

const INDEFINITE: Known = Known::Word("Indefinite (please verify)");
const NOT_SETTLED: &str = "not disputed, not settled on the ground";

/// The rules.
pub(super) const RULES: &[Rule] = &[
    rule(
        Known::Word("International boundary (verify)"),
        "not disputed, marked on the ground",
        When::Made(Agreement::Agreed, &[Stage::Demarcated, Stage::Administered]),
        "",
    ),
    rule(
        INDEFINITE,
        NOT_SETTLED,
        When::Made(Agreement::Agreed, &[Stage::Allocated, Stage::Delimited]),
        "agreed, but no record that it was marked",
    ),
    rule(
        INDEFINITE,
        NOT_SETTLED,
        When::Agreement(&[Agreement::AgreedInPrinciple]),
        "the rule is agreed, the course is not described",
    ),
    rule(
        Known::Word("Disputed (please verify)"),
        "the two states do not agree on it",
        When::Agreement(&[Agreement::Contested]),
        "",
    ),
    rule(
        Known::Word("Claim boundary"),
        "meaning not published",
        When::Agreement(&[Agreement::UnilateralClaim]),
        "read by its name: one side states the line",
    ),
    rule(
        Known::Absent,
        "no class",
        When::MadeUnknown(Agreement::Agreed),
        "the two classes differ by the marking alone",
    ),
    rule(Known::Absent, "no class", When::AgreementUnknown, ""),
    rule(
        Known::Word("Line of control (please verify)"),
        "military line of a war, active or frozen",
        When::Never,
        "a stretch is the line that the source draws, no front",
    ),
    rule(
        Known::Word("Indeterminant frontier"),
        "meaning not published",
        When::Never,
        "",
    ),
    rule(
        Known::Word("Lease limit"),
        "edge of leased ground",
        When::Never,
        "no axis tells of leases",
    ),
    rule(
        Known::Word("Overlay limit"),
        "meaning not published",
        When::Never,
        "",
    ),
    rule(
        Known::Word("Unrecognized"),
        "most states do not recognise it",
        When::Never,
        "no axis tells of third states",
    ),
];

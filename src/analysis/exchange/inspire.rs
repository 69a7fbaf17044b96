//! INSPIRE: the spatial object type `AdministrativeBoundary` of the theme administrative units (D2.8.I.4).
//!
//! `legalStatus` tells whether the units on both sides agree on the line and it is stable; a line that is agreed in principle may still move, so
//! it is not agreed. `technicalStatus` tells whether both sides have the same coordinates; it describes the boundary source, not the border.
//!
//! # Limits
//!
//! - `beginLifespanVersion` is the day since which the parties' claims give the same `legalStatus`, as precise as its source. INSPIRE means the
//!   day a version entered the data set, with a time; the data set keeps no such day for a stretch.
//! - `admUnit` has the codes of the two territories, not identifiers of INSPIRE objects.
//! - `inspireId` and `country` are left out: there is no namespace, and a line between two states has no one country.

use crate::analysis::exchange::rule::Known;
use crate::analysis::exchange::rule::Rule;
use crate::analysis::exchange::rule::When;
use crate::model::Agreement;

/// The rules.
pub(super) const RULES: &[Rule] = &[
    Rule {
        field: "nationalLevel",
        code: Known::Word("1stOrder"),
        meaning: "highest level: the state",
        when: When::Always,
        why: "all borders here are between states",
    },
    Rule {
        field: "legalStatus",
        code: Known::Word("agreed"),
        meaning: "both sides agree, the line is stable",
        when: When::Agreement(&[Agreement::Agreed]),
        why: "",
    },
    Rule {
        field: "legalStatus",
        code: Known::Word("notAgreed"),
        meaning: "not yet agreed, the line may change",
        when: When::Agreement(&[
            Agreement::AgreedInPrinciple,
            Agreement::Contested,
            Agreement::UnilateralClaim,
        ]),
        why: "in principle: the rule is agreed, the line may change",
    },
    Rule {
        field: "legalStatus",
        code: Known::Absent,
        meaning: "void",
        when: When::AgreementUnknown,
        why: "the attribute may be void",
    },
    Rule {
        field: "technicalStatus",
        code: Known::Word("edgeMatched"),
        meaning: "both sides have the same coordinates",
        when: When::Shared(true),
        why: "",
    },
    Rule {
        field: "technicalStatus",
        code: Known::Word("notEdgeMatched"),
        meaning: "the sides have different coordinates",
        when: When::Shared(false),
        why: "",
    },
];

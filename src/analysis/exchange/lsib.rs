//! LSIB: the Large Scale International Boundaries of the US Department of State, edition 11.
//!
//! `RANK` tells what kind of line the publisher holds a line to be; `STATUS` is its text. The publisher's own metadata says that the lines need
//! not follow who controls the ground. So a rank follows the agreement alone: where both states accept one rule for the line it is a boundary,
//! though its course is still to be described; where they differ, or one alone states it, it is another line. `LABEL` guides the text on a map
//! and is free text: the words are ours. `CC1_WPID` and `CC2_WPID` are numbers of another register and left out.

use crate::analysis::exchange::rule::Known;
use crate::analysis::exchange::rule::Rule;
use crate::analysis::exchange::rule::When;
use crate::model::Agreement;
use crate::model::Stage;

/// The rules.
pub(super) const RULES: &[Rule] = &[
    Rule {
        field: "RANK",
        code: Known::Number(1),
        meaning: "International Boundary",
        when: When::Agreement(&[Agreement::Agreed, Agreement::AgreedInPrinciple]),
        why: "rank tells of recognition, not of how far the line is made",
    },
    Rule {
        field: "RANK",
        code: Known::Number(2),
        meaning: "Other Line of International Separation",
        when: When::Agreement(&[Agreement::Contested, Agreement::UnilateralClaim]),
        why: "claim lines have this rank",
    },
    Rule {
        field: "RANK",
        code: Known::Number(3),
        meaning: "Special Line",
        when: When::Never,
        why: "demilitarised zones and leases: no axis tells of them",
    },
    Rule {
        field: "RANK",
        code: Known::Absent,
        meaning: "no rank",
        when: When::AgreementUnknown,
        why: "",
    },
    Rule {
        field: "LABEL",
        code: Known::Word("In dispute"),
        meaning: "text for the map",
        when: When::Agreement(&[Agreement::Contested]),
        why: "free text in LSIB; our words",
    },
    Rule {
        field: "LABEL",
        code: Known::Word("Claimed by one side"),
        meaning: "text for the map",
        when: When::Agreement(&[Agreement::UnilateralClaim]),
        why: "free text in LSIB; our words",
    },
    Rule {
        field: "LABEL",
        code: Known::Word("Not delimited"),
        meaning: "text for the map",
        when: When::Made(Agreement::AgreedInPrinciple, &[Stage::Allocated]),
        why: "free text in LSIB; our words",
    },
];

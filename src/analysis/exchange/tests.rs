//! The mapping is total, without choice, and monotone.

use std::collections::BTreeSet;

use super::Facts;
use super::Known;
use super::Rule;
use super::Vocabulary;
use super::mapping;
use super::rule_of;
use crate::model::Agreement;
use crate::model::Stage;

const STAGES: [Stage; 4] = [
    Stage::Allocated,
    Stage::Delimited,
    Stage::Demarcated,
    Stage::Administered,
];
const AGREEMENTS: [Agreement; 4] = [
    Agreement::Contested,
    Agreement::UnilateralClaim,
    Agreement::AgreedInPrinciple,
    Agreement::Agreed,
];

/// Every state of knowledge about a stretch.
fn all_facts() -> Vec<Facts> {
    let known = |stage, agreement, is_shared| Facts {
        stage,
        agreement,
        is_shared,
    };
    let stages = STAGES.map(Some).into_iter().chain([None]);
    stages
        .flat_map(|stage| {
            let agreements = AGREEMENTS.map(Some).into_iter().chain([None]);
            agreements.flat_map(move |agreement| {
                [true, false].map(|is_shared| known(stage, agreement, is_shared))
            })
        })
        .collect()
}

/// The fields of a vocabulary that always have a rule; a label is free.
fn fields(vocabulary: Vocabulary) -> BTreeSet<&'static str> {
    let fields = vocabulary.rules().iter().map(|rule| rule.field);
    fields.filter(|field| *field != "LABEL").collect()
}

#[test]
fn of_the_rules_of_a_field_just_one_holds() {
    let facts = all_facts();
    assert_eq!(facts.len(), 50);
    for vocabulary in Vocabulary::ALL {
        for field in fields(vocabulary) {
            for &facts in &facts {
                let holding: Vec<&Rule> = vocabulary
                    .rules()
                    .iter()
                    .filter(|rule| rule.field == field && rule.when.holds(facts))
                    .collect();
                assert_eq!(
                    holding.len(),
                    1,
                    "{vocabulary} {field} {facts:?}: {holding:?}"
                );
            }
        }
        let labels = vocabulary
            .rules()
            .iter()
            .filter(|rule| rule.field == "LABEL");
        for &facts in &facts {
            assert!(labels.clone().filter(|rule| rule.when.holds(facts)).count() <= 1);
        }
    }
}

#[test]
fn every_known_axis_has_a_code() {
    for facts in all_facts() {
        let (Some(_), Some(_)) = (facts.stage, facts.agreement) else {
            continue;
        };
        for vocabulary in Vocabulary::ALL {
            for field in fields(vocabulary) {
                let rule = rule_of(vocabulary.rules(), field, facts);
                assert!(
                    rule.is_some_and(|rule| rule.code != Known::Absent),
                    "{vocabulary} {field} {facts:?}"
                );
            }
        }
    }
}

/// How firm a code says that a line is: the same for codes that do not differ in that.
fn firmness(field: &str, code: Known) -> Option<i32> {
    Some(match (field, code) {
        ("RANK", Known::Number(rank)) => -i32::try_from(rank).ok()?,
        ("BST", Known::Number(status @ 1..=3)) => -i32::try_from(status).ok()?,
        ("DMC", Known::Number(marked @ 1000..=1001)) => i32::try_from(marked).ok()?,
        ("FEATURECLA", Known::Word(class)) => match class {
            "International boundary (verify)" => 3,
            "Indefinite (please verify)" => 2,
            "Claim boundary" | "Disputed (please verify)" => 1,
            _ => return None,
        },
        ("legalStatus", Known::Word(status)) => i32::from(status == "agreed"),
        ("CARTOGRAPH", Known::Word(drawn)) => match drawn {
            "International boundary line" => 3,
            "Undetermined international dashed boundary line" => 2,
            "Dashed boundary line" => 1,
            _ => return None,
        },
        _ => return None,
    })
}

/// More agreement has a higher number; the two kinds of disagreement are not compared with each other.
fn degree(agreement: Agreement) -> i32 {
    match agreement {
        Agreement::Contested | Agreement::UnilateralClaim => 0,
        Agreement::AgreedInPrinciple => 1,
        Agreement::Agreed => 2,
    }
}

#[test]
fn more_agreement_and_a_later_stage_never_make_a_line_less_firm() {
    let known = all_facts().into_iter().filter_map(|facts| {
        let (stage, agreement) = (facts.stage?, facts.agreement?);
        Some((stage, agreement, facts))
    });
    let known: Vec<(Stage, Agreement, Facts)> = known.collect();
    let mut tried = 0;
    for &(stage, agreement, facts) in &known {
        for &(later, more, then) in &known {
            let is_more = degree(agreement) < degree(more) || agreement == more;
            if stage > later || !is_more || facts.is_shared != then.is_shared {
                continue;
            }
            tried += 1;
            for vocabulary in Vocabulary::ALL {
                for field in fields(vocabulary) {
                    let firm = |facts| {
                        let rule = rule_of(vocabulary.rules(), field, facts)?;
                        firmness(field, rule.code)
                    };
                    assert!(
                        firm(facts) <= firm(then),
                        "{vocabulary} {field}: {facts:?} {then:?}"
                    );
                }
            }
        }
    }
    // Ten pairs of stages, nine of agreements, shared or not.
    assert_eq!(tried, 10 * 9 * 2);
}

#[test]
fn what_the_vocabularies_must_say_is_said() {
    let facts = |stage, agreement| Facts {
        stage: Some(stage),
        agreement: Some(agreement),
        is_shared: true,
    };
    let code = |vocabulary: Vocabulary, field, facts| {
        rule_of(vocabulary.rules(), field, facts).map(|rule| rule.code)
    };
    let contested = facts(Stage::Allocated, Agreement::Contested);
    let made = facts(Stage::Demarcated, Agreement::Agreed);
    let expected = [
        (Vocabulary::Lsib, "RANK", Known::Number(2), Known::Number(1)),
        (
            Vocabulary::NaturalEarth,
            "FEATURECLA",
            Known::Word("Disputed (please verify)"),
            Known::Word("International boundary (verify)"),
        ),
        (
            Vocabulary::Inspire,
            "legalStatus",
            Known::Word("notAgreed"),
            Known::Word("agreed"),
        ),
        (
            Vocabulary::Un,
            "CARTOGRAPH",
            Known::Word("Dashed boundary line"),
            Known::Word("International boundary line"),
        ),
        (Vocabulary::Dgiwg, "BST", Known::Number(3), Known::Number(1)),
        (
            Vocabulary::Dgiwg,
            "DMC",
            Known::Number(1000),
            Known::Number(1001),
        ),
    ];
    for (vocabulary, field, of_contested, of_made) in expected {
        assert_eq!(code(vocabulary, field, contested), Some(of_contested));
        assert_eq!(code(vocabulary, field, made), Some(of_made));
    }
}

#[test]
fn the_table_has_every_rule_and_tells_its_condition() {
    let rules: usize = Vocabulary::ALL.iter().map(|one| one.rules().len()).sum();
    let rows = mapping(None);
    assert_eq!(rows.len(), rules);
    for row in &rows {
        assert!(!row.when.is_empty() && !row.meaning.is_empty(), "{row:?}");
        // A table shows no more of a cell.
        let cells = [row.code.as_str(), row.meaning, row.when.as_str(), row.why];
        assert!(
            cells.iter().all(|cell| cell.chars().count() <= 60),
            "{row:?}"
        );
    }
    let row = rows
        .iter()
        .find(|row| row.code == "International boundary (verify)")
        .expect("its row");
    assert_eq!(
        row.when,
        "agreement agreed, stage demarcated or administered"
    );
    for vocabulary in Vocabulary::ALL {
        let only = mapping(Some(vocabulary));
        assert!(only.iter().all(|row| row.vocabulary == vocabulary.word()));
        assert_eq!(only.len(), vocabulary.rules().len());
    }
}

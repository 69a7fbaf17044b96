use super::Case;
use super::Curve;
use super::Found;
use super::Reading;
use super::Sibling;
use super::Verdict;
use crate::model::Covered;
use crate::model::FigureKind;
use crate::model::Id;
use crate::model::Published;

fn figure(value: f64) -> Published {
    Published {
        what: "a border".to_owned(),
        kind: FigureKind::BorderLength,
        id: "AA-BB".to_owned(),
        subject: None,
        value,
        rounded_to: 1.0,
        date: None,
        source: Id::new(0),
        extent: Covered::Whole,
        slip: None,
        not_measurable: None,
        note: None,
    }
}

/// 100 km, 130 km with an enclave, 70 km with a ruler of 10 km.
fn found() -> Found {
    Found {
        computed: 100.0,
        on: "drawn".to_owned(),
        tolerance: 0.4,
        elsewhere: vec![Reading {
            value: 130.0,
            tolerance: 0.4,
            words: "with an enclave it is".to_owned(),
        }],
        curves: vec![Curve {
            words: "on drawn".to_owned(),
            points: vec![(0.0, 100.0), (1_000.0, 90.0), (10_000.0, 70.0)],
        }],
        ..Found::default()
    }
}

fn judged(figure: &Published, siblings: &[f64]) -> (Verdict, String) {
    let found = found();
    let siblings = siblings.iter().map(|&value| Sibling {
        value,
        half: 0.5,
        source: "atlas",
    });
    let case = Case {
        figure,
        found: Ok(&found),
        siblings: siblings.collect(),
        split: None,
    };
    case.judged()
}

#[test]
fn each_rule_explains_what_it_is_for_and_no_more() {
    for (value, siblings, verdict) in [
        (100.8, &[][..], Verdict::Agrees),
        (101.0, &[], Verdict::Unexplained),
        (130.8, &[], Verdict::DifferentExtent),
        (98.0, &[], Verdict::CoarserRuler),
        (75.0, &[], Verdict::CoarserRuler),
        (69.0, &[], Verdict::Unexplained),
        (105.0, &[95.0], Verdict::SourcesDiffer),
        (105.0, &[104.0], Verdict::Unexplained),
        (105.0, &[100.5], Verdict::SourcesDiffer),
        (140.0, &[129.9], Verdict::SourcesDiffer),
    ] {
        let (found, reason) = judged(&figure(value), siblings);
        assert_eq!(found, verdict, "{value} {siblings:?}: {reason}");
    }
}

#[test]
fn a_reason_names_the_rulers_between_which_a_figure_lies() {
    let (_, reason) = judged(&figure(75.0), &[]);
    assert_eq!(
        reason,
        "on drawn a ruler of 1000 m gives 90 km, one of 10000 m 70"
    );
}

#[test]
fn what_the_data_says_of_a_figure_comes_first() {
    let slip = Published {
        slip: Some("a zero too many".to_owned()),
        ..figure(1000.0)
    };
    assert_eq!(
        judged(&slip, &[]),
        (Verdict::SourcesDiffer, "a slip: a zero too many".to_owned())
    );
    let part = Published {
        extent: Covered::Part,
        note: Some("the western half".to_owned()),
        ..figure(100.0)
    };
    assert_eq!(judged(&part, &[]).0, Verdict::DifferentExtent);
    let unknown = Published {
        not_measurable: Some("nobody drew it".to_owned()),
        ..figure(100.0)
    };
    assert_eq!(judged(&unknown, &[]).0, Verdict::NotMeasurable);
}

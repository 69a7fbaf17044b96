//! Two cuttings of one line laid over each other.

use crate::units::Length;

/// Overlaps shorter than this are rounding at a shared cut.
const SHORTEST: Length = Length::from_m(1.0);

/// Where a stretch of one cutting of a line and one of another are both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Overlap {
    pub(super) from: Length,
    pub(super) to: Length,
    /// Which stretch of the one.
    pub(super) one: usize,
    /// Which of the other.
    pub(super) other: usize,
}

/// Two cuttings of one line laid over each other. Each is in order and without overlap of its own.
pub(super) fn overlay(one: &[(Length, Length)], other: &[(Length, Length)]) -> Vec<Overlap> {
    let (mut i, mut j) = (0, 0);
    let mut overlaps = Vec::new();
    while let (Some(&(from, to)), Some(&(start, end))) = (one.get(i), other.get(j)) {
        let first = if from >= start { from } else { start };
        let last = if to <= end { to } else { end };
        if last - first >= SHORTEST {
            overlaps.push(Overlap {
                from: first,
                to: last,
                one: i,
                other: j,
            });
        }
        if to <= end {
            i += 1;
        } else {
            j += 1;
        }
    }
    overlaps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::overlay;
    use crate::units::Length;

    /// Cuts in whole kilometres as neighbouring spans.
    fn spans(cuts: &[u16]) -> Vec<(Length, Length)> {
        let km = |cut: u16| Length::from_km(f64::from(cut));
        let ends = cuts.windows(2).map(|ends| (km(ends[0]), km(ends[1])));
        ends.collect()
    }

    fn cutting() -> impl Strategy<Value = Vec<u16>> {
        proptest::collection::btree_set(1_u16..100, 0..8).prop_map(|cuts| {
            let inner = cuts.into_iter();
            std::iter::once(0).chain(inner).chain([100]).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn an_overlay_tells_for_every_kilometre_the_spans_that_hold_it(one in cutting(), other in cutting()) {
            let (one, other) = (spans(&one), spans(&other));
            let found = overlay(&one, &other);
            for km in 0..100_u16 {
                let middle = Length::from_km(f64::from(km) + 0.5);
                let holder = |spans: &[(Length, Length)]| {
                    spans.iter().position(|(from, to)| *from <= middle && middle <= *to)
                };
                let here: Vec<_> = found.iter().filter(|o| o.from <= middle && middle <= o.to).collect();
                prop_assert_eq!(here.len(), 1);
                prop_assert_eq!(Some(here[0].one), holder(&one));
                prop_assert_eq!(Some(here[0].other), holder(&other));
            }
        }
    }
}

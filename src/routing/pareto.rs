//! Sets in which nothing is worse than another member on all counts.

use crate::routing::Criteria;

/// Members of which none covers another.
///
/// # Properties
///
/// - No member covers another; of equal ones the first that came stays.
/// - Whatever was ever offered is covered by a member.
#[derive(Debug, Clone)]
pub(crate) struct ParetoSet<T> {
    members: Vec<(Criteria, T)>,
}

impl<T> Default for ParetoSet<T> {
    fn default() -> Self {
        Self {
            members: Vec::new(),
        }
    }
}

impl<T: Copy + PartialEq> ParetoSet<T> {
    /// Whether some member is as good on every criterion.
    pub(crate) fn covers(&self, criteria: &Criteria) -> bool {
        self.members.iter().any(|(own, _)| own.covers(criteria))
    }

    /// Takes `member` in and drops those it covers, unless it is covered itself; says whether it was taken.
    pub(crate) fn offer(&mut self, criteria: Criteria, member: T) -> bool {
        if self.covers(&criteria) {
            return false;
        }
        self.members.retain(|(own, _)| !criteria.covers(own));
        self.members.push((criteria, member));
        true
    }

    /// Whether `member` is still in.
    pub(crate) fn holds(&self, member: T) -> bool {
        self.members.iter().any(|(_, own)| *own == member)
    }

    /// The members, best first in lexicographic order.
    pub(crate) fn into_sorted(mut self) -> Vec<T> {
        self.members.sort_by_key(|(criteria, _)| *criteria);
        self.members.into_iter().map(|(_, member)| member).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::ParetoSet;
    use crate::routing::Criteria;
    use crate::routing::Criterion;

    fn vector(time: u32, cost: u32) -> Criteria {
        Criteria::ZERO
            .with(Criterion::Time, time)
            .with(Criterion::Cost, cost)
    }

    #[test]
    fn a_set_keeps_what_nothing_else_covers() {
        let mut set = ParetoSet::default();
        assert!(set.offer(vector(5, 5), 'a'));
        assert!(set.offer(vector(9, 1), 'b'));
        assert!(!set.offer(vector(5, 5), 'c'), "of equals the first stays");
        assert!(!set.offer(vector(9, 2), 'd'));
        assert!(set.offer(vector(4, 5), 'e'), "drops a");
        assert!(!set.holds('a'));
        assert_eq!(set.into_sorted(), ['e', 'b']);
    }
}

//! What journeys are compared by.

use std::ops::Add;
use std::ops::Index;

/// Something that a journey is better for having less of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Criterion {
    /// Minutes, borders included.
    Time,
    /// US cents per tonne.
    Cost,
    /// Metres.
    Length,
    /// Metres that are still to build.
    ToBuild,
    /// Borders between states that are crossed.
    Crossings,
    /// Changes of the railway gauge.
    GaugeChanges,
}

impl Criterion {
    /// All criteria, in the order in which journeys are sorted.
    pub const ALL: [Self; 6] = [
        Self::Time,
        Self::Cost,
        Self::Length,
        Self::ToBuild,
        Self::Crossings,
        Self::GaugeChanges,
    ];
}

/// What a journey, or a part of one, takes: one whole number for each [`Criterion`].
///
/// # Properties
///
/// - The order of vectors is lexicographic: time, then cost, and so on.
/// - Sums saturate, so a sum is never less than its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Criteria([u32; Criterion::ALL.len()]);

impl Criteria {
    /// Nothing.
    pub const ZERO: Self = Self([0; Criterion::ALL.len()]);

    /// More than any journey: no way.
    pub(crate) const UNREACHABLE: Self = Self([u32::MAX; Criterion::ALL.len()]);

    /// The same with `value` for `criterion`.
    #[must_use]
    pub const fn with(mut self, criterion: Criterion, value: u32) -> Self {
        self.0[criterion as usize] = value;
        self
    }

    /// Whether this is at most `other` on every criterion: equal vectors cover each other.
    pub fn covers(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(own, other)| own <= other)
    }

    /// The smaller of both on every criterion.
    #[must_use]
    pub fn min_each(self, other: Self) -> Self {
        let mut least = self;
        for (own, other) in least.0.iter_mut().zip(other.0) {
            *own = (*own).min(other);
        }
        least
    }
}

impl Index<Criterion> for Criteria {
    type Output = u32;

    fn index(&self, criterion: Criterion) -> &u32 {
        &self.0[criterion as usize]
    }
}

impl Add for Criteria {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let mut sum = self;
        for (own, other) in sum.0.iter_mut().zip(other.0) {
            *own = own.saturating_add(other);
        }
        sum
    }
}

impl std::iter::Sum for Criteria {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::ZERO, Self::add)
    }
}

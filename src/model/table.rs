//! Tables of records and the typed row numbers that point into them.
//!
//! Records refer to each other by [`Id`], never by reference, and an `Id<Link>` cannot be used on a `Table<Node>`.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::hash::Hasher;
use std::marker::PhantomData;
use std::ops::Index;

/// The row number of a `T` in its [`Table`].
pub struct Id<T> {
    row: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id of row `row`.
    ///
    /// # Panics
    ///
    /// When a table has more than 2^32 rows.
    #[expect(
        clippy::expect_used,
        reason = "no layer reaches four thousand million records"
    )]
    pub fn new(row: usize) -> Self {
        Self {
            row: u32::try_from(row).expect("a table row below 2^32"),
            of: PhantomData,
        }
    }

    /// The row number.
    pub const fn row(self) -> usize {
        self.row as usize
    }
}

// Derives would ask for the same traits of `T`.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.row == other.row
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.row.cmp(&other.row)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.row.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.row)
    }
}

/// Records that have an outside name.
pub trait Named {
    /// The slug under which files and users know the record.
    fn slug(&self) -> &str;
}

/// Records in the order of their file, found by [`Id`] or by slug.
#[derive(Debug, Clone)]
pub struct Table<T> {
    rows: Vec<T>,
    by_slug: HashMap<Box<str>, u32>,
}

impl<T: Named> Table<T> {
    /// A table of `rows`; of two rows with one slug, the first is found by it.
    pub fn new(rows: Vec<T>) -> Self {
        let mut by_slug = HashMap::with_capacity(rows.len());
        for (row, record) in rows.iter().enumerate() {
            by_slug
                .entry(record.slug().into())
                .or_insert(Id::<T>::new(row).row);
        }
        Self { rows, by_slug }
    }

    /// The record with this slug.
    pub fn find(&self, slug: &str) -> Option<Id<T>> {
        self.by_slug.get(slug).map(|&row| Id::new(row as usize))
    }

    /// All records with their ids, in file order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Id<T>, &T)> {
        self.rows
            .iter()
            .enumerate()
            .map(|(row, record)| (Id::new(row), record))
    }

    /// All ids, in file order.
    pub fn ids(&self) -> impl ExactSizeIterator<Item = Id<T>> + use<T> {
        (0..self.rows.len()).map(Id::new)
    }

    /// All slugs, in file order.
    pub fn slugs(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(Named::slug)
    }

    /// The number of records.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no record.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<T: Named> Default for Table<T> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl<T> Index<Id<T>> for Table<T> {
    type Output = T;

    fn index(&self, id: Id<T>) -> &T {
        &self.rows[id.row()]
    }
}

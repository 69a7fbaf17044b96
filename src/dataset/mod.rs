//! Files to records.

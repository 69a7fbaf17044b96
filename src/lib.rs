#![doc = include_str!("../README.md")]
//!
//! # Map of the crate
//!
//! | layer | modules |
//! |---|---|
//! | 6 | the command line (in the binary) |
//! | 5 | [`publication`]: the folder that `araxes report` writes |
//! | 4 | [`report`], [`map`]: two views of the same rows |
//! | 3 | [`analysis`]: from the world to typed rows |
//! | 2 | [`dataset`], [`index`], [`scenario`], [`routing`] |
//! | 1 | [`geodesy`], and on it [`model`]: the records, which measure themselves |
//! | 0 | [`units`], [`error`] |
//!
//! A module uses only those below it. Each outside package has one home: `rstar` in [`geodesy`] (the tree over geodesic edges serves the
//! derivation of borders as well as the index), `proj` in [`geodesy::projection`], `plotters` and `resvg` in [`map`], `clap` in the command
//! line.

pub mod analysis;
pub mod dataset;
pub mod error;
pub mod geodesy;
pub mod index;
pub mod map;
pub mod model;
pub mod publication;
pub mod report;
pub mod routing;
pub mod scenario;
pub mod units;

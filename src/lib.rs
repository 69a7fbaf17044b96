//! Borders, corridors and the evidence behind them.

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

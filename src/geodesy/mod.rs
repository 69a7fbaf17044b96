//! Measures on the ellipsoid.

pub mod projection;

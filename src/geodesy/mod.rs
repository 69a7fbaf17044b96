//! Measures on the ellipsoid.

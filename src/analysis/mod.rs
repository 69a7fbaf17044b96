//! From the world to typed rows.

//! From the world to typed rows.

pub mod certificate;
pub mod grounds;
pub mod transit;

//! From the world to typed rows.

pub mod certificate;
mod degree_box;
pub mod grounds;
pub mod transit;

//! The outside proof: the built program and its library, looked at from outside.
//!
//! The program runs on small worlds drawn by hand (`tests/fixtures/worlds`) and on the data that it ships with.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests stop a test by panicking"
)]

mod agreement;
mod architecture;
mod audit;
mod bad_input;
mod cli;
mod compare;
mod coordinates;
mod description;
mod diff;
mod diff_laws;
mod exchange;
mod flatgeobuf;
mod geodata;
mod golden;
mod laws;
mod program;
mod readme;
mod soundness;
mod streams;
mod worlds;
mod zone;

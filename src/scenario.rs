//! What is open on a date under a scenario.

//! From the world to typed rows.
//!
//! *In*: a [`World`](crate::model::World) and what the question needs. *Out*: rows that serialise; tables, CSV, JSON, GeoJSON and maps are
//! views of them. Analyses are pure: the same world and question give the same rows.

pub mod agreement;
pub mod audit;
pub mod certificate;
pub mod compare;
pub mod coordinates;
pub mod corridors;
pub mod description;
pub mod diff;
pub mod disputes;
pub mod exchange;
pub mod exclaves;
pub mod grounds;
pub mod length;
pub mod line_classes;
pub mod offsets;
pub mod outlines;
pub mod pieces;
pub mod rulers;
pub mod scenarios;
pub mod segments;
pub mod soundness;
pub mod status;
pub mod transit;
pub mod tripoints;
pub mod zone;

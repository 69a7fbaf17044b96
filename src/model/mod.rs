//! The records: what is known, who says so and since when.
//!
//! *In*: nothing. *Out*: plain data types, most of them one per layer of the data set, gathered in a [`World`] that is
//! never changed after it was loaded. Records point at each other by typed [`Id`].

mod border;
pub(crate) mod claim;
mod code;
mod corridor;
mod date;
mod dispute;
mod names;
mod network;
mod place;
mod scenario;
mod segment;
mod source;
mod table;
mod world;

pub use crate::geodesy::projection::Conic;

pub use border::Border;
pub use border::Boundary;
pub use border::Exclave;
pub use border::Part;
pub use border::Piece;
pub use border::Territory;
pub use border::Tripoint;
pub use claim::Claim;
pub use claim::Evidence;
pub use claim::in_force;
pub use code::BadCode;
pub use code::Code;
pub use code::Pair;
pub use corridor::Corridor;
pub use date::BadDate;
pub use date::Date;
pub use dispute::Dispute;
pub use dispute::DisputeKind;
pub use dispute::DisputePlace;
pub use names::Names;
pub use network::ByMode;
pub use network::Condition;
pub use network::ConditionKind;
pub use network::Crossing;
pub use network::Defaults;
pub use network::Drawn;
pub use network::Dwell;
pub use network::Existence;
pub use network::ForMode;
pub use network::LengthBasis;
pub use network::Link;
pub use network::Mode;
pub use network::Node;
pub use network::NodeKind;
pub use network::Post;
pub use network::Regime;
pub use place::Place;
pub use scenario::Change;
pub use scenario::Op;
pub use scenario::Scenario;
pub use segment::Agreement;
pub use segment::Basis;
pub use segment::Control;
pub use segment::Extent;
pub use segment::Segment;
pub use segment::Stage;
pub use segment::Status;
pub use source::Package;
pub use source::Source;
pub use source::SourceKind;
pub use table::Id;
pub use table::Named;
pub use table::Table;
pub use world::Meta;
pub use world::World;

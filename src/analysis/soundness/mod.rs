//! What no single record shows: whether the network hangs together, and lies where it says.
//!
//! *In*: a loaded world. *Out*: the faults that only records held against each other show, as [`Problem`]s.
//!
//! - An end that dangles: a node without a link, a junction or gauge change with one link only, a crossing that has links of a mode on one
//!   side only though the other side's network has that mode.
//! - A wrong state: a node further outside the territory it claims than the accuracies of node and boundary allow, a crossing as far
//!   from the line between its two, a link that is in another territory than its ends.
//! - A link that leaves the territory it claims by more than the accuracies of alignment and boundary.
//! - A gauge break at a node that is no gauge-change point.
//! - Kilometre posts out of order: a station between two of its line whose post does not lie between theirs, or posts nearer to
//!   each other than the stations are as the crow flies.
//!
//! Places are held against the primary boundary source.

mod ground;
mod network;
mod posts;

use crate::error::Problem;
use crate::model::World;

/// All faults, by file and feature.
pub fn problems(world: &World) -> Vec<Problem> {
    let (mut problems, ground) = rayon::join(
        || {
            let mut problems = network::problems(world);
            problems.extend(posts::problems(world));
            problems
        },
        || ground::problems(world),
    );
    problems.extend(ground);
    problems.sort();
    problems
}

fn fault(file: &str, number: usize, id: &str, property: &str, message: String) -> Problem {
    Problem::of_feature(file, number, Some(id), message).at(property)
}

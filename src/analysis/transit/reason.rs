//! Why there is no option: what separates two places.

use crate::analysis::grounds::ClosureRow;
use crate::error::Result;
use crate::model::Mode;
use crate::routing::Chosen;
use crate::routing::Criterion;
use crate::routing::Handover;
use crate::routing::Request;
use crate::routing::options;
use crate::scenario::Situation;

/// Why there is no option.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Reason {
    /// In a sentence.
    pub text: String,
    /// What is closed on the way that needs the fewest closed kilometres.
    pub needs: Vec<NeedRow>,
}

/// Something closed that a journey would need.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct NeedRow {
    /// `link` or `crossing`.
    pub what: &'static str,
    /// Its id.
    pub id: String,
    /// What would use it.
    pub mode: Mode,
    /// Why it is closed.
    #[serde(flatten)]
    pub closure: ClosureRow,
}

/// What separates the ends of a request that has no options; none if it cannot be told.
///
/// Everything closed is opened, and of the ways that there are then the one with the fewest closed kilometres, then
/// the fewest borders, is taken: what is closed on it would have to open. Other ways may need other things.
pub(crate) fn reason(situation: &Situation<'_>, request: &Request<'_>) -> Result<Option<Reason>> {
    let open = situation.with_everything_open();
    let closed_least = |chosen: &&Chosen| {
        let criteria = chosen.itinerary.criteria;
        (
            criteria[Criterion::ToBuild],
            criteria[Criterion::Crossings],
            criteria,
        )
    };
    let found = options(&open, request)?;
    if let Some(way) = found.chosen.iter().min_by_key(closed_least) {
        let needs = needs(situation, way);
        let text = format!(
            "every way needs something that is closed; one of them needs {}",
            counted(&needs)
        );
        return Ok(Some(Reason { text, needs }));
    }
    let all = Request {
        avoid: &[],
        modes: &crate::scenario::MODES,
        ..*request
    };
    let text = if options(&open, &all)?.chosen.is_empty() {
        "the network does not connect the two places, even with everything open"
    } else {
        "even with everything open, the modes and territories that may be used do not connect the two places"
    };
    Ok(Some(Reason {
        text: text.to_owned(),
        needs: Vec::new(),
    }))
}

fn needs(situation: &Situation<'_>, way: &Chosen) -> Vec<NeedRow> {
    let world = situation.world();
    let links = way.itinerary.links().filter_map(|link| {
        let closure = situation.link(link).closure?;
        let (id, mode) = (world.links[link].id.clone(), world.links[link].mode);
        Some(NeedRow {
            what: "link",
            id,
            mode,
            closure: ClosureRow::new(world, closure),
        })
    });
    let crossings = way.itinerary.handovers().filter_map(|handover| {
        let Handover::Border { crossing, mode } = handover else {
            return None;
        };
        let closure = situation.crossing(crossing, mode).closure?;
        let id = world.crossings[crossing].id.clone();
        Some(NeedRow {
            what: "crossing",
            id,
            mode,
            closure: ClosureRow::new(world, closure),
        })
    });
    crossings.chain(links).collect()
}

fn counted(needs: &[NeedRow]) -> String {
    let count = |what: &str| needs.iter().filter(|need| need.what == what).count();
    let words = |number: usize, one: &str, many: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{number} {many}")),
    };
    let parts = [
        words(count("crossing"), "closed crossing", "closed crossings"),
        words(count("link"), "closed link", "closed links"),
    ];
    parts
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" and ")
}

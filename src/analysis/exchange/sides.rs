//! Which territory lies to the left of a line.
//!
//! *In*: a line of a border and the territories of the same source. *Out*: the territories to its left and right, seen in the line's direction.
//!
//! Method. From the middles of edges a step is made to both sides, and the territories there are asked for. Each step that finds one of the two
//! territories on one side only is a vote. Where a source cut a river out of both sides the nearer steps find neither, so wider ones follow.

use geo::Coord;

use crate::index::TerritoryIndex;
use crate::model::Code;

/// Steps to the side, up to the width of a border river with its banks.
const STEPS_M: [f64; 5] = [1.0, 10.0, 50.0, 200.0, 1_000.0];

/// Edges that are asked, spread over the line.
const ASKED: usize = 9;

/// Metres of a degree of latitude, near enough for a step.
const DEGREE_M: f64 = 111_320.0;

/// The territories to the left and to the right of `lines`; none where the source does not tell.
pub(super) fn sides(
    index: &TerritoryIndex,
    lines: &[Vec<Coord>],
    (one, other): (Code, Code),
) -> Option<(Code, Code)> {
    let edges: Vec<(Coord, Coord)> = lines
        .iter()
        .flat_map(|line| line.windows(2).map(|edge| (edge[0], edge[1])))
        .filter(|(from, to)| from != to)
        .collect();
    let every = edges.len().div_ceil(ASKED).max(1);
    for step_m in STEPS_M {
        let votes = edges.iter().step_by(every);
        let sum: i32 = votes
            .map(|&edge| vote(index, edge, step_m, (one, other)))
            .sum();
        match sum.signum() {
            1 => return Some((one, other)),
            -1 => return Some((other, one)),
            _ => {}
        }
    }
    None
}

/// Above zero if the first territory is to the left of an edge, below if it is to the right.
fn vote(
    index: &TerritoryIndex,
    (from, to): (Coord, Coord),
    step_m: f64,
    (one, other): (Code, Code),
) -> i32 {
    let middle = (from + to) / 2.0;
    // A degree of longitude shrinks towards the poles; at a pole there is no side.
    let narrowing = middle.y.to_radians().cos().max(1e-3);
    let along = Coord {
        x: (to.x - from.x) * narrowing,
        y: to.y - from.y,
    };
    let length = along.x.hypot(along.y);
    let step = step_m / DEGREE_M / length;
    let to_left = Coord {
        x: -along.y * step / narrowing,
        y: along.x * step,
    };
    let (left, right) = (middle + to_left, middle - to_left);
    let there = |at: Coord, code: Code| i32::from(index.containing(at).any(|found| found == code));
    there(left, one) - there(right, one) + there(right, other) - there(left, other)
}

#[cfg(test)]
mod tests {
    use geo::Coord;
    use geo::MultiPolygon;
    use geo::Rect;

    use super::sides;
    use crate::index::TerritoryIndex;
    use crate::model::Boundary;
    use crate::model::Code;
    use crate::model::Id;
    use crate::model::Territory;

    fn code(text: &str) -> Code {
        text.parse().expect("a code")
    }

    /// Two squares with a gap along the meridian of 45°.
    fn index(gap: f64) -> TerritoryIndex {
        let square = |west: f64| {
            let corner = Coord { x: west, y: 40.0 };
            let rect = Rect::new(corner, corner + Coord { x: 1.0, y: 1.0 });
            MultiPolygon::new(vec![rect.to_polygon()])
        };
        let territory = |text: &str, west: f64| Territory {
            code: code(text),
            area: square(west),
            clipped: false,
        };
        TerritoryIndex::new(&Boundary {
            source: Id::new(0),
            territories: vec![territory("AM", 44.0 - gap), territory("AZ", 45.0 + gap)],
            borders: Vec::new(),
            tripoints: Vec::new(),
            exclaves: Vec::new(),
        })
    }

    #[test]
    fn a_line_and_its_reverse_have_their_sides_exchanged() {
        let (west, east) = (code("AM"), code("AZ"));
        for gap in [0.0, 0.001] {
            let north: Vec<Coord> = (1..9)
                .map(|step| Coord {
                    x: 45.0,
                    y: 40.0 + 0.1 * f64::from(step),
                })
                .collect();
            let south: Vec<Coord> = north.iter().rev().copied().collect();
            let index = index(gap);
            let of = |line: &[Coord]| sides(&index, &[line.to_vec()], (west, east));
            assert_eq!(of(&north), Some((west, east)), "{gap}");
            assert_eq!(of(&south), Some((east, west)), "{gap}");
        }
    }

    #[test]
    fn a_line_far_from_both_has_no_sides() {
        let line = vec![Coord { x: 10.0, y: 10.0 }, Coord { x: 10.0, y: 11.0 }];
        let index = index(0.0);
        assert_eq!(sides(&index, &[line], (code("AM"), code("AZ"))), None);
        assert_eq!(sides(&index, &[], (code("AM"), code("AZ"))), None);
        let point = vec![Coord { x: 45.0, y: 40.5 }; 2];
        assert_eq!(sides(&index, &[point], (code("AM"), code("AZ"))), None);
    }
}

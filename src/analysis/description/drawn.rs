//! A drawn line in the direction of a description.

use geo::Coord;

use crate::analysis::coordinates::Course;
use crate::geodesy;
use crate::geodesy::Edge;
use crate::geodesy::EdgeTree;
use crate::units::Length;

/// Two places of the line are the same distance from a point if they differ by less: written and converted positions are off by
/// millimetres.
const SAME_M: f64 = 2e-2;

/// A part of a border as one source draws it, turned into the direction of a description.
#[derive(Debug)]
pub(super) struct Drawn {
    /// Its lines: several where the source leaves a gap.
    pub(super) lines: Vec<Vec<Coord>>,
    /// For each, metres from the start of the first line to each vertex; gaps count nothing.
    along_m: Vec<Vec<f64>>,
    /// For each, the kilometre of its first vertex on the border.
    from_km: Vec<f64>,
    /// Whether it runs against the kilometres of the border.
    pub(super) is_turned: bool,
    /// Whether it is one closed line.
    pub(super) is_closed: bool,
    tree: EdgeTree,
}

/// The place of the line that is nearest to a point.
#[derive(Debug, Clone, Copy)]
pub(super) struct Near {
    /// The place.
    pub(super) at: Coord,
    /// Metres from the start of the line.
    pub(super) along_m: f64,
    /// Its distance.
    pub(super) distance: Length,
    /// Azimuth of the line there.
    pub(super) heading: f64,
}

impl Drawn {
    /// The line of these courses in the direction of the kilometres.
    pub(super) fn new(courses: &[&Course]) -> Self {
        let lines = courses.iter().map(|course| course.places.clone()).collect();
        let from_km = courses.iter().map(|course| course.from.km()).collect();
        Self::of(lines, from_km, false)
    }

    fn of(lines: Vec<Vec<Coord>>, from_km: Vec<f64>, is_turned: bool) -> Self {
        let mut at_m = 0.0;
        let mut along_m = Vec::with_capacity(lines.len());
        for line in &lines {
            let mut measured = vec![at_m];
            for ends in line.windows(2) {
                at_m += geodesy::distance(ends[0], ends[1]).m();
                measured.push(at_m);
            }
            along_m.push(measured);
        }
        let is_closed =
            matches!(lines.as_slice(), [one] if one.len() > 3 && one.first() == one.last());
        Self {
            tree: EdgeTree::new(&lines),
            lines,
            along_m,
            from_km,
            is_turned,
            is_closed,
        }
    }

    /// The same line in the other direction.
    pub(super) fn turned(mut self) -> Self {
        let lengths = self.along_m.iter().map(|line| span(line) / 1000.0);
        let mut from_km: Vec<f64> = self
            .from_km
            .iter()
            .zip(lengths)
            .map(|(from, length)| {
                if self.is_turned {
                    from - length
                } else {
                    from + length
                }
            })
            .collect();
        from_km.reverse();
        for line in &mut self.lines {
            line.reverse();
        }
        self.lines.reverse();
        Self::of(self.lines, from_km, !self.is_turned)
    }

    pub(super) fn length_m(&self) -> f64 {
        let last = self.along_m.last().and_then(|line| line.last());
        last.copied().unwrap_or_default()
    }

    /// Mean distance between neighbouring vertices.
    pub(super) fn spacing_m(&self) -> f64 {
        let edges: usize = self
            .lines
            .iter()
            .map(|line| line.len().saturating_sub(1))
            .sum();
        self.length_m() / edges.max(1) as f64
    }

    /// The kilometre of the border at this many metres from the start.
    pub(super) fn km(&self, along_m: f64) -> f64 {
        let line = self.line_at(along_m);
        let Some(start_m) = self.along_m.get(line).and_then(|line| line.first()) else {
            return 0.0;
        };
        let on_m = along_m - start_m;
        let towards = if self.is_turned { -1.0 } else { 1.0 };
        self.from_km[line] + towards * on_m / 1000.0
    }

    fn line_at(&self, along_m: f64) -> usize {
        let reaches = |line: &Vec<f64>| line.last().is_some_and(|end| along_m <= *end);
        let found = self.along_m.iter().position(reaches);
        found.unwrap_or(self.along_m.len().saturating_sub(1))
    }

    /// The nearest place to a point; none for a line without edges.
    pub(super) fn near(&self, point: Coord) -> Option<Near> {
        let found = self.tree.nearest(point)?;
        Some(self.place(found.line, found.edge, found.along_m, found.distance))
    }

    fn place(&self, line: usize, edge: usize, along_m: f64, distance: Length) -> Near {
        let (from, to) = (self.lines[line][edge], self.lines[line][edge + 1]);
        Near {
            at: Edge::new(from, to).at(along_m),
            along_m: self.along_m[line][edge] + along_m,
            distance,
            heading: geodesy::leg(from, to).1,
        }
    }

    /// The first place from `from_m` to `to_m` that is as near to the point as the nearest one: a line may come back to itself.
    fn first_near(
        &self,
        point: Coord,
        (from_m, to_m): (f64, f64),
        nearest: Length,
    ) -> Option<Near> {
        for (line, vertices) in self.lines.iter().enumerate() {
            let measured = &self.along_m[line];
            let first = measured.partition_point(|m| *m < from_m).saturating_sub(1);
            for (edge, ends) in vertices.windows(2).enumerate().skip(first) {
                if measured[edge] > to_m {
                    return None;
                }
                let foot = Edge::new(ends[0], ends[1]).nearest(point);
                let along_m = measured[edge] + foot.along_m;
                if along_m >= from_m - SAME_M && foot.distance.m() <= nearest.m() + SAME_M {
                    return Some(self.place(line, edge, foot.along_m, foot.distance));
                }
            }
        }
        None
    }

    /// The place at this many metres from the start, and the azimuth of the line there.
    pub(super) fn at(&self, along_m: f64) -> Option<(Coord, f64)> {
        let line = self.line_at(along_m);
        let (vertices, measured) = (self.lines.get(line)?, self.along_m.get(line)?);
        let last = vertices.len().checked_sub(2)?;
        let edge = measured
            .partition_point(|m| *m <= along_m)
            .saturating_sub(1)
            .min(last);
        let (from, to) = (vertices[edge], vertices[edge + 1]);
        let at = Edge::new(from, to).at((along_m - measured[edge]).max(0.0));
        Some((at, geodesy::leg(from, to).1))
    }

    /// The lines from one place to another further on; on a closed line over its end, if need be.
    pub(super) fn cut(&self, from_m: f64, to_m: f64) -> Vec<Vec<Coord>> {
        let end_m = self.length_m();
        if self.is_closed && from_m >= end_m {
            return self.cut_within(from_m - end_m, to_m - end_m);
        }
        if self.is_closed && to_m > end_m {
            let mut over = self.cut_within(from_m, end_m);
            let rest = self.cut_within(0.0, to_m - end_m).into_iter().flatten();
            match over.last_mut() {
                Some(last) => last.extend(rest.skip(1)),
                None => over.push(rest.collect()),
            }
            return over;
        }
        self.cut_within(from_m, to_m)
    }

    fn cut_within(&self, from_m: f64, to_m: f64) -> Vec<Vec<Coord>> {
        let mut cut = Vec::new();
        for (vertices, measured) in self.lines.iter().zip(&self.along_m) {
            let (Some(&start_m), Some(&end_m)) = (measured.first(), measured.last()) else {
                continue;
            };
            let (from_m, to_m) = (from_m.max(start_m), to_m.min(end_m));
            if from_m >= to_m {
                continue;
            }
            let first = measured.partition_point(|m| *m <= from_m);
            let last = measured.partition_point(|m| *m < to_m);
            let at = |m: f64, next: usize| {
                let next = next.clamp(1, vertices.len() - 1);
                Edge::new(vertices[next - 1], vertices[next]).at(m - measured[next - 1])
            };
            let mut line = vec![at(from_m, first)];
            line.extend_from_slice(vertices.get(first..last).unwrap_or_default());
            line.push(at(to_m, last));
            cut.push(line);
        }
        cut
    }
}

fn span(measured: &[f64]) -> f64 {
    measured.last().copied().unwrap_or_default() - measured.first().copied().unwrap_or_default()
}

/// The course along a drawn line of points in the order of a description.
#[derive(Debug)]
pub(super) struct Progress {
    /// For each point, the nearest place.
    pub(super) near: Vec<Near>,
    /// For each point, metres from the start of the line, counted on over the end of a closed line; on a description that comes back, once more
    /// for the first point.
    pub(super) along_m: Vec<f64>,
    /// For each point, how far it lies before the one that it should follow; zero where the order is kept.
    pub(super) back_m: Vec<f64>,
}

/// Turns a line into the direction of points, and follows them along it; none for a line without edges.
pub(super) fn follow(
    drawn: Drawn,
    points: &[Coord],
    comes_back: bool,
) -> Option<(Drawn, Progress)> {
    let there = progress(&drawn, points, comes_back)?;
    if !is_against(&drawn, &there, comes_back) {
        return Some((drawn, there));
    }
    let turned = drawn.turned();
    let back = progress(&turned, points, comes_back)?;
    Some((turned, back))
}

/// Whether the points go against the line: by most of their way, or on a closed line by the longer way around.
fn is_against(drawn: &Drawn, progress: &Progress, comes_back: bool) -> bool {
    let mut raw: Vec<f64> = progress.near.iter().map(|near| near.along_m).collect();
    if comes_back {
        raw.extend(raw.first().copied());
    }
    let steps = raw.windows(2).map(|ends| ends[1] - ends[0]);
    if !drawn.is_closed {
        return steps.sum::<f64>() < 0.0;
    }
    let around_m = drawn.length_m();
    let with: f64 = steps.clone().map(|step| step.rem_euclid(around_m)).sum();
    let against: f64 = steps.map(|step| (-step).rem_euclid(around_m)).sum();
    // Two points of a closed line do not say which way around: then it is that of the kilometres.
    against < with - SAME_M
}

fn progress(drawn: &Drawn, points: &[Coord], comes_back: bool) -> Option<Progress> {
    let around_m = drawn.length_m();
    let mut near = Vec::with_capacity(points.len());
    let mut along_m: Vec<f64> = Vec::with_capacity(points.len() + 1);
    let mut back_m = Vec::with_capacity(points.len());
    for &point in points {
        let mut found = drawn.near(point)?;
        let before_m = along_m.last().copied();
        if !drawn.is_closed {
            let from_m = before_m.unwrap_or(0.0);
            // Where the nearest place lies back, one further on may be as near.
            let is_back = found.along_m < from_m - SAME_M;
            let to_m = if is_back { around_m } else { found.along_m };
            let first = drawn.first_near(point, (from_m, to_m), found.distance);
            found = first.unwrap_or(found);
        }
        let Some(before_m) = before_m else {
            along_m.push(found.along_m);
            back_m.push(0.0);
            near.push(found);
            continue;
        };
        let mut step_m = found.along_m - before_m;
        if drawn.is_closed {
            step_m = step_m.rem_euclid(around_m);
            let first_m = along_m.first().copied().unwrap_or_default();
            if before_m + step_m - first_m > around_m + SAME_M {
                step_m -= around_m;
            }
        }
        back_m.push((-step_m).max(0.0));
        along_m.push(before_m + step_m.max(0.0));
        near.push(found);
    }
    if comes_back && let Some(&first_m) = along_m.first() {
        along_m.push(first_m + if drawn.is_closed { around_m } else { 0.0 });
    }
    Some(Progress {
        near,
        along_m,
        back_m,
    })
}

/// The most that a leg and the drawn line between its ends stray from each other, and where on the drawn line.
pub(super) fn apart(leg: &[Coord], drawn: &[Vec<Coord>]) -> Option<(Length, Coord)> {
    let legs = EdgeTree::new([leg]);
    let lines = EdgeTree::new(drawn);
    let from_drawn = drawn.iter().filter_map(|line| {
        let farthest = geodesy::farthest(line, &legs)?;
        Some((farthest.distance(), farthest.at))
    });
    let from_leg =
        geodesy::farthest(leg, &lines).map(|farthest| (farthest.distance(), farthest.nearest.at));
    from_drawn
        .chain(from_leg)
        .reduce(|most, other| if other.0 > most.0 { other } else { most })
}

/// Which line a course is of: the states, the part of their border, the segment.
pub(super) fn line_in_words(course: &Course) -> String {
    let pair = course.pair.map(|pair| pair.to_string());
    let segment = course
        .segment
        .as_ref()
        .map(|segment| format!("segment {segment}"));
    let words = [pair, course.part.clone(), segment];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

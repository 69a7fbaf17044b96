//! How far lines moved between two sources.
//!
//! Method. Points every [`STEP_M`](crate::analysis::compare::STEP_M) metres along each of the two lines, each with its exact geodesic offset from the other.
//! Neighbouring points of the old line beyond the joint accuracy make a stretch; those of the new line that it does not account for (a bulge over
//! a narrow foot is far from the old line, which is near to it) make stretches of their own. Gaps between pieces are bridged straight, as in a
//! comparison, and are no part of the share.

use geo::Coord;
use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::compare;
use crate::analysis::compare::Asked;
use crate::analysis::compare::Couple;
use crate::analysis::compare::Line;
use crate::analysis::diff::STILL;
use crate::analysis::diff::Side;
use crate::analysis::diff::joint_accuracy_m;
use crate::analysis::diff::runs;
use crate::analysis::diff::runs::Facing;
use crate::analysis::diff::runs::Sample;
use crate::geodesy::EdgeTree;
use crate::model::Border;
use crate::model::Pair;
use crate::units::Length;
use crate::units::rounded;

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// A whole part of a border, or the segment asked for.
    Border,
    /// A stretch of it.
    Stretch,
}

/// Whether a line moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nowhere farther than [`STILL`].
    Same,
    /// Nowhere farther than both sources are accurate.
    WithinError,
    /// Farther than that.
    Moved,
    /// Farther than that for the most part where the other source leaves a gap, as over a reservoir.
    InGap,
    /// Farther than that for the most part beyond the end of the other line: one is longer, neither need have moved.
    BeyondEnd,
    /// Farther than [`STILL`], and neither source states its accuracy.
    Unknown,
    /// The new source does not draw it.
    OnlyInOld,
    /// The old source does not draw it.
    OnlyInNew,
}

/// A border, or a stretch of it, on two sources.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineRow {
    /// A whole part, or a stretch that moved.
    pub what: What,
    /// The states.
    pub pair: Pair,
    /// The part of their border, or the segment asked for.
    pub part: String,
    /// The old source.
    pub old: String,
    /// The new one.
    pub new: String,
    /// Chainage of its start on the old line.
    pub from_km: Option<f64>,
    /// Chainage of its end.
    pub to_km: Option<f64>,
    /// Length on the old line.
    pub length_km: Option<f64>,
    /// Chainage of its start on the new line.
    pub from_new_km: Option<f64>,
    /// Chainage of its end.
    pub to_new_km: Option<f64>,
    /// Length on the new line.
    pub length_new_km: Option<f64>,
    /// Both sources' accuracy in quadrature; that of one where the other states none.
    pub accuracy_m: Option<f64>,
    /// Share of the old line that is farther from the new one than that; whole parts only.
    pub moved_pct: Option<f64>,
    /// Share of the new line that is farther from the old one than that; whole parts only.
    pub moved_new_pct: Option<f64>,
    /// Share of the old line that is farther than a metre; whole parts only.
    pub changed_pct: Option<f64>,
    /// Mean offset of the old line.
    pub mean_offset_m: Option<f64>,
    /// The largest offset of either line from the other.
    pub max_offset_m: Option<f64>,
    /// Which line it is of: `old` or `new`.
    pub strays: Option<&'static str>,
    /// Its place on the old line.
    pub at: Option<[f64; 2]>,
    /// Its place on the new line.
    pub at_new: Option<[f64; 2]>,
    /// Chainage of the place on the old line.
    pub km: Option<f64>,
    /// Chainage of the place on the new line.
    pub km_new: Option<f64>,
    /// Whether it moved.
    pub verdict: Verdict,
}

/// A row and the lines that it is about.
#[derive(Debug, Clone)]
pub struct LineChange {
    /// The row.
    pub row: LineRow,
    /// On the old source.
    pub old: Vec<Vec<Coord>>,
    /// On the new source.
    pub new: Vec<Vec<Coord>>,
}

/// How every border moved: a row for each part, in the order of the old source, each followed by its stretches that moved; then what only the new
/// source draws. A segment asked for is one of the old side's data set, which must then be the new side's too.
///
/// # Properties
///
/// - A source held against itself, however its lines are cut or densified, is the same.
/// - Every point of the old line that is farther than the joint accuracy lies in a stretch.
pub fn lines(old: Side<'_>, new: Side<'_>, asked: Asked) -> Vec<LineChange> {
    let couples = asked.segment.map_or_else(
        || compare::parts(old.boundary, new.boundary, asked.pair),
        |segment| compare::stretches(old.world, old.boundary, new.boundary, segment),
    );
    let found: Vec<Vec<LineChange>> = couples
        .par_iter()
        .filter_map(|couple| Some(Two::of(old, new, couple)?.changes()))
        .collect();
    let mut changes: Vec<LineChange> = found.into_iter().flatten().collect();
    if asked.segment.is_none() {
        changes.extend(alone(old, new, asked.pair, Verdict::OnlyInOld));
        changes.extend(alone(old, new, asked.pair, Verdict::OnlyInNew));
    }
    changes
}

/// The parts that only one of the sources draws.
fn alone(old: Side<'_>, new: Side<'_>, pair: Option<Pair>, verdict: Verdict) -> Vec<LineChange> {
    let is_old = verdict == Verdict::OnlyInOld;
    let (here, there) = if is_old { (old, new) } else { (new, old) };
    let borders = here.boundary.borders.iter();
    let mine = borders.filter(|border| {
        pair.is_none_or(|pair| pair == border.pair)
            && there.border(border.pair, &border.part.label()).is_none()
    });
    mine.map(|border| {
        let mut row = LineRow::empty(old, new, border.pair, border.part.label());
        row.verdict = verdict;
        row.accuracy_m = here.world.accuracy_m(here.boundary, border);
        let whole = border.cut(Length::ZERO, border.length());
        let km = |length: Length| Some(rounded(length.km(), 3));
        if is_old {
            (row.from_km, row.to_km, row.length_km) =
                (Some(0.0), km(border.length()), km(border.length()));
        } else {
            (row.from_new_km, row.to_new_km, row.length_new_km) =
                (Some(0.0), km(border.length()), km(border.length()));
        }
        let (old, new) = if is_old {
            (whole, Vec::new())
        } else {
            (Vec::new(), whole)
        };
        LineChange { row, old, new }
    })
    .collect()
}

impl LineRow {
    fn empty(old: Side<'_>, new: Side<'_>, pair: Pair, part: String) -> Self {
        Self {
            what: What::Border,
            pair,
            part,
            old: old.name(),
            new: new.name(),
            from_km: None,
            to_km: None,
            length_km: None,
            from_new_km: None,
            to_new_km: None,
            length_new_km: None,
            accuracy_m: None,
            moved_pct: None,
            moved_new_pct: None,
            changed_pct: None,
            mean_offset_m: None,
            max_offset_m: None,
            strays: None,
            at: None,
            at_new: None,
            km: None,
            km_new: None,
            verdict: Verdict::Same,
        }
    }

    /// Notes where and how far the one line strays most from the other.
    fn note_farthest(&mut self, old: &[Sample], new: &[Sample]) {
        let (from_old, from_new) = (runs::farthest(old), runs::farthest(new));
        let offset_m = |sample: Option<&Sample>| sample.map_or(-1.0, |sample| sample.offset_m);
        let is_old = offset_m(from_old) >= offset_m(from_new);
        let Some(sample) = (if is_old { from_old } else { from_new }) else {
            return;
        };
        let own = (sample.at, sample.along_m);
        let other = (sample.other_at, sample.other_m);
        let (on_old, on_new) = if is_old { (own, other) } else { (other, own) };
        self.max_offset_m = Some(rounded(sample.offset_m, 2));
        self.strays = (sample.offset_m > STILL.m()).then_some(if is_old { "old" } else { "new" });
        (self.at, self.km) = (Some(position(on_old.0)), Some(kilometre(on_old.1)));
        (self.at_new, self.km_new) = (Some(position(on_new.0)), Some(kilometre(on_new.1)));
    }

    fn note_spans(&mut self, old: (f64, f64), new: (f64, f64)) {
        (self.from_km, self.to_km) = (Some(kilometre(old.0)), Some(kilometre(old.1)));
        (self.from_new_km, self.to_new_km) = (Some(kilometre(new.0)), Some(kilometre(new.1)));
        self.length_km = Some(kilometre(old.1 - old.0));
        self.length_new_km = Some(kilometre(new.1 - new.0));
    }
}

fn position(at: Coord) -> [f64; 2] {
    [rounded(at.x, 6), rounded(at.y, 6)]
}

fn kilometre(m: f64) -> f64 {
    rounded(m / 1_000.0, 3)
}

/// A border on both sources, with the offsets of each line from the other.
struct Two<'w> {
    borders: (&'w Border, &'w Border),
    /// From where to where the part or segment goes, in metres on each line.
    spans: ((f64, f64), (f64, f64)),
    old: Vec<Sample>,
    new: Vec<Sample>,
    /// What every row says.
    row: LineRow,
    /// Farther than this is a stretch of its own.
    beyond_m: f64,
}

impl<'w> Two<'w> {
    fn of(old: Side<'w>, new: Side<'w>, couple: &Couple<'_>) -> Option<Self> {
        let part = couple.part.label();
        let borders = (
            old.border(couple.pair, &part)?,
            new.border(couple.pair, &part)?,
        );
        // A segment's ends lie elsewhere on each source: its offsets are from the whole of the other line.
        let wholes = (Line::whole(borders.0), Line::whole(borders.1));
        let trees = (
            EdgeTree::new([&wholes.0.places]),
            EdgeTree::new([&wholes.1.places]),
        );
        let accuracy_m = joint_accuracy_m((old, borders.0), (new, borders.1));
        let mut row = LineRow::empty(old, new, couple.pair, couple.label.clone());
        row.accuracy_m = accuracy_m.map(|m| rounded(m, 0));
        let span = |line: &Line| (line.from().m(), line.to().m());
        Some(Self {
            borders,
            spans: (span(&couple.a), span(&couple.b)),
            old: runs::samples(&couple.a, &wholes.1, &trees.1, borders.1.is_ring()),
            new: runs::samples(&couple.b, &wholes.0, &trees.0, borders.0.is_ring()),
            row,
            beyond_m: accuracy_m.unwrap_or(0.0).max(STILL.m()),
        })
    }

    fn changes(&self) -> Vec<LineChange> {
        let mut left = runs::runs(&self.new, self.beyond_m);
        let mut stretches = Vec::new();
        for run in runs::runs(&self.old, self.beyond_m) {
            let run = &self.old[run];
            let (mine, rest) = left.into_iter().partition(|other| {
                let other = &self.new[other.clone()];
                is_one_place(run, other) || is_one_place(other, run)
            });
            left = rest;
            stretches.extend(self.stretch(run, &mine));
        }
        for run in left {
            stretches.extend(self.stretch(&[], &[run]));
        }
        stretches.sort_by(|a, b| {
            let start = |change: &LineChange| change.row.from_km.unwrap_or(0.0);
            start(a).total_cmp(&start(b))
        });
        let mut changes = vec![self.whole(&stretches)];
        changes.extend(stretches);
        changes
    }

    fn whole(&self, stretches: &[LineChange]) -> LineChange {
        let mut row = self.row.clone();
        row.note_spans(self.spans.0, self.spans.1);
        row.note_farthest(&self.old, &self.new);
        row.mean_offset_m = Some(rounded(runs::mean_m(&self.old), 2));
        row.changed_pct = Some(rounded(runs::share_pct(&self.old, STILL.m()), 2));
        let share = |samples: &[Sample]| rounded(runs::share_pct(samples, self.beyond_m), 2);
        row.moved_pct = row.accuracy_m.map(|_| share(&self.old));
        row.moved_new_pct = row.accuracy_m.map(|_| share(&self.new));
        let mut verdicts = stretches.iter().map(|stretch| stretch.row.verdict);
        row.verdict = match verdicts.clone().find(|verdict| *verdict == Verdict::Moved) {
            Some(moved) => moved,
            None => verdicts.next().unwrap_or_else(|| self.verdict(&row, &[])),
        };
        self.change(row, self.spans)
    }

    /// A stretch of the old line that moved, with the runs of the new line that are the same place; or such a run alone.
    fn stretch(&self, run: &[Sample], others: &[std::ops::Range<usize>]) -> Option<LineChange> {
        let others: Vec<&[Sample]> = others
            .iter()
            .map(|range| &self.new[range.clone()])
            .collect();
        let (mut old, mut new) = (runs::own_span(run), runs::other_span(run));
        for other in &others {
            new = hull(new, runs::own_span(other));
            if run.is_empty() {
                old = hull(old, runs::other_span(other));
            }
        }
        let new_samples: Vec<Sample> = others.concat();
        let mut row = self.row.clone();
        row.what = What::Stretch;
        row.note_spans(old?, new?);
        row.note_farthest(run, &new_samples);
        let measured = if run.is_empty() { &new_samples } else { run };
        row.mean_offset_m = Some(rounded(runs::mean_m(measured), 2));
        row.verdict = self.verdict(&row, measured);
        Some(self.change(row, (old?, new?)))
    }

    /// The verdict on a row whose points are these.
    fn verdict(&self, row: &LineRow, samples: &[Sample]) -> Verdict {
        let max_offset_m = row.max_offset_m.unwrap_or(0.0);
        match row.accuracy_m {
            _ if max_offset_m <= STILL.m() => Verdict::Same,
            Some(_) if max_offset_m <= self.beyond_m => Verdict::WithinError,
            _ if runs::faces_mostly(samples, Facing::Gap) => Verdict::InGap,
            _ if runs::faces_mostly(samples, Facing::End) => Verdict::BeyondEnd,
            Some(_) => Verdict::Moved,
            None => Verdict::Unknown,
        }
    }

    fn change(&self, row: LineRow, spans: ((f64, f64), (f64, f64))) -> LineChange {
        let cut = |border: &Border, (from, to): (f64, f64)| {
            border.cut(Length::from_m(from), Length::from_m(to))
        };
        LineChange {
            row,
            old: cut(self.borders.0, spans.0),
            new: cut(self.borders.1, spans.1),
        }
    }
}

/// Whether the place of one line that a run is nearest to is where the other line's run is.
fn is_one_place(run: &[Sample], other: &[Sample]) -> bool {
    let spans = runs::other_span(run).zip(runs::own_span(other));
    spans.is_some_and(|(one, other)| runs::meet(one, other))
}

fn hull(one: Option<(f64, f64)>, other: Option<(f64, f64)>) -> Option<(f64, f64)> {
    match (one, other) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    }
}

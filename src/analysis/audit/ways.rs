//! Lengths of railways, roads and corridors, and of their sums and differences: link by link, each by what it rests on.
//!
//! A figure must not be held against itself. Where a link's length was taken from the source that is audited, another measure of that link
//! takes its place (the network source's, or another publication's); where there is none for the whole way, the figure is not measurable.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::chains;
use super::chains::Chain;
use super::found::Found;
use super::found::PartRow;
use super::found::Reading;
use crate::model::Claim;
use crate::model::Evidence;
use crate::model::Id;
use crate::model::LengthBasis;
use crate::model::Link;
use crate::model::Source;
use crate::model::SourceKind;
use crate::model::Term;
use crate::model::World;
use crate::units::rounded;

/// Two-sided 95 % of a normal distribution, in standard deviations.
const SURE: f64 = 1.96;

/// The median of the square of a standard normal variable.
const MEDIAN_OF_SQUARE: f64 = 0.4549;

/// If no more than this share of a way rests on something else than the audited figure, there is nothing to hold against it.
const LEAST_SHARE: f64 = 0.01;

/// The ways of a world.
pub(super) struct Ways<'w> {
    world: &'w World,
    /// Sources that give lengths: an assumption that names one of them rests on it.
    of_lengths: BTreeSet<Id<Source>>,
    /// How the square of the difference between network lengths and published ones grows, in km² per km.
    drift: f64,
}

/// A link's length for the audit of one source.
struct Measure {
    km: f64,
    /// Square of how far it may be off (95 %), in km².
    square: f64,
    /// Whether it was measured from node to node on a map, not stated for the stretch.
    is_on_map: bool,
    rests_on: RestsOn,
}

enum RestsOn {
    /// A source, not the audited one.
    Sources(Vec<Id<Source>>),
    /// A drawing, or an assumption that names no source of lengths.
    Nothing,
    /// The audited source itself.
    Itself,
}

impl<'w> Ways<'w> {
    pub(super) fn new(world: &'w World) -> Self {
        let claims = world.links.iter().flat_map(|(_, link)| &link.published_km);
        let claims = claims.chain(
            world
                .corridors
                .iter()
                .flat_map(|(_, corridor)| &corridor.published_km),
        );
        let cited = claims.filter_map(|claim| match claim.evidence {
            Evidence::Source(source) => Some(source),
            Evidence::Assumption(_) => None,
        });
        let figures = world.published.iter().map(|figure| figure.source);
        let mut ways = Self {
            world,
            of_lengths: cited.chain(figures).collect(),
            drift: 0.0,
        };
        ways.drift = ways.drift();
        ways
    }

    /// The length of a sum of ways, without what rests on `audited`; why there is none to hold against it.
    pub(super) fn find(&self, terms: &[Term], audited: Id<Source>) -> Result<Found, String> {
        let chains = terms
            .iter()
            .map(|term| chains::chain(self.world, term))
            .collect::<Result<Vec<Chain>, String>>()?;
        let mut counts: BTreeMap<Id<Link>, f64> = BTreeMap::new();
        for (term, chain) in terms.iter().zip(&chains) {
            for link in chain.within(self.world, term.within) {
                *counts.entry(link).or_default() += if term.minus { -1.0 } else { 1.0 };
            }
        }
        // What is on both sides of a difference falls out of it, with its doubts.
        counts.retain(|_, count| *count != 0.0);
        if counts.is_empty() {
            return Err("the way has no link there".to_owned());
        }
        let (mut km, mut all, mut own, mut square) = (0.0, 0.0, 0.0, 0.0);
        let (mut unsourced, mut by_publications) = (0.0, 0.0);
        for (&link, count) in &counts {
            let measure = self.measure(&self.world.links[link], audited);
            km += count * measure.km;
            all += measure.km;
            square += count * count * measure.square;
            match measure.rests_on {
                RestsOn::Itself => own += measure.km,
                RestsOn::Nothing => unsourced += measure.km,
                RestsOn::Sources(sources) if self.are_publications(&sources) => {
                    by_publications += measure.km;
                }
                RestsOn::Sources(_) => {}
            }
        }
        square += self.ends_km2(&chains, audited);
        Ok(Found {
            computed: km,
            on: if own > 0.0 {
                format!("links, {} km of them by this very source", rounded(own, 1))
            } else {
                "links".to_owned()
            },
            is_own: all - own < LEAST_SHARE * all,
            tolerance: square.sqrt(),
            published: self.by_posts(terms, &chains, audited).into_iter().collect(),
            unsourced,
            published_share: by_publications / all,
            parts: self.parts(terms, &chains, audited),
            ..Found::default()
        })
    }

    fn measure(&self, link: &Link, audited: Id<Source>) -> Measure {
        let sources = |claim: &Claim<f64>| self.evidence(claim);
        let taken = link.published_km.first();
        let is_taken = matches!(
            link.length_basis,
            LengthBasis::Published | LengthBasis::Posts
        );
        let is_own = is_taken && taken.is_some_and(|claim| sources(claim).contains(&audited));
        let published = |claim: &Claim<f64>, km: f64| Measure {
            km,
            square: (last_digit(claim.value) / 2.0).powi(2),
            is_on_map: false,
            rests_on: match sources(claim) {
                named if named.is_empty() => RestsOn::Nothing,
                named => RestsOn::Sources(named),
            },
        };
        let own_km = f64::from(link.length_m) / 1000.0;
        let drawn = Measure {
            km: own_km,
            square: (link.alignment_accuracy_m / 1000.0).powi(2),
            is_on_map: true,
            rests_on: RestsOn::Nothing,
        };
        if is_own {
            if let Some(km) = link.source_km {
                return self.by_network(link, km);
            }
            let independent = |claim: &&Claim<f64>| {
                let named = sources(claim);
                !named.is_empty() && !named.contains(&audited)
            };
            let other = link.published_km.iter().find(independent);
            return other.map_or(
                Measure {
                    rests_on: RestsOn::Itself,
                    square: 0.0,
                    is_on_map: false,
                    ..drawn
                },
                |claim| published(claim, claim.value),
            );
        }
        match (link.length_basis, taken) {
            (LengthBasis::Published | LengthBasis::Posts, Some(claim)) => {
                let measure = published(claim, own_km);
                match measure.rests_on {
                    RestsOn::Nothing => drawn,
                    _ => measure,
                }
            }
            (LengthBasis::Posts, None) => Measure {
                square: 0.25,
                is_on_map: false,
                rests_on: RestsOn::Sources(vec![self.world.nodes[link.from].source]),
                ..drawn
            },
            (LengthBasis::Source, _) => self.by_network(link, own_km),
            _ => drawn,
        }
    }

    fn are_publications(&self, sources: &[Id<Source>]) -> bool {
        sources
            .iter()
            .all(|source| self.world.sources[*source].kind == SourceKind::Publication)
    }

    fn by_network(&self, link: &Link, km: f64) -> Measure {
        Measure {
            km,
            square: SURE * SURE * self.drift * km,
            is_on_map: true,
            rests_on: RestsOn::Sources(vec![link.source]),
        }
    }

    /// The sources of a claim: its own, or those of lengths that its assumption names in brackets.
    fn evidence(&self, claim: &Claim<f64>) -> Vec<Id<Source>> {
        match &claim.evidence {
            Evidence::Source(source) => vec![*source],
            Evidence::Assumption(basis) => {
                let brackets = basis
                    .split('[')
                    .skip(1)
                    .filter_map(|rest| rest.split(']').next());
                let named = brackets.flat_map(|ids| ids.split(',')).map(str::trim);
                let found = named.filter_map(|id| self.world.sources.find(id));
                let of_lengths = found.filter(|source| self.of_lengths.contains(source));
                of_lengths.collect::<BTreeSet<_>>().into_iter().collect()
            }
        }
    }

    /// How far network lengths and published ones differ, from the links that carry both.
    ///
    /// The difference is taken for a random walk: its square grows with the length. Its rate is the median over the lines, put to that of
    /// a normal distribution, so that single ones with another alignment do not rule it. The links of a line are taken together: they
    /// were cut out of longer ones, and err alike.
    fn drift(&self) -> f64 {
        let mut lines: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for (_, link) in self.world.links.iter() {
            let named = |claim: &&Claim<f64>| matches!(claim.evidence, Evidence::Source(_));
            let published = link.published_km.iter().find(named);
            if let (Some(measured), Some(published)) = (link.source_km, published) {
                let line = lines
                    .entry(link.line.as_deref().unwrap_or(&link.id))
                    .or_default();
                line.0 += measured;
                line.1 += published.value;
            }
        }
        let rate = |&(measured, published): &(f64, f64)| {
            (published - measured).powi(2) / measured.max(f64::MIN_POSITIVE)
        };
        let mut rates: Vec<f64> = lines.values().map(rate).collect();
        rates.sort_by(f64::total_cmp);
        rates
            .get(rates.len() / 2)
            .map_or(0.0, |median| median / MEDIAN_OF_SQUARE)
    }

    /// Where a chain ends in a link that was measured on a map, its end may be off with the node.
    fn ends_km2(&self, chains: &[Chain], audited: Id<Source>) -> f64 {
        let ends = chains.iter().flat_map(|chain| {
            let nodes = chain.nodes(self.world);
            let ends = [
                (chain.links.first(), nodes.first()),
                (chain.links.last(), nodes.last()),
            ];
            ends.map(|(link, node)| Some((*link?, *node?)))
        });
        let mut squares: BTreeMap<_, f64> = BTreeMap::new();
        for (link, node) in ends.flatten() {
            let is_on_map = self.measure(&self.world.links[link], audited).is_on_map;
            let square = (self.world.nodes[node].accuracy_m / 1000.0).powi(2);
            squares.insert(node, if is_on_map { square } else { 0.0 });
        }
        squares.values().sum()
    }

    /// The same by the kilometre posts of the lines, if they cover all of it.
    ///
    /// None for a source that gives lengths of these very links: its figures may be differences of those posts.
    fn by_posts(&self, terms: &[Term], chains: &[Chain], audited: Id<Source>) -> Option<Reading> {
        let links = chains.iter().flat_map(|chain| &chain.links);
        let mut claims = links.flat_map(|link| &self.world.links[*link].published_km);
        if claims.any(|claim| self.evidence(claim).contains(&audited)) {
            return None;
        }
        let mut total = 0.0;
        for (term, chain) in terms.iter().zip(chains) {
            let km = chain
                .by_posts_km(self.world)
                .filter(|_| term.within.is_none())?;
            total += if term.minus { -km } else { km };
        }
        Some(Reading {
            value: total,
            tolerance: 0.5,
            words: "the kilometre posts give".to_owned(),
        })
    }

    fn parts(&self, terms: &[Term], chains: &[Chain], audited: Id<Source>) -> Vec<PartRow> {
        let parts = terms.iter().zip(chains).map(|(term, chain)| {
            let (mut km, mut unsourced, mut named) = (0.0, 0.0, BTreeSet::new());
            for link in chain.within(self.world, term.within) {
                let measure = self.measure(&self.world.links[link], audited);
                km += measure.km;
                match measure.rests_on {
                    RestsOn::Sources(sources) => named.extend(sources),
                    RestsOn::Nothing => unsourced += measure.km,
                    RestsOn::Itself => {
                        named.insert(audited);
                    }
                }
            }
            PartRow {
                part: if term.minus {
                    format!("- {}", term.text)
                } else {
                    term.text.clone()
                },
                km: rounded(km, 1),
                sources: named
                    .into_iter()
                    .map(|source| self.world.sources[source].id.clone())
                    .collect(),
                unsourced_km: rounded(unsourced, 1),
            }
        });
        parts.collect()
    }
}

/// The step of the last digit of a length: a tenth for 110.4, one for 42.
fn last_digit(km: f64) -> f64 {
    let digits = (0..3).find(|&digits| (rounded(km, digits) - km).abs() < 1e-9);
    10_f64.powi(-digits.unwrap_or(3))
}

#[cfg(test)]
mod tests;

//! Files to records: strict loading of all layers.
//!
//! *In*: a [`Geodata`] folder, or the data set that the program carries. *Out*: a [`World`] in which every reference is resolved and
//! every claim has its evidence; or all [`Problem`]s, each with file, feature and property. The layers are described in
//! `geodata/README.md`. Each layer has its own module; `topology` derives what no file lists.

mod agreement;
mod boundaries;
mod claims;
mod corridors;
mod crossings;
mod disputes;
mod feature;
mod files;
mod ids;
mod measures;
mod network;
mod parse;
mod places;
mod rings;
mod scenarios;
mod segments;
mod sources;
mod swapped;
mod topology;
mod wording;

use std::borrow::Cow;

use geo::Contains;
use geo::InteriorPoint;
use geo::Point;
use geo::Polygon;
use rayon::prelude::*;

use crate::error::Error;
use crate::error::Problem;
use crate::error::Result;
use crate::geodesy;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Corridor;
use crate::model::Crossing;
use crate::model::Defaults;
use crate::model::Dispute;
use crate::model::DisputeKind;
use crate::model::Extent;
use crate::model::Id;
use crate::model::Link;
use crate::model::Meta;
use crate::model::Node;
use crate::model::Pair;
use crate::model::Place;
use crate::model::Scenario;
use crate::model::Segment;
use crate::model::Source;
use crate::model::Table;
use crate::model::Territory;
use crate::model::World;

pub use files::Geodata;

/// Loads a data set.
///
/// # Errors
///
/// [`Error::Data`] with all problems if the data set has any; [`Error::Usage`] if the folder is not there.
///
/// # Example
///
/// ```
/// use araxes::dataset::Geodata;
/// use araxes::dataset::load;
///
/// let world = load(&Geodata::Embedded)?;
/// assert!(world.boundary(None)?.territories.len() > 1);
/// # Ok::<(), araxes::error::Error>(())
/// ```
pub fn load(geodata: &Geodata) -> Result<World> {
    let (world, problems) = examine(geodata)?;
    match world {
        Some(world) if problems.is_empty() => Ok(world),
        _ => Err(Error::Data { problems }),
    }
}

/// Loads the data set that the program carries.
///
/// # Errors
///
/// As [`load`]; the tests show that there are none.
pub fn load_embedded() -> Result<World> {
    load(&Geodata::Embedded)
}

/// Loads what can be loaded and tells all problems; there is no world if the sources or the data set's own description fail.
///
/// # Errors
///
/// [`Error::Usage`] if the folder is not there, [`Error::Read`] if it cannot be listed.
pub fn examine(geodata: &Geodata) -> Result<(Option<World>, Vec<Problem>)> {
    geodata.must_exist()?;
    let mut loader = Loader {
        geodata,
        problems: Vec::new(),
    };
    let world = loader.world()?;
    Ok((world, loader.problems))
}

struct Loader<'a> {
    geodata: &'a Geodata,
    problems: Vec<Problem>,
}

/// The territories of one source, before anything is derived from them.
struct Outlines {
    source: Id<Source>,
    territories: Vec<Territory>,
}

/// The layers that corridors and transit need.
struct Network {
    nodes: Table<Node>,
    links: Table<Link>,
    crossings: Table<Crossing>,
    defaults: Option<Defaults>,
    corridors: Table<Corridor>,
    scenarios: Table<Scenario>,
}

/// A file's name and bytes.
type Named = (String, Cow<'static, [u8]>);

impl Loader<'_> {
    fn world(&mut self) -> Result<Option<World>> {
        let Some(bytes) = self.required(sources::SOURCES) else {
            return Ok(None);
        };
        let sources = sources::sources(&bytes, &mut self.problems);
        let Some(meta) = self.meta(&sources) else {
            return Ok(None);
        };
        let outlines = self.outlines(&sources)?;
        let segments = self.layer(segments::FILE, |bytes, problems| {
            segments::read(bytes, &sources, problems)
        });
        let strictly = self.geodata.is_foreign();
        let disputes = self.layer(disputes::FILE, |bytes, problems| {
            disputes::read(bytes, &sources, strictly, problems)
        });
        let places = self.layer(places::FILE, |bytes, problems| {
            places::read(bytes, &sources, problems)
        });
        let network = self.network(&sources)?;
        let tables = agreement::Tables {
            sources: &sources,
            territories: &meta.territories,
            nodes: &network.nodes,
            links: &network.links,
            corridors: &network.corridors,
            scenarios: &network.scenarios,
        };
        let agreement = self.layer(agreement::FILE, |bytes, problems| {
            agreement::read(bytes, &tables, problems)
        });
        let boundaries = derive(outlines, &segments, &disputes, &places);
        let world = World {
            meta,
            sources,
            boundaries,
            segments,
            disputes,
            places,
            nodes: network.nodes,
            links: network.links,
            crossings: network.crossings,
            defaults: network.defaults,
            corridors: network.corridors,
            scenarios: network.scenarios,
            agreement,
        };
        self.problems.extend(swapped::swapped(&world));
        Ok(Some(world))
    }

    /// The layers that corridors and transit need.
    fn network(&mut self, sources: &Table<Source>) -> Result<Network> {
        let nodes = self.layer(network::NODES, |bytes, problems| {
            network::nodes(bytes, sources, problems)
        });
        let links = self.layer(network::LINKS, |bytes, problems| {
            network::links(bytes, sources, &nodes, problems)
        });
        let crossings = self.layer(crossings::FILE, |bytes, problems| {
            crossings::read(bytes, sources, &nodes, problems)
        });
        let defaults = self.layer(crossings::DEFAULTS, |bytes, problems| {
            crossings::defaults(bytes, sources, problems)
        });
        if defaults.is_none() && !links.is_empty() {
            let message =
                "is missing or unsound: a network needs the parameters that its links do not state";
            self.problems
                .push(Problem::of_file(crossings::DEFAULTS, message));
        }
        let tables = corridors::Tables {
            sources,
            nodes: &nodes,
            links: &links,
        };
        let corridors = self.layer(corridors::FILE, |bytes, problems| {
            corridors::read(bytes, &tables, problems)
        });
        let files = self.folder(scenarios::FOLDER, ".json")?;
        let tables = scenarios::Tables {
            sources,
            links: &links,
            crossings: &crossings,
        };
        let scenarios = scenarios::read(&files, &tables, &mut self.problems);
        Ok(Network {
            nodes,
            links,
            crossings,
            defaults,
            corridors,
            scenarios,
        })
    }

    fn meta(&mut self, sources: &Table<Source>) -> Option<Meta> {
        let bytes = self.required(sources::META)?;
        sources::meta(&bytes, sources)
            .map_err(|problem| self.problems.push(problem))
            .ok()
    }

    /// The bytes of a file that must be there.
    fn required(&mut self, name: &str) -> Option<Cow<'static, [u8]>> {
        let missing = || Err(Problem::of_file(name, "is missing"));
        self.geodata
            .read(name)
            .unwrap_or_else(missing)
            .map_err(|problem| self.problems.push(problem))
            .ok()
    }

    /// A layer that may be absent, and then is empty.
    fn layer<T: Default>(&mut self, name: &str, read: impl Fn(&[u8], &mut Vec<Problem>) -> T) -> T {
        match self.geodata.read(name) {
            Some(Ok(bytes)) => read(&bytes, &mut self.problems),
            Some(Err(problem)) => {
                self.problems.push(problem);
                T::default()
            }
            None => T::default(),
        }
    }

    /// The files of a folder, with their bytes.
    fn folder(&mut self, folder: &str, extension: &str) -> Result<Vec<Named>> {
        let mut files = Vec::new();
        for name in self.geodata.list(folder, extension)? {
            match self.geodata.read(&name) {
                Some(Ok(bytes)) => files.push((name, bytes)),
                Some(Err(problem)) => self.problems.push(problem),
                None => {}
            }
        }
        Ok(files)
    }

    fn outlines(&mut self, sources: &Table<Source>) -> Result<Vec<Outlines>> {
        let files = self.folder(boundaries::FOLDER, ".geojson")?;
        if files.is_empty() {
            let message = "holds no boundary source: add `<source>.geojson`";
            self.problems
                .push(Problem::of_file(boundaries::FOLDER, message));
        }
        let strictly = self.geodata.is_foreign();
        let read: Vec<(std::result::Result<Outlines, Problem>, Vec<Problem>)> = files
            .par_iter()
            .map(|(name, bytes)| {
                let mut problems = Vec::new();
                let outlines = boundaries::source_of(name, sources).map(|source| Outlines {
                    source,
                    territories: boundaries::territories(name, bytes, strictly, &mut problems),
                });
                (outlines, problems)
            })
            .collect();
        let mut outlines = Vec::new();
        for (found, problems) in read {
            self.problems.extend(problems);
            match found {
                Ok(found) => outlines.push(found),
                Err(problem) => self.problems.push(problem),
            }
        }
        Ok(outlines)
    }
}

fn derive(
    outlines: Vec<Outlines>,
    segments: &Table<Segment>,
    disputes: &Table<Dispute>,
    places: &Table<Place>,
) -> Vec<Boundary> {
    let name = |owner: Code, polygon: &Polygon| name_inside(owner, polygon, disputes, places);
    let reversed = |pair: Pair, part: Option<Code>| is_reversed(segments, pair, part);
    let hints = topology::Hints {
        name: &name,
        reversed: &reversed,
    };
    outlines
        .into_par_iter()
        .map(|outlines| {
            let topology = topology::derive(&outlines.territories, &hints);
            Boundary {
                source: outlines.source,
                territories: outlines.territories,
                borders: topology.borders,
                tripoints: topology.tripoints,
                exclaves: topology.exclaves,
            }
        })
        .collect()
}

fn is_reversed(segments: &Table<Segment>, pair: Pair, part: Option<Code>) -> bool {
    segments.iter().any(|(_, segment)| {
        segment.pair == pair
            && matches!(segment.extent, Extent::Whole { subdivision, reverse: true } if subdivision == part)
    })
}

/// Coarse sources draw an enclave up to this far from where finer ones do.
const COARSE_M: f64 = 5_000.0;

/// The name of an exclave: of the enclave's record that it holds or is near to, else of the largest place inside.
fn name_inside(
    owner: Code,
    polygon: &Polygon,
    disputes: &Table<Dispute>,
    places: &Table<Place>,
) -> Option<String> {
    let middle = polygon.interior_point()?;
    let enclaves = disputes
        .iter()
        .map(|(_, dispute)| dispute)
        .filter(|dispute| dispute.kind == DisputeKind::Enclave && dispute.pair.has(owner));
    let mut near: Vec<(f64, &str)> = enclaves
        .filter_map(|dispute| {
            let at = dispute.inside()?;
            let gap = if polygon.contains(&Point(at)) {
                0.0
            } else {
                geodesy::distance(at, middle.0).m()
            };
            (gap <= COARSE_M).then_some((gap, dispute.id.as_str()))
        })
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let Some((_, enclave)) = near.first() {
        return Some((*enclave).to_owned());
    }
    let inside = places
        .iter()
        .map(|(_, place)| place)
        .filter(|place| polygon.contains(&Point(place.at)));
    let largest =
        inside.max_by_key(|place| (place.population, std::cmp::Reverse(place.geonames_id)));
    largest.map(|place| place.id.clone())
}

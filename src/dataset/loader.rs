//! From the files of a data set to a world, layer by layer.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::dataset::Geodata;
use crate::dataset::LINKS;
use crate::dataset::NODES;
use crate::dataset::Needs;
use crate::dataset::agreement;
use crate::dataset::boundaries;
use crate::dataset::coordinates;
use crate::dataset::corridors;
use crate::dataset::crossings;
use crate::dataset::disputes;
use crate::dataset::line_classes;
use crate::dataset::naming;
use crate::dataset::network;
use crate::dataset::offsets;
use crate::dataset::places;
use crate::dataset::published;
use crate::dataset::scenarios;
use crate::dataset::segments;
use crate::dataset::sources;
use crate::dataset::swapped;
use crate::dataset::topology;
use crate::dataset::ways;
use crate::error::Problem;
use crate::error::Result;
use crate::model::Accord;
use crate::model::Boundary;
use crate::model::Code;
use crate::model::Coordinates;
use crate::model::Corridor;
use crate::model::Crossing;
use crate::model::Defaults;
use crate::model::Dispute;
use crate::model::Extent;
use crate::model::Id;
use crate::model::LineClass;
use crate::model::Link;
use crate::model::Meta;
use crate::model::Node;
use crate::model::Offsets;
use crate::model::Pair;
use crate::model::Place;
use crate::model::Published;
use crate::model::Scenario;
use crate::model::Segment;
use crate::model::Source;
use crate::model::Table;
use crate::model::Territory;
use crate::model::World;
use crate::units::Length;

/// Reads a data set, and notes its problems.
pub(super) struct Loader<'a> {
    pub(super) geodata: &'a Geodata,
    pub(super) needs: &'a Needs,
    pub(super) problems: Vec<Problem>,
}

/// The territories of one source, before anything is derived from them.
struct Outlines {
    source: Id<Source>,
    territories: Vec<Territory>,
}

/// The layers that corridors and transit need.
#[derive(Default)]
struct Network {
    nodes: Table<Node>,
    links: Table<Link>,
    crossings: Table<Crossing>,
    defaults: Option<Defaults>,
    corridors: Table<Corridor>,
    scenarios: Table<Scenario>,
}

/// The layers about lines and places.
struct OnGround {
    segments: Table<Segment>,
    disputes: Table<Dispute>,
    places: Table<Place>,
    offsets: Offsets,
    coordinates: Coordinates,
    line_classes: Table<LineClass>,
}

/// What others publish, and what was agreed.
#[derive(Default)]
struct Texts {
    published: Vec<Published>,
    agreement: Option<Accord>,
}

/// A file's name and bytes.
type Named = (String, Cow<'static, [u8]>);

impl Loader<'_> {
    /// The world; none if the sources or the data set's own description fail.
    pub(super) fn world(&mut self) -> Result<Option<World>> {
        let Some(bytes) = self.required(sources::SOURCES) else {
            return Ok(None);
        };
        let sources = sources::sources(&bytes, &mut self.problems);
        let Some(meta) = self.meta(&sources) else {
            return Ok(None);
        };
        let outlines = self.outlines(&sources, &meta)?;
        let ground = self.ground(&sources);
        let with_network = self.needs.network || self.geodata.is_foreign();
        let (mut network, mut texts) = (Network::default(), Texts::default());
        if with_network {
            network = self.network(&sources)?;
            texts = self.texts(&sources, &meta, &ground, &network);
        }
        let boundaries = derive(outlines, &sources, &ground);
        let world = World {
            meta,
            sources,
            boundaries,
            offsets: ground.offsets,
            coordinates: ground.coordinates,
            line_classes: ground.line_classes,
            segments: ground.segments,
            disputes: ground.disputes,
            places: ground.places,
            nodes: network.nodes,
            links: network.links,
            crossings: network.crossings,
            defaults: network.defaults,
            corridors: network.corridors,
            scenarios: network.scenarios,
            published: texts.published,
            agreement: texts.agreement,
        };
        self.problems.extend(swapped::swapped(&world));
        Ok(Some(world))
    }

    /// The layers about lines and places.
    fn ground(&mut self, sources: &Table<Source>) -> OnGround {
        let strictly = self.geodata.is_foreign();
        OnGround {
            segments: self.layer(segments::FILE, |bytes, problems| {
                segments::read(bytes, sources, problems)
            }),
            disputes: self.layer(disputes::FILE, |bytes, problems| {
                disputes::read(bytes, sources, strictly, problems)
            }),
            places: self.layer(places::FILE, |bytes, problems| {
                places::read(bytes, sources, problems)
            }),
            offsets: self.layer(offsets::FILE, |bytes, problems| {
                offsets::read(bytes, sources, problems)
            }),
            coordinates: self.layer(coordinates::FILE, |bytes, problems| {
                coordinates::read(bytes, sources, problems)
            }),
            line_classes: self.layer(line_classes::FILE, |bytes, problems| {
                line_classes::read(bytes, sources, problems)
            }),
        }
    }

    /// Figures and provisions: they are about corridors and nodes too, and cannot be read without them.
    fn texts(
        &mut self,
        sources: &Table<Source>,
        meta: &Meta,
        ground: &OnGround,
        network: &Network,
    ) -> Texts {
        let tables = published::Tables {
            meta,
            sources,
            disputes: &ground.disputes,
            places: &ground.places,
            network: ways::Network {
                nodes: &network.nodes,
                links: &network.links,
                corridors: &network.corridors,
            },
        };
        let published = self.layer(published::FILE, |bytes, problems| {
            published::read(bytes, &tables, problems)
        });
        let tables = agreement::Tables {
            sources,
            territories: &meta.territories,
            nodes: &network.nodes,
            links: &network.links,
            corridors: &network.corridors,
            scenarios: &network.scenarios,
        };
        let agreement = self.layer(agreement::FILE, |bytes, problems| {
            agreement::read(bytes, &tables, problems)
        });
        Texts {
            published,
            agreement,
        }
    }

    /// The layers that corridors and transit need.
    fn network(&mut self, sources: &Table<Source>) -> Result<Network> {
        let nodes = self.layer(NODES, |bytes, problems| {
            network::nodes(bytes, sources, problems)
        });
        let links = self.layer(LINKS, |bytes, problems| {
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
        let names = self.geodata.list(scenarios::FOLDER, ".json")?;
        let files = self.files(names);
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

    /// Files with their bytes.
    fn files(&mut self, names: Vec<String>) -> Vec<Named> {
        let mut files = Vec::new();
        for name in names {
            match self.geodata.read(&name) {
                Some(Ok(bytes)) => files.push((name, bytes)),
                Some(Err(problem)) => self.problems.push(problem),
                None => {}
            }
        }
        files
    }

    fn outlines(&mut self, sources: &Table<Source>, meta: &Meta) -> Result<Vec<Outlines>> {
        let names = self.geodata.list(boundaries::FOLDER, ".geojson")?;
        if names.is_empty() {
            let message = "holds no boundary source: add `<source>.geojson`";
            self.problems
                .push(Problem::of_file(boundaries::FOLDER, message));
        }
        let primary = &sources[meta.primary_source].id;
        let needed = self.needs.boundaries.among(names.clone(), primary)?;
        let names = if self.geodata.is_foreign() {
            names
        } else {
            needed
        };
        let files = self.files(names);
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

fn derive(outlines: Vec<Outlines>, sources: &Table<Source>, ground: &OnGround) -> Vec<Boundary> {
    let name = |owner: Code, polygon: &geo::Polygon| {
        naming::name_inside(owner, polygon, &ground.disputes, &ground.places)
    };
    let reversed = |pair: Pair, part: Option<Code>| is_reversed(&ground.segments, pair, part);
    outlines
        .into_par_iter()
        .map(|outlines| {
            let accuracy_m = sources[outlines.source].accuracy_m.unwrap_or(0.0);
            let hints = topology::Hints {
                name: &name,
                reversed: &reversed,
                accuracy: Length::from_m(accuracy_m),
            };
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

//! Where the bytes of a data set come from: the program itself, or a folder.

use std::borrow::Cow;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use crate::error::Error;
use crate::error::Problem;
use crate::error::Result;

/// Larger files are refused before they are read: no layer of a region comes near, and a hostile one must not fill the memory.
const LARGEST_FILE: u64 = 256 << 20;

/// The embedded data set: file names relative to the data folder, and their bytes.
macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../geodata/", $name)) as &[u8])),+]
    };
}

static EMBEDDED: &[(&str, &[u8])] = embedded![
    "boundaries/dcw.geojson",
    "boundaries/natural-earth-10m.geojson",
    "boundaries/offsets.json",
    "boundaries/osm-2017.geojson",
    "boundaries/osm-2026.geojson",
    "boundaries/wdb2.geojson",
    "coordinates.json",
    "corridors.json",
    "disputes.geojson",
    "line-classes.geojson",
    "meta.json",
    "network/crossings.geojson",
    "network/defaults.json",
    "network/links.geojson",
    "network/nodes.geojson",
    "places.geojson",
    "published.csv",
    "segments.geojson",
    "sources.json",
];

static EMBEDDED_SEEDS: &[(&str, &[u8])] = &[
    (
        "agreement.json",
        include_bytes!("../../seeds/agreement.json"),
    ),
    (
        "scenarios/iran-closed.json",
        include_bytes!("../../seeds/scenarios/iran-closed.json"),
    ),
    (
        "scenarios/kars-dilucu.json",
        include_bytes!("../../seeds/scenarios/kars-dilucu.json"),
    ),
    (
        "scenarios/status-quo.json",
        include_bytes!("../../seeds/scenarios/status-quo.json"),
    ),
    (
        "scenarios/tripp.json",
        include_bytes!("../../seeds/scenarios/tripp.json"),
    ),
];

/// A data set to load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Geodata {
    /// The one that the program carries.
    Embedded,
    /// A folder of the same shape; its agreement and its scenarios are in its own `agreement.json` and `scenarios/`.
    Folder(PathBuf),
}

/// A file's bytes, or what is wrong with it.
pub(super) type Bytes = std::result::Result<Cow<'static, [u8]>, Problem>;

impl Geodata {
    /// The files of a subfolder, sorted by name.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] if the folder is there but cannot be listed.
    pub(super) fn list(&self, folder: &str, extension: &str) -> Result<Vec<String>> {
        let mut names = match self {
            Self::Embedded => EMBEDDED
                .iter()
                .chain(EMBEDDED_SEEDS)
                .map(|&(name, _)| name.to_owned())
                .filter(|name| name.starts_with(&format!("{folder}/")))
                .collect(),
            Self::Folder(path) => list(path, folder)?,
        };
        names.retain(|name| name.ends_with(extension));
        names.sort_unstable();
        Ok(names)
    }

    /// The bytes of a file; `None` if there is no such file.
    pub(super) fn read(&self, name: &str) -> Option<Bytes> {
        match self {
            Self::Embedded => EMBEDDED
                .iter()
                .chain(EMBEDDED_SEEDS)
                .find(|&&(embedded, _)| embedded == name)
                .map(|&(_, bytes)| Ok(Cow::Borrowed(bytes))),
            Self::Folder(path) => read(&path.join(name), name),
        }
    }

    /// Whether rings must still be searched for crossings. The tests did that for the embedded data.
    pub(super) const fn is_foreign(&self) -> bool {
        matches!(self, Self::Folder(_))
    }

    /// Refuses a folder that is not there.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] naming the folder.
    pub(super) fn must_exist(&self) -> Result<()> {
        match self {
            Self::Folder(path) if !path.is_dir() => Err(Error::Usage(format!(
                "--geodata: `{}` is no folder",
                path.display()
            ))),
            _ => Ok(()),
        }
    }
}

fn list(root: &Path, folder: &str) -> Result<Vec<String>> {
    let path = root.join(folder);
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let unreadable = |source| Error::Read {
        path: path.clone(),
        source,
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(&path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        names.push(format!("{folder}/{}", entry.file_name().to_string_lossy()));
    }
    Ok(names)
}

fn read(path: &Path, name: &str) -> Option<Bytes> {
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => {
            return Some(Err(Problem::of_file(
                name,
                format!("cannot be read: {error}"),
            )));
        }
    };
    if !meta.is_file() {
        return Some(Err(Problem::of_file(name, "is no regular file")));
    }
    if meta.len() > LARGEST_FILE {
        let message = format!(
            "is larger than {} MiB: clip it to the region",
            LARGEST_FILE >> 20
        );
        return Some(Err(Problem::of_file(name, message)));
    }
    let bytes = fs::read(path);
    Some(
        bytes
            .map(Cow::Owned)
            .map_err(|e| Problem::of_file(name, format!("cannot be read: {e}"))),
    )
}

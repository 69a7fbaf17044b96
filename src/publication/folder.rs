//! A report as a folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::Component;
use std::path::Path;

use serde::Deserialize;
use serde::Serialize;

use crate::error::Error;
use crate::error::Result;
use crate::publication::File;
use crate::report;
use crate::report::file;

/// The list of the files of a report.
const MANIFEST: &str = "manifest.json";

/// What a manifest says of a file.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    path: String,
    bytes: usize,
}

/// Writes a report into `folder`, which is made if it is not there.
///
/// Each file takes its place whole. Files that an earlier report left, and that this one does not make, are removed: only
/// those which the earlier report's `manifest.json` lists, so nothing of anybody else's is ever touched.
///
/// # Errors
///
/// [`Error::Write`] or [`Error::Read`] with the file that could not be written or read.
pub fn write(folder: &Path, files: &[File]) -> Result<()> {
    let earlier = manifest(folder)?;
    make(folder)?;
    for file in files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            make(parent)?;
        }
        file::write(&path, &file.bytes)?;
    }
    let entries: Vec<Entry> = files
        .iter()
        .map(|file| Entry {
            path: file.path.clone(),
            bytes: file.bytes.len(),
        })
        .collect();
    file::write(&folder.join(MANIFEST), report::json(&entries)?.as_bytes())?;
    let made: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    for entry in earlier
        .iter()
        .filter(|entry| !made.contains(entry.path.as_str()) && is_inside(&entry.path))
    {
        remove(&folder.join(&entry.path))?;
    }
    Ok(())
}

/// The files of an earlier report; none if there was none, or if its list is no longer readable.
fn manifest(folder: &Path) -> Result<Vec<Entry>> {
    let path = folder.join(MANIFEST);
    match fs::read(&path) {
        Ok(bytes) => Ok(report::parsed(&bytes).unwrap_or_default()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(source) => Err(Error::Read { path, source }),
    }
}

/// Whether a path stays in its folder, so that a foreign manifest cannot name anything else.
fn is_inside(path: &str) -> bool {
    Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
}

fn make(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|source| Error::Write {
        path: folder.to_owned(),
        source,
    })
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(Error::Write {
            path: path.to_owned(),
            source,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::publication::File;

    #[test]
    fn only_files_of_an_earlier_report_are_removed() {
        let folder = std::env::temp_dir().join(format!("araxes-report-{}", std::process::id()));
        let file = |path: &str| File::text(path, path.to_owned());
        write(&folder, &[file("tables/a.csv"), file("b.html")]).expect("written");
        std::fs::write(folder.join("tables/mine.txt"), "mine").expect("written");
        write(&folder, &[file("b.html")]).expect("written");
        assert!(!folder.join("tables/a.csv").exists());
        assert!(folder.join("tables/mine.txt").exists());
        assert!(folder.join("b.html").exists());
        std::fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn a_manifest_cannot_name_files_outside_of_its_folder() {
        assert!(!super::is_inside("../secret"));
        assert!(!super::is_inside("/etc/passwd"));
        assert!(super::is_inside("maps/overview.svg"));
    }
}

//! Files that appear whole or not at all.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::error::Error;
use crate::error::Result;

/// Writes `bytes` to `path`: beside it first, then by renaming.
///
/// # Errors
///
/// [`Error::Write`] naming the file; what was there before is then unchanged.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |source| Error::Write {
        path: path.to_owned(),
        source,
    };
    let beside = beside(path);
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let renamed = written.and_then(|()| fs::rename(&beside, path));
    renamed.map_err(|error| {
        // The name says whose it is; if it cannot be removed either, the first failure is the one to tell.
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}

/// The file beside `path` that a writer fills before it takes the place of `path`.
pub fn beside(path: &Path) -> std::path::PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = std::env::temp_dir().join(format!("araxes-file-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("row.csv");
        write(&path, b"old").expect("written");
        write(&path, b"new").expect("written");
        assert_eq!(std::fs::read(&path).expect("read"), b"new");
        assert_eq!(std::fs::read_dir(&folder).expect("listed").count(), 1);
        std::fs::remove_dir_all(&folder).expect("removed");
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = write(std::path::Path::new("/nowhere/row.csv"), b"x").expect_err("no folder");
        assert!(error.to_string().contains("/nowhere/row.csv"));
    }
}

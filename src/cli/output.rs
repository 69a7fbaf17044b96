//! Where results go: standard output, or a file that appears whole.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use araxes::error::Error;
use araxes::error::Result;
use araxes::report::file;

/// Where a command's result goes.
#[derive(Debug, Clone)]
pub(super) enum Output {
    /// Standard output.
    Stdout,
    /// A file.
    File(PathBuf),
}

impl Output {
    /// The output that `--output` names. A folder that is not there is found before the work begins.
    pub(super) fn new(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Self::Stdout);
        };
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        if folder.is_some_and(|folder| !folder.is_dir()) {
            let folder = folder
                .map(Path::display)
                .map(|shown| shown.to_string())
                .unwrap_or_default();
            return Err(Error::Usage(format!(
                "--output: there is no folder `{folder}`; make it first"
            )));
        }
        if path.is_dir() {
            return Err(Error::Usage(format!(
                "--output: `{}` is a folder; name a file",
                path.display()
            )));
        }
        Ok(Self::File(path.to_owned()))
    }

    /// Checks that it can take what is no text: a terminal cannot.
    pub(super) fn take_binary(&self, stdout_is_terminal: bool) -> Result<()> {
        match self {
            Self::Stdout if stdout_is_terminal => Err(Error::Usage(
                "--format flatgeobuf: a terminal cannot show binary data; name a file with --output, or use a pipe"
                    .to_owned(),
            )),
            Self::Stdout | Self::File(_) => Ok(()),
        }
    }

    /// Writes the whole result.
    pub(super) fn write(&self, bytes: &[u8]) -> Result<()> {
        match self {
            Self::File(path) => file::write(path, bytes),
            Self::Stdout => {
                let mut stdout = std::io::stdout().lock();
                stdout
                    .write_all(bytes)
                    .and_then(|()| stdout.flush())
                    .map_err(stdout_failed)
            }
        }
    }
}

/// The error of a failed write to standard output.
pub(super) fn stdout_failed(source: std::io::Error) -> Error {
    Error::Write {
        path: PathBuf::from("-"),
        source,
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::Output;

    #[test]
    fn only_a_terminal_refuses_what_is_no_text() {
        let refused = Output::Stdout.take_binary(true).expect_err("a terminal");
        assert!(refused.to_string().contains("--output"), "{refused}");
        assert!(Output::Stdout.take_binary(false).is_ok());
        assert!(
            Output::File(PathBuf::from("a.fgb"))
                .take_binary(true)
                .is_ok()
        );
    }
}

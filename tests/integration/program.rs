//! The built program, and folders for it to work in.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

/// The binary under test, without the user's environment.
pub(crate) fn araxes() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_araxes"));
    command.env_clear().stdin(Stdio::null());
    command
}

/// What a run said.
#[derive(Debug)]
pub(crate) struct Said {
    /// The exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output in UTF-8");
        let code = output.status.code().expect("a run that ends by itself");
        Self {
            code,
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// Runs the program with arguments.
pub(crate) fn run<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(arguments: I) -> Said {
    araxes()
        .args(arguments)
        .output()
        .expect("the program starts")
        .into()
}

/// Runs the program on a world with arguments in one line, words parted by blanks.
pub(crate) fn run_on(world: &Path, line: &str) -> Said {
    araxes()
        .args(line.split_whitespace())
        .arg("--geodata")
        .arg(world)
        .output()
        .expect("the program starts")
        .into()
}

/// As [`run_on`], where the run must succeed.
pub(crate) fn answer(world: &Path, line: &str) -> String {
    let said = run_on(world, line);
    assert_eq!((said.code, said.err.as_str()), (0, ""), "{line}");
    said.out
}

/// As [`answer`], read as JSON.
pub(crate) fn json(world: &Path, line: &str) -> serde_json::Value {
    let text = answer(world, &format!("{line} --format json"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{line}: {error}"))
}

/// Runs the program with `input` on its standard input.
pub(crate) fn run_with_input(world: &Path, line: &str, input: &[u8]) -> Said {
    let mut command = araxes();
    command
        .args(line.split_whitespace())
        .arg("--geodata")
        .arg(world);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("its standard input");
    std::thread::scope(|scope| {
        // A program that stops early closes its end: that is its answer, not a fault of the test.
        scope.spawn(move || stdin.write_all(input).ok());
        child.wait_with_output().expect("the program ends").into()
    })
}

/// A file or folder of the fixtures.
pub(crate) fn fixture(name: &str) -> PathBuf {
    root().join("tests/fixtures").join(name)
}

/// One of the small worlds.
pub(crate) fn world(name: &str) -> PathBuf {
    fixture("worlds").join(name)
}

/// The folder of the package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder that goes away with its value.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("a scratch folder");
        Self(path)
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// A place in it.
    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a file in it.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, content).expect("a file written");
        path
    }

    /// A copy of a folder in it.
    pub(crate) fn copy(&self, from: &Path, name: &str) -> PathBuf {
        let to = self.join(name);
        copy(from, &to);
        to
    }

    /// The names of what is in it.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a copy");
        }
    }
}

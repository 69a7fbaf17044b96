//! The README shows what the program prints: each `araxes …` line is run, and its output held against the block below it.
//!
//! `ARAXES_BLESS=1 cargo test --release readme` writes the blocks anew.

use std::path::Path;
use std::process::Command;

/// A command of the README and the text that it shows below.
struct Example {
    command: String,
    /// Byte range of the shown text.
    shown: std::ops::Range<usize>,
}

const SHELL: &str = "```sh\naraxes ";
const TEXT: &str = "\n```\n\n```text\n";
const END: &str = "\n```";

/// The single commands that have a text block directly below.
fn examples(readme: &str) -> Vec<Example> {
    let mut found = Vec::new();
    for (start, _) in readme.match_indices(SHELL) {
        let rest = &readme[start + SHELL.len()..];
        let Some(line_end) = rest.find('\n') else {
            continue;
        };
        if !rest[line_end..].starts_with(TEXT) {
            continue;
        }
        let shown = start + SHELL.len() + line_end + TEXT.len();
        let Some(length) = readme[shown..].find(END) else {
            continue;
        };
        let is_filled = !readme[shown..].starts_with("```");
        assert!(
            is_filled,
            "the block below `araxes {}` has no line to fill",
            &rest[..line_end]
        );
        found.push(Example {
            command: rest[..line_end].to_owned(),
            shown: shown..shown + length,
        });
    }
    found
}

fn output(command: &str) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_araxes"))
        .args(command.split_whitespace())
        .output()
        .expect("the program runs");
    assert!(
        run.status.success(),
        "araxes {command}: {}",
        String::from_utf8_lossy(&run.stderr)
    );
    String::from_utf8(run.stdout)
        .expect("UTF-8")
        .trim_end()
        .to_owned()
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).expect("there is a README");
    let examples = examples(&readme);
    assert!(
        examples.len() >= 4,
        "only {} examples were found",
        examples.len()
    );
    let mut blessed = readme.clone();
    for example in examples.iter().rev() {
        let now = output(&example.command);
        if std::env::var_os("ARAXES_BLESS").is_some() {
            blessed.replace_range(example.shown.clone(), &now);
        } else {
            assert_eq!(
                readme[example.shown.clone()],
                now,
                "araxes {}",
                example.command
            );
        }
    }
    if blessed != readme {
        std::fs::write(&path, blessed).expect("the README is written");
    }
}

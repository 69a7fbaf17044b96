//! The shape of the sources: layers, homes of outside crates, file length, and no state known by name.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use araxes::dataset::load_embedded;

use crate::program::root;

/// A module imports only from lines above its own.
const LAYERS: [&[&str]; 9] = [
    &["error", "units"],
    &["geodesy"],
    &["model"],
    &["dataset", "index", "scenario"],
    &["routing"],
    &["analysis"],
    &["map", "report"],
    &["publication"],
    &["cli"],
];

/// Where each outside crate may be named, so that it can be replaced or left out.
const HOMES: [(&str, &[&str]); 14] = [
    ("proj", &["geodesy/projection/"]),
    ("geographiclib_rs", &["geodesy/mod.rs"]),
    ("rstar", &["geodesy/edge_tree"]),
    ("clap", &["cli/"]),
    ("plotters", &["map/charts.rs"]),
    ("resvg", &["map/"]),
    ("indicatif", &["cli/points/progress.rs"]),
    ("flatgeobuf", &["report/"]),
    ("geozero", &["report/flatgeobuf.rs"]),
    ("serde_path_to_error", &["dataset/parse.rs"]),
    // The streams of points and the geometries of rows are the command line's own reading and writing.
    ("geojson", &["dataset/", "report/", "cli/"]),
    (
        "serde_json",
        &["dataset/", "report/", "cli/", "publication/"],
    ),
    (
        "csv",
        &[
            "dataset/published.rs",
            "report/",
            "cli/points/",
            "cli/rows.rs",
        ],
    ),
    (
        "rayon",
        &[
            "geodesy/strip/",
            "dataset/",
            "analysis/",
            "map/",
            "publication/",
            "cli/points/",
        ],
    ),
];

/// Longer files are two concepts.
const LONGEST: usize = 400;

/// Files that are longer, with how far they may go: the formatter breaks lines that were written wide.
const LONGER: [(&str, usize); 7] = [
    ("analysis/segments.rs", 540),
    ("geodesy/edge_tree.rs", 410),
    ("map/border.rs", 420),
    ("map/labels.rs", 470),
    ("map/options.rs", 460),
    ("map/points.rs", 480),
    ("model/network.rs", 440),
];

/// A source file: its path below `src`, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The module at the top that it belongs to.
    fn module(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or_default()
    }

    /// Its text without tests, which stand at the end.
    fn shipped(&self) -> &str {
        let tests = self.text.find("#[cfg(test)]\nmod tests {");
        tests.map_or(self.text.as_str(), |start| &self.text[..start])
    }

    /// Its lines of code without comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.shipped().lines().enumerate();
        lines
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(number, line)| (number + 1, line))
    }
}

/// All files below `src` that are part of the program: whole files of tests are left out.
fn sources() -> Vec<Source> {
    let mut all = Vec::new();
    gather(&root().join("src"), "", &mut all);
    let of_tests: BTreeSet<String> = all.iter().flat_map(declared_for_tests).collect();
    all.retain(|source| !of_tests.iter().any(|module| is_in(&source.path, module)));
    assert!(all.len() > 50, "only {} sources were found", all.len());
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

fn gather(folder: &Path, prefix: &str, all: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = format!(
            "{prefix}{}",
            path.file_name().expect("a name").to_string_lossy()
        );
        if path.is_dir() {
            gather(&path, &format!("{name}/"), all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push(Source {
                path: name,
                text: fs::read_to_string(&path).expect("a source"),
            });
        }
    }
}

/// The modules that a file declares for tests only, as paths below `src` without an ending.
fn declared_for_tests(source: &Source) -> Vec<String> {
    let folder = source
        .path
        .trim_end_matches("mod.rs")
        .trim_end_matches("lib.rs")
        .trim_end_matches(".rs");
    let folder = if folder.is_empty() || folder.ends_with('/') {
        folder.to_owned()
    } else {
        format!("{folder}/")
    };
    let lines: Vec<&str> = source.text.lines().map(str::trim).collect();
    lines
        .windows(2)
        .filter(|pair| pair[0].starts_with("#[cfg(test)"))
        .filter_map(|pair| pair[1].strip_suffix(';')?.split("mod ").nth(1))
        .map(|module| format!("{folder}{module}"))
        .collect()
}

fn is_in(path: &str, module: &str) -> bool {
    path.strip_prefix(module)
        .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

/// Fails with all faults, one a line.
fn none(faults: &[String], rule: &str) {
    assert!(faults.is_empty(), "{rule}:\n{}", faults.join("\n"));
}

/// The modules of this crate that a line names.
fn named(line: &str) -> impl Iterator<Item = &str> {
    let after = ["crate::", "araxes::"]
        .into_iter()
        .flat_map(|start| line.split(start).skip(1));
    after.map(|rest| {
        rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .next()
            .unwrap_or_default()
    })
}

#[test]
fn a_module_imports_only_from_the_layers_below_it() {
    let mut layer = BTreeMap::new();
    for (number, modules) in LAYERS.iter().enumerate() {
        layer.extend(modules.iter().map(|module| (*module, number)));
    }
    let mut faults = Vec::new();
    for source in sources() {
        let own = source.module();
        if ["lib", "main"].contains(&own) {
            continue;
        }
        let Some(at) = layer.get(own) else {
            faults.push(format!(
                "{}: `{own}` has no layer: name it here",
                source.path
            ));
            continue;
        };
        for (number, line) in source.code() {
            for module in named(line) {
                let is_below = module == own || layer.get(module).is_none_or(|other| other < at);
                if !is_below {
                    faults.push(format!("{}:{number}: {}", source.path, line.trim()));
                }
            }
        }
    }
    none(&faults, "an import from the same layer or one above");
}

#[test]
fn the_library_does_not_know_the_command_line() {
    let library = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs");
    assert!(!library.lines().any(|line| line.contains("mod cli")));
    for module in LAYERS
        .iter()
        .flat_map(|modules| modules.iter())
        .filter(|module| **module != "cli")
    {
        assert!(
            library.contains(&format!("pub mod {module};")),
            "lib.rs has no {module}"
        );
    }
}

#[test]
fn each_outside_crate_has_its_home() {
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for source in sources() {
        for (number, line) in source.code() {
            for (name, homes) in HOMES {
                if !names_crate(line, name) {
                    continue;
                }
                used.insert(name);
                if !homes.iter().any(|home| source.path.starts_with(home)) {
                    faults.push(format!("{}:{number}: {}", source.path, line.trim()));
                }
            }
        }
    }
    none(&faults, "a crate away from its home");
    assert_eq!(
        used.len(),
        HOMES.len(),
        "a crate of the table is not used: {used:?}"
    );
}

/// Whether a line names a crate at the start of a path; a module of ours may have the same name.
fn names_crate(line: &str, name: &str) -> bool {
    let path = format!("{name}::");
    line.match_indices(&path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let is_ours = line[..at].ends_with("::") && !line[..at].ends_with(" ::");
        !is_ours && before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
    })
}

#[test]
fn no_file_is_too_long() {
    let mut all = Vec::new();
    gather(&root().join("src"), "", &mut all);
    let mut faults = Vec::new();
    for source in all {
        let lines = source.text.lines().count();
        let excepted = LONGER.iter().find(|(path, _)| *path == source.path);
        let most = excepted.map_or(LONGEST, |(_, most)| *most);
        if lines > most {
            faults.push(format!("{}: {lines} lines, {most} allowed", source.path));
        }
    }
    none(&faults, "a file too long");
}

#[test]
fn imports_stand_alone() {
    let mut faults = Vec::new();
    for source in sources() {
        for (number, line) in source.code() {
            let line = line.trim_start().trim_start_matches("pub ");
            if line.starts_with("use ")
                && (line.contains('{') || line.contains("::*") && !line.contains("prelude"))
            {
                faults.push(format!("{}:{number}: {line}", source.path));
            }
        }
    }
    none(&faults, "a grouped import, which hides what is used");
}

/// The string literals of code, with their lines.
fn literals(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut number = 1;
    let mut chars = code.chars().peekable();
    let mut open: Option<String> = None;
    while let Some(c) = chars.next() {
        if c == '\n' {
            number += 1;
        }
        match &mut open {
            Some(text) => match c {
                '\\' => text.extend(chars.next()),
                '"' => found.extend(open.take().map(|text| (number, text))),
                _ => text.push(c),
            },
            None => match c {
                // A quotation mark as a character opens nothing.
                '\'' if chars.peek() == Some(&'"') => drop(chars.next()),
                '/' if chars.peek() == Some(&'/') => {
                    for skipped in chars.by_ref() {
                        if skipped == '\n' {
                            number += 1;
                            break;
                        }
                    }
                }
                '"' => open = Some(String::new()),
                _ => {}
            },
        }
    }
    found
}

#[test]
fn the_program_knows_no_state_by_name() {
    let world = load_embedded().expect("the shipped data");
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (code, called) in &world.meta.territories {
        names.insert(code.to_string());
        names.extend(called.iter().map(|(_, name)| name.to_owned()));
    }
    assert!(names.len() > 10, "{names:?}");
    let mut faults = Vec::new();
    let mut seen = 0;
    for source in sources() {
        for (number, text) in literals(source.shipped()) {
            seen += 1;
            let is_word = |c: char| !c.is_alphanumeric();
            let mut words = text.split(is_word);
            let code = words.find(|word| names.contains(*word));
            let spelled = names
                .iter()
                .find(|name| name.len() > 5 && text.contains(name.as_str()));
            if let Some(name) = code.or(spelled.map(String::as_str)) {
                faults.push(format!("{}:{number}: `{name}` in \"{text}\"", source.path));
            }
        }
    }
    assert!(seen > 500, "only {seen} literals were read");
    none(&faults, "a state known by name");
}

#[test]
fn the_reader_of_literals_skips_comments_and_quotation_marks() {
    let code =
        "let a = '\"'; // \"no\"\nlet b = \"yes \\\" still\";\n/// \"no\"\nlet c = r\"too\";";
    let found: Vec<(usize, String)> = literals(code);
    assert_eq!(
        found,
        [(2, "yes \" still".to_owned()), (4, "too".to_owned())]
    );
}

//! The page as a whole, on the data that the program carries.

use std::sync::LazyLock;

use crate::dataset;
use crate::model::Named as _;
use crate::model::World;
use crate::publication::File;
use crate::publication::Settings;
use crate::publication::files;

static WORLD: LazyLock<World> =
    LazyLock::new(|| dataset::load_embedded().expect("the embedded data set"));
static FILES: LazyLock<Vec<File>> =
    LazyLock::new(|| files(&WORLD, &Settings::default()).expect("a report"));

fn page() -> &'static str {
    let page = FILES
        .iter()
        .find(|file| file.path == "report.html")
        .expect("a page");
    std::str::from_utf8(&page.bytes).expect("UTF-8")
}

/// Names of the tags of a page in order, `/` before those that close, nothing for those that hold nothing.
fn tags(page: &str) -> Vec<String> {
    const VOID: [&str; 4] = ["meta", "!DOCTYPE", "br", "img"];
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some((_, from)) = rest.split_once('<') {
        let (tag, after) = from.split_once('>').expect("a tag that ends");
        rest = after;
        let name = tag
            .split([' ', '\n', '/'])
            .find(|part| !part.is_empty())
            .unwrap_or_default();
        if VOID.contains(&name) || tag.ends_with('/') {
            continue;
        }
        let closes = tag.starts_with('/');
        if name == "script" || name == "style" {
            // Their content is no markup.
            rest = rest
                .split_once(&format!("</{name}>"))
                .map_or("", |(_, after)| after);
            continue;
        }
        tags.push(if closes {
            format!("/{name}")
        } else {
            name.to_owned()
        });
    }
    tags
}

#[test]
fn every_element_is_closed_in_its_turn() {
    let mut open: Vec<String> = Vec::new();
    for tag in tags(page()) {
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop().as_deref(), Some(name)),
            None => open.push(tag),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn no_id_comes_twice_and_every_link_inside_leads_somewhere() {
    let ids: Vec<&str> = page()
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    let twice = unique.windows(2).find(|pair| pair[0] == pair[1]);
    assert_eq!(twice, None);
    for target in page()
        .split("href=\"#")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
    {
        assert!(unique.binary_search(&target).is_ok(), "#{target}");
    }
}

#[test]
fn every_corridor_and_every_drawn_segment_is_named() {
    for (_, corridor) in WORLD.corridors.iter() {
        assert!(
            page().contains(&format!("id=\"corridor-{}\"", corridor.slug())),
            "{}",
            corridor.id
        );
    }
    let table = FILES
        .iter()
        .find(|file| file.path == "tables/border-segments.csv")
        .expect("a table");
    let table = std::str::from_utf8(&table.bytes).expect("UTF-8");
    for id in table
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .filter(|id| !id.is_empty())
    {
        assert!(page().contains(&format!("id=\"segment-{id}\"")), "{id}");
    }
}

#[test]
fn nothing_is_loaded_from_anywhere() {
    let page = page();
    for loading in [
        " src=\"",
        "@import",
        "url(http",
        "<link",
        "fetch(",
        "XMLHttpRequest",
        "<iframe",
        "<object",
    ] {
        assert!(!page.contains(loading), "{loading}");
    }
    for address in page.split("http").skip(1) {
        let is_known =
            address.starts_with("s://") || address.starts_with("://www.w3.org/2000/svg\"");
        assert!(is_known, "{}", &address[..address.len().min(60)]);
    }
    let linked = page.matches("https://").count();
    assert_eq!(linked, page.matches("href=\"https://").count());
}

#[test]
fn a_second_run_and_another_number_of_threads_give_the_same_bytes() {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a pool");
    let alone = pool.install(|| files(&WORLD, &Settings::default()).expect("a report"));
    assert_eq!(FILES.len(), alone.len());
    for (one, other) in FILES.iter().zip(&alone) {
        assert!(one == other, "{} and {}", one.path, other.path);
    }
}

#[test]
fn paths_are_unique_and_stay_in_the_folder() {
    let mut paths: Vec<&str> = FILES.iter().map(|file| file.path.as_str()).collect();
    paths.sort_unstable();
    assert!(paths.windows(2).all(|pair| pair[0] != pair[1]));
    assert!(
        paths
            .iter()
            .all(|path| !path.starts_with('/') && !path.contains(".."))
    );
}

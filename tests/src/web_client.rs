//! The operations that the web client sends, read from its sources.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The documents of the web client by name, each with the fragments it needs.
///
/// The directive `@_unmask` is for the client's types alone and is taken off, as the client does.
pub fn operations() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/src");
    let mut parts = BTreeMap::new();
    for file in sources(&folder) {
        let text = fs::read_to_string(&file).expect("a source of the web client");
        for piece in text.split("graphql(").skip(1) {
            let Some(document) = piece.trim_start().strip_prefix('`') else {
                continue;
            };
            let document = document.split('`').next().unwrap_or_default();
            parts.insert(named(document), document.replace("@_unmask", ""));
        }
    }
    parts
        .keys()
        .filter(|(kind, _)| kind != "fragment")
        .map(|key| (key.1.clone(), with_fragments(key, &parts)))
        .collect()
}

type Parts = BTreeMap<(String, String), String>;

/// `fragment Name` or `query Name` at the beginning of a document.
fn named(document: &str) -> (String, String) {
    let mut words = document.split_whitespace();
    let kind = words.next().expect("a document").to_owned();
    let name = words.next().expect("a name");
    let end = name.find(['(', '{']).unwrap_or(name.len());
    (kind, name[..end].to_owned())
}

fn with_fragments(root: &(String, String), parts: &Parts) -> String {
    let mut text = String::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![root.clone()];
    while let Some(key) = open.pop() {
        if !seen.insert(key.clone()) {
            continue;
        }
        let part = parts
            .get(&key)
            .unwrap_or_else(|| panic!("the fragment {} of {}", key.1, root.1));
        text.push_str(part);
        for spread in part.split("...").skip(1) {
            let end = spread.find(|one: char| !one.is_alphanumeric() && one != '_');
            let name = &spread[..end.unwrap_or(spread.len())];
            if !name.is_empty() && name != "on" {
                open.push(("fragment".to_owned(), name.to_owned()));
            }
        }
    }
    text
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the web client").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path
            .extension()
            .is_some_and(|kind| kind == "ts" || kind == "tsx")
        {
            found.push(path);
        }
    }
    found
}

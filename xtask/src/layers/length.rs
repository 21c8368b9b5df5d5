//! Files of Rust that have grown past what one reader holds.

use std::{fs, path::Path};

use anyhow::{Context, Result};

/// Lines a file of Rust may have.
const MOST: usize = 500;

/// Folders with sources of ours.
const FOLDERS: [&str; 5] = ["crates", "examples", "migrations", "tests", "xtask"];

/// One sentence for each file that is too long.
pub fn breaches(root: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        walk(&root.join(folder), &mut |path| {
            if path.extension().is_none_or(|extension| extension != "rs") {
                return Ok(());
            }
            let lines = read(path)?.lines().count();
            if lines > MOST {
                let path = path.strip_prefix(root).unwrap_or(path).display();
                found.push(format!(
                    "{path}: {lines} lines, at most {MOST}; split it by noun"
                ));
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// Folders that are not ours.
const FOREIGN: [&str; 2] = ["node_modules", "target"];

/// Calls `each` for every file below the folder, in the order of their names; what is built or installed is
/// left out.
pub fn walk(folder: &Path, each: &mut impl FnMut(&Path) -> Result<()>) -> Result<()> {
    let mut entries = fs::read_dir(folder)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .with_context(|| format!("reading {}", folder.display()))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if !path.is_dir() {
            each(&path)?;
        } else if !FOREIGN.iter().any(|name| entry.file_name() == *name) {
            walk(&path, each)?;
        }
    }
    Ok(())
}

/// The text of a file.
pub fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

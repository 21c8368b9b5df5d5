//! Gold documents: own texts in the shapes that issued plans have, and what must be found in them.
//!
//! Each `documents/NAME.gold` is a sheet (see `duban_documents::testing::sheet_of`) of
//! `documents/NAME.md` or `.txt`, checked by hand; its first line says which fields it judges.

use std::{fs, path::Path};

use duban_documents::{plan::DepartmentRegister, testing::sheet_of};

use crate::{
    damage::{self, Damaged},
    facts::{Facts, Judges, Scores, facts},
    source,
};

/// A document with its gold.
pub(crate) struct Gold {
    pub name: String,
    pub text: String,
    pub judges: Judges,
    pub facts: Facts,
}

/// All gold documents.
pub(crate) fn documents() -> Vec<Gold> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plan/documents");
    let mut found: Vec<Gold> = fs::read_dir(&folder)
        .expect("the folder of gold documents is there")
        .map(|entry| entry.expect("its entries are readable").path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "gold"))
        .map(|path| {
            let gold = fs::read_to_string(&path).expect("a gold file is text");
            let text = ["md", "txt"]
                .into_iter()
                .find_map(|kind| fs::read_to_string(path.with_extension(kind)).ok())
                .expect("a gold file stands beside its document");
            let judges = Judges::of(&gold);
            Gold {
                name: path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                text,
                judges,
                facts: facts(&gold, judges),
            }
        })
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

/// The departments that the gold documents' bodies have registered.
pub(crate) fn register() -> DepartmentRegister {
    DepartmentRegister::default()
}

fn found_in(text: &str, judges: Judges) -> Facts {
    match duban_documents::plan::parse(&source(text), &register()) {
        Ok(draft) => facts(&sheet_of(&draft), judges),
        Err(_) => Facts::new(),
    }
}

#[test]
fn gold_documents_are_read_without_a_fault() {
    let mut scores = Scores::default();
    for gold in documents() {
        scores.add(&gold.name, &found_in(&gold.text, gold.judges), &gold.facts);
    }
    assert!(
        scores.wrong.is_empty(),
        "{}\n{}",
        scores.wrong.join("\n"),
        scores.table()
    );
}

#[test]
fn damaged_copies_are_read_like_the_originals() {
    let mut all = Scores::default();
    for (kind, damage) in damage::KINDS {
        let mut scores = Scores::default();
        for gold in documents() {
            let copy: Damaged = damage(&gold.text);
            let label = format!("{kind} {}", gold.name);
            let found = found_in(&copy.text(), gold.judges);
            scores.add(&label, &found, &gold.facts);
            all.add(&label, &found, &gold.facts);
        }
        eprintln!("{kind}: worst field {:.4}", scores.worst());
    }
    eprintln!("{}", all.table());
    assert!(
        all.worst() >= 0.96,
        "{}\n{}",
        all.wrong.join("\n"),
        all.table()
    );
}

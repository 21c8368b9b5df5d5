//! Any bytes, all the way: file to text, text to draft, draft to links, findings and comparison.
#![no_main]

use std::time::Duration;

use duban_documents::{
    plan::{DepartmentRegister, parse},
    read::{Limits, read},
};
use duban_domain::plan::{
    check::{Subject, excerpts, findings},
    codes::task_codes,
    diff::{Change, compare},
    links::propose,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits {
        max_unpacked: 8 * 1024 * 1024,
        max_text: 4 * 1024 * 1024,
        max_time: Duration::from_secs(5),
        ..Limits::default()
    };
    let Ok(source) = read("fuzz", bytes, &limits) else {
        return;
    };
    let Ok(draft) = parse(&source, &DepartmentRegister::default()) else {
        return;
    };
    let links = propose(&draft);
    let found = findings(Subject {
        draft: &draft,
        links: &links,
        codes: &task_codes(&draft, "2025"),
        excerpts: &excerpts(&draft, &source.text),
    });
    assert!(found.iter().all(|one| one.clause.is_none_or(|at| at < draft.clauses.len())));
    let same = compare(&draft, &draft);
    assert!(same.iter().all(|one| one.change == Change::Same));
});

//! The links that the wording suggests, against those that a person read from it.

use std::{collections::BTreeSet, fs, path::Path};

use duban_app::seed::shipped_register;
use duban_documents::{
    plan::parse,
    read::{Limits, read},
};
use duban_domain::plan::{codes::task_codes, links::propose};

const PLANS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../seeds/plans");

/// Pairs of codes, key task and work point.
type Pairs = BTreeSet<(String, String)>;

fn proposed(path: &Path) -> Pairs {
    let bytes = fs::read(path).expect("the document");
    let source = read("plan.md", &bytes, &Limits::default()).expect("a text");
    let draft = parse(&source, &shipped_register().expect("shipped")).expect("a plan");
    let codes = task_codes(&draft, "2025");
    propose(&draft)
        .into_iter()
        .map(|link| {
            let code = |plan: usize, task: usize| codes[plan][task].clone();
            (
                code(link.key_task.plan, link.key_task.task),
                code(link.work_point.plan, link.work_point.task),
            )
        })
        .collect()
}

fn read_by_a_person() -> Pairs {
    let path = Path::new(PLANS).join("henan-cast-2025.links.csv");
    let mut rows = csv::Reader::from_path(path).expect("the links");
    rows.records()
        .map(|row| row.expect("a row"))
        .map(|row| (row[0].to_owned(), row[1].to_owned()))
        .collect()
}

#[test]
fn the_links_of_the_plan_of_2025_are_those_that_a_person_read() {
    let shipped = Path::new(PLANS).join("henan-cast-2025.md");
    // Where the paper itself lies at hand, its wording gives the same links as ours.
    let paper = std::env::var_os("DUBAN_FOUNDING_DOCUMENT").filter(|path| !path.is_empty());
    for path in [Some(shipped), paper.map(Into::into)].into_iter().flatten() {
        assert_eq!(proposed(&path), read_by_a_person(), "{}", path.display());
    }
}

//! The policy covers the schema, no more and no less.

use duban_gateway::graphql::{
    guard::SchemaIndex,
    policy::{self, Policy},
    sdl,
};

const TABLE: &str = include_str!("../../../policy.csv");

fn faults(table: &str) -> Vec<String> {
    let index = SchemaIndex::parse(&sdl()).expect("the schema");
    let policy = Policy::parse(table).expect("a table in good form");
    policy.check_against(&index).err().unwrap_or_default()
}

fn without(coordinate: &str) -> String {
    let start = format!("{coordinate},");
    let kept = TABLE.lines().filter(|line| !line.starts_with(&start));
    kept.fold(String::new(), |table, line| table + line + "\n")
}

#[test]
fn every_coordinate_of_the_schema_has_a_row_and_no_row_is_left_over() {
    assert_eq!(policy::check(&sdl()), Ok(()));
    assert_eq!(faults(TABLE), [""; 0]);
}

#[test]
fn a_coordinate_without_a_row_is_named() {
    for coordinate in [
        "Task.title",
        "Mutation.issuePlan",
        "Query.tasks",
        "PageInfo.endCursor",
    ] {
        assert_eq!(
            faults(&without(coordinate)),
            [format!("policy.csv has no row for {coordinate}")]
        );
    }
}

#[test]
fn a_row_without_a_coordinate_is_named() {
    let table = TABLE.replace(
        "Task.title,",
        "Task.titel,task.read,PLAN,NONE,\nTask.title,",
    );
    assert_eq!(
        faults(&table),
        ["policy.csv has a row for Task.titel, which the schema lacks"]
    );
}

#[test]
fn what_is_masked_may_be_null() {
    let sdl = sdl();
    let masked: Vec<&str> = TABLE
        .lines()
        .filter(|line| line.ends_with(",MASK"))
        .filter_map(|line| line.split(',').next())
        .collect();
    assert_ne!(masked, [""; 0], "something is masked");
    for coordinate in masked {
        let (parent, field) = coordinate.split_once('.').expect("Type.field");
        let body = sdl
            .split(&format!("type {parent} "))
            .nth(1)
            .expect("the type");
        let with_arguments = format!("{field}(");
        let mut lines = body.lines();
        let line = lines
            .find(|line| {
                let line = line.trim_start();
                line.starts_with(&format!("{field}:")) || line.starts_with(&with_arguments)
            })
            .and_then(|line| {
                if line.trim_start().starts_with(&with_arguments) {
                    lines.find(|line| line.trim_start().starts_with("):"))
                } else {
                    Some(line)
                }
            })
            .unwrap_or_else(|| panic!("{coordinate} in the schema"));
        let line = line.split(" @").next().unwrap_or_default();
        assert!(
            !line.ends_with('!'),
            "{coordinate} cannot be hidden: {line}"
        );
    }
}

//! Who may begin what: every root field for every role, as a file that a reviewer reads.

use std::{collections::BTreeMap, fmt::Write};

use duban_domain::access::{Reach, Role};
use duban_tests::{Answer, Backend, Content, Person, TestApp};
use serde_json::Value;

const ROOTS: &str = "{
  __schema {
    queryType { fields { ...F } }
    mutationType { fields { ...F } }
  }
}
fragment F on __Field {
  name
  type { kind ofType { kind } }
  args { name type { kind ofType { kind name ofType { kind ofType { kind name } } } } }
}";

/// An operation that calls one root field with arguments of no meaning.
fn operation(kind: &str, field: &Value, inputs: &BTreeMap<String, String>) -> String {
    let outer = field["type"]["kind"].as_str();
    let inner = field["type"]["ofType"]["kind"].as_str();
    let is_leaf = [outer, inner].contains(&Some("SCALAR"));
    let below = if is_leaf { "" } else { "{ __typename }" };
    format!("{kind} {{ {} {below} }}", call(field, inputs))
}

/// A field with arguments of no meaning, as far as it needs any.
pub(super) fn call(field: &Value, inputs: &BTreeMap<String, String>) -> String {
    let name = field["name"].as_str().expect("a name");
    let mut arguments = Vec::new();
    for argument in field["args"].as_array().expect("arguments") {
        if argument["type"]["kind"] != "NON_NULL" {
            continue;
        }
        let value = match argument["type"]["ofType"]["name"].as_str() {
            Some("ID" | "String") => "\"none\"".to_owned(),
            Some("Int") => "1".to_owned(),
            Some("Boolean") => "true".to_owned(),
            Some("Date") => "\"2025-06-30\"".to_owned(),
            Some("Period") => "\"2025-03\"".to_owned(),
            Some(input) => inputs.get(input).cloned().unwrap_or_default(),
            None => "[\"none\"]".to_owned(),
        };
        arguments.push(format!(
            "{}: {value}",
            argument["name"].as_str().expect("a name")
        ));
    }
    if arguments.is_empty() {
        return name.to_owned();
    }
    format!("{name}({})", arguments.join(", "))
}

/// A value of each input type that is well-formed and names nothing that there is.
pub(super) async fn inputs(officer: &Person) -> BTreeMap<String, String> {
    let answer = officer
        .ask("{ __schema { types { kind name inputFields { name type { kind ofType { kind name } } } enumValues { name } } } }")
        .await;
    let types = answer.list("/__schema/types");
    let first_value = |name: &str| {
        let found = types.iter().find(|one| one["name"] == name);
        found
            .and_then(|one| one["enumValues"][0]["name"].as_str())
            .unwrap_or("\"1\"")
            .to_owned()
    };
    let mut found = BTreeMap::new();
    for one in types.iter().filter(|one| one["kind"] == "INPUT_OBJECT") {
        let mut fields = Vec::new();
        for field in one["inputFields"].as_array().expect("fields") {
            let kind = &field["type"];
            if kind["kind"] != "NON_NULL" {
                continue;
            }
            let value = match kind["ofType"]["name"].as_str() {
                Some("Int") => "1".to_owned(),
                Some("Boolean") => "true".to_owned(),
                Some("Date") => "\"2025-06-30\"".to_owned(),
                Some("Period") => "\"2025-03\"".to_owned(),
                Some("ID" | "String") => "\"none\"".to_owned(),
                Some(other) => first_value(other),
                None => "[]".to_owned(),
            };
            fields.push(format!(
                "{}: {value}",
                field["name"].as_str().expect("a name")
            ));
        }
        let name = one["name"].as_str().expect("a name").to_owned();
        found.insert(name, format!("{{ {} }}", fields.join(", ")));
    }
    found
}

fn verdict(answer: &Answer) -> &'static str {
    match (answer.status(), answer.codes().first().copied()) {
        (401, Some("UNAUTHENTICATED")) => "sign in",
        (403, Some("FORBIDDEN")) => "-",
        (200, Some("FORBIDDEN")) => "refused late",
        (200, None | Some("NOT_FOUND")) => "may",
        _ => panic!("neither let in nor refused: {answer:?}"),
    }
}

#[tokio::test]
async fn every_root_field_is_open_to_the_roles_of_the_matrix_and_no_other() {
    let app = TestApp::start_with(Backend::Sqlite, Content::Organisation, |_| {}).await;
    let officer = app.officer().await;
    let roots = officer.ask(ROOTS).await;
    let inputs = inputs(&officer).await;
    let mut people = vec![("nobody".to_owned(), app.anonymous())];
    for role in Role::ALL {
        let login = format!("matrix-{}", role.name());
        let person = app.person(&login, (*role, "HNAST", Reach::Subtree)).await;
        people.push((role.name().to_owned(), person));
    }
    let mut table = String::from("coordinate");
    for (role, _) in &people {
        write!(table, ",{role}").expect("text");
    }
    let lists = [
        ("query", "Query", roots.list("/__schema/queryType/fields")),
        (
            "mutation",
            "Mutation",
            roots.list("/__schema/mutationType/fields"),
        ),
    ];
    let mut rows: Vec<(String, String)> = lists
        .iter()
        .flat_map(|(kind, parent, fields)| {
            let inputs = &inputs;
            fields.iter().map(move |field| {
                let name = field["name"].as_str().expect("a name");
                (format!("{parent}.{name}"), operation(kind, field, inputs))
            })
        })
        .collect();
    // Signing out ends the session that every other row needs, so it comes last.
    rows.sort_by_key(|(coordinate, _)| (coordinate == "Mutation.signOut", coordinate.clone()));
    for (coordinate, operation) in rows {
        write!(table, "\n{coordinate}").expect("text");
        for (_, person) in &people {
            write!(table, ",{}", verdict(&person.ask(&operation).await)).expect("text");
        }
    }
    insta::with_settings!({ snapshot_path => "../../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("access_matrix", table);
    });
}

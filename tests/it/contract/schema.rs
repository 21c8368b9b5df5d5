//! The schema as its readers see it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use duban_gateway::graphql::sdl;
use duban_tests::{Backend, Content, TestApp};
use serde_json::Value;

const INTROSPECTION: &str = "{
  __schema {
    types {
      kind name description
      fields(includeDeprecated: true) {
        name description type { kind name ofType { kind name } }
        args { name description type { kind name ofType { kind name } } }
      }
      inputFields { name description type { kind name ofType { kind name } } }
      enumValues(includeDeprecated: true) { name description }
    }
  }
}";

/// The types of the schema that are ours.
async fn types() -> Vec<Value> {
    let app = TestApp::start_with(Backend::Sqlite, Content::Organisation, |_| {}).await;
    let answer = app.officer().await.ask(INTROSPECTION).await;
    let all = answer.list("/__schema/types").to_vec();
    let is_ours = |one: &Value| {
        let name = one["name"].as_str().expect("a name");
        !name.starts_with("__") && !["Boolean", "Float", "ID", "Int", "String"].contains(&name)
    };
    all.into_iter().filter(is_ours).collect()
}

fn members<'a>(parent: &'a Value, list: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let rows = parent[list].as_array().map(Vec::as_slice);
    rows.unwrap_or_default()
        .iter()
        .map(|one| (one["name"].as_str().expect("a name"), one))
}

fn name(one: &Value) -> &str {
    one["name"].as_str().expect("a name")
}

#[test]
fn the_committed_schema_is_the_one_of_the_code() {
    let committed = include_str!("../../../schema.graphql");
    assert!(
        committed == sdl(),
        "schema.graphql is stale: run `make regenerate`"
    );
}

#[tokio::test]
async fn everything_in_the_schema_is_described() {
    let types = types().await;
    assert!(types.len() > 50, "the schema was read");
    let mut bare = Vec::new();
    let mut look = |place: String, one: &Value| {
        let text = one["description"].as_str().unwrap_or_default();
        if text.trim().is_empty() {
            bare.push(place);
        }
    };
    for one in &types {
        let parent = name(one);
        look(parent.to_owned(), one);
        for (field, value) in members(one, "fields") {
            look(format!("{parent}.{field}"), value);
            for (argument, value) in members(value, "args") {
                look(format!("{parent}.{field}({argument}:)"), value);
            }
        }
        for list in ["inputFields", "enumValues"] {
            for (member, value) in members(one, list) {
                look(format!("{parent}.{member}"), value);
            }
        }
    }
    assert_eq!(bare, [""; 0], "without a description");
}

#[tokio::test]
async fn names_are_of_one_kind() {
    let is_screaming = |name: &str| {
        name.starts_with(|one: char| one.is_ascii_uppercase())
            && name
                .chars()
                .all(|one| one.is_ascii_uppercase() || one.is_ascii_digit() || one == '_')
    };
    let is_camel = |name: &str| {
        name.starts_with(|one: char| one.is_ascii_lowercase())
            && name.chars().all(|one| one.is_ascii_alphanumeric())
    };
    let mut odd = Vec::new();
    for one in types().await {
        let parent = name(&one);
        for (value, _) in members(&one, "enumValues").filter(|(value, _)| !is_screaming(value)) {
            odd.push(format!("{parent}.{value}"));
        }
        for list in ["fields", "inputFields"] {
            for (field, about) in members(&one, list) {
                let kind = about
                    .pointer("/type/ofType/name")
                    .or(about.pointer("/type/name"));
                let is_flag = kind.and_then(Value::as_str) == Some("Boolean");
                let fits = !is_flag
                    || ["is", "has", "can", "viewerCan", "clear"]
                        .iter()
                        .any(|start| field.starts_with(start));
                if !is_camel(field) || !fits {
                    odd.push(format!("{parent}.{field}"));
                }
            }
        }
    }
    // The two of the specification itself begin with `has`; nothing else may be excused.
    assert_eq!(odd, [""; 0]);
}

#[tokio::test]
async fn every_mutation_takes_one_input_and_answers_with_user_errors() {
    let types = types().await;
    let find = |wanted: &str| types.iter().find(|one| name(one) == wanted);
    let mutation = find("Mutation").expect("mutations");
    for (field, about) in members(mutation, "fields") {
        let payload = about["type"]["ofType"]["name"]
            .as_str()
            .expect("a payload, never null");
        let errors = members(find(payload).expect("the payload"), "fields")
            .any(|(name, _)| name == "userErrors");
        assert!(errors, "{field} tells what the user can mend");
        let arguments: Vec<_> = members(about, "args").collect();
        if ["refreshSession", "signOut"].contains(&field) {
            assert!(
                arguments.is_empty(),
                "{field} knows its caller by the cookie"
            );
            continue;
        }
        let [("input", input)] = arguments[..] else {
            panic!("{field} takes one input");
        };
        let kind = input["type"]["ofType"]["name"]
            .as_str()
            .expect("an input, never null");
        assert_eq!(kind.to_lowercase(), format!("{field}input").to_lowercase());
    }
}

#[tokio::test]
async fn connections_are_those_of_relay() {
    let types = types().await;
    let mut count = 0;
    for one in types.iter().filter(|one| name(one).ends_with("Connection")) {
        count += 1;
        let fields: Vec<&str> = members(one, "fields").map(|(field, _)| field).collect();
        assert!(
            fields.contains(&"edges") && fields.contains(&"pageInfo"),
            "{}",
            name(one)
        );
        assert!(fields.contains(&"totalCount"), "{}", name(one));
        assert!(!fields.contains(&"nodes"), "{}", name(one));
    }
    assert!(count >= 8, "connections were found");
    for one in &types {
        for (field, about) in members(one, "fields") {
            let result = about.pointer("/type/ofType/name").and_then(Value::as_str);
            if !result.is_some_and(|result| result.ends_with("Connection")) {
                continue;
            }
            let arguments: Vec<&str> = members(about, "args").map(|(name, _)| name).collect();
            for wanted in ["first", "after", "last", "before"] {
                assert!(
                    arguments.contains(&wanted),
                    "{}.{field}({wanted}:)",
                    name(one)
                );
            }
        }
    }
}

/// The sources of the schema.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder)
        .expect("the sources of the gateway")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

/// The signatures of the resolvers of a file: of functions in `#[Object]` and its kin.
fn resolvers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    let kinds = ["#[Object", "#[ComplexObject", "#[Subscription"];
    while let Some(at) = kinds.iter().filter_map(|kind| rest.find(kind)).min() {
        let block = &rest[at..];
        let end = block.find("\n}\n").map_or(block.len(), |end| end + 3);
        for signature in block[..end].split("async fn ").skip(1) {
            let signature = signature.split(" {\n").next().unwrap_or_default();
            found.push(signature.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        rest = &block[end..];
    }
    found
}

fn wipes_siblings(signature: &str) -> bool {
    let result = signature.rsplit(" -> ").next().unwrap_or_default();
    result.starts_with("Result<Option<") || result.starts_with("async_graphql::Result<Option<")
}

#[test]
fn no_resolver_wipes_the_siblings_of_what_it_hides() {
    let bad = "#[Object]\nimpl A {\n    /// A.\n    async fn a(\n        &self,\n    ) -> Result<Option<B>, \
               Fault> {\n        todo\n    }\n}\nasync fn b() -> Result<Option<B>, Fault> {\n}\n";
    assert_eq!(
        resolvers(bad)
            .iter()
            .filter(|one| wipes_siblings(one))
            .count(),
        1
    );

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/gateway/src/graphql");
    let mut files = Vec::new();
    sources(&folder, &mut files);
    let mut seen = 0;
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        for signature in resolvers(&text) {
            seen += 1;
            assert!(
                !wipes_siblings(&signature),
                "{}: {signature}: answer Option<Result<T, Fault>>, or a refusal takes the parent",
                file.display()
            );
        }
    }
    assert!(seen > 150, "the resolvers were found: {seen}");
}

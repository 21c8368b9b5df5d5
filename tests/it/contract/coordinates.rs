//! Every coordinate of the schema, for every role and credential: what the policy and the roles
//! promise is what a caller over HTTP meets.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fmt::Write,
};

use duban_domain::access::{Reach, Role};
use duban_tests::{Answer, Backend, Content, Person, TestApp};
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::access_matrix::{call, inputs};

const POLICY: &str = include_str!("../../../policy.csv");
const ROLES: &str = include_str!("../../../seeds/role_permissions.csv");

/// What a spent token does not stand in the way of.
const CREDENTIAL_MUTATIONS: [&str; 7] = [
    "Mutation.acceptInvitation",
    "Mutation.confirmSignInEnrolment",
    "Mutation.refreshSession",
    "Mutation.signIn",
    "Mutation.signInSecondFactor",
    "Mutation.signOut",
    "Mutation.startSignInEnrolment",
];

const FIELDS: &str = "{ __schema { types { kind name fields { name
  args { name type { kind ofType { kind name ofType { kind ofType { kind name } } } } }
  type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
} } } }";

/// A row of the policy.
struct Row {
    need: String,
    is_masked: bool,
}

/// The rows of the policy, by coordinate.
fn policy() -> BTreeMap<String, Row> {
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(POLICY.as_bytes());
    reader
        .records()
        .map(|record| record.expect("a row"))
        .map(|row| {
            let row_of = Row {
                need: row[1].to_owned(),
                is_masked: &row[4] == "MASK",
            };
            (row[0].to_owned(), row_of)
        })
        .collect()
}

/// What each role holds.
fn permissions() -> BTreeMap<String, BTreeSet<String>> {
    let mut held: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for record in csv::Reader::from_reader(ROLES.as_bytes()).records() {
        let record = record.expect("a row");
        let permissions = held.entry(record[0].to_owned()).or_default();
        permissions.insert(record[1].to_owned());
    }
    held
}

/// A way from a root to a type: the calls to make, and the coordinates that they pass.
#[derive(Clone)]
struct Way {
    kind: &'static str,
    calls: Vec<String>,
    coordinates: Vec<String>,
}

/// The types of the schema with the fields of each.
struct Shape {
    fields: BTreeMap<String, Vec<Value>>,
    inputs: BTreeMap<String, String>,
}

fn result_of(field: &Value) -> (&str, bool) {
    let mut kind = &field["type"];
    while kind["name"].is_null() {
        kind = &kind["ofType"];
    }
    let is_leaf = matches!(kind["kind"].as_str(), Some("SCALAR" | "ENUM"));
    (kind["name"].as_str().expect("a type"), is_leaf)
}

impl Shape {
    async fn read(officer: &Person) -> Self {
        let answer = officer.ask(FIELDS).await;
        let fields = answer
            .list("/__schema/types")
            .iter()
            .filter_map(|one| {
                let name = one["name"].as_str()?;
                let fields = one["fields"].as_array()?;
                (!name.starts_with("__")).then(|| (name.to_owned(), fields.clone()))
            })
            .collect();
        Self {
            fields,
            inputs: inputs(officer).await,
        }
    }

    /// The shortest way to each type; queries go before mutations, which would change something.
    fn ways(&self) -> BTreeMap<String, Way> {
        let mut ways: BTreeMap<String, Way> = BTreeMap::new();
        for (root, kind) in [("Query", "query"), ("Mutation", "mutation")] {
            let start = Way {
                kind,
                calls: Vec::new(),
                coordinates: Vec::new(),
            };
            ways.insert(root.to_owned(), start);
            let mut queue = VecDeque::from([root.to_owned()]);
            while let Some(parent) = queue.pop_front() {
                let way = ways[&parent].clone();
                for field in &self.fields[&parent] {
                    let (result, is_leaf) = result_of(field);
                    if is_leaf || ways.contains_key(result) || !self.fields.contains_key(result) {
                        continue;
                    }
                    let mut next = way.clone();
                    next.calls.push(call(field, &self.inputs));
                    next.coordinates.push(coordinate(&parent, field));
                    ways.insert(result.to_owned(), next);
                    queue.push_back(result.to_owned());
                }
            }
        }
        ways
    }

    /// An operation that asks for one coordinate, and every coordinate that it passes.
    fn asking_for(&self, way: &Way, parent: &str, field: &Value) -> (String, Vec<String>) {
        let (_, is_leaf) = result_of(field);
        let mut asked = call(field, &self.inputs);
        if !is_leaf {
            asked.push_str(" { __typename }");
        }
        let nested = way
            .calls
            .iter()
            .rev()
            .fold(asked, |inner, outer| format!("{outer} {{ {inner} }}"));
        let mut passed = way.coordinates.clone();
        passed.push(coordinate(parent, field));
        (format!("{} {{ {nested} }}", way.kind), passed)
    }
}

fn coordinate(parent: &str, field: &Value) -> String {
    format!("{parent}.{}", field["name"].as_str().expect("a name"))
}

/// How the guard answers a caller.
fn met(answer: &Answer) -> &'static str {
    match (answer.status(), answer.codes().first().copied()) {
        (401, Some("UNAUTHENTICATED")) => "sign in",
        (403, Some("FORBIDDEN")) => "-",
        (200, _) => "may",
        _ => panic!("neither let in nor refused: {answer:?}"),
    }
}

/// What a caller comes with.
enum Credential {
    Nothing,
    /// A token that is good no more, or never was.
    Spent,
    /// A session that holds these permissions.
    Session(BTreeSet<String>),
}

/// What a caller is promised.
fn promised(
    passed: &[String],
    policy: &BTreeMap<String, Row>,
    credential: &Credential,
) -> &'static str {
    let held = match credential {
        // Whoever sends a token means to be somebody; only signing in anew looks past it.
        Credential::Spent if !CREDENTIAL_MUTATIONS.contains(&passed[0].as_str()) => {
            return "sign in";
        }
        Credential::Nothing | Credential::Spent => None,
        Credential::Session(held) => Some(held),
    };
    let is_open = |row: &Row| match row.need.as_str() {
        "PUBLIC" => true,
        "SIGNED_IN" => held.is_some(),
        permission => held.is_some_and(|held| row.is_masked || held.contains(permission)),
    };
    // Nobody is told who the viewer is: it is null, and nothing below it is looked at.
    let is_stranger_at_viewer = held.is_none() && passed[0] == "Query.viewer";
    // What is masked hides itself, and nothing below it is looked at either.
    let hides = |row: &Row| row.is_masked && held.is_some_and(|held| !held.contains(&row.need));
    let seen = passed.iter().position(|one| hides(&policy[one]));
    let seen = &passed[..seen.map_or(passed.len(), |at| at + 1)];
    if is_stranger_at_viewer || seen.iter().all(|one| is_open(&policy[one])) {
        "may"
    } else if held.is_some() {
        "-"
    } else {
        "sign in"
    }
}

/// The callers of the matrix, each with what it holds.
struct Callers {
    people: Vec<(String, Person, Credential)>,
}

impl Callers {
    async fn of(app: &TestApp) -> Self {
        let held = permissions();
        let mut people = vec![("nobody".to_owned(), app.anonymous(), Credential::Nothing)];
        let revoked = app
            .person("revoked", (Role::Officer, "HNAST", Reach::Subtree))
            .await;
        let token = revoked.token().to_owned();
        revoked
            .ask("mutation { signOut { userErrors { code } } }")
            .await;
        for (name, token) in [("revoked", token.as_str()), ("forged", "a.b.c")] {
            let mut person = app.anonymous();
            person.use_token(Some(token));
            people.push((name.to_owned(), person, Credential::Spent));
        }
        for role in Role::ALL {
            let login = format!("coordinates-{}", role.name());
            let person = app.person(&login, (*role, "HNAST", Reach::Subtree)).await;
            let held = held.get(role.name()).cloned().unwrap_or_default();
            people.push((role.name().to_owned(), person, Credential::Session(held)));
        }
        Self { people }
    }

    fn names(&self) -> String {
        let names: Vec<&str> = self.people.iter().map(|(name, ..)| name.as_str()).collect();
        names.join(",")
    }

    /// What each of them meets with an operation.
    async fn meet(&self, operation: &str) -> Vec<&'static str> {
        let body = json!({ "query": operation });
        let asked = self.people.iter().map(|(_, person, _)| async {
            let answer = person.send(person.post().json(&body)).await;
            met(&answer)
        });
        join_all(asked).await
    }
}

#[tokio::test]
async fn every_coordinate_is_open_to_whom_the_policy_and_the_roles_say_and_to_nobody_else() {
    let app = TestApp::start_with(Backend::Sqlite, Content::Organisation, |_| {}).await;
    let shape = Shape::read(&app.officer().await).await;
    let (ways, policy, callers) = (shape.ways(), policy(), Callers::of(&app).await);
    let (mut table, mut differences) = (format!("coordinate,{}", callers.names()), Vec::new());
    let mut unreached: BTreeSet<&String> = policy.keys().collect();
    for (parent, way) in &ways {
        for field in &shape.fields[parent] {
            let coordinate = coordinate(parent, field);
            unreached.remove(&coordinate);
            // It would end the session that every other row needs; its own tests look at it.
            if way.kind == "mutation" && coordinate == "Mutation.signOut"
                || parent == "SignOutPayload"
            {
                continue;
            }
            let (operation, passed) = shape.asking_for(way, parent, field);
            let wanted: Vec<&str> = callers
                .people
                .iter()
                .map(|(.., credential)| promised(&passed, &policy, credential))
                .collect();
            let found = callers.meet(&operation).await;
            if wanted != found {
                differences.push(format!(
                    "{coordinate}: promised {wanted:?}, met {found:?} by {operation}"
                ));
            }
            write!(table, "\n{coordinate},{}", found.join(",")).expect("text");
        }
    }
    // Told over sockets alone, see `sockets`.
    let is_told = |one: &str| {
        let types = ["Subscription.", "TaskChange.", "NotificationAddition."];
        types.iter().any(|name| one.starts_with(name))
    };
    unreached.retain(|one| !is_told(one));
    assert_eq!(
        differences, [""; 0],
        "what callers meet is what they are promised"
    );
    assert!(unreached.is_empty(), "no way leads to {unreached:?}");
    insta::with_settings!({ snapshot_path => "../../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("coordinate_matrix", table);
    });
}

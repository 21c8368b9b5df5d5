//! What an operation is priced at is an upper bound of what it turns out to cost, for whatever the schema
//! allows to be asked.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql_parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition},
};
use duban_app::identity::{NewAccount, NewGrant};
use duban_domain::access::{Reach, Role};
use duban_gateway::graphql::sdl;
use duban_tests::{Backend::Sqlite, Person, Size, TestApp, generate, web_client};
use serde_json::{Value, json};

/// Operations that are made up.
const OPERATIONS: u64 = 150;
/// Levels of objects.
const DEPTH: u32 = 4;

/// Numbers that look like chance and are the same on every run.
struct Chance(u64);

impl Chance {
    /// A number below a bound.
    fn below(&mut self, bound: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }
}

struct Field {
    name: String,
    result: String,
    /// Names of arguments; whether each must be given.
    arguments: Vec<(String, bool)>,
}

/// Types with fields, by name.
struct Schema(BTreeMap<String, Vec<Field>>);

impl Schema {
    fn read() -> Self {
        let document = parse_schema(sdl()).expect("the schema");
        let mut types = BTreeMap::new();
        for definition in document.definitions {
            let TypeSystemDefinition::Type(defined) = definition else {
                continue;
            };
            let fields = match defined.node.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                _ => continue,
            };
            let fields = fields.iter().map(|one| field(&one.node)).collect();
            types.insert(defined.node.name.node.to_string(), fields);
        }
        Self(types)
    }
}

fn field(defined: &FieldDefinition) -> Field {
    let arguments = defined.arguments.iter().map(|one| {
        let one = &one.node;
        let must = !one.ty.node.nullable && one.default_value.is_none();
        (one.name.node.to_string(), must)
    });
    Field {
        name: defined.name.node.to_string(),
        result: named(&defined.ty.node),
        arguments: arguments.collect(),
    }
}

fn named(kind: &Type) -> String {
    match &kind.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => named(inner),
    }
}

/// Values that arguments may have, by their coordinate or by their name alone.
fn value(coordinate: &str, argument: &str, chance: &mut Chance) -> Option<String> {
    let known = match (coordinate, argument) {
        ("Query.plan" | "Query.taskMatrix", "id" | "plan") => "\"2025\"",
        ("Query.task", "id") => "\"2025-19\"",
        ("Query.metric" | "Query.metricRollup" | "Query.contributions", "id" | "metric") => {
            "\"2025-19-M2\""
        }
        ("Query.metricMatrix", "metrics") => "[\"2025-19-M1\", \"2025-19-M2\", \"2025-09-M1\"]",
        ("Query.department", "id") => "\"410100\"",
        ("Query.noticeRecipients", "taskIds") => "[\"2025-17\", \"2025-19\"]",
        ("Query.calendarYear", "year") => "2025",
        ("Metric.isAsked", "department") => "\"410100\"",
        ("Query.metricRollup" | "Query.metricMatrix", "under") => "\"HNAST\"",
        ("Query.tasks" | "Query.metrics" | "Query.departments", "filter") if chance.one_in(4) => {
            "{ text: \"科普\" }"
        }
        (_, "months") if chance.one_in(2) => "24",
        (_, "first") if !chance.one_in(9) => return Some((1 + chance.below(15)).to_string()),
        _ => return None,
    };
    Some(known.to_owned())
}

/// Makes operations up, without what turned out to be closed.
struct Maker<'a> {
    schema: &'a Schema,
    closed: &'a BTreeSet<String>,
    chance: Chance,
}

impl Maker<'_> {
    fn operation(&mut self) -> String {
        format!("query {}", self.selection("Query", DEPTH))
    }

    /// Some fields of a type.
    fn selection(&mut self, parent: &str, depth: u32) -> String {
        let schema = self.schema;
        let mut written = vec!["__typename".to_owned()];
        let fields = schema.0.get(parent).map(Vec::as_slice).unwrap_or_default();
        // Pages and their edges are walked through; of anything else a few fields are taken.
        let is_envelope = parent.ends_with("Connection") || parent.ends_with("Edge");
        let count = u64::try_from(fields.len()).expect("a count").max(1);
        for field in fields {
            let is_leaf = !schema.0.contains_key(&field.result);
            let is_taken = match parent {
                _ if is_envelope => true,
                "Query" => self.chance.below(count) < 5,
                _ if is_leaf => self.chance.one_in(3),
                _ => self.chance.one_in(2),
            };
            if !is_taken {
                continue;
            }
            if let Some(text) = self.field(parent, field, depth - u32::from(!is_envelope)) {
                written.push(text);
            }
        }
        format!("{{ {} }}", written.join(" "))
    }

    fn field(&mut self, parent: &str, field: &Field, depth: u32) -> Option<String> {
        let coordinate = format!("{parent}.{}", field.name);
        // What checks or previews a file, and the trail, are not what is asked for here.
        let is_apart = ["auditVerification", "node", "nodes"].contains(&field.name.as_str());
        if is_apart || self.closed.contains(&coordinate) {
            return None;
        }
        let mut arguments = Vec::new();
        for (name, must) in &field.arguments {
            match value(&coordinate, name, &mut self.chance) {
                Some(value) => arguments.push(format!("{name}: {value}")),
                None if *must => return None,
                None => {}
            }
        }
        let arguments = if arguments.is_empty() {
            String::new()
        } else {
            format!("({})", arguments.join(", "))
        };
        let below = if !self.schema.0.contains_key(&field.result) {
            String::new()
        } else if depth == 0 {
            return None;
        } else {
            self.selection(&field.result, depth)
        };
        Some(format!("{}{arguments} {below}", field.name))
    }
}

/// Somebody who may read all of the organisation.
async fn reader_of_everything(app: &TestApp) -> Person {
    let roles = Role::ALL.iter().filter(|role| !role.is_administrator());
    let grants = roles.map(|role| NewGrant {
        role: *role,
        department: "HNAST".to_owned(),
        reach: Reach::Subtree,
    });
    let account = NewAccount {
        login: "reader".to_owned(),
        display_name: "测试·查阅".to_owned(),
        department: "HNAST".to_owned(),
        password: Some(duban_tests::PASSWORD.to_owned().into()),
        is_demo: false,
        grants: grants.collect(),
    };
    let made = app.app().identity().create_account(account).await;
    made.expect("an account of all roles");
    app.sign_in("reader").await
}

fn costs(answer: &Value) -> (u64, u64) {
    let cost = &answer["extensions"]["cost"];
    let number = |name: &str| cost[name].as_u64().expect("points");
    (number("requested"), number("actual"))
}

#[tokio::test]
async fn no_generated_operation_costs_more_than_was_requested() {
    let app = TestApp::start(Sqlite).await;
    let size = Size {
        organisations: 4,
        tasks: 20,
        reports: 4,
    };
    generate(app.app(), 1, size)
        .await
        .expect("more of everything");
    let reader = reader_of_everything(&app).await;
    let schema = Schema::read();
    let mut closed = BTreeSet::new();
    let (mut ran, mut dear) = (0, 0);
    for seed in 0..OPERATIONS {
        let mut maker = Maker {
            schema: &schema,
            closed: &closed,
            chance: Chance(seed),
        };
        let query = maker.operation();
        let answer = reader.ask(&query).await;
        let (requested, actual) = costs(answer.json());
        assert!(actual <= requested, "{actual} of {requested}: {query}");
        if let Some("FORBIDDEN" | "UNAUTHENTICATED") = answer.codes().first().copied()
            && let Some(coordinate) = answer.errors()[0]["extensions"]["coordinate"].as_str()
        {
            closed.insert(coordinate.to_owned());
            continue;
        }
        let is_valid = !answer.codes().contains(&"GRAPHQL_VALIDATION_FAILED");
        assert!(is_valid, "{query}: {answer:?}");
        if answer.json()["data"].is_object() {
            ran += 1;
            dear += u32::from(actual > 20);
        }
    }
    assert!(
        ran > 60 && dear > 20,
        "{ran} ran, of which {dear} cost something"
    );
}

#[tokio::test]
async fn every_operation_of_the_client_leaves_room_in_a_purse() {
    let app = TestApp::start(Sqlite).await;
    let reader = reader_of_everything(&app).await;
    // What it is priced at does not depend on whether it could run: without variables none can.
    let section = json!({ "code": "2025", "plan": "2025", "metrics": ["2025-19-M1"], "depth": 1,
        "metric": "2025-19-M1", "department": "410100", "period": "2025-03", "before": "2025-02",
        "hasBefore": true, "tasks": ["2025-17"], "first": 50, "id": "none" });
    for (name, text) in web_client::operations() {
        let answer = reader.ask_with(&text, section.clone()).await;
        let (requested, _) = costs(answer.json());
        assert!(requested < 7_500, "{name} asks for {requested} of 10,000");
    }
}

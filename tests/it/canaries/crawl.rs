//! Asks for everything that a person may ask for, and keeps every byte of the answers.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use duban_tests::Person;
use serde_json::{Value, json};

const POLICY: &str = include_str!("../../../policy.csv");
const ROLES: &str = include_str!("../../../seeds/role_permissions.csv");

const TYPES: &str = "{ __schema { types { kind name
  possibleTypes { name }
  fields { name args { name type { kind } }
    type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
} } }";

/// Rows of each list.
const FIRST: usize = 20;
/// Ids asked for at once.
const NODES: usize = 40;

/// The schema, as far as crawling needs it.
pub struct Crawler {
    types: BTreeMap<String, Value>,
    needs: BTreeMap<String, String>,
    held: BTreeMap<String, BTreeSet<String>>,
}

/// What a field leads to: the name of its type, and whether it has fields itself.
fn result_of(field: &Value) -> (String, bool) {
    let mut kind = &field["type"];
    while kind["name"].is_null() {
        kind = &kind["ofType"];
    }
    let is_leaf = matches!(kind["kind"].as_str(), Some("SCALAR" | "ENUM"));
    (kind["name"].as_str().expect("a type").to_owned(), is_leaf)
}

fn needed(field: &Value) -> Vec<&str> {
    field["args"]
        .as_array()
        .expect("arguments")
        .iter()
        .filter(|one| one["type"]["kind"] == "NON_NULL")
        .filter_map(|one| one["name"].as_str())
        .collect()
}

impl Crawler {
    pub async fn new(somebody: &Person) -> Self {
        let answer = somebody.ask(TYPES).await;
        let types = answer
            .list("/__schema/types")
            .iter()
            .map(|one| {
                (
                    one["name"].as_str().expect("a name").to_owned(),
                    one.clone(),
                )
            })
            .collect();
        let mut policy = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .from_reader(POLICY.as_bytes());
        let needs = policy
            .records()
            .map(|record| record.expect("a row"))
            .map(|row| (row[0].to_owned(), row[1].to_owned()))
            .collect();
        let mut held: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in csv::Reader::from_reader(ROLES.as_bytes()).records() {
            let row = row.expect("a row");
            held.entry(row[0].to_owned())
                .or_default()
                .insert(row[1].to_owned());
        }
        Self { types, needs, held }
    }

    fn is_open(&self, parent: &str, field: &Value, role: &str) -> bool {
        let name = field["name"].as_str().expect("a name");
        match self.needs[&format!("{parent}.{name}")].as_str() {
            "PUBLIC" | "SIGNED_IN" => true,
            permission => self.held[role].contains(permission),
        }
    }

    fn fields(&self, name: &str) -> &[Value] {
        self.types[name]["fields"]
            .as_array()
            .map_or(&[], Vec::as_slice)
    }

    /// Everything of a type that this role may ask for, so many levels deep.
    fn selection(&self, name: &str, role: &str, depth: usize) -> String {
        let mut text = String::from("__typename");
        for field in self.fields(name) {
            if !needed(field).is_empty() || !self.is_open(name, field, role) {
                continue;
            }
            let called = field["name"].as_str().expect("a name");
            let (result, is_leaf) = result_of(field);
            if is_leaf {
                write!(text, " {called}").expect("text");
            } else if result.ends_with("Edge") || result == "Node" || called == "node" {
                // The page itself is one level for the reader: connection, edge and node.
                let inner = self.selection(&result, role, depth);
                write!(text, " {called} {{ {inner} }}").expect("text");
            } else if depth > 0 && self.types[&result]["kind"] == "OBJECT" {
                let pages = field["args"].as_array().expect("arguments");
                let page = pages.iter().any(|one| one["name"] == "first");
                let page = if page {
                    format!("(first: {FIRST})")
                } else {
                    String::new()
                };
                let inner = self.selection(&result, role, depth - 1);
                write!(text, " {called}{page} {{ {inner} }}").expect("text");
            }
        }
        text
    }

    /// Every root field, by the codes of the cities' plans where it needs one, and every id as a node.
    pub async fn crawl(&self, who: &Person, role: &str, keys: &BTreeSet<String>) -> String {
        let mut heard = String::new();
        for field in self.fields("Query") {
            let name = field["name"].as_str().expect("a name");
            if !self.is_open("Query", field, role) || name == "node" {
                continue;
            }
            let (result, is_leaf) = result_of(field);
            let inner = if is_leaf {
                String::new()
            } else {
                format!("{{ {} }}", self.selection(&result, role, 1))
            };
            match needed(field).as_slice() {
                [] => {
                    let page = field["args"].as_array().expect("arguments");
                    let page = page.iter().any(|one| one["name"] == "first");
                    let page = if page {
                        format!("(first: {FIRST})")
                    } else {
                        String::new()
                    };
                    heard += self
                        .ask(who, &format!("{{ {name}{page} {inner} }}"), json!({}))
                        .await
                        .as_str();
                }
                ["id"] => {
                    let query = format!("query($id: ID!) {{ {name}(id: $id) {inner} }}");
                    for key in keys.iter().filter(|key| key.starts_with("203")) {
                        heard += self.ask(who, &query, json!({ "id": key })).await.as_str();
                    }
                }
                _ => {}
            }
        }
        let kinds = self.types["Node"]["possibleTypes"].as_array();
        let mut of_node = String::new();
        for one in kinds
            .into_iter()
            .flatten()
            .filter_map(|one| one["name"].as_str())
        {
            write!(of_node, " ... on {one} {{ {} }}", self.leaves(one, role)).expect("text");
        }
        let query = format!("query($ids: [ID!]!) {{ nodes(ids: $ids) {{ id {of_node} }} }}");
        let ids: Vec<&String> = keys.iter().collect();
        for some in ids.chunks(NODES) {
            heard += self.ask(who, &query, json!({ "ids": some })).await.as_str();
        }
        heard
    }

    /// The plain fields of a type under names of their own, so that types may differ in them.
    fn leaves(&self, name: &str, role: &str) -> String {
        let mut text = String::from("__typename");
        for field in self.fields(name) {
            let (_, is_leaf) = result_of(field);
            let called = field["name"].as_str().expect("a name");
            let is_text = matches!(
                called,
                "title" | "text" | "name" | "displayName" | "code" | "reason"
            );
            if is_leaf && is_text && needed(field).is_empty() && self.is_open(name, field, role) {
                write!(text, " {}_{called}: {called}", name.to_lowercase()).expect("text");
            }
        }
        text
    }

    async fn ask(&self, who: &Person, query: &str, variables: Value) -> String {
        let answer = who.ask_with(query, variables).await;
        assert!(
            answer.status() < 500
                && !answer.codes().contains(&"TOO_EXPENSIVE")
                && !answer.codes().contains(&"BAD_QUERY"),
            "{query}: {answer:?}"
        );
        let mut heard = String::new();
        for (name, value) in answer.headers() {
            writeln!(heard, "{name}: {value:?}").expect("text");
        }
        heard + answer.body() + "\n"
    }
}

/// Every id and code in what somebody heard.
pub fn keys_in(heard: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for line in heard.lines() {
        if let Ok(answer) = serde_json::from_str::<Value>(line) {
            gather(&answer, &mut keys);
        }
    }
    keys
}

fn gather(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_str() {
                    Some(text) if name == "id" || name == "code" => {
                        keys.insert(text.to_owned());
                    }
                    _ => gather(member, keys),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|one| gather(one, keys)),
        _ => {}
    }
}

//! Bounds of the document budget, each at its edge.

use std::{fmt::Write, time::Instant};

use async_graphql_parser::parse_query;
use serde_json::json;

use super::*;

const SDL: &str = "
type PageInfo @cost(weight: \"0\") { endCursor: String }
type Plan {
  id: ID!
  tasks(first: Int, last: Int, filter: Filter): TaskConnection! PAGE
  overview: PlanOverview! @cost(weight: \"11\")
}
type PlanOverview {
  nextDeadlines(first: Int = 5): [Task!]! @listSize(slicingArguments: [\"first\"])
  taskCount: Int!
  counts: [Int!]!
  sections: [Plan!]! @listSize(assumedSize: 30)
}
type Task { id: ID! plan: Plan parent: Task subTasks(first: Int): TaskConnection! PAGE unsaid: [Task!]! }
type TaskConnection @cost(weight: \"2\") { edges: [TaskEdge!]! pageInfo: PageInfo! totalCount: Int! }
type TaskEdge @cost(weight: \"0\") { cursor: String! node: Task! }
type Row { task: Task cells: [Cell!]! }
type Cell { task: Task value: Int }
type Grid { heads: [Task!]! @listSize(assumedSize: 20) rows: [Row!]! @listSize(assumedSize: 40) }
input Filter { text: String @cost(weight: \"20\") }
input Edits { rows: [ID!]! }
type Edited { rows: [Row!]! errors: [PageInfo!]! }
type Query {
  plan(id: ID): Plan task: Task open: Int
  nodes(ids: [ID!]!): [Task]! @listSize(slicingArguments: [\"ids\"])
  tasks(first: Int, last: Int, filter: Filter): TaskConnection! PAGE
  find(text: String @cost(weight: \"20\")): Task
  grid(down: [ID!], along: [ID!]): Grid! @cost(weight: \"11\")
    @listSize(assumedSize: 2400, slicingArguments: [\"down\", \"along\"], sizedFields: [\"rows.cells\"])
}
type Mutation {
  signIn: Int @cost(weight: \"10\")
  signOut: Int @cost(weight: \"10\")
  edit: Task @cost(weight: \"11\")
  editAll(input: Edits!): Edited! @cost(weight: \"11\")
    @listSize(slicingArguments: [\"input.rows\"], sizedFields: [\"rows\"])
}
";

fn index() -> SchemaIndex {
    let page = "@listSize(assumedSize: 50, slicingArguments: [\"first\", \"last\"], sizedFields: [\"edges\"])";
    SchemaIndex::parse(&SDL.replace("PAGE", page)).unwrap()
}

fn budget_with(query: &str, variables: &serde_json::Value) -> Result<u64, Refusal> {
    check_text(query)?;
    let document = parse_query(query).unwrap();
    let index = index();
    let variables = Variables::from_json(variables.clone());
    let chosen = crate::graphql::guard::chosen_operation(&document, None).map(|one| &one.node);
    check_document(&document, chosen, &variables, &index)
}

fn budget(query: &str) -> Result<u64, Refusal> {
    budget_with(query, &json!({}))
}

fn too_many(found: Result<u64, Refusal>) -> Option<&'static str> {
    match found.err()? {
        Refusal::TooMany { what, .. } => Some(what),
        _ => None,
    }
}

fn aliased(numbers: std::ops::Range<u32>, field: &str) -> String {
    numbers.fold(String::new(), |mut text, number| {
        let _ = write!(text, "a{number}:{field} ");
        text
    })
}

fn nested(levels: usize) -> String {
    format!(
        "{{ task {}{{ id }}{} }}",
        "{ parent ".repeat(levels),
        " }".repeat(levels)
    )
}

#[test]
fn objects_pages_and_lists_have_their_price() {
    assert_eq!(budget("{ open }"), Ok(0));
    assert_eq!(budget("{ task { id plan { id } } }"), Ok(2));
    assert_eq!(
        budget("{ tasks(first: 10) { edges { cursor node { id } } } }"),
        Ok(12)
    );
    assert_eq!(
        budget("{ tasks { edges { node { id } } pageInfo { endCursor } totalCount } }"),
        Ok(52)
    );
    assert_eq!(
        budget(
            "{ tasks(first: 10) { edges { node { subTasks(first: 4) { edges { node { id } } } } } } }"
        ),
        Ok(72)
    );
    assert_eq!(budget("{ nodes(ids: [1, 2, 3]) { id } }"), Ok(3));
    assert_eq!(
        budget("{ plan { overview { taskCount nextDeadlines { id } } } }"),
        Ok(17)
    );
    assert_eq!(
        budget("{ tasks(first: 1, filter: { text: \"a\" }) { edges { node { id } } } }"),
        Ok(23)
    );
    assert_eq!(budget("mutation { edit { id } }"), Ok(11));
}

#[test]
fn lists_have_the_size_that_is_said_of_them() {
    assert_eq!(budget("{ plan { overview { sections { id } } } }"), Ok(42));
    assert_eq!(budget("{ plan { overview { counts } } }"), Ok(12));
    assert_eq!(budget("{ task { unsaid { id } } }"), Ok(11));
    assert_eq!(budget("{ find(text: \"a\") { id } }"), Ok(21));
    assert_eq!(budget("{ find(text: null) { id } }"), Ok(1));
    assert_eq!(
        budget_with(
            "query($text: String) { find(text: $text) { id } }",
            &json!({ "text": null })
        ),
        Ok(1)
    );
}

#[test]
fn rows_of_a_mutation_are_those_of_its_input() {
    let query = "mutation($input: Edits!) { editAll(input: $input) { rows { task { id } } errors { endCursor } } }";
    let of = |rows: &[&str]| budget_with(query, &json!({ "input": { "rows": rows } }));
    assert_eq!(of(&[]), Ok(11));
    assert_eq!(of(&["a"]), Ok(13));
    assert_eq!(of(&["a", "b", "c"]), Ok(17));
    assert_eq!(
        budget("mutation { editAll(input: { rows: [1, 2] }) { rows { task { id } } } }"),
        Ok(15)
    );
}

#[test]
fn the_cells_of_a_grid_are_bounded_all_together() {
    let cells = "{ heads { id } rows { task { id } cells { task { id } } } }";
    assert_eq!(
        budget(&format!("{{ grid {cells} }}")),
        Ok(11 + 20 + 40 * 2 + 2_400 * 2)
    );
    assert_eq!(
        budget(&format!(
            "{{ grid(down: [1, 2], along: [1, 2, 3]) {cells} }}"
        )),
        Ok(11 + 20 + 40 * 2 + 6 * 2)
    );
    let fragmented = "{ grid { ...G } } fragment G on Grid { rows { ...R } } fragment R on Row { cells { value } }";
    assert_eq!(budget(fragmented), Ok(11 + 40 + 2_400));
}

fn measured(query: &str, data: serde_json::Value) -> u64 {
    let document = parse_query(query).unwrap();
    let operation = crate::graphql::guard::chosen_operation(&document, None).unwrap();
    let data = async_graphql::Value::from_json(data).unwrap();
    let variables = Variables::default();
    actual(&document, &operation.node, (&variables, &index()), &data)
}

#[test]
fn an_answer_costs_what_is_in_it() {
    let query = "{ tasks(first: 10, filter: { text: \"a\" }) { totalCount edges { cursor node { id plan { id } } } pageInfo { endCursor } } }";
    assert_eq!(budget(query), Ok(42));
    let node =
        |plan: serde_json::Value| json!({ "cursor": "c", "node": { "id": "1", "plan": plan } });
    let edges = json!([node(json!({ "id": "2" })), node(json!(null))]);
    let data =
        json!({ "tasks": { "totalCount": 2, "edges": edges, "pageInfo": { "endCursor": "c" } } });
    assert_eq!(measured(query, data), 25);
    assert_eq!(
        measured("{ task { id } open }", json!({ "task": null, "open": 1 })),
        0
    );
    assert_eq!(
        measured(
            "{ nodes(ids: [1, 2]) { id } }",
            json!({ "nodes": [{ "id": "1" }, null] })
        ),
        1
    );
    let aliased = "{ a: task { ...T } a: task { id } } fragment T on Task { plan { id } }";
    let data = json!({ "a": { "id": "1", "plan": { "id": "2" } } });
    assert_eq!(measured(aliased, data), 2);
    assert_eq!(budget(aliased), Ok(3));
    let skipped = "{ task { plan @include(if: false) { id } } }";
    assert_eq!(measured(skipped, json!({ "task": {} })), 1);
}

#[test]
fn what_is_not_in_the_schemas_text_costs_what_was_requested() {
    let standard = include_str!("introspection.graphql");
    let data = json!({ "__schema": { "types": [] } });
    assert_eq!(budget(standard), Ok(measured(standard, data)));
}

#[test]
fn page_sizes_are_read_from_variables_and_their_defaults() {
    let query = "query($n: Int = 7, $ids: [ID!]!) { tasks(first: $n) { edges { node { id } } } nodes(ids: $ids) { id } }";
    assert_eq!(budget_with(query, &json!({ "ids": ["a", "b"] })), Ok(11));
    assert_eq!(budget_with(query, &json!({ "n": 100, "ids": [] })), Ok(102));
    assert_eq!(
        budget_with(query, &json!({ "n": 20_000, "ids": [] })),
        Err(Refusal::Cost { requested: 20_002 })
    );
}

#[test]
fn pages_inside_pages_multiply() {
    let query = "{ tasks { edges { node { subTasks { edges { node { subTasks { edges { node { id } } } } } } } } } }";
    assert!(matches!(budget(query), Err(Refusal::Cost { requested }) if requested > 100_000));
    let fragmented = "{ tasks { ...P } } fragment P on TaskConnection { edges { ...E } } fragment E on TaskEdge { node { id } }";
    assert_eq!(budget(fragmented), Ok(52));
}

#[test]
fn fragments_that_double_each_other_are_refused_at_once() {
    let mut query = String::from("{ task { ...F0 ...F0 } }");
    for level in 0..8 {
        let _ = write!(
            query,
            " fragment F{level} on Task {{ parent {{ ...F{0} }} ...F{0} }}",
            level + 1
        );
    }
    query.push_str(" fragment F8 on Task { id }");
    let began = Instant::now();
    assert!(budget(&query).is_err());
    assert!(
        began.elapsed().as_millis() < 50,
        "took {:?}",
        began.elapsed()
    );

    let mut deep = String::from("{ task { ...F0 } }");
    for level in 0..25 {
        let _ = write!(
            deep,
            " fragment F{level} on Task {{ ...F{0} ...F{0} }}",
            level + 1
        );
    }
    deep.push_str(" fragment F25 on Task { id }");
    let began = Instant::now();
    assert_eq!(
        too_many(budget(&deep)),
        Some("fragments inside one another")
    );
    assert!(
        began.elapsed().as_millis() < 50,
        "took {:?}",
        began.elapsed()
    );
}

#[test]
fn unused_fragments_are_bounded_too() {
    let mut query = String::from("{ open }");
    for level in 0..9 {
        let _ = write!(
            query,
            " fragment F{level} on Task {{ {} }}",
            format!("...F{} ", level + 1).repeat(3)
        );
    }
    query.push_str(" fragment F9 on Task { id }");
    assert!(budget(&query).is_err());
}

#[test]
fn a_fragment_that_contains_itself_is_refused() {
    let found = budget(
        "{ task { ...A } } fragment A on Task { parent { ...B } } fragment B on Task { ...A }",
    );
    assert!(matches!(found, Err(Refusal::Cycle(_))));
    assert_eq!(found.unwrap_err().code(), "GRAPHQL_VALIDATION_FAILED");
}

#[test]
fn three_thousand_aliases_are_refused() {
    let aliases = aliased(0..1_500, "open");
    assert_eq!(
        too_many(budget(&format!("{{ {aliases} }}"))),
        None,
        "refused by tokens or text"
    );
    assert!(budget(&format!("{{ {aliases} }}")).is_err());
    let aliases = aliased(0..3_000, "__typename");
    assert_eq!(budget(&format!("{{ {aliases} }}")), Err(Refusal::Text));
    let some = aliased(0..31, "id");
    assert_eq!(
        too_many(budget(&format!("{{ task {{ {some} }} }}"))),
        Some("aliases")
    );
    let some = aliased(0..30, "id");
    assert_eq!(budget(&format!("{{ task {{ {some} }} }}")), Ok(1));
}

#[test]
fn depth_is_bounded_in_fields_and_in_brackets() {
    assert_eq!(budget(&nested(13)), Ok(14));
    assert_eq!(too_many(budget(&nested(14))), Some("levels"));
    assert_eq!(budget(&nested(400)), Err(Refusal::Nesting));
    let lists = format!(
        "{{ plan(id: {}1{}) {{ id }} }}",
        "[".repeat(5_000),
        "]".repeat(5_000)
    );
    assert_eq!(budget(&lists), Err(Refusal::Nesting));
}

#[test]
fn depth_counts_through_fragments() {
    let query = format!(
        "{{ task {{ ...A }} }} fragment A on Task {}{{ ...B }}{} fragment B on Task {}{{ id }}{}",
        "{ parent ".repeat(7),
        " }".repeat(7),
        "{ parent ".repeat(7),
        " }".repeat(7),
    );
    assert_eq!(too_many(budget(&query)), Some("levels"));
}

#[test]
fn root_fields_directives_and_repeats_are_bounded() {
    assert_eq!(
        too_many(budget(&format!("{{ {} }}", "open ".repeat(21)))),
        Some("root fields")
    );
    assert_eq!(
        too_many(budget(&format!(
            "{{ {}task {{ id }} }} fragment A on Query {{ open open open }}",
            "...A ".repeat(7)
        ))),
        Some("root fields")
    );
    let directives = "@include(if:true)".repeat(51);
    assert_eq!(
        too_many(budget(&format!("{{ open {directives} }}"))),
        Some("directives")
    );
    assert_eq!(
        too_many(budget(&format!("{{ task {{ {} }} }}", "id ".repeat(2_001)))),
        Some("fields")
    );
    assert_eq!(
        budget(&format!("{{ task {{ {} }} }}", "a ".repeat(4_001))),
        Err(Refusal::Tokens)
    );
}

#[test]
fn one_mutation_with_credentials_an_operation() {
    assert_eq!(budget("mutation { signIn }"), Ok(10));
    assert_eq!(
        too_many(budget(
            "mutation { a: signIn ...B } fragment B on Mutation { signOut }"
        )),
        Some("mutations with credentials")
    );
}

#[test]
fn strings_and_comments_are_no_tokens_of_their_own() {
    let brackets = "{".repeat(200);
    let query = format!("{{ plan(id: \"{brackets} \\\" {brackets}\") {{ id }} }} # {brackets}\n");
    assert_eq!(budget(&query), Ok(1));
    let block = format!("{{ plan(id: \"\"\"{brackets} \\\"\"\" {brackets}\"\"\") {{ id }} }}");
    assert_eq!(budget(&block), Ok(1));
    assert_eq!(check_text("{ a(b: \"never closed"), Ok(()));
}

#[test]
fn the_standard_introspection_query_passes_and_its_loops_do_not() {
    let standard = include_str!("introspection.graphql");
    assert!(budget(standard).is_ok(), "{:?}", budget(standard));
    let looped =
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    assert_eq!(too_many(budget(looped)), Some("lists of introspection"));
}

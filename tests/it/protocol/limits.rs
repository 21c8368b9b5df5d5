//! The budget of a document: what costs too much is refused before it costs anything.

use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use duban_tests::{Answer, Backend::Sqlite, TestApp};

fn many(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        text.push_str(&one(number));
        text.push(' ');
        text
    })
}

fn assert_too_expensive(answer: &Answer) {
    assert_eq!(answer.codes(), ["TOO_EXPENSIVE"], "{answer:.300?}");
    assert!(answer.json().get("data").is_none(), "nothing ran");
}

#[tokio::test]
async fn what_costs_too_much_is_refused_at_once() {
    let app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    let deep = format!(
        "{{ task(id: \"2025-14\") {}code{} }}",
        "{ parent ".repeat(20),
        " }".repeat(20)
    );
    let wide = "{ tasks(first: 200) { edges { node { clauses(first: 200) { edges { node { id } } } } } } }";
    for query in [
        format!(
            "{{ {} }}",
            many(31, |number| format!("a{number}: __typename"))
        ),
        format!("{{ {} }}", many(3_000, |_| "__typename".to_owned())),
        format!("{{ {} }}", many(21, |_| "__typename".to_owned())),
        format!(
            "{{ __typename {} }}",
            many(60, |_| "@skip(if: false)".to_owned())
        ),
        deep,
        wide.to_owned(),
        format!(
            "{{ tasks(filter: {{ text: \"{}\" }}) {{ totalCount }} }}",
            "长".repeat(6_000)
        ),
        format!(
            "{{ tasks(filter: {{ kind: [{}] }}) {{ totalCount }} }}",
            "WORK_POINT ".repeat(4_000)
        ),
        format!("{}{}", "{ a".repeat(60), " }".repeat(60)),
    ] {
        let began = Instant::now();
        let answer = viewer.ask(&query).await;
        assert!(began.elapsed() < Duration::from_secs(2), "{query:.80}");
        assert_too_expensive(&answer);
    }
}

#[tokio::test]
async fn fragments_that_double_each_other_are_refused_in_no_time() {
    let app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    for levels in [9, 16, 25, 40] {
        let mut query = String::from("{ ...F0 }");
        for level in 0..levels {
            write!(
                query,
                " fragment F{level} on Query {{ ...F{0} ...F{0} }}",
                level + 1
            )
            .expect("text");
        }
        write!(query, " fragment F{levels} on Query {{ __typename }}").expect("text");
        let began = Instant::now();
        assert_too_expensive(&viewer.ask(&query).await);
        assert!(began.elapsed() < Duration::from_secs(1), "{levels} levels");
    }
    let cycle = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }";
    assert_eq!(
        viewer.ask(cycle).await.codes(),
        ["GRAPHQL_VALIDATION_FAILED"]
    );
}

#[tokio::test]
async fn one_request_tries_one_password() {
    let app = TestApp::start(Sqlite).await;
    let attempt = |number: usize| {
        format!(
            "a{number}: signIn(input: {{ account: \"officer\", password: \"guess-{number}\" }}) {{ accessToken }}"
        )
    };
    let query = format!("mutation {{ {} }}", many(2, attempt));
    assert_too_expensive(&app.anonymous().ask(&query).await);
}

#[tokio::test]
async fn every_answer_tells_its_cost() {
    let app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    let cost = |answer: &Answer| {
        let cost = &answer.json()["extensions"]["cost"];
        assert_eq!(cost["limit"], 30_000, "{answer:?}");
        cost["requested"].as_u64().expect("a cost")
    };
    let small = viewer
        .ask("{ tasks(first: 1) { edges { node { code } } } }")
        .await;
    let large = viewer
        .ask("{ tasks(first: 100) { edges { node { code } } } }")
        .await;
    assert!(
        cost(&small) < cost(&large) && cost(&large) >= 100,
        "{small:?} {large:?}"
    );
    let unsaid = viewer.ask("{ tasks { edges { node { code } } } }").await;
    let said = viewer
        .ask("{ tasks(first: 50) { edges { node { code } } } }")
        .await;
    assert_eq!(cost(&unsaid), cost(&said));
    for query in [
        "{ nonsense }",
        "{ plans {",
        "{ tasks(first: 201) { totalCount } }",
    ] {
        cost(&viewer.ask(query).await);
    }
    cost(&app.anonymous().ask("{ plans { totalCount } }").await);
    let refused = viewer
        .ask("{ tasks(first: 200) { edges { node { clauses(first: 200) { edges { node { id } } } } } } }")
        .await;
    assert!(cost(&refused) > 10_000);
}

#[tokio::test]
async fn a_variable_costs_what_it_says() {
    let app = TestApp::start(Sqlite).await;
    let viewer = app.viewer().await;
    let query = "query($first: Int) { tasks(first: $first) { edges { node {
        clauses(first: $first) { edges { node { id } } } } } } }";
    let answer = viewer
        .ask_with(query, serde_json::json!({ "first": 200 }))
        .await;
    assert_too_expensive(&answer);
    let answer = viewer
        .ask_with(query, serde_json::json!({ "first": 5 }))
        .await;
    assert_eq!(answer.list("/tasks/edges").len(), 5);
}

/// The introspection query of graphql-js, which tools send.
const STANDARD: &str =
    "query IntrospectionQuery { __schema { queryType { name } mutationType { name }
  subscriptionType { name } types { ...FullType }
  directives { name description locations args { ...InputValue } } } }
fragment FullType on __Type { kind name description
  fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef }
    isDeprecated deprecationReason }
  inputFields { ...InputValue } interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name
  ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }";

#[tokio::test]
async fn introspection_is_for_those_who_are_signed_in() {
    let app = TestApp::start(Sqlite).await;
    let answer = app.viewer().await.ask(STANDARD).await;
    assert!(answer.list("/__schema/types").len() > 50);
    for query in [
        STANDARD,
        "{ __schema { queryType { name } } }",
        "{ __type(name: \"Plan\") { name } }",
    ] {
        let answer = app.anonymous().ask(query).await;
        assert_eq!(
            (answer.status(), answer.codes()),
            (401, vec!["UNAUTHENTICATED"]),
            "{query:.40}"
        );
    }
    assert_eq!(
        app.anonymous()
            .ask("{ __typename }")
            .await
            .text("/__typename"),
        "Query"
    );
}

#[tokio::test]
async fn introspection_may_be_opened() {
    let content = duban_tests::Content::Organisation;
    let app = TestApp::start_with(Sqlite, content, |settings| {
        settings.is_introspection_public = true;
    })
    .await;
    assert!(
        app.anonymous()
            .ask(STANDARD)
            .await
            .list("/__schema/types")
            .len()
            > 50
    );
}

#[tokio::test]
async fn introspection_that_turns_in_circles_is_refused() {
    let app = TestApp::start(Sqlite).await;
    let query =
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    assert_too_expensive(&app.viewer().await.ask(query).await);
}

#[tokio::test]
async fn no_field_is_suggested_to_those_who_guess() {
    let app = TestApp::start(Sqlite).await;
    let answer = app
        .anonymous()
        .ask("{ planss { totalCount } viewr { id } }")
        .await;
    assert!(!answer.body().contains("Did you mean"), "{answer:?}");
    assert!(!answer.body().contains("plans\\\""), "{answer:?}");
}

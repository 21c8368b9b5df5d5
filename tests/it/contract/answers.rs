//! The form of answers: keys in the order of the query, nulls and errors where they belong.

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;
use sea_orm::{ConnectionTrait, Database};

/// Takes a table away, so that what reads it fails as it does on a broken disk.
async fn break_table(app: &TestApp, table: &str) {
    let db = Database::connect(app.database().url())
        .await
        .expect("a connection");
    db.execute_unprepared(&format!("ALTER TABLE {table} RENAME TO broken_{table}"))
        .await
        .expect("a table to be broken");
    db.close().await.expect("the end of a connection");
}

/// The name in the query at the place where an error stands.
fn field_of<'a>(query: &'a str, answer: &Answer) -> &'a str {
    let place = &answer.errors()[0]["locations"][0];
    let number = |name: &str| {
        place[name]
            .as_u64()
            .and_then(|one| usize::try_from(one).ok())
    };
    let (line, column) = number("line").zip(number("column")).expect("a place");
    let rest = &query.lines().nth(line - 1).expect("the line")[column - 1..];
    rest.split(|one: char| !one.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

/// The errors say what a broken store may say: a code, a request id, and nothing of the store.
fn assert_tells_nothing(answer: &Answer) {
    for error in answer.errors() {
        let extensions = error["extensions"].as_object().expect("extensions");
        let mut keys: Vec<&str> = extensions.keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["code", "requestId"], "{answer:?}");
        assert_eq!(extensions["requestId"], answer.header("x-request-id"));
    }
    assert!(!answer.body().contains("table"), "{answer:?}");
}

#[rstest]
#[tokio::test]
async fn keys_come_in_the_order_of_the_query(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let answer = officer
        .ask(
            "{ later: task(id: \"2025-14\") { z: title lead { name code } code section { title } a: code
                 ... on Task { metrics(first: 1) { pageInfo { hasNextPage } totalCount } } plan { year } kind }
               b: __typename plan(id: \"2025\") { year title } instance { version } }",
        )
        .await;
    answer.data();
    let order = [
        "\"data\"",
        "\"later\"",
        "\"z\"",
        "\"lead\"",
        "\"name\"",
        "\"code\"",
        "\"code\"",
        "\"section\"",
        "\"title\"",
        "\"a\"",
        "\"metrics\"",
        "\"pageInfo\"",
        "\"hasNextPage\"",
        "\"totalCount\"",
        "\"plan\"",
        "\"year\"",
        "\"kind\"",
        "\"b\"",
        "\"plan\"",
        "\"year\"",
        "\"title\"",
        "\"instance\"",
        "\"version\"",
    ];
    let mut rest = answer.body();
    for key in order {
        let at = rest.find(&format!("{key}:"));
        let at = at.unwrap_or_else(|| panic!("{key} in its place: {answer:?}"));
        rest = &rest[at + key.len()..];
    }
}

#[rstest]
#[tokio::test]
async fn the_same_question_has_the_same_bytes(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let query = "{ tasks(first: 40) { edges { node { code lead { name } section { title }
        metrics { edges { node { value unit } } } } } } }";
    let first = officer.ask(query).await;
    for _ in 0..4 {
        assert_eq!(officer.ask(query).await.body(), first.body());
    }
}

#[rstest]
#[tokio::test]
async fn a_hidden_field_is_null_beside_its_siblings(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let query = "{ plan(id: \"2025\") { code importedBy { login } title }
        plans(first: 1) { edges { node { importedBy { id } year } } } }";
    let answer = app.viewer().await.ask(query).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.text("/plan/code"), "2025");
    assert!(answer.at("/plan/importedBy").is_null());
    assert!(answer.text("/plan/title").contains("2025"));
    assert_eq!(answer.number("/plans/edges/0/node/year"), 2025);
    let mut faults = answer.faults();
    faults.sort();
    assert_eq!(
        faults,
        [
            "FORBIDDEN at plan.importedBy",
            "FORBIDDEN at plans.edges.0.node.importedBy"
        ]
    );
    let officer = app.officer().await.ask(query).await;
    assert_eq!(officer.errors().len(), 0);
    assert_eq!(officer.text("/plan/importedBy/login"), "demo-officer");
}

#[rstest]
#[tokio::test]
async fn a_nullable_field_that_fails_keeps_its_siblings(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    break_table(&app, "section").await;
    let answer = officer
        .ask("{ task(id: \"2025-14\") { code section { title } title plan { year } } }")
        .await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.text("/task/code"), "2025-14");
    assert!(answer.at("/task/section").is_null());
    assert_eq!(answer.number("/task/plan/year"), 2025);
    assert_eq!(answer.faults(), ["INTERNAL at task.section"]);
    assert_tells_nothing(&answer);
}

#[rstest]
#[tokio::test]
async fn a_field_that_must_not_be_null_takes_the_nearest_parent_that_may(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    break_table(&app, "milestone").await;
    let query = "{
      gone: task(id: \"2025-14\") {
        code title plan { year tasks(first: 1) { edges { node { milestones { totalCount } } } } }
      }
      kept: task(id: \"2025-15\") { code } viewer { account { login } }
    }";
    let answer = officer.ask(query).await;
    assert_eq!(answer.status(), 200);
    // Task.plan is the nearest that may be null: the task itself stays.
    assert!(answer.at("/gone/plan").is_null(), "{answer:?}");
    assert_eq!(answer.text("/gone/code"), "2025-14");
    assert_eq!(answer.text("/kept/code"), "2025-15");
    assert_eq!(answer.text("/viewer/account/login"), "officer");
    // The path ends above the field, at its row (decision 0001); the place in the query tells it.
    assert_eq!(answer.faults(), ["INTERNAL at gone.plan.tasks.edges.0"]);
    assert_eq!(field_of(query, &answer), "milestones");
    assert_tells_nothing(&answer);
}

#[rstest]
#[tokio::test]
async fn a_root_field_that_must_not_be_null_takes_the_whole_data(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    break_table(&app, "milestone").await;
    let query = "{ viewer { canReadPlans }
      tasks(first: 2) { edges { node { code milestones { totalCount } } } } }";
    let answer = officer.ask(query).await;
    assert_eq!(answer.status(), 200, "it ran");
    assert!(answer.json()["data"].is_null() && answer.json().get("data").is_some());
    assert_eq!(answer.faults(), ["INTERNAL at tasks.edges.0"]);
    assert_eq!(field_of(query, &answer), "milestones");
    assert_tells_nothing(&answer);
}

/// What lies ready is written as text, but not where a field is asked twice.
#[rstest]
#[tokio::test]
async fn what_is_written_at_once_is_what_the_executor_says(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let figure = "verified provisional expected onTime late missing notApplicable waiting completeness timeliness";
    let cells =
        format!("period department {{ code }} toDate {{ {figure} }} ofPeriod {{ {figure} }}");
    let page = |list: &str| format!("{list} {{ edges {{ cursor node {{ WORDS }} }} }}");
    for (question, words) in [
        (
            page("departments(first: 60)"),
            "id code name shortName otherNames kind position venueFrom venueTo validFrom validTo version",
        ),
        (
            page("plans(first: 5)"),
            "id code title issuingBody documentNumber year issuedOn recipients state version
             sourceFile sourceCharacters importedAt issuedAt isDemo",
        ),
        (
            format!("plan(id: \"2025\") {{ {} }}", page("sections(first: 50)")),
            "id key ordinal title level position partIndex start end",
        ),
        (
            format!("plan(id: \"2025\") {{ {} }}", page("clauses(first: 200)")),
            "id kind block position text start end partIndex",
        ),
        (
            page("metrics(first: 50)"),
            "id code name phrase value unit comparator by isPerYear isTentative timeAggregation
             treeAggregation reportingLevel isEvidenceAsked start end position version",
        ),
        (
            page("tasks(first: 50)"),
            "id code kind state number ordinal title text position version updatedAt isRoleStated
             hasOthersUnnamed deadline deadlineText start end",
        ),
        (
            "metricRollup(metric: \"2025-19-M2\", under: \"HNAST\", depth: 1) {
                rows { department { code name } cells { WORDS } } }"
                .to_owned(),
            &cells,
        ),
    ] {
        let data = async |words: &str| {
            let query = format!("{{ {} }}", question.replace("WORDS", words));
            let answer = officer.ask(&query).await;
            answer.data();
            let (data, _) = answer.body().split_once(",\"extensions\"").expect("data");
            data.to_owned()
        };
        let twice = words.replace("verified", "verified verified");
        let first = words.split(' ').next().unwrap_or_default();
        let at_once = data(words).await;
        assert!(at_once.len() > 500, "{at_once}");
        assert_eq!(data(&format!("{twice} {first}")).await, at_once);
    }
}

//! Rows that are remembered: read once, and read again after whatever has changed them.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, Person, PlanText, TestApp, keep_callers,
};
use rstest::rstest;
use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::{Value, json};

use crate::sql;

/// Everything that is remembered, in one operation.
const READ: &str = r#"{
  plan(id: "2025") {
    code title documentNumber
    overview {
      taskCount metricCount
      byState { state count }
      bySection { section { title } taskCount }
      byDepartment { department { shortName } leadCount supportCount }
      nextDeadlines(first: 5) { code title }
    }
    sections(first: 50) { edges { node { title } } }
  }
  plans(first: 20) { edges { node { code title } } }
  departments(first: 200) { edges { node { code name parent { code } } } }
  department(id: "410100") { name ancestors { name } children(first: 50) { edges { node { name } } } }
  tasks(first: 200, filter: { plan: "2025" }) {
    totalCount
    edges { node {
      code title state deadline
      plan { title } section { title } lead { name }
      metrics(first: 10) { edges { node { code name unit } } }
      assignments(first: 10) { edges { node { role department { name } } } }
    } }
  }
  task(id: "2025-14") { title lead { name } }
  metric(id: "2025-13-M1") { name }
  metrics(first: 200, filter: { plan: "2025" }) { edges { node { name } } }
}"#;

/// A server that remembers rows and no answers. Who somebody is stays known, so that only what is asked
/// costs statements.
async fn start(backend: Backend) -> TestApp {
    let content = (backend, Content::Plan2025);
    TestApp::start_both(content, keep_callers, |settings| {
        settings.limits.answers = 0;
    })
    .await
}

async fn read(person: &Person) -> Value {
    let answer = person.ask(READ).await;
    assert!(answer.errors().is_empty(), "{answer:?}");
    answer.data().clone()
}

#[rstest]
#[tokio::test]
async fn what_was_read_once_is_not_read_again(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = start(backend).await;
    let officer = app.officer().await;
    let (first, statements) = app.counting(read(&officer)).await;
    assert!(statements > 10, "{statements}");
    let (again, statements) = app.counting(read(&officer)).await;
    assert_eq!(statements, 0);
    assert_eq!(again, first);
}

#[rstest]
#[tokio::test]
async fn nothing_is_remembered_where_that_is_off(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_counting(backend).await;
    let officer = app.officer().await;
    read(&officer).await;
    let (_, statements) = app.counting(read(&officer)).await;
    assert!(statements > 10, "{statements}");
}

/// What is changed by hand in each of the tables, and what comes of it is what was not there before.
const CHANGES: [&str; 11] = [
    "UPDATE plan SET title = '改过的要点' WHERE code = '2025'",
    "UPDATE section SET title = '改过的章' WHERE position = 1",
    "UPDATE department SET name = '改过的单位', short_name = '改过的单位' WHERE code = '410100'",
    "UPDATE task SET title = '改过的任务' WHERE code = '2025-14'",
    "UPDATE metric SET name = '改过的指标' WHERE code = '2025-13-M1'",
    "UPDATE assignment SET department_id = (SELECT id FROM department WHERE code = '410100')
     WHERE role = 'LEAD' AND task_id = (SELECT id FROM task WHERE code = '2025-14')",
    "UPDATE department_closure SET ancestor_id = (SELECT id FROM department WHERE code = '410200')
     WHERE depth = 1 AND descendant_id = (SELECT id FROM department WHERE code = '410100')",
    "UPDATE task SET deadline = '2025-06-30' WHERE code = '2025-15'",
    "DELETE FROM assignment WHERE role = 'SUPPORT'",
    "UPDATE metric SET task_id = NULL WHERE code = '2025-13-M1'",
    "UPDATE plan SET document_number = '改〔2025〕1号' WHERE code = '2025'",
];

#[rstest]
#[tokio::test]
async fn whatever_is_changed_by_hand_is_in_the_next_answer(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = start(backend).await;
    let officer = app.officer().await;
    let db = sql::connect(&app).await;
    for change in CHANGES {
        let before = read(&officer).await;
        let tx = db.begin().await.expect("a transaction");
        let done = tx.execute_unprepared(change).await;
        done.unwrap_or_else(|error| panic!("{change}: {error}"));
        assert!(
            read(&officer).await == before,
            "not committed yet: {change}"
        );
        tx.commit().await.expect("a commit");
        let after = officer.ask(READ).await;
        assert!(*after.data() != before, "{change}");
    }
    db.close().await.expect("the end of a connection");
}

#[rstest]
#[tokio::test]
async fn what_is_taken_back_changes_nothing(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = start(backend).await;
    let officer = app.officer().await;
    let before = read(&officer).await;
    let db = sql::connect(&app).await;
    for change in CHANGES {
        let tx = db.begin().await.expect("a transaction");
        let done = tx.execute_unprepared(change).await;
        done.unwrap_or_else(|error| panic!("{change}: {error}"));
        tx.rollback().await.expect("the end of a transaction");
        assert!(read(&officer).await == before, "{change}");
    }
    db.close().await.expect("the end of a connection");
}

#[rstest]
#[tokio::test]
async fn what_is_done_is_in_the_next_answer(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = start(backend).await;
    let officer = app.officer().await;
    for year in 2031..2034 {
        let before = read(&officer).await;
        officer.import(&PlanText::of_points(year, 3)).await;
        assert!(read(&officer).await != before, "{year}");
    }
}

#[rstest]
#[tokio::test]
async fn what_one_may_see_another_is_not_shown(#[values(Sqlite, Postgres)] backend: Backend) {
    const PLANS: &str = "{ plans(first: 50) { edges { node { code } } } }";
    let app = start(backend).await;
    let officer = app.officer().await;
    let draft = officer.import(&PlanText::of_points(2031, 3)).await;
    let stranger = app.municipal_reporter("410300").await;
    for _ in 0..2 {
        let seen = officer.ask(PLANS).await.nodes("/plans", "code");
        assert!(seen.contains(&draft), "{seen:?}");
        let seen = stranger.ask(PLANS).await.nodes("/plans", "code");
        assert!(!seen.contains(&draft), "{seen:?}");
        let query = "query($id: ID!) { plan(id: $id) { code } }";
        let found = stranger.ask_with(query, json!({ "id": draft })).await;
        assert_eq!(found.data()["plan"], Value::Null);
        let found = officer.ask_with(query, json!({ "id": draft })).await;
        assert_eq!(found.text("/plan/code"), draft);
    }
}

/// Figures are told from sums that are read again after each write, of whatever.
#[rstest]
#[tokio::test]
async fn figures_are_told_anew_after_each_write(#[values(Sqlite, Postgres)] backend: Backend) {
    const FIGURE: &str = r#"{ metricRollup(metric: "2025-19-M2",
      departments: ["410100", "410300"], from: "2025-01", until: "2025-12") {
      rows { department { code } cells { period ofPeriod { waiting onTime late } } } } }"#;
    let app = start(backend).await;
    let officer = app.officer().await;
    let first = officer.ask(FIGURE).await;
    assert!(first.errors().is_empty(), "{first:?}");
    let (again, statements) = app.counting(officer.ask(FIGURE)).await;
    assert_eq!((again.data(), statements), (first.data(), 0));
    sql::run(
        &app,
        "UPDATE account SET display_name = '别人' WHERE login = 'viewer'",
    )
    .await;
    let (_, statements) = app.counting(officer.ask(FIGURE)).await;
    assert!(statements > 0, "something was written");
}

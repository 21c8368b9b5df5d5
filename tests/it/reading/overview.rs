//! The counts of the dashboard, held against the lists that they count.

use std::collections::BTreeMap;

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;
use serde_json::Value;

async fn overview(backend: Backend) -> (TestApp, Answer) {
    let app = TestApp::start(backend).await;
    let query = "{ plan(id: \"2025\") {
      overview { taskCount metricCount taskWithMetricCount taskWithDeadlineCount
        byState { state count } byKind { kind count }
        bySection { section { key tasks { totalCount } } taskCount metricCount }
        byDepartment { department { code leadCount supportCount } leadCount supportCount } }
      withMetric: tasks(filter: { hasMetric: true }) { totalCount }
      tasks(first: 200) { edges { node { state kind deadline section { key }
        metrics { totalCount } } } }
    } }";
    let answer = app.viewer().await.ask(query).await;
    (app, answer)
}

fn rows<'a>(answer: &'a Answer, list: &str) -> &'a [Value] {
    answer.list(&format!("/plan/overview/{list}"))
}

#[rstest]
#[tokio::test]
async fn the_whole_is_counted(#[values(Sqlite, Postgres)] backend: Backend) {
    let (_app, answer) = overview(backend).await;
    let overview = answer.at("/plan/overview");
    assert_eq!(overview["taskCount"], 36);
    assert_eq!(overview["metricCount"], 16);
    assert_eq!(
        overview["taskWithMetricCount"],
        answer.count("/plan/withMetric/totalCount")
    );
    let tasks = answer.list("/plan/tasks/edges").iter();
    let with_deadline = tasks
        .filter(|task| !task["node"]["deadline"].is_null())
        .count();
    assert_eq!(overview["taskWithDeadlineCount"], with_deadline);
}

#[rstest]
#[case::by_state("byState", "state")]
#[case::by_kind("byKind", "kind")]
#[tokio::test]
async fn every_group_is_counted(
    #[case] list: &str,
    #[case] field: &str,
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let (_app, answer) = overview(backend).await;
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for task in answer.list("/plan/tasks/edges") {
        *counts
            .entry(task["node"][field].as_str().expect("a value"))
            .or_default() += 1;
    }
    let told: BTreeMap<&str, u64> = rows(&answer, list)
        .iter()
        .map(|row| {
            let key = row[field].as_str().expect("a value");
            (key, row["count"].as_u64().expect("a count"))
        })
        .collect();
    assert_eq!(told, counts);
}

#[rstest]
#[tokio::test]
async fn every_chapter_is_counted(#[values(Sqlite, Postgres)] backend: Backend) {
    let (_app, answer) = overview(backend).await;
    let sections = rows(&answer, "bySection");
    assert_eq!(sections.len(), 8);
    for row in sections {
        assert_eq!(
            row["taskCount"], row["section"]["tasks"]["totalCount"],
            "{row}"
        );
        let metrics: u64 = answer
            .list("/plan/tasks/edges")
            .iter()
            .filter(|task| task["node"]["section"]["key"] == row["section"]["key"])
            .map(|task| {
                task["node"]["metrics"]["totalCount"]
                    .as_u64()
                    .expect("a count")
            })
            .sum();
        assert_eq!(row["metricCount"], metrics, "{row}");
    }
}

#[rstest]
#[tokio::test]
async fn every_department_is_counted_the_busiest_first(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let (_app, answer) = overview(backend).await;
    let departments = rows(&answer, "byDepartment");
    assert_eq!(departments.len(), 10);
    let lead = |row: &Value| row["leadCount"].as_u64().expect("a count");
    assert!(
        departments.is_sorted_by(|one, next| lead(one) >= lead(next)),
        "{departments:?}"
    );
    for row in departments {
        assert_eq!(
            row["leadCount"], row["department"]["leadCount"],
            "one plan only: {row}"
        );
        assert_eq!(
            row["supportCount"], row["department"]["supportCount"],
            "{row}"
        );
    }
}

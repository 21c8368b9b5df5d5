//! smoke
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    PlanText, TestApp,
};
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn the_plan_of_2025_is_there(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let answer = officer
        .ask("{ plan(id: \"2025\") { state tasks { totalCount } } viewer { account { login } } }")
        .await;
    assert_eq!(answer.number("/plan/tasks/totalCount"), 36);
}

#[rstest]
#[tokio::test]
async fn a_plan_of_points_is_read_point_by_point(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let officer = app.officer().await;
    let code = officer.import(&PlanText::of_points(2031, 20)).await;
    let answer = officer
        .ask_with(
            "query($id: ID!) { plan(id: $id) { state sections { totalCount } tasks { totalCount } metrics { totalCount } } }",
            serde_json::json!({ "id": code }),
        )
        .await;
    assert_eq!(answer.number("/plan/tasks/totalCount"), 20);
    assert_eq!(answer.number("/plan/sections/totalCount"), 5);
    assert_eq!(answer.number("/plan/metrics/totalCount"), 20);
}

//! Figures: exact decimals, metrics, milestones, the counts of the dashboard.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    PlanText, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

#[rstest]
#[tokio::test]
async fn the_sixteen_targets_of_2025_are_exact(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let answer = app
        .viewer()
        .await
        .ask(
            "{ metrics(filter: { plan: \"2025\" }) { edges { node { code comparator value unit
                 isTentative isPerYear by } } } }",
        )
        .await;
    let told: Vec<String> = answer
        .list("/metrics/edges")
        .iter()
        .map(|edge| {
            let node = &edge["node"];
            let text = |name: &str| node[name].as_str().expect("a text");
            format!(
                "{} {} {} {}",
                text("code"),
                text("comparator"),
                text("value"),
                text("unit")
            )
        })
        .collect();
    insta::allow_duplicates! {
    insta::assert_snapshot!(told.join("\n"), @"
2025-03-M1 EQUAL 4 个
2025-06-M1 EQUAL 120 名
2025-06-M2 AT_LEAST 5 所
2025-09-M1 AT_LEAST 40 场
2025-10-M1 EQUAL 9 家
2025-13-M1 MORE_THAN 15 %
2025-16-M1 EQUAL 3 个
2025-16-M2 MORE_THAN 3000000 人次
2025-16-M3 EQUAL 32 家
2025-16-M4 MORE_THAN 10000000 人次
2025-19-M1 AT_LEAST 1000 名
2025-19-M2 AT_LEAST 10000 场
2025-21-M1 EQUAL 15 项
2025-21-M2 EQUAL 140 项
2025-23-M1 AT_LEAST 10 项
2025-K09-M1 EQUAL 3 个
");
        }
}

#[rstest]
#[tokio::test]
async fn one_figure_seen_twice_and_figures_inside_figures_are_declared(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let answer = app
        .viewer()
        .await
        .ask(
            "{ again: metric(id: \"2025-K09-M1\") { sameAs { code } reportingLevel task { code } plan { code } }
               wide: metric(id: \"2025-16-M4\") { contains { code } sameAs { code } treeAggregation
                 timeAggregation reportingLevel clause { task { code } metrics { edges { node { code } } } } } }",
        )
        .await;
    assert_eq!(answer.text("/again/sameAs/code"), "2025-16-M1");
    assert_eq!(answer.text("/again/task/code"), "2025-K09");
    assert_eq!(
        answer.at("/wide/contains"),
        &json!([{ "code": "2025-16-M2" }])
    );
    assert!(answer.at("/wide/sameAs").is_null());
    assert_eq!(answer.text("/wide/reportingLevel"), "VENUE");
    assert_eq!(answer.text("/wide/clause/task/code"), "2025-16");
    let stated = answer.nodes("/wide/clause/metrics", "code");
    assert!(stated.contains(&"2025-16-M4".to_owned()), "{stated:?}");
}

/// The id and version of the first task and its first metric in a fresh draft.
async fn draft(app: &TestApp) -> (duban_tests::Person, Value) {
    let officer = app.officer().await;
    officer.import(&PlanText::of_points(2031, 5)).await;
    let answer = officer
        .ask("{ metric(id: \"2031-01-M1\") { id version } task(id: \"2031-01\") { id version } }")
        .await;
    let data = answer.data().clone();
    (officer, data)
}

#[rstest]
#[tokio::test]
async fn decimals_come_back_as_they_went_in(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let (officer, draft) = draft(&app).await;
    let mut version = draft["metric"]["version"].as_i64().expect("a version");
    for (given, kept) in [
        ("10000000", "10000000"),
        ("0.0001", "0.0001"),
        ("15.5", "15.5"),
        ("15.50", "15.5"),
        ("100.000", "100"),
        ("123456789012.3456", "123456789012.3456"),
        ("900000000000000", "900000000000000"),
        ("0", "0"),
    ] {
        let input = json!({ "metricId": "2031-01-M1", "expectedVersion": version, "value": given });
        let answer = officer
            .change("updateMetric", input, "metric { value version }")
            .await;
        assert_eq!(answer.user_errors("updateMetric"), [""; 0], "{given}");
        assert_eq!(answer.text("/updateMetric/metric/value"), kept);
        version = answer.number("/updateMetric/metric/version");
        let read = officer
            .ask("{ metric(id: \"2031-01-M1\") { value } }")
            .await;
        assert_eq!(read.text("/metric/value"), kept);
    }
}

#[rstest]
#[tokio::test]
async fn what_is_no_exact_decimal_is_refused(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let (officer, draft) = draft(&app).await;
    for given in [
        json!("0.00001"),
        json!("1e5"),
        json!("900000000000000.0001"),
        json!("99999999999999999999"),
        json!("１５"),
        json!("十五"),
        json!(""),
        json!("15,5"),
        json!("NaN"),
        json!("0x10"),
        json!(15.5),
        json!(true),
    ] {
        let version = &draft["metric"]["version"];
        let input = json!({ "metricId": "2031-01-M1", "expectedVersion": version, "value": given });
        let answer = officer
            .change("updateMetric", input, "metric { value }")
            .await;
        let is_mendable =
            answer.errors().is_empty() && !answer.user_errors("updateMetric").is_empty();
        assert!(
            is_mendable || !answer.codes().is_empty(),
            "{given}: {answer:?}"
        );
        assert!(!answer.codes().contains(&"INTERNAL"), "{given}: {answer:?}");
        let read = officer
            .ask("{ metric(id: \"2031-01-M1\") { value } }")
            .await;
        assert_eq!(read.text("/metric/value"), "15", "{given}");
    }
}

#[rstest]
#[tokio::test]
async fn milestones_stand_in_their_order(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let answer = app
        .viewer()
        .await
        .ask(
            "{ task(id: \"2025-03\") { milestones { totalCount edges { node { title dueOn state
                 position version task { code } } } } } }",
        )
        .await;
    assert_eq!(answer.number("/task/milestones/totalCount"), 2);
    let first = answer.at("/task/milestones/edges/0/node");
    assert_eq!(first["dueOn"], "2025-05-30");
    assert_eq!(first["state"], "OPEN");
    assert_eq!(first["task"]["code"], "2025-03");
    assert!(answer.at("/task/milestones/edges/1/node/dueOn").is_null());
    let positions = answer.nodes("/task/milestones", "position");
    assert!(positions.is_sorted(), "{positions:?}");
}

#[rstest]
#[tokio::test]
async fn the_next_deadlines_are_the_first_ones(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let mut plan =
        PlanText::new(2031)
            .chapter("推进各项工作")
            .point("无期限工作", "抓好落实。", "办公室");
    for month in [11, 4, 9, 6, 10, 5, 12] {
        plan = plan.point(
            &format!("做好{month}月工作"),
            &format!("{month}月底前完成总结。"),
            "办公室",
        );
    }
    officer.import(&plan).await;
    let query = "query($first: Int! = 5) { plan(id: \"2031\") { overview { taskWithDeadlineCount
        nextDeadlines(first: $first) { code deadline } } } }";
    let answer = officer.ask(query).await;
    let dates: Vec<&str> = answer
        .list("/plan/overview/nextDeadlines")
        .iter()
        .filter_map(|one| one["deadline"].as_str())
        .collect();
    assert_eq!(
        dates,
        [
            "2031-04-30",
            "2031-05-31",
            "2031-06-30",
            "2031-09-30",
            "2031-10-31"
        ]
    );
    assert_eq!(answer.number("/plan/overview/taskWithDeadlineCount"), 7);
    let all = officer.ask_with(query, json!({ "first": 50 })).await;
    assert_eq!(all.list("/plan/overview/nextDeadlines").len(), 7);
    let plan = officer.ask("{ plan(id: \"2031\") { version } }").await;
    let input = json!({ "planId": "2031", "expectedVersion": plan.number("/plan/version") });
    officer.change("issuePlan", input, "plan { state }").await;
    let leader = app.leader().await;
    let task = leader.ask("{ task(id: \"2031-03\") { id version } }").await;
    let input = json!({ "taskId": task.text("/task/id"), "reason": "不再办理",
        "expectedVersion": task.number("/task/version") });
    let cancelled = leader.change("cancelTask", input, "task { state }").await;
    assert_eq!(
        cancelled.text("/cancelTask/task/state"),
        "CANCELLED",
        "{cancelled:?}"
    );
    let left = officer.ask(query).await;
    assert_eq!(
        left.text("/plan/overview/nextDeadlines/0/deadline"),
        "2031-05-31"
    );
    for wrong in [-1, 51] {
        let answer = officer.ask_with(query, json!({ "first": wrong })).await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
    }
}

//! The plan check (文件体检) of the founding plan, over the API.

use std::collections::BTreeMap;

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;
use serde_json::Value;

const QUERY: &str = "{ plan(id: \"2025\") { findings { code severity message
    figures { name value } task { code kind } clause { text start end } } } }";

#[rstest]
#[tokio::test]
async fn the_plan_of_2025_is_checked(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let answer = app.viewer().await.ask(QUERY).await;
    let mut tasks: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for finding in answer.list("/plan/findings") {
        let text = |value: &'_ Value| value.as_str().map(str::len);
        assert!(text(&finding["clause"]["text"]) > Some(0), "{finding}");
        assert!(text(&finding["message"]) > Some(0), "{finding}");
        let code = finding["code"].as_str().expect("a code");
        let task = finding["task"]["code"].as_str().expect("a task");
        tasks.entry(code).or_default().push(task);
    }
    let work_points = |code: &str| {
        let found = tasks.get(code).map(Vec::as_slice).unwrap_or_default();
        found.iter().filter(|task| !task.contains('K')).count()
    };
    assert_eq!(work_points("POINT_WITHOUT_NUMBER"), 17, "{tasks:?}");
    assert_eq!(work_points("POINT_WITHOUT_DATE"), 26, "{tasks:?}");
    assert_eq!(tasks["DEPARTMENTS_DISAGREE"], ["2025-K02", "2025-K06"]);
}

#[rstest]
#[tokio::test]
async fn findings_speak_the_language_of_the_reader(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let chinese = app.viewer().await.ask(QUERY).await;
    let english = app.viewer().await.speaking("en").ask(QUERY).await;
    let (chinese, english) = (
        chinese.list("/plan/findings"),
        english.list("/plan/findings"),
    );
    assert_eq!(chinese.len(), english.len());
    for (one, other) in chinese.iter().zip(english) {
        for field in ["code", "severity", "figures", "task", "clause"] {
            assert_eq!(one[field], other[field]);
        }
        assert_ne!(one["message"], other["message"], "{one}");
    }
}

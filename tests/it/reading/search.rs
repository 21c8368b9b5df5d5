//! Text search, the same on both databases, in Chinese too.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, PlanText, TestApp,
};
use rstest::rstest;
use serde_json::json;

async fn found(person: &Person, text: &str) -> Vec<String> {
    let query = "query($text: String!) { tasks(filter: { plan: \"2031\", text: $text }) {
        totalCount edges { node { code } } } }";
    let answer = person.ask_with(query, json!({ "text": text })).await;
    answer.data();
    let codes = answer.nodes("/tasks", "code");
    assert_eq!(answer.count("/tasks/totalCount"), codes.len());
    codes.iter().map(|code| code[5..].to_owned()).collect()
}

/// A draft in which every search below has one right answer.
async fn app(backend: Backend) -> (TestApp, Person) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let plan = PlanText::new(2031)
        .chapter("推进各项工作")
        .point(
            "办好科普月",
            "走进乡村校园，讲好科学故事。",
            "科学技术普及部",
        )
        .point("组织院士行", "联系院士到企业开展咨询。", "学会学术部")
        .point(
            "建设Digital平台",
            "完成率达到100%，接口命名为user_id。",
            "办公室、学会学术部",
        )
        .point(
            "整理ＡＢＣ资料",
            "资料编号２０３１，路径为C:\\data。",
            "调研宣传部",
        )
        .point(
            "𠮷祥社区服务",
            "为社区居民提供e\u{301}tude课程。",
            "组织人事部",
        );
    officer.import(&plan).await;
    (app, officer)
}

/// What is tried, what is typed, and which points of the plan have it.
const SEARCHES: [(&str, &str, &[&str]); 25] = [
    ("one character", "月", &["01"]),
    ("two characters", "院士", &["02"]),
    ("three characters", "科普月", &["01"]),
    ("across a word", "会学", &["02", "03"]),
    ("two words in any order", "故事 乡村", &["01"]),
    ("two words of two tasks", "院士 乡村", &[]),
    ("a repeated word", "院士 院士", &["02"]),
    ("latin in chinese", "digital平台", &["03"]),
    ("case does not matter", "DIGITAL", &["03"]),
    ("width does not matter", "abc", &["04"]),
    (
        "width of the query does not matter",
        "Ｄｉｇｉｔａｌ",
        &["03"],
    ),
    ("full width digits", "资料编号2031", &["04"]),
    ("percent is a percent", "100%", &["03"]),
    ("percent alone", "%", &["03"]),
    ("underscore is an underscore", "user_id", &["03"]),
    ("underscore alone", "_", &["03"]),
    ("backslash is a backslash", "C:\\data", &["04"]),
    ("a quote is a quote", "'", &[]),
    ("outside the basic plane", "𠮷", &["05"]),
    ("composed or not", "étude", &["05"]),
    ("by code", "2031-02", &["02"]),
    ("by department", "科学技术普及部", &["01"]),
    (
        "by short name of a department and a word",
        "学会学术部 咨询",
        &["02"],
    ),
    ("nothing", "海洋", &[]),
    (
        "white space narrows nothing",
        " \u{3000} ",
        &["01", "02", "03", "04", "05"],
    ),
];

#[rstest]
#[tokio::test]
async fn search_finds_what_is_there_and_nothing_else(#[values(Sqlite, Postgres)] backend: Backend) {
    let (_app, officer) = app(backend).await;
    for (what, text, wanted) in SEARCHES {
        assert_eq!(found(&officer, text).await, wanted, "{what}: {text:?}");
    }
}

#[rstest]
#[tokio::test]
async fn departments_are_found_by_all_their_names(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let viewer = app.viewer().await;
    let found = async |text: &str| {
        let query = "query($text: String!) { departments(filter: { text: $text }) { edges { node { code } } } }";
        let answer = viewer.ask_with(query, json!({ "text": text })).await;
        answer.data();
        answer.nodes("/departments", "code")
    };
    assert!(
        found("郑州市科学技术协会")
            .await
            .contains(&"410100".to_owned())
    );
    assert_eq!(found("410100").await, ["410100"]);
    assert!(
        found("省科协办公室").await.contains(&"BGS".to_owned()),
        "another name"
    );
    assert!(found("xxb").await.contains(&"XXB".to_owned()));
    assert_eq!(found("%").await, [""; 0]);
}

//! Supervision notices (督办单), as those who press and those who are pressed go through them.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

/// What acts on notices answer with.
const NOTICE: &str = "notice { id code number state level replyBy version isOverdue
    addressees { department { code } repliedAt } recipients { person { displayName } level } }";

/// Hands a task out with this last day.
pub async fn hand_out(officer: &Person, code: &str, deadline: &str) {
    let version = version(officer, code).await;
    let row = json!({ "taskId": code, "expectedVersion": version, "deadline": deadline });
    let fields = "rows { userErrors { code } }";
    let answer = officer
        .change("handOutTasks", json!({ "rows": [row] }), fields)
        .await;
    let errors = answer.list("/handOutTasks/rows/0/userErrors");
    assert!(errors.is_empty(), "{answer:?}");
}

/// The version of a task.
pub async fn version(who: &Person, code: &str) -> i64 {
    let query = "query($id: ID!) { task(id: $id) { version } }";
    let found = who.ask_with(query, json!({ "id": code })).await;
    found.number("/task/version")
}

/// Issues a notice on a task.
pub async fn issue(officer: &Person, code: &str, more: Value) -> Answer {
    let mut row =
        json!({ "taskId": code, "text": "请说明进展和下一步安排", "replyWorkingDays": 3 });
    for (key, value) in more.as_object().into_iter().flatten() {
        row[key] = value.clone();
    }
    let fields = format!("rows {{ {NOTICE} userErrors {{ code path }} }}");
    officer
        .change("issueNotices", json!({ "rows": [row] }), &fields)
        .await
}

fn row_error(answer: &Answer) -> &str {
    answer.text("/issueNotices/rows/0/userErrors/0/code")
}

/// Does one act on a notice.
pub async fn act(who: &Person, name: &str, notice: &str, more: Value) -> Answer {
    let query = "query($id: ID!) { notice(id: $id) { version } }";
    let found = who.ask_with(query, json!({ "id": notice })).await;
    let mut input =
        json!({ "noticeId": notice, "expectedVersion": found.number("/notice/version") });
    for (key, value) in more.as_object().into_iter().flatten() {
        input[key] = value.clone();
    }
    who.change(name, input, NOTICE).await
}

#[rstest]
#[tokio::test]
async fn a_notice_is_shown_issued_replied_to_and_closed(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let (officer, liaison) = (app.officer().await, app.liaison_of("XXB").await);
    hand_out(&officer, "2025-17", "2025-11-30").await;
    let before = officer
        .ask("{ noticeRecipients(taskIds: [\"2025-17\"]) { task { code } refusal { code } departments { department { code } people { displayName } } } }")
        .await;
    let reach = before.list("/noticeRecipients/0/departments");
    let lead = reach
        .iter()
        .find(|one| one["department"]["code"] == "XXB")
        .expect("the lead");
    assert!(
        lead["people"].to_string().contains("测试·liaison-XXB"),
        "{before:?}"
    );
    assert_eq!(before.at("/noticeRecipients/0/refusal"), &Value::Null);

    let issued = issue(&officer, "2025-17", json!({})).await;
    let notice = "/issueNotices/rows/0/notice";
    assert_eq!(
        issued.text(&format!("{notice}/number")),
        "督办〔2025〕1号",
        "{issued:?}"
    );
    // 17 March is a Monday; three working days later it is Thursday.
    assert_eq!(issued.text(&format!("{notice}/replyBy")), "2025-03-20");
    assert_eq!(issued.text(&format!("{notice}/level")), "LIAISON");
    let again = issue(&officer, "2025-17", json!({})).await;
    assert_eq!(row_error(&again), "NOTICE_OPEN_ALREADY");
    let early = act(&officer, "closeNotice", "2025-1", json!({})).await;
    assert_eq!(
        early.user_errors("closeNotice"),
        ["NOTICE_NOT_REPLIED at noticeId"]
    );

    let text = json!({ "text": "平台已建成，5月举办对接活动" });
    let replied = act(&liaison, "replyNotice", "督办〔2025〕1号", text.clone()).await;
    assert_eq!(
        replied.text("/replyNotice/notice/state"),
        "REPLIED",
        "{replied:?}"
    );
    let twice = act(&liaison, "replyNotice", "2025-1", text).await;
    assert_eq!(
        twice.user_errors("replyNotice"),
        ["NOTICE_REPLIED_ALREADY at noticeId"]
    );
    let closed = act(
        &officer,
        "closeNotice",
        "2025-1",
        json!({ "text": "已核实" }),
    )
    .await;
    assert_eq!(
        closed.text("/closeNotice/notice/state"),
        "CLOSED",
        "{closed:?}"
    );

    let history = officer
        .ask("{ task(id: \"2025-17\") { notices { edges { node { number steps { act words department { code } } } } } } }")
        .await;
    let steps: Vec<&Value> = history
        .list("/task/notices/edges/0/node/steps")
        .iter()
        .map(|step| &step["act"])
        .collect();
    assert_eq!(steps, [&json!("ISSUE"), &json!("REPLY"), &json!("CLOSE")]);
}

#[rstest]
#[tokio::test]
async fn the_next_rung_waits_for_the_reply_date(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    app.liaison_of("XXB").await;
    let head = (Role::Leader, "XXB", Reach::Itself);
    app.person("xxb-head", head).await;
    hand_out(&officer, "2025-17", "2025-11-30").await;
    issue(&officer, "2025-17", json!({})).await;
    let early = act(&officer, "escalateNotice", "2025-1", json!({})).await;
    assert_eq!(
        early.user_errors("escalateNotice"),
        ["NOTICE_NOT_OVERDUE at noticeId"]
    );
    app.advance(Duration::days(4));
    let officer = app.officer().await;
    let one_up = act(&officer, "escalateNotice", "2025-1", json!({})).await;
    let notice = "/escalateNotice/notice";
    assert_eq!(
        one_up.text(&format!("{notice}/level")),
        "HEAD",
        "{one_up:?}"
    );
    assert_eq!(one_up.text(&format!("{notice}/replyBy")), "2025-03-26");
    let at_once = act(&officer, "escalateNotice", "2025-1", json!({})).await;
    assert_eq!(
        at_once.user_errors("escalateNotice"),
        ["NOTICE_NOT_OVERDUE at noticeId"]
    );
    app.advance(Duration::days(7));
    let officer = app.officer().await;
    let two_up = act(&officer, "escalateNotice", "2025-1", json!({})).await;
    assert_eq!(two_up.text(&format!("{notice}/level")), "LEADER");
    app.advance(Duration::days(7));
    let officer = app.officer().await;
    let top = act(&officer, "escalateNotice", "2025-1", json!({})).await;
    assert_eq!(
        top.user_errors("escalateNotice"),
        ["NOTICE_TOP_LEVEL at noticeId"]
    );
    // The head was told and may reply for the department.
    let head = app.sign_in("xxb-head").await;
    let text = json!({ "text": "我来督办" });
    let replied = act(&head, "replyNotice", "2025-1", text).await;
    assert_eq!(
        replied.text("/replyNotice/notice/state"),
        "REPLIED",
        "{replied:?}"
    );
}

#[rstest]
#[tokio::test]
async fn nothing_is_pressed_before_hand_out_or_after_cancellation(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let (officer, leader) = (app.officer().await, app.leader().await);
    app.liaison_of("XXB").await;
    let draft = issue(&officer, "2025-17", json!({})).await;
    assert_eq!(row_error(&draft), "NOTICE_TASK_NOT_UNDERWAY");
    hand_out(&officer, "2025-17", "2025-11-30").await;
    for (more, code) in [
        (json!({ "replyWorkingDays": 0 }), "NOTICE_REPLY_DAYS"),
        (json!({ "text": " " }), "REASON_MISSING"),
        (json!({ "departmentIds": ["nobody"] }), "DEPARTMENT_UNKNOWN"),
        (
            json!({ "departmentIds": ["410100"] }),
            "NOTICE_NOT_ASSIGNED",
        ),
    ] {
        assert_eq!(row_error(&issue(&officer, "2025-17", more).await), code);
    }
    issue(&officer, "2025-17", json!({})).await;
    let version = version(&leader, "2025-17").await;
    let input = json!({ "taskId": "2025-17", "expectedVersion": version, "reason": "并入他项" });
    leader.change("cancelTask", input, "task { state }").await;
    app.advance(Duration::days(7));
    let officer = app.officer().await;
    let late = act(&officer, "escalateNotice", "2025-1", json!({})).await;
    assert_eq!(
        late.user_errors("escalateNotice"),
        ["NOTICE_TASK_DONE at noticeId"]
    );
    let closed = act(&officer, "closeNotice", "2025-1", json!({})).await;
    assert_eq!(
        closed.text("/closeNotice/notice/state"),
        "CLOSED",
        "{closed:?}"
    );
    assert_eq!(
        row_error(&issue(&officer, "2025-17", json!({})).await),
        "NOTICE_TASK_DONE"
    );
}

#[rstest]
#[tokio::test]
async fn a_stranger_cannot_tell_a_notice_from_none(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    app.liaison_of("XXB").await;
    hand_out(&officer, "2025-17", "2025-11-30").await;
    let issued = issue(&officer, "2025-17", json!({})).await;
    let id = issued.text("/issueNotices/rows/0/notice/id").to_owned();
    let stranger = app.liaison_of("KPB").await;
    let city = app.municipal_reporter("410100").await;
    for who in [&stranger, &city] {
        let query = "query($id: ID!) { notice(id: $id) { number } node(id: $id) { id } notices { totalCount } task(id: \"2025-17\") { code notices { totalCount } } }";
        let found = who.ask_with(query, json!({ "id": id })).await;
        assert_eq!(found.at("/notice"), &Value::Null, "{found:?}");
        assert_eq!(found.at("/node"), &Value::Null);
        assert_eq!(found.number("/notices/totalCount"), 0);
        assert_eq!(found.number("/task/notices/totalCount"), 0);
        let input = json!({ "noticeId": id, "expectedVersion": 1, "text": "代为回复" });
        let refused = who.change("replyNotice", input.clone(), NOTICE).await;
        let unknown = json!({ "noticeId": "2025-77", "expectedVersion": 1, "text": "代为回复" });
        let absent = who.change("replyNotice", unknown, NOTICE).await;
        assert_eq!(refused.body(), absent.body(), "the same for both");
        let issue = issue(who, "2025-17", json!({})).await;
        assert_eq!(issue.codes(), ["FORBIDDEN"]);
    }
    let liaison = app.sign_in("liaison-XXB").await;
    let found = liaison
        .ask("{ notices(filter: { department: \"XXB\" }) { totalCount edges { node { acts { act isAllowed } } } } }")
        .await;
    assert_eq!(found.number("/notices/totalCount"), 1, "{found:?}");
    let acts = found.list("/notices/edges/0/node/acts");
    let allowed: Vec<&Value> = acts
        .iter()
        .filter(|one| one["isAllowed"] == true)
        .map(|one| &one["act"])
        .collect();
    assert_eq!(allowed, [&json!("REPLY")]);
}

#[rstest]
#[tokio::test]
async fn a_batch_answers_row_by_row_and_a_repeat_changes_nothing(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    app.liaison_of("XXB").await;
    hand_out(&officer, "2025-17", "2025-11-30").await;
    let row = |task: &str| json!({ "taskId": task, "text": "请回复" });
    let rows = json!([row("2025-01"), row("2025-17"), row("2025-99")]);
    let input = json!({ "rows": rows, "idempotencyKey": "notices-of-march" });
    let fields = "rows { notice { number } userErrors { code } }";
    let outcome = |answer: &Answer| -> Vec<Value> {
        let rows = answer.list("/issueNotices/rows");
        rows.iter()
            .map(|row| match &row["notice"]["number"] {
                Value::Null => row["userErrors"][0]["code"].clone(),
                number => number.clone(),
            })
            .collect()
    };
    let first = officer.change("issueNotices", input.clone(), fields).await;
    let wanted = [
        json!("NOTICE_TASK_NOT_UNDERWAY"),
        json!("督办〔2025〕1号"),
        json!("NOT_FOUND"),
    ];
    assert_eq!(outcome(&first), wanted, "{first:?}");
    let again = officer.change("issueNotices", input, fields).await;
    assert_eq!(outcome(&again), wanted);
    let all = officer.ask("{ notices { totalCount } }").await;
    assert_eq!(all.number("/notices/totalCount"), 1);
}

//! What people are told: events at once, reminders by their dates, each once.

use duban_app::{App, jobs};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use crate::notices::{hand_out, version};

const TOLD: &str = "{ viewer { unreadNotificationCount notifications(first: 50) { edges { node {
    id kind phase field sentence path taskCode dueOn readAt } } } } }";

/// What somebody was told, as `KIND` or `KIND PHASE`, the newest first.
async fn told(who: &Person) -> Vec<String> {
    kinds(&who.ask(TOLD).await)
}

fn kinds(answer: &Answer) -> Vec<String> {
    let edges = answer.list("/viewer/notifications/edges").iter();
    edges
        .map(|edge| {
            let node = &edge["node"];
            let kind = node["kind"].as_str().unwrap_or("");
            match node["phase"].as_str() {
                Some(phase) => format!("{kind} {phase}"),
                None => kind.to_owned(),
            }
        })
        .collect()
}

/// Runs what is due and returns how many reminders were new.
pub async fn reminders(app: &App) -> u64 {
    jobs::run_once(app)
        .await
        .expect("a round of jobs")
        .reminders
}

async fn act(who: &Person, name: &str, code: &str, more: Value) {
    let mut input = json!({ "taskId": code, "expectedVersion": version(who, code).await });
    for (key, value) in more.as_object().into_iter().flatten() {
        input[key] = value.clone();
    }
    let answer = who.change(name, input, "task { state }").await;
    assert_eq!(answer.user_errors(name), [""; 0], "{answer:?}");
}

#[rstest]
#[tokio::test]
async fn each_side_is_told_what_the_other_did(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let (officer, liaison) = (app.officer().await, app.liaison_of("XXB").await);
    let stranger = app.liaison_of("KPB").await;
    hand_out(&officer, "2025-17", "2025-11-30").await;
    let answer = liaison.ask(TOLD).await;
    assert_eq!(kinds(&answer), ["HANDED_OUT"]);
    let one = "/viewer/notifications/edges/0/node";
    let sentence = answer.text(&format!("{one}/sentence"));
    assert!(
        sentence.starts_with("2025-17「") && sentence.contains("请于3月20日前签收"),
        "{sentence}"
    );
    assert_eq!(answer.text(&format!("{one}/path")), "/tasks/2025-17");
    assert_eq!(answer.text(&format!("{one}/field")), "SIGN");
    assert_eq!(answer.number("/viewer/unreadNotificationCount"), 1);
    assert_eq!(told(&officer).await, [""; 0], "who did it is not told");
    assert_eq!(told(&stranger).await, [""; 0]);

    let why = json!({ "reason": "职责不在本部门" });
    act(&liaison, "declineTask", "2025-17", why).await;
    let answer = officer.ask(TOLD).await;
    assert_eq!(kinds(&answer), ["DECLINED"]);
    let sentence = answer.text(&format!("{one}/sentence"));
    assert!(sentence.ends_with("请改派：职责不在本部门"), "{sentence}");

    let id = answer.text(&format!("{one}/id")).to_owned();
    let input = json!({ "ids": [id] });
    let read = officer
        .change("markNotificationsRead", input, "unreadCount")
        .await;
    assert_eq!(read.number("/markNotificationsRead/unreadCount"), 0);
    let own = liaison
        .change("markNotificationsRead", json!({}), "unreadCount")
        .await;
    assert_eq!(own.number("/markNotificationsRead/unreadCount"), 0);
    let unread = liaison
        .ask("{ viewer { notifications(isUnread: true) { totalCount } } }")
        .await;
    assert_eq!(unread.number("/viewer/notifications/totalCount"), 0);
}

#[rstest]
#[tokio::test]
async fn a_notice_tells_its_addressee_and_the_reply_whoever_issues(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let (officer, liaison) = (app.officer().await, app.liaison_of("XXB").await);
    hand_out(&officer, "2025-17", "2025-11-30").await;
    let row = json!({ "taskId": "2025-17", "text": "请说明进展", "replyWorkingDays": 2 });
    officer
        .change(
            "issueNotices",
            json!({ "rows": [row] }),
            "rows { notice { id } }",
        )
        .await;
    let answer = liaison.ask(TOLD).await;
    assert_eq!(kinds(&answer), ["NOTICE_ISSUED", "HANDED_OUT"]);
    let path = answer.text("/viewer/notifications/edges/0/node/path");
    assert_eq!(path, "/notices/2025-1");
    let input = json!({ "noticeId": "2025-1", "expectedVersion": 1, "text": "已办" });
    liaison.change("replyNotice", input, "notice { id }").await;
    assert_eq!(told(&officer).await, ["NOTICE_REPLIED"]);
}

#[rstest]
#[tokio::test]
async fn reminders_come_before_on_and_after_each_once(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let (officer, _) = (app.officer().await, app.liaison_of("XXB").await);
    hand_out(&officer, "2025-17", "2025-11-30").await;
    assert_eq!(reminders(app.app()).await, 0, "three working days are left");
    let mut heard = Vec::new();
    // Tuesday to Monday; it is to be signed by Thursday.
    for _ in 0..6 {
        app.advance(Duration::days(1));
        heard.push(reminders(app.app()).await);
        assert_eq!(reminders(app.app()).await, 0, "a second round says nothing");
    }
    // Three people accept for the department.
    assert_eq!(heard, [0, 3, 3, 3, 0, 0], "Wednesday, Thursday, Friday");
    let liaison = app.sign_in("liaison-XXB").await;
    assert_eq!(
        told(&liaison).await,
        [
            "SIGN_FOR AFTER",
            "SIGN_FOR ON",
            "SIGN_FOR BEFORE",
            "HANDED_OUT"
        ]
    );
    app.advance(Duration::days(-5));
    assert_eq!(
        reminders(app.app()).await,
        0,
        "a clock set back says nothing twice"
    );
}

#[rstest]
#[tokio::test]
async fn a_clock_set_forward_tells_what_is_late_once_and_nothing_once_it_is_done(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let (officer, liaison) = (app.officer().await, app.liaison_of("XXB").await);
    hand_out(&officer, "2025-17", "2025-03-31").await;
    hand_out(&officer, "2025-16", "2025-03-31").await;
    drop(liaison);
    // A year on, on a Monday.
    app.advance(Duration::days(364));
    let late = reminders(app.app()).await;
    assert!(late >= 1, "{late}");
    app.advance(Duration::days(1));
    assert_eq!(reminders(app.app()).await, 0);
    let leader = app.leader().await;
    let why = json!({ "reason": "不再推进" });
    act(&leader, "cancelTask", "2025-17", why).await;
    app.advance(Duration::days(1));
    assert_eq!(reminders(app.app()).await, 0);
}

#[tokio::test]
async fn two_servers_at_once_remind_once() {
    let app = TestApp::start(Postgres).await;
    let officer = app.officer().await;
    app.liaison_of("XXB").await;
    hand_out(&officer, "2025-17", "2025-11-30").await;
    let other = app.another(|_| {}).await;
    for _ in 0..5 {
        app.advance(Duration::days(1));
        let (one, two) = tokio::join!(reminders(app.app()), reminders(&other));
        assert!([0, 3].contains(&(one + two)), "{one} and {two}");
    }
    let liaison = app.sign_in("liaison-XXB").await;
    assert_eq!(
        told(&liaison).await.len(),
        4,
        "three reminders and the hand-out"
    );
    let restarted = app.another(|_| {}).await;
    assert_eq!(
        reminders(&restarted).await,
        0,
        "a restart says nothing again"
    );
}

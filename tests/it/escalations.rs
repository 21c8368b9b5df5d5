//! Notices without a reply go up the ladder by themselves, and turn the light of their task.

use duban_app::{App, jobs};
use duban_domain::{
    access::{Reach, Role},
    notice::{EscalationRules, NoticeLevel},
};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use crate::{
    notices::{act, hand_out, issue, version},
    sql,
};

const CODE: &str = "2025-17";

/// The officer and the people of a department, whose notice waits for a reply by 20 March.
async fn pressed(app: &TestApp) -> Person {
    let officer = app.officer().await;
    app.liaison_of("XXB").await;
    app.person("xxb-head", (Role::Leader, "XXB", Reach::Itself))
        .await;
    hand_out(&officer, CODE, "2025-11-30").await;
    let issued = issue(&officer, CODE, json!({})).await;
    let reply_by = issued.text("/issueNotices/rows/0/notice/replyBy");
    assert_eq!(reply_by, "2025-03-20", "{issued:?}");
    officer
}

async fn escalations(app: &App) -> u64 {
    let round = jobs::run_once(app).await;
    round.expect("a round of jobs").escalations
}

/// The rung, the reply date and the steps of the notice, those of the rules with a star.
async fn notice(who: &Person) -> String {
    let seen = who
        .ask("{ notice(id: \"2025-1\") { level replyBy steps { act isAutomatic } } }")
        .await;
    let steps = seen.list("/notice/steps").iter();
    let steps: Vec<String> = steps
        .map(|step| {
            let star = if step["isAutomatic"] == true { "*" } else { "" };
            format!("{}{star}", step["act"].as_str().unwrap_or_default())
        })
        .collect();
    let (level, day) = (seen.text("/notice/level"), seen.text("/notice/replyBy"));
    format!("{level} {day} {}", steps.join(" "))
}

async fn told(who: &Person) -> usize {
    let query = "{ viewer { notifications(first: 50) { edges { node { kind } } } } }";
    let answer = who.ask(query).await;
    let edges = answer.list("/viewer/notifications/edges").iter();
    edges
        .filter(|edge| edge["node"]["kind"] == "NOTICE_ESCALATED")
        .count()
}

#[rstest]
#[tokio::test]
async fn a_notice_goes_up_one_rung_after_each_reply_date(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    pressed(&app).await;
    let other = app.another(|_| {}).await;
    app.advance(Duration::days(3));
    assert_eq!(escalations(app.app()).await, 0, "it is not over on its day");
    app.advance(Duration::days(1));
    let seq = sql::audit_head(&app).await;
    let (one, two) = tokio::join!(escalations(app.app()), escalations(&other));
    assert_eq!(one + two, 1, "two servers press once");
    let officer = app.officer().await;
    assert_eq!(
        notice(&officer).await,
        "HEAD 2025-03-26 ISSUE ESCALATE*",
        "three working days more"
    );
    let done = sql::audit_after(&app, seq).await;
    assert!(done.contains(&"notice.escalated".to_owned()), "{done:?}");
    let head = app.sign_in("xxb-head").await;
    let liaison = app.sign_in("liaison-XXB").await;
    assert_eq!(
        (
            told(&head).await,
            told(&liaison).await,
            told(&officer).await
        ),
        (1, 1, 1)
    );
    app.advance(Duration::days(-1));
    assert_eq!(escalations(app.app()).await, 0, "a clock set back");
    app.advance(Duration::days(7));
    let restarted = app.another(|_| {}).await;
    assert_eq!(escalations(&restarted).await, 1);
    assert_eq!(escalations(&restarted).await, 0, "a second round");
    let officer = app.officer().await;
    assert_eq!(
        notice(&officer).await,
        "LEADER 2025-04-01 ISSUE ESCALATE* ESCALATE*"
    );
    app.advance(Duration::days(14));
    assert_eq!(escalations(app.app()).await, 0, "there is no rung above");
}

#[rstest]
#[tokio::test]
async fn nothing_goes_up_after_a_reply_or_once_the_task_is_over(
    #[values(Sqlite, Postgres)] backend: Backend,
    #[values(true, false)] is_replied: bool,
) {
    let app = TestApp::start(backend).await;
    pressed(&app).await;
    app.advance(Duration::days(3));
    if is_replied {
        let liaison = app.sign_in("liaison-XXB").await;
        let text = json!({ "text": "平台已建成" });
        let replied = act(&liaison, "replyNotice", "2025-1", text).await;
        assert_eq!(replied.text("/replyNotice/notice/state"), "REPLIED");
    } else {
        let leader = app.leader().await;
        let input = json!({ "taskId": CODE, "reason": "不再推进",
            "expectedVersion": version(&leader, CODE).await });
        let done = leader.change("cancelTask", input, "task { state }").await;
        assert_eq!(done.text("/cancelTask/task/state"), "CANCELLED");
    }
    app.advance(Duration::days(1));
    assert_eq!(escalations(app.app()).await, 0);
}

#[tokio::test]
async fn the_rules_say_how_far_a_notice_goes_and_people_may_press_on() {
    let app = TestApp::start(Sqlite).await;
    pressed(&app).await;
    let nobody = app
        .another(|settings| settings.notify.escalation.up_to = None)
        .await;
    let head = app
        .another(|settings| {
            settings.notify.escalation = EscalationRules {
                up_to: Some(NoticeLevel::Head),
                reply_working_days: 1,
            };
        })
        .await;
    app.advance(Duration::days(4));
    assert_eq!(escalations(&nobody).await, 0);
    assert_eq!(escalations(&head).await, 1);
    let officer = app.officer().await;
    assert_eq!(
        notice(&officer).await,
        "HEAD 2025-03-24 ISSUE ESCALATE*",
        "the next working day is a Monday"
    );
    app.advance(Duration::days(4));
    assert_eq!(escalations(&head).await, 0, "the head is the last rung");
    let officer = app.officer().await;
    let more = act(&officer, "escalateNotice", "2025-1", json!({})).await;
    assert_eq!(more.text("/escalateNotice/notice/level"), "LEADER");
}

/// The light of the task: its colour, and of each cause the code with its figures.
async fn light(who: &Person) -> (String, Vec<Value>) {
    let seen: Answer = who
        .ask(
            "{ task(id: \"2025-17\") { light { colour turnsGreen { code message }
            reasons { code colour message figures { name value } } } } }",
        )
        .await;
    let reasons = seen.list("/task/light/reasons").to_vec();
    (seen.text("/task/light/colour").to_owned(), reasons)
}

#[rstest]
#[tokio::test]
async fn an_overdue_notice_turns_the_light_until_it_is_replied_to(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = pressed(&app).await;
    let of = |reasons: &[Value]| -> Option<Value> {
        let code = |one: &&Value| one["code"] == "LIGHT_NOTICE_OVERDUE";
        reasons.iter().find(code).cloned()
    };
    assert_eq!(of(&light(&officer).await.1), None, "it is not due yet");
    app.advance(Duration::days(4));
    let officer = app.officer().await;
    let (colour, reasons) = light(&officer).await;
    let one = of(&reasons).expect("a cause");
    assert_eq!(
        (colour.as_str(), one["colour"].as_str()),
        ("YELLOW", Some("YELLOW"))
    );
    assert_eq!(
        one["figures"],
        json!([
            { "name": "number", "value": "督办〔2025〕1号" },
            { "name": "replyBy", "value": "2025-03-20" },
            { "name": "days", "value": "1" },
        ])
    );
    assert_eq!(
        one["message"],
        "督办〔2025〕1号应在 2025年3月20日前回复，已逾期 1 天。"
    );
    let seen = officer
        .ask("{ task(id: \"2025-17\") { light { turnsGreen { code message } } } }")
        .await;
    let remedies = seen.list("/task/light/turnsGreen").iter();
    let replies: Vec<&Value> = remedies
        .filter(|one| one["code"] == "LIGHT_TO_REPLY")
        .collect();
    assert_eq!(replies.len(), 1, "{seen:?}");

    // Five days after its reply date it is red.
    app.advance(Duration::days(4));
    let officer = app.officer().await;
    let (colour, reasons) = light(&officer).await;
    assert_eq!(colour, "RED");
    assert_eq!(of(&reasons).expect("a cause")["colour"], "RED");
    let liaison = app.sign_in("liaison-XXB").await;
    let text = json!({ "text": "平台已建成" });
    act(&liaison, "replyNotice", "2025-1", text).await;
    assert_eq!(of(&light(&officer).await.1), None);
}

//! What is refused leaves nothing but its audit event.

use duban_domain::audit::Outcome;
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    PlanText, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{events, head};
use crate::sql;

fn codes(detail: &str) -> Vec<String> {
    let detail: Value = serde_json::from_str(detail).expect("JSON");
    let errors = detail["errors"].as_array().expect("errors").iter();
    errors
        .map(|one| one["code"].as_str().expect("a code").to_owned())
        .collect()
}

#[rstest]
#[tokio::test]
async fn a_refused_change_leaves_one_event(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let viewer = app.viewer().await;
    let code = officer.import(&PlanText::of_points(2031, 3)).await;
    let plan = officer
        .ask(&format!("{{ plan(id: \"{code}\") {{ id version }} }}"))
        .await;
    let (id, version) = (
        plan.text("/plan/id").to_owned(),
        plan.number("/plan/version"),
    );
    let before = head(&app).await.seq;
    let sizes = sql::sizes(&app).await;
    let discard = |version: i64| json!({ "planId": id, "expectedVersion": version });
    let stale = officer
        .change("discardPlan", discard(version + 7), "__typename")
        .await;
    assert_eq!(stale.user_errors("discardPlan").len(), 1);
    viewer
        .change("discardPlan", discard(version), "__typename")
        .await;
    let unknown = json!({ "planId": "2099", "expectedVersion": 1 });
    officer.change("discardPlan", unknown, "__typename").await;
    let nobody = app.anonymous();
    nobody
        .change("discardPlan", discard(version), "__typename")
        .await;
    assert_eq!(sql::sizes(&app).await, sizes, "nothing is changed");
    assert_eq!(sql::audit_after(&app, before).await, [""; 0]);
    assert_eq!(
        sql::refused_after(&app, before).await,
        ["discardPlan", "discardPlan", "discardPlan"],
        "a stranger leaves none"
    );
    let found = events(&app)
        .await
        .split_off(usize::try_from(before).expect("few"));
    let [stale, forbidden, unknown] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(codes(&stale.event.detail), ["CONFLICT"]);
    assert_eq!(stale.event.object_type, "Plan");
    assert!(stale.event.object_id.is_some() && stale.event.session.is_some());
    assert_eq!(codes(&forbidden.event.detail), ["FORBIDDEN"]);
    assert_ne!(forbidden.event.actor, stale.event.actor);
    assert_eq!(codes(&unknown.event.detail), ["NOT_FOUND"]);
    assert!(unknown.event.detail.contains("2099"), "what was named");
    for one in &found {
        assert_eq!(one.event.outcome, Outcome::Refused);
        assert_eq!(one.event.address.as_deref(), Some("127.0.0.1"));
    }
    assert_eq!(super::broken(&app).await, None);
}

#[rstest]
#[tokio::test]
async fn a_change_whose_answer_tells_what_is_not_allowed_is_no_refusal(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let task = officer
        .ask("{ task(id: \"2025-14\") { id version } }")
        .await;
    let before = head(&app).await.seq;
    let row = json!({
        "taskId": task.text("/task/id"), "expectedVersion": task.number("/task/version"),
        "deadline": "2025-12-31",
    });
    let fields = "rows { task { life { transitions { isAllowed refusal { code } } } } }";
    let answer = officer
        .change("handOutTasks", json!({ "rows": [row] }), fields)
        .await;
    let reasons = answer.body().matches("TASK_TRANSITION_NOT_ALLOWED").count();
    assert!(reasons > 0, "{answer:?}");
    assert_eq!(sql::audit_after(&app, before).await, ["task.handed_out"]);
    assert_eq!(sql::refused_after(&app, before).await, [""; 0]);
}

#[rstest]
#[tokio::test]
async fn a_refused_sign_in_leaves_one_event(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let before = head(&app).await.seq;
    let nobody = app.anonymous();
    nobody.try_sign_in("officer", "not the password").await;
    nobody
        .try_sign_in("a password in the wrong field", "x")
        .await;
    assert_eq!(sql::refused_after(&app, before).await, ["signIn", "signIn"]);
    let found = events(&app)
        .await
        .split_off(usize::try_from(before).expect("few"));
    assert!(found[0].event.object_id.is_some(), "the account is known");
    assert_eq!(found[1].event.object_id, None);
    for one in &found {
        assert_eq!(one.event.actor, None);
        assert_eq!(one.event.address.as_deref(), Some("127.0.0.1"));
        assert!(
            !one.event.detail.contains("password"),
            "{}",
            one.event.detail
        );
    }
}

#[rstest]
#[tokio::test]
async fn a_question_that_is_refused_leaves_one_event(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let admin = app.system_admin().await;
    let before = head(&app).await.seq;
    let answer = admin.ask("{ plans(first: 1) { totalCount } }").await;
    assert_eq!(answer.codes(), ["FORBIDDEN"]);
    assert_eq!(sql::refused_after(&app, before).await, ["Query.plans"]);
}

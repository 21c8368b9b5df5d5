//! Approvals that ask for a recent code of the second factor.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, TestApp,
};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::{enrol, sign_in};
use crate::{closed_loop::Cast, sql};

async fn start(backend: Backend) -> Cast {
    let set = |settings: &mut duban_app::AppSettings| {
        settings.identity.approvals_need_factor = true;
    };
    Cast::of(TestApp::start_as(backend, Content::Plan2025, set).await).await
}

#[rstest]
#[tokio::test]
async fn completing_asks_for_a_code_of_the_last_quarter_of_an_hour(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = start(backend).await;
    let code = "2025-17";
    cast.hand_out(code, "2025-11-30").await;
    cast.accept(code).await;
    let why = json!({ "reason": "两场对接活动已举办" });
    cast.act(&cast.liaison, "submitCompletion", code, why).await;
    let grade = json!({ "grade": "GOOD", "reason": "完成质量较好" });
    let none = cast
        .act(&cast.leader, "completeTask", code, grade.clone())
        .await;
    assert_eq!(
        none.user_errors("completeTask"),
        ["SECOND_FACTOR_NOT_ENROLLED at "]
    );
    let (phone, _) = enrol(&cast.app, &cast.leader).await;
    cast.app.advance(Duration::minutes(16));
    cast.officer = cast.app.officer().await;
    cast.leader = sign_in(&cast.app, "leader", &phone.code(&cast.app, 0)).await;
    cast.app.advance(Duration::minutes(16));
    cast.officer = cast.app.officer().await;
    let refresh = "mutation { refreshSession { accessToken } }";
    let refreshed = cast.leader.ask(refresh).await;
    let token = refreshed.text("/refreshSession/accessToken").to_owned();
    cast.leader.use_token(Some(&token));
    let password = json!({ "password": super::PASSWORD });
    cast.leader.change("reauthenticate", password, "").await;
    let stale = cast
        .act(&cast.leader, "completeTask", code, grade.clone())
        .await;
    assert_eq!(
        stale.user_errors("completeTask"),
        ["SECOND_FACTOR_PROOF_REQUIRED at "]
    );
    let proof = json!({ "code": phone.code(&cast.app, 0) });
    let proven = cast.leader.change("reauthenticate", proof, "").await;
    assert_eq!(proven.user_errors("reauthenticate"), [""; 0]);
    let done = cast.act(&cast.leader, "completeTask", code, grade).await;
    assert_eq!(done.user_errors("completeTask"), [""; 0]);
}

#[rstest]
#[tokio::test]
async fn granting_more_time_asks_for_a_code_and_refusing_it_does_not(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = start(backend).await;
    let code = "2025-17";
    cast.hand_out(code, "2025-11-30").await;
    cast.accept(code).await;
    let wish = json!({ "to": "2025-12-20", "reason": "场地待定" });
    let fields = "task { life { extensions { id } } }";
    let asked = cast
        .act_for(&cast.liaison, "requestExtension", code, wish, fields)
        .await;
    assert_eq!(asked.user_errors("requestExtension"), [""; 0], "{asked:?}");
    let id = asked.text("/requestExtension/task/life/extensions/0/id");
    let approve = json!({ "extensionId": id, "isApproved": true });
    let refused = cast
        .leader
        .change("decideExtension", approve, "task { deadline }")
        .await;
    assert_eq!(
        refused.user_errors("decideExtension"),
        ["SECOND_FACTOR_NOT_ENROLLED at "]
    );
    let refuse = json!({ "extensionId": id, "isApproved": false, "reason": "仍可按期完成" });
    let decided = cast
        .leader
        .change("decideExtension", refuse, "task { deadline }")
        .await;
    assert_eq!(decided.user_errors("decideExtension"), [""; 0]);
}

#[rstest]
#[tokio::test]
async fn a_proof_is_the_password_or_a_code_and_nothing_is_no_proof(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let viewer = app.viewer().await;
    for (proof, expected) in [
        (json!({}), "PROOF_MISSING at password"),
        (
            json!({ "code": "123456" }),
            "SECOND_FACTOR_NOT_ENROLLED at code",
        ),
    ] {
        let answer = viewer.change("reauthenticate", proof, "").await;
        assert_eq!(answer.user_errors("reauthenticate"), [expected]);
    }
    let (phone, _) = enrol(&app, &viewer).await;
    app.advance(Duration::seconds(30));
    let head = sql::audit_head(&app).await;
    let both = json!({ "password": super::PASSWORD, "code": phone.code(&app, 0) });
    let proven = viewer.change("reauthenticate", both, "").await;
    assert_eq!(proven.user_errors("reauthenticate"), [""; 0]);
    assert_eq!(
        sql::audit_after(&app, head).await,
        ["session.factor_proven", "session.proven"]
    );
}

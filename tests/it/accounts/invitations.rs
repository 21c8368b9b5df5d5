//! From an invitation to the first sign-in; another password; taking access away.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::{ACCOUNT, OTHER, PASSWORD, accept, id_of, invite, secret_of};
use crate::sql;

const INVITATION: &str =
    "query($token: String!) { invitation(token: $token) { login displayName isFirst expiresAt } }";

#[rstest]
#[tokio::test]
async fn an_invited_person_sets_a_password_and_signs_in(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let admin = app.system_admin().await;
    let head = sql::audit_head(&app).await;
    let (answer, secret) = invite(&admin, "li-na").await;
    assert_eq!(answer.text("/inviteAccount/account/state"), "INVITED");
    assert_eq!(
        answer.text("/inviteAccount/link/expiresAt"),
        "2025-03-18T01:30:00Z"
    );
    assert_eq!(
        sql::audit_after(&app, head).await,
        ["account.invited", "account.link_made"]
    );
    let stored = "SELECT COUNT(*) FROM audit_event WHERE CAST(detail AS TEXT) LIKE '%";
    assert_eq!(
        sql::number(&app, &format!("{stored}{secret}%'")).await,
        0,
        "no secret is kept"
    );

    let nobody = app.anonymous();
    let told = nobody
        .ask_with(INVITATION, json!({ "token": secret }))
        .await;
    assert_eq!(told.text("/invitation/displayName"), "李娜");
    assert_eq!(told.at("/invitation/isFirst"), &json!(true));
    let weak = accept(&app, &secret, "li-na-li-na-li-na").await;
    assert_eq!(
        weak.user_errors("acceptInvitation"),
        ["PASSWORD_GUESSABLE at password"]
    );
    let done = accept(&app, &secret, OTHER).await;
    assert_eq!(done.text("/acceptInvitation/login"), "li-na");
    let again = accept(&app, &secret, PASSWORD).await;
    assert_eq!(
        again.user_errors("acceptInvitation"),
        ["LINK_UNKNOWN at token"]
    );
    let told = nobody
        .ask_with(INVITATION, json!({ "token": secret }))
        .await;
    assert!(told.at("/invitation").is_null());

    let answer = nobody.try_sign_in("li-na", OTHER).await;
    assert_eq!(answer.text("/signIn/viewer/account/login"), "li-na");
    let query = "{ account(id: \"li-na\") { state lastSignInAt } }";
    let seen = admin.ask(query).await;
    assert_eq!(seen.text("/account/state"), "ACTIVE");
    assert_eq!(seen.text("/account/lastSignInAt"), "2025-03-17T01:30:00Z");
}

#[rstest]
#[tokio::test]
async fn a_link_is_good_for_a_day_and_only_the_newest_is(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let admin = app.system_admin().await;
    let (_, first) = invite(&admin, "li-na").await;
    let input = json!({ "accountId": id_of(&admin, "li-na").await });
    let fields = "link { path }";
    let answer = admin.change("startPasswordReset", input, fields).await;
    let second = secret_of(answer.text("/startPasswordReset/link/path"));
    let old = accept(&app, &first, OTHER).await;
    assert_eq!(
        old.user_errors("acceptInvitation"),
        ["LINK_UNKNOWN at token"]
    );
    app.advance(Duration::hours(24));
    let late = accept(&app, &second, OTHER).await;
    assert_eq!(
        late.user_errors("acceptInvitation"),
        ["LINK_UNKNOWN at token"]
    );
}

#[rstest]
#[tokio::test]
async fn a_repeat_of_an_invitation_makes_no_second_account_and_shows_no_link(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let admin = app.system_admin().await;
    let input = json!({ "login": "li-na", "displayName": "李娜", "departmentId": "XXB",
        "idempotencyKey": "invite-li-na" });
    let fields = "account { login } link { path }";
    let first = admin.change("inviteAccount", input.clone(), fields).await;
    assert!(first.at("/inviteAccount/link/path").is_string());
    let again = admin.change("inviteAccount", input, fields).await;
    assert_eq!(again.text("/inviteAccount/account/login"), "li-na");
    assert!(again.at("/inviteAccount/link").is_null());
}

#[rstest]
#[tokio::test]
async fn guessing_links_slows_down(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    for _ in 0..5 {
        let answer = accept(&app, &"A".repeat(43), OTHER).await;
        assert_eq!(
            answer.user_errors("acceptInvitation"),
            ["LINK_UNKNOWN at token"]
        );
    }
    let answer = accept(&app, &"A".repeat(43), OTHER).await;
    assert_eq!(
        answer.user_errors("acceptInvitation"),
        ["SIGN_IN_THROTTLED at "]
    );
}

#[rstest]
#[tokio::test]
async fn a_reset_ends_every_session_and_a_disabled_account_is_out_at_once(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (admin, viewer) = (app.system_admin().await, app.viewer().await);
    let input = json!({ "accountId": id_of(&admin, "viewer").await });
    let answer = admin
        .change("startPasswordReset", input.clone(), "link { path }")
        .await;
    let secret = secret_of(answer.text("/startPasswordReset/link/path"));
    assert_eq!(
        viewer
            .ask("{ viewer { account { login } } }")
            .await
            .status(),
        200
    );
    accept(&app, &secret, OTHER).await;
    assert_eq!(
        viewer
            .ask("{ viewer { account { login } } }")
            .await
            .status(),
        401
    );
    let old = app.anonymous().try_sign_in("viewer", PASSWORD).await;
    assert_eq!(old.user_errors("signIn"), ["SIGN_IN_REFUSED at "]);

    let officer = app.officer().await;
    let input = json!({ "accountId": id_of(&admin, "officer").await });
    let off = admin.change("disableAccount", input.clone(), ACCOUNT).await;
    assert_eq!(off.text("/disableAccount/account/state"), "DISABLED");
    assert_eq!(
        officer
            .ask("{ viewer { account { login } } }")
            .await
            .status(),
        401
    );
    let refused = admin
        .change("startPasswordReset", input.clone(), "link { path }")
        .await;
    assert_eq!(
        refused.user_errors("startPasswordReset"),
        ["ACCOUNT_DISABLED at accountId"]
    );
    let on = admin.change("enableAccount", input, ACCOUNT).await;
    assert_eq!(on.text("/enableAccount/account/state"), "ACTIVE");
    app.officer().await;
    let own = json!({ "accountId": id_of(&admin, "system-admin").await });
    let answer = admin.change("disableAccount", own, ACCOUNT).await;
    assert_eq!(
        answer.user_errors("disableAccount"),
        ["ACCOUNT_OF_ONESELF at accountId"]
    );
}

#[rstest]
#[tokio::test]
async fn an_account_is_changed_at_the_version_that_was_read(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let admin = app.system_admin().await;
    let id = id_of(&admin, "viewer").await;
    let change = |version: i64| {
        json!({ "accountId": id, "expectedVersion": version,
        "displayName": " 王芳 ", "departmentId": "KPB" })
    };
    let done = admin.change("updateAccount", change(1), ACCOUNT).await;
    let account = done.at("/updateAccount/account");
    assert_eq!(
        (
            &account["displayName"],
            &account["department"]["code"],
            &account["version"]
        ),
        (&json!("王芳"), &json!("KPB"), &json!(2)),
        "{done:?}"
    );
    let stale = admin.change("updateAccount", change(1), ACCOUNT).await;
    assert_eq!(
        stale.user_errors("updateAccount"),
        ["CONFLICT at expectedVersion"]
    );
}

#[rstest]
#[tokio::test]
async fn wrong_invitations_have_their_codes_and_store_nothing(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let admin = app.system_admin().await;
    let head = sql::audit_head(&app).await;
    for (login, name, department, expected) in [
        ("officer", "李娜", "XXB", "ACCOUNT_LOGIN_TAKEN at login"),
        ("li na", "李娜", "XXB", "ACCOUNT_LOGIN_MALFORMED at login"),
        ("li-na", " ", "XXB", "TEXT_EMPTY at displayName"),
        ("li-na", "李\n娜", "XXB", "TEXT_CONTROL at displayName"),
        (
            "li-na",
            "李娜",
            "NOWHERE",
            "DEPARTMENT_UNKNOWN at departmentId",
        ),
    ] {
        let input = json!({ "login": login, "displayName": name, "departmentId": department });
        let answer = admin.change("inviteAccount", input, ACCOUNT).await;
        assert_eq!(answer.user_errors("inviteAccount"), [expected]);
    }
    assert_eq!(sql::audit_after(&app, head).await, [""; 0]);
}

#[rstest]
#[tokio::test]
async fn an_administrator_of_a_city_sees_and_changes_its_accounts_alone(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let top = app.system_admin().await;
    app.municipal_reporter("410100").await;
    app.municipal_reporter("410300").await;
    let grant = (Role::SystemAdmin, "410100", Reach::Subtree);
    let admin = app.person("city-admin", grant).await;
    let list = "query($text: String) { accounts(filter: { text: $text }) { totalCount edges { node { login } } } }";
    let seen = admin.ask_with(list, json!({ "text": "REPORTER" })).await;
    assert_eq!(seen.nodes("/accounts", "login"), ["reporter-410100"]);
    let all = top.ask_with(list, json!({ "text": "reporter" })).await;
    assert_eq!(
        all.nodes("/accounts", "login"),
        ["reporter-410100", "reporter-410300"]
    );
    assert_eq!(all.number("/accounts/totalCount"), 2);

    let other = id_of(&top, "reporter-410300").await;
    let query = "query($id: ID!) { account(id: $id) { login } node(id: $id) { id } }";
    let answer = admin.ask_with(query, json!({ "id": other })).await;
    assert!(answer.at("/account").is_null() && answer.at("/node").is_null());
    let by_login = admin
        .ask_with(
            "query($id: ID!) { account(id: $id) { login } }",
            json!({ "id": "reporter-410300" }),
        )
        .await;
    assert!(by_login.at("/account").is_null());
    let input = json!({ "accountId": other });
    for name in ["disableAccount", "enableAccount"] {
        let answer = admin.change(name, input.clone(), ACCOUNT).await;
        assert_eq!(answer.user_errors(name), ["NOT_FOUND at accountId"]);
    }
    let answer = admin
        .change("startPasswordReset", input, "link { path }")
        .await;
    assert_eq!(
        answer.user_errors("startPasswordReset"),
        ["NOT_FOUND at accountId"]
    );
    let input = json!({ "login": "li-na", "displayName": "李娜", "departmentId": "410300" });
    let answer = admin.change("inviteAccount", input, ACCOUNT).await;
    assert_eq!(
        answer.user_errors("inviteAccount"),
        ["DEPARTMENT_UNKNOWN at departmentId"]
    );
    let viewer = app.viewer().await;
    assert_eq!(
        viewer.ask("{ accounts { totalCount } }").await.codes(),
        ["FORBIDDEN"]
    );
}

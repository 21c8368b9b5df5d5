//! The mail address of somebody: set and cleared by who manages the account or by its owner, after a
//! recent proof; masked for everybody else.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{OTHER, PASSWORD, accept, id_of, secret_of, security};
use crate::sql;

const FIELDS: &str = "account { mailAddress version }";

async fn set(admin: &Person, login: &str, version: i64, address: &str) -> duban_tests::Answer {
    let input = json!({ "accountId": id_of(admin, login).await, "expectedVersion": version,
        "mailAddress": address });
    admin.change("updateAccount", input, FIELDS).await
}

async fn let_the_proof_grow_old(app: &TestApp, who: &mut Person) {
    app.advance(Duration::minutes(16));
    let refreshed = who.ask("mutation { refreshSession { accessToken } }").await;
    let token = refreshed.text("/refreshSession/accessToken").to_owned();
    who.use_token(Some(&token));
}

fn wish(version: i64, address: Option<&str>, is_mail_on: bool) -> Value {
    json!({ "expectedVersion": version, "address": address, "isMailOn": is_mail_on,
        "quietFrom": 18, "quietUntil": 8, "language": "CHINESE" })
}

async fn wishes(who: &Person, wish: Value) -> Vec<String> {
    let fields = "settings { version }";
    let answer = who.change("updateNotificationSettings", wish, fields).await;
    let errors = answer.user_errors("updateNotificationSettings");
    errors.iter().map(ToString::to_string).collect()
}

#[rstest]
#[tokio::test]
async fn an_administrator_sets_and_clears_an_address_and_sees_it_masked(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (admin, viewer) = (app.system_admin().await, app.viewer().await);
    let wrong = set(&admin, "viewer", 1, "viewer@nowhere").await;
    assert_eq!(
        wrong.user_errors("updateAccount"),
        ["MAIL_ADDRESS_MALFORMED at mailAddress"]
    );
    let head = sql::audit_head(&app).await;
    let done = set(&admin, "viewer", 1, " viewer@example.org ").await;
    assert_eq!(
        done.at("/updateAccount/account"),
        &json!({ "mailAddress": "v***@example.org", "version": 2 }),
        "{done:?}"
    );
    assert_eq!(sql::audit_after(&app, head).await, ["account.updated"]);
    let kept = "SELECT COUNT(*) FROM audit_event WHERE CAST(detail AS TEXT) LIKE '%@example.org%'";
    assert_eq!(sql::number(&app, kept).await, 0, "no address in the chain");
    let own = viewer
        .ask("{ viewer { notificationSettings { address version } } }")
        .await;
    assert_eq!(
        own.text("/viewer/notificationSettings/address"),
        "viewer@example.org"
    );
    assert_eq!(
        wishes(&viewer, wish(1, Some("viewer@example.org"), true)).await,
        [""; 0]
    );
    let hidden = security(&app)
        .await
        .ask("{ account(id: \"viewer\") { mailAddress } }")
        .await;
    assert_eq!(hidden.codes(), ["FORBIDDEN"]);

    let cleared = set(&admin, "viewer", 2, "").await;
    assert!(cleared.at("/updateAccount/account/mailAddress").is_null());
    let own = viewer
        .ask("{ viewer { notificationSettings { address isMailOn } } }")
        .await;
    assert_eq!(
        own.at("/viewer/notificationSettings"),
        &json!({ "address": null, "isMailOn": false })
    );
}

#[rstest]
#[tokio::test]
async fn an_address_changes_after_a_recent_proof_only(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (mut admin, mut viewer) = (app.system_admin().await, app.viewer().await);
    assert_eq!(
        wishes(&viewer, wish(0, Some("a@example.org"), true)).await,
        [""; 0]
    );
    let_the_proof_grow_old(&app, &mut admin).await;
    let refused = set(&admin, "viewer", 1, "b@example.org").await;
    assert_eq!(
        refused.user_errors("updateAccount"),
        ["REAUTHENTICATION_REQUIRED at "]
    );
    let named = json!({ "accountId": id_of(&admin, "viewer").await, "expectedVersion": 1,
        "displayName": "王芳", "mailAddress": "a@example.org" });
    let done = admin.change("updateAccount", named, FIELDS).await;
    assert_eq!(
        done.user_errors("updateAccount"),
        [""; 0],
        "the address is the same"
    );
    let proof = json!({ "password": PASSWORD });
    admin.change("reauthenticate", proof.clone(), "").await;
    let done = set(&admin, "viewer", 2, "b@example.org").await;
    assert_eq!(
        done.text("/updateAccount/account/mailAddress"),
        "b***@example.org",
        "{done:?}"
    );

    let token = viewer
        .ask("mutation { refreshSession { accessToken } }")
        .await;
    let token = token.text("/refreshSession/accessToken").to_owned();
    viewer.use_token(Some(&token));
    assert_eq!(
        wishes(&viewer, wish(2, Some("c@example.org"), true)).await,
        ["REAUTHENTICATION_REQUIRED at "]
    );
    assert_eq!(
        wishes(&viewer, wish(2, Some("b@example.org"), false)).await,
        [""; 0],
        "everything else changes without"
    );
    viewer.change("reauthenticate", proof, "").await;
    assert_eq!(
        wishes(&viewer, wish(3, Some("c@example.org"), true)).await,
        [""; 0]
    );
}

#[rstest]
#[tokio::test]
async fn the_address_of_another_administrator_is_the_owners_alone(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let admin = app.system_admin().await;
    for login in ["security-admin", "auditor"] {
        let refused = set(&admin, login, 1, "mine@example.org").await;
        assert_eq!(
            refused.user_errors("updateAccount"),
            ["MAIL_ADDRESS_OF_ADMINISTRATOR at mailAddress"]
        );
        let cleared = set(&admin, login, 1, "").await;
        assert_eq!(cleared.user_errors("updateAccount"), [""; 0], "has none");
    }
    let kept = "SELECT COUNT(*) FROM notification_setting";
    assert_eq!(sql::number(&app, kept).await, 0);
    let own = set(&admin, "system-admin", 1, "mine@example.org").await;
    assert_eq!(own.user_errors("updateAccount"), [""; 0]);
}

#[rstest]
#[tokio::test]
async fn a_link_on_its_way_to_an_old_address_is_good_for_nothing(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let admin = app.system_admin().await;
    set(&admin, "viewer", 1, "old@example.org").await;
    let input = json!({ "accountId": id_of(&admin, "viewer").await });
    let made = admin
        .change("startPasswordReset", input, "link { path }")
        .await;
    let secret = secret_of(made.text("/startPasswordReset/link/path"));
    set(&admin, "viewer", 2, "new@example.org").await;
    let waiting =
        "SELECT COUNT(*) FROM outgoing_mail WHERE state = 'QUEUED' AND secret IS NOT NULL";
    assert_eq!(sql::number(&app, waiting).await, 0);
    let refused = accept(&app, &secret, OTHER).await;
    assert_eq!(
        refused.user_errors("acceptInvitation"),
        ["LINK_UNKNOWN at token"]
    );
}

#[rstest]
#[tokio::test]
async fn the_address_before_is_told_that_an_administrator_changed_it(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (admin, viewer) = (app.system_admin().await, app.viewer().await);
    let mails = async |filter: &str| {
        let sql = format!("SELECT COUNT(*) FROM outgoing_mail WHERE {filter}");
        sql::number(&app, &sql).await
    };
    set(&admin, "viewer", 1, "old@example.org").await;
    assert_eq!(mails("1 = 1").await, 0, "there was none before");
    set(&admin, "viewer", 2, "old@example.org").await;
    assert_eq!(mails("1 = 1").await, 0, "it is the same");
    set(&admin, "viewer", 3, "new@example.org").await;
    let told = "state = 'QUEUED' AND address = 'old@example.org' AND secret IS NULL
        AND body LIKE '%viewer%2025年3月17日%系统管理员%'
        AND body NOT LIKE '%http%' AND body NOT LIKE '%new@example.org%'";
    assert_eq!(mails(told).await, 1);
    assert_eq!(mails("1 = 1").await, 1, "nobody else is told of it");
    set(&admin, "viewer", 4, "").await;
    assert_eq!(
        mails("address = 'new@example.org'").await,
        1,
        "nor is one cleared unseen"
    );
    let own = wish(3, Some("mine@example.org"), false);
    assert_eq!(wishes(&viewer, own).await, [""; 0]);
    let own = wish(4, Some("other@example.org"), false);
    assert_eq!(wishes(&viewer, own).await, [""; 0]);
    assert_eq!(mails("1 = 1").await, 2, "the owner knows what he does");
}

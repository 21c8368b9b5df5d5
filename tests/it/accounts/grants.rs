//! Giving and ending roles: dated, three administrators kept apart, never one's own.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{ACCOUNT, id_of, security};
use crate::sql;

async fn give(admin: &Person, login: &str, role: &str, more: Value) -> Answer {
    let mut input = json!({ "accountId": id_of(admin, login).await, "role": role,
        "departmentId": "HNAST", "reach": "SUBTREE" });
    for (key, value) in more.as_object().into_iter().flatten() {
        input[key] = value.clone();
    }
    admin.change("grantRole", input, ACCOUNT).await
}

async fn permissions(person: &Person) -> Vec<String> {
    let answer = person.ask("{ viewer { permissions } }").await;
    let all = answer.list("/viewer/permissions").iter();
    all.filter_map(|one| one.as_str().map(str::to_owned))
        .collect()
}

/// The grants of an account as `ROLE state first last`, sorted: grants of one millisecond have no order of their own.
fn told(answer: &Answer, name: &str) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let grants = answer.list(&format!("/{name}/account/grants")).iter();
    let mut told: Vec<String> = grants
        .map(|one| {
            ["role", "state", "firstDay", "lastDay"]
                .map(|field| text(&one[field]))
                .join(" ")
        })
        .collect();
    told.sort();
    told
}

/// The id of the grant of a role in what `grantRole` answered.
fn grant_of<'answer>(answer: &'answer Answer, role: &str) -> &'answer str {
    let grants = answer.list("/grantRole/account/grants");
    let found = grants.iter().find(|one| one["role"] == role);
    found
        .and_then(|one| one["id"].as_str())
        .expect("a grant of that role")
}

#[rstest]
#[tokio::test]
async fn a_role_is_given_and_ended_and_the_person_signs_in_anew(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (admin, viewer) = (security(&app).await, app.viewer().await);
    let head = sql::audit_head(&app).await;
    let given = give(&admin, "viewer", "OFFICER", json!({})).await;
    assert_eq!(
        told(&given, "grantRole"),
        [
            "OFFICER RUNNING 2025-03-17 -",
            "VIEWER RUNNING 2025-03-17 -"
        ],
        "{given:?}"
    );
    assert_eq!(
        viewer.ask("{ viewer { permissions } }").await.status(),
        401,
        "signed out"
    );
    let viewer = app.viewer().await;
    assert!(
        permissions(&viewer)
            .await
            .contains(&"plan.issue".to_owned())
    );
    let grant = grant_of(&given, "OFFICER");
    let ended = admin
        .change("endGrant", json!({ "grantId": grant }), ACCOUNT)
        .await;
    assert_eq!(
        told(&ended, "endGrant")[0],
        "OFFICER OVER 2025-03-17 2025-03-16"
    );
    assert_eq!(viewer.ask("{ viewer { permissions } }").await.status(), 401);
    assert!(
        !permissions(&app.viewer().await)
            .await
            .contains(&"plan.issue".to_owned())
    );
    let again = admin
        .change("endGrant", json!({ "grantId": grant }), ACCOUNT)
        .await;
    assert_eq!(again.user_errors("endGrant"), ["GRANT_OVER at grantId"]);
    let events = sql::audit_after(&app, head).await;
    let events: Vec<&String> = events
        .iter()
        .filter(|one| one.starts_with("grant."))
        .collect();
    assert_eq!(events, ["grant.given", "grant.ended"]);
}

#[rstest]
#[tokio::test]
async fn a_grant_holds_from_its_first_to_its_last_day(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let admin = security(&app).await;
    let days = json!({ "firstDay": "2025-03-18", "lastDay": "2025-03-18" });
    let given = give(&admin, "viewer", "OFFICER", days).await;
    assert_eq!(
        told(&given, "grantRole")[0],
        "OFFICER PLANNED 2025-03-18 2025-03-18"
    );
    let holds = async || {
        let viewer = app.viewer().await;
        permissions(&viewer)
            .await
            .contains(&"plan.issue".to_owned())
    };
    assert!(!holds().await);
    app.advance(Duration::days(1));
    assert!(holds().await);
    app.advance(Duration::days(1));
    assert!(!holds().await);
}

#[rstest]
#[tokio::test]
async fn what_may_not_be_given_has_its_code(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let admin = security(&app).await;
    let head = sql::audit_head(&app).await;
    for (login, role, more, expected) in [
        (
            "auditor",
            "SYSTEM_ADMIN",
            json!({}),
            "GRANT_ADMINISTRATORS_JOINED at role",
        ),
        (
            "system-admin",
            "SECURITY_ADMIN",
            json!({ "firstDay": "2025-06-01" }),
            "GRANT_ADMINISTRATORS_JOINED at role",
        ),
        (
            "security-admin",
            "VIEWER",
            json!({}),
            "GRANT_TO_ONESELF at ",
        ),
        ("viewer", "VIEWER", json!({}), "GRANT_EXISTS at role"),
        (
            "viewer",
            "OFFICER",
            json!({ "firstDay": "2025-03-16" }),
            "DATE_PAST at firstDay",
        ),
        (
            "viewer",
            "OFFICER",
            json!({ "lastDay": "2025-03-16" }),
            "GRANT_BACKWARDS at lastDay",
        ),
        (
            "viewer",
            "OFFICER",
            json!({ "departmentId": "NOWHERE" }),
            "DEPARTMENT_UNKNOWN at departmentId",
        ),
    ] {
        let answer = give(&admin, login, role, more).await;
        assert_eq!(
            answer.user_errors("grantRole"),
            [expected],
            "{login} {role}"
        );
        assert!(!answer.text("/grantRole/userErrors/0/message").contains('{'));
    }
    let own = admin
        .ask("{ account(id: \"security-admin\") { viewerCanGrant grants { id viewerCanEnd } } }")
        .await;
    assert_eq!(own.at("/account/viewerCanGrant"), &json!(false));
    let input = json!({ "grantId": own.text("/account/grants/0/id") });
    let answer = admin.change("endGrant", input, ACCOUNT).await;
    assert_eq!(answer.user_errors("endGrant"), ["GRANT_TO_ONESELF at "]);
    assert_eq!(sql::audit_after(&app, head).await, [""; 0]);
}

#[rstest]
#[tokio::test]
async fn accounts_and_grants_are_for_different_administrators(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let (system, security) = (app.system_admin().await, security(&app).await);
    let answer = give(&system, "viewer", "OFFICER", json!({})).await;
    assert_eq!(answer.codes(), ["FORBIDDEN"]);
    let input = json!({ "login": "li-na", "displayName": "李娜", "departmentId": "XXB" });
    let answer = security
        .change("inviteAccount", input, "link { path }")
        .await;
    assert_eq!(answer.codes(), ["FORBIDDEN"]);
    let grant = (Role::SecurityAdmin, "410100", Reach::Subtree);
    let of_city = app.person("city-security", grant).await;
    app.municipal_reporter("410100").await;
    let upward = give(&of_city, "reporter-410100", "OFFICER", json!({})).await;
    assert_eq!(
        upward.user_errors("grantRole"),
        ["DEPARTMENT_UNKNOWN at departmentId"]
    );
    let inside = json!({ "departmentId": "410100" });
    let inside = give(&of_city, "reporter-410100", "OFFICER", inside).await;
    assert_eq!(inside.user_errors("grantRole"), [""; 0]);
}

#[rstest]
#[tokio::test]
async fn a_grant_needs_a_proof_younger_than_a_quarter_of_an_hour(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let mut admin = security(&app).await;
    app.advance(Duration::minutes(16));
    let refreshed = admin
        .ask("mutation { refreshSession { accessToken } }")
        .await;
    let token = refreshed.text("/refreshSession/accessToken").to_owned();
    admin.use_token(Some(&token));
    let answer = give(&admin, "viewer", "OFFICER", json!({})).await;
    assert_eq!(
        answer.user_errors("grantRole"),
        ["REAUTHENTICATION_REQUIRED at "]
    );
    let wrong = admin
        .change(
            "reauthenticate",
            json!({ "password": "not-the-password" }),
            "",
        )
        .await;
    assert_eq!(
        wrong.user_errors("reauthenticate"),
        ["PASSWORD_WRONG at password"]
    );
    let right = json!({ "password": super::PASSWORD });
    let right = admin.change("reauthenticate", right, "").await;
    assert_eq!(right.user_errors("reauthenticate"), [""; 0]);
    let answer = give(&admin, "viewer", "OFFICER", json!({})).await;
    assert_eq!(answer.user_errors("grantRole"), [""; 0]);
}

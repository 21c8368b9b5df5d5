//! Whose answer it is: nobody is given another one's, and who loses a right loses what was remembered.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::json;

use super::{TASKS, remembered, start};

#[rstest]
#[tokio::test]
async fn two_people_never_share_an_answer(#[values(Sqlite, Postgres)] backend: Backend) {
    const WHO: &str = "{ viewer { account { login } permissions } }";
    const PEOPLE: &str = "{ accounts(first: 1) { edges { node { login } } } }";
    let app = start(backend).await;
    let (officer, viewer) = (app.officer().await, app.viewer().await);
    for _ in 0..2 {
        for (person, login) in [(&officer, "officer"), (&viewer, "viewer")] {
            let answer = remembered(&app, person, WHO).await;
            assert_eq!(answer.text("/viewer/account/login"), login);
            let may_issue = answer
                .list("/viewer/permissions")
                .contains(&json!("plan.issue"));
            assert_eq!(may_issue, login == "officer");
        }
    }
    remembered(&app, &officer, TASKS).await;
    let stranger = app.anonymous().ask(TASKS).await;
    assert_eq!(stranger.codes(), ["UNAUTHENTICATED"]);
    // What one may ask, another is refused, remembered or not.
    remembered(&app, &app.system_admin().await, PEOPLE).await;
    assert_eq!(viewer.ask(PEOPLE).await.codes(), ["FORBIDDEN"]);
}

#[tokio::test]
async fn two_sessions_of_one_account_have_answers_of_their_own() {
    const SESSIONS: &str = "{ viewer { sessions { id isCurrent } } }";
    let app = start(Sqlite).await;
    let (desk, phone) = (app.viewer().await, app.viewer().await);
    let mut current = Vec::new();
    for person in [&desk, &phone, &desk, &phone] {
        let answer = remembered(&app, person, SESSIONS).await;
        let sessions = answer.list("/viewer/sessions").iter();
        let mine: Vec<_> = sessions.filter(|one| one["isCurrent"] == true).collect();
        assert_eq!(mine.len(), 1, "{answer:?}");
        current.push(mine[0]["id"].clone());
    }
    assert_eq!(current[..2], current[2..]);
    assert_ne!(current[0], current[1]);
}

#[tokio::test]
async fn another_language_has_another_answer() {
    const ROLES: &str = "{ viewer { grants { roleName } } }";
    let app = start(Sqlite).await;
    let viewer = app.viewer().await;
    let chinese = remembered(&app, &viewer, ROLES).await;
    let viewer = viewer.speaking("en");
    let english = viewer.ask(ROLES).await;
    let role = "/viewer/grants/0/roleName";
    assert_ne!(english.text(role), chinese.text(role));
    assert!(english.text(role).is_ascii(), "{english:?}");
    let again = viewer.speaking("zh-CN").ask(ROLES).await;
    assert_eq!(again.data(), chinese.data());
}

#[rstest]
#[tokio::test]
async fn a_right_that_is_given_or_taken_away_is_seen_by_the_next_read(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    const ROLES: &str = "{ viewer { grants { role onBehalfOf { displayName } } } }";
    let app = start(backend).await;
    let grant = (Role::Viewer, "HNAST", Reach::Subtree);
    let (from, to) = (
        app.liaison_of("XXB").await,
        app.person("deputy", grant).await,
    );
    let held = async |person: &Person| person.ask(ROLES).await.list("/viewer/grants").len();
    remembered(&app, &to, ROLES).await;
    assert_eq!(held(&to).await, 1);
    let id = to.ask("{ viewer { account { id } } }").await;
    let input = json!({ "to": id.text("/viewer/account/id"), "firstDay": "2025-03-17",
        "lastDay": "2025-03-31", "reason": "出差" });
    let made = from
        .change("createDelegation", input, "delegation { id }")
        .await;
    assert_eq!(held(&to).await, 2, "at once");
    remembered(&app, &to, ROLES).await;
    let input = json!({ "delegationId": made.text("/createDelegation/delegation/id") });
    from.change("endDelegation", input, "delegation { state }")
        .await
        .data();
    assert_eq!(held(&to).await, 1, "at once");
}

#[rstest]
#[tokio::test]
async fn who_is_signed_out_is_answered_nothing_more(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = start(backend).await;
    let security = app.sign_in("security-admin").await;
    let leaver = app.viewer().await;
    remembered(&app, &leaver, TASKS).await;
    leaver
        .ask("mutation { signOut { userErrors { code } } }")
        .await
        .data();
    assert_eq!(leaver.ask(TASKS).await.status(), 401);
    // A role that is ended ends the sessions of its holder.
    let viewer = app.viewer().await;
    remembered(&app, &viewer, TASKS).await;
    end_the_role(&security, "viewer").await;
    assert_eq!(viewer.ask(TASKS).await.status(), 401);
}

async fn end_the_role(security: &Person, login: &str) {
    let query = format!("{{ account(id: \"{login}\") {{ grants {{ id }} }} }}");
    let found = security.ask(&query).await;
    let input = json!({ "grantId": found.text("/account/grants/0/id") });
    let ended = security
        .change("endGrant", input, "account { login }")
        .await;
    assert_eq!(ended.user_errors("endGrant"), [""; 0], "{ended:?}");
}

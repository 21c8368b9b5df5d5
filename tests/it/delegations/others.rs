//! Who sees the delegations of others, and who may be chosen.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::{FIELDS, TODAY, id_of};

#[rstest]
#[tokio::test]
async fn who_may_delegate_for_others_sees_their_delegations_and_nobody_else_does(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting_without_plan(backend).await;
    let security = app.sign_in("security-admin").await;
    let (leader, officer) = (app.leader().await, app.officer().await);
    app.municipal_reporter("410300").await;
    let query = "{ account(id: \"leader\") { delegations {
        to { displayName } state reason viewerCanEnd } } }";
    assert_eq!(
        security.ask(query).await.at("/account/delegations"),
        &json!([])
    );
    let input = json!({ "to": id_of(&officer).await,
        "firstDay": TODAY, "lastDay": "2025-03-31", "reason": "赴京培训" });
    let made = leader.change("createDelegation", input, FIELDS).await;
    let id = made.text("/createDelegation/delegation/id").to_owned();
    let one = |state: &str, can_end: bool| {
        json!([{ "to": { "displayName": "测试·officer" }, "state": state,
            "reason": "赴京培训", "viewerCanEnd": can_end }])
    };
    let seen = security.ask(query).await;
    assert_eq!(seen.at("/account/delegations"), &one("RUNNING", true));
    let of_officer = security
        .ask("{ account(id: \"officer\") { delegations { id } } }")
        .await;
    assert_eq!(
        of_officer.at("/account/delegations"),
        &json!([]),
        "his own alone"
    );
    for other in [app.system_admin().await, app.sign_in("auditor").await] {
        assert_eq!(other.ask(query).await.codes(), ["FORBIDDEN"]);
    }
    let grant = (Role::SecurityAdmin, "410100", Reach::Subtree);
    let of_city = app.person("city-security", grant).await;
    let hidden = of_city.ask(query).await;
    assert!(hidden.at("/account").is_null(), "{hidden:?}");

    let all = "{ accounts(first: 20) { edges { node { login delegations { to { id } } } } } }";
    let few = "{ accounts(first: 2) { edges { node { login delegations { to { id } } } } } }";
    let (_, many) = app.counting(security.ask(all)).await;
    let (_, two) = app.counting(security.ask(few)).await;
    assert!(many <= two + 1, "one statement a level: {many} and {two}");
    security
        .change("endDelegation", json!({ "delegationId": id }), FIELDS)
        .await;
    let seen = security.ask(query).await;
    assert_eq!(seen.at("/account/delegations"), &one("ENDED", false));
    app.advance(Duration::days(400));
    let security = app.sign_in("security-admin").await;
    assert_eq!(
        security.ask(query).await.at("/account/delegations"),
        &json!([]),
        "a year is listed"
    );
}

#[rstest]
#[tokio::test]
async fn candidates_are_of_the_own_unit_and_of_those_above_and_below(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    let zhengzhou = app.municipal_reporter("410100").await;
    app.municipal_reporter("410300").await;
    app.person("zz-second", (Role::Viewer, "410100", Reach::Itself))
        .await;
    app.app()
        .identity()
        .disable_account("verifier")
        .await
        .expect("disabled");
    let query =
        "query($text: String) { viewer { delegateCandidates(text: $text) { displayName } } }";
    let names = async |text: &str| -> Vec<String> {
        let answer = zhengzhou.ask_with(query, json!({ "text": text })).await;
        let found = answer.list("/viewer/delegateCandidates").iter();
        found
            .filter_map(|one| one["displayName"].as_str().map(str::to_owned))
            .collect()
    };
    let all = names("").await;
    assert!(all.contains(&"测试·leader".to_owned()), "{all:?}");
    for absent in [
        "测试·reporter-410100",
        "测试·reporter-410300",
        "测试·verifier",
    ] {
        assert!(!all.contains(&absent.to_owned()), "{absent} in {all:?}");
    }
    assert_eq!(names("LEADER").await, ["测试·leader"]);
    assert_eq!(names("z%s").await, [""; 0]);
}

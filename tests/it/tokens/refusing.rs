//! A token that is used from elsewhere leaves a trace, and floods none.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, Person, TestApp,
};
use reqwest::Method;
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::Desk;
use crate::sql;

/// Calls from an address that a proxy tells.
async fn call_from(program: &Person, address: &str) -> u16 {
    let body = json!({ "query": "{ viewer { account { login } } }" });
    let request = program.post().header("x-forwarded-for", address);
    program.send(request.json(&body)).await.status()
}

/// The addresses of the refusals after a number, in their order.
async fn refused_from(desk: &Desk, head: i64) -> Vec<String> {
    let account = "(SELECT id FROM account WHERE login = 'zhengzhou-platform')";
    let select = format!(
        "SELECT address FROM audit_event WHERE seq > {head} AND outcome = 'REFUSED'
         AND action = 'token.refused_address' AND object_type = 'Account'
         AND actor_id = {account} AND object_id = {account}
         AND session_id = (SELECT id FROM api_token) ORDER BY seq"
    );
    sql::texts(&desk.app, &select).await
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_refused_for_its_address_leaves_one_event_a_minute_and_address(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_with(backend, Content::Plan2025, |settings| {
        settings.trusted_proxy_hops = 1;
    })
    .await;
    let desk = Desk::with(app).await;
    let (_, secret) = desk.issue(json!({ "addresses": ["10.0.0.0/8"] })).await;
    let program = desk.bearer(&secret);
    let head = sql::audit_head(&desk.app).await;
    assert_eq!(call_from(&program, "10.1.2.3").await, 200);
    for address in ["203.0.113.9", "203.0.113.9", "198.51.100.7", "203.0.113.9"] {
        assert_eq!(call_from(&program, address).await, 403);
    }
    let expected = ["203.0.113.9", "198.51.100.7"];
    assert_eq!(refused_from(&desk, head).await, expected);

    // By another door within the minute, and again after it.
    let public = secret.split('_').nth(2).expect("a token");
    let exchange = desk.app.anonymous();
    let exchange = exchange
        .request(Method::POST, "/oauth/token")
        .header("x-forwarded-for", "203.0.113.9")
        .header("content-type", "application/x-www-form-urlencoded")
        .basic_auth(public, Some(&secret))
        .body("grant_type=client_credentials");
    let refused = exchange.send().await.expect("an answer");
    assert_eq!(refused.status().as_u16(), 401);
    assert_eq!(refused_from(&desk, head).await, expected);
    desk.app.advance(Duration::seconds(61));
    assert_eq!(call_from(&program, "203.0.113.9").await, 403);
    let expected = ["203.0.113.9", "198.51.100.7", "203.0.113.9"];
    assert_eq!(refused_from(&desk, head).await, expected);
    assert_eq!(
        sql::audit_after(&desk.app, head).await,
        [""; 0],
        "nothing was done"
    );

    let auditor = desk.app.sign_in("auditor").await;
    let query = "{ auditEvents(filter: { action: \"token.refused_address\" }, first: 5) {
        totalCount edges { node { outcome detail actor { login } } } } }";
    let seen = auditor.ask(query).await;
    assert_eq!(seen.number("/auditEvents/totalCount"), 3, "{seen:?}");
    let newest = &seen.list("/auditEvents/edges")[0]["node"];
    assert_eq!(newest["outcome"], "REFUSED");
    assert_eq!(newest["actor"]["login"], "zhengzhou-platform");
    let detail = newest["detail"].as_str().unwrap_or_default();
    assert!(
        detail.contains("TOKEN_ADDRESS_REFUSED") && detail.contains(public),
        "{detail}"
    );
    assert!(!detail.contains(&secret), "the secret is nowhere");
}

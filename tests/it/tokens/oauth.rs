//! OAuth 2.0 client credentials: the standard door to what a token opens.

use duban_tests::Backend::{self, Postgres, Sqlite};
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{ACTIVITIES, Desk, record};

const FORM: &str = "application/x-www-form-urlencoded";

/// The part of a token that is its client id.
fn public_of(token: &str) -> &str {
    token.split('_').nth(2).expect("a token")
}

async fn exchange(desk: &Desk, credentials: Option<(&str, &str)>, body: &str) -> (u16, Value) {
    let mut request = desk
        .app
        .anonymous()
        .request(Method::POST, "/oauth/token")
        .header("content-type", FORM)
        .body(body.to_owned());
    if let Some((client, secret)) = credentials {
        request = request.basic_auth(client, Some(secret));
    }
    let response = request.send().await.expect("an answer");
    assert_eq!(response.headers()["cache-control"], "no-store");
    (
        response.status().as_u16(),
        response.json().await.expect("JSON"),
    )
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_program_gets_an_access_token_for_its_token(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let (id, secret) = desk.issue(json!({})).await;
    let public = public_of(&secret);
    let grant = "grant_type=client_credentials&scope=READ+MEASUREMENT_WRITE";
    let (status, given) = exchange(&desk, Some((public, &secret)), grant).await;
    assert_eq!(status, 200, "{given}");
    assert_eq!(given["token_type"], "Bearer");
    assert_eq!(given["expires_in"], 3600);
    assert_eq!(given["scope"], "MEASUREMENT_WRITE");
    let program = desk.bearer(given["access_token"].as_str().expect("a token"));
    assert_eq!(record(&program, ACTIVITIES, "410102").await, "SUBMITTED");
    let posted = format!("grant_type=client_credentials&client_id={public}&client_secret={secret}");
    assert_eq!(exchange(&desk, None, &posted).await.0, 200);

    desk.app.advance(Duration::hours(2));
    let who = "{ viewer { account { login } } }";
    assert_eq!(program.ask(who).await.status(), 401, "its hour is over");
    let (_, given) = exchange(&desk, Some((public, &secret)), grant).await;
    let program = desk.bearer(given["access_token"].as_str().expect("a token"));
    assert_eq!(program.ask(who).await.status(), 200);
    let security = desk.app.sign_in("security-admin").await;
    let input = json!({ "tokenId": id });
    security
        .change("revokeApiToken", input, "apiToken { id }")
        .await;
    assert_eq!(program.ask(who).await.status(), 401, "taken back");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_otherwise_is_refused_as_the_standard_says(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let (_, secret) = desk.issue(json!({})).await;
    let (_, far) = desk.issue(json!({ "addresses": ["10.0.0.0/8"] })).await;
    let public = public_of(&secret);
    let far_public = public_of(&far);
    let right = Some((public, secret.as_str()));
    let grant = "grant_type=client_credentials";
    for (credentials, body, status, error) in [
        (right, "grant_type=password", 400, "unsupported_grant_type"),
        (right, "scope=READ", 400, "invalid_request"),
        (
            right,
            "grant_type=client_credentials&grant_type=x",
            400,
            "invalid_request",
        ),
        (
            right,
            "grant_type=client_credentials&scope=REPORT_WRITE",
            400,
            "invalid_scope",
        ),
        (None, grant, 401, "invalid_client"),
        (
            Some(("12345678", secret.as_str())),
            grant,
            401,
            "invalid_client",
        ),
        (Some((public, "dbn_l_x")), grant, 401, "invalid_client"),
        (
            Some((far_public, far.as_str())),
            grant,
            401,
            "invalid_client",
        ),
    ] {
        let (found, answer) = exchange(&desk, credentials, body).await;
        assert_eq!((found, &answer["error"]), (status, &json!(error)), "{body}");
    }
    let known = desk
        .app
        .anonymous()
        .get("/.well-known/oauth-authorization-server");
    let known = known.send().await.expect("an answer");
    let known: Value = known.json().await.expect("JSON");
    assert_eq!(
        known["grant_types_supported"],
        json!(["client_credentials"])
    );
    let endpoint = known["token_endpoint"].as_str().expect("an address");
    assert!(endpoint.ends_with("/oauth/token"), "{endpoint}");
}

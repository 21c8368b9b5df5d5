//! Who makes tokens, what of them is kept, and how one follows another.

use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{ACTIVITIES, Desk, EXPERTS, record};
use crate::sql;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_shown_once_and_kept_as_a_digest(#[values(Sqlite, Postgres)] backend: Backend) {
    let desk = Desk::open(backend).await;
    let head = sql::audit_head(&desk.app).await;
    let key = json!({ "idempotencyKey": "token-of-march" });
    let made = desk.ask(key.clone()).await;
    let secret = made.text("/issueApiToken/secret").to_owned();
    let token = made.at("/issueApiToken/apiToken");
    assert!(secret.starts_with("dbn_d_"), "{secret}");
    let public = token["publicId"].as_str().unwrap_or_default();
    assert!(secret.contains(public) && public.len() == 8);
    assert_eq!(token["scopes"], json!(["MEASUREMENT_WRITE"]));
    assert_eq!(token["expiresAt"], "2025-06-30T01:30:00Z");
    assert_eq!(
        sql::audit_after(&desk.app, head).await,
        ["api_token.issued"]
    );
    let again = desk.ask(key).await;
    assert_eq!(again.at("/issueApiToken/secret"), &Value::Null);
    assert_eq!(again.at("/issueApiToken/apiToken/id"), &token["id"]);
    let kept = "SELECT COUNT(*) FROM api_token WHERE LENGTH(secret_hash) = 32";
    assert_eq!(sql::number(&desk.app, kept).await, 1);
    let hidden = secret.rsplit('_').next().unwrap_or_default();
    let told = format!("SELECT COUNT(*) FROM audit_event WHERE detail LIKE '%{hidden}%'");
    assert_eq!(sql::number(&desk.app, &told).await, 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_a_token_may_not_be_is_said_at_its_field(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    for (wrong, told) in [
        (json!({ "scopes": [] }), "TOKEN_SCOPES_MISSING at scopes"),
        (json!({ "name": " " }), "TEXT_EMPTY at name"),
        (
            json!({ "addresses": ["10.1.2"] }),
            "TOKEN_ADDRESS_MALFORMED at addresses",
        ),
        (
            json!({ "metrics": ["2025-99-M9"] }),
            "TOKEN_METRIC_UNKNOWN at metrics",
        ),
        (
            json!({ "metrics": [ACTIVITIES], "scopes": ["READ"] }),
            "TOKEN_METRICS_NEEDLESS at metrics",
        ),
        (
            json!({ "expiresOn": "2026-05-01" }),
            "TOKEN_EXPIRY_OUTSIDE at expiresOn",
        ),
    ] {
        let refused = desk.ask(wrong.clone()).await;
        let error = refused.at("/issueApiToken/userErrors/0");
        let (code, path) = (&error["code"], &error["path"][0]);
        let found = format!(
            "{} at {}",
            code.as_str().unwrap_or_default(),
            path.as_str().unwrap_or_default()
        );
        assert_eq!(found, told, "{wrong}");
        assert_eq!(refused.at("/issueApiToken/secret"), &Value::Null);
    }
    // People have no tokens, and service accounts no passwords.
    let admin = desk.app.system_admin().await;
    let query = "{ account(id: \"reporter-410100\") { id } }";
    desk.app.municipal_reporter("410100").await;
    let person = admin.ask(query).await.text("/account/id").to_owned();
    let refused = desk.ask(json!({ "accountId": person })).await;
    assert_eq!(
        refused.user_errors("issueApiToken"),
        ["ACCOUNT_NOT_SERVICE at accountId"]
    );
    let input = json!({ "accountId": desk.account });
    let refused = admin
        .change("startPasswordReset", input, "account { id }")
        .await;
    assert_eq!(
        refused.user_errors("startPasswordReset"),
        ["ACCOUNT_IS_SERVICE at accountId"]
    );
    let refused = desk
        .app
        .anonymous()
        .try_sign_in("zhengzhou-platform", "x")
        .await;
    assert_eq!(refused.user_errors("signIn"), ["SIGN_IN_REFUSED at "]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_manages_tokens_reads_the_metrics_of_each_by_code_and_lists_programs_alone(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    desk.issue(json!({ "metrics": [EXPERTS, ACTIVITIES] }))
        .await;
    desk.issue(json!({ "scopes": ["READ"] })).await;
    let query = "query($of: Boolean) { accounts(filter: { isService: $of }) { edges { node {
        login isService apiTokens { metricCodes } } } } }";
    let of = |is_service: bool| json!({ "of": is_service });
    let programs = desk.security.ask_with(query, of(true)).await;
    let expected = json!([{ "node": { "login": "zhengzhou-platform", "isService": true,
        "apiTokens": [{ "metricCodes": null }, { "metricCodes": [EXPERTS, ACTIVITIES] }] } }]);
    assert_eq!(programs.at("/accounts/edges"), &expected);
    let people = desk.security.ask_with(query, of(false)).await;
    let people = people.list("/accounts/edges");
    assert!(people.len() > 1);
    assert!(people.iter().all(|one| one["node"]["isService"] == false));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_has_a_successor_goes_on_for_a_week(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let (old_id, old) = desk.issue(json!({})).await;
    let (_, new) = desk.issue(json!({ "replaces": old_id })).await;
    let (old, new) = (desk.bearer(&old), desk.bearer(&new));
    assert_eq!(record(&old, ACTIVITIES, "410102").await, "SUBMITTED");
    assert_eq!(record(&new, ACTIVITIES, "410103").await, "SUBMITTED");
    desk.app.advance(Duration::days(7));
    let query = "{ viewer { account { login } } }";
    assert_eq!(old.ask(query).await.status(), 401);
    assert_eq!(new.ask(query).await.status(), 200);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn only_who_manages_tokens_makes_and_sees_them(#[values(Sqlite, Postgres)] backend: Backend) {
    let desk = Desk::open(backend).await;
    let (id, secret) = desk.issue(json!({})).await;
    let admin = desk.app.system_admin().await;
    let input = json!({ "accountId": desk.account, "name": "x", "scopes": ["READ"] });
    let refused = admin
        .change("issueApiToken", input.clone(), "apiToken { id }")
        .await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
    let itself = desk
        .bearer(&secret)
        .change("issueApiToken", input, "apiToken { id }")
        .await;
    assert_eq!(itself.codes(), ["FORBIDDEN"]);
    let gone = admin
        .change(
            "revokeApiToken",
            json!({ "tokenId": id }),
            "apiToken { id }",
        )
        .await;
    assert_eq!(gone.codes(), ["FORBIDDEN"]);
    // A proof of who one is that is older than a quarter of an hour does not do.
    desk.app.advance(Duration::minutes(16));
    let mut security = desk.app.anonymous();
    security.use_token(Some(desk.security.token()));
    let input = json!({ "accountId": desk.account, "name": "x", "scopes": ["READ"] });
    let late = security
        .change("issueApiToken", input, "apiToken { id }")
        .await;
    assert_eq!(
        late.codes(),
        ["UNAUTHENTICATED"],
        "the access token is over by then"
    );
}

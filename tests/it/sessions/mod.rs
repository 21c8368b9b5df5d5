//! Sign-in, access tokens, refresh cookies, throttling, as a client sees them.

mod access_tokens;
mod accounts;
mod logs;
mod refresh;
mod sign_in;
mod throttle;

use duban_tests::{Answer, TestApp};
use serde_json::{Value, json};

/// The password of every account of the tests.
const PASSWORD: &str = "ceshi-yong-mima-2025";

const SIGN_IN: &str = "mutation($input: SignInInput!) {
  signIn(input: $input) {
    accessToken expiresAt viewer { account { login } }
    userErrors { code path message figures { name value } }
  }
}";
const REFRESH: &str =
    "mutation { refreshSession { accessToken expiresAt viewer { account { login } } } }";
const SIGN_OUT: &str = "mutation { signOut { userErrors { code } } }";
const WHO: &str = "{ viewer { account { login } } }";

/// Headers of one request.
type Headers<'a> = &'a [(&'a str, &'a str)];

/// One request of a client that keeps nothing between two.
async fn send(app: &TestApp, (query, variables): (&str, Value), headers: Headers<'_>) -> Answer {
    let nobody = app.anonymous();
    let body = json!({ "query": query, "variables": variables });
    let request = headers
        .iter()
        .fold(nobody.post().json(&body), |request, (name, value)| {
            request.header(*name, *value)
        });
    nobody.send(request).await
}

async fn sign_in(app: &TestApp, (login, password): (&str, &str), headers: Headers<'_>) -> Answer {
    let input = json!({ "input": { "account": login, "password": password } });
    send(app, (SIGN_IN, input), headers).await
}

/// Signs in and returns the access token and the refresh token.
async fn signed_in(app: &TestApp, login: &str) -> (String, String) {
    let answer = sign_in(app, (login, PASSWORD), &[]).await;
    let token = answer.text("/signIn/accessToken").to_owned();
    (token, refresh_token(&answer).expect("a refresh cookie"))
}

/// The refresh token that an answer gives; none when it gives or takes away nothing.
fn refresh_token(answer: &Answer) -> Option<String> {
    let cookie = answer.header("set-cookie");
    let (pair, _) = cookie.split_once(';')?;
    let (_, value) = pair.split_once('=')?;
    (!value.is_empty()).then(|| value.to_owned())
}

/// Continues a session with a refresh token.
async fn refresh(app: &TestApp, token: &str, headers: Headers<'_>) -> Answer {
    let cookie = format!("duban_refresh={token}");
    let mut all = vec![("cookie", cookie.as_str())];
    all.extend(headers);
    send(app, (REFRESH, json!({})), &all).await
}

/// The successor of a refresh token that is good.
async fn successor(app: &TestApp, token: &str) -> (String, String) {
    let answer = refresh(app, token, &[]).await;
    let access = answer.text("/refreshSession/accessToken").to_owned();
    (access, refresh_token(&answer).expect("a refresh cookie"))
}

/// Whether a refresh token continues nothing any more.
async fn is_over(app: &TestApp, token: &str) -> bool {
    let answer = refresh(app, token, &[]).await;
    answer.at("/refreshSession/accessToken").is_null()
}

/// Asks who the bearer of an access token is.
async fn who(app: &TestApp, token: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    send(app, (WHO, json!({})), &[("authorization", &bearer)]).await
}

/// Whether an access token gives access.
async fn opens(app: &TestApp, token: &str) -> bool {
    let answer = who(app, token).await;
    if answer.errors().is_empty() {
        return true;
    }
    assert_eq!(
        (answer.status(), answer.codes()),
        (401, vec!["UNAUTHENTICATED"])
    );
    false
}

//! Sign-in at the organisation's own provider, as far as it goes without one. What goes to a provider and back is
//! tried with a real one in `tests/clients/oidc.test.mjs`.

use std::net::TcpListener;

use duban_app::{
    AppSettings,
    identity::{CreateAccountError, OidcSettings},
};
use duban_domain::ids::AccountId;
use duban_persistence::{Actor, StoreError, oidc_links};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, TestApp,
};
use reqwest::{
    Client, StatusCode,
    header::{COOKIE, LOCATION, SET_COOKIE},
    redirect::Policy,
};
use rstest::rstest;
use serde_json::Value;
use time::Duration;

use crate::sql;

const BUTTON: &str = "{ instance { singleSignOn { name url } } }";

/// A provider at an address where nobody listens.
fn away() -> OidcSettings {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    OidcSettings {
        issuer: format!("http://{address}"),
        client_id: "duban".to_owned(),
        client_secret: Some("a secret".to_owned().into()),
        scopes: "openid profile".to_owned(),
        account_claim: "preferred_username".to_owned(),
        factor_ways: Vec::new(),
        name_chinese: "单位统一认证".to_owned(),
        name_english: "Single sign-on".to_owned(),
        redirect_url: "http://127.0.0.1/oidc/callback".to_owned(),
        may_be_plain: true,
        most_age: Duration::hours(168),
    }
}

async fn with_provider(backend: Backend) -> TestApp {
    let set = |settings: &mut AppSettings| settings.identity.oidc = Some(away());
    TestApp::start_as(backend, Content::Organisation, set).await
}

/// A browser that shows where it is led.
async fn open(app: &TestApp, path: &str, cookie: Option<&str>) -> reqwest::Response {
    let browser = Client::builder().redirect(Policy::none()).no_proxy();
    let mut request = browser.build().expect("a client").get(app.url(path));
    if let Some(cookie) = cookie {
        request = request.header(COOKIE, cookie);
    }
    request.send().await.expect("an answer")
}

/// Where somebody is led who is not let in; no cookie is given on the way.
async fn led(app: &TestApp, path: &str, cookie: Option<&str>) -> String {
    let answer = open(app, path, cookie).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
    assert!(!answer.headers().contains_key(SET_COOKIE), "{path}");
    let place = answer.headers()[LOCATION].to_str();
    place.expect("a place").to_owned()
}

#[rstest]
#[tokio::test]
async fn without_a_provider_there_is_no_such_way(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    for path in ["/oidc/start", "/oidc/callback?code=x&state=y"] {
        let answer = open(&app, path, None).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let told = app.anonymous().ask(BUTTON).await;
    assert_eq!(told.at("/instance/singleSignOn"), &Value::Null);
}

#[rstest]
#[tokio::test]
async fn the_button_says_its_name_in_the_language_of_the_caller(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = with_provider(backend).await;
    for (language, name) in [("zh-CN", "单位统一认证"), ("en", "Single sign-on")] {
        let told = app.anonymous().speaking(language).ask(BUTTON).await;
        assert_eq!(told.text("/instance/singleSignOn/name"), name);
        assert_eq!(told.text("/instance/singleSignOn/url"), "/oidc/start");
    }
}

#[rstest]
#[tokio::test]
async fn a_provider_that_is_away_is_told_and_passwords_stay_a_way_in(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = with_provider(backend).await;
    for (asked, to) in [
        ("", "%2F"),
        ("?return_to=/tasks", "%2Ftasks"),
        ("?return_to=https://elsewhere.example.org/", "%2F"),
        ("?return_to=//elsewhere.example.org/", "%2F"),
        ("?return_to=/.//elsewhere.example.org/", "%2F"),
        ("?return_to=/%5Celsewhere.example.org/", "%2F"),
        ("?return_to=/a&return_to=/b", "%2F"),
    ] {
        let place = led(&app, &format!("/oidc/start{asked}"), None).await;
        let wanted = format!("/sign-in?failed=UNREACHABLE&to={to}");
        assert_eq!(place, wanted, "{asked}");
    }
    let officer = app.officer().await;
    assert_eq!(officer.ask(BUTTON).await.status(), 200);
}

#[rstest]
#[tokio::test]
async fn an_answer_that_nobody_here_asked_for_is_none(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = with_provider(backend).await;
    let head = sql::audit_head(&app).await;
    let invented = format!("duban_oidc={}", "A".repeat(400));
    let doubled = "duban_oidc=AAAA; duban_oidc=BBBB";
    for (query, cookie) in [
        ("", None),
        ("?code=x&state=y", None),
        ("?code=x&state=y", Some(invented.as_str())),
        ("?code=x&state=y", Some(doubled)),
        ("?code=x&state=", Some("duban_oidc=")),
        ("?error=access_denied&state=y", Some(invented.as_str())),
        ("?code=x&code=z&state=y", None),
        ("?code=%FF&state=y", None),
    ] {
        let place = led(&app, &format!("/oidc/callback{query}"), cookie).await;
        assert_eq!(place, "/sign-in?failed=OVER&to=%2F", "{query} {cookie:?}");
    }
    let written = sql::audit_after(&app, head).await;
    assert_eq!(written, [""; 0], "strangers write nothing");
}

async fn link(app: &TestApp, subject: &str, login: &str) -> Result<(), StoreError> {
    let id = account(app, login).await;
    let tx = app.store().begin(Actor::default()).await.expect("a change");
    oidc_links::insert(&tx, ("https://sso.example.org", subject), id).await?;
    tx.commit([]).await
}

async fn account(app: &TestApp, login: &str) -> AccountId {
    let db = app.store().read();
    let found = duban_persistence::accounts::find_credentials_unscoped(db, login).await;
    found.expect("an answer").expect("an account").account.id
}

#[rstest]
#[tokio::test]
async fn a_person_has_one_account_and_an_account_one_person(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_without_plan(backend).await;
    link(&app, "s-1", "officer").await.expect("a link");
    for (subject, login) in [("s-1", "leader"), ("s-2", "officer")] {
        let refused = link(&app, subject, login).await;
        let is_taken = matches!(refused, Err(StoreError::Taken(_)));
        assert!(is_taken, "{subject} {login}: {refused:?}");
    }
    link(&app, "s-2", "leader").await.expect("another link");
    let known = async |subject: &str| {
        let db = app.store().read();
        let found = oidc_links::account_of_unscoped(db, "https://sso.example.org", subject).await;
        found.expect("an answer")
    };
    assert_eq!(known("s-1").await, Some(account(&app, "officer").await));
    assert_eq!(known("s-3").await, None);

    let officer = app.officer().await;
    let head = sql::audit_head(&app).await;
    let identity = app.app().identity();
    assert!(identity.unlink_account("officer").await.expect("an answer"));
    assert_eq!(sql::audit_after(&app, head).await, ["account.unlinked"]);
    assert_eq!(known("s-1").await, None);
    let me = officer.ask("{ viewer { account { login } } }").await;
    assert_eq!(me.status(), 401, "out at once");
    assert!(!identity.unlink_account("officer").await.expect("an answer"));
    let unknown = identity.unlink_account("nobody-here").await;
    assert!(matches!(
        unknown,
        Err(CreateAccountError::LoginUnknown { .. })
    ));
    link(&app, "s-3", "officer").await.expect("a new link");
}

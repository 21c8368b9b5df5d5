//! What programs call is counted by token and day, and told to whoever manages the tokens.

use std::sync::Arc;

use duban_app::usage;
use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, Person, TestApp, TestStopwatch,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::Desk;
use crate::sql;

const WHO: &str = "{ viewer { account { login } } }";
const USED: &str = "account { login } token { id name } requests points refused errors
    days { day requests points refused errors }";

async fn written(desk: &Desk) -> usize {
    let written = usage::write(desk.app.app()).await;
    written.expect("what was counted")
}

/// What the most used tokens were used for.
async fn told(who: &Person) -> Vec<Value> {
    let query = format!("{{ tokenUsage {{ {USED} }} }}");
    who.ask(&query).await.list("/tokenUsage").to_vec()
}

/// Points that a request cost.
async fn pay(program: &Person, query: &str) -> i64 {
    let answer = program.ask(query).await;
    let cost = answer.json()["extensions"]["cost"]["actual"].as_i64();
    cost.expect("a price")
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn requests_are_counted_by_token_and_day(#[values(Sqlite, Postgres)] backend: Backend) {
    let desk = Desk::open(backend).await;
    let (busy, secret) = desk.issue(json!({})).await;
    let (_, other) = desk.issue(json!({ "name": "另一个" })).await;
    desk.issue(json!({ "name": "从不用" })).await;
    let program = desk.bearer(&secret);
    let mut points = 0;
    for _ in 0..3 {
        points += pay(&program, WHO).await;
    }
    assert!(points > 0);
    let wrong = program.ask("{ viewer { nothing } }").await;
    assert!(!wrong.errors().is_empty());
    let stranger = desk.bearer("dbn_l_nothing").ask(WHO).await;
    assert_eq!(stranger.status(), 401);
    pay(&desk.bearer(&other), WHO).await;
    assert!(told(&desk.security).await.is_empty(), "not written yet");
    assert_eq!(written(&desk).await, 2);
    assert_eq!(written(&desk).await, 0);

    desk.app.advance(Duration::DAY);
    let later = pay(&program, WHO).await;
    assert_eq!(written(&desk).await, 1);
    let more = pay(&program, WHO).await;
    assert_eq!(written(&desk).await, 1, "it is added to what is kept");

    let security = desk.app.sign_in("security-admin").await;
    let found = told(&security).await;
    let names: Vec<&Value> = found.iter().map(|one| &one["token"]["name"]).collect();
    assert_eq!(names, ["月报程序", "另一个"], "the most used first");
    let first = json!({ "day": "2025-04-01", "requests": 4, "points": points, "refused": 0,
        "errors": 1 });
    let second = json!({ "day": "2025-04-02", "requests": 2, "points": later + more,
        "refused": 0, "errors": 0 });
    assert_eq!(
        found[0],
        json!({ "account": { "login": "zhengzhou-platform" },
            "token": { "id": busy, "name": "月报程序" },
            "requests": 6, "points": points + later + more, "refused": 0, "errors": 1,
            "days": [first, second] })
    );

    let query = format!(
        "query($id: ID!, $from: Date, $until: Date) {{
           account(id: $id) {{ usage(from: $from, until: $until) {{ {USED} }} }} }}"
    );
    let asked = json!({ "id": desk.account, "from": "2025-04-02", "until": "2025-04-02" });
    let of_day = security.ask_with(&query, asked).await;
    let [only] = of_day.list("/account/usage") else {
        panic!("one token was used that day: {of_day:?}");
    };
    assert_eq!(only["requests"], 2);
    assert_eq!(only["days"], json!([second]));
    let best = security.ask("{ tokenUsage(first: 1) { requests } }").await;
    assert_eq!(best.list("/tokenUsage"), [json!({ "requests": 6 })]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn whoever_manages_no_tokens_there_learns_nothing_of_them(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let desk = Desk::open(backend).await;
    let (_, secret) = desk.issue(json!({})).await;
    pay(&desk.bearer(&secret), WHO).await;
    assert_eq!(written(&desk).await, 1);
    for (login, place, count) in [
        ("zhengzhou-security", "410100", 1),
        ("luoyang-security", "410300", 0),
    ] {
        let grant = (Role::SecurityAdmin, place, Reach::Itself);
        let person = desk.app.person(login, grant).await;
        assert_eq!(told(&person).await.len(), count, "{login}");
    }
    let admin = desk.app.system_admin().await;
    let refused = admin.ask("{ tokenUsage { requests } }").await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
    for (arguments, code) in [
        (
            "from: \"2025-04-02\", until: \"2025-04-01\"",
            "USAGE_DAYS_REVERSED",
        ),
        ("first: 101", "PAGE_SIZE"),
    ] {
        let query = format!("{{ tokenUsage({arguments}) {{ requests }} }}");
        let answer = desk.security.ask(&query).await;
        assert_eq!(
            answer.errors()[0]["extensions"]["reason"],
            code,
            "{answer:?}"
        );
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_turned_away_is_counted_as_refused(#[values(Sqlite, Postgres)] backend: Backend) {
    let stopwatch = Arc::new(TestStopwatch::default());
    let app = TestApp::start_with(backend, Content::Plan2025, |settings| {
        let programs = &mut settings.limits.purses.programs;
        (programs.most, programs.per_second) = (1, 1);
        settings.stopwatch = stopwatch;
    })
    .await;
    let desk = Desk::with(app).await;
    let (_, secret) = desk.issue(json!({})).await;
    let program = desk.bearer(&secret);
    // The first may owe what the purse does not hold.
    let points = pay(&program, WHO).await;
    let answer = program.ask(WHO).await;
    assert_eq!(answer.status(), 429, "{answer:?}");
    assert_eq!(written(&desk).await, 1);
    let found = told(&desk.security).await;
    let counts = ["requests", "points", "refused", "errors"].map(|name| found[0][name].as_i64());
    assert_eq!(counts, [Some(2), Some(points), Some(1), Some(0)]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn usage_is_kept_for_ninety_days(#[values(Sqlite, Postgres)] backend: Backend) {
    let desk = Desk::open(backend).await;
    let (_, secret) = desk.issue(json!({ "expiresOn": "2026-03-31" })).await;
    let program = desk.bearer(&secret);
    let kept = "SELECT count(*) FROM token_usage";
    for (days, count) in [(0, 1), (89, 2), (1, 2)] {
        desk.app.advance(Duration::days(days));
        pay(&program, WHO).await;
        assert_eq!(written(&desk).await, 1);
        assert_eq!(sql::number(&desk.app, kept).await, count, "{days}");
    }
}

//! Purses: emptied by what is asked, refilled in time, one for each principal.

use std::{sync::Arc, time::Duration};

use duban_gateway::http::HttpSettings;
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Content, Event, Events, Person, Socket, TestApp, TestStopwatch, keep_callers,
};
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::{PATIENCE, Raw};

/// Thirty tasks: 32 points, and there are so many.
const TASKS: &str = "{ tasks(first: 30) { edges { node { id } } } }";
const COST: u64 = 32;

/// A server whose purses hold 100 points and get 10 a second, by a stopwatch of ours.
async fn poor(backend: Backend) -> (TestApp, Arc<TestStopwatch>) {
    let stopwatch = Arc::new(TestStopwatch::default());
    let given = Arc::clone(&stopwatch);
    let set = |settings: &mut HttpSettings| {
        let purses = &mut settings.limits.purses;
        (purses.people.most, purses.people.per_second) = (100, 10);
        (purses.programs.most, purses.programs.per_second) = (200, 20);
        settings.stopwatch = given;
    };
    // Who somebody is stays known, so that statements can be counted.
    let app = TestApp::start_both((backend, Content::Plan2025), keep_callers, set).await;
    (app, stopwatch)
}

fn cost(answer: &Answer) -> &Value {
    &answer.json()["extensions"]["cost"]
}

fn assert_spent(answer: &Answer, seconds: u64) {
    assert_eq!(answer.status(), 429, "{answer:?}");
    assert_eq!(answer.codes(), ["RATE_LIMITED"]);
    assert_eq!(answer.header("retry-after"), seconds.to_string());
    assert_eq!(answer.errors()[0]["extensions"]["retryAfter"], seconds);
    assert!(answer.json().get("data").is_none(), "nothing ran");
}

#[rstest]
#[tokio::test]
async fn an_empty_purse_is_told_and_fills_again(#[values(Sqlite, Postgres)] backend: Backend) {
    let (app, stopwatch) = poor(backend).await;
    let viewer = app.viewer().await;
    for left in [68, 36, 4] {
        let answer = viewer.ask(TASKS).await;
        assert_eq!(answer.list("/tasks/edges").len(), 30);
        let told = json!({ "requested": COST, "actual": COST, "remaining": left,
            "limit": 100, "restoreRate": 10 });
        assert_eq!(cost(&answer), &told);
    }
    // 28 are missing, which ten a second make up for in three.
    let (refused, statements) = app.counting(viewer.ask(TASKS)).await;
    assert_spent(&refused, 3);
    assert_eq!(statements, 0, "a refusal costs the database nothing");
    assert_eq!(cost(&refused)["requested"], COST);
    assert_eq!(cost(&refused)["actual"], 0);
    assert_eq!(cost(&refused)["remaining"], 4);
    assert!(refused.errors()[0]["message"].to_string().contains("3 秒"));
    let english = viewer.speaking("en");
    let refused = english.ask(TASKS).await;
    assert!(
        refused.errors()[0]["message"]
            .to_string()
            .contains("in 3 s")
    );

    // Something small still goes, and others have purses of their own.
    english
        .ask("{ tasks(first: 1) { edges { node { id } } } }")
        .await
        .data();
    let leader = app.leader().await;
    assert_eq!(cost(&leader.ask(TASKS).await)["remaining"], 68);

    stopwatch.advance(Duration::from_millis(3_099));
    assert_spent(&english.ask(TASKS).await, 1);
    stopwatch.advance(Duration::from_millis(1));
    english.ask(TASKS).await.data();
    stopwatch.advance(Duration::from_mins(10));
    assert_eq!(cost(&english.ask(TASKS).await)["remaining"], 68);
}

#[tokio::test]
async fn what_was_not_spent_comes_back() {
    let (app, _) = poor(Sqlite).await;
    let viewer = app.viewer().await;
    let none = "{ tasks(first: 90, filter: { state: [ARCHIVED] }) { edges { node { id } } } }";
    let answer = viewer.ask(none).await;
    assert_eq!(answer.list("/tasks/edges"), [""; 0]);
    assert_eq!(cost(&answer)["requested"], 92);
    assert_eq!(cost(&answer)["actual"], 2);
    assert_eq!(cost(&answer)["remaining"], 98);
    // What is not valid or not allowed is as good as free.
    let wrong = viewer
        .ask("{ tasks(first: 90) { edges { node { nothing } } } }")
        .await;
    assert_eq!(
        (
            cost(&wrong)["actual"].as_u64(),
            cost(&wrong)["remaining"].as_u64()
        ),
        (Some(0), Some(97))
    );
    let refused = viewer
        .ask("{ accounts(first: 80) { edges { node { login } } } }")
        .await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
    assert_eq!(cost(&refused)["remaining"], 96);
}

#[tokio::test]
async fn answers_tell_the_purse_in_their_heads() {
    let (app, _) = poor(Sqlite).await;
    let viewer = app.viewer().await;
    let head = |answer: &Answer| {
        let told = ["ratelimit-policy", "ratelimit"].map(|name| answer.header(name).to_owned());
        told.join(" ")
    };
    let policy = "\"points\";q=100;qu=\"points\";w=10";
    let answer = viewer.ask(TASKS).await;
    assert_eq!(head(&answer), format!("{policy} \"points\";r=68;t=4"));
    let unread = viewer.ask("{ tasks {").await;
    assert!(head(&unread).starts_with(policy), "{}", head(&unread));
    viewer.ask(TASKS).await;
    viewer.ask(TASKS).await;
    let refused = viewer.ask(TASKS).await;
    assert_eq!(head(&refused), format!("{policy} \"points\";r=4;t=10"));

    let leader = app.leader().await;
    let body = json!({ "query": TASKS });
    let request = leader
        .post()
        .json(&body)
        .header("accept", "text/event-stream");
    let stream = request.send().await.expect("a stream");
    assert_eq!(stream.headers()["ratelimit"], "\"points\";r=68;t=4");
}

#[tokio::test]
async fn strangers_of_one_address_share_a_purse() {
    let (app, stopwatch) = poor(Sqlite).await;
    let query = "mutation { signOut { userErrors { code } } }";
    for number in 1..=9 {
        let answer = app.anonymous().ask(query).await;
        assert_eq!(cost(&answer)["remaining"], 100 - 11 * number, "{answer:?}");
    }
    assert_spent(&app.anonymous().ask(query).await, 1);
    stopwatch.advance(Duration::from_secs(2));
    let mut viewer = app.anonymous();
    viewer.sign_in("viewer").await;
    assert_eq!(
        cost(&viewer.ask(TASKS).await)["remaining"],
        68,
        "who is known has an own one"
    );
}

#[tokio::test]
async fn a_program_has_the_purse_of_programs() {
    let (app, stopwatch) = poor(Sqlite).await;
    let (admin, security) = (
        app.system_admin().await,
        app.sign_in("security-admin").await,
    );
    let input =
        json!({ "login": "platform", "displayName": "测试·平台", "departmentId": "410100" });
    let made = admin
        .change("createServiceAccount", input, "account { id }")
        .await;
    let account = made.text("/createServiceAccount/account/id");
    let role = json!({ "accountId": account, "role": "MUNICIPAL_REPORTER",
        "departmentId": "410100", "reach": "SUBTREE" });
    security
        .change("grantRole", role, "account { login }")
        .await
        .data();
    stopwatch.advance(Duration::from_mins(1));
    let input =
        json!({ "accountId": account, "name": "月报程序", "scopes": ["MEASUREMENT_WRITE"] });
    let token = security.change("issueApiToken", input, "secret").await;
    let mut program = app.anonymous();
    program.use_token(Some(token.text("/issueApiToken/secret")));
    // What costs nothing costs a point all the same.
    let answer = program.ask("{ __typename }").await;
    let told = json!({ "requested": 0, "actual": 0, "remaining": 199, "limit": 200,
        "restoreRate": 20 });
    assert_eq!(cost(&answer), &told);
}

#[tokio::test]
async fn sockets_and_streams_pay_from_the_same_purse() {
    let (app, stopwatch) = poor(Sqlite).await;
    let viewer = app.viewer().await;
    viewer.ask(TASKS).await;
    let mut socket = Socket::begin(&app.url("/graphql/ws"), viewer.token()).await;
    let run = async |socket: &mut Socket, id: &str| {
        socket
            .say(json!({ "type": "subscribe", "id": id, "payload": { "query": TASKS } }))
            .await;
        let heard = socket.message().await;
        if heard["type"] == "next" {
            assert_eq!(socket.message().await["type"], "complete");
        }
        heard
    };
    assert_eq!(run(&mut socket, "1").await["type"], "next");
    assert_eq!(socket.cost()["remaining"], 36);

    let request = viewer.post().json(&json!({ "query": TASKS }));
    let mut events = Events::open(request).await;
    events.result().await;
    assert_eq!(events.cost()["remaining"], 4);

    let refused = run(&mut socket, "2").await;
    assert_eq!(refused["type"], "error");
    let error = &refused["payload"][0]["extensions"];
    assert_eq!(
        (&error["code"], &error["retryAfter"]),
        (&json!("RATE_LIMITED"), &json!(3))
    );
    stopwatch.advance(Duration::from_secs(3));
    assert_eq!(run(&mut socket, "3").await["type"], "next");
}

#[tokio::test]
async fn an_event_is_paid_for_and_never_kept_back() {
    let (app, _) = poor(Sqlite).await;
    let (officer, viewer) = (app.officer().await, app.viewer().await);
    let subscription = "subscription { taskChanged(planCode: \"2025\") { action task { code } } }";
    let request = viewer.post().json(&json!({ "query": subscription }));
    let mut events = Events::open(request).await;
    assert_eq!(events.hear().await, Event::Comment);
    for _ in 0..3 {
        viewer.ask(TASKS).await;
    }
    viewer
        .ask("{ tasks(first: 1) { edges { node { id } } } }")
        .await;
    change_something(&officer).await;
    let told = events.result().await;
    assert_eq!(told["data"]["taskChanged"]["task"]["code"], "2025-17");
    assert_eq!(events.cost()["actual"], 2);
    assert_eq!(events.cost()["remaining"], 0);
    assert_eq!(viewer.ask(TASKS).await.codes(), ["RATE_LIMITED"]);
}

async fn change_something(officer: &Person) {
    let found = officer
        .ask("{ task(id: \"2025-17\") { id version } }")
        .await;
    let row = json!({ "taskId": found.text("/task/id"), "expectedVersion": found.number("/task/version"),
        "deadline": "2025-12-31" });
    let handed = officer
        .change(
            "handOutTasks",
            json!({ "rows": [row] }),
            "rows { userErrors { code } }",
        )
        .await;
    assert_eq!(
        handed.list("/handOutTasks/rows/0/userErrors"),
        [""; 0],
        "{handed:?}"
    );
}

#[tokio::test]
async fn only_so_many_requests_of_one_principal_run_at_once() {
    let app = TestApp::start_with(Sqlite, Content::Plan2025, |settings| {
        settings.limits.purses.at_once = 1;
    })
    .await;
    let (officer, viewer) = (app.officer().await, app.viewer().await);
    // A file that does not end is a request that does not either.
    let mut upload = Raw::open(app.address()).await;
    let head = format!(
        "POST /uploads?name=a.md HTTP/1.1\r\nhost: duban\r\nauthorization: Bearer {}\r\n\
         content-length: 100\r\nexpect: 100-continue\r\n\r\n",
        officer.token()
    );
    upload.say(&head).await;
    // Its body is asked for once it was let in.
    assert!(upload.hear().await.starts_with("HTTP/1.1 100"));
    let refused = officer.ask(TASKS).await;
    assert_eq!(refused.status(), 429, "{refused:?}");
    assert_eq!(refused.codes(), ["TOO_MANY_IN_FLIGHT"]);
    assert_eq!(refused.header("retry-after"), "1");
    let second = officer
        .send(officer.request(Method::GET, "/exports/ledger?plan=2025"))
        .await;
    assert_eq!(second.status(), 429);
    assert_eq!(second.json()["code"], "TOO_MANY_IN_FLIGHT");
    assert_eq!(second.header("retry-after"), "1");
    viewer.ask(TASKS).await.data();
    drop(upload);
    let began = std::time::Instant::now();
    while officer.ask(TASKS).await.status() != 200 {
        assert!(began.elapsed() < PATIENCE, "whoever goes leaves a place");
    }
}

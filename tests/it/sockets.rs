//! Subscriptions over `/graphql/ws`, against a running server.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Heard, Person, Socket, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::sql;

const OF_TASKS: &str = "subscription($ids: [ID!]) {
    taskChanged(taskIds: $ids) { action task { code state } } }";
const OF_PLAN: &str = "subscription($code: String) {
    taskChanged(planCode: $code) { action task { code } } }";

fn url(app: &TestApp) -> String {
    app.url("/graphql/ws")
}

/// A task by its code: its id and version.
async fn task(person: &Person, code: &str) -> (String, i64) {
    let answer = person
        .ask(&format!("{{ task(id: \"{code}\") {{ id version }} }}"))
        .await;
    (
        answer.text("/task/id").to_owned(),
        answer.number("/task/version"),
    )
}

async fn hand_out(officer: &Person, code: &str) {
    let (id, version) = task(officer, code).await;
    let rows = json!([{ "taskId": id, "expectedVersion": version, "deadline": "2025-12-31" }]);
    let answer = officer
        .change(
            "handOutTasks",
            json!({ "rows": rows }),
            "rows { userErrors { code } task { state } }",
        )
        .await;
    assert_eq!(
        answer.list("/handOutTasks/rows/0/userErrors"),
        [""; 0],
        "{answer:?}"
    );
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "reads well where it is called"
)]
fn change(id: &str, action: &str, task: Value) -> Heard {
    let payload = json!({ "data": { "taskChanged": { "action": action, "task": task } } });
    Heard::Message(json!({ "id": id, "type": "next", "payload": payload }))
}

fn pong() -> Heard {
    Heard::Message(json!({ "type": "pong" }))
}

#[rstest]
#[tokio::test]
async fn a_change_of_a_task_is_told_to_whoever_may_see_it(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let (id, _) = task(&officer, "2025-14").await;
    let mut all = Socket::begin(&url(&app), officer.token()).await;
    all.subscribe("tasks", OF_TASKS, json!({ "ids": [id] }))
        .await;
    assert_eq!(all.hear().await, pong());
    all.subscribe("plan", OF_PLAN, json!({ "code": "2025" }))
        .await;
    assert_eq!(all.hear().await, pong());
    hand_out(&officer, "2025-13").await;
    hand_out(&officer, "2025-14").await;
    let other = change("plan", "task.handed_out", json!({ "code": "2025-13" }));
    assert_eq!(all.hear().await, other);
    let mut both = [all.hear().await, all.hear().await];
    both.sort_by_key(|one| format!("{one:?}"));
    let expected = [
        change("plan", "task.handed_out", json!({ "code": "2025-14" })),
        change(
            "tasks",
            "task.handed_out",
            json!({ "code": "2025-14", "state": "ASSIGNED" }),
        ),
    ];
    assert_eq!(both, expected);
    all.say(json!({ "type": "complete", "id": "plan" })).await;
    all.say(json!({ "type": "ping" })).await;
    assert_eq!(all.hear().await, pong());
    hand_out(&officer, "2025-15").await;
    all.say(json!({ "type": "ping" })).await;
    assert_eq!(
        all.hear().await,
        pong(),
        "nobody listens to the plan any more"
    );
}

#[rstest]
#[tokio::test]
async fn who_may_not_see_a_task_hears_nothing_of_it(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let (id, _) = task(&officer, "2025-14").await;
    let admin = app.system_admin().await;
    let mut socket = Socket::begin(&url(&app), admin.token()).await;
    socket
        .subscribe("1", OF_TASKS, json!({ "ids": [id] }))
        .await;
    let refused = socket.message().await;
    assert_eq!(refused["type"], "error");
    assert_eq!(refused["payload"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(socket.hear().await, pong(), "the socket stays open");

    let reporter = app.municipal_reporter("410100").await;
    let mut city = Socket::begin(&url(&app), reporter.token()).await;
    city.subscribe("1", OF_PLAN, json!({ "code": "1999" }))
        .await;
    let absent = city.message().await;
    assert_eq!(absent["payload"][0]["extensions"]["code"], "NOT_FOUND");
}

#[rstest]
#[tokio::test]
async fn a_right_that_is_lost_ends_the_socket(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let (id, _) = task(&officer, "2025-14").await;
    let viewer = app
        .person("guest", (Role::Viewer, "HNAST", Reach::Subtree))
        .await;
    let mut socket = Socket::begin(&url(&app), viewer.token()).await;
    socket
        .subscribe("1", OF_TASKS, json!({ "ids": [id] }))
        .await;
    assert_eq!(socket.hear().await, pong());
    sql::run(
        &app,
        "DELETE FROM role_grant WHERE account_id = (SELECT id FROM account WHERE login = 'guest')",
    )
    .await;
    hand_out(&officer, "2025-14").await;
    assert_eq!(socket.hear().await, Heard::Closed(4403));
}

#[rstest]
#[tokio::test]
async fn a_session_that_ends_ends_its_sockets(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let viewer = app.viewer().await;
    let mut socket = Socket::begin(&url(&app), viewer.token()).await;
    let answer = viewer
        .ask("mutation { signOut { userErrors { code path } } }")
        .await;
    assert_eq!(answer.user_errors("signOut"), [""; 0]);
    assert_eq!(socket.hear().await, Heard::Closed(4403));
}

#[tokio::test]
async fn the_protocol_is_kept() {
    let app = TestApp::start(Sqlite).await;
    let officer = app.officer().await;
    let open = async || {
        Socket::open(Socket::request(&url(&app)))
            .await
            .expect("a socket")
    };
    let begin = async || Socket::begin(&url(&app), officer.token()).await;
    let init = json!({ "type": "connection_init" });
    let subscribe = json!({
        "type": "subscribe", "id": "1", "payload": { "query": OF_PLAN }
    });

    let mut before = open().await;
    before.say(subscribe.clone()).await;
    assert_eq!(before.hear().await, Heard::Closed(4401));
    let mut nobody = open().await;
    nobody.say(init.clone()).await;
    assert_eq!(nobody.hear().await, Heard::Closed(4403));
    let mut silent = open().await;
    assert_eq!(silent.hear().await, Heard::Closed(4408));
    let mut twice = begin().await;
    twice.say(init).await;
    assert_eq!(twice.hear().await, Heard::Closed(4429));
    let mut taken = begin().await;
    taken.say(subscribe.clone()).await;
    taken.say(subscribe).await;
    assert_eq!(taken.hear().await, Heard::Closed(4409));
    let mut garbled = begin().await;
    garbled.say_text("{").await;
    assert_eq!(garbled.hear().await, Heard::Closed(4400));
    let mut wrong = begin().await;
    wrong
        .subscribe("1", "subscription { nothing }", json!({}))
        .await;
    assert_eq!(wrong.message().await["type"], "error");
    assert_eq!(wrong.hear().await, pong());
    wrong.say(json!({ "type": "complete", "id": "1" })).await;
}

#[rstest]
#[tokio::test]
async fn queries_and_mutations_are_one_result(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let mut socket = Socket::begin(&url(&app), officer.token()).await;
    let mut run = async |query: &str| {
        let payload = json!({ "query": query });
        let message = json!({ "type": "subscribe", "id": "1", "payload": payload });
        socket.say(message).await;
        let first = socket.message().await;
        if first["type"] == "next" {
            let last = json!({ "id": "1", "type": "complete" });
            assert_eq!(socket.message().await, last);
        }
        first
    };
    let found = run("{ plan(id: \"2025\") { year code } }").await;
    let data = json!({ "plan": { "year": 2025, "code": "2025" } });
    assert_eq!(found["payload"]["data"], data, "{found}");
    let refused = run(
        "mutation { archiveTask(input: { taskId: \"none\", expectedVersion: 1, reason: \"归档\" }) {
        userErrors { code } } }",
    )
    .await;
    let code = refused.pointer("/payload/data/archiveTask/userErrors/0/code");
    assert_eq!(code, Some(&json!("NOT_FOUND")), "{refused}");
    for (query, code) in [
        ("{ planz }", "GRAPHQL_VALIDATION_FAILED"),
        (
            "mutation { acceptTask(input: { taskId: \"none\", expectedVersion: 1 }) { userErrors { code } } }",
            "FORBIDDEN",
        ),
        (
            "mutation { signOut { userErrors { code } } }",
            "GRAPHQL_VALIDATION_FAILED",
        ),
    ] {
        let refused = run(query).await;
        assert_eq!(refused["type"], "error", "{refused}");
        assert_eq!(
            refused["payload"][0]["extensions"]["code"], code,
            "{refused}"
        );
    }
}

#[tokio::test]
async fn a_page_of_another_site_opens_no_socket() {
    let app = TestApp::start(Sqlite).await;
    let mut other = Socket::request(&url(&app));
    let origin = "https://elsewhere.example".parse().expect("a header");
    other.headers_mut().insert("origin", origin);
    assert_eq!(Socket::open(other).await.err(), Some(403));
    let mut bare = Socket::request(&url(&app));
    bare.headers_mut().remove("sec-websocket-protocol");
    assert_eq!(Socket::open(bare).await.err(), Some(400));
}

#[rstest]
#[tokio::test]
async fn whoever_is_told_something_hears_it_and_nobody_else(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    const TOLD: &str =
        "subscription { notificationAdded { unreadCount notification { kind taskCode path } } }";
    let app = TestApp::start(backend).await;
    let officer = app.officer().await;
    let (liaison, other) = (app.liaison_of("XXB").await, app.liaison_of("KPB").await);
    let mut told = Socket::begin(&url(&app), liaison.token()).await;
    told.subscribe("1", TOLD, json!({})).await;
    assert_eq!(told.hear().await, pong());
    let mut silent = Socket::begin(&url(&app), other.token()).await;
    silent.subscribe("1", TOLD, json!({})).await;
    assert_eq!(silent.hear().await, pong());
    hand_out(&officer, "2025-17").await;
    let payload = json!({ "data": { "notificationAdded": { "unreadCount": 1, "notification": {
        "kind": "HANDED_OUT", "taskCode": "2025-17", "path": "/tasks/2025-17" } } } });
    let heard = Heard::Message(json!({ "id": "1", "type": "next", "payload": payload }));
    assert_eq!(told.hear().await, heard);
    silent.say(json!({ "type": "ping" })).await;
    assert_eq!(silent.hear().await, pong(), "it is not for this one");

    // One change that tells of several tasks is heard once.
    let mut rows = Vec::new();
    for code in ["2025-10", "2025-18"] {
        let (id, version) = task(&officer, code).await;
        rows.push(json!({ "taskId": id, "expectedVersion": version, "deadline": "2025-12-31" }));
    }
    let input = json!({ "rows": rows });
    let fields = "rows { userErrors { code } }";
    officer.change("handOutTasks", input, fields).await;
    let heard = told.message().await;
    let addition = &heard["payload"]["data"]["notificationAdded"];
    assert_eq!(addition["unreadCount"], 3, "{heard}");
    told.say(json!({ "type": "ping" })).await;
    assert_eq!(told.hear().await, pong());

    // Read as of now: who may sign in no more is closed out.
    sql::run(
        &app,
        "UPDATE account SET disabled_at = created_at WHERE login = 'liaison-XXB'",
    )
    .await;
    hand_out(&officer, "2025-09").await;
    assert_eq!(told.hear().await, Heard::Closed(4403));
}

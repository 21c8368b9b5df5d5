//! Many who stay: they are looked at together, and one event is found out once for all who ask the same.

use std::{net::Ipv4Addr, time::Duration};

use duban_domain::{
    access::{Reach, Role},
    event::DomainEvent,
};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, Heard, Person, Socket, TestApp, keep_callers,
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::sql;

const CHANGED: &str = "subscription { taskChanged(planCode: \"2025\") { action task { code } } }";
const TITLES: &str = "subscription { taskChanged(planCode: \"2025\") { task { title } } }";
const NAMED: &str = "subscription($ids: [ID!]) { taskChanged(taskIds: $ids) { task { code } } }";

/// Sockets of each of three accounts.
const OF_EACH: usize = 100;

/// An installation that looks at nobody unless an event or an act makes it.
async fn calm(backend: Backend) -> TestApp {
    TestApp::start_both((backend, Content::Plan2025), keep_callers, |settings| {
        settings.limits.look = Duration::from_hours(1);
    })
    .await
}

async fn open(app: &TestApp, person: &Person, query: &str, variables: Value) -> Socket {
    let mut socket = Socket::begin(&app.url("/graphql/ws"), person.token()).await;
    socket.subscribe("1", query, variables).await;
    assert_eq!(socket.hear().await, pong());
    socket
}

fn pong() -> Heard {
    Heard::Message(json!({ "type": "pong" }))
}

fn next(task: &Value) -> Heard {
    let payload = json!({ "data": { "taskChanged": task } });
    Heard::Message(json!({ "id": "1", "type": "next", "payload": payload }))
}

fn handed_out() -> Heard {
    next(&json!({ "action": "task.handed_out", "task": { "code": "2025-14" } }))
}

/// Hands a task out; what that told can be told again without another change.
async fn hand_out(app: &TestApp, officer: &Person) -> DomainEvent {
    let found = officer
        .ask("{ task(id: \"2025-14\") { id version } }")
        .await;
    let row = json!({ "taskId": found.text("/task/id"),
        "expectedVersion": found.number("/task/version"), "deadline": "2025-12-31" });
    let mut listener = app.app().bus().listen();
    let input = json!({ "rows": [row] });
    let fields = "rows { userErrors { code } }";
    officer.change("handOutTasks", input, fields).await;
    loop {
        let heard = listener.next().await.expect("an event");
        let of_task = heard.iter().find(|event| event.object_type == "Task");
        if let Some(event) = of_task {
            return DomainEvent::clone(event);
        }
    }
}

/// How many statements it takes to tell all of these sockets of an event.
async fn cost(app: &TestApp, sockets: &mut [Socket], event: &DomainEvent) -> u64 {
    let telling = async {
        app.app().bus().tell(std::slice::from_ref(event));
        for socket in &mut *sockets {
            assert_eq!(socket.hear().await, handed_out());
        }
    };
    let ((), count) = app.counting(telling).await;
    count
}

#[rstest]
#[tokio::test]
async fn an_event_costs_the_same_for_one_socket_and_for_hundreds(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = calm(backend).await;
    let officer = app.officer().await;
    let event = hand_out(&app, &officer).await;
    let people = [officer, app.viewer().await, app.leader().await];
    let mut all = Vec::new();
    let mut alone = Vec::new();
    for person in &people {
        let mut sockets = vec![open(&app, person, CHANGED, json!({})).await];
        let one = cost(&app, &mut sockets, &event).await;
        while sockets.len() < OF_EACH {
            sockets.push(open(&app, person, CHANGED, json!({})).await);
        }
        let many = cost(&app, &mut sockets, &event).await;
        assert_eq!(many, one, "statements for {OF_EACH} sockets and for one");
        for socket in &mut sockets {
            socket.say(json!({ "type": "complete", "id": "1" })).await;
            socket.say(json!({ "type": "ping" })).await;
            assert_eq!(socket.hear().await, pong());
        }
        alone.push(one);
        all.extend(sockets);
    }
    // Session, account, delegations, grants and what roles permit; the plan and the task.
    assert!(alone.iter().all(|one| (7..=12).contains(one)), "{alone:?}");
    for socket in &mut all {
        socket.subscribe("1", CHANGED, json!({})).await;
        assert_eq!(socket.hear().await, pong());
    }
    let together = cost(&app, &mut all, &event).await;
    assert!(
        together <= alone.iter().sum::<u64>(),
        "{together} statements for three accounts, {alone:?} for each"
    );
}

#[rstest]
#[tokio::test]
async fn what_is_asked_otherwise_is_answered_otherwise(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = calm(backend).await;
    let (officer, viewer) = (app.officer().await, app.viewer().await);
    let found = viewer
        .ask("{ task(id: \"2025-14\") { id title } other: task(id: \"2025-13\") { id } }")
        .await;
    let (id, other) = (found.text("/task/id"), found.text("/other/id"));
    let mut codes = open(&app, &viewer, CHANGED, json!({})).await;
    let mut titles = open(&app, &viewer, TITLES, json!({})).await;
    let mut named = open(&app, &viewer, NAMED, json!({ "ids": [id] })).await;
    let mut elsewhere = open(&app, &viewer, NAMED, json!({ "ids": [other] })).await;
    hand_out(&app, &officer).await;
    assert_eq!(codes.hear().await, handed_out());
    let title = found.text("/task/title");
    let with_title = next(&json!({ "task": { "title": title } }));
    assert_eq!(titles.hear().await, with_title);
    let with_code = next(&json!({ "task": { "code": "2025-14" } }));
    assert_eq!(named.hear().await, with_code);
    elsewhere.say(json!({ "type": "ping" })).await;
    assert_eq!(elsewhere.hear().await, pong());
}

#[rstest]
#[tokio::test]
async fn a_session_that_ends_here_closes_its_sockets_at_once_and_no_others(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = calm(backend).await;
    let (leaving, staying) = (app.viewer().await, app.viewer().await);
    let url = app.url("/graphql/ws");
    let mut idle = Socket::begin(&url, leaving.token()).await;
    let mut busy = open(&app, &leaving, CHANGED, json!({})).await;
    let mut other = open(&app, &staying, CHANGED, json!({})).await;
    let answer = leaving
        .ask("mutation { signOut { userErrors { code } } }")
        .await;
    assert_eq!(answer.list("/signOut/userErrors"), [""; 0]);
    assert_eq!(idle.hear().await, Heard::Closed(4403));
    assert_eq!(busy.hear().await, Heard::Closed(4403));
    other.say(json!({ "type": "ping" })).await;
    assert_eq!(other.hear().await, pong());
    let officer = app.officer().await;
    hand_out(&app, &officer).await;
    assert_eq!(other.hear().await, handed_out());
}

#[rstest]
#[tokio::test]
async fn a_role_that_was_taken_away_is_missing_with_the_next_event(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = calm(backend).await;
    let (officer, viewer) = (app.officer().await, app.viewer().await);
    let guest = app
        .person("guest", (Role::Viewer, "HNAST", Reach::Subtree))
        .await;
    let event = hand_out(&app, &officer).await;
    let mut kept = open(&app, &viewer, CHANGED, json!({})).await;
    let mut lost = [
        open(&app, &guest, CHANGED, json!({})).await,
        open(&app, &guest, CHANGED, json!({})).await,
    ];
    app.app().bus().tell(std::slice::from_ref(&event));
    for socket in &mut lost {
        assert_eq!(socket.hear().await, handed_out());
    }
    assert_eq!(kept.hear().await, handed_out());
    sql::run(
        &app,
        "DELETE FROM role_grant WHERE account_id = (SELECT id FROM account WHERE login = 'guest')",
    )
    .await;
    app.app().bus().tell(std::slice::from_ref(&event));
    for socket in &mut lost {
        assert_eq!(socket.hear().await, Heard::Closed(4403));
    }
    assert_eq!(kept.hear().await, handed_out());
}

#[tokio::test]
async fn whoever_is_too_far_behind_begins_anew() {
    let app = calm(Sqlite).await;
    let (officer, viewer) = (app.officer().await, app.viewer().await);
    let event = hand_out(&app, &officer).await;
    let mut socket = open(&app, &viewer, CHANGED, json!({})).await;
    // One thread: nobody hears anything before the last of them is told.
    for _ in 0..=1_024 {
        app.app().bus().tell(std::slice::from_ref(&event));
    }
    assert_eq!(socket.hear().await, Heard::Closed(1013));
}

#[rstest]
#[tokio::test]
async fn looked_at_together_everybody_is_who_he_is_alone(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let deputy = app
        .person("deputy", (Role::Viewer, "HNAST", Reach::Subtree))
        .await;
    let liaison = app.liaison_of("XXB").await;
    let to = deputy.ask("{ viewer { account { id } } }").await;
    let input = json!({ "to": to.text("/viewer/account/id"), "firstDay": "2025-03-17",
        "lastDay": "2025-03-31", "reason": "出差" });
    let made = liaison
        .change("createDelegation", input, "delegation { state }")
        .await;
    assert_eq!(made.user_errors("createDelegation"), [""; 0], "{made:?}");
    let gone = app.viewer().await;
    let everybody = [app.officer().await, deputy, liaison, app.leader().await];
    let identity = app.app().identity();
    let mut admissions = Vec::new();
    for person in everybody.iter().chain([&gone]) {
        let admitted = identity
            .admit(person.token(), Ipv4Addr::LOCALHOST.into())
            .await;
        admissions.push(admitted.expect("somebody who is let in"));
    }
    gone.ask("mutation { signOut { userErrors { code } } }")
        .await;
    let mut found = identity.readmit_all(&admissions).await;
    let last = admissions.pop().expect("the one who left");
    assert_eq!(
        found.remove(&last),
        Some(Err(duban_app::identity::Gone::Ended))
    );
    let mut delegated = 0;
    for admission in admissions {
        let together = found.remove(&admission).expect("an answer");
        let together = together.expect("somebody who may stay");
        let alone = identity.principal(admission.account(), together.session());
        assert_eq!(*together, alone.await.expect("a principal"));
        delegated += together.stands_for().len();
    }
    assert_eq!(delegated, 1);
    assert!(found.is_empty());
}

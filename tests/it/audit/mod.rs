//! The audit trail: nobody changes it unseen.

mod anchors;
mod guard;
mod reading;
mod refusals;
mod tampering;

use std::fmt::Write;

use duban_app::audit::{Range, Report, verify};
use duban_domain::audit::{Break, Chain, Event, Found, Head, HeadStatement};
use duban_persistence::audit;
use duban_tests::{Backend, TestApp};

use crate::sql;

async fn report(app: &TestApp, anchors: Vec<HeadStatement>) -> Report {
    verify(app.store(), Range::default(), anchors)
        .await
        .expect("a report")
}

/// The first thing that is wrong, without signed heads.
async fn broken(app: &TestApp) -> Option<Break> {
    report(app, Vec::new()).await.broken
}

async fn head(app: &TestApp) -> Head {
    audit::head(app.store().read()).await.expect("the head")
}

async fn events(app: &TestApp) -> Vec<Found> {
    let rows = audit::next(app.store().read(), (None, None), 1_000).await;
    let read = |row: audit::Row| row.expect("an event that can be read");
    rows.expect("the events").into_iter().map(read).collect()
}

/// What an administrator of the database does first.
async fn take_triggers_away(app: &TestApp, backend: Backend) {
    let sql = match backend {
        Backend::Sqlite => "DROP TRIGGER audit_event_keeps; DROP TRIGGER audit_event_stays",
        Backend::Postgres => "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    };
    sql::run(app, sql).await;
}

/// Bytes as a literal.
fn bytes(backend: Backend, bytes: &[u8]) -> String {
    let mut digits = String::new();
    for byte in bytes {
        write!(digits, "{byte:02x}").expect("text");
    }
    match backend {
        Backend::Sqlite => format!("x'{digits}'"),
        Backend::Postgres => format!("'\\x{digits}'::bytea"),
    }
}

/// Stores another head.
async fn put_head(app: &TestApp, backend: Backend, head: Head) {
    let hash = bytes(backend, &head.hash.0);
    let sql = format!("UPDATE audit_head SET seq = {}, hash = {hash}", head.seq);
    sql::run(app, &sql).await;
}

/// Rewrites the trail from an event on, so that every link fits again.
async fn rewrite(app: &TestApp, backend: Backend, from: i64, change: impl Fn(&mut Event)) {
    let mut chain = Chain::after(Head::START);
    for mut found in events(app).await {
        if found.seq == from {
            change(&mut found.event);
        }
        let head = chain.append(&found.event);
        let (hash, action) = (bytes(backend, &head.hash.0), &found.event.action);
        sql::run(
            app,
            &format!(
                "UPDATE audit_event SET action = '{action}', hash = {hash} WHERE seq = {}",
                head.seq
            ),
        )
        .await;
    }
    put_head(app, backend, chain.head()).await;
}

//! The database itself refuses to change what is written.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    TestApp,
};
use rstest::rstest;
use sea_orm::ConnectionTrait;

use super::{broken, head};
use crate::sql;

#[rstest]
#[tokio::test]
async fn an_event_is_neither_changed_nor_removed(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let db = sql::connect(&app).await;
    let mut attempts = vec![
        "UPDATE audit_event SET action = 'plan.issued' WHERE seq = 1",
        "UPDATE audit_event SET seq = seq + 1000",
        "DELETE FROM audit_event WHERE seq = 1",
        "DELETE FROM audit_event",
    ];
    if backend == Postgres {
        attempts.push("TRUNCATE audit_event");
        attempts.push("TRUNCATE audit_event CASCADE");
    }
    for sql in attempts {
        let error = db.execute_unprepared(sql).await.expect_err(sql).to_string();
        assert!(error.contains("never changed or removed"), "{sql}: {error}");
    }
    db.close().await.expect("the end of a connection");
    assert_eq!(broken(&app).await, None);
}

#[rstest]
#[tokio::test]
async fn every_change_is_bound_to_all_before_it(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let before = head(&app).await;
    let officer = app.officer().await;
    let input =
        serde_json::json!({ "text": "# 2031年工作要点\n\n1. 办一件事。", "fileName": "a.md" });
    let answer = officer.change("importPlan", input, "plan { code }").await;
    assert_eq!(answer.user_errors("importPlan"), [""; 0]);
    let report = super::report(&app, Vec::new()).await;
    assert_eq!(report.broken, None);
    assert_eq!(report.head, head(&app).await);
    assert_eq!(report.events, report.head.seq);
    assert!(report.head.seq > before.seq);
    let event = super::events(&app).await.pop().expect("an event").event;
    assert_eq!(event.action, "plan.imported");
    assert_eq!(event.address.as_deref(), Some("127.0.0.1"));
    assert!(
        event.request.is_some(),
        "the request is named as in the logs"
    );
    assert!(
        event.session.is_some() && event.actor.is_some(),
        "{event:?}"
    );
}

#[rstest]
#[tokio::test]
async fn many_who_write_at_once_leave_one_chain(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_without_plan(backend).await;
    let many = ["officer", "leader", "viewer", "verifier", "auditor"];
    futures_util::future::join_all(many.map(|login| app.sign_in(login))).await;
    assert_eq!(broken(&app).await, None);
    assert_eq!(super::report(&app, Vec::new()).await.head, head(&app).await);
}

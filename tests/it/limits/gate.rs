//! The gate: what is important goes on while the server has more to do than it can.

use std::time::{Duration, Instant};

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, PlanText, TestApp,
};
use rstest::rstest;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, TransactionTrait};

use super::PATIENCE;
use crate::sql;

const TASKS: &str = "{ tasks(first: 1) { edges { node { id } } } }";

/// A lock for which whoever writes waits.
async fn hold_every_change(db: &DatabaseConnection) -> DatabaseTransaction {
    let lock = db.begin().await.expect("a transaction");
    let held = lock.execute_unprepared("UPDATE audit_head SET seq = seq");
    held.await.expect("the lock that every change takes");
    lock
}

#[rstest]
#[tokio::test]
async fn a_saturated_server_sheds_work_and_keeps_its_head(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_with(backend, Content::Plan2025, |settings| {
        let gate = &mut settings.limits.gate;
        (gate.least, gate.most) = (1, 1);
        // Longer than anything takes here, so that only what stands still is too slow.
        gate.patience = Duration::from_millis(700);
    })
    .await;
    let (officer, viewer) = (app.officer().await, app.viewer().await);
    let db = sql::connect(&app).await;
    let lock = hold_every_change(&db).await;

    let document = PlanText::of_points(2031, 5);
    let busy = officer.import(&document);
    let others = async {
        let began = Instant::now();
        while viewer.ask(TASKS).await.status() != 503 {
            assert!(began.elapsed() < PATIENCE, "the only place is taken");
        }
        let (answer, statements) = app.counting(viewer.ask(TASKS)).await;
        assert_eq!(answer.status(), 503);
        assert_eq!(answer.codes(), ["OVERLOADED"]);
        assert_eq!(statements, 0, "a refusal costs the database nothing");
        let again: u64 = answer.header("retry-after").parse().expect("seconds");
        assert!((1..=5).contains(&again), "{again}");
        assert!(
            answer.errors()[0]["message"]
                .to_string()
                .contains("系统繁忙")
        );

        let healthy = viewer.send(viewer.get("/healthz")).await;
        assert_eq!(healthy.status(), 200);
        // The one writer of SQLite waits for the lock, and `/readyz` asks whether it answers.
        if backend == Postgres {
            let ready = viewer.send(viewer.get("/readyz")).await;
            assert_eq!(ready.status(), 200);
        }
        let metrics = viewer.send(viewer.get("/metrics")).await;
        assert!(
            metrics
                .body()
                .contains("duban_shed_total{priority=\"interactive\"}")
        );
        let file = viewer.send(viewer.get("/exports/ledger?plan=2025")).await;
        assert_eq!(
            (file.status(), file.json()["code"].as_str()),
            (503, Some("OVERLOADED"))
        );

        // Signing in does not stand in the same queue: it waits for the lock and not at the gate.
        let somebody = app.anonymous();
        let release = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            lock.rollback().await.expect("the end of a transaction");
        };
        let signing_in = somebody.try_sign_in("leader", duban_tests::PASSWORD);
        let (signed_in, ()) = tokio::join!(signing_in, release);
        assert!(!signed_in.text("/signIn/accessToken").is_empty());
    };
    let (code, ()) = tokio::join!(busy, others);
    assert_eq!(code, "2031");
    db.close().await.expect("the end of a connection");
    let began = Instant::now();
    while viewer.ask(TASKS).await.status() != 200 {
        assert!(began.elapsed() < PATIENCE, "the place is free again");
    }
}

#[rstest]
#[tokio::test]
async fn an_answer_that_is_too_large_is_refused(
    #[values(Sqlite, Postgres)] backend: Backend,
    #[values(0, 1_000_000)] answers: u64,
) {
    let app = TestApp::start_with(backend, Content::Plan2025, |settings| {
        settings.limits.answer = 2_000;
        settings.limits.answers = answers;
    })
    .await;
    let viewer = app.viewer().await;
    let page =
        |first: u32| format!("{{ tasks(first: {first}) {{ edges {{ node {{ title text }} }} }} }}");
    assert_eq!(viewer.ask(&page(1)).await.list("/tasks/edges").len(), 1);
    for _ in 0..2 {
        let answer = viewer.ask(&page(36)).await;
        assert_eq!(answer.codes(), ["ANSWER_TOO_LARGE"]);
        assert_eq!(answer.status(), 200, "it ran");
        assert_eq!(answer.json().get("data"), Some(&serde_json::Value::Null));
    }
    let broken = "{ tasks(first: 36) { edges { node { title text } } } task(id: \"2025-1\") { milestones(first: 999) { totalCount } } }";
    assert_eq!(viewer.ask(broken).await.codes(), ["ANSWER_TOO_LARGE"]);
}

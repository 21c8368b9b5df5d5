//! How fast the audit trail is verified as `duban audit verify` does it, read from SQLite:
//! `cargo bench -p duban-tests`. Prints and judges nothing: times belong to a machine.

use std::{
    error::Error,
    io::{self, Write},
    sync::Arc,
    time::Instant,
};

use duban_app::audit::{Range, verify};
use duban_domain::audit::{Chain, Event, Head, Outcome};
use duban_persistence::Store;
use duban_tests::{Backend, Content, Database, TestClock};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// Events that are verified.
const EVENTS: u64 = 500_000;
/// Rows of one statement.
const ROWS: u64 = 500;
/// Events a second that are wanted.
const WANTED: f64 = 500_000.0;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let database = Database::new(Backend::Sqlite, Content::Nothing).await;
    let db = Store::open_for_migration(&database.settings()).await?;
    duban_migrations::migrate(&db).await?;
    fill(&db).await?;
    db.close().await?;
    let store = Store::open(&database.settings(), Arc::new(TestClock::default())).await?;
    for round in 1..=3 {
        let began = Instant::now();
        let report = verify(&store, Range::default(), Vec::new()).await?;
        let seconds = began.elapsed().as_secs_f64();
        if let Some(broken) = report.broken {
            return Err(broken.into());
        }
        #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
        let rate = EVENTS as f64 / seconds;
        writeln!(
            out,
            "round {round}: {rate:.0} events/s from SQLite (wanted {WANTED:.0})"
        )?;
    }
    Ok(())
}

/// Fills the trail with events like those that tasks leave.
async fn fill(db: &impl ConnectionTrait) -> Result<(), Box<dyn Error>> {
    let mut chain = Chain::after(Head::START);
    db.execute_unprepared("BEGIN").await?;
    for first in (1..=EVENTS).step_by(usize::try_from(ROWS)?) {
        let rows: Vec<String> = (first..first + ROWS)
            .map(|number| row(&mut chain, number))
            .collect();
        let sql = format!("INSERT INTO audit_event VALUES {}", rows.join(","));
        db.execute_unprepared(&sql).await?;
    }
    let head = chain.head();
    let (seq, hash) = (head.seq, head.hash);
    db.execute_unprepared(&format!(
        "UPDATE audit_head SET seq = {seq}, hash = x'{hash}'; COMMIT"
    ))
    .await?;
    Ok(())
}

fn row(chain: &mut Chain, number: u64) -> String {
    let key = |kind: u128| Uuid::from_u128(kind << 64 | u128::from(number));
    let event = Event {
        at: 1_742_175_000_000_000,
        actor: Some(key(1)),
        on_behalf_of: None,
        session: Some(key(2)),
        address: Some("203.0.113.9".to_owned()),
        request: Some(key(3)),
        action: "task.completion_submitted".to_owned(),
        object_type: "Task".to_owned(),
        object_id: Some(key(4)),
        outcome: Outcome::Done,
        detail: format!(
            r#"{{"code":"2025-{number}","from":"IN_PROGRESS","to":"COMPLETION_SUBMITTED","reason":"全年任务已完成，材料附后"}}"#
        ),
    };
    let head = chain.append(&event);
    let [actor, session, request, object] = [1, 2, 3, 4].map(|kind| key(kind).simple());
    format!(
        "({}, 1, {}, x'{actor}', NULL, x'{session}', '203.0.113.9', x'{request}', '{}', 'Task', \
         x'{object}', 'DONE', '{}', x'{}')",
        head.seq, event.at, event.action, event.detail, head.hash
    )
}

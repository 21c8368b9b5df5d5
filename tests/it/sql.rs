//! What stands in the database below a server, for what no caller is shown.

use duban_persistence::Store;
use duban_tests::TestApp;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

/// A connection of one's own that may write.
pub async fn connect(app: &TestApp) -> DatabaseConnection {
    Store::open_for_migration(&app.database().settings())
        .await
        .expect("a connection")
}

/// Runs statements that change something.
pub async fn run(app: &TestApp, sql: &str) {
    let db = connect(app).await;
    db.execute_unprepared(sql)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    db.close().await.expect("the end of a connection");
}

/// The first column, a number, of the first row.
pub async fn number(app: &TestApp, sql: &str) -> i64 {
    let db = app.store().read();
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    row.expect("a row").try_get_by_index(0).expect("a number")
}

/// The first column of every row, as text.
pub async fn texts(app: &TestApp, sql: &str) -> Vec<String> {
    let db = app.store().read();
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.iter()
        .map(|row| row.try_get_by_index(0).expect("a text"))
        .collect()
}

/// The actions of what was done after a number, in their order; the numbers have no gap.
pub async fn audit_after(app: &TestApp, seq: i64) -> Vec<String> {
    let actions = audit_texts(app, seq, "DONE").await;
    let head = number(app, "SELECT seq FROM audit_head").await;
    let last = number(app, "SELECT COALESCE(MAX(seq), 0) FROM audit_event").await;
    let count = number(app, "SELECT COUNT(*) FROM audit_event").await;
    assert_eq!((last, count), (head, head), "no number is left out");
    actions
}

/// The actions of what was refused after a number, in their order.
pub async fn refused_after(app: &TestApp, seq: i64) -> Vec<String> {
    audit_texts(app, seq, "REFUSED").await
}

async fn audit_texts(app: &TestApp, seq: i64, outcome: &str) -> Vec<String> {
    let sql = format!(
        "SELECT action FROM audit_event WHERE seq > {seq} AND outcome = '{outcome}' ORDER BY seq"
    );
    texts(app, &sql).await
}

/// The number of the last audit event.
pub async fn audit_head(app: &TestApp) -> i64 {
    number(app, "SELECT seq FROM audit_head").await
}

/// How many rows each table has, so that a test can say that nothing was stored; of audit events
/// those of what was done, for a refusal leaves one too.
pub async fn sizes(app: &TestApp) -> Vec<(&'static str, i64)> {
    const TABLES: [&str; 22] = [
        "plan",
        "plan_source",
        "section",
        "clause",
        "task",
        "task_link",
        "assignment",
        "unresolved_department",
        "metric",
        "metric_overlap",
        "milestone",
        "milestone_step",
        "metric_exception",
        "task_origin",
        "amendment",
        "amendment_change",
        "plan_warning",
        "department",
        "department_parent",
        "department_closure",
        "audit_event",
        "idempotency_record",
    ];
    let mut sizes = Vec::new();
    for table in TABLES {
        let done = if table == "audit_event" {
            "WHERE outcome = 'DONE'"
        } else {
            ""
        };
        let count = number(app, &format!("SELECT COUNT(*) FROM {table} {done}")).await;
        sizes.push((table, count));
    }
    sizes
}

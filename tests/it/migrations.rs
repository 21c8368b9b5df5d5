//! Every step of the schema, there and back, on both databases.

use std::sync::Arc;

use duban_app::audit;
use duban_migrations::{migrate, steps, take_back};
use duban_persistence::{Store, StoreSettings};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Content, Database, TestClock,
};
use futures_util::future::join_all;
use rstest::rstest;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// A connection with a pool of one, which must be enough.
async fn connect(database: &Database) -> DatabaseConnection {
    let settings = StoreSettings {
        write_connections: 1,
        ..database.settings()
    };
    Store::open_for_migration(&settings)
        .await
        .expect("a connection")
}

async fn texts(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await;
    rows.unwrap_or_else(|error| panic!("{sql}: {error}"))
        .iter()
        .map(|row| row.try_get_by_index(0).expect("a text"))
        .collect()
}

/// Every table, column, index and constraint, one a line.
async fn schema(db: &DatabaseConnection) -> Vec<String> {
    if db.get_database_backend() == DbBackend::Sqlite {
        let sql = "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_master
                   ORDER BY 1";
        return texts(db, sql).await;
    }
    let mut all = Vec::new();
    for sql in [
        "SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length,
           is_nullable, column_default) FROM information_schema.columns
         WHERE table_schema = 'public' ORDER BY 1",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
        "SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
         FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1",
    ] {
        all.extend(texts(db, sql).await);
    }
    all
}

async fn applied(db: &DatabaseConnection) -> usize {
    let all = steps(db).await.expect("the steps");
    all.iter().filter(|step| step.is_applied).count()
}

#[rstest]
#[tokio::test]
async fn every_step_goes_up_down_and_up_again(#[values(Sqlite, Postgres)] backend: Backend) {
    let database = Database::new(backend, Content::Nothing).await;
    let db = connect(&database).await;
    migrate(&db).await.expect("the migrations");
    let whole = schema(&db).await;
    let count = steps(&db).await.expect("the steps").len();
    assert_eq!(applied(&db).await, count);
    let mut levels = Vec::new();
    for down in 1..=count {
        take_back(&db, 1).await.expect("a step back");
        assert_eq!(applied(&db).await, count - down);
        levels.push(schema(&db).await);
    }
    let left = levels.last().expect("a step");
    let own = |line: &&String| !line.contains("seaql_migrations");
    assert_eq!(
        left.iter().filter(own).count(),
        0,
        "nothing of ours is left: {left:?}"
    );
    for (level, back) in levels.iter().zip(1..) {
        migrate(&db).await.expect("the migrations");
        assert_eq!(schema(&db).await, whole, "after {back} steps back");
        take_back(&db, back).await.expect("steps back");
        assert_eq!(schema(&db).await, *level, "{back} steps back at once");
    }
    migrate(&db).await.expect("the migrations");
    assert_eq!(schema(&db).await, whole);
    migrate(&db).await.expect("nothing to do");
}

#[rstest]
#[tokio::test]
async fn a_filled_database_goes_back_and_up(#[values(Sqlite, Postgres)] backend: Backend) {
    let database = Database::new(backend, Content::Plan2025).await;
    let db = connect(&database).await;
    let whole = schema(&db).await;
    let count = u32::try_from(steps(&db).await.expect("the steps").len()).expect("few");
    take_back(&db, count).await.expect("steps back");
    migrate(&db).await.expect("the migrations");
    assert_eq!(schema(&db).await, whole);
}

#[rstest]
#[tokio::test]
async fn instances_that_migrate_at_once_wait_for_each_other(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let database = Database::new(backend, Content::Nothing).await;
    let mut instances = Vec::new();
    for _ in 0..4 {
        instances.push(connect(&database).await);
    }
    for done in join_all(instances.iter().map(migrate)).await {
        done.expect("the migrations");
    }
    let db = &instances[0];
    assert_eq!(applied(db).await, steps(db).await.expect("the steps").len());
    let heads = texts(db, "SELECT CAST(COUNT(*) AS TEXT) FROM audit_head").await;
    assert_eq!(heads, ["1"]);
}

#[rstest]
#[tokio::test]
async fn a_step_that_fails_leaves_the_schema_as_it_was(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let database = Database::new(backend, Content::Nothing).await;
    let db = connect(&database).await;
    // In the way of a later step.
    db.execute_unprepared("CREATE TABLE upload (id INTEGER)")
        .await
        .expect("a table");
    let before = schema(&db).await;
    migrate(&db).await.expect_err("a table in the way");
    assert_eq!(schema(&db).await, before);
    db.execute_unprepared("DROP TABLE upload")
        .await
        .expect("no table");
    migrate(&db).await.expect("the migrations");
}

#[rstest]
#[tokio::test]
async fn events_from_before_the_chain_are_bound_into_it(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let database = Database::new(backend, Content::Plan2025).await;
    let db = connect(&database).await;
    let all = steps(&db).await.expect("the steps");
    let chain = all.iter().position(|one| one.name.contains("audit_chain"));
    let back = all.len() - chain.expect("the step of the chain");
    let sql = "SELECT action FROM audit_event WHERE outcome = 'DONE' ORDER BY seq";
    let before = texts(&db, sql).await;
    assert!(before.len() > 7, "{before:?}");
    take_back(&db, u32::try_from(back).expect("few"))
        .await
        .expect("steps back");
    migrate(&db).await.expect("the migrations");
    assert_eq!(texts(&db, sql).await, before);
    let store = Store::open(&database.settings(), Arc::new(TestClock::default()))
        .await
        .expect("the store");
    let report = audit::verify(&store, audit::Range::default(), Vec::new())
        .await
        .expect("a report");
    assert_eq!(report.broken, None);
    assert_eq!(usize::try_from(report.events), Ok(before.len()));
}

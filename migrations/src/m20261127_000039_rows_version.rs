//! Which rows of the directory and of the plans are the present ones: a token of each that says something
//! new whenever a row of its tables changes, so that rows that were read may be remembered until then.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::drop_tables;

const TABLE: &str = "rows_version";

/// The families, with the tables that each is read from.
const FAMILIES: [(&str, &[&str]); 2] = [
    (
        "DIRECTORY",
        &["department", "department_parent", "department_closure"],
    ),
    (
        "PLANS",
        &[
            "plan",
            "section",
            "task",
            "task_origin",
            "assignment",
            "metric",
        ],
    ),
];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(TABLE)
                    .col(string("family").primary_key().take())
                    .col(uuid("token"))
                    .to_owned(),
            )
            .await?;
        let db = manager.get_connection();
        for sql in watch(db.get_database_backend()) {
            db.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let backend = db.get_database_backend();
        for table in FAMILIES.iter().flat_map(|(_, tables)| tables.iter()) {
            for sql in unwatch(backend, table) {
                db.execute_unprepared(&sql).await?;
            }
        }
        if backend == DbBackend::Postgres {
            db.execute_unprepared("DROP FUNCTION rows_are_new()")
                .await?;
        }
        drop_tables(manager, &[TABLE]).await
    }
}

/// A token is never given out twice: one that a transaction took back must not come again for other rows.
fn watch(backend: DbBackend) -> Vec<String> {
    let token = match backend {
        DbBackend::Postgres => "gen_random_uuid()",
        _ => "randomblob(16)",
    };
    let mut all: Vec<String> = FAMILIES
        .iter()
        .map(|(family, _)| {
            format!("INSERT INTO {TABLE} (family, token) VALUES ('{family}', {token})")
        })
        .collect();
    if backend == DbBackend::Postgres {
        all.push(function());
    }
    for (family, tables) in FAMILIES {
        for table in tables {
            all.extend(watch_table(backend, table, family));
        }
    }
    all
}

/// One statement a transaction, at its end: the row of the token is locked for no longer than the commit
/// takes, after all that the transaction has locked before, so that nobody waits in a ring.
fn function() -> String {
    format!(
        "CREATE FUNCTION rows_are_new() RETURNS trigger LANGUAGE plpgsql AS $$
         DECLARE done text := 'duban.new_' || lower(TG_ARGV[0]);
         BEGIN
           IF current_setting(done, true) IS DISTINCT FROM pg_current_xact_id()::text THEN
             UPDATE {TABLE} SET token = gen_random_uuid() WHERE family = TG_ARGV[0];
             PERFORM set_config(done, pg_current_xact_id()::text, true);
           END IF;
           RETURN NULL;
         END $$"
    )
}

fn watch_table(backend: DbBackend, table: &str, family: &str) -> Vec<String> {
    match backend {
        DbBackend::Postgres => vec![format!(
            "CREATE CONSTRAINT TRIGGER {table}_rows_are_new
             AFTER INSERT OR UPDATE OR DELETE ON {table} DEFERRABLE INITIALLY DEFERRED
             FOR EACH ROW EXECUTE FUNCTION rows_are_new('{family}')"
        )],
        _ => ["insert", "update", "delete"]
            .iter()
            .map(|act| {
                format!(
                    "CREATE TRIGGER {table}_{act}_is_new_row AFTER {act} ON {table} BEGIN
                     UPDATE {TABLE} SET token = randomblob(16) WHERE family = '{family}'; END"
                )
            })
            .collect(),
    }
}

fn unwatch(backend: DbBackend, table: &str) -> Vec<String> {
    match backend {
        DbBackend::Postgres => vec![format!("DROP TRIGGER {table}_rows_are_new ON {table}")],
        _ => ["insert", "update", "delete"]
            .iter()
            .map(|act| format!("DROP TRIGGER {table}_{act}_is_new_row"))
            .collect(),
    }
}

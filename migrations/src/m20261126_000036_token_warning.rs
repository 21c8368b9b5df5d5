//! Warnings of tokens among what people are told: their kinds, and the token that one is about.
//!
//! SQLite changes no CHECK, so the table is made anew and what is in it is carried over, on both databases.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references, unique};

/// The table of what people are told.
pub(crate) const TABLE: &str = "notification";
const KEPT: &str = "notification_kept";

/// Every kind that there is with this step.
pub(crate) const KINDS: &[&str] = &[
    "HANDED_OUT",
    "DECLINED",
    "COMPLETION_SUBMITTED",
    "RETURNED",
    "COMPLETED",
    "EXTENSION_REQUESTED",
    "EXTENSION_DECIDED",
    "NOTICE_ISSUED",
    "NOTICE_ESCALATED",
    "NOTICE_REPLIED",
    "NOTICE_WITHDRAWN",
    "REPORT_RETURNED",
    "SIGN_FOR",
    "REPORT",
    "DEADLINE",
    "MILESTONE",
    "MEND",
    "NOTICE_REPLY",
    "TOKEN_ENDING",
    "TOKEN_UNUSED",
];

/// All but the two that are new.
const KINDS_BEFORE: &[&str] = KINDS.split_at(KINDS.len() - 2).0;

const PHASES: &[&str] = &["BEFORE", "ON", "AFTER"];

/// The columns of before, which are carried over.
const COLUMNS: &str = "id, account_id, natural_key, kind, phase, task_id, notice_id, due_on, detail, \
                       created_at, read_at, digest_on";

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        renew(manager, table_with_token(KINDS), COLUMNS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(
            "DELETE FROM notification WHERE kind IN ('TOKEN_ENDING', 'TOKEN_UNUSED')",
        )
        .await?;
        renew(manager, table(KINDS_BEFORE), COLUMNS).await
    }
}

/// Makes the table anew with what was in these columns of it.
pub(crate) async fn renew(
    manager: &SchemaManager<'_>,
    table: TableCreateStatement,
    columns: &str,
) -> Result<(), DbErr> {
    let db = manager.get_connection();
    db.execute_unprepared(&format!(
        "CREATE TABLE {KEPT} AS SELECT {columns} FROM {TABLE}"
    ))
    .await?;
    drop_tables(manager, &[TABLE]).await?;
    manager.create_table(table).await?;
    db.execute_unprepared(&format!(
        "INSERT INTO {TABLE} ({columns}) SELECT {columns} FROM {KEPT}"
    ))
    .await?;
    drop_tables(manager, &[KEPT]).await?;
    for made in [
        unique(TABLE, &["account_id", "natural_key"]),
        index(TABLE, &["account_id", "read_at"]),
        index(TABLE, &["account_id", "created_at"]),
        index(TABLE, &["digest_on"]),
    ] {
        manager.create_index(made).await?;
    }
    Ok(())
}

/// The table as it was before tokens stood in it.
fn table(kinds: &'static [&'static str]) -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table(TABLE)
        .col(pk_uuid("id"))
        .col(uuid("account_id"))
        .col(string_len("natural_key", 160))
        .col(one_of("kind", kinds))
        .col(one_of("phase", PHASES).null().take())
        .col(uuid_null("task_id"))
        .col(uuid_null("notice_id"))
        .col(date_null("due_on"))
        .col(json_binary("detail"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("read_at"))
        .col(date_null("digest_on"));
    for (column, target) in [
        ("account_id", "account"),
        ("task_id", "task"),
        ("notice_id", "notice"),
    ] {
        let cascade = ForeignKeyAction::Cascade;
        table.foreign_key(&mut references(TABLE, column, target, cascade));
    }
    table
}

/// The table with the token that something is about.
pub(crate) fn table_with_token(kinds: &'static [&'static str]) -> TableCreateStatement {
    let mut table = table(kinds);
    let cascade = ForeignKeyAction::Cascade;
    table
        .col(uuid_null("token_id"))
        .foreign_key(&mut references(TABLE, "token_id", "api_token", cascade));
    table
}

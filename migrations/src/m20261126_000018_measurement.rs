//! Measurements: every revision of every figure, with the things that distinct counts name.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references, unique};

const STATES: &[&str] = &["DRAFT", "SUBMITTED", "VERIFIED", "REJECTED"];

const KINDS: &[&str] = &["AMOUNT", "NOT_APPLICABLE"];

const CHANNELS: &[&str] = &["WEB", "API", "SPREADSHEET", "REGISTER"];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        measurements(manager).await?;
        things(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["measurement_thing", "measurement"]).await
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "a table is one statement, column by column"
)]
async fn measurements(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "measurement";
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(pk_uuid("id"))
                .col(uuid("metric_id"))
                .col(uuid("department_id"))
                .col(string_len("period", 7))
                .col(integer("revision"))
                .col(uuid_null("replaces_id"))
                .col(one_of("kind", KINDS))
                .col(big_integer_null("value"))
                .col(big_integer_null("base"))
                .col(big_integer_null("running_total"))
                .col(one_of("state", STATES))
                .col(one_of("channel", CHANNELS))
                .col(uuid("author_id"))
                .col(uuid_null("author_for_id"))
                .col(timestamp_with_time_zone("recorded_at"))
                .col(boolean("is_late"))
                .col(text_null("reason"))
                .col(uuid_null("decided_by_id"))
                .col(uuid_null("decided_for_id"))
                .col(timestamp_with_time_zone_null("decided_at"))
                .col(text_null("decided_reason"))
                .foreign_key(&mut references(
                    table,
                    "metric_id",
                    "metric",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    table,
                    "department_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .foreign_key(&mut references(
                    table,
                    "author_id",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique(
            table,
            &["metric_id", "department_id", "period", "revision"],
        ))
        .await?;
    manager
        .create_index(index(table, &["department_id", "period"]))
        .await?;
    manager
        .create_index(index(table, &["state", "recorded_at"]))
        .await
}

async fn things(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "measurement_thing";
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(uuid("measurement_id"))
                .col(string_len("thing", 80))
                .primary_key(Index::create().col("measurement_id").col("thing"))
                .foreign_key(&mut references(
                    table,
                    "measurement_id",
                    "measurement",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await
}

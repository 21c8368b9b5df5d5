//! When reports are asked for, version by version, each with the first month that follows it.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, references};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("report_rule")
                    .col(integer("version").primary_key().take())
                    .col(string_len("first_month", 7))
                    .col(small_integer("opens_days_before_end"))
                    .col(small_integer("due_working_day"))
                    .col(small_integer("closes_after_working_days"))
                    .col(uuid("changed_by"))
                    .col(timestamp_with_time_zone("changed_at"))
                    .foreign_key(&mut references(
                        "report_rule",
                        "changed_by",
                        "account",
                        ForeignKeyAction::Restrict,
                    ))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["report_rule"]).await
    }
}

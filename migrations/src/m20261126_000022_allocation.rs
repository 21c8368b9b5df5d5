//! Allocations: what a unit shared out of what it carries of a metric, version by version.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references, unique};

const METHODS: &[&str] = &["EVENLY", "BY_LAST_YEAR", "BY_WEIGHT", "BY_HAND"];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        allocations(manager).await?;
        shares(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["allocation_share", "allocation"]).await
    }
}

async fn allocations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "allocation";
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(pk_uuid("id"))
                .col(uuid("metric_id"))
                .col(uuid("whole_id"))
                .col(integer("version"))
                .col(one_of("method", METHODS))
                .col(text_null("reason"))
                .col(uuid("made_by"))
                .col(uuid_null("made_for"))
                .col(timestamp_with_time_zone("made_at"))
                .foreign_key(&mut references(
                    table,
                    "metric_id",
                    "metric",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    table,
                    "whole_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .foreign_key(&mut references(
                    table,
                    "made_by",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique(table, &["metric_id", "whole_id", "version"]))
        .await
}

async fn shares(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "allocation_share";
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(uuid("allocation_id"))
                .col(uuid("department_id"))
                .col(integer("position"))
                .col(big_integer("figure"))
                .primary_key(Index::create().col("allocation_id").col("department_id"))
                .foreign_key(&mut references(
                    table,
                    "allocation_id",
                    "allocation",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    table,
                    "department_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager.create_index(index(table, &["department_id"])).await
}

//! How much programs call, by token and day.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, references};

const TABLE: &str = "token_usage";

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table(TABLE)
            .col(uuid("token_id"))
            .col(date("day"))
            .col(uuid("account_id"))
            .col(big_integer("requests"))
            .col(big_integer("points"))
            .col(big_integer("refused"))
            .col(big_integer("errors"))
            .col(timestamp_with_time_zone("last_seen_at"))
            .primary_key(Index::create().col("token_id").col("day"));
        for (column, target) in [("token_id", "api_token"), ("account_id", "account")] {
            let cascade = ForeignKeyAction::Cascade;
            table.foreign_key(&mut references(TABLE, column, target, cascade));
        }
        manager.create_table(table).await?;
        manager
            .create_index(index(TABLE, &["account_id", "day"]))
            .await?;
        manager.create_index(index(TABLE, &["day"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &[TABLE]).await
    }
}

//! What callers have spent of their points at several servers.

use sea_orm::DbBackend;
use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::drop_tables;

const TABLE: &str = "purse";

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
                    .col(string("payer").primary_key().take())
                    .col(timestamp_with_time_zone("full_at"))
                    .to_owned(),
            )
            .await?;
        let db = manager.get_connection();
        if db.get_database_backend() == DbBackend::Postgres {
            // Rows live for seconds and may be lost with a crash: all purses are full then.
            db.execute_unprepared("ALTER TABLE purse SET UNLOGGED")
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &[TABLE]).await
    }
}

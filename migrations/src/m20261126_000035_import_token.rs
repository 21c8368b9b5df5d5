//! The token with which a large file of figures was sent: an import goes on for as long as it is in force.

use sea_orm_migration::{prelude::*, schema::*};

const TABLE: &str = "measurement_import";
const COLUMN: &str = "token_id";

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::alter();
        table.table(TABLE).add_column(uuid_null(COLUMN));
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::alter();
        table.table(TABLE).drop_column(COLUMN);
        manager.alter_table(table).await
    }
}

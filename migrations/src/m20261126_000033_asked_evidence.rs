//! Metrics that ask for evidence (佐证材料) under each figure.

use sea_orm_migration::{prelude::*, schema::*};

/// The metrics, and how they were before they changed.
const TABLES: [&str; 2] = ["metric", "metric_past"];
const COLUMN: &str = "is_evidence_asked";

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in TABLES {
            let column = boolean(COLUMN).default(false).take();
            let mut table = Table::alter();
            table.table(name).add_column(column);
            manager.alter_table(table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in TABLES {
            let mut table = Table::alter();
            table.table(name).drop_column(COLUMN);
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}

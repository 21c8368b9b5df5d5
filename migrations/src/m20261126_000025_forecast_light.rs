//! From when on a forecast turns a light yellow.

use sea_orm_migration::prelude::*;

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let yellow = ColumnDef::new("forecast_yellow")
            .small_integer()
            .not_null()
            .default(50)
            .take();
        let change = Table::alter()
            .table("light_rule")
            .add_column(yellow)
            .to_owned();
        manager.alter_table(change).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let change = Table::alter()
            .table("light_rule")
            .drop_column("forecast_yellow")
            .to_owned();
        manager.alter_table(change).await
    }
}

//! Notices that went a rung up by themselves, and from when on an overdue one is red.

use sea_orm_migration::prelude::*;

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let automatic = ColumnDef::new("is_automatic")
            .boolean()
            .not_null()
            .default(false)
            .take();
        add(manager, "notice_step", automatic).await?;
        let red = ColumnDef::new("notice_red_days")
            .small_integer()
            .not_null()
            .default(5)
            .take();
        add(manager, "light_rule", red).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        take(manager, "light_rule", "notice_red_days").await?;
        take(manager, "notice_step", "is_automatic").await
    }
}

async fn add(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: ColumnDef,
) -> Result<(), DbErr> {
    let change = Table::alter().table(table).add_column(column).to_owned();
    manager.alter_table(change).await
}

async fn take(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: &'static str,
) -> Result<(), DbErr> {
    let change = Table::alter().table(table).drop_column(column).to_owned();
    manager.alter_table(change).await
}

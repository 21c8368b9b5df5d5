//! One-time links by mail: what is secret of a mail stands sealed beside its text until it is gone.

use sea_orm_migration::prelude::*;

const TABLE: &str = "outgoing_mail";

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            ColumnDef::new("secret").binary().null().take(),
            ColumnDef::new("sealed_with").string_len(32).null().take(),
        ];
        for column in columns {
            let change = Table::alter().table(TABLE).add_column(column).to_owned();
            manager.alter_table(change).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["sealed_with", "secret"] {
            let change = Table::alter().table(TABLE).drop_column(column).to_owned();
            manager.alter_table(change).await?;
        }
        Ok(())
    }
}

//! Service accounts, and the tokens by which programs call on their behalf.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, references, unique};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .alter_table(
                Table::alter()
                    .table("account")
                    .add_column(boolean("is_service").default(false))
                    .to_owned(),
            )
            .await?;
        tokens(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["api_token"]).await?;
        manager
            .alter_table(
                Table::alter()
                    .table("account")
                    .drop_column("is_service")
                    .to_owned(),
            )
            .await
    }
}

async fn tokens(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "api_token";
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(pk_uuid("id"))
                .col(string_len("public_id", 8))
                .col(uuid("account_id"))
                .col(string_len("name", 60))
                .col(blob("secret_hash"))
                .col(json_binary("scopes"))
                .col(json_binary_null("metrics"))
                .col(json_binary("addresses"))
                .col(uuid("author_id"))
                .col(uuid_null("author_for_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone("expires_at"))
                .col(uuid_null("successor_of_id"))
                .col(timestamp_with_time_zone_null("last_used_at"))
                .col(string_len_null("last_address", 45))
                .col(timestamp_with_time_zone_null("revoked_at"))
                .foreign_key(&mut references(
                    table,
                    "account_id",
                    "account",
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
    manager.create_index(unique(table, &["public_id"])).await?;
    manager.create_index(index(table, &["account_id"])).await
}

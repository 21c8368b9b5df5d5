//! Endpoints to which changes are sent, the messages to each, and how far others were told.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references, version};

const STATES: &[&str] = &["ACTIVE", "PAUSED", "DISABLED"];
const DELIVERY_STATES: &[&str] = &["PENDING", "DELIVERED", "FAILED", "SKIPPED"];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        webhooks(manager).await?;
        deliveries(manager).await?;
        marks(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["relay_mark", "webhook_delivery", "webhook"]).await
    }
}

async fn marks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("relay_mark")
        .col(string_len("name", 60).primary_key().take())
        .col(big_integer("position"))
        .to_owned();
    manager.create_table(table).await
}

async fn webhooks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "webhook";
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(pk_uuid("id"))
                .col(uuid("account_id"))
                .col(string_len("name", 60))
                .col(string_len("url", 500))
                .col(json_binary("kinds"))
                .col(text_null("document"))
                .col(blob("secret"))
                .col(blob_null("old_secret"))
                .col(timestamp_with_time_zone_null("old_secret_until"))
                .col(one_of("state", STATES))
                .col(big_integer("position"))
                .col(timestamp_with_time_zone_null("failing_since"))
                .col(timestamp_with_time_zone_null("leased_until"))
                .col(uuid("author_id"))
                .col(uuid_null("author_for_id"))
                .col(timestamp_with_time_zone("created_at"))
                .col(version())
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
    manager.create_index(index(table, &["account_id"])).await
}

async fn deliveries(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "webhook_delivery";
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(pk_uuid("id"))
                .col(uuid("webhook_id"))
                .col(big_integer_null("seq"))
                .col(timestamp_with_time_zone("occurred_at"))
                .col(string_len("action", 60))
                .col(string_len_null("object_type", 40))
                .col(uuid_null("object_id"))
                .col(one_of("state", DELIVERY_STATES))
                .col(integer("tries").default(0))
                .col(json_binary("attempts"))
                .col(timestamp_with_time_zone_null("next_at"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("finished_at"))
                .foreign_key(&mut references(
                    table,
                    "webhook_id",
                    "webhook",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index(table, &["webhook_id", "state", "next_at"]))
        .await?;
    manager
        .create_index(index(table, &["webhook_id", "id"]))
        .await?;
    manager
        .create_index(index(table, &["webhook_id", "seq"]))
        .await?;
    manager.create_index(index(table, &["finished_at"])).await
}

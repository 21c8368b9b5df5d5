//! What every change leaves behind: audit events, idempotency records; and uploaded files.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, references};

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        audit(manager).await?;
        manager
            .create_table(
                Table::create()
                    .table("idempotency_record")
                    .col(uuid("account_id"))
                    .col(string_len("key", 255))
                    .col(binary_len("request_hash", 32))
                    .col(json_binary("outcome"))
                    .col(timestamp_with_time_zone("created_at"))
                    .primary_key(Index::create().col("account_id").col("key"))
                    .foreign_key(&mut references(
                        "idempotency_record",
                        "account_id",
                        "account",
                        ForeignKeyAction::Cascade,
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index("idempotency_record", &["created_at"]))
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("upload")
                    .col(pk_uuid("id"))
                    .col(uuid("account_id"))
                    .col(string_len("name", 255))
                    .col(string_len("sha256", 64))
                    .col(big_integer("size"))
                    .col(binary("content"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut references(
                        "upload",
                        "account_id",
                        "account",
                        ForeignKeyAction::Cascade,
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index("upload", &["account_id", "created_at"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &["upload", "idempotency_record", "audit_head", "audit_event"],
        )
        .await
    }
}

pub(crate) async fn audit(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("audit_event")
                .col(big_integer("seq").primary_key().take())
                .col(timestamp_with_time_zone("occurred_at"))
                .col(uuid_null("actor_id"))
                .col(uuid_null("session_id"))
                .col(string_len("action", 60))
                .col(string_len("object_type", 40))
                .col(uuid("object_id"))
                .col(json_binary("detail"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("audit_event", &["object_type", "object_id"]))
        .await?;
    manager
        .create_table(
            Table::create()
                .table("audit_head")
                .col(small_integer("id").primary_key().take())
                .col(big_integer("seq"))
                .to_owned(),
        )
        .await?;
    manager
        .get_connection()
        .execute_unprepared("INSERT INTO audit_head (id, seq) VALUES (1, 0)")
        .await
        .map(|_| ())
}

//! How reports and notices were before they changed.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index};

const TABLES: &[&str] = &[
    "notice_recipient_past",
    "notice_addressee_past",
    "notice_past",
    "progress_report_past",
];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_id = &["id"];
        past(manager, "progress_report_past", by_id, report_columns()).await?;
        past(manager, "notice_past", by_id, notice_columns()).await?;
        let key = &["notice_id", "department_id"];
        let addressee = vec![
            integer("position"),
            timestamp_with_time_zone_null("replied_at"),
        ];
        past(manager, "notice_addressee_past", key, addressee).await?;
        let key = &["notice_id", "account_id", "department_id"];
        let recipient = vec![string_len("level", 24)];
        past(manager, "notice_recipient_past", key, recipient).await?;
        for column in ["task_id", "department_id"] {
            manager
                .create_index(index("progress_report_past", &[column]))
                .await?;
        }
        manager
            .create_index(index("notice_past", &["task_id"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, TABLES).await
    }
}

/// A table that keeps what a row of another was until a change: the same columns, the version that the
/// change ended, and when.
async fn past(
    manager: &SchemaManager<'_>,
    table: &'static str,
    key: &[&'static str],
    columns: Vec<ColumnDef>,
) -> Result<(), DbErr> {
    let mut create = Table::create();
    let mut primary = Index::create();
    create.table(table);
    for column in key {
        create.col(uuid(*column));
        primary.col(*column);
    }
    for column in columns {
        create.col(column);
    }
    create
        .col(integer("until_version"))
        .col(timestamp_with_time_zone("until_at"))
        .primary_key(primary.col("until_version"));
    manager.create_table(create).await?;
    manager.create_index(index(table, &["until_at"])).await
}

fn report_columns() -> Vec<ColumnDef> {
    vec![
        uuid("task_id"),
        uuid("department_id"),
        string_len("period", 7),
        string_len("state", 24),
        text("progress"),
        text("problems"),
        text("next_steps"),
        text("support_needed"),
        string_len_null("self_assessment", 24),
        json_binary("authors"),
        timestamp_with_time_zone_null("first_submitted_at"),
        boolean("is_late"),
        uuid_null("submitted_by"),
        uuid_null("submitted_for"),
        timestamp_with_time_zone_null("submitted_at"),
        json_binary_null("mend_cells"),
        text_null("mend_words"),
        date_null("mend_by"),
        uuid_null("returned_by"),
        uuid_null("returned_for"),
        timestamp_with_time_zone_null("returned_at"),
        uuid_null("accepted_by"),
        uuid_null("accepted_for"),
        timestamp_with_time_zone_null("accepted_at"),
        timestamp_with_time_zone("updated_at"),
        integer("version"),
    ]
}

fn notice_columns() -> Vec<ColumnDef> {
    vec![
        integer("year"),
        integer("ordinal"),
        uuid("task_id"),
        uuid("issuer_id"),
        text("text"),
        string_len("level", 24),
        date("reply_by"),
        string_len("state", 24),
        uuid("issued_by"),
        uuid_null("issued_for"),
        timestamp_with_time_zone("issued_at"),
        integer("version"),
    ]
}

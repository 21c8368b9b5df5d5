//! Webhooks that stopped among what people are told: the kind, and the webhook that it is about.
//!
//! The table is made anew as in the step before, since SQLite changes no CHECK.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::references,
    m20261126_000036_token_warning::{KINDS as KINDS_BEFORE, TABLE, renew, table_with_token},
};

const KINDS: &[&str] = &[
    "HANDED_OUT",
    "DECLINED",
    "COMPLETION_SUBMITTED",
    "RETURNED",
    "COMPLETED",
    "EXTENSION_REQUESTED",
    "EXTENSION_DECIDED",
    "NOTICE_ISSUED",
    "NOTICE_ESCALATED",
    "NOTICE_REPLIED",
    "NOTICE_WITHDRAWN",
    "REPORT_RETURNED",
    "SIGN_FOR",
    "REPORT",
    "DEADLINE",
    "MILESTONE",
    "MEND",
    "NOTICE_REPLY",
    "TOKEN_ENDING",
    "TOKEN_UNUSED",
    "WEBHOOK_STOPPED",
];

/// The columns of before, which are carried over.
const COLUMNS: &str = "id, account_id, natural_key, kind, phase, task_id, notice_id, token_id, due_on, \
                       detail, created_at, read_at, digest_on";

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = table_with_token(KINDS);
        let cascade = ForeignKeyAction::Cascade;
        table
            .col(uuid_null("webhook_id"))
            .foreign_key(&mut references(TABLE, "webhook_id", "webhook", cascade));
        renew(manager, table, COLUMNS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("DELETE FROM notification WHERE kind = 'WEBHOOK_STOPPED'")
            .await?;
        renew(manager, table_with_token(KINDS_BEFORE), COLUMNS).await
    }
}

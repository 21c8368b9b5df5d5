//! Supervision notices, what people are told, the mails and jobs that tell them, calendar feeds.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references, unique, version};

const LEVELS: &[&str] = &["LIAISON", "HEAD", "LEADER"];

const NOTICE_STATES: &[&str] = &["ISSUED", "REPLIED", "CLOSED", "WITHDRAWN"];

const NOTICE_ACTS: &[&str] = &["ISSUE", "REPLY", "ESCALATE", "CLOSE", "WITHDRAW"];

const MAIL_STATES: &[&str] = &["QUEUED", "SENDING", "SENT", "FAILED"];

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
];

const PHASES: &[&str] = &["BEFORE", "ON", "AFTER"];

const LANGUAGES: &[&str] = &["ZH", "EN"];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        counters(manager).await?;
        notices(manager).await?;
        addressees(manager).await?;
        recipients(manager).await?;
        steps(manager).await?;
        mails(manager).await?;
        notifications(manager).await?;
        settings(manager).await?;
        feeds(manager).await?;
        job_runs(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "job_run",
            "calendar_feed",
            "notification_setting",
            "notification",
            "outgoing_mail",
            "notice_step",
            "notice_recipient",
            "notice_addressee",
            "notice",
            "notice_counter",
        ];
        drop_tables(manager, &tables).await
    }
}

async fn counters(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("notice_counter")
                .col(integer("year").primary_key().take())
                .col(integer("last"))
                .to_owned(),
        )
        .await
}

async fn notices(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("notice")
                .col(pk_uuid("id"))
                .col(integer("year"))
                .col(integer("ordinal"))
                .col(uuid("task_id"))
                .col(uuid("issuer_id"))
                .col(text("text"))
                .col(one_of("level", LEVELS))
                .col(date("reply_by"))
                .col(one_of("state", NOTICE_STATES))
                .col(uuid("issued_by"))
                .col(uuid_null("issued_for"))
                .col(timestamp_with_time_zone("issued_at"))
                .col(version())
                .foreign_key(&mut references(
                    "notice",
                    "task_id",
                    "task",
                    ForeignKeyAction::Restrict,
                ))
                .foreign_key(&mut references(
                    "notice",
                    "issuer_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .foreign_key(&mut references(
                    "notice",
                    "issued_by",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("notice", &["year", "ordinal"]))
        .await?;
    manager
        .create_index(index("notice", &["task_id", "state"]))
        .await?;
    manager.create_index(index("notice", &["issued_at"])).await
}

async fn addressees(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("notice_addressee")
                .col(uuid("notice_id"))
                .col(uuid("department_id"))
                .col(integer("position"))
                .col(timestamp_with_time_zone_null("replied_at"))
                .primary_key(Index::create().col("notice_id").col("department_id"))
                .foreign_key(&mut references(
                    "notice_addressee",
                    "notice_id",
                    "notice",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "notice_addressee",
                    "department_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("notice_addressee", &["department_id"]))
        .await
}

async fn recipients(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut key = Index::create()
        .col("notice_id")
        .col("account_id")
        .col("department_id")
        .take();
    manager
        .create_table(
            Table::create()
                .table("notice_recipient")
                .col(uuid("notice_id"))
                .col(uuid("account_id"))
                .col(uuid("department_id"))
                .col(one_of("level", LEVELS))
                .primary_key(&mut key)
                .foreign_key(&mut references(
                    "notice_recipient",
                    "notice_id",
                    "notice",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "notice_recipient",
                    "account_id",
                    "account",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "notice_recipient",
                    "department_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("notice_recipient", &["account_id"]))
        .await
}

async fn steps(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("notice_step")
                .col(pk_uuid("id"))
                .col(uuid("notice_id"))
                .col(integer("seq"))
                .col(one_of("act", NOTICE_ACTS))
                .col(one_of("level", LEVELS))
                .col(date("reply_by"))
                .col(uuid_null("department_id"))
                .col(uuid("actor_id"))
                .col(uuid_null("acting_for_id"))
                .col(text_null("words"))
                .col(timestamp_with_time_zone("occurred_at"))
                .foreign_key(&mut references(
                    "notice_step",
                    "notice_id",
                    "notice",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "notice_step",
                    "actor_id",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .foreign_key(&mut references(
                    "notice_step",
                    "department_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("notice_step", &["notice_id", "seq"]))
        .await
}

async fn mails(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("outgoing_mail")
                .col(pk_uuid("id"))
                .col(string_len("natural_key", 160))
                .col(uuid("account_id"))
                .col(string_len("address", 320))
                .col(string_len("subject", 300))
                .col(text("body"))
                .col(one_of("state", MAIL_STATES))
                .col(integer("attempts"))
                .col(timestamp_with_time_zone("next_try_at"))
                .col(text_null("failure"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("sent_at"))
                .foreign_key(&mut references(
                    "outgoing_mail",
                    "account_id",
                    "account",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("outgoing_mail", &["natural_key"]))
        .await?;
    manager
        .create_index(index("outgoing_mail", &["state", "next_try_at"]))
        .await
}

async fn notifications(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("notification")
                .col(pk_uuid("id"))
                .col(uuid("account_id"))
                .col(string_len("natural_key", 160))
                .col(one_of("kind", KINDS))
                .col(one_of("phase", PHASES).null().take())
                .col(uuid_null("task_id"))
                .col(uuid_null("notice_id"))
                .col(date_null("due_on"))
                .col(json_binary("detail"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("read_at"))
                .col(date_null("digest_on"))
                .foreign_key(&mut references(
                    "notification",
                    "account_id",
                    "account",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "notification",
                    "task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "notification",
                    "notice_id",
                    "notice",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("notification", &["account_id", "natural_key"]))
        .await?;
    manager
        .create_index(index("notification", &["account_id", "read_at"]))
        .await?;
    manager
        .create_index(index("notification", &["account_id", "created_at"]))
        .await?;
    manager
        .create_index(index("notification", &["digest_on"]))
        .await
}

async fn settings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("notification_setting")
                .col(uuid("account_id").primary_key().take())
                .col(string_len_null("address", 320))
                .col(boolean("is_mail_on"))
                .col(integer("quiet_from"))
                .col(integer("quiet_until"))
                .col(one_of("language", LANGUAGES))
                .col(version())
                .foreign_key(&mut references(
                    "notification_setting",
                    "account_id",
                    "account",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await
}

async fn feeds(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("calendar_feed")
                .col(pk_uuid("id"))
                .col(uuid("account_id"))
                .col(binary("token_hash"))
                .col(timestamp_with_time_zone("created_at"))
                .col(timestamp_with_time_zone_null("revoked_at"))
                .foreign_key(&mut references(
                    "calendar_feed",
                    "account_id",
                    "account",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("calendar_feed", &["token_hash"]))
        .await?;
    manager
        .create_index(index("calendar_feed", &["account_id"]))
        .await
}

async fn job_runs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("job_run")
                .col(pk_uuid("id"))
                .col(string_len("natural_key", 80))
                .col(integer("outcome"))
                .col(timestamp_with_time_zone("started_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("job_run", &["natural_key"]))
        .await
}

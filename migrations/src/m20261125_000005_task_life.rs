//! The life of tasks: who answers for them, every step they took, requests for more time.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references, unique};

const TASK_STATES: &[&str] = &[
    "DRAFT",
    "ASSIGNED",
    "DECLINED",
    "IN_PROGRESS",
    "COMPLETION_SUBMITTED",
    "RETURNED",
    "STAGE_COMPLETED",
    "SUSPENDED",
    "COMPLETED",
    "REOPENED",
    "ARCHIVED",
    "CANCELLED",
];

const TRANSITIONS: &[&str] = &[
    "HAND_OUT",
    "REASSIGN",
    "ACCEPT",
    "DECLINE",
    "SUBMIT_COMPLETION",
    "RETURN",
    "COMPLETE",
    "COMPLETE_STAGE",
    "BEGIN_STAGE",
    "SUSPEND",
    "RESUME",
    "REOPEN",
    "ARCHIVE",
    "CANCEL",
];

const GRADES: &[&str] = &["EXCELLENT", "GOOD", "PASS", "FAIL"];

const EXTENSION_STATES: &[&str] = &["REQUESTED", "APPROVED", "REFUSED"];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        lives(manager).await?;
        steps(manager).await?;
        extensions(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["extension", "task_step", "task_life"]).await
    }
}

/// A column that holds one of the named values, or none.
fn one_of_or_none(column: &'static str, names: &'static [&'static str]) -> ColumnDef {
    let mut definition = one_of(column, names);
    definition.null();
    definition
}

async fn lives(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("task_life")
                .col(uuid("task_id").primary_key().take())
                .col(boolean("is_standing"))
                .col(one_of_or_none("before_state", TASK_STATES))
                .col(date_null("original_deadline"))
                .col(date_null("sign_by"))
                .col(uuid_null("accountable_id"))
                .col(uuid_null("substitute_id"))
                .col(uuid_null("submitted_by"))
                .col(uuid_null("submitted_for"))
                .col(date_null("mend_by"))
                .col(date_null("review_on"))
                .col(one_of_or_none("grade", GRADES))
                .foreign_key(&mut references(
                    "task_life",
                    "task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "task_life",
                    "accountable_id",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .foreign_key(&mut references(
                    "task_life",
                    "substitute_id",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await
}

async fn steps(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("task_step")
                .col(pk_uuid("id"))
                .col(uuid("task_id"))
                .col(integer("seq"))
                .col(one_of("transition", TRANSITIONS))
                .col(one_of("from_state", TASK_STATES))
                .col(one_of("to_state", TASK_STATES))
                .col(uuid("actor_id"))
                .col(uuid_null("acting_for_id"))
                .col(text_null("reason"))
                .col(timestamp_with_time_zone("occurred_at"))
                .foreign_key(&mut references(
                    "task_step",
                    "task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "task_step",
                    "actor_id",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("task_step", &["task_id", "seq"]))
        .await
}

async fn extensions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("extension")
                .col(pk_uuid("id"))
                .col(uuid("task_id"))
                .col(date("from_on"))
                .col(date("to_on"))
                .col(text("reason"))
                .col(one_of("state", EXTENSION_STATES))
                .col(uuid("requested_by"))
                .col(uuid_null("requested_for"))
                .col(timestamp_with_time_zone("requested_at"))
                .col(uuid_null("decided_by"))
                .col(uuid_null("decided_for"))
                .col(timestamp_with_time_zone_null("decided_at"))
                .col(text_null("decision_reason"))
                .foreign_key(&mut references(
                    "extension",
                    "task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "extension",
                    "requested_by",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("extension", &["task_id", "requested_at"]))
        .await
}

//! What happens to milestones, exceptions for metrics, and tasks that no plan holds.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references, unique};

const MILESTONE_ACTS: &[&str] = &["ADD", "CHANGE", "COMPLETE", "WAIVE", "REOPEN"];

const MILESTONE_STATES: &[&str] = &["OPEN", "DONE", "WAIVED"];

const EXCEPTION_STATES: &[&str] = &["REQUESTED", "APPROVED", "REFUSED"];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        milestone_steps(manager).await?;
        exceptions(manager).await?;
        origins(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &["task_origin", "metric_exception", "milestone_step"],
        )
        .await
    }
}

async fn milestone_steps(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("milestone_step")
                .col(pk_uuid("id"))
                .col(uuid("milestone_id"))
                .col(integer("seq"))
                .col(one_of("act", MILESTONE_ACTS))
                .col(one_of("from_state", MILESTONE_STATES))
                .col(one_of("to_state", MILESTONE_STATES))
                .col(date_null("done_on"))
                .col(text_null("words"))
                .col(uuid("actor_id"))
                .col(uuid_null("acting_for_id"))
                .col(timestamp_with_time_zone("occurred_at"))
                .foreign_key(&mut references(
                    "milestone_step",
                    "milestone_id",
                    "milestone",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "milestone_step",
                    "actor_id",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("milestone_step", &["milestone_id", "seq"]))
        .await
}

async fn exceptions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("metric_exception")
                .col(pk_uuid("id"))
                .col(uuid("task_id"))
                .col(uuid("metric_id"))
                .col(text("reason"))
                .col(one_of("state", EXCEPTION_STATES))
                .col(uuid("requested_by"))
                .col(uuid_null("requested_for"))
                .col(timestamp_with_time_zone("requested_at"))
                .col(uuid_null("decided_by"))
                .col(uuid_null("decided_for"))
                .col(timestamp_with_time_zone_null("decided_at"))
                .col(text_null("decision_reason"))
                .foreign_key(&mut references(
                    "metric_exception",
                    "task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "metric_exception",
                    "metric_id",
                    "metric",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "metric_exception",
                    "requested_by",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("metric_exception", &["task_id", "requested_at"]))
        .await?;
    manager
        .get_connection()
        .execute_unprepared(
            "CREATE UNIQUE INDEX ux_metric_exception_one_open ON metric_exception (metric_id) \
             WHERE state = 'REQUESTED'",
        )
        .await?;
    Ok(())
}

async fn origins(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("task_origin")
                .col(uuid("task_id").primary_key().take())
                .col(uuid("owner_id"))
                .col(string_len_null("source", 120))
                .col(date_null("source_on"))
                .col(string_len_null("document_number", 80))
                .col(uuid("created_by"))
                .col(uuid_null("created_for"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut references(
                    "task_origin",
                    "task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "task_origin",
                    "owner_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .foreign_key(&mut references(
                    "task_origin",
                    "created_by",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("task_origin", &["owner_id"]))
        .await
}

//! Progress reports, their history, and periods that were opened again.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references, unique, version};

const STATES: &[&str] = &["DRAFT", "SUBMITTED", "RETURNED", "ACCEPTED"];

const ACTS: &[&str] = &["SUBMIT", "RETURN", "ACCEPT"];

const ASSESSMENTS: &[&str] = &["ON_TRACK", "AT_RISK", "BEHIND", "DONE"];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        reports(manager).await?;
        steps(manager).await?;
        reopenings(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &["period_reopening", "report_step", "progress_report"],
        )
        .await
    }
}

fn assessment() -> ColumnDef {
    let mut definition = one_of("self_assessment", ASSESSMENTS);
    definition.null();
    definition
}

async fn reports(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("progress_report")
                .col(pk_uuid("id"))
                .col(uuid("task_id"))
                .col(uuid("department_id"))
                .col(string_len("period", 7))
                .col(one_of("state", STATES))
                .col(text("progress"))
                .col(text("problems"))
                .col(text("next_steps"))
                .col(text("support_needed"))
                .col(assessment())
                .col(json_binary("authors"))
                .col(timestamp_with_time_zone_null("first_submitted_at"))
                .col(boolean("is_late"))
                .col(uuid_null("submitted_by"))
                .col(uuid_null("submitted_for"))
                .col(timestamp_with_time_zone_null("submitted_at"))
                .col(json_binary_null("mend_cells"))
                .col(text_null("mend_words"))
                .col(date_null("mend_by"))
                .col(uuid_null("returned_by"))
                .col(uuid_null("returned_for"))
                .col(timestamp_with_time_zone_null("returned_at"))
                .col(uuid_null("accepted_by"))
                .col(uuid_null("accepted_for"))
                .col(timestamp_with_time_zone_null("accepted_at"))
                .col(timestamp_with_time_zone("updated_at"))
                .col(version())
                .foreign_key(&mut references(
                    "progress_report",
                    "task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "progress_report",
                    "department_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique(
            "progress_report",
            &["task_id", "department_id", "period"],
        ))
        .await?;
    manager
        .create_index(index("progress_report", &["department_id", "period"]))
        .await?;
    manager
        .create_index(index("progress_report", &["state", "submitted_at"]))
        .await
}

async fn steps(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("report_step")
                .col(pk_uuid("id"))
                .col(uuid("report_id"))
                .col(integer("seq"))
                .col(one_of("act", ACTS))
                .col(uuid("actor_id"))
                .col(uuid_null("acting_for_id"))
                .col(timestamp_with_time_zone("occurred_at"))
                .col(text_null("progress"))
                .col(text_null("problems"))
                .col(text_null("next_steps"))
                .col(text_null("support_needed"))
                .col(assessment())
                .col(json_binary_null("mend_cells"))
                .col(text_null("mend_words"))
                .col(date_null("mend_by"))
                .foreign_key(&mut references(
                    "report_step",
                    "report_id",
                    "progress_report",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "report_step",
                    "actor_id",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("report_step", &["report_id", "seq"]))
        .await
}

async fn reopenings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("period_reopening")
                .col(pk_uuid("id"))
                .col(string_len("period", 7))
                .col(uuid("department_id"))
                .col(date("until_on"))
                .col(text("reason"))
                .col(uuid("actor_id"))
                .col(uuid_null("acting_for_id"))
                .col(timestamp_with_time_zone("occurred_at"))
                .foreign_key(&mut references(
                    "period_reopening",
                    "department_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .foreign_key(&mut references(
                    "period_reopening",
                    "actor_id",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("period_reopening", &["period", "department_id"]))
        .await
}

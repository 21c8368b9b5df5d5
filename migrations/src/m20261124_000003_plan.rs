//! Plans with their sections, tasks, clauses, assignments, metrics, milestones and warnings.

#![expect(
    clippy::too_many_lines,
    reason = "a table is one statement, column by column"
)]

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{drop_tables, index, one_of, references, unique, version},
    plan_metrics::{metrics, warnings},
};

const TASK_KINDS: &[&str] = &[
    "WORK_POINT",
    "KEY_TASK",
    "SUB_TASK",
    "MEETING",
    "INSTRUCTION",
    "SUPERIOR",
    "PROPOSAL",
    "INSPECTION",
];

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

const CLAUSE_KINDS: &[&str] = &[
    "FURNITURE",
    "TITLE",
    "HEADING",
    "SENTENCE",
    "RESPONSIBILITY",
    "CELL",
];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        plans(manager).await?;
        tasks(manager).await?;
        clauses(manager).await?;
        responsibility(manager).await?;
        metrics(manager).await?;
        warnings(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &[
                "plan_warning",
                "milestone",
                "metric_overlap",
                "metric",
                "task_link",
                "unresolved_department",
                "assignment",
                "clause",
                "task",
                "section",
                "plan_source",
                "plan",
            ],
        )
        .await
    }
}

async fn plans(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("plan")
                .col(pk_uuid("id"))
                .col(string_len_uniq("code", 16))
                .col(uuid("department_id"))
                .col(string_len("title", 300))
                .col(string_len_null("issuing_body", 120))
                .col(string_len_null("document_number", 80))
                .col(integer("year"))
                .col(date_null("issued_on"))
                .col(json_binary("recipients"))
                .col(json_binary("parts"))
                .col(one_of("state", &["DRAFT", "ISSUED"]))
                .col(string_len("source_file", 255))
                .col(string_len("source_sha256", 64))
                .col(integer("source_characters"))
                .col(timestamp_with_time_zone("imported_at"))
                .col(uuid("imported_by"))
                .col(timestamp_with_time_zone_null("issued_at"))
                .col(boolean("is_demo"))
                .col(version())
                .foreign_key(&mut references(
                    "plan",
                    "department_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .foreign_key(&mut references(
                    "plan",
                    "imported_by",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("plan", &["department_id", "source_sha256"]))
        .await?;
    manager
        .create_table(
            Table::create()
                .table("plan_source")
                .col(uuid("plan_id").primary_key().take())
                .col(text("text"))
                .foreign_key(&mut references(
                    "plan_source",
                    "plan_id",
                    "plan",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("section")
                .col(pk_uuid("id"))
                .col(uuid("plan_id"))
                .col(integer("part"))
                .col(string_len("key", 24))
                .col(string_len("ordinal", 24))
                .col(string_len("title", 300))
                .col(small_integer("level"))
                .col(uuid_null("parent_id"))
                .col(integer("span_start"))
                .col(integer("span_end"))
                .col(integer("position"))
                .foreign_key(&mut references(
                    "section",
                    "plan_id",
                    "plan",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "section",
                    "parent_id",
                    "section",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("section", &["plan_id", "position"]))
        .await
}

async fn tasks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("task")
                .col(pk_uuid("id"))
                .col(string_len_uniq("code", 32))
                .col(one_of("kind", TASK_KINDS))
                .col(one_of("state", TASK_STATES))
                .col(uuid_null("plan_id"))
                .col(uuid_null("section_id"))
                .col(uuid_null("parent_id"))
                .col(integer_null("number"))
                .col(string_len_null("ordinal", 24))
                .col(string_len("title", 300))
                .col(text("text"))
                .col(boolean("is_role_stated"))
                .col(boolean("has_others_unnamed"))
                .col(date_null("deadline"))
                .col(string_len_null("deadline_text", 120))
                .col(integer_null("span_start"))
                .col(integer_null("span_end"))
                .col(integer("position"))
                .col(text("search"))
                .col(timestamp_with_time_zone("updated_at"))
                .col(version())
                .foreign_key(&mut references(
                    "task",
                    "plan_id",
                    "plan",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "task",
                    "section_id",
                    "section",
                    ForeignKeyAction::SetNull,
                ))
                .foreign_key(&mut references(
                    "task",
                    "parent_id",
                    "task",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("task", &["plan_id", "position"]))
        .await?;
    manager.create_index(index("task", &["section_id"])).await?;
    manager.create_index(index("task", &["parent_id"])).await?;
    manager.create_index(index("task", &["deadline"])).await
}

async fn clauses(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("clause")
                .col(pk_uuid("id"))
                .col(uuid("plan_id"))
                .col(integer_null("part"))
                .col(uuid_null("section_id"))
                .col(uuid_null("task_id"))
                .col(one_of("kind", CLAUSE_KINDS))
                .col(integer("block"))
                .col(text("text"))
                .col(integer("span_start"))
                .col(integer("span_end"))
                .col(integer("position"))
                .foreign_key(&mut references(
                    "clause",
                    "plan_id",
                    "plan",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "clause",
                    "section_id",
                    "section",
                    ForeignKeyAction::SetNull,
                ))
                .foreign_key(&mut references(
                    "clause",
                    "task_id",
                    "task",
                    ForeignKeyAction::SetNull,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("clause", &["plan_id", "position"]))
        .await?;
    manager
        .create_index(index("clause", &["task_id", "position"]))
        .await
}

async fn responsibility(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("assignment")
                .col(pk_uuid("id"))
                .col(uuid("task_id"))
                .col(uuid("department_id"))
                .col(one_of("role", &["LEAD", "SUPPORT"]))
                .col(string_len("name_in_text", 120))
                .col(integer("position"))
                .foreign_key(&mut references(
                    "assignment",
                    "task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "assignment",
                    "department_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("assignment", &["task_id", "department_id"]))
        .await?;
    manager
        .create_index(index("assignment", &["department_id", "role"]))
        .await?;
    manager
        .get_connection()
        .execute_unprepared(
            "CREATE UNIQUE INDEX ux_assignment_one_lead ON assignment (task_id) \
             WHERE role = 'LEAD'",
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("unresolved_department")
                .col(pk_uuid("id"))
                .col(uuid("task_id"))
                .col(string_len("name", 120))
                .col(one_of("role", &["LEAD", "SUPPORT"]))
                .col(integer("position"))
                .foreign_key(&mut references(
                    "unresolved_department",
                    "task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("unresolved_department", &["task_id", "name"]))
        .await?;
    manager
        .create_table(
            Table::create()
                .table("task_link")
                .col(uuid("key_task_id"))
                .col(uuid("work_point_id"))
                .primary_key(Index::create().col("key_task_id").col("work_point_id"))
                .foreign_key(&mut references(
                    "task_link",
                    "key_task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "task_link",
                    "work_point_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("task_link", &["work_point_id"]))
        .await
}

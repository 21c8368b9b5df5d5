//! Amendments of tasks in force, and how tasks, their departments, targets and milestones were before.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references};

const STATES: &[&str] = &["PROPOSED", "APPROVED", "REFUSED"];

const FIELDS: &[&str] = &[
    "TITLE",
    "TEXT",
    "DEADLINE",
    "DEPARTMENTS",
    "TARGET",
    "MILESTONE",
];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        amendments(manager).await?;
        changes(manager).await?;
        pasts(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &[
                "milestone_past",
                "metric_past",
                "assignment_past",
                "task_life_past",
                "task_past",
                "amendment_change",
                "amendment",
            ],
        )
        .await
    }
}

async fn amendments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("amendment")
                .col(pk_uuid("id"))
                .col(uuid("task_id"))
                .col(text("reason"))
                .col(one_of("state", STATES))
                .col(uuid("proposed_by"))
                .col(uuid_null("proposed_for"))
                .col(timestamp_with_time_zone("proposed_at"))
                .col(uuid_null("decided_by"))
                .col(uuid_null("decided_for"))
                .col(timestamp_with_time_zone_null("decided_at"))
                .col(text_null("decision_reason"))
                .foreign_key(&mut references(
                    "amendment",
                    "task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "amendment",
                    "proposed_by",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("amendment", &["task_id", "proposed_at"]))
        .await?;
    manager
        .get_connection()
        .execute_unprepared(
            "CREATE UNIQUE INDEX ux_amendment_one_open ON amendment (task_id) \
             WHERE state = 'PROPOSED'",
        )
        .await?;
    Ok(())
}

async fn changes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("amendment_change")
                .col(pk_uuid("id"))
                .col(uuid("amendment_id"))
                .col(integer("position"))
                .col(one_of("field", FIELDS))
                .col(uuid_null("object_id"))
                .col(json_binary_null("old"))
                .col(json_binary("new"))
                .foreign_key(&mut references(
                    "amendment_change",
                    "amendment_id",
                    "amendment",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("amendment_change", &["amendment_id", "position"]))
        .await
}

/// A table that keeps what a row of another was until a change: the same columns, the version that the
/// change ended, and when.
async fn past(
    manager: &SchemaManager<'_>,
    (table, key): (&'static str, &'static str),
    columns: Vec<ColumnDef>,
) -> Result<(), DbErr> {
    let mut create = Table::create();
    create.table(table).col(uuid(key));
    for column in columns {
        create.col(column);
    }
    create
        .col(integer("until_version"))
        .col(timestamp_with_time_zone("until_at"))
        .primary_key(Index::create().col(key).col("until_version"));
    manager.create_table(create).await
}

async fn pasts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    past(manager, ("task_past", "id"), task_columns()).await?;
    past(manager, ("task_life_past", "task_id"), life_columns()).await?;
    past(manager, ("assignment_past", "id"), assignment_columns()).await?;
    past(manager, ("metric_past", "id"), metric_columns()).await?;
    past(manager, ("milestone_past", "id"), milestone_columns()).await?;
    for (table, column) in [
        ("assignment_past", "task_id"),
        ("metric_past", "task_id"),
        ("milestone_past", "task_id"),
    ] {
        manager.create_index(index(table, &[column])).await?;
    }
    for table in [
        "task_past",
        "task_life_past",
        "assignment_past",
        "metric_past",
        "milestone_past",
    ] {
        manager.create_index(index(table, &["until_at"])).await?;
    }
    Ok(())
}

fn task_columns() -> Vec<ColumnDef> {
    vec![
        string_len("code", 32),
        string_len("kind", 24),
        string_len("state", 24),
        uuid_null("plan_id"),
        uuid_null("section_id"),
        uuid_null("parent_id"),
        integer_null("number"),
        string_len_null("ordinal", 24),
        string_len("title", 300),
        text("text"),
        boolean("is_role_stated"),
        boolean("has_others_unnamed"),
        date_null("deadline"),
        string_len_null("deadline_text", 120),
        integer_null("span_start"),
        integer_null("span_end"),
        integer("position"),
        text("search"),
        timestamp_with_time_zone("updated_at"),
        integer("version"),
    ]
}

fn life_columns() -> Vec<ColumnDef> {
    vec![
        boolean("is_standing"),
        string_len_null("before_state", 24),
        date_null("original_deadline"),
        date_null("sign_by"),
        uuid_null("accountable_id"),
        uuid_null("substitute_id"),
        uuid_null("submitted_by"),
        uuid_null("submitted_for"),
        date_null("mend_by"),
        date_null("review_on"),
        string_len_null("grade", 24),
    ]
}

fn assignment_columns() -> Vec<ColumnDef> {
    vec![
        uuid("task_id"),
        uuid("department_id"),
        string_len("role", 24),
        string_len("name_in_text", 120),
        integer("position"),
    ]
}

fn metric_columns() -> Vec<ColumnDef> {
    vec![
        string_len("code", 40),
        uuid("plan_id"),
        uuid_null("task_id"),
        uuid_null("clause_id"),
        string_len("name", 200),
        text("phrase"),
        integer_null("span_start"),
        integer_null("span_end"),
        string_len("comparator", 24),
        big_integer("value"),
        string_len("unit", 12),
        date_null("by_date"),
        boolean("is_per_year"),
        boolean("is_tentative"),
        string_len("time_aggregation", 24),
        string_len("tree_aggregation", 24),
        string_len("reporting_level", 24),
        uuid_null("same_as_id"),
        integer("position"),
        text("search"),
        integer("version"),
    ]
}

fn milestone_columns() -> Vec<ColumnDef> {
    vec![
        uuid("task_id"),
        string_len("title", 200),
        date_null("due_on"),
        string_len("state", 24),
        integer("position"),
        integer("version"),
    ]
}

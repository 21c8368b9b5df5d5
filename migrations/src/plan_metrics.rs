//! Tables of the plan step: metrics, milestones, and the reader's warnings.

#![expect(
    clippy::too_many_lines,
    reason = "a table is one statement, column by column"
)]

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{index, one_of, references, version};

const COMPARATORS: &[&str] = &[
    "AT_LEAST",
    "MORE_THAN",
    "AT_MOST",
    "EQUAL",
    "REACH",
    "ABOUT",
    "DONE",
];

const TREE_AGGREGATIONS: &[&str] = &[
    "SUM", "AVERAGE", "WEIGHTED", "DISTINCT", "RATIO", "STAGE", "EXTERNAL",
];

/// Metrics, what they contain, and milestones.
pub async fn metrics(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("metric")
                .col(pk_uuid("id"))
                .col(string_len_uniq("code", 40))
                .col(uuid("plan_id"))
                .col(uuid_null("task_id"))
                .col(uuid_null("clause_id"))
                .col(string_len("name", 200))
                .col(text("phrase"))
                .col(integer_null("span_start"))
                .col(integer_null("span_end"))
                .col(one_of("comparator", COMPARATORS))
                .col(big_integer("value"))
                .col(string_len("unit", 12))
                .col(date_null("by_date"))
                .col(boolean("is_per_year"))
                .col(boolean("is_tentative"))
                .col(one_of(
                    "time_aggregation",
                    &["SUM", "LATEST", "MAX", "AVERAGE"],
                ))
                .col(one_of("tree_aggregation", TREE_AGGREGATIONS))
                .col(one_of(
                    "reporting_level",
                    &["PROVINCE", "CITY", "COUNTY", "VENUE"],
                ))
                .col(uuid_null("same_as_id"))
                .col(integer("position"))
                .col(text("search"))
                .col(version())
                .foreign_key(&mut references(
                    "metric",
                    "plan_id",
                    "plan",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "metric",
                    "task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "metric",
                    "clause_id",
                    "clause",
                    ForeignKeyAction::SetNull,
                ))
                .foreign_key(&mut references(
                    "metric",
                    "same_as_id",
                    "metric",
                    ForeignKeyAction::SetNull,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("metric", &["plan_id", "position"]))
        .await?;
    manager.create_index(index("metric", &["task_id"])).await?;
    manager
        .create_index(index("metric", &["clause_id"]))
        .await?;
    manager
        .create_table(
            Table::create()
                .table("metric_overlap")
                .col(uuid("metric_id"))
                .col(uuid("contained_id"))
                .primary_key(Index::create().col("metric_id").col("contained_id"))
                .foreign_key(&mut references(
                    "metric_overlap",
                    "metric_id",
                    "metric",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "metric_overlap",
                    "contained_id",
                    "metric",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("milestone")
                .col(pk_uuid("id"))
                .col(uuid("task_id"))
                .col(string_len("title", 200))
                .col(date_null("due_on"))
                .col(one_of("state", &["OPEN", "DONE", "WAIVED"]))
                .col(integer("position"))
                .col(version())
                .foreign_key(&mut references(
                    "milestone",
                    "task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("milestone", &["task_id", "position"]))
        .await
}

/// What the reader of the document wants a person to look at.
pub async fn warnings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("plan_warning")
                .col(pk_uuid("id"))
                .col(uuid("plan_id"))
                .col(uuid_null("task_id"))
                .col(string_len("code", 40))
                .col(text("message"))
                .col(integer("span_start"))
                .col(integer("span_end"))
                .col(text("excerpt"))
                .col(integer("position"))
                .col(boolean("is_dismissed"))
                .foreign_key(&mut references(
                    "plan_warning",
                    "plan_id",
                    "plan",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "plan_warning",
                    "task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("plan_warning", &["plan_id", "position"]))
        .await
}

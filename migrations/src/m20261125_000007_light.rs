//! Lights: the rules that they follow, and what officers have said over them. No light is stored.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references};

const PACES: &[&str] = &["LINEAR", "MILESTONES"];

const COLOURS: &[&str] = &["RED", "YELLOW", "GREEN"];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rules(manager).await?;
        overrides(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["light_override", "light_rule"]).await
    }
}

/// One row a version; the highest stands.
async fn rules(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("light_rule")
                .col(integer("version").primary_key().take())
                .col(small_integer("deadline_near_days"))
                .col(small_integer("unsigned_red_days"))
                .col(small_integer("milestone_red_days"))
                .col(small_integer("missing_reports_yellow"))
                .col(small_integer("missing_reports_red"))
                .col(small_integer("untouched_periods"))
                .col(small_integer("review_waiting_days"))
                .col(small_integer("behind_pace_yellow"))
                .col(small_integer("behind_pace_red"))
                .col(one_of("pace", PACES))
                .col(uuid("changed_by"))
                .col(timestamp_with_time_zone("changed_at"))
                .foreign_key(&mut references(
                    "light_rule",
                    "changed_by",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await
}

/// Kept when they are over: what was shown on a day can be told later.
async fn overrides(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("light_override")
                .col(pk_uuid("id"))
                .col(uuid("task_id"))
                .col(one_of("colour", COLOURS))
                .col(text("reason"))
                .col(date("until_on"))
                .col(uuid("made_by"))
                .col(uuid_null("made_for"))
                .col(timestamp_with_time_zone("made_at"))
                .col(uuid_null("ended_by"))
                .col(timestamp_with_time_zone_null("ended_at"))
                .foreign_key(&mut references(
                    "light_override",
                    "task_id",
                    "task",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    "light_override",
                    "made_by",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("light_override", &["task_id", "until_on"]))
        .await
}

//! Spreadsheets whose figures were taken, what headings mean to a unit, and which revision came from
//! which file or was taken back with it.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references};

const MODES: &[&str] = &["ALL_OR_NOTHING", "GOOD_ROWS"];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sheets(manager).await?;
        mistakes(manager).await?;
        mappings(manager).await?;
        let table = "measurement";
        // SQLite adds one column a statement.
        for mut column in [
            uuid_null("sheet_id"),
            boolean("is_withdrawn").default(false).to_owned(),
        ] {
            manager
                .alter_table(
                    Table::alter()
                        .table(table)
                        .add_column(&mut column)
                        .to_owned(),
                )
                .await?;
        }
        manager.create_index(index(table, &["sheet_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let name = "ix_measurement_sheet_id";
        manager
            .drop_index(Index::drop().name(name).table("measurement").to_owned())
            .await?;
        for column in ["is_withdrawn", "sheet_id"] {
            manager
                .alter_table(
                    Table::alter()
                        .table("measurement")
                        .drop_column(column)
                        .to_owned(),
                )
                .await?;
        }
        drop_tables(
            manager,
            &["sheet_mapping", "sheet_mistake", "measurement_sheet"],
        )
        .await
    }
}

async fn sheets(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "measurement_sheet";
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(pk_uuid("id"))
                .col(uuid("department_id"))
                .col(string_len("period", 7))
                .col(string_len("file_name", 200))
                .col(string_len("sha256", 64))
                .col(one_of("mode", MODES))
                .col(integer("taken"))
                .col(integer("unchanged"))
                .col(integer("refused"))
                .col(uuid("author_id"))
                .col(uuid_null("author_for_id"))
                .col(timestamp_with_time_zone("recorded_at"))
                .col(string_len("digest", 64))
                .col(text("receipt"))
                .col(uuid_null("undone_by_id"))
                .col(uuid_null("undone_for_id"))
                .col(timestamp_with_time_zone_null("undone_at"))
                .col(text_null("undone_reason"))
                .foreign_key(&mut references(
                    table,
                    "department_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .foreign_key(&mut references(
                    table,
                    "author_id",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index(table, &["department_id", "period"]))
        .await
}

async fn mistakes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "sheet_mistake";
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(pk_uuid("sheet_id"))
                .col(blob("workbook"))
                .foreign_key(&mut references(
                    table,
                    "sheet_id",
                    "measurement_sheet",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await
}

async fn mappings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "sheet_mapping";
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(pk_uuid("department_id"))
                .col(text("headings"))
                .col(timestamp_with_time_zone("saved_at"))
                .foreign_key(&mut references(
                    table,
                    "department_id",
                    "department",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await
}

//! Large files of figures: how far each is, what was found in its parts, and which spreadsheet is part of
//! which.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, index, one_of, references};

const STATES: &[&str] = &["WAITING", "RUNNING", "DONE", "STOPPED"];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        imports(manager).await?;
        files(manager).await?;
        parts(manager).await?;
        let table = "measurement_sheet";
        manager
            .alter_table(
                Table::alter()
                    .table(table)
                    .add_column(uuid_null("import_id"))
                    .to_owned(),
            )
            .await?;
        manager.create_index(index(table, &["import_id"])).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (name, table) = ("ix_measurement_sheet_import_id", "measurement_sheet");
        manager
            .drop_index(Index::drop().name(name).table(table).to_owned())
            .await?;
        manager
            .alter_table(
                Table::alter()
                    .table(table)
                    .drop_column("import_id")
                    .to_owned(),
            )
            .await?;
        drop_tables(
            manager,
            &[
                "measurement_import_part",
                "measurement_import_file",
                "measurement_import",
            ],
        )
        .await
    }
}

async fn imports(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "measurement_import";
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(pk_uuid("id"))
                .col(uuid("department_id"))
                .col(string_len("period", 7))
                .col(string_len("file_name", 200))
                .col(string_len("sha256", 64))
                .col(one_of("state", STATES))
                .col(integer("rows"))
                .col(integer("rows_done"))
                .col(integer("taken"))
                .col(integer("unchanged"))
                .col(integer("refused"))
                .col(uuid("author_id"))
                .col(uuid_null("author_for_id"))
                .col(timestamp_with_time_zone("recorded_at"))
                .col(timestamp_with_time_zone_null("held_until"))
                .col(timestamp_with_time_zone_null("ended_at"))
                .col(text_null("failure"))
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
    manager.create_index(index(table, &["state"])).await?;
    manager
        .create_index(index(table, &["department_id", "period"]))
        .await
}

async fn files(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "measurement_import_file";
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(pk_uuid("import_id"))
                .col(text("headings"))
                .col(blob("content"))
                .foreign_key(&mut references(
                    table,
                    "import_id",
                    "measurement_import",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await
}

async fn parts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "measurement_import_part";
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(uuid("import_id"))
                .col(integer("first"))
                .col(text("findings"))
                .primary_key(Index::create().col("import_id").col("first"))
                .foreign_key(&mut references(
                    table,
                    "import_id",
                    "measurement_import",
                    ForeignKeyAction::Cascade,
                ))
                .to_owned(),
        )
        .await
}

//! Evidence: files under measurements, each content kept once under its hash, and the most that a unit can
//! reach in a month.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

use crate::columns::{drop_tables, index, one_of, references, unique};

const MEDIA: &[&str] = &["PDF", "JPEG", "PNG", "XLSX", "DOCX", "CSV", "TEXT"];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        contents(manager).await?;
        evidence(manager).await?;
        capacities(manager).await?;
        guard(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &["metric_capacity", "evidence", "evidence_content"],
        )
        .await?;
        let db = manager.get_connection();
        if db.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared("DROP FUNCTION evidence_stays()")
                .await?;
        }
        Ok(())
    }
}

async fn contents(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut key = string_len("sha256", 64);
    key.primary_key();
    manager
        .create_table(
            Table::create()
                .table("evidence_content")
                .col(key)
                .col(big_integer("size"))
                .col(one_of("media_type", MEDIA))
                .col(blob("content"))
                .col(timestamp_with_time_zone("stored_at"))
                .to_owned(),
        )
        .await
}

async fn evidence(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "evidence";
    let mut content = ForeignKey::create()
        .name("fk_evidence_sha256")
        .from(table, "sha256")
        .to("evidence_content", "sha256")
        .on_delete(ForeignKeyAction::Restrict)
        .to_owned();
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(pk_uuid("id"))
                .col(uuid("measurement_id"))
                .col(string_len("sha256", 64))
                .col(string_len("name", 200))
                .col(integer("position"))
                .col(uuid("uploaded_by"))
                .col(timestamp_with_time_zone("uploaded_at"))
                .foreign_key(&mut references(
                    table,
                    "measurement_id",
                    "measurement",
                    ForeignKeyAction::Restrict,
                ))
                .foreign_key(&mut content)
                .foreign_key(&mut references(
                    table,
                    "uploaded_by",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique(table, &["measurement_id", "sha256"]))
        .await?;
    manager.create_index(index(table, &["sha256"])).await
}

async fn capacities(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "metric_capacity";
    manager
        .create_table(
            Table::create()
                .table(table)
                .col(pk_uuid("id"))
                .col(uuid("metric_id"))
                .col(uuid("department_id"))
                .col(integer("version"))
                .col(big_integer_null("most"))
                .col(text("reason"))
                .col(uuid("set_by"))
                .col(uuid_null("set_for"))
                .col(timestamp_with_time_zone("set_at"))
                .foreign_key(&mut references(
                    table,
                    "metric_id",
                    "metric",
                    ForeignKeyAction::Cascade,
                ))
                .foreign_key(&mut references(
                    table,
                    "department_id",
                    "department",
                    ForeignKeyAction::Restrict,
                ))
                .foreign_key(&mut references(
                    table,
                    "set_by",
                    "account",
                    ForeignKeyAction::Restrict,
                ))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique(table, &["metric_id", "department_id", "version"]))
        .await
}

/// Refuses every change of a file that is kept, whoever asks.
async fn guard(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let statements: &[&str] = match db.get_database_backend() {
        DbBackend::Postgres => &[
            "CREATE FUNCTION evidence_stays() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'evidence is never changed'; END $$",
            "CREATE TRIGGER evidence_content_stays BEFORE UPDATE ON evidence_content
             FOR EACH STATEMENT EXECUTE FUNCTION evidence_stays()",
            "CREATE TRIGGER evidence_stays BEFORE UPDATE ON evidence
             FOR EACH STATEMENT EXECUTE FUNCTION evidence_stays()",
        ],
        _ => &[
            "CREATE TRIGGER evidence_content_stays BEFORE UPDATE ON evidence_content
             BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END",
            "CREATE TRIGGER evidence_stays BEFORE UPDATE ON evidence
             BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END",
        ],
    };
    for statement in statements {
        db.execute_unprepared(statement).await?;
    }
    Ok(())
}

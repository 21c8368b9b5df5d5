//! The schema of the database, one file a step, the same for SQLite and PostgreSQL.
//!
//! A migration never imports an entity, or it would change when an entity does. Names of enum
//! values are repeated here for the same reason.

use sea_orm_migration::{
    Migration, MigrationStatus,
    prelude::*,
    sea_orm::{
        ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
        TransactionOptions, TransactionTrait,
    },
};

mod columns;
mod m20261124_000001_organisation;
mod m20261124_000002_identity;
mod m20261124_000003_plan;
mod m20261124_000004_records;
mod m20261125_000005_task_life;
mod m20261125_000006_report;
mod m20261125_000007_light;
mod m20261125_000008_notice;
mod m20261125_000009_account;
mod m20261125_000010_audit_chain;
mod m20261125_000011_items;
mod m20261125_000012_amendment;
mod m20261125_000013_second_step;
mod m20261125_000014_pressing;
mod m20261126_000015_past_papers;
mod m20261126_000016_sealed_mail;
mod m20261126_000017_report_rules;
mod m20261126_000018_measurement;
mod m20261126_000019_kept_figure;
mod m20261126_000021_measurement_sheet;
mod m20261126_000022_allocation;
mod m20261126_000025_forecast_light;
mod m20261126_000026_evidence;
mod m20261126_000027_tree_version;
mod m20261126_000028_measurement_import;
mod m20261126_000029_api_token;
mod m20261126_000030_webhook;
mod m20261126_000031_reporting_views;
mod m20261126_000032_venue;
mod m20261126_000033_asked_evidence;
mod m20261126_000034_oidc_link;
mod m20261126_000035_import_token;
mod m20261126_000036_token_warning;
mod m20261127_000037_webhook_stopped;
mod m20261127_000038_usage;
mod m20261127_000039_rows_version;
mod m20261127_000040_purse;
mod plan_metrics;

/// All steps in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_organisation::Migration),
            Box::new(m20261124_000002_identity::Migration),
            Box::new(m20261124_000003_plan::Migration),
            Box::new(m20261124_000004_records::Migration),
            Box::new(m20261125_000005_task_life::Migration),
            Box::new(m20261125_000006_report::Migration),
            Box::new(m20261125_000007_light::Migration),
            Box::new(m20261125_000008_notice::Migration),
            Box::new(m20261125_000009_account::Migration),
            Box::new(m20261125_000010_audit_chain::Migration),
            Box::new(m20261125_000011_items::Migration),
            Box::new(m20261125_000012_amendment::Migration),
            Box::new(m20261125_000013_second_step::Migration),
            Box::new(m20261125_000014_pressing::Migration),
            Box::new(m20261126_000015_past_papers::Migration),
            Box::new(m20261126_000016_sealed_mail::Migration),
            Box::new(m20261126_000017_report_rules::Migration),
            Box::new(m20261126_000018_measurement::Migration),
            Box::new(m20261126_000019_kept_figure::Migration),
            Box::new(m20261126_000021_measurement_sheet::Migration),
            Box::new(m20261126_000022_allocation::Migration),
            Box::new(m20261126_000025_forecast_light::Migration),
            Box::new(m20261126_000026_evidence::Migration),
            Box::new(m20261126_000027_tree_version::Migration),
            Box::new(m20261126_000028_measurement_import::Migration),
            Box::new(m20261126_000029_api_token::Migration),
            Box::new(m20261126_000030_webhook::Migration),
            Box::new(m20261126_000031_reporting_views::Migration),
            Box::new(m20261126_000032_venue::Migration),
            Box::new(m20261126_000033_asked_evidence::Migration),
            Box::new(m20261126_000034_oidc_link::Migration),
            Box::new(m20261126_000035_import_token::Migration),
            Box::new(m20261126_000036_token_warning::Migration),
            Box::new(m20261127_000037_webhook_stopped::Migration),
            Box::new(m20261127_000038_usage::Migration),
            Box::new(m20261127_000039_rows_version::Migration),
            Box::new(m20261127_000040_purse::Migration),
        ]
    }
}

/// Key of the advisory lock that keeps two starting instances from migrating at once.
const MIGRATION_LOCK: i64 = 0x6475_6261_6e00_0001;

/// Brings the database to the newest schema, all steps or none; several instances may call it at
/// once.
///
/// # Errors
///
/// What the database says when a step fails; the schema is as before then.
pub async fn migrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    let alone = begin_alone(db).await?;
    Migrator::up(&alone, None).await?;
    alone.commit().await
}

/// Begins a transaction in which nobody else migrates: both databases make tables inside it.
async fn begin_alone(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let tx = db.begin_with_options(options).await?;
    if tx.get_database_backend() == DbBackend::Postgres {
        // Another instance may take its time; it is waited for.
        tx.execute_unprepared(&format!(
            "SET LOCAL statement_timeout = 0; SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"
        ))
        .await?;
    }
    Ok(tx)
}

/// One step of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name, which begins with its date.
    pub name: String,
    /// Whether the database has it.
    pub is_applied: bool,
}

/// All steps in order, each with whether the database has it; changes nothing.
///
/// # Errors
///
/// What the database says, also when it has a step that this program does not know.
pub async fn steps(db: &DatabaseConnection) -> Result<Vec<Step>, DbErr> {
    let found = Migrator::get_migration_with_status_read_only(db).await?;
    let step = |one: &Migration| Step {
        name: one.name().to_owned(),
        is_applied: one.status() == MigrationStatus::Applied,
    };
    Ok(found.iter().map(step).collect())
}

/// Takes the newest steps back, with everything stored in their tables: all of them or none.
///
/// # Errors
///
/// What the database says when a step fails; the schema is as before then.
pub async fn take_back(db: &DatabaseConnection, count: u32) -> Result<(), DbErr> {
    let alone = begin_alone(db).await?;
    Migrator::down(&alone, Some(count)).await?;
    alone.commit().await
}

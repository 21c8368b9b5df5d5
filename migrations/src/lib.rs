//! The schema of the database, one file a step, the same for SQLite and PostgreSQL.
//!
//! A migration never imports an entity, or it would change when an entity does. Names of enum
//! values are repeated here for the same reason.

use sea_orm_migration::{Migration, MigrationStatus, prelude::*};

mod columns;
mod m20261124_000001_organisation;
mod m20261124_000002_identity;
mod m20261124_000003_plan;
mod m20261124_000004_records;

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
        ]
    }
}

/// Key of the advisory lock that keeps two starting instances from migrating at once.
const MIGRATION_LOCK: i64 = 0x6475_6261_6e00_0001;

/// Brings the database to the newest schema; several instances may call it at once.
///
/// # Errors
///
/// What the database says when a step fails; the steps before it stay applied.
pub async fn migrate(db: &sea_orm_migration::sea_orm::DatabaseConnection) -> Result<(), DbErr> {
    use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, TransactionTrait};

    if db.get_database_backend() != DbBackend::Postgres {
        return Migrator::up(db, None).await;
    }
    let guard = db.begin().await?;
    guard
        .execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
        .await?;
    Migrator::up(db, None).await?;
    guard.commit().await
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
pub async fn steps(
    db: &sea_orm_migration::sea_orm::DatabaseConnection,
) -> Result<Vec<Step>, DbErr> {
    let found = Migrator::get_migration_with_status_read_only(db).await?;
    let step = |one: &Migration| Step {
        name: one.name().to_owned(),
        is_applied: one.status() == MigrationStatus::Applied,
    };
    Ok(found.iter().map(step).collect())
}

/// Takes the newest steps back, with everything stored in their tables.
///
/// # Errors
///
/// What the database says when a step fails; the steps before it stay taken back.
pub async fn take_back(
    db: &sea_orm_migration::sea_orm::DatabaseConnection,
    count: u32,
) -> Result<(), DbErr> {
    Migrator::down(db, Some(count)).await
}

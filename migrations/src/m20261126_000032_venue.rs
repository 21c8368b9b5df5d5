//! Units that are venues (科技馆), each between two days.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::{prelude::*, schema::*};

/// The trigger that says that the tree is a new one when one of these columns of a unit changes.
const TRIGGER: &str = "department_update_is_new_tree";
const BEFORE: &str = "id, kind, valid_from, valid_to";
const NOW: &str = "id, kind, valid_from, valid_to, venue_from, venue_to";

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["venue_from", "venue_to"] {
            let column = date_null(column);
            let mut table = Table::alter();
            table.table("department").add_column(column);
            manager.alter_table(table).await?;
        }
        watch(manager, NOW).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        watch(manager, BEFORE).await?;
        for column in ["venue_to", "venue_from"] {
            let mut table = Table::alter();
            table.table("department").drop_column(column);
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}

async fn watch(manager: &SchemaManager<'_>, columns: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let head = format!("CREATE TRIGGER {TRIGGER} AFTER UPDATE OF {columns} ON department");
    let (gone, new) = match db.get_database_backend() {
        DbBackend::Postgres => (
            format!("DROP TRIGGER {TRIGGER} ON department"),
            format!("{head} FOR EACH STATEMENT EXECUTE FUNCTION tree_is_new()"),
        ),
        _ => (
            format!("DROP TRIGGER {TRIGGER}"),
            format!("{head} BEGIN UPDATE tree_version SET token = randomblob(16); END"),
        ),
    };
    db.execute_unprepared(&gone).await?;
    db.execute_unprepared(&new).await.map(|_| ())
}

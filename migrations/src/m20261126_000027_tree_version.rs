//! Which tree of units is the present one: a row that says something new whenever units, their lives,
//! kinds or parents change, so that a tree that was read may be kept until then.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::drop_tables;

/// What the tree is read from, with the columns whose change matters.
const TABLES: [(&str, &str); 2] = [
    ("department", "id, kind, valid_from, valid_to"),
    (
        "department_parent",
        "id, department_id, parent_id, valid_from, valid_to",
    ),
];

/// This step.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("tree_version")
                    .col(small_integer("id").primary_key().take())
                    .col(uuid("token"))
                    .to_owned(),
            )
            .await?;
        let db = manager.get_connection();
        for sql in watch(db.get_database_backend()) {
            db.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let backend = db.get_database_backend();
        for (table, _) in TABLES {
            for act in ["insert", "update", "delete"] {
                let name = format!("{table}_{act}_is_new_tree");
                let sql = match backend {
                    DbBackend::Postgres => format!("DROP TRIGGER {name} ON {table}"),
                    _ => format!("DROP TRIGGER {name}"),
                };
                db.execute_unprepared(&sql).await?;
            }
        }
        if backend == DbBackend::Postgres {
            db.execute_unprepared("DROP FUNCTION tree_is_new()").await?;
        }
        drop_tables(manager, &["tree_version"]).await
    }
}

/// A token is never given out twice: one that a transaction took back must not come again for another
/// tree.
fn watch(backend: DbBackend) -> Vec<String> {
    let token = match backend {
        DbBackend::Postgres => "gen_random_uuid()",
        _ => "randomblob(16)",
    };
    let renew = format!("UPDATE tree_version SET token = {token}");
    let mut all = vec![format!(
        "INSERT INTO tree_version (id, token) VALUES (1, {token})"
    )];
    if backend == DbBackend::Postgres {
        all.push(format!(
            "CREATE FUNCTION tree_is_new() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN {renew}; RETURN NULL; END $$"
        ));
    }
    for (table, columns) in TABLES {
        for (act, on) in [
            ("insert", "INSERT".to_owned()),
            ("update", format!("UPDATE OF {columns}")),
            ("delete", "DELETE".to_owned()),
        ] {
            let head = format!("CREATE TRIGGER {table}_{act}_is_new_tree AFTER {on} ON {table}");
            all.push(match backend {
                DbBackend::Postgres => {
                    format!("{head} FOR EACH STATEMENT EXECUTE FUNCTION tree_is_new()")
                }
                _ => format!("{head} BEGIN {renew}; END"),
            });
        }
    }
    all
}

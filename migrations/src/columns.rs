//! Column shapes that several tables share.

use sea_orm_migration::{prelude::*, schema::*};

/// Longest stored name of an enum value.
const NAME_LENGTH: u32 = 24;

/// A column that holds one of the named values.
pub fn one_of(column: &'static str, names: &'static [&'static str]) -> ColumnDef {
    let mut definition = string_len(column, NAME_LENGTH);
    definition.check(Expr::col(column).is_in(names.iter().copied()));
    definition
}

/// The counter of changes, from 1.
pub fn version() -> ColumnDef {
    let mut definition = integer("version");
    definition.default(1);
    definition
}

/// A key of another table.
pub fn references(
    table: &'static str,
    column: &'static str,
    target: &'static str,
    on_delete: ForeignKeyAction,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_{column}"))
        .from(table, column)
        .to(target, "id")
        .on_delete(on_delete)
        .to_owned()
}

/// An index over columns, named after them.
pub fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut statement = Index::create();
    statement
        .name(format!("ix_{table}_{}", columns.join("_")))
        .table(table);
    for column in columns {
        statement.col(*column);
    }
    statement
}

/// An index that also refuses repeats.
pub fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut statement = Index::create();
    statement
        .name(format!("ux_{table}_{}", columns.join("_")))
        .table(table)
        .unique();
    for column in columns {
        statement.col(*column);
    }
    statement
}

/// Removes tables, the last made first.
pub async fn drop_tables(
    manager: &SchemaManager<'_>,
    tables: &[&'static str],
) -> Result<(), DbErr> {
    for table in tables {
        manager
            .drop_table(Table::drop().table(*table).to_owned())
            .await?;
    }
    Ok(())
}

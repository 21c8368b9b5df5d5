//! What can go wrong with stored data.

use sea_orm::{DbErr, SqlErr};

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Someone changed the object since it was read.
    #[error("the object was changed by someone else")]
    Stale,
    /// A value that must be unique is there already.
    #[error("a unique value is taken: {0}")]
    Taken(String),
    /// The database holds a value that the domain does not know.
    #[error("corrupt value in {table}.{column} of {key}: {value:?}")]
    Corrupt {
        /// Table.
        table: &'static str,
        /// Column.
        column: &'static str,
        /// Key of the row.
        key: String,
        /// What stands there.
        value: String,
    },
    /// A page was asked for at a position of another list.
    #[error("the position is of another list")]
    Position,
    /// A change that was stored with others ended before it was known whether it is stored.
    #[error("the change was interrupted")]
    Interrupted,
    /// What the database says.
    #[error("database: {0}")]
    Database(DbErr),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(what)) => Self::Taken(what),
            _ => Self::Database(error),
        }
    }
}

/// Names the cell that holds an unknown value.
#[expect(
    clippy::needless_pass_by_value,
    reason = "called where rows are taken apart, with whatever is at hand"
)]
pub(crate) fn corrupt(
    table: &'static str,
    column: &'static str,
    key: impl ToString,
    value: impl ToString,
) -> StoreError {
    StoreError::Corrupt {
        table,
        column,
        key: key.to_string(),
        value: value.to_string(),
    }
}

//! Which jobs have run: a row under a natural key, so that none runs twice.

use duban_domain::ids::fresh_key;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, TryInsertResult, sea_query::Expr,
};

use crate::{entity::job_run, error::StoreError, store::WriteTx};

/// Takes a run for this transaction; false when it was run before, by whomever. While another
/// server is at it, this waits for its end.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn claim(tx: &WriteTx, natural_key: &str) -> Result<bool, StoreError> {
    let done = job_run::Entity::insert(job_run::ActiveModel {
        id: Set(fresh_key(tx.now())),
        natural_key: Set(natural_key.to_owned()),
        outcome: Set(0),
        started_at: Set(tx.now().into()),
    })
    .on_conflict_do_nothing_on([job_run::Column::NaturalKey])
    .exec_without_returning(tx.conn())
    .await?;
    Ok(matches!(done, TryInsertResult::Inserted(1)))
}

/// Keeps how much a run did.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_outcome(tx: &WriteTx, natural_key: &str, count: u64) -> Result<(), StoreError> {
    job_run::Entity::update_many()
        .col_expr(
            job_run::Column::Outcome,
            Expr::value(i32::try_from(count).unwrap_or(i32::MAX)),
        )
        .filter(job_run::Column::NaturalKey.eq(natural_key))
        .exec(tx.conn())
        .await?;
    Ok(())
}

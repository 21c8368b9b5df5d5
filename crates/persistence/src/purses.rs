//! Purses that several servers over one PostgreSQL share.
//!
//! A purse is kept as the instant at which it is full again, by the clock of the database: what was spent moves it
//! on, and what comes back in time needs no writing. The table is not logged, so that nothing waits for a disk.

use std::{collections::HashMap, time::Duration};

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{
        Expr, LockBehavior, LockType, OnConflict, Order, Query, ReturningClause, ValueTuple,
    },
};

use crate::{entity::purse, error::StoreError, store::Store};

/// Purses that one call may tell of.
pub const TOLD_MOST: usize = 1_000;

/// Whether the database is one that several servers may share.
pub fn can_be_shared(store: &Store) -> bool {
    store.aside().get_database_backend() == DbBackend::Postgres
}

/// Adds the times that were spent, in microseconds that a purse is full later for them and below zero for what
/// came back; says of each how long it takes until it is full. One statement, at most [`TOLD_MOST`] payers.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn tell(
    store: &Store,
    spent: impl IntoIterator<Item = (String, i64)>,
) -> Result<HashMap<String, Duration>, StoreError> {
    use purse::Column as C;
    let given: Vec<ValueTuple> = spent
        .into_iter()
        .map(|(payer, time)| ValueTuple::Two(payer.into(), time.into()))
        .collect();
    if given.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = Query::select();
    select
        .from_values(given, "given")
        .column("column1")
        .expr(Expr::cust(
            "CURRENT_TIMESTAMP + column2 * INTERVAL '1 microsecond'",
        ))
        // Two servers lock the same rows in the same order.
        .order_by("column1", Order::Asc);
    let mut later = OnConflict::column(C::Payer);
    later.value(
        C::FullAt,
        Expr::cust(
            "GREATEST(purse.full_at, CURRENT_TIMESTAMP) + (excluded.full_at - CURRENT_TIMESTAMP)",
        ),
    );
    let full_in =
        Expr::cust("CAST(EXTRACT(EPOCH FROM full_at - CURRENT_TIMESTAMP) * 1000000 AS BIGINT)");
    let mut insert = Query::insert();
    insert
        .into_table(purse::Entity)
        .columns([C::Payer, C::FullAt])
        .select_from(select)
        .map_err(|error| crate::bulk::internal(&error.to_string()))?
        .on_conflict(later)
        .returning(ReturningClause::Exprs(vec![Expr::col(C::Payer), full_in]));
    let rows = store.aside().query_all(&insert).await?;
    let read = rows.into_iter().map(|row| {
        let (payer, micros): (String, i64) = (row.try_get_by(0)?, row.try_get_by(1)?);
        let full_in = Duration::from_micros(u64::try_from(micros).unwrap_or(0));
        Ok((payer, full_in))
    });
    read.collect()
}

/// Forgets the purses that are full; one that is being told of stays.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn forget(store: &Store) -> Result<u64, StoreError> {
    use purse::Column as C;
    let mut full = Query::select();
    full.column(C::Payer)
        .from(purse::Entity)
        .and_where(Expr::col(C::FullAt).lt(Expr::cust("CURRENT_TIMESTAMP")))
        // Nothing is waited for, so that nobody waits in a ring.
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let done = purse::Entity::delete_many()
        .filter(C::Payer.in_subquery(full))
        .exec(store.aside())
        .await?;
    Ok(done.rows_affected)
}

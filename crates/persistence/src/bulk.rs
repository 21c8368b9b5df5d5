//! Long inserts in pieces that keep under the bind limits of both databases.

use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, Iterable, RuntimeErr, Value,
    sea_query::{Alias, Expr, OnConflict, Query, ValueTuple},
};

use crate::error::StoreError;

/// Values that one statement may bind; SQLite takes 32,766.
pub(crate) const BINDS: usize = 30_000;

/// The rows in pieces that one statement may bind.
pub(crate) fn pieces<A: ActiveModelTrait>(rows: Vec<A>) -> impl Iterator<Item = Vec<A>> {
    let columns = <A::Entity as EntityTrait>::Column::iter().count().max(1);
    let mut rows = rows;
    std::iter::from_fn(move || {
        let rest = rows.split_off(rows.len().min(BINDS / columns));
        let piece = std::mem::replace(&mut rows, rest);
        (!piece.is_empty()).then_some(piece)
    })
}

/// Inserts all rows in as few statements as the bind limit allows.
pub(crate) async fn insert_all<A>(db: &impl ConnectionTrait, rows: Vec<A>) -> Result<(), StoreError>
where
    A: ActiveModelTrait + Send,
{
    for piece in pieces(rows) {
        A::Entity::insert_many(piece)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Rows that are written like those that are there already, as the conflict says, in few statements. Columns in
/// which all rows say the same are bound once for all of them: of sums and keys that are most columns.
pub(crate) async fn insert_alike<A>(
    db: &impl ConnectionTrait,
    rows: Vec<A>,
    conflict: impl Fn() -> OnConflict,
) -> Result<(), StoreError>
where
    A: ActiveModelTrait + Send,
{
    let columns: Vec<_> = <A::Entity as EntityTrait>::Column::iter().collect();
    let values = |mut row: A| -> Option<Vec<Value>> {
        let all = columns.iter().map(|column| row.take(*column).into_value());
        all.collect()
    };
    let rows: Option<Vec<Vec<Value>>> = rows.into_iter().map(values).collect();
    let rows = rows.ok_or_else(|| internal("a row lacks a column"))?;
    let Some(first) = rows.first() else {
        return Ok(());
    };
    let differs = |at: usize| rows.iter().any(|row| row.get(at) != first.get(at));
    let mut own: Vec<usize> = (0..columns.len()).filter(|at| differs(*at)).collect();
    if own.is_empty() {
        // A list of values has a column at least; the first is in the key.
        own.push(0);
    }
    let shared = columns.len() - own.len();
    for piece in rows.chunks((BINDS - shared) / own.len()) {
        let tuples = piece.iter().map(|row| {
            let said = own.iter().filter_map(|at| row.get(*at).cloned());
            ValueTuple::Many(said.collect())
        });
        let mut select = Query::select();
        select.from_values(tuples, "given");
        for (at, value) in first.iter().enumerate() {
            match own.iter().position(|one| *one == at) {
                Some(place) => select.expr(Expr::col(Alias::new(format!("column{}", place + 1)))),
                None => select.expr(Expr::value(value.clone())),
            };
        }
        // SQLite takes ON for the beginning of a join where no condition stands before it.
        select.and_where(Expr::cust("TRUE"));
        let mut insert = Query::insert();
        insert
            .into_table(A::Entity::default())
            .columns(columns.iter().copied())
            .select_from(select)
            .map_err(|error| internal(&error.to_string()))?
            .on_conflict(conflict());
        db.execute(&insert).await?;
    }
    Ok(())
}

/// That a row which is there already is added to.
pub(crate) fn added<E: EntityTrait>(key: &[E::Column], sums: &[E::Column]) -> OnConflict {
    let mut conflict = OnConflict::columns(key.iter().copied());
    for column in sums {
        let given = Expr::col((Alias::new("excluded"), *column));
        let sum = Expr::col((E::default(), *column)).add(given);
        conflict.value(*column, sum);
    }
    conflict
}

pub(crate) fn internal(message: &str) -> DbErr {
    DbErr::Query(RuntimeErr::Internal(message.to_owned()))
}

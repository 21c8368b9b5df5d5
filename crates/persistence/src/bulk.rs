//! Long inserts in pieces that keep under the bind limits of both databases.

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Iterable};

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

//! Long inserts in pieces that keep under the bind limits of both databases.

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Iterable};

use crate::error::StoreError;

/// Values that one statement may bind; SQLite takes 32,766.
const BINDS: usize = 30_000;

/// Inserts all rows in as few statements as the bind limit allows.
pub(crate) async fn insert_all<A>(db: &impl ConnectionTrait, rows: Vec<A>) -> Result<(), StoreError>
where
    A: ActiveModelTrait + Send,
{
    let columns = <A::Entity as EntityTrait>::Column::iter().count().max(1);
    let mut rows = rows;
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(BINDS / columns));
        let piece = std::mem::replace(&mut rows, rest);
        A::Entity::insert_many(piece)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

//! When the bearer of a session proved again who he is: by the password, by the second factor.

use duban_domain::ids::SessionId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict,
};
use time::OffsetDateTime;

use crate::{error::StoreError, instant::Instant, store::WriteTx};

/// What was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Proof {
    /// The password.
    Password,
    /// A code of the second factor.
    Factor,
}

/// The same over the table of each proof.
macro_rules! in_table {
    ($proof:expr, $table:ident => $work:expr) => {
        match $proof {
            Proof::Password => {
                use crate::entity::session_proof as $table;
                $work
            }
            Proof::Factor => {
                use crate::entity::session_factor_proof as $table;
                $work
            }
        }
    };
}

/// When the bearer of a session last gave that proof.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(clippy::disallowed_methods, reason = "a person's own session")]
pub async fn last_unscoped(
    db: &impl ConnectionTrait,
    session: SessionId,
    proof: Proof,
) -> Result<Option<OffsetDateTime>, StoreError> {
    let at: Option<Instant> = in_table!(proof, table => {
        let row = table::Entity::find()
            .filter(table::Column::SessionId.eq(session.0))
            .one(db)
            .await?;
        row.map(|row| row.proven_at)
    });
    Ok(at.map(Into::into))
}

/// Writes that the bearer of a session has given that proof now.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn give(tx: &WriteTx, session: SessionId, proof: Proof) -> Result<(), StoreError> {
    give_as_of(tx, session, (proof, tx.now())).await
}

/// Writes that the bearer of a session gave that proof then.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn give_as_of(
    tx: &WriteTx,
    session: SessionId,
    (proof, at): (Proof, OffsetDateTime),
) -> Result<(), StoreError> {
    in_table!(proof, table => {
        let now = table::ActiveModel {
            session_id: Set(session.0),
            proven_at: Set(at.into()),
        };
        let again = OnConflict::column(table::Column::SessionId)
            .update_column(table::Column::ProvenAt)
            .to_owned();
        table::Entity::insert(now)
            .on_conflict(again)
            .exec_without_returning(tx.conn())
            .await?;
    });
    Ok(())
}

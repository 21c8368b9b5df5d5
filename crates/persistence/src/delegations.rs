//! Delegations: who stands in for whom, and when.

use std::collections::HashMap;

use duban_domain::{
    access::{Coverage, Delegation, Scope},
    ids::{AccountId, DelegationId},
    text::Reason,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select, sea_query::Expr,
};
use time::Date;

use crate::{
    entity::{account, delegation},
    error::{StoreError, corrupt},
    instant::Instant,
    scope::{account_keys_in, accounts_covered},
    store::WriteTx,
};

/// Most delegations of one person that are listed.
const LISTED: u64 = 200;

/// The delegation of that key.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored reason is empty.
pub async fn find_unscoped(
    db: &impl ConnectionTrait,
    id: DelegationId,
) -> Result<Option<Delegation>, StoreError> {
    let row = find()
        .filter(delegation::Column::Id.eq(id.0))
        .one(db)
        .await?;
    row.map(to_domain).transpose()
}

/// The delegation of that key, if the caller is one of its people or manages the grants of the one stood
/// in for: with one statement, so that another's costs what an absent one does.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored reason is empty.
pub async fn find_managed(
    db: &impl ConnectionTrait,
    id: DelegationId,
    (own, managed): (AccountId, &Coverage),
) -> Result<Option<Delegation>, StoreError> {
    let reached = Condition::any()
        .add(delegation::Column::ToAccountId.eq(own.0))
        .add(delegation::Column::FromAccountId.in_subquery(accounts_covered(&[own], managed)));
    let row = find()
        .filter(delegation::Column::Id.eq(id.0))
        .filter(reached)
        .one(db)
        .await?;
    row.map(to_domain).transpose()
}

/// The delegations by and to a person that last until a day or longer, the latest first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored reason is empty.
pub async fn of_account_unscoped(
    db: &impl ConnectionTrait,
    account: AccountId,
    until: Date,
) -> Result<Vec<Delegation>, StoreError> {
    let rows = find()
        .filter(
            Condition::any()
                .add(delegation::Column::FromAccountId.eq(account.0))
                .add(delegation::Column::ToAccountId.eq(account.0)),
        )
        .filter(delegation::Column::LastOn.gte(until))
        .order_by_desc(delegation::Column::FirstOn)
        .order_by_desc(delegation::Column::Id)
        .limit(LISTED)
        .all(db)
        .await?;
    rows.into_iter().map(to_domain).collect()
}

/// The delegations by each of these accounts that are in scope, those that last until a day or longer,
/// the latest first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored reason is empty.
pub async fn from_accounts(
    db: &impl ConnectionTrait,
    scope: &Scope,
    accounts: &[AccountId],
    until: Date,
) -> Result<HashMap<AccountId, Vec<Delegation>>, StoreError> {
    let rows = find()
        .filter(delegation::Column::FromAccountId.is_in(accounts.iter().map(|one| one.0)))
        .filter(delegation::Column::FromAccountId.in_subquery(account_keys_in(scope)))
        .filter(delegation::Column::LastOn.gte(until))
        .order_by_desc(delegation::Column::FirstOn)
        .order_by_desc(delegation::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<AccountId, Vec<Delegation>> = HashMap::new();
    for row in rows {
        let one = to_domain(row)?;
        found.entry(one.from).or_default().push(one);
    }
    Ok(found)
}

/// The people, not disabled, whom somebody stands in for on a day, the earliest delegation first.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn in_force_to_unscoped(
    db: &impl ConnectionTrait,
    to: AccountId,
    on: Date,
) -> Result<Vec<AccountId>, StoreError> {
    let mut found = in_force_to_many_unscoped(db, &[to], on).await?;
    Ok(found.remove(&to).unwrap_or_default())
}

/// The people, not disabled, whom each of some stands in for on a day, the earliest delegation first; one
/// statement.
///
/// # Errors
///
/// [`StoreError`] of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "delegations are what scopes are made of"
)]
pub async fn in_force_to_many_unscoped(
    db: &impl ConnectionTrait,
    to: &[AccountId],
    on: Date,
) -> Result<HashMap<AccountId, Vec<AccountId>>, StoreError> {
    let disabled = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::DisabledAt.is_not_null())
        .into_query();
    let rows = find()
        .filter(delegation::Column::ToAccountId.is_in(to.iter().map(|one| one.0)))
        .filter(shares_days((on, on)))
        .filter(delegation::Column::FromAccountId.not_in_subquery(disabled))
        .order_by_asc(delegation::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<AccountId, Vec<AccountId>> = HashMap::new();
    for row in rows {
        let people = found.entry(AccountId(row.to_account_id)).or_default();
        let one = AccountId(row.from_account_id);
        if !people.contains(&one) {
            people.push(one);
        }
    }
    Ok(found)
}

/// Whether one between the same two people shares a day with a span and was not ended.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn overlaps_unscoped(
    db: &impl ConnectionTrait,
    (from, to): (AccountId, AccountId),
    span: (Date, Date),
) -> Result<bool, StoreError> {
    let row = find()
        .filter(delegation::Column::FromAccountId.eq(from.0))
        .filter(delegation::Column::ToAccountId.eq(to.0))
        .filter(shares_days(span))
        .one(db)
        .await?;
    Ok(row.is_some())
}

/// Adds a delegation.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn insert(tx: &WriteTx, new: &Delegation) -> Result<(), StoreError> {
    delegation::Entity::insert(delegation::ActiveModel {
        id: Set(new.id.0),
        from_account_id: Set(new.from.0),
        to_account_id: Set(new.to.0),
        first_on: Set(new.first),
        last_on: Set(new.last),
        reason: Set(new.reason.to_string()),
        made_by: Set(new.made_by.0),
        made_at: Set(new.made_at.into()),
        ended_by: Set(None),
        ended_at: Set(None),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// Writes the end of a delegation that was not ended.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone ended it first.
pub async fn save_end(tx: &WriteTx, ended: &Delegation) -> Result<(), StoreError> {
    let Some((by, at)) = ended.ended else {
        return Ok(());
    };
    let done = delegation::Entity::update_many()
        .col_expr(delegation::Column::EndedBy, Expr::value(by.0))
        .col_expr(delegation::Column::EndedAt, Expr::value(Instant::from(at)))
        .filter(delegation::Column::Id.eq(ended.id.0))
        .filter(delegation::Column::EndedAt.is_null())
        .exec(tx.conn())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

/// Not ended, and in force on a day of the span.
fn shares_days((first, last): (Date, Date)) -> Condition {
    Condition::all()
        .add(delegation::Column::FirstOn.lte(last))
        .add(delegation::Column::LastOn.gte(first))
        .add(delegation::Column::EndedAt.is_null())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the callers say in their names what they see"
)]
fn find() -> Select<delegation::Entity> {
    delegation::Entity::find()
}

#[expect(clippy::needless_pass_by_value, reason = "a row is taken apart")]
fn to_domain(row: delegation::Model) -> Result<Delegation, StoreError> {
    Ok(Delegation {
        id: DelegationId(row.id),
        from: AccountId(row.from_account_id),
        to: AccountId(row.to_account_id),
        first: row.first_on,
        last: row.last_on,
        reason: Reason::try_new(&row.reason)
            .map_err(|_| corrupt("delegation", "reason", row.id, &row.reason))?,
        made_by: AccountId(row.made_by),
        made_at: row.made_at.into(),
        ended: row
            .ended_by
            .zip(row.ended_at)
            .map(|(by, at)| (AccountId(by), at.into())),
    })
}

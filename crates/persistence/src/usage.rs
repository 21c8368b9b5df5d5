//! How much programs call, by token and day.

use duban_domain::{
    access::{Coverage, Scope},
    ids::{AccountId, ApiTokenId},
    usage::{Span, TokenDay, Usage},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder,
    QuerySelect, Select, sea_query::SelectStatement,
};
use time::Date;
use uuid::Uuid;

use crate::{
    bulk::{added, insert_alike},
    entity::token_usage as usage,
    error::StoreError,
    scope::{account_keys_in, accounts_covered},
    store::WriteTx,
};

/// Adds what was counted to what is kept, in as few statements as may be.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn add(tx: &WriteTx, counted: &[TokenDay]) -> Result<(), StoreError> {
    use usage::Column as C;
    let rows = counted.iter().map(|one| usage::ActiveModel {
        token_id: Set(one.token.0),
        day: Set(one.day),
        account_id: Set(one.account.0),
        requests: Set(stored(one.usage.requests)),
        points: Set(stored(one.usage.points)),
        refused: Set(stored(one.usage.refused)),
        errors: Set(stored(one.usage.errors)),
        last_seen_at: Set(one.last_seen_at.into()),
    });
    let sums = [C::Requests, C::Points, C::Refused, C::Errors];
    let conflict = || {
        let mut conflict = added::<usage::Entity>(&[C::TokenId, C::Day], &sums);
        conflict.update_column(C::LastSeenAt);
        conflict
    };
    insert_alike(tx.conn(), rows.collect(), conflict).await
}

/// Forgets the days before that one; returns how many rows.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn forget(tx: &WriteTx, before: Date) -> Result<u64, StoreError> {
    let done = usage::Entity::delete_many()
        .filter(usage::Column::Day.lt(before))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected)
}

/// The days of those of the accounts that are in scope, one statement.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_accounts(
    db: &impl ConnectionTrait,
    scope: &Scope,
    accounts: &[AccountId],
    span: Span,
) -> Result<Vec<TokenDay>, StoreError> {
    let found = within(account_keys_in(scope), span)
        .filter(usage::Column::AccountId.is_in(accounts.iter().map(|id| id.0)));
    Ok(found.all(db).await?.iter().map(to_domain).collect())
}

/// The days of the tokens with the most requests, so many tokens at most; of accounts that a permission
/// covers.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn of_most_used(
    db: &impl ConnectionTrait,
    coverage: &Coverage,
    span: Span,
    most: u64,
) -> Result<Vec<TokenDay>, StoreError> {
    use usage::Column as C;
    let keys = || accounts_covered(&[], coverage);
    let first: Vec<Uuid> = within(keys(), span)
        .select_only()
        .column(C::TokenId)
        .group_by(C::TokenId)
        .order_by(C::Requests.sum(), Order::Desc)
        .order_by(C::TokenId, Order::Asc)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    if first.is_empty() {
        return Ok(Vec::new());
    }
    let found = within(keys(), span).filter(C::TokenId.is_in(first));
    Ok(found.all(db).await?.iter().map(to_domain).collect())
}

#[expect(
    clippy::disallowed_methods,
    reason = "narrowed to what is covered here"
)]
fn within(accounts: SelectStatement, span: Span) -> Select<usage::Entity> {
    use usage::Column as C;
    usage::Entity::find()
        .filter(C::AccountId.in_subquery(accounts))
        .filter(C::Day.gte(span.from))
        .filter(C::Day.lte(span.until))
}

fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn to_domain(row: &usage::Model) -> TokenDay {
    let count = |stored: i64| u64::try_from(stored).unwrap_or_default();
    TokenDay {
        token: ApiTokenId(row.token_id),
        account: AccountId(row.account_id),
        day: row.day,
        usage: Usage {
            requests: count(row.requests),
            points: count(row.points),
            refused: count(row.refused),
            errors: count(row.errors),
        },
        last_seen_at: row.last_seen_at.into(),
    }
}

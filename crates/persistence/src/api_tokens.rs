//! Tokens of service accounts, known by their public part; what is secret of them is kept as a digest.

use std::collections::{BTreeSet, HashMap};

use duban_domain::{
    access::{ApiToken, Person, Scope, TokenScope},
    ids::{AccountId, ApiTokenId, MetricId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
    sea_query::{Expr, LockType},
};
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    entity::api_token as token,
    error::{StoreError, corrupt},
    instant::Instant,
    scope::account_keys_in,
    store::WriteTx,
};

const TABLE: &str = "api_token";

/// A token with the digest that its secret is compared with; never leaves the identity module.
pub struct KeptToken {
    /// The token.
    pub token: ApiToken,
    /// SHA-256 of the secret.
    pub secret_hash: Vec<u8>,
}

/// Where a token was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenUse {
    /// When.
    pub at: OffsetDateTime,
    /// From which address.
    pub address: String,
}

/// Adds a token by the digest of its secret.
///
/// # Errors
///
/// [`StoreError::Taken`] where its public part is another one's.
pub async fn insert(tx: &WriteTx, new: &ApiToken, secret_hash: Vec<u8>) -> Result<(), StoreError> {
    let names = |scopes: &BTreeSet<TokenScope>| -> Vec<&str> {
        scopes.iter().map(|one| one.name()).collect()
    };
    let texts: Vec<String> = new.addresses.iter().map(ToString::to_string).collect();
    token::Entity::insert(token::ActiveModel {
        id: Set(new.id.0),
        public_id: Set(new.public_id.clone()),
        account_id: Set(new.account.0),
        name: Set(new.name.clone()),
        secret_hash: Set(secret_hash),
        scopes: Set(json!(names(&new.scopes))),
        metrics: Set(new.metrics.as_ref().map(|all| json!(all))),
        addresses: Set(json!(texts)),
        author_id: Set(new.by.account.0),
        author_for_id: Set(new.by.acting_for.map(|one| one.0)),
        created_at: Set(new.created_at.into()),
        expires_at: Set(new.expires_at.into()),
        successor_of_id: Set(new.successor_of.map(|one| one.0)),
        last_used_at: Set(None),
        last_address: Set(None),
        revoked_at: Set(None),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// The token with that public part, whoever asks: it proves who that is.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value makes no sense.
pub async fn find_kept_unscoped(
    db: &impl ConnectionTrait,
    public_id: &str,
) -> Result<Option<KeptToken>, StoreError> {
    let row = every()
        .filter(token::Column::PublicId.eq(public_id))
        .one(db)
        .await?;
    row.map(|row| {
        Ok(KeptToken {
            token: to_domain(&row)?,
            secret_hash: row.secret_hash,
        })
    })
    .transpose()
}

/// The token of that key, whoever asks; the caller has its account in scope, or is its bearer.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value makes no sense.
pub async fn find_unscoped(
    db: &impl ConnectionTrait,
    id: ApiTokenId,
) -> Result<Option<ApiToken>, StoreError> {
    let row = every().filter(token::Column::Id.eq(id.0)).one(db).await?;
    row.as_ref().map(to_domain).transpose()
}

/// The tokens of these keys, whoever asks; their bearers are asked for. One statement.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value makes no sense.
pub async fn find_many_unscoped(
    db: &impl ConnectionTrait,
    ids: &[ApiTokenId],
) -> Result<Vec<ApiToken>, StoreError> {
    let rows = every()
        .filter(token::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .all(db)
        .await?;
    rows.iter().map(to_domain).collect()
}

/// The token of that key, if its account is in scope; kept from others who change it until the
/// transaction ends.
///
/// # Errors
///
/// As [`find_unscoped`].
pub async fn find_locked(
    tx: &WriteTx,
    scope: &Scope,
    id: ApiTokenId,
) -> Result<Option<ApiToken>, StoreError> {
    let row = every()
        .filter(token::Column::Id.eq(id.0))
        .filter(token::Column::AccountId.in_subquery(account_keys_in(scope)))
        .lock(LockType::Update)
        .one(tx.conn())
        .await?;
    row.as_ref().map(to_domain).transpose()
}

/// The tokens of those of the accounts that are in scope, the newest first; one statement.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value makes no sense.
pub async fn of_accounts(
    db: &impl ConnectionTrait,
    scope: &Scope,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, Vec<ApiToken>>, StoreError> {
    let in_scope = token::Column::AccountId.in_subquery(account_keys_in(scope));
    grouped(db, accounts, Condition::all().add(in_scope)).await
}

/// The tokens of some accounts, the newest first, one statement; the caller has the accounts in scope.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value makes no sense.
pub async fn of_accounts_unscoped(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, Vec<ApiToken>>, StoreError> {
    grouped(db, accounts, Condition::all()).await
}

/// The tokens in force at an instant, of all accounts, the oldest first.
///
/// # Errors
///
/// [`StoreError::Corrupt`] when a stored value makes no sense.
pub async fn in_force_unscoped(
    db: &impl ConnectionTrait,
    at: OffsetDateTime,
) -> Result<Vec<ApiToken>, StoreError> {
    let rows = every()
        .filter(token::Column::RevokedAt.is_null())
        .filter(token::Column::ExpiresAt.gt(Instant::from(at)))
        .order_by_asc(token::Column::Id)
        .all(db)
        .await?;
    rows.iter().map(to_domain).collect()
}

async fn grouped(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
    narrowed: Condition,
) -> Result<HashMap<AccountId, Vec<ApiToken>>, StoreError> {
    let rows = every()
        .filter(token::Column::AccountId.is_in(accounts.iter().map(|id| id.0)))
        .filter(narrowed)
        .order_by_desc(token::Column::CreatedAt)
        .order_by_desc(token::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<AccountId, Vec<ApiToken>> = HashMap::new();
    for row in &rows {
        let one = to_domain(row)?;
        found.entry(one.account).or_default().push(one);
    }
    Ok(found)
}

/// Takes a token back. Returns whether it was still in force.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn revoke(tx: &WriteTx, id: ApiTokenId) -> Result<bool, StoreError> {
    let now = Instant::from(tx.now());
    let done = token::Entity::update_many()
        .col_expr(token::Column::RevokedAt, Expr::value(Some(now)))
        .filter(token::Column::Id.eq(id.0))
        .filter(token::Column::RevokedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected == 1)
}

/// Lets a token end earlier than it would; a later instant changes nothing.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn end_by(tx: &WriteTx, id: ApiTokenId, at: OffsetDateTime) -> Result<(), StoreError> {
    let at = Instant::from(at);
    token::Entity::update_many()
        .col_expr(token::Column::ExpiresAt, Expr::value(at))
        .filter(token::Column::Id.eq(id.0))
        .filter(token::Column::ExpiresAt.gt(at))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Writes when and from where a token was last used; an earlier use than is known changes nothing.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_use(tx: &WriteTx, id: ApiTokenId, used: &TokenUse) -> Result<(), StoreError> {
    let at = Instant::from(used.at);
    token::Entity::update_many()
        .col_expr(token::Column::LastUsedAt, Expr::value(Some(at)))
        .col_expr(
            token::Column::LastAddress,
            Expr::value(Some(used.address.clone())),
        )
        .filter(token::Column::Id.eq(id.0))
        .filter(
            Condition::any()
                .add(token::Column::LastUsedAt.is_null())
                .add(token::Column::LastUsedAt.lt(at)),
        )
        .exec(tx.conn())
        .await?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the callers say in their names what they see"
)]
fn every() -> Select<token::Entity> {
    token::Entity::find()
}

fn to_domain(row: &token::Model) -> Result<ApiToken, StoreError> {
    let wrong = |column, value: &dyn std::fmt::Display| corrupt(TABLE, column, row.id, value);
    let texts = |column, json: &serde_json::Value| -> Result<Vec<String>, StoreError> {
        serde_json::from_value(json.clone()).map_err(|_| wrong(column, json))
    };
    let scopes = texts("scopes", &row.scopes)?;
    let scopes = scopes
        .iter()
        .map(|name| TokenScope::parse(name).ok_or_else(|| wrong("scopes", name)));
    let addresses = texts("addresses", &row.addresses)?;
    let addresses = addresses
        .iter()
        .map(|text| text.parse().map_err(|_| wrong("addresses", text)));
    let metrics = row.metrics.as_ref().map(|json| {
        let keys: Result<Vec<Uuid>, _> = serde_json::from_value(json.clone());
        let keys = keys.map_err(|_| wrong("metrics", json))?;
        Ok::<_, StoreError>(keys.into_iter().map(MetricId).collect())
    });
    Ok(ApiToken {
        id: ApiTokenId(row.id),
        public_id: row.public_id.clone(),
        account: AccountId(row.account_id),
        name: row.name.clone(),
        scopes: scopes.collect::<Result<_, _>>()?,
        metrics: metrics.transpose()?,
        addresses: addresses.collect::<Result<_, _>>()?,
        by: Person {
            account: AccountId(row.author_id),
            acting_for: row.author_for_id.map(AccountId),
        },
        created_at: row.created_at.into(),
        expires_at: row.expires_at.into(),
        successor_of: row.successor_of_id.map(ApiTokenId),
        last_used_at: row.last_used_at.map(Into::into),
        last_address: row.last_address.clone(),
        revoked_at: row.revoked_at.map(Into::into),
    })
}

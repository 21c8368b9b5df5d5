//! Accounts: who can sign in.

mod live;

use std::collections::BTreeSet;

use duban_domain::{
    access::{Role, Scope},
    ids::{AccountId, DepartmentId},
    text::search_words,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect,
    QueryTrait,
    sea_query::{Expr, Func, SelectStatement},
};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

pub use self::live::{
    holders_unscoped, list_demo_unscoped, live_around_unscoped, live_of_departments_unscoped,
};
pub use crate::{
    account_state::AccountState,
    roles::{RoleNames, replace_roles, role_names},
};
use crate::{
    departments::pattern,
    entity::{account, role_grant},
    error::StoreError,
    grants::in_force,
    instant::Instant,
    page::{self, KeyValue, Page, SortKey, Window},
    scope::{accounts_in, descendants},
    store::WriteTx,
};

/// Somebody who signs in.
#[expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Key.
    pub id: AccountId,
    /// What is typed to sign in.
    pub login: String,
    /// How others see it.
    pub display_name: String,
    /// The unit it belongs to.
    pub department: DepartmentId,
    /// Raised when its sessions must end.
    pub epoch: i32,
    /// Whether it is there to try the product only.
    pub is_demo: bool,
    /// Whether a program calls with it, through tokens; nobody signs in with it.
    pub is_service: bool,
    /// Whether it may not sign in any more.
    pub is_disabled: bool,
    /// Whether it has a password; one that was only invited has none yet.
    pub has_password: bool,
    /// Whether its owner has come in through the organisation's own sign-in.
    pub is_linked: bool,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// Changes so far, from 1.
    pub version: i32,
}

impl Account {
    /// Where it stands.
    pub const fn state(&self) -> AccountState {
        if self.is_disabled {
            AccountState::Disabled
        } else if self.has_password || self.is_linked || self.is_service {
            AccountState::Active
        } else {
            AccountState::Invited
        }
    }

    /// Whether it can sign in.
    pub const fn is_live(&self) -> bool {
        (self.has_password || self.is_linked) && !self.is_disabled
    }
}

/// What sign-in compares with; never leaves the identity module.
#[derive(Clone)]
pub struct Credentials {
    /// The account.
    pub account: Account,
    /// Its password in PHC form, where one is set.
    pub password_hash: Option<String>,
}

/// The account of that login, with what its password is compared with.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_credentials_unscoped(
    db: &impl ConnectionTrait,
    login: &str,
) -> Result<Option<Credentials>, StoreError> {
    let row = find()
        .filter(account::Column::Login.eq(login))
        .one(db)
        .await?;
    Ok(row.map(|row| Credentials {
        password_hash: row.password_hash.clone(),
        account: to_domain(row),
    }))
}

/// The accounts of these keys.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_many_unscoped(
    db: &impl ConnectionTrait,
    ids: &[AccountId],
) -> Result<Vec<Account>, StoreError> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = find()
        .filter(account::Column::Id.is_in(keys))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(to_domain).collect())
}

/// The account of that key, if it is in scope.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_one(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: AccountId,
) -> Result<Option<Account>, StoreError> {
    let row = find()
        .filter(account::Column::Id.eq(id.0))
        .filter(accounts_in(scope))
        .one(db)
        .await?;
    Ok(row.map(to_domain))
}

/// Which accounts a list holds; what is left out does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// Every word occurs in login or name.
    pub text: Option<String>,
    /// Of these states; empty for all.
    pub states: Vec<AccountState>,
    /// Holding this role on a day.
    pub role: Option<(Role, Date)>,
    /// Of this unit or one below.
    pub department: Option<DepartmentId>,
    /// Of programs alone, or of people alone.
    pub is_service: Option<bool>,
}

/// The sort key of an account in lists.
pub fn key_of(account: &Account) -> Vec<KeyValue> {
    vec![
        KeyValue::Text(account.login.clone()),
        KeyValue::Key(account.id.0),
    ]
}

/// A window of the accounts in scope that the filter lets through, by login.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    scope: &Scope,
    filter: &AccountFilter,
    window: &Window,
) -> Result<Page<Account>, StoreError> {
    let keys = [
        SortKey::text(db.get_database_backend(), "account", "login", false),
        SortKey::key(account::Column::Id, false),
    ];
    let wanted = find().filter(accounts_in(scope)).filter(wanted(filter));
    Ok(page::fetch(db, wanted, &keys, window).await?.map(to_domain))
}

fn wanted(filter: &AccountFilter) -> Condition {
    let mut all = Condition::all();
    for word in filter.text.as_deref().map(search_words).unwrap_or_default() {
        all = all.add(named(&word));
    }
    if !filter.states.is_empty() {
        let any = filter.states.iter().map(|one| in_state(*one));
        all = all.add(any.fold(Condition::any(), Condition::add));
    }
    if let Some((role, on)) = filter.role {
        all = all.add(account::Column::Id.in_subquery(holders_of(role, on)));
    }
    if let Some(department) = filter.department {
        let below = descendants(&BTreeSet::from([department]));
        all = all.add(account::Column::DepartmentId.in_subquery(below));
    }
    if let Some(is_service) = filter.is_service {
        all = all.add(account::Column::IsService.eq(is_service));
    }
    all
}

#[expect(
    clippy::disallowed_methods,
    reason = "narrows a list that is scoped already"
)]
fn holders_of(role: Role, on: Date) -> SelectStatement {
    role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::AccountId)
        .filter(role_grant::Column::Role.eq(role.name()))
        .filter(in_force(on))
        .into_query()
}

/// Accounts that have a password, or whose owner comes in through the organisation's own sign-in.
pub(crate) fn can_come_in() -> Condition {
    Condition::any()
        .add(account::Column::PasswordHash.is_not_null())
        .add(account::Column::IsLinked.eq(true))
}

fn in_state(state: AccountState) -> Condition {
    let is_enabled = account::Column::DisabledAt.is_null();
    let all = Condition::all();
    match state {
        AccountState::Disabled => all.add(account::Column::DisabledAt.is_not_null()),
        AccountState::Invited => all
            .add(is_enabled)
            .add(can_come_in().not())
            .add(account::Column::IsService.eq(false)),
        AccountState::Active => all
            .add(is_enabled)
            .add(can_come_in().add(account::Column::IsService.eq(true))),
    }
}

/// Writes name and unit of an account that stands at its version.
///
/// # Errors
///
/// [`StoreError::Stale`] when someone was faster.
pub async fn save_profile(tx: &WriteTx, account: &mut Account) -> Result<(), StoreError> {
    let done = account::Entity::update_many()
        .col_expr(
            account::Column::DisplayName,
            Expr::value(account.display_name.clone()),
        )
        .col_expr(
            account::Column::DepartmentId,
            Expr::value(account.department.0),
        )
        .col_expr(account::Column::Version, Expr::value(account.version + 1))
        .filter(account::Column::Id.eq(account.id.0))
        .filter(account::Column::Version.eq(account.version))
        .exec(tx.conn())
        .await?;
    if done.rows_affected != 1 {
        return Err(StoreError::Stale);
    }
    account.version += 1;
    Ok(())
}

/// The account, locked until the transaction ends, so that nobody disables it meanwhile.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn find_locked_unscoped(
    tx: &WriteTx,
    id: AccountId,
) -> Result<Option<Account>, StoreError> {
    let row = find()
        .filter(account::Column::Id.eq(id.0))
        .lock_exclusive()
        .one(tx.conn())
        .await?;
    Ok(row.map(to_domain))
}

/// Accounts in whose login or name a word in search form occurs.
fn named(word: &str) -> Condition {
    let contains = |column: account::Column| {
        Expr::expr(Func::lower(Expr::col(column.as_column_ref()))).like(pattern(word))
    };
    Condition::any()
        .add(contains(account::Column::Login))
        .add(contains(account::Column::DisplayName))
}

/// Adds an account.
///
/// # Errors
///
/// [`StoreError::Taken`] when the login is in use.
pub async fn insert(
    tx: &WriteTx,
    new: &Account,
    password_hash: Option<String>,
) -> Result<(), StoreError> {
    account::Entity::insert(account::ActiveModel {
        id: Set(new.id.0),
        login: Set(new.login.clone()),
        display_name: Set(new.display_name.clone()),
        department_id: Set(new.department.0),
        password_hash: Set(password_hash),
        epoch: Set(new.epoch),
        is_demo: Set(new.is_demo),
        is_service: Set(new.is_service),
        is_linked: Set(new.is_linked),
        created_at: Set(new.created_at.into()),
        disabled_at: Set(None),
        version: Set(1),
    })
    .exec_without_returning(tx.conn())
    .await?;
    Ok(())
}

/// Stores a new password hash, because the old one was made with weaker parameters or forgotten.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_password(tx: &WriteTx, id: AccountId, hash: String) -> Result<(), StoreError> {
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(hash))
        .filter(account::Column::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Raises the epoch of an account, so that every access token it has is worth nothing.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn raise_epoch(tx: &WriteTx, id: AccountId) -> Result<(), StoreError> {
    account::Entity::update_many()
        .col_expr(
            account::Column::Epoch,
            Expr::col(account::Column::Epoch).add(1),
        )
        .col_expr(
            account::Column::Version,
            Expr::col(account::Column::Version).add(1),
        )
        .filter(account::Column::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Takes the right to sign in away, or with no instant gives it back.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn save_disabled(
    tx: &WriteTx,
    id: AccountId,
    at: Option<OffsetDateTime>,
) -> Result<(), StoreError> {
    account::Entity::update_many()
        .col_expr(
            account::Column::DisabledAt,
            Expr::value(at.map(Instant::from)),
        )
        .filter(account::Column::Id.eq(id.0))
        .exec(tx.conn())
        .await?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "callers name what they see")]
fn find() -> sea_orm::Select<account::Entity> {
    account::Entity::find()
}

fn to_domain(row: account::Model) -> Account {
    Account {
        id: AccountId(row.id),
        login: row.login,
        display_name: row.display_name,
        department: DepartmentId(row.department_id),
        epoch: row.epoch,
        is_demo: row.is_demo,
        is_service: row.is_service,
        is_disabled: row.disabled_at.is_some(),
        has_password: row.password_hash.is_some(),
        is_linked: row.is_linked,
        created_at: row.created_at.into(),
        version: row.version,
    }
}

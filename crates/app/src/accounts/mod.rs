//! Accounts of other people: invited, changed, disabled; their roles; their sessions.

mod address;
mod grants;
mod links;
mod second_factor;
mod services;
mod sessions;
mod tokens;

use duban_domain::{
    access::{Permission, Principal, authorize},
    event::DomainEvent,
    ids::{AccountId, DepartmentId},
};
use duban_persistence::{
    StoreError, WriteTx,
    accounts::{self as stored, Account},
    departments,
    notification_settings::{self, NotificationSettings},
    sessions as stored_sessions, sign_ins,
};
use serde_json::json;

pub use self::{
    grants::{NewRole, end_grant, grant_role},
    links::{Linked, start_password_reset},
    second_factor::reset_second_factor,
    services::{NewService, create_service_account},
    sessions::{end_other_sessions, end_session, own_sessions, sessions_of},
    tokens::{IssuedToken, MetricNamed, NewToken, issue_api_token, revoke_api_token},
};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    identity::is_login,
    notify::settings::mail_address,
    plans::{expect_version, text_field},
};

/// Longest name of a person, in characters.
const NAME_LENGTH: usize = 60;

/// Somebody to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// What will be typed to sign in.
    pub login: String,
    /// How others see it.
    pub display_name: String,
    /// The unit it belongs to.
    pub department: DepartmentId,
    /// Where mails go; the link goes there too.
    pub address: Option<String>,
}

/// What to change of an account; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountChange {
    /// How others see it.
    pub display_name: Option<String>,
    /// The unit it belongs to.
    pub department: Option<DepartmentId>,
    /// Where mails go; empty for nowhere.
    pub address: Option<String>,
}

/// Makes an account that has no password and no role yet, and the link by which its owner sets one.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn invite_account(
    app: &App,
    call: &Call,
    new: Invitation,
) -> Result<Linked, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let names = (&new.login[..], &new.display_name[..]);
    let account = opened((tx, call), names, (new.department, false)).await?;
    let address = mail_address("mailAddress", new.address.as_deref())?;
    let mut settings = NotificationSettings::unset(account.id);
    if address.is_some() {
        settings.address = address;
        notification_settings::save(tx, &mut settings).await?;
    }
    let (linked, made) = links::make(app, tx, (&account, &settings), &[]).await?;
    begun
        .finish(linked, [event("account.invited", &account), made])
        .await
}

/// Changes how an account is seen, where it belongs, and where its mails go.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn update_account(
    app: &App,
    call: &Call,
    (id, expected): (AccountId, i32),
    change: AccountChange,
) -> Result<AccountId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let mut account = managed(tx, &call.who, id, Permission::AccountManage).await?;
    expect_version(account.version, expected)?;
    let before = account.clone();
    if let Some(name) = change.display_name {
        account.display_name = text_field("displayName", &name, NAME_LENGTH)?;
    }
    if let Some(department) = change.department {
        may_place_in(tx, &call.who, department).await?;
        account.department = department;
    }
    let is_address_changed = match change.address {
        Some(text) => address::change(tx, &call.who, &account, &text).await?,
        None => false,
    };
    stored::save_profile(tx, &mut account).await?;
    let event = DomainEvent::new("account.updated", "Account", id.0).with(json!({
        "before": about(&before), "after": about(&account),
        "isAddressChanged": is_address_changed,
    }));
    begun.finish(id, [event]).await
}

/// Takes the right to sign in away; whoever is signed in is out at once.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn disable_account(
    app: &App,
    call: &Call,
    id: AccountId,
) -> Result<AccountId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let account = managed_other(tx, &call.who, id, Permission::AccountManage).await?;
    stored::save_disabled(tx, id, Some(tx.now())).await?;
    close_access(tx, id).await?;
    let event = (!account.is_disabled).then(|| event("account.disabled", &account));
    let id = begun.finish(id, event).await?;
    app.identity().forget_callers();
    Ok(id)
}

/// Gives the right to sign in back.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn enable_account(
    app: &App,
    call: &Call,
    id: AccountId,
) -> Result<AccountId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let account = managed(tx, &call.who, id, Permission::AccountManage).await?;
    stored::save_disabled(tx, id, None).await?;
    let event = account
        .is_disabled
        .then(|| event("account.enabled", &account));
    begun.finish(id, event).await
}

/// Makes an account without a password and a role, for a person or a program (`is_service`).
async fn opened(
    (tx, call): (&WriteTx, &Call),
    (login, display_name): (&str, &str),
    (department, is_service): (DepartmentId, bool),
) -> Result<Account, ChangeError> {
    may_place_in(tx, &call.who, department).await?;
    let login = login.trim().to_owned();
    if !is_login(&login) {
        return Err(ChangeError::field("login", "ACCOUNT_LOGIN_MALFORMED"));
    }
    let taken = stored::find_credentials_unscoped(tx.conn(), &login).await?;
    if taken.is_some() {
        return Err(ChangeError::field("login", "ACCOUNT_LOGIN_TAKEN"));
    }
    let account = Account {
        id: AccountId::fresh(tx.now()),
        login,
        display_name: text_field("displayName", display_name, NAME_LENGTH)?,
        department,
        epoch: 1,
        is_demo: false,
        is_service,
        is_disabled: false,
        has_password: false,
        is_linked: false,
        created_at: tx.now(),
        version: 1,
    };
    let stored = stored::insert(tx, &account, None).await;
    stored.map_err(|error| match error {
        StoreError::Taken(_) => ChangeError::field("login", "ACCOUNT_LOGIN_TAKEN"),
        other => other.into(),
    })?;
    sign_ins::open(tx, account.id).await?;
    Ok(account)
}

/// The account, locked, where the caller may do this to it; out of reach looks like absent.
pub(crate) async fn managed(
    tx: &WriteTx,
    who: &Principal,
    id: AccountId,
    permission: Permission,
) -> Result<Account, ChangeError> {
    let found = stored::find_one(tx.conn(), &who.scope(), id).await?;
    found.ok_or(ChangeError::NotFound)?;
    let locked = stored::find_locked_unscoped(tx, id).await?;
    let account = locked.ok_or(ChangeError::NotFound)?;
    let place = departments::place(tx.conn(), account.department).await?;
    authorize(who, permission, &place)?;
    Ok(account)
}

/// As [`managed`], of anybody but the caller.
async fn managed_other(
    tx: &WriteTx,
    who: &Principal,
    id: AccountId,
    permission: Permission,
) -> Result<Account, ChangeError> {
    let account = managed(tx, who, id, permission).await?;
    if id == who.account() {
        return Err(ChangeError::field("accountId", "ACCOUNT_OF_ONESELF"));
    }
    Ok(account)
}

/// Refuses a unit where the caller manages no accounts; it looks like none.
async fn may_place_in(
    tx: &WriteTx,
    who: &Principal,
    department: DepartmentId,
) -> Result<(), ChangeError> {
    let place = departments::place(tx.conn(), department).await?;
    match authorize(who, Permission::AccountManage, &place) {
        Ok(_) => Ok(()),
        Err(_) => Err(ChangeError::field("departmentId", "DEPARTMENT_UNKNOWN")),
    }
}

/// Makes every access token and session of an account worth nothing.
async fn close_access(tx: &WriteTx, id: AccountId) -> Result<(), StoreError> {
    stored::raise_epoch(tx, id).await?;
    stored_sessions::revoke_all(tx, id, "ACCOUNT_CHANGED").await
}

fn about(account: &Account) -> serde_json::Value {
    json!({
        "login": account.login,
        "displayName": account.display_name,
        "department": account.department,
    })
}

fn event(action: &'static str, account: &Account) -> DomainEvent {
    DomainEvent::new(action, "Account", account.id.0).with(about(account))
}

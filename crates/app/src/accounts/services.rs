//! Accounts of programs (服务账号): they hold roles like a person's and nobody signs in with them.

use duban_domain::ids::{AccountId, DepartmentId};
use duban_persistence::{
    StoreError,
    accounts::{self as stored, Account},
    sign_ins,
};

use super::{NAME_LENGTH, event, may_place_in};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    identity::is_login,
    plans::text_field,
};

/// A service account to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewService {
    /// What it is known by, of the form of a login.
    pub login: String,
    /// How others see it.
    pub display_name: String,
    /// The unit it belongs to.
    pub department: DepartmentId,
}

/// Makes an account for a program. It has no role and no token yet.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn create_service_account(
    app: &App,
    call: &Call,
    new: NewService,
) -> Result<AccountId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    may_place_in(tx, &call.who, new.department).await?;
    let login = new.login.trim().to_owned();
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
        display_name: text_field("displayName", &new.display_name, NAME_LENGTH)?,
        department: new.department,
        epoch: 1,
        is_demo: false,
        is_service: true,
        is_disabled: false,
        has_password: false,
        created_at: tx.now(),
        version: 1,
    };
    stored::insert(tx, &account, None)
        .await
        .map_err(|error| match error {
            StoreError::Taken(_) => ChangeError::field("login", "ACCOUNT_LOGIN_TAKEN"),
            other => other.into(),
        })?;
    sign_ins::open(tx, account.id).await?;
    let id = account.id;
    begun
        .finish(id, [event("service_account.created", &account)])
        .await
}

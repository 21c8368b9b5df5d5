//! Accounts found in scope: one, or a page of them.

use async_graphql::{Context, ID, InputObject};
use duban_domain::{clock::official_day, ids::AccountId};
use duban_persistence::accounts;

use super::Account;
use crate::graphql::{
    context::request,
    department::find_department,
    enums::{AccountState, Role},
    error::Fault,
    id::{Kind, Named, named},
    page::{self, Args, Conn, LARGEST_PAGE},
};

/// Which accounts a list holds; what is left out does not narrow.
#[derive(InputObject, Debug, Clone, Default)]
pub struct AccountFilter {
    /// All words occur in login or name.
    text: Option<String>,
    /// Of these states.
    state: Option<Vec<AccountState>>,
    /// Holding this role today.
    role: Option<Role>,
    /// Of this unit or one below, by id or code.
    department: Option<ID>,
    /// Of programs alone (服务账号), or of people alone.
    is_service: Option<bool>,
}

/// The caller's own account, or another in scope.
///
/// # Errors
///
/// [`Fault::Internal`] when the store fails.
pub async fn visible_account(ctx: &Context<'_>, id: AccountId) -> Result<Option<Account>, Fault> {
    let request = request(ctx);
    if request.principal()?.account() == id {
        return Ok(request.loader.load_one(id).await?.map(Account));
    }
    let db = request.app.store().read();
    let found = accounts::find_one(db, &request.scope, id).await?;
    Ok(found.map(Account))
}

/// The account that an argument names, if it is in scope.
///
/// # Errors
///
/// [`Fault::Internal`] when the store fails.
pub async fn find_account(ctx: &Context<'_>, id: &ID) -> Result<Option<Account>, Fault> {
    let key = match named(Kind::Account, id) {
        Named::Key(key) => Some(AccountId(key)),
        Named::Code(login) if duban_domain::text::is_storable(&login) => {
            let db = request(ctx).app.store().read();
            let found = accounts::find_credentials_unscoped(db, &login).await?;
            found.map(|one| one.account.id)
        }
        Named::Code(_) => None,
    };
    match key {
        Some(key) => visible_account(ctx, key).await,
        None => Ok(None),
    }
}

/// A page of the accounts in scope that the filter lets through.
///
/// # Errors
///
/// [`Fault::BadInput`] for wrong page arguments.
pub async fn list_accounts(
    ctx: &Context<'_>,
    args: Args,
    filter: AccountFilter,
) -> Result<Conn<Account>, Fault> {
    let request = request(ctx);
    let window = args.window(ctx, "accounts", LARGEST_PAGE)?;
    let department = match &filter.department {
        Some(id) => Some(find_department(ctx, id).await?.ok_or(Fault::NotFound)?.id),
        None => None,
    };
    let today = official_day(request.app.store().clock().now());
    let wanted = accounts::AccountFilter {
        text: filter.text,
        states: filter
            .state
            .unwrap_or_default()
            .into_iter()
            .map(Into::into)
            .collect(),
        role: filter.role.map(|role| (role.into(), today)),
        department,
        is_service: filter.is_service,
    };
    let db = request.app.store().read();
    let found = accounts::list(db, &request.scope, &wanted, &window).await?;
    Ok(page::connection("accounts", found.map(Account), |one| {
        accounts::key_of(&one.0)
    }))
}

//! Accounts of programs (服务账号): they hold roles like a person's and nobody signs in with them.

use duban_domain::ids::{AccountId, DepartmentId};

use super::{event, opened};
use crate::{
    App,
    change::{Call, ChangeError, begin},
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
    let names = (&new.login[..], &new.display_name[..]);
    let account = opened((tx, call), names, (new.department, true)).await?;
    let id = account.id;
    begun
        .finish(id, [event("service_account.created", &account)])
        .await
}

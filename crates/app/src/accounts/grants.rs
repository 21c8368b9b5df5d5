//! Giving and ending roles: by the security administrator, never one's own.

use duban_domain::{
    access::{DatedGrant, GrantError, Permission, Reach, Role, authorize, is_kept_apart},
    clock::official_day,
    event::DomainEvent,
    ids::{AccountId, DepartmentId, GrantId},
};
use duban_persistence::{StoreError, departments, grants as stored, links};
use serde_json::json;
use time::Date;

use super::{close_access, managed};
use crate::{
    App,
    change::{Call, ChangeError, begin},
    identity::require_recent_proof,
};

/// A role to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRole {
    /// To whom.
    pub account: AccountId,
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub department: DepartmentId,
    /// How far below.
    pub reach: Reach,
    /// The first day; today when left out.
    pub first: Option<Date>,
    /// The last day; open when left out.
    pub last: Option<Date>,
}

/// Gives a role; whoever is signed in with the account has to sign in again. A link that somebody
/// may have seen before does not lead to another of the three administrators.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn grant_role(app: &App, call: &Call, new: NewRole) -> Result<GrantId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let account = managed(tx, &call.who, new.account, Permission::GrantManage).await?;
    let place = departments::place(tx.conn(), new.department).await?;
    if authorize(&call.who, Permission::GrantManage, &place).is_err() {
        return Err(ChangeError::field("departmentId", "DEPARTMENT_UNKNOWN"));
    }
    require_recent_proof(tx, &call.who).await?;
    let today = official_day(tx.now());
    let grant = DatedGrant {
        id: GrantId::fresh(tx.now()),
        account: account.id,
        role: new.role,
        department: new.department,
        reach: new.reach,
        first: new.first.unwrap_or(today),
        last: new.last,
    };
    let others = stored::of_account_unscoped(tx.conn(), account.id).await?;
    grant
        .may_be_given(call.who.account(), &others, today)
        .map_err(|error| refused(&error))?;
    stored::insert(tx, &grant)
        .await
        .map_err(|error| match error {
            StoreError::Taken(_) => refused(&GrantError::Exists),
            other => other.into(),
        })?;
    close_access(tx, account.id).await?;
    if is_kept_apart(std::slice::from_ref(&grant), today) {
        links::close_all(tx, account.id).await?;
    }
    let event = event("grant.given", &grant);
    let id = begun.finish(grant.id, [event]).await?;
    app.identity().forget_callers();
    Ok(id)
}

/// Ends a role: at once, or after a day to come.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn end_grant(
    app: &App,
    call: &Call,
    id: GrantId,
    last: Option<Date>,
) -> Result<GrantId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let found = stored::find_one(tx.conn(), &call.who.scope(), id).await?;
    let mut grant = found.ok_or(ChangeError::NotFound)?;
    managed(tx, &call.who, grant.account, Permission::GrantManage).await?;
    require_recent_proof(tx, &call.who).await?;
    let today = official_day(tx.now());
    grant
        .end(call.who.account(), last, today)
        .map_err(|error| match error {
            GrantError::Past { .. } => ChangeError::invalid("lastDay", &error),
            _ => refused(&error),
        })?;
    stored::save_end(tx, &grant).await?;
    close_access(tx, grant.account).await?;
    let event = event("grant.ended", &grant);
    let id = begun.finish(grant.id, [event]).await?;
    app.identity().forget_callers();
    Ok(id)
}

fn refused(error: &GrantError) -> ChangeError {
    let path = match error {
        GrantError::ToOneself => "",
        GrantError::AdministratorsJoined { .. } | GrantError::Exists => "role",
        GrantError::Past { .. } => "firstDay",
        GrantError::Backwards { .. } => "lastDay",
        _ => "grantId",
    };
    ChangeError::invalid(path, error)
}

fn event(action: &'static str, grant: &DatedGrant) -> DomainEvent {
    DomainEvent::new(action, "Account", grant.account.0).with(json!({
        "grant": grant.id,
        "role": grant.role.name(),
        "department": grant.department,
        "reach": grant.reach.name(),
        "firstDay": grant.first.to_string(),
        "lastDay": grant.last.map(|day| day.to_string()),
    }))
}

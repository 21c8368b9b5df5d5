//! Delegation (代理): made by the person or by an administrator, ended early.

use duban_domain::{
    access::{Delegation, DelegationError, NewDelegation, Permission, Principal, authorize},
    clock::official_day,
    event::DomainEvent,
    ids::{AccountId, DelegationId, DepartmentId},
    text::search_words,
};
use duban_persistence::{
    Connection, StoreError, WriteTx,
    accounts::{self, Account},
    delegations, departments, grants,
};
use serde_json::json;
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    App,
    change::{Call, ChangeError, begin},
    plans::refuse,
};

/// Past delegations are listed for this long.
const LISTED: Duration = Duration::days(366);
/// Most people who are proposed at once.
const PROPOSED: u64 = 500;

/// Lets somebody stand in for the caller, or for another where the caller manages grants.
///
/// The delegate is of the same unit, of one above or of one below; an administrator may choose
/// anybody in reach.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn create_delegation(
    app: &App,
    call: &Call,
    new: NewDelegation,
) -> Result<DelegationId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let today = official_day(tx.now());
    let from = accounts::find_locked_unscoped(tx, new.from).await?;
    let to = accounts::find_many_unscoped(tx.conn(), &[new.to]).await?;
    let to = to.into_iter().next();
    // Nobody stands nowhere: who is absent costs the statements of who is out of reach.
    let nowhere = DepartmentId(Uuid::nil());
    let place_of = |one: Option<&Account>| one.map_or(nowhere, |one| one.department);
    let places = [
        ("from", place_of(from.as_ref())),
        ("to", place_of(to.as_ref())),
    ];
    if new.from == call.who.account() {
        if !is_around(tx, places[0].1, places[1].1).await? {
            return Err(ChangeError::field("to", "NOT_FOUND"));
        }
    } else {
        for (path, place) in places {
            manages_grants_at(tx, &call.who, path, place).await?;
        }
    }
    let to = to.ok_or(ChangeError::field("to", "NOT_FOUND"))?;
    let id = DelegationId::fresh(tx.now());
    let made = new.make(id, (call.who.account(), tx.now()), today);
    let made = made.map_err(refusal)?;
    holds_together(tx, &made, &to)
        .await
        .map_err(|error| match error {
            Unfit::Rule(error) => refusal(error),
            Unfit::Store(error) => error.into(),
        })?;
    delegations::insert(tx, &made).await?;
    let event = event("delegation.created", &made);
    let id = begun.finish(made.id, [event]).await?;
    app.identity().forget_callers();
    Ok(id)
}

/// Ends a delegation at once: by either of its people, or by an administrator.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn end_delegation(
    app: &App,
    call: &Call,
    id: DelegationId,
) -> Result<DelegationId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let managed = call.who.coverage(Permission::GrantManage);
    let own = call.who.account();
    let found = delegations::find_managed(tx.conn(), id, (own, &managed)).await?;
    let mut delegation = found.ok_or(ChangeError::NotFound)?;
    let ended = delegation.end(call.who.account(), tx.now(), official_day(tx.now()));
    refuse("delegationId", ended)?;
    delegations::save_end(tx, &delegation).await?;
    let event = event("delegation.ended", &delegation);
    let id = begun.finish(delegation.id, [event]).await?;
    app.identity().forget_callers();
    Ok(id)
}

/// The delegations by and to the caller: those to come, those in force, those of the last year.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn own_delegations(app: &App, who: &Principal) -> Result<Vec<Delegation>, StoreError> {
    let since = listed_since(app.store().clock().now());
    delegations::of_account_unscoped(app.store().read(), who.account(), since).await
}

/// The last day of the earliest delegations that are listed at that time.
pub fn listed_since(now: OffsetDateTime) -> Date {
    official_day(now - LISTED)
}

/// People whom the caller may let stand in, by name, at most 500; every word of the text occurs.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn candidates(
    app: &App,
    who: &Principal,
    text: &str,
) -> Result<Vec<AccountId>, StoreError> {
    let db = app.store().read();
    let own = accounts::find_many_unscoped(db, &[who.account()]).await?;
    let Some(own) = own.into_iter().next() else {
        return Ok(Vec::new());
    };
    let words = search_words(text);
    let found = accounts::live_around_unscoped(db, own.department, &words, PROPOSED + 1).await?;
    let others = found.into_iter().filter(|one| one.id != own.id);
    Ok(others
        .map(|one| one.id)
        .take(usize::try_from(PROPOSED).unwrap_or_default())
        .collect())
}

/// Whether somebody is one of the two people of a delegation.
pub fn takes_part(who: &Principal, delegation: &Delegation) -> bool {
    [delegation.from, delegation.to].contains(&who.account())
}

/// Whether one of two units stands above the other, or they are one.
async fn is_around(
    tx: &WriteTx,
    one: DepartmentId,
    other: DepartmentId,
) -> Result<bool, StoreError> {
    let paths = departments::paths(tx.conn(), &[one, other]).await?;
    let stands_below = |below, above| paths.get(below).is_some_and(|path| path.contains(above));
    Ok(stands_below(&one, &other) || stands_below(&other, &one))
}

/// Refuses a caller who does not manage grants there; out of reach looks like absent.
async fn manages_grants_at(
    tx: &WriteTx,
    who: &Principal,
    path: &'static str,
    department: DepartmentId,
) -> Result<(), ChangeError> {
    let place = departments::place(tx.conn(), department).await?;
    match authorize(who, Permission::GrantManage, &place) {
        Ok(_) => Ok(()),
        Err(_) => Err(ChangeError::field(path, "NOT_FOUND")),
    }
}

enum Unfit {
    Rule(DelegationError),
    Store(StoreError),
}

impl From<StoreError> for Unfit {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What the roles of both people and their other delegations say.
async fn holds_together(tx: &WriteTx, made: &Delegation, to: &Account) -> Result<(), Unfit> {
    if !to.is_live() {
        return Err(Unfit::Rule(DelegationError::NotLive));
    }
    let span = (made.first, made.last);
    let theirs = roles(tx.conn(), made.from, span).await?;
    let of_delegate = roles(tx.conn(), made.to, span).await?;
    if theirs.contains(&true) || of_delegate.contains(&true) {
        return Err(Unfit::Rule(DelegationError::Administrator));
    }
    if theirs.is_empty() {
        return Err(Unfit::Rule(DelegationError::Nothing));
    }
    if delegations::overlaps_unscoped(tx.conn(), (made.from, made.to), span).await? {
        return Err(Unfit::Rule(DelegationError::Overlap));
    }
    Ok(())
}

/// For each role of an account in a span, whether it is an administrator's.
async fn roles<C: Connection>(
    db: &C,
    account: AccountId,
    span: (Date, Date),
) -> Result<Vec<bool>, StoreError> {
    let found = grants::roles_between_unscoped(db, account, span).await?;
    Ok(found.iter().map(|role| role.is_administrator()).collect())
}

fn refusal(error: DelegationError) -> ChangeError {
    ChangeError::invalid(error.field(), &error)
}

fn event(action: &'static str, delegation: &Delegation) -> DomainEvent {
    DomainEvent::new(action, "Delegation", delegation.id.0).with(json!({
        "from": delegation.from,
        "to": delegation.to,
        "firstDay": delegation.first.to_string(),
        "lastDay": delegation.last.to_string(),
        "reason": delegation.reason.as_str(),
    }))
}

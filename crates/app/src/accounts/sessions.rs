//! Sessions: one's own, and for administrators those of others.

use duban_domain::{
    access::{Permission, Principal},
    event::DomainEvent,
    ids::{AccountId, SessionId},
};
use duban_persistence::{
    StoreError,
    sessions::{self as stored, Session},
};
use serde_json::json;

use crate::{
    App,
    change::{Call, ChangeError, begin},
};

/// The caller's own sessions that are not over, the last used first.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn own_sessions(app: &App, who: &Principal) -> Result<Vec<Session>, StoreError> {
    sessions_of(app, who.account()).await
}

/// The sessions of an account that are not over, the last used first; the caller has decided that
/// they may be seen.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn sessions_of(app: &App, account: AccountId) -> Result<Vec<Session>, StoreError> {
    let now = app.store().clock().now();
    let since = now - app.identity().idle();
    stored::open_of_account_unscoped(app.store().read(), account, (now, since)).await
}

/// Ends a session: one's own, or that of somebody whose account the caller manages. One that is
/// over already stays over.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn end_session(app: &App, call: &Call, id: SessionId) -> Result<SessionId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let managed = call.who.coverage(Permission::AccountManage);
    let own = call.who.account();
    let found = stored::find_managed(tx.conn(), id, (own, &managed)).await?;
    found.ok_or(ChangeError::NotFound)?;
    let ended = stored::revoke(tx, id, "ENDED").await?;
    let event = ended.then(|| DomainEvent::new("session.ended", "Session", id.0));
    let id = begun.finish(id, event).await?;
    app.identity().forget_callers();
    Ok(id)
}

/// Ends every session of the caller but the one that the call comes through, and says how many.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn end_other_sessions(app: &App, call: &Call) -> Result<u64, ChangeError> {
    let begun = begin!(app, call);
    let (tx, who) = (begun.tx(), &call.who);
    let ended = stored::revoke_others(tx, who.account(), who.session(), "ENDED").await?;
    let event = (ended > 0).then(|| {
        DomainEvent::new("session.others_ended", "Account", who.account().0)
            .with(json!({ "count": ended }))
    });
    let ended = begun.finish(ended, event).await?;
    app.identity().forget_callers();
    Ok(ended)
}

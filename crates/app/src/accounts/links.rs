//! Links by which the owner of an account sets a password: by mail where the account has an address,
//! otherwise shown once to whoever made them; never those of another administrator.

use duban_domain::{
    access::{DatedGrant, LinkFacts, Permission, is_kept_apart},
    clock::official_day,
    event::DomainEvent,
    ids::AccountId,
};
use duban_persistence::{
    WriteTx,
    accounts::Account,
    grants,
    notification_settings::{self, NotificationSettings},
};
use serde::{Deserialize, Serialize};

use super::managed;
use crate::{
    App,
    change::{Call, ChangeError, begin},
    identity::{OneTimeLink, link_event},
    notify::{masked, queue_link},
};

/// An account with the link that was made for it. A repeat of the request is not shown the link.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Linked {
    /// The account.
    pub account: AccountId,
    /// The link, once; none where it goes by mail alone.
    #[serde(skip)]
    pub link: Option<OneTimeLink>,
    /// The address that it goes to, masked.
    #[serde(default)]
    pub mailed_to: Option<String>,
}

/// Makes a link by which the owner of an account sets another password; the one he has holds until
/// then. Nobody else ever knows a password.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn start_password_reset(
    app: &App,
    call: &Call,
    id: AccountId,
) -> Result<Linked, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let account = managed(tx, &call.who, id, Permission::AccountManage).await?;
    if account.is_disabled {
        return Err(ChangeError::field("accountId", "ACCOUNT_DISABLED"));
    }
    if account.is_service {
        return Err(ChangeError::field("accountId", "ACCOUNT_IS_SERVICE"));
    }
    let settings = notification_settings::find(tx.conn(), id).await?;
    let held = grants::of_account_unscoped(tx.conn(), id).await?;
    let (linked, made) = make(app, tx, (&account, &settings), &held).await?;
    begun.finish(linked, [made]).await
}

/// Makes the link of an account with these grants, and sends it on its way.
pub(super) async fn make(
    app: &App,
    tx: &WriteTx,
    (account, settings): (&Account, &NotificationSettings),
    held: &[DatedGrant],
) -> Result<(Linked, DomainEvent), ChangeError> {
    let facts = LinkFacts {
        has_address: settings.address.is_some(),
        has_mail_server: app.notify().mailer().is_some(),
        is_kept_apart: is_kept_apart(held, official_day(tx.now())),
    };
    let way = facts
        .way()
        .map_err(|error| ChangeError::invalid("accountId", &error))?;
    let link = app.identity().make_link(tx, account).await?;
    if way.is_mailed() {
        queue_link(app, tx, (account, settings), &link).await?;
    }
    let made = link_event(account.id, &link, way.is_mailed());
    let linked = Linked {
        account: account.id,
        link: way.is_shown().then_some(link),
        mailed_to: settings.address.as_deref().map(masked),
    };
    Ok((linked, made))
}

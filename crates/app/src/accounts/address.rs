//! The mail address of somebody else: the way of one-time links, so it is changed after a recent proof
//! of who one is, and never that of another of the three administrators.

use duban_domain::{
    access::{Principal, is_kept_apart},
    clock::official_day,
};
use duban_persistence::{
    StoreError, WriteTx, accounts::Account, grants, links, notification_settings,
};

use crate::{
    change::ChangeError,
    identity::require_recent_proof,
    notify::{settings::mail_address, tell_old_address},
};

/// Where the address stands in the input.
const FIELD: &str = "mailAddress";

/// Sets or, with an empty text, clears the address of an account that the caller manages; whether it
/// is another one. The address before is told, and a link on its way to it is good for nothing any more.
pub(super) async fn change(
    tx: &WriteTx,
    who: &Principal,
    account: &Account,
    text: &str,
) -> Result<bool, ChangeError> {
    let id = account.id;
    let address = mail_address(FIELD, Some(text))?;
    let mut settings = notification_settings::find(tx.conn(), id).await?;
    if settings.address == address {
        return Ok(false);
    }
    let held = grants::of_account_unscoped(tx.conn(), id).await?;
    if id != who.account() && is_kept_apart(&held, official_day(tx.now())) {
        return Err(ChangeError::field(FIELD, "MAIL_ADDRESS_OF_ADMINISTRATOR"));
    }
    require_recent_proof(tx, who).await?;
    if id != who.account() {
        tell_old_address(tx, account, &settings).await?;
    }
    settings.is_mail_on &= address.is_some();
    settings.address = address;
    let saved = notification_settings::save(tx, &mut settings).await;
    saved.map_err(|error| match error {
        StoreError::Stale => ChangeError::field(FIELD, "CONFLICT"),
        other => other.into(),
    })?;
    links::close_all(tx, id).await?;
    Ok(true)
}

//! How a person wants to be told, and reading what one was told.

use duban_domain::{
    event::DomainEvent,
    ids::{AccountId, NotificationId},
    reminder::QuietHours,
};
use duban_persistence::{
    links,
    notification_settings::{self, MailLanguage},
    notifications,
};
use serde_json::json;

use crate::{
    App,
    change::{Call, ChangeError, begin},
    identity::require_recent_proof,
    plans::expect_version,
};

/// Longest mail address, in characters.
const ADDRESS_LENGTH: usize = 254;

/// How a person wants to be told from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Where mails go.
    pub address: Option<String>,
    /// Whether mails are wanted.
    pub is_mail_on: bool,
    /// First quiet hour and the hour in which they end.
    pub quiet: (i32, i32),
    /// The language of mails.
    pub language: MailLanguage,
}

/// Changes how the caller is told. Links for passwords go to the address, so another one wants a recent
/// proof of who the caller is.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn update_settings(
    app: &App,
    call: &Call,
    expected: i32,
    wish: Wish,
) -> Result<AccountId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let account = call.who.account();
    let mut settings = notification_settings::find(tx.conn(), account).await?;
    expect_version(settings.version, expected)?;
    let address = mail_address("address", wish.address.as_deref())?;
    let is_address_changed = settings.address != address;
    if is_address_changed {
        require_recent_proof(tx, &call.who).await?;
        links::close_all(tx, account).await?;
        settings.address = address;
    }
    if wish.is_mail_on && settings.address.is_none() {
        return Err(ChangeError::field("address", "MAIL_ADDRESS_MISSING"));
    }
    settings.is_mail_on = wish.is_mail_on;
    let hour = |number: i32| u8::try_from(number).unwrap_or(u8::MAX);
    settings.quiet = QuietHours::try_new(hour(wish.quiet.0), hour(wish.quiet.1))
        .map_err(|error| ChangeError::invalid("quietFrom", &error))?;
    settings.language = wish.language;
    notification_settings::save(tx, &mut settings).await?;
    let event =
        DomainEvent::new("notification_settings.updated", "Account", account.0).with(json!({
            "isMailOn": settings.is_mail_on,
            "hasAddress": settings.address.is_some(),
            "isAddressChanged": is_address_changed,
            "quietFrom": settings.quiet.from(),
            "quietUntil": settings.quiet.until(),
        }));
    begun.finish(account, [event]).await
}

/// A mail address as typed: one part before one `@`, a host with a point after it.
pub(crate) fn mail_address(
    path: &'static str,
    text: Option<&str>,
) -> Result<Option<String>, ChangeError> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    let Some(text) = text else {
        return Ok(None);
    };
    let is_plain = text.chars().count() <= ADDRESS_LENGTH
        && text.parse::<lettre::Address>().is_ok()
        && text
            .rsplit_once('@')
            .is_some_and(|(_, host)| host.contains('.'));
    if is_plain {
        Ok(Some(text.to_owned()))
    } else {
        Err(ChangeError::field(path, "MAIL_ADDRESS_MALFORMED"))
    }
}

/// Marks what the caller was told as read: these, or with none everything. Returns how much it was.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn mark_read(
    app: &App,
    call: &Call,
    ids: Option<Vec<NotificationId>>,
) -> Result<u64, ChangeError> {
    let begun = begin!(app, call);
    let account = call.who.account();
    let count = notifications::mark_read(begun.tx(), account, ids.as_deref()).await?;
    begun.finish(count, []).await
}

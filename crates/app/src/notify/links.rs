//! One-time links by mail. The queue shows that a mail waits and never its link: the secret stands
//! sealed beside the text, is put in when the mail is sent, and goes with it.

use duban_domain::ids::MailId;
use duban_persistence::{
    Actor, StoreError, WriteTx,
    accounts::Account,
    mails::{self, Mail, MailState},
    notification_settings::{MailLanguage, NotificationSettings},
};
use time::{OffsetDateTime, UtcOffset, macros::offset};

use super::words::{self, spoken};
use crate::{
    App,
    identity::{LINK_LIFE, OneTimeLink, Unsealed},
};

/// Where the link goes in the text.
const MARK: &str = "{link}";
/// Where the clock of a mail is read.
const BEIJING: UtcOffset = offset!(+8);
/// Said of a mail whose link ended before it went.
const TOO_OLD: &str = "its link ended before it was sent";
/// Said of a mail whose link was used, replaced or ended while it was to be sent.
const OVER: &str = "its link is good for nothing any more";
/// Said of a mail whose secret was sealed under a key that is not here.
const OTHER_KEY: &str = "its link is sealed under another key";

/// Queues the mail that brings the owner of an account its link, in the owner's language. Earlier
/// ones were given up when the link was made.
pub(crate) async fn queue_link(
    app: &App,
    tx: &WriteTx,
    (account, settings): (&Account, &NotificationSettings),
    link: &OneTimeLink,
) -> Result<(), StoreError> {
    let Some(address) = settings.address.clone() else {
        return Ok(());
    };
    let id = MailId::fresh(tx.now());
    let (subject, body) = compose(settings.language, account, link.expires_at);
    let mail = Mail {
        id,
        natural_key: format!("link:{}", id.0.simple()),
        account: account.id,
        address,
        subject,
        body,
        sealed: Some(app.identity().seal_link(id, link)?),
        state: MailState::Queued,
        attempts: 0,
        next_try_at: tx.now(),
        failure: None,
        created_at: tx.now(),
        sent_at: None,
    };
    mails::queue(tx, &mail).await?;
    Ok(())
}

/// The text of a mail as it goes out, or why it goes no more.
pub(super) async fn opened(
    app: &App,
    mail: &mut Mail,
) -> Result<Result<(), &'static str>, StoreError> {
    let Some(sealed) = mail.sealed.take() else {
        return Ok(Ok(()));
    };
    Ok(match app.identity().unseal_link(mail.id, &sealed).await? {
        Unsealed::Good(path) => {
            let url = format!("{}{}", app.notify().public_url(), path.as_str());
            mail.body = mail.body.replacen(MARK, &url, 1);
            Ok(())
        }
        Unsealed::Over => Err(OVER),
        Unsealed::OtherKey => Err(OTHER_KEY),
    })
}

/// Gives up mails whose links ended while they waited, for a mail server or in vain.
pub(super) async fn drop_ended(app: &App) -> Result<(), StoreError> {
    let before = app.store().clock().now() - LINK_LIFE;
    if !mails::has_secrets_before_unscoped(app.store().read(), before).await? {
        return Ok(());
    }
    let tx = app.store().begin(Actor::default()).await?;
    mails::withdraw_secrets_before(&tx, before, TOO_OLD).await?;
    tx.commit([]).await?;
    Ok(())
}

/// Subject and text, with the mark where the link goes: before any name that somebody chose.
fn compose(language: MailLanguage, account: &Account, ends: OffsetDateTime) -> (String, String) {
    let ends = ends.to_offset(BEIJING);
    let day = words::whole_day(spoken(language), ends.date());
    let until = format!("{day} {:02}:{:02}", ends.hour(), ends.minute());
    let (login, is_first) = (&account.login, !account.has_password);
    match language {
        MailLanguage::Chinese => {
            let (subject, what) = if is_first {
                (
                    "督办系统：请设置您的密码",
                    "已为您开通督办系统账号，请打开链接设置密码",
                )
            } else {
                (
                    "督办系统：重新设置密码",
                    "管理员已发起密码重置，请打开链接设置新密码",
                )
            };
            let body = format!(
                "{what}：\n\n{MARK}\n\n登录名：{login}\n链接在 {until} 前有效，只能使用一次，请勿转发。\n\
                 如果您没有提出过，请联系系统管理员。\n"
            );
            (subject.to_owned(), body)
        }
        MailLanguage::English => {
            let (subject, what) = if is_first {
                (
                    "Duban: set your password",
                    "An account was made for you. Set its password",
                )
            } else {
                (
                    "Duban: set another password",
                    "A new password was asked for. Set it",
                )
            };
            let body = format!(
                "{what} here:\n\n{MARK}\n\nLogin: {login}\nThe link is good once, until {until} (Beijing). \
                 Do not pass it on.\nIf you did not ask for it, tell your system administrator.\n"
            );
            (subject.to_owned(), body)
        }
    }
}

/// An address of which the first letter and the host are left.
#[must_use]
pub fn masked(address: &str) -> String {
    let (name, host) = address.split_once('@').unwrap_or((address, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}***@{host}")
}

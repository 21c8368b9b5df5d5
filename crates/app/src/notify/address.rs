//! Telling the address that an account had before: whoever takes an account over by way of its address
//! does not stay unseen.

use duban_domain::{clock::official_day, ids::MailId};
use duban_persistence::{
    StoreError, WriteTx,
    accounts::Account,
    mails::{self, Mail, MailState},
    notification_settings::{MailLanguage, NotificationSettings},
};
use time::Date;

use super::words::{self, spoken};

/// Queues a mail to the address that stood in the settings before an administrator changed it: the day
/// and whom to turn to, no link, and nothing of the new address.
pub(crate) async fn tell_old_address(
    tx: &WriteTx,
    account: &Account,
    before: &NotificationSettings,
) -> Result<(), StoreError> {
    let Some(address) = before.address.clone() else {
        return Ok(());
    };
    let id = MailId::fresh(tx.now());
    let (subject, body) = compose(before.language, &account.login, official_day(tx.now()));
    let mail = Mail {
        id,
        natural_key: format!("address:{}", id.0.simple()),
        account: account.id,
        address,
        subject,
        body,
        sealed: None,
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

fn compose(language: MailLanguage, login: &str, today: Date) -> (String, String) {
    let day = words::whole_day(spoken(language), today);
    let (subject, body) = match language {
        MailLanguage::Chinese => (
            "督办系统：您的邮箱地址已变更",
            format!(
                "登录名为 {login} 的督办系统账号，邮箱地址已于{day}由管理员变更，今后的邮件不再发到这里。\n\n                 如果您不知情，请立即联系本单位的系统管理员。\n"
            ),
        ),
        MailLanguage::English => (
            "Duban: your mail address was changed",
            format!(
                "An administrator changed the mail address of the account {login} on {day}.                  Nothing more is sent to this one.\n\n                 If you did not know of it, tell your system administrator at once.\n"
            ),
        ),
    };
    (subject.to_owned(), body)
}

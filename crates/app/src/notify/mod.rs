//! Telling people: what concerns them, once, in-app at once and by mail in one digest a day.

mod address;
mod digest;
mod directory;
mod events;
pub mod feeds;
mod links;
mod mailer;
mod service;
pub mod settings;
pub mod words;

use std::collections::BTreeMap;

use duban_domain::{
    ids::{AccountId, NoticeId, NotificationId, TaskId},
    notification::{Notification, NotificationFigures, NotificationKind},
    reminder::Phase,
};
use duban_persistence::{StoreError, WriteTx, notifications};
use time::{Date, OffsetDateTime};

pub(crate) use address::tell_old_address;
pub(crate) use digest::queue_digests;
pub use directory::Directory;
pub(crate) use events::{owners, tell_of};
pub use links::masked;
pub(crate) use links::queue_link;
pub(crate) use mailer::send_mails;
pub use mailer::{MailSecurity, MailSettings, MailSettingsError};
pub use service::{Notify, NotifySettings};

/// Something to be told to several people alike.
#[derive(Debug, Clone)]
pub struct News {
    /// What.
    pub kind: NotificationKind,
    /// On which side of its date.
    pub phase: Option<Phase>,
    /// What tells it apart for each person.
    pub natural_key: String,
    /// About which task.
    pub task: Option<TaskId>,
    /// About which notice.
    pub notice: Option<NoticeId>,
    /// By when something is to be done.
    pub due_on: Option<Date>,
    /// The figures of its sentence.
    pub figures: NotificationFigures,
}

impl News {
    /// The news for one person.
    #[must_use]
    pub fn to(&self, account: AccountId, at: OffsetDateTime) -> Notification {
        Notification {
            id: NotificationId::fresh(at),
            account,
            natural_key: self.natural_key.clone(),
            kind: self.kind,
            phase: self.phase,
            task: self.task,
            notice: self.notice,
            due_on: self.due_on,
            figures: self.figures.clone(),
            created_at: at,
            read_at: None,
        }
    }
}

/// Tells people, each once, in the transaction of what happened. Who did it is not told.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn tell(
    tx: &WriteTx,
    news: impl IntoIterator<Item = (News, Vec<AccountId>)>,
) -> Result<u64, StoreError> {
    let doer = tx.actor().account;
    let mut told = Vec::new();
    for (one, mut people) in news {
        people.sort_unstable();
        people.dedup();
        let others = people.into_iter().filter(|person| Some(*person) != doer);
        told.extend(others.map(|person| one.to(person, tx.now())));
    }
    let count = notifications::insert_new(tx, &told).await?;
    let newest: BTreeMap<AccountId, &Notification> =
        told.iter().map(|one| (one.account, one)).collect();
    tx.tell_too(newest.into_values().map(Notification::added));
    Ok(count)
}

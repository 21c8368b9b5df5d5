//! What people are told (通知), how they want to be told, their calendar feeds, outgoing mails.

pub mod enums;

use async_graphql::{Context, Description, ID, Object, SimpleObject};
use duban_app::notify::{masked, words};
use duban_domain::{access::Permission, ids::AccountId, notification as domain};
use duban_persistence::{
    calendar_feeds::{self, CalendarFeed as StoredFeed},
    mails::{self, Mail},
    notification_settings::{self, NotificationSettings as StoredSettings},
    notifications,
};

pub use self::enums::MailState;
use self::enums::{MailLanguage, NotificationField, NotificationKind, ReminderPhase};
use super::{
    context::{RequestContext, request},
    error::Fault,
    id::{Kind, global},
    notice::SupervisionNotice,
    page::{self, Args, Conn, LARGEST_PAGE},
    ready::ready,
    scalars::{Date, DateTime},
    task::Task,
};
use crate::http::client::Language;

/// Something that the caller is told (通知): an event, or a reminder.
#[derive(Debug, Clone, Description)]
pub struct Notification(pub domain::Notification);

/// How the caller is told.
#[derive(Debug, Clone, Description)]
pub struct NotificationSettings(pub StoredSettings);

/// A calendar feed of the caller that is in force.
#[derive(SimpleObject, Debug, Clone)]
pub struct CalendarFeed {
    /// Global id.
    id: ID,
    /// When it was made.
    created_at: DateTime,
}

/// A mail of the installation, without its text.
#[derive(Debug, Clone, Description)]
pub struct OutgoingMail(Mail);

impl CalendarFeed {
    /// Whether it has that id.
    pub fn is(&self, id: &ID) -> bool {
        self.id == *id
    }
}

impl From<StoredFeed> for CalendarFeed {
    fn from(feed: StoredFeed) -> Self {
        Self {
            id: global(Kind::CalendarFeed, feed.id.0),
            created_at: DateTime(feed.created_at),
        }
    }
}

#[Object(use_type_description)]
impl Notification {
    /// Id, for marking it as read.
    async fn id(&self) -> ID {
        global(Kind::Notification, self.0.id.0)
    }

    /// What it tells.
    async fn kind(&self) -> NotificationKind {
        self.0.kind.into()
    }

    /// On which side of the date a reminder is.
    async fn phase(&self) -> Option<ReminderPhase> {
        self.0.phase.map(Into::into)
    }

    /// What is missing: the place where the caller goes on.
    async fn field(&self) -> NotificationField {
        self.0.kind.field().into()
    }

    /// One sentence in the caller's language: what happened, and what is missing.
    async fn sentence(&self, ctx: &Context<'_>) -> String {
        let language = match request(ctx).language {
            Language::Chinese => words::Language::Chinese,
            Language::English => words::Language::English,
        };
        words::sentence(language, &self.0)
    }

    /// The page of the web client where the caller goes on.
    async fn path(&self) -> String {
        words::path(&self.0)
    }

    /// The code of the task; empty where it is about none.
    async fn task_code(&self) -> &str {
        &self.0.figures.task
    }

    /// The task.
    async fn task(&self, ctx: &Context<'_>) -> Option<Result<Task, Fault>> {
        let found = request(ctx).loader.load_one(self.0.task?).await;
        found
            .map_err(Fault::from)
            .transpose()
            .map(|one| one.map(Task))
    }

    /// The notice.
    async fn notice(&self, ctx: &Context<'_>) -> Option<Result<SupervisionNotice, Fault>> {
        let found = request(ctx).loader.load_one(self.0.notice?).await;
        found
            .map_err(Fault::from)
            .transpose()
            .map(|one| one.map(SupervisionNotice))
    }

    /// By when something is to be done; of a token that ends its last day.
    async fn due_on(&self) -> Option<Date> {
        self.0.due_on.map(Date)
    }

    /// When.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it was read.
    async fn read_at(&self) -> Option<DateTime> {
        self.0.read_at.map(DateTime)
    }
}

ready!(Notification {});

#[Object(use_type_description)]
impl NotificationSettings {
    /// Where mails go.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// Whether mails are wanted: one digest a day at most.
    async fn is_mail_on(&self) -> bool {
        self.0.is_mail_on
    }

    /// The first hour in which nothing is sent, 0 to 23, by the clock of Beijing.
    async fn quiet_from(&self) -> i32 {
        self.0.quiet.from().into()
    }

    /// The hour in which the quiet ends, 0 to 23.
    async fn quiet_until(&self) -> i32 {
        self.0.quiet.until().into()
    }

    /// The language of mails.
    async fn language(&self) -> MailLanguage {
        self.0.language.into()
    }

    /// Whether this installation has a mail server; without one mails wait.
    async fn has_mail_server(&self, ctx: &Context<'_>) -> bool {
        request(ctx).app.notify().mailer().is_some()
    }

    /// Changes so far; edits say the one they have read.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

#[Object(use_type_description)]
impl OutgoingMail {
    /// Id.
    async fn id(&self) -> ID {
        global(Kind::Mail, self.0.id.0)
    }

    /// Who it is for.
    async fn recipient_name(&self, ctx: &Context<'_>) -> Result<String, Fault> {
        let found = request(ctx).loader.load_one(self.0.account).await?;
        found.map(|one| one.display_name).ok_or(Fault::NotFound)
    }

    /// The address, masked.
    async fn address(&self) -> String {
        masked(&self.0.address)
    }

    /// The subject.
    async fn subject(&self) -> &str {
        &self.0.subject
    }

    /// Whether it is gone.
    async fn state(&self) -> MailState {
        self.0.state.into()
    }

    /// Tries so far.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// Not before.
    async fn next_try_at(&self) -> DateTime {
        DateTime(self.0.next_try_at)
    }

    /// What went wrong last.
    async fn failure(&self) -> Option<&str> {
        self.0.failure.as_deref()
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When the mail server took it.
    async fn sent_at(&self) -> Option<DateTime> {
        self.0.sent_at.map(DateTime)
    }
}

ready!(OutgoingMail {});

/// A page of what the caller is told.
///
/// # Errors
///
/// [`Fault::BadInput`] for wrong page arguments.
pub async fn list_notifications(
    ctx: &Context<'_>,
    account: AccountId,
    args: Args,
    is_unread: bool,
) -> Result<Conn<Notification>, Fault> {
    let request = request(ctx);
    let window = args.window(ctx, "notifications", LARGEST_PAGE)?;
    let db = request.app.store().read();
    let own = (account, request.scope.as_ref());
    let found = notifications::list(db, own, is_unread, &window).await?;
    Ok(page::connection(
        "notifications",
        found.map(Notification),
        |one| notifications::key_of(&one.0),
    ))
}

/// A page of the mails, for administrators.
///
/// # Errors
///
/// [`Fault::Forbidden`] without the permission, [`Fault::BadInput`] for wrong page arguments.
pub async fn list_mails(
    ctx: &Context<'_>,
    args: Args,
    state: Option<MailState>,
) -> Result<Conn<OutgoingMail>, Fault> {
    let request = request(ctx);
    if !request.principal()?.holds(Permission::MailRead) {
        return Err(Fault::Forbidden);
    }
    let window = args.window(ctx, "outgoingMails", LARGEST_PAGE)?;
    let db = request.app.store().read();
    let found = mails::list_unscoped(db, state.map(Into::into), &window).await?;
    Ok(page::connection(
        "outgoingMails",
        found.map(OutgoingMail),
        |one| mails::key_of(&one.0),
    ))
}

impl RequestContext {
    /// How much of what somebody was told is unread.
    ///
    /// # Errors
    ///
    /// [`Fault::Internal`] when the store fails.
    pub async fn unread_count(&self, account: AccountId) -> Result<i32, Fault> {
        let db = self.app.store().read();
        let count = notifications::count_unread(db, account, &self.scope).await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// How somebody is told.
    ///
    /// # Errors
    ///
    /// [`Fault::Internal`] when the store fails.
    pub async fn notification_settings(
        &self,
        account: AccountId,
    ) -> Result<NotificationSettings, Fault> {
        let db = self.app.store().read();
        let found = notification_settings::find(db, account).await?;
        Ok(NotificationSettings(found))
    }

    /// The calendar feeds of somebody that are in force.
    ///
    /// # Errors
    ///
    /// [`Fault::Internal`] when the store fails.
    pub async fn calendar_feeds(&self, account: AccountId) -> Result<Vec<CalendarFeed>, Fault> {
        let db = self.app.store().read();
        let found = calendar_feeds::of_account(db, account).await?;
        Ok(found.into_iter().map(Into::into).collect())
    }
}

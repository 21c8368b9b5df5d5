//! The digest (摘要): one mail for a person and day, with everything that was not read yet.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write,
};

use duban_domain::{
    calendar::WorkingCalendar,
    clock::official_day,
    ids::{AccountId, MailId, NotificationId, TaskId},
    notification::{Notification, NotificationKind},
    period::Period,
    reminder::may_be_told,
    report::ReportKey,
};
use duban_persistence::{
    Actor, Connection, StoreError, calendar,
    mails::{self, Mail, MailState},
    notification_settings::{self, MailLanguage, NotificationSettings},
    notifications, reports,
    watched::{self, Watched},
};
use time::{Date, OffsetDateTime};

use super::words::{self, Language};
use crate::App;

/// People looked at together.
const PEOPLE: usize = 500;

/// Queues the digests that are due now: working days, outside each person's quiet hours, one a day.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn queue_digests(app: &App) -> Result<u64, StoreError> {
    let store = app.store();
    let now = store.clock().now();
    let today = official_day(now);
    let days: WorkingCalendar = calendar::load(store.read()).await?;
    let wanting = notification_settings::with_mail_unscoped(store.read()).await?;
    let wanting: Vec<NotificationSettings> = wanting
        .into_iter()
        .filter(|one| may_be_told(now, one.quiet, &days))
        .collect();
    let mut count = 0;
    for people in wanting.chunks(PEOPLE) {
        count += queue_for(app, people, today).await?;
    }
    Ok(count)
}

fn key_of(account: AccountId, day: Date) -> String {
    format!("digest:{}:{day}", account.0.simple())
}

async fn queue_for(
    app: &App,
    people: &[NotificationSettings],
    today: Date,
) -> Result<u64, StoreError> {
    let db = app.store().read();
    let keys: Vec<String> = people
        .iter()
        .map(|one| key_of(one.account, today))
        .collect();
    let known = mails::known_keys_unscoped(db, &keys).await?;
    let waiting: HashMap<AccountId, &NotificationSettings> = people
        .iter()
        .filter(|one| !known.contains(&key_of(one.account, today)))
        .map(|one| (one.account, one))
        .collect();
    if waiting.is_empty() {
        return Ok(0);
    }
    let accounts: Vec<AccountId> = waiting.keys().copied().collect();
    let news = notifications::undelivered_unscoped(db, &accounts).await?;
    let tasks: Vec<TaskId> = news.iter().filter_map(|one| one.task).collect();
    let watched = watched::find_many_unscoped(db, &tasks).await?;
    let reported = reported(db, &news).await?;
    let returned = returned(db, &news).await?;
    let mut by_person: HashMap<AccountId, Vec<Notification>> = HashMap::new();
    for one in news {
        let is_reported = one.report().is_some_and(|key| {
            let is_mended = one.asks_to_mend() && !returned.contains(&key);
            is_mended || (one.kind == NotificationKind::Report && reported.contains(&key))
        });
        if is_worth_telling(&one, &watched, is_reported) {
            by_person.entry(one.account).or_default().push(one);
        }
    }
    let mut count = 0;
    for (account, news) in by_person {
        if let Some(settings) = waiting.get(&account) {
            count += u64::from(queue_one(app, settings, &news, today).await?);
        }
    }
    Ok(count)
}

/// The reports asked for that were handed in since.
async fn reported(
    db: &impl Connection,
    news: &[Notification],
) -> Result<HashSet<ReportKey>, StoreError> {
    let asked: Vec<ReportKey> = news
        .iter()
        .filter(|one| one.kind == NotificationKind::Report)
        .filter_map(Notification::report)
        .collect();
    let mut tasks: Vec<TaskId> = asked.iter().map(|key| key.task).collect();
    let mut periods: Vec<Period> = asked.iter().map(|key| key.period).collect();
    tasks.sort_unstable();
    tasks.dedup();
    periods.sort_unstable();
    periods.dedup();
    if tasks.is_empty() {
        return Ok(HashSet::new());
    }
    reports::handed_in_unscoped(db, &tasks, &periods).await
}

/// The reports to be mended that were not submitted again.
async fn returned(
    db: &impl Connection,
    news: &[Notification],
) -> Result<HashSet<ReportKey>, StoreError> {
    let asked = news.iter().filter(|one| one.asks_to_mend());
    let mut tasks: Vec<TaskId> = asked.filter_map(|one| one.task).collect();
    tasks.sort_unstable();
    tasks.dedup();
    if tasks.is_empty() {
        return Ok(HashSet::new());
    }
    let found = reports::returned_unscoped(db, &tasks).await?;
    Ok(found.into_values().flatten().map(|one| one.key).collect())
}

/// Nothing is pressed after the task is done, and no report is asked for that was handed in.
fn is_worth_telling(
    one: &Notification,
    tasks: &HashMap<TaskId, Watched>,
    is_reported: bool,
) -> bool {
    if is_reported {
        return false;
    }
    let is_open = one
        .task
        .and_then(|id| tasks.get(&id))
        .is_some_and(|task| task.state.is_open());
    is_open || !(one.kind.is_reminder() || one.asks_to_mend())
}

async fn queue_one(
    app: &App,
    settings: &NotificationSettings,
    news: &[Notification],
    today: Date,
) -> Result<bool, StoreError> {
    let Some(address) = settings.address.clone() else {
        return Ok(false);
    };
    let tx = app.store().begin(Actor::default()).await?;
    let (subject, body) = compose(app.notify().public_url(), settings.language, news, today);
    let mail = Mail {
        id: MailId::fresh(tx.now()),
        natural_key: key_of(settings.account, today),
        account: settings.account,
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
    if !mails::queue(&tx, &mail).await? {
        tx.roll_back().await?;
        return Ok(false);
    }
    let ids: Vec<NotificationId> = news.iter().map(|one| one.id).collect();
    notifications::save_digest(&tx, &ids, today).await?;
    tx.commit([]).await?;
    Ok(true)
}

/// Subject and text; the subject says nothing of the organisation's business.
fn compose(
    url: &str,
    language: MailLanguage,
    news: &[Notification],
    today: Date,
) -> (String, String) {
    let count = news.len();
    let (language, subject, greeting, footer) = match language {
        MailLanguage::Chinese => (
            Language::Chinese,
            format!(
                "督办提醒：{count} 项（{}）",
                words::whole_day(Language::Chinese, today)
            ),
            format!("您有 {count} 项督办事项需要知悉或办理："),
            format!("登录 {url}/notifications 查看全部；邮件可在“我的”中关闭。"),
        ),
        MailLanguage::English => (
            Language::English,
            format!(
                "Duban: {count} items ({})",
                words::whole_day(Language::English, today)
            ),
            format!("{count} items for you to know of or to do:"),
            format!("All of them: {url}/notifications. Mails can be turned off under “Me”."),
        ),
    };
    let mut body = format!("{greeting}\n\n");
    for (one, number) in news.iter().zip(1..) {
        let sentence = words::sentence(language, one);
        let path = words::path(one);
        let _ = writeln!(body, "{number}. {sentence}\n   {url}{path}");
    }
    body.push('\n');
    body.push_str(&footer);
    body.push('\n');
    (subject, body)
}

/// When a mail is tried again after so many tries; none when it is given up.
pub(super) fn next_try(attempts: i32, now: OffsetDateTime) -> Option<OffsetDateTime> {
    const MINUTES: [i64; 7] = [1, 5, 30, 120, 300, 600, 1_440];
    let index = usize::try_from(attempts - 1).ok()?;
    let wait = MINUTES.get(index)?;
    Some(now + time::Duration::minutes(*wait))
}

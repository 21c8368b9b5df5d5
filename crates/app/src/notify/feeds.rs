//! Calendar feeds: titles and dates of one person's tasks, under a token of a kind of its own.

use std::collections::{BTreeSet, HashMap};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duban_domain::{
    access::{Permission, Principal},
    clock::official_day,
    event::DomainEvent,
    ids::{AccountId, CalendarFeedId, DepartmentId},
    period::{Cadence, Period},
};
use duban_persistence::{
    StoreError, accounts, calendar,
    calendar_feeds::{self, CalendarFeed, FeedOf},
    departments, report_rules,
    reports::{self, About},
};
use icalendar::{Calendar, Component, Event};
use sha2::{Digest, Sha256};
use time::Date;
use zeroize::Zeroizing;

use crate::{
    App,
    change::{Call, ChangeError, begin},
};

/// Bytes of a token.
const TOKEN_BYTES: usize = 32;
/// Feeds that one person may have.
const MOST_FEEDS: usize = 5;

/// A feed with its token, which is shown this once.
pub struct NewFeed {
    /// The feed.
    pub id: CalendarFeedId,
    /// The token; none when the same request was answered before.
    pub token: Option<Zeroizing<String>>,
}

fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

/// Makes a feed for the caller.
///
/// # Errors
///
/// [`ChangeError`]; nothing is stored then.
pub async fn create_feed(app: &App, call: &Call) -> Result<NewFeed, ChangeError> {
    let mut bytes = Zeroizing::new([0_u8; TOKEN_BYTES]);
    getrandom::fill(bytes.as_mut_slice())
        .map_err(|_| ChangeError::field("", "RANDOMNESS_MISSING"))?;
    let token = Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice()));
    let proposed = CalendarFeedId::fresh(app.store().clock().now());
    let id = insert(app, call, proposed, digest(&token)).await?;
    Ok(NewFeed {
        id,
        token: (id == proposed).then_some(token),
    })
}

async fn insert(
    app: &App,
    call: &Call,
    id: CalendarFeedId,
    token_hash: Vec<u8>,
) -> Result<CalendarFeedId, ChangeError> {
    let begun = begin!(app, call);
    let tx = begun.tx();
    let account = call.who.account();
    if calendar_feeds::of_account(tx.conn(), account).await?.len() >= MOST_FEEDS {
        return Err(ChangeError::Invalid {
            path: "",
            code: "CALENDAR_FEEDS_TOO_MANY",
            figures: vec![("most", MOST_FEEDS.to_string())],
        });
    }
    let feed = CalendarFeed {
        id,
        account,
        created_at: tx.now(),
    };
    calendar_feeds::insert(tx, &feed, token_hash).await?;
    let event = DomainEvent::new("calendar_feed.created", "CalendarFeed", id.0);
    begun.finish(id, [event]).await
}

/// Ends a feed of the caller.
///
/// # Errors
///
/// [`ChangeError::NotFound`] when it is not the caller's or has ended.
pub async fn revoke_feed(
    app: &App,
    call: &Call,
    id: CalendarFeedId,
) -> Result<CalendarFeedId, ChangeError> {
    let begun = begin!(app, call);
    if !calendar_feeds::revoke(begun.tx(), call.who.account(), id).await? {
        return Err(ChangeError::NotFound);
    }
    let event = DomainEvent::new("calendar_feed.revoked", "CalendarFeed", id.0);
    begun.finish(id, [event]).await
}

/// The calendar of whoever holds the token, in iCalendar (RFC 5545); none for a token that is not
/// in force, or of somebody who may not sign in any more.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn calendar_of(app: &App, token: &str) -> Result<Option<String>, StoreError> {
    let db = app.store().read();
    let Some(feed) = calendar_feeds::find_unscoped(db, &digest(token)).await? else {
        return Ok(None);
    };
    let owner = accounts::find_many_unscoped(db, &[feed.account])
        .await?
        .pop();
    if owner.is_none_or(|owner| owner.is_disabled) {
        return Ok(None);
    }
    render(app, feed.account).await.map(Some)
}

async fn render(app: &App, account: AccountId) -> Result<String, StoreError> {
    let db = app.store().read();
    let who = app.identity().principal(account, None).await?;
    let scope = who.scope();
    let sees_all = who.holds(Permission::TaskAssign) || who.holds(Permission::CompletionApprove);
    let of = if sees_all {
        FeedOf::Everything
    } else {
        let places: BTreeSet<_> = who.grants().iter().map(|grant| grant.department).collect();
        FeedOf::Own(account, places)
    };
    let mut calendar = Calendar::new().name("督办").done();
    let deadlines = calendar_feeds::deadlines(db, &scope, &of).await?;
    let milestones = calendar_feeds::milestones(db, &scope, &of).await?;
    let all = deadlines
        .into_iter()
        .map(|one| ("时限", one))
        .chain(milestones.into_iter().map(|one| ("节点", one)));
    for (what, one) in all {
        let summary = format!("{what}：{} {}", one.code, one.title);
        calendar.push(whole_day(&one.key.simple().to_string(), &summary, one.on));
    }
    for due in report_days(app, &who).await? {
        let summary = format!("月报：{} {}（{} 项未报）", due.period, due.name, due.count);
        let key = format!("report-{}-{}", due.period, due.department.0.simple());
        calendar.push(whole_day(&key, &summary, due.on));
    }
    Ok(calendar.done().to_string())
}

fn whole_day(key: &str, summary: &str, day: Date) -> Event {
    let compact = format!(
        "{:04}{:02}{:02}",
        day.year(),
        u8::from(day.month()),
        day.day()
    );
    Event::new()
        .uid(&format!("{key}@duban"))
        .summary(summary)
        .add_property("DTSTAMP", "19700101T000000Z")
        .append_property(
            icalendar::Property::new("DTSTART", &compact)
                .add_parameter("VALUE", "DATE")
                .done(),
        )
        .done()
}

/// The day on which a department's reports of a month are due.
struct ReportDay {
    department: DepartmentId,
    name: String,
    period: Period,
    on: Date,
    /// Reports that are not handed in.
    count: usize,
}

/// When reports are due that the departments where somebody writes them have not handed in: of the
/// month that runs and of those before it that are still taken.
async fn report_days(app: &App, who: &Principal) -> Result<Vec<ReportDay>, StoreError> {
    let (db, scope) = (app.store().read(), who.scope());
    let grants = who.grants().iter();
    let places: BTreeSet<DepartmentId> = grants
        .filter(|grant| grant.permissions.contains(&Permission::ReportWrite))
        .map(|grant| grant.department)
        .collect();
    let places: Vec<DepartmentId> = places.into_iter().collect();
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let (today, days) = (
        official_day(app.store().clock().now()),
        calendar::load(db).await?,
    );
    let schedule = report_rules::schedule(db).await?;
    let mut windows = schedule.taking_on(today, &days);
    let month = schedule.window(Period::of(today, Cadence::Monthly), &days);
    if !windows.contains(&month) {
        windows.push(month);
    }
    let months: Vec<Period> = windows.iter().map(|one| one.period).collect();
    let about = About::Departments(&places);
    let duties = reports::duties(db, &scope, about).await?;
    let reported = reports::handed_in(db, &scope, about, &months).await?;
    let named = departments::find_many(db, &places).await?;
    let mut found = Vec::new();
    for window in windows {
        let mut open: HashMap<DepartmentId, usize> = HashMap::new();
        for key in duties.owed(window.period) {
            *open.entry(key.department).or_default() += usize::from(!reported.contains_key(&key));
        }
        found.extend(named.iter().filter_map(|one| {
            let count = open.get(&one.id).copied().filter(|count| *count > 0)?;
            Some(ReportDay {
                department: one.id,
                name: one.short_name.clone(),
                period: window.period,
                on: window.due_on,
                count,
            })
        }));
    }
    Ok(found)
}

//! Feeds for reporting tools: verified figures as flat rows, within what the caller may read, page by page.

mod columns;
mod reading;
mod row;

pub use duban_documents::write::{
    Charset, Datum, FeedColumn, FeedKind, FeedRow, Lines, WriteError, feed_parquet, feed_workbook,
};
use duban_domain::{
    access::{Permission, Principal},
    event::DomainEvent,
    ids::{DepartmentId, MetricId, PlanId},
    period::Period,
};
use duban_persistence::{StoreError, feeds};
use serde_json::json;
use sha2::{Digest, Sha256};

pub use self::reading::Feed;
use crate::{
    App,
    change::{Call, ChangeError, actor},
};

/// What a feed holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedName {
    /// The measurements that count.
    Measurements,
    /// What they add up to, as it is kept.
    Figures,
}

/// Rows of one workbook, of the 1,048,575 that fit below its headings.
pub const WORKBOOK_ROWS: u32 = 1_000_000;

/// Rows that are read with one statement.
pub const PAGE_ROWS: u64 = 2_000;

/// Acts after which every feed is what it was before. An act that is not named here counts as a change.
const HARMLESS: [&str; 18] = [
    "account.password_changed",
    "calendar_feed.created",
    "calendar_feed.revoked",
    "feed.downloaded",
    "figures.exported",
    "ledger.exported",
    "notification_settings.updated",
    "second_factor.asked",
    "second_factor.codes_renewed",
    "second_factor.enrolled",
    "second_factor.removed",
    "second_factor.reset",
    "second_factor.started",
    "session.ended",
    "session.others_ended",
    "session.proven",
    "session.started",
    "session.token_reused",
];

impl FeedName {
    /// Every feed.
    pub const ALL: [Self; 2] = [Self::Measurements, Self::Figures];

    /// The name in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Measurements => "measurements",
            Self::Figures => "figures",
        }
    }

    /// Its columns, in their order.
    #[must_use]
    pub const fn columns(self) -> &'static [FeedColumn] {
        match self {
            Self::Measurements => columns::MEASUREMENTS,
            Self::Figures => columns::FIGURES,
        }
    }
}

/// Which rows of a feed are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedAsked {
    /// The feed.
    pub name: FeedName,
    /// Of the metrics of this plan; none for all.
    pub plan: Option<PlanId>,
    /// Of these metrics; none for all.
    pub metrics: Option<Vec<MetricId>>,
    /// Of this department and of all that stand below it now; none for all.
    pub under: Option<DepartmentId>,
    /// From this month on.
    pub from: Option<Period>,
    /// Up to and with this month.
    pub until: Option<Period>,
}

/// Allows feeds to whoever may read figures, wherever; which rows that are is the scope's to say.
///
/// # Errors
///
/// [`ChangeError::Forbidden`] to everybody else.
pub fn may_read(who: &Principal) -> Result<(), ChangeError> {
    if who.holds(Permission::MetricRead) {
        Ok(())
    } else {
        Err(who.forbidden(Permission::MetricRead).into())
    }
}

/// What tells an answer from every other one: it changes with each write that could change the rows, with
/// what the caller may read, and with what is asked. One statement, and none of the rows.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn version(
    app: &App,
    who: &Principal,
    asked: &FeedAsked,
    form: &str,
) -> Result<[u8; 32], StoreError> {
    let change = feeds::last_change(app.store().read(), &HARMLESS).await?;
    let mut digest = Sha256::new();
    digest.update(&change);
    // The debug forms hold every field, in order, and sets are sorted.
    let told = format!(
        "{form}\n{asked:?}\n{:?}\n{:?}",
        who.scope(),
        who.token_metrics()
    );
    digest.update(told);
    Ok(digest.finalize().into())
}

/// Leaves the event of a download: who took what, and how many rows where that is known when it begins.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn leave_trace(
    app: &App,
    call: &Call,
    (asked, form): (&FeedAsked, &str),
    rows: Option<u64>,
) -> Result<(), ChangeError> {
    let event = match asked.plan {
        Some(plan) => DomainEvent::new("feed.downloaded", "Plan", plan.0),
        None => DomainEvent::new("feed.downloaded", "Account", call.who.account().0),
    };
    let metrics = asked.metrics.as_ref();
    let event = event.with(json!({
        "feed": asked.name.name(),
        "format": form,
        "rows": rows,
        "metrics": metrics.map(|all| all.iter().map(|one| one.0).collect::<Vec<_>>()),
        "department": asked.under.map(|one| one.0),
        "from": asked.from.map(|one| one.to_string()),
        "to": asked.until.map(|one| one.to_string()),
    }));
    let tx = app.store().begin(actor(call)).await?;
    Ok(tx.commit([event]).await?)
}

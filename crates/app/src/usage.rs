//! Usage of programs (用量): counted in memory while requests are answered, written together now and then.
//!
//! What was counted since the last writing is lost when the process is killed.

use std::{
    collections::{HashMap, hash_map::Entry},
    future::Future,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use duban_domain::{
    access::{Permission, Principal},
    clock::official_day,
    ids::ApiTokenId,
    usage::{Span, TokenDay, TokenUsage, USAGE_DAYS, Usage},
};
use duban_persistence::{Actor, StoreError, usage};
use time::Date;

use crate::App;

/// How often what was counted is written.
const WRITE_EVERY: Duration = Duration::from_secs(5);
/// Tokens and days that wait to be written at most; beyond them new ones are not counted.
const WAITING_MOST: usize = 10_000;

type Waiting = HashMap<(ApiTokenId, Date), TokenDay>;

/// What was counted and not written yet.
#[derive(Debug, Default)]
pub struct Meter {
    waiting: Mutex<Waiting>,
    /// The day on which old days were last forgotten.
    forgot_on: Mutex<Option<Date>>,
}

impl Meter {
    fn add(&self, one: TokenDay) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = waiting.len() >= WAITING_MOST;
        match waiting.entry((one.token, one.day)) {
            Entry::Occupied(mut known) => {
                let known = known.get_mut();
                known.usage = known.usage.plus(one.usage);
                known.last_seen_at = known.last_seen_at.max(one.last_seen_at);
            }
            Entry::Vacant(_) if is_full => {}
            Entry::Vacant(new) => {
                new.insert(one);
            }
        }
    }

    fn take(&self) -> Vec<TokenDay> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *waiting).into_values().collect()
    }

    /// Whether old days were not forgotten yet today.
    fn may_forget(&self, today: Date) -> bool {
        let mut forgot_on = self
            .forgot_on
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        forgot_on.replace(today) != Some(today)
    }
}

/// Counts a request of a program; people are not counted.
pub fn count(app: &App, who: &Principal, usage: Usage) {
    if let Some(limits) = who.limits() {
        let now = app.store().clock().now();
        app.meter().add(TokenDay {
            token: limits.token,
            account: who.account(),
            day: official_day(now),
            usage,
            last_seen_at: now,
        });
    }
}

/// Writes what was counted; returns how many days of tokens. What cannot be written is kept for the next time.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn write(app: &App) -> Result<usize, StoreError> {
    let mut counted = app.meter().take();
    if counted.is_empty() {
        return Ok(0);
    }
    // Several servers write the same rows in the same order.
    counted.sort_unstable_by_key(|one| (one.token, one.day));
    let written = store(app, &counted).await;
    let count = counted.len();
    if let Err(error) = written {
        for one in counted {
            app.meter().add(one);
        }
        return Err(error);
    }
    Ok(count)
}

async fn store(app: &App, counted: &[TokenDay]) -> Result<(), StoreError> {
    let tx = app.store().begin(Actor::default()).await?;
    usage::add(&tx, counted).await?;
    let today = official_day(tx.now());
    if app.meter().may_forget(today) {
        let kept = today - time::Duration::days(USAGE_DAYS - 1);
        usage::forget(&tx, kept).await?;
    }
    tx.commit([]).await
}

/// Writes what is counted again and again until told to stop, and once more then.
pub async fn supervise(app: &App, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let mut is_over = false;
    while !is_over {
        tokio::select! {
            () = &mut stop => is_over = true,
            () = tokio::time::sleep(WRITE_EVERY) => {}
        }
        if let Err(error) = write(app).await {
            tracing::error!(error = %error, "usage could not be written");
        }
    }
}

/// What was used most: so many tokens at most, of accounts whose tokens the caller manages.
///
/// # Errors
///
/// [`StoreError`] of the database.
pub async fn most_used(
    app: &App,
    who: &Principal,
    span: Span,
    most: u64,
) -> Result<Vec<TokenUsage>, StoreError> {
    let coverage = who.coverage(Permission::TokenManage);
    let found = usage::of_most_used(app.store().read(), &coverage, span, most).await?;
    Ok(TokenUsage::gather(found))
}

#[cfg(test)]
mod tests {
    use duban_domain::ids::AccountId;
    use time::macros::{date, datetime};
    use uuid::Uuid;

    use super::*;

    fn request(token: u128) -> TokenDay {
        TokenDay {
            token: ApiTokenId(Uuid::from_u128(token)),
            account: AccountId(Uuid::from_u128(1)),
            day: date!(2025 - 04 - 01),
            usage: Usage {
                requests: 1,
                points: 5,
                ..Usage::default()
            },
            last_seen_at: datetime!(2025-04-01 8:00 UTC),
        }
    }

    #[test]
    fn what_waits_is_bounded_and_taken_once() {
        let meter = Meter::default();
        for token in 0..20_000 {
            meter.add(request(token));
        }
        meter.add(request(0));
        let taken = meter.take();
        assert_eq!(taken.len(), WAITING_MOST);
        let of_first = taken.iter().find(|one| one.token.0.is_nil());
        assert_eq!(of_first.map(|one| one.usage.requests), Some(2));
        assert!(meter.take().is_empty());
    }

    #[test]
    fn old_days_are_forgotten_once_a_day() {
        let meter = Meter::default();
        assert!(meter.may_forget(date!(2025 - 04 - 01)));
        assert!(!meter.may_forget(date!(2025 - 04 - 01)));
        assert!(meter.may_forget(date!(2025 - 04 - 02)));
    }
}

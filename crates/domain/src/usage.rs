//! Usage (用量): how much programs call, by token and day.

use std::collections::HashMap;

use time::{Date, Duration, OffsetDateTime};

use crate::{
    error::Coded,
    ids::{AccountId, ApiTokenId},
};

/// Days that usage is kept.
pub const USAGE_DAYS: i64 = 90;
/// Days that are told where nobody says which.
pub const USAGE_DAYS_DEFAULT: i64 = 30;
/// Programs of a list at most.
pub const USAGE_MOST: u64 = 100;

/// How much was asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Requests.
    pub requests: u64,
    /// Points that they cost.
    pub points: u64,
    /// Those of them that had to be turned away: the caller's points were spent, or the server was busy.
    pub refused: u64,
    /// Those of them that failed otherwise.
    pub errors: u64,
}

impl Usage {
    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            requests: self.requests.saturating_add(other.requests),
            points: self.points.saturating_add(other.points),
            refused: self.refused.saturating_add(other.refused),
            errors: self.errors.saturating_add(other.errors),
        }
    }
}

/// What one token was used for on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenDay {
    /// The token.
    pub token: ApiTokenId,
    /// Its service account.
    pub account: AccountId,
    /// The day, by the clock of Beijing.
    pub day: Date,
    /// How much.
    pub usage: Usage,
    /// The last request.
    pub last_seen_at: OffsetDateTime,
}

/// What one token was used for in some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenUsage {
    /// The token.
    pub token: ApiTokenId,
    /// Its service account.
    pub account: AccountId,
    /// All days together.
    pub usage: Usage,
    /// The last request in these days.
    pub last_seen_at: OffsetDateTime,
    /// The days on which there was any, the earliest first.
    pub days: Vec<(Date, Usage)>,
}

impl TokenUsage {
    /// Days put together by token, the token with the most requests first.
    #[must_use]
    pub fn gather(mut days: Vec<TokenDay>) -> Vec<Self> {
        days.sort_unstable_by_key(|one| one.day);
        let mut found: HashMap<ApiTokenId, Self> = HashMap::new();
        for one in days {
            let of = found.entry(one.token).or_insert_with(|| Self {
                token: one.token,
                account: one.account,
                usage: Usage::default(),
                last_seen_at: one.last_seen_at,
                days: Vec::new(),
            });
            of.usage = of.usage.plus(one.usage);
            of.last_seen_at = of.last_seen_at.max(one.last_seen_at);
            of.days.push((one.day, one.usage));
        }
        let mut found: Vec<Self> = found.into_values().collect();
        found.sort_unstable_by_key(|one| (std::cmp::Reverse(one.usage.requests), one.token));
        found
    }
}

/// Some days, first and last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first.
    pub from: Date,
    /// The last.
    pub until: Date,
}

/// Why days are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the first day is after the last")]
pub struct SpanReversed;

impl Coded for SpanReversed {
    fn code(&self) -> &'static str {
        "USAGE_DAYS_REVERSED"
    }
}

impl Span {
    /// The days that are asked for, as far as they are kept: the last 30 where nothing is said.
    ///
    /// # Errors
    ///
    /// [`SpanReversed`] where the first is after the last.
    pub fn try_new(
        from: Option<Date>,
        until: Option<Date>,
        today: Date,
    ) -> Result<Self, SpanReversed> {
        let until = until.unwrap_or(today);
        let back = |days: i64| {
            let first = until.checked_sub(Duration::days(days - 1));
            first.unwrap_or(Date::MIN)
        };
        let from = from.unwrap_or_else(|| back(USAGE_DAYS_DEFAULT));
        if from > until {
            return Err(SpanReversed);
        }
        Ok(Self {
            from: from.max(back(USAGE_DAYS)),
            until,
        })
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};
    use uuid::Uuid;

    use super::*;

    fn day(token: u128, day: Date, requests: u64) -> TokenDay {
        TokenDay {
            token: ApiTokenId(Uuid::from_u128(token)),
            account: AccountId(Uuid::from_u128(9)),
            day,
            usage: Usage {
                requests,
                points: 2 * requests,
                refused: 1,
                errors: 0,
            },
            last_seen_at: day.midnight().assume_utc(),
        }
    }

    #[test]
    fn days_are_put_together_by_token_the_most_used_first() {
        let found = TokenUsage::gather(vec![
            day(1, date!(2025 - 04 - 02), 3),
            day(2, date!(2025 - 04 - 01), 9),
            day(1, date!(2025 - 04 - 01), 4),
        ]);
        let tokens: Vec<u128> = found.iter().map(|one| one.token.0.as_u128()).collect();
        assert_eq!(tokens, [2, 1]);
        assert_eq!(
            found[1].usage,
            Usage {
                requests: 7,
                points: 14,
                refused: 2,
                errors: 0
            }
        );
        assert_eq!(found[1].last_seen_at, datetime!(2025-04-02 0:00 UTC));
        let days: Vec<Date> = found[1].days.iter().map(|(day, _)| *day).collect();
        assert_eq!(days, [date!(2025 - 04 - 01), date!(2025 - 04 - 02)]);
    }

    #[test]
    fn days_are_the_last_thirty_and_never_more_than_are_kept() {
        let today = date!(2025 - 04 - 30);
        let span = Span::try_new(None, None, today).unwrap();
        assert_eq!((span.from, span.until), (date!(2025 - 04 - 01), today));
        let long = Span::try_new(Some(date!(2020 - 01 - 01)), None, today).unwrap();
        assert_eq!(long.from, date!(2025 - 01 - 31));
        let one = Span::try_new(Some(today), Some(today), today).unwrap();
        assert_eq!((one.from, one.until), (today, today));
        let wrong = Span::try_new(Some(today), Some(date!(2025 - 04 - 29)), today);
        assert_eq!(wrong, Err(SpanReversed));
    }
}

//! Warnings of tokens (令牌): before one ends, and when nobody uses it (security design §3.5).

use time::{Date, Duration, OffsetDateTime};

use super::working_day_up_to;
use crate::{
    access::{ApiToken, TokenState},
    calendar::WorkingCalendar,
    clock::official_day,
    ids::ApiTokenId,
    notification::NotificationKind,
};

/// Days before its last one on which it is said that a token ends, the last warning first.
pub const TOKEN_ENDS_IN: [i64; 3] = [1, 7, 14];
/// A token that was not used for this long is warned of.
pub const TOKEN_UNUSED_FOR: Duration = Duration::days(60);

/// What those who manage a token are warned of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenWarning {
    /// It ends.
    Ending {
        /// Its last day.
        on: Date,
        /// Which of [`TOKEN_ENDS_IN`].
        days: i64,
    },
    /// Nobody uses it.
    Unused {
        /// The day on which it was last used, or made.
        since: Date,
    },
}

impl TokenWarning {
    /// What tells it apart from every other: told once under this key, never again. A token that is used
    /// after all, and then not, is told of again.
    #[must_use]
    pub fn natural_key(self, token: ApiTokenId) -> String {
        let (kind, token) = (NotificationKind::from(self), token.0.simple());
        match self {
            Self::Ending { on, days } => format!("{kind}:{token}:{on}:{days}"),
            Self::Unused { since } => format!("{kind}:{token}:{since}"),
        }
    }
}

/// The warnings of a token that are due: none on a day off, none once it is over. One whose day is off
/// comes on the last working day before it; of those that were missed the last one alone. A token that was
/// made for less than the days of a warning is not warned of by it.
#[must_use]
pub fn token_warnings(
    token: &ApiToken,
    now: OffsetDateTime,
    calendar: &WorkingCalendar,
) -> Vec<TokenWarning> {
    let today = official_day(now);
    if !calendar.is_working_day(today) || token.state(now) != TokenState::Active {
        return Vec::new();
    }
    let on = official_day(token.expires_at - Duration::SECOND);
    let made_on = official_day(token.created_at);
    let is_due = |days: i64| {
        let day = on - Duration::days(days);
        made_on < day && working_day_up_to(calendar, day, 0) <= today
    };
    let days = TOKEN_ENDS_IN.into_iter().find(|days| is_due(*days));
    let ending = days.map(|days| TokenWarning::Ending { on, days });
    let used_at = token.last_used_at.unwrap_or(token.created_at);
    let unused = (now - used_at >= TOKEN_UNUSED_FOR).then(|| TokenWarning::Unused {
        since: official_day(used_at),
    });
    ending.into_iter().chain(unused).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use time::macros::{date, datetime};

    use super::*;
    use crate::{access::Person, ids::AccountId};

    /// A Tuesday, 9:30 by the clock of Beijing.
    const MADE: OffsetDateTime = datetime!(2025-04-01 1:30 UTC);

    fn token(life: Duration) -> ApiToken {
        let account = AccountId::fresh(MADE);
        ApiToken {
            id: ApiTokenId::fresh(MADE),
            public_id: "Ab12Cd34".to_owned(),
            account,
            name: "月报程序".to_owned(),
            scopes: BTreeSet::new(),
            metrics: None,
            addresses: Vec::new(),
            by: Person {
                account,
                acting_for: None,
            },
            created_at: MADE,
            expires_at: MADE + life,
            successor_of: None,
            last_used_at: None,
            last_address: None,
            revoked_at: None,
        }
    }

    /// What is due on each day of the life of a token, where it is not what the day before said.
    fn told(token: &ApiToken, days: i64) -> Vec<(Date, TokenWarning)> {
        let calendar = WorkingCalendar::default();
        let mut told: Vec<(Date, TokenWarning)> = Vec::new();
        for day in 0..days {
            let now = MADE + Duration::days(day);
            for one in token_warnings(token, now, &calendar) {
                if told.iter().all(|(_, known)| *known != one) {
                    told.push((official_day(now), one));
                }
            }
        }
        told
    }

    #[test]
    fn the_end_of_a_token_is_told_two_weeks_one_week_and_one_day_ahead() {
        // It ends on Tuesday 29 April.
        let on = date!(2025 - 04 - 29);
        let ending = |days| TokenWarning::Ending { on, days };
        let expected = [
            (date!(2025 - 04 - 15), ending(14)),
            (date!(2025 - 04 - 22), ending(7)),
            (date!(2025 - 04 - 28), ending(1)),
        ];
        assert_eq!(told(&token(Duration::days(28)), 60), expected);
    }

    #[test]
    fn a_warning_that_falls_on_a_day_off_comes_before_it() {
        // It ends on Monday 28 April: the day before is a Sunday.
        let told = told(&token(Duration::days(27)), 60);
        let days: Vec<Date> = told.iter().map(|(day, _)| *day).collect();
        assert_eq!(
            days,
            [
                date!(2025 - 04 - 14),
                date!(2025 - 04 - 21),
                date!(2025 - 04 - 25)
            ]
        );
    }

    #[test]
    fn a_short_token_is_not_warned_of_as_it_is_made() {
        let days = |life| -> Vec<i64> {
            let told = told(&token(Duration::days(life)), 60);
            let days = told.into_iter().filter_map(|(_, one)| match one {
                TokenWarning::Ending { days, .. } => Some(days),
                TokenWarning::Unused { .. } => None,
            });
            days.collect()
        };
        assert_eq!(days(14), [7, 1]);
        assert_eq!(days(7), [1]);
        assert_eq!(days(1), [0; 0]);
    }

    #[test]
    fn one_that_nobody_uses_is_told_of_once_until_it_is_used_again() {
        let mut kept = token(Duration::days(365));
        let unused = |since| TokenWarning::Unused { since };
        let first = (date!(2025 - 06 - 02), unused(date!(2025 - 04 - 01)));
        assert_eq!(told(&kept, 200), [first], "31 May is a Saturday");
        kept.last_used_at = Some(MADE + Duration::days(70));
        let later = (date!(2025 - 08 - 11), unused(date!(2025 - 06 - 10)));
        assert_eq!(told(&kept, 200), [later], "9 August is a Saturday");
        kept.revoked_at = Some(MADE);
        assert!(told(&kept, 200).is_empty());
    }

    #[test]
    fn keys_tell_every_warning_apart() {
        let (one, other) = (token(Duration::DAY).id, token(Duration::DAY).id);
        let on = date!(2025 - 04 - 29);
        let all = [
            TokenWarning::Ending { on, days: 1 }.natural_key(one),
            TokenWarning::Ending { on, days: 7 }.natural_key(one),
            TokenWarning::Ending { on, days: 1 }.natural_key(other),
            TokenWarning::Unused { since: on }.natural_key(one),
        ];
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        assert!(all.iter().all(|key| key.len() <= 160));
    }
}

//! Delegation (代理): for some days another person holds one's grants as well.

use time::{Date, OffsetDateTime};

use crate::{
    error::Coded,
    ids::{AccountId, DelegationId},
    named::named,
    text::Reason,
};

/// Most days that one delegation lasts; who is away for longer is replaced by grants.
pub const LONGEST_DELEGATION: i64 = 366;

named! {
    /// Where a delegation stands.
    DelegationState {
        /// It begins later.
        Planned = "PLANNED",
        /// It is in force.
        Running = "RUNNING",
        /// Its last day is past.
        Over = "OVER",
        /// It was ended before its last day.
        Ended = "ENDED",
    }
}

/// Who stands in for whom, from when to when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Key.
    pub id: DelegationId,
    /// Whose grants are held.
    pub from: AccountId,
    /// Who holds them as well.
    pub to: AccountId,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Why.
    pub reason: Reason,
    /// Who made it: the one stood in for, or an administrator.
    pub made_by: AccountId,
    /// When it was made.
    pub made_at: OffsetDateTime,
    /// Who ended it early, and when.
    pub ended: Option<(AccountId, OffsetDateTime)>,
}

/// A delegation to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelegation {
    /// Whose grants are held.
    pub from: AccountId,
    /// Who holds them as well.
    pub to: AccountId,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// Why.
    pub reason: Reason,
}

/// Why a delegation is not made, or not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DelegationError {
    /// Both are one person.
    #[error("nobody stands in for himself")]
    ToOneself,
    /// The last day comes before the first.
    #[error("the last day {last} comes before the first day {first}")]
    Backwards {
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
    },
    /// The first day is past.
    #[error("the first day {first} is past")]
    Past {
        /// The first day.
        first: Date,
    },
    /// Longer than [`LONGEST_DELEGATION`].
    #[error("it would last {days} days, at most {LONGEST_DELEGATION}")]
    TooLong {
        /// Days that it would last.
        days: i64,
    },
    /// One of the two is an administrator (三员分立).
    #[error("administrators neither delegate nor stand in")]
    Administrator,
    /// There is no grant to be held.
    #[error("there is no grant that could be delegated")]
    Nothing,
    /// The one who is to stand in cannot sign in.
    #[error("the one who is to stand in cannot sign in")]
    NotLive,
    /// The same two people have one in those days.
    #[error("the same person stands in on some of those days already")]
    Overlap,
    /// It is over already.
    #[error("it is over already")]
    Over,
}

impl Coded for DelegationError {
    fn code(&self) -> &'static str {
        match self {
            Self::ToOneself => "DELEGATION_TO_ONESELF",
            Self::Backwards { .. } => "DELEGATION_BACKWARDS",
            Self::Past { .. } => "DELEGATION_PAST",
            Self::TooLong { .. } => "DELEGATION_TOO_LONG",
            Self::Administrator => "DELEGATION_ADMINISTRATOR",
            Self::Nothing => "DELEGATION_NOTHING",
            Self::NotLive => "DELEGATION_NOT_LIVE",
            Self::Overlap => "DELEGATION_OVERLAP",
            Self::Over => "DELEGATION_OVER",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Backwards { first, last } => {
                vec![("first", first.to_string()), ("last", last.to_string())]
            }
            Self::Past { first } => vec![("first", first.to_string())],
            Self::TooLong { days } => vec![
                ("days", days.to_string()),
                ("most", LONGEST_DELEGATION.to_string()),
            ],
            Self::ToOneself
            | Self::Administrator
            | Self::Nothing
            | Self::NotLive
            | Self::Overlap
            | Self::Over => Vec::new(),
        }
    }
}

impl DelegationError {
    /// The field of the input that it is about.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::ToOneself | Self::Administrator | Self::NotLive | Self::Overlap => "to",
            Self::Past { .. } => "firstDay",
            Self::Backwards { .. } | Self::TooLong { .. } => "lastDay",
            Self::Nothing => "from",
            Self::Over => "delegationId",
        }
    }
}

impl NewDelegation {
    /// Makes the delegation, where its people and days allow it.
    ///
    /// # Errors
    ///
    /// [`DelegationError`] says why not.
    pub fn make(
        self,
        id: DelegationId,
        (made_by, made_at): (AccountId, OffsetDateTime),
        today: Date,
    ) -> Result<Delegation, DelegationError> {
        let Self {
            from,
            to,
            first,
            last,
            reason,
        } = self;
        if from == to {
            return Err(DelegationError::ToOneself);
        }
        if first < today {
            return Err(DelegationError::Past { first });
        }
        if last < first {
            return Err(DelegationError::Backwards { first, last });
        }
        let days = (last - first).whole_days() + 1;
        if days > LONGEST_DELEGATION {
            return Err(DelegationError::TooLong { days });
        }
        Ok(Delegation {
            id,
            from,
            to,
            first,
            last,
            reason,
            made_by,
            made_at,
            ended: None,
        })
    }
}

impl Delegation {
    /// Where it stands on a day.
    #[must_use]
    pub fn state(&self, today: Date) -> DelegationState {
        if self.ended.is_some() {
            DelegationState::Ended
        } else if today < self.first {
            DelegationState::Planned
        } else if today > self.last {
            DelegationState::Over
        } else {
            DelegationState::Running
        }
    }

    /// Ends it at once.
    ///
    /// # Errors
    ///
    /// [`DelegationError::Over`] when it is over already.
    pub fn end(
        &mut self,
        by: AccountId,
        at: OffsetDateTime,
        today: Date,
    ) -> Result<(), DelegationError> {
        match self.state(today) {
            DelegationState::Planned | DelegationState::Running => {
                self.ended = Some((by, at));
                Ok(())
            }
            DelegationState::Over | DelegationState::Ended => Err(DelegationError::Over),
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};
    use uuid::Uuid;

    use super::*;

    const TODAY: Date = date!(2025 - 03 - 17);
    const NOW: OffsetDateTime = datetime!(2025-03-17 09:00 +8);

    fn account(number: u128) -> AccountId {
        AccountId(Uuid::from_u128(number))
    }

    fn make(to: u128, first: Date, last: Date) -> Result<Delegation, DelegationError> {
        let new = NewDelegation {
            from: account(1),
            to: account(to),
            first,
            last,
            reason: Reason::try_new("出差").expect("a reason"),
        };
        let id = DelegationId(Uuid::from_u128(9));
        new.make(id, (account(1), NOW), TODAY)
    }

    #[test]
    fn its_days_lie_ahead_in_order_and_are_not_too_many() {
        assert_eq!(make(1, TODAY, TODAY), Err(DelegationError::ToOneself));
        let first = date!(2025 - 03 - 16);
        assert_eq!(make(2, first, TODAY), Err(DelegationError::Past { first }));
        let first = date!(2025 - 03 - 20);
        let last = date!(2025 - 03 - 19);
        let error = DelegationError::Backwards { first, last };
        assert_eq!(make(2, first, last), Err(error));
        assert!(make(2, TODAY, date!(2026 - 03 - 17)).is_ok());
        let error = DelegationError::TooLong { days: 367 };
        assert_eq!(make(2, TODAY, date!(2026 - 03 - 18)), Err(error));
    }

    #[test]
    fn it_runs_from_its_first_to_its_last_day_unless_ended() {
        let mut one = make(2, date!(2025 - 03 - 18), date!(2025 - 03 - 20)).expect("made");
        assert_eq!(one.state(TODAY), DelegationState::Planned);
        assert_eq!(one.state(date!(2025 - 03 - 18)), DelegationState::Running);
        assert_eq!(one.state(date!(2025 - 03 - 20)), DelegationState::Running);
        assert_eq!(one.state(date!(2025 - 03 - 21)), DelegationState::Over);
        let over = one.end(account(1), NOW, date!(2025 - 03 - 21));
        assert_eq!(over, Err(DelegationError::Over));
        assert_eq!(one.end(account(1), NOW, TODAY), Ok(()));
        assert_eq!(one.state(date!(2025 - 03 - 18)), DelegationState::Ended);
        assert_eq!(one.end(account(1), NOW, TODAY), Err(DelegationError::Over));
    }
}

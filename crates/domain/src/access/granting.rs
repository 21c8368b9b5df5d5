//! Giving roles: dated, never to oneself, and the three administrators kept apart (三员分立).

use time::Date;

use super::{Reach, Role};
use crate::{
    error::Coded,
    ids::{AccountId, DepartmentId, GrantId},
    named::named,
};

named! {
    /// Where a grant stands.
    GrantState {
        /// It begins later.
        Planned = "PLANNED",
        /// It is in force.
        Running = "RUNNING",
        /// Its last day is past, or it was ended.
        Over = "OVER",
    }
}

/// A role given over part of the tree for some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedGrant {
    /// Key.
    pub id: GrantId,
    /// To whom.
    pub account: AccountId,
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub department: DepartmentId,
    /// How far below.
    pub reach: Reach,
    /// The first day.
    pub first: Date,
    /// The last day; none until it is ended.
    pub last: Option<Date>,
}

/// Why a role is not given, or not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GrantError {
    /// It would be one's own.
    #[error("nobody gives or ends a role of his own")]
    ToOneself,
    /// Two of the three administrators in one person.
    #[error("one person cannot be both {held} and {wanted}")]
    AdministratorsJoined {
        /// The role that the person has.
        held: Role,
        /// The role that was to be given.
        wanted: Role,
    },
    /// The last day comes before the first.
    #[error("the last day {last} comes before the first day {first}")]
    Backwards {
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
    },
    /// The day is past.
    #[error("{day} is past")]
    Past {
        /// The day.
        day: Date,
    },
    /// The person has that role there on some of those days.
    #[error("the person has that role there already")]
    Exists,
    /// It is over already.
    #[error("it is over already")]
    Over,
}

impl Coded for GrantError {
    fn code(&self) -> &'static str {
        match self {
            Self::ToOneself => "GRANT_TO_ONESELF",
            Self::AdministratorsJoined { .. } => "GRANT_ADMINISTRATORS_JOINED",
            Self::Backwards { .. } => "GRANT_BACKWARDS",
            Self::Past { .. } => "DATE_PAST",
            Self::Exists => "GRANT_EXISTS",
            Self::Over => "GRANT_OVER",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Backwards { first, last } => {
                vec![("first", first.to_string()), ("last", last.to_string())]
            }
            Self::Past { day } => vec![("date", day.to_string())],
            Self::AdministratorsJoined { held, wanted } => vec![
                ("held", held.name().to_owned()),
                ("wanted", wanted.name().to_owned()),
            ],
            Self::ToOneself | Self::Exists | Self::Over => Vec::new(),
        }
    }
}

impl DatedGrant {
    /// Where it stands on a day.
    #[must_use]
    pub fn state(&self, today: Date) -> GrantState {
        if self
            .last
            .is_some_and(|last| last < today || last < self.first)
        {
            GrantState::Over
        } else if today < self.first {
            GrantState::Planned
        } else {
            GrantState::Running
        }
    }

    /// Whether it may be given by somebody to a person with these other grants.
    ///
    /// # Errors
    ///
    /// [`GrantError`] says why not.
    pub fn may_be_given(
        &self,
        by: AccountId,
        others: &[Self],
        today: Date,
    ) -> Result<(), GrantError> {
        if by == self.account {
            return Err(GrantError::ToOneself);
        }
        if self.first < today {
            return Err(GrantError::Past { day: self.first });
        }
        if let Some(last) = self.last.filter(|last| *last < self.first) {
            let first = self.first;
            return Err(GrantError::Backwards { first, last });
        }
        for other in others.iter().filter(|other| self.shares_days(other)) {
            let is_other_role = other.role != self.role;
            if self.role.is_administrator() && other.role.is_administrator() && is_other_role {
                return Err(GrantError::AdministratorsJoined {
                    held: other.role,
                    wanted: self.role,
                });
            }
            if !is_other_role && other.department == self.department {
                return Err(GrantError::Exists);
            }
        }
        Ok(())
    }

    /// Ends it: with that last day, or without one before today.
    ///
    /// # Errors
    ///
    /// [`GrantError`] says why not.
    pub fn end(
        &mut self,
        by: AccountId,
        last: Option<Date>,
        today: Date,
    ) -> Result<(), GrantError> {
        if by == self.account {
            return Err(GrantError::ToOneself);
        }
        if self.state(today) == GrantState::Over {
            return Err(GrantError::Over);
        }
        let last = match last {
            Some(day) if day < today => return Err(GrantError::Past { day }),
            Some(day) if day < self.first => {
                let first = self.first;
                return Err(GrantError::Backwards { first, last: day });
            }
            Some(day) => day,
            None => today.previous_day().unwrap_or(today),
        };
        self.last = Some(last);
        Ok(())
    }

    fn shares_days(&self, other: &Self) -> bool {
        let begins_by = |one: &Self, end: Option<Date>| end.is_none_or(|end| one.first <= end);
        let is_any = |one: &Self| one.last.is_none_or(|last| one.first <= last);
        is_any(other) && begins_by(self, other.last) && begins_by(other, self.last)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    const TODAY: Date = date!(2025 - 03 - 17);

    fn grant(role: Role, first: Date, last: Option<Date>) -> DatedGrant {
        DatedGrant {
            id: GrantId(Uuid::from_u128(1)),
            account: AccountId(Uuid::from_u128(2)),
            role,
            department: DepartmentId(Uuid::from_u128(3)),
            reach: Reach::Subtree,
            first,
            last,
        }
    }

    const GIVER: AccountId = AccountId(Uuid::from_u128(9));

    #[test]
    fn two_administrators_are_not_joined_on_any_day() {
        let held = grant(
            Role::Auditor,
            date!(2025 - 01 - 01),
            Some(date!(2025 - 06 - 30)),
        );
        let wanted = |role, first| grant(role, first, None);
        let others = std::slice::from_ref(&held);
        let joined = wanted(Role::SystemAdmin, date!(2025 - 06 - 30));
        assert_eq!(
            joined.may_be_given(GIVER, others, TODAY),
            Err(GrantError::AdministratorsJoined {
                held: Role::Auditor,
                wanted: Role::SystemAdmin,
            })
        );
        let after = wanted(Role::SystemAdmin, date!(2025 - 07 - 01));
        assert_eq!(after.may_be_given(GIVER, others, TODAY), Ok(()));
        let same = wanted(Role::Auditor, TODAY);
        assert_eq!(
            same.may_be_given(GIVER, others, TODAY),
            Err(GrantError::Exists)
        );
        let business = wanted(Role::Viewer, TODAY);
        assert_eq!(business.may_be_given(GIVER, others, TODAY), Ok(()));
        assert_eq!(
            business.may_be_given(business.account, &[], TODAY),
            Err(GrantError::ToOneself)
        );
    }

    #[test]
    fn a_grant_ends_at_once_or_on_a_day_to_come() {
        let mut one = grant(Role::Viewer, TODAY, None);
        let past = date!(2025 - 03 - 16);
        assert_eq!(
            one.end(GIVER, Some(past), TODAY),
            Err(GrantError::Past { day: past })
        );
        assert_eq!(
            one.end(one.account, None, TODAY),
            Err(GrantError::ToOneself)
        );
        assert_eq!(one.end(GIVER, Some(TODAY), TODAY), Ok(()));
        assert_eq!(one.state(TODAY), GrantState::Running);
        assert_eq!(one.end(GIVER, None, TODAY), Ok(()));
        assert_eq!(one.state(TODAY), GrantState::Over);
        assert_eq!(one.end(GIVER, None, TODAY), Err(GrantError::Over));
        let mut planned = grant(Role::Viewer, date!(2025 - 04 - 01), None);
        assert_eq!(planned.state(TODAY), GrantState::Planned);
        assert_eq!(planned.end(GIVER, None, TODAY), Ok(()));
        assert_eq!(planned.state(date!(2025 - 04 - 02)), GrantState::Over);
    }
}

//! Four eyes (product rule 2): who asked, wrote or measured does not decide. People are compared,
//! not roles, and acting for somebody counts as both.

use crate::{error::Coded, ids::AccountId};

/// Who did something, and on whose behalf (代理).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Person {
    /// The account that acted.
    pub account: AccountId,
    /// The account it acted for, under a delegation.
    pub acting_for: Option<AccountId>,
}

impl Person {
    /// Somebody who acts for nobody else.
    #[must_use]
    pub const fn alone(account: AccountId) -> Self {
        Self {
            account,
            acting_for: None,
        }
    }

    /// Whether any person stands behind both.
    #[must_use]
    pub fn shares_with(self, other: Self) -> bool {
        let behind = |one: Self| [Some(one.account), one.acting_for];
        behind(self)
            .into_iter()
            .flatten()
            .any(|one| behind(other).contains(&Some(one)))
    }
}

/// The decider asked, wrote or measured it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the same person stands behind the act and the decision on it")]
pub struct SamePerson;

impl Coded for SamePerson {
    fn code(&self) -> &'static str {
        "FOUR_EYES"
    }
}

/// Holds the rule for one decision.
///
/// # Errors
///
/// [`SamePerson`] when one person stands behind both.
pub fn four_eyes(doer: Person, decider: Person) -> Result<(), SamePerson> {
    if doer.shares_with(decider) {
        Err(SamePerson)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn account(number: u128) -> AccountId {
        AccountId(Uuid::from_u128(number))
    }

    #[test]
    fn acting_for_somebody_counts_as_both() {
        let (one, two, three) = (account(1), account(2), account(3));
        let acting = |account, acting_for| Person {
            account,
            acting_for: Some(acting_for),
        };
        assert!(four_eyes(Person::alone(one), Person::alone(two)).is_ok());
        assert!(four_eyes(Person::alone(one), Person::alone(one)).is_err());
        assert!(four_eyes(Person::alone(one), acting(two, one)).is_err());
        assert!(four_eyes(acting(one, two), Person::alone(two)).is_err());
        assert!(four_eyes(acting(one, two), acting(three, two)).is_err());
        assert!(four_eyes(acting(one, two), Person::alone(three)).is_ok());
    }
}

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

/// Somebody who decides, with everybody whom he stands in for at that time.
#[derive(Debug, Clone, Copy)]
pub struct Decider<'a> {
    /// Who decides.
    pub person: Person,
    /// The people whom he stands in for, whichever grant the decision rests on.
    pub stands_for: &'a [AccountId],
}

impl From<Person> for Decider<'_> {
    fn from(person: Person) -> Self {
        Self {
            person,
            stands_for: &[],
        }
    }
}

/// Holds the rule for one decision.
///
/// Whoever stands in for the one who did it does not decide either, on a grant of his own as little
/// as on the other's.
///
/// # Errors
///
/// [`SamePerson`] when one person stands behind both.
pub fn four_eyes<'a>(doer: Person, decider: impl Into<Decider<'a>>) -> Result<(), SamePerson> {
    let Decider { person, stands_for } = decider.into();
    let stands_for_doer = stands_for
        .iter()
        .any(|one| doer.shares_with(Person::alone(*one)));
    if doer.shares_with(person) || stands_for_doer {
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

    #[test]
    fn who_stands_in_for_the_doer_does_not_decide_on_a_grant_of_his_own_either() {
        let (one, two, three) = (account(1), account(2), account(3));
        let decider = |person, stands_for| Decider { person, stands_for };
        let of_two = [two];
        let three_for_two = decider(Person::alone(three), &of_two);
        assert!(four_eyes(Person::alone(two), three_for_two).is_err());
        assert!(four_eyes(Person::alone(one), three_for_two).is_ok());
        let one_for_two = Person {
            account: one,
            acting_for: Some(two),
        };
        assert!(four_eyes(one_for_two, three_for_two).is_err());
        let two_alone = decider(Person::alone(two), &[]);
        assert!(
            four_eyes(Person::alone(three), two_alone).is_ok(),
            "the one stood in for still decides on what the other did in his own name"
        );
    }
}

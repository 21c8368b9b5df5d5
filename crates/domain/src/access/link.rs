//! How a one-time link reaches the owner of an account: who makes it sees it only where there is no
//! other way, and never that of another of the three administrators (三员分立).

use time::Date;

use super::{DatedGrant, GrantState, Role};
use crate::error::Coded;

/// How a one-time link goes to the owner of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkWay {
    /// Shown once to whoever made it, who hands it on.
    Shown,
    /// By mail; whoever made it does not see it.
    Mailed,
    /// By mail, which waits for a mail server, and shown until there is one.
    Both,
}

impl LinkWay {
    /// Whether a mail is queued.
    #[must_use]
    pub const fn is_mailed(self) -> bool {
        matches!(self, Self::Mailed | Self::Both)
    }

    /// Whether whoever made it sees it.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        matches!(self, Self::Shown | Self::Both)
    }
}

/// What decides how a link goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkFacts {
    /// Whether the account has a mail address.
    pub has_address: bool,
    /// Whether the installation has a mail server.
    pub has_mail_server: bool,
    /// Whether the owner is another of the three administrators, see [`is_kept_apart`].
    pub is_kept_apart: bool,
}

/// The account is that of another administrator, and no way leads to its owner alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the account of another administrator has no mail address")]
pub struct LinkNeedsAddress;

impl Coded for LinkNeedsAddress {
    fn code(&self) -> &'static str {
        "LINK_NEEDS_ADDRESS"
    }
}

impl LinkFacts {
    /// How the link goes.
    ///
    /// # Errors
    ///
    /// [`LinkNeedsAddress`] when it could only be shown and must not be.
    pub const fn way(self) -> Result<LinkWay, LinkNeedsAddress> {
        match (self.is_kept_apart, self.has_address, self.has_mail_server) {
            (true, false, _) => Err(LinkNeedsAddress),
            (true, true, _) | (false, true, true) => Ok(LinkWay::Mailed),
            (false, true, false) => Ok(LinkWay::Both),
            (false, false, _) => Ok(LinkWay::Shown),
        }
    }
}

/// Whether somebody with these grants is, today or on a day to come, one of the administrators that
/// the system administrator must not become: a link or an address of theirs would be the way.
#[must_use]
pub fn is_kept_apart(grants: &[DatedGrant], today: Date) -> bool {
    grants.iter().any(|grant| {
        grant.role.is_administrator()
            && grant.role != Role::SystemAdmin
            && grant.state(today) != GrantState::Over
    })
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use uuid::Uuid;

    use super::*;
    use crate::{
        access::Reach,
        ids::{AccountId, DepartmentId, GrantId},
    };

    #[test]
    fn a_link_of_another_administrator_is_never_shown_and_every_link_goes_somewhere() {
        for bits in 0..8_u8 {
            let facts = LinkFacts {
                has_address: bits & 1 != 0,
                has_mail_server: bits & 2 != 0,
                is_kept_apart: bits & 4 != 0,
            };
            match facts.way() {
                Ok(way) => {
                    assert!(way.is_shown() || way.is_mailed());
                    assert!(!(way.is_shown() && facts.is_kept_apart), "{facts:?}");
                    assert_eq!(way.is_mailed(), facts.has_address, "{facts:?}");
                    let arrives = facts.has_address && facts.has_mail_server;
                    assert!(!(way.is_shown() && arrives), "{facts:?}");
                }
                Err(LinkNeedsAddress) => assert!(facts.is_kept_apart && !facts.has_address),
            }
        }
    }

    #[test]
    fn administrators_of_security_and_audit_are_kept_apart_until_their_role_is_over() {
        let today = date!(2025 - 03 - 17);
        let held = |role, last| DatedGrant {
            id: GrantId(Uuid::from_u128(1)),
            account: AccountId(Uuid::from_u128(2)),
            role,
            department: DepartmentId(Uuid::from_u128(3)),
            reach: Reach::Subtree,
            first: date!(2025 - 01 - 01),
            last,
        };
        for &role in Role::ALL {
            let expected = matches!(role, Role::SecurityAdmin | Role::Auditor);
            assert_eq!(is_kept_apart(&[held(role, None)], today), expected);
            assert_eq!(is_kept_apart(&[held(role, Some(today))], today), expected);
            let over = held(role, today.previous_day());
            assert!(!is_kept_apart(&[over], today));
        }
        let mut to_come = held(Role::Auditor, None);
        to_come.first = date!(2025 - 05 - 01);
        assert!(is_kept_apart(&[held(Role::Viewer, None), to_come], today));
    }
}

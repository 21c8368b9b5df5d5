//! Who may do what: permissions, grants over subtrees, and the one function that decides.

mod delegation;
mod four_eyes;
mod granting;
mod link;
mod permission;
mod principal;
mod token;

pub use delegation::{
    Delegation, DelegationError, DelegationState, LONGEST_DELEGATION, NewDelegation,
};
pub use four_eyes::{Decider, Person, SamePerson, four_eyes};
pub use granting::{DatedGrant, GrantError, GrantState};
pub use link::{LinkFacts, LinkNeedsAddress, LinkWay, is_kept_apart};
pub use permission::{Permission, Reach, Role};
pub use principal::{Coverage, Grant, Principal, Scope};
pub use token::{
    ADDRESSES_MOST, ApiToken, LONGEST_TOKEN_LIFE, TOKEN_LIFE, TOKEN_METRICS_MOST, TOKEN_OVERLAP,
    TOKENS_MOST, TokenLimits, TokenRefusal, TokenScope, TokenState, TokenWish,
};

use crate::{error::Coded, ids::DepartmentId};

/// Why an act is refused although its object may be seen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{permission} is not granted here")]
pub struct Forbidden {
    /// What would be needed.
    pub permission: Permission,
    /// Whether the account may, and the token that the call came with may not.
    pub is_narrowed: bool,
}

impl Coded for Forbidden {
    fn code(&self) -> &'static str {
        match (self.is_narrowed, TokenScope::of(self.permission)) {
            (false, _) => "FORBIDDEN",
            (true, Some(_)) => "TOKEN_SCOPE_NEEDED",
            (true, None) => "TOKEN_NOT_ALLOWED",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        let mut figures = vec![("permission", self.permission.name().to_owned())];
        if self.is_narrowed {
            let scope = TokenScope::of(self.permission);
            figures.extend(scope.map(|scope| ("scope", scope.name().to_owned())));
        }
        figures
    }
}

/// Something that belongs to a place in the organisation's tree.
pub trait Placed {
    /// The departments from the owner up to the root, the owner first.
    fn path(&self) -> &[DepartmentId];
}

/// The path of a department, as read from the tree; the empty one is nobody's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place(pub Vec<DepartmentId>);

impl Placed for Place {
    fn path(&self) -> &[DepartmentId] {
        &self.0
    }
}

/// Decides an act: the permission must come from a grant whose reach covers the object's place.
///
/// Returns the person to be recorded as the one who acts: with whom it is done for, where only a
/// delegated grant covers it. A grant of one's own goes first. A token narrows what the grants give.
///
/// # Errors
///
/// [`Forbidden`] when no grant covers it, or the token of the call does not reach so far.
pub fn authorize(
    who: &Principal,
    permission: Permission,
    object: &impl Placed,
) -> Result<Person, Forbidden> {
    let covers = |grant: &&Grant| {
        grant.permissions.contains(&permission)
            && match grant.reach {
                Reach::Itself => object.path().first() == Some(&grant.department),
                Reach::Subtree => object.path().contains(&grant.department),
            }
    };
    let mut covering = who.grants().iter().filter(covers);
    let refused = |is_narrowed| Forbidden {
        permission,
        is_narrowed,
    };
    let first = covering.next().ok_or(refused(false))?;
    if !who.is_let(permission) {
        return Err(refused(true));
    }
    let own = first.on_behalf_of.is_none() || covering.any(|one| one.on_behalf_of.is_none());
    Ok(Person {
        account: who.account(),
        acting_for: first.on_behalf_of.filter(|_| !own),
    })
}

#[cfg(test)]
mod tests;

//! Who may do what: permissions, grants over subtrees, and the one function that decides.

mod four_eyes;
mod permission;
mod principal;

pub use four_eyes::{Person, SamePerson, four_eyes};
pub use permission::{Permission, Reach, Role};
pub use principal::{Grant, Principal, Scope};

use crate::{error::Coded, ids::DepartmentId};

/// Why an act is refused although its object may be seen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{permission} is not granted here")]
pub struct Forbidden {
    /// What would be needed.
    pub permission: Permission,
}

impl Coded for Forbidden {
    fn code(&self) -> &'static str {
        "FORBIDDEN"
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        vec![("permission", self.permission.name().to_owned())]
    }
}

/// Something that belongs to a place in the organisation's tree.
pub trait Placed {
    /// The departments from the owner up to the root, the owner first.
    fn path(&self) -> &[DepartmentId];
}

/// The path of a department, as read from the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(pub Vec<DepartmentId>);

impl Placed for Place {
    fn path(&self) -> &[DepartmentId] {
        &self.0
    }
}

/// Decides an act: the permission must come from a grant whose reach covers the object's place.
///
/// # Errors
///
/// [`Forbidden`] when no grant covers it.
pub fn authorize(
    who: &Principal,
    permission: Permission,
    object: &impl Placed,
) -> Result<(), Forbidden> {
    let covered = who.grants().iter().any(|grant| {
        grant.permissions.contains(&permission)
            && match grant.reach {
                Reach::Itself => object.path().first() == Some(&grant.department),
                Reach::Subtree => object.path().contains(&grant.department),
            }
    });
    if covered {
        Ok(())
    } else {
        Err(Forbidden { permission })
    }
}

#[cfg(test)]
mod tests;

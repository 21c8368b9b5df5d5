//! Decisions of `authorize` on small trees.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::*;
use crate::ids::AccountId;

fn department(number: u128) -> DepartmentId {
    DepartmentId(Uuid::from_u128(number))
}

fn officer_at(place: DepartmentId, reach: Reach) -> Principal {
    let grant = Grant {
        role: Role::Officer,
        department: place,
        reach,
        permissions: BTreeSet::from([Permission::PlanRead, Permission::PlanEdit]),
    };
    Principal::new(AccountId(Uuid::from_u128(99)), None, vec![grant])
}

#[test]
fn a_subtree_grant_covers_everything_below_and_nothing_above() {
    let (root, city, county) = (department(1), department(2), department(3));
    let who = officer_at(city, Reach::Subtree);
    assert!(authorize(&who, Permission::PlanEdit, &Place(vec![city, root])).is_ok());
    assert!(authorize(&who, Permission::PlanEdit, &Place(vec![county, city, root])).is_ok());
    assert!(authorize(&who, Permission::PlanEdit, &Place(vec![root])).is_err());
    assert!(authorize(&who, Permission::PlanIssue, &Place(vec![city, root])).is_err());
}

#[test]
fn a_grant_over_itself_does_not_reach_below() {
    let (root, city) = (department(1), department(2));
    let who = officer_at(root, Reach::Itself);
    assert!(authorize(&who, Permission::PlanEdit, &Place(vec![root])).is_ok());
    assert!(authorize(&who, Permission::PlanEdit, &Place(vec![city, root])).is_err());
}

#[test]
fn every_name_reads_back() {
    assert!(
        Permission::ALL
            .iter()
            .all(|one| Permission::parse(one.name()) == Some(*one))
    );
    assert!(
        Role::ALL
            .iter()
            .all(|one| Role::parse(one.name()) == Some(*one))
    );
    assert!(
        Reach::ALL
            .iter()
            .all(|one| Reach::parse(one.name()) == Some(*one))
    );
}

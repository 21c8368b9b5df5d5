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
        on_behalf_of: None,
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

fn grant_of(owner: u128, role: Role, permission: Permission) -> Grant {
    Grant {
        role,
        department: department(1),
        reach: Reach::Subtree,
        permissions: BTreeSet::from([permission]),
        on_behalf_of: Some(AccountId(Uuid::from_u128(owner))),
    }
}

#[test]
fn an_act_rests_on_a_grant_of_ones_own_before_a_delegated_one() {
    let place = Place(vec![department(1)]);
    let other = AccountId(Uuid::from_u128(7));
    let who = officer_at(department(1), Reach::Itself).standing_for(
        vec![other],
        vec![
            grant_of(7, Role::Officer, Permission::PlanEdit),
            grant_of(7, Role::Leader, Permission::CompletionApprove),
        ],
    );
    let own = authorize(&who, Permission::PlanEdit, &place);
    assert_eq!(own, Ok(Person::alone(who.account())));
    let person = Person {
        account: who.account(),
        acting_for: Some(other),
    };
    let delegated = authorize(&who, Permission::CompletionApprove, &place);
    assert_eq!(delegated, Ok(person));
    assert_eq!(who.stands_for(), [other]);
}

#[test]
fn neither_chains_nor_administrators_are_delegated() {
    let (one, two) = (AccountId(Uuid::from_u128(7)), AccountId(Uuid::from_u128(8)));
    let who = officer_at(department(1), Reach::Itself).standing_for(
        vec![one],
        vec![
            grant_of(8, Role::Leader, Permission::CompletionApprove),
            grant_of(7, Role::SecurityAdmin, Permission::GrantManage),
        ],
    );
    assert!(
        !who.holds(Permission::CompletionApprove),
        "{two} delegates nothing"
    );
    assert!(!who.holds(Permission::GrantManage));
    let administrator = Grant {
        on_behalf_of: None,
        ..grant_of(9, Role::SystemAdmin, Permission::AccountManage)
    };
    let who = Principal::new(two, None, vec![administrator]).standing_for(
        vec![one],
        vec![grant_of(7, Role::Leader, Permission::CompletionApprove)],
    );
    assert!(!who.holds(Permission::CompletionApprove));
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

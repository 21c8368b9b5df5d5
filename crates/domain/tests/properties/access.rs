//! Who may do what where: `authorize` and the scope that SQL is given say the same.

use std::collections::BTreeSet;

use duban_domain::{
    access::{Grant, Permission, Place, Principal, Reach, Role, authorize},
    ids::{AccountId, DepartmentId},
};
use proptest::prelude::*;
use uuid::Uuid;

fn department(number: usize) -> DepartmentId {
    DepartmentId(Uuid::from_u128(number as u128))
}

/// A tree as parents by number; the parent of each stands before it, 0 is the root.
fn trees() -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(any::<prop::sample::Index>(), 1..12).prop_map(|parents| {
        let with_place = parents.iter().enumerate();
        with_place
            .map(|(at, parent)| if at == 0 { 0 } else { parent.index(at) })
            .collect()
    })
}

/// From a department up to the root.
fn path(tree: &[usize], from: usize) -> Vec<DepartmentId> {
    let mut path = vec![department(from)];
    let mut at = from;
    while at != 0 {
        at = tree[at];
        path.push(department(at));
    }
    path
}

fn is_below(tree: &[usize], below: usize, above: usize) -> bool {
    path(tree, below).contains(&department(above))
}

fn grants() -> impl Strategy<Value = Vec<(prop::sample::Index, bool, Vec<prop::sample::Index>)>> {
    let permissions = proptest::collection::vec(any::<prop::sample::Index>(), 0..4);
    let grant = (any::<prop::sample::Index>(), any::<bool>(), permissions);
    proptest::collection::vec(grant, 0..5)
}

fn principal(
    tree: &[usize],
    grants: &[(prop::sample::Index, bool, Vec<prop::sample::Index>)],
) -> Principal {
    let grants = grants.iter().map(|(place, is_subtree, permissions)| {
        let permissions = permissions.iter();
        Grant {
            role: Role::Officer,
            department: department(place.index(tree.len())),
            reach: if *is_subtree {
                Reach::Subtree
            } else {
                Reach::Itself
            },
            permissions: permissions
                .map(|one| Permission::ALL[one.index(Permission::ALL.len())])
                .collect(),
            on_behalf_of: None,
        }
    });
    Principal::new(AccountId(Uuid::nil()), None, grants.collect())
}

proptest! {
    #[test]
    fn an_act_is_allowed_exactly_where_a_grant_with_its_permission_reaches(
        tree in trees(),
        given in grants(),
    ) {
        let who = principal(&tree, &given);
        for permission in Permission::ALL {
            for at in 0..tree.len() {
                let reaches = |grant: &Grant| match grant.reach {
                    Reach::Itself => grant.department == department(at),
                    Reach::Subtree => {
                        (0..tree.len()).any(|above| {
                            department(above) == grant.department && is_below(&tree, at, above)
                        })
                    }
                };
                let expected = who
                    .grants()
                    .iter()
                    .any(|grant| grant.permissions.contains(permission) && reaches(grant));
                let place = Place(path(&tree, at));
                let allowed = authorize(&who, *permission, &place);
                prop_assert_eq!(allowed.is_ok(), expected);
                prop_assert!(allowed.is_err() || who.holds(*permission));
            }
        }
    }

    #[test]
    fn more_grants_never_take_anything_away(
        tree in trees(),
        given in grants(),
        further in grants(),
    ) {
        let (less, more) = (
            principal(&tree, &given),
            principal(&tree, &[given.clone(), further].concat()),
        );
        for permission in Permission::ALL {
            for at in 0..tree.len() {
                let place = Place(path(&tree, at));
                if authorize(&less, *permission, &place).is_ok() {
                    prop_assert!(authorize(&more, *permission, &place).is_ok());
                }
            }
        }
        prop_assert!(less.permissions().is_subset(&more.permissions()));
    }

    #[test]
    fn an_act_is_recorded_for_somebody_else_exactly_where_no_grant_of_ones_own_covers_it(
        tree in trees(),
        given in grants(),
        delegated in grants(),
    ) {
        let other = AccountId(Uuid::from_u128(1));
        let alone = principal(&tree, &given);
        let theirs = principal(&tree, &delegated);
        let of_other = theirs.grants().iter().cloned().map(|grant| Grant {
            on_behalf_of: Some(other),
            ..grant
        });
        let who = alone.clone().standing_for(vec![other], of_other.collect());
        for permission in Permission::ALL {
            for at in 0..tree.len() {
                let place = Place(path(&tree, at));
                let own = authorize(&alone, *permission, &place).is_ok();
                let delegated = authorize(&theirs, *permission, &place).is_ok();
                match authorize(&who, *permission, &place) {
                    Ok(person) => {
                        prop_assert!(own || delegated);
                        prop_assert_eq!(person.acting_for, (!own).then_some(other));
                    }
                    Err(_) => prop_assert!(!own && !delegated),
                }
            }
        }
    }

    #[test]
    fn drafts_are_in_scope_exactly_where_they_may_be_edited(tree in trees(), given in grants()) {
        let who = principal(&tree, &given);
        let scope = who.scope();
        for at in 0..tree.len() {
            let path = path(&tree, at);
            let above: BTreeSet<DepartmentId> = path.iter().copied().collect();
            let in_scope = scope.drafts_itself.contains(&department(at))
                || !scope.drafts_subtree.is_disjoint(&above);
            let editable = authorize(&who, Permission::PlanEdit, &Place(path)).is_ok();
            prop_assert_eq!(in_scope, editable);
        }
        prop_assert!(scope.places_subtree.is_subset(&scope.places));
        prop_assert_eq!(!scope.places.is_empty(), who.holds(Permission::PlanRead));
    }
}

#[test]
fn without_a_grant_nothing_is_allowed_and_nothing_is_in_scope() {
    let nobody = Principal::new(AccountId(Uuid::nil()), None, Vec::new());
    for permission in Permission::ALL {
        assert!(authorize(&nobody, *permission, &Place(vec![department(0)])).is_err());
        assert!(authorize(&nobody, *permission, &Place(Vec::new())).is_err());
    }
    let scope = nobody.scope();
    assert!(scope.places.is_empty() && scope.places_subtree.is_empty());
    assert!(scope.drafts_itself.is_empty() && scope.drafts_subtree.is_empty());
}

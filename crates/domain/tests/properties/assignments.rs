//! Exactly one department leads, and none stands twice.

use std::collections::BTreeSet;

use duban_domain::{
    ids::DepartmentId,
    plan::draft::AssignmentRole,
    task::{AssignmentError, Assignments},
};
use proptest::prelude::*;
use uuid::Uuid;

fn department(number: u8) -> DepartmentId {
    DepartmentId(Uuid::from_u128(u128::from(number)))
}

fn roles(all: &Assignments) -> Vec<(DepartmentId, AssignmentRole)> {
    all.iter().collect()
}

proptest! {
    #[test]
    fn a_list_of_departments_is_taken_whole_or_not_at_all(
        numbers in proptest::collection::vec(0_u8..8, 0..8),
    ) {
        let named: Vec<DepartmentId> = numbers.iter().copied().map(department).collect();
        let distinct: BTreeSet<DepartmentId> = named.iter().copied().collect();
        match Assignments::in_text_order(&named) {
            Ok(all) => {
                prop_assert_eq!(distinct.len(), named.len());
                let order: Vec<DepartmentId> = all.iter().map(|(one, _)| one).collect();
                prop_assert_eq!(&order, &named);
                prop_assert_eq!(Some(&all.lead()), named.first());
            }
            Err(AssignmentError::NoLead) => prop_assert!(named.is_empty()),
            Err(AssignmentError::Twice { department }) => {
                let times = named.iter().filter(|one| **one == department).count();
                prop_assert!(times > 1);
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }

    #[test]
    fn whatever_is_added_one_leads_and_nobody_stands_twice(
        lead in 0_u8..6,
        further in proptest::collection::vec(0_u8..6, 0..20),
    ) {
        let mut all = Assignments::led_by(department(lead));
        for number in further {
            let before = roles(&all);
            let is_known = before.iter().any(|(one, _)| *one == department(number));
            let added = all.add_support(department(number));
            prop_assert_eq!(added.is_err(), is_known);
            prop_assert_eq!(roles(&all).len(), before.len() + usize::from(!is_known));
            let leads: Vec<_> = all
                .iter()
                .filter(|(_, role)| *role == AssignmentRole::Lead)
                .collect();
            prop_assert_eq!(leads, [(department(lead), AssignmentRole::Lead)]);
            let distinct: BTreeSet<DepartmentId> = all.iter().map(|(one, _)| one).collect();
            prop_assert_eq!(distinct.len(), all.iter().count());
        }
    }
}

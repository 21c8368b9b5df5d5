//! Shares of a target: they add up to it exactly, nobody is a step away from the exact share, and the
//! balance says what they add up to.

use duban_domain::{
    error::Coded,
    ids::DepartmentId,
    metric::allocation::{Balance, Share, share_out, share_out_evenly},
    quantity::{Comparator, Figure},
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

fn id(number: usize) -> DepartmentId {
    DepartmentId(Uuid::from_u128(number as u128 + 1))
}

fn figure(number: u32) -> Figure {
    Figure::try_new(Decimal::from(number)).expect("small")
}

fn shares(figures: &[u32]) -> Vec<Share> {
    let numbered = figures.iter().enumerate();
    numbered
        .map(|(number, value)| Share {
            department: id(number),
            figure: figure(*value),
        })
        .collect()
}

proptest! {
    #[test]
    fn shares_add_up_exactly_and_keep_the_quota(
        target in 0_u32..10_000_000,
        weights in proptest::collection::vec(0_u32..1_000_000, 1..40),
        places in 0_u32..=4,
    ) {
        let whole: u64 = weights.iter().map(|one| u64::from(*one)).sum();
        let shared = share_out(figure(target), &shares(&weights), places);
        if whole == 0 {
            prop_assert_eq!(shared.expect_err("no weight").code(), "ALLOCATION_NO_WEIGHT");
            return Ok(());
        }
        let shared = shared.expect("weights");
        let sum: Decimal = shared.iter().map(|one| one.figure.decimal()).sum();
        prop_assert_eq!(sum, Decimal::from(target));
        let step = Decimal::new(1, places);
        for (share, weight) in shared.iter().zip(&weights) {
            let exact = Decimal::from(*weight) / Decimal::from(whole) * Decimal::from(target);
            prop_assert!((share.figure.decimal() - exact).abs() < step);
            prop_assert!(share.figure.decimal().scale() <= places);
        }
    }

    #[test]
    fn an_even_share_differs_by_one_at_most(target in 0_u32..1_000_000, units in 1_usize..200) {
        let units: Vec<DepartmentId> = (0..units).map(id).collect();
        let shared = share_out_evenly(figure(target), &units, 0).expect("units");
        let least = shared.iter().map(|one| one.figure).min().expect("some");
        let most = shared.iter().map(|one| one.figure).max().expect("some");
        prop_assert!(most.decimal() - least.decimal() <= Decimal::ONE);
    }

    #[test]
    fn the_balance_is_the_sum_less_the_target(
        target in 0_u32..10_000,
        figures in proptest::collection::vec(0_u32..2_000, 1..20),
    ) {
        let sum: u32 = figures.iter().sum();
        for comparator in Comparator::ALL {
            let balance = Balance::of((comparator, figure(target)), &shares(&figures)).expect("figures");
            let difference = i64::from(sum) - i64::from(target);
            prop_assert_eq!(balance.difference.decimal(), Decimal::from(difference));
            let expected = match comparator {
                Comparator::AtLeast | Comparator::MoreThan | Comparator::Reach => sum < target,
                Comparator::AtMost => sum > target,
                Comparator::Equal => sum != target,
                _ => false,
            };
            prop_assert_eq!(balance.is_contradiction, expected);
        }
    }
}

#[test]
fn what_cannot_be_shared_out_has_its_code() {
    let twice = [Share {
        department: id(0),
        figure: figure(1),
    }; 2];
    let negative = [Share {
        department: id(0),
        figure: "-1".parse().expect("a figure"),
    }];
    let half: Figure = "0.5".parse().expect("a figure");
    let ten = figure(10);
    for (done, expected) in [
        (share_out(ten, &[], 0), "ALLOCATION_NO_DEPARTMENT"),
        (share_out(ten, &twice, 0), "ALLOCATION_DEPARTMENT_TWICE"),
        (share_out(ten, &negative, 0), "ALLOCATION_NEGATIVE"),
        (share_out(half, &shares(&[1]), 0), "ALLOCATION_TOO_PRECISE"),
    ] {
        assert_eq!(done.expect_err(expected).code(), expected);
    }
}

#[test]
fn ten_million_visits_over_32_venues_are_shared_out_to_the_visit() {
    let venues: Vec<DepartmentId> = (0..32).map(id).collect();
    let shared = share_out_evenly(figure(10_000_000), &venues, 0).expect("venues");
    assert_eq!(shared[0].figure, figure(312_500));
    let cities: Vec<DepartmentId> = (0..18).map(id).collect();
    let shared = share_out_evenly(figure(10_000), &cities, 0).expect("cities");
    let at = |value: u32| {
        shared
            .iter()
            .filter(|one| one.figure == figure(value))
            .count()
    };
    assert_eq!((at(556), at(555)), (10, 8));
}

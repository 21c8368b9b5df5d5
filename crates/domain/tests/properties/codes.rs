//! Codes that people know.

use std::{collections::BTreeSet, fmt::Debug};

use duban_domain::{
    access::{Permission, Reach, Role},
    ids::{CodeSeries, metric_code, task_code},
    metric::{ReportingLevel, TimeAggregation, TreeAggregation},
    period::{Cadence, Period},
    plan::{
        check::{FindingCode, Severity},
        diff::{Change, Field},
        issued::{PlanState, plan_code},
    },
    task::{TaskKind, TaskState},
};
use proptest::prelude::*;
use time::Date;

proptest! {
    #[test]
    fn two_tasks_of_a_plan_never_share_a_code(
        tasks in proptest::collection::btree_set((0_usize..5, 0_u32..2_000), 0..40),
    ) {
        let series = |part| match part {
            0 => CodeSeries::Main,
            1 => CodeSeries::KeyTasks,
            part => CodeSeries::Part(part),
        };
        let codes: BTreeSet<String> = tasks
            .iter()
            .map(|(part, number)| task_code("2025", series(*part), *number))
            .collect();
        prop_assert_eq!(codes.len(), tasks.len());
        let metrics: BTreeSet<String> = codes.iter().map(|code| metric_code(code, 1)).collect();
        prop_assert!(codes.is_disjoint(&metrics));
    }

    #[test]
    fn codes_of_a_list_sort_as_its_numbers_do(one in 0_u32..100, other in 0_u32..100) {
        let code = |number| task_code("2025", CodeSeries::Main, number);
        prop_assert_eq!(code(one).cmp(&code(other)), one.cmp(&other));
    }

    #[test]
    fn each_further_plan_of_a_year_gets_a_code_of_its_own(year in 1949_i32..2199, plans in 1..60) {
        let mut taken = Vec::new();
        for _ in 0..plans {
            let code = plan_code(year, &taken);
            prop_assert!(!taken.contains(&code));
            let plain = year.to_string();
            prop_assert!(code.strip_prefix(&plain).is_some_and(
                |rest| rest.chars().all(|one| one.is_ascii_uppercase())
            ));
            taken.push(code);
        }
    }

    #[test]
    fn a_period_reads_back_and_holds_its_days(
        ordinal in 711_858_i32..803_171,
        cadence in 0..Cadence::ALL.len(),
    ) {
        let day = Date::from_julian_day(ordinal + 1_721_425).expect("a day");
        let period = Period::of(day, Cadence::ALL[cadence]);
        prop_assert_eq!(period.to_string().parse::<Period>().ok(), Some(period));
        prop_assert!(period.first_day() <= day && day <= period.last_day());
        prop_assert_eq!(period.next().previous(), period);
        prop_assert_eq!(Some(period.next().first_day()), period.last_day().next_day());
    }
}

fn reads_back<T: Copy + PartialEq + Debug>(
    all: &[T],
    name: impl Fn(T) -> &'static str,
    parse: impl Fn(&str) -> Option<T>,
) {
    let names: BTreeSet<&str> = all.iter().map(|one| name(*one)).collect();
    assert_eq!(names.len(), all.len(), "two of {all:?} share a name");
    for one in all {
        assert_eq!(parse(name(*one)), Some(*one));
        assert_eq!(parse(&name(*one).to_lowercase().replace('_', "")), None);
    }
}

#[test]
fn every_name_reads_back_and_none_stands_twice() {
    reads_back(FindingCode::ALL, FindingCode::name, FindingCode::parse);
    reads_back(Severity::ALL, Severity::name, Severity::parse);
    reads_back(Change::ALL, Change::name, Change::parse);
    reads_back(Field::ALL, Field::name, Field::parse);
    reads_back(PlanState::ALL, PlanState::name, PlanState::parse);
    reads_back(TaskKind::ALL, TaskKind::name, TaskKind::parse);
    reads_back(TaskState::ALL, TaskState::name, TaskState::parse);
    reads_back(Role::ALL, Role::name, Role::parse);
    reads_back(Reach::ALL, Reach::name, Reach::parse);
    reads_back(Cadence::ALL, Cadence::name, Cadence::parse);
    reads_back(
        TimeAggregation::ALL,
        TimeAggregation::name,
        TimeAggregation::parse,
    );
    reads_back(
        TreeAggregation::ALL,
        TreeAggregation::name,
        TreeAggregation::parse,
    );
    reads_back(
        ReportingLevel::ALL,
        ReportingLevel::name,
        ReportingLevel::parse,
    );
    let permissions: BTreeSet<&str> = Permission::ALL.iter().map(|one| one.name()).collect();
    assert_eq!(permissions.len(), Permission::ALL.len());
}

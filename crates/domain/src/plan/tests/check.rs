//! Findings of the plan check, on plans of invented bodies.

use std::collections::HashMap;

use time::macros::date;

use crate::plan::{
    check::{Finding, FindingCode as F, Severity, Subject, excerpts, findings},
    codes::task_codes,
    draft::{
        AssignmentRole, ClauseKind, DraftClause, DraftDeadline, DraftPlan, DraftPlanKind,
        DraftWarning, PlanDraft, Span, WarningCode,
    },
    links::{Link, TaskPlace, propose},
    sample::{departments, document, list, target},
};

fn check(draft: &PlanDraft, links: &[Link], source: &str) -> Vec<Finding> {
    findings(Subject {
        draft,
        links,
        codes: &task_codes(draft, "2025"),
        excerpts: &excerpts(draft, source),
    })
}

fn codes_of(findings: &[Finding], part: usize, task: usize) -> Vec<F> {
    let place = Some(TaskPlace { plan: part, task });
    let own = findings.iter().filter(|one| one.task == place);
    own.map(|one| one.code).collect()
}

fn figure<'a>(finding: &'a Finding, name: &str) -> &'a str {
    let found = finding.figures.iter().find(|(known, _)| *known == name);
    found.map_or("", |(_, value)| value.as_str())
}

/// Two points and a key task, each with departments.
fn water_plan() -> PlanDraft {
    let mut points = list(
        DraftPlanKind::WorkPoints,
        &[
            "实施白石河干流清淤，建设白石河水质监测平台。",
            "推进望江灌区节水改造，稳步提升用水效率。",
        ],
    );
    points.tasks[0].departments = departments(&["河湖科", "监测中心"]);
    points.tasks[1].departments = departments(&["灌溉科"]);
    let mut keys = list(
        DraftPlanKind::KeyTasks,
        &["推进白石河干流清淤和望江灌区节水改造。"],
    );
    keys.tasks[0].departments = departments(&["河湖科", "灌溉科"]);
    document(vec![points, keys])
}

fn with(change: impl FnOnce(&mut Vec<DraftPlan>)) -> Vec<Finding> {
    let mut draft = water_plan();
    change(&mut draft.plans);
    check(&draft, &propose(&draft), "")
}

#[test]
fn a_point_is_asked_for_number_date_and_deliverable_and_a_key_task_is_not() {
    let found = with(|_| {});
    assert_eq!(
        codes_of(&found, 0, 0),
        [F::PointWithoutDate, F::PointWithoutNumber]
    );
    assert_eq!(
        codes_of(&found, 0, 1),
        [
            F::PointWithoutDeliverable,
            F::PointWithoutDate,
            F::PointWithoutNumber
        ]
    );
    assert_eq!(codes_of(&found, 1, 0), []);
    assert_eq!(figure(&found[0], "task"), "2025-01");
}

#[test]
fn a_number_is_a_deliverable_and_the_end_of_the_year_is_no_date() {
    let year_end = Some(date!(2025 - 12 - 31));
    let found = with(|plans| {
        plans[0].tasks[1].metrics = vec![target("3", "公里", "干渠", year_end)];
    });
    assert_eq!(codes_of(&found, 0, 1), [F::PointWithoutDate]);
    let june = Some(date!(2025 - 06 - 30));
    let found = with(|plans| {
        plans[0].tasks[1].metrics = vec![target("3", "公里", "干渠", june)];
    });
    assert_eq!(codes_of(&found, 0, 1), []);
    let found = with(|plans| {
        plans[0].tasks[0].deadline = Some(DraftDeadline {
            date: date!(2025 - 12 - 31),
            text: "12月底前".to_owned(),
        });
    });
    assert_eq!(codes_of(&found, 0, 0), [F::PointWithoutNumber]);
}

#[test]
fn every_task_needs_departments_and_one_lead() {
    let found = with(|plans| plans[1].tasks[0].departments.clear());
    assert_eq!(codes_of(&found, 1, 0), [F::PointWithoutDepartment]);
    assert_eq!(
        found.last().map(|one| one.code.severity()),
        Some(Severity::Error)
    );
    let roles = |lead| {
        move |plans: &mut Vec<DraftPlan>| {
            for one in &mut plans[1].tasks[0].departments {
                one.role = lead;
            }
        }
    };
    assert_eq!(
        codes_of(&with(roles(AssignmentRole::Support)), 1, 0),
        [F::PointWithoutLead]
    );
    assert_eq!(
        codes_of(&with(roles(AssignmentRole::Lead)), 1, 0),
        [F::TwoLeads]
    );
}

#[test]
fn departments_of_a_key_task_are_held_against_all_its_points_together() {
    let found = with(|plans| {
        plans[1].tasks[0].departments = departments(&["河湖科", "办公室", "灌溉科", "财务科"]);
    });
    let [finding] = &found
        .iter()
        .filter(|one| one.code == F::DepartmentsDisagree)
        .collect::<Vec<_>>()[..]
    else {
        panic!("one finding: {found:?}")
    };
    assert_eq!(figure(finding, "task"), "2025-K01");
    assert_eq!(figure(finding, "departments"), "办公室、财务科");
    assert_eq!(figure(finding, "workPoints"), "2025-01、2025-02");
}

#[test]
fn an_open_list_of_departments_disagrees_with_nothing() {
    let found = with(|plans| {
        plans[1].tasks[0].departments = departments(&["河湖科", "办公室"]);
        plans[0].tasks[1].others_unnamed = true;
    });
    assert!(found.iter().all(|one| one.code != F::DepartmentsDisagree));
}

#[test]
fn two_figures_for_one_thing_disagree_unless_one_of_them_is_the_same() {
    let year_end = Some(date!(2025 - 12 - 31));
    let with_targets = |points: &[(&str, &str, &str)]| {
        with(|plans| {
            plans[0].tasks[0].metrics = points
                .iter()
                .map(|(value, unit, subject)| target(value, unit, subject, year_end))
                .collect();
            plans[1].tasks[0].metrics = vec![target("12", "公里", "河道清淤", year_end)];
        })
        .into_iter()
        .filter(|one| one.code == F::TargetsDisagree)
        .collect::<Vec<_>>()
    };
    let found = with_targets(&[("10", "公里", "河道清淤")]);
    assert_eq!(found.len(), 1);
    assert_eq!(figure(&found[0], "value"), "12公里");
    assert_eq!(figure(&found[0], "otherValue"), "10公里");
    assert_eq!(figure(&found[0], "other"), "2025-01");
    assert_eq!(with_targets(&[("10", "公里", "全年河道清淤")]).len(), 1);
    assert!(with_targets(&[("12", "公里", "河道清淤")]).is_empty());
    assert!(with_targets(&[("10", "处", "河道清淤")]).is_empty());
    assert!(with_targets(&[("10", "公里", "堤防加固")]).is_empty());
    assert!(with_targets(&[("10", "公里", "河道清淤"), ("12", "公里", "河道清淤")]).is_empty());
}

#[test]
fn a_number_that_was_not_taken_is_found_where_it_stands() {
    let mut draft = water_plan();
    let source = "文".repeat(150) + "补助标准提高到30%" + &"文".repeat(400);
    let warn = |start| DraftWarning {
        code: WarningCode::NumberNotTaken,
        message: String::new(),
        span: Span {
            start,
            end: start + 10,
        },
    };
    draft.warnings = vec![warn(150), warn(20)];
    let found = check(&draft, &[], &source);
    let found: Vec<&Finding> = found
        .iter()
        .filter(|one| one.code == F::NumberNotTaken)
        .collect();
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].task, Some(TaskPlace { plan: 0, task: 0 }));
    assert_eq!(figure(found[0], "excerpt"), "补助标准提高到30%");
    assert_eq!(found[0].clause, Some(0));
    assert_eq!((found[1].task, found[1].clause), (None, None));
}

#[test]
fn joint_leads_are_found_once_also_where_only_the_reader_saw_them() {
    let mut draft = water_plan();
    let place = draft.plans[0].tasks[0].span;
    draft.warnings = vec![DraftWarning {
        code: WarningCode::TwoLeads,
        message: String::new(),
        span: Span {
            start: place.start + 50,
            end: place.start + 60,
        },
    }];
    let count = |draft: &PlanDraft| {
        let found = check(draft, &[], "");
        found.iter().filter(|one| one.code == F::TwoLeads).count()
    };
    assert_eq!(count(&draft), 1);
    for one in &mut draft.plans[0].tasks[0].departments {
        one.role = AssignmentRole::Lead;
    }
    assert_eq!(count(&draft), 1);
    draft.warnings.clear();
    assert_eq!(count(&draft), 1);
}

#[test]
fn a_finding_points_at_the_sentence_that_it_is_about() {
    let mut draft = water_plan();
    draft.plans[1].tasks[0].departments = departments(&["河湖科", "灌溉科", "办公室"]);
    draft.clauses.push(DraftClause {
        kind: ClauseKind::Responsibility,
        block: 0,
        text: "（责任部门：河湖科、灌溉科、办公室）".to_owned(),
        span: Span {
            start: 10_180,
            end: 10_200,
        },
        plan: Some(1),
        section: None,
        task: Some(0),
    });
    let found = check(&draft, &propose(&draft), "");
    let finding = found.iter().find(|one| one.code == F::DepartmentsDisagree);
    let finding = finding.expect("the office is named by the key task alone");
    assert_eq!(finding.clause, Some(3));
    assert_eq!(
        finding.span,
        Span {
            start: 10_180,
            end: 10_200
        }
    );
    let undated = found.iter().find(|one| one.code == F::PointWithoutDate);
    assert_eq!(undated.and_then(|one| one.clause), Some(0));
}

#[test]
fn a_lone_list_of_key_tasks_is_checked_as_points_and_an_empty_document_is_not() {
    let mut draft = document(vec![list(DraftPlanKind::KeyTasks, &["提升服务质量。"])]);
    draft.plans[0].tasks[0].departments = departments(&["办公室"]);
    assert_eq!(codes_of(&check(&draft, &[], ""), 0, 0).len(), 3);
    let empty = document(Vec::new());
    assert!(
        findings(Subject {
            draft: &empty,
            links: &[],
            codes: &[],
            excerpts: &HashMap::new(),
        })
        .is_empty()
    );
}

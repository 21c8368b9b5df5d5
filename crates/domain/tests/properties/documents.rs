//! Links, check and comparison on documents of random points.

use std::collections::{BTreeSet, HashMap};

use duban_domain::plan::{
    check::{self, FindingCode, Subject, findings},
    codes::task_codes,
    diff::{Change, compare},
    draft::{
        AssignmentRole, ClauseKind, DRAFT_FORMAT, DraftClause, DraftDepartment, DraftDocument,
        DraftPlan, DraftPlanKind, DraftSource, DraftTask, DraftWarning, PlanDraft, Span,
        WarningCode,
    },
    links::{Link, TaskPlace, propose},
};
use proptest::prelude::*;

/// Words of which points are made, so that different points share some.
const WORDS: [&str; 14] = [
    "建设社区分馆",
    "实现通借通还",
    "举办“临溪书香节”",
    "古籍数据平台",
    "推动高质量发展",
    "完善制度",
    "少儿阅览室",
    "白石河干流清淤",
    "供水改造",
    "开展培训",
    "加强管理",
    "深度融合",
    "望江灌区",
    "，",
];

const DEPARTMENTS: [&str; 4] = ["业务科", "少儿部", "办公室", "财务科"];

prop_compose! {
    fn point()(
        number in 0_u32..12,
        words in proptest::collection::vec(0..WORDS.len(), 0..8),
        departments in proptest::sample::subsequence(&DEPARTMENTS[..], 0..4),
        leads in 0_usize..3,
        others_unnamed in any::<bool>(),
    ) -> DraftTask {
        let words: Vec<&str> = words.into_iter().map(|word| WORDS[word]).collect();
        let text = words.concat();
        let named = departments.into_iter().enumerate().map(|(at, name)| DraftDepartment {
            name: name.to_owned(),
            name_in_text: name.to_owned(),
            role: if at < leads { AssignmentRole::Lead } else { AssignmentRole::Support },
        });
        DraftTask {
            number,
            ordinal: number.to_string(),
            title: words.first().copied().unwrap_or_default().to_owned(),
            section: None,
            text,
            departments: named.collect(),
            role_stated: false,
            others_unnamed,
            deadline: None,
            metrics: Vec::new(),
            span: Span { start: 0, end: 0 },
        }
    }
}

fn parts() -> impl Strategy<Value = Vec<DraftPlan>> {
    let kinds = [
        DraftPlanKind::WorkPoints,
        DraftPlanKind::KeyTasks,
        DraftPlanKind::Table,
    ];
    let part = (
        proptest::sample::select(kinds.to_vec()),
        proptest::collection::vec(point(), 0..9),
    );
    let part = part.prop_map(|(kind, tasks)| DraftPlan {
        title: "示例".to_owned(),
        kind,
        sections: Vec::new(),
        tasks,
        metrics: Vec::new(),
    });
    proptest::collection::vec(part, 0..4)
}

/// A document whose tasks stand one after the other, a sentence each.
fn documents() -> impl Strategy<Value = PlanDraft> {
    (parts(), proptest::collection::vec(0_usize..900, 0..4)).prop_map(|(mut plans, warned)| {
        let mut clauses = Vec::new();
        for (plan, part) in plans.iter_mut().enumerate() {
            for (task, point) in part.tasks.iter_mut().enumerate() {
                let start = clauses.len() * 20;
                point.span = Span {
                    start,
                    end: start + 20,
                };
                clauses.push(DraftClause {
                    kind: ClauseKind::Sentence,
                    block: 0,
                    text: point.text.clone(),
                    span: point.span,
                    plan: Some(plan),
                    section: None,
                    task: Some(task),
                });
            }
        }
        let warning = |start| DraftWarning {
            code: WarningCode::NumberNotTaken,
            message: String::new(),
            span: Span {
                start,
                end: start + 3,
            },
        };
        PlanDraft {
            format: DRAFT_FORMAT.to_owned(),
            source: DraftSource {
                file: "plan.md".to_owned(),
                sha256: String::new(),
                characters: 0,
            },
            document: DraftDocument {
                year: Some(2025),
                ..DraftDocument::default()
            },
            plans,
            clauses,
            warnings: warned.into_iter().map(warning).collect(),
        }
    })
}

fn places(draft: &PlanDraft) -> BTreeSet<TaskPlace> {
    let parts = draft.plans.iter().enumerate();
    parts
        .flat_map(|(plan, part)| (0..part.tasks.len()).map(move |task| TaskPlace { plan, task }))
        .collect()
}

fn checked(draft: &PlanDraft, links: &[Link]) -> Vec<check::Finding> {
    findings(Subject {
        draft,
        links,
        codes: &task_codes(draft, "2025"),
        excerpts: &HashMap::new(),
    })
}

proptest! {
    #[test]
    fn a_document_differs_in_nothing_from_itself(draft in documents()) {
        let diffs = compare(&draft, &draft);
        prop_assert_eq!(diffs.len(), places(&draft).len());
        for one in diffs {
            prop_assert_eq!(one.change, Change::Same);
            prop_assert!(one.fields.is_empty());
            // Points of the same words may stand for each other, but a kind of list never changes.
            let kind = |place: Option<TaskPlace>| place.map(|one| draft.plans[one.plan].kind);
            prop_assert_eq!(kind(one.old), kind(one.new));
        }
    }

    #[test]
    fn the_comparison_mirrors(old in documents(), new in documents()) {
        let outline = |from: &PlanDraft, to: &PlanDraft| -> BTreeSet<_> {
            let all = compare(from, to).into_iter();
            all.map(|one| (one.old, one.new, one.change, one.fields)).collect()
        };
        let mirrored: BTreeSet<_> = outline(&new, &old)
            .into_iter()
            .map(|(old, new, change, fields)| {
                let change = match change {
                    Change::Added => Change::Removed,
                    Change::Removed => Change::Added,
                    kept => kept,
                };
                (new, old, change, fields)
            })
            .collect();
        prop_assert_eq!(outline(&old, &new), mirrored);
    }

    #[test]
    fn every_task_of_either_side_stands_in_the_comparison_once(
        old in documents(),
        new in documents(),
    ) {
        let diffs = compare(&old, &new);
        let before: Vec<TaskPlace> = diffs.iter().filter_map(|one| one.old).collect();
        let after: Vec<TaskPlace> = diffs.iter().filter_map(|one| one.new).collect();
        prop_assert_eq!(before.len(), places(&old).len());
        prop_assert_eq!(after.len(), places(&new).len());
        prop_assert_eq!(before.into_iter().collect::<BTreeSet<_>>(), places(&old));
        prop_assert_eq!(after.into_iter().collect::<BTreeSet<_>>(), places(&new));
        for one in diffs {
            let is_as_told = match one.change {
                Change::Added => one.old.is_none() && one.new.is_some(),
                Change::Removed => one.old.is_some() && one.new.is_none(),
                Change::Same | Change::Changed => one.old.is_some() && one.new.is_some(),
            };
            prop_assert!(is_as_told);
            prop_assert_eq!(one.change == Change::Changed, !one.fields.is_empty());
        }
    }

    #[test]
    fn links_go_from_key_tasks_to_other_points_each_once(draft in documents()) {
        let links = propose(&draft);
        let distinct: BTreeSet<Link> = links.iter().copied().collect();
        prop_assert_eq!(links.clone(), distinct.into_iter().collect::<Vec<_>>());
        for link in &links {
            prop_assert!(places(&draft).contains(&link.key_task));
            prop_assert!(places(&draft).contains(&link.work_point));
            prop_assert_eq!(draft.plans[link.key_task.plan].kind, DraftPlanKind::KeyTasks);
            prop_assert_ne!(link.key_task.plan, link.work_point.plan);
        }
        prop_assert_eq!(links, propose(&draft));
    }

    #[test]
    fn each_finding_stands_on_a_task_and_a_sentence_that_are_there(draft in documents()) {
        let found = checked(&draft, &propose(&draft));
        for one in &found {
            let known = one.task.is_none_or(|place| places(&draft).contains(&place));
            prop_assert!(known);
            let clause = one.clause.and_then(|index| draft.clauses.get(index));
            prop_assert_eq!(clause.is_some(), one.clause.is_some());
            let is_anywhere = one.code == FindingCode::NumberNotTaken;
            prop_assert!(is_anywhere || clause.is_some());
            if let (Some(place), Some(clause)) = (one.task, clause) {
                prop_assert_eq!(clause.plan, Some(place.plan));
                prop_assert_eq!(clause.task, Some(place.task));
            }
        }
        let without = found
            .iter()
            .filter(|one| one.code == FindingCode::PointWithoutDepartment)
            .count();
        let expected = draft
            .plans
            .iter()
            .flat_map(|part| &part.tasks)
            .filter(|task| task.departments.is_empty())
            .count();
        prop_assert_eq!(without, expected);
    }

    #[test]
    fn naming_the_missing_departments_at_a_point_settles_the_disagreement(draft in documents()) {
        let links = propose(&draft);
        let disagree = |draft: &PlanDraft| {
            let found = checked(draft, &links).into_iter();
            found
                .filter(|one| one.code == FindingCode::DepartmentsDisagree)
                .filter_map(|one| one.task)
                .collect::<Vec<_>>()
        };
        let mut mended = draft.clone();
        for link in &links {
            let own = mended.plans[link.key_task.plan].tasks[link.key_task.task].departments.clone();
            let point = &mut mended.plans[link.work_point.plan].tasks[link.work_point.task];
            point.departments.extend(own);
        }
        prop_assert!(disagree(&mended).is_empty());
    }
}

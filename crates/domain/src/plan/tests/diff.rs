//! Comparisons of two readings of invented plans.

use time::macros::date;

use crate::plan::{
    diff::{Change, Field, TaskDiff, compare},
    draft::{AssignmentRole, DraftDeadline, DraftPlanKind, DraftSection, PlanDraft, Span},
    sample::{departments, document, list, target},
};

const TEXTS: [&str; 4] = [
    "完善总分馆制度。新建社区分馆6个，统一采购编目，实现通借通还。",
    "办好“临溪书香节”。组织名家讲座、旧书交换和亲子共读活动。",
    "加快古籍数字化。完成馆藏方志扫描，建设古籍数据平台，向社会开放检索。",
    "改善阅览环境。改造少儿阅览室，增配绘本和有声读物，开设周末故事会。",
];

fn plan(texts: &[&str]) -> PlanDraft {
    let mut part = list(DraftPlanKind::WorkPoints, texts);
    for task in &mut part.tasks {
        task.departments = departments(&["业务科", "少儿部"]);
    }
    document(vec![part])
}

/// What became of each task: the change and the two numbers.
fn outline(old: &PlanDraft, new: &PlanDraft) -> Vec<(Change, Option<u32>, Option<u32>)> {
    let number = |draft: &PlanDraft, place: Option<crate::plan::links::TaskPlace>| {
        place.map(|place| draft.plans[place.plan].tasks[place.task].number)
    };
    let of = |one: TaskDiff| (one.change, number(old, one.old), number(new, one.new));
    compare(old, new).into_iter().map(of).collect()
}

#[test]
fn an_inserted_point_changes_none_of_those_that_follow() {
    let mut texts = TEXTS.to_vec();
    texts.insert(1, "开展馆员培训。选派骨干到省馆跟班学习。");
    let found = outline(&plan(&TEXTS), &plan(&texts));
    assert_eq!(
        found,
        [
            (Change::Same, Some(1), Some(1)),
            (Change::Added, None, Some(2)),
            (Change::Same, Some(2), Some(3)),
            (Change::Same, Some(3), Some(4)),
            (Change::Same, Some(4), Some(5)),
        ]
    );
}

#[test]
fn a_point_that_was_moved_and_reworded_is_found_again() {
    let texts = [
        TEXTS[3],
        TEXTS[1],
        "推进总分馆制度建设。新建社区分馆8个，统一采购编目，实现通借通还。",
    ];
    let found = outline(&plan(&TEXTS), &plan(&texts));
    assert_eq!(
        found,
        [
            (Change::Same, Some(4), Some(1)),
            (Change::Same, Some(2), Some(2)),
            (Change::Changed, Some(1), Some(3)),
            (Change::Removed, Some(3), None),
        ]
    );
}

#[test]
fn a_point_with_nothing_in_common_is_another_one_although_it_has_the_number() {
    let mut texts = TEXTS;
    texts[1] = "修缮馆舍屋面，更换消防设施。";
    let found = outline(&plan(&TEXTS), &plan(&texts));
    assert_eq!(found[1], (Change::Added, None, Some(2)));
    assert_eq!(found[4], (Change::Removed, Some(2), None));
}

#[test]
fn a_point_of_the_same_number_that_was_rewritten_for_the_most_part_is_still_that_one() {
    let mut texts = TEXTS;
    texts[2] = "做好古籍保护。建设古籍数据平台，举办古籍修复培训，争取列入省级名录。";
    let found = outline(&plan(&TEXTS), &plan(&texts));
    assert_eq!(found[2], (Change::Changed, Some(3), Some(3)));
}

#[test]
fn each_field_that_differs_is_named() {
    let old = plan(&TEXTS);
    let differs = |change: &dyn Fn(&mut PlanDraft)| {
        let mut new = old.clone();
        change(&mut new);
        compare(&old, &new)[0].fields.clone()
    };
    assert_eq!(
        differs(&|new| new.plans[0].tasks[0].title.push('了')),
        [Field::Title]
    );
    assert_eq!(
        differs(&|new| new.plans[0].tasks[0].text.push('了')),
        [Field::Text]
    );
    assert_eq!(
        differs(&|new| new.plans[0].tasks[0].departments = departments(&["业务科"])),
        [Field::Departments]
    );
    assert_eq!(
        differs(&|new| new.plans[0].tasks[0].departments = departments(&["少儿部", "业务科"])),
        [Field::Roles]
    );
    assert_eq!(
        differs(&|new| new.plans[0].tasks[0].departments[1].role = AssignmentRole::Lead),
        [Field::Roles]
    );
    assert_eq!(
        differs(&|new| new.plans[0].tasks[0].deadline = Some(DraftDeadline {
            date: date!(2025 - 06 - 30),
            text: "6月底前".to_owned(),
        })),
        [Field::Deadline]
    );
    assert_eq!(
        differs(&|new| new.plans[0].tasks[0].metrics = vec![target("6", "个", "分馆", None)]),
        [Field::Metrics]
    );
    assert_eq!(
        differs(&|new| {
            new.plans[0].sections = vec![DraftSection {
                key: "1".to_owned(),
                ordinal: "一".to_owned(),
                title: "服务".to_owned(),
                level: 1,
                parent: None,
                span: Span { start: 0, end: 2 },
            }];
            new.plans[0].tasks[0].section = Some("1".to_owned());
        }),
        [Field::Section]
    );
    assert_eq!(differs(&|new| new.plans[0].tasks[0].span.end += 7), []);
}

#[test]
fn parts_of_one_kind_are_compared_in_whatever_order_they_stand() {
    let (points, keys) = (
        list(DraftPlanKind::WorkPoints, &TEXTS[..2]),
        list(DraftPlanKind::KeyTasks, &TEXTS[2..]),
    );
    let old = document(vec![points.clone(), keys.clone()]);
    let new = document(vec![keys, points]);
    let found = compare(&old, &new);
    assert_eq!(found.len(), 4);
    assert!(found.iter().all(|one| one.change == Change::Same));
}

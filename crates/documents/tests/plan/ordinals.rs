//! Ordinals that are easily taken for something else.

use duban_documents::{
    plan::{DepartmentRegister, parse},
    read::{Limits, read},
};

/// The ordinals and titles of the points of a text.
fn points(text: &str) -> Vec<(u32, String)> {
    let source = read("plan.md", text.as_bytes(), &Limits::default()).expect("a text");
    let draft = parse(&source, &DepartmentRegister::default()).expect("a plan");
    let tasks = draft.plans.into_iter().flat_map(|plan| plan.tasks);
    tasks.map(|task| (task.number, task.title)).collect()
}

#[test]
fn a_point_may_begin_with_a_date() {
    let text = "# 云岭市科协2026年工作要点\n\n一、重点工作\n\n1. 扩大志愿队伍。招募志愿者。（责任部门：普及部）\n\n\
        2. 11月完成年度考核。做好总结。（责任部门：办公室）\n\n\
        3. 2026年科普日。办好主场活动。（责任部门：普及部）\n";
    let found = points(text);
    let numbers: Vec<u32> = found.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [1, 2, 3], "{found:?}");
    assert_eq!(found[1].1, "11月完成年度考核");
    assert_eq!(found[2].1, "2026年科普日");
}

//! Key tasks and what they sum up, in plans of invented bodies.

use crate::plan::{
    draft::{DraftPlanKind, PlanDraft},
    links::propose,
    sample::{document, list},
};

/// For each key task the numbers of the points that it is linked with.
fn linked(draft: &PlanDraft) -> Vec<Vec<u32>> {
    let keys = draft.plans.last().map_or(0, |plan| plan.tasks.len());
    let mut found = vec![Vec::new(); keys];
    for link in propose(draft) {
        let point = &draft.plans[link.work_point.plan].tasks[link.work_point.task];
        found[link.key_task.task].push(point.number);
    }
    found
}

fn plan(points: &[&str], keys: &[&str]) -> PlanDraft {
    document(vec![
        list(DraftPlanKind::WorkPoints, points),
        list(DraftPlanKind::KeyTasks, keys),
    ])
}

#[test]
fn a_library_plan_is_linked_by_names_and_turns_of_phrase() {
    let draft = plan(
        &[
            "完善总分馆制度。新建社区分馆6个，统一采购编目，实现通借通还，推动全市公共阅读高质量发展。",
            "办好“临溪书香节”。组织名家讲座、旧书交换和亲子共读活动，扩大全民阅读品牌影响力。",
            "加快古籍数字化。完成馆藏方志扫描，建设古籍数据平台，向社会开放检索。",
            "改善少年儿童阅览环境。改造少儿阅览室，增配绘本和有声读物，开设周末故事会。",
            "加强队伍建设。举办业务培训班，选派骨干到省馆跟班学习，培育阅读推广志愿者。",
        ],
        &[
            "建成一批社区分馆，推进总分馆通借通还。",
            "举办第八届“临溪书香节”，开设少儿周末故事会。",
            "推进馆藏方志扫描和古籍数据平台建设，促进文化事业高质量发展。",
            "全面加强党的建设，为各项工作提供坚强保障。",
        ],
    );
    assert_eq!(linked(&draft), [vec![1], vec![2, 4], vec![3], Vec::new()]);
}

#[test]
fn a_water_plan_is_not_misled_by_the_words_that_all_its_points_share() {
    let draft = plan(
        &[
            "推进白石河综合治理。实施白石河干流清淤和堤防加固工程，推动水利基础设施建设提质增效。",
            "加强白石河水质监测。布设自动监测站，按月公布断面水质，推动水利基础设施建设提质增效。",
            "建设农村供水管网。实施青坪镇、桥头镇供水改造，推动水利基础设施建设提质增效。",
            "深化水价改革。在望江灌区开展农业水价综合改革试点，完善计量设施。",
            "强化防汛调度。修订水库调度规程，开展联合演练，健全会商机制。",
        ],
        &[
            "完成白石河干流清淤和堤防加固，推动水利基础设施建设提质增效。",
            "布设自动监测站，让群众看得到断面水质。",
            "推进农业水价综合改革试点和青坪镇供水改造。",
            "修订水库调度规程，组织防汛联合演练。",
            "推动水利基础设施建设提质增效。",
        ],
    );
    assert_eq!(
        linked(&draft),
        [vec![1], vec![2], vec![3, 4], vec![5], Vec::new()]
    );
}

#[test]
fn a_short_name_in_quotation_marks_is_enough_and_a_common_word_is_not() {
    let points = [
        "开展“一码通办”。整合办事窗口，压减材料。",
        "规范政务公开。及时答复群众来信，提高办理质量。",
        "推行绿色办公。减少纸张使用。",
    ];
    let keys = ["推广“一码通办”。", "推行一窗受理。", "提高群众满意度。"];
    assert_eq!(
        linked(&plan(&points, &keys)),
        [vec![1], Vec::new(), Vec::new()]
    );
}

#[test]
fn a_point_that_repeats_its_title_elsewhere_is_linked_once_and_in_order() {
    let points = [
        "建设城市书房网络。城市书房网络延伸到街道。",
        "建设智慧停车平台。智慧停车平台接入全部路侧泊位。",
    ];
    let keys = ["建设智慧停车平台和城市书房网络，城市书房网络覆盖全部街道。"];
    assert_eq!(linked(&plan(&points, &keys)), [vec![1, 2]]);
}

#[test]
fn without_key_tasks_or_without_points_nothing_is_linked() {
    let texts = ["建设城市书房网络。", "建设城市书房网络。"];
    for kind in [DraftPlanKind::WorkPoints, DraftPlanKind::KeyTasks] {
        assert!(propose(&document(vec![list(kind, &texts)])).is_empty());
    }
    assert!(propose(&document(Vec::new())).is_empty());
}

//! The founding plan: the seed's version of it always, the issued paper where it lies at hand.

use std::{fs, path::Path};

use duban_documents::{
    plan::{DepartmentRegister, parse},
    read::{Limits, read},
};
use duban_domain::plan::draft::{AssignmentRole, DraftPlan, DraftPlanKind, PlanDraft};

/// Who does what: code of the department and the tasks in which it leads and supports.
type Duties = (&'static str, &'static [u32], &'static [u32]);

const WORK_POINTS: &[Duties] = &[
    ("办公室", &[20], &[18, 22, 25, 26]),
    ("组织人事部", &[5, 6, 8, 24, 26], &[1, 3]),
    ("调研宣传部", &[1, 2, 3, 4, 21, 22], &[8]),
    ("学会学术部", &[9, 10, 11, 12, 17, 18, 23], &[3, 5, 6, 24]),
    ("科学技术普及部", &[13, 14, 15, 19], &[16, 18]),
    ("机关党委", &[25], &[]),
    ("省科技馆", &[16], &[7, 11]),
    ("省科普中心", &[7], &[13, 14]),
    ("学会服务中心", &[], &[11, 14, 17, 23]),
    ("人才发展中心", &[], &[1, 3, 5, 8, 22, 26]),
];

const KEY_TASKS: &[Duties] = &[
    ("办公室", &[], &[3]),
    ("组织人事部", &[2], &[7]),
    ("调研宣传部", &[7, 8], &[1]),
    ("学会学术部", &[3, 4], &[1, 2, 7]),
    ("科学技术普及部", &[5, 6], &[2, 3]),
    ("机关党委", &[1], &[]),
    ("省科技馆", &[9], &[5]),
    ("省科普中心", &[], &[5, 6]),
    ("学会服务中心", &[10], &[1, 3, 4]),
    ("人才发展中心", &[], &[2, 7, 10]),
];

fn draft_of(path: &Path) -> PlanDraft {
    let bytes = fs::read(path).expect("the plan is readable");
    let source = read("plan.md", &bytes, &Limits::default()).expect("the plan is text");
    let names = WORK_POINTS.iter().map(|(name, _, _)| {
        let others = if *name == "科学技术普及部" {
            vec!["科普部".to_owned()]
        } else {
            Vec::new()
        };
        ((*name).to_owned(), others)
    });
    parse(&source, &DepartmentRegister::new(names)).expect("it is a plan")
}

fn check(path: &Path) {
    let draft = draft_of(path);
    let document = &draft.document;
    assert_eq!(
        document.title.as_deref(),
        Some("河南省科协办公室关于印发河南省科协2025年工作要点和十项重点工作通知")
    );
    assert_eq!(document.issuing_body.as_deref(), Some("河南省科协办公室"));
    assert_eq!(
        document.document_number.as_deref(),
        Some("豫科协办发〔2025〕2号")
    );
    assert_eq!(document.year, Some(2025));
    let issued = document.issued_on.map(|date| date.to_string());
    assert_eq!(issued.as_deref(), Some("2025-03-17"));
    assert_eq!(
        document.recipients.join("|"),
        "机关各部室|各直属事业单位|各省辖市和济源示范区科协|各全省学会|协会|研究会|\
         各高校科协|企业科协|医疗卫生机构科协"
    );
    let [points, key] = draft.plans.as_slice() else {
        panic!("two plans, not {}", draft.plans.len());
    };
    assert_eq!(points.title, "河南省科协2025年工作要点");
    assert_eq!(points.kind, DraftPlanKind::WorkPoints);
    assert_eq!(key.title, "河南省科协2025年十项重点工作");
    assert_eq!(key.kind, DraftPlanKind::KeyTasks);
    assert_eq!((points.sections.len(), key.sections.len()), (8, 0));
    numbered(points, 26);
    numbered(key, 10);
    let chapters: Vec<&str> = points
        .tasks
        .iter()
        .filter_map(|task| task.section.as_deref())
        .collect();
    assert_eq!(
        chapters.concat(),
        "1111222233334444555566778".to_owned() + "8"
    );
    assert_eq!(assigned(points, WORK_POINTS) + assigned(key, KEY_TASKS), 80);
    let written = |plan: &DraftPlan| {
        let mut names = plan.tasks.iter().flat_map(|task| &task.departments);
        names.any(|one| one.name_in_text == "科普部" && one.name == "科学技术普及部")
    };
    assert!(written(key), "the short name is led to the full one");
    let stated = |plan: &DraftPlan| plan.tasks.iter().any(|task| task.role_stated);
    assert!(!stated(points) && !stated(key));
    let codes: Vec<_> = draft.warnings.iter().map(|one| one.code).collect();
    let structural = codes
        .iter()
        .filter(|code| !format!("{code:?}").contains("NotTaken"))
        .count();
    assert_eq!(structural, 0, "{codes:?}");
}

fn numbered(plan: &DraftPlan, count: u32) {
    let numbers: Vec<u32> = plan.tasks.iter().map(|task| task.number).collect();
    assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
}

/// How many assignments there are; all of them are those of the table.
fn assigned(plan: &DraftPlan, duties: &[Duties]) -> usize {
    for (name, leads, supports) in duties {
        for (role, expected) in [
            (AssignmentRole::Lead, leads),
            (AssignmentRole::Support, supports),
        ] {
            let of = |task: &&duban_domain::plan::draft::DraftTask| {
                let mut named = task.departments.iter();
                named.any(|one| one.name == *name && one.role == role)
            };
            let tasks: Vec<u32> = plan
                .tasks
                .iter()
                .filter(of)
                .map(|task| task.number)
                .collect();
            assert_eq!(&tasks, expected, "{name} {role:?} in {}", plan.title);
        }
    }
    plan.tasks.iter().map(|task| task.departments.len()).sum()
}

#[test]
fn the_seeded_plan_is_read_in_full() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    check(&root.join("seeds/plans/henan-cast-2025.md"));
}

/// Nothing to prove where the paper is not at hand: it belongs to its issuer and is in no
/// repository.
#[test]
fn the_issued_paper_is_read_in_full() {
    if let Some(path) = std::env::var_os("DUBAN_FOUNDING_DOCUMENT") {
        check(Path::new(&path));
    }
}

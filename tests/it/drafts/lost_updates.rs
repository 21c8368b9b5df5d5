//! Several people at once: one wins each version, and nothing that was acknowledged is lost.
//!
//! On PostgreSQL, for the single writer of SQLite hides such faults.

use duban_tests::{Answer, Backend::Postgres, Person};
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{Draft, PLAN, UNKNOWN, import};
use crate::sql;

/// How many act at once.
const EDITORS: usize = 8;
/// How often.
const ROUNDS: i64 = 3;

/// The same change by all at once, each with a content of its own.
async fn all_at_once(
    officer: &Person,
    name: &str,
    input: impl Fn(usize) -> Value,
    fields: &str,
) -> Vec<Answer> {
    let all = (0..EDITORS).map(|editor| officer.change(name, input(editor), fields));
    join_all(all).await
}

/// How many were acknowledged; every other is told of the conflict.
fn acknowledged(name: &str, answers: &[Answer]) -> usize {
    let mut count = 0;
    for answer in answers {
        match answer.user_errors(name).as_slice() {
            [] => count += 1,
            [error] => assert!(error.starts_with("CONFLICT at expected"), "{answer:?}"),
            _ => panic!("{answer:?}"),
        }
    }
    count
}

/// Rounds of edits of one object, each of the version that stands: one wins each round.
async fn one_wins_each_version(
    draft: &Draft,
    name: &str,
    (version_of, at): (&str, &str),
    input: impl Fn(usize, i64) -> Value,
) {
    let first = draft.see(version_of).await.number(at);
    for round in 0..ROUNDS {
        let version = first + round;
        let write = |editor| input(editor, version);
        let answers = all_at_once(&draft.officer, name, write, "__typename").await;
        assert_eq!(
            acknowledged(name, &answers),
            1,
            "{name} at version {version}"
        );
    }
    let last = draft.see(version_of).await.number(at);
    assert_eq!(last, first + ROUNDS, "{name}: a version for each success");
}

#[tokio::test]
async fn edits_of_a_plan() {
    let draft = Draft::start(Postgres).await;
    let at = ("{ plan(id: \"2031\") { version } }", "/plan/version");
    one_wins_each_version(&draft, "updatePlan", at, |editor, version| {
        json!({ "planId": "2031", "expectedVersion": version, "title": format!("题目{editor}") })
    })
    .await;
}

#[tokio::test]
async fn edits_of_a_task_its_departments_milestones_and_metrics() {
    let draft = Draft::start(Postgres).await;
    let at = ("{ task(id: \"2031-01\") { version } }", "/task/version");
    one_wins_each_version(&draft, "updateTask", at, |editor, version| {
        json!({ "taskId": "2031-01", "expectedVersion": version, "title": format!("题目{editor}") })
    })
    .await;
    let codes = ["BGS", "ZRB", "DXB", "XXB", "KPB", "JGDW", "KJG", "KPZX"];
    one_wins_each_version(&draft, "setAssignments", at, |editor, version| {
        json!({
            "taskId": "2031-01", "expectedVersion": version, "lead": codes[editor],
            "support": [codes[(editor + 1) % EDITORS]],
        })
    })
    .await;
    one_wins_each_version(&draft, "addMilestone", at, |editor, version| {
        json!({
            "taskId": "2031-01", "expectedTaskVersion": version, "title": format!("节点{editor}"),
        })
    })
    .await;
    one_wins_each_version(&draft, "addMetric", at, |editor, version| {
        json!({
            "taskId": "2031-01", "expectedTaskVersion": version, "name": format!("指标{editor}"),
            "value": "1", "unit": "项", "comparator": "AT_LEAST",
        })
    })
    .await;
    let found = draft
        .see(
            "{ task(id: \"2031-01\") { milestones { totalCount } metrics { edges { node { code } } }
               assignments { totalCount } } }",
        )
        .await;
    assert_eq!(found.number("/task/milestones/totalCount"), ROUNDS);
    assert_eq!(found.number("/task/assignments/totalCount"), 2);
    let codes = found.nodes("/task/metrics", "code");
    assert_eq!(
        codes,
        [
            "2031-01-M1",
            "2031-01-M2",
            "2031-01-M3",
            "2031-01-M4",
            "2031-01-M5"
        ]
    );
}

#[tokio::test]
async fn edits_of_links_metrics_and_milestones() {
    let draft = Draft::start(Postgres).await;
    let at = ("{ task(id: \"2031-K01\") { version } }", "/task/version");
    one_wins_each_version(&draft, "linkKeyTask", at, |editor, version| {
        let point = format!("2031-0{}", editor % 4 + 1);
        json!({ "taskId": "2031-K01", "expectedVersion": version, "workPoints": [point] })
    })
    .await;
    let at = (
        "{ metric(id: \"2031-01-M1\") { version } }",
        "/metric/version",
    );
    one_wins_each_version(&draft, "updateMetric", at, |editor, version| {
        json!({ "metricId": "2031-01-M1", "expectedVersion": version, "value": editor.to_string() })
    })
    .await;
    let milestone = draft.milestone().await;
    let query = format!("{{ node(id: \"{milestone}\") {{ ... on Milestone {{ version }} }} }}");
    one_wins_each_version(
        &draft,
        "updateMilestone",
        (&query, "/node/version"),
        |editor, version| {
            let title = format!("节点{editor}");
            json!({ "milestoneId": milestone, "expectedVersion": version, "title": title })
        },
    )
    .await;
}

/// How many of these changes were acknowledged; the others are told one of these.
fn done(name: &str, answers: &[Answer], otherwise: &[&str]) -> usize {
    let mut count = 0;
    for answer in answers {
        match answer.user_errors(name).as_slice() {
            [] => count += 1,
            [error] => assert!(otherwise.contains(&error.as_str()), "{answer:?}"),
            _ => panic!("{answer:?}"),
        }
    }
    count
}

#[tokio::test]
async fn what_can_happen_once_happens_once() {
    let draft = Draft::start(Postgres).await;
    let officer = &draft.officer;
    let head = sql::audit_head(&draft.app).await;
    let warning = draft.warning("TASK_WITHOUT_DEPARTMENT").await;
    let input = |_| json!({ "warningId": warning });
    let answers = all_at_once(officer, "dismissPlanWarning", input, "__typename").await;
    assert_eq!(done("dismissPlanWarning", &answers, &[]), EDITORS);

    let input = |editor: usize| {
        let code = format!("YL{editor}");
        let create = json!({ "code": code, "name": format!("云岭{editor}"), "kind": "PARTNER" });
        json!({ "planId": "2031", "name": UNKNOWN, "create": create })
    };
    let answers = all_at_once(officer, "resolveDepartmentName", input, "__typename").await;
    let late = ["NAME_NOT_OPEN at name"];
    assert_eq!(done("resolveDepartmentName", &answers, &late), 1);

    let input = |_| json!({ "metricId": "2031-01-M2", "expectedVersion": 1 });
    let answers = all_at_once(officer, "removeMetric", input, "__typename").await;
    assert_eq!(
        done("removeMetric", &answers, &["NOT_FOUND at metricId"]),
        1
    );

    let input = json!({ "taskId": "2031-04", "expectedVersion": 1, "lead": "BGS", "support": [] });
    draft.must("setAssignments", input, "__typename").await;
    let input = |_| json!({ "planId": "2031", "expectedVersion": 1 });
    let answers = all_at_once(officer, "issuePlan", input, "__typename").await;
    assert_eq!(done("issuePlan", &answers, &["PLAN_NOT_DRAFT at "]), 1);
    let events = [
        "plan.warning_dismissed",
        "plan.name_resolved",
        "metric.removed",
        "task.assignments_set",
        "plan.issued",
    ];
    assert_eq!(sql::audit_after(&draft.app, head).await, events);
}

#[tokio::test]
async fn a_draft_is_discarded_or_issued_and_never_edited_afterwards() {
    let draft = Draft::start(Postgres).await;
    let officer = &draft.officer;
    let discard = json!({ "planId": "2031", "expectedVersion": 1 });
    let edit = json!({ "taskId": "2031-01", "expectedVersion": 1, "title": "新题目" });
    let add = json!({ "taskId": "2031-02", "expectedTaskVersion": 1, "title": "节点" });
    let (discarded, edited, added) = tokio::join!(
        officer.change("discardPlan", discard, "__typename"),
        officer.change("updateTask", edit, "__typename"),
        officer.change("addMilestone", add, "__typename"),
    );
    assert_eq!(discarded.user_errors("discardPlan"), [""; 0]);
    for (name, answer) in [("updateTask", edited), ("addMilestone", added)] {
        assert!(done(name, &[answer], &["NOT_FOUND at taskId"]) <= 1);
    }
    assert_eq!(
        sql::number(&draft.app, "SELECT COUNT(*) FROM task").await,
        0
    );
}

#[tokio::test]
async fn files_brought_in_at_once_all_get_codes_and_the_same_one_makes_one_plan() {
    let draft = Draft::start(Postgres).await;
    let same = PLAN.replace("2031", "2032");
    let all = (0..EDITORS).map(|_| import(&draft.officer, &same));
    let answers = join_all(all).await;
    let new = |answer: &Answer| *answer.at("/importPlan/isNew") == json!(true);
    assert_eq!(answers.iter().filter(|one| new(one)).count(), 1);
    assert!(
        answers
            .iter()
            .all(|one| one.text("/importPlan/plan/code") == "2032")
    );
    let texts: Vec<String> = (0..EDITORS)
        .map(|number| {
            PLAN.replace("2031", "2033")
                .replace("云岭县", &format!("云岭{number}县"))
        })
        .collect();
    let all = texts.iter().map(|text| import(&draft.officer, text));
    let mut codes: Vec<String> = join_all(all)
        .await
        .iter()
        .map(|answer| answer.text("/importPlan/plan/code").to_owned())
        .collect();
    codes.sort();
    let expected = [
        "2033", "2033B", "2033C", "2033D", "2033E", "2033F", "2033G", "2033H",
    ];
    assert_eq!(codes, expected);
}

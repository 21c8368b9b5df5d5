//! Every change of a draft, done as it should be.

use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::json;

use super::{Draft, UNKNOWN};
use crate::sql;

#[rstest]
#[tokio::test]
async fn the_head_of_a_plan_is_mended(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let head = sql::audit_head(&draft.app).await;
    let input = json!({
        "planId": "2031", "expectedVersion": 1, "title": " 云岭县科协2032年要点 ",
        "issuingBody": "云岭县科协", "documentNumber": "云科协发〔2032〕3号",
        "year": 2032, "issuedOn": "2032-01-15",
    });
    let fields = "plan { code title issuingBody documentNumber year issuedOn state version }";
    let answer = draft.must("updatePlan", input, fields).await;
    let expected = json!({
        "code": "2031", "title": "云岭县科协2032年要点", "issuingBody": "云岭县科协",
        "documentNumber": "云科协发〔2032〕3号", "year": 2032, "issuedOn": "2032-01-15",
        "state": "DRAFT", "version": 2,
    });
    assert_eq!(*answer.at("/updatePlan/plan"), expected);
    let input = json!({ "planId": "2031", "expectedVersion": 2, "title": "另一个题目" });
    let answer = draft.must("updatePlan", input, fields).await;
    assert_eq!(answer.text("/updatePlan/plan/title"), "另一个题目");
    assert_eq!(
        answer.number("/updatePlan/plan/year"),
        2032,
        "what is left out stays"
    );
    let events = ["plan.updated", "plan.updated"];
    assert_eq!(sql::audit_after(&draft.app, head).await, events);
}

#[rstest]
#[tokio::test]
async fn title_and_deadline_of_a_task_are_mended(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let fields = "task { title deadline version }";
    let input = json!({
        "taskId": "2031-03", "expectedVersion": 1, "title": "清点档案", "deadline": "2031-10-31",
    });
    let answer = draft.must("updateTask", input, fields).await;
    let expected = json!({ "title": "清点档案", "deadline": "2031-10-31", "version": 2 });
    assert_eq!(*answer.at("/updateTask/task"), expected);
    let found = draft
        .see("{ tasks(filter: { text: \"清点档案\" }) { edges { node { code } } } }")
        .await;
    assert_eq!(
        found.nodes("/tasks", "code"),
        ["2031-03"],
        "it is found by its new title"
    );
    let input = json!({ "taskId": "2031-03", "expectedVersion": 2, "clearDeadline": true });
    let answer = draft.must("updateTask", input, fields).await;
    let expected = json!({ "title": "清点档案", "deadline": null, "version": 3 });
    assert_eq!(*answer.at("/updateTask/task"), expected);
}

const DEPARTMENTS: &str = "task {
  version lead { code } unresolvedDepartments { name role }
  assignments { edges { node { role nameInText department { code } } } }
}";

#[rstest]
#[tokio::test]
async fn departments_are_assigned_in_order(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let before = draft
        .see("{ task(id: \"2031-02\") { unresolvedDepartments { name role } } }")
        .await;
    let open = json!([{ "name": UNKNOWN, "role": "SUPPORT" }]);
    assert_eq!(*before.at("/task/unresolvedDepartments"), open);
    let input = json!({
        "taskId": "2031-02", "expectedVersion": 1, "lead": "XXB",
        "support": ["410100", "KPB", "BGS"],
    });
    let answer = draft.must("setAssignments", input, DEPARTMENTS).await;
    let task = "/setAssignments/task";
    assert_eq!(answer.text(&format!("{task}/lead/code")), "XXB");
    assert_eq!(answer.number(&format!("{task}/version")), 2);
    assert_eq!(
        answer.list(&format!("{task}/unresolvedDepartments")),
        [""; 0]
    );
    let list = format!("{task}/assignments");
    let codes = answer.nodes(&list, "department/code");
    assert_eq!(codes, ["XXB", "410100", "KPB", "BGS"]);
    assert_eq!(
        answer.nodes(&list, "role"),
        ["LEAD", "SUPPORT", "SUPPORT", "SUPPORT"]
    );
    let names = answer.nodes(&list, "nameInText");
    assert_eq!(
        names,
        ["学会学术部", "郑州市科协", "科学技术普及部", "办公室"]
    );
}

#[rstest]
#[tokio::test]
async fn a_key_task_sums_up_what_is_said(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let fields = "task { version sumsUp { edges { node { code } } } }";
    let input = json!({
        "taskId": "2031-K01", "expectedVersion": 1, "workPoints": ["2031-02", "2031-01", "2031-02"],
    });
    let answer = draft.must("linkKeyTask", input, fields).await;
    assert_eq!(
        answer.nodes("/linkKeyTask/task/sumsUp", "code"),
        ["2031-01", "2031-02"]
    );
    let input = json!({ "taskId": "2031-K01", "expectedVersion": 2, "workPoints": [] });
    let answer = draft.must("linkKeyTask", input, fields).await;
    assert_eq!(answer.list("/linkKeyTask/task/sumsUp/edges"), [""; 0]);
    assert_eq!(answer.number("/linkKeyTask/task/version"), 3);
}

const METRIC: &str = "code name value unit comparator by isPerYear isTentative timeAggregation
  treeAggregation reportingLevel isEvidenceAsked version sameAs { code }";

#[rstest]
#[tokio::test]
async fn a_metric_is_added_for_a_number_that_was_not_taken(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let draft = Draft::start(backend).await;
    let warning = draft.warning("NUMBER_NOT_TAKEN").await;
    let head = sql::audit_head(&draft.app).await;
    let input = json!({
        "taskId": "2031-02", "expectedTaskVersion": 1, "name": "投入", "value": "50.25",
        "unit": "万元", "comparator": "REACH", "by": "2031-12-31", "isTentative": true,
        "warningId": warning,
    });
    let fields = format!(
        "metric {{ {METRIC} phrase start clause {{ text }} }}
         task {{ version metrics {{ edges {{ node {{ code }} }} }} }}"
    );
    let answer = draft.must("addMetric", input, &fields).await;
    let metric = answer.at("/addMetric/metric");
    assert_eq!(metric["code"], "2031-02-M2");
    assert_eq!(
        (&metric["value"], &metric["unit"]),
        (&json!("50.25"), &json!("万元"))
    );
    assert_eq!(
        (&metric["by"], &metric["isTentative"]),
        (&json!("2031-12-31"), &json!(true))
    );
    let phrase = metric["phrase"].as_str().expect("a phrase");
    assert!(
        phrase.contains("50万元"),
        "the words that the warning is about: {phrase}"
    );
    let clause = metric["clause"]["text"].as_str().expect("a clause");
    assert!(clause.contains("50万元"), "{clause}");
    assert!(metric["start"].is_i64());
    assert_eq!(answer.number("/addMetric/task/version"), 2);
    let codes = answer.nodes("/addMetric/task/metrics", "code");
    assert_eq!(codes, ["2031-02-M1", "2031-02-M2"]);
    let open = draft
        .see("{ plan(id: \"2031\") { warnings(open: true) { code } } }")
        .await;
    let open = open.list("/plan/warnings");
    assert!(
        open.iter().all(|one| one["code"] != "NUMBER_NOT_TAKEN"),
        "{open:?}"
    );
    assert_eq!(sql::audit_after(&draft.app, head).await, ["metric.added"]);
}

#[rstest]
#[tokio::test]
async fn a_metric_is_mended_and_removed(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let head = sql::audit_head(&draft.app).await;
    let input = json!({
        "metricId": "2031-K01-M1", "expectedVersion": 1, "name": "学术活动场次",
        "value": "40.5", "unit": "%", "comparator": "ABOUT", "by": "2031-06-30",
        "isPerYear": true, "isTentative": true, "timeAggregation": "LATEST",
        "treeAggregation": "EXTERNAL", "reportingLevel": "CITY", "isEvidenceAsked": true,
        "sameAs": "2031-01-M1",
    });
    let fields = format!("metric {{ {METRIC} }}");
    let answer = draft.must("updateMetric", input, &fields).await;
    let expected = json!({
        "code": "2031-K01-M1", "name": "学术活动场次", "value": "40.5", "unit": "%",
        "comparator": "ABOUT", "by": "2031-06-30", "isPerYear": true, "isTentative": true,
        "timeAggregation": "LATEST", "treeAggregation": "EXTERNAL", "reportingLevel": "CITY",
        "isEvidenceAsked": true, "version": 2, "sameAs": { "code": "2031-01-M1" },
    });
    assert_eq!(*answer.at("/updateMetric/metric"), expected);
    let input = json!({
        "metricId": "2031-K01-M1", "expectedVersion": 2, "clearBy": true, "clearSameAs": true,
    });
    let answer = draft.must("updateMetric", input, &fields).await;
    let metric = answer.at("/updateMetric/metric");
    assert_eq!(
        (&metric["by"], &metric["sameAs"]),
        (&json!(null), &json!(null))
    );
    assert_eq!(
        (&metric["value"], &metric["isEvidenceAsked"]),
        (&json!("40.5"), &json!(true)),
        "what is left out stays"
    );
    let input = json!({ "metricId": "2031-K01-M1", "expectedVersion": 3 });
    let fields = "removedMetricId task { code metrics { totalCount } }";
    let answer = draft.must("removeMetric", input, fields).await;
    assert_eq!(answer.number("/removeMetric/task/metrics/totalCount"), 0);
    let id = answer.text("/removeMetric/removedMetricId");
    let gone = draft
        .officer
        .ask_with(
            "query($id: ID!) { node(id: $id) { id } }",
            json!({ "id": id }),
        )
        .await;
    assert!(gone.at("/node").is_null());
    let events = ["metric.updated", "metric.updated", "metric.removed"];
    assert_eq!(sql::audit_after(&draft.app, head).await, events);
}

#[rstest]
#[tokio::test]
async fn milestones_are_added_mended_and_removed(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let head = sql::audit_head(&draft.app).await;
    let first = draft.milestone().await;
    draft.milestone().await;
    let input = json!({
        "milestoneId": first, "expectedVersion": 1, "title": "方案定稿", "clearDueOn": true,
    });
    let fields = "milestone { title dueOn state position version }";
    let answer = draft.must("updateMilestone", input, fields).await;
    let expected = json!({
        "title": "方案定稿", "dueOn": null, "state": "OPEN", "position": 0, "version": 2,
    });
    assert_eq!(*answer.at("/updateMilestone/milestone"), expected);
    let input = json!({ "milestoneId": first, "expectedVersion": 2 });
    let fields = "removedMilestoneId task { milestones { edges { node { title position } } } }";
    let answer = draft.must("removeMilestone", input, fields).await;
    assert_eq!(answer.text("/removeMilestone/removedMilestoneId"), first);
    let left = answer.nodes("/removeMilestone/task/milestones", "position");
    assert_eq!(left, ["1"]);
    let events = [
        "milestone.added",
        "milestone.added",
        "milestone.updated",
        "milestone.removed",
    ];
    assert_eq!(sql::audit_after(&draft.app, head).await, events);
}

#[rstest]
#[tokio::test]
async fn a_warning_is_dealt_with_once(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let warning = draft.warning("TASK_WITHOUT_DEPARTMENT").await;
    let head = sql::audit_head(&draft.app).await;
    for _ in 0..2 {
        let input = json!({ "warningId": warning });
        let fields = "warning { isDismissed task { code } } plan { code }";
        let answer = draft.must("dismissPlanWarning", input, fields).await;
        let expected = json!({ "isDismissed": true, "task": { "code": "2031-04" } });
        assert_eq!(*answer.at("/dismissPlanWarning/warning"), expected);
    }
    assert_eq!(
        sql::audit_after(&draft.app, head).await,
        ["plan.warning_dismissed"]
    );
}

#[rstest]
#[tokio::test]
async fn an_unknown_name_is_matched_in_every_task(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let input = json!({ "planId": "2031", "name": UNKNOWN, "department": "KPZX" });
    let fields = "department { code } tasks { code version lead { code }
      unresolvedDepartments { name } assignments { edges { node { nameInText role } } } }
      plan { warnings(open: true) { code } }";
    let answer = draft.must("resolveDepartmentName", input, fields).await;
    let found = "/resolveDepartmentName";
    assert_eq!(answer.text(&format!("{found}/department/code")), "KPZX");
    let mut tasks = answer.list(&format!("{found}/tasks")).to_vec();
    tasks.sort_by_key(|task| task["code"].to_string());
    let leads: Vec<_> = tasks
        .iter()
        .map(|task| task["lead"]["code"].clone())
        .collect();
    assert_eq!(
        leads,
        ["KPB", "KPZX"],
        "it supports the one and leads the other"
    );
    assert!(tasks.iter().all(|task| task["version"] == 2));
    assert!(
        tasks
            .iter()
            .all(|task| task["unresolvedDepartments"] == json!([]))
    );
    let warnings = answer.list(&format!("{found}/plan/warnings"));
    assert!(
        warnings
            .iter()
            .all(|one| one["code"] != "UNKNOWN_DEPARTMENT"),
        "{warnings:?}"
    );
}

#[rstest]
#[tokio::test]
async fn an_unknown_name_becomes_a_new_department(#[values(Sqlite, Postgres)] backend: Backend) {
    let draft = Draft::start(backend).await;
    let create = json!({
        "code": "YLXZ", "name": UNKNOWN, "kind": "PARTNER", "parent": "410100",
    });
    let input = json!({ "planId": "2031", "name": UNKNOWN, "create": create });
    let fields = "department { code name shortName kind parent { code } } tasks { code }";
    let answer = draft.must("resolveDepartmentName", input, fields).await;
    let expected = json!({
        "code": "YLXZ", "name": UNKNOWN, "shortName": UNKNOWN, "kind": "PARTNER",
        "parent": { "code": "410100" },
    });
    assert_eq!(*answer.at("/resolveDepartmentName/department"), expected);
    assert_eq!(answer.list("/resolveDepartmentName/tasks").len(), 2);
    let ancestors = draft
        .see("{ department(id: \"YLXZ\") { ancestors { code } } }")
        .await;
    let codes = ancestors.list("/department/ancestors").iter();
    let mut codes: Vec<_> = codes.map(|one| one["code"].clone()).collect();
    codes.sort_by_key(ToString::to_string);
    assert_eq!(codes, ["410100", "HNAST"]);
}

#[rstest]
#[tokio::test]
async fn a_discarded_draft_leaves_nothing_but_its_trace(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let draft = Draft::start(backend).await;
    draft.milestone().await;
    let head = sql::audit_head(&draft.app).await;
    let input = json!({ "planId": "2031", "expectedVersion": 1 });
    let answer = draft.must("discardPlan", input, "discardedPlanId").await;
    assert!(answer.at("/discardPlan/discardedPlanId").is_string());
    let people = [
        "department",
        "department_parent",
        "department_closure",
        "audit_event",
    ];
    for (table, count) in sql::sizes(&draft.app).await {
        assert!(people.contains(&table) || count == 0, "{table}: {count}");
    }
    assert_eq!(sql::audit_after(&draft.app, head).await, ["plan.discarded"]);
    let again = super::import(&draft.officer, super::PLAN).await;
    assert_eq!(*again.at("/importPlan/isNew"), json!(true));
}

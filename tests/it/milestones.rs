//! Milestones done or waived, and exceptions for metrics: what a task is completed on.

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::closed_loop::Cast;

const MILESTONE: &str = "milestone { state version settled { act doneOn words by { displayName } } steps { act from to } }";

/// The first milestone of a task, and its version.
async fn first(who: &Person, code: &str) -> (String, i64) {
    let query =
        "query($id: ID!) { task(id: $id) { milestones { edges { node { id version } } } } }";
    let found = who.ask_with(query, json!({ "id": code })).await;
    let node = &found.list("/task/milestones/edges")[0]["node"];
    let id = node["id"].as_str().expect("an id").to_owned();
    (id, node["version"].as_i64().expect("a version"))
}

async fn settle(who: &Person, name: &str, at: &(String, i64), more: Value) -> Answer {
    let mut input = json!({ "milestoneId": at.0, "expectedVersion": at.1 });
    for (key, value) in more.as_object().into_iter().flatten() {
        input[key] = value.clone();
    }
    who.change(name, input, MILESTONE).await
}

/// Point 17 with a milestone of its own, handed out and accepted.
async fn underway(backend: Backend) -> (Cast, (String, i64)) {
    let cast = Cast::start(backend).await;
    let input = json!({ "taskId": "2025-17", "expectedTaskVersion": cast.version("2025-17").await,
        "title": "平台上线", "dueOn": "2025-06-30" });
    let added = cast
        .officer
        .change("addMilestone", input, "milestone { title }")
        .await;
    assert_eq!(added.user_errors("addMilestone"), [""; 0], "{added:?}");
    cast.hand_out("2025-17", "2025-11-30").await;
    cast.accept("2025-17").await;
    let at = first(&cast.officer, "2025-17").await;
    (cast, at)
}

#[rstest]
#[tokio::test]
async fn a_task_is_complete_only_after_its_milestones(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let (cast, at) = underway(backend).await;
    let why = json!({ "reason": "平台建成" });
    let early = cast
        .act(&cast.liaison, "submitCompletion", "2025-17", why.clone())
        .await;
    assert_eq!(
        early.user_errors("submitCompletion"),
        ["TASK_MILESTONES_OPEN at taskId"]
    );

    let ahead = json!({ "evidence": "上线公告", "doneOn": "2025-12-31" });
    let refused = settle(&cast.liaison, "completeMilestone", &at, ahead).await;
    assert_eq!(
        refused.user_errors("completeMilestone"),
        ["DATE_AHEAD at doneOn"]
    );
    let done = json!({ "evidence": "3月14日上线公告", "doneOn": "2025-03-14" });
    let stranger = cast.app.liaison_of("KPB").await;
    let refused = settle(&stranger, "completeMilestone", &at, done.clone()).await;
    assert_eq!(refused.user_errors("completeMilestone"), ["FORBIDDEN at "]);
    let answer = settle(&cast.liaison, "completeMilestone", &at, done.clone()).await;
    assert_eq!(
        answer.text("/completeMilestone/milestone/state"),
        "DONE",
        "{answer:?}"
    );
    assert_eq!(
        answer.at("/completeMilestone/milestone/settled"),
        &json!({ "act": "COMPLETE", "doneOn": "2025-03-14", "words": "3月14日上线公告",
            "by": { "displayName": answer.text("/completeMilestone/milestone/settled/by/displayName") } })
    );
    let stale = settle(&cast.liaison, "completeMilestone", &at, done).await;
    assert_eq!(
        stale.user_errors("completeMilestone"),
        ["CONFLICT at expectedVersion"]
    );

    let at = first(&cast.officer, "2025-17").await;
    let found = json!({ "reason": "抽查发现尚未上线" });
    let reopened = settle(&cast.officer, "reopenMilestone", &at, found).await;
    assert_eq!(reopened.text("/reopenMilestone/milestone/state"), "OPEN");
    let again = cast
        .act(&cast.liaison, "submitCompletion", "2025-17", why.clone())
        .await;
    assert_eq!(
        again.user_errors("submitCompletion"),
        ["TASK_MILESTONES_OPEN at taskId"]
    );

    let at = first(&cast.officer, "2025-17").await;
    let waive = json!({ "reason": "平台并入省级平台建设" });
    let by_officer = settle(&cast.officer, "waiveMilestone", &at, waive.clone()).await;
    assert_eq!(by_officer.codes(), ["FORBIDDEN"]);
    let waived = settle(&cast.leader, "waiveMilestone", &at, waive).await;
    assert_eq!(
        waived.text("/waiveMilestone/milestone/state"),
        "WAIVED",
        "{waived:?}"
    );
    let acts = waived.list("/waiveMilestone/milestone/steps");
    assert_eq!(acts.len(), 3, "{waived:?}");
    let submitted = cast
        .act(&cast.liaison, "submitCompletion", "2025-17", why)
        .await;
    assert_eq!(
        submitted.text("/submitCompletion/task/state"),
        "COMPLETION_SUBMITTED"
    );
}

#[rstest]
#[tokio::test]
async fn milestones_of_a_plan_in_force_are_set_until_the_task_is_handed_out(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let (cast, at) = underway(backend).await;
    let input = json!({ "taskId": "2025-17", "expectedTaskVersion": cast.version("2025-17").await,
        "title": "年度总结" });
    let late = cast
        .officer
        .change("addMilestone", input, "milestone { id }")
        .await;
    assert_eq!(
        late.user_errors("addMilestone"),
        ["TASK_HANDED_OUT at taskId"]
    );
    let input = json!({ "milestoneId": at.0, "expectedVersion": at.1, "title": "改题" });
    let late = cast
        .officer
        .change("updateMilestone", input, "milestone { id }")
        .await;
    assert_eq!(
        late.user_errors("updateMilestone"),
        ["TASK_HANDED_OUT at taskId"]
    );
}

#[rstest]
#[tokio::test]
async fn a_metric_that_is_not_attained_needs_an_exception(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let code = "2025-09";
    cast.hand_out(code, "2025-11-30").await;
    cast.accept(code).await;
    let why = json!({ "reason": "已办38场，其余因汛期取消" });
    let refused = cast
        .act(&cast.liaison, "submitCompletion", code, why.clone())
        .await;
    assert_eq!(
        refused.user_errors("submitCompletion"),
        ["TASK_METRICS_OPEN at taskId"]
    );

    let ask = json!({ "metricId": "2025-09-M1", "reason": "汛期取消2场" });
    let fields = "task { life { exceptions { id state reason metric { code } requestedBy { displayName } } } }";
    let asked = cast
        .liaison
        .change("requestMetricException", ask.clone(), fields)
        .await;
    assert_eq!(
        asked.user_errors("requestMetricException"),
        [""; 0],
        "{asked:?}"
    );
    let twice = cast
        .liaison
        .change("requestMetricException", ask.clone(), fields)
        .await;
    assert_eq!(
        twice.user_errors("requestMetricException"),
        ["EXCEPTION_PENDING at metricId"]
    );
    let id = asked
        .text("/requestMetricException/task/life/exceptions/0/id")
        .to_owned();

    let wordless = json!({ "exceptionId": id, "isApproved": false });
    let refused = cast
        .leader
        .change("decideMetricException", wordless, fields)
        .await;
    assert_eq!(
        refused.user_errors("decideMetricException"),
        ["REASON_MISSING at reason"]
    );
    let no = json!({ "exceptionId": id, "isApproved": false, "reason": "可改为线上举办" });
    let decided = cast
        .leader
        .change("decideMetricException", no.clone(), fields)
        .await;
    assert_eq!(
        decided.text("/decideMetricException/task/life/exceptions/0/state"),
        "REFUSED"
    );
    let again = cast
        .leader
        .change("decideMetricException", no, fields)
        .await;
    assert_eq!(
        again.user_errors("decideMetricException"),
        ["EXCEPTION_DECIDED at exceptionId"]
    );

    let asked = cast
        .liaison
        .change("requestMetricException", ask, fields)
        .await;
    let id = asked
        .text("/requestMetricException/task/life/exceptions/0/id")
        .to_owned();
    let by_liaison = json!({ "exceptionId": id, "isApproved": true });
    let refused = cast
        .liaison
        .change("decideMetricException", by_liaison.clone(), fields)
        .await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
    cast.leader
        .change("decideMetricException", by_liaison, fields)
        .await;
    for milestone in cast
        .officer
        .ask("{ task(id: \"2025-09\") { milestones { edges { node { id version } } } } }")
        .await
        .list("/task/milestones/edges")
    {
        let at = (
            milestone["node"]["id"].as_str().expect("an id").to_owned(),
            milestone["node"]["version"].as_i64().expect("a version"),
        );
        settle(
            &cast.leader,
            "waiveMilestone",
            &at,
            json!({ "reason": "合并" }),
        )
        .await;
    }
    let submitted = cast.act(&cast.liaison, "submitCompletion", code, why).await;
    assert_eq!(
        submitted.text("/submitCompletion/task/state"),
        "COMPLETION_SUBMITTED",
        "{submitted:?}"
    );
}

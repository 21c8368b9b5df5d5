//! Amendments: what is in force changes only by a proposal that somebody else approves.

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::closed_loop::Cast;

const TASK: &str = "task { title text deadline version state lead { code }
    assignments { edges { node { role department { code } } } }
    metrics { edges { node { id value isEvidenceAsked version } } } milestones { edges { node { title dueOn } } }
    life { originalDeadline accountable { displayName } signBy amendments { id state reason decisionReason
      proposedBy { displayName } decidedBy { displayName }
      changes { field metric { code }
        old { text date lead { code } support { code } comparator value isEvidenceAsked }
        new { text date lead { code } support { code } comparator value isEvidenceAsked } } } } }";

async fn decide(who: &Person, id: &str, is_approved: bool, reason: Option<&str>) -> Answer {
    let input = json!({ "amendmentId": id, "isApproved": is_approved, "reason": reason });
    who.change("decideAmendment", input, TASK).await
}

async fn propose(cast: &Cast, code: &str, more: Value) -> Answer {
    cast.act_for(&cast.officer, "proposeAmendment", code, more, TASK)
        .await
}

fn newest(answer: &Answer, name: &str) -> String {
    answer
        .text(&format!("/{name}/task/life/amendments/0/id"))
        .to_owned()
}

#[rstest]
#[tokio::test]
async fn words_deadline_targets_and_milestones_change_when_approved(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    cast.hand_out("2025-09", "2025-11-30").await;
    cast.accept("2025-09").await;
    let wish = json!({ "reason": "省委会议调整任务", "title": "办好品牌学术活动", "deadline": "2025-12-20",
        "targets": [{ "metricId": "2025-09-M1", "value": "45", "isEvidenceAsked": true }],
        "milestones": [{ "title": "上半年完成20场", "dueOn": "2025-06-30" }] });
    let proposed = propose(&cast, "2025-09", wish.clone()).await;
    assert_eq!(
        proposed.user_errors("proposeAmendment"),
        [""; 0],
        "{proposed:?}"
    );
    let before = proposed.at("/proposeAmendment/task").clone();
    assert_eq!(
        before["deadline"], "2025-11-30",
        "nothing changes before it is approved"
    );
    let twice = propose(&cast, "2025-09", wish).await;
    assert_eq!(
        twice.user_errors("proposeAmendment"),
        ["AMENDMENT_PENDING at taskId"]
    );

    let id = newest(&proposed, "proposeAmendment");
    let by_officer = decide(&cast.officer, &id, true, None).await;
    assert_eq!(by_officer.codes(), ["FORBIDDEN"]);
    let approved = decide(&cast.leader, &id, true, Some("同意")).await;
    assert_eq!(
        approved.user_errors("decideAmendment"),
        [""; 0],
        "{approved:?}"
    );
    let task = approved.at("/decideAmendment/task");
    assert_eq!(
        (&task["title"], &task["deadline"], &task["state"]),
        (
            &json!("办好品牌学术活动"),
            &json!("2025-12-20"),
            &json!("IN_PROGRESS")
        )
    );
    assert_eq!(
        task["life"]["originalDeadline"], "2025-11-30",
        "the one that is evaluated stays"
    );
    let metric = &task["metrics"]["edges"][0]["node"];
    assert_eq!(
        (&metric["value"], &metric["isEvidenceAsked"]),
        (&json!("45"), &json!(true))
    );
    let steps = task["milestones"]["edges"].as_array().expect("milestones");
    let added = json!({ "title": "上半年完成20场", "dueOn": "2025-06-30" });
    assert!(steps.iter().any(|one| one["node"] == added), "{approved:?}");
    let told = &task["life"]["amendments"][0];
    assert_eq!(
        (&told["state"], &told["decisionReason"]),
        (&json!("APPROVED"), &json!("同意"))
    );
    let fields: Vec<&Value> = told["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .map(|one| &one["field"])
        .collect();
    assert_eq!(fields, ["TITLE", "DEADLINE", "TARGET", "MILESTONE"]);
    assert_eq!(told["changes"][1]["old"]["date"], "2025-11-30");
    assert_eq!(told["changes"][2]["metric"]["code"], "2025-09-M1");
    assert_eq!(told["changes"][2]["old"]["value"], "40");
    assert_eq!(told["changes"][2]["old"]["isEvidenceAsked"], false);
    assert_eq!(told["changes"][2]["new"]["isEvidenceAsked"], true);
    let again = decide(&cast.leader, &id, false, Some("不同意")).await;
    assert_eq!(
        again.user_errors("decideAmendment"),
        ["AMENDMENT_DECIDED at amendmentId"]
    );
}

#[rstest]
#[tokio::test]
async fn a_new_lead_signs_for_the_task_anew(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    cast.hand_out("2025-17", "2025-11-30").await;
    cast.accept("2025-17").await;
    let rows =
        json!({ "rows": [{ "title": "平台维护", "lead": "XFZX", "deadline": "2025-10-31" }] });
    cast.act_for(
        &cast.liaison,
        "divideTask",
        "2025-17",
        rows,
        "rows { task { code } }",
    )
    .await;
    let wish = json!({ "reason": "机构职责调整", "lead": "KPB", "support": ["XXB"] });
    let proposed = propose(&cast, "2025-17", wish).await;
    let id = newest(&proposed, "proposeAmendment");
    let approved = decide(&cast.leader, &id, true, None).await;
    let task = approved.at("/decideAmendment/task");
    assert_eq!(
        (&task["state"], &task["lead"]["code"]),
        (&json!("ASSIGNED"), &json!("KPB")),
        "{approved:?}"
    );
    assert_eq!(
        (&task["life"]["accountable"], &task["life"]["signBy"]),
        (&Value::Null, &json!("2025-03-20"))
    );
    let part = cast
        .officer
        .ask("{ task(id: \"2025-17-1\") { origin { owner { code } } } }")
        .await;
    assert_eq!(
        part.text("/task/origin/owner/code"),
        "KPB",
        "parts go with the whole"
    );
}

#[rstest]
#[tokio::test]
async fn a_proposal_that_changes_nothing_or_is_outdated_is_refused(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    cast.hand_out("2025-17", "2025-11-30").await;
    cast.accept("2025-17").await;
    let empty = propose(
        &cast,
        "2025-17",
        json!({ "reason": "无", "deadline": "2025-11-30" }),
    )
    .await;
    assert_eq!(
        empty.user_errors("proposeAmendment"),
        ["AMENDMENT_EMPTY at taskId"]
    );
    let past = propose(
        &cast,
        "2025-17",
        json!({ "reason": "早", "deadline": "2025-01-31" }),
    )
    .await;
    assert_eq!(
        past.user_errors("proposeAmendment"),
        ["DATE_PAST at taskId"]
    );
    let other = json!({ "reason": "错", "targets": [{ "metricId": "2025-09-M1", "value": "1" }] });
    let other = propose(&cast, "2025-17", other).await;
    assert_eq!(
        other.user_errors("proposeAmendment"),
        ["AMENDMENT_NOT_OF_TASK at targets"]
    );
    let unknown = propose(
        &cast,
        "2025-17",
        json!({ "reason": "错", "lead": "nobody" }),
    )
    .await;
    assert_eq!(
        unknown.user_errors("proposeAmendment"),
        ["DEPARTMENT_UNKNOWN at lead"]
    );

    let proposed = propose(
        &cast,
        "2025-17",
        json!({ "reason": "延后", "deadline": "2025-12-31" }),
    )
    .await;
    let id = newest(&proposed, "proposeAmendment");
    let ask = json!({ "to": "2025-12-15", "reason": "合作方档期调整" });
    cast.act(&cast.liaison, "requestExtension", "2025-17", ask)
        .await;
    let found = cast
        .leader
        .ask("{ task(id: \"2025-17\") { life { extensions { id } } } }")
        .await;
    let extension = found.text("/task/life/extensions/0/id");
    let input = json!({ "extensionId": extension, "isApproved": true });
    cast.leader
        .change("decideExtension", input, "task { deadline }")
        .await;
    let outdated = decide(&cast.leader, &id, true, None).await;
    assert_eq!(
        outdated.user_errors("decideAmendment"),
        ["AMENDMENT_OUTDATED at amendmentId"]
    );
    let wordless = decide(&cast.leader, &id, false, None).await;
    assert_eq!(
        wordless.user_errors("decideAmendment"),
        ["REASON_MISSING at reason"]
    );
    let refused = decide(&cast.leader, &id, false, Some("已另行延期")).await;
    assert_eq!(refused.text("/decideAmendment/task/deadline"), "2025-12-15");
    assert_eq!(
        refused.text("/decideAmendment/task/life/amendments/0/state"),
        "REFUSED"
    );
    let by_liaison = cast
        .act_for(
            &cast.liaison,
            "proposeAmendment",
            "2025-17",
            json!({ "reason": "想改" }),
            TASK,
        )
        .await;
    assert_eq!(by_liaison.codes(), ["FORBIDDEN"]);
}

#[rstest]
#[tokio::test]
async fn a_completion_under_review_is_not_amended(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    cast.hand_out("2025-17", "2025-11-30").await;
    cast.accept("2025-17").await;
    cast.act(
        &cast.liaison,
        "submitCompletion",
        "2025-17",
        json!({ "reason": "已完成" }),
    )
    .await;
    let late = propose(&cast, "2025-17", json!({ "reason": "改", "title": "新题" })).await;
    assert_eq!(
        late.user_errors("proposeAmendment"),
        ["AMENDMENT_TASK_CLOSED at taskId"]
    );
}

#[rstest]
#[tokio::test]
async fn a_plan_tells_its_amendments_the_newest_first_and_none_out_of_scope(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend).await;
    let list = "query($after: String, $asOf: Date) { plan(id: \"2025\", asOf: $asOf) {
        amendments(first: 1, after: $after) { totalCount pageInfo { endCursor hasNextPage }
          edges { node { state reason task { code } changes { field } } } } } }";
    for code in ["2025-17", "2025-09"] {
        cast.hand_out(code, "2025-11-30").await;
        let wish = json!({ "reason": format!("调整 {code}"), "deadline": "2025-12-20" });
        propose(&cast, code, wish).await;
        cast.app.advance(time::Duration::days(1));
        cast.officer = cast.app.officer().await;
    }
    let first = cast.officer.ask_with(list, json!({})).await;
    let node = "/plan/amendments/edges/0/node";
    assert_eq!(first.text(&format!("{node}/task/code")), "2025-09");
    assert_eq!(first.number("/plan/amendments/totalCount"), 2);
    let after = first.text("/plan/amendments/pageInfo/endCursor");
    let second = cast.officer.ask_with(list, json!({ "after": after })).await;
    assert_eq!(second.text(&format!("{node}/reason")), "调整 2025-17");
    assert_eq!(second.text(&format!("{node}/changes/0/field")), "DEADLINE");
    let earlier = json!({ "asOf": "2025-03-17" });
    let before = cast.officer.ask_with(list, earlier).await;
    assert_eq!(before.number("/plan/amendments/totalCount"), 1);
    assert_eq!(before.text(&format!("{node}/task/code")), "2025-17");
    // A city reads the plan, which is addressed to it, with its amendments.
    let city = cast.app.municipal_reporter("410100").await;
    let read = city.ask_with(list, json!({})).await;
    assert_eq!(read.number("/plan/amendments/totalCount"), 2);
}

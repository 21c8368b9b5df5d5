//! The review queue: everything that waits for one person, in one list, at a fixed cost.

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{Cast, write_and_submit};

const QUEUE: &str = "query($first: Int, $after: String, $filter: ReviewFilter) {
    reviewQueue(first: $first, after: $after, filter: $filter) {
      totalCount pageInfo { endCursor hasNextPage }
      edges { node { kind since dueOn isOverdue isOwn words department { code shortName }
        submittedBy { displayName } task { code title lead { code } }
        extension { id from to } exception { id reason metric { code } }
        amendment { id changes { field old { date } new { date } } } report { id version period progress viewerCanReview
          previous { progress } task { code } } } } } }";

fn items(answer: &Answer) -> Vec<String> {
    let edges = answer.list("/reviewQueue/edges").iter();
    edges
        .map(|edge| {
            let node = &edge["node"];
            let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
            let line = format!("{} {}", text(&node["kind"]), text(&node["task"]["code"]));
            if node["isOverdue"] == json!(true) {
                format!("{line} overdue")
            } else {
                line
            }
        })
        .collect()
}

async fn act(cast: &Cast, who: &Person, name: &str, code: &str, more: Value) {
    let mut input = json!({ "taskId": code, "expectedVersion": cast.version(code).await });
    for (key, value) in more.as_object().into_iter().flatten() {
        input[key] = value.clone();
    }
    let done = who.change(name, input, "task { state }").await;
    assert_eq!(done.user_errors(name), [""; 0]);
}

#[rstest]
#[tokio::test]
async fn the_queue_holds_what_waits_for_its_reader_and_nothing_else(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-17", "2025-10", "2025-18"]).await;
    cast.later(14).await;
    let why = json!({ "reason": "平台建成" });
    act(&cast, &cast.reporter, "submitCompletion", "2025-17", why).await;
    let ask = json!({ "to": "2026-01-31", "reason": "档期调整" });
    act(&cast, &cast.reporter, "requestExtension", "2025-10", ask).await;
    write_and_submit(&cast.reporter, "2025-03", "2025-18").await;

    let officer = cast.officer.ask_with(QUEUE, json!({})).await;
    assert_eq!(items(&officer), ["REPORT 2025-18"], "{officer:?}");
    let leader = cast.app.leader().await;
    let both = leader.ask_with(QUEUE, json!({})).await;
    assert_eq!(
        items(&both),
        ["COMPLETION 2025-17", "EXTENSION 2025-10"],
        "{both:?}"
    );
    assert_eq!(both.text("/reviewQueue/edges/0/node/words"), "平台建成");
    assert_eq!(both.text("/reviewQueue/edges/1/node/words"), "档期调整");
    assert_eq!(
        both.text("/reviewQueue/edges/0/node/department/code"),
        "XXB"
    );
    assert_eq!(both.number("/reviewQueue/totalCount"), 2);
    // 31 March is a Monday; 4 April a holiday.
    assert_eq!(both.text("/reviewQueue/edges/0/node/dueOn"), "2025-04-08");
    let nothing = cast.reporter.ask_with(QUEUE, json!({})).await;
    assert_eq!(items(&nothing), [""; 0]);

    let page = leader.ask_with(QUEUE, json!({ "first": 1 })).await;
    assert_eq!(items(&page), ["COMPLETION 2025-17"]);
    let cursor = page.text("/reviewQueue/pageInfo/endCursor").to_owned();
    let next = leader
        .ask_with(QUEUE, json!({ "first": 1, "after": cursor }))
        .await;
    assert_eq!(items(&next), ["EXTENSION 2025-10"]);
    let only = json!({ "filter": { "kind": ["EXTENSION"], "department": "XXB" } });
    let narrowed = leader.ask_with(QUEUE, only).await;
    assert_eq!(items(&narrowed), ["EXTENSION 2025-10"]);
    let other = json!({ "filter": { "department": "KPB" } });
    assert_eq!(items(&leader.ask_with(QUEUE, other).await), [""; 0]);

    // On the 9th what was submitted on 31 March waits too long and stands on top.
    cast.later(9).await;
    write_and_submit(&cast.reporter, "2025-03", "2025-10").await;
    let later = cast.officer.ask_with(QUEUE, json!({})).await;
    assert_eq!(items(&later), ["REPORT 2025-18 overdue", "REPORT 2025-10"]);
}

#[rstest]
#[tokio::test]
async fn exceptions_and_amendments_wait_beside_the_rest_and_leave_when_decided(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-09", "2025-17"]).await;
    cast.later(14).await;
    let wish = json!({ "reason": "省委会议调整", "deadline": "2026-02-28" });
    act(&cast, &cast.officer, "proposeAmendment", "2025-17", wish).await;
    let ask = json!({ "metricId": "2025-09-M1", "reason": "经费调整，办成 38 场" });
    let lead = cast.app.sign_in("liaison-XXB").await;
    let asked = lead
        .change("requestMetricException", ask, "task { code }")
        .await;
    assert_eq!(asked.user_errors("requestMetricException"), [""; 0]);

    let own = cast.officer.ask_with(QUEUE, json!({})).await;
    assert_eq!(items(&own), [""; 0], "who proposes does not approve");
    let leader = cast.app.leader().await;
    let both = leader.ask_with(QUEUE, json!({})).await;
    assert_eq!(
        items(&both),
        ["AMENDMENT 2025-17", "EXCEPTION 2025-09"],
        "{both:?}"
    );
    let amendment = &both.at("/reviewQueue/edges/0/node").clone();
    assert_eq!(amendment["words"], "省委会议调整");
    assert_eq!(amendment["amendment"]["changes"][0]["field"], "DEADLINE");
    assert_eq!(
        amendment["amendment"]["changes"][0]["new"]["date"],
        "2026-02-28"
    );
    assert_eq!(amendment["isOwn"], json!(false));
    let exception = &both.at("/reviewQueue/edges/1/node").clone();
    assert_eq!(exception["exception"]["metric"]["code"], "2025-09-M1");
    assert_eq!(exception["department"]["code"], "XXB");
    let proposer = amendment["department"]["code"].as_str().expect("a code");
    for (department, kinds) in [
        ("XXB", ["EXCEPTION 2025-09"]),
        (proposer, ["AMENDMENT 2025-17"]),
    ] {
        let filter = json!({ "filter": { "department": department } });
        assert_eq!(items(&leader.ask_with(QUEUE, filter).await), kinds);
    }
    let only = json!({ "filter": { "kind": ["AMENDMENT"] } });
    let narrowed = leader.ask_with(QUEUE, only).await;
    assert_eq!(narrowed.number("/reviewQueue/totalCount"), 1);

    let id = amendment["amendment"]["id"].clone();
    let input = json!({ "amendmentId": id, "isApproved": true });
    let done = leader
        .change("decideAmendment", input, "task { deadline }")
        .await;
    assert_eq!(done.text("/decideAmendment/task/deadline"), "2026-02-28");
    let left = leader.ask_with(QUEUE, json!({})).await;
    assert_eq!(items(&left), ["EXCEPTION 2025-09"]);
}

#[rstest]
#[tokio::test]
async fn nobody_finds_a_way_to_approve_an_amendment_of_his_own(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-17"]).await;
    cast.later(14).await;
    let who = cast.app.leader().await;
    let answer = who.ask("{ viewer { account { id } } }").await;
    let to = answer.text("/viewer/account/id").to_owned();
    let input =
        json!({ "to": to, "firstDay": "2025-03-31", "lastDay": "2025-04-30", "reason": "出差" });
    let made = cast
        .officer
        .change("createDelegation", input, "delegation { id }")
        .await;
    assert_eq!(made.user_errors("createDelegation"), [""; 0], "{made:?}");
    let leader = cast.app.leader().await;
    let wish = json!({ "reason": "代为提出", "deadline": "2026-02-28" });
    act(&cast, &leader, "proposeAmendment", "2025-17", wish).await;
    let shown = leader.ask_with(QUEUE, json!({})).await;
    assert_eq!(items(&shown), ["AMENDMENT 2025-17"]);
    assert_eq!(shown.at("/reviewQueue/edges/0/node/isOwn"), &json!(true));
    let id = shown.text("/reviewQueue/edges/0/node/amendment/id");
    let input = json!({ "amendmentId": id, "isApproved": true });
    let refused = leader
        .change("decideAmendment", input, "task { deadline }")
        .await;
    assert_eq!(
        refused.user_errors("decideAmendment"),
        ["FOUR_EYES at amendmentId"]
    );
}

#[rstest]
#[tokio::test]
async fn the_queue_costs_the_same_whatever_waits(#[values(Sqlite, Postgres)] backend: Backend) {
    let led = ["2025-10", "2025-17", "2025-18"];
    let mut cast = Cast::start(backend, &led).await;
    cast.later(14).await;
    let mut costs = Vec::new();
    for code in led {
        write_and_submit(&cast.reporter, "2025-03", code).await;
        let mut least = u64::MAX;
        for _ in 0..3 {
            let asked = cast.officer.ask_with(QUEUE, json!({ "first": 50 }));
            let (answer, count) = cast.app.counting(asked).await;
            answer.data();
            least = least.min(count);
        }
        costs.push(least);
    }
    let spread = costs[2].abs_diff(costs[0]);
    assert!(spread <= 3 && costs[2] <= 24, "{costs:?}");
}

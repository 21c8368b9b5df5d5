//! Reading as of an earlier day: what was seen then is seen again, whatever happened since.

mod papers;

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use crate::closed_loop::Cast;

/// What somebody sees of the plan and its tasks.
const SEEN: &str = "
    plan(id: \"2025\"ARG) { state overview { byState { state count } byLight { colour count } } }
    task(id: \"2025-17\"ARG) { title text state deadline version lead { code byLight { colour count } }
      light { colour computed pace reasons { code figures { name value } } turnsGreen { code } override { until } }
      assignments { edges { node { role department { code } } } }
      milestones { edges { node { title dueOn state settled { words } } } }
      life { originalDeadline signBy grade accountable { displayName }
        steps(first: 50) { edges { node { seq transition } } }
        extensions { state to } amendments { state changes { field } } } }
    metric(id: \"2025-09-M1\"ARG) { value comparator version }
    ledByKpb: tasks(first: 50, filter: { plan: \"2025\", department: \"KPB\", role: LEAD }ARG) { edges { node { code } } }
    underway: tasks(first: 50, filter: { state: [IN_PROGRESS] }, orderBy: { field: DEADLINE }ARG) { totalCount edges { node { code deadline } } }
    items: tasks(filter: { hasPlan: false }ARG) { edges { node { code state title light { colour } } } }
    coloured: tasks(first: 5, filter: { plan: \"2025\", lights: [GREEN, YELLOW, RED] }, orderBy: { field: LIGHT }ARG) {
      totalCount edges { node { code light { colour } } } }";

async fn seen(who: &Person, day: Option<&str>) -> Value {
    let argument = day.map_or(String::new(), |day| format!(", asOf: \"{day}\""));
    let answer = who
        .ask(&format!("{{ {} }}", SEEN.replace("ARG", &argument)))
        .await;
    assert!(answer.errors().is_empty(), "{answer:?}");
    answer.data().clone()
}

/// Signs everybody in again after the time was moved on.
async fn next_day(cast: &mut Cast) {
    cast.app.advance(Duration::days(1));
    cast.officer = cast.app.officer().await;
    cast.leader = cast.app.leader().await;
    cast.liaison = cast.app.sign_in("liaison-XXB").await;
}

async fn approve_newest(cast: &Cast, code: &str) -> Answer {
    let query = "query($id: ID!) { task(id: $id) { life { amendments { id } } } }";
    let found = cast.leader.ask_with(query, json!({ "id": code })).await;
    let id = found.text("/task/life/amendments/0/id");
    let input = json!({ "amendmentId": id, "isApproved": true });
    cast.leader
        .change("decideAmendment", input, "task { code }")
        .await
}

/// One day's work after another; what each does is not what the next one undoes.
#[expect(clippy::too_many_lines, reason = "one arm a day")]
async fn work(cast: &Cast, day: usize) {
    match day {
        0 => {
            let input = json!({ "taskId": "2025-17", "title": "平台上线", "dueOn": "2025-06-30",
                "expectedTaskVersion": cast.version("2025-17").await });
            cast.officer
                .change("addMilestone", input, "milestone { id }")
                .await;
            cast.hand_out("2025-17", "2025-11-30").await;
            cast.hand_out("2025-09", "2025-10-31").await;
        }
        1 => {
            cast.accept("2025-17").await;
            let over = json!({ "taskId": "2025-17", "colour": "RED", "until": "2025-03-20",
                "reason": "场地未落实" });
            cast.officer
                .change("overrideLight", over, "task { code }")
                .await;
            let item = json!({ "kind": "MEETING", "source": "主席办公会议", "title": "科技工作者日活动",
                "lead": "XXB", "deadline": "2025-05-30" });
            cast.officer
                .change("createTask", item, "task { code }")
                .await;
        }
        2 => {
            cast.act(&cast.officer, "proposeAmendment", "2025-17",
                json!({ "reason": "调整", "title": "新标题", "text": "新正文", "deadline": "2025-12-10",
                    "milestones": [{ "title": "终期评估" }] })).await;
            let target = json!({ "reason": "加码", "targets": [{ "metricId": "2025-09-M1", "value": "60" }] });
            cast.act(&cast.officer, "proposeAmendment", "2025-09", target)
                .await;
        }
        3 => {
            approve_newest(cast, "2025-17").await;
            approve_newest(cast, "2025-09").await;
            cast.hand_out("2025-H01", "2025-05-30").await;
        }
        4 => {
            let rules = json!([{ "threshold": "DEADLINE_NEAR_DAYS", "value": 180 }]);
            let input = json!({ "expectedVersion": 0, "rules": rules });
            cast.officer
                .change("updateLightRules", input, "lightRules { version }")
                .await;
            let ask = json!({ "to": "2025-12-20", "reason": "档期" });
            cast.act(&cast.liaison, "requestExtension", "2025-17", ask)
                .await;
        }
        5 => {
            cast.act(
                &cast.officer,
                "proposeAmendment",
                "2025-17",
                json!({ "reason": "职责调整", "lead": "KPB", "support": ["XXB"] }),
            )
            .await;
            approve_newest(cast, "2025-17").await;
        }
        _ => {
            cast.act(
                &cast.leader,
                "cancelTask",
                "2025-17",
                json!({ "reason": "并入他项" }),
            )
            .await;
        }
    }
}

#[rstest]
#[tokio::test]
async fn every_day_is_read_again_as_it_was(#[values(Sqlite, Postgres)] backend: Backend) {
    let mut cast = Cast::start(backend).await;
    let mut then = Vec::new();
    // The tests begin on Monday, 17 March 2025.
    for (day, date) in (17..=23).enumerate() {
        work(&cast, day).await;
        then.push((format!("2025-03-{date}"), seen(&cast.officer, None).await));
        next_day(&mut cast).await;
    }
    for pair in then.windows(2) {
        assert_ne!(pair[0].1, pair[1].1, "each day changed something");
    }
    for (day, before) in &then {
        let now = seen(&cast.officer, Some(day)).await;
        assert_eq!(&now, before, "as of {day}");
    }
    let today = seen(&cast.officer, Some("2025-03-24")).await;
    assert_eq!(today, seen(&cast.officer, None).await);
}

#[rstest]
#[tokio::test]
async fn a_plan_is_not_there_before_it_was_issued(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let query = "{ task(id: \"2025-17\", asOf: \"2025-01-01\") { code } }";
    let before = cast.officer.ask(query).await;
    assert!(before.at("/task").is_null(), "{before:?}");
    let query =
        "{ tasks(asOf: \"2025-01-01\") { totalCount } plans(asOf: \"2025-01-01\") { totalCount } }";
    let none = cast.officer.ask(query).await;
    assert_eq!(
        (
            none.number("/tasks/totalCount"),
            none.number("/plans/totalCount")
        ),
        (0, 0)
    );
}

#[rstest]
#[tokio::test]
async fn one_request_is_read_as_of_one_day(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let two = "query($a: Date, $b: Date) { a: tasks(asOf: $a) { totalCount } ...F }
        fragment F on Query { b: tasks(asOf: $b) { totalCount } }";
    let variables = json!({ "a": "2025-03-01", "b": "2025-03-02" });
    let refused = cast.officer.ask_with(two, variables).await;
    assert_eq!(refused.codes(), ["BAD_USER_INPUT"], "{refused:?}");
    let variables = json!({ "a": "2025-03-20", "b": "2025-03-20" });
    let same = cast.officer.ask_with(two, variables).await;
    assert_eq!(same.number("/a/totalCount"), 36, "{same:?}");
}

#[rstest]
#[tokio::test]
async fn an_earlier_day_shows_nothing_out_of_scope(#[values(Sqlite, Postgres)] backend: Backend) {
    let mut cast = Cast::start(backend).await;
    let item = json!({ "kind": "MEETING", "source": "主席办公会议", "title": "郑州活动",
        "lead": "410100", "deadline": "2025-05-30" });
    cast.officer
        .change("createTask", item, "task { code }")
        .await;
    cast.hand_out("2025-H01", "2025-05-30").await;
    next_day(&mut cast).await;
    let (own, other) = (
        cast.app.municipal_reporter("410100").await,
        cast.app.municipal_reporter("410300").await,
    );
    for (who, count) in [(&own, 1), (&other, 0)] {
        let query = "{ tasks(filter: { hasPlan: false }, asOf: \"2025-03-17\") { totalCount } }";
        assert_eq!(who.ask(query).await.number("/tasks/totalCount"), count);
    }
}

#[rstest]
#[tokio::test]
async fn what_is_hidden_on_an_earlier_day_costs_what_is_absent(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::of(TestApp::start_counting(backend).await).await;
    let item = json!({ "kind": "MEETING", "source": "主席办公会议", "title": "郑州活动",
        "lead": "410100", "deadline": "2025-05-30" });
    cast.officer
        .change("createTask", item, "task { code }")
        .await;
    cast.hand_out("2025-H01", "2025-05-30").await;
    next_day(&mut cast).await;
    let other = cast.app.municipal_reporter("410300").await;
    let ask = |code: &str| {
        format!("{{ task(id: \"{code}\", asOf: \"2025-03-17\") {{ code light {{ colour }} }} }}")
    };
    let mut costs = Vec::new();
    for code in ["2025-H01", "2025-H77"] {
        let mut least = u64::MAX;
        for _ in 0..3 {
            let (answer, cost) = cast.app.counting(other.ask(&ask(code))).await;
            assert!(answer.at("/task").is_null(), "{answer:?}");
            least = least.min(cost);
        }
        costs.push(least);
    }
    assert_eq!(costs[0], costs[1]);
}

#[rstest]
#[tokio::test]
async fn an_earlier_day_costs_the_same_whatever_the_page(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::of(TestApp::start_counting(backend).await).await;
    next_day(&mut cast).await;
    let query = "query($first: Int!) { tasks(first: $first, asOf: \"2025-03-17\") { edges { node {
        code light { colour } lead { name } reports(first: 5) { edges { node { state } } }
        notices(first: 5) { edges { node { state recipients { level } } } } } } } }";
    let mut costs = Vec::new();
    for first in [2, 16] {
        let mut least = u64::MAX;
        for _ in 0..3 {
            let asked = cast.officer.ask_with(query, json!({ "first": first }));
            let (answer, cost) = cast.app.counting(asked).await;
            assert_eq!(answer.list("/tasks/edges").len(), first);
            least = least.min(cost);
        }
        costs.push(least);
    }
    // A loader may split a batch on a busy machine.
    assert!(costs[1] <= costs[0] + 3, "{costs:?}");
}

#[rstest]
#[tokio::test]
async fn a_mistyped_day_is_told_in_the_language_of_the_reader(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    for day in ["\"2025-02-30\"", "\"tomorrow\"", "20250630"] {
        let query = format!("{{ tasks(asOf: {day}) {{ totalCount }} }}");
        let refused = cast.officer.ask(&query).await;
        assert_eq!(refused.codes(), ["BAD_USER_INPUT"], "{refused:?}");
        let error = &refused.errors()[0];
        assert_eq!(
            error["message"],
            "日期写成“年-月-日”，例如 2025-06-30，且必须是存在的一天。"
        );
        assert!(error["extensions"]["sentence"].is_null(), "{refused:?}");
    }
}

//! Reports and notices as of an earlier day, and who owed a report for a month.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::approve_newest;
use crate::{
    closed_loop::Cast,
    notices::{act, issue},
};

const SEEN: &str = "
    task(id: \"2025-17\"ARG) { light { colour reasons { code figures { name value } } }
      reports(first: 5) { edges { node { ...Report previous { state } } } }
      notices(first: 5) { edges { node { ...Notice } } } }
    reports(first: 5, filter: { task: \"2025-17\" }ARG) { totalCount edges { node { ...Report } } }
    submitted: reports(first: 1, filter: { state: [SUBMITTED] }ARG) { totalCount }
    reportSheet(period: \"2025-03\", department: \"XXB\"ARG) { windowState
      rows(first: 5) { edges { node { role task { code } report { ...Report } } } } }
    notice(id: \"2025-1\"ARG) { ...Notice }
    notices(first: 5ARG) { totalCount edges { node { ...Notice } } }
    overdue: notices(first: 1, filter: { isOverdue: true }ARG) { totalCount }
    department(id: \"XXB\"ARG) { byLight { colour count } leadCount parent { code }
      reportingRates(months: 2, until: \"2025-04\") { period isDue expected onTime late missingCount } }";

const FRAGMENTS: &str = "
    fragment Report on ProgressReport { state version progress isLate updatedAt
      submittedAt acceptedAt remark { words } steps { edges { node { seq act progress } } } }
    fragment Notice on SupervisionNotice { code state level replyBy isOverdue version
      addressees { department { code } repliedAt } recipients { person { displayName } level }
      steps { act level } }";

async fn seen(who: &Person, day: Option<&str>) -> Value {
    let mut query = SEEN.to_owned();
    if let Some(day) = day {
        query = query.replace("ARG", &format!(", asOf: \"{day}\""));
    }
    let query = query.replace("ARG", "");
    let answer = who.ask(&format!("{{ {query} }} {FRAGMENTS}")).await;
    assert!(answer.errors().is_empty(), "{answer:?}");
    answer.data().clone()
}

async fn days_later(cast: &mut Cast, days: i64) {
    cast.app.advance(Duration::days(days));
    cast.officer = cast.app.officer().await;
    cast.leader = cast.app.leader().await;
    cast.liaison = cast.app.sign_in("liaison-XXB").await;
}

/// The newest report on the task: its id and version.
async fn report(cast: &Cast) -> (String, i64) {
    let query = "{ task(id: \"2025-17\") { reports { edges { node { id version } } } } }";
    let found = cast.liaison.ask(query).await;
    let node = found.at("/task/reports/edges/0/node");
    let id = node["id"].as_str().expect("a report").to_owned();
    (id, node["version"].as_i64().expect("a version"))
}

async fn write(cast: &Cast, version: Option<i64>, progress: &str) {
    let row = json!({ "taskId": "2025-17", "expectedVersion": version, "progress": progress,
        "nextSteps": "按计划推进", "selfAssessment": "ON_TRACK" });
    let input = json!({ "department": "XXB", "period": "2025-03", "rows": [row] });
    let fields = "rows { report { state } userErrors { code } }";
    let done = cast.liaison.change("saveReports", input, fields).await;
    assert_eq!(
        done.list("/saveReports/rows/0/userErrors").len(),
        0,
        "{done:?}"
    );
}

async fn submit(cast: &Cast) {
    let (_, version) = report(cast).await;
    let input = json!({ "department": "XXB", "period": "2025-03",
        "rows": [{ "taskId": "2025-17", "expectedVersion": version }] });
    let fields = "rows { report { state } userErrors { code } }";
    let done = cast.liaison.change("submitReports", input, fields).await;
    assert_eq!(
        done.list("/submitReports/rows/0/userErrors").len(),
        0,
        "{done:?}"
    );
}

/// What each day brings, and the days until the next one.
#[expect(clippy::too_many_lines, reason = "one arm a day")]
async fn work(cast: &Cast, day: usize) -> i64 {
    match day {
        // Monday, 17 March.
        0 => {
            cast.hand_out("2025-17", "2025-12-31").await;
            cast.accept("2025-17").await;
            15
        }
        // Tuesday, 1 April: reports of March are taken.
        1 => {
            write(cast, None, "已举办 3 场活动").await;
            1
        }
        2 => {
            submit(cast).await;
            issue(&cast.officer, "2025-17", json!({ "replyWorkingDays": 1 })).await;
            1
        }
        3 => {
            let (id, version) = report(cast).await;
            let back = json!({ "reportId": id, "expectedVersion": version, "cells": ["PROGRESS"],
                "remark": "请写明参加人数", "mendBy": "2025-04-15" });
            let done = cast
                .officer
                .change("returnReport", back, "report { state }")
                .await;
            assert_eq!(
                done.text("/returnReport/report/state"),
                "RETURNED",
                "{done:?}"
            );
            5
        }
        // Tuesday, 8 April.
        4 => {
            let up = act(&cast.officer, "escalateNotice", "2025-1", json!({})).await;
            assert_eq!(up.text("/escalateNotice/notice/level"), "HEAD", "{up:?}");
            let (_, version) = report(cast).await;
            write(cast, Some(version), "已举办 3 场活动，参加 210 人").await;
            submit(cast).await;
            1
        }
        5 => {
            let text = json!({ "text": "下周完成" });
            let done = act(&cast.liaison, "replyNotice", "2025-1", text).await;
            assert_eq!(done.user_errors("replyNotice"), [""; 0], "{done:?}");
            let (id, version) = report(cast).await;
            let row = json!({ "reportId": id, "expectedVersion": version });
            let fields = "rows { userErrors { code } }";
            let input = json!({ "rows": [row] });
            let done = cast.officer.change("acceptReports", input, fields).await;
            assert_eq!(
                done.list("/acceptReports/rows/0/userErrors").len(),
                0,
                "{done:?}"
            );
            1
        }
        6 => {
            act(
                &cast.officer,
                "closeNotice",
                "2025-1",
                json!({ "text": "已核实" }),
            )
            .await;
            1
        }
        _ => {
            let to = json!({ "reason": "职责调整", "lead": "KPB", "support": [] });
            cast.act(&cast.officer, "proposeAmendment", "2025-17", to)
                .await;
            approve_newest(cast, "2025-17").await;
            1
        }
    }
}

#[rstest]
#[tokio::test]
async fn reports_and_notices_are_read_again_as_they_were(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend).await;
    let head = (Role::Leader, "XXB", Reach::Itself);
    cast.app.person("xxb-head", head).await;
    let mut then = Vec::new();
    for day in 0..8 {
        let until_next = work(&cast, day).await;
        let found = cast.officer.ask("{ instance { today } }").await;
        let date = found.text("/instance/today").to_owned();
        let views = (
            seen(&cast.officer, None).await,
            seen(&cast.liaison, None).await,
        );
        then.push((date, views));
        days_later(&mut cast, until_next).await;
    }
    for pair in then.windows(2) {
        assert_ne!(pair[0].1, pair[1].1, "{} changed something", pair[1].0);
    }
    for (date, (officer, liaison)) in &then {
        assert_eq!(
            &seen(&cast.officer, Some(date)).await,
            officer,
            "as of {date}"
        );
        assert_eq!(
            &seen(&cast.liaison, Some(date)).await,
            liaison,
            "as of {date}"
        );
    }
}

async fn expected(who: &Person, department: &str) -> Vec<i64> {
    let query = "query($id: ID!) { department(id: $id) {
        reportingRates(months: 2, until: \"2025-04\") { expected } } }";
    let found = who.ask_with(query, json!({ "id": department })).await;
    let months = found.list("/department/reportingRates").iter();
    months.filter_map(|one| one["expected"].as_i64()).collect()
}

#[rstest]
#[tokio::test]
async fn a_month_is_owed_by_whoever_took_part_when_it_ended(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend).await;
    cast.hand_out("2025-17", "2025-12-31").await;
    cast.accept("2025-17").await;
    days_later(&mut cast, 22).await;
    // April, then March.
    assert_eq!(expected(&cast.officer, "XXB").await, [1, 1]);
    assert_eq!(expected(&cast.officer, "KPB").await, [0, 0]);
    let to = json!({ "reason": "职责调整", "lead": "KPB", "support": [] });
    cast.act(&cast.officer, "proposeAmendment", "2025-17", to)
        .await;
    approve_newest(&cast, "2025-17").await;
    assert_eq!(expected(&cast.officer, "XXB").await, [0, 1]);
    assert_eq!(expected(&cast.officer, "KPB").await, [1, 0]);
}

//! Those who owe a report are asked for it around its day, until it is in.

use duban_app::jobs;
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{Cast, REPORT, batch, write_and_submit};
use crate::sql;

const TOLD: &str = "{ viewer { notifications(first: 100) { edges { node {
    kind phase sentence path field taskCode dueOn } } } } }";

/// What somebody was told of one kind, the newest first.
pub(super) async fn told(who: &Person, kind: &str) -> Vec<Value> {
    let answer = who.ask(TOLD).await;
    let edges = answer.list("/viewer/notifications/edges").iter();
    let nodes = edges.map(|edge| edge["node"].clone());
    nodes.filter(|node| node["kind"] == kind).collect()
}

/// The same for reports, as `PHASE task`, by task.
async fn asked(who: &Person) -> Vec<String> {
    let told = told(who, "REPORT").await;
    let mut lines: Vec<String> = told
        .iter()
        .map(|one| {
            let text = |name: &str| one[name].as_str().unwrap_or_default();
            format!("{} {}", text("taskCode"), text("phase"))
        })
        .collect();
    lines.sort();
    lines
}

impl Cast {
    pub(super) async fn round(&self) -> jobs::Round {
        jobs::run_once(self.app.app())
            .await
            .expect("a round of jobs")
    }
}

#[rstest]
#[tokio::test]
async fn a_report_is_asked_for_before_on_and_after_its_day(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-17"]).await;
    // The reports of March are due on 8 April, for 清明 is a holiday.
    let mut heard = Vec::new();
    for (days, day) in [
        (16, "2 April"),
        (1, "3 April"),
        (4, "7 April"),
        (1, "8 April"),
        (1, "9 April"),
        (1, "10 April"),
    ] {
        cast.later(days).await;
        cast.round().await;
        assert_eq!(cast.round().await.reminders, 0, "a second round on {day}");
        heard.push(asked(&cast.reporter).await.len());
    }
    assert_eq!(heard, [0, 1, 1, 2, 3, 3]);
    let told = told(&cast.reporter, "REPORT").await;
    assert_eq!(told[0]["phase"], "AFTER");
    assert_eq!(told[1]["phase"], "ON");
    assert_eq!(told[2]["phase"], "BEFORE");
    let first = &told[2];
    assert_eq!(first["dueOn"], "2025-04-08");
    assert_eq!(first["field"], "REPORT");
    assert_eq!(
        first["path"],
        "/report?period=2025-03&department=XXB&task=2025-17"
    );
    let sentence = first["sentence"].as_str().expect("a sentence");
    assert!(
        sentence.starts_with("2025-17「")
            && sentence.ends_with("」2025年3月的月报未报，4月8日到期。"),
        "{sentence}"
    );
    let other = cast.app.sign_in("second-XXB").await;
    assert_eq!(asked(&other).await.len(), 3, "whoever stands in");
    assert!(asked(&cast.officer).await.is_empty());
    cast.app.advance(Duration::days(-7));
    assert_eq!(cast.round().await.reminders, 0, "a clock set back");
}

#[rstest]
#[tokio::test]
async fn nobody_is_asked_for_what_is_in_or_for_a_task_that_is_over(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-10", "2025-18", "2025-17"]).await;
    cast.later(16).await;
    write_and_submit(&cast.reporter, "2025-03", "2025-18").await;
    let leader = cast.app.leader().await;
    let input = json!({ "taskId": "2025-10", "expectedVersion": cast.version("2025-10").await,
        "reason": "不再推进" });
    let done = leader.change("cancelTask", input, "task { state }").await;
    assert_eq!(done.text("/cancelTask/task/state"), "CANCELLED", "{done:?}");
    cast.later(1).await;
    cast.round().await;
    assert_eq!(asked(&cast.reporter).await, ["2025-17 BEFORE"]);
    write_and_submit(&cast.reporter, "2025-03", "2025-17").await;
    for days in [5, 1, 1] {
        cast.later(days).await;
        cast.round().await;
    }
    assert_eq!(asked(&cast.reporter).await, ["2025-17 BEFORE"]);
}

#[rstest]
#[tokio::test]
async fn a_clock_set_forward_asks_only_for_what_can_still_be_written(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-17"]).await;
    // 16 May: March is closed, April late.
    cast.later(60).await;
    cast.round().await;
    let told = told(&cast.reporter, "REPORT").await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["phase"], "AFTER");
    let path = told[0]["path"].as_str().expect("a path");
    assert!(path.contains("period=2025-04"), "{path}");
}

#[tokio::test]
async fn a_round_takes_the_same_statements_for_one_task_and_for_three() {
    let mut counts = Vec::new();
    for codes in [&["2025-17"][..], &["2025-10", "2025-18", "2025-17"]] {
        let mut cast = Cast::start(Sqlite, codes).await;
        cast.later(17).await;
        let (round, count) = cast.app.counting(cast.round()).await;
        assert!(
            round.reminders >= 2 * u64::try_from(codes.len()).expect("few"),
            "{round:?}"
        );
        counts.push(count);
    }
    assert_eq!(counts[0], counts[1]);
}

#[rstest]
#[tokio::test]
async fn a_digest_leaves_out_what_was_reported_since(#[values(Sqlite, Postgres)] backend: Backend) {
    let mut cast = Cast::start(backend, &["2025-18", "2025-17"]).await;
    // It is half past nine.
    let input = json!({ "expectedVersion": 0, "address": "liaison@example.org", "isMailOn": true,
        "quietFrom": 9, "quietUntil": 10, "language": "CHINESE" });
    let name = "updateNotificationSettings";
    let set = cast.reporter.change(name, input, "settings { version }");
    assert_eq!(set.await.user_errors(name), [""; 0]);
    cast.later(17).await;
    let round = cast.round().await;
    assert!(round.reminders >= 4 && round.digests == 0, "{round:?}");
    write_and_submit(&cast.reporter, "2025-03", "2025-17").await;
    cast.app.advance(Duration::hours(1));
    assert_eq!(cast.round().await.digests, 1);
    let mails = sql::texts(&cast.app, "SELECT body FROM outgoing_mail").await;
    assert_eq!(mails.len(), 1, "one digest for a person");
    let of = |task: &str| format!("/report?period=2025-03&department=XXB&task={task}");
    assert!(mails[0].contains(&of("2025-18")), "{}", mails[0]);
    assert!(!mails[0].contains(&of("2025-17")), "{}", mails[0]);
}

#[rstest]
#[tokio::test]
async fn a_returned_report_tells_its_author_what_to_mend(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-17"]).await;
    cast.later(16).await;
    let submitted = write_and_submit(&cast.reporter, "2025-03", "2025-17").await;
    let id = submitted.text("/submitReports/rows/0/report/id").to_owned();
    let input = json!({ "reportId": id, "expectedVersion": 2, "cells": ["PROGRESS"],
        "remark": "请写明参加人数", "mendBy": "2025-04-08" });
    let returned = cast.officer.change("returnReport", input, REPORT).await;
    assert_eq!(returned.text("/returnReport/report/state"), "RETURNED");
    let told_author = told(&cast.reporter, "REPORT_RETURNED").await;
    assert_eq!(told_author.len(), 1, "{told_author:?}");
    let one = &told_author[0];
    assert_eq!(one["dueOn"], "2025-04-08");
    assert_eq!(
        one["path"],
        "/report?period=2025-03&department=XXB&task=2025-17"
    );
    let sentence = one["sentence"].as_str().expect("a sentence");
    assert!(
        sentence.ends_with("的月报被退回，请于4月8日前修改后重新提交：请写明参加人数"),
        "{sentence}"
    );
    let second = cast.app.sign_in("second-XXB").await;
    assert!(told(&second, "REPORT_RETURNED").await.is_empty());
    assert!(told(&cast.officer, "REPORT_RETURNED").await.is_empty());
}

#[rstest]
#[tokio::test]
async fn a_feed_shows_when_reports_are_due_until_they_are_in(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-17"]).await;
    let made = cast
        .reporter
        .change("createCalendarFeed", json!({}), "path")
        .await;
    let path = made.text("/createCalendarFeed/path").to_owned();
    let anybody = cast.app.anonymous();
    let found = anybody.send(anybody.get(&path)).await;
    let text = found.body();
    assert!(text.contains("DTSTART;VALUE=DATE:20250408"), "{text}");
    assert!(text.contains("SUMMARY:月报：2025-03"), "{text}");
    assert!(text.contains("UID:report-2025-03-"), "{text}");
    cast.later(16).await;
    let rows = json!([super::row("2025-17", None, "已举办 12 场学术活动")]);
    cast.reporter
        .change("saveReports", batch("2025-03", rows), super::ROWS)
        .await;
    let drafted = anybody.send(anybody.get(&path)).await;
    assert!(drafted.body().contains("20250408"), "a draft is not in");
    let rows = json!([{ "taskId": "2025-17", "expectedVersion": 1 }]);
    cast.reporter
        .change("submitReports", batch("2025-03", rows), super::ROWS)
        .await;
    let reported = anybody.send(anybody.get(&path)).await;
    assert!(!reported.body().contains("20250408"), "{reported:?}");
}

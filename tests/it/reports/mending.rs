//! Whoever had a report returned is asked for it around the day it is to be mended by, until it is in
//! again.

use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{Cast, REPORT, ROWS, batch, outcomes, reminding::told, row, write_and_submit};
use crate::sql;

impl Cast {
    /// Returns the report of the department for March on point 17.
    async fn send_back(&self, version: i64, mend_by: &str) {
        let query = "{ reports(filter: { period: \"2025-03\", task: \"2025-17\" }) {
            edges { node { id } } } }";
        let found = self.officer.ask(query).await;
        let input = json!({ "reportId": found.at("/reports/edges/0/node/id"),
            "expectedVersion": version, "cells": ["PROGRESS"], "remark": "请写明参加人数",
            "mendBy": mend_by });
        let done = self.officer.change("returnReport", input, REPORT).await;
        assert_eq!(done.text("/returnReport/report/state"), "RETURNED");
    }

    async fn hand_in_again(&self, version: i64) {
        let rows = json!([row(
            "2025-17",
            Some(version),
            "已举办 12 场学术活动，860 人参加"
        )]);
        let input = batch("2025-03", rows);
        let saved = self.reporter.change("saveReports", input, ROWS).await;
        let drafted = format!("RETURNED {}", version + 1);
        assert_eq!(outcomes(&saved, "saveReports"), [drafted], "{saved:?}");
        let rows = json!([{ "taskId": "2025-17", "expectedVersion": version + 1 }]);
        let input = batch("2025-03", rows);
        let done = self.reporter.change("submitReports", input, ROWS).await;
        let submitted = format!("SUBMITTED {}", version + 2);
        assert_eq!(outcomes(&done, "submitReports"), [submitted], "{done:?}");
    }

    /// The reminders of a returned report by their phase, the first one first.
    async fn asked_to_mend(&self) -> Vec<Value> {
        let mut told = told(&self.reporter, "REPORT_RETURNED").await;
        told.retain(|one| !one["phase"].is_null());
        told.reverse();
        told
    }
}

fn phases(told: &[Value]) -> Vec<&str> {
    let phases = told.iter().filter_map(|one| one["phase"].as_str());
    phases.collect()
}

#[rstest]
#[tokio::test]
async fn a_returned_report_is_asked_for_before_on_and_after_its_day_until_it_is_in_again(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-17"]).await;
    // 2 April, a Wednesday.
    cast.later(16).await;
    write_and_submit(&cast.reporter, "2025-03", "2025-17").await;
    cast.send_back(2, "2025-04-08").await;
    cast.round().await;
    assert!(cast.asked_to_mend().await.is_empty(), "it is early");
    let mut heard = Vec::new();
    // 7 April, Monday after 清明; the 8th; the 9th; the 10th.
    for days in [5, 1, 1, 1] {
        cast.later(days).await;
        cast.round().await;
        assert_eq!(cast.round().await.reminders, 0, "a second round");
        heard.push(cast.asked_to_mend().await.len());
    }
    assert_eq!(heard, [1, 2, 3, 3]);
    let asked = cast.asked_to_mend().await;
    assert_eq!(phases(&asked), ["BEFORE", "ON", "AFTER"]);
    assert_eq!(asked[0]["dueOn"], "2025-04-08");
    assert_eq!(
        asked[0]["path"],
        "/report?period=2025-03&department=XXB&task=2025-17"
    );
    let sentence = asked[0]["sentence"].as_str().expect("a sentence");
    assert!(
        sentence.ends_with("」2025年3月的月报退回未改，4月8日到期。"),
        "{sentence}"
    );
    let second = cast.app.sign_in("second-XXB").await;
    assert!(
        told(&second, "REPORT_RETURNED").await.is_empty(),
        "whoever did not write it"
    );
    // Handed in again on the 10th, it is asked for no more; returned again, it is.
    cast.hand_in_again(3).await;
    cast.later(1).await;
    cast.round().await;
    assert_eq!(cast.asked_to_mend().await.len(), 3);
    cast.send_back(5, "2025-04-15").await;
    for days in [3, 1] {
        cast.later(days).await;
        cast.round().await;
    }
    let asked = cast.asked_to_mend().await;
    assert_eq!(phases(&asked[3..]), ["BEFORE", "ON"]);
    cast.app.advance(Duration::days(-7));
    assert_eq!(cast.round().await.reminders, 0, "a clock set back");
}

#[rstest]
#[tokio::test]
async fn a_draft_of_a_returned_report_asks_for_nothing_twice_and_a_digest_leaves_out_what_is_mended(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-17"]).await;
    // It is half past nine.
    let input = json!({ "expectedVersion": 0, "address": "liaison@example.org", "isMailOn": true,
        "quietFrom": 9, "quietUntil": 10, "language": "CHINESE" });
    let name = "updateNotificationSettings";
    let set = cast.reporter.change(name, input, "settings { version }");
    assert_eq!(set.await.user_errors(name), [""; 0]);
    cast.later(16).await;
    write_and_submit(&cast.reporter, "2025-03", "2025-17").await;
    cast.send_back(2, "2025-04-08").await;
    cast.later(5).await;
    cast.round().await;
    let rows = json!([row("2025-17", Some(3), "已举办 12 场学术活动，人数待核")]);
    let input = batch("2025-03", rows);
    let saved = cast.reporter.change("saveReports", input, ROWS).await;
    assert_eq!(outcomes(&saved, "saveReports"), ["RETURNED 4"], "{saved:?}");
    cast.later(1).await;
    cast.round().await;
    assert_eq!(phases(&cast.asked_to_mend().await), ["BEFORE", "ON"]);
    cast.hand_in_again(4).await;
    cast.app.advance(Duration::hours(1));
    assert_eq!(cast.round().await.digests, 1);
    let mails = sql::texts(&cast.app, "SELECT body FROM outgoing_mail").await;
    assert_eq!(mails.len(), 1, "one digest for a person");
    assert!(!mails[0].contains("退回未改"), "{}", mails[0]);
}

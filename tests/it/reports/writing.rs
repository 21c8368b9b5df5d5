//! The department's side: what is owed, drafts, submission, late and closed periods.

use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::json;

use super::{Cast, ROWS, batch, outcomes, row, write_and_submit};
use crate::sql;

const SHEET: &str = "query($period: Period) { reportSheet(period: $period) {
    period opensOn dueOn closesOn isReopened windowState viewerCanWrite department { code }
    rows(first: 200) { totalCount edges { node { role task { code }
        report { state version progress remark { words } } previous { progress } } } } } }";

#[rstest]
#[tokio::test]
async fn a_sheet_holds_what_is_owed_and_what_was_said_before(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-17", "2025-10"]).await;
    cast.hand_out("2025-09").await;
    let before = cast.reporter.ask(SHEET).await;
    assert_eq!(
        before.text("/reportSheet/period"),
        "2025-02",
        "late ones are taken"
    );
    let march = json!({ "period": "2025-03" });
    let early = cast.reporter.ask_with(SHEET, march).await;
    assert_eq!(early.text("/reportSheet/period"), "2025-03");
    assert_eq!(early.text("/reportSheet/windowState"), "NOT_OPEN");
    let before = json!([row("2025-17", None, "提前填报")]);
    let refused = cast
        .reporter
        .change("saveReports", batch("2025-03", before), ROWS)
        .await;
    assert_eq!(
        outcomes(&refused, "saveReports"),
        ["PERIOD_NOT_OPEN at period"]
    );

    cast.later(14).await;
    let sheet = cast.reporter.ask(SHEET).await;
    assert_eq!(sheet.text("/reportSheet/department/code"), "XXB");
    assert_eq!(sheet.text("/reportSheet/windowState"), "OPEN");
    // 4 April is Qingming, so the fifth working day is the 8th.
    assert_eq!(sheet.text("/reportSheet/dueOn"), "2025-04-08");
    assert_eq!(sheet.text("/reportSheet/closesOn"), "2025-04-22");
    let codes = |answer: &duban_tests::Answer| -> Vec<String> {
        let rows = answer.list("/reportSheet/rows/edges").iter();
        rows.map(|edge| {
            edge["node"]["task"]["code"]
                .as_str()
                .unwrap_or("")
                .to_owned()
        })
        .collect()
    };
    assert_eq!(
        codes(&sheet),
        ["2025-10", "2025-17"],
        "not what waits for acceptance"
    );

    let submitted = write_and_submit(&cast.reporter, "2025-03", "2025-17").await;
    assert_eq!(outcomes(&submitted, "submitReports"), ["SUBMITTED 2"]);
    cast.later(30).await;
    let next = cast.reporter.ask(SHEET).await;
    assert_eq!(next.text("/reportSheet/period"), "2025-04");
    let row = next
        .list("/reportSheet/rows/edges")
        .iter()
        .find(|edge| edge["node"]["task"]["code"] == "2025-17")
        .expect("the task")
        .clone();
    assert_eq!(row["node"]["report"], json!(null));
    assert_eq!(row["node"]["previous"]["progress"], "已举办 12 场学术活动");
}

#[rstest]
#[tokio::test]
async fn drafts_are_written_row_by_row_and_nobody_overwrites_another(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-17", "2025-10"]).await;
    cast.later(14).await;
    let long = "长".repeat(2_001);
    let rows = json!([
        row("2025-17", None, "已举办 12 场"),
        row("2025-10", None, &long),
        row("2025-09", None, "不在办"),
        row("2025-99", None, "没有"),
        row("2025-17", None, "又一次"),
    ]);
    let mut input = batch("2025-03", rows);
    input["idempotencyKey"] = json!("draft-2025-03");
    let saved = cast
        .reporter
        .change("saveReports", input.clone(), ROWS)
        .await;
    assert_eq!(
        outcomes(&saved, "saveReports"),
        [
            "DRAFT 1",
            "TEXT_TOO_LONG at progress",
            "REPORT_NOT_OWED at taskId",
            "NOT_FOUND at taskId",
            "CONFLICT at expectedVersion",
        ],
        "{saved:?}"
    );
    let again = cast.reporter.change("saveReports", input, ROWS).await;
    assert_eq!(
        outcomes(&again, "saveReports"),
        outcomes(&saved, "saveReports")
    );

    let colleague = cast.app.sign_in("second-XXB").await;
    let rows = json!([row("2025-17", Some(1), "已举办 13 场")]);
    let by_other = colleague
        .change("saveReports", batch("2025-03", rows), ROWS)
        .await;
    assert_eq!(outcomes(&by_other, "saveReports"), ["DRAFT 2"]);
    let rows = json!([row("2025-17", Some(1), "旧的")]);
    let stale = cast
        .reporter
        .change("saveReports", batch("2025-03", rows), ROWS)
        .await;
    assert_eq!(
        outcomes(&stale, "saveReports"),
        ["CONFLICT at expectedVersion"]
    );
    let seq = sql::audit_head(&cast.app).await;
    let rows = json!([row("2025-17", Some(2), "已举办 13 场")]);
    let same = cast
        .reporter
        .change("saveReports", batch("2025-03", rows), ROWS)
        .await;
    assert_eq!(
        outcomes(&same, "saveReports"),
        ["DRAFT 2"],
        "nothing changed"
    );
    assert_eq!(sql::audit_after(&cast.app, seq).await, [""; 0]);

    let troubled = json!([{ "taskId": "2025-17", "expectedVersion": 2, "progress": "受阻",
        "selfAssessment": "BEHIND" }]);
    cast.reporter
        .change("saveReports", batch("2025-03", troubled), ROWS)
        .await;
    let rows = json!([{ "taskId": "2025-17", "expectedVersion": 3 },
        { "taskId": "2025-10", "expectedVersion": 0 }]);
    let input = batch("2025-03", rows);
    let bare = cast.reporter.change("submitReports", input, ROWS).await;
    assert_eq!(
        outcomes(&bare, "submitReports"),
        [
            "REPORT_CELL_MISSING at problems",
            "REPORT_CELL_MISSING at progress"
        ],
        "{bare:?}"
    );
}

#[rstest]
#[tokio::test]
async fn on_time_late_and_closed_follow_the_calendar(#[values(Sqlite, Postgres)] backend: Backend) {
    let mut cast = Cast::start(backend, &["2025-17", "2025-10", "2025-18"]).await;
    cast.later(22).await;
    let on_time = write_and_submit(&cast.reporter, "2025-03", "2025-17").await;
    let is_late =
        |answer: &duban_tests::Answer| answer.at("/submitReports/rows/0/report/isLate").clone();
    assert_eq!(is_late(&on_time), json!(false), "8 April is the last day");
    cast.later(1).await;
    let late = write_and_submit(&cast.reporter, "2025-03", "2025-10").await;
    assert_eq!(is_late(&late), json!(true));
    let twice = json!([{ "taskId": "2025-10", "expectedVersion": 2 }]);
    let refused = cast
        .reporter
        .change("submitReports", batch("2025-03", twice), ROWS)
        .await;
    assert_eq!(
        outcomes(&refused, "submitReports"),
        ["REPORT_NOT_EDITABLE at taskId"]
    );

    cast.later(14).await;
    let seq = sql::audit_head(&cast.app).await;
    let rows = json!([row("2025-18", None, "补报"), row("2025-10", Some(2), "改")]);
    let closed = cast
        .reporter
        .change("saveReports", batch("2025-03", rows), ROWS)
        .await;
    let both = ["PERIOD_CLOSED at period", "PERIOD_CLOSED at period"];
    assert_eq!(outcomes(&closed, "saveReports"), both, "in a batch too");
    assert_eq!(sql::audit_after(&cast.app, seq).await, [""; 0]);
}

#[rstest]
#[tokio::test]
async fn a_closed_period_takes_reports_again_after_it_was_opened_with_a_reason(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-17"]).await;
    cast.later(30).await;
    let input = |until: &str| {
        json!({ "department": "HNAST", "period": "2025-03",
        "until": until, "reason": "系统故障，统一补报" })
    };
    let open = cast
        .officer
        .change("reopenPeriod", input("2025-05-09"), "until")
        .await;
    assert_eq!(
        open.user_errors("reopenPeriod"),
        ["PERIOD_NOT_CLOSED at period"]
    );
    cast.later(10).await;
    let by_reporter = cast
        .reporter
        .change("reopenPeriod", input("2025-05-09"), "until")
        .await;
    assert_eq!(by_reporter.codes(), ["FORBIDDEN"]);
    let past = cast
        .officer
        .change("reopenPeriod", input("2025-04-25"), "until")
        .await;
    assert_eq!(past.user_errors("reopenPeriod"), ["DATE_PAST at until"]);
    let seq = sql::audit_head(&cast.app).await;
    let fields = "until period department { code }";
    let opened = cast
        .officer
        .change("reopenPeriod", input("2025-05-09"), fields)
        .await;
    assert_eq!(
        opened.text("/reopenPeriod/until"),
        "2025-05-09",
        "{opened:?}"
    );
    assert_eq!(sql::audit_after(&cast.app, seq).await, ["period.reopened"]);

    let submitted = write_and_submit(&cast.reporter, "2025-03", "2025-17").await;
    assert_eq!(
        submitted.at("/submitReports/rows/0/report/isLate"),
        &json!(true)
    );
    cast.later(14).await;
    let rows = json!([row("2025-17", Some(2), "改")]);
    let closed = cast
        .reporter
        .change("saveReports", batch("2025-03", rows), ROWS)
        .await;
    assert_eq!(
        outcomes(&closed, "saveReports"),
        ["PERIOD_CLOSED at period"]
    );
}

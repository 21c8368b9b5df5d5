//! Those who owe a report in a period that was opened again are asked for it, once for each reopening.

use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::{Value, json};

use super::{Cast, ROWS, batch, outcomes, reminding::told, row, write_and_submit};

impl Cast {
    async fn reopen(&self, department: &str, until: &str) {
        let input = json!({ "department": department, "period": "2025-03", "until": until,
            "reason": "补报上月情况" });
        let done = self.officer.change("reopenPeriod", input, "until").await;
        assert_eq!(done.user_errors("reopenPeriod"), [""; 0], "{done:?}");
    }

    /// What was said of the reopening, the first one first.
    async fn asked_again(&self) -> Vec<Value> {
        let mut told = told(&self.reporter, "REPORT").await;
        told.retain(|one| one["phase"].is_null());
        told.reverse();
        told
    }
}

#[rstest]
#[tokio::test]
async fn a_reopening_asks_once_for_what_is_not_in(#[values(Sqlite, Postgres)] backend: Backend) {
    let mut cast = Cast::start(backend, &["2025-17", "2025-18"]).await;
    cast.later(16).await;
    write_and_submit(&cast.reporter, "2025-03", "2025-18").await;
    // 25 April: March is closed since the 22nd.
    cast.later(23).await;
    assert!(cast.asked_again().await.is_empty());
    cast.reopen("XXB", "2025-04-30").await;
    let asked = cast.asked_again().await;
    assert_eq!(asked.len(), 1, "what is in is not asked for: {asked:?}");
    assert_eq!(asked[0]["taskCode"], "2025-17");
    assert_eq!(asked[0]["dueOn"], "2025-04-30");
    assert_eq!(
        asked[0]["path"],
        "/report?period=2025-03&department=XXB&task=2025-17"
    );
    let sentence = asked[0]["sentence"].as_str().expect("a sentence");
    assert!(
        sentence.starts_with("2025年3月的月报已重新开放，2025-17「")
            && sentence.ends_with("」尚未报送，请于4月30日前补报。"),
        "{sentence}"
    );
    let second = cast.app.sign_in("second-XXB").await;
    assert_eq!(told(&second, "REPORT").await.len(), 1, "whoever stands in");
    assert!(told(&cast.officer, "REPORT").await.is_empty());
    for days in [3, 1] {
        cast.later(days).await;
        cast.round().await;
    }
    assert_eq!(cast.asked_again().await.len(), 1, "once");
    // 3 May: closed again, and opened once more.
    cast.later(4).await;
    cast.reopen("XXB", "2025-05-09").await;
    assert_eq!(cast.asked_again().await.len(), 2, "once for each reopening");
    let rows = json!([row("2025-17", None, "已举办 12 场学术活动")]);
    let input = batch("2025-03", rows);
    let saved = cast.reporter.change("saveReports", input, ROWS).await;
    assert_eq!(outcomes(&saved, "saveReports"), ["DRAFT 1"], "{saved:?}");
    let rows = json!([{ "taskId": "2025-17", "expectedVersion": 1 }]);
    let input = batch("2025-03", rows);
    cast.reporter.change("submitReports", input, ROWS).await;
    cast.later(9).await;
    cast.reopen("XXB", "2025-05-16").await;
    assert_eq!(cast.asked_again().await.len(), 2, "all are in");
}

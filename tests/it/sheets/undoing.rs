//! A whole spreadsheet taken back.

use duban_app::measurements::verify_rollups;
use duban_documents::sheet::Field;
use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::{ACTIVITIES, Cast, SHEET, Table, filled, taken};
use crate::sql;

/// What counts and what waits of the activities of Zhengzhou.
async fn figures(cast: &Cast) -> (String, String) {
    let query = format!(
        "{{ metric(id: \"{ACTIVITIES}\") {{ figures(department: \"410100\", until: \"2025-03\") {{
           verified provisional onTime }} }} }}"
    );
    let found = cast.zhengzhou.ask(&query).await;
    let figures = found.at("/metric/figures");
    (
        figures["provisional"].to_string(),
        figures["onTime"].to_string(),
    )
}

async fn undo(cast: &Cast, id: &str, reason: &str) -> Vec<String> {
    let input = json!({ "sheetId": id, "reason": reason });
    let done = cast
        .zhengzhou
        .change("undoMeasurementSheet", input, SHEET)
        .await;
    done.user_errors("undoMeasurementSheet")
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_before_stands_again(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let file = filled(&cast, &[(ACTIVITIES, "410102", Field::Value, "12")]).await;
    taken(&cast.zhengzhou, file).await;
    let before = figures(&cast).await;
    let mut table = Table::read(&cast.form().await);
    table.fill((ACTIVITIES, "410102"), Field::Value, "99");
    table.fill((ACTIVITIES, "410102"), Field::Reason, "重新统计");
    table.fill((ACTIVITIES, "410103"), Field::Value, "7");
    let id = taken(&cast.zhengzhou, table.workbook()).await;
    assert_ne!(figures(&cast).await, before);
    let head = sql::audit_head(&cast.app).await;
    assert_eq!(undo(&cast, &id, "").await, ["REASON_MISSING at reason"]);
    assert_eq!(undo(&cast, &id, "传错了文件").await, [""; 0]);
    assert_eq!(
        sql::audit_after(&cast.app, head).await,
        [
            "measurement.withdrawn",
            "measurement.withdrawn",
            "sheet.undone"
        ]
    );
    assert_eq!(figures(&cast).await, before, "as if it had not come");
    let report = verify_rollups(cast.app.store(), false)
        .await
        .expect("a report");
    assert_eq!(report.first, None);
    let states =
        "SELECT state || ' ' || revision || CASE WHEN is_withdrawn THEN ' gone' ELSE '' END
        FROM measurement ORDER BY 1";
    assert_eq!(
        sql::texts(&cast.app, states).await,
        ["REJECTED 1 gone", "REJECTED 2 gone", "SUBMITTED 1"],
        "nothing is deleted"
    );
    let query = "query($states: [MeasurementState!]) {
        measurements(filter: { state: $states }) { edges { node { state decidedReason } } } }";
    for (state, count) in [("WITHDRAWN", 2), ("REJECTED", 0), ("SUBMITTED", 1)] {
        let asked = json!({ "states": [state] });
        let found = cast.zhengzhou.ask_with(query, asked).await;
        assert_eq!(found.list("/measurements/edges").len(), count, "{state}");
    }
    assert_eq!(
        undo(&cast, &id, "再来一次").await,
        ["SHEET_UNDONE_ALREADY at sheetId"]
    );
    let again = Table::read(&cast.form().await);
    let row = again.rows().find(|row| {
        again.text(row, Field::Metric) == ACTIVITIES
            && again.text(row, Field::Department).starts_with("410102")
    });
    assert_eq!(again.text(row.expect("the row"), Field::Value), "12");
    let mut again = again;
    again.fill((ACTIVITIES, "410103"), Field::Value, "8");
    taken(&cast.zhengzhou, again.workbook()).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn verified_figures_and_closed_months_keep_a_file(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend).await;
    let figures = [
        (ACTIVITIES, "410102", Field::Value, "12"),
        (ACTIVITIES, "410103", Field::Value, "13"),
    ];
    let file = filled(&cast, &figures).await;
    let id = taken(&cast.zhengzhou, file).await;
    let found = cast
        .verifier
        .ask("{ measurements { edges { node { id } } } }")
        .await;
    let one = found.text("/measurements/edges/0/node/id").to_owned();
    let input = json!({ "measurementIds": [one] });
    let verified = cast
        .verifier
        .change("verifyMeasurements", input, "rows { userErrors { code } }")
        .await;
    assert_eq!(
        verified.at("/verifyMeasurements/rows/0/userErrors"),
        &json!([])
    );
    assert_eq!(
        undo(&cast, &id, "传错了").await,
        ["SHEET_UNDO_VERIFIED at sheetId"]
    );

    let second = filled(&cast, &[(ACTIVITIES, "410104", Field::Value, "5")]).await;
    let second = taken(&cast.zhengzhou, second).await;
    cast.app.advance(Duration::days(60));
    cast.zhengzhou = cast.app.sign_in("reporter-410100").await;
    assert_eq!(
        undo(&cast, &second, "传错了").await,
        ["PERIOD_CLOSED at period"]
    );
    let gone = "SELECT count(*) FROM measurement WHERE is_withdrawn";
    assert_eq!(sql::number(&cast.app, gone).await, 0);
}

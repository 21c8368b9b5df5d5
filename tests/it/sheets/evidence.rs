//! Figures that are handed in with evidence only, in a file that carries none.

use duban_documents::sheet::Field;
use duban_tests::Backend::{self, Postgres, Sqlite};
use rstest::rstest;
use serde_json::json;

use super::{ACTIVITIES, Cast, SHEET, about, apply, filled, preview, upload};
use crate::sql;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn rows_that_need_files_wait_as_drafts_and_nothing_is_lost(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let change = format!("UPDATE metric SET is_evidence_asked = TRUE WHERE code = '{ACTIVITIES}'");
    sql::run(&cast.app, &change).await;
    let figures = [
        (ACTIVITIES, "410102", Field::Value, "12"),
        (ACTIVITIES, "410103", Field::Value, "0"),
    ];
    let file = filled(&cast, &figures).await;
    let sent = upload(&cast.zhengzhou, "a.xlsx", file.clone()).await;
    let tried = preview(&cast.zhengzhou, about(&sent)).await;
    let rows = tried.list("/previewMeasurementSheet/check/rows");
    let of = |unit: &str| {
        let found = rows.iter().find(|row| row["department"]["code"] == unit);
        found.unwrap_or_else(|| panic!("{unit}: {tried:?}"))
    };
    let (waits, zero) = (of("410102"), of("410103"));
    assert_eq!(
        (&waits["outcome"], &zero["outcome"]),
        (&json!("CHANGES"), &json!("CHANGES"))
    );
    assert_eq!(waits["findings"][0]["code"], "SHEET_EVIDENCE_ASKED");
    assert_eq!(zero["findings"], json!([]), "nothing shows a zero");

    let done = apply(&cast.zhengzhou, about(&sent), "ALL_OR_NOTHING").await;
    let states = || {
        let all = done
            .list("/applyMeasurementSheet/sheet/measurements")
            .iter();
        let mut all: Vec<String> = all
            .map(|one| format!("{} {}", one["department"]["code"], one["state"]))
            .collect();
        all.sort_unstable();
        all
    };
    let expected = ["\"410102\" \"DRAFT\"", "\"410103\" \"SUBMITTED\""];
    assert_eq!(states(), expected, "{done:?}");
    let again = apply(&cast.zhengzhou, about(&sent), "ALL_OR_NOTHING").await;
    let check = again.at("/applyMeasurementSheet/check");
    assert_eq!(
        (&check["changed"], &check["unchanged"]),
        (&json!(0), &json!(2))
    );

    let id = done.text("/applyMeasurementSheet/sheet/id");
    let own = "query($id: ID!) { measurementSheet(id: $id) { fileName import { id } } }";
    let own = cast.zhengzhou.ask_with(own, json!({ "id": id })).await;
    assert_eq!(
        own.at("/measurementSheet"),
        &json!({ "fileName": "a.xlsx", "import": null }),
        "a file of its own"
    );
    let input = json!({ "sheetId": id, "reason": "传错了文件" });
    let undone = cast
        .zhengzhou
        .change("undoMeasurementSheet", input, SHEET)
        .await;
    assert_eq!(undone.user_errors("undoMeasurementSheet"), [""; 0]);
    let gone = "SELECT COUNT(*) FROM measurement WHERE is_withdrawn";
    assert_eq!(sql::number(&cast.app, gone).await, 2, "the draft as well");
}

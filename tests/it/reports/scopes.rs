//! Who reads a report: those over its department and those of the task, never another city.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::json;

use super::{Cast, ROWS, outcomes};

const MARK: &str = "郑州暗记";

/// Writes and submits for a city on point 17.
async fn report_of(who: &Person, city: &str, words: &str) -> String {
    let rows = json!([{ "taskId": "2025-17", "progress": words, "selfAssessment": "ON_TRACK" }]);
    let input = json!({ "department": city, "period": "2025-03", "rows": rows });
    let saved = who.change("saveReports", input, ROWS).await;
    assert_eq!(outcomes(&saved, "saveReports"), ["DRAFT 1"], "{saved:?}");
    let rows = json!([{ "taskId": "2025-17", "expectedVersion": 1 }]);
    let input = json!({ "department": city, "period": "2025-03", "rows": rows });
    let done = who.change("submitReports", input, ROWS).await;
    done.text("/submitReports/rows/0/report/id").to_owned()
}

/// Everything that a caller is shown of reports.
async fn sees(who: &Person, id: &str) -> String {
    let query = "query($id: ID!) {
        node(id: $id) { id }
        reports { totalCount edges { node { progress } } }
        task(id: \"2025-17\") { reports { totalCount edges { node { progress } } } }
        reportSheet(period: \"2025-03\", department: \"410100\") { period }
        department(id: \"410100\") { reportingRates(months: 1) { expected } }
    }";
    who.ask_with(query, json!({ "id": id }))
        .await
        .body()
        .to_owned()
}

#[rstest]
#[tokio::test]
async fn a_city_sees_nothing_of_another(#[values(Sqlite, Postgres)] backend: Backend) {
    let mut cast = Cast::start(backend, &[]).await;
    cast.hand_out("2025-17").await;
    let version = cast.version("2025-17").await;
    let input = json!({ "taskId": "2025-17", "expectedVersion": version, "lead": "XXB",
        "support": ["410100", "410300"], "reason": "请两市配合" });
    let given = cast
        .officer
        .change("reassignTask", input, "task { state }")
        .await;
    assert_eq!(
        given.text("/reassignTask/task/state"),
        "ASSIGNED",
        "{given:?}"
    );
    cast.accept("2025-17").await;
    cast.later(14).await;
    let zhengzhou = cast.app.municipal_reporter("410100").await;
    let luoyang = cast.app.municipal_reporter("410300").await;
    let kaifeng = cast.app.municipal_reporter("410200").await;

    // A draft is read by those who write it, and by nobody else.
    let rows = json!([{ "taskId": "2025-17", "progress": MARK }]);
    let input = json!({ "department": "410100", "period": "2025-03", "rows": rows });
    let saved = zhengzhou.change("saveReports", input, ROWS).await;
    assert_eq!(outcomes(&saved, "saveReports"), ["DRAFT 1"]);
    let id = saved.text("/saveReports/rows/0/report/id").to_owned();
    assert!(sees(&zhengzhou, &id).await.contains(MARK));
    for other in [&cast.officer, &cast.reporter, &luoyang, &kaifeng] {
        assert!(!sees(other, &id).await.contains(MARK));
    }

    let rows = json!([{ "taskId": "2025-17", "expectedVersion": 1, "progress": MARK,
        "selfAssessment": "ON_TRACK" }]);
    let input = json!({ "department": "410100", "period": "2025-03", "rows": rows });
    zhengzhou.change("saveReports", input, ROWS).await;
    let rows = json!([{ "taskId": "2025-17", "expectedVersion": 2 }]);
    let input = json!({ "department": "410100", "period": "2025-03", "rows": rows });
    zhengzhou.change("submitReports", input, ROWS).await;
    let own = report_of(&luoyang, "410300", "洛阳进展").await;
    // Over it, and of the task that it is about: the lead department reads it.
    for reader in [&zhengzhou, &cast.officer, &cast.reporter] {
        assert!(sees(reader, &id).await.contains(MARK));
    }
    // The other city takes part in the same task, a third one does not: neither sees a byte.
    for other in [&luoyang, &kaifeng] {
        let shown = sees(other, &id).await;
        assert!(!shown.contains(MARK), "{shown}");
        assert!(shown.contains("\"node\":null"), "{shown}");
        assert!(shown.contains("\"reportSheet\":null"), "{shown}");
        assert!(shown.contains("\"reportingRates\":null"), "{shown}");
    }
    assert!(sees(&luoyang, &own).await.contains("洛阳进展"));

    let rows = json!([{ "taskId": "2025-17", "progress": "冒名" }]);
    let input = json!({ "department": "410100", "period": "2025-03", "rows": rows });
    let forged = luoyang.change("saveReports", input, ROWS).await;
    assert_eq!(forged.user_errors("saveReports"), ["FORBIDDEN at "]);
}

#[rstest]
#[tokio::test]
async fn whoever_has_no_right_to_reports_is_told_so_or_shown_none(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend, &["2025-17"]).await;
    let viewer = cast.app.viewer().await;
    let whole = viewer.ask("{ reports { totalCount } }").await;
    assert_eq!(whole.codes(), ["FORBIDDEN"]);
    let masked = viewer
        .ask("{ task(id: \"2025-17\") { code reports { totalCount } } }")
        .await;
    assert_eq!(masked.json()["data"]["task"]["code"], "2025-17");
    assert_eq!(masked.json()["data"]["task"]["reports"], json!(null));
}

//! Handing tasks out costs the same whatever their number.

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};

/// Statements of a request without its idempotency key: who asks, which codes, what decisions need,
/// four to write lives and steps, two for the events, one for the answer.
const MOST: u64 = 29;

async fn hand_out(officer: &Person, rows: &[Value]) -> Answer {
    let fields = "rows { task { code state deadline } userErrors { code } }";
    let input = json!({ "rows": rows });
    officer.change("handOutTasks", input, fields).await
}

#[rstest]
#[tokio::test]
async fn one_task_and_all_of_a_plan_cost_the_same_statements(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting(backend).await;
    let officer = app.officer().await;
    let found = officer
        .ask(
            "{ tasks(first: 100, filter: { plan: \"2025\" }) { edges { node { code version } } } }",
        )
        .await;
    let rows: Vec<Value> = found
        .list("/tasks/edges")
        .iter()
        .enumerate()
        .map(|(index, edge)| {
            json!({ "taskId": edge["node"]["code"], "expectedVersion": edge["node"]["version"],
                "deadline": format!("2025-{:02}-28", 6 + index % 7) })
        })
        .collect();
    assert_eq!(rows.len(), 36);
    let (one, few) = app.counting(hand_out(&officer, &rows[..1])).await;
    let (rest, many) = app.counting(hand_out(&officer, &rows[1..])).await;
    assert_eq!(one.text("/handOutTasks/rows/0/task/state"), "ASSIGNED");
    for (row, index) in rest.list("/handOutTasks/rows").iter().zip(1..) {
        assert_eq!(row["task"]["state"], "ASSIGNED", "{rest:?}");
        let day = format!("2025-{:02}-28", 6 + index % 7);
        assert_eq!(row["task"]["deadline"], day, "each keeps its own day");
    }
    assert!(many <= few, "{few} for one and {many} for thirty-five");
    assert!(few <= MOST, "{few} statements");
}

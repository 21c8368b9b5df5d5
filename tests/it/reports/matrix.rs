//! Tasks over departments: what is missing is not what is not asked.

use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{Cast, write_and_submit};

const MATRIX: &str = "query($departments: [ID!], $under: ID, $period: Period) {
    taskMatrix(plan: \"2025\", departments: $departments, under: $under, period: $period) {
        period departments { code } rows { task { code light { colour } } cells {
            department { code } role light { colour } reportState reportsExpected reportsMissing
            report { state } figures { metric { code } toDate { verified missing }
                ofPeriod { expected } } } } } }";

async fn matrix(who: &Person, variables: Value) -> Answer {
    let mut asked = json!({ "period": "2025-03" });
    if let (Some(asked), Value::Object(more)) = (asked.as_object_mut(), variables) {
        asked.extend(more);
    }
    who.ask_with(MATRIX, asked).await
}

fn cell<'a>(answer: &'a Answer, task: &str, unit: &str) -> &'a Value {
    let mut rows = answer.list("/taskMatrix/rows").iter();
    let row = rows.find(|row| row["task"]["code"] == task).expect(task);
    let cells = row["cells"].as_array().expect("cells");
    let is_asked = |cell: &&Value| cell["department"]["code"] == unit;
    cells.iter().find(is_asked).expect(unit)
}

#[rstest]
#[tokio::test]
async fn a_matrix_tells_missing_from_not_asked(#[values(Sqlite, Postgres)] backend: Backend) {
    let mut cast = Cast::start(backend, &["2025-17", "2025-10", "2025-18"]).await;
    cast.later(22).await;
    write_and_submit(&cast.reporter, "2025-03", "2025-17").await;
    cast.later(1).await;
    write_and_submit(&cast.reporter, "2025-03", "2025-10").await;

    let all = matrix(&cast.officer, json!({})).await;
    let state = |task: &str, unit: &str| cell(&all, task, unit)["reportState"].clone();
    assert_eq!(state("2025-17", "XXB"), "ON_TIME");
    assert_eq!(state("2025-10", "XXB"), "LATE");
    assert_eq!(state("2025-18", "XXB"), "MISSING");
    assert_eq!(state("2025-01", "XXB"), "NOT_ASKED");
    let reported = cell(&all, "2025-17", "XXB");
    assert_eq!(reported["role"], "LEAD");
    assert_eq!(reported["report"]["state"], "SUBMITTED");
    assert!(reported["light"]["colour"].is_string());
    let stranger = cell(&all, "2025-17", "JGDW");
    assert_eq!(
        (&stranger["role"], &stranger["light"], &stranger["report"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(stranger["reportsExpected"], 0);
    let rows = all.list("/taskMatrix/rows");
    assert_eq!(rows.len(), 36);
    let width = all.list("/taskMatrix/departments").len();
    assert!(
        rows.iter()
            .all(|row| row["cells"].as_array().map(Vec::len) == Some(width))
    );

    let cities = matrix(&cast.officer, json!({ "under": "HNAST" })).await;
    let activities = cell(&cities, "2025-19", "410100");
    assert_eq!(activities["reportState"], "NOT_ASKED");
    let figures = activities["figures"].as_array().expect("figures");
    let told: Vec<String> = figures
        .iter()
        .map(|one| format!("{} {}", one["metric"]["code"], one["ofPeriod"]["expected"]))
        .collect();
    assert_eq!(told, ["\"2025-19-M1\" 1", "\"2025-19-M2\" 12"]);
    assert_eq!(cell(&cities, "2025-01", "410100")["figures"], json!([]));

    let quarter = matrix(&cast.officer, json!({ "period": "2025Q1" })).await;
    let ours = cell(&quarter, "2025-18", "XXB");
    assert_eq!(ours["reportsMissing"], 1, "handed out in March");
    assert_eq!(ours["report"], Value::Null);
    let outside = matrix(&cast.officer, json!({ "period": "2024-12" })).await;
    assert_eq!(outside.codes(), ["BAD_USER_INPUT"]);
}

#[rstest]
#[tokio::test]
async fn a_matrix_costs_the_same_for_one_department_and_for_many(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend, &["2025-17"]).await;
    let asked = |units: Value| matrix(&cast.officer, json!({ "departments": units }));
    asked(json!(["XXB"])).await;
    let (_, few) = cast.app.counting(asked(json!(["XXB", "DXB"]))).await;
    let many = json!(["XXB", "DXB", "KPB", "ZRB", "KJG", "BGS", "410100", "410300"]);
    let (_, all) = cast.app.counting(asked(many)).await;
    assert!(all <= few + 3, "{few} for two and {all} for eight");
    assert!(few <= 60, "{few}");
    let units: Vec<String> = (0..201).map(|one| format!("X{one}")).collect();
    let wide = asked(json!(units)).await;
    let reason = &wide.errors()[0]["extensions"]["reason"];
    assert_eq!(reason, "ROLLUP_TOO_LARGE");
}

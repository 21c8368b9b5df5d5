//! Forecasts over the API: from verified figures alone, held against target and shares.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

/// The number of activities of the expert corps, counted by counties; 10,000 are wanted.
const ACTIVITIES: &str = "2025-19-M2";

const FORECAST: &str =
    "query($id: ID!, $unit: ID) { metric(id: $id) { forecast(department: $unit) {
    department { code } months gap expected low high target probability shortfall turnsRed
    course { period expected } closingUnits { code } } } }";

async fn forecast(who: &Person, metric: &str, unit: Option<&str>) -> Answer {
    let variables = json!({ "id": metric, "unit": unit });
    who.ask_with(FORECAST, variables).await
}

fn of<'a>(answer: &'a Answer, field: &str) -> &'a Value {
    answer.at(&format!("/metric/forecast/{field}"))
}

/// Records and verifies a figure of a county for each month.
async fn say(recorder: &Person, verifier: &Person, county: &str, months: &[(&str, &str)]) {
    let fields = "rows { measurement { id } }";
    let rows: Vec<Value> = months
        .iter()
        .map(|(period, value)| {
            json!({ "metric": ACTIVITIES, "department": county, "period": period, "value": value })
        })
        .collect();
    let said = recorder
        .change("recordMeasurements", json!({ "rows": rows }), fields)
        .await;
    let ids: Vec<&Value> = said
        .list("/recordMeasurements/rows")
        .iter()
        .map(|row| &row["measurement"]["id"])
        .collect();
    assert!(ids.iter().all(|id| id.is_string()), "{said:?}");
    let done = verifier
        .change(
            "verifyMeasurements",
            json!({ "measurementIds": ids }),
            fields,
        )
        .await;
    assert_eq!(done.user_errors("verifyMeasurements"), [""; 0]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_year_is_forecast_from_three_verified_months_on(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let app = TestApp::start_counting(backend).await;
    app.advance(Duration::days(15));
    let officer = app.officer().await;
    let verifier = app
        .person("forecast", (Role::Verifier, "HNAST", Reach::Subtree))
        .await;
    let (zhengzhou, kaifeng) = (
        app.municipal_reporter("410100").await,
        app.municipal_reporter("410200").await,
    );
    for (unit, month) in [
        ("410100", "2025-01"),
        ("410200", "2025-01"),
        ("410100", "2025-02"),
        ("410200", "2025-02"),
    ] {
        let input = json!({ "department": unit, "period": month, "until": "2025-04-30",
            "reason": "补报" });
        let answer = officer.change("reopenPeriod", input, "period").await;
        assert_eq!(answer.user_errors("reopenPeriod"), [""; 0]);
    }
    let early = forecast(&verifier, ACTIVITIES, None).await;
    assert_eq!(of(&early, "gap"), "TOO_FEW_MONTHS");
    assert_eq!(of(&early, "expected"), &Value::Null);
    assert_eq!(of(&early, "target"), "10000");

    let steady = [("2025-01", "100"), ("2025-02", "100"), ("2025-03", "100")];
    say(&zhengzhou, &verifier, "410102", &steady).await;
    let slow = [("2025-01", "50"), ("2025-02", "50"), ("2025-03", "50")];
    say(&kaifeng, &verifier, "410202", &slow).await;
    let shares = json!([{ "department": "410100", "figure": "9000" },
        { "department": "410200", "figure": "1000" }]);
    let input = json!({ "metric": ACTIVITIES, "method": "BY_HAND", "shares": shares });
    let shared = officer
        .change("allocateMetric", input, "metric { code }")
        .await;
    assert_eq!(shared.user_errors("allocateMetric"), [""; 0]);

    let told = forecast(&verifier, ACTIVITIES, None).await;
    assert_eq!(of(&told, "gap"), &Value::Null);
    assert_eq!(of(&told, "months"), &json!(3));
    assert_eq!(of(&told, "expected"), "1800", "150 a month");
    assert_eq!(of(&told, "shortfall"), "8200");
    assert_eq!(of(&told, "probability"), "0");
    assert_eq!(of(&told, "turnsRed"), "2025-04");
    assert_eq!(told.list("/metric/forecast/course").len(), 9);
    assert_eq!(
        of(&told, "closingUnits"),
        &json!([{ "code": "410100" }, { "code": "410200" }]),
        "7,800 and 400 of the shares are missing: 8,200 together close it, no fewer"
    );
    let city = forecast(&verifier, ACTIVITIES, Some("410200")).await;
    assert_eq!(of(&city, "expected"), "600");
    assert_eq!(of(&city, "target"), "1000");
    let other = forecast(&kaifeng, ACTIVITIES, Some("410100")).await;
    assert_eq!(
        of(&other, "expected"),
        "1200",
        "verified figures are everybody's"
    );
    assert_eq!(
        of(&other, "target"),
        &Value::Null,
        "another city's share is not"
    );
    let (_, many) = app
        .counting(forecast(&verifier, ACTIVITIES, Some("410100")))
        .await;
    let (_, few) = app
        .counting(forecast(&verifier, ACTIVITIES, Some("410600")))
        .await;
    assert_eq!(many, few, "twelve counties cost what five do");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_count_is_not_forecast(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start_counting(backend).await;
    let officer = app.officer().await;
    let answer = forecast(&officer, "2025-13-M1", None).await;
    assert_eq!(of(&answer, "gap"), "NOT_COUNTED");
}

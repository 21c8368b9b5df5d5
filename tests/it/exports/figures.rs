//! The figures of a plan as a file.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::{Value, json};
use time::Duration;

use super::{Table, bytes, get, refusal};
use crate::sql;

const ACTIVITIES: &str = "2025-19-M2";

struct Cast {
    app: TestApp,
    verifier: Person,
    zhengzhou: Person,
}

impl Cast {
    /// On 1 April 2025: three counties of Zhengzhou have said something of March.
    async fn start(backend: Backend) -> Self {
        let app = TestApp::start_counting(backend).await;
        app.advance(Duration::days(15));
        let verifier = app
            .person("figures", (Role::Verifier, "HNAST", Reach::Subtree))
            .await;
        let zhengzhou = app.municipal_reporter("410100").await;
        let said = [
            ("410102", json!({ "value": "12" })),
            ("410103", json!({ "value": "0" })),
            ("410104", json!({ "isNotApplicable": true })),
            ("410105", json!({ "value": "5" })),
        ];
        let rows = said.iter().map(|(unit, said)| {
            let mut row = json!({ "metric": ACTIVITIES, "department": unit, "period": "2025-03" });
            if let (Some(row), Value::Object(said)) = (row.as_object_mut(), said.clone()) {
                row.extend(said);
            }
            row
        });
        let rows: Vec<Value> = rows.collect();
        let fields = "rows { measurement { id } userErrors { code } }";
        let done = zhengzhou
            .change("recordMeasurements", json!({ "rows": rows }), fields)
            .await;
        let ids: Vec<Value> = done.list("/recordMeasurements/rows")[..3]
            .iter()
            .map(|row| row["measurement"]["id"].clone())
            .collect();
        let input = json!({ "measurementIds": ids });
        verifier.change("verifyMeasurements", input, fields).await;
        Self {
            app,
            verifier,
            zhengzhou,
        }
    }
}

fn cell<'a>(table: &'a Table, unit: &str, month: &str, heading: &str) -> &'a str {
    let mut rows = table.rows.iter();
    let row = rows.find(|row| {
        row["指标编码"] == ACTIVITIES && row["单位代码"] == unit && row["月份"] == month
    });
    row.expect(unit)[heading].as_str()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn zero_missing_and_not_applicable_are_different_words(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let path = "/exports/figures?plan=2025&department=410100&until=2025-03";
    for format in ["xlsx", "csv", "csv-gb18030"] {
        let file = bytes(&cast.zhengzhou, &format!("{path}&format={format}")).await;
        let table = Table::read(&file, "指标编码");
        let state = |unit| cell(&table, unit, "2025-03", "状态");
        assert_eq!(state("410102"), "有数");
        assert_eq!(state("410103"), "零");
        assert_eq!(state("410104"), "不适用");
        assert_eq!(state("410105"), "待核实");
        assert_eq!(state("410106"), "未报");
        assert_eq!(cell(&table, "410106", "2025-03", "本月核实数"), "");
        assert_eq!(cell(&table, "410103", "2025-03", "本月核实数"), "0");
        assert_eq!(cell(&table, "410102", "2025-03", "报送"), "按时");
        assert_eq!(cell(&table, "410106", "2025-03", "报送"), "未报");
        let city = |heading| cell(&table, "410100", "2025-03", heading);
        assert_eq!(
            (city("本月核实数"), city("本月数（含待核实）")),
            ("12", "17")
        );
        assert_eq!(
            (city("应报"), city("按时"), city("不适用"), city("待核实")),
            ("12", "4", "1", "1")
        );
        assert_eq!(cell(&table, "410102", "2025-01", "状态"), "未报");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_verified_is_shown_to_those_who_may_see_it(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let path = "/exports/figures?plan=2025&until=2025-03";
    let luoyang = cast.app.municipal_reporter("410300").await;
    let seen = Table::read(&bytes(&luoyang, path).await, "指标编码");
    assert_eq!(cell(&seen, "410100", "2025-03", "本月核实数"), "12");
    assert_eq!(cell(&seen, "410100", "2025-03", "本月数（含待核实）"), "");
    let all = Table::read(&bytes(&cast.verifier, path).await, "指标编码");
    assert_eq!(cell(&all, "410100", "2025-03", "本月数（含待核实）"), "17");
    assert_eq!(cell(&all, "HNAST", "2025-03", "累计核实数"), "12");
    for (wrong, status) in [
        ("until=2025-03", 400),
        ("plan=2025&until=2026-01", 422),
        ("plan=2025&until=x", 400),
        ("plan=1999", 404),
        ("plan=2025&department=nowhere", 404),
    ] {
        let path = format!("/exports/figures?{wrong}");
        assert_eq!(refusal(&cast.verifier, &path).await.0, status, "{wrong}");
    }
    assert_eq!(refusal(&cast.app.anonymous(), path).await.0, 401);
    let admin = cast.app.system_admin().await;
    assert_eq!(refusal(&admin, path).await.0, 403);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn figures_cost_the_same_for_one_month_and_for_three_and_leave_a_trace(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let head = sql::audit_head(&cast.app).await;
    // The least of three: the caller may have left the cache of callers meanwhile.
    let cost = async |path: &str| {
        let mut least = u64::MAX;
        for _ in 0..3 {
            let asked = get(&cast.verifier, path);
            least = least.min(cast.app.counting(asked).await.1);
        }
        least
    };
    let one = cost("/exports/figures?plan=2025&department=410102&until=2025-01").await;
    let many = cost("/exports/figures?plan=2025&until=2025-03").await;
    assert!(many <= one && many <= 25, "{one} and {many}");
    let events = sql::audit_after(&cast.app, head).await;
    assert_eq!(events, ["figures.exported"; 6]);
}

//! Who gets which rows.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person, PlanText, TestApp,
};
use rstest::rstest;
use serde_json::json;
use time::Duration;

use super::{ACTIVITIES, Cast, EXPERTS, FORMS, bytes, insert, refusal, rows};
use crate::sql;

/// A city with an issued plan of its own whose metrics bear a mark; returns who reads there.
async fn city(app: &TestApp, (code, county): (&str, &str), (year, mark): (i32, &str)) -> Person {
    let grant = (Role::Officer, code, Reach::Subtree);
    let officer = app.person(&format!("officer-{code}"), grant).await;
    let query = "query($id: ID!) { department(id: $id) { name } }";
    let found = officer.ask_with(query, json!({ "id": county })).await;
    let name = found.text("/department/name").to_owned();
    let text = format!("全年举办{mark}活动30场以上。");
    let plan = PlanText::new(year)
        .chapter(&format!("推进{mark}工作"))
        .point(&format!("做好{mark}服务"), &text, &name);
    let plan = officer.import(&plan).await;
    let query = "query($id: ID!) { plan(id: $id) { version } }";
    let found = officer.ask_with(query, json!({ "id": plan })).await;
    let input = json!({ "planId": plan, "expectedVersion": found.number("/plan/version") });
    let issued = officer.change("issuePlan", input, "plan { state }").await;
    assert_eq!(issued.user_errors("issuePlan"), [""; 0], "{issued:?}");
    let name = format!(
        "UPDATE metric SET name = '{mark}' WHERE plan_id IN (SELECT id FROM plan WHERE code = '{plan}')"
    );
    sql::run(app, &name).await;
    let wanted = format!("p.code = '{plan}' AND d.code = '{county}'");
    insert(app, (&wanted, &["2025-03"]), 120_000).await;
    let reader = (Role::MunicipalReporter, code, Reach::Subtree);
    app.person(&format!("reader-{code}"), reader).await
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn no_mark_of_another_citys_plan_is_in_a_feed(#[values(Sqlite, Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let marks = ["金丝雀甲七零三", "金丝雀乙九一八"];
    let cities = [
        city(&app, ("410100", "410102"), (2032, marks[0])).await,
        city(&app, ("410300", "410302"), (2033, marks[1])).await,
    ];
    let viewer = app.viewer().await;
    for form in FORMS {
        let all = rows(&viewer, "measurements", form, "").await;
        let names: Vec<&str> = all.iter().map(|row| row["metric_name"].as_str()).collect();
        assert!(
            marks.iter().all(|mark| names.contains(mark)),
            "who stands above: {names:?}"
        );
        for (city, mark) in cities.iter().zip(marks) {
            let told = rows(city, "measurements", form, "").await;
            assert!(!told.is_empty());
            assert!(
                told.iter().all(|row| row["metric_name"] == mark),
                "{form}: {told:?}"
            );
        }
    }
    for (city, other) in [(&cities[0], 2033), (&cities[1], 2032)] {
        for query in [format!("plan={other}"), format!("metric={other}-01-M1")] {
            let path = format!("/feeds/measurements.csv?{query}");
            assert_eq!(
                refusal(city, &path).await,
                (404, "NOT_FOUND".to_owned()),
                "{path}"
            );
        }
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_verified_is_for_everybody_who_reads_the_plan(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let viewer = cast.app.viewer().await;
    let all = rows(&viewer, "measurements", "jsonl", "").await;
    assert_eq!(all.len(), 5);
    assert!(
        all.iter()
            .all(|row| row["value"] != "5" && row["value"] != "14"),
        "verified alone"
    );
    assert_eq!(
        rows(&cast.zhengzhou, "measurements", "jsonl", "").await,
        all
    );
    let below = rows(&viewer, "measurements", "jsonl", "department=410100").await;
    assert_eq!(below.len(), 4);
    let april = rows(&viewer, "measurements", "jsonl", "from=2025-04").await;
    assert!(april.is_empty());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_token_reads_feeds_of_its_metrics_alone(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let admin = cast.app.system_admin().await;
    let input = json!({ "login": "bi", "displayName": "报表平台", "departmentId": "410100" });
    let made = admin
        .change("createServiceAccount", input, "account { id }")
        .await;
    let account = made.text("/createServiceAccount/account/id").to_owned();
    let security = cast.app.sign_in("security-admin").await;
    let role = json!({ "accountId": account, "role": "MUNICIPAL_REPORTER",
        "departmentId": "410100", "reach": "SUBTREE" });
    let granted = security
        .change("grantRole", role, "account { login }")
        .await;
    assert_eq!(granted.user_errors("grantRole"), [""; 0]);
    let issue = async |more: serde_json::Value| {
        let mut input = json!({ "accountId": account, "name": "报表", "scopes": ["READ"] });
        if let (Some(input), serde_json::Value::Object(more)) = (input.as_object_mut(), more) {
            input.extend(more);
        }
        let made = security.change("issueApiToken", input, "secret").await;
        let mut program = cast.app.anonymous();
        program.use_token(Some(made.text("/issueApiToken/secret")));
        program
    };
    let whole = issue(json!({})).await;
    let narrow = json!({ "scopes": ["MEASUREMENT_WRITE"], "metrics": [EXPERTS] });
    let narrow = issue(narrow).await;
    for feed in ["measurements", "figures"] {
        let metrics = async |program: &Person, query: &str| {
            let told = rows(program, feed, "csv", query).await;
            let codes = told.into_iter().map(|row| row["metric_code"].clone());
            codes.collect::<std::collections::BTreeSet<String>>()
        };
        let both = [EXPERTS.to_owned(), ACTIVITIES.to_owned()].into();
        assert_eq!(metrics(&whole, "").await, both);
        for query in ["", "plan=2025", "metric=2025-19-M1"] {
            assert_eq!(metrics(&narrow, query).await, [EXPERTS.to_owned()].into());
        }
        let path = format!("/feeds/{feed}.csv?metric={EXPERTS}&metric={ACTIVITIES}");
        bytes(&whole, &path).await;
        assert_eq!(refusal(&narrow, &path).await.0, 404);
    }
    cast.app.advance(Duration::days(91));
    assert_eq!(
        refusal(&whole, "/feeds/figures.csv").await.0,
        401,
        "its time is over"
    );
}

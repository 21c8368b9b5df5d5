//! When reports are asked for is a setting: tried first, kept by months that have opened.

use duban_domain::access::{Reach, Role};
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{Cast, write_and_submit};
use crate::sql;

const RULES: &str = "reportRules { version firstMonth changedBy { displayName }
    rules { term value least most standard } window { period opensOn dueOn closesOn } }";

const PREVIEW: &str =
    "query($input: PreviewReportRulesInput!) { previewReportRules(input: $input) {
    standing { opensOn dueOn closesOn } tried { opensOn dueOn closesOn }
    first { period opensOn dueOn closesOn } months becomingLate becomingOnTime
    userErrors { code path message } } }";

fn due_on(day: i64) -> Value {
    json!([{ "term": "DUE_WORKING_DAY", "value": day }])
}

async fn try_with(who: &Person, rules: &Value) -> Answer {
    let input = json!({ "input": { "rules": rules } });
    who.ask_with(PREVIEW, input).await
}

async fn update(who: &Person, version: i64, rules: Value) -> Answer {
    let input = json!({ "expectedVersion": version, "rules": rules });
    who.change("updateReportRules", input, RULES).await
}

/// The window of a month on the sheet of the department.
async fn window(who: &Person, period: &str) -> [String; 3] {
    let query = "query($period: Period!) {
        reportSheet(department: \"XXB\", period: $period) { opensOn dueOn closesOn } }";
    let found = who.ask_with(query, json!({ "period": period })).await;
    ["opensOn", "dueOn", "closesOn"].map(|day| found.text(&format!("/reportSheet/{day}")).into())
}

#[rstest]
#[tokio::test]
async fn rules_are_tried_without_a_trace_and_hold_from_the_first_month_that_has_not_opened(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend, &["2025-17"]).await;
    let before = sql::sizes(&cast.app).await;
    let rules = json!([{ "term": "OPENS_DAYS_BEFORE_END", "value": 10 },
        { "term": "DUE_WORKING_DAY", "value": 3 }, { "term": "CLOSES_AFTER_WORKING_DAYS", "value": 2 }]);
    // It is 17 March: the month has opened neither on the 26th nor on the 21st.
    let tried = try_with(&cast.officer, &rules).await;
    let told = tried.at("/previewReportRules");
    assert_eq!(
        told["standing"],
        json!({ "opensOn": "2025-03-26", "dueOn": "2025-04-08", "closesOn": "2025-04-22" })
    );
    let would = json!({ "opensOn": "2025-03-21", "dueOn": "2025-04-03", "closesOn": "2025-04-08" });
    assert_eq!(told["tried"], would);
    assert_eq!(told["first"]["period"], "2025-03");
    assert_eq!(told["months"], json!(["2024-12", "2025-01", "2025-02"]));
    let odd = json!([{ "term": "DUE_WORKING_DAY", "value": 0 }]);
    let refused = try_with(&cast.officer, &odd).await;
    let error = refused.at("/previewReportRules/userErrors/0");
    assert_eq!(error["code"], "REPORT_TERM_OUT_OF_RANGE");
    assert_eq!(error["path"], json!(["DUE_WORKING_DAY"]));
    assert_eq!(error["message"], "请填写 1 到 15 之间的整数。");
    assert_eq!(refused.at("/previewReportRules/tried"), &Value::Null);
    assert_eq!(sql::sizes(&cast.app).await, before, "nothing was written");

    let head = sql::audit_head(&cast.app).await;
    let done = update(&cast.officer, 0, rules.clone()).await;
    let told = done.at("/updateReportRules/reportRules");
    assert_eq!(
        (&told["version"], &told["firstMonth"]),
        (&json!(1), &json!("2025-03")),
        "{done:?}"
    );
    assert_eq!(told["window"]["dueOn"], "2025-04-03");
    assert_eq!(
        told["rules"][1],
        json!({ "term": "DUE_WORKING_DAY", "value": 3, "least": 1, "most": 15, "standard": 5 })
    );
    assert_eq!(
        sql::audit_after(&cast.app, head).await,
        ["report.rules_changed"]
    );
    assert_eq!(
        window(&cast.reporter, "2025-03").await,
        ["2025-03-21", "2025-04-03", "2025-04-08"]
    );
    assert_eq!(
        window(&cast.reporter, "2025-02").await,
        ["2025-02-23", "2025-03-07", "2025-03-21"],
        "February had opened"
    );
    let stale = update(&cast.officer, 0, rules).await;
    assert_eq!(
        stale.user_errors("updateReportRules"),
        ["CONFLICT at expectedVersion"]
    );
    let odd = update(&cast.officer, 1, due_on(16)).await;
    assert_eq!(
        odd.user_errors("updateReportRules"),
        ["REPORT_TERM_OUT_OF_RANGE at DUE_WORKING_DAY"]
    );
}

#[rstest]
#[tokio::test]
async fn a_month_that_has_opened_keeps_its_days_and_what_was_late_stays_so(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let mut cast = Cast::start(backend, &["2025-17", "2025-18"]).await;
    // 7 April: March is open, due on the 8th.
    cast.later(21).await;
    write_and_submit(&cast.reporter, "2025-03", "2025-17").await;
    let march = window(&cast.reporter, "2025-03").await;
    let tried = try_with(&cast.officer, &due_on(1)).await;
    assert_eq!(tried.number("/previewReportRules/becomingLate"), 1);
    assert_eq!(tried.number("/previewReportRules/becomingOnTime"), 0);
    assert_eq!(tried.text("/previewReportRules/first/period"), "2025-04");
    update(&cast.officer, 0, due_on(1)).await;
    assert_eq!(window(&cast.reporter, "2025-03").await, march);
    // 9 April: late under the rules under which March opened.
    cast.later(2).await;
    let late = write_and_submit(&cast.reporter, "2025-03", "2025-18").await;
    let report = late.at("/submitReports/rows/0/report");
    assert_eq!(report["isLate"], true, "{late:?}");
    // 28 April: April has opened, and is due on the first working day of May.
    cast.later(19).await;
    let april = window(&cast.reporter, "2025-04").await;
    assert_eq!(april[1], "2025-05-06");
    let tried = try_with(&cast.officer, &due_on(15)).await;
    assert_eq!(tried.number("/previewReportRules/becomingOnTime"), 1);
    assert_eq!(tried.number("/previewReportRules/becomingLate"), 0);
    let done = update(&cast.officer, 1, due_on(15)).await;
    let told = done.at("/updateReportRules/reportRules");
    assert_eq!(told["firstMonth"], "2025-05");
    assert_eq!(window(&cast.reporter, "2025-04").await, april);
    assert_eq!(window(&cast.reporter, "2025-05").await[1], "2025-06-23");
    let rates = "{ department(id: \"XXB\") { reportingRates(months: 1, until: \"2025-03\") {
        period dueOn late } } }";
    let found = cast.officer.ask(rates).await;
    let march = json!({ "period": "2025-03", "dueOn": "2025-04-08", "late": 1 });
    assert_eq!(found.at("/department/reportingRates"), &json!([march]));
}

#[rstest]
#[tokio::test]
async fn whoever_reads_tasks_reads_the_rules_and_only_the_office_at_the_top_changes_them(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend, &[]).await;
    let mine = "{ reportRules { version firstMonth changedAt viewerCanUpdate } }";
    let (officer, reporter) = (cast.officer.ask(mine).await, cast.reporter.ask(mine).await);
    assert_eq!(officer.at("/reportRules/viewerCanUpdate"), &json!(true));
    assert_eq!(officer.at("/reportRules/firstMonth"), &Value::Null);
    assert_eq!(reporter.at("/reportRules/viewerCanUpdate"), &json!(false));
    assert_eq!(reporter.number("/reportRules/version"), 0);
    let by_reporter = try_with(&cast.reporter, &json!([])).await;
    assert_eq!(by_reporter.codes(), ["FORBIDDEN"]);
    let city = (Role::Officer, "410100", Reach::Subtree);
    let city = cast.app.person("city-officer", city).await;
    let by_city = update(&city, 0, json!([])).await;
    assert_eq!(
        by_city.user_errors("updateReportRules"),
        ["FORBIDDEN at "],
        "the rules are everybody's"
    );
    assert_eq!(
        city.ask(mine).await.at("/reportRules/viewerCanUpdate"),
        &json!(false)
    );
}

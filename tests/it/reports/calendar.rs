//! The working-day calendar is loaded year by year: tried first, faults told line by line, days that have
//! begun left alone.

use duban_app::seed;
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person, TestApp,
};
use rstest::rstest;
use serde_json::json;

use super::Cast;
use crate::sql;

const LOADED: &str = "calendar { year workingDays days { day kind name } } added removed changed";

async fn load(who: &Person, text: &str, is_trial: bool) -> Answer {
    let input = json!({ "text": text, "isTrial": is_trial });
    who.change("loadCalendar", input, LOADED).await
}

/// The calendar of a year as a table that can be loaded again.
async fn table(who: &Person, year: i32) -> String {
    let query = "query($year: Int!) { calendarYear(year: $year) { days { day kind name } } }";
    let found = who.ask_with(query, json!({ "year": year })).await;
    let mut table = "date,kind,name\n".to_owned();
    for day in found.list("/calendarYear/days") {
        let cells = ["day", "kind", "name"].map(|cell| day[cell].as_str().unwrap_or_default());
        table.push_str(&cells.join(","));
        table.push('\n');
    }
    table
}

/// How much is stored.
async fn stored(app: &TestApp) -> (i64, Vec<(&'static str, i64)>) {
    let days = sql::number(app, "SELECT COUNT(*) FROM calendar_day").await;
    (days, sql::sizes(app).await)
}

/// The last day on which the reports of March 2025 are on time.
async fn due_on(who: &Person) -> String {
    let found = who.ask("{ reportRules { window { dueOn } } }").await;
    found.text("/reportRules/window/dueOn").to_owned()
}

#[rstest]
#[tokio::test]
async fn a_day_off_that_is_loaded_moves_the_due_day_and_seeding_leaves_it(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend, &["2025-17"]).await;
    let officer = &cast.officer;
    assert_eq!(due_on(officer).await, "2025-04-08");
    let before = stored(&cast.app).await;
    let standing = table(officer, 2025).await;
    let text = format!("{standing}2025-04-02,放假,停水\n2025-04-12,上班,停水\n");
    let tried = load(officer, &text, true).await;
    let counts = |answer: &Answer| {
        ["added", "removed", "changed"]
            .map(|one| answer.at(&format!("/loadCalendar/{one}")).clone())
    };
    assert_eq!(counts(&tried), [json!(2), json!(0), json!(0)], "{tried:?}");
    assert_eq!(stored(&cast.app).await, before, "a trial leaves nothing");
    assert_eq!(due_on(officer).await, "2025-04-08");

    let loaded = load(officer, &text, false).await;
    assert_eq!(counts(&loaded), [json!(2), json!(0), json!(0)]);
    assert_eq!(loaded.at("/loadCalendar/calendar/workingDays"), 248);
    assert_eq!(due_on(officer).await, "2025-04-09");
    let told = "SELECT CAST(detail AS TEXT) FROM audit_event WHERE action = 'calendar.loaded'";
    let told = sql::texts(&cast.app, told).await;
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("2025-04-02"), "{told:?}");

    seed::seed(cast.app.app()).await.expect("the seeds");
    assert_eq!(due_on(officer).await, "2025-04-09", "what was loaded stays");
    let again = load(officer, &standing, false).await;
    assert_eq!(counts(&again), [json!(0), json!(2), json!(0)]);
    assert_eq!(due_on(officer).await, "2025-04-08");
}

#[rstest]
#[tokio::test]
async fn a_wrong_file_is_refused_line_by_line_and_leaves_no_trace(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend, &["2025-17"]).await;
    let before = stored(&cast.app).await;
    let wrong = "\u{feff}日期,类型,名称\n2027-01-01,放假,元旦\n2027-02-30,OFF,春节\n2027-02-06,假,春节\n\
        2027-02-07,OFF\n2027-02-10,WORK,春节\n2027-01-01,OFF,元旦\n";
    let refused = load(&cast.officer, wrong, false).await;
    let errors = refused.list("/loadCalendar/userErrors");
    let codes: Vec<_> = errors.iter().map(|one| one["code"].clone()).collect();
    assert_eq!(
        codes,
        [
            "CALENDAR_LINE_MALFORMED",
            "CALENDAR_DAY_MALFORMED",
            "CALENDAR_KIND_UNKNOWN",
            "CALENDAR_NO_MAKE_UP_DAY",
            "CALENDAR_DAY_TWICE",
        ]
    );
    assert_eq!(
        errors[1]["message"],
        "第 3 行：“2027-02-30”不是日期，请写成 2027-02-06 的样子。"
    );
    for (text, code) in [
        ("", "CALENDAR_COLUMNS_MISSING"),
        ("date,kind,name\n", "CALENDAR_EMPTY"),
        ("date,name\n2027-01-01,元旦\n", "CALENDAR_COLUMNS_MISSING"),
        (
            "date,kind,name\n2027-01-01,OFF,元旦\n2028-01-01,OFF,元旦\n",
            "CALENDAR_OTHER_YEAR",
        ),
        (
            "date,kind,name\n2025-04-04,OFF,清明节\n",
            "CALENDAR_DAY_PAST",
        ),
    ] {
        let refused = load(&cast.officer, text, false).await;
        assert_eq!(refused.text("/loadCalendar/userErrors/0/code"), code);
    }
    let forbidden = load(
        &cast.reporter,
        "date,kind,name\n2027-01-01,OFF,元旦\n",
        false,
    )
    .await;
    assert_eq!(forbidden.codes(), ["FORBIDDEN"]);
    assert_eq!(stored(&cast.app).await, before);
}

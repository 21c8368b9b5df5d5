//! Venues as reporters: units that are added and marked, and whoever speaks for them before.

use duban_app::measurements::verify_rollups;
use duban_tests::{
    Answer,
    Backend::{self, Postgres, Sqlite},
    Person,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{Cast, outcomes, record, row};
use crate::sql;

/// The visits of the venues that are free of charge; more than 10 million are striven for.
const VISITS: &str = "2025-16-M4";
/// A venue of 郑州, for these tests.
const VENUE: &str = "T-VENUE";

const UNIT: &str = "department { code name kind isVenue venueFrom venueTo version validFrom
    viewerCanManage parent { code } ancestors { code } }";

fn venue(from: &str) -> Value {
    json!({ "code": VENUE, "name": "测试科技馆", "kind": "AFFILIATED_INSTITUTION",
        "parent": "410100", "from": from, "isVenue": true })
}

async fn add(who: &Person, input: Value) -> Answer {
    who.change("addDepartment", input, UNIT).await
}

async fn mark(who: &Person, unit: &str, is_venue: bool, from: &str) -> Answer {
    let input = json!({ "department": unit, "isVenue": is_venue, "from": from, "reason": "试" });
    who.change("setVenue", input, UNIT).await
}

async fn asked(who: &Person, unit: &str, period: &str) -> Value {
    let query = "query($unit: ID!, $period: Period!) { metric(id: \"2025-16-M4\") {
        isAsked(department: $unit, period: $period) } }";
    let variables = json!({ "unit": unit, "period": period });
    let answer = who.ask_with(query, variables).await;
    answer.at("/metric/isAsked").clone()
}

/// What is verified of a unit until a month, and how much is expected of it.
async fn figures(who: &Person, unit: &str, until: &str) -> (Value, i64) {
    let query = "query($unit: ID, $until: Period) { metric(id: \"2025-16-M4\") {
        figures(department: $unit, until: $until) { verified expected } } }";
    let variables = json!({ "unit": unit, "until": until });
    let answer = who.ask_with(query, variables).await;
    let expected = answer.number("/metric/figures/expected");
    (answer.at("/metric/figures/verified").clone(), expected)
}

async fn is_kept_right(cast: &Cast) {
    let report = verify_rollups(cast.app.store(), false).await;
    assert_eq!(report.expect("a report").first, None);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn visits_of_venues_go_up_through_their_city(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let officer = cast.app.officer().await;
    let head = sql::audit_head(&cast.app).await;
    let added = add(&officer, venue("2025-03-01")).await;
    assert_eq!(
        sql::audit_after(&cast.app, head).await,
        ["department.added"]
    );
    let unit = added.at("/addDepartment/department");
    assert_eq!(
        (
            &unit["isVenue"],
            &unit["venueFrom"],
            &unit["viewerCanManage"]
        ),
        (&json!(true), &json!("2025-03-01"), &json!(true))
    );
    assert_eq!(
        unit["ancestors"],
        json!([{ "code": "410100" }, { "code": "HNAST" }])
    );
    for (unit, period, is_asked) in [
        (VENUE, "2025-03", true),
        (VENUE, "2025-02", false),
        ("KJG", "2025-03", true),
        ("410100", "2025-03", false),
        ("HNAST", "2025-03", false),
    ] {
        assert_eq!(
            asked(&officer, unit, period).await,
            is_asked,
            "{unit} {period}"
        );
    }
    let museum = cast.app.liaison_of("KJG").await;
    let own = row(VISITS, VENUE, json!({ "value": "120" }));
    let id = cast.recorded(&cast.zhengzhou, own).await;
    cast.verified(&id).await;
    let of_museum = row(VISITS, "KJG", json!({ "value": "50" }));
    let id = cast.recorded(&museum, of_museum).await;
    cast.verified(&id).await;
    // The museum from January on, the other one in March.
    assert_eq!(
        figures(&officer, "HNAST", "2025-03").await,
        (json!("170"), 4)
    );
    assert_eq!(
        figures(&officer, "410100", "2025-03").await,
        (json!("120"), 1)
    );
    assert_eq!(figures(&officer, VENUE, "2025-03").await, (json!("120"), 1));
    let city = row(VISITS, "410100", json!({ "value": "120" }));
    let refused = record(&cast.zhengzhou, &[city]).await;
    assert_eq!(
        outcomes(&refused, "recordMeasurements"),
        ["MEASUREMENT_NOT_REPORTER at department"]
    );
    is_kept_right(&cast).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_lead_speaks_while_there_is_no_venue_and_none_of_its_words_is_lost(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let officer = cast.app.officer().await;
    let unmarked = mark(&officer, "KJG", false, "2025-01-01").await;
    assert_eq!(unmarked.user_errors("setVenue"), [""; 0]);
    let unit = unmarked.at("/setVenue/department");
    assert_eq!(
        (&unit["isVenue"], &unit["venueFrom"]),
        (&json!(false), &Value::Null)
    );
    let museum = cast.app.liaison_of("KJG").await;
    let all = row(VISITS, "KJG", json!({ "value": "1000" }));
    let id = cast.recorded(&museum, all).await;
    cast.verified(&id).await;
    assert_eq!(
        figures(&officer, "HNAST", "2025-03").await,
        (json!("1000"), 3)
    );

    let added = add(&officer, venue("2025-04-01")).await;
    assert_eq!(added.user_errors("addDepartment"), [""; 0]);
    is_kept_right(&cast).await;
    assert_eq!(
        figures(&officer, "HNAST", "2025-03").await,
        (json!("1000"), 3)
    );
    assert_eq!(
        figures(&officer, "HNAST", "2025-04").await,
        (json!("1000"), 4)
    );
    assert_eq!(
        asked(&officer, "KJG", "2025-04").await,
        false,
        "the venue speaks now"
    );

    let head = sql::audit_head(&cast.app).await;
    let early = mark(&officer, VENUE, false, "2025-03-31").await;
    assert_eq!(
        early.user_errors("setVenue"),
        ["DEPARTMENT_VENUE_TOO_EARLY at from"]
    );
    let gone = mark(&officer, VENUE, false, "2025-04-01").await;
    assert_eq!(gone.at("/setVenue/department/version"), 2);
    assert_eq!(
        sql::audit_after(&cast.app, head).await,
        ["department.venue_set"]
    );
    assert_eq!(asked(&officer, "KJG", "2025-04").await, true);
    is_kept_right(&cast).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn marking_a_venue_late_brings_its_figures_in_and_taking_the_mark_back_leaves_them_out(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let officer = cast.app.officer().await;
    let museum = cast.app.liaison_of("KJG").await;
    let id = cast
        .recorded(&museum, row(VISITS, "KJG", json!({ "value": "1000" })))
        .await;
    cast.verified(&id).await;
    let added = add(&officer, venue("2025-02-01")).await;
    assert_eq!(added.user_errors("addDepartment"), [""; 0]);
    let id = cast
        .recorded(&cast.zhengzhou, row(VISITS, VENUE, json!({ "value": "7" })))
        .await;
    cast.verified(&id).await;
    assert_eq!(
        figures(&officer, "HNAST", "2025-03").await,
        (json!("1007"), 5)
    );
    mark(&officer, VENUE, false, "2025-03-01").await;
    assert_eq!(
        figures(&officer, "HNAST", "2025-03").await,
        (json!("1000"), 4)
    );
    is_kept_right(&cast).await;
    let again = mark(&officer, VENUE, true, "2025-03-01").await;
    assert_eq!(again.at("/setVenue/department/venueFrom"), "2025-02-01");
    assert_eq!(
        figures(&officer, "HNAST", "2025-03").await,
        (json!("1007"), 5)
    );
    is_kept_right(&cast).await;
    let then = "{ museum: department(id: \"KJG\", asOf: \"2025-03-31\") { isVenue }
        other: department(id: \"KPZX\", asOf: \"2025-03-31\") { isVenue venueFrom } }";
    let then = officer.ask(then).await;
    assert_eq!(then.at("/museum/isVenue"), &json!(true));
    assert_eq!(
        then.at("/other"),
        &json!({ "isVenue": false, "venueFrom": null })
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_cannot_be_added_or_marked_is_refused_and_says_why(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let officer = cast.app.officer().await;
    let head = sql::audit_head(&cast.app).await;
    for (field, value, expected) in [
        ("code", "KJG", "DEPARTMENT_CODE_TAKEN at code"),
        ("code", " ", "TEXT_EMPTY at code"),
        ("name", " ", "TEXT_EMPTY at name"),
        ("shortName", " ", "TEXT_EMPTY at shortName"),
        ("parent", "NOBODY", "DEPARTMENT_UNKNOWN at parent"),
        ("from", "2025-04-02", "DATE_AHEAD at from"),
        ("from", "2024-12-31", "DEPARTMENT_FROM_TOO_EARLY at from"),
    ] {
        let mut input = venue("2025-04-01");
        input[field] = json!(value);
        let answer = add(&officer, input).await;
        assert_eq!(answer.user_errors("addDepartment"), [expected]);
    }
    for (unit, is_venue, from, expected) in [
        (
            "NOBODY",
            true,
            "2025-04-01",
            "DEPARTMENT_UNKNOWN at department",
        ),
        (
            "KJG",
            true,
            "2025-04-01",
            "DEPARTMENT_VENUE_SAME at isVenue",
        ),
        (
            "KPZX",
            false,
            "2025-04-01",
            "DEPARTMENT_VENUE_SAME at isVenue",
        ),
        ("KPZX", true, "2025-04-02", "DATE_AHEAD at from"),
        (
            "KPZX",
            true,
            "2024-12-31",
            "DEPARTMENT_VENUE_TOO_EARLY at from",
        ),
    ] {
        let answer = mark(&officer, unit, is_venue, from).await;
        assert_eq!(answer.user_errors("setVenue"), [expected], "{unit}");
    }
    let mut stale = json!({ "department": "KPZX", "isVenue": true, "reason": "试" });
    stale["expectedVersion"] = json!(7);
    let answer = officer.change("setVenue", stale, UNIT).await;
    assert_eq!(
        answer.user_errors("setVenue"),
        ["CONFLICT at expectedVersion"]
    );
    assert_eq!(sql::audit_after(&cast.app, head).await, [""; 0]);
    let mut again = venue("2025-04-01");
    again["idempotencyKey"] = json!("one-venue-only");
    for _ in 0..2 {
        let done = add(&officer, again.clone()).await;
        assert_eq!(done.text("/addDepartment/department/code"), VENUE);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn units_are_added_below_where_one_manages_and_nowhere_else(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    use duban_domain::access::{Reach, Role};
    let cast = Cast::start(backend).await;
    let city = cast
        .app
        .person("city-office", (Role::Officer, "410100", Reach::Subtree))
        .await;
    let mut elsewhere = venue("2025-04-01");
    elsewhere["parent"] = json!("410200");
    let answer = add(&city, elsewhere).await;
    assert_eq!(answer.user_errors("addDepartment"), ["FORBIDDEN at "]);
    let answer = mark(&city, "KPZX", true, "2025-04-01").await;
    assert_eq!(answer.user_errors("setVenue"), ["FORBIDDEN at "]);
    let answer = add(&city, venue("2025-04-01")).await;
    assert_eq!(
        answer.text("/addDepartment/department/parent/code"),
        "410100"
    );
    for login in ["leader", "viewer", "system-admin", "security-admin"] {
        let who = cast.app.sign_in(login).await;
        let answer = mark(&who, VENUE, false, "2025-04-01").await;
        assert_eq!(answer.codes(), ["FORBIDDEN"], "{login}");
    }
    let seen = "{ own: department(id: \"410100\") { viewerCanManage }
        other: department(id: \"KPZX\") { viewerCanManage } }";
    let answer = city.ask(seen).await;
    assert_eq!(answer.at("/own/viewerCanManage"), &json!(true));
    assert_eq!(answer.at("/other/viewerCanManage"), &json!(false));
}
